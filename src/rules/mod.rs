//! Floor 3: manuscript → findings. One file a rule, one line in [`RULES`].
//!
//! A rule's file holds its explanation, its examples and its check. The examples are its tests,
//! its `wengao explain` page and its manual entry; delete the file and its line here, and the rule
//! is gone. What several rules ask of a text is in [`reading`].

mod arithmetic;
pub mod copied_passage;
mod count_claim;
mod damaged_text;
mod date;
mod figure;
mod figure_mismatch;
mod foreign_mark;
mod foreign_place;
mod genre;
mod heading_sequence;
mod last_year;
mod layout;
mod level_word;
mod misspelling;
mod numeral_style;
mod person_title;
pub mod placeholder;
mod post;
mod punctuation;
mod punctuation_style;
mod reading;
mod reference;
mod repeated_passage;
pub mod same_batch;
mod scrambled_text;
mod sensitive;
mod stale_body;
mod stale_formula;
mod stale_time;
mod term_clash;
mod web_residue;

use std::cell::OnceCell;
use std::ops::Range;

use reading::outline::Outline;
use reading::places::mention::Mention;
use reading::places::own::{Own, named, whose};
use reading::places::renewed::mentions_with;
use reading::quote::{Quoted, quoted};
use reading::verbatim::Verbatim;
use same_batch::Alike;

pub(crate) use count_claim::listed_items;
pub use genre::Genre;
pub(crate) use genre::declared_genre;
#[cfg(test)]
pub(crate) use layout::imagined::set_as;
pub use person_title::{holders, name_before};
pub use post::{is_person, people_named};
pub use reading::places::named::locality_of_title;
pub(crate) use reading::places::renewed::is_known_place;
pub use reading::{counted, paper, yearly};

use crate::base::figures::{Figure, figures};
use crate::base::fold::Folded;
use crate::base::han::Date;
use crate::base::{Place, Text};
use crate::corpus::Corpus;
use crate::model::{Facts, Finding, Manuscript, Settings, Severity};

/// What a rule is about.
#[derive(Debug)]
pub struct About {
    /// Kebab-case; reads well after "allow".
    pub id: &'static str,
    /// What it finds, in a few words.
    pub title: Text,
    /// The severity of most of its findings.
    pub severity: Severity,
    /// What it goes by.
    pub authority: Authority,
    /// Which text it reads: what the ranges of its findings are ranges of.
    pub reads: Reads,
    /// Why it matters, what it looks for and what it leaves alone.
    pub why: Text,
    /// Texts that it must flag, and texts on which it must stay silent.
    pub examples: &'static [Example],
}

impl About {
    /// What the rule found in `range`, at its usual severity.
    #[must_use]
    pub const fn finding(&self, range: Range<usize>, message: Text) -> Finding {
        Finding::new(self.id, self.severity, range, message)
    }
}

/// What a rule goes by (依据): whoever is told of a finding should know whether a standard says so, the
/// regulation on official documents, or custom alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    /// A national standard (国家标准).
    Standard(Text),
    /// 《党政机关公文处理工作条例》 (中办发〔2012〕14号): whoever examines a draft before it is signed sees that
    /// names, places, times, figures, the order of paragraphs and quotations are right and that words,
    /// figures and marks are used as they should be (第二十条).
    Regulation,
    /// What offices do, and no text orders (通行做法).
    Practice,
}

impl Authority {
    /// How ordinals of headings follow one another.
    pub const FORM: Self = Self::Standard(Text::fixed(
        "GB/T 9704—2012《党政机关公文格式》",
        "GB/T 9704—2012 (form of official documents)",
    ));
    /// How figures and years are written.
    pub const NUMERALS: Self =
        Self::Standard(Text::fixed("GB/T 15835—2011《出版物上数字用法》", "GB/T 15835—2011 (numerals)"));
    /// Which marks there are, and where they stand.
    pub const PUNCTUATION: Self =
        Self::Standard(Text::fixed("GB/T 15834—2011《标点符号用法》", "GB/T 15834—2011 (punctuation)"));

