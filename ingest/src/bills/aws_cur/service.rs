//! The categories of AWS's services.

/// The ServiceCategory of a service, by its code in the report and the family of the product.
///
/// The words are those of FOCUS 1.2, "Service Category"; which service is of which category is AWS's description of it.
pub(super) fn category(code: &[u8], family: &[u8]) -> &'static str {
    match code {
        // Volumes and snapshots are sold under the code of the machines.
        b"AmazonEC2" if family.starts_with(b"Storage") => "Storage",
        b"AmazonEC2"
        | b"AWSLambda"
        | b"AmazonECS"
        | b"AmazonEKS"
        | b"AmazonECR"
        | b"AmazonLightsail"
        | b"AWSAppRunner"
        | b"ComputeSavingsPlans" => "Compute",
        b"AmazonS3" | b"AmazonGlacier" | b"AmazonEFS" | b"AmazonFSx" | b"AWSBackup" | b"AWSStorageGateway" => "Storage",
        b"AmazonRDS" | b"AmazonDynamoDB" | b"AmazonElastiCache" | b"AmazonRedshift" | b"AmazonDocDB"
        | b"AmazonNeptune" | b"AmazonDAX" | b"AmazonMemoryDB" | b"AmazonTimestream" | b"AmazonMCS" => "Databases",
        b"AmazonVPC"
        | b"AmazonCloudFront"
        | b"AmazonRoute53"
        | b"AWSELB"
        | b"AWSDirectConnect"
        | b"AmazonApiGateway"
        | b"AWSGlobalAccelerator"
        | b"AWSDataTransfer"
        | b"AWSNetworkFirewall" => "Networking",
        b"AmazonAthena"
        | b"AWSGlue"
        | b"ElasticMapReduce"
        | b"AmazonKinesis"
        | b"AmazonKinesisFirehose"
        | b"AmazonMSK"
        | b"AmazonES"
        | b"AmazonQuickSight" => "Analytics",
        b"AmazonSageMaker" | b"AmazonBedrock" | b"AmazonRekognition" | b"AmazonTextract" | b"AmazonPolly"
        | b"comprehend" | b"transcribe" | b"translate" => "AI and Machine Learning",
        b"AmazonCloudWatch" | b"AWSCloudTrail" | b"AWSConfig" | b"AWSSystemsManager" | b"AWSCloudFormation"
        | b"AWSServiceCatalog" => "Management and Governance",
        b"AWSQueueService" | b"AmazonSNS" | b"AmazonStates" | b"AWSEvents" | b"AmazonMQ" => "Integration",
        b"awskms" | b"awswaf" | b"AWSSecretsManager" | b"AmazonGuardDuty" | b"AWSSecurityHub"
        | b"AmazonInspectorV2" | b"AWSShield" | b"AmazonMacie" => "Security",
        b"AmazonCognito" | b"AWSDirectoryService" => "Identity",
        b"CodeBuild" | b"AWSCodePipeline" | b"AWSCodeCommit" | b"AWSXRay" => "Developer Tools",
        b"AWSIoT" => "Internet of Things",
        b"AmazonWorkSpaces" | b"AmazonSES" | b"AmazonConnect" => "Business Applications",
        b"AWSDatabaseMigrationSvc" | b"AWSTransfer" | b"AWSDataSync" => "Migration",
        b"AWSElementalMediaConvert" | b"AWSElementalMediaLive" => "Media",
        b"AWSAmplify" => "Web",
        _ => "Other",
    }
}
