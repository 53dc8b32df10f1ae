//! A new document from facts and a skeleton, checked before anybody sees it.
//!
//! What the check finds does not keep the document from being written: the clerk needs the text,
//! and needs to know.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use unicode_segmentation::UnicodeSegmentation;

use super::facts;
use super::library::{library, skeleton};
use super::office::{Listener, Office};
use super::{trace, update, wordings};
use crate::base::{Error, Lang, Problem, Result, Text};
use crate::corpus::{Corpus, GUARANTEED, shared_letters};
use crate::draft::library::Library;
use crate::draft::plan::Plan;
use crate::draft::wanted::{Wanted, wanted};
use crate::draft::{Need, Options, Skeleton, Unavoidable, characters, compose, compose_apart, name_of};
use crate::model::facts::path::in_chinese;
use crate::model::settings::Fonts;
use crate::model::{Facts, Finding, Manuscript, Settings, Severity};
use crate::report::{Checked, Document};
use crate::rules::{self, Case, Genre};
use crate::text;
use crate::write::{WRITERS, Writer, writer};

/// What is to be drafted.
#[derive(Clone)]
pub struct Order<'a> {
    /// The skeleton: its id, or a file of one's own.
    pub template: &'a str,
    /// Facts files, later ones over earlier ones.
    pub facts: Vec<String>,
    /// Length, sections, seed, blanks.
    pub options: Options,
    /// Fonts in the place of those that the settings name.
    pub fonts: Option<Fonts>,
    /// Documents from whose words the draft is to keep away.
    pub apart: Option<Corpus<'a>>,
    /// The document that is to be brought up to date, whose phrases stay.
    pub update: Option<&'a str>,
}

/// A document as it was drafted.
pub struct Drafted {
    /// Its text and where each stretch came from.
    pub manuscript: Manuscript,
    /// What the check found.
    pub findings: Vec<Finding>,
    /// What it was drafted with.
    pub settings: Settings,
    /// The name by which its phrases were chosen.
    pub name: String,
    /// The facts that would improve it most.
    pub wanted: Vec<Wanted>,
    /// The facts that it was drafted from, the office's own lines among them.
    pub facts: Facts,
    skeleton: Arc<Skeleton>,
    options: Options,
    /// Whether it keeps away from the words of a corpus, which is not at hand any more.
    apart: bool,
}

/// Drafts a document.
///
/// # Errors
/// If skeleton or facts cannot be read, facts are missing, or the corpus fails.
pub fn draft(office: &Office, order: Order<'_>, listener: &mut dyn Listener) -> Result<Drafted> {
    Ready::of(office, &order)?.draft(office, order, listener)
}

/// An order whose skeleton and facts are read: what it lacks, its plan and the document itself are of
/// one reading, for a door that shows all three.
pub struct Ready {
    library: Arc<Library>,
    skeleton: Arc<Skeleton>,
    facts: Facts,
}

