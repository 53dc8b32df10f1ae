//! The baseline (基线): findings that somebody has accepted, so that only new ones are told.
//!
//! An office that starts checking has a hundred old findings and must not be made to mend them
//! before the first new one is seen. An entry names the rule, the words and a little of what stands
//! round them, never a line number: what is edited elsewhere in the document does not revive it,
//! and one side of the context may change too. It may carry a reason and an end date; from the day
//! after, the finding counts again. An entry that is written by hand may leave out the file, the
//! context or the count, and then holds for any.
//!
//! Updating keeps reasons and dates. An entry that has expired stays as it is: that a date has
//! passed is for a person to answer, not for a flag.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::files::{Files, Over, Use, read_text};
use super::office::{Listener, Office};
use super::plan::Plan;
use crate::base::charset::is_mark;
use crate::base::{Error, Lang, Place, Problem, Result, Text, han::Date, yaml};
use crate::model::Finding;
use crate::model::facts::{
    Fact, Value, check_record,
    table::{Field, Kind},
};
use crate::model::finding::veil;
use crate::report::context;
use crate::rules::RULES;
use crate::text;

/// One accepted finding, or several that are alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// The document, as a path from the baseline's folder.
    file: Option<String>,
    rule: String,
    words: String,
    before: Option<String>,
    after: Option<String>,
    /// How many findings it accepts; `None` for any number.
    count: Option<usize>,
    reason: Option<String>,
    until: Option<Date>,
    /// Where the entry stands; `None` for one that is new.
    at: Option<Place>,
}

impl Entry {
    /// One that accepts a finding of this text, in the document of this name, any number of times.
    fn of(name: &str, text: &str, finding: &Finding) -> Self {
        let (head, tail) = context(text, &finding.range);
        Self {
            file: Some(name.to_owned()),
            rule: finding.rule.to_owned(),
            words: known(&text[finding.range.clone()]),
            before: Some(known(&head)),
            after: Some(known(&tail)),
            count: None,
            reason: None,
            until: None,
            at: None,
        }
    }
}

/// The entries of one file, and how often each was used so far.
#[derive(Debug, Default)]
struct Baseline {
    entries: Vec<Entry>,
    used: Vec<usize>,
    today: Option<Date>,
    /// Findings that no entry accepts, for [`Baseline::updated`].
    rest: BTreeMap<Entry, usize>,
    /// Documents that were checked.
    seen: BTreeSet<String>,
    /// Rules that were run on one of them.
    ran: BTreeSet<&'static str>,
}

const fn key(id: &'static str, key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field { id, key, kind, label: Text::fixed(zh, en), example: "" }
}

/// The keys of an entry.
static ENTRY: &[Field] = &[
    key("rule", "规则", Kind::Words, "规则", "the rule"),
    key("file", "文件", Kind::Words, "文稿，相对于基线文件所在的文件夹", "the document, from here"),
    key("words", "词", Kind::Words, "被指出的原文", "the words that were quoted"),
    key("before", "前文", Kind::Words, "前面几个字", "a few characters before"),
    key("after", "后文", Kind::Words, "后面几个字", "a few characters after"),
    key("count", "次数", Kind::Words, "接受几处", "how many are accepted"),
    key("reason", "理由", Kind::Words, "为什么接受", "why"),
    key("until", "到期", Kind::Date, "到哪一天为止", "until which day"),
];

/// The keys of the file.
static KEYS: &[Field] = &[key(
    "accepted",
    "接受",
    Kind::List(&Kind::Record(ENTRY)),
    "已接受的问题",
    "findings that are accepted",
)];

static HEAD: Text = Text::fixed(
    "\
# 基线：这里的问题已经接受，检查时不再报。由 wengao check --update-baseline 写出。
# 可以加“理由”和“到期: 2026-12-31”（过了这一天重新计入），更新时保留。
",
    "\
# Baseline: findings that are accepted and not told again, written by wengao check --update-baseline.
# 理由 (the reason) and 到期: 2026-12-31 (it counts again after that day) may be added; updates keep them.
",
);

