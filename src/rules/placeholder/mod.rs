//! `placeholder` (占位): names, numbers and dates that were never filled in.
//!
//! One pass over the text finds the characters and words that may open a blank (`FAMILIES`); the
//! family that they belong to then judges by their neighbours. What it cannot tell alone it leaves
//! to the document: a single star between commas is believed where other stars surely stand for
//! names. Each family is a file: add one, with its triggers, and give it a line in the table.
//!
//! | file | finds |
//! |---|---|
//! | `stand_in` | `x` `×` `*` `_` `○` `□` runs, `20xx年`, `1××户` |
//! | `figure` | signs that stand for figures only: `？万元`, `00个`, `#月` |
//! | `field` | `[发文机关]`, `【事项名称】`, `（  ）` |
//! | `gap` | blanks before a unit: `增长  %` |
//! | `elision` | `……` for a passage, `……略……` |
//! | `note` | `待补充`, `TODO：`, Word's prompts, 希望这份讲话稿对您有帮助, `联系方式：手机号` |
//! | `template` | `{{ }}`, `${name}`, `<#list …>`, `[!--title--]` |
//! | `merge` | `undefined`, `NaN`, `#REF!` where a program had no value |
//! | `initial` | `N户`, `YYYY年MM月DD日`, `P镇` |
//! | `anonymous` | `某县`, `某某同志` |
//! | `broken_off` | a document that ends in a comma |
//! | `marked` | words marked by colour, of a document that has a look |
//! | `vanished` | values deleted without a sign: `距县城公里`, `第届`, `由负责` |
//!
//! `hint` says in words what is missing.
//!
//! Nothing is fixed: what is missing only the writer knows.

mod anonymous;
mod broken_off;
mod elision;
mod examples;
mod field;
mod figure;
mod gap;
mod hint;
mod initial;
mod marked;
mod merge;
mod note;
mod page;
mod stand_in;
mod template;
#[cfg(test)]
mod tests;
mod vanished;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use self::page::Page;
use super::{About, Authority, Case, Reads, Rule, excerpt};
use crate::base::Text;
use crate::base::blank::{Lack, Sign};
use crate::base::han::is_han;
use crate::base::lexicon::placeholder as lexicon;
use crate::model::{Finding, Manuscript, MaskKind, Severity};
use crate::text;

/// The rule.
pub struct Placeholder;

static ABOUT: About = About {
    id: "placeholder",
    title: Text::fixed("没有填写的占位", "placeholders left unfilled"),
    severity: Severity::Error,
    authority: Authority::Practice,
    reads: Reads::All,
    why: Text::fixed(
        "从旧稿、范文和模板来的稿子里，人名、地名、数字、日期常以 x、×、*、_、○、【】、空格或省略号代替，\
         或者删去了什么记号也不留，印出去才被发现。本规则按符号和前后的字判断：后面是量词、单位、职务、行政区划的，前面是“第”“增长”的，\
         都算占位。3×4、5G、415X、X光、1+N、二○二六年、强调用的 **、句末的省略号、“某项”“某一”不算。\
         没有记号的（距县城公里、增长%，），与大量公文用字的统计对照：原样从没有人写过、补上数字就常见的，才报。拿不准的，看全文是否还有同样的占位；仍拿不准，不报或只报警告。\
         Word 文稿里标了底色、句中标红的字，像是留着再核，只作提示。",
        "Drafts that come from an old text, a model or a template have x, ×, *, _, ○, 【】, blanks or an ellipsis \
         where a name, number or date belongs. The rule judges by the sign and its neighbours: a measure word, \
         unit, office or division after it, 第 or 增长 before it. 3×4, 5G, 415X, X光, 1+N, 二○二六年, ** as \
         emphasis, an ellipsis that ends a clause, 某项 and 某一 are left alone. Where the sign alone does not \
         tell, other blanks of the same document do; in doubt it stays silent or warns. Words of a Word document that \
         are highlighted, or red within a sentence, are hinted at as left to be checked.",
    ),
    examples: examples::EXAMPLES,
};

/// A family of notations: what may open one, and who judges it.
struct Family {
    triggers: &'static [&'static str],
    find: fn(&Page<'_>, usize) -> Judged,
}

/// All families that are found by what opens them. No two share a trigger.
static FAMILIES: &[Family] = &[
    Family { triggers: stand_in::TRIGGERS, find: stand_in::find },
    Family { triggers: figure::TRIGGERS, find: figure::find },
    Family { triggers: field::TRIGGERS, find: field::find },
    Family { triggers: gap::TRIGGERS, find: gap::find },
    Family { triggers: elision::TRIGGERS, find: elision::find },
    Family { triggers: lexicon::NOTE_OPENINGS, find: note::find },
    Family { triggers: lexicon::CHAT, find: note::chat },
    Family { triggers: lexicon::VALUE_NAMES, find: note::value },
    Family { triggers: template::TRIGGERS, find: template::find },
    Family { triggers: merge::TRIGGERS, find: merge::find },
    Family { triggers: initial::TRIGGERS, find: initial::find },
    Family { triggers: anonymous::TRIGGERS, find: anonymous::find },
];

