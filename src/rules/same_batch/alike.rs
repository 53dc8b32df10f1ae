//! How much papers of one batch share with each other: sentences that differ in nothing but names and figures.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use crate::base::lexicon::same_batch as lexicon;
use crate::base::pattern::pattern;
use crate::model::{BlockKind, Manuscript, Settings};
use crate::rules::reading::sentences::sentences;
use crate::rules::reading::yearly::{self, Kind};
use crate::rules::{Case, Whose, holders};

/// What a paper shares with the one of its batch that is most like it (最像的一份).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alike {
    /// The name of that paper; empty if it shares nothing with any.
    pub nearest: String,
    /// How many sentences it has, and how many of them that paper has too.
    pub sentences: (usize, usize),
    /// Characters of its sentences, of those that that paper has, and of those that any other has.
    pub characters: (usize, usize, usize),
    /// The longest passage that both have, in bytes; empty if there is none.
    pub longest: Range<usize>,
}

impl Alike {
    /// The shared part of its sentences in hundredths, by characters.
    #[must_use]
    pub fn percent(&self) -> usize {
        percent(self.characters.1, self.characters.0)
    }

    /// The same of what any other of the batch has.
    #[must_use]
    pub fn percent_of_any(&self) -> usize {
        percent(self.characters.2, self.characters.0)
    }

    /// The words of the longest passage in the paper's own text; `None` if there is none.
    pub(crate) fn passage<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.longest.clone()).filter(|words| !words.is_empty())
    }
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(0)
}

/// A paper as it is held against the others.
struct Paper {
    /// Its sentences without what may differ, each with its bytes and its characters.
    sentences: Vec<(String, Range<usize>, usize)>,
}

/// What each paper shares with the one that is most like it, in the order given; each has its file's name.
/// Headings are left out: that those agree is what a common skeleton is for.
#[must_use]
pub fn alike(papers: &[(&str, &Manuscript)]) -> Vec<Alike> {
    let read: Vec<Paper> = papers.iter().map(|(name, manuscript)| Paper::of(name, manuscript)).collect();
    let places: Vec<HashMap<&str, Vec<usize>>> = read.iter().map(Paper::places).collect();
    // What a paper says itself and more than one says, another says too.
    let mut papers_with: HashMap<&str, usize> = HashMap::new();
    for said in places.iter().flat_map(|places| places.keys()) {
        *papers_with.entry(said).or_default() += 1;
    }
    let one = |(index, paper): (usize, &Paper)| {
        let shared = |other: usize| paper.characters(|said| places[other].contains_key(said));
        let others = (0..read.len()).filter(|&other| other != index);
        // Of several the first.
        let nearest = others.map(|other| (shared(other), Reverse(other))).max();
        let nearest = nearest.filter(|(most, _)| *most > 0);
        let (most, nearest) = nearest.map_or((0, None), |(most, Reverse(other))| (most, Some(other)));
        let same = nearest.map(|other| paper.count(|said| places[other].contains_key(said)));
        Alike {
            nearest: nearest.map_or_else(String::new, |other| papers[other].0.to_owned()),
            sentences: (paper.sentences.len(), same.unwrap_or(0)),
            characters: (paper.characters(|_| true), most, paper.characters(|said| papers_with[said] > 1)),
            longest: nearest.map_or(0..0, |other| paper.longest(&places[other])),
        }
    };
    read.iter().enumerate().map(one).collect()
}

impl Paper {
    fn of(name: &str, manuscript: &Manuscript) -> Self {
        let text = manuscript.text();
        let names = names(name, manuscript);
        let mut values: Vec<Range<usize>> = holders(text);
        values.extend(yearly::find(manuscript).into_iter().filter(|s| differs(s.kind)).map(|s| s.range));
        values.sort_by_key(|range| range.start);
        // Both are in order, so what lies before a sentence is behind us.
        let mut rest = &values[..];
        let mut sentence = |range: Range<usize>| {
            while rest.first().is_some_and(|value| value.end <= range.start) {
                rest = &rest[1..];
            }
            let said = without(text, &range, rest, &names);
            let characters = text[range.clone()].chars().filter(|c| !c.is_whitespace()).count();
            (said, range, characters)
        };
        Self { sentences: sentences(manuscript).into_iter().map(|s| sentence(s.range)).collect() }
    }

    /// At which indices each sentence stands.
    fn places(&self) -> HashMap<&str, Vec<usize>> {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, (said, ..)) in self.sentences.iter().enumerate() {
            places.entry(said).or_default().push(index);
        }
        places
    }

    fn count(&self, holds: impl Fn(&str) -> bool) -> usize {
        self.sentences.iter().filter(|(said, ..)| holds(said)).count()
    }

    fn characters(&self, holds: impl Fn(&str) -> bool) -> usize {
        self.sentences.iter().filter(|(said, ..)| holds(said)).map(|(.., characters)| characters).sum()
    }

    /// The longest run of sentences that follow each other in the other paper too.
    fn longest(&self, places: &HashMap<&str, Vec<usize>>) -> Range<usize> {
        let mut best = (0, 0..0);
        // Runs that end at the sentence before: where they end in the other paper, where they began, how long.
        let mut running: HashMap<usize, (usize, usize)> = HashMap::new();
        for (said, range, characters) in &self.sentences {
            let here = places.get(said.as_str()).map_or(&[][..], Vec::as_slice);
            let go_on = |&at: &usize| {
                let before = at.checked_sub(1).and_then(|before| running.get(&before));
                let (from, length) = before.copied().unwrap_or((range.start, 0));
                (at, (from, length + characters))
            };
            let next: HashMap<usize, (usize, usize)> = here.iter().map(go_on).collect();
            for &(from, length) in next.values() {
                if length > best.0 {
                    best = (length, from..range.end);
                }
            }
            running = next;
        }
        best.1
    }
}

