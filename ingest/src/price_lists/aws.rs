//! Which rows of an EC2 offer file are Linux machines on demand.
//!
//! Columns and values as in the AWS Price List Bulk API, offer `AmazonEC2`. One machine in one region has hundreds of
//! rows; the one that is meant is on demand, on shared hardware, with Linux and nothing else, in use.
use super::aside::Aside;

/// What a product says of itself.
pub(super) struct Product<'p> {
    pub(super) family: &'p str,
    pub(super) system: &'p str,
    pub(super) tenancy: &'p str,
    pub(super) software: &'p str,
    pub(super) capacity: &'p str,
    pub(super) market: &'p str,
    pub(super) operation: &'p str,
    pub(super) machine: &'p str,
    pub(super) region: &'p str,
}

impl Product<'_> {
    /// Why it is not meant, if it is not.
    pub(super) fn aside(&self) -> Option<Aside> {
        // Virtual and bare metal machines: "Compute Instance (bare metal)".
        let is_machine = self.family.starts_with("Compute Instance");
        let tests = [
            (!is_machine, Aside::NoMachine),
            (self.system != "Linux", Aside::System),
            (self.tenancy != "Shared", Aside::Tenancy),
            (!matches!(self.software, "NA" | ""), Aside::Software),
            // GetProducts left the market out until 2022; blocks are bought for days and have a price of their own.
            (!matches!(self.capacity, "Used" | ""), Aside::Capacity),
            (!matches!(self.market, "OnDemand" | "NA" | ""), Aside::Capacity),
            (self.operation != "RunInstances", Aside::Operation),
            (self.machine.is_empty() || self.region.is_empty(), Aside::Nameless),
        ];
        tests.into_iter().find(|(holds, _)| *holds).map(|(_, reason)| reason)
    }
}

/// The region of a document that tells only the name of its city: `GetProducts` before `regionCode`.
pub(super) fn region_of(location: &str) -> &'static str {
    // https://docs.aws.amazon.com/general/latest/gr/rande.html; the regions of the shipped tables.
    match location {
        "US East (N. Virginia)" => "us-east-1",
        "US East (Ohio)" => "us-east-2",
        "US West (Oregon)" => "us-west-2",
        "EU (Ireland)" | "Europe (Ireland)" => "eu-west-1",
        "EU (Frankfurt)" | "Europe (Frankfurt)" => "eu-central-1",
        "Asia Pacific (Tokyo)" => "ap-northeast-1",
        "Asia Pacific (Singapore)" => "ap-southeast-1",
        "Asia Pacific (Mumbai)" => "ap-south-1",
        _ => "",
    }
}
