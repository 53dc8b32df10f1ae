//! What slips of hands and programs do to a word, told by counts of what official prose says: a
//! character lost (乡振兴), a character or a word said twice (政府府, 整治整治行动).
//!
//! A stretch is damaged where what stands there was never seen and what it would be after one change
//! is common. That alone is not enough, since abbreviations and words that meet were never seen
//! either (义务教育段, 厂外管网): what must also hold is that the change mends words. A lost character
//! leaves a letter that stands for itself nowhere else: of all that begins or ends like its
//! neighbours nearly everything has the lost one beside it. Of a character that stands twice, one
//! belongs to no word: neither does a word end with the first, or none begins with the second.
//!
//! Thresholds were set on a quarter of the documents for learning, with a table that was counted from
//! the other three: 5.6 million letters, in which each kind may be wrong some few times.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::counts::{Around, Between, Counts, EDGE, LONGEST, UNASKED};
use crate::base::han::is_han;
use crate::base::lexicon::damaged_text::FREE;
use crate::rules::reading::letters::stand_twice;

/// How a word was damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character is gone.
    Lost,
    /// A character stands twice.
    Doubled,
    /// A word stands twice.
    Repeated,
}

/// One slip.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slip {
    pub(super) kind: Kind,
    /// The letters that are to be replaced; empty where one is to be put in.
    pub(super) at: Range<usize>,
    /// What should stand there.
    pub(super) right: String,
    /// By how many bits the text is likelier so.
    pub(super) gain: f32,
}

/// A text with its counts.
pub(super) struct Reader<'t> {
    around: Around<'t>,
    between: Between<'t>,
}

impl<'t> Reader<'t> {
    pub(super) fn of(letters: &'t [char], counts: Counts<'t>, between: Between<'t>) -> Self {
        Self { around: Around::of(letters, counts), between }
    }

