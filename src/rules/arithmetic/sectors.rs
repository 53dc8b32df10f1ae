//! The three sectors of an economy (三次产业结构), whose shares make a hundred.

use super::Wrong;
use crate::base::clause;
use crate::text;

/// What their proportion is called.
const NAMES: &[&str] = &["三次产业", "三产", "产业结构"];

/// Proportions that do not make a hundred.
pub(super) fn find(text: &str) -> Vec<Wrong> {
    let mut found = Vec::new();
    let mut settled = 0;
    for (at, _) in text.match_indices("产") {
        let Some(name) = NAMES.iter().find(|n| text[at - back(text, at)..].starts_with(**n)) else {
            continue;
        };
        let start = at - back(text, at) + name.len();
        if start < settled {
            continue;
        }
        let end = clause::sentence(text, start..start).end;
        settled = end;
        let words = &text[start..end];
        let spoken = ["结构", "比", "构成", "调整", "优化"].iter().any(|w| words.contains(w));
        if spoken || name.ends_with("结构") {
            found.extend(proportions(text, start, end));
        }
    }
    found
}

/// Bytes from the 产 at `at` back to the numeral that may open the name.
fn back(text: &str, at: usize) -> usize {
    ["三次", "三"].iter().find(|w| text[..at].ends_with(**w)).map_or(0, |w| w.len())
}

/// What `a:b:c` between the two positions does not make a hundred.
fn proportions(text: &str, start: usize, end: usize) -> Vec<Wrong> {
    let mut found = Vec::new();
    let mut at = start;
    while let Some(step) = text[at..end].find(|c: char| c.is_ascii_digit()) {
        let from = at + step;
        let number = |c: char| c.is_ascii_digit() || c == '.' || matches!(c, ':' | '∶' | '：');
        let len = text[from..end].find(|c| !number(c)).unwrap_or(end - from);
        at = from + len.max(1);
        let said = text[from..from + len].trim_end_matches([':', '∶', '：', '.']);
        let shares: Vec<&str> = said.split([':', '∶', '：']).collect();
        let values: Option<Vec<f64>> = shares.iter().map(|s| s.parse().ok()).collect();
        let Some(values) = values.filter(|v| v.len() == 3) else { continue };
        let sum: f64 = values.iter().sum();
        // Each of the three is rounded; but whoever rounds to whole numbers makes them a hundred.
        let slack = if shares.iter().any(|s| s.contains('.')) { 0.151 } else { 0.5 };
        if (80.0..=120.0).contains(&sum) && (sum - 100.0).abs() > slack {
            let sum = format!("{sum:.1}");
            let message = text!(
                "三次产业的比重相加是{sum}，不是100",
                "the shares of the three sectors add up to {sum}, not 100"
            );
            found.push(Wrong::new(from..from + said.len(), message));
        }
    }
    found
}
