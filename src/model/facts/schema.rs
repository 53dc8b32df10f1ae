//! The JSON Schema of facts files, so that an editor completes keys and shows what they mean.

use serde_json::{Map, Value, json};

use super::table::{FACTS, FIGURE, Field, Kind};

/// The schema (JSON Schema 2020-12) of a facts file; titles are the Chinese keys, descriptions
/// both languages. Every field may be written under its key or its id.
#[must_use]
pub fn schema() -> Value {
    let mut schema = record(FACTS);
    let top = schema.as_object_mut().expect("a record's schema is an object");
    top.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    top.insert("title".into(), json!("文稿 wengao 事实文件"));
    top.insert("$defs".into(), json!({ "figure": record(FIGURE) }));
    schema
}

fn record(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut one = of(field.kind);
        let object = one.as_object_mut().expect("every kind's schema is an object");
        object.insert("title".into(), json!(field.key));
        object.insert("description".into(), json!(format!("{} / {}", field.label.zh, field.label.en)));
        if !field.example.is_empty() {
            object.insert("examples".into(), json!([field.example]));
        }
        properties.insert(field.key.into(), one.clone());
        properties.insert(field.id.into(), one);
    }
    json!({ "type": ["object", "null"], "additionalProperties": false, "properties": properties })
}

fn of(kind: Kind) -> Value {
    match kind {
        Kind::Words | Kind::Date => json!({ "type": ["string", "number", "null"] }),
        Kind::Figure => {
            json!({ "anyOf": [{ "type": ["string", "number", "null"] }, { "$ref": "#/$defs/figure" }] })
        }
        Kind::Choice(choices) => {
            json!({ "enum": choices.iter().map(|&c| json!(c)).chain([Value::Null]).collect::<Vec<_>>() })
        }
        Kind::Flag => json!({ "enum": ["是", "否", true, false, null] }),
        Kind::Record(fields) if matches!(fields[0].kind, Kind::Words) => {
            json!({ "anyOf": [record(fields), { "type": ["string", "number"] }] })
        }
        Kind::Record(fields) => record(fields),
        Kind::List(item) => json!({ "anyOf": [{ "type": "array", "items": of(*item) }, of(*item)] }),
        Kind::Open => json!({}),
    }
}
