//! Text in, engine types out.
