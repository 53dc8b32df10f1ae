//! Sentences as bags of what is rare in them.

use std::collections::HashMap;
use std::ops::Range;

use super::BOUNDS;
use crate::base::counts::{Counts, FIGURE, LATIN, LONGEST};
use crate::base::han::parse_numeral;
use crate::corpus::search::is_sentence_end;
use crate::corpus::{Comparable, Letters, Stock, Weight, is_everywhere, pair};

/// Words that are told of two passages, at most.
const TOLD: usize = 6;

/// From which level of the counts on four letters are a turn that many write; five are from the first on.
const TURN: u8 = 5;

/// Letters of a clause, at least, and the part of its bits of which one says that it is met.
const CLAUSE: usize = 4;
const MET: f32 = 0.3;

/// What a pair with a figure of so many digits weighs.
const FIGURES: [f32; 5] = [0.0, 0.5, 1.0, 3.0, 4.0];

/// The sentences of a text, by their letters.
pub(super) struct Sentences(Vec<Letters>);

impl Sentences {
    pub fn of(text: &Comparable<'_>) -> Self {
        let mut start = 0;
        let ends = (1..=text.len()).filter(|&at| is_sentence_end(text, at));
        Self(ends.map(|end| Letters { start: std::mem::replace(&mut start, end), end }).collect())
    }

    pub const fn len(&self) -> usize {
        self.0.len()
    }

    pub fn all(&self) -> impl Iterator<Item = Letters> {
        self.0.iter().copied()
    }

    /// The letters of these sentences; of no sentences none.
    pub fn letters(&self, of: Range<usize>) -> Letters {
        match self.0.get(of).and_then(|some| some.first().zip(some.last())) {
            Some((first, last)) => Letters { start: first.start, end: last.end },
            None => Letters { start: 0, end: 0 },
        }
    }

    /// The sentence that has this letter.
    pub fn at(&self, letter: usize) -> usize {
        self.0.partition_point(|s| s.end <= letter).min(self.len().saturating_sub(1))
    }
}

/// A pair of what stands together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    key: u64,
    pub weight: f32,
    /// Its letters in the text.
    letters: Letters,
}

/// What is rare in a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    letters: usize,
    /// By key.
    items: Vec<Item>,
    /// All its pairs of letters, rare or not.
    pub plain: Vec<u32>,
    /// Its figures of several digits but for years.
    pub figures: Vec<u32>,
    /// What stands together without a mark between.
    pub clauses: Vec<Letters>,
    /// The rare pairs by which it is looked up, the heaviest first, each once.
    pub seeds: Vec<(u32, f32)>,
}

impl Content {
    /// Weighs each pair with one of these numbers by the share given with it; with none it is left out.
    pub fn weigh(&mut self, shares: &HashMap<u32, f32>) {
        for item in &mut self.items {
            item.weight *= item.seed().and_then(|seed| shares.get(&seed)).copied().unwrap_or(1.0);
        }
        self.items.retain(|item| item.weight > 0.0);
    }
}

impl Item {
    /// Its number as the index has it, if it is a pair of letters.
    fn seed(&self) -> Option<u32> {
        let letter = |key: u64| u16::try_from(key & 0xFFFF_FFFF).ok();
        Some(pair(letter(self.key >> 32)?, letter(self.key)?))
    }
}

/// A letter, or a figure or a word in Latin letters.
struct Token {
    /// As the counts have it.
    letter: char,
    /// What it is.
    key: u32,
    letters: Letters,
    /// Whether nothing stands between it and the one before.
    joined: bool,
    /// Whether it is part of a turn that many write.
    worn: bool,
    /// Whether it is put aside: a set phrase, a title, a name.
    aside: bool,
    /// Its digits, if it is a figure.
    digits: usize,
}

/// Figures in Han numerals as figures: 二百五十六 is 256, 一点二 is 1.2 as everywhere without its point. One
/// numeral alone is a word (一批, 三农).
fn with_figures(tokens: Vec<Token>) -> Vec<Token> {
    let is_numeral = |t: &Token| "零〇一二两三四五六七八九十百千点".contains(t.letter);
    let mut folded: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut rest = tokens.into_iter().peekable();
    while let Some(first) = rest.next() {
        if !is_numeral(&first) {
            folded.push(first);
            continue;
        }
        let mut run = vec![first];
        while let Some(next) = rest.next_if(|t| t.joined && is_numeral(t)) {
            run.push(next);
        }
        match figure(&run.iter().map(|t| t.letter).collect::<String>()) {
            Some(digits) => folded.push(of_figure(&run, &digits)),
            None => folded.extend(run),
        }
    }
    folded
}

