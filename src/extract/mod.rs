//! Floor 4: a text → a skeleton and the facts that it asks for.
//!
//! Most documents begin as last year's, or another office's, as they were or with `x` where the names and
//! figures were. [`extract`] takes such a text apart: its blanks and its values (`value.rs`) become facts
//! with names (`names/`), each figure, date and place as a whole (`slot.rs`); its headings become headings that the program
//! numbers, where it would number them as they are; the rest stays as it is. Drafted again from
//! the facts filled in, the skeleton gives the text back, letter by letter.
//!
//! What stays is somebody's own words but for the set phrases, and the skeleton says which are
//! which (`own.rs`), so that a writer knows what she has to say anew.

mod body;
mod names;
mod own;
mod page;
mod slot;
mod stub;
mod value;

use std::ops::Range;

use crate::base::{Lang, Place, Problem, Result, Text, clause};
use crate::corpus::Stock;
use crate::draft::{self, mark_in};
use crate::model::{BlockKind, Manuscript};
use crate::rules::placeholder::blanks;
use crate::text;
use page::Paragraph;
use slot::Slot;

/// A fact that a draft asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its path of ids: `locality.name`, `more.完成投资`.
    pub path: String,
    /// The stretches of the manuscript that it replaces, in order; never empty.
    pub uses: Vec<Range<usize>>,
    /// The first of them as a person is told it.
    pub at: Place,
    /// The sentence around the first, with 〖？〗 in its place.
    pub sentence: String,
    /// The unit that stands behind it in the text, where it is a figure.
    pub unit: Option<String>,
    /// The value that stood there; `None` for a blank.
    pub value: Option<String>,
}

/// What a draft becomes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extracted {
    /// The skeleton's file.
    pub skeleton: String,
    /// The facts file to fill in; no value is in it.
    pub stub: String,
    /// The values that stood in the draft, as example facts; empty if there were none.
    pub example: String,
    /// The facts, in order of first use.
    pub facts: Vec<Fact>,
    /// How many blanks of the draft they fill.
    pub blanks: usize,
    /// How many values of the draft they stand for.
    pub values: usize,
    /// Headings that the program numbers, and headings that keep the words they have.
    pub headings: (usize, usize),
    /// Sentences of the draft.
    pub sentences: usize,
    /// Those in somebody's own words, as ranges of the manuscript, with the letters that are his.
    pub own: Vec<(Range<usize>, usize)>,
    /// Letters of set phrases, and letters of somebody's own.
    pub letters: (usize, usize),
}

impl Extracted {
    /// How many blanks and values there were, for a person.
    #[must_use]
    pub fn places(&self) -> Text {
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        let (blanks, values) = (self.blanks, self.values);
        let (blank_s, value_s) = (plural(blanks), plural(values));
        match (blanks, values) {
            (_, 0) => text!("{blanks}处空白", "{blanks} blank{blank_s}"),
            (0, _) => text!("{values}处会变的内容", "{values} value{value_s} that may change"),
            _ => text!(
                "{blanks}处空白、{values}处会变的内容",
                "{blanks} blank{blank_s} and {values} value{value_s} that may change"
            ),
        }
    }
}

/// Takes a draft apart. `from` is its file's name as the person gave it. A draft without blanks
/// gives a skeleton that needs no facts.
///
/// # Errors
/// If the text holds characters that the program keeps for itself.
pub fn extract(manuscript: &Manuscript, from: &str, lang: Lang) -> Result<Extracted> {
    refuse_marks(manuscript)?;
    let (values, year) = value::values(manuscript);
    let paragraphs = page::paragraphs(manuscript, &blanks(manuscript), &values);
    let slots: Vec<Vec<Slot>> = paragraphs.iter().map(slot::slots).collect();
    let names = names::name(&paragraphs, &slots, year);
    let file = from.rsplit(['/', '\\']).next().unwrap_or(from);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);

    let mut extracted =
        Extracted { facts: facts(manuscript, &paragraphs, &slots, &names), ..Extracted::default() };
    let stock = Stock::known();
    let mut numbers = body::Numbers::default();
    let mut text = String::with_capacity(manuscript.text().len() * 2);
    for (at, ((paragraph, slots), of)) in paragraphs.iter().zip(&slots).zip(&names.of).enumerate() {
        let words = own::weigh(paragraph, slots, &stock);
        extracted.blanks += slots.iter().map(|s| s.blanks).sum::<usize>();
        extracted.values += slots.iter().filter(|s| s.blank.is_none()).count();
        extracted.sentences += words.count;
        extracted.letters.0 += words.stock;
        extracted.letters.1 += words.own;
        extracted.own.extend(
            words.sentences.iter().map(|(r, n)| (paragraph.back(r.start)..paragraph.back(r.end), *n)),
        );
        let paths: Vec<&str> = of.iter().map(|&i| names.paths[i].as_str()).collect();
        numbers.is_kept = is_bare(&paragraphs[at..]);
        let numbered = body::paragraph(paragraph, slots, &paths, (&words, lang), &mut numbers, &mut text);
        if matches!(paragraph.kind, BlockKind::Heading(_)) {
            extracted.headings.0 += usize::from(numbered);
            extracted.headings.1 += usize::from(!numbered);
        }
    }
    let title = paragraphs.iter().zip(&slots).find(|(p, _)| p.kind == BlockKind::Title);
    let title = title.map_or_else(|| stem.to_owned(), |(p, slots)| shown(p, slots, 0..p.text.len(), None));
    extracted.skeleton = body::front(&format!("own/{stem}"), &title, file, &extracted.facts) + &text;
    extracted.stub = stub::write(&extracted, file, lang);
    extracted.example = stub::example(&extracted.facts, file, lang);
    Ok(extracted)
}

