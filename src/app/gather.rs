//! Papers → a facts file to be gone through (采集): what each paper states, with its place, and what a document
//! still needs.
//!
//! Values stand as they were found. Where two papers say different things of one fact neither is taken:
//! both stand as comments below, and the clerk decides.

use std::sync::Arc;

use super::files::{Use, in_file, placed};
use super::library::{library, skeleton};
use super::office::{Listener, Office};
use crate::base::{Error, Lang, Place, Result, Text, blank::is_blank_value, when};
use crate::draft::sample;
use crate::gather::{Found, Kind, Said, gather as find};
use crate::model::facts::table::{FACTS, Field, Kind as Shape};
use crate::model::facts::write::{scalar, to_yaml};
use crate::model::facts::{self, Fact, Facts, Record, Value};
use crate::model::{Facts as Whole, Manuscript};
use crate::read::read;
use crate::text;

/// What papers state.
pub struct Gathered {
    /// The facts, each at its place in its paper.
    pub facts: Facts,
    /// How many things the papers do not agree on.
    pub doubts: usize,
    /// The facts as a YAML file, in the order in which a clerk goes through them.
    pub yaml: String,
}

impl Gathered {
    /// How much was found.
    #[must_use]
    pub fn count(&self) -> Text {
        let stated = self.facts.leaves().len();
        match self.doubts {
            0 => text!("采集{stated}项事实，请逐项核对", "{stated} facts found; please check each"),
            doubts => text!(
                "采集{stated}项事实，请逐项核对；另有{doubts}处说法不一，写在文件的注释里",
                "{stated} facts found; please check each. {doubts} on which the papers differ stand as comments in the file"
            ),
        }
    }
}

/// Reads papers and gathers what they state. With `template` the file also asks for what that still needs.
///
/// # Errors
/// If a paper cannot be read, or there is no such skeleton; all papers that cannot be read are told at once.
pub fn gather(
    office: &Office,
    names: &[&str],
    template: Option<&str>,
    listener: &mut dyn Listener,
) -> Result<Gathered> {
    let skeleton = template.map(|t| skeleton(&library(office)?, &*office.files, t)).transpose()?;
    let mut piles: Vec<Pile> =
        Kind::ALL.iter().map(|kind| Pile { kind: *kind, records: Vec::new() }).collect();
    let mut problems = Vec::new();
    for name in names {
        let read = office
            .files
            .read(name, Use::Input)
            .and_then(|bytes| read(name, &bytes).map_err(|e| placed(e, name)));
        let manuscript = match read {
            Ok(manuscript) => manuscript,
            Err(error) => {
                problems.extend_from_slice(error.problems());
                continue;
            }
        };
        manuscript.notes().iter().for_each(|note| listener.note(&in_file(note.clone(), name)));
        let file: Arc<str> = (*name).into();
        for found in find(&manuscript) {
            if let Some(pile) = piles.iter_mut().find(|p| p.kind == found.kind) {
                pile.put(&found, &file, &manuscript);
            }
        }
    }
    Error::unless_empty(problems, ())?;
    let mut root = Record::new();
    let mut doubts = 0;
    let mut pages = Vec::new();
    for pile in &piles {
        let (fact, doubtful) = pile.settled();
        doubts += doubtful.len();
        let key = pile.kind.id();
        let own = fact.map(|fact| Facts { root: Record::from([(key.to_owned(), fact)]), notes: Vec::new() });
        pages.push((key, own.as_ref().map(|own| to_yaml(own, &|at| Some(label(at, office.lang)))), doubtful));
        root.extend(own.map(|own| own.root).unwrap_or_default());
    }
    let mut facts = Whole { root, notes: Vec::new() };
    facts::settle(&mut facts);
    let forms = skeleton.map(|s| sample::missing(&s, &facts, office.lang));
    let yaml = page(names, &pages, forms.as_ref(), office.lang);
    Ok(Gathered { facts, doubts, yaml })
}

/// A place as a clerk looks it up.
fn label(at: &Place, lang: Lang) -> String {
    match at {
        Place::Line { file, line, .. } => {
            text!("{file} 第{line}行", "{file} line {line}").in_lang(lang).to_owned()
        }
        other => other.label().in_lang(lang).to_owned(),
    }
}

