//! Numbers into bytes, by integers only.

const PAIRS: &[u8; 200] =
    b"0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// Writes `value` units of 10^-`places` as a decimal with all its places: 1,500 units of 10^-3 are `1.500`.
pub(crate) fn push_fixed(bytes: &mut Vec<u8>, value: i64, places: usize) {
    if value < 0 {
        bytes.push(b'-');
    }
    let unit = 10_u64.pow(places as u32);
    let size = value.unsigned_abs();
    push_whole(bytes, size / unit, 1);
    if places > 0 {
        bytes.push(b'.');
        push_whole(bytes, size % unit, places);
    }
}

/// Writes `value` units of 10^-`places` as a decimal without the zeros at its end: 1,500 units of 10^-3 are `1.5`.
pub(crate) fn push_decimal(bytes: &mut Vec<u8>, mut value: i64, mut places: usize) {
    if value == 0 {
        return bytes.push(b'0');
    }
    while places >= 2 && value % 100 == 0 {
        value /= 100;
        places -= 2;
    }
    if places >= 1 && value % 10 == 0 {
        value /= 10;
        places -= 1;
    }
    push_fixed(bytes, value, places);
}

/// Writes a whole number, filled with zeros to at least `width` digits.
pub(crate) fn push_whole(bytes: &mut Vec<u8>, mut number: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while number >= 10 {
        let pair = (number % 100) as usize * 2;
        number /= 100;
        at -= 2;
        digits[at..at + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    }
    if number > 0 {
        at -= 1;
        digits[at] = b'0' + number as u8;
    }
    bytes.extend_from_slice(&digits[at.min(digits.len() - width)..]);
}

/// Writes 64 bits as 16 hexadecimal digits.
pub(crate) fn push_hex(bytes: &mut Vec<u8>, bits: u64) {
    let digit = |at: u32| b"0123456789abcdef"[(bits >> (60 - 4 * at)) as usize & 15];
    bytes.extend((0..16).map(digit));
}

/// A sum in units of 10^-`places`, as the shortest text that is exact.
pub(crate) fn shortest(sum: i128, places: u32) -> String {
    let unit = 10_u128.pow(places);
    let size = sum.unsigned_abs();
    let sign = if sum < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:0width$}", size / unit, size % unit, width = places as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
