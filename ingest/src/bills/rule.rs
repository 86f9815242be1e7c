//! What the rules of the FOCUS specification say.
use plimsoll::bill::Column;

/// A rule about a row; its number is its bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Rule {
    Category,
    Class,
    Frequency,
    PurchaseFrequency,
    Pricing,
    TaxPriced,
    Unpriced,
    UnitPriceNull,
    SkuPriceNull,
    Consumed,
    PricingUnit,
    ConsumedUnit,
    CommitmentUnit,
    RegionName,
    SubAccountName,
    CommitmentKind,
    StatusAlone,
    StatusNull,
    Status,
    CommitmentQuantity,
    PurchaseEffective,
    Currency,
    Tags,
    ListProduct,
    ContractedProduct,
    NegativePrice,
    CreditCosts,
    Period,
    Times,
}

/// What is said of a column that has to be there.
pub(crate) const ABSENT: &str = "The column is mandatory.";
/// What is said of a cell that has to be filled.
pub(crate) const NULL: &str = "The column must not be null.";

/// Each rule in short and as a sentence, in the order of their numbers.
pub(crate) const RULES: [(Rule, &str, &str); 29] = [
    (Rule::Category, "ChargeCategory: allowed values", "ChargeCategory is Usage, Purchase, Tax, Credit or Adjustment."),
    (Rule::Class, "ChargeClass: allowed values", "ChargeClass is null or Correction."),
    (Rule::Frequency, "ChargeFrequency: allowed values", "ChargeFrequency is One-Time, Recurring or Usage-Based."),
    (Rule::PurchaseFrequency, "ChargeFrequency: of purchases", "A Purchase is never Usage-Based."),
    (Rule::Pricing, "PricingCategory: allowed values", "PricingCategory is Standard, Dynamic, Committed or Other."),
    (Rule::TaxPriced, "Tax: no price", "Prices, their quantity, unit and category are null on a Tax."),
    (
        Rule::Unpriced,
        "PricingQuantity: of usage",
        "PricingCategory, PricingQuantity and PricingUnit are not null on Usage and Purchase, corrections apart.",
    ),
    (
        Rule::UnitPriceNull,
        "ListUnitPrice: of usage",
        "ListUnitPrice and ContractedUnitPrice are not null on Usage and Purchase, corrections apart.",
    ),
    (Rule::SkuPriceNull, "SkuPriceId: of usage", "SkuPriceId is not null on Usage and Purchase, corrections apart."),
    (
        Rule::Consumed,
        "ConsumedQuantity: of usage",
        "ConsumedQuantity is null unless the row is Usage, and where a commitment is Unused.",
    ),
    (Rule::PricingUnit, "PricingUnit: with quantity", "PricingUnit is null if and only if PricingQuantity is."),
    (Rule::ConsumedUnit, "ConsumedUnit: with quantity", "ConsumedUnit is null if and only if ConsumedQuantity is."),
    (
        Rule::CommitmentUnit,
        "CommitmentDiscountUnit: with quantity",
        "CommitmentDiscountUnit is null if and only if CommitmentDiscountQuantity is.",
    ),
    (Rule::RegionName, "RegionName: with id", "RegionName is null if and only if RegionId is."),
    (Rule::SubAccountName, "SubAccountName: with id", "SubAccountName is null if and only if SubAccountId is."),
    (
        Rule::CommitmentKind,
        "CommitmentDiscountCategory: with id",
        "Category and type of a commitment are not null where its id is not.",
    ),
    (
        Rule::StatusAlone,
        "CommitmentDiscountStatus: with id",
        "CommitmentDiscountStatus is null where CommitmentDiscountId is.",
    ),
    (
        Rule::StatusNull,
        "CommitmentDiscountStatus: of usage",
        "CommitmentDiscountStatus is not null on Usage with a CommitmentDiscountId.",
    ),
    (Rule::Status, "CommitmentDiscountStatus: allowed values", "CommitmentDiscountStatus is Used or Unused."),
    (
        Rule::CommitmentQuantity,
        "CommitmentDiscountQuantity: with id",
        "Quantity and unit of a commitment are not null on its Usage and Purchase.",
    ),
    (
        Rule::PurchaseEffective,
        "EffectiveCost: of commitments",
        "EffectiveCost is 0 on the Purchase of a commitment: it is spread over what it covers.",
    ),
    (Rule::Currency, "BillingCurrency: ISO 4217", "BillingCurrency is a code of three capital letters."),
    (Rule::Tags, "Tags: key-value format", "Tags are a JSON object."),
    (
        Rule::ListProduct,
        "ListCost: price x quantity",
        "ListCost is ListUnitPrice times PricingQuantity, to 10 decimals or one part in a million.",
    ),
    (
        Rule::ContractedProduct,
        "ContractedCost: price x quantity",
        "ContractedCost is ContractedUnitPrice times PricingQuantity, to 10 decimals or one part in a million.",
    ),
    (Rule::NegativePrice, "ListUnitPrice: not negative", "Unit prices are not negative."),
    (
        Rule::CreditCosts,
        "Credit: one cost",
        "ListCost, ContractedCost and EffectiveCost of a Credit are its BilledCost.",
    ),
    (Rule::Period, "ChargePeriodEnd: after start", "ChargePeriodEnd is later than ChargePeriodStart."),
    (Rule::Times, "date/time format", "Times are written YYYY-MM-DDTHH:mm:ssZ, in universal time."),
];

