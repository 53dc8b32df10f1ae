//! What the counts are worth: characters doubled, dropped and swapped in documents that they were not
//! made of, found again by the simplest test, and how often that test is wrong where nothing was
//! planted.
//!
//! The test: across some joint of two letters no n-gram of three or more is known; with one letter less,
//! one more, or two swapped there, four letters are known that hold the change and occur often enough,
//! and the text is likelier by enough bits. What is enough is settled within `learn`: counts of one half
//! of its sources, tried on the other half. Then the counts that are built in are tried on `measure`.

use std::collections::BTreeMap;
use std::ops::Range;

use wengao::counts::{Counts, EDGE, FIGURE, LATIN, LONGEST, Letters};
use wengao::counts::{stable_hash, stable_mix};

use super::table;

/// How many slips of a kind are planted.
const PLANTED: usize = 1_000;
/// Bits that the other text must be likelier by.
const BITS: [f32; 6] = [8.0, 12.0, 16.0, 20.0, 25.0, 30.0];
/// How often the four letters that hold the change must occur, as a level.
const SUPPORT: [u8; 3] = [2, 4, 6];
/// How surely a word must be torn there.
const TORN: [u8; 4] = [0, 3, 5, 7];
/// The three bars.
type Bars = (f32, u8, u8);

/// False alarms of a kind per 10,000 letters that are borne in `learn`.
const BORNE: f64 = 0.07;
const KINDS: [&str; 3] = ["doubled", "dropped", "swapped"];

type Documents = [(String, String)];
type Done = Result<(), Box<dyn std::error::Error>>;

/// Settles the bars within `learn` and tells what they do there and on `measure`.
pub fn run(learn: &Documents, measure: &Documents) -> Done {
    let (one, other): (Vec<_>, Vec<_>) =
        learn.iter().cloned().partition(|(source, _)| stable_hash(&[source]).is_multiple_of(2));
    let (bytes, _) = table(&one)?;
    println!("\ncounts of one half of learn, tried on the other");
    let half = Outcome::of(Counts::open(&bytes)?, &other);
    half.print();
    let bars = half.best();
    println!("settled within learn: {bars:?}");
    println!("a letter costs {:.2} bits", letter(Counts::shipped(), measure));
    println!("\nthe counts that are built in, tried on measure");
    let whole = Outcome::of(Counts::shipped(), measure);
    whole.print();
    for (kind, bars) in bars {
        println!("with the bars of learn: {}", whole.line(kind, bars));
        whole.read(kind, bars);
    }
    Ok(())
}

/// A slip that the test sees.
struct Alarm {
    kind: &'static str,
    written: Range<usize>,
    repaired: Vec<char>,
    bits: f32,
    support: u8,
    torn: u8,
}

fn is_han(letter: char) -> bool {
    !matches!(letter, EDGE | FIGURE | LATIN | '%')
}

/// All alarms at any bar, at most one of a kind at each joint.
fn alarms(counts: Counts<'_>, letters: &[char]) -> Vec<Alarm> {
    let bridges = counts.bridges(letters);
    let mut found = Vec::new();
    for at in 1..letters.len().saturating_sub(1) {
        if bridges[at] > 2 {
            continue;
        }
        let (left, right) = (letters[at - 1], letters[at]);
        let mut tries: Vec<(&str, Range<usize>, Vec<char>)> = Vec::new();
        if left == right && is_han(left) {
            tries.push(("doubled", at..at + 1, Vec::new()));
        }
        if is_han(left) && is_han(right) && left != right {
            tries.push(("swapped", at - 1..at + 1, vec![right, left]));
        }
        for lost in counts.followers(left).filter(|&c| is_han(c)) {
            if counts.level(&[left, lost, right]) >= SUPPORT[0] {
                tries.push(("dropped", at..at, vec![lost]));
            }
        }
        let mut best: [Option<Alarm>; 3] = [None, None, None];
        for (kind, written, repaired) in tries {
            let (before, after) = (&letters[..written.start], &letters[written.end..]);
            let support = support(counts, before, &repaired, after);
            if support < SUPPORT[0] {
                continue;
            }
            let bits = counts.compare(before, &letters[written.clone()], &repaired, after);
            let Some(best) = KINDS.iter().position(|k| *k == kind).and_then(|at| best.get_mut(at)) else {
                continue;
            };
            if bits >= best.as_ref().map_or(BITS[0], |best| best.bits) {
                *best = Some(Alarm {
                    kind,
                    written,
                    repaired,
                    bits,
                    support,
                    torn: counts.torn(&letters[..at], &letters[at..]),
                });
            }
        }
        found.extend(best.into_iter().flatten());
    }
    found
}

