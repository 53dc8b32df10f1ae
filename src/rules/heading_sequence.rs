//! `heading-sequence` (序号): ordinals out of order.
//!
//! Items get lost, doubled and swapped when a draft is cut together from others; the numbers show
//! it. The [outline](super::reading::outline) says which marks number siblings; this rule reads each run
//! from its first mark and compares every number with the one that is due. The numbers that follow
//! decide what went wrong: in 一、三、三、 the first 三 is a wrong number, in 一、三、四、 something is
//! missing, in 一、三、二、四、 two have changed places.
//!
//! What is written in an unusual way is believed to be there: 第二个, 二来, a line that opens with
//! `二 `. Lists of a word processor carry no numbers in the text, so nothing is missing where one
//! stands. Counting anew is no fault: speeches are glued, and outlines stand before their text.

use std::ops::Range;

use super::reading::outline::{Mark, Outline, Run, Shape};
use super::{About, Authority, Case, Reads, Rule, example, excerpt, markdown};
use crate::base::{Text, han};
use crate::model::{Block, Finding, Manuscript, Severity};
use crate::text;

/// The rule.
pub struct HeadingSequence;

static ABOUT: About = About {
    id: "heading-sequence",
    title: Text::fixed("序号不连贯", "ordinals out of order"),
    severity: Severity::Error,
    authority: Authority::FORM,
    reads: Reads::Prose,
    why: Text::fixed(
        "拼接、删改过的稿子，序号常露馅：两个（五），一、之后直接三、，只有二要没有一要，四要之后变成五是。\
         本规则按层次把“一、（一）1.（1）①”和“一是、一要、第一、首先”各自连成一串，逐个核对。\
         另起一篇、提纲在前、法条各条之下重新编号、跨部分连续编号，都不算错；引文里的序号、1.5亿元、\
         第一产业、一二产业不是序号；改一个数就能理顺的，给出改法。",
        "Drafts that were cut together from others betray it by their numbers: two （五）, 三、 right after 一、, \
         二要 without 一要, 五是 after 四要. The rule strings together 一、（一）1.（1）① and 一是、一要、第一、首先, \
         each on its level, and compares. Counting anew in another speech, after an outline or in each article \
         of a law is no fault, nor is counting on across sections; numbers in quotations, 1.5亿元 and 第一产业 are \
         no ordinals. Where one number mends the run, it is offered.",
    ),
    examples: &[
        example("一、提高认识\n二、压实责任\n四、强化督查\n五、严肃纪律", &["四、"]),
        example("一、总体要求\n（一）目标。\n（二）原则。\n（二）步骤。\n二、保障措施", &["（二）"]),
        example("三、突出重点，全面推进春耕生产。\n各镇要抓紧。", &["三、"]),
        example("要做到三点：一是底数要清；三是责任要实。", &["三是"]),
        example("一要抓早。\n二要抓小。\n三要抓细。\n四是抓实。", &["四是"]),
        example("一、提高认识\n三、压实责任\n二、强化督查\n四、严肃纪律", &["三、", "二、"]),
        example("1．整治河道。\n2．整治沟渠。\n2．整治坑塘。\n4．整治水库。", &["2．"]),
        example("会议指出，第一，要抓春灌；第二，要抓追肥；第四，要抓植保。", &["第四"]),
        example("一、提高认识\n（二）压实责任\n三、强化督查\n四、严肃纪律", &["（二）"]),
        example("青石镇要走在前。\n二要强化民生保障，办好实事。\n三要强化基层基础。", &["二要"]),
        markdown("## 一、成绩\n\n（1）增产。\n\n（2）增收。\n\n（4）增绿。\n\n## 二、问题", &["（4）"]),
        example("①核户；②核地；④核粮。", &["④"]),
        example("一、成绩\n（一）增产。\n（二）增收。\n二、打算\n（一）稳面积。\n（二）提单产。", &[]),
        example("同志们：\n一、提高认识\n二、压实责任\n同志们：\n一、统一思想\n二、狠抓落实", &[]),
        example("1.5亿元资金已到位。\n3.2万人受益。\n第三产业增长6%。\n一、二产业协同。", &[]),
        example(
            "第三条 有下列情形之一的：\n（一）未申报的；\n（二）瞒报的。\n第四条 下列：\n（一）逾期。",
            &[],
        ),
        example("一要抓早。一是春耕；二是夏管；三是秋收。\n二要抓实。一是人；二是物。\n三要抓好。", &[]),
        example("一、总体要求\n（一）思想。\n（二）目标。\n二、任务\n（三）稳粮。\n（四）保菜。", &[]),
        example("首先，要看到成绩。第二，要正视问题。第三，要增强信心。", &[]),
        example("目录\n一、现状\n二、打算\n正文\n一、现状\n二、打算", &[]),
        example("会上提出“三要抓实”，强调“二是抓早”。", &[]),
        example("总的一是早，二是小，还有第三个是细，四是实。", &[]),
        markdown("## 现状\n\n1. 增产\n1. 增收\n\n## 三、打算", &[]),
    ],
};