    /// Its name for programs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Standard(_) => "standard",
            Self::Regulation => "regulation",
            Self::Practice => "practice",
        }
    }

    /// Its level in words: 国家标准, 条例 or 通行做法.
    #[must_use]
    pub const fn label(&self) -> Text {
        match self {
            Self::Standard(_) => Text::fixed("国家标准", "national standard"),
            Self::Regulation => Text::fixed("条例", "regulation"),
            Self::Practice => Text::fixed("通行做法", "common practice"),
        }
    }

    /// Its level and the text that says so.
    #[must_use]
    pub fn cited(&self) -> Text {
        let label = self.label();
        match self {
            Self::Standard(text) => {
                Text::new(format!("{} {}", label.zh, text.zh), format!("{} {}", label.en, text.en))
            }
            Self::Regulation => Text::fixed(
                "条例《党政机关公文处理工作条例》第二十条",
                "regulation on the handling of official documents (2012), article 20",
            ),
            Self::Practice => label,
        }
    }
}

/// Which text of a manuscript a rule reads. [`check`] makes ranges of the manuscript of what the rule
/// found there; a rule by itself neither maps ranges back nor looks at masks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// [`Case::folded`], where width and invisible characters make no difference. What begins under
    /// a mask is not told.
    Folded,
    /// The text as it is written. What begins under a mask is not told.
    Prose,
    /// The text as it is written, and the masks too: a prompt that was never overwritten lies under
    /// one.
    All,
}

/// A text with the words of it that a rule must flag, in order; none for a text on which it must
/// stay silent.
#[derive(Debug)]
pub struct Example {
    /// The file's format by its name: `a.txt`, `a.md`.
    pub name: &'static str,
    /// The whole document.
    pub text: &'static str,
    /// The flagged words, in order.
    pub flags: &'static [&'static str],
    /// The day on which it is read, as `2026-03-05`; empty if it does not matter.
    pub as_of: &'static str,
    /// Its facts in YAML; empty for none.
    pub facts: &'static str,
    /// Facts of another locality that the check is given, in YAML; empty for none.
    pub others: &'static str,
    /// Documents that it is held against: name, locality (empty if unknown) and text.
    pub corpus: &'static [(&'static str, &'static str, &'static str)],
    /// Last year's paper; empty for none.
    pub last_year: &'static str,
    /// Papers of the same batch: name and text.
    pub batch: &'static [(&'static str, &'static str)],
    /// How it is set on paper, where it is not as the standard has it; empty for a text that has no look.
    pub layout: &'static str,
}

impl Example {
    /// The same example, read on this day.
    #[must_use]
    pub const fn on(self, as_of: &'static str) -> Self {
        Self { as_of, ..self }
    }

    /// The same example with these facts, in YAML.
    #[must_use]
    pub const fn with(self, facts: &'static str) -> Self {
        Self { facts, ..self }
    }

    /// The same example among these papers of its batch.
    #[must_use]
    pub const fn among(self, batch: &'static [(&'static str, &'static str)]) -> Self {
        Self { batch, ..self }
    }

    /// The same example with last year's paper.
    #[must_use]
    pub const fn after(self, last_year: &'static str) -> Self {
        Self { last_year, ..self }
    }
}

/// An example in plain text. `flags` are the words that must be flagged, in order.
#[must_use]
pub const fn example(text: &'static str, flags: &'static [&'static str]) -> Example {
    Example {
        name: "a.txt",
        text,
        flags,
        as_of: "",
        facts: "",
        others: "",
        corpus: &[],
        last_year: "",
        batch: &[],
        layout: "",
    }
}

/// An example in Markdown.
#[must_use]
pub const fn markdown(text: &'static str, flags: &'static [&'static str]) -> Example {
    Example { name: "a.md", ..example(text, flags) }
}

/// An example in plain text that is checked beside the facts of another locality.
#[must_use]
pub const fn beside(others: &'static str, text: &'static str, flags: &'static [&'static str]) -> Example {
    Example { others, ..example(text, flags) }
}

/// An example in plain text that is held against other documents: name, locality and text of each.
#[must_use]
pub const fn against(
    corpus: &'static [(&'static str, &'static str, &'static str)],
    text: &'static str,
    flags: &'static [&'static str],
) -> Example {
    Example { corpus, ..example(text, flags) }
}