impl Baseline {
    /// Reads a baseline; an empty one if there is no such file and `needed` is off.
    ///
    /// # Errors
    /// If it cannot be read, or has faults; all of them at once.
    fn load(files: &dyn Files, path: &str, needed: bool, today: Option<Date>) -> Result<Self> {
        if !needed && !files.is_file(path) && !files.is_folder(path) {
            return Ok(Self { today, ..Self::default() });
        }
        Self::parse(path, &read_text(files, path, Use::Change)?, today)
    }

    fn parse(path: &str, source: &str, today: Option<Date>) -> Result<Self> {
        let file: Arc<str> = path.into();
        let (root, mut problems) = yaml::read(&file, source, &|w| {
            [KEYS, ENTRY].iter().any(|keys| keys.iter().any(|f| f.is_called(w)))
        });
        let mut entries = Vec::new();
        if let Some(node) = root.filter(|n| n.value != yaml::Value::Empty) {
            let record = check_record(&file, &node, KEYS, &mut problems);
            if let Some(Value::List(items)) = record.get("accepted").map(|f| &f.value) {
                for item in items {
                    match entry(item) {
                        Ok(entry) => entries.push(entry),
                        Err(error) => {
                            let at = |p: &Problem| p.clone().at(item.at.clone());
                            problems.extend(error.problems().iter().map(at));
                        }
                    }
                }
            }
        }
        problems.sort();
        let used = vec![0; entries.len()];
        Error::unless_empty(problems, Self { entries, used, today, ..Self::default() })
    }

