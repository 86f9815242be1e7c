//! The columns of FOCUS, the FinOps Open Cost and Usage Specification, from 1.0 to 1.4: the words in which every bill is
//! told, whichever provider wrote it.
//!
//! Source: FOCUS 1.0, 1.1 and 1.2, sections "Columns" (<https://focus.finops.org>); the columns of 1.3 and 1.4 as the
//! FinOps Foundation's data toolkit writes them.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A decimal number.
    Decimal,
    /// A time.
    Time,
    /// Words.
    Text,
    /// A JSON object.
    Json,
}

/// A version of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// June 2024.
    V1_0,
    /// November 2024.
    V1_1,
    /// May 2025.
    V1_2,
    /// The columns added after 1.2.
    V1_3,
    /// The columns added after 1.3.
    V1_4,
}

macro_rules! columns {
    ($($name:ident $holds:ident $need:ident $null:ident $since:ident;)*) => {
        /// A column of FOCUS.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the specification documents its columns; their names are its terms")]
        pub enum Column { $($name),* }

        impl Column {
            /// All of them, the mandatory costs first.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// The name in the specification, which is the header in a file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }
            /// What it holds.
            pub const fn holds(self) -> Holds {
                match self { $(Self::$name => Holds::$holds),* }
            }
            /// Whether a file of its version has to have it.
            pub const fn is_mandatory(self) -> bool {
                matches!(match self { $(Self::$name => Need::$need),* }, Need::Mandatory)
            }
            /// Whether its cells may be empty.
            pub const fn may_be_null(self) -> bool {
                matches!(match self { $(Self::$name => Null::$null),* }, Null::Allowed)
            }
            /// The first version that has it.
            pub const fn since(self) -> Version {
                match self { $(Self::$name => Version::$since),* }
            }
        }
    };
}

enum Need {
    Mandatory,
    Conditional,
    Recommended,
}
enum Null {
    Allowed,
    Never,
}

columns! {
    BilledCost Decimal Mandatory Never V1_0;
    EffectiveCost Decimal Mandatory Never V1_0;
    ListCost Decimal Mandatory Never V1_0;
    ContractedCost Decimal Mandatory Never V1_0;
    BillingCurrency Text Mandatory Never V1_0;
    ChargePeriodStart Time Mandatory Never V1_0;
    ChargePeriodEnd Time Mandatory Never V1_0;
    BillingPeriodStart Time Mandatory Never V1_0;
    BillingPeriodEnd Time Mandatory Never V1_0;
    ChargeCategory Text Mandatory Never V1_0;
    ChargeClass Text Mandatory Allowed V1_0;
    ChargeDescription Text Mandatory Allowed V1_0;
    ChargeFrequency Text Recommended Never V1_0;
    PricingCategory Text Conditional Allowed V1_0;
    PricingQuantity Decimal Mandatory Allowed V1_0;
    PricingUnit Text Mandatory Allowed V1_0;
    ListUnitPrice Decimal Conditional Allowed V1_0;
    ContractedUnitPrice Decimal Conditional Allowed V1_0;
    ConsumedQuantity Decimal Conditional Allowed V1_0;
    ConsumedUnit Text Conditional Allowed V1_0;
    SkuId Text Conditional Allowed V1_0;
    SkuPriceId Text Conditional Allowed V1_0;
    SkuMeter Text Conditional Allowed V1_1;
    SkuPriceDetails Json Conditional Allowed V1_1;
    ServiceCategory Text Mandatory Never V1_0;
    ServiceSubcategory Text Recommended Never V1_1;
    ServiceName Text Mandatory Never V1_0;
    ProviderName Text Mandatory Never V1_0;
    PublisherName Text Mandatory Never V1_0;
    InvoiceIssuerName Text Mandatory Never V1_0;
    InvoiceId Text Recommended Allowed V1_2;
    BillingAccountId Text Mandatory Never V1_0;
    BillingAccountName Text Mandatory Allowed V1_0;
    BillingAccountType Text Conditional Never V1_2;
    SubAccountId Text Conditional Allowed V1_0;
    SubAccountName Text Conditional Allowed V1_0;
    SubAccountType Text Conditional Allowed V1_2;
    RegionId Text Conditional Allowed V1_0;
    RegionName Text Conditional Allowed V1_0;
    AvailabilityZone Text Recommended Allowed V1_0;
    ResourceId Text Conditional Allowed V1_0;
    ResourceName Text Conditional Allowed V1_0;
    ResourceType Text Conditional Allowed V1_0;
    Tags Json Conditional Allowed V1_0;
    CommitmentDiscountId Text Conditional Allowed V1_0;
    CommitmentDiscountName Text Conditional Allowed V1_0;
    CommitmentDiscountType Text Conditional Allowed V1_0;
    CommitmentDiscountCategory Text Conditional Allowed V1_0;
    CommitmentDiscountStatus Text Conditional Allowed V1_0;
    CommitmentDiscountQuantity Decimal Conditional Allowed V1_1;
    CommitmentDiscountUnit Text Conditional Allowed V1_1;
    CapacityReservationId Text Conditional Allowed V1_1;
    CapacityReservationStatus Text Conditional Allowed V1_1;
    PricingCurrency Text Conditional Allowed V1_2;
    PricingCurrencyListUnitPrice Decimal Conditional Allowed V1_2;
    PricingCurrencyContractedUnitPrice Decimal Conditional Allowed V1_2;
    PricingCurrencyEffectiveCost Decimal Conditional Allowed V1_2;
    ServiceProviderName Text Conditional Allowed V1_3;
    HostProviderName Text Conditional Allowed V1_3;
    ContractApplied Json Conditional Allowed V1_3;
    AllocatedMethodId Text Conditional Allowed V1_3;
    AllocatedMethodDetails Json Conditional Allowed V1_3;
    AllocatedResourceId Text Conditional Allowed V1_3;
    AllocatedResourceName Text Conditional Allowed V1_3;
    AllocatedTags Json Conditional Allowed V1_3;
    InvoiceDetailId Text Conditional Allowed V1_4;
    CommitmentProgramEligibilityDetails Json Conditional Allowed V1_4;
}

impl Column {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();
    /// The column of this name, in any case of letters.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.name().eq_ignore_ascii_case(name))
    }
    /// Its place in [`Column::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
    /// Its bit in a set of columns.
    pub const fn bit(self) -> u128 {
        1 << self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_as_many_columns_as_the_specification_says() {
        let with = |version| Column::ALL.iter().filter(|c| c.since() <= version).count();
        assert_eq!([with(Version::V1_0), with(Version::V1_1), with(Version::V1_2)], [43, 50, 57]);
    }

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(Column::named("billedcost"), Some(Column::BilledCost));
        assert_eq!(Column::named("x_Custom"), None);
    }
}
