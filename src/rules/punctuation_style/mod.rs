//! `punctuation-style` (标点形式): marks that mean the right thing in the wrong shape.
//!
//! Half-width marks in Chinese text, `1、` (its own file, `series`), dots for an ellipsis, blanks between
//! Chinese characters. A blank beside a half-width mark was put there for its looks and goes with it.
//! None of this misleads a reader, and a text that came through a web form has hundreds of them, so
//! they are kept apart from the rule `punctuation`: the first of five half-width marks or more is a warning that
//! tells the number, every other place is an info, and each has its own fix, so that `fix` mends all.

mod series;

use std::ops::Range;

use super::{About, Authority, Case, Reads, Rule, example};
use crate::base::Text;
use crate::base::charset::CharSet;
use crate::base::han::is_han;
use crate::base::lexicon::punctuation as lexicon;
use crate::base::pattern::pattern;
use crate::model::{BlockKind, Finding, Severity};
use crate::text;

/// The rule.
pub struct PunctuationStyle;

static ABOUT: About = About {
    id: "punctuation-style",
    title: Text::fixed("标点的形式不合标准", "marks in a shape that the standard does not have"),
    severity: Severity::Info,
    authority: Authority::PUNCTUATION,
    reads: Reads::Prose,
    why: Text::fixed(
        "按GB/T 15834—2011，中文用全角标点，序号写“1.”不写“1、”，省略号是“……”。半角标点全文报一次警告并说明处数，其余各处\
         为提示，都可以自动改正，旁边多打的一个空格一并去掉；“1、”整列能改才改。数字里的逗号和冒号（3,794、12:30）、网址、代码、英文不管。",
        "By GB/T 15834-2011 Chinese text takes full-width marks, an item is numbered 1. and not 1、, an ellipsis is \
         ……. Half-width marks make one warning that tells their number, all other places are infos, and every one \
         can be fixed, together with a blank beside it; 1、 only where the whole list can. Commas and colons of \
         figures (3,794, 12:30), addresses, code and English are left alone.",
    ),
    examples: &[
        example("同志们:今天开会,部署春耕。", &[":", ","]),
        example("青石镇(原云溪乡)有人口3,794人;12:30出发!", &["(", ")", ";", "!"]),
        example("1、抓好春耕\n2、抓好防汛", &["、", "、"]),
        example("会议的要求是: 今年抓早 (4月底完成)。", &[": ", " (", ")"]),
        example("---\n时间: 2026年3月\n地点: 云岭县\n---\n今年的做法见`甲,乙`。", &[]),
        example("前面的路还很长......让我们努力。", &["......"]),
        example("增长5%,投资过亿。", &[","]),
        example("全县上下要进一步 统一思想，抓住春耕的有利时机，把各项任务落到实处。", &[" "]),
        example("同志们：今天开会，部署春耕。", &[]),
        example("人口3,794人，比例1:2，12:30出发，详见http://example.com/a,b?c=1。", &[]),
        example("The plan (2026), in English: yes, it is.", &[]),
        example("1.抓好春耕\n一、抓好防汛", &[]),
        example("张 三　李 四\n第一条 为了保护茶园，制定本办法，全县各有关单位都应当遵守执行。", &[]),
    ],
};

pattern! {
    static DOTS = r"(?:[\p{Han}，、：；”])(\.{3,12}|。{3,6}|·{6}|・{3,6})(?:[\p{Han}”’。，；！\n]|$)";
}

/// The full-width mark for a half-width one.
fn wide(c: char) -> Option<&'static str> {
    Some(match c {
        ',' => "，",
        ';' => "；",
        ':' => "：",
        '?' => "？",
        '!' => "！",
        '(' => "（",
        ')' => "）",
        _ => return None,
    })
}

impl Rule for PunctuationStyle {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let text = manuscript.text();
        let mut narrow: Vec<(usize, char)> = Vec::new();
        let mut found = Vec::new();
        for block in manuscript.blocks().iter().filter(|b| b.kind != BlockKind::Code) {
            let words = manuscript.block_text(block);
            let base = block.range.start;
            narrow.extend(halfwidth(words).into_iter().map(|(at, c)| (base + at, c)));
            if block.kind == BlockKind::Body {
                // Often a stop was lost there, so it is not for the program to delete.
                found.extend(blanks(words).into_iter().map(|at| {
                    let message = Text::fixed("汉字之间多了空格", "a blank between Chinese characters");
                    ABOUT.finding(base + at..base + at + 1, message).help(Text::fixed(
                        "删去空格，或补上漏掉的标点",
                        "delete it, or put the mark that was lost",
                    ))
                }));
            }
        }
        found.extend(series::find(manuscript));
        found.extend(dots(text));
        let verbatim = case.verbatim();
        narrow.retain(|&(at, c)| {
            manuscript.mask(at).is_none() && !verbatim.holds(at) && (c != '?' || asks(text, at))
        });
        let count = narrow.len();
        let mut taken = 0;
        for (index, &(at, c)) in narrow.iter().enumerate() {
            let Some(mark) = wide(c) else { continue };
            let message = text!("中文里用了半角的“{c}”", "a half-width “{c}” in Chinese text");
            let range = with_blanks(text, at, taken);
            taken = range.end;
            let mut one = finding(range, message, mark);
            if index == 0 && count > 1 {
                one.severity = if count < MANY { Severity::Info } else { Severity::Warning };
                one.message = text!(
                    "中文里用了半角标点，全文{count}处，这是第一处",
                    "half-width marks in Chinese text: {count} places, this is the first"
                );
            }
            found.push(one);
        }
        found
    }
}