    /// The findings of a document that no entry accepts, and how many are accepted. `name` is the
    /// document's path from the baseline's folder; `ran` the rules that were run. With `update`
    /// new findings are accepted as well, to be written by [`updated`](Self::updated).
    fn apply(
        &mut self,
        name: &str,
        ran: &[&'static str],
        text: &str,
        findings: Vec<Finding>,
        update: bool,
    ) -> (Vec<Finding>, usize) {
        self.seen.insert(name.to_owned());
        self.ran.extend(ran);
        if self.entries.is_empty() && !update {
            return (findings, 0);
        }
        let before = findings.len();
        let text = &*veil(text, &findings);
        let mut left = Vec::new();
        for finding in findings {
            let words = known(&text[finding.range.clone()]);
            let (head, tail) = context(text, &finding.range);
            let (head, tail) = (known(&head), known(&tail));
            match self.entry_for(name, finding.rule, &words, (&head, &tail)) {
                Some(index) => {
                    self.used[index] += 1;
                    if self.expired(&self.entries[index]) {
                        left.push(finding);
                    }
                }
                None => {
                    let new = Entry::of(name, text, &finding);
                    *self.rest.entry(new).or_default() += 1;
                    if !update {
                        left.push(finding);
                    }
                }
            }
        }
        let accepted = before - left.len();
        (left, accepted)
    }

    /// The entry that accepts a finding of these words between `head` and `tail`, of those that are
    /// not used up. One with the same words on both sides comes first, so that it is not used up by a
    /// finding that is like it on one side only.
    fn entry_for(&self, name: &str, rule: &str, words: &str, (head, tail): (&str, &str)) -> Option<usize> {
        let like = |ours: &Option<String>, theirs: &str| ours.as_deref().is_none_or(|o| o == theirs);
        [true, false].into_iter().find_map(|both| {
            self.entries.iter().zip(&self.used).position(|(e, used)| {
                let (head, tail) = (like(&e.before, head), like(&e.after, tail));
                e.rule == rule
                    && e.words == words
                    && e.file.as_deref().is_none_or(|f| f == name)
                    && e.count.is_none_or(|count| *used < count)
                    && if both { head && tail } else { head || tail }
            })
        })
    }

    /// Begins anew, as if no document had been seen.
    fn forget(&mut self) {
        self.used.fill(0);
        self.rest.clear();
    }

    fn expired(&self, entry: &Entry) -> bool {
        // An open month or day lasts to its end.
        let last = |d: Date| (d.year, d.month.unwrap_or(12), d.day.unwrap_or(31));
        entry.until.zip(self.today).is_some_and(|(until, today)| last(until) < last(today))
    }

    /// Whether an entry is for something that was checked in this run.
    fn was_checked(&self, entry: &Entry) -> bool {
        entry.file.as_ref().is_some_and(|f| self.seen.contains(f)) && self.ran.contains(entry.rule.as_str())
    }

    /// Entries that no longer hold: expired, or of findings that are gone. Only those of documents
    /// and rules of this run.
    fn notes(&self) -> Vec<Problem> {
        let mut notes = Vec::new();
        for (entry, &used) in self.entries.iter().zip(&self.used) {
            let (rule, words) = (&entry.rule, &entry.words);
            let note = if used == 0 && self.was_checked(entry) {
                Problem::new(text!(
                    "基线里的“{words}”（{rule}）已经没有了",
                    "“{words}” ({rule}) of the baseline is there no more"
                ))
                .help(Text::fixed(
                    "删掉这一条，或运行 wengao check --update-baseline",
                    "delete the entry, or run wengao check --update-baseline",
                ))
            } else if let Some(until) = entry.until.filter(|_| used > 0 && self.expired(entry)) {
                let day = until.iso();
                Problem::new(text!(
                    "基线里的“{words}”（{rule}）已于 {day} 到期，重新计入",
                    "“{words}” ({rule}) of the baseline expired on {day} and counts again"
                ))
                .help(Text::fixed("改好原文，或把“到期”往后改", "mend the text, or move 到期 to a later day"))
            } else {
                continue;
            };
            notes.push(match &entry.at {
                Some(at) => note.at(at.clone()),
                None => note,
            });
        }
        notes
    }

    /// The text of the baseline anew: what was found and not accepted yet is added, entries of
    /// findings that are gone are left out, the others stay with their reasons and dates. The number
    /// of entries is returned as well.
    fn updated(&mut self, lang: Lang) -> (String, usize) {
        let mut entries: Vec<Entry> = Vec::new();
        for (entry, &used) in self.entries.iter().zip(&self.used) {
            if used == 0 && self.was_checked(entry) {
                continue;
            }
            let count = entry.count.map(|count| if self.was_checked(entry) { used } else { count });
            entries.push(Entry { count, ..entry.clone() });
        }
        let rest = std::mem::take(&mut self.rest);
        entries.extend(rest.into_iter().map(|(entry, count)| Entry { count: Some(count), ..entry }));
        let count = entries.len();
        (page(entries, lang), count)
    }
}

/// The file with these entries.
fn page(mut entries: Vec<Entry>, lang: Lang) -> String {
    entries.sort();
    let mut out = HEAD.in_lang(lang).to_owned();
    out.push_str(if entries.is_empty() { "接受: []\n" } else { "接受:\n" });
    for entry in &entries {
        let mut dash = "- ";
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                out.push_str(&format!("{dash}{key}: {value}\n"));
                dash = "  ";
            }
        };
        line("规则", Some(entry.rule.clone()));
        line("文件", entry.file.as_deref().map(quoted));
        line("词", Some(quoted(&entry.words)));
        line("前文", entry.before.as_deref().map(quoted));
        line("后文", entry.after.as_deref().map(quoted));
        line("次数", entry.count.map(|c| c.to_string()));
        line("理由", entry.reason.as_deref().map(quoted));
        line("到期", entry.until.map(Date::iso));
    }
    out
}

/// The baseline at `path`, of this text, with one more finding accepted in the document of a plan.
///
/// # Errors
/// If the text has faults.
pub(super) fn accepting(
    (path, source): (&str, Option<&str>),
    plan: &Plan,
    (text, finding): (&str, &Finding),
    lang: Lang,
) -> Result<String> {
    let mut entries = match source {
        Some(source) => Baseline::parse(path, source, plan.settings.as_of)?.entries,
        None => Vec::new(),
    };
    let mut new = Entry::of(&plan.name, text, finding);
    let alike = |e: &&mut Entry| {
        (&e.file, &e.rule, &e.words, &e.before, &e.after)
            == (&new.file, &new.rule, &new.words, &new.before, &new.after)
    };
    match entries.iter_mut().find(alike) {
        Some(entry) => entry.count = entry.count.map(|count| count + 1),
        None => {
            new.count = Some(1);
            entries.push(new);
        }
    }
    Ok(page(entries, lang))
}

