//! `count-claim` (数目): an announced number against the items that follow.
//!
//! “强调三点意见” with two headings under it is how a lost passage shows. The rule starts from the
//! items, not from the numbers: for each run of the [outline](super::reading::outline) it reads the sentence
//! right before the first item, and asks whether that sentence announces a number. So most numbers
//! of a document (五个乡镇, 两个月, “三个离不开”) are never looked at. Three shapes count:
//!
//! * a sentence that ends where the run begins: `主要抓好四个重点：一是…`;
//! * a speaker's announcement (`讲三点意见`) some paragraphs above the first heading;
//! * a list in the sentence itself (`within`): `分为三类，即甲、乙、丙`, `“甲、乙、丙”三大工程`.
//!
//! Where nothing countable follows, it is silent.

mod within;

pub(crate) use within::items as listed_items;

use std::ops::Range;

use super::reading::outline::{Mark, Outline, Run, Shape};
use super::{About, Authority, Case, Reads, Rule, example};
use crate::base::lexicon::count_claim as lexicon;
use crate::base::{Text, han};
use crate::model::{BlockKind, Finding, Manuscript, Severity};
use crate::text;

/// The rule.
pub struct CountClaim;

static ABOUT: About = About {
    id: "count-claim",
    title: Text::fixed("说的数目与列出的不符", "an announced number that does not match"),
    severity: Severity::Error,
    authority: Authority::Regulation,
    reads: Reads::Prose,
    why: Text::fixed(
        "“强调三点意见”只讲了两点，“抓好四个重点”列了五条，听的人当场就会发现。本规则看每一串序号\
         （一、（一）1. 一是、一要、第一）前面的那句话：其中若预告了数目，就与实际列出的条数核对；\
         “分为三类，即甲、乙、丙”这样句内列举的，也数一数。后面没有可数的，不报；“以上三点”“五个乡镇”\
         “两个月”“三个离不开”不是预告；列举以“等”收尾的，不数。",
        "Three points announced and two made: the audience notices at once. The rule reads the sentence right before \
         each run of ordinals (一、（一）1. 一是、一要、第一); if it announces a number, that is compared with the items. \
         Lists within a sentence (分为三类，即甲、乙、丙) are counted too. It is silent where nothing countable follows; \
         以上三点, 五个乡镇, 两个月 and 三个离不开 announce nothing, and a list that ends in 等 is not counted.",
    ),
    examples: &[
        example("下面，我强调三点意见：\n一、提高认识\n二、狠抓落实", &["三点意见"]),
        example("主要抓好四个重点：一是春耕；二是夏管；三是秋收。", &["四个重点"]),
        example("要从两个方面把握。第一，要看到成绩；第二，要看到差距；第三，要看到机遇。", &["两个方面"]),
        example("围绕五个方面，与大家共同探讨。\n一、提高站位\n三、创新方式\n四、强化保障", &["五个方面"]),
        example("全县脱贫户大体分为四类，即缺劳力户、缺技术户、缺资金户。", &["四类"]),
        example("村级示范要达到“七有”：一是有阵地；二是有队伍；三是有制度。", &["“七有”"]),
        example(
            "下面，我讲三个问题。\n先说情况，今年以来全县春耕进展较快。\n一、形势\n二、任务",
            &["三个问题"],
        ),
        example(
            "一、压实责任。要落实三个方面的责任：\n一要落实领导责任。\n二要落实部门责任。\n二、强化督查",
            &["三个方面的责任"],
        ),
        example("推进“清河、清渠、清塘、清库”三大行动。", &["三大行动"]),
        example("下面，我强调三点意见：\n一、提高认识\n二、压实责任\n三、狠抓落实", &[]),
        example("以上三点意见，请抓好落实。\n一、春耕\n二、夏管", &[]),
        example("我们走访了五个乡镇，用了两个月。一是看田块，二是看农户。", &[]),
        example("牢固树立“三个离不开”思想，考核分了四项指标。", &[]),
        example(
            "要做到两点：一是抓早，二是抓小。其中抓小有三个要求：第一，要细；第二，要实；第三，要快。",
            &[],
        ),
        example("下面，我讲几点意见。\n一、提高认识\n二、狠抓落实", &[]),
        example("全县分为三类，即山区、半山区、坝区，分类施策。", &[]),
        example("抓好春耕、防汛等三项工作，建立县、乡、村三级网络。", &[]),
        example("下面，我讲四点意见。\n今年以来，全县工作平稳。请大家努力。", &[]),
        example("一要抓规划。有三个要求：一是早；二是准；三是实。\n二要抓项目。", &[]),
    ],
};

