//! Figures that vanished, seen by the unit that stands alone: `增长%`, `面积亩，`, `投入多万元`.
//!
//! Nearly every unit in a text follows its figure, and of the rest nearly every one is a part of a word
//! (人民, 个体, 国家); both are told by a character or two before anything is compared.

use std::sync::LazyLock;

use super::{Joint, Weight, after, before, left};
use crate::base::blank::{self, Lack};
use crate::base::counts::{Counts, EDGE, FIGURE};
use crate::base::lexicon::placeholder as lexicon;
use crate::base::words::{Found, Words};
use crate::rules::placeholder::is_han;
use crate::rules::placeholder::page::Page;

/// Units, and the measures that are too much part of other words to tell anything alone.
pub(super) static UNITS: LazyLock<Words<'static>> =
    LazyLock::new(|| Words::of(blank::counted().chain(lexicon::MEASURES.iter().copied())));

/// Bits by which a figure must make the text likelier: so much that it is sure, so much that one place is
/// enough, and where another is near. Settled on 22.8 million characters of published reports: of these 15
/// places are found in them alone, about half of them true.
const CERTAIN: f32 = 20.0;
const ALONE: f32 = 12.0;
const BESIDE: f32 = 4.0;
/// At the end of a clause, where two others are near; past a blank even less is a sign.
const FAINT: f32 = 1.0;
const FAINT_GAP: f32 = -3.0;
/// Before 万元 and its kin.
const LARGE: f32 = 14.0;

/// Looks before every unit of the page.
pub(super) fn find(page: &Page<'_>, counts: Counts<'_>) -> Vec<Joint> {
    let mut joints: Vec<Joint> = Vec::new();
    for found in UNITS.find_iter(page.text) {
        let after_joint = joints.last().is_some_and(|j| {
            page.text.get(j.range.end..found.range.start).is_some_and(|t| matches!(t.trim(), "、" | "，"))
        });
        joints.extend(look(page, counts, &found, after_joint));
    }
    joints
}

/// A unit that may have lost its figure.
pub(super) struct Unit<'p> {
    pub page: &'p Page<'p>,
    pub counts: Counts<'p>,
    /// Where it begins, with 余 or 多 before it, and where it ends.
    pub start: usize,
    pub end: usize,
    /// The character before it, past a blank or two; and whether there was one.
    pub prev: char,
    pub gap: bool,
    pub letters: Vec<char>,
}

/// `in_row`: the last joint is all that stands before it in its row (`亿元、亿元`).
fn look(page: &Page<'_>, counts: Counts<'_>, found: &Found, in_row: bool) -> Option<Joint> {
    let text = page.text;
    let start = with_rest(text, found.range.start);
    let head = text[..start].trim_end_matches([' ', '　']);
    let prev = head.chars().next_back()?;
    let next = text[found.range.end..].chars().next();
    let counted = !(is_han(prev) || in_row && matches!(prev, '、' | '，'));
    if counted
        || lexicon::COUNTING.contains(&prev)
        || next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '级' | '数'))
        || start - head.len() > 2 * '　'.len_utf8()
    {
        return None;
    }
    let gap = head.len() < start;
    // 亿元　%: the heads of a table.
    if gap && next.is_none_or(|c| matches!(c, ' ' | '　' | '\t' | '\n' | '\r')) {
        return None;
    }
    let letters: Vec<char> = text[start..found.range.end].chars().collect();
    let unit = Unit { page, counts, start, end: found.range.end, prev, gap, letters };
    if !gap && is_han(prev) && unit.was_seen(next) || !unit.is_asked_for(next) {
        return None;
    }
    if !gap && is_word(head, &text[start..found.range.end], &unit.letters, prev) {
        return None;
    }
    let lack = match blank::before(&text[found.range.start..]) {
        // 日前 is a word, 4月日前 is not.
        Some((Lack::Day, _)) if prev == '月' => Lack::Day,
        Some(_) => blank::unit(&text[found.range.start..])?.0,
        None => Lack::Number,
    };
    let weight = unit.weight(in_row)?;
    let from = if is_han(prev) { left(text, head.len(), 2) } else { head.len() - prev.len_utf8() };
    Some(Joint { range: from..unit.end, lack, weight })
}