/// The digits of a figure in Han numerals, without its point.
fn figure(words: &str) -> Option<String> {
    let (whole, part) = words.split_once('点').unwrap_or((words, ""));
    if whole == words && !words.contains(['十', '百', '千']) || words.chars().count() < 2 {
        return None;
    }
    let mut digits = parse_numeral(whole)?.to_string();
    for c in part.chars() {
        digits.push_str(&parse_numeral(c.encode_utf8(&mut [0; 4])).filter(|&n| n < 10)?.to_string());
    }
    Some(digits)
}

fn of_figure(run: &[Token], digits: &str) -> Token {
    let key = digits.bytes().fold(0u32, |key, digit| key.wrapping_mul(31).wrapping_add(digit.into()));
    let (start, end) = (run[0].letters.start, run[run.len() - 1].letters.end);
    let letters = Letters { start, end };
    Token {
        letter: FIGURE,
        key,
        letters,
        joined: run[0].joined,
        worn: false,
        aside: false,
        digits: digits.len(),
    }
}

fn tokens(text: &Comparable<'_>, of: Letters) -> Vec<Token> {
    let letters = text.letters();
    let class = |l: u16| match l {
        0x30..=0x39 => Some(FIGURE),
        0x61..=0x7A => Some(LATIN),
        _ => None,
    };
    let mut tokens: Vec<Token> = Vec::with_capacity(of.len());
    let mut end = None;
    for i in of.numbers() {
        let letter = letters[i];
        let bytes = text.bytes(Letters { start: i, end: i + 1 });
        let joined = end == Some(bytes.start);
        end = Some(bytes.end);
        match (class(letter), tokens.last_mut()) {
            (Some(class), Some(last)) if class == last.letter && (joined || class == FIGURE) => {
                last.key = last.key.wrapping_mul(31).wrapping_add(letter.into());
                last.letters.end = i + 1;
                last.digits += 1;
            }
            (class, _) => tokens.push(Token {
                letter: class.or_else(|| char::from_u32(letter.into())).unwrap_or(LATIN),
                key: letter.into(),
                letters: Letters { start: i, end: i + 1 },
                joined,
                worn: false,
                aside: false,
                digits: 1,
            }),
        }
    }
    with_figures(tokens)
}

/// Marks what is part of a turn that many write; the letters of all.
fn worn(counts: Counts<'_>, tokens: &mut [Token]) -> Vec<char> {
    let letters: Vec<char> = tokens.iter().map(|t| t.letter).collect();
    let mut run = 0;
    for at in 0..tokens.len() {
        run = if tokens[at].joined { run + 1 } else { 1 };
        for (length, level) in [(4, TURN), (LONGEST, 1)] {
            if run >= length && counts.level(&letters[at + 1 - length..=at]) >= level {
                tokens[at + 1 - length..=at].iter_mut().for_each(|t| t.worn = true);
            }
        }
    }
    letters
}

/// Two letters as a number.
fn plain(pair: &[u16]) -> u32 {
    pair.iter().fold(0, |number, &letter| number << 16 | u32::from(letter))
}

/// The figures of several digits but for years.
fn figures(tokens: &[Token]) -> Vec<u32> {
    let next = tokens.iter().skip(1).map(Some).chain([None]);
    let is_year =
        |token: &Token, next: Option<&Token>| token.digits == 4 && next.is_some_and(|n| n.letter == '年');
    let told =
        tokens.iter().zip(next).filter(|(t, next)| t.letter == FIGURE && t.digits > 1 && !is_year(t, *next));
    told.map(|(token, _)| token.key).collect()
}

/// Stretches of at least [`CLAUSE`] tokens between which no mark stands.
fn clauses(tokens: &[Token]) -> Vec<Letters> {
    let joined = tokens.chunk_by(|_, next| next.joined).filter(|some| some.len() >= CLAUSE);
    let ends = joined.filter_map(|some| some.first().zip(some.last()));
    ends.map(|(first, last)| Letters { start: first.letters.start, end: last.letters.end }).collect()
}

