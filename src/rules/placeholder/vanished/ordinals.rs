//! Ordinals that vanished: `第届`, `第中学`, `镇届人大次会议`, `党的大和届历次全会`, `〔2023〕号`.

use super::{Joint, Weight};
use crate::base::blank::Lack;
use crate::base::counts::{Counts, FIGURE};
use crate::base::lexicon::placeholder as lexicon;
use crate::rules::placeholder::is_han;
use crate::rules::placeholder::page::Page;

/// So common is what numbers are counted in: 届, 期.
const COMMON: u8 = 6;

/// 第 and no numeral after it. Names have it too (卞宝第故居), but what follows them follows no numeral.
pub(super) fn ordinal(page: &Page<'_>, counts: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let next = page.text[end..].chars().next()?;
    let named = page.text[..at].ends_with(lexicon::ENDS_IN_ORDINAL) || lexicon::AFTER_ORDINAL.contains(&next);
    let two: Vec<char> = page.text[end..].chars().take(2).collect();
    let counted = ['一', '二', '三', '四', '五', '十', FIGURE].iter().any(|&numeral| {
        let letters = [&['第', numeral], two.as_slice()].concat();
        counts.level(&letters) > 0 || counts.level(&letters[..3]) >= COMMON
    });
    ((is_han(next) && counted || matches!(next, '，' | '。' | '；')) && !named).then(|| Joint {
        range: at..end + next.len_utf8(),
        lack: Lack::Ordinal,
        weight: Weight::Alone,
    })
}

/// 镇届人大, 人大次会议: which of them is not said.
pub(super) fn sitting(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let prev = page.text[..at].chars().next_back()?;
    let told = lexicon::COUNTING.contains(&prev) || lexicon::BEFORE_SITTING.contains(&prev);
    (is_han(prev) && !told).then(|| Joint {
        range: at - prev.len_utf8()..end,
        lack: Lack::Ordinal,
        weight: Weight::Alone,
    })
}

/// 党的大和届历次全会精神; 党的大政方针 is a word.
pub(super) fn congress(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let next = page.text[end..].chars().next()?;
    let goes_on = page.text[..end].ends_with('届') || "和以精报召开提胜、，。".contains(next);
    goes_on.then_some(Joint { range: at..end, lack: Lack::Ordinal, weight: Weight::Alone })
}

/// 〔2023〕号.
pub(super) fn number(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let year = page.text[..at].chars().rev().take_while(char::is_ascii_digit).count();
    (year == 4).then_some(Joint { range: at..end, lack: Lack::Number, weight: Weight::Certain })
}
