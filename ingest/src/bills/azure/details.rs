//! What a row tells of its resource beside the columns: tags, processors and size.
use super::columns::Columns;
use crate::bills::checked::unreadable;
use crate::bills::pairs::{Pairs, Step, write_text};
use crate::bills::row::{Cells, FocusRow};
use crate::bills::translate::Outcome;
use plimsoll::bill::Column;

/// Writes the tags, and the details of the price.
pub(super) fn write(columns: &Columns, cells: &Cells<'_>, row: &mut FocusRow) -> Result<(), Outcome> {
    if let Some(place) = columns.tags {
        let cell = cells.get(place);
        let tags = tags(&cell).ok_or_else(|| {
            unreadable(
                place,
                format!("cannot read `{}` as tags", String::from_utf8_lossy(&cell)),
                r#"tags are written {"env": "prod"}, or without the braces; is a separator missing in this row or in the header?"#,
            )
        })?;
        row.set(Column::Tags, &tags);
    }
    if let Some(place) = columns.details {
        row.set(Column::SkuPriceDetails, &price_details(&cells.get(place)));
    }
    Ok(())
}

/// Tags as a JSON object; empty without any. Enterprise exports leave out its braces.
fn tags(cell: &[u8]) -> Option<Vec<u8>> {
    match cell.trim_ascii() {
        b"" | b"\"\"" | b"{}" => Some(Vec::new()),
        object @ [b'{', .., b'}'] => Some(object.to_vec()),
        pairs @ [b'"', ..] if pairs.contains(&b':') => Some([b"{", pairs, b"}"].concat()),
        _ => None,
    }
}

/// CoreCount and InstanceType out of AdditionalInfo; empty where it has neither. Whatever else stands there is left alone.
fn price_details(cell: &[u8]) -> Vec<u8> {
    let mut details = Vec::new();
    for step in Pairs::of(cell) {
        let Ok(Step::Pair(key, value)) = step else { continue };
        let value = value.bytes();
        let is_count = !value.is_empty() && value != b"0" && value.iter().all(u8::is_ascii_digit);
        match &*key {
            b"VCPUs" if is_count => {
                open(&mut details, b"CoreCount");
                details.extend_from_slice(value);
            }
            b"ServiceType" if !value.is_empty() => {
                open(&mut details, b"InstanceType");
                write_text(&mut details, value);
            }
            _ => {}
        }
    }
    if !details.is_empty() {
        details.push(b'}');
    }
    details
}

fn open(details: &mut Vec<u8>, key: &[u8]) {
    details.push(if details.is_empty() { b'{' } else { b',' });
    write_text(details, key);
    details.push(b':');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_an_object_whether_braces_are_there_or_not() {
        for empty in ["", "  ", "\"\"", "{}"] {
            assert_eq!(tags(empty.as_bytes()), Some(Vec::new()));
        }
        assert_eq!(tags(br#"{"a":"b"}"#).unwrap(), br#"{"a":"b"}"#);
        assert_eq!(tags(br#""env": "prod","org": "trey""#).unwrap(), br#"{"env": "prod","org": "trey"}"#);
        for broken in ["Compute", "\"a\"", "{\"a\":\"b\"", "12"] {
            assert_eq!(tags(broken.as_bytes()), None, "{broken}");
        }
    }

    #[test]
    fn processors_and_size_are_found() {
        let details = |text: &str| String::from_utf8(price_details(text.as_bytes())).unwrap();
        let info =
            r#"{  "UsageType": "ComputeHR", "ServiceType": "Standard_E4s_v3",  "VMName": null,  "VCPUs": 4, "R": 2.0}"#;
        assert_eq!(details(info), r#"{"InstanceType":"Standard_E4s_v3","CoreCount":4}"#);
        assert_eq!(details(r#"{"VCPUs": "8"}"#), r#"{"CoreCount":8}"#);
        for without in [r#"{"VCPUs": "0", "ServiceType": null}"#, "", "\"\"", "text", "{"] {
            assert_eq!(details(without), "", "{without}");
        }
    }
}
