//! What a row charges for, and which of its costs it tells.
//!
//! An actual export has what is invoiced: the purchase of a commitment at its price, the usage under it at nothing. An
//! amortized export has no such purchases, but their parts: on the usage they cover, and on rows for what nobody used. So
//! covered usage that costs something is of an amortized export, and what was billed for it is not told there; covered usage
//! that costs nothing is of an actual one, and its effective cost is not told. All other charges are the same in both.
use super::commitment::Model;
use plimsoll::units::FineMoney;

/// ChargeType.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Usage,
    Purchase,
    Refund,
    UnusedReservation,
    UnusedSavingsPlan,
    Rounding,
    Adjustment,
    Tax,
    Credit,
}

/// The words of the exports.
pub(super) const KINDS: [(&str, Kind); 9] = [
    ("Usage", Kind::Usage),
    ("Purchase", Kind::Purchase),
    ("Refund", Kind::Refund),
    ("UnusedReservation", Kind::UnusedReservation),
    ("UnusedSavingsPlan", Kind::UnusedSavingsPlan),
    ("RoundingAdjustment", Kind::Rounding),
    ("Adjustment", Kind::Adjustment),
    ("Tax", Kind::Tax),
    ("Credit", Kind::Credit),
];

impl Kind {
    /// ChargeCategory. Microsoft tells refunds as purchases, corrected; FOCUS has no purchases based on usage.
    pub(super) const fn category(self, is_usage_based: bool) -> &'static str {
        match self {
            Self::Usage | Self::UnusedReservation | Self::UnusedSavingsPlan => "Usage",
            Self::Refund if is_usage_based => "Usage",
            Self::Purchase | Self::Refund => "Purchase",
            Self::Rounding | Self::Adjustment => "Adjustment",
            Self::Tax => "Tax",
            Self::Credit => "Credit",
        }
    }
    /// Whether it is for a part of a commitment that nobody used.
    pub(super) const fn is_unused(self) -> bool {
        matches!(self, Self::UnusedReservation | Self::UnusedSavingsPlan)
    }
    /// Whether it is a quantity at a price.
    pub(super) const fn is_priced(self) -> bool {
        matches!(self, Self::Usage | Self::Purchase | Self::Refund) || self.is_unused()
    }
}

/// What a row tells of what is billed and of what is amortized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) billed: Option<FineMoney>,
    pub(super) effective: Option<FineMoney>,
}

/// The two costs that the cost of a row tells.
pub(super) fn told(kind: Kind, is_committed: bool, cost: FineMoney) -> Told {
    let (billed, effective) = match kind {
        Kind::UnusedReservation | Kind::UnusedSavingsPlan => (None, Some(cost)),
        Kind::Usage if is_committed && cost == FineMoney::ZERO => (Some(cost), None),
        Kind::Usage if is_committed => (None, Some(cost)),
        // Its parts are on what it covers.
        Kind::Purchase | Kind::Refund if is_committed => (Some(cost), Some(FineMoney::ZERO)),
        _ => (Some(cost), Some(cost)),
    };
    Told { billed, effective }
}

/// PricingCategory; empty where the row does not say. The purchase of a commitment is not itself under one.
pub(super) const fn pricing(kind: Kind, is_committed: bool, model: Model) -> &'static str {
    match (kind, model) {
        (Kind::Tax | Kind::Credit | Kind::Rounding | Kind::Adjustment, _) => "",
        (Kind::Purchase | Kind::Refund, _) => "Standard",
        _ if is_committed => "Committed",
        (_, Model::OnDemand) => "Standard",
        (_, Model::Spot) => "Dynamic",
        (_, Model::Unsaid) => "",
        _ => "Other",
    }
}

/// ChargeFrequency; empty where the row does not say.
pub(super) fn frequency(cell: &[u8]) -> &'static str {
    match cell {
        b"OneTime" => "One-Time",
        b"Recurring" => "Recurring",
        b"UsageBased" => "Usage-Based",
        _ => "",
    }
}
