//! What the fields of sysstat mean, by their names in `sadf -d`.
use super::super::unit::{KIB, MIB, SECTOR};
use plimsoll::telemetry::Measure;

/// The measure of a field, and what its values are multiplied by; none for what no measure fits.
pub(super) fn measure(field: &str) -> Option<(Measure, f64)> {
    let percent = 0.01;
    Some(match field {
        "%iowait" | "%wio" => (Measure::CpuIoWait, percent),
        "%steal" => (Measure::CpuSteal, percent),
        "runq-sz" => (Measure::RunQueue, 1.0),
        // Disks: sysstat 12, then older names, then `iostat` and `sar -b`.
        "rkB/s" | "kB_read/s" => (Measure::DiskReadBytes, KIB),
        "wkB/s" | "kB_wrtn/s" => (Measure::DiskWriteBytes, KIB),
        "rMB/s" | "MB_read/s" => (Measure::DiskReadBytes, MIB),
        "wMB/s" | "MB_wrtn/s" => (Measure::DiskWriteBytes, MIB),
        "rd_sec/s" | "rsec/s" | "bread/s" | "Blk_read/s" => (Measure::DiskReadBytes, SECTOR),
        "wr_sec/s" | "wsec/s" | "bwrtn/s" | "Blk_wrtn/s" => (Measure::DiskWriteBytes, SECTOR),
        "r/s" | "rtps" => (Measure::DiskReads, 1.0),
        "w/s" | "wtps" => (Measure::DiskWrites, 1.0),
        // Both together: all that `sar -d` and `sadf -d` tell, and what `sar -b` tells besides.
        "tps" => (Measure::DiskOperations, 1.0),
        "aqu-sz" | "avgqu-sz" | "avque" => (Measure::DiskQueue, 1.0),
        "%util" | "%busy" => (Measure::DiskBusy, percent),
        // Networks.
        "rxkB/s" => (Measure::NetworkIn, KIB),
        "txkB/s" => (Measure::NetworkOut, KIB),
        "rxbyt/s" => (Measure::NetworkIn, 1.0),
        "txbyt/s" => (Measure::NetworkOut, 1.0),
        "rxpck/s" => (Measure::PacketsIn, 1.0),
        "txpck/s" => (Measure::PacketsOut, 1.0),
        // File systems.
        "MBfsused" => (Measure::DiskUsed, MIB),
        "%fsused" => (Measure::DiskShare, percent),
        _ => return None,
    })
}

/// Columns that say what a row is of, and how such a part is called.
pub(super) fn item_column(column: &str) -> Option<&'static str> {
    Some(match column {
        "CPU" | "cpu" => "cpu",
        "NODE" | "node" => "node",
        "DEV" | "Device" | "Device:" | "device" | "disk-device" | "disk_device" | "IFACE" | "iface" | "FILESYSTEM"
        | "filesystem" | "MOUNTPOINT" | "FCHOST" | "fchost" | "DEVICE" => "",
        "INTR" | "intr" => "interrupt",
        "TTY" => "tty",
        "FAN" => "fan",
        "TEMP" => "temperature",
        "IN" => "voltage",
        "BAT" => "battery",
        "BUS" => "bus",
        "line" | "number" => "number",
        _ => return None,
    })
}

/// Columns of words, which are no measure.
pub(super) fn is_words(column: &str) -> bool {
    matches!(column, "status" | "manufact" | "product" | "idvendor" | "idprod")
}

/// A part of a host by its column and its cell: `cpu3`, `sda1`; none for all of it.
pub(super) fn item(kind: &str, cell: &str) -> Option<String> {
    match (kind, cell) {
        // The same as all CPUs, which are told already.
        ("node", "all") => Some("nodes".into()),
        (_, "all" | "-" | "") | ("cpu", "-1") => None,
        ("cpu" | "node" | "tty", number) if number.bytes().all(|b| b.is_ascii_digit()) => {
            Some(format!("{kind}{number}"))
        }
        ("" | "cpu", name) => Some(name.to_owned()),
        (kind, name) => Some(format!("{kind} {name}")),
    }
}

/// The name in `sadf -d` of what JSON of sysstat calls `key` in `group`.
pub(super) fn text_name(group: &str, key: &str) -> String {
    let percent = key.strip_suffix("-percent");
    match (group, key) {
        ("cpu-load" | "avg-cpu" | "node-load", _) => format!("%{key}"),
        ("memory" | "swap-pages" | "hugepages", _) => match percent {
            Some(stem) => format!("%{stem}"),
            None if group == "swap-pages" => format!("{key}/s"),
            None => format!("kb{key}"),
        },
        ("disk", "util" | "util-percent") => "%util".into(),
        ("net-dev", _) => percent.map_or_else(|| format!("{key}/s"), |stem| format!("%{stem}")),
        ("disk", "rd_sec" | "wr_sec" | "rkB" | "wkB" | "dkB" | "dc_sec") | ("io", "bread" | "bwrtn") => {
            format!("{key}/s")
        }
        ("disk" | "queue" | "io" | "filesystems", _) => key.into(),
        _ => format!("{group}.{key}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_names_mean_the_same() {
        let bytes = |field: &str, value: f64| measure(field).map(|(measure, factor)| (measure, value * factor));
        assert_eq!(bytes("rkB/s", 4.0), bytes("rd_sec/s", 8.0));
        assert_eq!(bytes("wMB/s", 1.0), bytes("kB_wrtn/s", 1024.0));
        assert_eq!(measure("tps"), Some((Measure::DiskOperations, 1.0)));
        assert_eq!(measure("cswch/s"), None);
    }

    #[test]
    fn json_and_text_name_the_same() {
        assert_eq!(text_name("memory", "memused-percent"), "%memused");
        assert_eq!(text_name("memory", "avail"), "kbavail");
        assert_eq!(text_name("disk", "rkB"), "rkB/s");
        assert_eq!(text_name("net-dev", "rxpck"), "rxpck/s");
        assert_eq!(text_name("psi-cpu", "some_avg10"), "psi-cpu.some_avg10");
    }

    #[test]
    fn all_of_a_host_is_no_part_of_it() {
        assert_eq!([item("cpu", "-1"), item("cpu", "all"), item("", "-")], [None, None, None]);
        assert_eq!(item("cpu", "3").as_deref(), Some("cpu3"));
        assert_eq!(item("cpu", "cpu3").as_deref(), Some("cpu3"));
        assert_eq!(item("interrupt", "sum").as_deref(), Some("interrupt sum"));
        assert_eq!(item("", "sda1").as_deref(), Some("sda1"));
    }
}
