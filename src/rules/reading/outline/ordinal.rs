//! What is an ordinal: `一、`, `（二）`, `3.`, `四是`, `第五，`, and what only looks like one.

use std::ops::Range;

use super::{LARGEST, Shape};
use crate::base::charset::CharSet;
use crate::base::han::{self, is_numeral};
use crate::base::lexicon::outline as lexicon;

/// An ordinal at the head of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    pub shape: Shape,
    pub value: usize,
    /// Its bytes, from the head of the text.
    pub len: usize,
    /// The number's bytes within.
    pub number: Range<usize>,
}

fn digit(c: char) -> Option<usize> {
    match c {
        '0'..='9' => Some(c as usize - '0' as usize),
        '０'..='９' => Some(c as usize - '０' as usize),
        _ => None,
    }
}

pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// With what an ordinal may open: asked of every character.
pub(super) static OPENERS: CharSet = CharSet::of(
    "(（0123456789０１２３４５６７８９一二三四五六七八九十第其首再\
     ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
);

static PAUSES: CharSet = CharSet::of("。；：，、;:,!！?？…—）)”》．.|");

pub(super) fn is_pause(c: char) -> bool {
    PAUSES.holds(c)
}

/// Whether an ordinal may stand here. （一）至（三）项 and （三）、（四）项 within a line point at items.
pub(super) fn fits(ordinal: &Ordinal, lead: bool, before: Option<char>, after: &str) -> bool {
    if lead {
        return true;
    }
    let paused = before.is_some_and(is_pause);
    match ordinal.shape {
        Shape::Han => false,
        Shape::Digit | Shape::HanParen | Shape::DigitParen => {
            let points = after.starts_with(lexicon::CITED);
            before.is_some_and(|c| "。；：;:，,．".contains(c)) && !points
        }
        Shape::Circle => true,
        // 统一是, 第一是, 其一是 are other words.
        Shape::Is => {
            paused
                || before.is_some_and(|c| {
                    !"统万第唯单之其归同划专不逐惟如每这那任某初周月日号期中".contains(c)
                        && !is_numeral(c)
                        && digit(c).is_none()
                })
        }
        Shape::Must | Shape::Nth | Shape::Its | Shape::First => paused,
    }
}

/// Han numerals or digits at the head: the value and the bytes.
fn number(text: &str) -> Option<(usize, usize, bool)> {
    let first = text.chars().next()?;
    if is_numeral(first) {
        // No further than a number can be long: five numerals are none.
        let len = text
            .char_indices()
            .take(5)
            .take_while(|&(_, c)| is_numeral(c))
            .map(|(at, c)| at + c.len_utf8())
            .last()?;
        if len > 4 * first.len_utf8() {
            return None;
        }
        let number = &text[..len];
        // 一二三 is no number; 十二 and 二十 are.
        let sound = number.chars().count() == 1 || number.contains('十');
        let value = han::parse_numeral(number).filter(|&v| sound && (1..=LARGEST).contains(&v))?;
        return Some((value, len, true));
    }
    digit(first)?;
    let mut value = 0;
    let mut len = 0;
    for c in text.chars() {
        let Some(d) = digit(c) else { break };
        value = value * 10 + d;
        len += c.len_utf8();
        if value > LARGEST {
            return None;
        }
    }
    // 01. numbers a table's rows.
    (value > 0 && !matches!(first, '0' | '０')).then_some((value, len, false))
}

/// The ordinal at the head of `text`, if there is one.
pub(super) fn ordinal(text: &str) -> Option<Ordinal> {
    let first = text.chars().next()?;
    let found = |shape, value, len, number| Some(Ordinal { shape, value, len, number });
    let width = first.len_utf8();
    match first {
        '①'..='⑳' => return found(Shape::Circle, first as usize - '①' as usize + 1, width, 0..width),
        '⑴'..='⒇' => return found(Shape::DigitParen, first as usize - '⑴' as usize + 1, width, 0..width),
        '⒈'..='⒛' => return found(Shape::Digit, first as usize - '⒈' as usize + 1, width, 0..width),
        '(' | '（' => {
            let inner = &text[width..];
            let blank = inner.len() - inner.trim_start().len();
            let (value, len, han) = number(inner.trim_start())?;
            let after = &inner[blank + len..];
            let rest = after.trim_start();
            let close = rest.chars().next().filter(|c| matches!(c, ')' | '）'))?;
            let shape = if han { Shape::HanParen } else { Shape::DigitParen };
            let end = text.len() - rest.len() + close.len_utf8();
            return found(shape, value, end, width + blank..width + blank + len);
        }
        '首' | '其' | '再' | '第' => return spoken_ordinal(text, first),
        _ => {}
    }
    let (value, len, han) = number(text)?;
    let rest = &text[len..];
    let mark = rest.chars().next()?;
    let end = len + mark.len_utf8();
    let after = text[end..].chars().next();
    match mark {
        '、' if han => {
            // 一、二产业; 二、三级.
            let list = number(&text[end..])
                .is_some_and(|(v, l, _)| v == value + 1 && !text[end + l..].starts_with(['、', '是', '要']));
            (!list).then_some(())?;
            found(Shape::Han, value, end, 0..len)
        }
        '、' | '.' | '．' if !han => {
            let figure = after.is_some_and(|c| digit(c).is_some() || c.is_ascii_alphabetic() && mark == '.');
            (!figure).then_some(())?;
            found(Shape::Digit, value, end, 0..len)
        }
        ')' | '）' if !han => found(Shape::DigitParen, value, end, 0..len),
        // 一是一，二是二.
        '是' if han && after != text.chars().next() => found(Shape::Is, value, end, 0..len),
        '要' if han && !after.is_some_and(|c| "素求务点件害闻道职".contains(c)) => {
            found(Shape::Must, value, end, 0..len)
        }
        _ => None,
    }
}

