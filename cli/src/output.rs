//! What is printed, where, and the exit status.
use anstyle::{AnsiColor, Style};
use plimsoll_desk::{Answered, Asked, Failure, Format};
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Refuses to fill a terminal with what is no text, before anything is asked.
pub(crate) fn possible(asked: &Asked) -> Result<(), Failure> {
    let file = asked.output().and_then(|output| output.out.as_ref());
    if asked.format() != Format::Xlsx || file.is_some() || !io::stdout().is_terminal() {
        return Ok(());
    }
    let help = match asked.output() {
        Some(_) => "write it to a file: --out FILE.xlsx",
        None => "write it to a file: end the command with > FILE.xlsx",
    };
    Err(Failure::of("output", "a workbook cannot be shown in a terminal", help))
}

/// Prints to a file or to standard output, and says how it went.
pub(crate) fn deliver(outcome: Result<Answered, Failure>, format: Format, file: Option<PathBuf>) -> ExitCode {
    match outcome {
        Ok(answered) => {
            let file = match &answered {
                Answered::Text { file, .. } => file.clone(),
                _ => file,
            };
            match write(&answered, format, file.as_ref()) {
                Ok(()) => {
                    answered.stops().for_each(|stop| eprintln!("{stop}"));
                    let is_no = answered.is_refused() || answered.stops().next().is_some();
                    ExitCode::from(u8::from(is_no))
                }
                // Whoever stopped reading has what they wanted.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
                Err(error) => {
                    let name = file.map_or("standard output".into(), |f| f.display().to_string());
                    eprintln!("{name}: cannot be written: {error}");
                    ExitCode::from(2)
                }
            }
        }
        Err(failure) => {
            if format == Format::Json {
                let json = serde_json::to_string_pretty(&failure.json()).expect("values are JSON");
                println!("{json}");
            }
            for problem in &failure.problems {
                eprintln!("{problem}");
            }
            ExitCode::from(2)
        }
    }
}

fn write(answered: &Answered, format: Format, file: Option<&PathBuf>) -> io::Result<()> {
    let is_report = !matches!(answered, Answered::Text { .. });
    match file {
        Some(path) => answered.write(format, &mut File::create(path)?),
        None if format == Format::Text && is_report && io::stdout().is_terminal() => {
            let mut text = Vec::new();
            answered.write(format, &mut text)?;
            anstream::stdout().lock().write_all(colored(&String::from_utf8_lossy(&text)).as_bytes())
        }
        None => answered.write(format, &mut io::stdout()),
    }
}

/// The verdict bold, headings in color; only on a terminal.
fn colored(text: &str) -> String {
    let bold = Style::new().bold();
    let heading = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    let mut in_verdict = true;
    let mut out = String::new();
    for line in text.lines() {
        in_verdict &= !line.is_empty();
        let is_heading = !line.is_empty() && !line.starts_with(' ') && line.to_uppercase() == line;
        let style = if in_verdict { bold } else { heading };
        if in_verdict || is_heading {
            out.push_str(&format!("{style}{line}{style:#}\n"));
        } else {
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}