/// A number that a sentence announces.
#[derive(Debug, Clone)]
struct Claim {
    range: Range<usize>,
    count: usize,
    /// Whether it speaks of points, aspects and the like, not of things in the world.
    strong: bool,
}

impl Rule for CountClaim {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let outline = case.outline();
        let mut findings = before_runs(manuscript, outline);
        findings.extend(within::find(manuscript));
        findings.sort_by_key(|f| (f.range.start, f.range.end));
        findings.dedup_by(|later, earlier| later.range.start < earlier.range.end);
        findings
    }
}

/// Claims that stand before a run.
fn before_runs(manuscript: &Manuscript, outline: &Outline) -> Vec<Finding> {
    let text = manuscript.text();
    let mut findings = Vec::new();
    // A speaker's announcement that no run has answered yet, and its block.
    let mut pending: Option<(Claim, usize)> = None;
    let mut speeches = speeches(manuscript).into_iter().peekable();
    for run in &outline.runs {
        let Some(first) = run.items.first().map(|&i| &outline.marks[i]) else { continue };
        while let Some(announced) = speeches.next_if(|(_, block)| *block < first.block) {
            pending = Some(announced);
        }
        pending = pending.filter(|(_, block)| first.block - block <= FARTHEST);
        let Some(count) = counted(manuscript, outline, run) else { continue };
        let before = sentence(manuscript, first);
        let claims = claims(text, before.clone());
        let close = claims.last().cloned();
        let top = first.lead && matches!(first.shape, Shape::Han | Shape::HanParen) && run.parent.is_none();
        let claim = match close {
            Some(claim) => {
                // An inner claim leaves the outer one to be answered.
                pending = pending.filter(|(p, _)| !top && p.range != claim.range);
                claim
            }
            None if top => match pending.take() {
                Some((claim, _)) if claim.range.start >= outline.scope(first.range.start) => claim,
                _ => continue,
            },
            None => continue,
        };
        let ends = text[claim.range.end..first.range.start].trim_end();
        let colon = ends.ends_with(['：', ':']);
        // In 三个方面五项任务： and 抓好10项14件实事： either may be meant.
        let either = || numbers(text, before.clone()).any(|(_, value, _)| value == count);
        let close = before.contains(&claim.range.start);
        if claim.count == count || close && (either() || is_of_another(text, &before, &claim, colon)) {
            continue;
        }
        findings.push(finding(manuscript, outline, &claim, run, count, claim.strong || colon));
    }
    findings
}

/// Blocks between a speaker's announcement and the first heading, at most.
const FARTHEST: usize = 60;

/// The items of a run; `None` where they cannot be counted.
fn counted(manuscript: &Manuscript, outline: &Outline, run: &Run) -> Option<usize> {
    let first = run.items.first().map(|&i| &outline.marks[i])?;
    // 首先、其次、最后: the last carries no number.
    let spoken = run.items.iter().all(|&i| outline.marks[i].shape == Shape::First);
    // One （三） within a line points at something; 一是 alone may go on in other words.
    let single = run.items.len() == 1
        && match first.shape {
            Shape::Is | Shape::Must => goes_on(manuscript, outline, first),
            shape => !first.lead || shape.is_prose(),
        };
    (!spoken && !single).then_some(run.items.len())
}

/// Whether something after 一是 may be the second item under another name.
fn goes_on(manuscript: &Manuscript, outline: &Outline, first: &Mark) -> bool {
    let blocks = manuscript.blocks();
    let last = (first.block + if first.lead { 3 } else { 1 }).min(blocks.len().saturating_sub(1));
    let end = blocks.get(last).map_or(first.range.end, |b| b.range.end.max(first.range.end));
    let end = manuscript.text().floor_char_boundary(end.min(first.range.end + 3000));
    let rest = &manuscript.text()[first.range.end..end];
    first.value != 1
        || outline.hints_at(2, first, &(first.range.end..end))
        || lexicon::GOES_ON.iter().any(|w| rest.contains(w))
}