/// What is rare in these letters of a text; those that are `aside` are not.
pub(super) fn content(
    counts: Counts<'_>,
    stock: &Stock,
    text: &Comparable<'_>,
    of: Letters,
    aside: &[bool],
) -> Content {
    let mut tokens = tokens(text, of);
    let known = stock.weigh(&text.letters()[of.numbers()]);
    for token in &mut tokens {
        let at = token.letters.start;
        let weight = known.get(at - of.start);
        token.aside = matches!(weight, Some(Weight::Stock | Weight::Name)) || aside.get(at) == Some(&true);
    }
    let letters = worn(counts, &mut tokens);
    let all = (counts.letters() as f32).log2();
    let mut content = Content {
        letters: of.len(),
        plain: text.letters()[of.numbers()].windows(2).map(plain).collect(),
        figures: figures(&tokens),
        clauses: clauses(&tokens),
        ..Content::default()
    };
    for (both, letters) in tokens.windows(2).zip(letters.windows(2)) {
        let [first, second] = both else { continue };
        if !second.joined || first.aside && second.aside {
            continue;
        }
        let figure = [first, second].into_iter().filter(|t| t.letter == FIGURE).map(|t| t.digits).max();
        let weight = match figure {
            // A year says little, and so does a figure of one digit.
            Some(4) if second.letter == '年' => 0.0,
            Some(digits) => FIGURES[digits.min(FIGURES.len() - 1)],
            None => (all - counts.weight(letters)).min(BOUNDS.heaviest) - BOUNDS.plain,
        };
        let weight = if first.worn && second.worn { weight * BOUNDS.worn } else { weight };
        if weight <= 0.0 {
            continue;
        }
        let key = u64::from(first.key) << 32 | u64::from(second.key);
        let letters = Letters { start: first.letters.start, end: second.letters.end };
        let item = Item { key, weight, letters };
        let seed = item.seed().filter(|&seed| figure.is_none() && !is_everywhere(seed));
        content.seeds.extend(seed.map(|seed| (seed, weight)));
        content.items.push(item);
    }
    content.items.sort_unstable_by_key(|item| (item.key, item.letters));
    content.seeds.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    content.seeds.dedup();
    content.seeds.truncate(BOUNDS.pairs);
    content
}

/// Some sentences in a row.
#[derive(Debug)]
pub(super) struct Window {
    pub of: Range<usize>,
    pub letters: usize,
    /// By key.
    items: Vec<Item>,
    pub weight: f32,
}

/// The windows that hold a sentence.
#[derive(Debug)]
pub(super) struct Windows {
    /// All that they hold together.
    all: Window,
    windows: Vec<Window>,
}

impl Windows {
    /// Those that hold a sentence, within these sentences.
    pub fn of<'c>(
        sentence: usize,
        within: Range<usize>,
        content: impl Fn(usize) -> Option<&'c Content>,
    ) -> Self {
        let window = |of: Range<usize>| {
            let parts: Vec<&Content> = of.clone().filter_map(&content).collect();
            Window::of(of, &parts)
        };
        let first = (sentence + 1).saturating_sub(BOUNDS.sentences).max(within.start);
        let last = (sentence + BOUNDS.sentences).min(within.end);
        let starts = first..=sentence;
        let all = starts.flat_map(|start| {
            (sentence + 1..=(start + BOUNDS.sentences).min(last)).map(move |end| start..end)
        });
        let [least, most] = BOUNDS.letters;
        let windows = all.map(window).filter(|w| (least..=most).contains(&w.letters)).collect();
        Self { all: window(first..last), windows }
    }

    /// The windows of both that have the most in common, in bits and as a part of all.
    pub fn best<'w>(&'w self, other: &'w Self) -> Option<(&'w Window, &'w Window, (f32, f32))> {
        if self.all.bits(&other.all) < BOUNDS.least {
            return None;
        }
        let pairs = self.windows.iter().flat_map(|a| other.windows.iter().map(move |b| (a, b)));
        let mut met: Vec<_> = pairs.filter_map(|(a, b)| Some((a, b, a.shared(b)?))).collect();
        // What they have in turns is no more than what they have.
        met.sort_by(|(.., a), (.., b)| worth(*b).total_cmp(&worth(*a)));
        let mut best: Option<(&Window, &Window, (f32, f32))> = None;
        for (a, b, all) in met {
            if best.is_some_and(|(.., best)| worth(best) >= worth(all)) {
                break;
            }
            let one = (a, b, (a.in_turns(b), all.1));
            if best.is_none_or(|(.., best)| worth(best) < worth(one.2)) {
                best = Some(one);
            }
        }
        best
    }
}