/// What a rule is given: the manuscript, and what is known besides it.
#[derive(Debug)]
pub struct Case<'a> {
    /// The document.
    pub manuscript: &'a Manuscript,
    /// The facts it was or should have been written from, if they were given.
    pub facts: Option<&'a Facts>,
    /// Facts of other localities, whose names and brands have no place in it.
    pub others: &'a [Facts],
    /// The documents that it is held against, if any were given.
    pub corpus: Option<Corpus<'a>>,
    /// Last year's paper (去年的稿子), if it was given.
    pub last_year: Option<&'a Manuscript>,
    /// What it shares with the paper of its batch that is most like it, if it was checked among others.
    pub alike: Option<&'a Alike>,
    /// Settings of this check.
    pub settings: &'a Settings,
    /// What several rules ask of the document, found when the first one asks.
    folded: OnceCell<Folded<'a>>,
    outline: OnceCell<Outline>,
    quotes: OnceCell<Vec<Quoted>>,
    folded_quotes: OnceCell<Vec<Quoted>>,
    mentions: OnceCell<Vec<Mention>>,
    own: OnceCell<Option<Own>>,
    day: OnceCell<Option<Date>>,
    verbatim: OnceCell<Verbatim>,
    figures: OnceCell<Vec<Figure>>,
}

impl<'a> Case<'a> {
    /// Whether the text was made from a skeleton a moment ago, not read from a file: then its values are those
    /// of the facts, and the rest are words of the library.
    pub(crate) fn is_drafted(&self) -> bool {
        let mut from = self.manuscript.pieces().iter().map(|piece| &piece.from);
        from.any(|from| matches!(from, Place::Phrase { .. } | Place::Template { .. }))
    }

    /// A document by itself.
    #[must_use]
    pub const fn new(manuscript: &'a Manuscript, settings: &'a Settings) -> Self {
        Self {
            manuscript,
            facts: None,
            others: &[],
            corpus: None,
            last_year: None,
            alike: None,
            settings,
            folded: OnceCell::new(),
            outline: OnceCell::new(),
            quotes: OnceCell::new(),
            folded_quotes: OnceCell::new(),
            mentions: OnceCell::new(),
            own: OnceCell::new(),
            day: OnceCell::new(),
            verbatim: OnceCell::new(),
            figures: OnceCell::new(),
        }
    }

    /// The same with the facts of the document, if there are any.
    #[must_use]
    pub const fn with_facts(mut self, facts: Option<&'a Facts>) -> Self {
        self.facts = facts;
        self
    }

    /// The same beside facts of other localities.
    #[must_use]
    pub const fn beside(mut self, others: &'a [Facts]) -> Self {
        self.others = others;
        self
    }

    /// The same held against the documents of a corpus, if there is one.
    #[must_use]
    pub const fn against(mut self, corpus: Option<Corpus<'a>>) -> Self {
        self.corpus = corpus;
        self
    }

    /// The same beside last year's paper, if there is one.
    #[must_use]
    pub const fn after(mut self, last_year: Option<&'a Manuscript>) -> Self {
        self.last_year = last_year;
        self
    }

    /// The same among the papers of its batch, if it is.
    #[must_use]
    pub const fn among(mut self, alike: Option<&'a Alike>) -> Self {
        self.alike = alike;
        self
    }

