//! Codes of regions.

/// Whether a text is a region's code, as `us-east-1` or `us-gov-west-1`: in some columns of the report names stand too.
pub(super) fn is_code(text: &[u8]) -> bool {
    of_zone(text) == Some(text)
}

/// The region of an availability zone, a local zone or a wavelength zone: `us-west-2` of `us-west-2-lax-1a`.
pub(super) fn of_zone(zone: &[u8]) -> Option<&[u8]> {
    let mut end = 0;
    for (nth, part) in zone.split(|b| *b == b'-').enumerate() {
        let digits = part.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits > 0 {
            return (nth >= 2).then(|| &zone[..end + digits]);
        }
        if part.is_empty() || !part.iter().all(u8::is_ascii_lowercase) {
            return None;
        }
        end += part.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_lie_in_regions() {
        let cases = [
            ("us-east-1a", Some("us-east-1")),
            ("us-east-1", Some("us-east-1")),
            ("us-gov-west-1b", Some("us-gov-west-1")),
            ("us-west-2-lax-1a", Some("us-west-2")),
            ("us-east-1-wl1-bos-wlz-1", Some("us-east-1")),
            ("global", None),
            ("eu-1", None),
            ("US East", None),
            ("", None),
        ];
        for (zone, region) in cases {
            assert_eq!(of_zone(zone.as_bytes()), region.map(str::as_bytes), "{zone}");
        }
        assert!(is_code(b"ap-southeast-2") && !is_code(b"ap-southeast-2a") && !is_code(b"EU (Ireland)"));
    }
}
