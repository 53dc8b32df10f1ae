//! Which documents of a corpus are meant: by names, patterns, and what is known about them.

use ignore::gitignore::GitignoreBuilder;

use crate::base::{Error, Problem, Result, Text};
use crate::corpus::{DocumentId, Entry};
use crate::text;

/// What the documents that are meant have in common; nothing asked for means all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Names and patterns, of which one is enough.
    pub names: Vec<String>,
    /// The locality; 无 for none.
    pub locality: Option<String>,
    /// The year; 0 for none.
    pub year: Option<u16>,
    /// The genre; 无 for none.
    pub genre: Option<String>,
}

impl Wanted {
    /// Whether anything was asked for.
    #[must_use]
    pub fn is_some(&self) -> bool {
        *self != Self::default()
    }

    fn fits(&self, entry: &Entry) -> bool {
        let fits = |wanted: &Option<String>, has: &str| match wanted.as_deref() {
            None => true,
            Some("无") => has.is_empty(),
            Some(w) => has == w || has.ends_with(w),
        };
        fits(&self.locality, &entry.locality)
            && fits(&self.genre, &entry.genre)
            && self.year.is_none_or(|y| y == entry.year)
    }
}

/// Those of `all` that are meant, in order.
///
/// # Errors
/// If a name or a pattern means none.
pub fn select(all: Vec<(DocumentId, Entry)>, wanted: &Wanted) -> Result<Vec<(DocumentId, Entry)>> {
    let mut meant = vec![wanted.names.is_empty(); all.len()];
    let mut problems = Vec::new();
    for name in &wanted.names {
        let named = named(&all, name);
        if named.is_empty() {
            problems.push(
                Problem::new(text!("语料库里没有“{name}”", "there is no “{name}” in the corpus")).help(
                    Text::fixed("用 wengao corpus list 看有哪些", "wengao corpus list tells what there is"),
                ),
            );
        }
        named.into_iter().for_each(|i| meant[i] = true);
    }
    let chosen = all.into_iter().zip(meant).filter(|((_, entry), meant)| *meant && wanted.fits(entry));
    Error::unless_empty(problems, chosen.map(|(one, _)| one).collect())
}

/// The documents of this name, else those that it is a pattern of, else those that it is a part of
/// the name of.
fn named(all: &[(DocumentId, Entry)], name: &str) -> Vec<usize> {
    let those = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        (0..all.len()).filter(|&i| fits(&all[i].1.name)).collect()
    };
    let exact = those(&|n| n == name);
    if !exact.is_empty() {
        return exact;
    }
    if name.contains(['*', '?', '[']) {
        let mut globs = GitignoreBuilder::new("");
        let sound = globs.add_line(None, name).is_ok();
        if let Some(globs) = globs.build().ok().filter(|_| sound) {
            let matching = those(&|n| globs.matched(n, false).is_ignore());
            if !matching.is_empty() {
                return matching;
            }
        }
    }
    // The file name alone will do, and so will the name of a collection for its pieces.
    those(&|n| n.rsplit('/').next() == Some(name) || n.rsplit_once('#').is_some_and(|(n, _)| n == name))
}