/// The half-width mark at `at` with the one blank on either side of it, none of what ends before `taken`.
/// More blanks than one are there to bring something below something else, and those at the ends of a
/// line are none of the mark's.
fn with_blanks(text: &str, at: usize, taken: usize) -> Range<usize> {
    let blank = |c: char| matches!(c, ' ' | '\u{A0}');
    let stands = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let mut after = text[at + 1..].chars();
    let mut before = text[..at].chars().rev();
    let end = match after.next() {
        Some(c) if blank(c) && stands(after.next()) => at + 1 + c.len_utf8(),
        _ => at + 1,
    };
    let start = match before.next() {
        Some(c) if blank(c) && stands(before.next()) => (at - c.len_utf8()).max(taken),
        _ => at,
    };
    start..end
}

/// Ellipses in the wrong shape.
fn dots(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    if !["...", "。。。", "···", "・・・"].iter().any(|d| text.contains(d)) {
        return found;
    }
    for hit in DOTS.captures_iter(text).filter_map(|c| c.get(1)) {
        let mut one = finding(hit.range(), Text::fixed("省略号应为“……”", "an ellipsis is ……"), "……");
        // At the end of a paragraph a stop is as likely.
        if text[hit.end()..].trim_start_matches(' ').starts_with('\n') {
            one.fix = None;
        }
        found.push(one);
    }
    found
}

fn finding(range: Range<usize>, message: Text, fix: &str) -> Finding {
    ABOUT
        .finding(range, message)
        .help(if fix.is_empty() {
            Text::fixed("删去", "delete it")
        } else {
            text!("改为“{fix}”", "make it “{fix}”")
        })
        .fix(fix.to_owned())
}

static MARKS: CharSet = CharSet::of("，。；：、！？“”‘’《》（）【】〔〕…");

/// So many half-width marks are a habit and no slip of the hand.
const MANY: usize = 5;

/// Han characters and Chinese marks.
fn is_chinese(c: char) -> bool {
    is_han(c) || MARKS.holds(c)
}

/// Half-width marks that stand in Chinese text; a bracket goes with its other half.
fn halfwidth(words: &str) -> Vec<(usize, char)> {
    if memchr::memchr3(b'(', b')', b',', words.as_bytes()).is_none()
        && !words.bytes().any(|b| matches!(b, b';' | b':' | b'?' | b'!'))
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut previous: Option<char> = None;
    let mut chars = words.char_indices().peekable();
    // An address runs on to the next blank or Chinese character.
    let mut address = false;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        if c == ':' && words[at..].starts_with("://") {
            address = true;
        } else if address && (c.is_whitespace() || is_chinese(c)) {
            address = false;
        }
        let left = previous.is_some_and(|p| is_chinese(p) || "%％‰℃".contains(p));
        let right = next.is_some_and(is_chinese);
        match c {
            _ if address => {}
            '(' => open.push((at, left || right)),
            ')' => {
                if let Some((opening, sure)) = open.pop()
                    && (sure || left || (next.is_none() || right) && holds_han(&words[opening..at]))
                {
                    found.extend([(opening, '('), (at, ')')]);
                }
            }
            // The rest of an entity of a web page: &ldquo;.
            ';' if words[..at].ends_with(|c: char| c.is_ascii_alphabetic()) => {}
            // Of marks that pile up one is too many, which is told as that.
            ',' | ';' | ':' | '?' | '!' if is_pause(previous) || is_pause(next) => {}
            ',' | ';' | ':' | '?' | '!' if parts_chinese(previous, next, left) => found.push((at, c)),
            _ => {}
        }
        previous = Some(c);
    }
    found.sort_unstable();
    found
}

/// Whether this is a mark that parts or ends a clause, of either width.
fn is_pause(c: Option<char>) -> bool {
    c.is_some_and(|c| "，、；：。,;:".contains(c))
}

/// Whether the ? at `at` ends a question. Where none is asked a character was lost (武汉?光谷).
fn asks(text: &str, at: usize) -> bool {
    let from = text.ceil_char_boundary(at.saturating_sub(90));
    let ends = ['。', '，', '；', '！', '？', ',', ';', '\n', '“'];
    let clause = text[from..at].rsplit(ends).next().unwrap_or_default();
    lexicon::ASKING.iter().any(|w| clause.contains(w))
}

/// Whether a bracket of no great length holds Han characters.
fn holds_han(bracket: &str) -> bool {
    /// Bytes of a bracket that is looked into.
    const LONGEST: usize = 600;
    bracket.len() < LONGEST && bracket.chars().any(is_han)
}

/// Whether a mark between these characters belongs to Chinese text: not 3,794, 12:30 or the comma of
/// an English phrase. `left` tells that what stands before it does.
fn parts_chinese(previous: Option<char>, next: Option<char>, left: bool) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let ends = next.is_none_or(|n| n.is_whitespace() || !n.is_ascii_alphanumeric() || left);
    let right = next.is_some_and(is_chinese) && previous.is_some();
    (left && ends || right) && !(is_digit(previous) && is_digit(next))
}

/// Single blanks between Chinese characters inside a line of prose.
fn blanks(words: &str) -> Vec<usize> {
    /// Characters of a line of prose.
    const LONG: usize = 30;
    /// A line with more of them is a list of names, or spaced on purpose.
    const MOST: usize = 2;
    if !words.contains('。') || words.chars().count() < LONG {
        return Vec::new();
    }
    let bytes: Vec<usize> = words
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(|&at| {
            let before = words[..at].chars().next_back();
            let after = words[at + 1..].chars().next();
            before.is_some_and(|c| is_han(c) && !"条章节款编项部分附注".contains(c))
                && after.is_some_and(is_han)
                // 第一、张 三 and labels stand at the head of a line.
                && words[..at].trim_start().chars().count() > 6
        })
        .collect();
    if bytes.len() > MOST { Vec::new() } else { bytes }
}
