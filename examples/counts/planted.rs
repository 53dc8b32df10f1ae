//! Errors of many kinds, planted in documents, and found again: what settles `official.judge`, and what
//! measures it (`--judge FILE` and `--planted BARS`).
//!
//! A character becomes one of the same sound, of a near one or of a like shape, the commoner the likelier; a
//! word one of the same sound; two change places, one goes or comes. To settle the judge, `learn` is taken into
//! four parts by its sources, and counts of three are tried on the fourth; to measure it, the counts and the judge
//! that are built in on documents that neither has seen.

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
const PLANTED: [usize; 9] = [14_000, 14_000, 14_000, 14_000, 6_000, 6_000, 24_000, 40_000, 24_000];
/// Parts into which the sources of `learn` are taken; the counts of all but one are tried on it.
const FOLDS: u64 = 4;
/// Letters on both sides of an error; what stands farther off changes nothing.
const SIDE: usize = 30;
/// False alarms of each family per 10,000 letters for which a bar is told: likes, words, turned, missing, extra, idioms.
const BORNE: [[f64; FAMILIES]; 5] = [
    [0.04, 0.001, 0.008, 0.03, 0.012, 0.006],
    [0.06, 0.001, 0.012, 0.05, 0.02, 0.008],
    [0.10, 0.002, 0.03, 0.10, 0.05, 0.01],
    [0.13, 0.004, 0.05, 0.15, 0.10, 0.012],
    [0.18, 0.006, 0.08, 0.25, 0.16, 0.02],
];
/// How many trees each family has.
const TREES: [usize; FAMILIES] = [170, 30, 80, 120, 120, 30];

/// From here on what is said of sound text is taken for true, by families; read on `learn`.
const TRUE_SLIP: [f64; FAMILIES] = [2.6, 2.6, 5.0, 0.6, f64::INFINITY, 2.2];

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

/// Whether an error lies within a word: the character is of one, both are, or it parts one.
fn is_within(kind: &str, sound: &[char]) -> bool {
    let site = match kind {
        "turned" => SIDE..SIDE + 2,
        "extra" => SIDE - 1..SIDE + 1,
        _ => SIDE..SIDE + 1,
    };
    (2..=4).any(|length| {
        (site.end - length..=site.start).any(|from| {
            let word = &sound[from..from + length];
            word.iter().all(|&c| is_han(c)) && Alike::shipped().is_word(word)
        })
    })
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

/// What a place was said of, by counts that have not seen its document.
struct Said {
    row: Row,
    family: usize,
    fold: u64,
    /// The error that was planted there, by its number; none in sound text.
    planted: Option<usize>,
    /// What the trees say that were grown without its half of the folds.
    score: f64,
}

/// All that is said of a fold of `learn` by the counts of the others: of errors, whose kinds are put down, and of
/// sound text.
fn hear(
    learn: &Documents,
    fold: u64,
    kinds: &mut Vec<usize>,
    said: &mut Vec<Said>,
) -> Result<usize, Box<dyn std::error::Error>> {
    let of = |source: &str| stable_mix(stable_hash(&[source])) % FOLDS;
    let (bytes, between) = table(learn.iter().filter(|(source, _)| of(source) != fold))?;
    let (counts, between) = (Counts::open(&bytes)?, Between::open(&between));
    let own = learn.iter().filter(|(source, _)| of(source) == fold);
    let texts: Vec<Letters> = own.map(|(_, text)| Letters::of(text)).collect();
    let mut dice = Dice(fold << 32);
    for (number, (kind, often)) in KINDS.iter().zip(PLANTED).enumerate() {
        let mut done = 0;
        while done < often / FOLDS as usize {
            let Some(sound) = place(&texts, &mut dice) else { continue };
            let Some(planted) = plant(kind, sound, SIDE, counts, &mut dice) else { continue };
            done += 1;
            kinds.push(number);
            for (suspect, right) in tried(&planted, sound, counts, between) {
                // A wrong answer is not as bad as a false alarm.
                let row =
                    Row { features: suspect.features, slip: right, weight: if right { 1.0 } else { 0.3 } };
                let planted = Some(kinds.len() - 1);
                said.push(Said { row, family: suspect.kind.family(), fold, planted, score: 0.0 });
            }
        }
    }
    for text in &texts {
        for suspect in Speller::of(text.all(), counts, between).suspects() {
            let row = Row { features: suspect.features, slip: false, weight: 1.0 };
            said.push(Said { row, family: suspect.kind.family(), fold, planted: None, score: 0.0 });
        }
    }
    Ok(texts.iter().map(|text| text.all().len()).sum())
}

/// Settles the judge within `learn`: its bytes.
pub fn settle(learn: &Documents) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let (mut said, mut kinds, mut letters) = (Vec::new(), Vec::new(), 0);
    for fold in 0..FOLDS {
        letters += hear(learn, fold, &mut kinds, &mut said)?;
    }
    cross(&mut said);
    // What is surest of the false alarms is mostly no false one: published texts have slips. It is left out, and
    // the trees are grown anew.
    let length = said.len();
    let (slips, mut said): (Vec<Said>, Vec<Said>) =
        said.into_iter().partition(|said| said.planted.is_none() && said.score > TRUE_SLIP[said.family]);
    println!("{length} rows, {} left out", slips.len());
    cross(&mut said);
    for borne in BORNE {
        tell(&said, &slips, &kinds, letters, borne);
    }
    let mut packed = Vec::new();
    for (family, trees) in TREES.into_iter().enumerate() {
        let rows: Vec<&Row> =
            said.iter().filter(|said| said.family == family).map(|said| &said.row).collect();
        let grown = forest::grow(&rows, trees);
        println!("{} rows, {} bytes of trees", rows.len(), grown.len());
        packed.extend((grown.len() as u32).to_le_bytes());
        packed.extend(grown);
    }
    Ok(packed)
}

