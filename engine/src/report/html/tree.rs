//! A tree as lists in lists, its amounts below each other.
use super::escape::escaped;
use super::number;
use crate::report::{Cell, Twig};

pub(super) fn render(twigs: &[Twig], form: Option<&str>) -> String {
    let has_shares = twigs.iter().any(|twig| twig.share != Cell::Nothing);
    let mut out = String::from("<div class=\"tree\">\n");
    let mut open = 0;
    for twig in twigs {
        // A twig hangs on the one before it, or on one that is open still.
        let depth = twig.depth.min(open) + 1;
        if depth > open {
            out.push_str("<ul>\n");
            open += 1;
        } else {
            out.push_str("</li>\n");
            out.push_str(&"</ul>\n</li>\n".repeat(open - depth));
            open = depth;
        }
        out.push_str(&format!("<li>{}", line(twig, has_shares, form)));
    }
    out + &"</li>\n</ul>\n".repeat(open) + "</div>\n"
}

fn line(twig: &Twig, has_shares: bool, form: Option<&str>) -> String {
    let remark = match twig.remark.as_str() {
        "" => String::new(),
        remark => format!(" <small>{}</small>", escaped(remark)),
    };
    let what = format!("<span class=\"what\">{}{remark}</span>", escaped(&twig.label));
    if twig.amount == Cell::Nothing && twig.share == Cell::Nothing {
        return format!("<div>{what}</div>\n");
    }
    let unknown = if twig.amount == Cell::Unknown { " unknown" } else { "" };
    let amount = format!("<span class=\"n{unknown}\">{}</span>", number(&twig.amount, form));
    let share = if has_shares {
        format!("<span class=\"n share\">{}</span>", escaped(&twig.share.shown()))
    } else {
        String::new()
    };
    format!("<div>{what} {amount} {share}</div>\n")
}
