//! What each paragraph is to the form (格式要素): told by its style where it has one, else by its words, its
//! place and its look. What cannot be told is [`Part::Other`], of which nothing is said.

use std::collections::BTreeMap;

use super::Paper;
use crate::base::han::heading_number;
use crate::base::lexicon::layout as lexicon;
use crate::base::pattern::pattern;
use crate::model::BlockKind;
use crate::model::layout::{Align, Look};

pattern! {
    /// 发文字号 on a line of its own, 签发人 behind it at times.
    static NUMBER = r"^[^\s，。：；《》]{1,16}?[〔\[［（(﹝](?:19|20)[0-9]{2}[〕\]］）)﹞](?:第)?[0-9]{1,4}号(?:\s+签发人.{0,24})?$";
    /// 成文日期 on a line of its own.
    static DATE = r"^(?:[12][0-9]{3}|[〇○零一二三四五六七八九]{4})\s{0,2}年\s{0,2}[0-9一二三四五六七八九十]{1,2}\s{0,2}月\s{0,2}[0-9一二三四五六七八九十]{1,3}\s{0,2}日$";
    /// Of the 版记: who gets it, who printed it.
    static IMPRINT = r"^(?:(?:抄送|报送|分送|发送)[：:]|.{2,40}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日\s{0,2}印发$)";
    /// The head of an attachment's page.
    static ANNEX = r"^附\s{0,2}件\s{0,2}[0-9]{0,2}[：:]?$";
}

// A pattern is compiled for words that may be meant: a document without them does not pay for it.

fn is_number(words: &str) -> bool {
    words.contains('号') && NUMBER.is_match(words)
}

fn is_date(words: &str) -> bool {
    words.ends_with('日') && DATE.is_match(words)
}

fn is_imprint(words: &str) -> bool {
    (words.ends_with("印发") || words.contains(['：', ':']))
        && words.contains(['送', '印'])
        && IMPRINT.is_match(words)
}

fn is_annex(words: &str) -> bool {
    words.starts_with('附') && ANNEX.is_match(words)
}

/// What a paragraph is to the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// An empty one.
    Blank,
    /// 发文机关标志.
    Masthead,
    /// 发文字号.
    Number,
    /// 份号, 密级, 紧急程度, 期号: the rest of the head.
    Head,
    /// 标题.
    Title,
    /// 日期行, 讲话人行, 副标题.
    Under,
    /// 称谓, 主送机关.
    Salutation,
    /// 层次标题 of a level from 1.
    Heading(u8),
    /// 正文.
    Body,
    /// 附件说明, 署名, 成文日期, 附注.
    Closing,
    /// 附件 and its number: an attachment begins.
    Annex,
    /// 版记.
    Imprint,
    /// A cell of a table.
    Cell,
    /// What is none of these, or cannot be told.
    Other,
}

/// Paragraphs of a head, at most.
const HEAD: usize = 16;
/// Paragraphs of a 版记 and what stands near it.
const TAIL: usize = 10;
/// Characters of the shortest text that is surely one.
const SHORTEST: usize = 20;

/// The part that each paragraph is.
pub(super) fn parts(paper: &Paper<'_>) -> Vec<Part> {
    let looks = &paper.layout.paragraphs;
    let mut parts: Vec<Part> = looks.iter().map(|look| by_style(paper, look)).collect();
    let said: Vec<usize> = (0..parts.len()).filter(|&i| parts[i] != Part::Blank).collect();
    head(paper, &said, &mut parts);
    tail(paper, &said, &mut parts);
    parts
}

/// What the style or the words of a paragraph tell without its neighbours.
fn by_style(paper: &Paper<'_>, look: &Look) -> Part {
    let words = paper.words(look);
    if words.is_empty() {
        return if look.shape || look.cell { Part::Other } else { Part::Blank };
    }
    let kind = paper.manuscript.block(look.range.start).map(|block| block.kind);
    match kind {
        Some(BlockKind::CopyLine | BlockKind::PrintLine) => Part::Imprint,
        _ if look.cell => Part::Cell,
        _ if look.boxed => Part::Other,
        Some(BlockKind::Masthead) => Part::Masthead,
        Some(BlockKind::DocumentNumber) => Part::Number,
        Some(BlockKind::IssueNumber | BlockKind::EditedLine) => Part::Head,
        Some(BlockKind::Title) => Part::Title,
        Some(BlockKind::Subtitle | BlockKind::DateLine | BlockKind::SpeakerLine) => Part::Under,
        Some(BlockKind::Salutation) => Part::Salutation,
        Some(BlockKind::Signature | BlockKind::DateOfIssue | BlockKind::AttachmentNote | BlockKind::Note) => {
            Part::Closing
        }
        Some(BlockKind::Annex) => Part::Annex,
        Some(BlockKind::Heading(level)) => heading(words, level),
        Some(BlockKind::Body) => by_words(words),
        _ => Part::Other,
    }
}

/// The level of a heading is that of its number; a numbered sentence is no heading.
fn heading(words: &str, level: u8) -> Part {
    if words.ends_with(['。', '；', '：', '，', ';', ':']) {
        return Part::Other;
    }
    Part::Heading(heading_number(words).map_or(level, |(level, _, _)| level))
}

fn by_words(words: &str) -> Part {
    if is_annex(words) {
        return Part::Annex;
    }
    let long = words.chars().nth(SHORTEST).is_some();
    let sentence = words.contains(['。', '；', '！']);
    if long && sentence { Part::Body } else { Part::Other }
}