/// The triggers, by their first characters.
///
/// A set of bits, one for each character of two and three bytes, is asked for every character of
/// the text; that is faster than an automaton over the bytes, since Chinese text has
/// the lead bytes of the triggers all over it.
struct Triggers {
    opens: Vec<u64>,
    families: HashMap<char, Vec<(&'static str, &'static Family)>>,
}

static TRIGGERS: LazyLock<Triggers> = LazyLock::new(|| {
    let mut triggers = Triggers { opens: vec![0; 0x1_0000 / 64], families: HashMap::new() };
    for family in FAMILIES {
        for trigger in family.triggers {
            let Some(first) = trigger.chars().next() else { continue };
            let code = first as usize;
            if let Some(bits) = triggers.opens.get_mut(code / 64) {
                *bits |= 1 << (code % 64);
            }
            triggers.families.entry(first).or_default().push((trigger, family));
        }
    }
    for list in triggers.families.values_mut() {
        list.sort_by_key(|(trigger, _)| std::cmp::Reverse(trigger.len()));
    }
    triggers
});

impl Triggers {
    /// The first byte at or after `at` where a trigger may begin.
    fn next(&self, text: &str, mut at: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        loop {
            let low = |i: usize| usize::from(bytes.get(at + i).copied().unwrap_or(0) & 0x3F);
            let lead = usize::from(*bytes.get(at)?);
            let (code, len) = match lead {
                0..0x80 => (lead, 1),
                0x80..0xE0 => ((lead & 0x1F) << 6 | low(1), 2),
                0xE0..0xF0 => ((lead & 0x0F) << 12 | low(1) << 6 | low(2), 3),
                // No trigger begins beyond the basic plane.
                _ => (0, 4),
            };
            if self.opens[code / 64] >> (code % 64) & 1 == 1 {
                return Some(at);
            }
            at += len;
        }
    }

    /// The family of the longest trigger that begins at `at`.
    fn family(&self, text: &str, at: usize) -> Option<&'static Family> {
        let rest = text.get(at..)?;
        let list = self.families.get(&rest.chars().next()?)?;
        list.iter().find(|(trigger, _)| rest.starts_with(trigger)).map(|&(_, family)| family)
    }
}

/// How sure a family is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Surely a blank: an error.
    Sure,
    /// A writer should look: a warning.
    Look,
    /// A blank if the document has others of its kind: then a warning.
    Among,
}

/// The notation of a blank: what counts as its kind, and what help to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// `x` `×` `*` `_` `○` `□`.
    StandIn(Sign),
    /// A sign that stands for figures only: `？万元`.
    Figure,
    /// A Latin letter that stands for any figure or name: `N户`, `P镇`.
    Initial,
    /// What a program writes for no value: `undefined`.
    Merge,
    /// A field in brackets, by the bracket that opens it: `【事项名称】`.
    Bracket(char),
    /// Blanks before a unit: `增长  %`.
    Gap,
    /// `……` for a passage.
    Elision,
    /// `待补充`, `TODO：`.
    Note,
    /// A word processor's prompt.
    Prompt,
    /// `{{ 会议.时间 }}`, `${name}`.
    Template,
    /// `某县`.
    Anonymous,
    /// The comma at which the text ends.
    BrokenOff,
    /// Nothing: 距县城公里.
    Vanished,
}

/// A place of a manuscript that the writer has still to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// Its bytes.
    pub range: Range<usize>,
    /// What is missing, as far as its neighbours tell.
    pub lack: Lack,
    /// How it is written.
    pub notation: Notation,
}

/// The blanks of a manuscript, in order; they do not overlap. A text that breaks off has nothing
/// that could be replaced and is not among them.
#[must_use]
pub fn blanks(manuscript: &Manuscript) -> Vec<Blank> {
    let folded = manuscript.folded();
    let page = Page::new(manuscript, &folded);
    let mut suspects = written(&page, look(&page));
    suspects.retain(|h| !h.range.is_empty());
    in_order(&mut suspects);
    suspects
        .into_iter()
        .map(|Suspect { range, lack, notation, .. }| Blank { range, lack, notation })
        .collect()
}

/// A blank, in bytes of the folded text.
#[derive(Debug, Clone)]
struct Suspect {
    range: Range<usize>,
    verdict: Verdict,
    lack: Lack,
    notation: Notation,
}

