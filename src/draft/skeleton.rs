//! A skeleton (模板): front matter that declares its facts, and a Tera body.
//!
//! What a skeleton needs is declared and checked before anything is rendered, because a missing
//! fact inside `if` or `for` would otherwise drop text in silence. One render then serves one
//! draft; a loaded skeleton serves any number.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, OnceLock};

use super::context::Shape;
use super::front::{self, Front, Need, Section, front};
use super::library::{Kept, Library, built_in, kept};
use super::mention::{self, Mentions};
use super::parts::{self, Body, Lines};
use super::phrase::{Phrase, both};
use super::plan::{self, facts_of};
use super::told::{Told, inner_sign};
use super::topic::Topic;
use super::{budget, filters, scan, tag, words};
use crate::base::{Error, ErrorKind, Lang, Problem, Result, Text, nearest::nearest};
use crate::model::Facts;
use crate::model::facts::{
    Value, load,
    path::{self, in_chinese, is_below},
};
use crate::text;

/// A skeleton that is ready to draft.
#[derive(Debug)]
pub struct Skeleton {
    /// Family and name: `speech/mobilization`. For a file of one's own, its path.
    pub id: Arc<str>,
    /// The genre's name (文种).
    pub title: Text,
    /// What it is for.
    pub about: Text,
    /// Whether it was extracted from a text and keeps its words, which are then somebody's and not the skeleton's.
    pub(super) is_extracted: bool,
    /// The facts it cannot do without, in the order in which the document uses them.
    pub needs: Vec<Need>,
    /// The facts it uses where they are given.
    pub optional: Vec<Need>,
    example: Example,
    pub(super) phrases: HashMap<Arc<str>, Arc<Phrase>>,
    /// The parts that may be left out or put in another order, in the skeleton's own order.
    pub sections: Vec<Section>,
    pub(super) library: Arc<Library>,
    /// The phrases that the body asks for; for the lint.
    pub(super) calls: Vec<tag::Call>,
    pub(super) shape: Shape,
    pub(super) tera: tera::Tera,
    /// How many of the optional facts it declares itself; those behind them the scan has found.
    listed: usize,
    /// Where the lines of the body stand.
    pub(super) lines: Lines,
    /// The body as it is written, and as Tera has it: for columns in its errors.
    written: String,
    scanned: String,
    pub(super) needed: BTreeSet<String>,
    /// Facts that the body or its phrases mention, with their lines in the body; for the lint.
    mentioned: Vec<(String, u32)>,
    /// The paths of the plan and the frame among them.
    pub(super) of_plan: BTreeSet<String>,
}

/// The example facts of a skeleton: read with it, or when somebody asks for those that are built in.
#[derive(Debug)]
enum Example {
    Read(Facts),
    BuiltIn(OnceLock<Facts>),
}

