//! Access logs in short: what was asked for, how often, how large, how fast.
use super::{Distribution, ResourceName};
use crate::series::Series;
use crate::units::{Data, Share, Span};

/// One log, or several of one service. Requests over time stand among the metrics too.
#[derive(Clone, Debug)]
pub struct AccessLog {
    /// The service, the bucket or the distribution.
    pub resource: ResourceName,
    /// Requests per second over time.
    pub requests: Series,
    /// Size of a response.
    pub bytes_out: Option<Distribution<Data>>,
    /// Size of a request.
    pub bytes_in: Option<Distribution<Data>>,
    /// Time to answer.
    pub latency: Option<Distribution<Span>>,
    /// Requests for each object, the most asked first.
    pub popularity: Vec<u64>,
    /// The part of requests that only read.
    pub read_share: Option<Share>,
    /// The part of requests that failed on the server's side.
    pub error_share: Share,
    /// The part of requests that a cache before the origin answered, where the log tells it.
    pub hit_share: Option<Share>,
}
