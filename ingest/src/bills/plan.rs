//! What has to be known of one file before its rows can be read.
use super::asked::{Asked, Field};
use super::dialect::Head;
use super::direct::Places;
use super::format::{self, Detected, Format};
use super::header::Header;
use super::split::Marks;
use super::tally::Numbered;
use super::translate::Translate;
use super::understand::Understanding;
use crate::problem::Problem;
use crate::reader::nearest;
use plimsoll::bill::{Calendar, Column, Cost};

/// How the rows of one file are read.
pub(crate) struct Plan {
    pub(crate) name: String,
    pub(crate) header: Header,
    pub(crate) header_text: String,
    pub(crate) marks: Marks,
    pub(crate) first_line: usize,
    pub(crate) numbered: Numbered,
    pub(crate) detected: Detected,
    pub(crate) places: Places,
    pub(crate) translator: Option<Box<dyn Translate>>,
    pub(crate) by: Vec<Field>,
    pub(crate) needs_currency: bool,
}

impl Plan {
    /// Detects the format, and finds the columns; says everything that is wrong with the header.
    pub(crate) fn new(name: &str, head: &Head, asked: &Asked) -> Result<Self, Vec<Problem>> {
        let wrong = |what: String, help: String| {
            if head.numbered == Numbered::Rows {
                return Problem::in_whole(name, what, help);
            }
            let line = head.first_line.saturating_sub(1);
            Problem::in_line(name, line, &head.text, 0..head.text.len().min(1), what, help)
        };
        let detected = format::detect(&head.header).ok_or_else(|| {
            let (what, help) = foreign(&head.header);
            vec![wrong(what, help)]
        })?;
        let translator = detected.format.translator(&head.header).map_err(|missing| {
            let what = format!("{} without the column `{missing}` cannot be added up", detected.format.name());
            vec![wrong(what, near(&missing, &head.header))]
        })?;
        let mut problems = Vec::new();
        let places = Places::find(&head.header);
        let is_whole = detected.confidence.as_part() >= WHOLE;
        if matches!(detected.format, Format::Focus(_)) {
            let needed = [(Column::ChargePeriodStart, true), (Column::BillingCurrency, is_whole)];
            for (column, _) in needed.iter().filter(|(column, needed)| *needed && places.of(*column).is_none()) {
                let what =
                    format!("the column `{}` is missing, without which charges cannot be added up", column.name());
                problems.push(wrong(what, near(column.name(), &head.header)));
            }
        }
        let has = |column: Column| translator.is_some() || places.of(column).is_some();
        let mut by = Vec::new();
        for written in &asked.by {
            match Field::find(written, &head.header, has) {
                Ok(field) => by.push(field),
                Err((what, help)) => problems.push(Problem::in_whole(name, what, help)),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            name: name.into(),
            header: head.header.clone(),
            header_text: head.text.clone(),
            marks: head.marks,
            first_line: head.first_line,
            numbered: head.numbered,
            detected,
            places,
            translator,
            by,
            needs_currency: is_whole,
        })
    }

    /// By whose clock its days begin.
    pub(crate) fn calendar(&self) -> Calendar {
        self.translator.as_ref().map_or(Calendar::Utc, |translator| translator.calendar())
    }

    /// The first cost that the file has, where its header tells that it has not this one.
    pub(crate) fn instead_of(&self, cost: Cost) -> Option<Cost> {
        let has = |cost: &Cost| match self.detected.format {
            Format::CostExplorer => *cost == Cost::Billed,
            Format::Focus(_) => self.places.of(COSTS[*cost as usize]).is_some(),
            _ => true,
        };
        Cost::ALL.into_iter().find(has).filter(|_| !has(&cost))
    }

    /// Whether its rows can be told from their own repetitions.
    pub(crate) fn has_identity(&self) -> bool {
        self.translator.as_ref().is_some_and(|translator| translator.has_identity())
    }

    /// What was taken for granted.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = self.translator.as_ref().map(|translator| translator.notes()).unwrap_or_default();
        if self.translator.is_none() {
            let missing = COSTS.iter().filter(|column| self.places.of(**column).is_none());
            notes.extend(missing.map(|column| {
                let near = near(column.name(), &self.header);
                format!("{} has no column {}: that cost is unknown ({near})", self.name, column.name())
            }));
        }
        notes
    }

    /// A reader of its rows.
    pub(crate) fn understanding(&self, asked: &Asked) -> Understanding {
        Understanding::new(self.by.clone(), self.calendar(), asked, self.needs_currency)
    }
}

/// The columns of the costs of FOCUS, in the order of [`Cost::ALL`].
const COSTS: [Column; 4] = [Column::BilledCost, Column::EffectiveCost, Column::ListCost, Column::ContractedCost];
/// From this part of the signature on a file in FOCUS is a whole export, not an excerpt: its currency has to be there.
const WHOLE: f64 = 0.8;

fn near(missing: &str, header: &Header) -> String {
    let names: Vec<&str> = header.names().iter().map(String::as_str).collect();
    match nearest::nearest(missing, &names) {
        Some(name) => format!("is it the column `{name}`? then give it its own name back"),
        None => "export it with all its columns".into(),
    }
}

/// What a header without a bill's columns belongs to, and what to do.
fn foreign(header: &Header) -> (String, String) {
    let known: [(&[&str], &str); 4] = [
        (&["ContractCommitmentId", "ContractId"], "this is FOCUS's list of contract commitments, not of charges"),
        (&["EndTimestamp", "AssetClass", "MarketPriceHourly"], "this is a list of prices for OpenCost, not a bill"),
        (&["SKU", "OfferTermCode", "PricePerUnit"], "this is an AWS price list, not a bill"),
        (&["Namespace", "ControllerName", "TotalCost"], "this is OpenCost's allocation of costs, not a bill"),
    ];
    for (columns, what) in known {
        if columns.iter().all(|column| header.has(column)) {
            return (
                what.into(),
                "give the charges themselves: FOCUS, AWS CUR, Azure cost details or Google Cloud".into(),
            );
        }
    }
    let there = Column::ALL.iter().filter(|column| header.has(column.name())).count();
    let what = match there {
        0 => "this header is of no bill that is known".to_owned(),
        n => format!("only {n} columns of this header are of a bill, too few to add it up"),
    };
    let help = "known are FOCUS, AWS CUR and Cost Explorer, Azure cost details and Google Cloud's billing export";
    (what, help.into())
}
