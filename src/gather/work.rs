//! 工作: what the paper is about, to what end, until when, who leads it.

use std::ops::Range;

use super::habit::is_title;
use super::page::Page;
use super::sense::Sense;
use super::split::{sentences, squeezed};
use super::{Found, Kind, Said};
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::base::pattern::{Pattern, pattern};
use crate::rules::paper::bare_title;

pattern! {
    /// 云岭县2026年…实施方案: what stands between locality or year and the kind of paper.
    static LEAD_IN = r"^(?:(?:中共)?[\p{Han}]{2,12}?(?:省|市|县|区|州|旗|镇|乡|街道|办公室|人民政府|委员会|局|厅)(?:(?:办公室|人民政府|委员会|党委)、?)*)?(?:关于)?(?:印发|转发|下发)?[《〈]?(?:(?:全?[省市县区州旗])?[12][0-9]{3}(?:[—－-][12][0-9]{3})?年度?)?";
    /// 办公室设在县水利局: the group is where.
    static OFFICE = r"办公室(?:（[^（）]*）)?设在([\p{Han}]{2,20}?)(?:[，。；、（]|$)";
    /// 牵头机构为县防汛抗旱指挥部.
    static LEADS = r"牵头机构(?:为|是)([\p{Han}]{3,30}?)(?:[，。；、]|$)";
    /// 日常工作由县水利局承担.
    static DAILY = r"日常工作(?:机构为|由)([\p{Han}]{3,20}?)(?:承担|负责|[，。；、]|$)";
    /// 成立以…为组长的云岭县…领导小组.
    static BODY = r"(?:成立|组建|设立|建立)(?:了)?(?:由[^。；]{2,50}?(?:组长|总指挥|成员)的)?([\p{Han}“”]{0,36}?(?:领导小组|指挥部|工作专班|委员会))";
}

/// Which pattern says what, the words that it needs, and the characters that a name has at least; the first
/// of two that say the same is the surer.
const TOLD: &[(&str, &Pattern, &[&str], usize)] = &[
    ("lead", &BODY, &["领导小组", "指挥部", "工作专班", "委员会"], 5),
    ("office", &OFFICE, &["办公室"], 2),
    ("lead", &LEADS, &["牵头机构"], 3),
    ("office", &DAILY, &["日常工作"], 3),
];

/// The line that is the paper's title.
pub(super) fn title(page: &Page<'_>) -> Option<Range<usize>> {
    let is = |line: &Range<usize>| is_title(page.said(line), lexicon::WORK_ENDS.iter().chain(OTHERS));
    page.head().find(|l| is(&l.range)).map(|l| l.range.clone())
}

/// Kinds of paper that are no plans.
const OTHERS: &[&str] = &["讲话", "报告", "总结", "通知", "汇报", "致辞", "通报", "纪要"];

/// What is said of the work; nothing if the paper's title names none.
pub(super) fn find(page: &Page<'_>) -> Option<Found> {
    let mut found = Found { kind: Kind::Work, said: Vec::new() };
    if let Some(name) = title(page).and_then(|title| name(page, &title)) {
        found.say(page, "name", &name);
    }
    if let Some(goal) = goal(page) {
        found.say(page, "goal", &goal);
    }
    let mut told = [const { None }; TOLD.len()];
    let mut head = None;
    for line in &page.lines {
        for (said, (_, pattern, holds, least)) in
            told.iter_mut().zip(TOLD).filter(|(said, _)| said.is_none() && !line.cell)
        {
            let first = pattern
                .on_lines(page.said(&line.range), |line| holds.iter().any(|w| line.contains(w)))
                .next();
            let named = first.and_then(|c| c.get(1)).filter(|m| m.as_str().chars().count() >= *least);
            *said = named.map(|m| line.range.start + m.start()..line.range.start + m.end());
        }
        head = head.or_else(|| head_of_body(page, &line.range));
    }
    for (said, (key, ..)) in told.iter().zip(TOLD) {
        if let Some(said) = said.as_ref().filter(|_| found.get(key).is_none()) {
            found.say(page, key, said);
        }
    }
    if let Some((title, name)) = head {
        let words = format!("{}{}", page.words(&title), page.words(&name).replace(char::is_whitespace, ""));
        found.said.push(Said {
            key: "lead_head",
            words,
            range: title.start.min(name.start)..title.end.max(name.end),
        });
    }
    Some(found).filter(|f| !f.said.is_empty())
}

/// 组长：周明达　县委副书记、县长.
fn head_of_body(page: &Page<'_>, line: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let words = page.said(line);
    let squeezed = squeezed(words);
    let heads = ["组长：", "组长:", "总指挥：", "指挥长：", "总指挥:", "指挥长:"];
    if !heads.iter().any(|h| squeezed.starts_with(h)) {
        return None;
    }
    let (name, title) = super::person::member(page, line, false)?;
    Some((title, name))
}

/// The work that a title names: what stands behind locality and year and before the kind of paper.
fn name(page: &Page<'_>, title: &Range<usize>) -> Option<Range<usize>> {
    let words = page.said(title);
    let bare = bare_title(words);
    // A notice that hands on a plan names the plan.
    let inner = bare.find('《').map(|at| (at + '《'.len_utf8(), bare.find('》').unwrap_or(bare.len())));
    let (from, to) = inner.unwrap_or((0, bare.len()));
    let inner = bare.get(from..to)?;
    let end = lexicon::WORK_ENDS.iter().filter(|end| inner.ends_with(**end)).max_by_key(|end| end.len())?;
    let kept = &inner[..inner.len() - end.len()];
    let lead = LEAD_IN.find(kept).map_or(0, |m| m.end());
    let lead = lead + if kept[lead..].starts_with("关于") { "关于".len() } else { 0 };
    let mut range = title.start + from + lead..title.start + from + kept.len();
    if page.said(&range).ends_with('的') {
        range.end -= '的'.len_utf8();
    }
    let range = tight(page.text, range);
    let count = page.said(&range).chars().count();
    ((3..=40).contains(&count) && !page.said(&range).contains(['《', '》'])).then_some(range)
}

/// The overall goal: the one sentence under a heading of it.
fn goal(page: &Page<'_>) -> Option<Range<usize>> {
    let (index, line) = page.lines.iter().enumerate().find(|(_, l)| {
        l.sense == Some(Sense::Targets)
            && l.level.is_some()
            && page.said(&l.head).contains("目标")
            && !page.said(&l.head).contains("任务")
    })?;
    let body = if line.body.is_empty() {
        page.lines
            .iter()
            .skip(index + 1)
            .find(|l| l.above == Some(index) && l.level.is_none() && !l.cell)?
            .range
            .clone()
    } else {
        line.body.clone()
    };
    let sentence = sentences(page.text, &body).into_iter().next()?;
    let count = page.said(&sentence).chars().count();
    (8..=160).contains(&count).then_some(sentence)
}
