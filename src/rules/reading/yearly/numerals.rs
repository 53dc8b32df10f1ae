//! Figures, in Arabic digits and in Han numerals, and what only looks like one.

use std::ops::Range;
use std::sync::LazyLock;

use crate::base::han::is_numeral;
use crate::base::lexicon::{blank, yearly as lexicon};
use crate::base::words::Words;

/// Digits in full width count as digits.
const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Scales and rough words between a number and its unit.
const SCALES: &[&str] = &["万亿", "亿", "万", "千", "百", "余", "多", "几"];

/// The figures in Arabic digits of a block, each with its unit.
pub(super) fn arabic(words: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = words[at..].find(is_digit) {
        let start = at + step;
        let end = digits(words, start);
        at = end;
        if is_name(words, start, end) || is_item_number(words, start, end) {
            continue;
        }
        let unit_end = unit(words, end);
        found.push(start..unit_end);
        at = unit_end.max(end);
    }
    found
}

/// The end of a number that begins at a digit: 1,234.5 is one, and so is 12:30.
fn digits(words: &str, start: usize) -> usize {
    let rest = &words[start..];
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | ',' | '．' | ':' | '∶')
            && chars.peek().is_some_and(|(_, next)| is_digit(*next));
        if is_digit(c) {
            end = at + c.len_utf8();
        } else if !joins {
            break;
        }
    }
    start + end
}

/// Whether digits are part of a name: G318, 5G, 4A, PM2.5, 2号线, 12345热线.
fn is_name(words: &str, start: usize, end: usize) -> bool {
    let before = words[..start].chars().next_back().unwrap_or(' ');
    let after = &words[end..];
    let next = after.chars().next().unwrap_or(' ');
    // [14] of a note, 7·20 of a day that is a name.
    if before.is_ascii_alphabetic() || before == '[' && next == ']' || before == '·' || next == '·' {
        return true;
    }
    if next.is_ascii_alphabetic() {
        // 20MW and 110kV are figures.
        return !blank::NUMBERS.iter().any(|unit| unit.is_ascii() && after.starts_with(unit));
    }
    if next == '号' || is_telephone(words, start, end) {
        return true;
    }
    let closed = after.strip_prefix('”').unwrap_or(after);
    let named = |word: &&&str| closed.starts_with(**word);
    lexicon::AFTER_NAME.iter().any(|word| named(&word))
        || after.starts_with('强') && &words[start..end] == "500"
}

/// Whether digits are part of a telephone number: 0000-6112345, 13800000000.
fn is_telephone(words: &str, start: usize, end: usize) -> bool {
    /// Digits of the shortest number within an area.
    const LEAST: usize = 7;
    let run = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let long = end - start >= LEAST && run(&words[start..]) == end - start;
    let unit_follows = unit(words, end) > end;
    let area = words[end..].strip_prefix(['-', '—', '－']).is_some_and(|rest| run(rest) >= LEAST);
    long && !unit_follows || area
}

/// Whether digits number an item: 1. and （1） at the head of a line, 一种 of lists in a row.
fn is_item_number(words: &str, start: usize, end: usize) -> bool {
    let head = words[..start].trim();
    let after = words[end..].chars().next().unwrap_or(' ');
    let whole = !words[start..end].contains(['.', ',']);
    match head {
        "" => whole && matches!(after, '.' | '．' | '、' | ')' | '）'),
        "（" | "(" => matches!(after, '）' | ')'),
        _ => {
            let opened = head.ends_with(['（', '(']) && matches!(after, '）' | ')');
            let listed = head.ends_with(['。', '；', '：']) && whole && matches!(after, '.' | '．' | '、');
            listed && words[start..end].len() <= 2
                || opened
                    && words[start..end].len() <= 2
                    && head.trim_end_matches(['（', '(']).ends_with(['。', '；', '：', '，'])
        }
    }
}