/// Whether nothing stands under the heading with which these paragraphs begin: such a one is written
/// only where its words are kept as they are.
fn is_bare(paragraphs: &[Paragraph]) -> bool {
    let Some((Paragraph { kind: BlockKind::Heading(own), .. }, below)) = paragraphs.split_first() else {
        return false;
    };
    let next = below.iter().map(|p| p.kind).find(|kind| match kind {
        BlockKind::Heading(level) => level <= own,
        _ => true,
    });
    next.is_none_or(|kind| !draft::fills(kind))
}

/// Characters by which a draft is put together have no place in a text.
fn refuse_marks(manuscript: &Manuscript) -> Result<()> {
    let text = manuscript.text();
    let Some(at) = mark_in(text) else { return Ok(()) };
    let mut problem = Problem::new(Text::fixed("这里有不可见的控制字符", "an invisible control character"))
        .help(Text::fixed("删掉后再提取", "delete it and extract again"));
    if let Some(place) = place(manuscript, at) {
        problem = problem.at(place);
    }
    Err(problem.into())
}

/// Where a byte of the manuscript stands, with its column in a text file.
fn place(manuscript: &Manuscript, at: usize) -> Option<Place> {
    Some(match manuscript.place(at)? {
        Place::Line { file, line, .. } => {
            let column = manuscript.lines().line_column(manuscript.text(), at).column;
            Place::Line { file: file.clone(), line: *line, column }
        }
        other => other.clone(),
    })
}

fn facts(
    manuscript: &Manuscript,
    paragraphs: &[Paragraph],
    slots: &[Vec<Slot>],
    names: &names::Names,
) -> Vec<Fact> {
    let mut facts: Vec<Option<Fact>> = vec![None; names.paths.len()];
    let mut before = "";
    for ((paragraph, slots), of) in paragraphs.iter().zip(slots).zip(&names.of) {
        for (index, (slot, &number)) in slots.iter().zip(of).enumerate() {
            let range = paragraph.back(slot.range.start)..paragraph.end(slot.range.end);
            if let Some(fact) = &mut facts[number] {
                fact.uses.push(range);
                continue;
            }
            let sentence = clause::sentence(&paragraph.text, slot.range.clone());
            let sentence = near(&paragraph.text, &sentence, &slot.range);
            let mut sentence = shown(paragraph, slots, sentence, Some(index));
            // A paragraph of nothing else is told by what stands before it.
            if sentence == HERE && !before.is_empty() {
                sentence = format!("{} / {HERE}", clean(&before[..ceil(before, AROUND)]));
            }
            facts[number] = Some(Fact {
                path: names.paths[number].clone(),
                at: place(manuscript, range.start).unwrap_or(Place::Program),
                uses: vec![range],
                sentence,
                unit: names::unit(slot, &paragraph.text[slot.range.end..]).map(str::to_owned),
                value: slot.blank.is_none().then(|| paragraph.text[slot.range.clone()].to_owned()),
            });
        }
        before = &paragraph.text;
    }
    facts.into_iter().flatten().collect()
}

/// What stands for the slot that a sentence is shown for.
///
/// No stand-in character: a purpose of nothing but those would count as missing.
const HERE: &str = "〖？〗";

/// Characters of a sentence that are shown on either side of it.
const AROUND: usize = 20;

/// The bytes of the first `n` characters.
fn ceil(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
}

/// Words on one line.
fn clean(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// As much of a sentence as tells what is missing.
fn near(text: &str, sentence: &Range<usize>, slot: &Range<usize>) -> Range<usize> {
    let before = &text[sentence.start.min(slot.start)..slot.start];
    let skip = before.chars().count().saturating_sub(AROUND);
    let start = slot.start - before.char_indices().nth(skip).map_or(0, |(at, _)| before.len() - at);
    let after = &text[slot.end..sentence.end.max(slot.end)];
    start..slot.end + ceil(after, AROUND)
}

/// Words of a paragraph for a person: the slot that is meant as 〖？〗, every other blank as ….
fn shown(paragraph: &Paragraph, slots: &[Slot], range: Range<usize>, meant: Option<usize>) -> String {
    let mut out = String::new();
    let mut from = range.start;
    for (index, slot) in slots.iter().enumerate() {
        if slot.range.end <= range.start || slot.range.start >= range.end {
            continue;
        }
        let start = slot.range.start.max(from);
        out.push_str(&paragraph.text[from..start]);
        out.push_str(match (meant == Some(index), &slot.blank) {
            (true, _) => HERE,
            (false, Some(_)) => "…",
            (false, None) => &paragraph.text[start..slot.range.end.min(range.end).max(start)],
        });
        from = slot.range.end.min(range.end).max(start);
    }
    out.push_str(&paragraph.text[from..range.end.max(from)]);
    clean(&out)
}

/// A YAML scalar in quotation marks.
fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn extract_does_as_its_example_says() {
        use crate::{base::Lang, extract::extract, read::read};
        let draft = read("旧稿.txt", "一、进展\n全县完成投资x万元。\n".as_bytes()).unwrap();
        let extracted = extract(&draft, "旧稿.txt", Lang::Zh).unwrap();
        assert_eq!(extracted.facts[0].path, "more.完成投资");
        assert!(extracted.skeleton.contains("## 进展"));
        assert!(extracted.skeleton.contains("完成投资{{ more[\"完成投资\"] }}万元。"));
    }
}
