//! Dated changes on the months of a horizon.
use super::{Change, Changes};
use crate::problem::Problem;
use crate::workload::Draft;
use jiff::ToSpan;
use jiff::civil::Date;
use plimsoll::scenario::Event;

/// The months that dated changes act on, and notes on those that act on none. Days with the same changes are one event;
/// undated changes have been made already.
pub fn events(
    draft: &Draft,
    lists: &[Changes],
    today: Date,
    months: u32,
) -> Result<(Vec<Event>, Vec<String>), Vec<Problem>> {
    let dated: Vec<(&Changes, &Change)> = lists
        .iter()
        .flat_map(|list| list.changes.iter().map(move |change| (list, change)))
        .filter(|(_, change)| change.is_dated())
        .collect();
    let begins = |month: u32| today.saturating_add(i64::from(month).months());
    let holds = |change: &Change, day: Date| {
        change.from.is_none_or(|from| from <= day) && change.until.is_none_or(|until| day < until)
    };
    // Day by day: two changes of one month need not meet.
    let mut groups: Vec<Group> = Vec::new();
    for month in 0..months {
        let end = begins(month + 1);
        for day in begins(month).series(1.day()).take_while(|day| *day < end) {
            let active: Vec<usize> = (0..dated.len()).filter(|place| holds(dated[*place].1, day)).collect();
            if active.is_empty() {
                continue;
            }
            let place = groups.iter().position(|group| group.active == active).unwrap_or_else(|| {
                groups.push(Group { active, months: Vec::new(), days: 0 });
                groups.len() - 1
            });
            let group = &mut groups[place];
            group.days += 1;
            if group.months.last() != Some(&month) {
                group.months.push(month);
            }
        }
    }
    let mut found = Vec::new();
    for Group { active, months, days } in &groups {
        let mut changed = draft.clone();
        for place in active {
            dated[*place].0.make(dated[*place].1, &mut changed);
        }
        let workload = changed.read()?;
        let names = active.iter().map(|place| dated[*place].1.name.clone()).collect();
        let does = active.iter().flat_map(|place| dated[*place].1.does.clone()).collect();
        found.push(Event { names, does, days: *days, months: months.clone(), workload });
    }
    let idle = (0..dated.len()).filter(|place| groups.iter().all(|group| !group.active.contains(place)));
    let notes = idle.map(|place| {
        let name = &dated[place].1.name;
        format!("{name} lies outside the {months} months from {today}: it changes nothing")
    });
    Ok((found, notes.collect()))
}

/// Changes that hold on the same days, and no others do.
struct Group {
    active: Vec<usize>,
    months: Vec<u32>,
    days: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const FILE: &[u8] =
        b"name=\"a\"\nentry=\"a\"\n[demand]\npeak=\"100/s\"\n[service.a]\ncpu_per_request=\"6 ms\"\nmemory=\"1 GB\"\n";

    #[test]
    fn changes_of_one_month_meet_only_on_days_that_they_share() {
        let text = "[[change]]\nname=\"sale\"\nfrom=2026-11-27\nuntil=2026-12-01\nscale={ \"demand.peak\" = 3 }\n\
            [[change]]\nname=\"fair\"\nfrom=2026-11-30\nuntil=2027-01-10\nscale={ \"demand.peak\" = 2 }\n\
            [[change]]\nname=\"last year\"\nuntil=2026-01-01\nscale={ \"demand.peak\" = 2 }\n";
        let lists = [Changes::read("x.toml", text.as_bytes()).unwrap()];
        let draft = Draft::parse("a.toml", FILE).unwrap();
        let (events, notes) = events(&draft, &lists, date(2026, 11, 23), 12).unwrap();
        let told: Vec<(String, Vec<u32>, u32, f64)> = events
            .into_iter()
            .map(|e| (e.names.join("+"), e.months, e.days, e.workload.demand.peak.mid().as_per_second()))
            .collect();
        assert_eq!(
            told,
            [
                ("sale".to_owned(), vec![0], 3, 300.0),
                ("sale+fair".to_owned(), vec![0], 1, 600.0),
                ("fair".to_owned(), vec![0, 1], 40, 200.0),
            ]
        );
        assert_eq!(notes, ["last year lies outside the 12 months from 2026-11-23: it changes nothing"]);
    }
}
