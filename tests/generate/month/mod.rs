//! One month of use, told in the shape of every provider's export: whichever is read, the bill is the same.
//!
//!     generate month --seed 1 --out fixtures/bills
//!
//! | file | shape |
//! |---|---|
//! | `focus.csv` | FOCUS 1.2, 57 columns |
//! | `cur.csv` | AWS Cost and Usage Report, legacy |
//! | `cur2.csv` | AWS CUR 2.0, with rows of split cost allocation, which tell a cost again |
//! | `azure_ea.csv` | Azure cost details of an Enterprise Agreement: byte order mark, `\r\n`, American dates |
//! | `azure_mca.csv` | Azure cost details of a Microsoft Customer Agreement |
//! | `gcp.csv` | Google Cloud's detailed billing export, flattened |
//! | `cost_explorer.csv` | AWS Cost Explorer, daily by service |
//! | `cur_commitments.csv` | other use: a savings plan and a reservation in a legacy report |
//! | `azure_actual.csv`, `azure_amortized.csv` | other use: a reservation, told twice |
//! | `key.json` | the exact sums of all of them |
//!
//! Costs are exact products of the prices and quantities that stand beside them. The names of columns are those of the
//! providers; services, accounts, prices and amounts are made up and the same words in every shape.
mod aws;
mod azure;
mod commitments;
mod cost_explorer;
pub(crate) mod focus;
mod google;
mod reservation;
mod sums;
mod usage;

use crate::exact::Exact;
use crate::flags::Flags;
use crate::sheet::for_windows;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use sums::Sums;
use usage::{Charge, Kind};

/// Writes the files into a folder; what was done, in one line.
pub(crate) fn run(mut flags: Flags) -> Result<String, String> {
    let seed = flags.value("seed", 1)?;
    let folder: String = flags.value("out", "fixtures/bills".into())?;
    flags.done()?;
    let files = files(seed);
    for (name, text) in &files {
        let path = Path::new(&folder).join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(format!("{} files in {folder}", files.len()))
}

fn files(seed: u64) -> Vec<(&'static str, String)> {
    let charges = usage::charges(seed);
    let sums = sum(&charges);
    let (cur2, told_again) = aws::cur2(&charges);
    let (gcp, of_gcp) = google::sheet(&charges);
    let (committed, of_commitments) = commitments::sheet(seed);
    let ([actual, amortized], of_reservation) = reservation::sheets(seed);
    let [focus, cur] = [focus::sheet(&charges), aws::legacy(&charges)];
    let [enterprise, customer] = [azure::enterprise(&charges), azure::customer(&charges)];
    let explorer = cost_explorer::sheet(&charges, &sums);
    let key = json!({
        "month": "2026-03",
        "seed": seed,
        "currency": "USD",
        "sums_of_every_shape": sums.json(),
        "by_kind": by_kind(&charges),
        "list_of_usage": charges.iter().filter(|c| c.kind == Kind::Usage).map(|c| c.list).sum::<Exact>().text(),
        "shapes": {
            "focus.csv": { "rows": focus.len() },
            "cur.csv": { "rows": cur.len() },
            "cur2.csv": {
                "rows": cur2.len(),
                "split_rows": cur2.len() - charges.len(),
                "split_cost_that_must_not_be_added": told_again.text(),
            },
            "azure_ea.csv": { "rows": enterprise.len() },
            "azure_mca.csv": { "rows": customer.len() },
            "gcp.csv": of_gcp,
            "cost_explorer.csv": { "rows": explorer.len(), "only": ["service", "day"] },
        },
        "commitments": of_commitments,
        "azure_reservation": of_reservation,
    });
    vec![
        ("focus.csv", focus.text()),
        ("cur.csv", cur.text()),
        ("cur2.csv", cur2.text()),
        ("azure_ea.csv", for_windows(&enterprise.text())),
        ("azure_mca.csv", customer.text()),
        ("gcp.csv", gcp.text()),
        ("cost_explorer.csv", format!("\u{feff}{}", explorer.quoted())),
        ("cur_commitments.csv", committed.text()),
        ("azure_actual.csv", for_windows(&actual.text())),
        ("azure_amortized.csv", for_windows(&amortized.text())),
        ("key.json", format!("{key:#}\n")),
    ]
}

fn sum(charges: &[Charge]) -> Sums {
    let mut sums = Sums::default();
    for charge in charges {
        let names = [
            ("service", charge.meter.service),
            ("region", charge.region().unwrap_or_default()),
            ("sub_account", charge.account().0),
            ("team", charge.team().unwrap_or_default()),
            ("day", &charge.date()),
        ];
        sums.add(charge.billed, &names);
    }
    sums
}

fn by_kind(charges: &[Charge]) -> Value {
    let of = |kind: Kind| charges.iter().filter(|c| c.kind == kind).map(|c| c.billed).sum::<Exact>().text();
    json!({ "usage": of(Kind::Usage), "tax": of(Kind::Tax), "credit": of(Kind::Credit) })
}
