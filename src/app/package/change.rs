//! What is different from the last package: sentences, and the facts that they followed.
//!
//! What followed a fact is not guessed from where it is cited. The draft is made once more with this one fact as
//! it was last time, and what comes out otherwise is what followed it: growth, sums and tables, but also an order
//! that a figure decided, or praise that it no longer bears out. A paper that was handed in cannot be made again;
//! of it the sentences that rest on the fact are told, and those in which its old value still stands.

use std::collections::HashSet;

use similar::{Algorithm, DiffOp, TextDiff, capture_diff_slices};

use super::evidence::basis;
use super::held::Ground;
use super::odds::spot;
use super::state::Kept;
use crate::base::figures::{Figure, figures};
use crate::base::han::is_han;
use crate::base::{Place, Result, Text};
use crate::model::Facts;
use crate::model::facts::diff::{Difference, diff};
use crate::model::facts::path::{Step, in_chinese, is_below, steps};
use crate::model::facts::{Fact, Record, Value, plain_figure};
use crate::report::package::{Change, Changes, Evidence, Followed, How, Moved, Sentence, Standing};
use crate::rules::yearly::Kind;

/// Facts for each of which the draft is made once more.
const MOST: usize = 80;

/// How alike two sentences must be to be one that was changed.
const ALIKE: f32 = 0.5;

/// How alike they must be where they stand apart.
const ELSEWHERE: f32 = 0.7;

/// Pairs of sentences that are held against each other, of one changed stretch or where they stand apart.
const MANY: usize = 4_000;

/// Sentences against which each is held at least where a long stretch was changed.
const NEAREST: usize = 16;

/// Makes the draft of other facts: its sentences.
pub(super) type Again<'a> = &'a dyn Fn(&Facts) -> Result<Vec<String>>;

/// A sentence that is not what and where it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Differs {
    /// Its number before.
    pub old: Option<usize>,
    /// Its number now.
    pub new: Option<usize>,
    /// Whether it only stands elsewhere.
    pub moved: bool,
}

/// In what two lists of sentences differ, in the order of the second.
pub(super) fn compare(old: &[&str], new: &[&str]) -> Vec<Differs> {
    let (mut gone, mut come, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (was, is) = (op.old_range(), op.new_range());
        let mut left: Vec<usize> = was.clone().collect();
        // Of a long stretch each is held against those that stood about where it stands.
        let reach = (MANY / is.len().max(1)).max(NEAREST) / 2;
        for n in is.clone() {
            let place = was.start + (n - is.start) * was.len() / is.len();
            let alike = |o: &usize| TextDiff::from_chars(old[*o], new[n]).ratio();
            let best = left
                .iter()
                .filter(|o| o.abs_diff(place) <= reach)
                .map(|o| (alike(o), *o))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            match best.filter(|(like, _)| *like >= ALIKE) {
                Some((_, o)) => {
                    left.retain(|one| *one != o);
                    all.push(Differs { old: Some(o), new: Some(n), moved: false });
                }
                None => come.push(n),
            }
        }
        gone.extend(left);
    }
    // What is the same goes first, so that a likeness never takes the partner of an equal.
    come.retain(|&n| {
        let at = gone.iter().position(|&o| old[o] == new[n]);
        let from = at.map(|at| gone.remove(at));
        all.extend(from.map(|o| Differs { old: Some(o), new: Some(n), moved: true }));
        from.is_none()
    });
    // A row of a table that was changed may stand elsewhere, too. Many against many are no look-up.
    let few = come.len() * gone.len() <= MANY;
    for n in come {
        let alike = |o: usize| TextDiff::from_chars(old[o], new[n]).ratio();
        let likes = gone.iter().enumerate().filter(|_| few).map(|(at, &o)| (alike(o), at));
        let best = likes
            .filter(|(like, _)| *like >= ELSEWHERE)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let from = best.map(|(_, at)| gone.remove(at));
        all.push(Differs { old: from, new: Some(n), moved: false });
    }
    all.extend(gone.into_iter().map(|o| Differs { old: Some(o), new: None, moved: false }));
    all.sort_by_key(|one| (one.new.unwrap_or(usize::MAX), one.old));
    all
}

