//! Elisions (省略): `……` where a passage was left out — alone on a line, opening a paragraph,
//! around 略, after a heading's number, in place of a figure.
//!
//! At the end of a clause an ellipsis is punctuation, and in a table of contents it leads to the
//! page; both are left alone.

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::lexicon::placeholder as lexicon;
use crate::base::{blank, han};

/// Characters that may open an ellipsis.
pub(super) const TRIGGERS: &[&str] = &["…", "...", "⋯", "。。。", "···"];

fn is_dot(c: char) -> bool {
    matches!(c, '…' | '.' | '⋯' | '·')
}

/// Looks at the ellipsis that starts at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let dot = |c: char| is_dot(c) || c == '。' && page.text[at..].starts_with('。');
    let end = page.text[at..].find(|c| !dot(c)).map_or(page.text.len(), |i| at + i);
    let mut range = at..end;
    let Some(verdict) = judge(page, &mut range) else { return Judged::none(end) };
    let resume = range.end;
    let lack = match blank::unit(page.right(range.end)) {
        Some((lack, _)) if lack.is_figure() => lack,
        _ => blank::Lack::Passage,
    };
    Judged { suspect: Some(Suspect { range, verdict, lack, notation: Notation::Elision }), resume }
}

fn judge(page: &Page<'_>, range: &mut std::ops::Range<usize>) -> Option<Verdict> {
    let (before, after) = (page.before(range.start), page.after(range.end));
    let (left, right) = (before.trim_end(), after.trim_start());
    // ……略……, …（略）…
    for word in ["略", "（略）", "(略)", "此处省略", "省略", "中略"] {
        if let Some(rest) = right.strip_prefix(word) {
            let dots = rest.len() - rest.trim_start_matches(is_dot).len();
            range.end += after.len() - rest.len() + dots;
            return Some(Verdict::Sure);
        }
    }
    if let Some(verdict) = quoted(left, right) {
        return Some(verdict);
    }
    if right.starts_with([')', '）', '”', '’', '》', '」', '"'])
        || left.ends_with(['“', '‘', '"', '「', '《'])
    {
        return None;
    }
    if left.ends_with(['(', '（']) {
        return (!right.contains([')', '）'])).then_some(Verdict::Sure);
    }
    let opens = left.is_empty() || left.chars().all(|c| matches!(c, '>' | '-' | '#' | '*' | '|'));
    if right.is_empty() || right.starts_with('|') && left.ends_with('|') {
        return (opens || left.ends_with(['：', ':']) || is_number(left)).then_some(Verdict::Sure);
    }
    if opens && after.starts_with(is_han) {
        // A single … or three dots at the start of a line may be anything.
        return (range.len() >= "……".len()).then_some(Verdict::Look);
    }
    // 一是……；二是……。
    if is_number(left) && right.starts_with(['；', '。', '，', ';']) {
        return Some(Verdict::Sure);
    }
    let figure = blank::unit(right).is_some_and(|(lack, word)| lack.is_figure() && (word != "元"));
    if figure && blank::wants_number(left) && !right.starts_with(['年', '月', '点']) {
        return Some(Verdict::Sure);
    }
    // 到……年，全县……: the year by which it is done.
    let dated = ["年，", "年,", "年底", "年末", "年前"].iter().any(|w| right.starts_with(w));
    if dated && !page.in_quote(range.start) && ["到", "至", "截至"].iter().any(|w| left.ends_with(w)) {
        return Some(Verdict::Sure);
    }
    if !page.in_quote(range.start)
        && let Some(verdict) = inside(left, right, after, &page.text[range.clone()])
    {
        return Some(verdict);
    }
    // 关于……的通知 as a title. ……（主题） is how a lesson on writing shows a pattern, no draft.
    let title = left.ends_with("关于")
        && right.starts_with('的')
        && !right.contains(['。', '，', '”'])
        && right.trim_end().trim_end_matches('》').chars().count() <= 24
        && !right.trim_end().trim_end_matches('》').contains('》')
        && left.trim_start_matches(['《', ' ', '　']).chars().count() <= 16;
    title.then_some(Verdict::Look)
}

/// 总结为“……法”, 锦旗上写“……”: what is quoted is not there. A quotation may begin with an ellipsis.
fn quoted(left: &str, right: &str) -> Option<Verdict> {
    /// Characters of the longest remainder of a name.
    const LONGEST: usize = 3;
    let head = left.strip_suffix('“')?;
    let close = right.find('”')?;
    let after = &right[close + '”'.len_utf8()..];
    let sign = ["表示", "号", "符号", "代替", "省略", "和", "、", "或"].iter().any(|w| after.starts_with(w));
    let rest = &right[..close];
    let short = rest.chars().count() <= LONGEST && rest.chars().all(is_han);
    (short && !sign && head.ends_with(is_han)).then_some(Verdict::Look)
}

/// An ellipsis within a clause: 改造…个，惠及居民…户; 为……提供保障; 县委副书记…主持.
fn inside(left: &str, right: &str, after: &str, sign: &str) -> Option<Verdict> {
    if !left.ends_with(is_han) {
        return None;
    }
    if let Some((lack, word)) = blank::unit(right) {
        let rest = &right[word.len()..];
        let closed = rest.is_empty() || rest.starts_with(|c: char| !is_han(c) && !c.is_alphanumeric());
        let timed = word.starts_with(['年', '月', '点', '时', '天']);
        if lack.is_figure() && !timed && (closed || word.chars().count() >= 2 || word == "%") {
            return Some(if word.chars().count() >= 2 || word == "%" {
                Verdict::Sure
            } else {
                Verdict::Look
            });
        }
    }
    // 县委书记...，县长...，
    if lexicon::TITLES.iter().any(|o| left.ends_with(o)) && after.starts_with(['，', '、', '；', '。']) {
        return Some(Verdict::Look);
    }
    // 主要体现在......，...... is how a lesson on writing shows a pattern.
    if sign.starts_with(['.', '·', '。']) {
        return None;
    }
    let goes_on = after.starts_with(is_han) || after.starts_with(['，', '、', '；']);
    let wanted = lexicon::WANTS_OBJECT.iter().any(|w| left.ends_with(w));
    let held = lexicon::TITLES.iter().any(|o| left.ends_with(o)) && after.starts_with(is_han);
    (goes_on && wanted || held).then_some(Verdict::Look)
}

/// Whether a heading's number, or 一是, is all that stands before.
fn is_number(left: &str) -> bool {
    let items = lexicon::NUMBERED;
    items.iter().any(|i| left.ends_with(i))
        || han::heading_number(left).is_some_and(|(_, _, len)| left[len..].trim().is_empty())
}
