//! Whose a metric is, by its dimensions.
use std::collections::BTreeMap;

/// Dimensions that name a resource; the first that is there does. The others say which part of it.
const NAMING: [&str; 22] = [
    "InstanceId",
    "VolumeId",
    "DBInstanceIdentifier",
    "LoadBalancer",
    "LoadBalancerName",
    "FunctionName",
    "ServiceName",
    "TableName",
    "BucketName",
    "CacheClusterId",
    "DistributionId",
    "ApiName",
    "QueueName",
    "FileSystemId",
    "NatGatewayId",
    "AutoScalingGroupName",
    "ClusterName",
    "DBClusterIdentifier",
    "PodName",
    "NodeName",
    "host",
    "TopicName",
];

/// Dimensions that say what a machine is, not which part of it was measured.
const OF_MACHINES: [&str; 4] = ["ImageId", "InstanceType", "AutoScalingGroupName", "ClusterName"];

/// The resource, the part of it, and the shape of a machine, that dimensions tell; `nameless` is what a metric without
/// dimensions is of.
pub(super) fn named(dimensions: &BTreeMap<String, String>, nameless: &str) -> (String, Option<String>, Option<String>) {
    let naming = NAMING.into_iter().find(|name| dimensions.contains_key(*name));
    let shape = naming.and_then(|_| dimensions.get("InstanceType").cloned());
    let rest: Vec<String> = dimensions
        .iter()
        .filter(|(name, _)| Some(name.as_str()) != naming && !OF_MACHINES.contains(&name.as_str()))
        .map(|(name, value)| if naming.is_some() { value.clone() } else { format!("{name}={value}") })
        .collect();
    match naming {
        Some(name) => (dimensions[name].clone(), (!rest.is_empty()).then(|| rest.join(" ")), shape),
        None if dimensions.is_empty() => (nameless.into(), None, None),
        // All machines of one shape, of one image: a group, not a resource, and named as one.
        None => {
            let all: Vec<String> = dimensions.iter().map(|(name, value)| format!("{name}={value}")).collect();
            (all.join(" "), None, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> (String, Option<String>, Option<String>) {
        named(&pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(), "AWS/EC2")
    }

    #[test]
    fn dimensions_name_resources_and_their_parts() {
        assert_eq!(of(&[("InstanceId", "i-1")]), ("i-1".into(), None, None));
        let agent = of(&[("InstanceId", "i-1"), ("InstanceType", "m5.large"), ("ImageId", "ami-1"), ("path", "/data")]);
        assert_eq!(agent, ("i-1".into(), Some("/data".into()), Some("m5.large".into())));
        let balancer = of(&[("TargetGroup", "targetgroup/web/1"), ("LoadBalancer", "app/web/1")]);
        assert_eq!(balancer, ("app/web/1".into(), Some("targetgroup/web/1".into()), None));
        assert_eq!(of(&[("InstanceType", "m5.large")]).0, "InstanceType=m5.large");
        assert_eq!(of(&[]).0, "AWS/EC2");
    }
}