/// Whether the number belongs to something else that the sentence speaks of: what somebody has laid
/// down, of which the items are remarks (《纲要》提出了九个方面的重点任务。一是…), or what stands before
/// another announcement (“六大行动”计划，着重做好以下工作：).
fn is_of_another(text: &str, sentence: &Range<usize>, claim: &Claim, colon: bool) -> bool {
    /// Characters between a claim and the end of its sentence where no colon follows.
    const REST: usize = 6;
    let rest = text.get(claim.range.end..sentence.end).unwrap_or_default();
    if colon {
        let last = rest.rsplit(['，', ',']).next().filter(|last| last.len() < rest.len());
        return last.is_some_and(|last| lexicon::ANNOUNCERS.iter().any(|w| last.contains(w)));
    }
    let before = text.get(sentence.start..claim.range.start).unwrap_or_default();
    let clause = before.rsplit(['，', ',']).next().unwrap_or_default();
    let laid_down = lexicon::LAID_DOWN.iter().any(|w| clause.contains(w))
        && (clause.contains('《') || lexicon::AUTHORITIES.iter().any(|w| clause.contains(w)));
    laid_down || rest.chars().count() > REST && !rest.starts_with(['，', ','])
}

/// Bytes of a sentence that are looked at, at most.
const SENTENCE: usize = 900;

/// The sentence right before a mark: in its own line, or the last of the block before.
fn sentence(manuscript: &Manuscript, mark: &Mark) -> Range<usize> {
    let text = manuscript.text();
    let Some(block) = manuscript.blocks().get(mark.block) else { return 0..0 };
    let (from, to) = if mark.lead {
        let Some(before) = mark.block.checked_sub(1).and_then(|i| manuscript.blocks().get(i)) else {
            return 0..0;
        };
        if !is_prose(before.kind) {
            return 0..0;
        }
        (before.range.start, before.range.end)
    } else {
        (block.range.start, mark.range.start)
    };
    let stops = ['。', '！', '？', '；', '!', '?', ';'];
    let from = text.ceil_char_boundary(from.max(to.saturating_sub(SENTENCE)));
    let words = text[from..to].trim_end();
    // A heading that is not a sentence announces nothing.
    if mark.lead && !words.ends_with(['。', '：', ':', '，', ',', '；']) {
        return 0..0;
    }
    let end = words.trim_end_matches(|c| "。：:，,；;、 　".contains(c)).len();
    let start =
        words[..end].rfind(stops).map_or(0, |i| i + words[i..].chars().next().map_or(1, char::len_utf8));
    from + start..from + end
}

/// The numbers that a sentence announces, in order.
fn claims(text: &str, sentence: Range<usize>) -> Vec<Claim> {
    /// Characters between a number and the end of its sentence, at most.
    const REST: usize = 26;
    /// Bytes of a sentence that are looked at.
    const LONGEST: usize = 600;
    let from = text.ceil_char_boundary(sentence.start.max(sentence.end.saturating_sub(LONGEST)));
    let colon = text[sentence.end..].trim_start().starts_with(['：', ':']);
    let mut found = Vec::new();
    for (at, value, len) in numbers(text, from..sentence.end) {
        if let Some(claim) = claim(text, at, len, value, sentence.end)
            && (colon || announces(&text[from..at], &claim))
            && text[claim.range.end..sentence.end].chars().count() <= REST
        {
            found.push(claim);
        }
    }
    found
}

/// Whether the words before a claim announce it, where no colon does: 抓好三项工作。 A name between
/// quotation marks never does without one.
fn announces(before: &str, claim: &Claim) -> bool {
    if before.ends_with('“') {
        return false;
    }
    let limit = if claim.strong { 10 } else { 7 };
    let near: Vec<char> =
        before.chars().rev().take(limit).take_while(|c| !matches!(c, '，' | ',' | '、')).collect();
    let near: String = near.into_iter().rev().collect();
    lexicon::FRAMES.iter().any(|f| near.contains(f))
}

/// The numbers of a stretch: the byte at which each begins, its value and its bytes.
fn numbers(text: &str, stretch: Range<usize>) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
    let mut at = stretch.start;
    std::iter::from_fn(move || {
        let rest = &text[at..stretch.end];
        let start = at + rest.find(|c: char| han::is_counting(c) || c.is_ascii_digit())?;
        let (value, len) = number(&text[start..stretch.end])?;
        at = start + len;
        Some((start, value, len))
    })
}