/// The highest level of four letters that hold the whole change and both its neighbours, as far as
/// four letters can.
fn support(counts: Counts<'_>, before: &[char], repaired: &[char], after: &[char]) -> u8 {
    const HOLD: usize = 4;
    let before = &before[before.len().saturating_sub(HOLD - 1)..];
    let text = [before, repaired, &after[..after.len().min(HOLD - 1)]].concat();
    let (from, to) = (before.len(), before.len() + repaired.len());
    text.windows(HOLD)
        .enumerate()
        .filter(|&(at, _)| at < from && at + HOLD > to)
        .map(|(_, window)| counts.level(window))
        .max()
        .unwrap_or(0)
}

/// What the test does at every bar.
struct Outcome {
    letters: usize,
    /// By kind: bits, support and what it says, of each alarm where nothing was planted.
    false_alarms: BTreeMap<&'static str, Vec<(Bars, String)>>,
    /// By kind: bits, support and whether the repair gave the text back.
    planted: BTreeMap<&'static str, Vec<Option<(Bars, bool)>>>,
}

impl Outcome {
    fn of(counts: Counts<'_>, documents: &Documents) -> Self {
        let texts: Vec<Letters> = documents.iter().map(|(_, text)| Letters::of(text)).collect();
        let mut outcome = Self { letters: 0, false_alarms: BTreeMap::new(), planted: BTreeMap::new() };
        for text in &texts {
            let letters = text.all();
            outcome.letters += letters.len();
            for alarm in alarms(counts, letters) {
                let from = alarm.written.start.saturating_sub(8);
                let to = (alarm.written.end + 8).min(letters.len());
                let words = |range: Range<usize>| letters[range].iter().collect::<String>();
                let says = format!(
                    "{}[{}→{}]{}",
                    words(from..alarm.written.start),
                    words(alarm.written.clone()),
                    alarm.repaired.iter().collect::<String>(),
                    words(alarm.written.end..to)
                );
                outcome
                    .false_alarms
                    .entry(alarm.kind)
                    .or_default()
                    .push(((alarm.bits, alarm.support, alarm.torn), says));
            }
        }
        let mut random = 0;
        let mut next = |below: usize| {
            random += 1;
            (stable_mix(random) % below as u64) as usize
        };
        for kind in KINDS {
            let found = outcome.planted.entry(kind).or_default();
            while found.len() < PLANTED {
                let letters = texts[next(texts.len())].all();
                let at = next(letters.len());
                // Thirty letters on both sides; what stands far off changes nothing.
                let Some(sound) = letters.get(at.saturating_sub(30)..at + 30) else { continue };
                let at = at.min(30);
                found.extend(plant(kind, sound, at).map(|planted| {
                    let near = at.saturating_sub(2)..at + 4;
                    alarms(counts, &planted)
                        .into_iter()
                        .filter(|a| {
                            a.kind == kind && a.written.start < near.end && a.written.end >= near.start
                        })
                        .max_by(|a, b| a.bits.total_cmp(&b.bits))
                        .map(|a| {
                            let (before, after) = (&planted[..a.written.start], &planted[a.written.end..]);
                            ((a.bits, a.support, a.torn), [before, &a.repaired, after].concat() == sound)
                        })
                }));
            }
        }
        outcome
    }