/// What a family makes of a trigger, and where to look on.
struct Judged {
    suspect: Option<Suspect>,
    resume: usize,
}

impl Judged {
    fn none(resume: usize) -> Self {
        Self { suspect: None, resume }
    }
}

impl Rule for Placeholder {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let folded = case.folded();
        let page = Page::new(manuscript, folded);
        let mut suspects = look(&page);
        // What was drafted a moment ago has its values from facts: none can have vanished.
        if !case.is_drafted() {
            suspects.extend(vanished::find(&page, &suspects));
        }
        let mut suspects = written(&page, suspects);
        suspects.extend(broken_off::find(manuscript));
        in_order(&mut suspects);
        let mut found: Vec<Finding> = suspects.iter().map(|h| finding(manuscript, h)).collect();
        // What is known to be a blank needs no hint that it is marked.
        let apart = |range: &Range<usize>| {
            let before = suspects.partition_point(|h| h.range.start < range.end);
            before.checked_sub(1).is_none_or(|at| suspects[at].range.end <= range.start)
        };
        found.extend(marked::find(manuscript).into_iter().filter(|f| apart(&f.range)));
        found
    }
}

/// All blanks that their families or the document vouch for, in order.
fn look(page: &Page<'_>) -> Vec<Suspect> {
    let mut suspects = Vec::new();
    let mut from = 0;
    while let Some(at) = TRIGGERS.next(page.text, from) {
        let Some(family) = TRIGGERS.family(page.text, at) else {
            from = page.text.ceil_char_boundary(at + 1);
            continue;
        };
        let found = (family.find)(page, at);
        from = page.text.ceil_char_boundary(found.resume.max(at + 1));
        suspects.extend(found.suspect.filter(|h| !is_no_prose(page, h)));
    }
    vouched(suspects)
}

/// The same as ranges of the manuscript's own text, and its prompts.
fn written(page: &Page<'_>, mut suspects: Vec<Suspect>) -> Vec<Suspect> {
    let prompts = page.manuscript.masks().iter().filter(|m| m.kind == MaskKind::Prompt);
    for suspect in &mut suspects {
        suspect.range = page.folded.range_back(suspect.range.clone());
    }
    suspects.extend(prompts.filter(|m| !m.range.is_empty()).map(|m| Suspect {
        range: m.range.clone(),
        verdict: Verdict::Sure,
        lack: Lack::Unknown,
        notation: Notation::Prompt,
    }));
    suspects
}

/// Sorts the suspects by position; of two that overlap the first stays.
fn in_order(suspects: &mut Vec<Suspect>) {
    suspects.sort_by_key(|h| (h.range.start, h.range.end));
    suspects.dedup_by(|later, earlier| later.range.start < earlier.range.end);
}

/// Code, link targets and markup; what lies under a prompt is told by the prompt.
fn is_no_prose(page: &Page<'_>, suspect: &Suspect) -> bool {
    page.mask(suspect.range.start).is_some()
}

/// Without the suspects that nothing in the document vouches for.
fn vouched(suspects: Vec<Suspect>) -> Vec<Suspect> {
    /// So many signs of a kind that all of them are doubtful only one by one.
    const HABIT: usize = 5;
    /// A document with so many sure blanks is a scrubbed one.
    const SCRUBBED: usize = 3;
    let mut certain: HashMap<Notation, usize> = HashMap::new();
    let mut doubtful: HashMap<Notation, usize> = HashMap::new();
    for suspect in &suspects {
        *if suspect.verdict == Verdict::Among { &mut doubtful } else { &mut certain }
            .entry(suspect.notation)
            .or_default() += 1;
    }
    let count = |map: &HashMap<_, usize>, n| map.get(&n).copied().unwrap_or(0);
    let sure = suspects
        .iter()
        .filter(|h| {
            h.verdict == Verdict::Sure && matches!(h.notation, Notation::StandIn(_) | Notation::Initial)
        })
        .count();
    let vouches = |notation: Notation| {
        count(&certain, notation) > 0
            || matches!(notation, Notation::StandIn(_)) && count(&doubtful, notation) >= HABIT
            || matches!(notation, Notation::Anonymous | Notation::Initial) && sure >= SCRUBBED
    };
    suspects.into_iter().filter(|h| h.verdict != Verdict::Among || vouches(h.notation)).collect()
}