/// Whether what a stretch says may differ between two units without their saying anything else.
const fn differs(kind: Kind) -> bool {
    matches!(kind, Kind::Figure | Kind::Date | Kind::Year | Kind::Ordinal | Kind::Policy | Kind::Person)
}

/// The letters of a sentence, with one sign for each value and each own name.
fn without(text: &str, range: &Range<usize>, values: &[Range<usize>], names: &[String]) -> String {
    let mut said = String::new();
    let mut from = range.start;
    for value in values.iter().take_while(|v| v.start < range.end).filter(|v| v.end > range.start) {
        said.push_str(&text[from..value.start.max(from)]);
        said.push('#');
        from = value.end.clamp(from, range.end);
    }
    said.push_str(&text[from..range.end]);
    said.retain(|c| c.is_alphanumeric() || c == '#');
    names.iter().fold(said, |said, name| said.replace(name.as_str(), "@"))
}

pattern! {
    /// The unit with whose name a title begins or a paper is signed: 石桥湾镇2026年工作总结, 云岭县档案局.
    static UNIT = r"^\p{Han}{2,10}?(?:镇|乡|街道|县|市|区|旗|村|社区|局|委员会|办公室|办事处|学校|医院)";
}

/// What a paper calls its own unit, the longest name first: by its file, its title, its signature, and the
/// locality that it speaks for; each also without the word for what it is.
fn names(file: &str, manuscript: &Manuscript) -> Vec<String> {
    /// Blocks at the head and at the foot that may name the unit.
    const EDGE: usize = 3;
    let text = manuscript.text();
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut names = vec![stem.to_owned()];
    if let Whose::Known(name) = Case::new(manuscript, &Settings::default()).whose() {
        names.push(name);
    }
    let blocks = manuscript.blocks();
    let edges = blocks.iter().take(EDGE).chain(blocks.iter().rev().take(EDGE));
    for block in edges.filter(|b| !matches!(b.kind, BlockKind::Heading(_))) {
        let line = manuscript.block_text(block).trim();
        names.extend(UNIT.find(line).filter(|_| !line.contains('，')).map(|m| m.as_str().to_owned()));
    }
    let bare = |name: &String| {
        let end = lexicon::ENDS.iter().find(|end| name.ends_with(**end))?;
        Some(name.trim_end_matches(end).to_owned())
    };
    names.extend(names.iter().filter_map(bare).collect::<Vec<_>>());
    names.retain(|name| name.chars().count() >= 2 && text.contains(name.as_str()));
    names.sort_by_key(|name| (Reverse(name.len()), name.clone()));
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::alike;
    use crate::read::read;

    #[test]
    fn sentences_that_differ_in_names_and_figures_alone_are_the_same() {
        let one = read("a.txt", "石桥湾镇工作总结\n石桥湾镇组织护林员沿河清淤，共清出淤泥320方。\n各村把账本摊在晒谷场上，一笔一笔念给乡亲听。\n茶农不再半夜排队等水，合作社添了揉捻机。\n".as_bytes()).unwrap();
        let other = read("b.txt", "枫林渡乡工作总结\n枫林渡乡组织护林员沿河清淤，共清出淤泥85方。\n各村把账本摊在晒谷场上，一笔一笔念给乡亲听。\n".as_bytes()).unwrap();
        let lone =
            read("c.txt", "清河县档案工作总结\n库房漏雨的老账，请木匠做了樟木箱子装起来。\n".as_bytes())
                .unwrap();
        let found = alike(&[("石桥湾镇.txt", &one), ("枫林渡乡.txt", &other), ("档案.txt", &lone)]);
        assert_eq!((found[0].nearest.as_str(), found[0].sentences), ("枫林渡乡.txt", (3, 2)));
        assert_eq!((found[1].percent(), found[1].percent_of_any()), (100, 100));
        assert!(one.text()[found[0].longest.clone()].starts_with("石桥湾镇组织"));
        assert!(one.text()[found[0].longest.clone()].ends_with("念给乡亲听。"));
        assert_eq!((found[2].nearest.as_str(), found[2].percent()), ("", 0));
        assert!(found[0].percent() < 100 && found[0].percent() > 50);
    }

    #[test]
    fn a_paper_without_sentences_shares_nothing() {
        let empty = read("a.txt", "一、概况\n".as_bytes()).unwrap();
        let found = alike(&[("a.txt", &empty), ("b.txt", &empty)]);
        assert_eq!((found[0].percent(), found[0].longest.clone()), (0, 0..0));
    }
}
