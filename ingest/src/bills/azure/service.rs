//! Which category of services a meter belongs to.
//!
//! The names on the left are those of Microsoft's meters and families; which service belongs where is told by the FinOps
//! toolkit's open data ("Services"), in the categories of FOCUS 1.0.
use super::columns::Columns;
use crate::bills::row::{Cells, FocusRow};
use plimsoll::bill::Column;

/// Meter categories whose family says something else, or nothing.
const METERS: [(&str, &str); 28] = [
    ("Application Gateway", "Networking"),
    ("Azure App Service", "Web"),
    ("Azure Bastion", "Networking"),
    ("Azure Container Apps", "Compute"),
    ("Azure Cosmos DB", "Databases"),
    ("Azure Data Factory", "Integration"),
    ("Azure Database for MySQL", "Databases"),
    ("Azure Database for PostgreSQL", "Databases"),
    ("Azure DNS", "Networking"),
    ("Azure Firewall", "Networking"),
    ("Azure Kubernetes Service", "Compute"),
    ("Azure Monitor", "Management and Governance"),
    ("Backup", "Storage"),
    ("Bandwidth", "Networking"),
    ("Container Registry", "Compute"),
    ("Event Hubs", "Integration"),
    ("Functions", "Compute"),
    ("Key Vault", "Security"),
    ("Load Balancer", "Networking"),
    ("Log Analytics", "Management and Governance"),
    ("Redis Cache", "Databases"),
    ("Service Bus", "Integration"),
    ("SQL Database", "Databases"),
    ("Storage", "Storage"),
    ("Virtual Machines", "Compute"),
    ("Virtual Machines Licenses", "Compute"),
    ("Virtual Network", "Networking"),
    ("VPN Gateway", "Networking"),
];

/// Families of services.
const FAMILIES: [(&str, &str); 22] = [
    ("AI + Machine Learning", "AI and Machine Learning"),
    ("Analytics", "Analytics"),
    ("Azure Arc", "Multicloud"),
    ("Azure Communication Services", "Integration"),
    ("Azure Security", "Security"),
    ("Azure Stack", "Multicloud"),
    ("Compute", "Compute"),
    ("Containers", "Compute"),
    ("Data", "Analytics"),
    ("Databases", "Databases"),
    ("Developer Tools", "Developer Tools"),
    ("Dynamics", "Business Applications"),
    ("Identity", "Identity"),
    ("Integration", "Integration"),
    ("Internet of Things", "Internet of Things"),
    ("Management and Governance", "Management and Governance"),
    ("Networking", "Networking"),
    ("Power Platform", "Business Applications"),
    ("Security", "Security"),
    ("Storage", "Storage"),
    ("Web", "Web"),
    ("Windows Virtual Desktop", "Compute"),
];

/// Writes the category: by the meter, or else by the family, which names where a meter is sold rather than what it is.
pub(super) fn write(columns: &Columns, cells: &Cells<'_>, row: &mut FocusRow) {
    let found = |place: Option<usize>, table: &[(&str, &'static str)]| {
        let cell = cells.get(place?);
        table.iter().find(|(name, _)| cell.eq_ignore_ascii_case(name.as_bytes())).map(|(_, category)| *category)
    };
    let category = found(columns.meter_category, &METERS).or_else(|| found(columns.family, &FAMILIES));
    row.set(Column::ServiceCategory, category.unwrap_or("Other").as_bytes());
}
