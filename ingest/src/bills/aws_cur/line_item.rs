//! What FOCUS makes of each type of row of the report: one table.
//!
//! Effective cost is what is called amortized: computed as the FinOps Foundation's converter from CUR does (rules for
//! `EffectiveCost` of `focus_converters`), but in two charges where a row both buys a commitment and tells what nobody
//! used of it. The effective costs of a row's charges add up to the row's amortized cost, their billed costs to what the
//! row adds to the invoice. List and contracted cost: FOCUS 1.2, "List Cost" and "Contracted Cost".
use crate::reader::nearest;
use plimsoll::bill::{Category, Pricing};

/// The type of a row: `lineItem/LineItemType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineItemType {
    Usage,
    DiscountedUsage,
    SavingsPlanCoveredUsage,
    SavingsPlanNegation,
    SavingsPlanRecurringFee,
    SavingsPlanUpfrontFee,
    ReservationFee,
    /// Not a word of the report: a `Fee` that names a reservation.
    ReservationUpfrontFee,
    Fee,
    FlatRateSubscription,
    Tax,
    Credit,
    Refund,
    /// Any of the discounts that stand in a row of their own.
    Discount,
}

/// The words of the report.
const WORDS: [(&str, LineItemType); 18] = [
    ("Usage", LineItemType::Usage),
    ("DiscountedUsage", LineItemType::DiscountedUsage),
    ("SavingsPlanCoveredUsage", LineItemType::SavingsPlanCoveredUsage),
    ("SavingsPlanNegation", LineItemType::SavingsPlanNegation),
    ("SavingsPlanRecurringFee", LineItemType::SavingsPlanRecurringFee),
    ("SavingsPlanUpfrontFee", LineItemType::SavingsPlanUpfrontFee),
    ("RIFee", LineItemType::ReservationFee),
    ("Fee", LineItemType::Fee),
    ("FlatRateSubscription", LineItemType::FlatRateSubscription),
    ("Tax", LineItemType::Tax),
    ("Credit", LineItemType::Credit),
    ("Refund", LineItemType::Refund),
    ("Discount", LineItemType::Discount),
    ("EdpDiscount", LineItemType::Discount),
    ("PrivateRateDiscount", LineItemType::Discount),
    ("BundledDiscount", LineItemType::Discount),
    ("RiVolumeDiscount", LineItemType::Discount),
    ("SppDiscount", LineItemType::Discount),
];

/// What a row of a type is in FOCUS, and which amounts its costs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    /// ChargeCategory.
    pub(super) category: Category,
    /// PricingCategory; unknown for null.
    pub(super) pricing: Pricing,
    /// EffectiveCost.
    pub(super) effective: Amount,
    /// ListCost.
    pub(super) list: Amount,
    /// ContractedCost.
    pub(super) contracted: Amount,
}

/// An amount that a row tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// What is invoiced, net of private discounts where the row tells that.
    Billed,
    /// What would be invoiced without private discounts.
    Gross,
    /// At the public on-demand price.
    OnDemand,
    /// The part of a reservation that the usage takes.
    Reserved,
    /// The part of a savings plan that the usage takes.
    Planned,
    /// None.
    Nothing,
}

/// A kind of commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Commitment {
    /// To machines.
    Reservation,
    /// To spending.
    SavingsPlan,
}

impl LineItemType {
    /// The type of a word; an error is what to do about a word that is none.
    pub(super) fn read(word: &str) -> Result<Self, String> {
        let found = WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
        found.ok_or_else(|| nearest::help(word, &WORDS.map(|(known, _)| known), "types of rows"))
    }

    /// The type of a row that names a reservation: an upfront payment is a `Fee` like any other but for that.
    pub(super) const fn of_reservation(self) -> Self {
        if matches!(self, Self::Fee) { Self::ReservationUpfrontFee } else { self }
    }

