//! One open text: what kind it is, and places in it as the editor counts them.

use std::ops::Range;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::uri;
use crate::app::plan::Plan;
use crate::app::{Files, settings};
use crate::base::Problem;
use crate::base::lines::{Lines, Units};
use crate::model::facts::table::FACTS;
use crate::model::{Finding, Severity};
use crate::read::is_document;

/// What an open text is, by its name and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A document: findings.
    Document,
    /// A facts file: faults.
    Facts,
    /// `wengao.yaml`: faults.
    Settings,
    /// A skeleton: faults.
    Skeleton,
    /// Nothing that is known here.
    Other,
}

/// What was found in one state of a text.
#[derive(Default)]
pub(super) struct Seen {
    pub version: i64,
    pub findings: Vec<Finding>,
    /// What the document was checked with.
    pub plan: Option<Plan>,
    /// What is wrong with the text, or kept it from being checked, and how grave that is.
    pub problems: Vec<(Severity, Problem)>,
}

/// An open text.
pub(super) struct Open {
    pub uri: String,
    /// The name under which it is read.
    pub name: String,
    pub version: i64,
    pub kind: Kind,
    pub text: String,
    pub lines: Lines,
    /// What was found when it was looked at last.
    pub seen: Option<Seen>,
}

impl Open {
    pub fn new(uri: String, language: &str, version: i64, text: String) -> Self {
        let name = uri::path_of(&uri).unwrap_or_else(|| uri::unnamed(&uri, extension(language)));
        let lines = Lines::of(&text);
        Self { uri, name, version, kind: Kind::Other, text, lines, seen: None }
    }

    /// Takes in what was typed: the whole text, or one part of it after the other.
    pub fn change(&mut self, version: i64, changes: &Json, units: Units) {
        self.version = version;
        for change in changes.as_array().into_iter().flatten() {
            let new = change["text"].as_str().unwrap_or_default();
            match self.range(&change["range"], units) {
                Some(range) => self.text.replace_range(range, new),
                None => new.clone_into(&mut self.text),
            }
            self.lines = Lines::of(&self.text);
        }
    }

    /// The bytes that a range of the editor means; `None` if it is none.
    pub fn range(&self, range: &Json, units: Units) -> Option<Range<usize>> {
        let start = self.byte(range.get("start")?, units)?;
        let end = self.byte(range.get("end")?, units)?;
        Some(start..end.max(start))
    }

    /// The byte that a position of the editor means.
    pub fn byte(&self, position: &Json, units: Units) -> Option<usize> {
        let number = |key: &str| usize::try_from(position[key].as_u64()?).ok();
        Some(self.lines.byte_of(&self.text, number("line")?, number("character")?, units))
    }

    /// A range as the editor counts it.
    pub fn shown(&self, range: &Range<usize>, units: Units) -> Json {
        shown(&self.text, &self.lines, range, units)
    }

    /// Its line, from 0, with the line's first byte.
    pub fn line_at(&self, byte: usize) -> (usize, &str) {
        let (line, column) = self.lines.editor_position(&self.text, byte, Units::Utf8);
        let number = u32::try_from(line + 1).unwrap_or(u32::MAX);
        (byte - column, self.lines.line(&self.text, number))
    }

    /// Settles what kind it is.
    pub fn settle(&mut self, files: &dyn Files) {
        self.kind = kind(&self.name, &self.text, files);
    }
}

/// A range of a text as an editor counts it.
pub(super) fn shown(text: &str, lines: &Lines, range: &Range<usize>, units: Units) -> Json {
    let place = |byte: usize| {
        let (line, column) = lines.editor_position(text, byte, units);
        json!({ "line": line, "character": column })
    };
    json!({ "start": place(range.start), "end": place(range.end) })
}

/// The extension that a text without a name has by the language that the editor takes it for.
fn extension(language: &str) -> &'static str {
    match language {
        "markdown" => ".md",
        "plaintext" => ".txt",
        "yaml" => ".yaml",
        _ => "",
    }
}

fn kind(name: &str, text: &str, files: &dyn Files) -> Kind {
    let path = Path::new(name);
    let file = path.file_name().map(|f| f.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "tera" => Kind::Skeleton,
        "yaml" | "yml" if file == settings::NAME => Kind::Settings,
        "yaml" | "yml" if file == settings::BASELINE => Kind::Other,
        "yaml" | "yml" if says_facts(text) || is_named(name, files) || is_asked(path, text) => Kind::Facts,
        "txt" | "md" | "markdown" if is_document(&file) => Kind::Document,
        _ => Kind::Other,
    }
}

/// Whether a key at the top of a YAML text is a Chinese key of the facts: those of other programs are
/// not Chinese.
fn says_facts(text: &str) -> bool {
    let keys = text.lines().filter_map(|line| line.split([':', '：']).next());
    keys.into_iter().any(|key| FACTS.iter().any(|field| field.key == key.trim_end()))
}

/// Whether the settings above a file name it among the facts.
fn is_named(name: &str, files: &dyn Files) -> bool {
    let real = files.real(name);
    let config = real.parent().and_then(|folder| settings::above(files, folder));
    config.is_some_and(|config| settings::facts(&config).iter().any(|facts| files.real(facts) == real))
}

/// Whether a file that says nothing yet is to be one of facts, by its name.
fn is_asked(path: &Path, text: &str) -> bool {
    let empty = text.lines().all(|line| line.trim().is_empty() || line.starts_with('#'));
    let named = path.file_name().is_some_and(|f| f.to_string_lossy().contains("事实"));
    empty && (named || path.parent().is_some_and(|folder| folder.ends_with("facts")))
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};
    use crate::app::InMemory;

    #[test]
    fn what_a_text_is_its_name_its_keys_and_the_settings_say() {
        let settings = "事实: [县情/二.yaml]\n".as_bytes().to_vec();
        let files = InMemory::of([("/a/wengao.yaml".to_owned(), settings)]);
        for (name, text, wanted) in [
            ("/a/稿.md", "", Kind::Document),
            ("/a/t.tera", "", Kind::Skeleton),
            ("/a/wengao.yaml", "", Kind::Settings),
            ("/a/wengao-baseline.yaml", "接受: []\n", Kind::Other),
            ("/a/b.yaml", "# 县情\n会议：\n", Kind::Facts),
            ("/a/县情/二.yaml", "work: {name: x}\n", Kind::Facts),
            ("/a/compose.yaml", "projects: {}\n", Kind::Other),
            ("/a/facts/new.yaml", "# later\n", Kind::Facts),
            ("/a/x.rs", "", Kind::Other),
        ] {
            assert_eq!(kind(name, text, &files), wanted, "{name}");
        }
    }
}
