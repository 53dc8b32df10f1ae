//! A skeleton (模板): front matter that declares its facts, and a Tera body.
//!
//! What a skeleton needs is declared and checked before anything is rendered, because a missing
//! fact inside `if` or `for` would otherwise drop text in silence. One render then serves one
//! draft; a loaded skeleton serves any number.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::context::Shape;
use super::library::Library;
use super::phrase::{BOTH, Phrase, both, field};
use super::{filters, scan};
use crate::base::{Error, Lang, Place, Problem, Result, Text, yaml};
use crate::model::Facts;
use crate::model::facts::{
    self, Record, Value, check_record,
    path::{self, in_chinese},
    table::{Field, Kind},
};
use crate::text;

/// One fact that a skeleton declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The pattern, such as `meeting.place` or `tasks[].owner`.
    pub fact: String,
    /// What the document uses it for.
    pub purpose: Text,
    /// Lines of the skeleton that use it, from 1.
    pub lines: Vec<u32>,
}

/// A part of a document that may be left out or stand elsewhere (章节): from its `@section` line to
/// the next one or `@end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its id, after `@section`.
    pub id: String,
    /// What a clerk calls it: 意义, significance.
    pub title: Text,
    /// It is written where one of these facts is given; always if there are none.
    pub when: Vec<String>,
    /// Its lines in the skeleton's file, from 1; the end is exclusive.
    pub lines: Range<u32>,
}

/// A skeleton that is ready to draft.
#[derive(Debug)]
pub struct Skeleton {
    /// Family and name: `speech/mobilization`. For a file of one's own, its path.
    pub id: Arc<str>,
    /// The genre's name (文种).
    pub title: Text,
    /// What it is for.
    pub about: Text,
    /// The facts it cannot do without, in the order in which the document uses them.
    pub needs: Vec<Need>,
    /// The facts it uses where they are given.
    pub optional: Vec<Need>,
    /// Facts of an invented locality from which it drafts a complete document.
    pub example: Facts,
    pub(super) phrases: HashMap<Arc<str>, Arc<Phrase>>,
    /// The parts that may be left out or put in another order, in the skeleton's own order.
    pub sections: Vec<Section>,
    pub(super) library: Arc<Library>,
    /// The phrases that the body asks for; for the lint.
    pub(super) calls: Vec<scan::Call>,
    pub(super) shape: Shape,
    pub(super) tera: tera::Tera,
    /// The body as Tera has it, front matter as blank lines: for columns in its errors.
    scanned: String,
    needed: BTreeSet<String>,
    /// Facts that the body or its phrases mention, with their lines; for the lint.
    mentioned: Vec<(String, u32)>,
}

static FRONT: &[Field] = &[
    field("id", Kind::Words, "编号", "id"),
    field("title", Kind::Record(BOTH), "名称", "title"),
    field("family", Kind::Words, "类别", "family"),
    field("about", Kind::Record(BOTH), "用途", "what it is for"),
    field("sections", Kind::List(&Kind::Record(SECTION)), "各部分", "sections"),
    field("needs", Kind::List(&Kind::Record(NEED)), "必需的事实", "needed facts"),
    field("optional", Kind::List(&Kind::Record(NEED)), "可选的事实", "optional facts"),
    field("example", Kind::Record(facts::table::FACTS), "示例事实", "example facts"),
];

static SECTION: &[Field] = &[
    field("id", Kind::Words, "编号", "id"),
    field("title", Kind::Record(BOTH), "名称", "title"),
    field("when", Kind::List(&Kind::Words), "有这些事实之一才写", "only with one of these facts"),
];

static NEED: &[Field] =
    &[field("fact", Kind::Words, "事实", "fact"), field("for", Kind::Record(BOTH), "用处", "what for")];

/// The front matter and the line (from 1) on which the body starts.
pub(super) struct Front {
    pub record: Record,
    pub body_line: u32,
}

