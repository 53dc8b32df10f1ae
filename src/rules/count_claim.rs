//! `count-claim` (数目): an announced number against the items that follow.
//!
//! “强调三点意见” with two headings under it is how a lost passage shows. The rule starts from the
//! items, not from the numbers: for each run of the [outline](super::reading::outline) it reads the sentence
//! right before the first item, and asks whether that sentence announces a number. So most numbers
//! of a document (五个乡镇, 两个月, “三个离不开”) are never looked at. Three shapes count:
//!
//! * a sentence that ends where the run begins: `主要抓好四个重点：一是…`;
//! * a speaker's announcement (`讲三点意见`) some paragraphs above the first heading;
//! * a list in the sentence itself: `分为三类，即甲、乙、丙`, `“甲、乙、丙”三大工程`.
//!
//! Where nothing countable follows, it is silent.

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
        findings.extend(within_sentences(manuscript));
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
        // In 三个方面五项任务： either may be meant.
        if claim.count == count || claims.iter().any(|c| c.count == count) {
            continue;
        }
        let ends = text[claim.range.end..first.range.start].trim_end();
        let sure = claim.strong || ends.ends_with(['：', ':']);
        findings.push(finding(manuscript, outline, &claim, run, count, sure));
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
        || ["另", "还有", "再就是", "其次", "此外", "同时", "再有", "二"].iter().any(|w| rest.contains(w))
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

const fn is_numeral(c: char) -> bool {
    han::is_numeral(c) || c == '两'
}

/// The numbers of a stretch: the byte at which each begins, its value and its bytes.
fn numbers(text: &str, stretch: Range<usize>) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
    let mut at = stretch.start;
    std::iter::from_fn(move || {
        let rest = &text[at..stretch.end];
        let start = at + rest.find(|c: char| is_numeral(c) || c.is_ascii_digit())?;
        let (value, len) = number(&text[start..stretch.end])?;
        at = start + len;
        Some((start, value, len))
    })
}