impl Ready {
    /// Reads skeleton and facts.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn of(office: &Office, order: &Order<'_>) -> Result<Self> {
        let library = library(office)?;
        let skeleton = skeleton(&library, &*office.files, order.template)?;
        let facts = facts::load(office, &order.facts)?.unwrap_or_default();
        Ok(Self { library, skeleton, facts })
    }

    /// The same with facts of one unit laid over what all have in common.
    #[must_use]
    pub fn over(&self, unit: Facts) -> Self {
        let Self { library, skeleton, facts } = self;
        let mut facts = facts.clone();
        facts.lay_over(unit);
        Self { library: Arc::clone(library), skeleton: Arc::clone(skeleton), facts }
    }

    /// What is to be known of how the facts were read.
    #[must_use]
    pub fn notes(&self) -> &[Problem] {
        &self.facts.notes
    }

    /// The facts that a document needs and these do not state: concrete path and what it is for, in the
    /// order of the document. First those without which there is none, then those that it goes without.
    ///
    /// # Errors
    /// If the skeleton has no section of a name that was asked for.
    pub(crate) fn missing(&self, options: &Options) -> Result<[Vec<(String, Text)>; 2]> {
        let chosen = self.skeleton.chosen(&self.facts, &options.sections)?;
        let told = |all: Vec<(String, &Need)>| {
            all.into_iter().map(|(path, need)| (path, need.purpose.clone())).collect()
        };
        Ok([
            told(self.skeleton.missing(&self.facts, &chosen)),
            told(self.skeleton.gaps(&self.facts, &chosen)),
        ])
    }

    /// The keys of facts that a document needs and these do not state.
    ///
    /// # Errors
    /// If the skeleton has no section of a name that was asked for.
    pub fn lacking(&self, options: &Options) -> Result<Vec<String>> {
        let [needed, _] = self.missing(options)?;
        Ok(needed.into_iter().map(|(path, _)| in_chinese(&path)).collect())
    }

    /// The plan of the document, before it is written. Facts that are missing keep no plan from being
    /// shown.
    #[must_use]
    pub fn plan(&self) -> Planned<'_> {
        Planned { plan: Plan::of(&self.facts), wanted: wanted(&self.facts, &self.skeleton) }
    }

    /// Drafts the document.
    ///
    /// # Errors
    /// If facts are missing, or the corpus fails.
    pub fn draft(
        self,
        office: &Office,
        mut order: Order<'_>,
        listener: &mut dyn Listener,
    ) -> Result<Drafted> {
        let Self { library, skeleton, mut facts } = self;
        facts.notes.iter().chain(&library.topic_note(&facts)).for_each(|note| listener.note(note));
        if skeleton.uses_frame() {
            wordings::add(office, &order.facts, &mut facts, listener)?;
        }
        let plan = skeleton.uses_plan().then(|| Plan::of(&facts));
        if let Some(plan) = &plan {
            tell_loose(plan, &facts, listener);
        }
        order.options.name = order.update.and_then(|path| update::name_of(office, path));
        let composed = match order.apart {
            None => compose(&skeleton, &facts, &order.options, plan.as_ref()),
            Some(corpus) => apart((&skeleton, &facts, plan.as_ref()), &order.options, corpus, listener),
        };
        let blanks = order.options.allow_missing;
        let manuscript = composed.map_err(|error| {
            let unstated = error.problems().iter().all(|p| p.at.is_none());
            if unstated && !blanks { with_remedy(error, order.template) } else { error }
        })?;
        if !blanks {
            let chosen = skeleton.chosen(&facts, &order.options.sections)?;
            skeleton.gaps(&facts, &chosen).iter().for_each(|(path, _)| listener.note(&gap(&facts, path)));
        }
        if let Some(wanted) = order.options.length {
            tell_length(&manuscript, wanted, listener);
        }
        let own = office.settings();
        let genre = genre_of(&skeleton).map(|genre| genre.zh().into_owned());
        let (genre_asked, genre) = (own.genre_asked || genre.is_some(), genre.or(own.genre.clone()));
        let settings = Settings { fonts: order.fonts.unwrap_or(own.fonts), genre, genre_asked, ..own };
        let case = Case::new(&manuscript, &settings).with_facts(Some(&facts)).against(order.apart);
        let findings = rules::check(&case);
        order.apart.map_or(Ok(()), whole)?;
        let (options, apart) = (order.options, order.apart.is_some());
        let name = options.name.clone().unwrap_or_else(|| name_of(&facts));
        let wanted = wanted(&facts, &skeleton);
        drop(plan);
        Ok(Drafted { manuscript, findings, settings, name, wanted, facts, skeleton, options, apart })
    }
}

/// The plan of a document that is ordered, in the words of people or of programs.
pub struct Planned<'f> {
    plan: Plan<'f>,
    wanted: Vec<Wanted>,
}

