//! Papers checked, reported and mended.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::request::{Heard, Reply, Request};
use crate::app::baseline::Baselines;
use crate::app::check::{Pile, check as run};
use crate::app::corpus::{Incoming, Indexes, prepare};
use crate::app::fix::{How, fix as mend, fix_these};
use crate::app::plan::{Asked, Plan, plans};
use crate::app::settings::Flags;
use crate::app::{InMemory, Office, Use, annotate};
use crate::base::lines::Walk;
use crate::base::{Error, Place, Problem, Result, Text};
use crate::corpus::disk::Change;
use crate::corpus::{Corpus, Held, MemoryStore, Stock};
use crate::model::Manuscript;
use crate::model::settings::Allow;
use crate::report::{Checked, REPORTS, Report, View, json_value};
use crate::text;

/// What is to be checked, and with what.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Wanted {
    /// The papers, and what lies beside them (`wengao.yaml`, facts).
    names: Vec<String>,
    /// Other localities' papers, for this sitting.
    others: Vec<String>,
    locality: Option<String>,
    /// The genre of all papers of the sitting (文种).
    genre: Option<String>,
    /// Last year's paper, which they are held against.
    last_year: Option<String>,
    /// Facts as the form has them.
    facts: Option<Json>,
    skip: Vec<String>,
    allow: Vec<String>,
    /// Findings of each paper that the person ignores, by their numbers in the report.
    ignored: BTreeMap<String, HashSet<usize>>,
    format: String,
    pub name: String,
    /// What the last package of this sitting kept of the paper `name`.
    pub last: String,
    /// Whether what is changed shows as tracked changes.
    track: bool,
    /// The findings whose fixes are wanted; all safe changes where nobody chose.
    accepted: Option<HashSet<usize>>,
}

/// The name under which the form's facts lie among the files.
const FACTS: &str = ".page/facts.yaml";

/// A sitting: the files, what is asked, the papers among them with their plans.
pub(super) struct Sitting<'r> {
    pub office: Office,
    asked: Asked,
    pub papers: Vec<String>,
    pub plans: Vec<Plan>,
    store: Option<MemoryStore>,
    kept: Option<&'r Held>,
    stock: Stock,
    failure: OnceLock<Error>,
    /// What could not be taken as a paper of another locality.
    refused: Vec<Problem>,
}

impl<'r> Sitting<'r> {
    pub fn of(request: &Request<'r>, wanted: &Wanted) -> Result<Self> {
        let all: Vec<String> =
            wanted.names.iter().chain(&wanted.others).chain(&wanted.last_year).cloned().collect();
        let (office, files) = request.office(&all);
        let (skip, home) = (wanted.skip.clone(), wanted.locality.clone().filter(|l| !l.trim().is_empty()));
        let genre = wanted.genre.clone().filter(|g| !g.trim().is_empty());
        let flags = Flags { skip, home, genre, as_of: Some(request.today), ..Flags::default() };
        let facts = wanted.facts.as_ref().map(|facts| {
            files.put(FACTS, facts.to_string().as_bytes());
            vec![FACTS.to_owned()]
        });
        let asked = Asked { flags, facts, last_year: wanted.last_year.clone(), ..Asked::default() };
        let papers: Vec<String> = wanted.names.iter().filter(|n| is_paper(n)).cloned().collect();
        let mut plans = plans(&office, &asked, &papers, &mut Heard::default())?;
        for plan in &mut plans {
            let allow = wanted.allow.iter().map(|words| Allow { rule: None, words: words.clone() });
            plan.settings.allow.extend(allow);
        }
        let (store, refused) = others(&files, &wanted.others);
        let (stock, failure) = (Stock::known(), OnceLock::new());
        let kept = request.kept;
        Ok(Self { office, asked, papers, plans, store, kept, stock, failure, refused })
    }

    /// Every paper checked, without what the person ignores.
    pub fn check(mut self, wanted: &Wanted) -> Result<(Checked, Self)> {
        let plans = std::mem::take(&mut self.plans);
        let checked = |corpus: Option<Corpus<'_>>| {
            let of = Pile::of(self.papers.clone(), plans.clone(), &self.asked);
            run(&self.office, Pile { corpus, texts: true, ..of }, &mut Heard::default())
        };
        // Papers of the sitting go before the corpus that is at hand.
        let mut checked = match (&self.store, self.kept) {
            (Some(store), _) => checked(Some(Corpus { store, stock: &self.stock, failure: &self.failure }))?,
            (None, Some(held)) => held.with(|corpus| checked(Some(corpus)))?,
            (None, None) => checked(None)?,
        };
        for document in &mut checked.documents {
            if let Some(ignored) = wanted.ignored.get(&document.path) {
                let mut number = 0..;
                document.findings.retain(|_| number.next().is_none_or(|n| !ignored.contains(&n)));
            }
        }
        Ok((checked, self))
    }
}

/// Whether a dropped file is a paper, and not what lies beside papers: settings, facts, a baseline.
fn is_paper(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !(name.ends_with(".yaml") || name.ends_with(".yml"))
}

