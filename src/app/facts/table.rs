//! Facts as tables and as YAML: asked for, filled in, read back.

use super::super::files::{Use, in_file, placed};
use super::super::library::{example, library, skeleton};
use super::super::office::Office;
use super::{load, mapping};
use crate::base::{Error, Lang, Place, Problem, Result, Text};
use crate::draft::{Skeleton, sample, topic::Topic};
use crate::model::Facts;
use crate::model::facts::{
    self, Value,
    path::in_chinese,
    write::{scalar, to_yaml},
};
use crate::sheet::{self, Contents};
use crate::text;

/// A facts file that is to be filled in.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// The skeleton whose questions it asks.
    pub template: &'a str,
    /// The topic whose usual tasks it lists.
    pub topic: Option<&'a str>,
    /// Whether it is filled in with the skeleton's example.
    pub example: bool,
    /// Whether it is a workbook; else YAML.
    pub workbook: bool,
}

/// The file.
///
/// # Errors
/// If there is no such skeleton or topic.
pub fn blank(office: &Office, asked: &Form<'_>) -> Result<Vec<u8>> {
    let library = library(office)?;
    let files = &*office.files;
    let topic = asked.topic.map(|t| library.topic(t)).transpose()?;
    if asked.example && !asked.workbook {
        return Ok(example(&library, files, asked.template)?.into_bytes());
    }
    let skeleton = skeleton(&library, files, asked.template)?;
    if asked.workbook {
        let facts = asked.example.then(|| skeleton.example());
        return workbook(Some(&skeleton), topic.as_deref(), facts, office);
    }
    Ok(sample::blank(&skeleton, topic.as_deref(), office.lang).into_bytes())
}

/// Facts in the format of the file that they are for: a workbook, which also asks what the skeleton
/// still needs, or YAML.
///
/// # Errors
/// If the name says no format, or skeleton or facts cannot be read.
pub fn export(
    office: &Office,
    names: &[String],
    template: Option<&str>,
    to: &str,
) -> Result<(Facts, Vec<u8>)> {
    let yaml = to.ends_with(".yaml") || to.ends_with(".yml") || to == "-";
    if !yaml && !is_workbook(to) {
        return Err(Problem::new(text!("不知道 {to} 要写成什么格式", "cannot tell the format of {to}"))
            .help(Text::fixed("扩展名用 .xlsx 或 .yaml", "use the extension .xlsx or .yaml"))
            .into());
    }
    let skeleton = template.map(|t| skeleton(&library(office)?, &*office.files, t)).transpose()?;
    let facts = load(office, names)?.ok_or_else(none_given)?;
    let bytes = if yaml {
        to_yaml(&facts, &|at| Some(at.label().in_lang(office.lang).to_owned())).into_bytes()
    } else {
        workbook(skeleton.as_deref(), None, Some(&facts), office)?
    };
    Ok((facts, bytes))
}

/// Why there is nothing to do.
#[must_use]
pub fn none_given() -> Problem {
    Problem::new(Text::fixed("没有给出事实文件", "no facts file was given")).help(Text::fixed(
        "写上文件名，如 wengao facts check facts/事实.yaml",
        "name one, as in wengao facts check facts/facts.yaml",
    ))
}

/// What was read from tables.
pub struct Imported {
    /// The facts, with notes on what was not understood.
    pub facts: Facts,
    /// What could not be read, each with its cell.
    pub unread: Vec<Problem>,
    /// The facts as a YAML file that names each value's cell and lists what could not be read.
    pub yaml: String,
    /// A mapping (映射.yaml) of all tables of ledgers that were seen, to fill in; none if there are none.
    pub stub: Option<String>,
}

impl Imported {
    /// Whether no fact was read at all.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        stated(&self.facts) == 0
    }

    /// How many facts were read, and how many were not.
    #[must_use]
    pub fn count(&self) -> Text {
        let stated = stated(&self.facts);
        match self.unread.len() {
            0 => text!("读入{stated}项事实", "{stated} facts read"),
            left => text!(
                "读入{stated}项事实；有{left}处没有读成，见上面",
                "{stated} facts read; {left} places could not be read, see above"
            ),
        }
    }
}

fn stated(facts: &Facts) -> usize {
    facts.leaves().iter().filter(|(_, fact)| !fact.value.is_missing()).count()
}

/// What tables are read by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The one sheet that is meant.
    pub sheet: Option<&'a str>,
    /// The file that says what heads mean; else 映射.yaml beside each workbook, where there is one.
    pub mapping: Option<&'a str>,
}

/// Reads one table; what is said of it names its file.
///
/// # Errors
/// If it is no table, cannot be opened at all, or its mapping is wrong.
pub(super) fn read(office: &Office, name: &str, asked: Asked<'_>) -> Result<sheet::Reading> {
    if !sheet::knows(name) {
        return Err(no_table(name).into());
    }
    let bytes = office.files.read(name, Use::Input)?;
    let mapping = mapping(office, name, asked.mapping)?;
    let mut reading = sheet::read_with(name, &bytes, asked.sheet, &mapping).map_err(|e| placed(e, name))?;
    let notes = std::mem::take(&mut reading.facts.notes);
    reading.facts.notes = notes.into_iter().map(|note| in_file(note, name)).collect();
    Ok(reading)
}