/// The end of the unit behind a number; the number's own end where none is known.
fn unit(words: &str, end: usize) -> usize {
    let mut at = end;
    // 60 %, 200 家: one blank before the unit is none.
    let rest = &words[at..];
    let blank_len = [' ', '\u{a0}'].iter().find(|b| rest.starts_with(**b)).map_or(0, |b| b.len_utf8());
    let mut after_scale = at + blank_len;
    let mut scaled = false;
    while let Some(scale) = SCALES.iter().find(|s| words[after_scale..].starts_with(**s)) {
        // 5万 is one, 5百姓 would be none.
        after_scale += scale.len();
        scaled = true;
    }
    let rest = &words[after_scale..];
    // 20名校长: behind a digit these count, whatever word they begin elsewhere.
    let counter = rest.starts_with(['名', '户', '所', '家', '个', '项', '件']);
    if !counter && blank::NO_UNIT.iter().any(|word| rest.starts_with(word)) {
        return if scaled { after_scale } else { at };
    }
    let longest = |rest: &str| {
        let units = blank::NUMBERS.iter().chain(blank::ORDINALS).chain(lexicon::UNITS);
        let units = units.chain(["年", "月", "日", "号", "岁", "届"].iter());
        units.filter(|unit| rest.starts_with(**unit)).map(|unit| unit.len()).max()
    };
    // 2012千瓦: 千 is a part of the unit.
    let whole = longest(&words[end + blank_len..]).map_or(0, |len| end + blank_len + len);
    match longest(rest) {
        Some(len) => at = whole.max(after_scale + len),
        None if scaled => at = whole.max(after_scale),
        None => {}
    }
    at
}

/// Whether a character is part of a Han number: 三, 两, 百.
const fn counts(c: char) -> bool {
    is_numeral(c) || matches!(c, '两' | '百' | '千' | '万' | '亿' | '半')
}

/// Figures in Han numerals: 三所, 近百家, 两千多人, 四成. Set words (一流, 万众, 三农) are none.
pub(super) fn han(words: &str) -> Vec<Range<usize>> {
    static FIXED: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::FIXED.iter().copied()));
    let fixed: Vec<Range<usize>> = FIXED.every(words).map(|f| f.range).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = words[at..].find(counts) {
        let start = at + step;
        let number = words[start..].find(|c| !counts(c)).map_or(words.len(), |n| start + n);
        at = number;
        // 近百家企业 counts, 百家争鸣 does not.
        let rough = words[..start].ends_with(['近', '超', '约', '逾', '过', '数']);
        if !rough && fixed.iter().any(|f| f.start < number && start < f.end) {
            continue;
        }
        if let Some(end) = counted(words, start, number) {
            found.push(start..end);
            at = end;
        }
    }
    found
}

/// The end of what a Han numeral counts; `None` where it counts nothing that may change.
fn counted(words: &str, start: usize, number: usize) -> Option<usize> {
    let numeral = &words[start..number];
    let before = words[..start].chars().next_back().unwrap_or(' ');
    // 第三, 周一, 三三: parts of other words.
    if numeral == "半"
        || matches!(
            before,
            '第' | '周' | '其' | '之' | '初' | '十' | '〇' | '统' | '唯' | '同' | '逐' | '万' | '独' | '专'
        )
    {
        return None;
    }
    let mut at = number;
    let mut rough = false;
    for word in ["余", "多", "来", "几"] {
        if words[at..].starts_with(word) {
            at += word.len();
            rough = true;
        }
    }
    let rest = &words[at..];
    // 三分之一.
    if let Some(part) = rest.strip_prefix("分之") {
        let whole = part.len() - part.trim_start_matches(counts).len();
        return (whole > 0).then(|| at + "分之".len() + whole);
    }
    // 百亿产业, 千亿台阶.
    let sized = ["亿", "万"].iter().any(|scale| numeral.ends_with(scale)) && numeral.chars().count() > 1;
    if sized && lexicon::SIZED.iter().any(|word| rest.starts_with(word)) {
        return Some(at);
    }
    let unit =
        lexicon::COUNTED.iter().filter(|unit| rest.starts_with(**unit)).max_by_key(|unit| unit.len())?;
    if !rough && blank::NO_UNIT.iter().any(|word| rest.starts_with(word)) {
        return None;
    }
    let one = numeral == "一";
    let large = numeral.chars().any(|c| matches!(c, '十' | '百' | '千' | '万' | '亿'));
    let quoted = words[..start].ends_with(['“', '‘']);
    let fits = match *unit {
        // 一年, 一次, 一个: an article as often as a count.
        _ if one => matches!(*unit, "倍" | "成"),
        // “三个清单”: a name.
        "个" | "大" | "项" | "条" | "方面" if quoted => false,
        "大" => large && numeral.chars().count() > 1,
        "县" | "市" | "区" | "镇" | "乡" | "村" | "校" | "院" | "馆" | "园" | "站" | "港" | "桥" | "路"
        | "线" => large,
        "连" => words[at..].starts_with("连冠") || words[at..].starts_with("连增"),
        "级" | "类" | "种" => large,
        _ => true,
    };
    fits.then_some(at + unit.len())
}
