//! `plimsoll serve` as programs and browsers meet it.
#[path = "web/doors.rs"]
mod doors;
#[path = "web/hostile.rs"]
mod hostile;
#[path = "web/jobs.rs"]
mod jobs;
#[path = "web/keeping.rs"]
mod keeping;
#[path = "web/pages.rs"]
mod pages;
#[path = "web/same_bytes.rs"]
mod same_bytes;
