//! Access logs in short: what was asked for, how often, how large, how fast.
use super::{Distribution, ResourceName};
use crate::series::Series;
use crate::units::{Data, Share, Span};

/// One log, or several of one service. Requests over time stand among the metrics too.
#[derive(Clone, Debug)]
pub struct AccessLog {
    /// The service, the bucket or the distribution.
    pub resource: ResourceName,
    /// The files it was read from.
    pub files: Vec<String>,
    /// How many requests.
    pub count: u64,
    /// Requests per second over time. A step of the log's time without a request is none, not a gap.
    pub requests: Series,
    /// Size of a response.
    pub bytes_out: Option<Distribution<Data>>,
    /// Size of a request.
    pub bytes_in: Option<Distribution<Data>>,
    /// Time to answer, of requests that were passed on.
    pub latency: Option<Distribution<Span>>,
    /// Reads of each object that was read, the most asked first: what a cache before it could answer.
    pub popularity: Vec<u64>,
    /// The part of requests that only read, of those whose method is told.
    pub read_share: Option<Share>,
    /// The part of requests that failed on the server's side.
    pub error_share: Share,
    /// The part that a cache before the origin answered, of the requests that it or the origin answered; none where the
    /// log does not tell.
    pub hit_share: Option<Share>,
}