/// What is different from what was kept.
pub(super) fn changes(
    kept: &Kept,
    sentences: &[Sentence],
    (facts, hushed): (&Facts, &Facts),
    again: Option<Again<'_>>,
) -> Changes {
    let before = kept.facts();
    let difference = diff(&before, hushed);
    let mut moved = all_moved(&difference);
    for one in moved.iter_mut().filter(|one| one.is_here) {
        one.fact.at = facts.get(&one.fact.path).map(|fact| fact.at.clone());
    }
    let now: Vec<&str> = sentences.iter().map(|s| &*s.text).collect();
    let then: Vec<&str> = kept.sentences().iter().map(|line| &*line.text).collect();
    let differing = compare(&then, &now);
    let many = moved.len() > MOST;
    let again = again.filter(|_| !many);
    for one in &mut moved {
        let made = again.and_then(|again| {
            let facts = as_before(facts, one, &before)?;
            again(&facts).ok()
        });
        match made {
            Some(without) => followed(one, &without, &now, sentences),
            None => cited(one, kept, sentences, &differing),
        }
    }
    let ground = Ground::of(&before);
    moved.iter_mut().for_each(|one| one.fact.old_at = old_at(one, &ground, sentences));
    let says: HashSet<String> =
        sentences.iter().flat_map(Sentence::bases).map(|basis| spoken(&basis.called())).collect();
    let here: HashSet<String> =
        facts.leaves().iter().map(|(path, _)| spoken(&basis(facts, path, None, "").called())).collect();
    let lost = |old: usize| {
        lost(&kept.sentences()[old].facts, &before, |name| here.contains(name) && !says.contains(name))
    };
    let told = |differs: &Differs| Change {
        sentence: differs.new,
        old: differs.old.map_or(String::new(), |o| then[o].to_owned()),
        new: differs.new.map_or(String::new(), |n| now[n].to_owned()),
        moved: differs.moved,
        facts: follows(differs, &moved, &then),
        lost: differs.old.map_or_else(Vec::new, lost),
    };
    let sentences: Vec<Change> = differing.iter().map(told).collect();
    left_out(&mut moved, &sentences);
    let note = many.then(|| {
        Text::fixed(
            "变了的事实太多，没有逐项重新起草；随之变动的地方按依据列出",
            "too many facts changed to draft anew for each; what followed them is told by the grounds",
        )
    });
    Changes {
        since: kept.day.clone(),
        facts: moved.into_iter().map(|one| one.fact).collect(),
        sentences,
        note,
    }
}

/// The facts that a changed sentence follows, by their places.
fn follows(differs: &Differs, moved: &[OneMoved], then: &[&str]) -> Vec<usize> {
    let is = |one: &OneMoved| {
        differs.new.is_some_and(|n| one.fact.followed.iter().any(|f| f.sentence == n))
            || differs.old.is_some_and(|o| one.fact.gone.iter().any(|gone| gone == then[o]))
    };
    (0..moved.len()).filter(|&n| is(&moved[n])).collect()
}

/// Tells of each mark that changed which sentences do not speak of its record any more.
fn left_out(moved: &mut [OneMoved], sentences: &[Change]) {
    for one in moved.iter_mut().filter(|one| one.fact.is_mark() && !one.fact.of.is_empty()) {
        let of = format!("“{}”", one.fact.of);
        let speaks = |change: &Change| change.lost.iter().any(|lost| lost.contains(&of));
        one.fact.left_out = (0..sentences.len()).filter(|&n| speaks(&sentences[n])).collect();
    }
}

/// Of what a fact is, as it is called: a record by its name, whatever of it is said.
fn spoken(called: &str) -> String {
    called.find('”').map_or_else(|| called.to_owned(), |end| called[..end + '”'.len_utf8()].to_owned())
}

