//! One person in two posts (一人两职): 副县长唐永胜 above, 县住房城乡建设局局长唐永胜 below.

use std::collections::{BTreeMap, BTreeSet};

use super::Told;
use super::office::{Post, Relation};
use super::people::{Form, Mention};
use crate::base::clause;
use crate::base::lexicon::post as lexicon;
use crate::text;

/// Mentions of a person that others are held against.
const POSTS: usize = 12;

/// Persons with a post that does not go with those that the text gave them before.
pub(super) fn find(text: &str, people: &[Mention<'_>]) -> Vec<Told> {
    let moved: BTreeSet<&str> =
        people.iter().filter(|m| is_moved(text, m)).map(|m| m.name.as_str()).collect();
    let mut met: BTreeMap<&str, Vec<&Mention<'_>>> = BTreeMap::new();
    let mut found = Vec::new();
    let mut told_of: BTreeSet<&str> = BTreeSet::new();
    // A short address (叶牛平市长) may come before the full post: it is held against all others.
    let (short, full): (Vec<_>, Vec<_>) = people.iter().partition(|m| m.form == Form::Short);
    for m in full.into_iter().chain(short) {
        let known = met.entry(m.name.as_str()).or_default();
        if moved.contains(&*m.name) || told_of.contains(&*m.name) {
            continue;
        }
        if let Some(other) = clash(known, m) {
            told_of.insert(m.name.as_str());
            found.push(told(m, other));
        } else if known.len() < POSTS {
            known.push(m);
        }
    }
    found
}

/// The earlier mention with which this one cannot be one person in one post.
fn clash<'m, 't>(known: &[&'m Mention<'t>], m: &Mention<'t>) -> Option<&'m Mention<'t>> {
    let how = |post: &Post<'_>| {
        let all = known.iter().flat_map(|k| k.posts.iter().map(move |p| (*k, p.relation(post))));
        let all: Vec<_> = all.collect();
        let same = all.iter().any(|(_, how)| *how == Relation::Same);
        let apart = all.iter().find(|(_, how)| *how == Relation::Apart).map(|(k, ..)| *k);
        (same, apart)
    };
    let held: Vec<_> = m.posts.iter().map(how).collect();
    if held.iter().any(|(same, _)| *same) {
        return None;
    }
    held.into_iter().find_map(|(_, apart)| apart)
}

/// Whether a sentence tells that the person moved, held another post or holds a second one.
fn is_moved(text: &str, m: &Mention<'_>) -> bool {
    let near = &text[clause::sentence(text, m.range.clone())];
    m.posts.iter().any(|p| p.past) || lexicon::MOVES.iter().any(|w| near.contains(w))
}

fn told(m: &Mention<'_>, other: &Mention<'_>) -> Told {
    let (name, one, here) = (&m.name, other.title(), m.title());
    Told::warning(
        m.range.clone(),
        text!("“{name}”前面是“{one}”，这里是“{here}”", "“{name}” is “{one}” elsewhere and “{here}” here"),
    )
    .note(other.range.start, text!("另一处：{one}{name}", "elsewhere: {one}{name}"))
}