/// What is known of one kind.
struct Pile {
    kind: Kind,
    records: Vec<Entry>,
}

/// A record: of each field what was said of it, where.
struct Entry {
    name: String,
    fields: Vec<(&'static str, Vec<Saying>)>,
}

/// A value of one paper.
struct Saying {
    value: Value,
    file: Arc<str>,
    at: Place,
}

/// A fact on which papers differ: its Chinese key, of what, and who says what.
struct Doubt {
    key: String,
    of: String,
    said: Vec<(String, Place)>,
}

/// Letters and figures alone: how a name is compared.
fn plain(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Pile {
    /// Whether there is one record of this kind and no list.
    fn single(&self) -> bool {
        matches!(self.kind, Kind::Work | Kind::Meeting)
    }

    fn fields(&self) -> &'static [Field] {
        FACTS.iter().find(|f| f.id == self.kind.id()).map_or(&[], |f| f.kind.fields())
    }

    /// Adds what a paper says.
    fn put(&mut self, found: &Found, file: &Arc<str>, manuscript: &Manuscript) {
        let single = self.single();
        let fields = self.fields();
        let name = if single { String::new() } else { plain(found.title()) };
        // Two years of one indicator are two indicators.
        let year = found.get("year").map(plain).unwrap_or_default();
        let name = format!("{name}{year}");
        let own = |entry: &Entry| entry.fields.iter().flat_map(|(_, s)| s).any(|s| s.file == *file);
        // What one paper says twice of one name it says of two things.
        let known = self.records.iter().position(|e| e.name == name && (single || !own(e)));
        let index = known.unwrap_or_else(|| {
            self.records.push(Entry { name, fields: Vec::new() });
            self.records.len() - 1
        });
        let entry = &mut self.records[index];
        let mut fresh: Vec<(&'static str, Saying)> = Vec::new();
        for said in &found.said {
            let Some(field) = fields.iter().find(|f| f.id == said.key) else { continue };
            let at = place(said, file, manuscript);
            let Some(value) = value(field, &said.words, &at) else { continue };
            fresh.push((field.id, Saying { value, file: Arc::clone(file), at }));
        }
        for (id, saying) in fresh {
            match entry.fields.iter_mut().find(|(known, _)| *known == id) {
                Some((_, all)) => all.push(saying),
                None => entry.fields.push((id, vec![saying])),
            }
        }
    }

    /// The fact of this kind, and what of it is doubtful.
    fn settled(&self) -> (Option<Fact>, Vec<Doubt>) {
        let mut doubts = Vec::new();
        let mut records = Vec::new();
        for entry in &self.records {
            let mut record = Record::new();
            let name = entry.fields.iter().find(|(id, _)| *id == self.kind.name());
            let name = name.and_then(|(_, s)| s.first()).and_then(|s| s.value.text()).unwrap_or_default();
            for field in self.fields() {
                let Some((_, said)) = entry.fields.iter().find(|(id, _)| *id == field.id) else { continue };
                match agreed(field, said) {
                    Ok(fact) => {
                        record.insert(field.id.to_owned(), fact);
                    }
                    Err(said) => doubts.push(Doubt { key: field.key.to_owned(), of: name.clone(), said }),
                }
            }
            let at = record.values().next().map(|f| f.at.clone());
            if let Some(at) = at {
                records.push(Fact { value: Value::Record(record), at, overrides: Vec::new() });
            }
        }
        let at = records.first().map(|f| f.at.clone());
        let fact = if self.single() {
            records.into_iter().next()
        } else {
            at.map(|at| Fact { value: Value::List(records), at, overrides: Vec::new() })
        };
        (fact, doubts)
    }
}

/// The one value that all papers give, or what each says. Of a list what the first paper says counts.
fn agreed(field: &Field, said: &[Saying]) -> std::result::Result<Fact, Vec<(String, Place)>> {
    let fact = |saying: &Saying, value: Value| Fact { value, at: saying.at.clone(), overrides: Vec::new() };
    let Some(first) = said.first() else { return Err(Vec::new()) };
    if let Shape::List(_) = field.kind {
        let own = said.iter().filter(|s| s.file == first.file);
        let items: Vec<Fact> = own.map(|s| fact(s, s.value.clone())).collect();
        return Ok(fact(first, Value::List(items)));
    }
    let words = |s: &Saying| plain(&s.value.text().unwrap_or_default());
    if said.iter().all(|s| words(s) == words(first)) {
        return Ok(fact(first, first.value.clone()));
    }
    Err(said.iter().map(|s| (s.value.text().unwrap_or_default(), s.at.clone())).collect())
}

/// Words as the value of a field; `None` where they are none, so that the file can be loaded.
fn value(field: &Field, words: &str, at: &Place) -> Option<Value> {
    let words = words.trim();
    if words.is_empty()
        || is_blank_value(words)
        || words.chars().any(|c| matches!(c, '\u{FDD0}'..='\u{FDEF}'))
    {
        return None;
    }
    let kind = if let Shape::List(item) = field.kind { *item } else { field.kind };
    Some(match kind {
        Shape::Figure => Value::Figure(facts::plain_figure(words)),
        Shape::Date => match when::date(words) {
            Some(date) => Value::Date(date),
            None if when::is_time(words) => Value::Words(words.to_owned()),
            None => return None,
        },
        Shape::Words => Value::Words(words.to_owned()),
        // 议程: the item by its name.
        Shape::Record(fields) => {
            let name = Fact { value: Value::Words(words.to_owned()), at: at.clone(), overrides: Vec::new() };
            Value::Record(Record::from([(fields[0].id.to_owned(), name)]))
        }
        _ => return None,
    })
}

/// Where a value stands.
fn place(said: &Said, file: &Arc<str>, manuscript: &Manuscript) -> Place {
    match manuscript.place(said.range.start) {
        Some(Place::Paragraph(paragraph)) => {
            Place::ParagraphOf { file: Arc::clone(file), paragraph: *paragraph }
        }
        _ => Place::line(file, manuscript.lines().line_column(manuscript.text(), said.range.start)),
    }
}

/// The file: whence it came, the facts by kind with what is doubtful of each, and what is still to be filled in.
fn page(
    names: &[&str],
    pages: &[(&str, Option<String>, Vec<Doubt>)],
    forms: Option<&sample::Missing>,
    lang: Lang,
) -> String {
    let names = names.join(lang.either("、", ", "));
    let mut out = text!(
        "# 从 {names} 采集；值照原文，行末是出处。请逐项核对，不对的改掉，不用的删去；没有把握的没有列。\n",
        "# Gathered from {names}; values stand as they do there, with their place behind them.\n# Check each, correct what is wrong, delete what is not needed; what was not sure is not listed.\n"
    )
    .in_lang(lang)
    .to_owned();
    if pages.iter().all(|(_, yaml, doubts)| yaml.is_none() && doubts.is_empty()) {
        out.push_str(lang.either("# 没有采集到事实。\n", "# No facts were found.\n"));
    }
    for (key, yaml, doubts) in pages {
        if let Some(yaml) = yaml {
            out.push('\n');
            out.push_str(yaml);
            out.extend(forms.iter().flat_map(|f| f.within(key)));
        }
        if !doubts.is_empty() {
            out.push_str(
                lang.either("# 说法不一，定了再填：\n", "# The papers differ; fill in what holds:\n"),
            );
        }
        for doubt in doubts {
            let of = if doubt.of.is_empty() { String::new() } else { format!("（{}）", doubt.of) };
            let all: Vec<String> = doubt
                .said
                .iter()
                .map(|(words, at)| format!("{} {}", scalar(words), label(at, lang)))
                .collect();
            let line = format!("#   {}{of}: {}", doubt.key, all.join(" / "));
            out.push_str(&line.replace(['\n', '\r'], " "));
            out.push('\n');
        }
    }
    if let Some(forms) = forms {
        let rest = forms.rest(
            &pages.iter().filter(|(_, yaml, _)| yaml.is_some()).map(|(key, ..)| *key).collect::<Vec<_>>(),
        );
        if !rest.is_empty() {
            out.push_str(lang.either(
                "\n# 文件里没有、文稿还要的，请填：\n",
                "\n# Not in the papers and still asked for:\n",
            ));
            out.push_str(&rest);
        }
    }
    out
}