/// The baselines of a run, by path.
#[derive(Debug, Default)]
pub struct Baselines {
    of: BTreeMap<String, Baseline>,
    accepted: usize,
}

impl Baselines {
    /// Reads the baselines of these plans. Where they are `needed` they must be there.
    ///
    /// # Errors
    /// With the faults of each.
    pub fn load<'p>(files: &dyn Files, plans: impl Iterator<Item = &'p Plan>, needed: bool) -> Result<Self> {
        let mut of = BTreeMap::new();
        let mut problems = Vec::new();
        for plan in plans {
            if !of.contains_key(&plan.baseline) {
                let baseline = Baseline::load(files, &plan.baseline, needed, plan.settings.as_of);
                let baseline = baseline.unwrap_or_else(|error| {
                    problems.extend_from_slice(error.problems());
                    Baseline::default()
                });
                of.insert(plan.baseline.clone(), baseline);
            }
        }
        Error::unless_empty(problems, Self { of, accepted: 0 })
    }

    /// The findings that count: those that are not accepted yet, and none of the new ones where
    /// all are about to be accepted.
    pub(super) fn apply(
        &mut self,
        plan: &Plan,
        text: &str,
        findings: Vec<Finding>,
        accept: bool,
    ) -> Vec<Finding> {
        let Some(baseline) = self.of.get_mut(&plan.baseline) else { return findings };
        let ran: Vec<_> = RULES.iter().map(|r| r.about().id).filter(|id| plan.settings.runs(id)).collect();
        let (left, accepted) = baseline.apply(&plan.name, &ran, text, findings, accept);
        self.accepted += accepted;
        left
    }

    /// As [`apply`](Self::apply), for one look at a document that will be looked at again: nothing
    /// is used up.
    pub(super) fn apply_anew(&mut self, plan: &Plan, text: &str, findings: Vec<Finding>) -> Vec<Finding> {
        if let Some(baseline) = self.of.get_mut(&plan.baseline) {
            baseline.forget();
        }
        self.apply(plan, text, findings, false)
    }

    /// Says what no longer holds, and how many findings were left out.
    pub(super) fn tell(&self, listener: &mut dyn Listener) {
        for note in self.of.values().flat_map(Baseline::notes) {
            listener.note(&note);
        }
        let n = self.accepted;
        if n > 0 {
            listener.say(&text!(
                "另有{n}处问题已在基线里接受，没有列出",
                "{n} more are accepted in the baseline and not listed"
            ));
        }
    }

    /// Writes them anew, with all that was found.
    ///
    /// # Errors
    /// If one cannot be written.
    pub(super) fn update(&mut self, office: &Office, listener: &mut dyn Listener) -> Result<()> {
        for (path, baseline) in &mut self.of {
            let (page, entries) = baseline.updated(office.lang);
            // What is written is what was read, and more.
            office.files.write(path, page.as_bytes(), Over::Own)?;
            listener.say(&text!("已写出 {path}，共{entries}条", "wrote {path}, {entries} entries"));
        }
        Ok(())
    }
}

/// Keeps the baselines of these plans for this run until it is over: of two runs that accept findings at once
/// the second waits, and adds to what the first has written.
///
/// # Errors
/// If settings name one outside of their own folder, and she did not; see also [`Files::hold`].
pub(super) fn hold<'p>(
    files: &dyn Files,
    plans: impl Iterator<Item = &'p Plan>,
) -> Result<Vec<Box<dyn Send>>> {
    // Everybody takes them in the same order, so nobody waits for somebody who waits.
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for plan in plans {
        if let Some(at) = &plan.baseline_abroad {
            return Err(abroad(&plan.baseline).at(at.clone()).into());
        }
        names.insert(&plan.baseline);
    }
    names.into_iter().map(|name| files.hold(name)).collect()
}

fn abroad(path: &str) -> Problem {
    Problem::new(text!(
        "基线 {path} 不在这份设置的文件夹里，没有写",
        "the baseline {path} lies outside of the folder of these settings; it was not written"
    ))
    .help(text!(
        "确实要写到那里，加上 --baseline {path}",
        "if it is to be written there, add --baseline {path}"
    ))
}

