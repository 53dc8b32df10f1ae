//! `figure-mismatch` (数字不符): what the draft says against what the facts say.
//!
//! A figure is held against a fact only where the subject is certain: the fact's own name stands
//! right before it, with nothing between but a verb of amounting (完成, 达到, 为), and nothing before
//! the name but the locality itself and a time. 石桥湾镇粮食产量 is another subject, 全市地区生产总值
//! too. The time must be the fact's: 上年, a target, another year are compared with the fact that
//! is meant or not at all. Everything else is only counted.
//!
//! `subject` makes the list of what can be compared; `meeting` compares date and place.

mod examples;
mod meeting;
mod subject;

use std::ops::Range;

use self::subject::{Subject, subjects};
use super::reading::day;
use super::{About, Authority, Case, Reads, Rule};
use crate::base::figures::{Figure, figures};
use crate::base::han::years_said;
use crate::base::lexicon::figure_mismatch as lexicon;
use crate::base::{Place, Text, clause};
use crate::model::facts::path::in_chinese;
use crate::model::{Facts, Finding, Severity};
use crate::text;

/// The rule.
pub struct FigureMismatch;

static ABOUT: About = About {
    id: "figure-mismatch",
    title: Text::fixed("同事实文件不符", "at odds with the facts"),
    severity: Severity::Error,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "给了事实文件，稿中的数字、会议日期和地点就应当同它一致；抄了上年的数、改了一处漏了一处，是常见错误。\
         只有主语确定才比：指标名称紧挨着数字，前面只有本地和时间。下属乡镇的、全省全市的、上年的、目标的，\
         同对应的事实比，没有对应的不比。对不上号的数字只报一个总数（提示），不逐个指出。",
        "With facts given, figures and the meeting's date and place should agree with them; last year's figure \
         copied, or one of two places changed, is a common mistake. Only certain subjects are compared: the \
         indicator's name right before the figure, nothing but the locality and a time before the name. Towns, \
         the province, other years and targets are compared with their own facts or not at all. Figures that \
         belong to no fact are counted in one note.",
    ),
    examples: examples::EXAMPLES,
};

/// What disagrees.
struct Odd<'f> {
    range: Range<usize>,
    /// What is spoken of.
    what: String,
    message: Text,
    path: String,
    at: &'f Place,
    fact: String,
}

impl Rule for FigureMismatch {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(facts) = case.facts else { return Vec::new() };
        let text = case.folded().text();
        let all = case.figures();
        let year = day::of(case).map(|d| d.year);
        let mut odd = Vec::new();
        let subjects = subjects(facts);
        for subject in &subjects {
            for (at, _) in text.match_indices(&*subject.name) {
                let compared = compare(text, all, at..at + subject.name.len(), subject, year);
                // 流动教学点达到20个 of a task is a fact too, and no slip for the 14 that there are.
                let stated = |o: &Odd<'_>| states(facts, &text[at..o.range.end]);
                // 全年技术改造投资达到21亿元 among aims, where no word but the day says that it is one.
                let aims =
                    || subjects.iter().filter(|s| s.name == subject.name).filter_map(|s| s.target.as_ref());
                let said = |o: &Odd<'_>| all.iter().find(|f| f.range == o.range);
                let aimed = |o: &Odd<'_>| {
                    let now = ["已", "目前", "现在"].iter().any(|w| clause::behind(text, at).contains(w));
                    !now && said(o)
                        .is_some_and(|f| aims().any(|t| f.same(&t.figure) && f.unit == t.figure.unit))
                };
                odd.extend(compared.into_iter().filter(|o| !stated(o) && !aimed(o)));
            }
        }
        odd.extend(meeting::compare(text, facts));
        odd.sort_by_key(|o| (o.range.start, o.range.end));
        odd.dedup_by(|later, earlier| later.range.start < earlier.range.end);
        let untraced = untraced(case, facts, text, all);
        let mut found: Vec<Finding> = odd
            .into_iter()
            .map(|o| {
                let own = own_fact(case, facts, &subjects, &o, all);
                finding(o, own, text)
            })
            .collect();
        if let Some((range, count)) = untraced
            && found.iter().all(|f| f.range != range)
        {
            let message = text!(
                "有{count}个数字在事实文件里找不到出处，这是第一个",
                "{count} figures could not be traced to a fact; this is the first"
            );
            found.push(ABOUT.finding(range, message).severity(Severity::Info));
        }
        found
    }
}

