//! The four costs of a row, exactly, from the columns that tell them.
use super::line_item::{Amount, Commitment, LineItemType};
use super::names::Names;
use crate::bills::checked;
use crate::bills::row::Cells;
use crate::bills::translate::Outcome;
use plimsoll::units::FineMoney;

/// Where the amounts stand that costs are computed from.
pub(super) struct Amounts {
    unblended: usize,
    net_unblended: Option<usize>,
    on_demand: Option<usize>,
    reserved: Netted,
    planned: Netted,
    unused_upfront: Netted,
    unused_recurring: Netted,
    promised: Option<usize>,
    kept: Option<usize>,
}

/// The costs of what a row tells. An unknown one is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Costs {
    /// BilledCost.
    pub(super) billed: FineMoney,
    /// EffectiveCost.
    pub(super) effective: Option<FineMoney>,
    /// ListCost.
    pub(super) list: Option<FineMoney>,
    /// ContractedCost.
    pub(super) contracted: Option<FineMoney>,
    /// The effective cost of what nobody used of the commitment that the row pays for.
    pub(super) unused: Option<FineMoney>,
}

impl Amounts {
    /// Finds the columns; an error names the one without which nothing can be added up.
    pub(super) fn find(names: &Names<'_>) -> Result<Self, String> {
        let netted = |net: &str, gross: &str| Netted { net: names.place(net), gross: names.place(gross) };
        Ok(Self {
            unblended: names.needed("lineItem/UnblendedCost")?,
            net_unblended: names.place("lineItem/NetUnblendedCost"),
            on_demand: names.place("pricing/publicOnDemandCost"),
            reserved: netted("reservation/NetEffectiveCost", "reservation/EffectiveCost"),
            planned: netted("savingsPlan/NetSavingsPlanEffectiveCost", "savingsPlan/SavingsPlanEffectiveCost"),
            unused_upfront: netted(
                "reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod",
                "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
            ),
            unused_recurring: netted("reservation/NetUnusedRecurringFee", "reservation/UnusedRecurringFee"),
            promised: names.place("savingsPlan/TotalCommitmentToDate"),
            kept: names.place("savingsPlan/UsedCommitment"),
        })
    }

    /// Whether the report tells costs net of private discounts.
    pub(super) const fn are_net(&self) -> bool {
        self.net_unblended.is_some()
    }

    /// The costs of a row of this type.
    pub(super) fn of(&self, kind: LineItemType, cells: &Cells<'_>) -> Result<Costs, Outcome> {
        let gross = checked::cost(cells, self.unblended)?;
        let billed = maybe(cells, self.net_unblended)?.unwrap_or(gross);
        let amount = |which| match which {
            Amount::Billed => Ok(Some(billed)),
            Amount::Gross => Ok(Some(gross)),
            Amount::Nothing => Ok(Some(FineMoney::ZERO)),
            Amount::Reserved => self.reserved.read(cells),
            Amount::Planned => self.planned.read(cells),
            Amount::OnDemand => Ok(self.on_demand(cells)),
        };
        let unused = match kind.unused() {
            None => Some(FineMoney::ZERO),
            Some(Commitment::Reservation) => self.unused_reservation(cells)?,
            Some(Commitment::SavingsPlan) => self.unused_plan(cells)?,
        };
        let terms = kind.terms();
        // Where it is unknown what nobody used, the purchase lacks its effective cost, so that it is told as unknown.
        let effective = if unused.is_some() { amount(terms.effective)? } else { None };
        Ok(Costs { billed, effective, list: amount(terms.list)?, contracted: amount(terms.contracted)?, unused })
    }

    /// Reports made by other programs have words here beside reservations: then the price is unknown.
    fn on_demand(&self, cells: &Cells<'_>) -> Option<FineMoney> {
        let (amount, _) = FineMoney::read(&cells.get(self.on_demand?)).ok()?;
        Some(amount)
    }

    /// Both parts have columns, and the row tells one at least: a reservation without upfront payment has no such part.
    fn unused_reservation(&self, cells: &Cells<'_>) -> Result<Option<FineMoney>, Outcome> {
        if !self.unused_upfront.is_there() || !self.unused_recurring.is_there() {
            return Ok(None);
        }
        let parts = (self.unused_upfront.read(cells)?, self.unused_recurring.read(cells)?);
        Ok((parts != (None, None)).then(|| parts.0.unwrap_or_default() + parts.1.unwrap_or_default()))
    }

    /// Before private discounts: the report has no net twins of these two.
    fn unused_plan(&self, cells: &Cells<'_>) -> Result<Option<FineMoney>, Outcome> {
        let parts = (maybe(cells, self.promised)?, maybe(cells, self.kept)?);
        Ok(if let (Some(promised), Some(kept)) = parts { Some(promised - kept) } else { None })
    }
}

/// An amount that stands there twice in reports of who has private discounts.
#[derive(Clone, Copy)]
struct Netted {
    net: Option<usize>,
    gross: Option<usize>,
}

impl Netted {
    const fn is_there(self) -> bool {
        self.net.is_some() || self.gross.is_some()
    }
    /// The net amount, or where the row has none the gross one.
    fn read(self, cells: &Cells<'_>) -> Result<Option<FineMoney>, Outcome> {
        let net = maybe(cells, self.net)?;
        if net.is_some() { Ok(net) } else { maybe(cells, self.gross) }
    }
}

fn maybe(cells: &Cells<'_>, place: Option<usize>) -> Result<Option<FineMoney>, Outcome> {
    place.map_or(Ok(None), |place| money(cells, place))
}

/// An amount of money; none if the cell is empty.
pub(in crate::bills) fn money(cells: &Cells<'_>, place: usize) -> Result<Option<FineMoney>, Outcome> {
    if checked::is_empty(cells, place) { Ok(None) } else { checked::cost(cells, place).map(Some) }
}