/// A number from 2 to 30 in Han numerals or digits, 0 for another one: the value and the bytes.
fn number(text: &str) -> Option<(usize, usize)> {
    let first = text.chars().next()?;
    let han = han::is_counting;
    let len = if han(first) {
        text.find(|c| !han(c)).unwrap_or(text.len())
    } else if first.is_ascii_digit() {
        text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
    } else {
        return None;
    };
    let words = &text[..len];
    let value = if han(first) { han::parse_numeral(words) } else { words.parse().ok() };
    Some((value.filter(|v| (2..=30).contains(v)).unwrap_or(0), len))
}

/// The claim that the number at `at` makes within a sentence that ends at `end`.
fn claim(text: &str, at: usize, len: usize, value: usize, end: usize) -> Option<Claim> {
    let before = &text[..at];
    // 以上三点, 这三个, 第三个, 前两项, 3.5; 每一条.
    if value == 0 || before.ends_with(lexicon::NO_COUNT) || before.ends_with("其中") || before.ends_with("十")
    {
        return None;
    }
    if before.ends_with('“') {
        return quoted_claim(text, at, len, value, end);
    }
    let rest = &text[at + len..end];
    let classifier = lexicon::CLASSIFIERS.iter().copied().find(|c| rest.starts_with(c))?;
    let after = &rest[classifier.len()..];
    let digit = text[at..].starts_with(|c: char| c.is_ascii_digit());
    let (strong, noun) = counted_noun(classifier, after, digit)?;
    // 三个工作日.
    if after.starts_with("工作日") {
        return None;
    }
    let size = noun + noun_of_noun(&after[noun..]);
    Some(Claim { range: at..at + len + classifier.len() + size, count: value, strong })
}

/// “七有”, “十个一”标准 at the end of the sentence.
fn quoted_claim(text: &str, at: usize, len: usize, value: usize, end: usize) -> Option<Claim> {
    let rest = &text[at + len..end];
    let close = rest.find('”')?;
    let inner = &rest[..close];
    let after = &rest[close + '”'.len_utf8()..];
    let name = !inner.is_empty() && inner.chars().count() <= 7 && !inner.contains(['、', '，', '。', '“']);
    let last = after.chars().count() <= 5 && !after.contains(['，', ',']);
    let range = at - '“'.len_utf8()..at + len + close + '”'.len_utf8();
    (name && last && !inner.starts_with(['五', '四'])).then_some(Claim { range, count: value, strong: false })
}

