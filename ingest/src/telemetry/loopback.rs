//! What a machine sends to itself is no traffic of its network: no price list bills it, and no interface limits it.
use super::key::Key;
use plimsoll::telemetry::Measure;

/// What the interface is called: on Linux, and on BSD and macOS.
const NAMES: [&str; 2] = ["lo", "lo0"];

/// The key of a series; traffic of the loopback gets a measure of its own, so that no sum over interfaces holds it.
pub(super) fn apart(key: Key) -> Key {
    let is_network =
        matches!(key.measure, Measure::NetworkIn | Measure::NetworkOut | Measure::PacketsIn | Measure::PacketsOut);
    // `lo`, or among labels `interface=lo` and `device:lo`.
    let is_loopback = |item: &str| item.split([' ', '=', ':']).any(|part| NAMES.contains(&part));
    if !is_network || !key.item.as_deref().is_some_and(is_loopback) {
        return key;
    }
    let measure = Measure::Other(format!("{} of the loopback", key.measure));
    Key { measure, ..key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_traffic_of_the_loopback_is_set_apart() {
        let key = |measure, item: &str| Key::of("web", measure).item(item);
        for item in ["lo", "lo0", "interface=lo", "device:lo env:prod"] {
            let apart = apart(key(Measure::NetworkIn, item));
            assert_eq!(apart, key(Measure::Other("network_in of the loopback".into()), item));
        }
        for other in [key(Measure::PacketsOut, "eth0"), key(Measure::NetworkOut, "slow"), key(Measure::DiskReads, "lo")]
        {
            assert_eq!(apart(other.clone()), other);
        }
        let whole = Key::of("web", Measure::NetworkIn);
        assert_eq!(apart(whole.clone()), whole);
    }
}