impl Planned<'_> {
    /// For people: a tree, what hangs loose, and what would improve the draft.
    #[must_use]
    pub fn tree(&self, lang: Lang) -> String {
        let mut out = self.plan.tree(lang);
        if let Some(list) = wanted_list(&self.wanted) {
            out.push_str(list.in_lang(lang));
            out.push('\n');
        }
        out
    }

    /// For programs, schema `wengao.plan/1`.
    #[must_use]
    pub fn as_json(&self, lang: Lang) -> Json {
        let mut plan = self.plan.as_json(lang);
        let wanted = self.wanted.iter().map(
            |w| json!({ "fact": w.fact, "key": w.key, "label": w.label.in_lang(lang), "path": w.path, "count": w.count }),
        );
        plan["wanted"] = wanted.collect();
        plan
    }

    /// Whether the facts hold nothing that could answer or be answered.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.plan.is_empty()
    }

    /// What is to be told beside a draft: what hangs loose, and what would improve it; empty if nothing.
    #[must_use]
    pub fn remarks(&self, lang: Lang) -> String {
        let loose = self.plan.loose().into_iter().map(|l| l.say);
        let all = loose.chain(wanted_list(&self.wanted));
        all.map(|say| format!("{}\n", say.in_lang(lang))).collect()
    }
}

/// Tells what hangs loose, each at its record.
fn tell_loose(plan: &Plan<'_>, facts: &Facts, listener: &mut dyn Listener) {
    for loose in plan.loose() {
        let at = facts.get(&format!("{}[{}]", loose.list, loose.index)).map(|f| f.at.clone());
        listener.note(&Problem::new(loose.say).at_known(at));
    }
}

/// The facts that would improve a draft most, in one short list; `None` if there are none.
#[must_use]
pub fn wanted_list(wanted: &[Wanted]) -> Option<Text> {
    let lacking = |w: &Wanted| if w.fact.contains('[') && w.count > 1 { w.count } else { 0 };
    let zh = wanted.iter().map(|w| match lacking(w) {
        0 => w.key.clone(),
        count => format!("{}（缺{count}处）", w.key),
    });
    let en = wanted.iter().map(|w| match lacking(w) {
        0 => format!("{} ({})", w.key, w.label.en),
        count => format!("{} ({}, {count} lacking)", w.key, w.label.en),
    });
    let (zh, en) = (zh.collect::<Vec<_>>().join("、"), en.collect::<Vec<_>>().join(", "));
    (!wanted.is_empty()).then(|| {
        Text::new(
            format!("补上这些事实，稿子会更好：{zh}"),
            format!("these facts would improve the draft most: {en}"),
        )
    })
}

/// Tells of what one record of a list lacks: the draft says nothing of it.
fn gap(facts: &Facts, path: &str) -> Problem {
    let key = in_chinese(path);
    let problem = Problem::new(text!("{key} 没有填，稿里不写", "{key} is not given and not said"));
    let record = path.rsplit_once('.').and_then(|(record, _)| facts.get(record));
    problem.at_known(record.map(|record| record.at.clone()))
}

/// The genre of what a skeleton drafts: by its title (工作总结), else by its family.
fn genre_of(skeleton: &Skeleton) -> Option<Genre> {
    Genre::named(&skeleton.title.zh).or_else(|| Genre::named(&skeleton.id))
}

/// Whether a corpus was searched without failure.
fn whole(corpus: Corpus<'_>) -> Result<()> {
    corpus.failure.get().cloned().map_or(Ok(()), Err)
}

