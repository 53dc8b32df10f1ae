//! Labels: what a blank says of itself, or a colon before it.

use super::around::Around;
use super::call::{Call, LONGEST, own, stated};
use super::words::first_words;
use crate::base::han::is_han;
use crate::base::lexicon::extract as lexicon;
use crate::extract::slot::is_labelled;
use crate::model::facts::table::{FACTS, Kind, called};

impl Around<'_> {
    /// `【会议名称】`, `{{ 会议.时间 }}`: the blank says what it is.
    pub(super) fn labelled(&self) -> Option<Call> {
        let blank = self.slot().blank.as_ref()?;
        if !is_labelled(blank) {
            return None;
        }
        let words = &self.paragraph.text[self.slot().range.clone()];
        if let Some(call) = by_path(words) {
            return Some(call);
        }
        let mut label: String = words.chars().filter(|c| is_han(*c) || c.is_ascii_digit()).collect();
        while let Some(rest) = lexicon::ORDERS.iter().find_map(|o| label.strip_prefix(o)) {
            label = rest.to_owned();
        }
        if label.is_empty() {
            return None;
        }
        let label = first_words(&label, LONGEST);
        let named = !lexicon::OF_MANY.contains(&label);
        Some(match table(label).filter(|_| named) {
            Some(path) => stated(path, Some(label.to_owned())),
            None => own(label, named.then(|| label.to_owned())),
        })
    }

    /// The label that a colon sets before the slot: `主持人：×××`.
    pub(super) fn label(&self) -> Option<String> {
        // 联系电话：0000-12xxx
        let left = self.left().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '－'));
        let left = left.trim_end().strip_suffix(['：', ':'])?;
        let at = left
            .rfind(|c: char| !is_han(c) && !matches!(c, ' ' | '　' | '/'))
            .map_or(0, |i| i + left[i..].chars().next().map_or(1, char::len_utf8));
        let label: String = left[at..].chars().filter(|c| is_han(*c)).collect();
        let count = label.chars().count();
        (2..=LONGEST).contains(&count).then_some(label)
    }

    pub(super) fn by_colon(&self) -> Option<Call> {
        let label = self.label()?;
        let alone = |path: &&str| !self.in_row() && !matches!(*path, "meeting.date" | "document.date");
        Some(match table(&label).filter(alone) {
            Some(path) => stated(path, None),
            None => own(&label, None),
        })
    }
}

/// `【待补：会议.地点】` as this program writes it, `{{ meeting.place }}`: the path itself.
fn by_path(words: &str) -> Option<Call> {
    let path = words.trim_matches(['【', '】', '{', '}', '$', ' ', '[', ']']);
    let path = path.strip_prefix("待补：").unwrap_or(path);
    let (group, key) = path.split_once('.')?;
    let group = called(FACTS, group)?;
    if matches!(group.kind, Kind::Open) {
        let fits = !key.is_empty() && key.chars().all(|c| is_han(c) || c.is_ascii_digit());
        return fits.then(|| own(key, Some(path.to_owned())));
    }
    let Kind::Record(fields) = group.kind else { return None };
    let field = called(fields, key)?;
    matches!(field.kind, Kind::Words | Kind::Figure | Kind::Date)
        .then(|| stated(&format!("{}.{}", group.id, field.id), Some(path.to_owned())))
}

/// The fact of the table that a field or a label of this name means.
fn table(label: &str) -> Option<&'static str> {
    lexicon::LABELS.iter().find(|(_, labels)| labels.contains(&label)).map(|(path, _)| *path)
}
