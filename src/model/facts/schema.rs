//! The JSON Schema of facts files, so that an editor completes keys and shows what they mean, and
//! whoever gathers facts for a document knows what is asked.
//!
//! A table of keys that may stand in several places is written once, under `$defs`. The schema of one
//! document holds only what that document asks for, said where it stands.

use serde_json::{Map, Value, json};

use super::path;
use super::question::Question;
use super::table::{FACTS, FIGURE, Field, Kind};
use crate::base::Lang;

/// By which of their names facts are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Names {
    /// By any: Chinese keys, ids, and ids of other lists (see [`Field::names`]).
    #[default]
    All,
    /// By the Chinese key, or by the id: each key once, described in the language.
    In(Lang),
}

/// The schema (JSON Schema 2020-12) of a facts file; titles are the Chinese keys. With `asked`, of
/// the facts that one document asks for.
#[must_use]
pub fn schema(names: Names, asked: Option<&[Question]>) -> Value {
    let mut making = Making { names, asked, defs: Map::new(), known: Vec::new() };
    let mut top = making.record(FACTS, "");
    if asked.is_none() {
        making.table(FIGURE, "figure");
    } else {
        let figure = making.record(FIGURE, "figure");
        making.defs.insert("figure".into(), figure);
    }
    top["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    top["title"] = json!("文稿 wengao 事实文件");
    top["$defs"] = Value::Object(making.defs);
    top
}

struct Making<'a> {
    names: Names,
    asked: Option<&'a [Question]>,
    defs: Map<String, Value>,
    /// Tables that are under `$defs`, each with its name there.
    known: Vec<(&'static [Field], String)>,
}

impl Making<'_> {
    /// A record of these fields, as the value at a path.
    fn record(&mut self, fields: &'static [Field], path: &str) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            let path = if path.is_empty() { field.id.to_owned() } else { format!("{path}.{}", field.id) };
            // What a figure may be told of is asked of no document.
            let whole = std::ptr::eq(fields, FIGURE) || self.asked.is_none();
            if !whole && !self.questions().any(|q| touches(&q.fact, &path)) {
                continue;
            }
            let mut one = self.of(field.kind, &path);
            self.describe(field, &path, &mut one);
            let names = self.names(field);
            if !whole && self.questions().any(|q| q.needed && is_below(&q.fact, &path)) {
                required.extend(names.first().filter(|_| names.len() == 1).copied());
            }
            for name in names {
                properties.insert(name.into(), one.clone());
            }
        }
        let mut record = json!({ "type": ["object", "null"], "properties": properties });
        // A file may state more than one document asks for.
        if self.asked.is_none() {
            record["additionalProperties"] = json!(false);
        }
        if !required.is_empty() {
            record["required"] = json!(required);
        }
        record
    }

    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.asked.into_iter().flatten()
    }

    fn names(&self, field: &Field) -> Vec<&'static str> {
        match self.names {
            Names::All => field.names().collect(),
            Names::In(Lang::Zh) => vec![field.key],
            Names::In(Lang::En) => vec![field.id],
        }
    }

    /// Title, description and example of a field.
    fn describe(&self, field: &Field, path: &str, one: &mut Value) {
        let asked = self.questions().find(|q| q.fact == path && q.purpose != field.label);
        let purpose = asked.map(|q| &q.purpose);
        let said = |lang: Lang| {
            let purpose = purpose.map(|p| format!("{}{}", lang.either("：", ": "), p.in_lang(lang)));
            format!("{}{}", field.label.in_lang(lang), purpose.unwrap_or_default())
        };
        one["title"] = json!(field.key);
        one["description"] = match self.names {
            Names::All => json!(format!("{} / {}", said(Lang::Zh), said(Lang::En))),
            Names::In(lang) => json!(said(lang)),
        };
        if !field.example.is_empty() {
            one["examples"] = json!([field.example]);
        }
    }

    /// A record under `$defs`; where only some of its keys are asked for, it is said in place.
    fn table(&mut self, fields: &'static [Field], path: &str) -> Value {
        if self.asked.is_some() {
            return self.record(fields, path);
        }
        let known = self.known.iter().find(|(known, _)| std::ptr::eq(*known, fields));
        let name = match known {
            Some((_, name)) => name.clone(),
            None => {
                let name = path.replace("[]", "");
                self.known.push((fields, name.clone()));
                let record = self.record(fields, path);
                self.defs.insert(name.clone(), record);
                name
            }
        };
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn of(&mut self, kind: Kind, path: &str) -> Value {
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
                json!({ "anyOf": [self.table(fields, path), { "type": ["string", "number"] }] })
            }
            Kind::Record(fields) => {
                let table = self.table(fields, path);
                // Beside a reference nothing else is heeded by old readers of schemas.
                if table.get("$ref").is_some() { json!({ "anyOf": [table] }) } else { table }
            }
            Kind::List(item) => {
                let item = self.of(*item, &format!("{path}[]"));
                json!({ "anyOf": [{ "type": "array", "items": item }, item] })
            }
            Kind::Open => self.open(path),
        }
    }

    /// Keys of one's own: those that are asked for.
    fn open(&self, path: &str) -> Value {
        let own = |q: &Question| {
            let key = q.fact.strip_prefix(path)?.strip_prefix('.')?.to_owned();
            let description = match self.names {
                Names::All => format!("{} / {}", q.purpose.zh, q.purpose.en),
                Names::In(lang) => q.purpose.in_lang(lang).to_owned(),
            };
            Some((key, json!({ "description": description })))
        };
        let properties: Map<String, Value> = self.questions().filter_map(own).collect();
        if properties.is_empty() { json!({}) } else { json!({ "properties": properties }) }
    }
}