/// Gives each row the score of trees that were grown from the other half of the folds.
fn cross(said: &mut [Said]) {
    for half in 0..2 {
        for (family, trees) in TREES.into_iter().enumerate() {
            let others = said.iter().filter(|said| said.family == family && said.fold % 2 != half);
            let others: Vec<&Row> = others.map(|said| &said.row).collect();
            let grown = forest::grow(&others, trees);
            for said in said.iter_mut().filter(|said| said.family == family && said.fold % 2 == half) {
                said.score = forest::says(&grown, &said.row.features);
            }
        }
    }
}

/// Prints the bars past which each family is wrong so often, with what is said of published text counted as wrong,
/// and what is found there.
fn tell(said: &[Said], slips: &[Said], kinds: &[usize], letters: usize, borne: [f64; FAMILIES]) {
    let bars: [f64; FAMILIES] = std::array::from_fn(|family| {
        let sound = said.iter().chain(slips).filter(|said| said.family == family && said.planted.is_none());
        let mut scores: Vec<f64> = sound.map(|said| said.score).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        let most = (borne[family] * letters as f64 / 10_000.0) as usize;
        scores.get(most).or(scores.last()).copied().unwrap_or(f64::INFINITY)
    });
    println!("{borne:?} false alarms per 10,000 letters: bars {bars:.2?}");
    let found = said.iter().filter(|said| said.score >= bars[said.family]).filter_map(|said| said.planted);
    let mut found: Vec<usize> = found.collect();
    found.dedup();
    for (number, kind) in KINDS.iter().enumerate() {
        let all = kinds.iter().filter(|&&kind| kind == number).count();
        let found = found.iter().filter(|&&planted| kinds[planted] == number).count();
        print!("{kind} {:.3}  ", found as f64 / all.max(1) as f64);
    }
    println!();
}

/// What the counts and the judge that are built in do at these bars.
pub fn measure(documents: &Documents, bars: [f32; FAMILIES]) -> Done {
    let (counts, between, judge) = (Counts::shipped(), Between::shipped(), Judge::shipped());
    let texts: Vec<Letters> = documents.iter().map(|(_, text)| Letters::of(text)).collect();
    let passes = |suspect: &Suspect| judge.says(suspect) - bars[suspect.kind.family()];
    let mut dice = Dice(1 << 40);
    for kind in KINDS {
        // All, and those within a word.
        let (mut done, mut found, mut right) = ([0, 0], [0, 0], 0);
        while done[0] < 1_000 {
            let Some(sound) = place(&texts, &mut dice) else { continue };
            let Some(planted) = plant(kind, sound, SIDE, counts, &mut dice) else { continue };
            let within = usize::from(is_within(kind, sound));
            done[0] += 1;
            done[1] += within;
            let best = tried(&planted, sound, counts, between)
                .into_iter()
                .map(|(suspect, right)| (passes(&suspect), right))
                .filter(|(sure, _)| *sure >= 0.0)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            found[0] += usize::from(best.is_some());
            found[1] += within * usize::from(best.is_some());
            right += usize::from(best.is_some_and(|(_, right)| right));
        }
        let share = |of: usize, all: usize| of as f64 / all.max(1) as f64;
        println!(
            "{kind:8} found {:.3}, right {:.3}; within words ({}) {:.3}",
            share(found[0], done[0]),
            share(right, found[0]),
            done[1],
            share(found[1], done[1])
        );
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