/// What is wrong with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The run does not begin with 1.
    Start,
    /// Numbers before it are missing.
    Skipped { due: usize },
    /// The same number as the one before.
    Repeated { due: usize },
    /// The next goes on as if another number stood here.
    Wrong { due: usize },
    /// It and its neighbour have changed places.
    Swapped { due: usize },
    /// Smaller than the one before.
    Back { due: usize },
    /// 五是 after 四要.
    Mixed { usual: Shape },
    /// Counts anew beneath the same parent.
    Anew,
    /// （二） where 二、 is due.
    Level { due: Shape },
}

/// A mark with what is wrong with it.
#[derive(Debug, Clone, Copy)]
struct Hit {
    mark: usize,
    /// The mark of the run before it.
    before: Option<usize>,
    fault: Fault,
    /// Whether the number that is due makes the run perfect.
    mends: bool,
}

impl Rule for HeadingSequence {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let outline = case.outline();
        let mut hits: Vec<Hit> =
            outline.runs.iter().flat_map(|run| read(outline, case.manuscript, run)).collect();
        hits.extend(restarts(outline, case.manuscript));
        hits.sort_by_key(|h| h.mark);
        wrong_levels(outline, &mut hits);
        hits.iter().map(|h| finding(case.manuscript, outline, h)).collect()
    }
}

/// Reads one run from its first mark.
fn read(outline: &Outline, manuscript: &Manuscript, run: &Run) -> Vec<Hit> {
    let mark = |i: usize| &outline.marks[run.items[i]];
    let value = |i: usize| run.items.get(i).map(|&m| outline.marks[m].value);
    let count = run.items.len();
    // From this mark on the numbers go up by one, to the end.
    let steps = (1..count).rev().take_while(|&i| mark(i - 1).value + 1 == mark(i).value);
    let perfect_from = count - 1 - steps.count();
    let mut hits = Vec::new();
    let mut due = if run.continues { mark(0).value } else { 1 };
    let mut i = 0;
    while i < count {
        let v = mark(i).value;
        let before = i.checked_sub(1);
        let hit = |at: usize, fault, mends| Hit {
            mark: run.items[at],
            before: at.checked_sub(1).map(|b| run.items[b]),
            fault,
            mends,
        };
        if v == due {
            due += 1;
            i += 1;
            continue;
        }
        let next = value(i + 1);
        let same = before.is_some_and(|b| mark(b).value == v);
        if next == Some(due + 1) && (i > 0 || v > 1) && count > 2 {
            let fault = if same { Fault::Repeated { due } } else { Fault::Wrong { due } };
            hits.push(hit(i, fault, perfect_from <= i + 1));
            due += 1;
        } else if v == due + 1 && next == Some(due) && count > 2 {
            hits.push(hit(i, Fault::Swapped { due }, false));
            hits.push(hit(i + 1, Fault::Swapped { due: due + 1 }, false));
            due += 2;
            i += 1;
        } else {
            let last = i + 1 == count;
            if i == 0 {
                hits.push(hit(i, Fault::Start, false));
            } else if same {
                hits.push(hit(i, Fault::Repeated { due }, last));
            } else if v > due {
                hits.push(hit(i, Fault::Skipped { due }, false));
            } else {
                hits.push(hit(i, Fault::Back { due }, false));
            }
            due = v + 1;
        }
        i += 1;
    }
    hits.retain(|h| believed(outline, manuscript, run, h));
    let alone = hits.len() == 1;
    for hit in &mut hits {
        hit.mends &= alone;
    }
    hits.extend(mixed(outline, run));
    hits
}