/// Splits a skeleton's file into front matter and body.
///
/// # Errors
/// If there is no front matter, or it is not what [`FRONT`] says.
pub(super) fn front<'s>(file: &Arc<str>, source: &'s str) -> Result<(Front, &'s str)> {
    let no_front = || {
        Error::from(
            Problem::new(Text::fixed("模板开头没有说明部分", "the skeleton has no front matter"))
                .at(Place::Line { file: Arc::clone(file), line: 1, column: 1 })
                .help(Text::fixed(
                    "模板以一行 --- 开头，写明 id、title、needs 等，再以一行 --- 结束",
                    "start it with a line of ---, give id, title, needs and so on, and end that part with a line of ---",
                )),
        )
    };
    let rest = source.strip_prefix("---").and_then(|s| s.strip_prefix("\r\n").or(s.strip_prefix('\n')));
    let rest = rest.ok_or_else(no_front)?;
    let (end, after) = rest
        .match_indices("\n---")
        .find_map(|(at, _)| {
            let tail = &rest[at + 4..];
            let tail = tail.strip_prefix('\r').unwrap_or(tail);
            tail.strip_prefix('\n').map(|body| (at + 1, body))
        })
        .ok_or_else(no_front)?;
    // One line end in place of the opening ---, so that positions are those of the file.
    let yaml_text = format!("\n{}", &rest[..end]);
    let (root, mut problems) = yaml::read(file, &yaml_text, &|_| false);
    let record = match root {
        Some(node) => check_record(file, &node, FRONT, &mut problems),
        None => Record::new(),
    };
    let body_line =
        u32::try_from(source[..source.len() - after.len()].matches('\n').count() + 1).unwrap_or(1);
    Error::unless_empty(problems, (Front { record, body_line }, after))
}

impl Skeleton {
    /// Loads a skeleton from its file's text. Only the families of phrases that the body uses are
    /// taken from the library.
    ///
    /// # Errors
    /// With everything that is wrong: front matter, syntax of the body, unknown facts and phrases.
    pub fn load(id: &str, source: &str, library: &Arc<Library>) -> Result<Self> {
        let id: Arc<str> = id.into();
        let (Front { record, body_line }, body) = front(&id, source)?;
        let scanned = scan::scan(body, body_line);
        let mut problems = Vec::new();

        let mut bank: HashMap<Arc<str>, Arc<Phrase>> = HashMap::new();
        let families: BTreeSet<&str> =
            scanned.phrases.iter().filter_map(|call| call.id.split('.').next()).collect();
        for family in families {
            bank.extend(library.phrases(family)?.into_iter().map(|p| (Arc::clone(&p.id), p)));
        }
        let mut mentioned = scanned.paths;
        for scan::Call { id: phrase, line, .. } in &scanned.phrases {
            match bank.get(phrase.as_str()) {
                Some(phrase) => mentioned.extend(
                    phrase
                        .variants
                        .iter()
                        .flat_map(|v| v.slots())
                        .filter(|slot| slot.contains('.'))
                        .map(|slot| (slot.to_owned(), *line)),
                ),
                None => problems.push(
                    Problem::new(text!("没有“{phrase}”这条套语", "there is no phrase “{phrase}”"))
                        .at(Place::Line { file: Arc::clone(&id), line: *line, column: 1 }),
                ),
            }
        }
        // Whoever asks for a topic's phrases asks which topic.
        let of_topic = scanned.phrases.iter().filter(|call| call.id.starts_with("topic."));
        mentioned.extend(of_topic.map(|call| (TOPIC.to_owned(), call.line)));
        let needs = declared(&record, "needs", &mentioned, &mut problems);
        let mut optional = declared(&record, "optional", &mentioned, &mut problems);
        if mentioned.iter().any(|(path, _)| path == TOPIC) && optional.iter().all(|n| n.fact != TOPIC) {
            let lines = mentioned.iter().filter(|(path, _)| path == TOPIC).map(|&(_, line)| line).collect();
            let purpose = Text::fixed(
                "用哪个主题的说法，见 wengao topic list",
                "whose phrases are used; see wengao topic list",
            );
            optional.insert(0, Need { fact: TOPIC.to_owned(), purpose, lines });
        }
        let needed: BTreeSet<String> = needs.iter().map(|n| n.fact.clone()).collect();
        let all: BTreeSet<String> = needs.iter().chain(&optional).map(|n| n.fact.clone()).collect();
        let sections = sections(&record, body, body_line, &id, &mut problems);
        let example = match record.get("example").map(|f| &f.value) {
            Some(Value::Record(root)) => Facts { root: root.clone(), notes: Vec::new() },
            _ => Facts::default(),
        };

        let mut tera = tera::Tera::default();
        filters::register(&mut tera);
        // Line numbers in Tera's errors are those of the file: the front matter becomes blank lines.
        let padding = "\n".repeat(body_line as usize - 1);
        let source = format!("{padding}{}", scanned.source);
        if let Err(error) = tera.add_raw_template(BODY, &source) {
            // Columns in the scanned source are shifted by marks; ask again with the body as it is.
            let mut plain = tera::Tera::default();
            filters::register(&mut plain);
            let error = plain.add_raw_template(BODY, &format!("{padding}{body}")).err().unwrap_or(error);
            problems.push(explain(&error, &id));
        }
        let skeleton = Self {
            sections,
            library: Arc::clone(library),
            calls: scanned.phrases,
            title: both(&record, "title"),
            about: both(&record, "about"),
            shape: Shape::of(&all, &needed),
            id,
            needs,
            optional,
            example,
            phrases: bank,
            tera,
            scanned: source,
            needed,
            mentioned,
        };
        Error::unless_empty(problems, skeleton)
    }