/// Other localities' papers as a store, and why some are not in it.
fn others(files: &InMemory, names: &[String]) -> (Option<MemoryStore>, Vec<Problem>) {
    let (mut documents, mut refused) = (Vec::new(), Vec::new());
    for name in names {
        let incoming = Incoming { path: name.clone(), name: name.clone() };
        match prepare(files, &incoming, &Indexes::default(), &Change::default()) {
            Ok(prepared) => documents.extend(prepared.into_iter().map(|p| (p.entry, p.text))),
            Err(error) => refused.extend_from_slice(error.problems()),
        }
    }
    ((!documents.is_empty()).then(|| MemoryStore::of(documents)), refused)
}

pub(super) fn check(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let (checked, sitting) = Sitting::of(request, &wanted)?.check(&wanted)?;
    let mut texts = serde_json::Map::new();
    for document in &checked.documents {
        texts.insert(document.path.clone(), laid_out(&document.manuscript));
    }
    Ok(Reply::of(json!({
        "report": json_value(&checked, view(request))?,
        "texts": texts,
        "refused": super::request::problems(&sitting.refused, request.lang),
    })))
}

/// The text of a manuscript with its blocks.
pub(super) fn laid_out(manuscript: &Manuscript) -> Json {
    let text = manuscript.text();
    let mut walk = Walk::of(text);
    let mut rows = vec![None; manuscript.blocks().len()];
    for (number, row) in manuscript.tables().iter().flat_map(|table| &table.rows).enumerate() {
        rows[row.cells.clone()].fill(Some(number));
    }
    let blocks: Vec<Json> = manuscript
        .blocks()
        .iter()
        .zip(rows)
        .map(|(block, row)| {
            let at = block.range.start;
            let (start, end) = (walk.to(at).0, walk.to(block.range.end).0);
            let mut block = json!({ "start": start, "end": end, "kind": block.kind.name() });
            if let Some(Place::Paragraph(number)) = manuscript.place(at) {
                block["paragraph"] = (*number).into();
            }
            if let Some(row) = row {
                block["row"] = row.into();
            }
            block
        })
        .collect();
    json!({ "text": text, "blocks": blocks })
}

pub(super) fn view(request: &Request<'_>) -> View {
    View { lang: request.lang, all: true, info: true, date: Some(request.today), ..View::default() }
}

fn report_named(format: &str) -> Result<&'static dyn Report> {
    REPORTS
        .iter()
        .copied()
        .find(|r| r.name() == format)
        .ok_or_else(|| Problem::new(text!("没有“{format}”这种报告", "there is no report “{format}”")).into())
}

pub(super) fn report(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let report = report_named(&wanted.format)?;
    let (mut checked, sitting) = Sitting::of(request, &wanted)?.check(&wanted)?;
    let Some(extension) = report.per_document() else {
        let name = format!("{}.{}", request.lang.either("检查结果", "check"), of_report(report));
        let bytes = report.write(&checked, view(request))?;
        return Ok(Reply { json: json!({ "names": [name] }), files: vec![bytes] });
    };
    let files = &sitting.office.files;
    let target = annotate::Target::Folder(OUT.to_owned(), extension);
    let mut heard = Heard::default();
    let over = (&target, crate::app::Over::Own);
    let view = View { track: wanted.track, ..view(request) };
    annotate::write(&sitting.office, report, view, &mut checked, over, &mut heard);
    let paths = files.below(OUT);
    let names: Vec<&str> = paths.iter().filter_map(|p| p.rsplit('/').next()).collect();
    let bytes = paths.iter().map(|path| files.read(path, Use::Look)).collect::<Result<_>>()?;
    let notes = super::request::problems(&heard.notes, request.lang);
    Ok(Reply { json: json!({ "names": names, "notes": notes }), files: bytes })
}

/// The folder of files that are handed to the person.
const OUT: &str = ".page/out";

fn of_report(report: &dyn Report) -> &'static str {
    report.extensions().first().copied().unwrap_or("txt")
}

pub(super) fn fix(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let sitting = Sitting::of(request, &wanted)?;
    let at = sitting.papers.iter().position(|name| *name == wanted.name).ok_or_else(|| {
        Problem::new(Text::fixed("要改的文稿不在这里", "the document to be mended is not here"))
    })?;
    let name = sitting.papers[at].clone();
    let how = if wanted.track { How::Tracked } else { How::Plain };
    let mended = match &wanted.accepted {
        None => {
            let mut baselines = Baselines::load(&*sitting.office.files, sitting.plans.iter(), false)?;
            mend(&sitting.office, &name, &sitting.plans[at], &mut baselines, how)?
        }
        Some(chosen) => {
            let (checked, sitting) = sitting.check(&Wanted::default())?;
            let of = checked.documents.into_iter().find(|d| d.path == name);
            let numbered = of.map(|d| d.findings).unwrap_or_default().into_iter().enumerate();
            let these: Vec<_> = numbered.filter(|(n, _)| chosen.contains(n)).map(|(_, f)| f).collect();
            fix_these(&sitting.office, &name, &these, how)?
        }
    };
    let (count, settled) = (mended.count, mended.settled);
    Ok(Reply { json: json!({ "name": name, "count": count, "settled": settled }), files: vec![mended.bytes] })
}
