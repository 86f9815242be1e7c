//! `--to focus`: the rows of any export as CSV in FOCUS 1.2, as they stream by.
use crate::progress::Shown;
use plimsoll::bill::Reading;
use plimsoll_desk::{Answered, BillArgs, Failure, Watcher};
use plimsoll_ingest::bills::{Asked, NoBill, write_focus};
use plimsoll_ingest::inputs::{Inputs, expand};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What messages call the command.
const QUESTION: &str = "bill";

/// Writes the rows to --out or standard output; what became of them goes to standard error.
pub(crate) fn rewrite(args: &BillArgs) -> Result<Answered, Failure> {
    let inputs = &expand(&args.inputs).map_err(|problems| Failure::problems(QUESTION, problems))?;
    let reading = match &args.output.out {
        None => {
            let mut stdout = Piped { inner: io::stdout(), is_closed: false };
            match write(args, inputs, &mut stdout) {
                // Whoever stopped reading has what they wanted.
                Err(_) if stdout.is_closed => return Ok(nothing()),
                other => other?,
            }
        }
        Some(path) => to_file(args, inputs, path)?,
    };
    tell(inputs, &reading);
    Ok(nothing())
}

/// The file is there whole or not at all, and may be one of those that are read.
fn to_file(args: &BillArgs, inputs: &Inputs, path: &Path) -> Result<Reading, Failure> {
    let cannot = |error: io::Error| {
        let (name, help) = (path.display().to_string(), "name a file that may be written with --out");
        Failure::of_file(QUESTION, &name, &error, help)
    };
    let is_device = fs::metadata(path).is_ok_and(|there| !there.is_file());
    let part = if is_device { path.to_owned() } else { beside(path) };
    let file = File::create(&part).map_err(cannot)?;
    let written = write(args, inputs, &mut BufWriter::new(file));
    match written {
        Ok(reading) if !is_device => fs::rename(&part, path).map_err(cannot).map(|()| reading),
        Err(_) if !is_device => {
            // What is left of it serves nobody; that it cannot be removed is no news to whoever asked.
            let _ = fs::remove_file(&part);
            written
        }
        _ => written,
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name: OsString = path.into();
    name.push(".part");
    name.into()
}

fn write(args: &BillArgs, inputs: &Inputs, out: &mut (impl Write + Send)) -> Result<Reading, Failure> {
    let asked = Asked { memory: args.memory, threads: args.readers(), keep_going: args.keep_going, ..Asked::default() };
    let progress = Shown::default();
    progress.begins(inputs.files.iter().map(|file| file.size).sum());
    let written = write_focus(&inputs.files, &asked, out, &|bytes| progress.at(bytes));
    progress.ends();
    let reading = written.map_err(|why| match why {
        NoBill::Problems(problems) => Failure::problems(QUESTION, problems),
        NoBill::TooMuch(why) => Failure::of(QUESTION, why.to_string(), "allow more with --memory"),
    })?;
    out.flush().map_err(|error| Failure::of(QUESTION, format!("the rows cannot be written: {error}"), ""))?;
    Ok(reading)
}

fn tell(inputs: &Inputs, reading: &Reading) {
    for note in inputs.notes.iter().chain(&reading.notes) {
        eprintln!("{note}");
    }
    for aside in &reading.aside {
        eprintln!("{} of {} rows were set aside: {}", aside.rows, reading.rows_read, aside.reason);
    }
}

fn nothing() -> Answered {
    Answered::Text { text: String::new(), file: None }
}

/// Standard output, which remembers that nobody reads it any more.
struct Piped<W> {
    inner: W,
    is_closed: bool,
}

impl<W: Write> Write for Piped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes);
        self.is_closed |= written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        written
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