/// What is said of it: of facts that say both the two of them, `own` being the one that the words go by.
fn finding(o: Odd<'_>, own: Option<(String, &Place)>, text: &str) -> Finding {
    let (key, fact) = (in_chinese(&o.path), o.fact);
    if let Some((path, at)) = own {
        let (what, words) = (&o.what, &text[o.range.clone()]);
        let message = text!(
            "{what}在事实文件里有两个值：{words}和{fact}，稿中写的是{words}",
            "the facts give two values of {what}: {words} and {fact}; the draft says {words}"
        );
        let own = in_chinese(&path);
        return ABOUT
            .finding(o.range.clone(), message)
            .help(Text::fixed(
                "核对原始材料，把事实文件里不对的一处改过来",
                "go back to the source, and correct the facts where they are wrong",
            ))
            .note(Some(at.clone()), text!("事实“{own}”：{words}", "fact {own}: {words}"))
            .note(Some(o.at.clone()), text!("事实“{key}”：{fact}", "fact {key}: {fact}"));
    }
    ABOUT
        .finding(o.range, o.message)
        .help(Text::fixed(
            "核对原始材料，改稿子或改事实文件",
            "go back to the source, and correct the draft or the facts",
        ))
        .note(Some(o.at.clone()), text!("事实“{key}”：{fact}", "fact {key}: {fact}"))
}

/// The fact that gives a figure which is at odds with another one, where the facts themselves say both: of a draft
/// the one that the words came from, else one of the same name.
fn own_fact<'f>(
    case: &Case<'_>,
    facts: &'f Facts,
    subjects: &'f [Subject<'f>],
    odd: &Odd<'_>,
    all: &[Figure],
) -> Option<(String, &'f Place)> {
    if odd.what.is_empty() {
        return None;
    }
    let pieces = case.manuscript.pieces();
    let start = case.folded().range_back(odd.range.clone()).start;
    let first = pieces.partition_point(|piece| piece.range.end <= start);
    // What stands beside the value in its own record is another time's.
    let record = |path: &str| path.rfind(']').map_or(path.len(), |end| end);
    if let Some(Place::Fact { path, .. }) =
        pieces.get(first).filter(|p| p.range.start <= start).map(|p| &p.from)
        && path[..record(path)] != odd.path[..record(&odd.path)]
        && let Some(fact) = facts.get(path)
    {
        return Some((path.to_string(), &fact.at));
    }
    let said = all.iter().find(|f| f.range == odd.range)?;
    let values = subjects.iter().filter(|s| s.name == odd.what).filter_map(|s| s.value.as_ref());
    let mut same = values.filter(|v| v.path != odd.path && v.figure.same(said));
    same.next().map(|v| (v.path.clone(), v.at))
}

/// Whether some fact says these very words.
fn states(facts: &Facts, words: &str) -> bool {
    facts.leaves().iter().any(|(_, fact)| fact.value.text().is_some_and(|text| text.contains(words)))
}

/// Figures that no fact states: the first, and how many. A draft of the program's own making
/// carries its provenance and is not asked.
fn untraced(case: &Case<'_>, facts: &Facts, text: &str, all: &[Figure]) -> Option<(Range<usize>, usize)> {
    if case.manuscript.pieces().iter().any(|p| matches!(p.from, Place::Fact { .. } | Place::Template { .. }))
    {
        return None;
    }
    let stated: Vec<String> = facts.leaves().into_iter().filter_map(|(_, f)| f.value.text()).collect();
    let known: Vec<(Figure, &str)> = stated
        .iter()
        .flat_map(|words| figures(words).into_iter().map(move |f| (f.clone(), &words[f.digits])))
        .collect();
    let mut unknown = all.iter().filter(|f| {
        let digits = &text[f.digits.clone()];
        case.is_prose(f.range.start)
            && !matches!(f.unit, "" | "年" | "月" | "日" | "届" | "级" | "期" | "天" | "岁")
            && !known.iter().any(|(k, written)| *written == digits || k.same(f))
    });
    let first = unknown.next()?.range.clone();
    Some((first, 1 + unknown.count()))
}

/// When a clause speaks of.
#[derive(PartialEq)]
enum When {
    /// The fact's own year, or no time at all.
    Fact,
    /// The year before the fact's.
    Before,
    /// A target.
    Target,
    /// Some other time.
    Other,
}

/// What the figures after a name say of it and the facts do not.
fn compare<'f>(
    text: &str,
    all: &[Figure],
    name: Range<usize>,
    subject: &Subject<'f>,
    year: Option<u16>,
) -> Vec<Odd<'f>> {
    let Some(rest) = subject.own(clause::behind(text, name.start)) else { return Vec::new() };
    let when = when(text, &name, rest, subject, year);
    let next = all.partition_point(|f| f.range.start < name.end);
    let Some(first) = all.get(next) else { return Vec::new() };
    let between = text.get(name.end..first.range.start).unwrap_or_default();
    if between.chars().count() > 10 {
        return Vec::new();
    }
    let mut odd = Vec::new();
    let mut growth = None;
    if amounts(between) {
        odd.extend(odd_amount(text, first, subject, &when));
        // …86.4亿元，同比增长5.6%
        if let Some(second) = all.get(next + 1) {
            let gap = text.get(first.range.end..second.range.start).unwrap_or_default();
            if gap.starts_with(['，', ',', '、']) {
                growth = grows(gap.trim_start_matches(['，', ',', '、'])).map(|up| (second, up));
            }
        }
    } else if let Some(up) = grows(between) {
        growth = Some((first, up));
    }
    if when == When::Fact
        && let Some((said, up)) = growth
    {
        odd.extend(odd_growth(text, said, up, subject));
    }
    odd
}

