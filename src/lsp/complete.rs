//! What may be typed next: keys and their values in facts and settings; paths of facts, words of the
//! level and ids of phrases in skeletons.

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::desk::{Kind, Open};
use super::fields;
use super::ways::Ways;
use crate::app::Office;
use crate::base::Lang;
use crate::draft::WORDS;
use crate::draft::phrase::Phrase;
use crate::model::facts::path;
use crate::model::facts::table::{FACTS, Field, Kind as Sort, called};

/// Kinds of items, as the protocol numbers them.
const FIELD: u8 = 5;
const VALUE: u8 = 12;
const CONSTANT: u8 = 21;
const SNIPPET: u8 = 15;

/// What may be typed at a byte.
pub(super) fn complete(open: &Open, byte: usize, office: &Office, ways: &Ways) -> Json {
    let items = match open.kind {
        Kind::Facts | Kind::Settings => yaml(open, byte, ways),
        Kind::Skeleton => skeleton(open, byte, office, ways),
        Kind::Document | Kind::Other => Vec::new(),
    };
    json!({ "isIncomplete": false, "items": items })
}

/// One item, which takes the place of what has been typed of it.
struct Item<'a> {
    label: &'a str,
    /// What is typed to find it.
    typed: &'a str,
    new: String,
    kind: u8,
    detail: &'a str,
    page: String,
}

impl Item<'_> {
    fn shown(&self, open: &Open, range: &Range<usize>, ways: &Ways) -> Json {
        json!({
            "label": self.label,
            "filterText": self.typed,
            "kind": self.kind,
            "detail": self.detail,
            "documentation": { "kind": "markdown", "value": self.page },
            "textEdit": { "range": open.shown(range, ways.units), "newText": self.new },
        })
    }
}

fn yaml(open: &Open, byte: usize, ways: &Ways) -> Vec<Json> {
    let (start, line) = open.line_at(byte);
    let typed = &open.text[start..byte];
    let body = typed.trim_start_matches([' ', '-']);
    if body.starts_with('#') {
        return Vec::new();
    }
    let indent = typed.len() - body.len();
    let Some(fields) = fields::below(open, start, indent) else { return Vec::new() };
    if let Some((key, value)) = body.split_once(':') {
        let Some(field) = called(fields, key.trim_end()) else { return Vec::new() };
        let value = value.trim_start();
        let range = byte - value.len()..byte;
        let page = fields::page(field, ways.lang);
        let item = |value: &&str| {
            let detail = field.label.in_lang(ways.lang);
            let item = Item {
                label: value,
                typed: value,
                new: (*value).to_owned(),
                kind: VALUE,
                detail,
                page: page.clone(),
            };
            item.shown(open, &range, ways)
        };
        return values(field).iter().map(item).collect();
    }
    let closed = line[typed.len()..].contains(':');
    let ids = says_ids(&open.text);
    let range = byte - body.len()..byte;
    let item = |field: &Field| {
        let key = if ids { field.id } else { field.key };
        let new = match (closed, field.kind) {
            (true, _) => key.to_owned(),
            (false, Sort::Record(_) | Sort::List(Sort::Record(_))) => format!("{key}:"),
            (false, _) => format!("{key}: "),
        };
        // Whoever types Latin letters finds it by its id.
        let typed = if body.is_ascii() { field.id } else { field.key };
        let detail = field.label.in_lang(ways.lang);
        let page = fields::page(field, ways.lang);
        Item { label: key, typed, new, kind: FIELD, detail, page }.shown(open, &range, ways)
    };
    fields.iter().map(item).collect()
}

/// The words of which one may stand at a key.
fn values(field: &Field) -> &'static [&'static str] {
    match field.kind {
        Sort::Choice(words) => words,
        Sort::Flag => &["是", "否"],
        _ => &[],
    }
}

/// Whether a file calls its facts by their ids.
fn says_ids(text: &str) -> bool {
    let first = text.lines().filter(|line| !line.trim_start().starts_with('#')).find_map(fields::key_of);
    first.is_some_and(|(_, key)| key.is_ascii())
}

fn skeleton(open: &Open, byte: usize, office: &Office, ways: &Ways) -> Vec<Json> {
    let before = &open.text[..byte];
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    let start = before
        .rfind(|c| !is_part(c))
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let typed = &before[start..];
    if fields::phrase_at(open, start) {
        return said(open, &(start..byte), office, ways);
    }
    let (_, line) = open.line_at(byte);
    let declares = line.contains("fact:") && before.matches("\n---").count() == 0;
    if !declares && !is_code(before) {
        return Vec::new();
    }
    let (parent, from) = match typed.rfind('.') {
        Some(dot) => (&typed[..dot], start + dot + 1),
        None => ("", start),
    };
    let range = from..byte;
    if parent == "words" {
        let word = |word: &&str| {
            let detail = ways.lang.either("随级别变的词", "a word of the level");
            Item {
                label: word,
                typed: word,
                new: (*word).to_owned(),
                kind: CONSTANT,
                detail,
                page: String::new(),
            }
            .shown(open, &range, ways)
        };
        return WORDS.iter().map(word).collect();
    }
    let meant = if declares { parent.to_owned() } else { fields::meant(before, parent) };
    let fields =
        if parent.is_empty() { FACTS } else { path::field(&meant).map_or(&[][..], |f| f.kind.fields()) };
    let item = |field: &Field| {
        // In the front matter every item of a list is meant.
        let each = declares && matches!(field.kind, Sort::List(Sort::Record(_)));
        let new = if each { format!("{}[]", field.id) } else { field.id.to_owned() };
        let page = fields::page(field, ways.lang);
        Item { label: field.id, typed: field.id, new, kind: FIELD, detail: named(field, ways.lang), page }
            .shown(open, &range, ways)
    };
    fields.iter().map(item).collect()
}

fn named(field: &Field, lang: Lang) -> &str {
    match lang {
        Lang::Zh => field.key,
        Lang::En => &field.label.en,
    }
}

/// Whether what follows is Tera's: `{{ …` or `{% …`.
fn is_code(before: &str) -> bool {
    let opened = before.rfind("{{").max(before.rfind("{%"));
    let closed = before.rfind("}}").max(before.rfind("%}"));
    opened.is_some_and(|opened| closed.is_none_or(|closed| closed < opened))
}

fn said(open: &Open, range: &Range<usize>, office: &Office, ways: &Ways) -> Vec<Json> {
    let mut all = fields::phrases(office);
    // A topic's phrases have the ids of the general ones.
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all.dedup_by(|a, b| a.id == b.id);
    let item = |phrase: &Arc<Phrase>| {
        let page = phrase.variants.first().map(|v| v.text.clone()).unwrap_or_default();
        let (id, detail) = (&*phrase.id, phrase.function.in_lang(ways.lang));
        Item { label: id, typed: id, new: id.to_owned(), kind: SNIPPET, detail, page }
            .shown(open, range, ways)
    };
    all.iter().map(item).collect()
}