impl Drafted {
    /// The document in the format that a file's name says.
    ///
    /// # Errors
    /// If the name says none, or it cannot be made.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        writer_for(path)?.write(&self.manuscript, &self.settings)
    }

    /// Writes the document into each of these files, all or none, and keeps a copy of each as it was
    /// drafted. With `force` files that exist are replaced; what somebody changed in them is kept.
    ///
    /// # Errors
    /// If one may not or cannot be written.
    pub fn write(
        &self,
        office: &Office,
        paths: &[&str],
        force: bool,
        listener: &mut dyn Listener,
    ) -> Result<()> {
        let files = &*office.files;
        paths.iter().try_for_each(|path| update::may_replace(office, path, force))?;
        super::files::all_different(files, paths)?;
        for path in paths {
            let bytes = self.bytes(path)?;
            // The document and its kept copy change together.
            let _held = files.hold(path)?;
            let keep_trace = || self.keep_trace(office, path);
            let new = update::New { bytes: &bytes, name: &self.name, keep_trace: &keep_trace };
            listener.say(&update::write(office, path, &new, force)?);
        }
        Ok(())
    }

    /// Brings the document at `path` up to date with this draft. Whether nothing is left for the writer to
    /// decide.
    ///
    /// # Errors
    /// See [`update::update`].
    pub fn update(&self, office: &Office, path: &str, listener: &mut dyn Listener) -> Result<bool> {
        let bytes = self.bytes(path)?;
        let keep_trace = || self.keep_trace(office, path);
        let new = update::New { bytes: &bytes, name: &self.name, keep_trace: &keep_trace };
        update::bring_up(office, path, &new, listener)
    }

    /// Keeps where each stretch came from beside the document at `path`, which is written with it.
    fn keep_trace(&self, office: &Office, path: &str) -> Result<()> {
        trace::keep(office, path, &self.manuscript)
    }

    /// The skeleton that it was drafted from.
    pub(crate) fn skeleton(&self) -> &Skeleton {
        &self.skeleton
    }

    /// The facts that it needs and does without: path and what for.
    ///
    /// # Errors
    /// If the skeleton has no section of a name that was asked for.
    pub(crate) fn missing(&self) -> Result<Vec<(String, Text)>> {
        let chosen = self.skeleton.chosen(&self.facts, &self.options.sections)?;
        let needed = self.skeleton.missing(&self.facts, &chosen);
        let gaps = self.skeleton.gaps(&self.facts, &chosen);
        Ok(needed.into_iter().chain(gaps).map(|(path, need)| (path, need.purpose.clone())).collect())
    }

    /// The same document of other facts, to be held against this one.
    ///
    /// # Errors
    /// If these facts give none, or it kept away from a corpus.
    pub(crate) fn again(&self, facts: &Facts) -> Result<Manuscript> {
        if self.apart {
            return Err(Problem::new(Text::fixed(
                "按语料库避开的稿子不能重新起草",
                "a draft that keeps away from a corpus cannot be made again",
            ))
            .into());
        }
        // The document stays the same one though its title may hang on a fact.
        let options = Options { name: Some(self.name.clone()), ..self.options.clone() };
        compose(&self.skeleton, facts, &options, None)
    }

    /// What is somebody's own in another draft of the same document.
    pub(crate) fn findings_in(&self, manuscript: &Manuscript) -> Vec<Finding> {
        if self.findings.iter().all(|f| !f.private) {
            return Vec::new();
        }
        let settings = Settings::with(|s| s.only = vec!["sensitive".to_owned()]);
        rules::check(&Case::new(manuscript, &settings))
    }

    /// Whether the check found more than hints. Blanks that were asked for are expected.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        let asked_for = |f: &Finding| {
            self.options.allow_missing && self.manuscript.text()[f.range.clone()].contains("待补")
        };
        self.findings.iter().any(|f| f.severity > Severity::Info && !asked_for(f))
    }

    /// The document and its findings as a report takes them, under this name.
    #[must_use]
    pub fn checked(self, name: &str) -> Checked {
        let documents = vec![Document::new(name.to_owned(), self.manuscript, self.findings)];
        Checked { documents, ..Checked::default() }
    }
}

