//! Why a row of a price list is no price of a machine that can be planned.
use std::fmt;

/// A reason to set a row aside. The first that holds is taken; of a row for several regions, the last in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aside {
    /// Reserved, savings plan, committed use.
    Commitment,
    /// Of a savings plan that binds to nothing, or to another service than machines.
    OtherPlan,
    /// A plan that is paid in part upfront, or binds for another time than the tables have.
    OtherPayment,
    /// Spot, low priority, preemptible.
    Spot,
    /// Azure's prices for development and test.
    DevTest,
    /// Disks, data, licenses, addresses, databases.
    NoMachine,
    /// Windows, or a Linux that costs a license.
    System,
    /// Dedicated or on a host of one's own.
    Tenancy,
    /// Software that is billed with the machine.
    Software,
    /// Capacity that is reserved and not used, or blocks of capacity.
    Capacity,
    /// Another operation than running plain machines.
    Operation,
    /// Billed in another unit than hours.
    Unit,
    /// A price that holds above some quantity.
    Tier,
    /// A price of nothing, or none.
    Free,
    /// Azure's copy of a meter for a region that is not its own.
    OtherMeter,
    /// No machine is named, or no region.
    Nameless,
    /// An AWS price whose product does not stand before it in the list.
    NoProduct,
    /// Ended before the day of asking.
    Ended,
    /// Begins after the day of asking.
    Future,
    /// A Google Cloud SKU of custom machines, single tenants or add-ons.
    Variant,
    /// The description does not say of which family it is.
    Family,
    /// The machines have accelerators or disks, whose prices would have to be added.
    OtherParts,
    /// A region that was not asked for.
    NotAsked,
    /// A region without shipped tables.
    NoTables,
    /// A machine that the shipped tables lack.
    NoHardware,
    /// vCPUs without memory, or memory without vCPUs.
    HalfPriced,
    /// The same price of the same machine a second time.
    Repeated,
    /// An older price of the same machine.
    Older,
    /// Two prices of the same machine from the same day.
    Contradicted,
}

impl fmt::Display for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Commitment => "a reservation or another commitment",
            Self::OtherPlan => "not of an EC2 instance savings plan",
            Self::OtherPayment => "paid in part upfront, or bound for another term",
            Self::Spot => "spot or low priority",
            Self::DevTest => "for development and test only",
            Self::NoMachine => "not a machine: disks, data, licenses, services",
            Self::System => "Windows, or a Linux with a license",
            Self::Tenancy => "not on shared hardware",
            Self::Software => "with software installed",
            Self::Capacity => "capacity reserved, not used",
            Self::Operation => "another operation than RunInstances",
            Self::Unit => "not billed by the hour",
            Self::Tier => "a tier of a larger quantity",
            Self::Free => "without a price above zero",
            Self::OtherMeter => "not the primary meter of its region",
            Self::Nameless => "without a machine's name or a region",
            Self::NoProduct => "no product before it in the list",
            Self::Ended => "ended before the day of asking",
            Self::Future => "begins after the day of asking",
            Self::Variant => "custom machines, single tenants, add-ons",
            Self::Family => "no family told by the description",
            Self::OtherParts => "machines with accelerators or disks inside, priced in more parts",
            Self::NotAsked => "in a region not asked for",
            Self::NoTables => "in a region without shipped tables",
            Self::NoHardware => "a machine without hardware in the shipped tables",
            Self::HalfPriced => "vCPUs without memory, or memory without vCPUs",
            Self::Repeated => "the same price once more",
            Self::Older => "an older price of the same machine",
            Self::Contradicted => "two prices of one machine from one day",
        })
    }
}