    /// Tera's error while rendering, with the column of the file: marks do not count.
    pub(super) fn render_error(&self, error: &tera::Error) -> Error {
        explain(error, &self.id)
            .map_place(|place| match place {
                Place::Line { file, line, column } => {
                    let row = self.scanned.lines().nth(line as usize - 1).unwrap_or_default();
                    let before = row.chars().take(column as usize - 1);
                    let marks = before.filter(|&c| super::mark::is_mark(c)).count();
                    Place::Line { file, line, column: column - u32::try_from(marks).unwrap_or(0) }
                }
                other => other,
            })
            .into()
    }

    /// Whether the fact at this concrete path must be there.
    pub(super) fn is_needed(&self, path: &str) -> bool {
        self.needed.contains(&path::pattern(path))
    }

    /// The sections that a document of these facts has, in order: those that `wanted` names, else
    /// those of `文稿.章节`, else all; without those whose facts are not given.
    ///
    /// # Errors
    /// If a name is none of a section's; the known ones are named.
    pub fn chosen(&self, facts: &Facts, wanted: &[String]) -> Result<Vec<&Section>> {
        let listed: Vec<String> = match facts.get("document.sections").map(|f| &f.value) {
            _ if !wanted.is_empty() => wanted.to_vec(),
            Some(Value::List(items)) => items.iter().filter_map(|f| f.value.text()).collect(),
            _ => Vec::new(),
        };
        let mut problems = Vec::new();
        let mut chosen: Vec<&Section> = Vec::new();
        for name in &listed {
            match self.sections.iter().find(|s| s.id == *name || s.title.zh == *name || s.title.en == *name) {
                Some(section) if chosen.contains(&section) => {}
                Some(section) => chosen.push(section),
                None => {
                    let all = |lang| {
                        let all: Vec<_> = self.sections.iter().map(|s| s.title.in_lang(lang)).collect();
                        all.join(if lang == Lang::Zh { "、" } else { ", " })
                    };
                    problems.push(
                        Problem::new(text!(
                            "模板没有“{name}”这一部分",
                            "the skeleton has no section “{name}”"
                        ))
                        .help(Text::new(
                            format!("可写的部分：{}", all(Lang::Zh)),
                            format!("its sections: {}", all(Lang::En)),
                        )),
                    );
                }
            }
        }
        if listed.is_empty() {
            chosen.extend(&self.sections);
        }
        let given = |fact: &String| facts.missing(fact).is_empty();
        chosen.retain(|s| s.when.is_empty() || s.when.iter().any(given));
        Error::unless_empty(problems, chosen)
    }