/// Whether nothing speaks against a hit.
fn believed(outline: &Outline, manuscript: &Manuscript, run: &Run, hit: &Hit) -> bool {
    let mark = &outline.marks[hit.mark];
    if is_no_number(manuscript, mark) || resumes(outline, run, hit) {
        return false;
    }
    let start = match hit.before {
        Some(before) => outline.marks[before].range.end,
        None => {
            let parent = run.parent.map_or(0, |p| outline.marks[p].range.end);
            parent.max(outline.scope(mark.range.start))
        }
    };
    let between = start..mark.range.start;
    let rough = !mark.lead || matches!(mark.shape, Shape::Digit | Shape::DigitParen | Shape::Circle);
    if outline.has_unnumbered(between.clone()) {
        return false;
    }
    match hit.fault {
        Fault::Start => {
            if mark.shape == Shape::First || mark.shape == Shape::Its {
                return false;
            }
            if mark.shape.is_prose() {
                // What stands right before it may be its first item under another name.
                let near = near(manuscript, mark, between);
                return !(1..mark.value).any(|v| outline.hints_at(v, mark, &near))
                    && (mark.value == 2 || run.items.len() > 1);
            }
            // A row of a table, a note, a line that was wrapped.
            let rows = rough && (run.items.len() < 2 || hit.mark > 0 && !mark.lead);
            !rows && !(1..mark.value).any(|v| outline.hints_at(v, mark, &between))
        }
        Fault::Skipped { due } => {
            if mark.shape == Shape::First && !mark.lead {
                return false;
            }
            if rough && !mark.shape.is_prose() && run.items.len() < 3 {
                return false;
            }
            // …100万平方公里4、三馆一站：: the line break before the number was lost.
            let glued = rough && {
                let words = &manuscript.text()[between.clone()];
                (due..mark.value)
                    .any(|v| ['、', '.', '．'].iter().any(|m| words.contains(&format!("{v}{m}"))))
            };
            !glued && !(due..mark.value).any(|v| outline.hints_at(v, mark, &between))
        }
        Fault::Repeated { .. } | Fault::Back { .. } => {
            mark.shape != Shape::First && !(rough && !mark.shape.is_prose() && run.items.len() < 3)
        }
        _ => true,
    }
}

/// 二、三、四类会议: the numerals of a list, at the head of a line.
fn is_no_number(manuscript: &Manuscript, mark: &Mark) -> bool {
    let rest = manuscript.text()[mark.range.end..].trim_start();
    let after = rest.trim_start_matches(han::is_numeral);
    mark.shape == Shape::Han
        && after.len() < rest.len()
        && after.starts_with(['、', '类', '级', '等', '批', '期', '届', '线', '产'])
}

/// Whether a heading goes on where it stopped before others of its form were counted between:
/// 二、, 一、 to 十、 beneath it, 三、. Those are told by themselves.
fn resumes(outline: &Outline, run: &Run, hit: &Hit) -> bool {
    let mark = &outline.marks[hit.mark];
    if !mark.lead || mark.shape.is_prose() || !matches!(hit.fault, Fault::Start | Fault::Back { .. }) {
        return false;
    }
    let first = run.items.first().copied().unwrap_or(hit.mark);
    let alike = |m: &&Mark| m.lead && m.shape == mark.shape;
    let mut before = outline.marks[..first.min(hit.mark)].iter().filter(alike);
    before.any(|m| m.value + 1 == mark.value)
}

/// The bytes right before a mark in which the first item of its run may stand.
fn near(manuscript: &Manuscript, mark: &Mark, between: Range<usize>) -> Range<usize> {
    /// Blocks before the mark's own.
    const BLOCKS: usize = 3;
    let blocks = manuscript.blocks();
    let first = if mark.lead { mark.block.saturating_sub(BLOCKS) } else { mark.block.saturating_sub(1) };
    let from = blocks.get(first).map_or(0, |b| b.range.start);
    from.max(between.start).min(between.end)..between.end
}

/// The first item of a run whose form is another than before: 四要, 五是.
fn mixed(outline: &Outline, run: &Run) -> Option<Hit> {
    let shape = |i: usize| outline.marks[run.items[i]].shape;
    let usual = shape(0);
    if !matches!(usual, Shape::Is | Shape::Must) {
        return None;
    }
    let at = (1..run.items.len()).find(|&i| shape(i) != usual)?;
    // 一是, 二要, 三是: one hand that varies; its second item says which it is.
    let clear = matches!(shape(at), Shape::Is | Shape::Must) && run.items.len() >= 3;
    clear.then(|| Hit {
        mark: run.items[at],
        before: Some(run.items[at - 1]),
        fault: Fault::Mixed { usual },
        mends: false,
    })
}

