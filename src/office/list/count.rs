//! Goes through the paragraphs of lists and counts.

use std::collections::{HashMap, HashSet};

use super::definition::{LEVELS, Level, Lists};
use super::signs::Signs;

/// Characters of a number at most; Word shows no more of a text that was written by nobody.
const LONGEST: usize = 64;

/// How far a list has come: the last number of each level.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::office) struct Count([Option<u32>; LEVELS]);

impl Count {
    /// Counts on a level, which begins with `first` where that is said here, else with what `start` says of
    /// levels; those above that nobody has used count as begun, those below begin anew if `anew` says so.
    /// The numbers of all levels; `None` of a level that no list has.
    pub(in crate::office) fn next(
        &mut self,
        level: u8,
        first: Option<u32>,
        start: impl Fn(u8) -> Option<u32>,
        anew: impl Fn(u8) -> bool,
    ) -> Option<[Option<u32>; LEVELS]> {
        let last = self.0.get(usize::from(level)).copied()?;
        let next = first.or_else(|| last.map(|last| last.saturating_add(1))).or_else(|| start(level));
        for (depth, count) in (0..).zip(&mut self.0) {
            match depth {
                _ if depth < level => *count = count.or_else(|| start(depth)),
                _ if depth == level => *count = next,
                _ if anew(depth) => *count = None,
                _ => {}
            }
        }
        Some(self.0)
    }
}

/// How far each kind of list has come.
pub struct Counters<'l> {
    lists: &'l Lists,
    /// The last number of each level, by the kind of list.
    counts: HashMap<u32, Count>,
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
        let start = |depth: u8| {
            if depth == level {
                return Some(set.start);
            }
            self.lists.start(number, depth).or_else(|| Some(self.lists.level(number, depth)?.start))
        };
        let anew = |below: u8| {
            let restart = self.lists.level(number, below).and_then(|level| level.restart);
            restart.is_none_or(|after| at < usize::from(after))
        };
        let counts = counts.next(level, own, start, anew)?;
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

/// A number as it stands before its text, with what parts it from that; `None` where it has no letter or figure, as of
/// a bullet.
pub fn said(label: &str, parted: bool) -> Option<String> {
    let label = label.trim();
    let says = label.contains(char::is_alphanumeric) && label.chars().count() <= LONGEST;
    says.then(|| if parted && !is_closed(label) { format!("{label} ") } else { label.to_owned() })
}

/// Whether the text follows a number without a space where people type them: 一、 （二）.
fn is_closed(label: &str) -> bool {
    label.ends_with(['、', '）', '．', '。', '】', '〕', '：', '，'])
}