    /// The needed facts that are missing: concrete path and need, in the order of the document. What
    /// only sections need that are not `chosen` is not missed.
    #[must_use]
    pub fn missing(&self, facts: &Facts, chosen: &[&Section]) -> Vec<(String, &Need)> {
        let mut found: Vec<(String, &Need)> = Vec::new();
        let left_out =
            |line: &u32| self.sections.iter().any(|s| s.lines.contains(line) && !chosen.contains(&s));
        for need in &self.needs {
            if !need.lines.is_empty() && need.lines.iter().all(left_out) {
                continue;
            }
            for path in facts.missing(&need.fact) {
                if !found.iter().any(|(p, _)| *p == path) {
                    found.push((path, need));
                }
            }
        }
        found
    }

    /// The error that lists `missing` for the person who has to find them out.
    pub(super) fn missing_error(&self, missing: &[(String, &Need)]) -> Error {
        let problems = missing
            .iter()
            .map(|(path, need)| {
                let chinese = in_chinese(path);
                let label = path::field(path).map(|f| f.label.clone());
                let (zh, en) = label.map_or((String::new(), String::new()), |l| {
                    (format!("（{}）", l.zh), format!(" ({})", l.en))
                });
                // The words of the level stand on dozens of lines; the first few are enough to look at.
                let more = need.lines.len() > MOST_LINES;
                let lines: Vec<_> = need.lines.iter().take(MOST_LINES).map(u32::to_string).collect();
                let (of_zh, of_en) = (if more { "等" } else { "" }, if more { " …" } else { "" });
                let (lines_zh, lines_en) = (lines.join("、"), lines.join(", "));
                let id = &self.id;
                Problem::new(Text::new(
                    format!(
                        "缺少 {chinese}{zh}：{}；用在模板 {id} 第{lines_zh}{of_zh}行；键 {path}",
                        need.purpose.zh
                    ),
                    format!(
                        "missing {chinese}{en}: {}; used in template {id}, line {lines_en}{of_en}; id {path}",
                        need.purpose.en
                    ),
                ))
            })
            .collect();
        match Error::unless_empty(problems, ()) {
            Err(error) => error,
            Ok(()) => Problem::new(Text::fixed("没有缺少的事实", "no fact is missing")).into(),
        }
    }

    /// Facts that the body or its phrases mention without declaring them, with their lines, and
    /// facts that are declared but never mentioned. Both empty for a sound skeleton.
    #[must_use]
    pub fn undeclared_and_unused(&self) -> (Vec<(String, u32)>, Vec<String>) {
        let declared: Vec<&str> = self.needs.iter().chain(&self.optional).map(|n| n.fact.as_str()).collect();
        let undeclared = self
            .mentioned
            .iter()
            .filter(|(path, _)| {
                let first = path.split(['.', '[']).next().unwrap_or_default();
                !matches!(first, "words" | "loop" | "sections" | "room" | "turn" | "topic")
            })
            .filter(|(path, _)| !declared.iter().any(|d| covers(d, path)))
            .cloned()
            .collect();
        let unused = declared
            .iter()
            .filter(|d| {
                // The words of the level are how a skeleton uses a locality's level.
                let word = |path: &str| **d == "locality.level" && path.starts_with("words.");
                !self.mentioned.iter().any(|(path, _)| word(path) || covers(d, path) && path.len() >= d.len())
            })
            .map(|d| (*d).to_owned())
            .collect();
        (undeclared, unused)
    }
}

/// So many lines of a skeleton are told of a missing fact.
const MOST_LINES: usize = 5;

/// The fact that names the topic.
const TOPIC: &str = "work.topic";

/// The name of the one template in a skeleton's engine.
pub(super) const BODY: &str = "body";

/// Whether the declared pattern makes the mentioned path known: it is that path, lies above it
/// (`meeting` for `meeting.place`), or below it (`tasks[].name` makes `tasks` a list).
fn covers(declared: &str, mentioned: &str) -> bool {
    let below = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let mentioned = mentioned.trim_end_matches("[]");
    let flat = mentioned.replace('_', ".");
    let declared = declared.trim_end_matches("[]");
    below(mentioned, declared) || below(declared, mentioned) || below(&flat, declared)
}

