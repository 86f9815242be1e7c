//! Connections: taken, given time but not for ever, and finished before the end.
use crate::config::{Config, NotSafe};
use crate::front::{Front, Shared};
use crate::routes::router;
use crate::scenarios::{Store, StoreError};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Semaphore;

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum CannotServe {
    /// It would not be safe.
    #[error("{0}")]
    NotSafe(#[from] NotSafe),
    /// Something else listens there, or nobody may.
    #[error("cannot listen on {0}: {1}")]
    NoPlace(SocketAddr, io::Error),
    /// Scenarios cannot be kept where they should be.
    #[error("{0}")]
    NoDatabase(#[from] StoreError),
    /// The system does not give what it takes.
    #[error("cannot serve: {0}")]
    System(#[from] io::Error),
}

/// How long what has begun may take to its end after the server was told to end.
const FAREWELL: Duration = Duration::from_secs(20);

/// Serves until it is told to end, by SIGTERM or SIGINT.
///
/// # Errors
/// What would not be safe, and what the system does not allow.
pub fn serve(config: Config) -> Result<(), CannotServe> {
    config.safe()?;
    // A second server in one process keeps the log of the first.
    let _ = tracing_subscriber::fmt().json().with_target(false).with_writer(io::stderr).try_init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(listen(config));
    // A question that cannot be stopped is not waited for.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn listen(config: Config) -> Result<(), CannotServe> {
    let no_place = |error| CannotServe::NoPlace(config.listen, error);
    let listener = TcpListener::bind(config.listen).await.map_err(no_place)?;
    let address = listener.local_addr()?;
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let scenarios = match &config.database {
        Some(database) => Some(Store::open(database).await?),
        None => None,
    };
    let front = Front::new(config, scenarios)?;
    // Whoever started it reads where it is; one who closed the pipe does not want to know.
    let _ = writeln!(io::stdout(), "Plimsoll is at http://{address}");
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
    let end = async {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    };
    run(listener, front, end).await;
    Ok(())
}

/// Serves until the end, and what has begun before it to its own end.
async fn run(listener: TcpListener, front: Shared, end: impl Future<Output = ()>) {
    let router = router(Arc::clone(&front));
    let graceful = GracefulShutdown::new();
    let connections = Arc::new(Semaphore::new(front.config.limits.connections));
    let mut end = std::pin::pin!(end);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => take(stream, &front, &router, &graceful, &connections),
                // Too many files are open, or the caller is gone; both pass.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            () = &mut end => break,
        }
    }
    drop(listener);
    front.is_open.store(false, Ordering::Relaxed);
    front.jobs.stop();
    tracing::info!("ending");
    let in_time = tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_ok();
    if let Some(store) = front.scenarios.clone() {
        // What is under way is finished.
        store.close().await;
    }
    tracing::info!(in_time, "ended");
}

/// Serves one connection on a task of its own; one too many is closed.
fn take(stream: TcpStream, front: &Shared, router: &Router, graceful: &GracefulShutdown, places: &Arc<Semaphore>) {
    let Ok(place) = Arc::clone(places).try_acquire_owned() else { return };
    // Answers are small and whole: waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(front.config.limits.patience);
    let service = TowerToHyperService::new(router.clone());
    let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        let _place = place;
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    /// A server with little patience, and what ends it.
    async fn started() -> (Shared, SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let mut config = Config::default();
        config.limits.patience = Duration::from_millis(200);
        config.limits.waiting = 0;
        let front = Front::new(config, None).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel();
        let run = run(listener, Arc::clone(&front), async { drop(ended.await) });
        (front, address, end, tokio::spawn(run))
    }

    async fn sent(address: SocketAddr, bytes: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        let mut answer = String::new();
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_string(&mut answer)).await;
        read.expect("slow clients are shut out").unwrap();
        answer
    }

    const PLAN: &str = "POST /api/v1/plan HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
                        Content-Type: application/json\r\nContent-Length: 2\r\n\r\n";

    #[tokio::test]
    async fn who_sends_too_slowly_is_shut_out() {
        let (_front, address, _end, _run) = started().await;
        for head in ["", "GET /healthz HTTP/1.1\r\nHo"] {
            let answer = sent(address, head).await;
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
        }
        let answer = sent(address, PLAN).await;
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("nothing came for"), "{answer}");
    }

    #[tokio::test]
    async fn who_comes_when_all_are_busy_is_told_when_to_come_again() {
        let (front, address, _end, _run) = started().await;
        let mut taken = Vec::new();
        while let Ok(place) = front.kitchen.place().await {
            taken.push(place);
        }
        let answer = sent(address, &format!("{PLAN}{{}}")).await;
        assert!(answer.starts_with("HTTP/1.1 429") && answer.contains("retry-after: 2"), "{answer}");
        drop(taken);
        assert!(sent(address, &format!("{PLAN}{{}}")).await.starts_with("HTTP/1.1 400"));
    }

    #[tokio::test]
    async fn what_has_begun_is_finished_before_the_end() {
        let (front, address, end, run) = started().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(PLAN.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        end.send(()).unwrap();
        while front.is_open.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        stream.write_all(b"{}").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        run.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err(), "nobody else is taken");
    }
}