    /// The document's text, folded for comparison.
    fn folded(&self) -> &Folded<'a> {
        self.folded.get_or_init(|| self.manuscript.folded())
    }

    /// The figures of its folded text.
    fn figures(&self) -> &[Figure] {
        self.figures.get_or_init(|| figures(self.folded().text()))
    }

    /// Whether the character at this byte of the folded text is prose.
    fn is_prose(&self, folded: usize) -> bool {
        self.manuscript.mask(self.folded().back(folded)).is_none()
    }

    /// Whose document it is, by facts, settings or the document itself.
    #[must_use]
    pub fn whose(&self) -> Whose {
        whose(self)
    }

    /// Where the document names its own locality, in order: in full (`true`) or short.
    #[must_use]
    pub fn own_names(&self) -> Vec<(Range<usize>, bool)> {
        named(self)
    }

    /// The document's ordinals and the runs they form.
    fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::of(self.manuscript, self.quotes()))
    }

    /// Its quotations and titles.
    fn quotes(&self) -> &[Quoted] {
        self.quotes.get_or_init(|| quoted(self.manuscript.text()))
    }

    /// The same of its folded text.
    fn folded_quotes(&self) -> &[Quoted] {
        self.folded_quotes.get_or_init(|| quoted(self.folded().text()))
    }

    /// The places that it names.
    fn mentions(&self) -> &[Mention] {
        self.mentions.get_or_init(|| {
            let places = &self.settings.pack.places;
            let mut found = mentions_with(self.manuscript.text(), places, reading::day::of(self));
            found.retain(|m| self.manuscript.mask(m.range.start).is_none());
            found
        })
    }
}

/// Whose a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// That of the locality of this name, which was given or which the document itself tells.
    Known(String),
    /// The whole country's: no place is foreign to it.
    Country,
    /// Nothing tells: what is foreign to it cannot be told either.
    Unknown,
}

/// The first characters of some words, for a message; … stands for the rest.
fn excerpt(words: &str, most: usize) -> String {
    let end = words.char_indices().nth(most).map_or(words.len(), |(at, _)| at);
    format!("{}{}", &words[..end], if end < words.len() { "…" } else { "" })
}

/// One rule.
pub trait Rule: Sync {
    /// What it is about.
    fn about(&self) -> &'static About;
    /// Everything it finds in the text that [`About::reads`] names, in any order. The function
    /// [`check`] makes findings of the manuscript of it.
    fn check(&self, case: &Case<'_>) -> Vec<Finding>;
}

/// All rules, in the order of the manual.
pub static RULES: &[&dyn Rule] = &[
    &placeholder::Placeholder,
    &heading_sequence::HeadingSequence,
    &count_claim::CountClaim,
    &reference::Reference,
    &repeated_passage::RepeatedPassage,
    &copied_passage::CopiedPassage,
    &foreign_place::ForeignPlace,
    &foreign_mark::ForeignMark,
    &level_word::LevelWord,
    &stale_time::StaleTime,
    &last_year::LastYear,
    &same_batch::SameBatch,
    &stale_formula::StaleFormula,
    &stale_body::StaleBody,
    &term_clash::TermClash,
    &date::DateRule,
    &figure::FigureRule,
    &figure_mismatch::FigureMismatch,
    &arithmetic::Arithmetic,
    &person_title::PersonTitle,
    &post::PostRule,
    &genre::GenreRule,
    &scrambled_text::ScrambledText,
    &sensitive::Sensitive,
    &layout::LayoutRule,
    &web_residue::WebResidue,
    &damaged_text::DamagedText,
    &misspelling::Misspelling,
    &numeral_style::NumeralStyle,
    &punctuation::Punctuation,
    &punctuation_style::PunctuationStyle,
];

/// What the rule of this id is about; `None` if there is no such rule.
#[must_use]
pub fn about(id: &str) -> Option<&'static About> {
    RULES.iter().map(|rule| rule.about()).find(|about| about.id == id)
}

