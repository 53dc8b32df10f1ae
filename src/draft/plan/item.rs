//! A record of a list of the facts, as the plan reads it: by name, without marks.

use crate::model::facts::{Fact, Facts, Record, Value};

/// A record of a list, with its place in it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'f> {
    /// Its index in the list of the file, from 0.
    pub index: usize,
    record: &'f Record,
}

/// The records of a list that have a name; the others have nothing to be told by.
pub(super) fn items<'f>(facts: &'f Facts, list: &str) -> Vec<Item<'f>> {
    let Some(Value::List(items)) = facts.root.get(list).map(|f| &f.value) else { return Vec::new() };
    let record = |(index, fact): (usize, &'f Fact)| match &fact.value {
        Value::Record(record) => Some(Item { index, record }),
        _ => None,
    };
    items.iter().enumerate().filter_map(record).filter(|item| !item.name().is_empty()).collect()
}

impl<'f> Item<'f> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.text("name")
    }

    /// The text of a field; empty where it is absent or blank.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.fact(id).and_then(|f| f.value.text()).unwrap_or_default()
    }

    /// The texts of a list, blanks left out; `None` where the key is absent.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<Vec<String>> {
        match &self.fact(id)?.value {
            Value::List(items) => Some(items.iter().filter_map(|f| f.value.text()).collect()),
            value => Some(value.text().into_iter().collect()),
        }
    }

    /// All that its fields say, one sentence each.
    #[must_use]
    pub fn said(&self, ids: &[&str]) -> String {
        let texts = ids.iter().flat_map(|id| self.list(id).unwrap_or_default());
        texts.collect::<Vec<_>>().join("。")
    }

    /// A flag; `None` where it is not set.
    #[must_use]
    pub fn flag(&self, id: &str) -> Option<bool> {
        match self.fact(id)?.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// Whether a field is there and not blank.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.fact(id).is_some_and(|f| !f.value.is_missing())
    }

    fn fact(&self, id: &str) -> Option<&'f Fact> {
        self.record.get(id)
    }
}
