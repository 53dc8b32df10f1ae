//! Goes through the paragraphs of lists and counts.

use std::collections::{HashMap, HashSet};

use super::definition::{LEVELS, Level, Lists};
use super::signs::Signs;

/// Characters of a number at most; Word shows no more of a text that was written by nobody.
const LONGEST: usize = 64;

/// How far each kind of list has come.
pub struct Counters<'l> {
    lists: &'l Lists,
    /// The last number of each level, by the kind of list.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own first number was given out.
    begun: HashSet<(u32, u8)>,
}

impl<'l> Counters<'l> {
    pub fn of(lists: &'l Lists) -> Self {
        Self { lists, counts: HashMap::new(), begun: HashSet::new() }
    }

    /// The next number of a list on this level, with what parts it from the text; `None` where nothing is
    /// shown, or no letter or figure, as of a bullet (项目符号).
    pub fn next(&mut self, number: u32, level: u8) -> Option<String> {
        let at = usize::from(level);
        let kind = self.lists.kind(number)?;
        let set = self.lists.level(number, level)?;
        let counts = self.counts.entry(kind).or_default();
        let own = self.lists.start(number, level).filter(|_| self.begun.insert((number, level)));
        let last = counts.get(at).copied()?;
        counts[at] = Some(match (own, last) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => set.start,
        });
        // Levels above that nobody has used count as begun.
        for (above, count) in (0..level).zip(counts.iter_mut()) {
            let start =
                || self.lists.start(number, above).or_else(|| Some(self.lists.level(number, above)?.start));
            *count = count.or_else(start);
        }
        for (below, count) in (0..).zip(counts.iter_mut()).skip(at + 1) {
            let restart = self.lists.level(number, below).and_then(|level| level.restart);
            if restart.is_none_or(|after| at < usize::from(after)) {
                *count = None;
            }
        }
        let counts = *counts;
        self.shown(number, set, &counts)
    }

    fn shown(&self, number: u32, level: &Level, counts: &[Option<u32>; LEVELS]) -> Option<String> {
        if level.signs == Signs::Bullet {
            return None;
        }
        let mut label = String::new();
        let mut signs = level.text.chars().peekable();
        while let Some(c) = signs.next() {
            let which = signs.peek().and_then(|c| c.to_digit(10)).filter(|d| (1..=9).contains(d));
            let Some(which) = which.filter(|_| c == '%') else {
                label.push(c);
                continue;
            };
            signs.next();
            let depth = u8::try_from(which - 1).unwrap_or(0);
            let of = self.lists.level(number, depth);
            let signs = if level.legal { Signs::Decimal } else { of.map_or(Signs::Decimal, |l| l.signs) };
            let start = || of.map(|l| l.start);
            if let Some(n) = counts[usize::from(depth)].or_else(start) {
                label.push_str(&signs.write(n));
            }
        }
        said(&label, level.parted)
    }
}

/// A number with what parts it from the text; `None` where it has no letter or figure, as of a bullet.
pub fn said(label: &str, parted: bool) -> Option<String> {
    let label = label.trim();
    let says = label.contains(char::is_alphanumeric) && label.chars().count() <= LONGEST;
    says.then(|| if parted && !is_closed(label) { format!("{label} ") } else { label.to_owned() })
}

/// Whether the text follows a number without a space where people type them: 一、 （二）.
fn is_closed(label: &str) -> bool {
    label.ends_with(['、', '）', '．', '。', '】', '〕', '：', '，'])
}