/// Reads tables, later ones over earlier ones. That no fact was found at all is a problem.
///
/// # Errors
/// If one of them cannot be opened at all, or a mapping is wrong.
pub fn import(office: &Office, names: &[&str], asked: Asked<'_>) -> Result<Imported> {
    let mut facts = Facts::default();
    let mut seen = Vec::new();
    let mut unread = Vec::new();
    let mut failed = Vec::new();
    for name in names {
        match read(office, name, asked) {
            Ok(reading) => {
                facts.lay_over(reading.facts);
                unread.extend(reading.problems);
                seen.extend(reading.seen);
            }
            Err(error) => failed.extend(placed(error, name).problems().to_vec()),
        }
    }
    // A file that cannot be opened at all is no half-read table.
    Error::unless_empty(failed, ())?;
    let stub = (!seen.is_empty()).then(|| sheet::mapping_stub(&seen, office.lang));
    if stated(&facts) == 0 {
        unread.push(nothing(names, stub.is_some()));
    }
    let yaml = page(names, &facts, &unread, office.lang);
    Ok(Imported { facts, unread, yaml, stub })
}

/// That nothing was read.
fn nothing(names: &[&str], seen: bool) -> Problem {
    let help = if seen {
        Text::fixed(
            "写明每张表是哪一类、每个表头是什么：填好 映射.yaml，放在表旁边，或用 --mapping 给出",
            "say what each table and head is: fill in a 映射.yaml and keep it beside the tables, or give it with --mapping",
        )
    } else {
        Text::fixed(
            "看看是不是这个文件；表里要有一行表头，如 项目名称、总投资、责任单位",
            "see whether this is the file; a table needs a row of heads, such as 项目名称, 总投资, 责任单位",
        )
    };
    let problem = Problem::new(Text::fixed("没有读到事实", "no facts were found")).help(help);
    match names {
        [name] => in_file(problem, name),
        _ => problem,
    }
}

/// Whether a name asks for a workbook.
#[must_use]
pub fn is_workbook(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".xlsx")
}

/// A workbook that asks what the skeleton asks, with what is usual in the topic, and holds the facts;
/// without facts the topic's name is the one value that is known.
fn workbook(
    skeleton: Option<&Skeleton>,
    topic: Option<&Topic>,
    facts: Option<&Facts>,
    office: &Office,
) -> Result<Vec<u8>> {
    let questions = skeleton.map(|s| sample::questions(s, topic)).unwrap_or_default();
    let asked = |fact: &str| questions.iter().any(|q| q.fact == fact);
    let known = match topic {
        Some(topic) if facts.is_none() && asked("work.topic") => {
            Some(facts::load("", &format!("工作:\n  主题: {}", scalar(&topic.title.zh)))?)
        }
        _ => None,
    };
    let facts = facts.or(known.as_ref());
    let skeleton = skeleton.map(|s| (&*s.id, &s.title));
    sheet::write(&Contents { skeleton, questions: &questions, facts }, office.lang, office.today)
}

/// The file: whence it came, the facts, what was left empty and what could not be read.
fn page(names: &[&str], facts: &Facts, unread: &[Problem], lang: Lang) -> String {
    let label = |at: &Place| at.label().in_lang(lang).to_owned();
    let names = names.join(lang.either("、", ", "));
    let mut out = text!(
        "# 由 {names} 读入；每行末尾是出处。改了这里，不会改原来的表。\n",
        "# Read from {names}; the cell of each value stands behind it. Changes made here do not reach the table.\n"
    )
    .in_lang(lang)
    .to_owned();
    let body = to_yaml(facts, &|at| Some(label(at)));
    if body.is_empty() {
        out.push_str(lang.either("# 没有读到事实。\n", "# No facts were found.\n"));
    } else {
        out.push('\n');
        out.push_str(&body);
    }
    let blank: Vec<_> = facts
        .leaves()
        .into_iter()
        .filter(|(_, fact)| fact.value == Value::Blank(String::new()))
        .filter(|(_, fact)| unread.iter().all(|problem| problem.at.as_ref() != Some(&fact.at)))
        .map(|(path, fact)| format!("#   {}  {}\n", in_chinese(&path), label(&fact.at)))
        .collect();
    if !blank.is_empty() {
        out.push_str(lang.either("\n# 表里空着的：\n", "\n# Left empty in the table:\n"));
        out.extend(blank);
    }
    if !unread.is_empty() {
        out.push_str(lang.either("\n# 没有读成的：\n", "\n# Could not be read:\n"));
        for problem in unread {
            for line in problem.in_lang(lang).lines() {
                out.push_str(&format!("#   {line}\n"));
            }
        }
    }
    out
}

fn no_table(path: &str) -> Problem {
    Problem::new(Text::fixed("不是 .xlsx 或 .csv", "not an .xlsx or .csv"))
        .help(Text::fixed(
            "这里读表格；.yaml 事实文件不用读入，直接用 --facts",
            "tables are read here; a .yaml facts file needs no import, pass it with --facts",
        ))
        .at(Place::File(path.into()))
}
