//! What all requests share.
use crate::config::Config;
use crate::jobs::Jobs;
use crate::kitchen::Kitchen;
use crate::metrics::Metrics;
use crate::openapi;
use crate::pages::{Assets, Remembered, Uploads};
use crate::scenarios::Store;
use bytes::Bytes;
use plimsoll_desk::Catalogs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;

/// What all requests share.
pub(crate) struct Front {
    pub(crate) config: Config,
    pub(crate) catalogs: Catalogs,
    pub(crate) kitchen: Kitchen,
    pub(crate) jobs: Jobs,
    pub(crate) metrics: Metrics,
    /// Where files that come with questions lie as long as they are needed.
    pub(crate) folder: TempDir,
    pub(crate) uploads: Uploads,
    pub(crate) assets: Assets,
    pub(crate) remembered: Remembered,
    /// What is kept; none where the server keeps nothing.
    pub(crate) scenarios: Option<Store>,
    /// The description of the API.
    pub(crate) description: Bytes,
    /// Whether new questions are still taken.
    pub(crate) is_open: AtomicBool,
}

/// A handle to it.
pub(crate) type Shared = Arc<Front>;

impl Front {
    /// # Errors
    /// A folder for uploads cannot be made.
    pub(crate) fn new(config: Config, scenarios: Option<Store>) -> io::Result<Shared> {
        let folder = tempfile::Builder::new().prefix("plimsoll-").tempdir()?;
        Ok(Arc::new(Self {
            uploads: Uploads::within(folder.path(), config.limits.kept_uploads)?,
            assets: Assets::default(),
            remembered: Remembered::default(),
            scenarios,
            catalogs: Catalogs::default(),
            kitchen: Kitchen::new(config.limits.waiting),
            jobs: Jobs::new(config.limits.jobs, config.limits.kept),
            metrics: Metrics::default(),
            folder,
            description: openapi::description().to_string().into(),
            is_open: AtomicBool::new(true),
            config,
        }))
    }
}
