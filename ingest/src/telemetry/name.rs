//! Whose values are that name no resource.
use super::asked::Asked;

/// The resource that the user says, or the name of the file without folders and ending.
pub(crate) fn of_file(name: &str, asked: &Asked) -> String {
    if let Some(said) = &asked.resource {
        return said.clone();
    }
    let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let short = short.strip_suffix(".gz").or_else(|| short.strip_suffix(".zst")).unwrap_or(short);
    match short.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.into(),
        _ => short.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_resource_is_one() {
        assert_eq!(of_file("exports/web-01.json.gz", &Asked::default()), "web-01");
        assert_eq!(of_file(".json", &Asked::default()), ".json");
        assert_eq!(of_file("x.json", &Asked { resource: Some("db".into()), ..Asked::default() }), "db");
    }
}
