//! The draft as paragraphs: the words of each block, where its blanks stand in them, what it is.
//!
//! A reader keeps the signs of its format in the text and masks them; a skeleton must not hold
//! them, so they are taken out here. What the format does not tell — a .txt has no title — is told
//! by a paragraph's place and shape, and only where nothing else would have that shape: the lines
//! above the salutation, a line of nothing but a date.

use std::ops::Range;

use super::value::{Kind, Value};
use crate::base::lexicon::extract as lexicon;
use crate::base::lines::code_points;
use crate::base::pattern::pattern;
use crate::model::{Block, BlockKind, Manuscript, MaskKind};
use crate::rules::placeholder::Blank;
use crate::rules::yearly;

/// A paragraph without the signs of its format.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Its words, without blanks at the ends unless they are a blank to fill in.
    pub text: String,
    /// What it is.
    pub kind: BlockKind,
    /// Its blanks, in bytes of `text`, in order.
    pub blanks: Vec<Blank>,
    /// Its values, in bytes of `text`, in order; none touches a blank.
    pub values: Vec<Value>,
    /// The byte of the manuscript at which it begins.
    pub at: usize,
    /// `text` in stretches that stand in the manuscript without a gap: where in `text`, where there.
    stretches: Vec<(usize, usize)>,
}

impl Paragraph {
    /// The place in the manuscript of a byte of the text.
    pub fn back(&self, byte: usize) -> usize {
        let index = self.stretches.partition_point(|&(here, _)| here <= byte).saturating_sub(1);
        self.stretches.get(index).map_or(self.at, |&(here, there)| there + (byte - here))
    }

    /// The place in the manuscript right after the character that ends at a byte of the text.
    pub fn end(&self, byte: usize) -> usize {
        let Some(last) = self.text[..byte].chars().next_back() else { return self.back(byte) };
        self.back(byte - last.len_utf8()) + last.len_utf8()
    }

    fn of(manuscript: &Manuscript, block: &Block, all: &[Blank], values: &[Value]) -> Option<Self> {
        let source = manuscript.text();
        let mut text = String::with_capacity(block.range.len());
        let mut stretches = Vec::new();
        let mut from = block.range.start;
        let masks = manuscript.masks();
        let first = masks.partition_point(|m| m.range.end <= block.range.start);
        let format = masks[first..]
            .iter()
            .take_while(|m| m.range.start < block.range.end)
            .filter(|m| matches!(m.kind, MaskKind::Markup | MaskKind::Link))
            .map(|m| m.range.clone());
        for gap in format.chain(std::iter::once(block.range.end..block.range.end)) {
            let to = gap.start.clamp(from, block.range.end);
            if to > from {
                stretches.push((text.len(), from));
                text.push_str(&source[from..to]);
            }
            from = gap.end.clamp(to, block.range.end);
        }
        let mut paragraph = Self {
            text,
            kind: block.kind,
            blanks: Vec::new(),
            values: Vec::new(),
            at: block.range.start,
            stretches,
        };
        let near = all.partition_point(|b| b.range.end <= block.range.start);
        for blank in all[near..].iter().take_while(|b| b.range.start < block.range.end) {
            let range = paragraph.here(blank.range.start)..paragraph.here(blank.range.end);
            if !range.is_empty() {
                paragraph.blanks.push(Blank { range, ..blank.clone() });
            }
        }
        let near = values.partition_point(|v| v.range.end <= block.range.start);
        for value in values[near..].iter().take_while(|v| v.range.start < block.range.end) {
            let range = paragraph.here(value.range.start)..paragraph.here(value.range.end);
            if !range.is_empty() && !paragraph.touches_blank(&range) {
                paragraph.values.push(Value { range, ..value.clone() });
            }
        }
        paragraph.trim();
        (!paragraph.text.trim().is_empty() || !paragraph.blanks.is_empty()).then_some(paragraph)
    }

