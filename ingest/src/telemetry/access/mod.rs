//! Access logs: a request a line, as web servers, buckets, load balancers and delivery networks write them.
//!
//! A line becomes a [`Visit`](visits::Visit); the visits of one service, from however many files, are summed by [`steps`] of
//! time and by object in [`visits`], so a log of any length takes the room of its steps and its objects.
mod alb;
mod cloudfront;
mod combined;
mod connections;
mod fields;
mod s3;
mod steps;
mod strays;
mod visits;

pub(super) use alb::Alb;
pub(super) use cloudfront::CloudFront;
pub(super) use combined::Combined;
pub(super) use connections::Connections;
pub(super) use s3::S3;
pub(super) use visits::Visits;
