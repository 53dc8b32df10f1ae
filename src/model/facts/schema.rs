//! The JSON Schema of facts files, so that an editor completes keys and shows what they mean.

use serde_json::{Map, Value, json};

use super::table::{FACTS, FIGURE, Field, Kind};

/// The schema (JSON Schema 2020-12) of a facts file; titles are the Chinese keys, descriptions
/// both languages. Every field may be written under its key or its id (see [`Field::names`]).
#[must_use]
pub fn schema() -> Value {
    let mut top = record(FACTS);
    top["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    top["title"] = json!("文稿 wengao 事实文件");
    top["$defs"] = json!({ "figure": record(FIGURE) });
    top
}

fn record(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut one = of(field.kind);
        one["title"] = json!(field.key);
        one["description"] = json!(format!("{} / {}", field.label.zh, field.label.en));
        if !field.example.is_empty() {
            one["examples"] = json!([field.example]);
        }
        for name in field.names() {
            properties.insert(name.into(), one.clone());
        }
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