    /// The name with which it ends, if it ends with one.
    pub fn person(&self) -> Option<&str> {
        let last = self.values.last().filter(|v| v.kind == Kind::Of(yearly::Kind::Person))?;
        (last.range.end == self.text.len()).then(|| &self.text[last.range.clone()])
    }

    /// Whether a value is part of what a blank stands in: 万元 of x万元, 0000 of 0000-xxx.
    fn touches_blank(&self, value: &Range<usize>) -> bool {
        let joined = |from: usize, to: usize| {
            from >= to || self.text[from..to].chars().all(|c| matches!(c, '-' | '－' | '—' | '.'))
        };
        self.blanks.iter().any(|b| joined(b.range.end, value.start) && joined(value.end, b.range.start))
    }

    /// The place in the text of a byte of the manuscript; of one that was taken out, the next.
    fn here(&self, byte: usize) -> usize {
        let index = self.stretches.partition_point(|&(_, there)| there <= byte);
        let end = self.stretches.get(index).map_or(self.text.len(), |&(here, _)| here);
        match index.checked_sub(1).and_then(|i| self.stretches.get(i)) {
            Some(&(here, there)) => (here + (byte - there)).min(end),
            None => 0,
        }
    }

    /// Takes off the white space at the ends, but no blank to fill in.
    fn trim(&mut self) {
        let end = self.text.trim_end().len().max(self.blanks.last().map_or(0, |b| b.range.end));
        self.text.truncate(end);
        let start = self.text.len() - self.text.trim_start().len();
        let start = start.min(self.blanks.first().map_or(start, |b| b.range.start));
        self.text.drain(..start);
        let ranges = self.blanks.iter_mut().map(|b| &mut b.range);
        for range in ranges.chain(self.values.iter_mut().map(|v| &mut v.range)) {
            *range = range.start - start..range.end - start;
        }
        let begins = self.back(start);
        for (here, there) in &mut self.stretches {
            match here.checked_sub(start) {
                Some(at) => *here = at,
                None => {
                    *there += start - *here;
                    *here = 0;
                }
            }
        }
        // Of several stretches that now begin at 0 the last is the one that counts.
        let skip = self.stretches.iter().filter(|(here, _)| *here == 0).count().saturating_sub(1);
        self.stretches.drain(..skip);
        self.at = begins;
    }

    /// The text with each blank as one [`BLANK`], and the way back.
    pub fn shadow(&self) -> Shadow {
        let mut shadow = Shadow { text: String::with_capacity(self.text.len()), stretches: Vec::new() };
        let mut from = 0;
        for blank in &self.blanks {
            shadow.push(&self.text[from..blank.range.start], from);
            shadow.stretches.push((shadow.text.len(), blank.range.start));
            shadow.text.push(BLANK);
            shadow.stretches.push((shadow.text.len(), blank.range.end));
            from = blank.range.end;
        }
        shadow.push(&self.text[from..], from);
        shadow
    }
}

/// What stands for a blank in a [`Shadow`]; a text's own character of this code becomes another.
pub(super) const BLANK: char = '\u{E000}';

/// A paragraph in which every blank is one character, so that patterns can speak of it.
#[derive(Debug)]
pub(super) struct Shadow {
    pub text: String,
    stretches: Vec<(usize, usize)>,
}

impl Shadow {
    fn push(&mut self, words: &str, at: usize) {
        self.stretches.push((self.text.len(), at));
        self.text.extend(words.chars().map(|c| if c == BLANK { '\u{E001}' } else { c }));
    }

    /// The place in the paragraph of a byte of the shadow.
    pub fn back(&self, byte: usize) -> usize {
        let index = self.stretches.partition_point(|&(here, _)| here <= byte).saturating_sub(1);
        self.stretches.get(index).map_or(byte, |&(here, there)| there + (byte - here))
    }

