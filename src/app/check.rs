//! Every rule over every document of a pile.
//!
//! A document that cannot be read does not keep the others from being checked; it is among the
//! unread. Several documents are checked on all cores, a single one without starting a thread; the
//! outcome is in the order in which they were given either way.

use std::collections::BTreeMap;

use super::baseline::{self, Baselines};
use super::cores;
use super::files::{Use, placed};
use super::office::{Listener, Office};
use super::plan::{Asked, Plan};
use crate::base::{Error, Problem, Result, Text};
use crate::corpus::Corpus;
use crate::model::settings::HomeOrigin;
use crate::model::{Facts, Finding, Gap, Manuscript};
use crate::read::read;
use crate::report::{Checked, Document, Original, Silenced, Silencer};
use crate::rules::same_batch::{self, Alike};
use crate::rules::{self, Case, Genre, RULES, Whose};
use crate::text;

/// Documents to be checked together, each with what it is checked with.
pub struct Pile<'a> {
    /// Each document's name with its plan; see [`plans`](super::plan::plans).
    pub documents: Vec<(String, Plan)>,
    /// What was named and is no document, and why.
    pub missed: Vec<(String, Error)>,
    /// What was asked for besides the settings.
    pub asked: &'a Asked,
    /// Facts of other localities.
    pub others: &'a [Facts],
    /// What they are held against.
    pub corpus: Option<Corpus<'a>>,
    /// Whether they are held against each other, as papers of one batch.
    pub among: bool,
    /// Whether all that is found is accepted in the baseline.
    pub accept: bool,
    /// Whether the texts of documents in which nothing was found are kept, for a door that shows them.
    pub texts: bool,
}

impl<'a> Pile<'a> {
    /// Documents that are checked by themselves.
    #[must_use]
    pub fn of(names: Vec<String>, plans: Vec<Plan>, asked: &'a Asked) -> Self {
        let documents = names.into_iter().zip(plans).collect();
        Self {
            documents,
            missed: Vec::new(),
            asked,
            others: &[],
            corpus: None,
            among: false,
            accept: false,
            texts: false,
        }
    }
}

/// Checks a pile. A text without a name (`-`) is kept in its document as the original, since it can
/// be read only once.
///
/// # Errors
/// If a baseline has faults or cannot be written, or the corpus failed while it was searched.
pub fn check(office: &Office, pile: Pile<'_>, listener: &mut dyn Listener) -> Result<Checked> {
    let plans = pile.documents.iter().map(|(_, plan)| plan);
    let needed = pile.asked.baseline.is_some() && !pile.accept;
    let _held = if pile.accept { baseline::hold(&*office.files, plans.clone())? } else { Vec::new() };
    let mut baselines = Baselines::load(&*office.files, plans, needed)?;
    let opened = cores::each(&pile.documents, |(name, _)| open(office, &pile, name));
    let alike = if pile.among { alike(&pile, &opened)? } else { vec![None; opened.len()] };
    let numbers: Vec<usize> = (0..opened.len()).collect();
    let looked = cores::each(&numbers, |&n| {
        let opened = opened[n].as_ref().ok()?;
        Some(look(&pile, opened, &pile.documents[n].1, alike[n].as_ref()))
    });
    if let Some(failed) = pile.corpus.and_then(|corpus| corpus.failure.get()) {
        return Err(failed.clone());
    }
    let mut checked = Checked::default();
    let (mut silence, mut packs) = (Silence::default(), Vec::new());
    checked.unread = pile.missed;
    let outcomes = opened.into_iter().zip(looked.into_iter().zip(alike));
    for ((name, plan), (opened, (looked, alike))) in pile.documents.into_iter().zip(outcomes) {
        match opened {
            Ok(Opened { manuscript, original }) => {
                let Looked { findings, home, homeless } = looked.unwrap_or_default();
                silence.hear(&plan, pile.asked);
                for title in &plan.settings.pack.titles {
                    if !packs.contains(title) {
                        packs.push(title.clone());
                    }
                }
                let text = manuscript.text();
                let findings = baselines.apply(&plan, text, findings, pile.accept);
                let copied = rules::copied_passage::summary(manuscript.characters(), text, &findings);
                let mut document =
                    Document { home, homeless, alike, ..Document::new(name, manuscript, findings) };
                document.notes.extend(copied);
                document.notes.extend(unknown_genre(&plan));
                document.original = original;
                if document.findings.is_empty() && document.alike.is_none() && !pile.texts {
                    document.manuscript = Manuscript::default();
                }
                checked.documents.push(document);
            }
            Err(error) => {
                let error = placed(error, &name);
                checked.unread.push((name, error));
            }
        }
    }
    checked.silenced = silence.told();
    checked.packs = packs;
    if pile.accept {
        baselines.update(office, listener)?;
    } else {
        baselines.tell(listener);
    }
    Ok(checked)
}

/// One document as it was read.
struct Opened {
    manuscript: Manuscript,
    original: Option<Original>,
}

/// What looking at one document came to.
#[derive(Default)]
struct Looked {
    findings: Vec<Finding>,
    home: Option<(String, HomeOrigin)>,
    homeless: bool,
}