/// What each rule is called in Chinese, where its id is asked for: the first name is the one that is shown.
pub static NAMES: &[(&str, &[&str])] = &[
    ("placeholder", &["占位符", "占位"]),
    ("heading-sequence", &["序号"]),
    ("count-claim", &["数目"]),
    ("reference", &["引用"]),
    ("repeated-passage", &["重复"]),
    ("copied-passage", &["照抄"]),
    ("foreign-place", &["外地地名"]),
    ("foreign-mark", &["外地特有内容"]),
    ("level-word", &["级别用词"]),
    ("stale-time", &["过时"]),
    ("last-year", &["照去年未改", "去年"]),
    ("same-batch", &["同批雷同", "雷同"]),
    ("stale-formula", &["提法"]),
    ("stale-body", &["旧机构名", "机构"]),
    ("term-clash", &["提法矛盾"]),
    ("date", &["日期"]),
    ("figure", &["数字"]),
    ("figure-mismatch", &["数字不符", "事实不符"]),
    ("arithmetic", &["算术"]),
    ("person-title", &["称谓"]),
    ("post", &["人名职务", "职务"]),
    ("genre", &["行文", "文种"]),
    ("scrambled-text", &["繁体夹拼音", "乱文"]),
    ("sensitive", &["涉密与隐私", "涉密", "隐私"]),
    ("layout", &["版式", "排版", "格式"]),
    ("web-residue", &["网页残留"]),
    ("damaged-text", &["残损"]),
    ("misspelling", &["错别字", "错字"]),
    ("numeral-style", &["数字用法"]),
    ("punctuation", &["标点错误", "标点"]),
    ("punctuation-style", &["标点形式"]),
];

/// The id of the rule that goes by this name: its id, one of its [`NAMES`], or its title.
#[must_use]
pub fn id_of(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let named = NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(id, _)| *id);
    let titled = |about: &&About| about.id == name || about.title.zh == name || about.title.en == name;
    named.or_else(|| RULES.iter().map(|rule| rule.about()).find(titled).map(|about| about.id))
}

/// What one rule finds, as ranges of the manuscript.
fn ask(rule: &dyn Rule, case: &Case<'_>) -> Vec<Finding> {
    let mut found = rule.check(case);
    let reads = rule.about().reads;
    if reads == Reads::Folded {
        for finding in &mut found {
            finding.range = case.folded().range_back(finding.range.clone());
        }
    }
    found.retain(|f| {
        !f.range.is_empty() && (reads == Reads::All || case.manuscript.mask(f.range.start).is_none())
    });
    found
}

/// Runs every rule that the settings leave on; the findings in order of position, then of rule.
/// Words that the settings allow are left out, severities are those of the settings, and no spot has
/// two fixes.
#[must_use]
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let text = case.manuscript.text();
    let mut findings: Vec<Finding> = RULES
        .iter()
        .filter(|r| case.settings.runs(r.about().id))
        .flat_map(|r| ask(*r, case))
        .filter(|f| !case.settings.allows(f.rule, &text[f.range.clone()]))
        .filter(|f| !f.private || !case.settings.allows(f.rule, &f.words(text)))
        .collect();
    reading::voice::one(&mut findings);
    reading::voice::one_fix(case, &mut findings);
    findings.extend(reading::margin::findings(case));
    for finding in &mut findings {
        finding.severity = *case.settings.severity.get(finding.rule).unwrap_or(&finding.severity);
    }
    findings.sort_by(|a, b| (a.range.start, a.range.end, a.rule).cmp(&(b.range.start, b.range.end, b.rule)));
    findings
}

/// Of findings of one rule that meet, the first and gravest: a slip may be seen in several ways.
fn told_once(found: &mut Vec<Finding>) {
    found.sort_by_key(|f| (f.range.start, std::cmp::Reverse(f.severity)));
    found.dedup_by(|later, first| later.range.start < first.range.end);
}

#[cfg(test)]
mod tests;