/// Headings that count anew beneath the same parent, with nothing between that could be the heading
/// of the new list: no salutation, no title, no short line.
fn restarts(outline: &Outline, manuscript: &Manuscript) -> Vec<Hit> {
    /// Characters of a line that may be a heading without a number.
    const SHORT: usize = 30;
    // A line without an end is a heading, a title or a name.
    let bare = |block: &Block| {
        let words = manuscript.block_text(block).trim();
        !words.ends_with(['。', '；', '：', ':', '！', '？', ';', '.', '!', '?', '”'])
            || words.chars().count() < SHORT
    };
    let mut hits = Vec::new();
    let mut last: [Option<usize>; 2] = [None; 2];
    for (index, run) in outline.runs.iter().enumerate() {
        let first = &outline.marks[run.items[0]];
        let slot = match first.shape {
            Shape::Han => 0,
            Shape::HanParen => 1,
            _ => continue,
        };
        if !first.lead {
            continue;
        }
        let earlier = last[slot].replace(index).map(|r| &outline.runs[r]);
        let Some(before) = earlier.filter(|e| e.parent == run.parent && e.items.len() > 1) else { continue };
        let Some(&before) = before.items.last() else { continue };
        let end = &outline.marks[before];
        let between = manuscript.blocks().get(end.block + 1..first.block).unwrap_or_default();
        if first.value == 1
            && run.items.len() > 1
            && outline.scope(first.range.start) <= end.range.start
            && !outline.has_unnumbered(end.range.end..first.range.start)
            && !between.iter().any(bare)
        {
            hits.push(Hit { mark: run.items[0], before: Some(before), fault: Fault::Anew, mends: false });
        }
    }
    hits
}

/// Where 二、 is missing between 一、 and 三、 and a （二） stands there that fits nowhere, it is that one.
fn wrong_levels(outline: &Outline, hits: &mut Vec<Hit>) {
    let mut dropped = vec![false; hits.len()];
    for i in 0..hits.len() {
        let Hit { mark, before: Some(before), fault: Fault::Skipped { due }, .. } = hits[i] else { continue };
        let gap = &outline.marks[mark];
        if gap.value != due + 1 || !gap.lead || gap.shape.is_prose() {
            continue;
        }
        let first = hits.partition_point(|h| h.mark <= before);
        let stray = (first..i).find(|&j| {
            let m = &outline.marks[hits[j].mark];
            !dropped[j] && m.value == due && m.lead && !m.shape.is_prose() && m.shape != gap.shape
        });
        if let Some(j) = stray {
            hits[j].fault = Fault::Level { due: gap.shape };
            hits[j].before = Some(before);
            hits[j].mends = true;
            dropped[i] = true;
        }
    }
    let mut index = 0;
    hits.retain(|_| {
        index += 1;
        !dropped[index - 1]
    });
}

/// The mark's words with another number.
fn renumbered(text: &str, mark: &Mark, value: usize) -> Option<String> {
    let number = match mark.shape {
        Shape::Circle => {
            char::from_u32(u32::try_from('①' as usize + value - 1).ok()?).filter(|_| value <= 20)?.to_string()
        }
        Shape::First => return None,
        Shape::Digit | Shape::DigitParen => {
            let old = &text[mark.number.clone()];
            if old.starts_with(|c: char| c.is_ascii_digit()) {
                value.to_string()
            } else if old.starts_with(|c| ('０'..='９').contains(&c)) {
                value.to_string().chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect()
            } else {
                return None;
            }
        }
        _ => han::numeral(value),
    };
    Some(format!(
        "{}{number}{}",
        &text[mark.range.start..mark.number.start],
        &text[mark.number.end..mark.range.end]
    ))
}

/// An ordinal of this form, as it is usually written.
fn spelled(shape: Shape, value: usize) -> String {
    let han = han::numeral(value);
    match shape {
        Shape::Han => format!("{han}、"),
        Shape::HanParen => format!("（{han}）"),
        Shape::Digit => format!("{value}."),
        Shape::DigitParen => format!("（{value}）"),
        Shape::Circle => format!("第{value}项"),
        Shape::Is => format!("{han}是"),
        Shape::Must => format!("{han}要"),
        Shape::Nth | Shape::First => format!("第{han}"),
        Shape::Its => format!("其{han}"),
    }
}

