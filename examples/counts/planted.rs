//! Errors of many kinds, planted in documents, and found again: what settles `official.judge`, and what
//! measures it (`--judge FILE` and `--planted BARS`).
//!
//! A character becomes one of the same sound, of a near one or of a like shape, the commoner the likelier; a
//! word one of the same sound; two change places, one goes or comes. To settle the judge, counts of
//! one half of the sources of `learn` are tried on the other half; to measure it, the counts and the judge that
//! are built in on documents that neither has seen.

use std::collections::BTreeMap;

use wengao::counts::{
    Alike, Between, Counts, EDGE, FAMILIES, FIGURE, Judge, LATIN, Letters, Likeness, Speller, Suspect,
    stable_hash, stable_mix,
};

use super::forest::{self, Row};
use super::table;

type Documents = [(String, String)];
type Done = Result<(), Box<dyn std::error::Error>>;

const KINDS: [&str; 9] = ["tone", "sound", "near", "shape", "idiom", "word", "turned", "missing", "extra"];
/// How many of each kind are planted.
const PLANTED: usize = 12_000;
/// Letters on both sides of an error; what stands farther off changes nothing.
const SIDE: usize = 30;
/// False alarms of each family per 10,000 letters for which a bar is told: likes, words, turned, missing, extra, idioms.
const BORNE: [[f64; FAMILIES]; 3] = [
    [0.05, 0.005, 0.01, 0.01, 0.01, 0.02],
    [0.09, 0.01, 0.02, 0.02, 0.02, 0.04],
    [0.15, 0.015, 0.03, 0.03, 0.03, 0.08],
];
/// How many trees each family has.
const TREES: [usize; FAMILIES] = [140, 30, 50, 50, 50, 30];

/// From here on what is said of sound text is taken for true.
const TRUE_SLIP: f64 = 3.0;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0 += 1;
        (stable_mix(self.0) % below.max(1) as u64) as usize
    }

    /// One of these, each with its weight.
    fn pick<T: Copy>(&mut self, all: &[(T, f64)]) -> Option<T> {
        let sum: f64 = all.iter().map(|(_, weight)| weight).sum();
        let mut at = self.below(1 << 30) as f64 / f64::from(1 << 30) * sum;
        all.iter()
            .find(|(_, weight)| {
                at -= weight;
                at <= 0.0
            })
            .map(|(one, _)| *one)
    }
}

fn is_han(letter: char) -> bool {
    !matches!(letter, EDGE | FIGURE | LATIN | '%')
}