/// Whether a fact that is asked for is at `path`, below it, or holds it.
fn touches(asked: &str, path: &str) -> bool {
    is_below(asked, path) || is_below(path, asked)
}

fn is_below(long: &str, short: &str) -> bool {
    path::is_below(long, short.trim_end_matches("[]"))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Names, schema};
    use crate::base::{Lang, Text};
    use crate::model::facts::Question;

    /// With both names at every level, and every record where it stands, it had 670 kB.
    #[test]
    fn each_table_stands_once_and_in_one_language_each_key_once() {
        let all = schema(Names::All, None).to_string();
        let one = schema(Names::In(Lang::Zh), None);
        assert!(all.len() < 160_000, "{}", all.len());
        assert!(one.to_string().len() * 2 < all.len(), "{}", one.to_string().len());
        assert!(one["properties"]["会议"]["anyOf"][0]["$ref"] == "#/$defs/meeting", "{one:#}");
        let meeting = |names| schema(names, None)["$defs"]["meeting"]["properties"].clone();
        let has = |of: &Value, key: &str| of.get(key).is_some();
        assert!(has(&meeting(Names::All), "地点") && has(&meeting(Names::All), "place"));
        assert!(has(&meeting(Names::In(Lang::Zh)), "地点") && !has(&meeting(Names::In(Lang::Zh)), "place"));
        assert!(!has(&meeting(Names::In(Lang::En)), "地点") && has(&meeting(Names::In(Lang::En)), "place"));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn follow(value: &Value, top: &Value) {
            match value {
                Value::Object(map) => {
                    if let Some(Value::String(to)) = map.get("$ref") {
                        assert!(top.pointer(to.trim_start_matches('#')).is_some(), "{to}");
                    }
                    map.values().for_each(|v| follow(v, top));
                }
                Value::Array(items) => items.iter().for_each(|v| follow(v, top)),
                _ => {}
            }
        }
        let top = schema(Names::All, None);
        follow(&top, &top);
    }

    #[test]
    fn of_one_document_it_holds_what_is_asked_and_says_what_is_needed() {
        let question = |fact: &str, needed| Question {
            fact: fact.to_owned(),
            needed,
            purpose: Text::fixed("点明", "names it"),
            example: String::new(),
        };
        let asked = [
            question("meeting.place", true),
            question("tasks[].owner", false),
            question("more.完成投资", false),
        ];
        let schema = schema(Names::In(Lang::Zh), Some(&asked));
        assert_eq!(schema["required"], serde_json::json!(["会议"]));
        assert_eq!(schema["properties"]["会议"]["anyOf"][0]["required"], serde_json::json!(["地点"]));
        assert_eq!(schema["properties"].as_object().unwrap().len(), 3);
        assert_eq!(schema["properties"]["补充"]["properties"]["完成投资"]["description"], "点明");
        let task = schema.pointer("/properties/任务/anyOf/0/items").unwrap().to_string();
        assert!(task.contains("牵头单位") && !task.contains("完成时限"), "{task}");
    }
}