fn open(office: &Office, pile: &Pile<'_>, name: &str) -> Result<Opened> {
    let bytes = office.files.read(name, Use::Input)?;
    let unnamed = name == "-";
    let read_as = pile.asked.unnamed.as_deref().filter(|_| unnamed).unwrap_or(name);
    let manuscript = read(read_as, &bytes)?;
    if manuscript.text().trim().is_empty() {
        return Err(nothing(bytes.len(), &manuscript).into());
    }
    let original = unnamed.then(|| Original { name: read_as.to_owned(), bytes });
    Ok(Opened { manuscript, original })
}

/// What each document shares with the one that is most like it; nothing for one that was not read.
///
/// # Errors
/// If there are no two that can be held against each other.
fn alike(pile: &Pile<'_>, opened: &[Result<Opened>]) -> Result<Vec<Option<Alike>>> {
    let named = pile.documents.iter().zip(opened);
    let papers: Vec<(&str, &Manuscript)> =
        named.filter_map(|((name, _), opened)| Some((&**name, &opened.as_ref().ok()?.manuscript))).collect();
    if papers.len() < 2 {
        let what =
            Text::fixed("要有两篇文稿才能互相比", "it takes two documents to hold them against each other");
        return Err(Problem::new(what)
            .help(Text::fixed(
                "把同批的几份一起列上，如 'drafts/*.docx'",
                "name those of the batch together, such as 'drafts/*.docx'",
            ))
            .into());
    }
    let mut found = same_batch::alike(&papers).into_iter();
    Ok(opened.iter().map(|opened| opened.as_ref().ok().and_then(|_| found.next())).collect())
}

fn look(pile: &Pile<'_>, opened: &Opened, plan: &Plan, alike: Option<&Alike>) -> Looked {
    let case = Case::new(&opened.manuscript, &plan.settings)
        .with_facts(plan.facts.as_deref())
        .beside(pile.others)
        .against(pile.corpus)
        .after(plan.last_year.as_deref())
        .among(alike);
    let findings = rules::check(&case);
    let (home, homeless) = home(&case, plan);
    Looked { findings, home, homeless }
}

/// What is told of a genre that was declared and of which no rule knows anything.
fn unknown_genre(plan: &Plan) -> Option<Problem> {
    let name =
        plan.settings.genre.as_deref().filter(|name| !name.is_empty() && Genre::named(name).is_none())?;
    let known = Genre::ALL.map(|genre| genre.zh()).join("、");
    Some(Problem::new(text!(
        "文种“{name}”没有专门的行文要求可查；能查的是{known}",
        "there are no rules for the genre “{name}”; those that can be checked are {known}"
    )))
}

/// Why a document without a character was not checked: clean is what was looked at, not what there
/// was nothing of.
fn nothing(bytes: usize, manuscript: &Manuscript) -> Problem {
    if bytes == 0 {
        Problem::new(Text::fixed("文件是空的（0 字节）", "the file is empty (0 bytes)")).help(Text::fixed(
            "看看是不是没有保存，或重新复制一份",
            "see whether it was saved, or copy it again",
        ))
    } else if manuscript.gaps().contains(&Gap::Pictures) {
        Problem::new(Text::fixed("文件里没有文字，只有图片", "there is no text in the file, only pictures"))
            .help(Text::fixed(
                "扫描件先识别成文字（WPS、Word 都能做），核对后再查",
                "have the text of a scan recognized (Word and WPS can), look it over and check that",
            ))
    } else {
        Problem::new(Text::fixed("文件里没有文字", "there is no text in the file"))
            .help(Text::fixed("看看是不是给错了文件", "see whether this is the file that you meant"))
    }
}

/// Rules that go by what a document's own locality is.
const BY_PLACE: &[&str] = &["foreign-place", "level-word"];

/// Whose document it is and who says so; and whether nobody does, where a rule should know.
fn home(case: &Case<'_>, plan: &Plan) -> (Option<(String, HomeOrigin)>, bool) {
    if let Some(name) = plan.locality() {
        return (Some((name, plan.settings.home_origin)), false);
    }
    if !BY_PLACE.iter().any(|rule| plan.settings.runs(rule)) {
        return (None, false);
    }
    match case.whose() {
        Whose::Known(name) => (Some((name, HomeOrigin::Inferred)), false),
        Whose::Country => (None, false),
        Whose::Unknown => (None, true),
    }
}

/// Which rules did not run, gathered over the documents.
#[derive(Default)]
struct Silence(BTreeMap<(usize, Silencer), usize>);

impl Silence {
    /// Takes in what one document was checked with.
    fn hear(&mut self, plan: &Plan, asked: &Asked) {
        let off = RULES.iter().map(|r| r.about().id).enumerate().filter(|(_, id)| !plan.settings.runs(id));
        for (at, id) in off {
            let by = if asked.flags.skip.iter().any(|rule| rule == id) {
                Silencer::Skip
            } else if asked.flags.only.is_empty() {
                Silencer::Settings
            } else {
                Silencer::Only
            };
            *self.0.entry((at, by)).or_default() += 1;
        }
    }

    /// In the order of the rules.
    fn told(self) -> Vec<Silenced> {
        let one = |((at, by), documents): ((usize, _), _)| {
            RULES.get(at).map(|rule| Silenced { rule: rule.about().id, by, documents })
        };
        self.0.into_iter().filter_map(one).collect()
    }
}
