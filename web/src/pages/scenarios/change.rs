//! What can be done to a scenario, beside saving it.
use super::form::Form;
use super::unkept::{Unkept, id, store};
use super::{LIST, place, sent_on};
use crate::front::Shared;
use crate::scenarios::{ScenarioId, Store};
use axum::extract::{Path, Request, State};
use axum::response::Response;

/// Reads the form, and does what is asked; a page that says why not, if it cannot be done.
async fn done(
    front: &Shared,
    path: &str,
    request: Request,
    work: impl AsyncFnOnce(&Store, ScenarioId, Form) -> Result<Response, Unkept>,
) -> Response {
    let all = async {
        let (store, id) = (store(front)?, id(path)?);
        work(store, id, Form::read(front, request).await?).await
    };
    all.await.unwrap_or_else(|unkept| unkept.page(front, LIST))
}

/// `POST /scenarios/ID/rename`.
pub(super) async fn rename(State(front): State<Shared>, Path(path): Path<String>, request: Request) -> Response {
    done(&front, &path, request, async |store, id, form| {
        let (name, stamp) = (form.name("name", "The name")?, form.stamp()?);
        store.rename(&id, form.version()?, name, &stamp).await?;
        Ok(sent_on(&place(&id)))
    })
    .await
}

/// `POST /scenarios/ID/fork`.
pub(super) async fn fork(State(front): State<Shared>, Path(path): Path<String>, request: Request) -> Response {
    done(&front, &path, request, async |store, id, form| {
        let (name, stamp) = (form.name("name", "The name")?, form.stamp()?);
        let fork = store.fork(&id, form.version()?, name, &stamp).await?;
        Ok(sent_on(&place(&fork)))
    })
    .await
}

/// `POST /scenarios/ID/delete`. The list offers to undo it.
pub(super) async fn delete(State(front): State<Shared>, Path(path): Path<String>, request: Request) -> Response {
    done(&front, &path, request, async |store, id, form| {
        let stamp = form.stamp()?;
        store.delete(&id, &stamp).await?;
        Ok(sent_on(&format!("{LIST}?undo={id}")))
    })
    .await
}

/// `POST /scenarios/ID/restore`.
pub(super) async fn restore(State(front): State<Shared>, Path(path): Path<String>, request: Request) -> Response {
    done(&front, &path, request, async |store, id, _| {
        store.restore(&id).await?;
        Ok(sent_on(&place(&id)))
    })
    .await
}

/// `POST /scenarios/ID/purge`.
pub(super) async fn purge(State(front): State<Shared>, Path(path): Path<String>, request: Request) -> Response {
    done(&front, &path, request, async |store, id, _| {
        store.purge(&id).await?;
        Ok(sent_on(&format!("{LIST}?deleted=1")))
    })
    .await
}
