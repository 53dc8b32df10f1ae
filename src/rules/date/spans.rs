//! Spans that end before they begin: 2026年9月至2026年3月, 3月15日至10日, 2026—2021年.

use super::hit;
use super::said::{JOINTS, Said};
use crate::base::{Text, clause};
use crate::model::{Finding, Severity};
use crate::text;

pub(super) fn find(text: &str, said: &[Said]) -> Vec<Finding> {
    said.windows(2).filter_map(|pair| backwards(text, &pair[0], &pair[1])).collect()
}

/// What stands between the two ends, if it joins them and no more.
fn joins(gap: &str) -> bool {
    let bare = gap.trim();
    // （星期一）, （周一）
    let bare = match (bare.strip_prefix(['（', '(']), bare.find(['）', ')'])) {
        (Some(_), Some(end)) if end <= "（星期一）".len() => {
            &bare[end + bare[end..].chars().next().map_or(0, char::len_utf8)..]
        }
        _ => bare,
    };
    let bare = bare.strip_prefix("开始").or_else(|| bare.strip_prefix('起')).unwrap_or(bare);
    let bare = bare.trim_start_matches(['，', ',']);
    JOINTS.iter().any(|j| bare.strip_prefix(j).is_some_and(|rest| rest.is_empty() || JOINTS.contains(&rest)))
}

/// How sure it is that a span runs backwards.
fn order(from: &Said, to: &Said) -> Option<Severity> {
    match (from.year, to.year) {
        (Some(a), Some(b)) => {
            let later = |x: Option<u32>, y: Option<u32>| x.zip(y).map(|(x, y)| x.cmp(&y));
            let months = later(from.month, to.month);
            let days = later(from.day, to.day);
            let order = a.cmp(&b).then(months.unwrap_or(std::cmp::Ordering::Equal));
            let order =
                if months.is_some() { order.then(days.unwrap_or(std::cmp::Ordering::Equal)) } else { order };
            (order.is_gt() && a < 2101 && b >= 1900 && to.year_digits == 4).then_some(Severity::Warning)
        }
        (None, Some(_)) => None,
        // 2026年3月15日至3月10日, 3月15日至10日
        (_, None) => {
            let month = to.month.or(from.month)?;
            let (first, last) = (from.month?, from.day.zip(to.day));
            if first == month {
                last.filter(|(a, b)| a > b).map(|_| Severity::Warning)
            } else if first > month && to.month.is_some() {
                // 11月至3月: into the next year, which should be said.
                last.map(|_| Severity::Info)
            } else {
                None
            }
        }
    }
}

fn backwards(text: &str, from: &Said, to: &Said) -> Option<Finding> {
    if !joins(text.get(from.end..to.start)?) {
        return None;
    }
    let severity = order(from, to)?;
    let whole = from.start..to.end;
    let (behind, ahead) = (clause::behind(text, from.start), clause::ahead(text, to.end, 1));
    // 2023年至2022年同期对比, 由2025年到2020年倒推; a number in which years stand by chance.
    let compared = ["比", "倒推", "追溯", "回溯"].iter().any(|w| ahead.contains(w) || behind.contains(w));
    let bare = from.month.is_none() && !text[from.range()].ends_with('年');
    let closed = ahead.is_empty()
        || ahead.starts_with(['）', ')', '年', '》', '、', '学'])
        || text[to.range()].ends_with('年');
    let glued = text[..from.start].ends_with(['-', '—', '/', '#']) || text[to.end..].starts_with(['-', '/']);
    if compared || glued || bare && !closed {
        return None;
    }
    let words = &text[whole.clone()];
    let help = if severity == Severity::Info {
        Text::fixed(
            "跨年的，写明“次年”或写出年份",
            "if it runs into the next year, say so (次年) or name the year",
        )
    } else {
        Text::fixed("查起止哪一头写错，改正", "see which end is wrong and correct it")
    };
    Some(
        hit(whole, text!("“{words}”的止期早于起期", "“{words}” ends before it begins"), help)
            .severity(severity),
    )
}
