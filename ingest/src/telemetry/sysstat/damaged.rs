//! Every format on texts that were cut, and on texts with a foreign sign in them: a reading or a problem, and no panic.
use super::super::asked::Asked;
use super::super::bitbrains::Bitbrains;
use super::super::csv::Csv;
use super::super::format::Format;
use super::testing::read_asked;
use super::{Free, IostatJson, IostatText, MpstatText, SadfD, SadfJson, SadfP, SarText, TopBatch, Vmstat};

const SAMPLES: [(&dyn Format, &str); 12] = [
    (
        &SadfD,
        "# hostname;interval;timestamp;CPU;%user;%idle[...];runq-sz\na;60;2026-03-01 00:01:00 EST;-1;4.0;96.0;1\n\
        a;-1;2026-03-01 00:01:30 UTC;LINUX-RESTART\t(2 CPU)\na;60;2026-03-01 00:02:00 UTC;-1;4.0;96.0;1\n",
    ),
    (
        &SadfP,
        "a\t60\t2026-03-01 00:01:00 UTC\tall\t%idle\t45.0\na\t60\t2026-03-01 00:02:00 UTC\tall\t%idle\t45.0\n\
        a\t-1\t2026-03-01 00:01:10 UTC\tLINUX-RESTART\t(4 CPU)\n",
    ),
    (
        &SarText,
        "Linux 6.1.0 (a) \t03/02/2026 \t_x86_64_\t(4 CPU)\n\n11:40:01 PM CPU %idle\n11:50:01 PM all 40,0\n\
        12:00:01 AM all 5.0\nAverage: all 5.0\n\n11:40:01 PM MBfsused FILESYSTEM\n11:50:01 PM 5 /a b\n12:00:01 AM 5 /a\n",
    ),
    (
        &MpstatText,
        "Linux 6.1.0 (a) \t2026-03-02 \t_x86_64_\t(4 CPU)\n\n10:00:00 CPU %irq %steal %idle\n10:00:00 all 0 0 9\n\
        10:01:00 all 0 0 9\n10:02:00 all 0 0 9\n",
    ),
    (
        &IostatText,
        "Linux 6.1.0 (a) \t03/02/26\n\n03/02/26 11:59:00 PM\navg-cpu: %user %idle\n 1 99\n\nDevice r/s w/s r_await\n\
        vda 1 1 1\n\n03/03/26 12:00:00 AM\navg-cpu: %user %idle\n 1 99\n",
    ),
    (
        &SadfJson,
        "{\"sysstat\": {\"hosts\": [{\"nodename\": \"a\", \"number-of-cpus\": 2, \"statistics\": [\n{\"timestamp\": {\"date\": \
        \"2026-03-01\", \"time\": \"00:01:00\", \"tz\": \"CET\"}, \"memory\": {\"memfree\": 1, \"memused\": 2, \
        \"memused-percent\": 66.67}, \"disk\": [{\"disk-device\": \"é\", \"tps\": 1}]}], \"restarts\": [{}]}]}}",
    ),
    (
        &IostatJson,
        "{\"sysstat\": {\"hosts\": [{\"date\": \"03/01/26\", \"statistics\": [{\"timestamp\": \"03/01/26 10:00:00 AM\", \
        \"avg-cpu\": {\"idle\": 1.0}}, {\"timestamp\": \"10:01:00\", \"avg-cpu\": {\"idle\": 1.0}}, {}]}]}}",
    ),
    (
        &Vmstat,
        "procs ---memory---\n r swpd free si so us id wa st UTC\n 1 0 1 0 0 5 95 0 0 2026-03-01 00:00:00\n \
        1 0 1 0 0 5 95 0 0 2026-03-01 00:01:00\n",
    ),
    (
        &TopBatch,
        "top - 23:59:00 up 1 min, load average: 0,50, 0,22, 0,09\n%Cpu(s): 5,0 us, 95,0 id\nKiB Mem : 10 total, 1k used.\n\n \
        PID USER\n 1 root\ntop - 00:00:00 up 1 min, load average: 0.5\nCpu(s): 5%us\n",
    ),
    (&Free, "  total used free\nMem: 3.7Gi 1 2\nSwap: 0 0 0\n"),
    (&Bitbrains, "Timestamp [ms];\tCPU cores;\tCPU usage [%]\n1772323200;\t2;\t5.0\n1772323500;\t2;\t5.0\n"),
    (
        &Csv,
        "time,host,\"cpu %\",mem_used_mib\n2026-03-01T00:00Z,\"a,b\",5,1\n2026-03-01T00:05Z,\"a,b\",,NaN\n1772323800,c,1e300,2\n",
    ),
];

/// Reads a text with and without going on; a reading accounts for every row, which `read_asked` looks at.
fn look(format: &dyn Format, text: &str) -> usize {
    let going = Asked { keep_going: true, ..Asked::default() };
    let strict = read_asked(format, text, &Asked::default());
    let kept = read_asked(format, text, &going);
    for problem in strict.as_ref().err().into_iter().chain(kept.as_ref().err()).flatten() {
        assert!(!problem.what.is_empty() && problem.to_string().starts_with('x'), "{problem}");
    }
    usize::from(strict.is_ok())
}

#[test]
fn a_text_that_is_cut_anywhere_is_read_or_refused() {
    for (format, text) in SAMPLES {
        let ends = (0..=text.len()).filter(|end| text.is_char_boundary(*end));
        let read: usize = ends.map(|end| look(format, &text[..end])).sum();
        assert!(read < text.len(), "{} reads whatever it is given", format.name());
    }
}

#[test]
fn a_foreign_sign_anywhere_is_read_or_refused() {
    for (format, text) in SAMPLES {
        for sign in ["\n", ";", "\"", "9", "-", "é", "%", "\t", "{", "]", "99999999999999999999"] {
            for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)).step_by(3) {
                look(format, &format!("{}{sign}{}", &text[..at], &text[at..]));
            }
        }
    }
}