/// Drafts in words that the documents of a corpus have said as little as possible, and says what
/// could not be avoided.
fn apart(
    (skeleton, facts, plan): (&Skeleton, &Facts, Option<&Plan<'_>>),
    options: &Options,
    corpus: Corpus<'_>,
    listener: &mut dyn Listener,
) -> Result<Manuscript> {
    let own = facts.text("locality.name").unwrap_or_default();
    let shared = |text: &str| {
        shared_letters(text, corpus.store, &own).unwrap_or_else(|error| {
            corpus.failed(error);
            0
        })
    };
    let (manuscript, unavoidable) = compose_apart(skeleton, facts, options, plan, &shared)?;
    whole(corpus)?;
    for Unavoidable { phrase, letters } in unavoidable.iter().filter(|u| u.letters >= GUARANTEED) {
        listener.say(&text!(
            "避不开：套语 {phrase} 的各种说法都与语料库相同，最少{letters}字",
            "not avoided: every variant of the phrase {phrase} is shared with the corpus, by {letters} letters at least"
        ));
    }
    Ok(manuscript)
}

/// Says how far the length is from what was wanted, if that is more than a tenth, and why.
fn tell_length(manuscript: &Manuscript, wanted: usize, listener: &mut dyn Listener) {
    let length = characters(manuscript);
    if length.abs_diff(wanted) * 10 <= wanted {
        return;
    }
    listener.say(&if length < wanted {
        text!(
            "全文{length}字，不到{wanted}字：事实只够写这么多，不凑字数；补充事实后可再长",
            "{length} characters, fewer than {wanted}: the facts give no more and nothing is padded; more facts make it longer"
        )
    } else {
        text!(
            "全文{length}字，超过{wanted}字：可写的都已从简；用 --sections 少写几部分，或减少事实",
            "{length} characters, more than {wanted}: all is as short as it goes; leave out sections with --sections, or facts"
        )
    });
}

/// The writer for an output's name; plain text for standard output.
///
/// # Errors
/// If the name says no format.
pub fn writer_for(path: &str) -> Result<&'static dyn Writer> {
    let path = if path == "-" { "-.txt" } else { path };
    writer(path).ok_or_else(|| {
        let formats: Vec<_> = WRITERS.iter().map(|w| format!(".{}", w.name())).collect();
        let (zh, en) = (formats.join("、"), formats.join(", "));
        Problem::new(text!("不知道 {path} 要写成什么格式", "cannot tell the format of {path}"))
            .help(Text::new(format!("扩展名用 {zh}"), format!("use one of the extensions {en}")))
            .into()
    })
}

/// The list of missing facts, closed by what to do about it.
fn with_remedy(error: Error, name: &str) -> Error {
    let count = error.problems().len();
    let mut problems = error.problems().to_vec();
    if let Some(last) = problems.last_mut() {
        last.help = Some(text!(
            "共缺{count}项：补进事实文件后再起草；用 wengao facts new {name} 可得一份空白事实文件；要先出稿，加 --allow-missing",
            "{count} missing: add them to the facts file; `wengao facts new {name}` writes an empty one; to draft all the same, pass --allow-missing"
        ));
    }
    Error::unless_empty(problems, ()).err().unwrap_or(error)
}

/// Each stretch of the text with where it came from, one a line.
#[must_use]
pub fn trace(manuscript: &Manuscript, lang: Lang) -> String {
    /// Graphemes of a stretch that are shown; the rest becomes ….
    const SHOWN: usize = 24;
    let mut out = String::new();
    for piece in manuscript.pieces() {
        let words = &manuscript.text()[piece.range.clone()];
        let at = manuscript.lines().line_column(manuscript.text(), piece.range.start);
        let mut shown: String = words.graphemes(true).take(SHOWN).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        let from = piece.from.label();
        out.push_str(&format!("{}:{}\t{}\t{shown}\n", at.line, at.column, from.in_lang(lang)));
    }
    out
}