/// The finding for a suspect whose range is of the manuscript's own text.
fn finding(manuscript: &Manuscript, suspect: &Suspect) -> Finding {
    let words = &manuscript.text()[suspect.range.clone()];
    let shown = excerpt(words, LONGEST_QUOTE);
    let context = context(manuscript.text(), &suspect.range);
    let Text { zh: lack_zh, en: lack_en } = hint::of(manuscript.text(), &suspect.range, suspect.lack);
    let message = match suspect.notation {
        Notation::Gap => text!(
            "“{context}”中间空着，似乎缺{lack_zh}",
            "a gap in “{context}”: {lack_en} seems to be missing"
        ),
        Notation::Bracket(_) => text!(
            "“{shown}”是待填的栏目，没有换成实际内容：“{context}”",
            "“{shown}” is a field that was not filled in ({lack_en}): “{context}”"
        ),
        Notation::Elision => text!(
            "“{context}”里的“{shown}”像是略去未写，似乎缺{lack_zh}",
            "“{shown}” in “{context}” looks left out; {lack_en} seems to be missing"
        ),
        Notation::Note => text!(
            "“{shown}”像是起草时留下的批注：“{context}”",
            "“{shown}” looks like a note left while drafting: “{context}”"
        ),
        Notation::Prompt => text!(
            "“{shown}”是文字处理软件的提示，没有改成正文",
            "“{shown}” is the word processor's own prompt, never overwritten"
        ),
        Notation::Template => text!(
            "“{shown}”是模板代码，没有换成实际内容",
            "“{shown}” is template code that was never rendered"
        ),
        Notation::BrokenOff => text!(
            "“{context}”到此中断，后面似乎缺一段内容",
            "the text breaks off after “{context}”; what follows seems to be missing"
        ),
        Notation::Vanished => {
            text!("“{context}”里似乎缺{lack_zh}", "{lack_en} seems to be missing in “{context}”")
        }
        Notation::Merge => text!(
            "“{shown}”是程序没有取到值时写下的，似乎缺{lack_zh}：“{context}”",
            "“{shown}” is what a program writes where it has no value; {lack_en} seems to be missing: “{context}”"
        ),
        Notation::StandIn(_) | Notation::Figure | Notation::Initial | Notation::Anonymous => text!(
            "“{context}”里的“{shown}”是占位，似乎缺{lack_zh}",
            "“{shown}” in “{context}” is a placeholder; {lack_en} seems to be missing"
        ),
    };
    ABOUT
        .finding(suspect.range.clone(), message)
        .severity(if suspect.verdict == Verdict::Sure { Severity::Error } else { Severity::Warning })
        .help(help(suspect))
}

/// Characters of the flagged words that a message quotes at most.
const LONGEST_QUOTE: usize = 24;

/// What to do.
fn help(suspect: &Suspect) -> Text {
    match suspect.notation {
        Notation::Elision | Notation::BrokenOff => Text::fixed(
            "补上略去的内容；本来没有内容的，删去",
            "write the passage; if there is none, delete the mark",
        ),
        Notation::Note => Text::fixed("补上内容后删去批注", "supply what is missing and delete the note"),
        Notation::Prompt => Text::fixed("改成正文，或删去", "overwrite it or delete it"),
        Notation::Template => Text::fixed(
            "用事实文件重新生成，或手工换成实际内容",
            "draft it again from the facts, or write what belongs here",
        ),
        _ => match suspect.verdict {
            Verdict::Sure => Text::fixed("核实后填上，不要猜", "look it up and fill it in; do not guess"),
            Verdict::Look | Verdict::Among if suspect.notation == Notation::Vanished => Text::fixed(
                "请看一下：漏了就核实后补上，本来这样写就不用改",
                "please look: if something is missing, look it up and write it; leave it if it is meant",
            ),
            Verdict::Look | Verdict::Among => Text::fixed(
                "请看一下：是占位就填上，是有意这样写就不用改",
                "please look: fill it in if it is a placeholder, leave it if it is meant",
            ),
        },
    }
}

/// The words around a range, on its line, with an ellipsis where they were cut.
fn context(text: &str, range: &Range<usize>) -> String {
    /// Characters shown before and after.
    const AROUND: usize = 8;
    /// Bytes within which those characters are looked for.
    const REACH: usize = 64;
    let from = text.floor_char_boundary(range.start.saturating_sub(REACH));
    let before = text[from..range.start].rsplit('\n').next().unwrap_or_default();
    let to = text.floor_char_boundary(range.end + REACH);
    let after = text[range.end..to].split(['\n', '\r']).next().unwrap_or_default();
    let skip = before.chars().count().saturating_sub(AROUND);
    let head: String = before.chars().skip(skip).collect();
    let tail: String = after.chars().take(AROUND).collect();
    let (cut_before, cut_after) =
        (if skip > 0 { "…" } else { "" }, if tail.len() < after.len() { "…" } else { "" });
    let words: String = text[range.clone()].chars().take(LONGEST_QUOTE).collect();
    let cut = if words.len() < range.len() { "…" } else { "" };
    format!("{cut_before}{}{words}{cut}{}{cut_after}", head.trim_start(), tail.trim_end())
}
