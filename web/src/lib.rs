//! Plimsoll in the browser, and its API: one process that asks the same engine and gives the same bytes as the command
//! line.
//!
//! ```text
//! connection ─server→ request ─guard→ who asks ─asking→ question, flags, files ─kitchen→ Answered | Failure ─reply→ JSON · page
//!             slow clients     token, origin    JSON, multipart or URL          in turn, off the network's threads
//! ```
//!
//! Nothing of the domain is decided here: a question is what `plimsoll_desk` understands, and a report what the engine
//! writes. A question that is added there has its path, its place in the description and its page.
mod api;
mod asking;
mod config;
mod front;
mod guard;
mod headers;
mod jobs;
mod kitchen;
mod link;
mod metrics;
mod openapi;
mod pages;
mod random;
mod reply;
mod routes;
pub mod scenarios;
mod server;
mod watch;

pub use config::{Config, Limits, NotSafe, Token};
pub use server::{CannotServe, serve};
