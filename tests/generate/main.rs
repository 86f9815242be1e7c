//! Makes billing exports with known answers. The same seed gives the same bytes, on any machine.
//!
//!     cargo run --release -p plimsoll-tests --bin generate -- focus --rows 8000000 --seed 1 --out big.csv --key big.json
//!     cargo run --release -p plimsoll-tests --bin generate -- month --seed 1 --out fixtures/bills
//!     cargo run --release -p plimsoll-tests --bin generate -- stories --seed 1 --out fixtures/bills
mod digits;
mod draws;
mod exact;
mod flags;
mod focus;
mod month;
mod sheet;
mod stories;

use flags::Flags;
use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let name = words.next().unwrap_or_default();
    let done = Flags::read(words).and_then(|flags| match name.as_str() {
        "focus" => focus::run(flags),
        "month" => month::run(flags),
        "stories" => stories::run(flags),
        other => Err(format!("there is no generator `{other}`, but `focus`, `month` and `stories`")),
    });
    match done {
        Ok(said) => {
            eprintln!("{said}");
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::from(2)
        }
    }
}
