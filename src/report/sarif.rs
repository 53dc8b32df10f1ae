//! `--format sarif`: SARIF 2.1.0, which code hosts and editors read.
//!
//! The standard is OASIS SARIF 2.1.0. Columns count UTF-16 units from 1 and say so (`columnKind`).
//! A fingerprint is made of rule, words and context, so that a host knows a finding again after
//! lines have moved. Lines of a .docx are its paragraphs as read; the paragraph's own number goes
//! along as a logical location.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::json::{pretty, without_path};
use super::{Checked, Document, Report, State, View, context, homeless};
use crate::base::{Lang, Place, Result, lines::Lines, stable};
use crate::model::{Finding, Severity};
use crate::rules::{About, RULES};

/// The report.
pub struct Sarif;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The name under which fingerprints are given; the number changes when their making does.
const FINGERPRINT: &str = "wengaoFinding/v1";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    artifacts: Vec<Given>,
    results: Vec<Outcome>,
}

/// A path that was given, and what became of it.
#[derive(Serialize)]
struct Given {
    location: Artifact,
    roles: [&'static str; 1],
    properties: Became,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Became {
    state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<&'static str>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Words,
    full_description: Words,
    help: Words,
    default_configuration: Configuration,
    properties: Standing,
}

/// What a rule goes by.
#[derive(Serialize)]
struct Standing {
    authority: &'static str,
    cited: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Clone, Serialize)]
struct Words {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Words,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    /// 100 for what nothing weighs more than; the standard has no rank for the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<f32>,
    message: Words,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Change>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Related {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<Physical>,
    message: Words,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Logical {
    name: String,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Words>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    description: Words,
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: Artifact,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Words,
}

impl Report for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sarif", "json"]
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        let lang = view.lang;
        let version = env!("CARGO_PKG_VERSION");
        let driver = Driver {
            name: "wengao",
            version,
            semantic_version: version,
            rules: RULES.iter().map(|r| descriptor(r.about(), lang)).collect(),
        };
        let run = Run {
            tool: Tool { driver },
            language: match lang {
                Lang::Zh => "zh-CN",
                Lang::En => "en",
            },
            column_kind: "utf16CodeUnits",
            invocations: [Invocation {
                execution_successful: checked.accepted || checked.unread.is_empty(),
                tool_execution_notifications: notifications(checked, lang),
            }],
            artifacts: artifacts(checked),
            results: checked.documents.iter().flat_map(|d| outcomes(d, lang)).collect(),
        };
        pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
    }
}

/// Every path that was given, the documents first.
fn artifacts(checked: &Checked) -> Vec<Given> {
    let given = |path: &str, state: State, left_out| Given {
        location: Artifact { uri: uri(path) },
        roles: ["analysisTarget"],
        properties: Became { state: state.name(), left_out },
    };
    let documents = checked.documents.iter().map(|document| {
        given(&document.path, document.state(), document.gaps.iter().map(|gap| gap.name()).collect())
    });
    let unread = checked.unread.iter().map(|(path, _)| given(path, State::Unread, Vec::new()));
    documents.chain(unread).collect()
}

/// What was not read, in whole or in part, and what did not run.
fn notifications(checked: &Checked, lang: Lang) -> Vec<Notification> {
    let one = |level, text: String, path: Option<&str>| Notification {
        level,
        message: Words { text },
        locations: path
            .map(|path| Location { physical_location: physical(path, None), logical_locations: Vec::new() })
            .into_iter()
            .collect(),
    };
    let level = if checked.accepted { "warning" } else { "error" };
    let unread = checked.unread.iter().map(|(path, error)| one(level, without_path(error, lang), Some(path)));
    let of_document = |document: &Document| {
        let gaps =
            document.left_out().map(|text| one("note", text.in_lang(lang).to_owned(), Some(&document.path)));
        let home = document.homeless.then(|| one("note", homeless(1, 1).in_lang(lang), Some(&document.path)));
        gaps.into_iter().chain(home)
    };
    let silence = checked.conditions().map(|text| one("note", text.in_lang(lang).to_owned(), None));
    unread.chain(checked.documents.iter().flat_map(of_document)).chain(silence).collect()
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn descriptor(about: &'static About, lang: Lang) -> Descriptor {
    let words = |text: &str| Words { text: text.to_owned() };
    Descriptor {
        id: about.id,
        short_description: words(about.title.in_lang(lang)),
        full_description: words(about.why.in_lang(lang)),
        help: Words { text: format!("wengao explain {}", about.id) },
        default_configuration: Configuration { level: level(about.severity) },
        properties: Standing {
            authority: about.authority.name(),
            cited: about.authority.cited().in_lang(lang).to_owned(),
        },
    }
}

fn outcomes(document: &Document, lang: Lang) -> Vec<Outcome> {
    let (text, lines) = (document.manuscript.text(), document.manuscript.lines());
    // Findings that are alike in all that a fingerprint holds are told apart by their order.
    let mut alike: HashMap<u64, usize> = HashMap::new();
    let mut regions = Regions { text, lines, at: 0, line: 1, column: 1 };
    let mut outcome = |finding: &Finding| {
        let words = &text[finding.range.clone()];
        let region = regions.of(finding);
        let (before, after) = context(text, &finding.range);
        let print = stable::hash(&[finding.rule, words, &before, &after]);
        let nth = alike.entry(print).or_default();
        *nth += 1;
        let place = document.manuscript.place(finding.range.start);
        let logical = match place {
            Some(at @ (Place::Paragraph(_) | Place::Cell { .. } | Place::Page { .. })) => {
                vec![Logical { name: at.label().in_lang(lang).to_owned() }]
            }
            _ => Vec::new(),
        };
        let mut message = finding.message.in_lang(lang).to_owned();
        if let Some(help) = &finding.help {
            message.push('\n');
            message.push_str(help.in_lang(lang));
        }
        let snippet = Some(Words { text: words.to_owned() });
        Outcome {
            rule_id: finding.rule,
            rule_index: RULES.iter().position(|r| r.about().id == finding.rule),
            level: level(finding.severity),
            rank: finding.gravest.then_some(100.0),
            message: Words { text: message },
            locations: [Location {
                physical_location: physical(&document.path, Some(Region { snippet, ..region.clone() })),
                logical_locations: logical,
            }],
            related_locations: finding
                .notes
                .iter()
                .map(|(at, note)| related(at.as_ref(), note.in_lang(lang), lang))
                .collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, format!("{print:016x}:{nth}"))]),
            fixes: finding.fix.iter().map(|fix| change(document, &region, &fix.text, lang)).collect(),
        }
    };
    document.findings.iter().map(&mut outcome).collect()
}

