//! Which words a text must hold for a pattern to match at all (锚词).
//!
//! Compiling a hundred patterns takes longer than reading a document, and most documents need none
//! of them. So each pattern of a lexicon gets sets of words: every match holds a word of each set.
//! It is compiled when a line holds one of each.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// More words than this are no filter.
const MOST: usize = 256;

/// Sets of words; every match of the pattern holds one of each set. In the words of a pattern that
/// is bound to the start and the end of its line, both are spelt as a line end.
pub fn of(pattern: &str) -> Vec<Vec<String>> {
    let hir = regex_syntax::parse(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
    let mut sets = look(&hir).needs();
    // One character says little where there is a better word.
    if sets.iter().any(|set| shortest(set) > 1) {
        sets.retain(|set| shortest(set) > 1);
    }
    sets
}

/// What is known about the matches of a part of a pattern.
#[derive(Clone, Default)]
struct Known {
    /// All of them, if they are few.
    all: Option<Vec<String>>,
    /// Sets of words of which each of them holds one.
    some: Vec<Vec<String>>,
}

impl Known {
    fn exactly(all: Vec<String>) -> Self {
        Self { all: (all.len() <= MOST).then_some(all), some: Vec::new() }
    }

    fn needs(self) -> Vec<Vec<String>> {
        match self.all {
            Some(all) if shortest(&all) > 0 => vec![all],
            _ => self.some,
        }
    }
}

/// The characters of the shortest word.
fn shortest(words: &[String]) -> usize {
    words.iter().map(|w| w.chars().count()).min().unwrap_or(0)
}

/// How often a text may be expected to hold one of the words, as a guess by their characters: the
/// fewer, the better the filter.
fn frequency(words: &[String]) -> f64 {
    let of_char = |c: char| match c {
        '\n' => 1.0 / 100.0,
        // Official prose has few Latin letters, and still fewer signs of multiplication.
        'a'..='z' | 'A'..='Z' | '×' => 1.0 / 3_000.0,
        c if c.is_alphanumeric() => 1.0 / 300.0,
        _ => 1.0 / 80.0,
    };
    words.iter().map(|w| w.chars().map(of_char).product::<f64>()).sum()
}

fn look(hir: &Hir) -> Known {
    match hir.kind() {
        HirKind::Look(Look::Start | Look::End) => Known::exactly(vec!["\n".to_owned()]),
        HirKind::Empty | HirKind::Look(_) => Known::exactly(vec![String::new()]),
        HirKind::Literal(literal) => Known::exactly(vec![String::from_utf8_lossy(&literal.0).into_owned()]),
        HirKind::Class(Class::Unicode(class)) => {
            let size: usize = class.iter().map(|r| r.end() as usize - r.start() as usize + 1).sum();
            let chars = || class.iter().flat_map(|r| r.start()..=r.end());
            if size <= 10 && !chars().any(|c| c == '\n') {
                Known::exactly(chars().map(String::from).collect())
            } else {
                Known::default()
            }
        }
        HirKind::Class(Class::Bytes(_)) => Known::default(),
        HirKind::Capture(capture) => look(&capture.sub),
        HirKind::Repetition(repetition) => {
            let inner = look(&repetition.sub);
            match (repetition.min, repetition.max) {
                (0, Some(1)) => {
                    let all = inner.all.map(|mut all| {
                        all.push(String::new());
                        all
                    });
                    Known { all, some: Vec::new() }
                }
                (0, _) => Known::default(),
                (1, Some(1)) => inner,
                _ => Known { all: None, some: inner.needs() },
            }
        }
        HirKind::Alternation(branches) => {
            let known: Vec<Known> = branches.iter().map(look).collect();
            let all: Option<Vec<Vec<String>>> = known.iter().map(|k| k.all.clone()).collect();
            let best = |k: &Known| {
                k.clone().needs().into_iter().min_by(|a, b| frequency(a).total_cmp(&frequency(b)))
            };
            let some: Option<Vec<Vec<String>>> = known.iter().map(best).collect();
            let joined = |sets: Vec<Vec<String>>| Some(sets.concat()).filter(|words| words.len() <= MOST);
            Known { all: all.and_then(joined), some: some.and_then(joined).into_iter().collect() }
        }
        HirKind::Concat(parts) => {
            let parts: Vec<Known> = parts.iter().flat_map(flat).collect();
            let all = spelt(&parts);
            Known { all, some: needs(&parts) }
        }
    }
}

/// A part, as parts that spell words together with its neighbours: those of a group, and the first
/// of what is repeated.
fn flat(part: &Hir) -> Vec<Known> {
    match part.kind() {
        HirKind::Capture(capture) => flat(&capture.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(flat).collect(),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            let mut parts = flat(&repetition.sub);
            if repetition.max != Some(1) {
                parts.push(Known::default());
            }
            parts
        }
        _ => vec![look(part)],
    }
}

/// All that parts one after the other may spell, if it is not much.
fn spelt(parts: &[Known]) -> Option<Vec<String>> {
    parts.iter().try_fold(vec![String::new()], |words, part| {
        let next = part.all.as_ref().filter(|all| all.len() * words.len() <= MOST)?;
        Some(words.iter().flat_map(|a| next.iter().map(move |b| format!("{a}{b}"))).collect())
    })
}

/// What parts one after the other need: the best of what neighbours spell together, and what is
/// needed on both sides of it.
fn needs(parts: &[Known]) -> Vec<Vec<String>> {
    let runs = (0..parts.len()).flat_map(|first| (first + 1..=parts.len()).map(move |end| first..end));
    let best = runs
        .filter_map(|run| Some((spelt(&parts[run.clone()])?, run)))
        .filter(|(words, _)| shortest(words) > 0)
        .min_by(|(a, _), (b, _)| frequency(a).total_cmp(&frequency(b)));
    match best {
        Some((words, run)) => {
            let mut sets = needs(&parts[..run.start]);
            sets.push(words);
            sets.extend(needs(&parts[run.end..]));
            sets
        }
        None => parts.iter().flat_map(|part| part.some.clone()).collect(),
    }
}