/// 第一，, 其一，, 首先.
fn spoken_ordinal(text: &str, first: char) -> Option<Ordinal> {
    let width = first.len_utf8();
    for (word, value) in [("首先", 1), ("其次", 2), ("再次", 3)] {
        if let Some(rest) = text.strip_prefix(word) {
            let fits = value == 1 || rest.starts_with(['，', ',', '、', '是', '要', '：']);
            return fits.then_some(Ordinal {
                shape: Shape::First,
                value,
                len: word.len(),
                number: 0..word.len(),
            });
        }
    }
    let (value, len, han) = number(&text[width..])?;
    let end = width + len;
    let rest = &text[end..];
    let shape = match first {
        '第' if rest.starts_with(['，', ',', '：', ':']) || rest.starts_with('、') => Shape::Nth,
        // 第一是, 第一要; not 第一要务.
        '第' if rest.starts_with('是')
            || rest.starts_with('要') && !rest.starts_with("要务") && !rest.starts_with("要义") =>
        {
            Shape::Nth
        }
        '其' if rest.starts_with(['，', ',', '是', '：', '、']) => Shape::Its,
        _ => return None,
    };
    // 第一、二、三产业; 第二、第三产业.
    let list = rest.strip_prefix('、').is_some_and(|r| number(r.trim_start_matches('第')).is_some());
    (han && !list).then_some(Ordinal { shape, value, len: end, number: width..end })
}

/// What may stand for an ordinal in speech: 二来, 第二个, 另一方面 counts for 2.
pub(super) fn spoken(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['第', '其']).unwrap_or(text);
    let (value, len, han) = number(rest)?;
    let rest = &rest[len..];
    // 一个 and 一条 are on every page; for the others more may be meant.
    let words: &[char] =
        if value == 1 { &['是', '要', '来', '则', '抓', '靠', '看'] } else { lexicon::SPOKEN };
    let says = rest.starts_with(words) || text.starts_with(['第', '其']) || rest.starts_with("方面");
    (han && says).then_some(value)
}

/// A line that opens with a number in some other way.
pub(super) fn loose(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(['(', '（', '第', '[', '【', '〔', '附', '件', '*', '-']);
    number(rest.trim_start()).map(|(value, _, _)| value)
}

/// A line at which counting starts anew: an article, a chapter, a salutation.
pub(super) fn is_break(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix('第') {
        let rest = rest.trim_start();
        let len = rest
            .find(|c: char| !(is_numeral(c) || "百千零〇".contains(c) || c.is_ascii_digit()))
            .unwrap_or(0);
        let after = rest[len..].trim_start();
        return len > 0
            && len < 30
            && (after.starts_with(['条', '章', '节', '编', '篇']) || after.starts_with("部分"));
    }
    let salutation = line.trim_end();
    salutation.len() < 90
        && salutation.ends_with(['：', ':'])
        && ["同志们", "各位", "同学们", "尊敬的", "老师们", "朋友们"]
            .iter()
            .any(|s| salutation.starts_with(s))
        || ["附件：", "附件:", "附录", "附：", "附件1", "附件2", "附件一"].iter().any(|s| line.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::{Shape, ordinal};

    #[test]
    fn what_is_an_ordinal_and_what_is_none() {
        for (text, shape) in [
            ("一、提高认识", Shape::Han),
            ("（十二）抓好落实", Shape::HanParen),
            ("(三)治理", Shape::HanParen),
            ("３．治理", Shape::Digit),
            ("4、治理", Shape::Digit),
            ("（5）治理", Shape::DigitParen),
            ("⑥治理", Shape::Circle),
            ("七是治理", Shape::Is),
            ("八要治理", Shape::Must),
            ("第九，治理", Shape::Nth),
            ("其十，治理", Shape::Its),
        ] {
            assert_eq!(ordinal(text).map(|f| f.shape), Some(shape), "{text}");
        }
        for text in [
            "1.5亿元",
            "一、二产业",
            "第三方",
            "第一要务",
            "一是一，二是二",
            "2026.3.5",
            "第一、二、三产业",
            "三要素",
        ] {
            assert_eq!(ordinal(text), None, "{text}");
        }
    }
}