/// Whether what stands there is a word or is counted without a figure: 面条, 多少户, 上个月, 公路多处.
pub(super) fn is_word(head: &str, written: &str, letters: &[char], prev: char) -> bool {
    /// Bytes of the longest such word.
    const LONGEST: usize = 9;
    let vague = letters.len() == 2 && letters[0] == '多' && !matches!(letters[1], '万' | '亿');
    let month = letters.first() == Some(&'个') && letters.len() > 1 && "上下这头前后首那".contains(prev);
    let hours = prev == '个' && !letters.contains(&'个');
    let stem = head.strip_suffix(prev).unwrap_or(head);
    // 九百余口人, 本村人
    let counted = prev == '口' && stem.ends_with(lexicon::COUNTING);
    let own = letters == ['人'] && stem.ends_with(['本', '外']);
    let noun = letters.len() == 1
        && lexicon::NOUN_UNITS.contains(&letters[0])
        && matches!(prev, '是' | '有' | '没' | '在' | '不' | '把' | '的');
    // 从即日起, 民生方面, 等处
    let said = matches!((prev, letters), ('天' | '日' | '月' | '年' | '时' | '刻' | '今' | '地', ['起']))
        || letters == ['方', '面']
        || prev == '等';
    if vague || month || hours || counted || own || noun || said || head.ends_with("多少") {
        return true;
    }
    let from = head.floor_char_boundary(head.len().saturating_sub(LONGEST - 3));
    let near = &head[from..];
    lexicon::ENDS_LIKE_UNIT
        .iter()
        .any(|word| word.strip_suffix(written).is_some_and(|stem| !stem.is_empty() && near.ends_with(stem)))
}

/// The start of a unit with 余, 多 or 万多 before it.
pub(super) fn with_rest(text: &str, start: usize) -> usize {
    let Some(head) = text[..start].strip_suffix(['余', '多']) else { return start };
    head.strip_suffix(['万', '亿', '千', '百']).unwrap_or(head).len()
}

