//! What is asked of the large export.
use crate::flags::Flags;

/// How many rows of what, written how.
pub(crate) struct Options {
    pub(crate) rows: u64,
    pub(crate) seed: u64,
    pub(crate) days: u64,
    pub(crate) threads: usize,
    /// A path, or `-` for the standard output.
    pub(crate) out: String,
    pub(crate) key: Option<String>,
    pub(crate) form: Form,
}

/// How rows are written.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) style: Style,
    /// Whether some descriptions have quotes and a line break.
    pub(crate) newlines: bool,
    pub(crate) crlf: bool,
    pub(crate) bom: bool,
    /// In how many rows of a million the billed cost cannot be read.
    pub(crate) bad: u64,
}

/// How cells are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As FOCUS says: null is an empty cell, times are ISO 8601 in UTC.
    Spec,
    /// As exports do: null is `NULL`, times are `2026-01-01 00:00:00`, every other cell is quoted.
    Sample,
}

impl Options {
    pub(crate) fn read(flags: &mut Flags) -> Result<Self, String> {
        let style: String = flags.value("style", "spec".into())?;
        let key: String = flags.value("key", String::new())?;
        let share: f64 = flags.value("bad-share", 0.0)?;
        let options = Self {
            rows: flags.value("rows", 100_000)?,
            seed: flags.value("seed", 1)?,
            days: flags.value("days", 90)?,
            threads: flags.value("threads", 2)?,
            out: flags.value("out", "-".into())?,
            key: Some(key).filter(|path| !path.is_empty()),
            form: Form {
                style: match style.as_str() {
                    "spec" => Style::Spec,
                    "sample" => Style::Sample,
                    other => return Err(format!("there is no style `{other}`, but `spec` and `sample`")),
                },
                newlines: flags.given("newlines"),
                crlf: flags.given("crlf"),
                bom: flags.given("bom"),
                bad: (share * 1e6).round() as u64,
            },
        };
        let fits = (1..=u64::from(u32::MAX)).contains(&options.rows) && (1..=3660).contains(&options.days);
        if fits && (1..=64).contains(&options.threads) && (0.0..=1.0).contains(&share) {
            Ok(options)
        } else {
            Err("rows are 1 to 4294967295, days 1 to 3660, threads 1 to 64, the bad share 0 to 1".into())
        }
    }
}