/// The declared sections with their lines in the body. A section without its `@section` line, and
/// the other way round, is a problem.
fn sections(
    record: &Record,
    body: &str,
    first: u32,
    id: &Arc<str>,
    problems: &mut Vec<Problem>,
) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    if let Some(Value::List(items)) = record.get("sections").map(|f| &f.value) {
        for item in items {
            let Value::Record(section) = &item.value else { continue };
            let when = match section.get("when").map(|f| &f.value) {
                Some(Value::List(facts)) => facts.iter().filter_map(|f| f.value.text()).collect(),
                _ => Vec::new(),
            };
            let id = section.get("id").and_then(|f| f.value.text()).unwrap_or_default();
            out.push(Section { id, title: both(section, "title"), when, lines: 0..0 });
        }
    }
    let mut open: Option<usize> = None;
    for (line, text) in (first..).zip(body.lines()) {
        let start = text.strip_prefix("@section ").map(str::trim);
        if start.is_none() && text.trim_end() != "@end" {
            continue;
        }
        if let Some(open) = open.take() {
            out[open].lines.end = line;
        }
        if let Some(name) = start {
            open = out.iter().position(|s| s.id == name && s.lines.is_empty());
            match open {
                Some(open) => out[open].lines = line..line + 1,
                None => problems.push(
                    Problem::new(text!(
                        "“{name}”这一部分没有在说明部分的 sections 里列出，或写了两次",
                        "the section “{name}” is not listed under `sections` in the front matter, or stands there twice"
                    ))
                    .at(Place::Line { file: Arc::clone(id), line, column: 1 }),
                ),
            }
        }
    }
    if let Some(open) = open {
        out[open].lines.end = u32::MAX;
    }
    for section in out.iter().filter(|s| s.lines.is_empty()) {
        let name = &section.id;
        problems.push(
            Problem::new(text!(
                "正文里没有“@section {name}”这一行",
                "the body has no line “@section {name}”"
            ))
            .at(Place::File(Arc::clone(id))),
        );
    }
    out
}

fn declared(
    record: &Record,
    key: &str,
    mentioned: &[(String, u32)],
    problems: &mut Vec<Problem>,
) -> Vec<Need> {
    let Some(Value::List(items)) = record.get(key).map(|f| &f.value) else { return Vec::new() };
    let mut needs = Vec::new();
    for item in items {
        let Value::Record(need) = &item.value else { continue };
        let fact = need.get("fact").and_then(|f| f.value.text()).unwrap_or_default();
        if path::field(&fact).is_none() && !fact.starts_with("more.") {
            problems.push(
                Problem::new(text!("事实表里没有“{fact}”", "the facts table has no “{fact}”"))
                    .at(item.at.clone()),
            );
        }
        let all = |path: &str| path.strip_suffix("[]").map_or(path.len(), str::len);
        let (name, level) = (&fact[..all(&fact)], fact == "locality.level");
        let mut lines: Vec<u32> = mentioned
            .iter()
            .filter(|(path, _)| path[..all(path)] == *name || level && path.starts_with("words."))
            .map(|&(_, line)| line)
            .collect();
        lines.dedup();
        needs.push(Need { fact, purpose: both(need, "for"), lines });
    }
    needs
}

/// Tera's error in the words of the desk, with line and column of the skeleton's file.
pub(super) fn explain(error: &tera::Error, id: &Arc<str>) -> Problem {
    let (message, line, column) = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), report.span().start_line, report.span().start_col + 1)
        }
        other => (other.to_string(), 1, 1),
    };
    let message = message.lines().next().unwrap_or_default().to_owned();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Problem::new(text!("模板有误：{message}", "error in the template: {message}"))
        .at(Place::Line { file: Arc::clone(id), line: number(line), column: number(column) })
        .help(Text::fixed(
            "检查这一处的 {{ }}、{% %} 是否成对，事实名是否在说明部分声明过",
            "check that {{ }} and {% %} come in pairs here and that the facts are declared in the front matter",
        ))
}
