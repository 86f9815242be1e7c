//! One charge of a bill, in the terms of FOCUS.
use crate::units::{FineAmount, FineMoney};

/// Which of the four costs of FOCUS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cost {
    /// What is invoiced.
    Billed,
    /// Amortized: upfront payments spread over what they cover.
    #[default]
    Effective,
    /// At list prices.
    List,
    /// At negotiated prices, without commitments.
    Contracted,
}

impl Cost {
    /// All four, in the order of [`Costs`].
    pub const ALL: [Self; 4] = [Self::Billed, Self::Effective, Self::List, Self::Contracted];
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Billed => "billed",
            Self::Effective => "effective",
            Self::List => "list",
            Self::Contracted => "contracted",
        }
    }
}

/// The four costs, by [`Cost`]; one that a row does not have is unknown, never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    known: u8,
    amounts: [FineMoney; 4],
}

impl Costs {
    /// With this cost known.
    #[inline]
    pub fn set(&mut self, cost: Cost, amount: FineMoney) {
        self.known |= 1 << cost as u8;
        self.amounts[cost as usize] = amount;
    }
    /// A cost, where it is known.
    #[inline]
    pub fn of(&self, cost: Cost) -> Option<FineMoney> {
        (self.known >> cost as u8 & 1 == 1).then(|| self.amounts[cost as usize])
    }
    /// Adds the costs that `other` knows. False if a sum passes the range of exact money: then nothing can be said.
    #[inline]
    #[must_use]
    pub fn add(&mut self, other: &Self) -> bool {
        self.known |= other.known;
        let mut fits = true;
        for (sum, amount) in self.amounts.iter_mut().zip(other.amounts) {
            let (total, overflow) = sum.as_raw().overflowing_add(amount.as_raw());
            *sum = FineMoney::raw(total);
            fits &= !overflow;
        }
        fits
    }
}

/// ChargeCategory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Category {
    /// Something was used.
    Usage,
    /// Something was bought.
    Purchase,
    /// Tax.
    Tax,
    /// A voucher or goodwill.
    Credit,
    /// A correction by the provider.
    Adjustment,
    /// The row does not say, or says something that FOCUS does not know.
    Unknown,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Usage, Self::Purchase, Self::Tax, Self::Credit, Self::Adjustment, Self::Unknown];
    /// The word of the specification.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Usage => "Usage",
            Self::Purchase => "Purchase",
            Self::Tax => "Tax",
            Self::Credit => "Credit",
            Self::Adjustment => "Adjustment",
            Self::Unknown => "unknown",
        }
    }
}

/// PricingCategory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Pricing {
    /// At the agreed price, negotiated and tiered ones included.
    Standard,
    /// At a price that moves, as spot.
    Dynamic,
    /// Covered by a commitment.
    Committed,
    /// Otherwise.
    Other,
    /// The row does not say.
    Unknown,
}

impl Pricing {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Standard, Self::Dynamic, Self::Committed, Self::Other, Self::Unknown];
    /// The word of the specification.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Dynamic => "Dynamic",
            Self::Committed => "Committed",
            Self::Other => "Other",
            Self::Unknown => "unknown",
        }
    }
}

/// CommitmentDiscountStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The commitment covered usage.
    Used,
    /// Nobody used it.
    Unused,
    /// The row does not say, as the purchase itself.
    Unsaid,
}

/// A charge's part in a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commitment<'a> {
    /// CommitmentDiscountId.
    pub id: &'a [u8],
    /// CommitmentDiscountType, as `Savings Plan`; empty where unknown.
    pub kind: &'a [u8],
    /// Whether it was used.
    pub status: Status,
}

/// A row of a bill, as a reader understood it. Words are the bytes of the file; empty stands for null.
#[derive(Clone, Copy, Debug)]
pub struct Charge<'a> {
    /// BillingCurrency.
    pub currency: &'a [u8],
    /// ChargePeriodStart, in whole hours since the epoch, by the clock of the bill's calendar (see [`Calendar`]).
    ///
    /// [`Calendar`]: super::Calendar
    pub hour: i32,
    /// The four costs.
    pub costs: Costs,
    /// ChargeCategory.
    pub category: Category,
    /// PricingCategory.
    pub pricing: Pricing,
    /// What is priced: SkuId or, without one, the next best name.
    pub item: &'a [u8],
    /// PricingUnit.
    pub unit: &'a [u8],
    /// PricingQuantity.
    pub quantity: Option<FineAmount>,
    /// Its commitment, if one has to do with it.
    pub commitment: Option<Commitment<'a>>,
}
