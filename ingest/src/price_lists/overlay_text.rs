//! The text of an overlay: what `--prices FILE` reads, with where it comes from.
use super::compare::Comparison;
use super::format::Format;
use plimsoll::catalog::Purchase;
use std::fmt::Write;

impl Comparison {
    /// An overlay of the prices that are not the shipped ones. Its comments say what list it is of.
    ///
    /// Prices equal to the shipped ones are left out: the shipped tables have them, with their sources.
    pub fn overlay(&self) -> String {
        let what = if self.format == Format::AwsSavingsPlans { "Rates of savings plans" } else { "Prices on demand" };
        let mut text = format!("# {what} from official lists, for `plimsoll plan WORKLOAD --prices FILE`.\n");
        let mut line = |words: String| writeln!(text, "# {words}").expect("texts can be written to");
        line(format!("format: {}, {}", self.format, self.format.title()));
        for (file, published) in &self.files {
            let day = published.map_or("without a date".to_owned(), |day| day.to_string());
            let said = if matches!(self.format, Format::AwsEc2 | Format::AwsSavingsPlans) {
                "published"
            } else {
                "newest price of"
            };
            line(format!("list: {}, {said} {day}", plain(file)));
        }
        line(format!("prices that differ from the shipped tables: {}", self.changed.len()));
        line(format!("prices that are the same, and left out: {}", self.same));
        if self.changed.iter().any(|change| change.paid != change.list) {
            line(
                "where a list price is noted, usd_per_hour is what an hour of a machine that runs all month costs"
                    .into(),
            );
            line("after the sustained-use discount, by the rate of the shipped tables".into());
        }
        for change in &self.changed {
            let noted =
                if change.paid == change.list { String::new() } else { format!("list {}; ", change.list.exact()) };
            let shipped = change.shipped.map_or("not in the shipped tables".to_owned(), |(hour, day)| {
                format!("shipped {} of {day}", hour.exact())
            });
            let purchase = match change.purchase {
                Purchase::OnDemand => String::new(),
                other => format!("purchase = \"{other}\"\n"),
            };
            write!(
                text,
                "\n[[price]]\nprovider = \"{}\"\nregion = \"{}\"\nsku = \"{}\"\n{purchase}usd_per_hour = {} # {noted}{shipped}\n",
                change.place.provider,
                change.place.region,
                change.sku,
                decimal(&change.paid.exact()),
            )
            .expect("texts can be written to");
        }
        text
    }
}

/// The name of a file without its folders and without signs that would end a comment.
fn plain(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.chars().filter(|c| !c.is_control()).collect()
}

/// A whole number of dollars is written as a decimal, as all prices are.
fn decimal(exact: &str) -> String {
    if exact.contains('.') { exact.to_owned() } else { format!("{exact}.0") }
}
