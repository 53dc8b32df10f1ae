//! Two sentences without a mark between (缺标点): where the object of the first meets the order of the next,
//! 提高……效率|大力培育.
//!
//! The seam alone proves nothing — 以提高效率大力培育… is one sentence — so the verb of the object must stand
//! before it in the same clause, and nothing may make a part of a longer sentence of both.

use std::ops::Range;
use std::sync::LazyLock;

use crate::base::han::is_han;
use crate::base::lexicon::punctuation as lexicon;
use crate::base::words::Words;

/// Ends of clauses that ask for a mark before an order: 提高……效率|大力培育.
static SEAMS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::OBJECTS.iter().copied()));

/// What the first order says of its object.
static VERBS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::VERBS.iter().copied()));

/// Two sentences without a mark between: where the object of the first meets the order of the next.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    /// Characters between the verb and its object.
    const OBJECT: std::ops::RangeInclusive<usize> = 2..=30;
    let mut found = Vec::new();
    let mut settled = 0;
    for object in SEAMS.every(text) {
        let rest = &text[object.range.end..];
        let Some(order) = lexicon::ORDERS.iter().find(|o| rest.starts_with(**o)) else { continue };
        let end = object.range.end + order.len();
        if object.range.start < settled || text[end..].chars().take(4).filter(|&c| is_han(c)).count() < 4 {
            continue;
        }
        let ends = ['，', ',', '。', '；', ';', '：', ':', '！', '!', '？', '?', '\n', '、'];
        let from = text.ceil_char_boundary(object.range.start.saturating_sub(4 * OBJECT.end()));
        let clause = text[from..object.range.start].rfind(ends).map_or(from, |i| from + i);
        let verb = VERBS
            .every(&text[clause..object.range.start])
            .map(|v| clause + v.range.start..clause + v.range.end)
            .find(|v| OBJECT.contains(&text[v.end..object.range.start].chars().count()));
        let Some(verb) = verb else { continue };
        let seam = object.range.start..end;
        if !leads_on(text, &(verb.start..end), &text[seam.clone()]) {
            found.push(seam);
        }
        settled = end;
    }
    found
}

/// Whether the object before the seam is not the end of a clause after all: 以提高水平确保…, 把…问题
/// 认真…, 解决问题必须….
fn leads_on(text: &str, whole: &Range<usize>, seam: &str) -> bool {
    /// Bytes of a clause before the match that are looked at.
    const BEFORE: usize = 90;
    let from = text.floor_char_boundary(whole.start.saturating_sub(BEFORE));
    let clause = text[from..whole.start]
        .rsplit(['，', ',', '。', '；', ';', '：', ':', '\n', '！', '？'])
        .next()
        .unwrap_or_default();
    let matched = &text[whole.clone()];
    let instrument = |s: &str| lexicon::LEADS_ON.iter().any(|w| s.contains(w));
    // 加快, 全面, 进一步 and 持续 also follow a subject: 体系加快构建, 格局全面形成, 能力进一步增强.
    let predicate =
        ["加快", "全面", "进一步", "持续", "深入", "必须", "积极"].iter().any(|w| seam.ends_with(w));
    instrument(clause) || predicate || matched.contains("有力") && seam.ends_with("大力")
}
