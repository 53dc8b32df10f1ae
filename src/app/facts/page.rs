//! Facts as other programs read them, and how many there are.

use serde_json::{Map, Value as Json, json};

use crate::base::{Lang, Place, Text};
use crate::model::facts::diff::{Difference, Differing, Said, Single};
use crate::model::facts::table::{FACTS, FIGURE, Field};
use crate::model::facts::{Fact, Facts, Record, Value, path::in_chinese};
use crate::text;

/// How many facts so many files state, and how many they leave blank.
#[must_use]
pub fn count(facts: &Facts, files: usize) -> Text {
    let all = facts.leaves();
    let missing = all.iter().filter(|(_, fact)| fact.value.is_missing()).count();
    let stated = all.len() - missing;
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let (file_s, fact_s) = (plural(files), plural(stated));
    if missing == 0 {
        text!(
            "{files}个文件，{stated}项事实，没有问题。",
            "{files} file{file_s}, {stated} fact{fact_s}, no problems."
        )
    } else {
        text!(
            "{files}个文件，{stated}项事实；另有{missing}项没有填，可用 wengao facts show 查看。",
            "{files} file{file_s}, {stated} fact{fact_s}; {missing} more left blank, wengao facts show lists them."
        )
    }
}

/// Each fact with its value, where it stands and what it overrides.
#[must_use]
pub fn as_json(facts: &Facts, lang: Lang) -> Json {
    Json::Array(facts.leaves().iter().map(|(path, fact)| one(path, fact, lang)).collect())
}

fn one(path: &str, fact: &Fact, lang: Lang) -> Json {
    let mut one = json!({
        "path": path,
        "key": in_chinese(path),
        "value": (!fact.value.is_missing()).then(|| value(&fact.value, lang)),
        "at": place(&fact.at, lang),
    });
    if !fact.overrides.is_empty()
        && let Some(one) = one.as_object_mut()
    {
        let overrides: Vec<_> = fact.overrides.iter().map(|p| place(p, lang)).collect();
        one.insert("overrides".into(), json!(overrides));
    }
    one
}

/// A place in words.
#[must_use]
pub fn place(place: &Place, lang: Lang) -> String {
    place.label().in_lang(lang).to_owned()
}

/// The value as a sentence takes it; what stands in for a missing one is told as missing.
#[must_use]
pub fn value(value: &Value, lang: Lang) -> String {
    match value {
        Value::Blank(words) if words.is_empty() => lang.either("（没有填）", "(blank)").to_owned(),
        Value::Blank(words) => text!("（没有填：{words}）", "(blank: {words})").in_lang(lang).to_owned(),
        Value::Flag(true) => "是".to_owned(),
        Value::Flag(false) => "否".to_owned(),
        other => other.text().unwrap_or_default(),
    }
}

/// Two years of facts side by side, schema `wengao.facts-diff/1`.
#[must_use]
pub fn difference(difference: &Difference, lang: Lang) -> Json {
    let Difference { changed, added, removed, kept, restated, same } = difference;
    let said = |said: &Said| json!({ "value": said.value, "at": said.at.label().in_lang(lang) });
    let differing = |d: &Differing| json!({ "path": d.path, "key": in_chinese(&d.path), "of": d.of, "last": said(&d.last), "this": said(&d.this) });
    let single = |s: &Single| json!({ "path": s.path, "key": in_chinese(&s.path), "of": s.of, "value": s.said.value, "values": s.values, "at": s.said.at.label().in_lang(lang) });
    let mut page = json!({
        "schema": "wengao.facts-diff/1",
        "kept": kept.iter().map(|k| json!({
            "path": k.path, "key": in_chinese(&k.path), "of": k.of, "value": k.this.value,
            "why": k.why.in_lang(lang), "sure": k.sure,
            "at": k.this.at.label().in_lang(lang), "last_at": k.last.label().in_lang(lang),
        })).collect::<Vec<_>>(),
        "changed": changed.iter().map(differing).collect::<Vec<_>>(),
        "added": added.iter().map(single).collect::<Vec<_>>(),
        "removed": removed.iter().map(single).collect::<Vec<_>>(),
        "same": same,
    });
    if let Some(page) = page.as_object_mut().filter(|_| !restated.is_empty()) {
        page.insert("restated".into(), restated.iter().map(differing).collect());
    }
    page
}

/// Facts as a form holds them: named by their Chinese keys, each value as a person would type it,
/// what is empty left out. As YAML it loads as the same facts.
#[must_use]
pub fn as_tree(facts: &Facts) -> Json {
    record(&facts.root, FACTS)
}

fn record(record: &Record, fields: &[Field]) -> Json {
    let mut out = Map::new();
    for (id, fact) in record {
        let field = fields.iter().find(|f| f.id == id);
        let value = tree(&fact.value, field.map_or(&[], |f| f.kind.fields()));
        if !(value.is_null() || value == "" || value == json!([]) || value == json!({})) {
            out.insert(field.map_or(id.as_str(), |f| f.key).to_owned(), value);
        }
    }
    out.into()
}

fn tree(value: &Value, fields: &[Field]) -> Json {
    match value {
        Value::Record(below) => record(below, fields),
        Value::List(items) => items.iter().map(|item| tree(&item.value, fields)).collect(),
        Value::Figure(figure) if !figure.parts.is_empty() => {
            let parts = record(&figure.parts, FIGURE);
            let mut out = Map::new();
            out.insert("值".into(), figure.text().into());
            out.extend(parts.as_object().cloned().unwrap_or_default());
            out.into()
        }
        Value::Blank(words) => words.as_str().into(),
        other => self::value(other, Lang::Zh).into(),
    }
}