/// `二、` or `二、至四、`.
fn missing(shape: Shape, due: usize, value: usize) -> String {
    if value > due + 1 {
        format!("{}至{}", spelled(shape, due), spelled(shape, value - 1))
    } else {
        spelled(shape, due)
    }
}

fn finding(manuscript: &Manuscript, outline: &Outline, hit: &Hit) -> Finding {
    let text = manuscript.text();
    let mark = &outline.marks[hit.mark];
    let earlier = hit.before.map(|b| &outline.marks[b]);
    let last = earlier.map_or("", |m| &text[m.range.clone()]);
    let message = message(hit.fault, mark, &text[mark.range.clone()], last);
    let note = earlier.map(|m| {
        let line = opening(manuscript, m);
        (manuscript.place(m.range.start).cloned(), text!("前一项：“{line}”", "the item before: “{line}”"))
    });
    let doubtful = matches!(hit.fault, Fault::Mixed { .. })
        || matches!(mark.shape, Shape::First | Shape::Its)
        || !mark.lead && !mark.shape.is_prose()
        || hit.fault == Fault::Start && !matches!(mark.shape, Shape::Han | Shape::HanParen);
    // A second list may stand in one section; items above may bear a word processor's numbers.
    let meant = hit.fault == Fault::Anew || hit.fault == Fault::Start && follows_item(manuscript, mark);
    let severity = match (meant, doubtful) {
        (true, _) => Severity::Info,
        (false, true) => Severity::Warning,
        (false, false) => Severity::Error,
    };
    ABOUT
        .finding(mark.range.clone(), message)
        .severity(severity)
        .help(help(hit.fault))
        .notes(note)
        .fix(mended(text, mark, hit).filter(|_| !is_same_line(manuscript, mark, earlier)))
}

/// Whether the line before a mark is an item of a list too, though it bears no number.
fn follows_item(manuscript: &Manuscript, mark: &Mark) -> bool {
    let before = mark.block.checked_sub(1).and_then(|i| manuscript.blocks().get(i));
    mark.lead && before.is_some_and(|b| manuscript.block_text(b).trim_end().ends_with(['；', ';']))
}

/// What is wrong with the mark that says `words`; `last` is the one before it.
fn message(fault: Fault, mark: &Mark, words: &str, last: &str) -> Text {
    match fault {
        Fault::Start => {
            let gone = missing(mark.shape, 1, mark.value);
            text!(
                "从“{words}”开始，前面没有“{gone}”",
                "the numbering starts with “{words}”; no “{gone}” before it"
            )
        }
        Fault::Skipped { due } => {
            let gone = missing(mark.shape, due, mark.value);
            text!(
                "“{last}”之后直接是“{words}”，缺“{gone}”",
                "“{words}” follows “{last}”; “{gone}” is missing"
            )
        }
        Fault::Repeated { due } => {
            let right = spelled(mark.shape, due);
            text!("“{words}”重复，照顺序是“{right}”", "“{words}” comes twice; “{right}” is due")
        }
        Fault::Wrong { due } | Fault::Back { due } => {
            let right = spelled(mark.shape, due);
            text!("“{words}”不合顺序，照前后文是“{right}”", "“{words}” is out of order; “{right}” is due")
        }
        Fault::Swapped { due } => {
            let right = spelled(mark.shape, due);
            text!(
                "“{words}”与相邻的一项颠倒，此处照顺序是“{right}”",
                "“{words}” has changed places with its neighbour; “{right}” is due here"
            )
        }
        Fault::Anew => text!(
            "“{last}”之后又从“{words}”开始，中间没有上一级标题",
            "“{words}” starts anew after “{last}”, with no heading above it"
        ),
        Fault::Mixed { usual } => {
            let right = spelled(usual, mark.value);
            text!(
                "“{last}”之后变成“{words}”，体例不一，似应为“{right}”",
                "“{words}” after “{last}”: the form changes; “{right}” seems to be meant"
            )
        }
        Fault::Level { due } => {
            let right = spelled(due, mark.value);
            text!(
                "“{words}”的层次不对，照前后文是“{right}”",
                "“{words}” is of the wrong level; “{right}” is due"
            )
        }
    }
}

