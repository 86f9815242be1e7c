//! Which category of services a service belongs to, in the categories of FOCUS 1.0.
use crate::bills::row::FocusRow;
use plimsoll::bill::Column;

/// The services that most bills have, by the names that bills give them.
const SERVICES: [(&str, &str); 36] = [
    ("AlloyDB", "Databases"),
    ("App Engine", "Compute"),
    ("Artifact Registry", "Developer Tools"),
    ("BigQuery", "Analytics"),
    ("BigQuery Reservation API", "Analytics"),
    ("BigQuery Storage API", "Analytics"),
    ("Cloud Bigtable", "Databases"),
    ("Cloud Build", "Developer Tools"),
    ("Cloud Composer", "Analytics"),
    ("Cloud DNS", "Networking"),
    ("Cloud Dataflow", "Analytics"),
    ("Cloud Dataproc", "Analytics"),
    ("Cloud Filestore", "Storage"),
    ("Cloud Functions", "Compute"),
    ("Cloud Key Management Service (KMS)", "Security"),
    ("Cloud Logging", "Management and Governance"),
    ("Cloud Memorystore for Redis", "Databases"),
    ("Cloud Monitoring", "Management and Governance"),
    ("Cloud Pub/Sub", "Integration"),
    ("Cloud Run", "Compute"),
    ("Cloud Run Functions", "Compute"),
    ("Cloud SQL", "Databases"),
    ("Cloud Spanner", "Databases"),
    ("Cloud Storage", "Storage"),
    ("Compute Engine", "Compute"),
    ("Container Registry", "Developer Tools"),
    ("Firebase", "Mobile"),
    ("Firestore", "Databases"),
    ("Identity Platform", "Identity"),
    ("Kubernetes Engine", "Compute"),
    ("Networking", "Networking"),
    ("Secret Manager", "Security"),
    ("Security Command Center", "Security"),
    ("Stackdriver Logging", "Management and Governance"),
    ("Stackdriver Monitoring", "Management and Governance"),
    ("Vertex AI", "AI and Machine Learning"),
];

/// Writes the category of the service that is written already.
pub(super) fn write(row: &mut FocusRow) {
    let service = row.get(Column::ServiceName);
    let known = SERVICES.iter().find(|(name, _)| service == name.as_bytes());
    row.set(Column::ServiceCategory, known.map_or("Other", |(_, category)| category).as_bytes());
}