/// The letters with an error of this kind at `at`, if there can be one.
fn plant(kind: &str, sound: &[char], at: usize, counts: Counts<'_>, dice: &mut Dice) -> Option<Vec<char>> {
    let alike = Alike::shipped();
    let mut planted = sound.to_vec();
    let (letter, next) = (*sound.get(at)?, *sound.get(at + 1)?);
    if !is_han(letter) {
        return None;
    }
    let common = |c: char| match counts.level(&[c]) {
        0 => 0.02,
        level => 2_f64.powf(f64::from(level) * 0.6) / 64.0,
    };
    match kind {
        "tone" | "sound" | "near" | "shape" => {
            let wanted = match kind {
                "tone" => Likeness::Tone,
                "sound" => Likeness::Sound,
                "near" => Likeness::Near,
                _ => Likeness::Shape,
            };
            let all: Vec<(char, f64)> = alike
                .of(letter)
                .filter(|(_, likeness)| *likeness == wanted)
                .enumerate()
                .map(|(n, (c, _))| (c, if kind == "shape" { 1.0 / (n + 1) as f64 } else { common(c) }))
                .collect();
            planted[at] = dice.pick(&all)?;
        }
        // Half of them by sound, and half by shape.
        "idiom" => {
            let idiom = (at - 3..=at).any(|from| alike.is_word(&sound[from..from + 4]));
            let wanted = if dice.below(2) == 0 { Likeness::Sound } else { Likeness::Shape };
            let fits =
                |likeness| likeness == wanted || likeness == Likeness::Tone && wanted == Likeness::Sound;
            let all: Vec<(char, f64)> = alike
                .of(letter)
                .filter(|(_, likeness)| fits(*likeness))
                .map(|(c, _)| (c, common(c)))
                .collect();
            planted[at] = dice.pick(&all).filter(|_| idiom)?;
        }
        "word" => {
            let sounds = |c| alike.of(c).filter(|(_, l)| *l <= Likeness::Sound).map(|(c, _)| c);
            let seconds: Vec<char> = sounds(next).collect();
            let words = |one| {
                counts.followers(one).filter(|two| seconds.contains(two)).map(move |two| ([one, two], 1.0))
            };
            let all: Vec<([char; 2], f64)> = sounds(letter).flat_map(words).collect();
            if counts.level(&[letter, next]) < 5 {
                return None;
            }
            planted[at..at + 2].copy_from_slice(&dice.pick(&all)?);
        }
        "turned" if is_han(next) => planted.swap(at, at + 1),
        "missing" => {
            planted.remove(at);
        }
        // A function word, or what stands near by: a hand that hesitated.
        "extra" => {
            const COMMON: [char; 10] = ['的', '了', '在', '和', '是', '有', '要', '为', '对', '大'];
            let other =
                if dice.below(2) == 0 { COMMON[dice.below(10)] } else { sound[at + dice.below(12) - 6] };
            planted.insert(at, other);
        }
        _ => return None,
    }
    let touched = planted.get(at.saturating_sub(1)..at + 3)?;
    (planted != sound && touched.iter().all(|&c| is_han(c) || c == EDGE)).then_some(planted)
}

/// A place in one of the texts with enough on both sides.
fn place<'t>(texts: &'t [Letters], dice: &mut Dice) -> Option<&'t [char]> {
    let letters = texts[dice.below(texts.len())].all();
    let at = dice.below(letters.len());
    letters.get(at.checked_sub(SIDE)?..at + SIDE)
}

/// The suspects near an error, each with whether it gives back what stood there.
fn tried(planted: &[char], sound: &[char], counts: Counts<'_>, between: Between<'_>) -> Vec<(Suspect, bool)> {
    let speller = Speller::of(planted, counts, between);
    (SIDE - 2..SIDE + 4)
        .flat_map(|at| speller.suspects_at(at))
        .map(|suspect| {
            let (before, after) = (&planted[..suspect.at.start], &planted[suspect.at.end..]);
            let right = [before, &suspect.right, after].concat() == sound;
            (suspect, right)
        })
        .collect()
}