impl Unit<'_> {
    /// Whether the character before it, the unit and what follows are known side by side.
    fn was_seen(&self, next: Option<char>) -> bool {
        let mut letters = [self.prev, EDGE, EDGE, EDGE, EDGE];
        let unit = self.letters.len().min(4);
        letters[1..=unit].copy_from_slice(&self.letters[..unit]);
        let mut known = unit + 1;
        if known < letters.len() {
            letters[known] = next.filter(|&c| is_han(c) || c == '%').unwrap_or(EDGE);
            known += 1;
        }
        self.counts.level(&letters[..known]) > 0
    }

    /// Whether a figure may stand here at all, before anything is compared: it does after this character and
    /// before the first of the unit, or the unit ends its clause and hardly stands without one.
    fn is_asked_for(&self, next: Option<char>) -> bool {
        /// So many times the unit itself is as common as it is with a figure, as a power of two.
        const ALONE: u8 = 5;
        let prev = if is_han(self.prev) { self.prev } else { EDGE };
        // 余 and 多 tell of a figure themselves.
        let rest = self.letters.len() > 1 && self.letters[..2].iter().any(|c| matches!(c, '余' | '多'));
        if rest && !next.is_some_and(is_han) || self.counts.level(&[prev, FIGURE, self.letters[0]]) > 0 {
            return true;
        }
        if next.is_some_and(is_han) || self.letters.len() > 4 {
            return self.letters.len() > 4;
        }
        let mut letters = [FIGURE; 5];
        let unit = self.letters.len();
        letters[1..=unit].copy_from_slice(&self.letters);
        let with = self.counts.level(&letters[..=unit]);
        with > 0 && self.counts.level(&self.letters) <= with + ALONE
    }

    fn weight(&self, in_row: bool) -> Option<Weight> {
        let head = self.page.text[..self.start].trim_end_matches([' ', '　']).len();
        let (before, after) = (before(self.page, head), after(self.page, self.start));
        let bits = self.bits(&before, &after);
        let edge = after.get(self.letters.len()) == Some(&EDGE);
        if bits < BESIDE {
            let dated = self.prev == '月' && matches!(self.letters[..], ['日' | '号']);
            let faint = bits >= FAINT || self.gap && bits >= FAINT_GAP;
            let letters = [&[self.prev], self.letters.as_slice()].concat();
            let word = self.letters.len() == 1 && self.counts.level(&letters) > 3;
            return (faint && (edge && !word || dated) && is_han(self.prev)).then_some(Weight::Faint);
        }
        let (first, single) = (self.letters[0], self.letters.len() == 1);
        // 万多元 is no figure by itself.
        let large = matches!(first, '万' | '亿' | '千' | '百') && !self.letters.contains(&'多');
        if single && matches!(first, '年' | '月' | '日' | '周') || self.letters.starts_with(&['年']) {
            // 4月日前; a day of anything else is no unit.
            let dated = first == '日' && self.prev == '月';
            let weight = if bits >= ALONE { Weight::Alone } else { Weight::Beside };
            return dated.then_some(weight);
        }
        if single && lexicon::VAGUE_UNITS.contains(&first) {
            return (edge && bits >= BESIDE).then_some(Weight::Faint);
        }
        let closed = edge || after.get(self.letters.len()) == Some(&'的');
        let beside = (closed || bits >= 2.0 * BESIDE || in_row).then_some(Weight::Beside);
        if in_row && !is_han(self.prev) {
            return beside;
        }
        // 达亿元, 突破万人, 万亩示范区
        if large {
            // 引进亿元以上项目, 突破万户
            let above = ['以', '上'];
            if after.get(self.letters.len()..self.letters.len() + 2) == Some(&above) {
                return None;
            }
            if matches!(self.prev, '超' | '近' | '破' | '过' | '上' | '逾') && !self.letters.contains(&'余')
            {
                return (bits >= LARGE && edge).then_some(Weight::Faint);
            }
            let within = after.get(self.letters.len()..self.letters.len() + 2) == Some(&['以', '内']);
            // 玉米万亩高产示范片
            if !(closed || within || self.letters.contains(&'余')) {
                return None;
            }
            let meant = !edge || lexicon::BEFORE_LARGE.contains(&self.prev) || self.letters.len() == 1;
            return if bits >= LARGE && !meant { Some(Weight::Alone) } else { beside };
        }
        // What stands there is known as such: 收入|亿元 in a heading, 党员|人.
        let known = |left: usize| {
            let from = before.len().saturating_sub(left);
            let letters = [&before[from..], &self.letters].concat();
            if self.gap { 0 } else { self.counts.level(&letters) }
        };
        let (near, far) = (known(1), known(2));
        let unheard = near <= 3 || bits > CERTAIN || edge && near <= 5 && bits > ALONE + 1.0;
        let measure = single && lexicon::MEASURES.iter().any(|m| m.starts_with(first));
        if bits < ALONE || !unheard || far >= 8 || measure && bits < CERTAIN {
            return beside;
        }
        Some(if bits >= CERTAIN && near <= 3 { Weight::Certain } else { Weight::Alone })
    }

    /// By how much a figure makes it likelier. Where another unit follows at once (`户人`), its figure is
    /// missing too.
    pub fn bits(&self, before: &[char], after: &[char]) -> f32 {
        let gap: &[char] = if self.gap { &[EDGE] } else { &[] };
        let alone = self.counts.compare(before, gap, &[FIGURE], after);
        let rest = &self.page.text[self.end..];
        let Some(next) =
            UNITS.at(rest, 0).filter(|n| rest[n.range.end..].chars().next().is_none_or(super::is_mark))
        else {
            return alone;
        };
        let unit = self.letters.len();
        if next.range.is_empty() || after.len() < unit {
            return alone;
        }
        let written = [gap, &self.letters].concat();
        let other = [&[FIGURE], self.letters.as_slice(), &[FIGURE]].concat();
        alone.max(self.counts.compare(before, &written, &other, &after[unit..]))
    }
}