impl Skeleton {
    /// Loads a skeleton from its file's text. Only the families of phrases that the body uses are
    /// taken from the library. `packed` is as for [`front`].
    ///
    /// # Errors
    /// With everything that is wrong: front matter, syntax of the body, unknown facts and phrases.
    fn load(
        id: &str,
        source: &str,
        packed: Option<&[u8]>,
        example: Option<Example>,
        library: &Arc<Library>,
    ) -> Result<Self> {
        let id: Arc<str> = id.into();
        let (Front { record, body_line }, own) = front(&id, source, packed)?;
        let mut problems = Vec::new();
        let Body { text: body, lines } = parts::expand(own, body_line, &id, library, &mut problems);
        problems.extend(inner_sign(&body, body_line, &lines));
        let scan::Scanned { source: scanned, found, refused } = scan::scan(&body, body_line);
        problems.extend(refused.iter().map(|(what, line)| what.problem().at(lines.place(*line, 1))));

        let phrases = bank(&found.phrases, library)?;
        let mut mentioned = found.paths;
        mentioned.extend(said_by_phrases(&found.phrases, &phrases, &lines, &mut problems));
        // Who draws on the plan uses the facts that it is made of.
        let of_plan =
            |(path, line): &(String, u32)| facts_of(path).into_iter().map(|p| (p, *line)).collect::<Vec<_>>();
        let rests_on: Vec<(String, u32)> = mentioned.iter().flat_map(of_plan).collect();
        mentioned.extend(rests_on);
        let filters = unknown_filters(&found.filters, &lines);
        let knows_filters = filters.is_empty();
        problems.extend(filters);
        let of_plan = mentioned.iter().map(|(path, _)| path);
        let of_plan = of_plan.filter(|path| path.starts_with("plan.") || path.starts_with("frame."));
        let of_plan: BTreeSet<String> = of_plan.cloned().collect();
        // Whoever asks what a fact is for is told the lines of the skeleton's own file.
        let hosted: Vec<_> = mentioned.iter().map(|(path, line)| (path.clone(), lines.host(*line))).collect();
        let mentions = Mentions::of(&hosted);
        problems.extend(unknown(&mentioned, &mentions.unknown(), &lines));
        let lines_of = mentions.lines_by_fact();
        let needs = front::declared(&record, "needs", &lines_of, &mut problems);
        let mut optional = front::declared(&record, "optional", &lines_of, &mut problems);
        if needs.iter().chain(&optional).all(|n| n.fact != TOPIC) {
            optional.splice(0..0, topic(&hosted));
        }
        let declared: Vec<Need> = needs.iter().chain(&optional).cloned().collect();
        let listed = optional.len();
        optional.extend(front::found(&mentions, &lines_of, &declared));
        let needed: BTreeSet<String> = needs.iter().map(|n| n.fact.clone()).collect();
        let all: BTreeSet<String> = needs.iter().chain(&optional).map(|n| n.fact.clone()).collect();
        let sections = front::sections(&record, own, body_line, &id, &mut problems);
        let example = match record.get("example").map(|f| &f.value) {
            Some(Value::Record(root)) => Example::Read(Facts { root: root.clone(), notes: Vec::new() }),
            _ => example.unwrap_or(Example::Read(Facts::default())),
        };

        // Line numbers in Tera's errors are those of the file: the front matter becomes blank lines.
        let padding = "\n".repeat(body_line as usize - 1);
        let (written, source) = (format!("{padding}{body}"), format!("{padding}{}", scanned));
        let (tera, outcome) = engine(&source);
        if let Err(error) = outcome {
            let told = Told { lines: &lines, written: &written, scanned: &source }.explain(&error);
            // An unknown filter was told in better words.
            problems.extend((knows_filters || !error.to_string().contains("nknown filter")).then_some(told));
        }
        let skeleton = Self {
            sections,
            library: Arc::clone(library),
            calls: found.phrases,
            title: both(&record, "title"),
            about: both(&record, "about"),
            is_extracted: record.contains_key("from"),
            example,
            shape: Shape::of(&all, &needed),
            id,
            needs,
            optional,
            phrases,
            tera,
            listed,
            lines,
            written,
            scanned: source,
            needed,
            of_plan,
            mentioned,
        };
        problems.sort();
        Error::unless_empty(problems, skeleton)
    }

    /// Facts of an invented locality from which it drafts a complete document; none if it has no
    /// example.
    #[must_use]
    pub fn example(&self) -> &Facts {
        match &self.example {
            Example::Read(facts) => facts,
            Example::BuiltIn(facts) => facts.get_or_init(|| self.library.example(&self.id)),
        }
    }

    /// The phrase of this id, of those that the skeleton may ask for.
    #[must_use]
    pub fn phrase(&self, id: &str) -> Option<&Phrase> {
        self.phrases.get(id).map(|phrase| &**phrase)
    }

    /// The body as it is written, its parts in their places and blank lines before it for the front
    /// matter.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    #[cfg(test)]
    pub(super) fn set_example(&mut self, facts: Facts) {
        self.example = Example::Read(facts);
    }

    /// Whether one of its phrases, or of the topic's, waits for how the figures stand.
    pub(super) fn judges(&self, topic: Option<&Topic>) -> bool {
        let all = self.phrases.values().chain(topic.into_iter().flat_map(|t| t.phrases.values()));
        all.into_iter().any(|phrase| phrase.variants.iter().any(|v| v.when.is_some()))
    }