fn related(at: Option<&Place>, note: &str, lang: Lang) -> Related {
    let (physical_location, named) = match at {
        Some(Place::Line { file, line, column }) => {
            // Columns of other files are known in code points only, so the line must do.
            let _ = column;
            let region = Region {
                start_line: *line,
                start_column: None,
                end_line: None,
                end_column: None,
                snippet: None,
            };
            (Some(physical(file, Some(region))), None)
        }
        Some(Place::File(file)) => (Some(physical(file, None)), None),
        Some(at @ Place::Cell { file, .. }) => (Some(physical(file, None)), Some(at.label())),
        Some(other) => (None, Some(other.label())),
        None => (None, None),
    };
    let text = match named {
        Some(name) => format!("{}: {note}", name.in_lang(lang)),
        None => note.to_owned(),
    };
    Related { physical_location, message: Words { text } }
}

fn change(document: &Document, region: &Region, text: &str, lang: Lang) -> Change {
    let description = match (lang, text.is_empty()) {
        (Lang::Zh, true) => "删除".to_owned(),
        (Lang::En, true) => "delete it".to_owned(),
        (Lang::Zh, false) => format!("改成“{text}”"),
        (Lang::En, false) => format!("change to “{text}”"),
    };
    Change {
        description: Words { text: description },
        artifact_changes: [ArtifactChange {
            artifact_location: Artifact { uri: uri(&document.path) },
            replacements: [Replacement {
                deleted_region: region.clone(),
                inserted_content: Words { text: text.to_owned() },
            }],
        }],
    }
}

fn physical(path: &str, region: Option<Region>) -> Physical {
    Physical { artifact_location: Artifact { uri: uri(path) }, region }
}

/// The regions of findings, which come in order: columns are counted on from the finding before, so
/// that a document of one line costs no more than one of many.
struct Regions<'t> {
    text: &'t str,
    lines: &'t Lines,
    /// Where the last finding began, in bytes, and its line and column.
    at: usize,
    line: u32,
    column: usize,
}

impl Regions<'_> {
    /// The region of a finding; its end column is the one after its last character.
    fn of(&mut self, finding: &Finding) -> Region {
        let (start, end) = (finding.range.start, finding.range.end);
        let units = |range: std::ops::Range<usize>| self.text[range].encode_utf16().count();
        let line = self.lines.line_of(start);
        let column = match self.at <= start && self.line == line {
            true => self.column + units(self.at..start),
            false => self.lines.utf16_in_line(self.text, start) + 1,
        };
        let (end_line, end_column) = match self.text[start..end].contains('\n') {
            true => {
                let end_line = self.lines.line_of(end);
                (end_line, self.lines.utf16_in_line(self.text, end) + 1)
            }
            false => (line, column + units(start..end)),
        };
        (self.at, self.line, self.column) = (start, line, column);
        Region {
            start_line: line,
            start_column: Some(column),
            end_line: Some(end_line),
            end_column: Some(end_column),
            snippet: None,
        }
    }
}

/// A path as a URI reference, every byte but the unreserved ones as a percent code.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_in_chinese_is_a_sound_uri() {
        assert_eq!(super::uri("drafts/讲 话.txt"), "drafts/%E8%AE%B2%20%E8%AF%9D.txt");
        assert_eq!(super::uri("/a/b.txt"), "file:///a/b.txt");
    }
}