/// Which of several pairs of windows at one place shows best what was reworded.
fn worth((bits, share): (f32, f32)) -> f32 {
    bits * share.max(0.0).sqrt()
}

impl Window {
    fn of(of: Range<usize>, parts: &[&Content]) -> Self {
        let mut items: Vec<Item> = parts.iter().flat_map(|c| c.items.iter().copied()).collect();
        items.sort_unstable_by_key(|item| (item.key, item.letters));
        let weight = items.iter().map(|item| item.weight).sum();
        Self { of, letters: parts.iter().map(|c| c.letters).sum(), items, weight }
    }

    /// The items that both have, side by side.
    pub fn met(&self, other: &Self) -> impl Iterator<Item = (Item, Item)> {
        let mut rest = other.items.iter().peekable();
        self.items.iter().filter_map(move |item| {
            while rest.next_if(|other| other.key < item.key).is_some() {}
            rest.next_if(|other| other.key == item.key).map(|other| (*item, *other))
        })
    }

    /// The part of these clauses of it of which the other has a good part.
    pub fn met_clauses(&self, clauses: &[Letters], other: &Self) -> f32 {
        let mut bits = vec![(0.0f32, 0.0f32); clauses.len()];
        let clause = |item: &Item| {
            let at = clauses.partition_point(|clause| clause.end <= item.letters.start);
            clauses.get(at).filter(|clause| clause.start <= item.letters.start).map(|_| at)
        };
        self.items
            .iter()
            .filter_map(|item| Some((clause(item)?, item)))
            .for_each(|(at, i)| bits[at].0 += i.weight);
        self.met(other)
            .filter_map(|(i, _)| Some((clause(&i)?, i)))
            .for_each(|(at, i)| bits[at].1 += i.weight);
        let heavy = bits.iter().filter(|(all, _)| *all > 0.0).count();
        let met = bits.iter().filter(|(all, met)| *all > 0.0 && *met >= all * MET).count();
        met as f32 / heavy.max(1) as f32
    }

    /// How much both have, in bits and as a part of all that they hold; `None` if it is next to nothing.
    fn shared(&self, other: &Self) -> Option<(f32, f32)> {
        let (bits, all) = (self.bits(other), self.weight + other.weight);
        (bits >= BOUNDS.least).then(|| (bits, 2.0 * bits / all.max(1.0)))
    }

    /// The same in bits where each turn counts so much at most.
    fn in_turns(&self, other: &Self) -> f32 {
        let mut met: Vec<(Item, Item)> = self.met(other).collect();
        met.sort_unstable_by_key(|(here, there)| (here.letters, there.letters));
        // A turn: what follows each other on both sides with no more than a word between.
        let near = |a: &(Item, Item), b: &(Item, Item)| {
            b.0.letters.start <= a.0.letters.end + BOUNDS.between
                && b.1.letters.start <= a.1.letters.end + BOUNDS.between
                && b.1.letters.start >= a.1.letters.start
        };
        let of_turn =
            |turn: &[(Item, Item)]| turn.iter().map(|(item, _)| item.weight).sum::<f32>().min(BOUNDS.turn);
        met.chunk_by(near).map(of_turn).sum()
    }

    /// How much both have, in bits.
    fn bits(&self, other: &Self) -> f32 {
        self.met(other).map(|(item, _)| item.weight).sum()
    }
}

/// Pairs that overlap, as words with what they weigh, in order.
fn joined(mut items: Vec<Item>) -> Vec<(f32, Letters)> {
    items.sort_unstable_by_key(|item| item.letters);
    let mut words: Vec<(f32, Letters)> = Vec::new();
    for item in items {
        match words.last_mut() {
            Some((weight, word)) if item.letters.start < word.end => {
                *weight += item.weight;
                word.end = item.letters.end;
            }
            _ => words.push((item.weight, item.letters)),
        }
    }
    words
}

/// The words that these sentences of a draft have in common with another text, the rarest first.
pub(super) fn common(draft: &Comparable<'_>, own: &[Content], theirs: &Content) -> Vec<String> {
    let has = |item: &&Item| theirs.items.binary_search_by_key(&item.key, |i| i.key).is_ok();
    let mut words = joined(own.iter().flat_map(|c| c.items.iter().filter(has).copied()).collect());
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut told: Vec<String> = Vec::new();
    for (_, letters) in words {
        let word = draft.text()[draft.bytes(letters)].to_owned();
        if told.len() < TOLD && !told.contains(&word) {
            told.push(word);
        }
    }
    told
}
