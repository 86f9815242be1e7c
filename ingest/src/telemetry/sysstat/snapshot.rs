//! Files that people have at hand and that tell no series of a host: known, and refused with what to give instead.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::text::Text;
use super::sar::first_header;
use crate::problem::Problem;
use plimsoll::units::Share;

/// A kind of file that is refused.
pub(crate) struct Snapshot {
    name: &'static str,
    is: fn(&Head<'_>) -> bool,
    what: &'static str,
    help: &'static str,
}

/// All of them.
pub(crate) const SNAPSHOTS: [&dyn Format; 5] = [
    &Snapshot {
        name: "df",
        is: |head| {
            let names = head.first_line();
            names.starts_with("Filesystem") && names.contains("Mounted on")
        },
        what: "this is `df`: disk space at one moment, without a time",
        help: "give `sadf -d -- -F` for disk space over time, or write the size into the workload file",
    },
    &Snapshot {
        name: "pidstat",
        is: |head| {
            first_header(head).is_some_and(|names| names.iter().any(|n| n == "PID" || n == "TGID")) || has_pids(head)
        },
        what: "this is `pidstat`: single processes, not the host they share",
        help: "give `sar -u` or `sadf -d` of the same time for the host",
    },
    &Snapshot {
        name: "pidstat -o JSON",
        is: |head| head.is_json() && head.text().contains("\"sysstat\"") && head.text().contains("\"task-"),
        what: "this is `pidstat`: single processes, not the host they share",
        help: "give `sadf -j` of the same time for the host",
    },
    &Snapshot {
        name: "vmstat -d",
        is: |head| head.first_line().starts_with("disk-") && head.first_line().contains("reads"),
        what: "this is `vmstat -d`: totals of disks since the host started, at one moment",
        help: "give `vmstat -tw 60`, or `sadf -d -- -d` for the disks",
    },
    &Snapshot {
        name: "PlanetLab CPU",
        is: |head| {
            let names: Vec<&str> = head.first_line().split(',').take(4).collect();
            names.get(1..4) == Some(&["t000", "t001", "t002"])
        },
        what: "this is a row of values for each machine, without a time",
        help: "write a row for each time instead: `time,resource,value`",
    },
];

/// `pidstat -h` has its clock behind a number sign.
fn has_pids(head: &Head<'_>) -> bool {
    let mut lines = head.lines().filter(|line| line.starts_with('#')).take(1);
    lines.any(|line| line.contains("Time") && line.contains(" PID ") && line.contains("Command"))
}

impl Format for Snapshot {
    fn name(&self) -> &'static str {
        self.name
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(if (self.is)(head) { 1.0 } else { 0.0 })
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        to.wrong(|| Problem::in_whole(&name, self.what, self.help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_known_and_says_what_to_give() {
        let texts = [
            "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/vda 10 1 9 10% /\n",
            "Linux 6.1.0 (a) \t2026-03-01 \t_x86_64_\t(2 CPU)\n\n10:00:00      UID       PID    %CPU  Command\n",
            "{\"sysstat\": {\"hosts\": [{\"statistics\": [{\"task-cpu-load\": []}]}]}}",
            "disk- ------------reads------------ ---writes---\n",
            "vm,t000,t001,t002\na,1,2,3\n",
        ];
        for (i, text) in texts.iter().enumerate() {
            let head = Head::new(text.as_bytes(), true);
            let known: Vec<bool> = SNAPSHOTS.iter().map(|format| format.detect(&head) == Share::ALL).collect();
            assert_eq!(known.iter().position(|k| *k), Some(i), "{text}");
            assert_eq!(known.iter().filter(|k| **k).count(), 1);
            let mut to = Collector::new(true);
            SNAPSHOTS[i].read(Text::of("x", text), &Asked::default(), &mut to);
            assert!(to.finish().unwrap_err()[0].help.starts_with("give") || i == 4);
        }
        let hashed = "Linux 6.1.0 (a) \t2026-03-01\n\n# Time        UID       PID    %CPU   CPU  Command\n";
        assert_eq!(SNAPSHOTS[1].detect(&Head::new(hashed.as_bytes(), true)), Share::ALL);
    }
}