/// What to do about it.
const fn help(fault: Fault) -> Text {
    match fault {
        Fault::Start | Fault::Skipped { .. } => Text::fixed(
            "查是否漏了一项；没有漏的，改正序号",
            "see whether an item was lost; if not, renumber",
        ),
        Fault::Swapped { .. } => {
            Text::fixed("查这两项的先后，再改正序号", "see which of the two comes first, then renumber")
        }
        Fault::Mixed { .. } => Text::fixed(
            "统一写法；如是从别处移来的，核对内容",
            "use one form; if it came from elsewhere, check what it says",
        ),
        _ => Text::fixed("改正序号，并核对后面各项", "correct the number and look at those that follow"),
    }
}

/// The mark with the number or the form that is due, where that mends the run.
fn mended(text: &str, mark: &Mark, hit: &Hit) -> Option<String> {
    match hit.fault {
        _ if !hit.mends => None,
        Fault::Level { due: Shape::Circle } => None,
        Fault::Level { due } => Some(spelled(due, mark.value)),
        Fault::Wrong { due } | Fault::Repeated { due } => renumbered(text, mark, due),
        _ => None,
    }
}

/// Whether a mark and the one before it head the same words: a heading that stands twice.
fn is_same_line(manuscript: &Manuscript, mark: &Mark, earlier: Option<&Mark>) -> bool {
    let blocks = manuscript.blocks();
    let line = |m: &Mark| blocks.get(m.block).map(|b| manuscript.block_text(b).trim());
    earlier.is_some_and(|e| e.block != mark.block && line(e) == line(mark))
}

/// The first words of an item.
fn opening(manuscript: &Manuscript, mark: &Mark) -> String {
    let end = manuscript.blocks().get(mark.block).map_or(mark.range.end, |b| b.range.end);
    excerpt(&manuscript.text()[mark.range.start..end.max(mark.range.end)], 16)
}

#[cfg(test)]
mod tests {
    use super::{HeadingSequence, Rule};
    use crate::model::{Finding, Manuscript, Settings};
    use crate::read;
    use crate::rules::Case;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<Finding> {
        let manuscript: Manuscript = read("a.txt", text.as_bytes()).unwrap_or_default();
        HeadingSequence.check(&Case::new(&manuscript, &Settings::default()))
    }

    fn fixes(text: &str) -> Vec<Option<String>> {
        found(text).into_iter().map(|f| f.fix.map(|f| f.text)).collect()
    }

    #[test]
    fn a_number_that_mends_the_run_is_offered_in_the_form_of_the_mark() {
        assert_eq!(fixes("(一)甲\n(二)乙\n(二)丙"), [Some("(三)".to_owned())]);
        assert_eq!(fixes("１．甲\n２．乙\n５．丙\n４．丁"), [Some("３．".to_owned())]);
        assert_eq!(fixes("一、甲\n（二）乙\n三、丙"), [Some("二、".to_owned())]);
    }

    #[test]
    fn where_an_item_may_be_lost_nothing_is_offered() {
        assert_eq!(fixes("一、甲\n二、乙\n四、丙"), [None]);
        assert_eq!(fixes("（一）甲\n（二）乙\n（二）丙\n（三）丁"), [None]);
        assert_eq!(fixes("三、甲\n1\n清淤\n2　筑堤　水利局　60\n六、乙"), [None, None]);
    }

    #[test]
    fn headings_that_count_anew_without_a_heading_above_are_told() {
        let long = "全县上下一条心，把河道清淤这件事一村一村抓到底，汛前全部完成任务，不留尾巴，不留死角。";
        let text = format!("（一）甲\n{long}\n（二）乙\n{long}\n（一）丙\n{long}\n（二）丁\n{long}");
        assert_eq!(found(&text).len(), 1);
        let headed = format!("春耕\n（一）甲\n{long}\n（二）乙\n{long}\n夏管\n（一）丙\n{long}\n（二）丁");
        assert!(found(&headed).is_empty());
    }

    #[test]
    fn a_text_of_nothing_but_ordinals_takes_linear_time() {
        for unit in [
            "一是",
            "三、\n",
            "（二）\n",
            "；一是；三是",
            "1.\n(3)\n",
            "①",
            "“一、\n",
            "第三，",
            "一、\n(一)\n三、\n",
        ] {
            found(&unit.repeat(100_000 / unit.len()));
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_sound_ranges(text in "[一二三四十是要第其首先次、，。：；（）()1２.．①③“”附件条 \n]{0,60}") {
            for f in found(&text) {
                prop_assert!(text.get(f.range).is_some_and(|w| !w.is_empty()));
            }
        }
    }
}