    /// The table.
    pub(super) const fn terms(self) -> Terms {
        use Amount::{Billed, Gross, Nothing, OnDemand, Planned, Reserved};
        use Category::{Credit, Purchase, Tax, Usage};
        use Pricing::{Committed, Other, Standard, Unknown};
        match self {
            // The negotiated price is in what is billed.
            Self::Usage => terms(Usage, Standard, Billed, OnDemand, Billed),
            // Billed at nothing, or at the hourly rate of old reservations. The report knows no negotiated on-demand
            // price of what a reservation covers, so the public one stands for it.
            Self::DiscountedUsage => terms(Usage, Committed, Reserved, OnDemand, OnDemand),
            // Billed at the on-demand price, which is what it would cost without the plan; the negation takes it back.
            Self::SavingsPlanCoveredUsage => terms(Usage, Committed, Planned, OnDemand, Billed),
            // Only takes back what covered usage was billed. No usage of its own: its other costs would count twice.
            Self::SavingsPlanNegation => terms(Usage, Other, Nothing, Nothing, Nothing),
            // A purchase covers other charges, so its effective cost is theirs. What of it nobody used is a charge of
            // its own beside it. The list price of a commitment is its price before private discounts.
            Self::SavingsPlanRecurringFee
            | Self::SavingsPlanUpfrontFee
            | Self::ReservationFee
            | Self::ReservationUpfrontFee => terms(Purchase, Standard, Nothing, Gross, Billed),
            // Support, domains, subscriptions: nothing is covered by them, and the report has no on-demand price.
            Self::Fee | Self::FlatRateSubscription => terms(Purchase, Standard, Billed, Gross, Billed),
            // The report does not tell the tax on list prices. Tax is no saving: it is the same on both sides.
            Self::Tax => terms(Tax, Unknown, Billed, Billed, Billed),
            // FOCUS: a charge unrelated to others has one cost.
            Self::Credit => terms(Credit, Unknown, Billed, Billed, Billed),
            // FOCUS: a refund of usage is usage. It pays back money, whatever the list price was.
            Self::Refund => terms(Usage, Other, Billed, Billed, Billed),
            // What was negotiated lowers the contracted cost; list prices are those before any discount.
            Self::Discount => terms(Usage, Other, Billed, Nothing, Billed),
        }
    }

    /// The kind of commitment that the row is about.
    pub(super) const fn commitment(self) -> Option<Commitment> {
        match self {
            Self::DiscountedUsage | Self::ReservationFee | Self::ReservationUpfrontFee => Some(Commitment::Reservation),
            Self::SavingsPlanCoveredUsage | Self::SavingsPlanRecurringFee | Self::SavingsPlanUpfrontFee => {
                Some(Commitment::SavingsPlan)
            }
            _ => None,
        }
    }

    /// The kind of commitment of which the row tells what nobody used.
    pub(super) const fn unused(self) -> Option<Commitment> {
        match self {
            Self::ReservationFee => Some(Commitment::Reservation),
            Self::SavingsPlanRecurringFee => Some(Commitment::SavingsPlan),
            _ => None,
        }
    }

    /// Whether `lineItem/UsageAmount` is how much was used or bought. In rows that change what others cost it is the
    /// quantity of those, and would count twice.
    pub(super) const fn has_quantity(self) -> bool {
        !matches!(self, Self::SavingsPlanNegation | Self::Tax | Self::Credit | Self::Refund | Self::Discount)
    }

    /// Whether the row is usage that an on-demand price is for.
    pub(super) const fn is_priced_on_demand(self) -> bool {
        matches!(self, Self::Usage | Self::DiscountedUsage | Self::SavingsPlanCoveredUsage)
    }

    /// ChargeFrequency, on a bill of this type.
    pub(super) fn frequency(self, bill_type: &[u8]) -> &'static str {
        match self {
            Self::SavingsPlanRecurringFee | Self::ReservationFee | Self::FlatRateSubscription => "Recurring",
            Self::Fee if bill_type == b"Anniversary" => "Recurring",
            Self::Usage
            | Self::DiscountedUsage
            | Self::SavingsPlanCoveredUsage
            | Self::SavingsPlanNegation
            | Self::Discount => "Usage-Based",
            _ => "One-Time",
        }
    }
}

impl Commitment {
    /// CommitmentDiscountType.
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Reservation => "Reserved Instance",
            Self::SavingsPlan => "Savings Plan",
        }
    }
    /// CommitmentDiscountCategory.
    pub(super) const fn category(self) -> &'static str {
        match self {
            Self::Reservation => "Usage",
            Self::SavingsPlan => "Spend",
        }
    }
}

const fn terms(category: Category, pricing: Pricing, effective: Amount, list: Amount, contracted: Amount) -> Terms {
    Terms { category, pricing, effective, list, contracted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_and_near_ones_are_offered() {
        for (word, kind) in WORDS {
            assert_eq!(LineItemType::read(word), Ok(kind));
        }
        assert_eq!(LineItemType::read("SavingPlanNegation").unwrap_err(), "did you mean `SavingsPlanNegation`?");
        assert!(LineItemType::read("2023-11-04T23:00:00Z").unwrap_err().starts_with("types of rows are Usage,"));
    }

    #[test]
    fn only_commitments_are_bought_for_nothing() {
        for (word, kind) in WORDS {
            let terms = kind.of_reservation().terms();
            let is_free = terms.category == Category::Purchase && terms.effective == Amount::Nothing;
            assert_eq!(
                is_free,
                kind.of_reservation().commitment().is_some() && terms.pricing == Pricing::Standard,
                "{word}"
            );
        }
    }
}