/// An amount that is not that of the fact, of the time that is spoken of.
fn odd_amount<'f>(text: &str, said: &Figure, subject: &Subject<'f>, when: &When) -> Option<Odd<'f>> {
    let want = match when {
        When::Fact => subject.value.as_ref(),
        When::Before => subject.prev.as_ref(),
        When::Target => subject.target.as_ref(),
        When::Other => None,
    }?;
    let comparable = want.figure.unit == said.unit && !said.unit.is_empty() && !vague(text, said);
    if !comparable || said.same(&want.figure) {
        return None;
    }
    let (words, fact, what) = (&text[said.range.clone()], &want.words, &subject.name);
    let old = *when == When::Fact && subject.prev.as_ref().is_some_and(|p| said.same(&p.figure));
    let message = if old {
        text!(
            "{what}写成“{words}”，这是上年的数，应为{fact}",
            "{what} is “{words}” here, the figure of the year before; the fact is {fact}"
        )
    } else {
        text!("{what}写成“{words}”，事实文件是{fact}", "{what} is “{words}” here and {fact} in the facts")
    };
    let (range, path, fact) = (said.range.clone(), want.path.clone(), want.words.clone());
    Some(Odd { range, what: what.to_string(), message, path, at: want.at, fact })
}

/// A growth that is not that of the fact, or goes the other way.
fn odd_growth<'f>(text: &str, said: &Figure, up: bool, subject: &Subject<'f>) -> Option<Odd<'f>> {
    let yoy = subject.yoy.as_ref()?;
    let comparable = said.is_percent() && yoy.figure.is_percent() && !vague(text, said);
    if !comparable || said.same(&yoy.figure) && up != yoy.words.contains("下降") {
        return None;
    }
    let (words, fact, what) = (&text[said.range.clone()], &yoy.words, &subject.name);
    let message = text!(
        "{what}的增减写成“{words}”，事实文件是{fact}",
        "the change of {what} is “{words}” here and {fact} in the facts"
    );
    let (range, path, fact) = (said.range.clone(), yoy.path.clone(), yoy.words.clone());
    Some(Odd { range, what: String::new(), message, path, at: yoy.at, fact })
}

fn amounts(between: &str) -> bool {
    let mut rest = between.trim();
    while let Some(word) = lexicon::AMOUNTS.iter().find(|w| rest.starts_with(**w)) {
        rest = &rest[word.len()..];
    }
    rest.is_empty()
}

fn grows(between: &str) -> Option<bool> {
    let says = |w: &&str| between == *w || between.strip_suffix('了') == Some(*w);
    let up = lexicon::GROWS.iter().any(says);
    (up || lexicon::FALLS.iter().any(says)).then_some(up)
}

fn vague(text: &str, f: &Figure) -> bool {
    let (before, after) = (&text[..f.range.start], &text[f.range.end..]);
    ["约", "近", "超", "超过", "逾", "突破", "接近"].iter().any(|w| before.ends_with(w))
        || ["多", "余", "左右", "以上", "以下", "以内"].iter().any(|w| after.starts_with(w))
        || text[f.digits.end..].starts_with(['多', '余'])
}

/// Which time the words before the name speak of.
fn when(text: &str, name: &Range<usize>, rest: &str, subject: &Subject<'_>, year: Option<u16>) -> When {
    let sentence = clause::sentence(text, name.clone());
    let led = &text[sentence.start..name.start];
    if lexicon::TARGETS.iter().any(|w| led.contains(w)) {
        return When::Target;
    }
    // The last year that the sentence names before the figure.
    let named = years_said(led).next_back().map(|(_, year)| year);
    let relative = |back: u16| year.and_then(|y| y.checked_sub(back));
    let spoken = named.or_else(|| {
        if rest.contains("上年") || led.contains("去年") || led.contains("上年") {
            relative(1)
        } else if led.contains("今年") || led.contains("本年") {
            relative(0)
        } else if led.contains("前年") {
            relative(2)
        } else {
            None
        }
    });
    let vague_time = lexicon::VAGUE_TIMES.iter().any(|w| led.contains(w));
    match (spoken, subject.year) {
        _ if vague_time => When::Other,
        (None, _) => When::Fact,
        (Some(y), Some(of)) if y == of => When::Fact,
        (Some(y), Some(of)) if y + 1 == of => When::Before,
        (Some(_), _) => When::Other,
    }
}