/// A number from 2 to 30 in Han numerals or digits, 0 for another one: the value and the bytes.
fn number(text: &str) -> Option<(usize, usize)> {
    let first = text.chars().next()?;
    let han = is_numeral;
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
    if value == 0 {
        return None;
    }
    let before = &text[..at];
    // 以上三点, 这三个, 第三个, 前两项, 3.5; 每一条.
    if before.ends_with(lexicon::NO_COUNT) || before.ends_with("其中") || before.ends_with("十") {
        return None;
    }
    let rest = &text[at + len..end];
    // “七有”, “十个一”标准 at the end of the sentence.
    if before.ends_with('“') {
        let close = rest.find('”')?;
        let inner = &rest[..close];
        let after = &rest[close + '”'.len_utf8()..];
        let name =
            !inner.is_empty() && inner.chars().count() <= 7 && !inner.contains(['、', '，', '。', '“']);
        let last = after.chars().count() <= 5 && !after.contains(['，', ',']);
        let range = at - '“'.len_utf8()..at + len + close + '”'.len_utf8();
        return (name && last && !inner.starts_with(['五', '四'])).then_some(Claim {
            range,
            count: value,
            strong: false,
        });
    }
    let classifier = lexicon::CLASSIFIERS.iter().copied().find(|c| rest.starts_with(c))?;
    let after = &rest[classifier.len()..];
    let noun =
        |list: &[&'static str]| list.iter().copied().filter(|n| after.starts_with(n)).max_by_key(|n| n.len());
    let ends = after.is_empty() || after.starts_with(['，', ',', '：', ':', '来', '抓', '入', '去', '着']);
    let (strong, mut size) = match classifier {
        "个" => (true, noun(lexicon::POINTS)?.len()),
        "方面" => (true, 0),
        "点" => {
            // 上午九点, 下午三点半.
            if text[at..].starts_with(|c: char| c.is_ascii_digit())
                || after.starts_with(['半', '钟', '多', '整'])
            {
                return None;
            }
            (true, noun(lexicon::POINTS).map_or(ends.then_some(0), |n| Some(n.len()))?)
        }
        "句" => (true, after.starts_with('话').then_some("话".len())?),
        "件" => (true, ["大事", "实事", "事情", "事"].into_iter().find(|n| after.starts_with(n))?.len()),
        "步" | "层" => (false, (ends || after.starts_with("意思")).then_some(0)?),
        _ => match noun(lexicon::THINGS) {
            Some(n) => (false, n.len()),
            None if ends => (false, 0),
            None => return None,
        },
    };
    // 三个工作日.
    if after.starts_with("工作日") {
        return None;
    }
    // 三个方面的责任, 三个方面的规划: the noun belongs to the claim.
    let tail = &after[size..];
    if let Some(of) = tail.strip_prefix('的') {
        let length = of.find(|c: char| !han::is_han(c)).unwrap_or(of.len());
        if (1..=24).contains(&length) {
            size += '的'.len_utf8() + length;
        }
    } else if let Some(n) = lexicon::POINTS.iter().filter(|n| n.len() > 3).find(|n| tail.starts_with(**n)) {
        size += n.len();
    }
    Some(Claim { range: at..at + len + classifier.len() + size, count: value, strong })
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

/// Claims whose items stand in the same sentence.
fn within_sentences(manuscript: &Manuscript) -> Vec<Finding> {
    let text = manuscript.text();
    let mut findings = Vec::new();
    for block in manuscript.blocks() {
        if !is_prose(block.kind) {
            continue;
        }
        let mut start = block.range.start;
        for sentence in text[block.range.clone()].split_inclusive(['。', '；', '！', '？', ';']) {
            let range = start..start + sentence.len();
            start = range.end;
            if sentence.contains('、') && sentence.len() < 1500 {
                findings.extend(listed(manuscript, &range));
            }
        }
    }
    findings
}

/// A claim of one sentence whose list does not match.
fn listed(manuscript: &Manuscript, sentence: &Range<usize>) -> Option<Finding> {
    let text = manuscript.text();
    let (range, _, most) = numbers(text, sentence.clone()).find_map(|(at, value, len)| {
        let list = after_list(text, sentence, at, len, value)
            .or_else(|| before_list(text, sentence, at, len, value));
        list.filter(|(_, least, most)| !(least..=most).contains(&&value))
    })?;
    let words = &text[range.clone()];
    let message = text!("“{words}”与句中列举的{most}项不符", "“{words}”, but the sentence lists {most}");
    Some(ABOUT.finding(range, message).severity(Severity::Warning).help(HELP))
}

const HELP: Text = Text::fixed(
    "查是否漏了或多了一项，再改数目",
    "see whether an item was lost or added, then correct the number",
);

/// `分为三类，即甲、乙、丙`: the claim, and how many items its list has at least and at most.
fn after_list(
    text: &str,
    sentence: &Range<usize>,
    at: usize,
    len: usize,
    value: usize,
) -> Option<(Range<usize>, usize, usize)> {
    if value == 0 || text[..at].ends_with(['第', '这', '前', '其', '近', '年', '.', '多', '“']) {
        return None;
    }
    let rest = &text[at + len..sentence.end];
    let classifier = lexicon::LIST_CLASSIFIERS.iter().copied().find(|c| rest.starts_with(c))?;
    let noun = &rest[classifier.len()..];
    let length = noun.find(|c: char| !han::is_han(c))?;
    let mut size = length;
    // 即 may follow without a pause.
    let list = match noun[..length].find("即").filter(|&i| i > 0) {
        Some(i) => {
            size = i;
            &noun[i..]
        }
        None => noun[length..].trim_start_matches(['，', ',']),
    };
    if size > "十个字".len() * 3 {
        return None;
    }
    // 三个重点：甲、乙、丙。 Without 即 the list must be the rest of the sentence.
    let list = match ["即", "分别是", "分别为"].into_iter().find_map(|w| list.strip_prefix(w)) {
        Some(list) => list,
        None => list
            .strip_prefix(['：', ':'])
            .filter(|l| l.ends_with('。') && !l.contains(['，', ',', '：', ':', '；', '“', '（', '(']))?,
    };
    let list = list.trim_start_matches(['，', ',', '：', ':']);
    let (least, most) = items(list)?;
    Some((at..at + len + classifier.len() + size, least, most))
}

/// `“甲、乙、丙”三大行动`: the same.
fn before_list(
    text: &str,
    sentence: &Range<usize>,
    at: usize,
    len: usize,
    value: usize,
) -> Option<(Range<usize>, usize, usize)> {
    let before = &text[sentence.start..at];
    // Unquoted lists (县、乡、村三级) are left alone: in 甲8家、乙10家、丙14家 the number is the list's own.
    let quoted = before.strip_suffix('”').or_else(|| before.strip_suffix("”“"))?;
    let list = &quoted[quoted.rfind('“')? + '“'.len_utf8()..];
    let rest = &text[at + len..sentence.end];
    let classifier = ["大", "个", "项", "点", "条", "种", "类"].into_iter().find(|c| rest.starts_with(c))?;
    let noun = &rest[classifier.len()..];
    let length = noun.find(|c: char| !han::is_han(c)).unwrap_or(noun.len());
    let noun: String = noun[..length].chars().take(2).collect();
    if value == 0 || list.matches('、').count() < 2 || list.contains(['，', ',', '。', '；', '等']) {
        return None;
    }
    let (least, most) = items(list)?;
    Some((at..at + len + classifier.len() + noun.len(), least, most))
}

/// How many items a list has, at least and at most: 和 and 与 may join the last two or stand within
/// one. `None` if it is no plain list of short items.
fn items(list: &str) -> Option<(usize, usize)> {
    /// Characters of an item.
    const LONGEST: usize = 14;
    let mut depth = 0usize;
    let (mut marks, mut joints, mut length) = (0, 0, 0);
    let mut before = ' ';
    for (at, c) in list.char_indices() {
        match c {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' if depth == 0 => break,
            '）' | ')' | '”' | '》' => depth -= 1,
            _ if depth > 0 => {}
            '、' => {
                marks += 1;
                length = 0;
            }
            '和' | '与' | '及' | '或' => {
                joints += usize::from(before != '以' || c != '及');
                length = 0;
            }
            '等' if !list[at..].starts_with("等级") => return None,
            '，' | ',' | '。' | '；' | ';' | '：' | ':' | '\n' => break,
            _ => length += 1,
        }
        if length > LONGEST {
            return None;
        }
        before = c;
    }
    (marks > 0).then_some((marks + 1, marks + 1 + joints))
}

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
