//! Files in, telemetry out.
use super::asked::Asked;
use super::collector::Collector;
use super::format;
use super::head::{HEAD, Head};
use super::text::Text;
use crate::inputs::{self, Found, Kind};
use crate::problem::Problem;
use plimsoll::telemetry::Telemetry;
use std::io::Read;

/// Reads exports of any format. All files are one input: series of one name in several files are one series.
///
/// # Errors
/// Every mistake that was found, up to 20 with their places, and the number of the rest.
pub fn read(found: &[Found], asked: &Asked, progress: &(dyn Fn(u64) + Sync)) -> Result<Telemetry, Vec<Problem>> {
    let mut to = Collector::new(asked.keep_going);
    let mut before = 0;
    for input in found {
        match opened(input) {
            Ok((head, is_whole, rest)) => {
                before += input.size.unwrap_or(0);
                file(&input.name, head, is_whole, rest, asked, &mut to);
                progress(before);
            }
            Err(problem) => to.wrong(|| problem),
        }
    }
    to.finish()
}

/// A format that is this sure of a file reads it, whatever layout is given.
const SURE: f64 = 0.9;

/// The start of a file, whether that is all of it, and the rest.
type Start = (Vec<u8>, bool, Box<dyn Read + Send>);

fn opened(input: &Found) -> Result<Start, Problem> {
    let told = |error| inputs::problem(&input.name, &error);
    let opened = inputs::open(input).map_err(told)?;
    if opened.kind() == Kind::Parquet {
        let help = "export CSV or JSON, plain or packed with gzip or zstd";
        return Err(Problem::in_whole(&input.name, "this is a Parquet file, and telemetry is read as text", help));
    }
    let mut source = opened.into_source();
    let mut head = Vec::new();
    source.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(told)?;
    if head.contains(&0) {
        let help = "export it as text in UTF-8";
        return Err(Problem::in_whole(&input.name, "this is not text in UTF-8: it has zero bytes", help));
    }
    let is_whole = head.len() < HEAD;
    Ok((head, is_whole, source))
}

fn file(name: &str, head: Vec<u8>, is_whole: bool, rest: Box<dyn Read + Send>, asked: &Asked, to: &mut Collector) {
    if head.iter().all(u8::is_ascii_whitespace) && is_whole {
        to.wrong(|| Problem::in_whole(name, "the file is empty", "export it again, with a longer time range"));
        return;
    }
    let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let known = format::detect(&Head::new(&head, is_whole));
    // A layout is of tables: what shows the marks of another format is read as that.
    let is_laid_out = asked.layout.is_some() && known.is_none_or(|known| known.confidence.as_part() < SURE);
    match if is_laid_out { Some(format::laid_out()) } else { known } {
        Some(detected) => {
            to.begin(short, detected.format.name(), detected.confidence);
            detected.format.read(Text::new(name, head, rest), asked, to);
        }
        None => to.wrong(|| {
            let help = "name its columns in a layout file (--layout FILE), or export one of the known formats";
            Problem::in_whole(name, "this is no export of metrics, load tests or access logs that is known", help)
        }),
    }
}
