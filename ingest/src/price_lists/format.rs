//! Which list a file is: as asked, and as it looks.
use std::fmt;
use std::str::FromStr;

/// A kind of official price list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// AWS: the EC2 offer file of the Price List Bulk API, CSV or JSON, and documents of `GetProducts`.
    AwsEc2,
    /// AWS: the savings plan offer file of the Price List Bulk API, CSV or JSON.
    AwsSavingsPlans,
    /// Azure: pages of the Retail Prices API.
    AzureRetail,
    /// Google Cloud: pages of SKUs of the Cloud Billing Catalog API.
    GcpCatalog,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AwsEc2, Self::AwsSavingsPlans, Self::AzureRetail, Self::GcpCatalog];
    /// The name used in flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AwsEc2 => "aws-ec2",
            Self::AwsSavingsPlans => "aws-savings-plans",
            Self::AzureRetail => "azure-retail",
            Self::GcpCatalog => "gcp-catalog",
        }
    }
    /// What such a list is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::AwsEc2 => "the EC2 offer file of the AWS Price List",
            Self::AwsSavingsPlans => "the savings plan offer file of the AWS Price List",
            Self::AzureRetail => "a page of the Azure Retail Prices API",
            Self::GcpCatalog => "SKUs of the Google Cloud Billing Catalog",
        }
    }
    /// What a list of this format must have, for a message.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::AwsEc2 => "an offer file has a header that begins with SKU (CSV), or `products` and `terms` (JSON)",
            Self::AwsSavingsPlans => {
                "an offer file has a header with SKU and DiscountedRate (CSV), or `products` and `terms` with `savingsPlan` (JSON)"
            }
            Self::AzureRetail => "a page has `Items`, a list of prices with `retailPrice`",
            Self::GcpCatalog => "a page has `skus`, a list with `description` and `pricingInfo`",
        }
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.name() == text).ok_or_else(|| {
            format!("`{text}` is not a price list: aws-ec2, aws-savings-plans, azure-retail or gcp-catalog")
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the beginning of a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// A list that is read.
    Like(Format),
    /// A file that is known and not read.
    Foreign(&'static str),
    /// Nothing known.
    Unknown,
}

/// Judges by names that no other list has.
pub(super) fn looks(head: &str) -> Looks {
    let has = |word: &str| head.contains(word);
    // Azure's newer pages have savings plans beside each price.
    let is_plan = has("\"ComputeSavingsPlans\"") || has("\"savingsPlan\"") && !has("\"armRegionName\"");
    // The last ones could stand in almost any file: whoever has them must look like nothing else.
    let signs: [(bool, Looks); 12] = [
        (has("DiscountedRate,") || is_plan, Looks::Like(Format::AwsSavingsPlans)),
        (has("\"versionUrl\""), Looks::Foreign("the index of AWS savings plan files")),
        (has("\"currentVersionUrl\""), Looks::Foreign("an index of AWS offer files")),
        (has("\"offerVersionUrl\""), Looks::Foreign("the index of the versions of an AWS offer file")),
        (has("\"manifest\"") && has("\"serviceId\""), Looks::Foreign("the feed of an AWS web page")),
        (has("\"product_sku\"") || has("line_item_usage"), Looks::Foreign("an AWS cost and usage report")),
        (has("\"armRegionName\"") || has("\"Items\""), Looks::Like(Format::AzureRetail)),
        (has("\"pricingInfo\"") || has("\"skus\""), Looks::Like(Format::GcpCatalog)),
        (has("\"priceDimensions\"") || has("\"PriceList\""), Looks::Like(Format::AwsEc2)),
        (has("\"products\"") || has("OfferTermCode"), Looks::Like(Format::AwsEc2)),
        (has("[[price]]"), Looks::Foreign("an overlay already")),
        (has("<html") || has("<HTML"), Looks::Foreign("a web page")),
    ];
    signs.into_iter().find(|(there, _)| *there).map_or(Looks::Unknown, |(_, looks)| looks)
}
