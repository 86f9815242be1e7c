//! What the rows of a file show of the file as a whole.
use super::columns::Columns;
use std::sync::atomic::{AtomicU8, Ordering};

/// Something that a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Sight {
    /// A charge as amortized exports have it.
    Amortized = 1,
    /// Covered usage that costs nothing, as actual exports have it.
    Actual = 2,
    /// The purchase of a commitment, which only actual exports have.
    Purchase = 4,
    /// A refund.
    Refund = 8,
    /// A date with the month first.
    MonthFirst = 16,
    /// Prices whose unit cannot be told.
    Unpriced = 32,
}

/// What was seen so far, by any of the readers of a file; in which order does not matter.
#[derive(Debug, Default)]
pub(super) struct Seen(AtomicU8);

impl Seen {
    /// Remembers, if it is so.
    #[inline]
    pub(super) fn note(&self, sight: Sight, is_so: bool) {
        // Writing is dear where several readers share the value, and nearly always vain.
        if is_so && !self.has(sight) {
            self.0.fetch_or(sight as u8, Ordering::Relaxed);
        }
    }

    #[inline]
    fn has(&self, sight: Sight) -> bool {
        self.0.load(Ordering::Relaxed) & sight as u8 != 0
    }

    /// What has to be said of the file.
    pub(super) fn notes(&self, columns: &Columns) -> Vec<String> {
        let mut notes = vec![self.kind().to_owned()];
        let prices = match (columns.price.list_cost, columns.price.list) {
            (None, None) => "this export has no list prices: list costs are unknown",
            (None, Some(_)) => {
                "list costs are PayGPrice x Quantity and contracted costs UnitPrice x Quantity; where such a price is empty, or \
                 zero on a charged row, they are unknown"
            }
            (Some(_), _) => {
                "list costs are PaygCostInBillingCurrency, or PayGPrice x Quantity without it, and contracted costs UnitPrice x \
                 Quantity; where such a cell is empty, or zero on a charged row, they are unknown"
            }
        };
        notes.push(prices.to_owned());
        let also = [
            (
                Sight::Unpriced,
                "rows whose prices may be of one unit or of a block, such as `10K`, have no list or contracted cost",
            ),
            (Sight::Refund, "refunds are corrections of purchases, or of usage where the row says UsageBased"),
            (Sight::MonthFirst, "dates such as 09/04/2023 are read as month/day/year, as Microsoft documents them"),
        ];
        notes.extend(also.iter().filter(|(sight, _)| self.has(*sight)).map(|(_, note)| (*note).to_owned()));
        notes
    }

    fn kind(&self) -> &'static str {
        match (self.has(Sight::Amortized), self.has(Sight::Purchase), self.has(Sight::Actual)) {
            (true, true, _) => {
                "rows of an actual and of an amortized export seem to stand together in this file: the costs of commitments, \
                 and of all usage that both tell, are counted twice; give one of the two"
            }
            (true, false, _) => {
                "this is an amortized export: usage under a commitment carries its part of the purchase, and what was billed \
                 for it is unknown; the actual export of the same month tells the same charges again, so give only one of the two"
            }
            (false, true, _) | (false, false, true) => {
                "this is an actual export: a commitment costs when it is bought, and the effective cost of the usage under it is \
                 unknown; the amortized export of the same month tells the same charges again, so give only one of the two"
            }
            (false, false, false) => {
                "no row shows whether this is an actual or an amortized export; both tell the same charges, so give only one of \
                 the two for a month"
            }
        }
    }
}
