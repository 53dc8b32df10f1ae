//! What a figure counts (所计), by the words before it: 地区生产总值 of 全县地区生产总值达到86.4亿元.
//!
//! When and where it was so, and the verb between it and the figure, are no part of it. Where what is left
//! names nothing, it has no name.

use std::ops::Range;

use crate::base::han::is_han;
use crate::base::lexicon::counted as lexicon;
use crate::base::lines::tight;
use crate::base::pattern::pattern;

pattern! {
    /// 到2027年, 到今年底, 2026年底前: by when.
    static UNTIL = r"到?(?:[12][0-9]{3}年(?:年?底|末)?|今年底|年底|年末|明年底|“十[四五]五”末|(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,2})年内|用(?:[0-9]{1,2}|[一二两三四五六七八九十])(?:[至到—-](?:[0-9]{1,2}|[一二两三四五六七八九十]))?年(?:左右)?的?时间|[0-9]{1,2}月(?:[0-9]{1,2}日|底|末|中旬|上旬)?(?:以?前|之前)|[12][0-9]{3}年[0-9]{1,2}月(?:[0-9]{1,2}日|底|末|中旬|上旬)?)(?:以?前|之前)?";
}

/// What may stand before a name and is none of it.
pub(crate) const LEADS: &[&str] = &["完成", "实现", "预计", "力争", "确保", "使", "其中", "全部"];

/// The times that words name.
pub fn times(words: &str) -> impl Iterator<Item = Range<usize>> {
    UNTIL.on_lines(words, |line| line.contains(['年', '月', '末'])).filter_map(|c| Some(c.get(0)?.range()))
}

/// What is counted, of the words of a range that ends at a figure; `None` where they name nothing.
#[must_use]
pub fn name(text: &str, before: Range<usize>) -> Option<Range<usize>> {
    let range = tight(text, without_verb(text, without_lead(text, before)));
    is_name(&text[range.clone()]).then_some(range)
}

/// A range without a time or a place for all of it at its head.
#[must_use]
pub fn without_lead(text: &str, range: Range<usize>) -> Range<usize> {
    let mut range = range;
    loop {
        let words = &text[range.clone()];
        let trimmed = words.trim_start_matches(['，', '、', ' ', '　']);
        let lead = lexicon::TIMES.iter().chain(LEADS).filter(|w| trimmed.starts_with(**w));
        let lead = lead.max_by_key(|w| w.len()).map_or(0, |lead| lead.len());
        let cut = lead.max(leading_time(trimmed));
        range.start += words.len() - trimmed.len() + cut;
        if cut == 0 {
            return range;
        }
    }
}

/// A range without the verbs at its end that stand before a figure.
#[must_use]
pub fn without_verb(text: &str, range: Range<usize>) -> Range<usize> {
    let mut range = range.start..range.end.max(range.start);
    loop {
        let words = text[range.clone()].trim_end_matches([' ', '　', '，', '：', ':', '、']);
        let verb = longest_end(words, lexicon::VERBS);
        range.end = range.start + words.len() - verb.map_or(0, |v| v.len());
        if verb.is_none() {
            return range;
        }
    }
}

/// The longest of these with which words end.
fn longest_end(words: &str, ends: &[&'static str]) -> Option<&'static str> {
    ends.iter().copied().filter(|end| words.ends_with(*end)).max_by_key(|end| end.len())
}

/// Where the word begins that says that something grew, if the words before a figure end in one.
#[must_use]
pub fn grown(before: &str) -> Option<usize> {
    let trimmed = before.trim_end_matches(['了', '约', '近', '超', '达', '为', '到']);
    let to = &before[trimmed.len()..];
    if to.contains('到') {
        return None;
    }
    let word = longest_end(trimmed, lexicon::GROWTHS)?;
    Some(trimmed.len() - word.len())
}

/// What is said to have grown, of the words before the word that says so: not 同比, 比上年.
#[must_use]
pub fn subject(before: &str) -> &str {
    let words = before.trim();
    let compared = longest_end(words, lexicon::COMPARED);
    &words[..words.len() - compared.map_or(0, |c| c.len())]
}

/// Whether words only say with what it is compared: 比上年.
#[must_use]
pub fn compares(words: &str) -> bool {
    lexicon::COMPARED.contains(&words)
}

/// The bytes of a time at the start of words.
fn leading_time(words: &str) -> usize {
    let found = times(words).next().filter(|found| found.start == 0);
    let found = found.map_or(0, |found| found.end);
    let rest = &words[found..];
    let until = ["截至", "截止"].iter().find(|w| words.starts_with(**w));
    if let Some(until) = until {
        return until.len();
    }
    let month = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '～' | '至'));
    if month.len() < rest.len() && month.starts_with('月') {
        let tail = month['月'.len_utf8()..].trim_start_matches(['底', '末', '份', '初']);
        return words.len() - tail.len();
    }
    found
}

/// Characters of a name.
pub const LONGEST: usize = 26;

/// Whether words name something that is counted.
#[must_use]
pub fn is_name(words: &str) -> bool {
    let count = words.chars().count();
    let han = words.chars().filter(|c| is_han(*c)).count();
    let broken = words.contains(['。', '；', '，', '：', '）', '》']) && !words.contains(['（', '《', '(']);
    let part = is_partial(words) || lexicon::PARTIAL_LEADS.iter().any(|lead| words.starts_with(lead));
    let grows = lexicon::GROWTHS.iter().any(|g| words.ends_with(g)) || words.ends_with("分别");
    (2..=LONGEST).contains(&count)
        && !part
        && !grows
        && !["高于", "低于", "好于", "快于"].iter().any(|than| words.contains(than))
        && han >= 2
        && !broken
        && !words.ends_with([
            '的', '在', '第', '每', '和', '与', '了', '到', '于', '从', '由', '近', '前', '过', '把', '将',
            '对', '以', '按', '各',
        ])
}

/// Whether words do not say by themselves of what they are: 总量, 其中.
#[must_use]
pub fn is_partial(words: &str) -> bool {
    lexicon::PARTIAL.contains(&words)
}

/// Whether words are one of those that say that something grew: 增长, 下降.
#[must_use]
pub fn grows(words: &str) -> bool {
    lexicon::GROWTHS.contains(&words)
}

/// Whether words are one of those between a name and its figure: 达到, 完成.
#[must_use]
pub fn reaches(words: &str) -> bool {
    lexicon::VERBS.contains(&words)
}

#[cfg(test)]
mod tests {
    use super::{grown, name, subject};

    #[test]
    fn the_name_is_what_is_counted_without_when_where_and_the_verb() {
        let of = |text: &str| name(text, 0..text.len()).map(|range| text[range].to_owned());
        assert_eq!(of("到2027年底，全县地区生产总值达到").as_deref(), Some("地区生产总值"));
        assert_eq!(of("新建改建农村公路").as_deref(), Some("新建改建农村公路"));
        assert_eq!(of("其中"), None);
        assert_eq!(of("产量"), None);
    }

    #[test]
    fn what_grew_stands_before_the_comparison() {
        let before = "粮食产量比上年增长";
        assert_eq!(grown(before).map(|at| subject(&before[..at])), Some("粮食产量"));
        assert_eq!(grown("增长到"), None);
    }
}
