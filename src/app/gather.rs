//! Papers → a facts file to be gone through (采集): what each paper states, with its place, and what a document
//! still needs.
//!
//! Values stand as they were found. Where two papers say different things of one fact neither is taken:
//! both stand as comments below, and the clerk decides.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::files::{Use, in_file, placed};
use super::library::{library, skeleton};
use super::office::{Listener, Office};
use crate::base::{Error, Lang, Place, Problem, Result, Text, blank::is_blank_value, charset::is_mark, when};
use crate::draft::{Skeleton, sample};
use crate::gather::{Found, Kind, Said, gather as find, plain};
use crate::model::Manuscript;
use crate::model::facts::path::field;
use crate::model::facts::table::{Field, Kind as Shape};
use crate::model::facts::write::{scalar, to_yaml};
use crate::model::facts::{self, Fact, Facts, Record, Value};
use crate::read::read;
use crate::text;

/// What papers state, settled.
pub struct Gathered {
    /// The facts, each at its place in its paper.
    pub facts: Facts,
    /// What the papers do not agree on.
    pub doubts: Vec<Doubt>,
    /// The facts as a YAML file, in the order in which a clerk goes through them.
    pub yaml: String,
}

impl Gathered {
    /// How much was found.
    #[must_use]
    pub fn count(&self) -> Text {
        let stated = self.facts.leaves().len();
        match self.doubts.len() {
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
    let (papers, unread) = Papers::read(office, names, listener);
    Error::unless_empty(unread, ())?;
    Ok(papers.settled(&Decided::default(), skeleton.as_deref(), office.lang))
}

/// Papers that could be read, with what each says.
pub struct Papers {
    /// Their names and texts.
    pub read: Vec<(String, Manuscript)>,
    piles: Vec<Pile>,
}

/// What a person decided of what was found (取舍).
#[derive(Debug, Default)]
pub struct Decided {
    /// The ids of records that are not wanted.
    pub left: Vec<String>,
    /// Where papers differ the words that hold, by the id of the record, a slash and the field's.
    pub chosen: BTreeMap<String, String>,
}

impl Papers {
    /// Reads them, and says which cannot be read.
    pub fn read(office: &Office, names: &[&str], listener: &mut dyn Listener) -> (Self, Vec<Problem>) {
        let piles = Kind::ALL
            .iter()
            .map(|kind| Pile { kind: *kind, records: Vec::new(), named: HashMap::new() })
            .collect();
        let mut papers = Self { read: Vec::new(), piles };
        let mut unread = Vec::new();
        for name in names {
            let bytes = office.files.read(name, Use::Input);
            match bytes.and_then(|bytes| read(name, &bytes).map_err(|e| placed(e, name))) {
                Ok(manuscript) => {
                    manuscript.notes().iter().for_each(|note| listener.note(&in_file(note.clone(), name)));
                    papers.add(name, manuscript);
                }
                Err(error) => unread.extend_from_slice(error.problems()),
            }
        }
        (papers, unread)
    }

    fn add(&mut self, name: &str, manuscript: Manuscript) {
        let (paper, file) = (self.read.len(), name.into());
        for found in find(&manuscript) {
            if let Some(pile) = self.piles.iter_mut().find(|p| p.kind == found.kind) {
                pile.put(&found, paper, &file, &manuscript);
            }
        }
        self.read.push((name.to_owned(), manuscript));
    }

    /// All that was found, by kind and in the order of the texts.
    pub fn records(&self) -> impl Iterator<Item = (Kind, &Entry)> {
        self.piles.iter().flat_map(|pile| pile.records.iter().map(|entry| (pile.kind, entry)))
    }

    /// The facts as far as they are agreed on or decided. With a skeleton the file also asks for what that
    /// still needs.
    #[must_use]
    pub fn settled(&self, decided: &Decided, skeleton: Option<&Skeleton>, lang: Lang) -> Gathered {
        let mut root = Record::new();
        let mut pages = Vec::new();
        for pile in &self.piles {
            let (fact, doubtful) = pile.settled(decided);
            let key = pile.kind.id();
            let own =
                fact.map(|fact| Facts { root: Record::from([(key.to_owned(), fact)]), notes: Vec::new() });
            let yaml = own.as_ref().map(|own| to_yaml(own, &|at| Some(label(at, lang))));
            pages.push((key, yaml, doubtful));
            root.extend(own.map(|own| own.root).unwrap_or_default());
        }
        let mut facts = Facts { root, notes: Vec::new() };
        facts::settle(&mut facts);
        let forms = skeleton.map(|s| sample::missing(s, &facts, lang));
        let yaml = self.page(&pages, forms.as_ref(), lang);
        let doubts = pages.into_iter().flat_map(|(.., doubts)| doubts).collect();
        Gathered { facts, doubts, yaml }
    }
}

/// A place as a clerk looks it up.
#[must_use]
pub fn label(at: &Place, lang: Lang) -> String {
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
    /// Which records have a name.
    named: HashMap<String, Vec<usize>>,
}

/// A record: of each field what was said of it, where.
pub struct Entry {
    /// What it is known by as long as the papers are the same: its kind, its name, and which of that name it is.
    pub id: String,
    /// What is said, by the fields of the table of facts.
    pub fields: Vec<(&'static Field, Vec<Saying>)>,
}

impl Entry {
    /// Whether the papers differ on a field.
    #[must_use]
    pub fn differs(field: &Field, said: &[Saying]) -> bool {
        let first = said.first().map(Saying::plain);
        !matches!(field.kind, Shape::List(_)) && said.iter().any(|s| Some(s.plain()) != first)
    }
}

/// A value of one paper.
pub struct Saying {
    /// The value.
    pub value: Value,
    /// Which of the papers says so.
    pub paper: usize,
    /// The bytes of it there.
    pub range: Range<usize>,
    /// The place in words.
    pub at: Place,
}

impl Saying {
    /// The words of it.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.value {
            // 议程: the item by its name.
            Value::Record(fields) => fields.values().next().and_then(|f| f.value.text()).unwrap_or_default(),
            value => value.text().unwrap_or_default(),
        }
    }

    fn plain(&self) -> String {
        plain(&self.words())
    }
}

/// A fact on which papers differ.
pub struct Doubt {
    /// Its Chinese key.
    pub key: &'static str,
    /// Of what; empty where there is one.
    pub of: String,
    /// What the papers say, and where.
    pub said: Vec<(String, Place)>,
}

impl Pile {
    /// Whether there is one record of this kind and no list.
    fn single(&self) -> bool {
        field(self.kind.id()).is_some_and(|f| !matches!(f.kind, Shape::List(_)))
    }