impl Rule {
    /// The columns without which it is not asked.
    pub(crate) const fn columns(self) -> &'static [Column] {
        use Column as C;
        match self {
            Self::Category | Self::TaxPriced | Self::Unpriced => &[C::ChargeCategory],
            Self::Class => &[C::ChargeClass],
            Self::Frequency | Self::PurchaseFrequency => &[C::ChargeFrequency],
            Self::Pricing => &[C::PricingCategory],
            Self::UnitPriceNull | Self::NegativePrice => &[C::ListUnitPrice],
            Self::SkuPriceNull => &[C::SkuPriceId],
            Self::Consumed => &[C::ConsumedQuantity],
            Self::PricingUnit => &[C::PricingQuantity, C::PricingUnit],
            Self::ConsumedUnit => &[C::ConsumedQuantity, C::ConsumedUnit],
            Self::CommitmentUnit => &[C::CommitmentDiscountQuantity, C::CommitmentDiscountUnit],
            Self::RegionName => &[C::RegionId, C::RegionName],
            Self::SubAccountName => &[C::SubAccountId, C::SubAccountName],
            Self::CommitmentKind => &[C::CommitmentDiscountId, C::CommitmentDiscountCategory],
            Self::StatusAlone | Self::StatusNull => &[C::CommitmentDiscountId, C::CommitmentDiscountStatus],
            Self::Status => &[C::CommitmentDiscountStatus],
            Self::CommitmentQuantity => &[C::CommitmentDiscountId, C::CommitmentDiscountQuantity],
            Self::PurchaseEffective => &[C::CommitmentDiscountId, C::EffectiveCost],
            Self::Currency => &[C::BillingCurrency],
            Self::Tags => &[C::Tags],
            Self::ListProduct => &[C::ListCost, C::ListUnitPrice, C::PricingQuantity],
            Self::ContractedProduct => &[C::ContractedCost, C::ContractedUnitPrice, C::PricingQuantity],
            Self::CreditCosts => &[C::BilledCost, C::ChargeCategory],
            Self::Period => &[C::ChargePeriodStart, C::ChargePeriodEnd],
            Self::Times => &[C::ChargePeriodStart],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_at_their_numbers() {
        for (at, (rule, name, text)) in RULES.iter().enumerate() {
            assert_eq!(*rule as usize, at, "{name}");
            assert!(text.ends_with('.'));
        }
    }
}
