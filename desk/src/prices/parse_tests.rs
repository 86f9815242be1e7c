//! Conditions read, refused, and asked of machines.
use super::super::offering::sample::{offering, view};
use super::filter;
use proptest::prelude::*;

/// Whether a condition holds for a machine of 4 processors, 16 GiB and 10 Gbit/s at 0.2 an hour.
fn holds(condition: &str) -> Option<bool> {
    filter(condition).unwrap_or_else(|e| panic!("{e}")).holds(&offering("m7g.large", 4.0), view())
}

#[test]
fn a_condition_means_what_it_says() {
    let cases = [
        ("vcpu>=4 && <=8", true),
        ("vcpu>=4 && <4", false),
        ("vcpu<2 || ==4", true),
        ("vcpu>=2 && !=4", false),
        ("vcpu==2..4", true),
        ("vcpu==5..", false),
        ("vcpu==..4", true),
        ("vcpu!=2..4", false),
        ("vcpu=4", true),
        ("vcpu>4 || vcpu<4 || memory_gib==16", true),
        ("vcpu==4 || vcpu==5 && vcpu==6", true),
        ("(vcpu==4 || vcpu==5) && vcpu==6", false),
        ("vcpu>=2 && (<=3 || >=4)", true),
        ("!(vcpu==4)", false),
        ("!!vcpu==4", true),
        ("! vcpu == 5", true),
        ("arch==arm64", true),
        ("arch==ARM64 && !=x86_64", true),
        ("family=~m7", true),
        ("family=~^(m7|c7)g$ && !=m7g", false),
        ("family!~^c", true),
        ("shape == 'm7g.large'", true),
        ("shape==\"m7g.large\"&&vcpu==4", true),
        ("on_demand<=0.2", true),
        ("on-demand==0.2", true),
        ("usd_per_gib==0.0125", true),
        ("spot<0.1 && >0.07", true),
        ("complete", true),
        ("!complete", false),
        ("complete==no", false),
        ("as_of>=2026-01-02 && <2026-01-03", true),
        ("local_disk_gb==0", true),
        ("vcpu > 1e0", true),
    ];
    for (condition, expected) in cases {
        assert_eq!(holds(condition), Some(expected), "{condition}");
    }
}

#[test]
fn what_no_table_says_leaves_a_condition_open_unless_the_rest_decides() {
    let cases = [
        ("iops>1000", None),
        ("iops<=1000", None),
        ("!(iops>1000)", None),
        ("iops!=1", None),
        ("iops>1000 && vcpu==4", None),
        ("iops>1000 && vcpu==5", Some(false)),
        ("iops>1000 || vcpu==4", Some(true)),
        ("iops>1000 || vcpu==5", None),
        ("1y<1", None),
    ];
    for (condition, expected) in cases {
        assert_eq!(holds(condition), expected, "{condition}");
    }
}

#[test]
fn a_mistake_is_marked_where_it_is() {
    let cases = [
        ("vcpus>4", 1, "`vcpus` is not a column", "did you mean `vcpu`?"),
        ("vcpu>4 && mem<8", 11, "`mem` is not a column", "did you mean `memory_gib`?"),
        ("", 1, "the condition ends too early", "a condition comes here"),
        (">4", 1, "`>` is not expected here", "a condition comes here"),
        ("vcpu", 5, "the condition ends too early", "compare with =="),
        ("vcpu>=", 7, "the condition ends too early", "a value of vcpu comes here"),
        ("vcpu>=four", 7, "`four` is not a number", "compared with plain numbers"),
        ("vcpu>=inf", 7, "`inf` is not a number", "plain numbers"),
        ("vcpu>=2..4", 7, "a range is neither larger nor smaller", "== or !="),
        ("vcpu==2..x", 7, "`x` is not a number", "plain numbers"),
        ("vcpu=~4", 7, "vcpu is a number, and a pattern is for words", "a range is written vcpu==4..8"),
        ("vcpu>4 &&", 10, "the condition ends too early", "a condition comes here"),
        ("vcpu>4 & <8", 8, "`&` is not expected here", "&& or || joins conditions"),
        ("vcpu>4 <8", 8, "`<` is not expected here", "&& or ||"),
        ("(vcpu>4", 1, "the parenthesis is not closed", "end it with `)`"),
        ("vcpu>4)", 7, "`)` is not expected here", "&& or ||"),
        ("arch==arm", 7, "`arm` is not one of arm64, x86_64", "did you mean `arm64`?"),
        ("provider==amazon", 11, "`amazon` is not one of aws, azure, gcp", "did you mean"),
        ("family>m", 8, "family is a word, neither larger nor smaller", "=~"),
        ("family=~[", 9, "`[` is not a pattern", "regular expression"),
        ("shape=='m7g", 8, "the quotation mark is not closed", "end it with the mark"),
        ("as_of>2026", 7, "`2026` is not a date", "written 2026-07-20"),
    ];
    for (condition, column, what, help) in cases {
        let problem = filter(condition).map(|_| ()).unwrap_err();
        assert_eq!((problem.line, problem.column), (1, column), "{problem}");
        assert!(problem.what.contains(what) && problem.help.contains(help), "{problem}");
    }
}

#[test]
fn parentheses_without_end_are_refused_not_followed() {
    for condition in ["(".repeat(100_000), "!".repeat(100_000)] {
        let problem = filter(&condition).map(|_| ()).unwrap_err();
        assert!(problem.what.contains("parentheses within each other"), "{}", problem.what);
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(condition in "\\PC{0,60}") {
        let _ = filter(&condition).map(|read| read.holds(&offering("m7g.large", 4.0), view())).map_err(|e| e.to_string());
    }

    #[test]
    fn no_heap_of_signs_makes_the_reader_panic(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "vcpu", "arch", "complete", "as_of", ">=", "==", "=~", "!~", "!", "&&", "||", "(", ")", "4", "2..4", "..",
                "arm64", "'", "\"", " ", "é", "[", "1y", "<",
            ]),
            0..24,
        )
    ) {
        let condition = parts.concat();
        match filter(&condition) {
            Ok(read) => { let _ = read.holds(&offering("m7g.large", 4.0), view()); }
            Err(problem) => prop_assert!(problem.to_string().contains('^')),
        }
    }
}