    fn fields(&self) -> &'static [Field] {
        field(self.kind.id()).map_or(&[], |f| f.kind.fields())
    }

    /// Adds what a paper says.
    fn put(&mut self, found: &Found, paper: usize, file: &Arc<str>, manuscript: &Manuscript) {
        let single = self.single();
        let name = if single { String::new() } else { plain(found.title()) };
        // Two years of one indicator are two indicators.
        let name = name + &found.get("year").map(plain).unwrap_or_default();
        let own = |entry: &Entry| entry.fields.iter().flat_map(|(_, said)| said).any(|s| s.paper == paper);
        // What one paper says twice of one name it says of two things.
        let same = self.named.entry(name.clone()).or_default();
        let known = same.iter().copied().find(|&at| single || !own(&self.records[at]));
        let index = known.unwrap_or_else(|| {
            let id = format!("{}/{name}/{}", self.kind.id(), same.len());
            same.push(self.records.len());
            self.records.push(Entry { id, fields: Vec::new() });
            self.records.len() - 1
        });
        let fields = self.fields();
        let entry = &mut self.records[index];
        for said in &found.said {
            let Some(field) = fields.iter().find(|f| f.id == said.key) else { continue };
            let at = place(said, file, manuscript);
            let Some(value) = value(field, &said.words, &at) else { continue };
            let saying = Saying { value, paper, range: said.range.clone(), at };
            match entry.fields.iter_mut().find(|(known, _)| known.id == field.id) {
                Some((_, all)) => all.push(saying),
                None => entry.fields.push((field, vec![saying])),
            }
        }
    }

