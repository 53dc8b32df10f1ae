//! Units of an unfinished draft (存疑): what `figures` passed over because honest prose might say it too.
//!
//! 火情起， and 标语条， are told by their end of a clause; 全镇个村 by what counts what follows; 户，on its own
//! and 名集中安置群众 by the head of theirs; “爱心食堂”家 by the name before it. Official prose knows few of
//! these words, so counts say little, and what else the draft shows has to vouch for them.

use super::figures::{UNITS, Unit, is_word, with_rest};
use super::{Joint, Weight, after, before, is_mark, left};
use crate::base::blank::{self, Lack};
use crate::base::counts::{Counts, EDGE, FIGURE};
use crate::base::lexicon::placeholder as lexicon;
use crate::base::words::Found;
use crate::rules::placeholder::is_han;
use crate::rules::placeholder::page::Page;

/// Bits by which a figure must make the text likelier: at the end of a clause where the words were never seen
/// side by side, and where they were, at least a little; within a clause before a word that is counted.
const CLOSED: f32 = 0.5;
const SEEN: f32 = 3.0;
const WITHIN: f32 = 7.0;
/// So common at most is what may still be chance.
const CHANCE: u8 = 5;

/// Looks at every unit of the page.
pub(super) fn find(page: &Page<'_>, counts: Counts<'_>) -> Vec<Joint> {
    UNITS.find_iter(page.text).filter_map(|found| look(page, counts, &found)).collect()
}

fn look(page: &Page<'_>, counts: Counts<'_>, found: &Found) -> Option<Joint> {
    let text = page.text;
    let (start, end) = (with_rest(text, found.range.start), found.range.end);
    let head = &text[..start];
    let prev = head.chars().next_back().unwrap_or('\n');
    let next = text[end..].chars().next();
    let letters: Vec<char> = text[start..end].chars().collect();
    // 突破万户, 引进亿元以上项目, 抽检批次
    let large = matches!(letters[..], ['万' | '亿', ..]) && !letters.contains(&'余');
    if large
        || letters == ['批', '次']
        || lexicon::COUNTING.contains(&prev)
        || next.is_some_and(|c| matches!(c, '级' | '数'))
        || letters.len() == 1
            && lexicon::VAGUE_UNITS.contains(&letters[0])
            && !(prev == '占' && letters[0] == '成')
        || is_word(head, &text[start..end], &letters, prev)
    {
        return None;
    }
    let unit = Unit { page, counts, start, end, prev, gap: false, letters };
    let closed =
        next.is_none_or(is_mark) || lexicon::CLOSING_UNITS.iter().any(|w| text[end..].starts_with(w));
    // “冒险家”
    let quoted = matches!(next, Some('”' | '“' | '》'));
    let told = !quoted
        && match prev {
            '”' | '》' => closed && !lexicon::BETWEEN_QUOTES.contains(&unit.letters[0]),
            c if is_han(c) => unit.is_missed_after_han(next, closed),
            c => {
                matches!(c, '，' | '。' | '、' | '；' | '：' | '（' | '\n') && unit.opens_clause(next, closed)
            }
        };
    let from = if is_han(prev) { left(text, start, 2) } else { start };
    told.then_some(Joint { range: from..end, lack: Lack::Number, weight: Weight::Draft })
}

impl Unit<'_> {
    /// 火情起，; 全镇个村.
    fn is_missed_after_han(&self, next: Option<char>, closed: bool) -> bool {
        let (text, counts) = (self.page.text, self.counts);
        let before = before(self.page, self.start);
        let near = counts.level(&[&[self.prev], self.letters.as_slice()].concat());
        if next.is_some_and(|c| c.is_ascii_digit()) {
            // 受威胁群众户136人
            let rest = text[self.end..].trim_start_matches(|c: char| c.is_ascii_digit());
            return self.letters == ['户'] && rest.starts_with('人') && near <= 2;
        }
        let bits = self.bits(&before, &after(self.page, self.start));
        let counted = lexicon::BEFORE_COUNTED.iter().any(|w| text[..self.start].ends_with(w));
        if closed {
            return counted && bits >= SEEN / 2.0
                || near == 0 && bits >= CLOSED
                || near <= CHANCE && bits >= SEEN;
        }
        if blank::unit(&text[self.start..]).is_none() {
            return false;
        }
        let Some(next) = next.filter(|&c| is_han(c)) else { return false };
        if self.letters == ['人'] && self.is_in_use(next) {
            return false;
        }
        let level = |first: char| {
            let letters = [&[first], self.letters.as_slice(), &[next]].concat();
            counts.level(&letters)
        };
        let unheard = level(self.prev) == 0;
        let person = matches!(self.letters[..], ['名' | '位']);
        let linked = person && matches!(self.prev, '的' | '和' | '与' | '由')
            || self.letters == ['名'] && text[..self.start].ends_with("后有");
        let soon = self.prev == '在' && self.letters.ends_with(&['分', '钟']);
        counted && person
            || unheard
                && ((counted || soon || linked) && (level(FIGURE) >= 1 || linked)
                    || bits >= WITHIN && near == 0 && !matches!(self.letters[0], '个' | '位' | '只'))
    }

    /// Whether the draft has the unit and what follows it in other company too: of 人饮工程 and 农村人饮 the
    /// two are a word.
    fn is_in_use(&self, next: char) -> bool {
        let word: String = self.letters.iter().chain([&next]).collect();
        let text = self.page.text;
        text.match_indices(&word).any(|(at, _)| !text[..at].ends_with(self.prev))
    }

    /// ，户，; 、余名运动员; ，名集中安置群众.
    fn opens_clause(&self, next: Option<char>, closed: bool) -> bool {
        let first = self.letters[0];
        if first == '余' && self.letters.len() > 1 {
            return true;
        }
        if closed {
            let named = matches!(self.prev, '，' | '、')
                && next.is_some_and(|c| matches!(c, '，' | '、' | '；' | '。'));
            return named && (self.letters.len() > 1 || "户名亩元台栋吨件%".contains(first));
        }
        let Some(next) = next.filter(|&c| is_han(c)) else { return false };
        let level = |before: char| self.counts.level(&[before, first, next]);
        self.letters.len() == 1
            && blank::unit(&self.page.text[self.start..]).is_some()
            && match first {
                '名' => self.prev != '、' && level(EDGE) == 0,
                '位' => "同代老专村委领".contains(next),
                '户' => level(FIGURE) > 0 && level(EDGE) == 0,
                _ => false,
            }
    }
}
