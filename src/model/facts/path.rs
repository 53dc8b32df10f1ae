//! Paths of facts: `meeting.place`, `tasks[0].owner`, and patterns such as `tasks[].owner`.
//!
//! Code and skeletons use ids and count from 0; people are shown Chinese keys and count from 1.

use super::table::{FACTS, Field, called};
use crate::base::nearest;

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'p> {
    /// A key.
    Key(&'p str),
    /// An item of a list, from 0.
    Index(usize),
    /// Every item of a list (`[]`), in patterns.
    Each,
}

/// The steps of a path, in order.
pub fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split('.').flat_map(|part| {
        let (key, indices) = part.split_at(part.find('[').unwrap_or(part.len()));
        let indices = indices.split('[').skip(1).map(|index| {
            let index = index.trim_end_matches(']');
            index.parse().map_or(Step::Each, Step::Index)
        });
        std::iter::once(Step::Key(key)).chain(indices)
    })
}

/// Whether a path is `of`, or that of a fact below it.
#[must_use]
pub fn is_below(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The pattern of a concrete path: `tasks[2].owner` becomes `tasks[].owner`.
#[must_use]
pub fn pattern(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for step in steps(path) {
        match step {
            Step::Key(key) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(key);
            }
            Step::Index(_) | Step::Each => out.push_str("[]"),
        }
    }
    out
}

/// The path in Chinese keys, items counted from 1, as a clerk reads it. Keys that the table does
/// not know stay as they are.
#[must_use]
pub fn in_chinese(path: &str) -> String {
    let mut out = String::new();
    let mut fields: &[Field] = FACTS;
    for step in steps(path) {
        match step {
            Step::Key(key) => {
                if !out.is_empty() {
                    out.push('.');
                }
                let field = fields.iter().find(|f| f.id == key);
                out.push_str(field.map_or(key, |f| f.key));
                fields = field.map_or(&[], |f| f.kind.fields());
            }
            Step::Index(index) => out.push_str(&format!("[{}]", index + 1)),
            Step::Each => out.push_str("[]"),
        }
    }
    out
}

/// The table row of a path or pattern; `None` if the table has no such fact.
#[must_use]
pub fn field(path: &str) -> Option<&'static Field> {
    let mut fields: &'static [Field] = FACTS;
    let mut found = None;
    for step in steps(path) {
        if let Step::Key(key) = step {
            let field = fields.iter().find(|f| f.id == key)?;
            fields = field.kind.fields();
            found = Some(field);
        }
    }
    found
}

/// The path of the table that is probably meant by one that is none: a Chinese key for an id, a
/// slip in a key, at any of its steps. `None` if nothing is near enough, or it is one.
#[must_use]
pub fn meant(path: &str) -> Option<String> {
    let mut fields: &'static [Field] = FACTS;
    let mut out = String::new();
    for step in steps(path) {
        let Step::Key(key) = step else {
            out.push_str("[]");
            continue;
        };
        let near = || called(fields, nearest::nearest(key, fields.iter().flat_map(Field::names))?);
        let field = called(fields, key).or_else(near)?;
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(field.id);
        fields = field.kind.fields();
    }
    Some(out).filter(|out| out != path)
}

#[cfg(test)]
mod tests {
    #[test]
    fn steps_does_as_its_example_says() {
        use crate::model::facts::path::{Step, steps};
        let all: Vec<_> = steps("tasks[2].owner").collect();
        assert_eq!(all, [Step::Key("tasks"), Step::Index(2), Step::Key("owner")]);
    }

    #[test]
    fn in_chinese_does_as_its_example_says() {
        use crate::model::facts::path::in_chinese;
        assert_eq!(in_chinese("meeting.place"), "会议.地点");
        assert_eq!(in_chinese("tasks[1].owner"), "任务[2].牵头单位");
    }

    #[test]
    fn meant_does_as_its_example_says() {
        use crate::model::facts::path::meant;
        assert_eq!(meant("meeting.plaec").unwrap(), "meeting.place");
        assert_eq!(meant("任务[].牵头单位").unwrap(), "tasks[].owner");
        assert_eq!(meant("practices[].effect").unwrap(), "practices[].result");
        assert_eq!(meant("meeting.place"), None);
    }
}