    /// The fact of this kind, and what of it is doubtful.
    fn settled(&self, decided: &Decided) -> (Option<Fact>, Vec<Doubt>) {
        let mut doubts = Vec::new();
        let mut records = Vec::new();
        for entry in self.records.iter().filter(|entry| !decided.left.contains(&entry.id)) {
            let mut record = Record::new();
            let told = |id: &str| entry.fields.iter().find(|(field, _)| field.id == id);
            let name = told(self.kind.name()).and_then(|(_, said)| said.first());
            let name = name.map(Saying::words).unwrap_or_default();
            for (field, said) in self.fields().iter().filter_map(|field| told(field.id)) {
                let chosen = decided.chosen.get(&format!("{}/{}", entry.id, field.id));
                match agreed(field, said, chosen) {
                    Some(fact) => {
                        record.insert(field.id.to_owned(), fact);
                    }
                    None => {
                        let said = said.iter().map(|s| (s.words(), s.at.clone())).collect();
                        doubts.push(Doubt { key: field.key, of: name.clone(), said });
                    }
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

/// The one value that all papers give, or that somebody chose of them. Of a list what the first paper says counts.
fn agreed(field: &Field, said: &[Saying], chosen: Option<&String>) -> Option<Fact> {
    let fact = |saying: &Saying, value: Value| Fact { value, at: saying.at.clone(), overrides: Vec::new() };
    let first = said.first()?;
    if let Shape::List(_) = field.kind {
        let own = said.iter().filter(|s| s.paper == first.paper);
        let items: Vec<Fact> = own.map(|s| fact(s, s.value.clone())).collect();
        return Some(fact(first, Value::List(items)));
    }
    let chosen = chosen.and_then(|words| said.iter().find(|s| s.words() == *words));
    let holds = chosen.or_else(|| Some(first).filter(|_| !Entry::differs(field, said)))?;
    Some(fact(holds, holds.value.clone()))
}

/// Words as the value of a field; `None` where they are none, so that the file can be loaded.
fn value(field: &Field, words: &str, at: &Place) -> Option<Value> {
    let words = words.trim();
    if words.is_empty() || is_blank_value(words) || words.contains(is_mark) {
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
        Some(cell @ Place::Cell { .. }) => cell.clone(),
        Some(Place::Page { page, line }) => {
            Place::PageOf { file: Arc::clone(file), page: *page, line: *line }
        }
        _ => Place::line(file, manuscript.lines().line_column(manuscript.text(), said.range.start)),
    }
}

impl Papers {
    /// The file: whence it came, the facts by kind with what is doubtful of each, and what is still to be filled
    /// in. `pages` has of each kind its facts and what of them is doubtful.
    fn page(
        &self,
        pages: &[(&str, Option<String>, Vec<Doubt>)],
        forms: Option<&sample::Missing>,
        lang: Lang,
    ) -> String {
        let names: Vec<&str> = self.read.iter().map(|(name, _)| &**name).collect();
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
            out.push_str(&commented(doubts, lang));
        }
        let there: Vec<&str> =
            pages.iter().filter(|(_, yaml, _)| yaml.is_some()).map(|(key, ..)| *key).collect();
        let rest = forms.map(|forms| forms.rest(&there)).unwrap_or_default();
        if !rest.is_empty() {
            out.push_str(lang.either(
                "\n# 文件里没有、文稿还要的，请填：\n",
                "\n# Not in the papers and still asked for:\n",
            ));
            out.push_str(&rest);
        }
        out
    }
}

/// Doubts as comments, to be decided.
fn commented(doubts: &[Doubt], lang: Lang) -> String {
    let mut out = String::new();
    if !doubts.is_empty() {
        out.push_str(lang.either("# 说法不一，定了再填：\n", "# The papers differ; fill in what holds:\n"));
    }
    for Doubt { key, of, said } in doubts {
        let of = if of.is_empty() { String::new() } else { format!("（{of}）") };
        let all: Vec<String> =
            said.iter().map(|(words, at)| format!("{} {}", scalar(words), label(at, lang))).collect();
        let line = format!("#   {key}{of}: {}", all.join(" / "));
        out.push_str(&line.replace(['\n', '\r'], " "));
        out.push('\n');
    }
    out
}