    /// Whether the body asks which sections there are.
    pub(super) fn uses_sections(&self) -> bool {
        self.mentioned.iter().any(|(path, _)| path.trim_end_matches("[]") == "sections")
    }

    /// Whether the body draws on the plan.
    #[must_use]
    pub fn uses_plan(&self) -> bool {
        self.of_plan.iter().any(|path| path.starts_with("plan."))
    }

    /// Whether the body goes through what the plan puts in order.
    #[must_use]
    pub(super) fn is_ordered(&self) -> bool {
        self.mentioned.iter().any(|(path, _)| path == plan::AS_TYPED)
    }

    /// Whether the body places lines of the office.
    #[must_use]
    pub fn uses_frame(&self) -> bool {
        self.of_plan.iter().any(|path| path.starts_with("frame."))
    }

    /// What went wrong while rendering, at its place in the skeleton's file or that of a part.
    pub(super) fn render_error(&self, failed: &budget::Failed) -> Error {
        Told { lines: &self.lines, written: &self.written, scanned: &self.scanned }.failed(failed, &self.id)
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

    /// The needed facts that are missing and without which there is no document: concrete path and need,
    /// in the order of the document. What only sections need that are not `chosen` is not missed, and what
    /// one record of a list lacks and another has is a [gap](Self::gaps).
    #[must_use]
    pub fn missing(&self, facts: &Facts, chosen: &[&Section]) -> Vec<(String, &Need)> {
        let mut all = self.all_missing(facts, chosen);
        all.retain(|(path, _)| !is_gap(facts, path));
        all
    }

    /// The needed facts that a record lacks and others of its list have, as the unit in charge of one task
    /// of four: nobody has decided it yet, so the document says nothing of it and the person is told.
    #[must_use]
    pub fn gaps(&self, facts: &Facts, chosen: &[&Section]) -> Vec<(String, &Need)> {
        let mut all = self.all_missing(facts, chosen);
        all.retain(|(path, _)| is_gap(facts, path));
        all
    }

    fn all_missing(&self, facts: &Facts, chosen: &[&Section]) -> Vec<(String, &Need)> {
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
                let (zh, en) = label.as_ref().map_or((String::new(), String::new()), |l| {
                    (format!("（{}）", l.zh), format!(" ({})", l.en))
                });
                // The words of the level stand on dozens of lines; the first few are enough to look at.
                let more = need.lines.len() > MOST_LINES;
                let lines: Vec<_> = need.lines.iter().take(MOST_LINES).map(u32::to_string).collect();
                let (of_zh, of_en) = (if more { "等" } else { "" }, if more { " …" } else { "" });
                let (lines_zh, lines_en) = (lines.join("、"), lines.join(", "));
                let id = &self.id;
                // Where nobody said better what it is for, its label says what it is.
                let told = label.as_ref() == Some(&need.purpose);
                let purpose = |text: &str, colon: &str| if told { String::new() } else { format!("{colon}{text}") };
                let (for_zh, for_en) = (purpose(&need.purpose.zh, "："), purpose(&need.purpose.en, ": "));
                Problem::new(Text::new(
                    format!("缺少 {chinese}{zh}{for_zh}；用在模板 {id} 第{lines_zh}{of_zh}行；键 {path}"),
                    format!("missing {chinese}{en}{for_en}; used in template {id}, line {lines_en}{of_en}; id {path}"),
                ))
                .kind(ErrorKind::Missing)
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
            .filter(|(path, _)| !mention::is_standing(path) && !declared.iter().any(|d| covers(d, path)))
            .cloned()
            .collect();
        let unused = declared[..self.needs.len() + self.listed]
            .iter()
            .filter(|d| {
                let says = |path: &str| mention::facts(path).iter().any(|fact| fact.as_str() == **d);
                !self.mentioned.iter().any(|(path, _)| covers(d, path) && path.len() >= d.len() || says(path))
            })
            .map(|d| (*d).to_owned())
            .collect();
        (undeclared, unused)
    }
}

impl Library {
    /// A skeleton of the library, ready to draft, by any of the names of [`source`](Self::source).
    ///
    /// # Errors
    /// If there is none of this name, or one's own has faults. A built-in one that does not load is a
    /// fault that tests find.
    pub fn skeleton(self: &Arc<Self>, name: &str) -> Result<Skeleton> {
        let id = self.skeleton_id(name);
        let (name, text) = self.source(&id)?;
        let example = match self.own_example(&id) {
            Some(own) => Some(Example::Read(load(&own.path, &own.text)?)),
            None => self.has_example(&id).then(|| Example::BuiltIn(OnceLock::new())),
        };
        Skeleton::load(name, text, self.front_of(&id), example, self)
    }

