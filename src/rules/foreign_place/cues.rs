//! What the words round a place name say of it (上下文线索).

use std::ops::Range;

use crate::base::han::is_han;
use crate::base::lexicon::foreign_place as lexicon;
use crate::rules::reading::places::edge::is_free;
use crate::rules::reading::places::mention::Form;

/// In what sense a place is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// As the document speaks of its own place.
    Own,
    /// In the title of a document that this one rests on: 根据《昌宁县教育局关于…》.
    Basis,
    /// As the place that a leader's visit or words were meant for, which are to be carried out here.
    Blessed,
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
pub(super) fn read(text: &str, range: &Range<usize>, form: Form) -> Sense {
    let sentence = around(text, range, &['。', '！', '？', '\n', '；']);
    let clause = around(text, range, &['。', '！', '？', '\n', '；', '，', ',', ';', '：', ':']);
    // Without the name itself: 象山区 is no 山区.
    let without = |whole: &Range<usize>| {
        format!("{}\u{0}{}", &text[whole.start..range.start], &text[range.end..whole.end])
    };
    let (sentence, clause) = (&*without(&sentence), &*without(&clause));
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let titled = before.strip_suffix('《');
    if titled.is_some_and(|b| ["根据", "按照", "依据", "遵照", "依照", "对照"].iter().any(|w| b.ends_with(w)))
    {
        return Sense::Basis;
    }
    // The General Secretary's visit to another province is not this document's to carry out.
    let leader = ["总书记", "习近平"].iter().any(|w| sentence.contains(w));
    let spirit = || has(&after.chars().take(14).collect::<String>(), lexicon::BLESSINGS);
    if leader && lexicon::VISITS.iter().any(|w| before.ends_with(w)) {
        return if spirit() { Sense::Blessed } else { Sense::Reason };
    }
    // 习近平福建考察重要讲话: the place stands right behind who went there.
    let met = ["习近平", "总书记"].iter().any(|w| before.ends_with(w))
        && lexicon::VISITS.iter().any(|w| after.starts_with(w))
        || before.ends_with('对')
        || before.ends_with('在') && lexicon::VISITS.iter().any(|w| after.starts_with(w));
    if leader && met && spirit() {
        return Sense::Blessed;
    }
    let (said, behind) = clause.split_once('\u{0}').unwrap_or((clause, ""));
    let helped = has(said, lexicon::PARTNERS) || has(said, lexicon::STUDY) || {
        let next = behind.chars().take(12).collect::<String>();
        has(&next, lexicon::PRAISED)
    };
    if !helped
        && is_own(text, range, form, clause)
        && !has(clause, &["、与", "发生", "招商", "商会", "毗邻", "来自", "创造的", "时任"])
    {
        return Sense::Own;
    }
    if has(clause, lexicon::PARTNERS) {
        return Sense::Partner;
    }
    // Said anywhere in the sentence, of which the clause is a part.
    if has(sentence, lexicon::STUDY) {
        return Sense::Study;
    }
    // Nobody names another county's town without its county, unless something happened there.
    if form == Form::Town {
        return if has(clause, lexicon::ELSEWHERE) { Sense::Reason } else { Sense::Plain };
    }
    let near = &*without(&near(text, range));
    // A county by its full name alone has firms, roads and hospitals like the own one.
    let alone = matches!(form, Form::Full | Form::Former(_)) && text[range.clone()].ends_with('县');
    if has(clause, lexicon::REASONS)
        || has(sentence, lexicon::PARTNERS)
        || has(near, lexicon::REASONS)
        || !alone && (has(clause, lexicon::WEAK_REASONS) || has(near, lexicon::WEAK_REASONS))
        || is_listed(before, after)
        || before.ends_with(['与', '原', '—', '－', '至', '→'])
    {
        return Sense::Reason;
    }
    Sense::Plain
}

fn has(within: &str, words: &[&str]) -> bool {
    words.iter().any(|w| within.contains(w))
}

/// Whether the document speaks of the place as of its own: to its bodies (…各乡镇), or with words on both
/// sides (建设美丽…的, 谱写…新篇章, 把…建设成). A short name is told only if nothing else can be read there.
fn is_own(text: &str, range: &Range<usize>, form: Form, clause: &str) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let starts = |words: &[&str]| words.iter().any(|w| after.starts_with(w));
    let thing = starts(lexicon::NO_TAILS);
    let behind = !thing && (starts(lexicon::BODIES) || starts(lexicon::OWN_BEHIND));
    let preceded = lexicon::OWN_BEFORE.iter().any(|w| before.ends_with(w)) || is_qualified(before);
    if form == Form::Region {
        return behind || preceded;
    }
    if before.ends_with(['把', '将']) && starts(lexicon::MADE)
        || before.ends_with("年是") && has(clause, lexicon::YEARS)
    {
        return true;
    }
    let next = after.chars().next().unwrap_or('\n');
    let ends = behind
        || starts(lexicon::TAILS) && !thing
        || !is_han(next) && !"、“《（(—-·0123456789".contains(next);
    let begins = form != Form::Short || preceded || is_free(text, range.start);
    behind && begins || preceded && ends
}

/// 建设文明富裕的 before a name.
fn is_qualified(before: &str) -> bool {
    let Some(qualified) = before.strip_suffix('的') else { return false };
    let from = qualified.char_indices().rev().nth(9).map_or(0, |(at, _)| at);
    let near = qualified[from..].rsplit(|c| !is_han(c)).next().unwrap_or_default();
    has(near, lexicon::OWN_VERBS)
}

/// Whether an office of the place is named with it: …县水利局.
pub(super) fn is_office(text: &str, range: &Range<usize>) -> bool {
    let mut office = text[range.end..].chars().take(6).take_while(|&c| is_han(c) && c != '的').skip(1);
    office.any(|c| lexicon::OFFICES.contains(&c))
}

/// Whether the name is all of a slogan but an adjective: “美丽永靖”.
pub(super) fn is_slogan(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let stem = lexicon::OWN_BEFORE.iter().find_map(|w| before.strip_suffix(w));
    stem.is_some_and(|s| s.ends_with('“')) && text[range.end..].starts_with('”')
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