/// What stands above the text: red head, title, what is under it, whom it speaks to.
fn head(paper: &Paper<'_>, said: &[usize], parts: &mut [Part]) {
    let styled = said.iter().any(|&i| parts[i] == Part::Title);
    let begins = |part: Part| matches!(part, Part::Heading(_) | Part::Body | Part::Annex | Part::Cell);
    let end = said.iter().take(HEAD).position(|&i| begins(parts[i]) && !paper.is_large(i));
    let head = &said[..end.unwrap_or(said.len().min(HEAD))];
    for &i in head {
        if parts[i] != Part::Other {
            continue;
        }
        let words = paper.words(&paper.layout.paragraphs[i]);
        let digits = words.len() == 6 && words.bytes().all(|b| b.is_ascii_digit());
        if is_number(words) {
            parts[i] = Part::Number;
        } else if paper.is_red(i) && paper.is_large(i) {
            parts[i] = Part::Masthead;
        } else if digits || lexicon::GRADES.iter().any(|grade| words.starts_with(grade)) {
            parts[i] = Part::Head;
        }
    }
    // A masthead that is not red stands above the number, large.
    if let Some(number) = head.iter().position(|&i| parts[i] == Part::Number)
        && !head.iter().any(|&i| parts[i] == Part::Masthead)
        && let Some(&i) = head[..number].iter().rev().find(|&&i| parts[i] == Part::Other)
    {
        let words = paper.words(&paper.layout.paragraphs[i]);
        if lexicon::MASTHEAD_ENDS.iter().any(|end| words.ends_with(end)) {
            parts[i] = Part::Masthead;
        }
    }
    let from =
        head.iter().rposition(|&i| matches!(parts[i], Part::Masthead | Part::Number)).map_or(0, |n| n + 1);
    if !styled {
        title(paper, &head[from..], parts);
    }
    under(paper, said, parts);
}

/// The title among the paragraphs between red head and text: of those that may be one, the largest.
fn title(paper: &Paper<'_>, between: &[usize], parts: &mut [Part]) {
    let may_be = |&i: &usize| {
        let words = paper.words(&paper.layout.paragraphs[i]);
        matches!(parts[i], Part::Other | Part::Heading(_) | Part::Body)
            && words.chars().count() <= 60
            && !words.ends_with(['：', ':', '。', '；', '，'])
            && !words.starts_with(['（', '('])
            && !is_date(words)
    };
    let candidates: Vec<usize> = between.iter().copied().filter(may_be).collect();
    let size = |i: usize| paper.face(i).map_or(0, |face| face.size);
    let centred = |i: usize| paper.format(i).align == Align::Centre;
    let text = text_size(paper, parts);
    let Some(largest) = candidates.iter().map(|&i| size(i)).max() else { return };
    let named = |i: usize| {
        let words = paper.words(&paper.layout.paragraphs[i]);
        lexicon::TITLE_ENDS.iter().any(|end| words.ends_with(end))
    };
    let first = candidates
        .iter()
        .position(|&i| size(i) == largest && (largest > text || centred(i)))
        .or_else(|| candidates.iter().position(|&i| named(i)));
    let Some(first) = first else { return };
    let font = |i: usize| paper.face(i).map(|face| &face.han);
    let top = candidates[first];
    let alike = |&&i: &&usize| size(i) > text && (font(i) == font(top) || size(i) == size(top));
    // A long title stands in two or three paragraphs of one font, or at least of one size.
    let lines = if largest > text { candidates[first..].iter().take_while(alike).take(4).count() } else { 1 };
    for &i in &candidates[first..first + lines] {
        parts[i] = Part::Title;
    }
}

/// The size of most text, in half-points; that of the standard where there is none.
fn text_size(paper: &Paper<'_>, parts: &[Part]) -> u32 {
    const STANDARD: u32 = 32;
    let text = (0..parts.len()).filter(|&i| parts[i] == Part::Body);
    most(text.filter_map(|i| paper.face(i)).map(|face| face.size)).unwrap_or(STANDARD)
}

/// What follows on the title: short centred lines, then whom the paper speaks to.
fn under(paper: &Paper<'_>, said: &[usize], parts: &mut [Part]) {
    let Some(last) = said.iter().take(HEAD).rposition(|&i| parts[i] == Part::Title) else { return };
    for &i in said[last + 1..].iter().take(5) {
        let words = paper.words(&paper.layout.paragraphs[i]);
        match parts[i] {
            Part::Under => {}
            Part::Other if words.ends_with(['：', ':']) => {
                parts[i] = Part::Salutation;
                return;
            }
            Part::Other if paper.format(i).align == Align::Centre || words.starts_with(['（', '(', '—']) =>
            {
                parts[i] = Part::Under;
            }
            _ => return,
        }
    }
}

/// What stands below the text: who signs and when, the 版记.
fn tail(paper: &Paper<'_>, said: &[usize], parts: &mut [Part]) {
    let from = said.len().saturating_sub(TAIL);
    for (n, &i) in said.iter().enumerate() {
        let words = paper.words(&paper.layout.paragraphs[i]);
        if !matches!(parts[i], Part::Other | Part::Body | Part::Cell) {
            continue;
        }
        if n >= from && is_imprint(words) {
            parts[i] = Part::Imprint;
        } else if parts[i] != Part::Cell && is_date(words) && n > 2 {
            parts[i] = Part::Closing;
            if let Some(&above) = n.checked_sub(1).and_then(|n| said.get(n))
                && parts[above] == Part::Other
            {
                parts[above] = Part::Closing;
            }
        } else if parts[i] == Part::Other && words.starts_with("附件") && n > 2 {
            parts[i] = Part::Closing;
        }
    }
}

/// What stands there most often, the first of those that stand there as often.
pub(super) fn most<T: Ord + Clone>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counted: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (n, one) in all.enumerate() {
        counted.entry(one).or_insert((0, usize::MAX - n)).0 += 1;
    }
    counted.into_iter().max_by_key(|(_, rank)| *rank).map(|(one, _)| one)
}
