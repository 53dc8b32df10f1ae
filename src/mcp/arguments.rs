//! What a tool takes: one table for the schema that an assistant is shown and for what is said of
//! arguments that do not keep to it.

use serde_json::{Map, Value as Json, json};

use super::Room;
use crate::app::Use;
use crate::app::package::Kept;
use crate::base::{Error, Problem, Result, Text, nearest::nearest};
use crate::text;

/// One argument.
pub(super) struct Takes {
    pub name: &'static str,
    pub kind: Kind,
    pub needed: bool,
    pub about: Text,
}

/// What an argument may be.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Words,
    /// A list of words.
    Names,
    /// A whole number from 0.
    Number,
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// YAML, or an object of the same shape.
    Facts,
    /// Documents, each with `text` or `path` and perhaps a `name`.
    Documents,
}

impl Kind {
    fn schema(self) -> Json {
        match self {
            Self::Words => json!({ "type": "string" }),
            Self::Names => json!({ "type": "array", "items": { "type": "string" } }),
            Self::Number => json!({ "type": "integer", "minimum": 0 }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Choice(words) => json!({ "type": "string", "enum": words }),
            Self::Facts => json!({ "type": ["string", "object"] }),
            Self::Documents => json!({
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": {
                        "name": { "type": "string" },
                        "text": { "type": "string" },
                        "path": { "type": "string" },
                    },
                },
            }),
        }
    }

    fn holds(self, value: &Json) -> bool {
        match self {
            Self::Words => value.is_string(),
            Self::Names => value.as_array().is_some_and(|all| all.iter().all(Json::is_string)),
            Self::Number => value.is_u64(),
            Self::Flag => value.is_boolean(),
            Self::Choice(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Self::Facts => value.is_string() || value.is_object(),
            Self::Documents => value.as_array().is_some_and(|all| all.iter().all(Json::is_object)),
        }
    }
}

/// The JSON Schema of a tool's arguments, each told in both languages.
pub(super) fn schema(takes: &[Takes]) -> Json {
    let mut properties = Map::new();
    for one in takes {
        let mut schema = one.kind.schema();
        schema["description"] = json!(format!("{} / {}", one.about.zh, one.about.en));
        properties.insert(one.name.to_owned(), schema);
    }
    let needed: Vec<_> = takes.iter().filter(|one| one.needed).map(|one| one.name).collect();
    json!({ "type": "object", "properties": properties, "required": needed, "additionalProperties": false })
}

/// The name of facts that came in the call.
const FACTS: &str = "传入的事实.yaml";

/// Arguments that keep to their table.
pub(super) struct Arguments<'a>(&'a Map<String, Json>);

impl<'a> Arguments<'a> {
    /// # Errors
    /// With every argument that is unknown, missing or of another kind.
    pub fn of(given: &'a Map<String, Json>, takes: &[Takes]) -> Result<Self> {
        let mut problems = Vec::new();
        let names = || takes.iter().map(|one| one.name);
        for (name, value) in given {
            match takes.iter().find(|one| one.name == name) {
                None => {
                    let known: Vec<_> = names().collect();
                    let known = known.join("、");
                    let problem =
                        Problem::new(text!("没有“{name}”这个参数", "there is no argument “{name}”"));
                    problems.push(problem.help(match nearest(name, names()) {
                        Some(near) => text!("是不是 {near}？", "did you mean {near}?"),
                        None => text!("可用的：{known}", "there are: {known}"),
                    }));
                }
                Some(one) if value.is_null() || one.kind.holds(value) => {}
                Some(one) => {
                    let wanted = one.kind.schema();
                    problems.push(Problem::new(text!(
                        "参数“{name}”不合要求：{wanted}",
                        "the argument “{name}” is not as it should be: {wanted}"
                    )));
                }
            }
        }
        let given = Self(given);
        for name in takes.iter().filter(|one| one.needed && given.get(one.name).is_none()).map(|o| o.name) {
            problems.push(Problem::new(text!("缺少参数“{name}”", "the argument “{name}” is missing")));
        }
        Error::unless_empty(problems, given)
    }

    fn get(&self, name: &str) -> Option<&'a Json> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub fn words(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    pub fn names(&self, name: &str) -> Option<Vec<String>> {
        let all = self.get(name)?.as_array()?;
        Some(all.iter().filter_map(Json::as_str).map(str::to_owned).collect())
    }

    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.as_u64()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Json::as_bool).unwrap_or(false)
    }

    /// The document that `text` or `path` is, by the name under which it is read from now on. A text
    /// is laid over the file of the name that it is given.
    pub fn document(&self, room: &Room<'_>) -> Result<String> {
        document(room, self.0, "来稿.txt")
    }

    /// The documents of a list, as [`document`](Self::document).
    pub fn documents(&self, room: &Room<'_>, name: &str) -> Result<Vec<String>> {
        let all = self.get(name).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object);
        let numbered = all.enumerate();
        numbered.map(|(n, one)| document(room, one, &format!("材料{}.txt", n + 1))).collect()
    }

    /// What the last package kept, where its 包.json is named.
    pub fn last_package(&self, room: &Room<'_>) -> Result<Option<Kept>> {
        let Some(path) = self.words("last_package") else { return Ok(None) };
        let kept = Kept::parse(&room.office.files.read(path, Use::Look)?);
        kept.map(Some).ok_or_else(|| {
            Problem::new(text!("{path} 不是送审包的 包.json", "{path} is no 包.json of a package")).into()
        })
    }

    /// The facts files that are given: those of the call and those that are named; `None` if there are
    /// neither.
    pub fn facts(&self, room: &Room<'_>) -> Option<Vec<String>> {
        let text = self.get("facts").map(|facts| match facts {
            Json::String(yaml) => yaml.clone(),
            // JSON is YAML.
            object => format!("{object:#}\n"),
        });
        if let Some(text) = &text {
            room.overlay.put(FACTS, text);
        }
        let named = self.names("facts_paths");
        if text.is_none() && named.is_none() {
            return None;
        }
        let own = text.map(|_| FACTS.to_owned());
        Some(named.into_iter().flatten().chain(own).collect())
    }
}

fn document(room: &Room<'_>, given: &Map<String, Json>, unnamed: &str) -> Result<String> {
    let word = |name: &str| given.get(name).and_then(Json::as_str);
    match (word("text"), word("path")) {
        (Some(text), None) => {
            let name = word("name").filter(|name| !name.trim().is_empty()).unwrap_or(unnamed);
            room.overlay.put(name, text);
            Ok(name.to_owned())
        }
        (None, Some(path)) => Ok(path.to_owned()),
        _ => Err(Problem::new(Text::fixed("text 和 path 要有一个，也只要一个", "give either text or path"))
            .help(Text::fixed(
                "text 是文稿的全文，path 是文件的路径",
                "text is the whole document, path that of a file",
            ))
            .into()),
    }
}