    /// The same to be shared. One that is built in is kept for as long as the program runs: a page drafts
    /// anew with every answer.
    ///
    /// # Errors
    /// As [`skeleton`](Self::skeleton).
    pub fn shared_skeleton(self: &Arc<Self>, name: &str) -> Result<Arc<Skeleton>> {
        static SKELETONS: LazyLock<Kept<Arc<Skeleton>>> = LazyLock::new(Kept::default);
        let load = || self.skeleton(name).map(Arc::new);
        if !Arc::ptr_eq(self, &built_in()) {
            return load();
        }
        kept(&SKELETONS, &self.skeleton_id(name), load)
    }

    /// A skeleton from the text of any file; it may use the library's phrases, topics and parts.
    ///
    /// # Errors
    /// With everything that is wrong in the file.
    pub fn skeleton_from(self: &Arc<Self>, name: &str, source: &str) -> Result<Skeleton> {
        Skeleton::load(name, source, None, None, self)
    }

    /// As [`skeleton_from`](Self::skeleton_from), with the example facts of the file beside it.
    ///
    /// # Errors
    /// With everything that is wrong in the file.
    pub fn skeleton_with(self: &Arc<Self>, name: &str, source: &str, example: Facts) -> Result<Skeleton> {
        Skeleton::load(name, source, None, Some(Example::Read(example)), self)
    }
}

/// The phrases that a body asks for, by id; of a family of which it asks for one that there is not, all.
fn bank(calls: &[tag::Call], library: &Library) -> Result<HashMap<Arc<str>, Arc<Phrase>>> {
    let mut families: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for tag::Call { id, .. } in calls {
        families.entry(id.split('.').next().unwrap_or_default()).or_default().insert(id);
    }
    let mut bank = HashMap::new();
    for (family, ids) in families {
        bank.extend(library.phrases_of(family, &ids)?.into_iter().map(|p| (Arc::clone(&p.id), p)));
    }
    Ok(bank)
}

/// The facts that the variants of these phrases say, with the lines that ask for them. A phrase that
/// there is not is a problem.
fn said_by_phrases(
    calls: &[tag::Call],
    phrases: &HashMap<Arc<str>, Arc<Phrase>>,
    lines: &Lines,
    problems: &mut Vec<Problem>,
) -> Vec<(String, u32)> {
    let mut mentioned = Vec::new();
    for tag::Call { id, line, each, arguments } in calls {
        let Some(phrase) = phrases.get(id.as_str()) else {
            let problem = Problem::new(text!("没有“{id}”这条套语", "there is no phrase “{id}”"))
                .at(lines.place(*line, 1));
            problems.push(match nearest(id, phrases.keys().map(|known| &**known)) {
                Some(near) => problem.help(text!("是不是 {near}？", "did you mean {near}?")),
                None => problem
                    .help(Text::fixed("用 wengao phrase list 查看全部", "`wengao phrase list` shows all")),
            });
            continue;
        };
        for slot in
            phrase.variants.iter().flat_map(|v| v.slots()).filter(|slot| !arguments.iter().any(|a| a == slot))
        {
            if slot.contains('.') {
                mentioned.push((slot.to_owned(), *line));
            } else if words::STANDING.contains(&slot) {
                mentioned.push((format!("words.{slot}"), *line));
            } else if let Some(each) = each.as_ref().filter(|_| slot != "n") {
                let path = format!("{}[].{slot}", each.trim_end_matches("[]"));
                if !mention::is_unknown(&path) {
                    mentioned.push((path, *line));
                }
            }
        }
    }
    // Whoever asks for a topic's phrases asks which topic.
    let of_topic = calls.iter().filter(|call| call.id.starts_with("topic."));
    mentioned.extend(of_topic.map(|call| (TOPIC.to_owned(), call.line)));
    mentioned
}

/// The filters that there are not.
fn unknown_filters(used: &[(String, u32)], lines: &Lines) -> Vec<Problem> {
    let unknown = used.iter().filter(|(name, _)| !filters::is_known(name));
    unknown
        .map(|(name, line)| {
            let problem = Problem::new(text!("没有“{name}”这个过滤器", "there is no filter “{name}”"))
                .at(lines.place(*line, 1));
            let all = filters::NAMES.join("、");
            problem.help(match nearest(name, filters::NAMES.iter().copied()) {
                Some(near) => text!("是不是 {near}？", "did you mean {near}?"),
                None => text!("可用的有：{all}", "there are: {all}"),
            })
        })
        .collect()
}

/// What is mentioned and there is nowhere (`unknown`): most likely a slip of the key.
fn unknown(mentioned: &[(String, u32)], unknown: &[&str], lines: &Lines) -> Vec<Problem> {
    let slips = mentioned.iter().filter(|(path, _)| unknown.contains(&path.as_str()));
    slips
        .map(|(path, line)| {
            let shown = path.trim_end_matches("[]");
            let problem = Problem::new(text!("事实表里没有“{shown}”", "the facts table has no “{shown}”"))
                .at(lines.place(*line, 1));
            match path::meant(shown) {
                Some(near) => problem.help(text!("是不是“{near}”？", "did you mean “{near}”?")),
                None => problem.help(Text::fixed(
                    "用 wengao facts schema 查看可用的事实，自己的变量要先 set_global；自己的事实写作 more[\"键名\"]",
                    "`wengao facts schema` shows the facts there are, and a variable of your own is set first with set_global; your own are written more[\"key\"]",
                )),
            }
        })
        .collect()
}

/// The fact that names the topic, where it is mentioned: nobody has to declare it.
fn topic(mentioned: &[(String, u32)]) -> Option<Need> {
    let lines: Vec<u32> = mentioned.iter().filter(|(path, _)| path == TOPIC).map(|&(_, line)| line).collect();
    let purpose = Text::fixed(
        "用哪个主题的说法，见 wengao topic list",
        "whose phrases are used; see wengao topic list",
    );
    (!lines.is_empty()).then(|| Need { fact: TOPIC.to_owned(), purpose, lines })
}

/// A body in Tera's engine, and whether Tera could read it.
fn engine(body: &str) -> (tera::Tera, std::result::Result<(), tera::Error>) {
    let mut tera = tera::Tera::default();
    filters::register(&mut tera);
    let outcome = tera.add_raw_template(BODY, body);
    (tera, outcome)
}

/// Whether a document can go without what is missing at this path, such as `tasks[1].owner`: another record
/// of the list has it, and it is one of the things that are said of a record in a clause of their own.
fn is_gap(facts: &Facts, path: &str) -> bool {
    /// Whose the record is, by when, what of it and what for an example.
    const APART: [&str; 4] = ["owner", "due", "detail", "deed"];
    let Some((list, rest)) = path.split_once('[') else { return false };
    let Some((_, key)) = rest.split_once("].") else { return false };
    let Some(Value::List(items)) = facts.get(list).map(|f| &f.value) else { return false };
    APART.contains(&key) && facts.missing(&format!("{list}[].{key}")).len() < items.len()
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
    let mentioned = mentioned.trim_end_matches("[]");
    let flat = mentioned.replace('_', ".");
    let declared = declared.trim_end_matches("[]");
    is_below(mentioned, declared) || is_below(declared, mentioned) || is_below(&flat, declared)
}