    /// The range in the paragraph of a range of the shadow.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        self.back(range.start)..self.back(range.end)
    }
}

/// The paragraphs of a draft, with its blanks and its values.
pub(super) fn paragraphs(manuscript: &Manuscript, blanks: &[Blank], values: &[Value]) -> Vec<Paragraph> {
    // A word processor's paragraph may hold breaks of lines; a skeleton's is one line.
    let lines = manuscript.blocks().iter().flat_map(|block| {
        let mut at = block.range.start;
        manuscript.block_text(block).split('\n').map(move |line| {
            let range = at..at + line.len();
            at = range.end + 1;
            Block { kind: block.kind, range }
        })
    });
    let mut all: Vec<_> = lines.filter_map(|line| Paragraph::of(manuscript, &line, blanks, values)).collect();
    tell_kinds(&mut all);
    all
}

pattern! {
    /// A line of nothing but a date; BLANK may stand for its figures.
    static DATE_LINE = "^[（(]?\\s*[\u{E000}\\d]+年[\u{E000}\\d]+月(?:[\u{E000}\\d]+日)?\\s*[）)]?$";
}

pattern! {
    /// A line under the title that names the speaker: 县委书记　×××.
    static SPEAKER_LINE = "^[（(]?[\\p{Han}、\u{E000}]{0,18}[\\s　]*\u{E000}[\\s　]*(?:同志)?[）)]?$";
}

/// Characters of a title at most.
const LONGEST_TITLE: usize = 60;
/// Lines above the salutation or the first long paragraph that may be title, date and speaker.
const HEAD: usize = 6;
/// Lines at the end that may be the date of issue.
const FOOT: usize = 3;

/// Says of paragraphs that their format calls body what they are by place and shape.
fn tell_kinds(all: &mut [Paragraph]) {
    let shadows: Vec<String> = all.iter().map(|p| p.shadow().text).collect();
    let plain = |p: &Paragraph| p.kind == BlockKind::Body;
    let titled = all.iter().any(|p| p.kind == BlockKind::Title);
    let opens = |p: &Paragraph| {
        matches!(p.kind, BlockKind::Heading(_) | BlockKind::Salutation)
            || is_salutation(&p.text)
            || code_points(&p.text) > LONGEST_TITLE
    };
    let head = all.iter().take(HEAD).position(opens).unwrap_or(0);
    for index in 0..head {
        if !plain(&all[index]) {
            continue;
        }
        let shadow = shadows[index].as_str();
        let closed = shadow.ends_with(['。', '；', '：', ':', '，', '！']);
        if index == 0 && !titled && !closed && !DATE_LINE.is_match(shadow) {
            all[index].kind = BlockKind::Title;
        } else if DATE_LINE.is_match(shadow) {
            all[index].kind = BlockKind::DateLine;
        } else if index > 0 && (SPEAKER_LINE.is_match(shadow) || all[index].person().is_some()) {
            all[index].kind = BlockKind::SpeakerLine;
        }
    }
    let foot = all.len().saturating_sub(FOOT).max(head + 1);
    for (paragraph, shadow) in all.iter_mut().zip(&shadows).skip(foot) {
        if plain(paragraph) && DATE_LINE.is_match(shadow) {
            paragraph.kind = BlockKind::DateOfIssue;
        }
    }
    for paragraph in all.iter_mut().filter(|p| p.kind == BlockKind::Body) {
        if is_salutation(&paragraph.text) {
            paragraph.kind = BlockKind::Salutation;
        }
    }
}

/// `同志们：`, `各位来宾、同志们：`
fn is_salutation(line: &str) -> bool {
    /// Characters of a salutation at most.
    const LONGEST: usize = 40;
    let Some(words) = line.trim().strip_suffix(['：', ':']) else { return false };
    code_points(words) <= LONGEST
        && !words.contains(['。', '；'])
        && lexicon::SALUTATIONS.iter().any(|w| words.ends_with(w))
}