    /// All slips, from left to right, none near another.
    pub(super) fn slips(&self) -> Vec<Slip> {
        let mut found = Vec::new();
        for at in 1..self.around.letters.len() {
            self.lost(at, &mut found);
            self.doubled(at, &mut found);
            self.repeated(at, &mut found);
        }
        // What is wrong with a place can often be explained in several ways; the likeliest counts.
        found.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.at.start.cmp(&b.at.start)));
        let mut kept: BTreeMap<usize, Slip> = BTreeMap::new();
        for slip in found {
            // What is kept lies apart, so only the one before and the one after can be near.
            let before = kept.range(..=slip.at.start).next_back().map(|(_, k)| k.at.end + 3);
            let after = kept.range(slip.at.start + 1..).next().map(|(start, _)| *start);
            let (start, end) = (slip.at.start, slip.at.end + 3);
            if before.is_none_or(|before| start > before) && after.is_none_or(|after| after > end) {
                kept.insert(start, slip);
            }
        }
        kept.into_values().collect()
    }

    /// The words round a slip, as letters that stand there, what they should be, and the name that
    /// they belong to, if it is one of [`super::names`]. Of the common phrases of four or five letters
    /// that the change makes it is the commonest.
    pub(super) fn quoted(&self, slip: &Slip) -> (Range<usize>, String, Option<&'static str>) {
        let right: Vec<char> = slip.right.chars().collect();
        let (changed, site) = self.around.changed(&slip.at, &right, super::names::LONGEST);
        let name = super::names::over(&changed, &site);
        let (changed, site) = self.around.changed(&slip.at, &right, LONGEST);
        // Counts fall by about one level from a phrase to the one that is a letter longer.
        let phrase = (3..=LONGEST)
            .flat_map(|length| {
                let from = site.end.saturating_sub(length);
                (from..=site.start).map(move |from| from..from + length)
            })
            .filter(|range| changed.get(range.clone()).is_some_and(|p| p.iter().all(|&c| is_han(c))))
            .max_by_key(|range| {
                (self.around.level(&changed[range.clone()]) + range.len() as u8, range.start)
            });
        let phrase = phrase.unwrap_or_else(|| {
            // Nothing stands before it, so what is deleted leaves only what follows.
            let first = if right.is_empty() { site.end - 1 } else { site.start };
            first..(first + slip.at.len().max(1)).min(changed.len())
        });
        // Where the changed letters begin in the text, and by how many they are more.
        let from = slip.at.start.saturating_sub(LONGEST);
        let end = from + phrase.end + slip.at.len() - right.len();
        (from + phrase.start..end, changed[phrase].iter().collect(), name)
    }

    /// The name over what a deletion of these letters leaves.
    fn names_over(&self, at: &Range<usize>) -> Option<&'static str> {
        let (changed, site) = self.around.changed(at, &[], super::names::LONGEST);
        super::names::over(&changed, &site)
    }

    /// The level of some letters as a number that may be subtracted from.
    fn height(&self, letters: &[char]) -> f32 {
        f32::from(self.around.level(letters))
    }

    /// The highest level of `length` letters that hold all of `site` of these.
    fn best(&self, letters: &[char], site: &Range<usize>, length: usize) -> u8 {
        (site.end.saturating_sub(length)..=site.start)
            .filter_map(|from| letters.get(from..from + length))
            .map(|window| self.around.level(window))
            .max()
            .unwrap_or(0)
    }

    /// Whether these letters with the two on either side stand in the text once more: what is written
    /// twice is meant.
    fn recurs(&self, at: &Range<usize>) -> bool {
        let letters = self.around.letters;
        stand_twice(letters, at.start.saturating_sub(2)..(at.end + 2).min(letters.len()))
    }

    /// A character that is gone before the letter at `at`.
    fn lost(&self, at: usize, found: &mut Vec<Slip>) {
        /// How much must speak for it, in bits and levels: set where four in 5.6 million letters are wrong.
        const ENOUGH: f32 = 79.0;
        /// More bits no letter brings.
        const MOST: f32 = 50.0;
        let i = at as isize;
        let (left, right) = (self.around.letter(i - 1), self.around.letter(i));
        if ![left, right].iter().all(|&c| is_han(c) || c == EDGE) || left == right {
            return;
        }
        let (first, second) = (self.around.three(i - 2), self.around.three(i - 1));
        let unseen = |level: u8| level == 0 || level == UNASKED;
        // Known on one side, the four round the place must still be unknown: 文旅融|发展 as in 金融发展.
        let none = unseen(first) && unseen(second) && (first == 0 || second == 0);
        let one = || {
            (first == 0 || second == 0)
                && at >= 2
                && self.around.letters.get(at - 2..at + 2).is_some_and(|four| self.around.level(four) == 0)
        };
        if !(none || one()) {
            return;
        }
        let (before, after) = (self.around.letter(i - 2), self.around.letter(i + 1));
        let here = at..at;
        let known = [first, second].map(|level| if level == UNASKED { 0 } else { level });
        let known = f32::from(known[0].max(known[1]));
        // Where a clause may end with what precedes and begin with what follows, nothing is missing.
        let apart = self.around.level(&[before, left, EDGE]).min(self.around.level(&[EDGE, right, after]));
        let mut best: Option<Slip> = None;
        for letter in self.between.of(left, right).filter(|c| !FREE.contains(c)) {
            let (ahead, behind) =
                (self.height(&[before, left, letter, right]), self.height(&[left, letter, right, after]));
            if ahead + behind == 0.0 {
                continue;
            }
            let (changed, site) = self.around.changed(&here, &[letter], LONGEST);
            if self.best(&changed, &site, 4) < 4 {
                continue;
            }
            let word = self.height(&[left, letter]).max(self.height(&[letter, right]));
            let phrase = 1.5 * (ahead + behind) + 2.0 * f32::from(self.best(&changed, &site, 5)) + word;
            if phrase + MOST < ENOUGH {
                continue;
            }
            let gain = self.around.gain(&here, &[letter]);
            // How many words there are that begin like what follows, or end like what precedes, and
            // do without the letter; of one of the two there must be few.
            let own = |short: f32, long: f32| (short - long).max(0.0);
            let ends = own(self.height(&[before, left]), self.height(&[before, left, letter]));
            let begins = own(self.height(&[right, after]), self.height(&[letter, right, after]));
            let against = 2.0 * known + 0.5 * ends.min(begins).min(6.0) + 3.0 * f32::from(apart);
            if gain + phrase - against >= ENOUGH && best.as_ref().is_none_or(|b| gain > b.gain) {
                best = Some(Slip { kind: Kind::Lost, at: here.clone(), right: letter.to_string(), gain });
            }
        }
        found.extend(best.filter(|_| !self.recurs(&here)));
    }

    /// The letter at `at` and the same behind it.
    fn doubled(&self, at: usize, found: &mut Vec<Slip>) {
        let i = at as isize;
        let (before, letter, after) =
            (self.around.letter(i - 1), self.around.letter(i), self.around.letter(i + 2));
        if !is_han(letter)
            || self.around.letter(i + 1) != letter
            || [before, after].contains(&letter)
            || "一二三四五六七八九十百千万".contains(letter)
            // 一批批, 点点滴滴, 清清楚楚: doubled on purpose.
            || before == '一'
            || is_han(after) && self.around.letter(i + 3) == after
            || is_han(before) && self.around.letter(i - 2) == before
        {
            return;
        }
        let range = at..at + 1;
        let (changed, site) = self.around.changed(&range, &[], LONGEST);
        let four = self.best(&changed, &site, 4);
        if four < 2 && letter != '的' {
            return;
        }
        let gain = self.around.gain(&range, &[]);
        let three = self.height(&[before, letter, after]);
        // No word begins with the second one, or none ends with the first.
        let begins =
            self.around.level(&[EDGE, letter, after]) > 0 || self.height(&[letter, after]) - three > 1.0;
        let ends =
            self.around.level(&[before, letter, EDGE]) > 0 || self.height(&[before, letter]) - three > 1.0;
        // No word begins with 的 but 的确, and few end with it (目的, 标的).
        let particle =
            letter == '的' && !['目', '标'].contains(&before) && !['确', '士', '哥'].contains(&after);
        let named = || self.names_over(&range).is_some();
        let sure = gain >= 10.0 && !(begins && ends)
            || gain >= 17.7 && four >= 3
            || particle
            || gain >= 6.0 && !(begins && ends) && named();
        if sure && !self.recurs(&range) {
            found.push(Slip { kind: Kind::Doubled, at: range, right: String::new(), gain });
        }
    }

    /// The word at `at` and the same behind it.
    fn repeated(&self, at: usize, found: &mut Vec<Slip>) {
        /// A word that is a word by itself, as a level.
        const WORD: u8 = 8;
        let rest = &self.around.letters[at..];
        for length in 2..=LONGEST {
            let Some(both) = rest.get(..2 * length) else { return };
            let (word, again) = both.split_at(length);
            if word != again || !word.iter().all(|&c| is_han(c)) || word[0] == word[1] {
                continue;
            }
            // 落实落实再落实 is meant; so is 一步一步.
            let after = self.around.letter((at + 2 * length) as isize);
            if word[0] == '一' || after == '再' || self.recurs(&(at..at + length)) {
                continue;
            }
            let range = at..at + length;
            let (changed, site) = self.around.changed(&range, &[], LONGEST);
            let (four, gain) = (self.best(&changed, &site, 4), self.around.gain(&range, &[]));
            // 农民工|同工同酬: what stands across the two is a phrase of its own.
            let across = (1..4).any(|back| {
                let from = at + length - back;
                self.around.letters.get(from..from + 4).is_some_and(|window| self.around.level(window) > 0)
            });
            // 东南亚|南亚, 博士|博士后, 乡镇|乡镇长: one of them belongs to a longer word; 点|重点|重 is none.
            let alone = self.height(word);
            let longer = |letters: Vec<char>, most: f32| self.height(&letters) > alone - most;
            let joined = "长办链员者".contains(after)
                || longer([&[self.around.letter(at as isize - 1)], word].concat(), 2.0)
                || is_han(after) && longer([word, &[after]].concat(), 4.0);
            let ends = self
                .around
                .level(&[word, &[EDGE]].concat())
                .max(self.around.level(&[&[EDGE], word].concat()));
            let sure = gain >= 6.0 && four >= 2 && ends >= 3
                || gain >= 14.0
                    && self.around.counts.level(word) >= WORD
                    // 各乡镇|乡镇长: the second one begins a longer word.
                    && self.around.level(&[word, &[after]].concat()) <= 3;
            let across = across || joined;
            if sure && !across {
                found.push(Slip { kind: Kind::Repeated, at: range, right: String::new(), gain });
            }
        }
    }
}
