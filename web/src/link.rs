//! A workload within an address: compressed as zlib does (RFC 1950, whose checksum tells damage), in the letters of URLs
//! (RFC 4648, section 5), after a sign that names the layout.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use std::io::Read as _;

/// The sign of the present layout.
const LAYOUT: &str = "1.";

/// The most letters of a link: hyper reads addresses of less than 65,535 bytes, and flags need some.
pub(crate) const MOST_LETTERS: usize = 60_000;

/// The most bytes that a link unpacks to: sixty thousand letters of zlib could claim to hold 46 MB.
pub(crate) const MOST_UNPACKED: u64 = 1_000_000;

/// A link that cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Damaged {
    /// It does not begin as one does.
    #[error("the address holds no workload that this version can read")]
    Unknown,
    /// Letters were lost or changed.
    #[error("the workload in the address was damaged on its way")]
    Broken,
    /// It is none that we made.
    #[error("the workload in the address unpacks to more than any workload has")]
    TooLarge,
}

/// The letters of a workload; none where it is too large for an address.
pub(crate) fn packed(workload: &str) -> Option<String> {
    let link = letters(workload);
    (link.len() <= MOST_LETTERS && workload.len() as u64 <= MOST_UNPACKED).then_some(link)
}

/// The letters of a text, which may be more than an address takes.
pub(crate) fn letters(text: &str) -> String {
    let mut packed = Vec::new();
    ZlibEncoder::new(text.as_bytes(), Compression::best()).read_to_end(&mut packed).expect("memory can be read");
    format!("{LAYOUT}{}", URL_SAFE_NO_PAD.encode(packed))
}

/// The workload of these letters.
pub(crate) fn unpacked(link: &str) -> Result<String, Damaged> {
    let letters = link.strip_prefix(LAYOUT).ok_or(Damaged::Unknown)?;
    let packed = URL_SAFE_NO_PAD.decode(letters).map_err(|_| Damaged::Broken)?;
    let mut workload = Vec::new();
    let bounded = ZlibDecoder::new(&packed[..]).take(MOST_UNPACKED + 1).read_to_end(&mut workload);
    bounded.map_err(|_| Damaged::Broken)?;
    if workload.len() as u64 > MOST_UNPACKED {
        return Err(Damaged::TooLarge);
    }
    String::from_utf8(workload).map_err(|_| Damaged::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workload_comes_back_as_it_went() {
        for text in ["", "name = \"größe\"\n", &"[service.a]\n".repeat(1000)] {
            assert_eq!(unpacked(&packed(text).unwrap()).as_deref(), Ok(text));
        }
        let letters = packed(include_str!("../../fixtures/checkout.toml")).unwrap();
        assert!(letters.len() < 1200, "{}", letters.len());
    }

    #[test]
    fn what_is_no_link_is_told() {
        let link = packed("name = 1").unwrap();
        assert_eq!(unpacked("2.abc"), Err(Damaged::Unknown));
        for broken in [&link[..link.len() - 3], "1.", "1.!!", "1.AAAA"] {
            assert_eq!(unpacked(broken), Err(Damaged::Broken), "{broken}");
        }
        let mut bomb = Vec::new();
        ZlibEncoder::new(&vec![b' '; 2_000_000][..], Compression::best()).read_to_end(&mut bomb).unwrap();
        assert_eq!(unpacked(&format!("1.{}", URL_SAFE_NO_PAD.encode(bomb))), Err(Damaged::TooLarge));
    }
}
