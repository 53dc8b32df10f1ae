//! A value of a skeleton as a text: what a record is called, a list as names, a sentence with its 。 or
//! without. Texts are marked (see [`mark`](super::mark)), and keep their marks.

use tera::value::Key;
use tera::{Kwargs, State, TeraResult, Value};

use super::mark;

/// Whether the document has the room that a call asks for.
pub(super) fn has_room(kwargs: &Kwargs, state: &State) -> TeraResult<bool> {
    let asked: Option<usize> = kwargs.get("room")?;
    let present = || state.get::<usize>("room");
    Ok(match asked {
        Some(asked) => present()?.is_none_or(|room| room >= asked),
        None => true,
    })
}

/// Whether a value has nothing to say.
pub(super) fn is_blank(value: &Value) -> bool {
    match (value.as_str(), value.as_array()) {
        (Some(text), _) => mark::is_blank(text),
        (_, Some(items)) => items.iter().all(is_blank),
        // A record that there is not has no fields.
        _ => value.is_undefined() || value.is_none() || value.as_map().is_some_and(|map| map.is_empty()),
    }
}

/// A value as a text: a list as its names, 甲、乙、丙; items that are clauses by themselves are parted
/// by ；.
pub(super) fn said(value: &Value) -> String {
    match value.as_array() {
        Some(items) => {
            let items: Vec<String> = items.iter().filter(|i| is_told(i)).map(|i| bare(&name(i))).collect();
            let clause = |item: &String| item.contains(['，', '。', '；']);
            items.join(if items.iter().any(clause) { "；" } else { "、" })
        }
        None if value.is_undefined() || value.is_none() => String::new(),
        None if value.as_map().is_some() => name(value),
        None => value.to_string(),
    }
}

/// What a record is called; any other item as it is.
pub(super) fn name(item: &Value) -> String {
    /// The keys by which records of the table are called, those with a `name` first.
    const CALLED: [&str; 6] = ["name", "point", "who", "to", "title", "person"];
    match item.as_map() {
        Some(_) => CALLED.iter().find_map(|key| field(item, key)).unwrap_or_default(),
        None => said(item),
    }
}

/// Whether an item can be told one by one: a record without a name has nothing to be told by.
pub(super) fn is_told(item: &Value) -> bool {
    !is_blank(item) && (item.as_map().is_none() || !mark::is_blank(&name(item)))
}

/// What a record has under a key, as a text; `None` if it has no such key.
pub(super) fn field(item: &Value, id: &str) -> Option<String> {
    item.as_map()?.get(&Key::from(id.to_owned())).map(ToString::to_string)
}

/// Without its closing 。；，: ready to stand inside a sentence.
pub(super) fn bare(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some((at, '。' | '；' | '，' | '、' | ';' | ',' | '.')) = mark::last_visible(&text) {
        text.remove(at);
    }
    text
}

/// With a 。 at its end, unless it closes by itself.
pub(super) fn sentence(text: &str) -> String {
    match mark::last_visible(text) {
        None => String::new(),
        Some((_, '。' | '！' | '？' | '…')) => text.to_owned(),
        Some((at, '；' | '，' | '、' | ';' | ',' | '.')) => {
            let mut text = text.to_owned();
            text.remove(at);
            text.insert(at, '。');
            text
        }
        Some(_) => format!("{text}。"),
    }
}