/// Words as the file can hold them: the reader of settings trims values and refuses characters
/// that nobody can see.
fn known(words: &str) -> String {
    let kept: String = words
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_mark(*c))
        .collect();
    kept.trim().to_owned()
}

/// A JSON string is a YAML string in double quotes.
fn quoted(words: &str) -> String {
    serde_json::Value::from(words).to_string()
}

fn entry(item: &Fact) -> Result<Entry> {
    let lacking = |zh: &str| {
        Problem::new(text!("这一条没有写“{zh}”", "this entry has no {zh}"))
            .help(Text::fixed("每条至少要有“规则”和“词”", "an entry has at least 规则 and 词"))
    };
    let Value::Record(record) = &item.value else { return Err(lacking("规则").into()) };
    // `x` and `待定` count as missing in a facts file; here they are what was flagged.
    let word = |id: &str| match record.get(id).map(|f| &f.value) {
        Some(Value::Words(words) | Value::Blank(words)) => Some(words.clone()),
        _ => None,
    };
    let count = match word("count").filter(|c| !c.is_empty()) {
        None => None,
        Some(count) => Some(count.parse().map_err(|_| {
            Problem::new(text!("次数“{count}”不是整数", "the count “{count}” is no whole number"))
                .help(Text::fixed("写成 1、2……", "write 1, 2, …"))
        })?),
    };
    Ok(Entry {
        file: word("file").filter(|f| !f.is_empty()),
        rule: word("rule").filter(|r| !r.is_empty()).ok_or_else(|| lacking("规则"))?,
        words: word("words").map(|w| known(&w)).ok_or_else(|| lacking("词"))?,
        before: word("before"),
        after: word("after"),
        count,
        reason: word("reason").filter(|r| !r.is_empty()),
        until: record.get("until").and_then(|f| f.value.date()),
        at: Some(item.at.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::Baseline;
    use crate::base::{Text, han::Date};
    use crate::model::{Finding, Severity};

    fn findings(text: &str) -> Vec<Finding> {
        text.match_indices('x')
            .map(|(at, _)| {
                Finding::new(
                    "placeholder",
                    Severity::Error,
                    at..at + 1,
                    Text::fixed("没有填写", "not filled in"),
                )
            })
            .collect()
    }

    fn left(source: &str, text: &str, today: &str) -> (usize, usize) {
        let mut baseline = Baseline::parse("wengao-baseline.yaml", source, Date::parse(today)).unwrap();
        let (left, _) = baseline.apply("讲话.txt", &["placeholder"], text, findings(text), false);
        (left.len(), baseline.notes().len())
    }

    const ENTRY: &str = "接受:\n- 规则: placeholder\n  文件: 讲话.txt\n  词: \"x\"\n  前文: \"完成投资\"\n  后文: \"亿元。\"\n  次数: 1\n  到期: 2026-06-30\n";

    #[test]
    fn what_is_edited_elsewhere_or_on_one_side_revives_nothing() {
        for text in [
            "完成投资x亿元。",
            "新加的一行\n\n　　完成投资x亿元。",
            "全年完成投资x亿元。",
            "完成投资x亿元，同比增长。",
        ] {
            assert_eq!(left(ENTRY, text, "2026-03-05").0, 0, "{text}");
        }
        assert_eq!(left(ENTRY, "惠及群众x万人。", "2026-03-05"), (1, 1));
    }

    #[test]
    fn a_second_finding_of_the_same_words_is_new() {
        assert_eq!(left(ENTRY, "完成投资x亿元。\n完成投资x亿元。", "2026-03-05").0, 1);
    }

    #[test]
    fn from_the_day_after_its_end_an_entry_counts_again_and_is_told() {
        assert_eq!(left(ENTRY, "完成投资x亿元。", "2026-06-30"), (0, 0));
        assert_eq!(left(ENTRY, "完成投资x亿元。", "2026-07-01"), (1, 1));
    }

    #[test]
    fn an_entry_by_hand_needs_only_rule_and_words() {
        let source = "接受:\n- {规则: placeholder, 词: x}\n";
        assert_eq!(left(source, "投资x亿元，惠及x万人。", "2026-03-05"), (0, 0));
        assert!(Baseline::parse("b.yaml", "接受:\n- {规则: placeholder}\n", None).is_err());
    }
}