    /// Found and rightly repaired of a kind, in shares, and its false alarms per 10,000 letters.
    fn at(&self, kind: &str, bars: Bars) -> (f64, f64, f64) {
        let passes = |at: Bars| at.0 >= bars.0 && at.1 >= bars.1 && at.2 >= bars.2;
        let all = self.planted.get(kind).map_or(&[][..], |all| all);
        let found = all.iter().flatten().filter(|(at, _)| passes(*at));
        let right = found.clone().filter(|(_, right)| *right).count();
        let wrong = self.false_alarms.get(kind).into_iter().flatten().filter(|(at, _)| passes(*at)).count();
        let share = |of: usize| of as f64 / all.len() as f64;
        (share(found.count()), share(right), wrong as f64 * 10_000.0 / self.letters as f64)
    }

    fn line(&self, kind: &str, bars: Bars) -> String {
        let (found, right, wrong) = self.at(kind, bars);
        format!(
            "{kind}, {:>4} bits, level {}, torn {}: {found:.3} (right {right:.3}), false {wrong:.3}",
            bars.0, bars.1, bars.2
        )
    }

    fn print(&self) {
        println!("{} letters; shares of {PLANTED} planted; false alarms per 10,000 letters", self.letters);
        for (kind, bars) in KINDS.iter().flat_map(|kind| every_bar().map(move |bars| (kind, bars))) {
            println!("{}", self.line(kind, bars));
        }
    }

    /// For each kind the bars that find most at no more than [`BORNE`] false alarms.
    fn best(&self) -> BTreeMap<&'static str, Bars> {
        let best = |kind: &str| {
            let borne = every_bar().filter(|&bars| self.at(kind, bars).2 <= BORNE);
            borne.max_by(|&a, &b| self.at(kind, a).0.total_cmp(&self.at(kind, b).0))
        };
        KINDS.iter().filter_map(|kind| Some((*kind, best(kind)?))).collect()
    }

    /// Some of the false alarms, evenly drawn, to be read.
    fn read(&self, kind: &str, bars: Bars) {
        let all = self.false_alarms.get(kind).into_iter().flatten();
        let all: Vec<_> = all.filter(|(at, _)| at.0 >= bars.0 && at.1 >= bars.1 && at.2 >= bars.2).collect();
        let mut often: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, says) in &all {
            let change = says.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
            *often.entry(change.map_or("", |(change, _)| change)).or_default() += 1;
        }
        let mut often: Vec<_> = often.into_iter().map(|(change, times)| (times, change)).collect();
        often.sort_by(|a, b| b.cmp(a));
        often.truncate(24);
        println!("{} false alarms; changes most often proposed: {often:?}; some of them:", all.len());
        for ((bits, support, torn), says) in all.iter().step_by((all.len() / 60).max(1)) {
            println!("{bits:>5.1} {support:>2} {torn:>2} {says}");
        }
    }
}

fn every_bar() -> impl Iterator<Item = Bars> {
    TORN.iter().flat_map(|&torn| SUPPORT.iter().flat_map(move |&level| BITS.map(|bits| (bits, level, torn))))
}

/// The letters with a slip at `at`, if there is a Han character and the slip changes something.
fn plant(kind: &str, letters: &[char], at: usize) -> Option<Vec<char>> {
    let han = letters.get(at..at + 2)?.iter().all(|&c| is_han(c));
    let mut planted = letters.to_vec();
    match kind {
        "doubled" => planted.insert(at, letters[at]),
        "dropped" => {
            planted.remove(at);
        }
        _ => planted.swap(at, at + 1),
    }
    (han && planted != letters && letters.len() > LONGEST).then_some(planted)
}

/// What a letter costs on the average, in bits; edges and figures are letters as well.
fn letter(counts: Counts<'_>, documents: &Documents) -> f64 {
    let mut bits = 0.0;
    let mut letters = 0;
    for (_, text) in documents.iter().step_by(10) {
        let text = Letters::of(text);
        letters += text.all().len();
        bits -= (0..text.all().len()).map(|at| f64::from(counts.chance(text.all(), at))).sum::<f64>();
    }
    bits / letters as f64
}