/// What a sentence of last time rested on that is lost: in the facts still, and said nowhere now.
fn lost(old: &[String], before: &Facts, is_lost: impl Fn(&str) -> bool) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for path in old {
        let name = spoken(&basis(before, path, None, "").called());
        if is_lost(&name) && !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// A fact that changed, with where it was.
struct OneMoved {
    fact: Moved,
    /// Its path last time.
    old_path: Option<String>,
    /// Whether it is in the facts of now.
    is_here: bool,
}

fn all_moved(difference: &Difference) -> Vec<OneMoved> {
    let path_of = |place: &Place| match place {
        Place::Fact { path, .. } => Some(path.to_string()),
        _ => None,
    };
    let fact = |path: &str, of: &Option<String>| Moved {
        path: path.to_owned(),
        key: in_chinese(path),
        of: of.clone().unwrap_or_default(),
        old: String::new(),
        new: String::new(),
        at: None,
        followed: Vec::new(),
        gone: Vec::new(),
        old_at: Vec::new(),
        left_out: Vec::new(),
    };
    let mut all = Vec::new();
    for one in &difference.changed {
        let (old, new) = (one.last.value.clone(), one.this.value.clone());
        let fact = Moved { old, new, ..fact(&one.path, &one.of) };
        all.push(OneMoved { fact, old_path: path_of(&one.last.at), is_here: true });
    }
    for one in &difference.added {
        let fact = Moved { new: one.said.value.clone(), ..fact(&one.path, &one.of) };
        all.push(OneMoved { fact, old_path: None, is_here: true });
    }
    for one in &difference.removed {
        let fact = Moved { old: one.said.value.clone(), ..fact(&one.path, &one.of) };
        all.push(OneMoved { fact, old_path: Some(one.path.clone()), is_here: false });
    }
    all
}

/// The facts of now with this one as it was; `None` where it has no place in them any more.
fn as_before(facts: &Facts, one: &OneMoved, before: &Facts) -> Option<Facts> {
    if !one.is_here {
        return None;
    }
    let mut facts = facts.clone();
    let old = one.old_path.as_deref().and_then(|path| before.get(path));
    let slot = slot(&mut facts.root, &one.fact.path)?;
    slot.value = match (&slot.value, old.map(|old| &old.value)) {
        (Value::Figure(now), Some(Value::Figure(_) | Value::Words(_))) => {
            let old = plain_figure(&one.fact.old);
            // What stands beside a figure is another fact.
            Value::Figure(crate::model::facts::Figure { parts: now.parts.clone(), ..old })
        }
        (_, Some(old)) => old.clone(),
        (_, None) => Value::Blank(String::new()),
    };
    Some(facts)
}

/// The fact at a path, to be changed.
pub(super) fn slot<'f>(root: &'f mut Record, path: &str) -> Option<&'f mut Fact> {
    let mut steps = steps(path);
    let Step::Key(first) = steps.next()? else { return None };
    let mut fact = root.get_mut(first)?;
    for step in steps {
        fact = match (step, &mut fact.value) {
            (Step::Key(key), Value::Record(record)) => record.get_mut(key)?,
            (Step::Key(key), Value::Figure(figure)) => figure.parts.get_mut(key)?,
            (Step::Index(index), Value::List(items)) => items.get_mut(index)?,
            _ => return None,
        };
    }
    Some(fact)
}

/// What differs between the draft and the one that is made with the fact as it was.
fn followed(one: &mut OneMoved, without: &[String], now: &[&str], sentences: &[Sentence]) {
    let without: Vec<&str> = without.iter().map(String::as_str).collect();
    for differs in compare(&without, now) {
        match (differs.new, differs.old) {
            (Some(n), _) => {
                let how = if differs.moved { How::Order } else { how(&one.fact.path, &sentences[n]) };
                one.fact.followed.push(Followed { sentence: n, how });
            }
            (None, Some(o)) => one.fact.gone.push(without[o].to_owned()),
            (None, None) => {}
        }
    }
}

/// In what way a sentence rests on the fact at a path, or at one below it.
fn how(path: &str, sentence: &Sentence) -> How {
    let parts = sentence.parts.iter().map(|part| &part.from);
    let values = sentence.values.iter().filter(|v| v.standing == Standing::Backed).flat_map(|v| &v.evidence);
    let (mut said, mut computed) = (false, false);
    for evidence in parts.chain(values) {
        let rests = evidence.bases().iter().any(|basis| is_below(&basis.path, path));
        match evidence {
            Evidence::Fact(_) => said |= rests,
            Evidence::Computed { .. } => computed |= rests,
            _ => {}
        }
    }
    match (said, computed) {
        (true, _) if sentence.is_row => How::Table,
        (true, true) => How::Both,
        (true, false) => How::Said,
        (false, true) => How::Computed,
        (false, false) => How::Wording,
    }
}

/// What followed a fact, as far as its grounds tell: of a draft, the changed sentences that rest on it; of a
/// paper, all that rest on it. Of a fact that is gone, what rested on it.
fn cited(one: &mut OneMoved, kept: &Kept, sentences: &[Sentence], differing: &[Differs]) {
    let path = &one.fact.path;
    let drafted = sentences.iter().any(|sentence| !sentence.parts.is_empty());
    if one.is_here {
        for (n, sentence) in sentences.iter().enumerate() {
            let how = how(path, sentence);
            let changed = || differing.iter().any(|differs| differs.new == Some(n));
            if how != How::Wording && (!drafted || changed()) {
                one.fact.followed.push(Followed { sentence: n, how });
            }
        }
    }
    let rested = |o: usize| {
        let old = one.old_path.as_deref().unwrap_or(path);
        kept.sentences()[o].facts.iter().any(|fact| is_below(fact, old))
    };
    for differs in differing.iter().filter(|differs| differs.old.is_some_and(rested)) {
        match (differs.new, differs.old) {
            (Some(n), _) if one.fact.followed.iter().all(|f| f.sentence != n) => {
                one.fact.followed.push(Followed { sentence: n, how: How::Wording });
            }
            (None, Some(o)) => one.fact.gone.push(kept.sentences()[o].text.clone()),
            _ => {}
        }
    }
    one.fact.followed.sort_by_key(|f| f.sentence);
}