/// The noun behind a classifier that makes an announcement of both: whether it speaks of points, and
/// its bytes.
fn counted_noun(classifier: &str, after: &str, digit: bool) -> Option<(bool, usize)> {
    let noun =
        |list: &[&'static str]| list.iter().copied().filter(|n| after.starts_with(n)).max_by_key(|n| n.len());
    let ends = after.is_empty() || after.starts_with(['，', ',', '：', ':', '来', '抓', '入', '去', '着']);
    Some(match classifier {
        "个" => (true, noun(lexicon::POINTS)?.len()),
        "方面" => (true, 0),
        // 上午九点, 下午三点半.
        "点" if digit || after.starts_with(['半', '钟', '多', '整']) => return None,
        "点" => (true, noun(lexicon::POINTS).map_or(ends.then_some(0), |n| Some(n.len()))?),
        "句" => (true, after.starts_with('话').then_some("话".len())?),
        "件" => (true, ["大事", "实事", "事情", "事"].into_iter().find(|n| after.starts_with(n))?.len()),
        "步" | "层" => (false, (ends || after.starts_with("意思")).then_some(0)?),
        _ => match noun(lexicon::THINGS) {
            Some(n) => (false, n.len()),
            None if ends => (false, 0),
            None => return None,
        },
    })
}

/// 三个方面的责任, 三个方面的规划: the bytes of the noun that belongs to the claim too.
fn noun_of_noun(tail: &str) -> usize {
    if let Some(of) = tail.strip_prefix('的') {
        let length = of.find(|c: char| !han::is_han(c)).unwrap_or(of.len());
        if (1..=24).contains(&length) { '的'.len_utf8() + length } else { 0 }
    } else {
        lexicon::POINTS.iter().filter(|n| n.len() > 3).find(|n| tail.starts_with(**n)).map_or(0, |n| n.len())
    }
}

/// The announcements of a speaker that end their paragraphs, with the indices of their blocks:
/// 讲三点意见, 围绕五个方面.
fn speeches(manuscript: &Manuscript) -> Vec<(Claim, usize)> {
    const SAYS: &[&str] = &["讲", "谈", "强调", "提", "说", "围绕", "从"];
    /// Bytes at the end of a paragraph that are looked at.
    const LONGEST: usize = 150;
    let text = manuscript.text();
    let mut found = Vec::new();
    for (index, block) in manuscript.blocks().iter().enumerate() {
        if !is_prose(block.kind) {
            continue;
        }
        let words = text[block.range.clone()].trim_end();
        let end = block.range.start + words.trim_end_matches(|c| "。：:，,".contains(c)).len();
        let start = text.ceil_char_boundary(block.range.start.max(end.saturating_sub(LONGEST)));
        let start = text[start..end].rfind(['。', '！', '；']).map_or(start, |i| start + i);
        let claim = claims(text, start..end).into_iter().rfind(|c| {
            let before = &text[start..c.range.start];
            let near = before.char_indices().rev().nth(5).map_or(before, |(at, _)| &before[at..]);
            c.strong
                && SAYS.iter().any(|s| near.contains(s))
                && text[c.range.end..end].chars().count() <= 16
                && ["我", "下面", "讲"].iter().any(|w| before.contains(w))
        });
        found.extend(claim.map(|c| (c, index)));
    }
    found
}

/// Whether a block of this kind may announce something.
fn is_prose(kind: BlockKind) -> bool {
    !kind.is_form()
        && !matches!(
            kind,
            BlockKind::Cell | BlockKind::Code | BlockKind::Quotation | BlockKind::Title | BlockKind::Subtitle
        )
}

const HELP: Text = Text::fixed(
    "查是否漏了或多了一项，再改数目",
    "see whether an item was lost or added, then correct the number",
);

fn finding(
    manuscript: &Manuscript,
    outline: &Outline,
    claim: &Claim,
    run: &Run,
    count: usize,
    sure: bool,
) -> Finding {
    let text = manuscript.text();
    let words = &text[claim.range.clone()];
    let marks: Vec<&str> = run
        .items
        .iter()
        .take(8)
        .map(|&i| text[outline.marks[i].range.clone()].trim_end_matches('、'))
        .collect();
    let more = if count > marks.len() { "…" } else { "" };
    let listed = format!("{}{more}", marks.join("、"));
    let first = run.items.first().and_then(|&i| outline.marks.get(i));
    let place = first.and_then(|m| manuscript.place(m.range.start)).cloned();
    let message = text!("说的是“{words}”，列出的是{count}项", "“{words}” is announced, but {count} follow");
    ABOUT
        .finding(claim.range.clone(), message)
        .severity(if sure { Severity::Error } else { Severity::Warning })
        .help(HELP)
        .note(place, text!("数到的是：{listed}", "counted: {listed}"))
}

#[cfg(test)]
mod tests {
    use super::{CountClaim, Rule};
    use crate::model::{Manuscript, Settings};
    use crate::read;
    use crate::rules::Case;

    fn flagged(text: &str) -> Vec<String> {
        let manuscript: Manuscript = read("a.txt", text.as_bytes()).unwrap_or_default();
        let settings = Settings::default();
        let case = Case::new(&manuscript, &settings);
        CountClaim.check(&case).into_iter().map(|f| text[f.range].to_owned()).collect()
    }

    #[test]
    fn an_inner_claim_leaves_the_outer_one_to_be_answered() {
        let text = "下面，我讲三点意见。\n先说情况，有两个特点：一是早；二是实。\n一、提高认识\n二、狠抓落实";
        assert_eq!(flagged(text), ["三点意见"]);
    }

    #[test]
    fn a_list_after_a_colon_is_counted_only_where_it_is_the_rest_of_the_sentence() {
        assert_eq!(flagged("重点抓好四项工作：春耕、防汛、招商。"), ["四项工作"]);
        assert!(flagged("重点抓好四项工作：春耕、防汛、招商，还有征兵。").is_empty());
    }

    #[test]
    fn a_deadline_of_working_days_announces_nothing() {
        assert!(flagged("应当在三个工作日内办理：（一）申报；（二）变更。").is_empty());
    }

    // A look at the whole paragraph from each 一是 would take hours.
    #[test]
    fn a_paragraph_of_nothing_but_claims_takes_linear_time() {
        flagged(&"两点：一是".repeat(20_000));
        flagged(&"我讲两点意见。\n一、甲\n".repeat(10_000));
    }
}
