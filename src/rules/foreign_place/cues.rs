//! What the words round a place name say of it (上下文线索).

use std::ops::Range;

use crate::base::lexicon::foreign_place as lexicon;

/// In what sense a place is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// As the document speaks of its own place.
    Own,
    /// In the title of a document that this one rests on: 根据《昌宁县教育局关于…》.
    Basis,
    /// Nothing tells.
    Plain,
    /// There is a reason to name it: an event, a market, a road.
    Reason,
    /// Somebody went there or learns from it.
    Study,
    /// It helps or is helped; so do later mentions of it.
    Partner,
}

/// In what sense the place at `range` is mentioned.
pub(super) fn read(text: &str, range: &Range<usize>) -> Sense {
    let sentence = around(text, range, &['。', '！', '？', '\n', '；']);
    let clause = around(text, range, &['。', '！', '？', '\n', '；', '，', ',', ';', '：', ':']);
    // Without the name itself: 象山区 is no 山区.
    let without = |whole: &Range<usize>| {
        format!("{}\u{0}{}", &text[whole.start..range.start], &text[range.end..whole.end])
    };
    let (sentence, clause) = (&*without(&sentence), &*without(&clause));
    let opens = text[..range.start].strip_suffix('《');
    if opens.is_some_and(|b| ["根据", "按照", "依据", "遵照", "依照", "对照"].iter().any(|w| b.ends_with(w)))
    {
        return Sense::Basis;
    }
    let has = |within: &str, words: &[&str]| words.iter().any(|w| within.contains(w));
    let (before, after) = (&text[..range.start], &text[range.end..]);
    // The General Secretary's visit to another province is not this document's to carry out.
    if before.ends_with("考察") && sentence.contains("总书记") {
        let spirit = after.chars().take(12).collect::<String>();
        return if has(&spirit, &["讲话", "指示"]) { Sense::Plain } else { Sense::Reason };
    }
    if has(clause, lexicon::PARTNERS) {
        return Sense::Partner;
    }
    if has(clause, lexicon::STUDY) {
        return Sense::Study;
    }
    let own = lexicon::OWN_BEHIND.iter().any(|w| after.starts_with(w))
        || lexicon::OWN_BEFORE.iter().any(|w| before.ends_with(w));
    if own && !has(clause, &["、与", "发生", "招商", "商会", "毗邻", "来自"]) {
        return Sense::Own;
    }
    if has(sentence, lexicon::STUDY) {
        return Sense::Study;
    }
    if has(clause, lexicon::REASONS)
        || has(&without(&near(text, range)), lexicon::REASONS)
        || is_listed(before, after)
    {
        return Sense::Reason;
    }
    Sense::Plain
}

/// Whether a word right before the name says that somebody went there or looked to it.
pub(super) fn is_visited(before: &str) -> bool {
    lexicon::GOING.iter().any(|w| before.ends_with(w))
}

/// Part of a list: 浙江、江苏等.
fn is_listed(before: &str, after: &str) -> bool {
    after.starts_with('、') || before.ends_with('、') || after.starts_with('等') || after.starts_with('籍')
}

/// The bytes from the mark before to the mark behind, at most 120 characters either side.
fn around(text: &str, range: &Range<usize>, marks: &[char]) -> Range<usize> {
    let low = text.floor_char_boundary(range.start.saturating_sub(360));
    let high = text.ceil_char_boundary((range.end + 360).min(text.len()));
    let start = text[low..range.start]
        .rfind(marks)
        .map_or(low, |i| low + i + text[low + i..].chars().next().map_or(0, char::len_utf8));
    let end = text[range.end..high].find(marks).map_or(high, |i| range.end + i);
    start..end
}

/// Twelve characters either side, across commas.
fn near(text: &str, range: &Range<usize>) -> Range<usize> {
    let low = text.floor_char_boundary(range.start.saturating_sub(24));
    let high = text.ceil_char_boundary((range.end + 36).min(text.len()));
    low..high
}