/// Settles the judge within `learn`: its bytes.
pub fn settle(learn: &Documents) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let (one, other): (Vec<_>, Vec<_>) =
        learn.iter().cloned().partition(|(source, _)| stable_hash(&[source]).is_multiple_of(2));
    let (bytes, between) = table(&one)?;
    let (counts, between) = (Counts::open(&bytes)?, Between::open(&between));
    let texts: Vec<Letters> = other.iter().map(|(_, text)| Letters::of(text)).collect();
    let mut rows: [Vec<Row>; FAMILIES] = Default::default();
    let mut dice = Dice(0);
    for kind in KINDS {
        let mut done = 0;
        while done < PLANTED {
            let Some(sound) = place(&texts, &mut dice) else { continue };
            let Some(planted) = plant(kind, sound, SIDE, counts, &mut dice) else { continue };
            done += 1;
            for (suspect, right) in tried(&planted, sound, counts, between) {
                // A wrong answer is not as bad as a false alarm.
                let weight = if right { 1.0 } else { 0.3 };
                rows[suspect.kind.family()].push(Row { features: suspect.features, slip: right, weight });
            }
        }
    }
    // What is said of sound text; every second document, so that the others can tell where the bars lie.
    let mut kept = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        for suspect in Speller::of(text.all(), counts, between).suspects() {
            if number % 2 == 0 {
                rows[suspect.kind.family()].push(Row {
                    features: suspect.features,
                    slip: false,
                    weight: 1.0,
                });
            } else {
                kept.push(suspect);
            }
        }
    }
    let mut packed = Vec::new();
    for (mut rows, trees) in rows.into_iter().zip(TREES) {
        // What is surest of the false alarms is mostly no false one: published texts have slips. It is left
        // out, and the trees are grown anew.
        let first = forest::grow(&rows, trees);
        let length = rows.len();
        rows.retain(|row| row.slip || forest::says(&first, &row.features) < TRUE_SLIP);
        println!("{} rows left out", length - rows.len());
        let grown = forest::grow(&rows, trees);
        println!(
            "{} rows, {} slips, {} bytes of trees",
            rows.len(),
            rows.iter().filter(|r| r.slip).count(),
            grown.len()
        );
        packed.extend((grown.len() as u32).to_le_bytes());
        packed.extend(grown);
    }
    let judge = Judge::open(&packed);
    let letters: usize = texts.iter().skip(1).step_by(2).map(|text| text.all().len()).sum();
    for borne in BORNE {
        let bars = bars(judge, &kept, letters, borne);
        println!("{borne:?} false alarms per 10,000 letters: bars {bars:.2?}");
    }
    Ok(packed)
}

/// The bars past which each family is wrong so often.
fn bars(judge: Judge<'_>, sound: &[Suspect], letters: usize, borne: [f64; FAMILIES]) -> [f32; FAMILIES] {
    let mut said: [Vec<f32>; FAMILIES] = Default::default();
    for suspect in sound {
        said[suspect.kind.family()].push(judge.says(suspect));
    }
    std::array::from_fn(|family| {
        let said = &mut said[family];
        said.sort_by(|a, b| b.total_cmp(a));
        let most = (borne[family] * letters as f64 / 10_000.0) as usize;
        said.get(most).or(said.last()).copied().unwrap_or(f32::INFINITY)
    })
}

/// What the counts and the judge that are built in do at these bars.
pub fn measure(documents: &Documents, bars: [f32; FAMILIES]) -> Done {
    let (counts, between, judge) = (Counts::shipped(), Between::shipped(), Judge::shipped());
    let texts: Vec<Letters> = documents.iter().map(|(_, text)| Letters::of(text)).collect();
    let passes = |suspect: &Suspect| judge.says(suspect) - bars[suspect.kind.family()];
    let mut dice = Dice(1 << 40);
    for kind in KINDS {
        let (mut done, mut found, mut right) = (0, 0, 0);
        while done < 1_000 {
            let Some(sound) = place(&texts, &mut dice) else { continue };
            let Some(planted) = plant(kind, sound, SIDE, counts, &mut dice) else { continue };
            done += 1;
            let best = tried(&planted, sound, counts, between)
                .into_iter()
                .map(|(suspect, right)| (passes(&suspect), right))
                .filter(|(sure, _)| *sure >= 0.0)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            found += usize::from(best.is_some());
            right += usize::from(best.is_some_and(|(_, right)| right));
        }
        println!("{kind:8} found {:.3}, right {:.3}", found as f64 / 1e3, right as f64 / found.max(1) as f64);
    }
    let letters: usize = texts.iter().map(|text| text.all().len()).sum();
    let mut said: BTreeMap<usize, usize> = BTreeMap::new();
    for text in &texts {
        for suspect in Speller::of(text.all(), counts, between).suspects() {
            if passes(&suspect) >= 0.0 {
                *said.entry(suspect.kind.family()).or_default() += 1;
            }
        }
    }
    for (family, often) in said {
        println!(
            "family {family}: {:.4} per 10,000 letters of sound text",
            often as f64 * 1e4 / letters as f64
        );
    }
    Ok(())
}