/// Words by which a clause speaks of an earlier time, whose value the old one may well be.
const EARLIER: &[&str] = &["去年", "上年", "原来", "此前", "过去", "由", "从"];

/// Sentences that still say the old value of a fact with the words that go with it, and do not rest on a fact
/// that says it now.
fn old_at(one: &OneMoved, ground: &Ground<'_>, sentences: &[Sentence]) -> Vec<usize> {
    let Some(old_path) = one.old_path.as_deref().filter(|_| one.is_here && !one.fact.old.is_empty()) else {
        return Vec::new();
    };
    let (was, is) = (figures(&one.fact.old), figures(&one.fact.new));
    if was.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        for value in sentence.values.iter().filter(|value| !value.is_computed()) {
            let words = &sentence.text[value.range.clone()];
            let Some(said) = figures(words).into_iter().next() else { continue };
            let equal = |all: &[Figure]| all.iter().any(|f| f.equals(&said));
            if !equal(&was) || equal(&is) {
                continue;
            }
            // A record of today that has the value has it of right: last year's figure is the old one at times.
            let is_value = |said: &str| {
                const UNIT: usize = 4;
                said.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit())
                    && said.chars().filter(|&c| is_han(c)).count() <= UNIT
            };
            // Behind a value that facts contradict stand those others, too; the first is its own.
            // Of one at odds they are none of its own.
            let grounds = match value.standing {
                Standing::AtOdds => 0,
                Standing::Conflict => 1,
                _ => usize::MAX,
            };
            let own = value.bases().take(grounds).any(|b| b.path == one.fact.path || is_value(&b.said));
            let lead =
                sentence.text[..value.range.start].rsplit(['，', '；', '。']).next().unwrap_or_default();
            if own || EARLIER.iter().any(|word| lead.contains(word)) {
                continue;
            }
            let place = spot(sentence, value);
            let (standing, evidence) = ground.hold(&place, Kind::Figure);
            let same = evidence.iter().flat_map(Evidence::bases).any(|basis| basis.path == old_path);
            let named = || ground.speaks_of(old_path, &place) || ground.is_counted(old_path, &place);
            if standing == Standing::Backed && same || named() {
                found.push(n);
            }
        }
    }
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::{Differs, compare};

    #[test]
    fn what_was_changed_moved_added_and_removed_is_told_apart() {
        let old = ["一、完成情况", "清淤18处，全部验收。", "修桥两座。", "甲镇在前。", "乙镇在后。"];
        let new = ["一、完成情况", "清淤21处，全部验收。", "乙镇在后。", "甲镇在前。", "新建泵站一座。"];
        let differs = |old, new, moved| Differs { old, new, moved };
        assert_eq!(
            compare(&old, &new),
            [
                differs(Some(1), Some(1), false),
                differs(Some(4), Some(2), true),
                differs(None, Some(4), false),
                differs(Some(2), None, false),
            ]
        );
        assert!(compare(&new, &new).is_empty());
    }

    #[test]
    fn of_a_long_stretch_each_sentence_is_held_against_those_about_its_place() {
        let told = |n: usize, said: &str| format!("第{n}号渠{said}");
        let old: Vec<String> = (0..300).map(|n| told(n, "清淤18处。")).collect();
        let mut new: Vec<String> = (0..300).map(|n| told(n, "清淤21处。")).collect();
        new.insert(150, "另外新建了两座泵站，配套了电源。".to_owned());
        let [old, new] = [&old, &new].map(|all| all.iter().map(String::as_str).collect::<Vec<&str>>());
        let differs = compare(&old, &new);
        assert_eq!(differs.len(), 301);
        for one in differs {
            match one.new {
                Some(150) => assert_eq!(one.old, None),
                n => assert_eq!(one.old, n.map(|n| n - usize::from(n > 150))),
            }
        }
    }
}
