//! `punctuation` (标点错误): marks that are doubled, unbalanced, misplaced or missing.
//!
//! Brackets and quotation marks are paired on a stack, paragraph by paragraph; what stays open may
//! close in a later paragraph (a quotation of several, a hard line break), so an accusation waits
//! until the text has been seen. Width does not matter here: `（` and `)` are a pair, and their shape
//! is the business of `punctuation-style`. Missing marks are looked for only where they can be
//! proved: a count that includes the word behind a comma, an object that runs into the next order,
//! a paragraph of prose without its stop among paragraphs that have theirs.

use std::ops::Range;
use std::sync::LazyLock;

use super::{About, Case, Reads, Rule, example};
use crate::base::Text;
use crate::base::charset::CharSet;
use crate::base::han::{is_han, is_numeral, parse_numeral};
use crate::base::lexicon::punctuation as lexicon;
use crate::base::words::Words;
use crate::model::{BlockKind, Finding, Manuscript, Severity};
use crate::text;

/// The rule.
pub struct Punctuation;

static ABOUT: About = About {
    id: "punctuation",
    title: Text::fixed("标点重叠、不成对、缺漏", "marks doubled, unbalanced or missing"),
    severity: Severity::Warning,
    reads: Reads::Prose,
    why: Text::fixed(
        "改稿、粘贴时标点最容易错：叠用（，，；：。），括号、引号、书名号只有一半，前引号用成后引号，顿号后面直接跟动词，\
         两句话连在一起没有标点，段末没有句号。跨段的引号、“1）”这样的序号、英文缩写不算；标点的全角半角、省略号的形状另有规则。",
        "Marks go wrong when a text is edited and pasted: doubled ones, brackets and quotation marks of which half is \
         missing, two opening marks for a pair, an enumeration comma before a verb, two sentences without a mark \
         between, a paragraph without its stop. Quotations over several paragraphs, numbers such as 1） and \
         English apostrophes are left alone; the shape of marks is the business of another rule.",
    ),
    examples: &[
        example("抓早抓小，，抓细抓实。。", &["，，", "。。"]),
        example("会议讲三点意见:。\n一、提高认识", &[":。"]),
        example("落实《关于春耕生产的通知要求，按《通知》办理。", &["《"]),
        example("全县共有行政村120个（其中山区村30个，今年全部通路。", &["（"]),
        example("做到“三个到位“，确保完成。", &["“"]),
        example("青石、云溪，白岭3个镇提前完成任务。", &["，"]),
        example("要进一步提高水资源综合利用效率大力培育节水产业。", &["效率大力"]),
        example("聘请当地的能工巧匠、担任技术指导。", &["、"]),
        example("开展“送技术、、送服务”活动）。", &["、、", "）"]),
        example("　　“第一段引文。\n　　“第二段引文。”", &[]),
        example("1）抓早；2）抓小。a)项目 b)资金", &[]),
        example("《关于修改〈云岭县茶园管理办法〉的决定》（云政发〔2026〕1号）", &[]),
        example("怎么办？！干！！！坚持下去……那就对了。", &[]),
        example("群众得到有力支持，工作大力推进，采取措施确保到位。", &[]),
        example("It's Tom’s book (2026), isn’t it?", &[]),
        example("青石、云溪、白岭3个镇，全县12个镇。生产总值增长，财政、税收，3个百分点。", &[]),
    ],
};

/// The closing mark of an opening one, both as full-width.
const PAIRS: &[(char, char)] = &[
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('‘', '’'),
    ('【', '】'),
    ('〔', '〕'),
    ('「', '」'),
    ('『', '』'),
    ('［', '］'),
];

/// Paragraphs within which a mark that stayed open may still be closed.
const REACH: usize = 12;

/// Open marks among which the other half is looked for; a text with more is no prose.
const DEEPEST: usize = 64;

/// The last of `open` that fits, among the nearest ones.
fn nearest<T>(open: &[T], fits: impl Fn(&T) -> bool) -> Option<usize> {
    (open.len().saturating_sub(DEEPEST)..open.len()).rev().find(|&i| fits(&open[i]))
}

fn wide(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        other => other,
    }
}

/// The marks of [`PAIRS`] in either width.
static HALVES: CharSet = CharSet::of("()（）《》〈〉“”‘’【】〔〕「」『』〖〗［］｛｝");

/// A mark without its other half.
struct Half {
    at: usize,
    mark: char,
    block: usize,
    opens: bool,
}

/// Ends of clauses that ask for a mark before an order: 提高……效率|大力培育.
static SEAMS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::OBJECTS.iter().copied()));

/// What the first order says of its object.
static VERBS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::VERBS.iter().copied()));

impl Rule for Punctuation {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let text = manuscript.text();
        let mut found = halves(manuscript);
        marks(text, &mut found);
        found.extend(unstopped(manuscript));
        found
    }
}

/// What is wrong right at a mark or between two words, in one pass.
fn marks(text: &str, found: &mut Vec<Finding>) {
    let mut settled = 0;
    for (at, c) in MARKS.find_iter(text) {
        if at < settled {
            continue;
        }
        let before = text[..at].chars().next_back();
        if let Some(run) = doubled(text, at, c, before) {
            settled = at + run.len();
            // 。。。 is an ellipsis in the wrong shape, and :: a sign of program code.
            let more = run == "。。" && text[settled..].starts_with('。');
            if !more && run != "::" {
                let message = text!("标点叠用：“{run}”", "doubled marks: “{run}”");
                found.push(finding(at..settled, message, single(run)));
            }
        } else if c == '、' && stands_before_verb(text, at) {
            let message = Text::fixed(
                "顿号后面直接跟动词，这里不该有顿号",
                "an enumeration comma before the verb does not belong here",
            );
            found.push(finding(at..at + c.len_utf8(), message, Some(String::new())));
        } else if matches!(c, '，' | ',')
            && let Some(listed) = counted_list(text, at, at + c.len_utf8())
        {
            let message = text!(
                "并列的{listed}个名称之间用了逗号，应为顿号",
                "a comma among {listed} names of one list; it should be 、"
            );
            found.push(finding(at..at + c.len_utf8(), message, Some("、".to_owned())));
        }
    }
    for seam in run_on(text) {
        let words = &text[seam.clone()];
        let message = text!("“{words}”之间似乎缺标点", "a mark seems to be missing within “{words}”");
        found.push(finding(seam, message, None));
    }
}

static MARKS: CharSet = CharSet::of("，、；：。？！,;:");

fn is_mark(c: char) -> bool {
    MARKS.holds(c)
}

/// Marks after a word that stand where one should: `，，`, `：。`, `？、`.
fn doubled(text: &str, at: usize, c: char, before: Option<char>) -> Option<&str> {
    let word = |b: char| {
        is_han(b) || b.is_ascii_alphanumeric() || matches!(b, '”' | '’' | '》' | '）' | '〉' | '%' | '％')
    };
    let next = text[at + c.len_utf8()..].chars().next().filter(|&n| is_mark(n))?;
    before.filter(|&b| word(b))?;
    let run = |fits: &dyn Fn(char) -> bool| {
        let len = text[at..].find(|n| !fits(n)).unwrap_or(text.len() - at);
        Some(&text[at..at + len])
    };
    let pause = |n: char| matches!(n, '，' | ',' | '、' | '；' | ';' | '：' | ':');
    match (c, next) {
        ('。', '。') => Some(&text[at..at + 2 * '。'.len_utf8()]),
        ('？' | '！', '。' | '，' | '、' | '；' | '：') | ('。' | '，' | '、' | '；' | '：', '？' | '！') => {
            Some(&text[at..at + c.len_utf8() + next.len_utf8()])
        }
        ('？' | '！', _) | (_, '？' | '！') => None,
        _ if c == next => run(&|n| n == c),
        ('。', _) => run(&|n| n == '。' || pause(n)).map(|marks| marks.trim_end_matches('。')),
        _ => run(&|n| n == '。' || pause(n)),
    }
}

/// 能工巧匠、担任: the mark parts a subject from its verb.
fn stands_before_verb(text: &str, at: usize) -> bool {
    let after = &text[at + '、'.len_utf8()..];
    lexicon::VERBS_OF_PEOPLE.iter().any(|v| after.starts_with(v))
        && lexicon::PEOPLE.iter().any(|p| text[..at].ends_with(p))
}

/// The number of names if the comma is one of a list that says how many it has: 青石、云溪，白岭3个镇.
fn counted_list(text: &str, start: usize, end: usize) -> Option<usize> {
    let digit = |c: char| c.is_ascii_digit();
    let numeral = |c: char| is_numeral(c) || c == '两';
    let after = &text[end..];
    let last: Vec<(usize, char)> = after.char_indices().take(5).collect();
    let said = (2..=4).find_map(|len| {
        let &(at, c) = last.get(len)?;
        last[..len].iter().all(|&(_, c)| is_han(c)).then_some(())?;
        let width = if digit(c) {
            after[at..].find(|c| !digit(c)).unwrap_or(after.len() - at)
        } else if numeral(c) {
            c.len_utf8()
        } else {
            return None;
        };
        let unit = after[at + width..].trim_start_matches('个');
        let words = &after[at..at + width];
        let fits = width <= 3 && lexicon::COUNTED.iter().any(|u| unit.starts_with(u));
        fits.then(|| words.parse().ok().or_else(|| parse_numeral(words))).flatten()
    })?;
    // Back over names of two to six characters, the one before the comma of four at most.
    let list =
        text[..start].char_indices().rev().take(64).take_while(|&(_, c)| is_han(c) || c == '、').last()?.0;
    let mut names = text[list..start].rsplit('、').map(|name| name.chars().count());
    (2..=4).contains(&names.next()?).then_some(())?;
    let before: Vec<usize> = names.take(8).take_while(|n| *n >= 2).collect();
    let whole = before.iter().take_while(|n| **n <= 6).count();
    // The first of the list may be the end of a longer run of words.
    let listed = 2 + before.len().min(whole + 1);
    (listed > 2 && listed == said).then_some(listed)
}

/// Two sentences without a mark between: where the object of the first meets the order of the next.
fn run_on(text: &str) -> Vec<Range<usize>> {
    /// Characters between the verb and its object.
    const OBJECT: std::ops::RangeInclusive<usize> = 2..=30;
    let mut found = Vec::new();
    let mut settled = 0;
    for object in SEAMS.every(text) {
        let rest = &text[object.range.end..];
        let Some(order) = lexicon::ORDERS.iter().find(|o| rest.starts_with(**o)) else { continue };
        let end = object.range.end + order.len();
        if object.range.start < settled || text[end..].chars().take(4).filter(|&c| is_han(c)).count() < 4 {
            continue;
        }
        let ends = ['，', ',', '。', '；', ';', '：', ':', '！', '!', '？', '?', '\n', '、'];
        let from = text.ceil_char_boundary(object.range.start.saturating_sub(4 * OBJECT.end()));
        let clause = text[from..object.range.start].rfind(ends).map_or(from, |i| from + i);
        let verb = VERBS
            .every(&text[clause..object.range.start])
            .map(|v| clause + v.range.start..clause + v.range.end)
            .find(|v| OBJECT.contains(&text[v.end..object.range.start].chars().count()));
        let Some(verb) = verb else { continue };
        let seam = object.range.start..end;
        if !leads_on(text, &(verb.start..end), &text[seam.clone()]) {
            found.push(seam);
        }
        settled = end;
    }
    found
}

/// Whether the object before the seam is not the end of a clause after all: 以提高水平确保…, 把…问题
/// 认真…, 解决问题必须….
fn leads_on(text: &str, whole: &Range<usize>, seam: &str) -> bool {
    /// Bytes of a clause before the match that are looked at.
    const BEFORE: usize = 90;
    let from = text.floor_char_boundary(whole.start.saturating_sub(BEFORE));
    let clause = text[from..whole.start]
        .rsplit(['，', ',', '。', '；', ';', '：', ':', '\n', '！', '？'])
        .next()
        .unwrap_or_default();
    let matched = &text[whole.clone()];
    let instrument = |s: &str| lexicon::LEADS_ON.iter().any(|w| s.contains(w));
    // 加快, 全面, 进一步 and 持续 also follow a subject: 体系加快构建, 格局全面形成, 能力进一步增强.
    let predicate =
        ["加快", "全面", "进一步", "持续", "深入", "必须", "积极"].iter().any(|w| seam.ends_with(w));
    instrument(clause) || predicate || matched.contains("有力") && seam.ends_with("大力")
}

/// One mark for several, where there is no doubt which.
fn single(marks: &str) -> Option<String> {
    let first = marks.chars().next()?;
    if marks.chars().all(|c| c == first) {
        return Some(first.to_string());
    }
    let only = |set: &str| marks.chars().all(|c| set.contains(c));
    if only("，、") {
        Some("，".to_owned())
    } else if only("，。") && marks.ends_with('。') {
        Some("。".to_owned())
    } else {
        None
    }
}

fn finding(range: Range<usize>, message: Text, fix: Option<String>) -> Finding {
    ABOUT
        .finding(range, message)
        .help(match &fix {
            Some(fix) if fix.is_empty() => Text::fixed("删去", "delete it"),
            Some(fix) => text!("改为“{fix}”", "make it “{fix}”"),
            None => Text::fixed("对照上下文补正", "mend it by what stands around it"),
        })
        .fix(fix)
}

/// Brackets, quotation and title marks without their other half.
fn halves(manuscript: &Manuscript) -> Vec<Finding> {
    let text = manuscript.text();
    let mut lonely: Vec<Half> = Vec::new();
    for (index, block) in manuscript.blocks().iter().enumerate() {
        if block.kind == BlockKind::Code {
            continue;
        }
        let words = manuscript.block_text(block);
        let mut open: Vec<(usize, char)> = Vec::new();
        for (offset, c) in HALVES.find_iter(words) {
            let (mark, at) = (wide(c), block.range.start + offset);
            if PAIRS.iter().any(|&(o, _)| o == mark) {
                if manuscript.mask(at).is_none() && !is_face(words, offset) {
                    open.push((at, mark));
                }
            } else if let Some(&(opening, _)) = PAIRS.iter().find(|&&(_, close)| close == mark) {
                if manuscript.mask(at).is_some() || is_apostrophe(words, offset, c) {
                    continue;
                }
                match nearest(&open, |&(_, o)| o == opening) {
                    Some(depth) => {
                        for (at, mark) in open.drain(depth..).skip(1) {
                            lonely.push(Half { at, mark, block: index, opens: true });
                        }
                    }
                    None if is_number_mark(words, offset, mark) => {}
                    None => lonely.push(Half { at, mark, block: index, opens: false }),
                }
            }
        }
        lonely.extend(open.into_iter().map(|(at, mark)| Half { at, mark, block: index, opens: true }));
    }
    lonely.sort_by_key(|h| h.at);
    reconcile(text, manuscript, lonely)
}

/// Drops what pairs up over paragraphs, tells pairs of one mark from single halves.
fn reconcile(text: &str, manuscript: &Manuscript, lonely: Vec<Half>) -> Vec<Finding> {
    let mut settled = vec![false; lonely.len()];
    let mut found = Vec::new();
    // A mark that opens in one paragraph and closes in a later one.
    let mut open: Vec<usize> = Vec::new();
    for (index, half) in lonely.iter().enumerate() {
        while open.first().is_some_and(|&o| half.block - lonely[o].block > REACH) || open.len() > DEEPEST {
            open.remove(0);
        }
        if half.opens {
            open.push(index);
        } else if let Some(place) = open
            .iter()
            .rposition(|&o| lonely[o].block < half.block && PAIRS.contains(&(lonely[o].mark, half.mark)))
        {
            settled[open[place]] = true;
            settled[index] = true;
            // 多段引文: each paragraph opens the quotation anew, the last one closes it.
            for &o in &open[..place] {
                settled[o] |= lonely[o].mark == lonely[open[place]].mark
                    && opens_paragraph(text, manuscript, &lonely[o]);
            }
            open.truncate(place);
        }
    }
    let mut index = 0;
    while index < lonely.len() {
        let half = &lonely[index];
        index += 1;
        let anew = half.opens
            && opens_paragraph(text, manuscript, half)
            && manuscript
                .blocks()
                .get(half.block + 1)
                .is_some_and(|b| manuscript.block_text(b).trim_start().starts_with(half.mark));
        if settled[index - 1] || anew {
            continue;
        }
        let range = half.at..half.at + text[half.at..].chars().next().map_or(1, char::len_utf8);
        let mark = half.mark;
        // “三个到位“: two of the same mark, near each other, make a pair with one of them wrong.
        if let Some(next) = lonely.get(index).filter(|n| {
            !settled[index]
                && n.block == half.block
                && n.mark == mark
                && matches!(mark, '“' | '”' | '‘')
                && n.at - half.at < 120
        }) {
            let second = next.at..next.at + mark.len_utf8();
            let (wrong, right) = match mark {
                '“' => (second, '”'),
                '‘' => (second, '’'),
                _ => (range, '“'),
            };
            found.push(finding(
                wrong,
                text!("引号的前后两半都用了“{mark}”", "both halves of the quotation marks are “{mark}”"),
                Some(right.to_string()),
            ));
            index += 1;
            continue;
        }
        let message = if half.opens {
            text!("“{mark}”没有收尾的另一半", "“{mark}” is never closed")
        } else {
            text!("“{mark}”没有开头的另一半", "“{mark}” was never opened")
        };
        found.push(finding(range, message, None));
    }
    found
}

fn opens_paragraph(text: &str, manuscript: &Manuscript, half: &Half) -> bool {
    manuscript.blocks().get(half.block).is_some_and(|b| text[b.range.start..half.at].trim().is_empty())
}

/// `1）`, `a)`, `①)` and `一）` where an item begins.
fn is_number_mark(words: &str, offset: usize, mark: char) -> bool {
    if mark != '）' {
        return false;
    }
    let before = words[..offset].trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || is_numeral(c) || ('①'..='⑳').contains(&c) || c == '.'
    });
    let len = words[..offset].len() - before.len();
    len > 0 && len <= 9 && before.chars().next_back().is_none_or(|c| !is_han(c))
}

/// The ’ of Tom’s, and of ’90.
fn is_apostrophe(words: &str, offset: usize, c: char) -> bool {
    let before = words[..offset].chars().next_back();
    c == '’' && before.is_some_and(|b| b.is_ascii_alphanumeric())
}

/// `:(` and the like are no brackets.
fn is_face(words: &str, offset: usize) -> bool {
    words[offset..].starts_with('(')
        && words[..offset].ends_with([':', ';'])
        && words[offset + 1..].is_empty()
}

/// Paragraphs of prose that end without a stop while those around them have theirs.
fn unstopped(manuscript: &Manuscript) -> Vec<Finding> {
    /// Characters of a paragraph that is surely prose.
    const LONG: usize = 60;
    let text = manuscript.text();
    let prose: Vec<(bool, Range<usize>)> = manuscript
        .blocks()
        .iter()
        .filter(|b| b.kind == BlockKind::Body)
        .map(|b| (b, manuscript.block_text(b).trim_end()))
        .filter(|(_, w)| w.contains(['，', ',']) && w.contains(['。', '；']) && w.chars().count() >= LONG)
        .map(|(b, w)| {
            let end = b.range.start + w.len();
            let last = w.chars().next_back().unwrap_or('。');
            (!(is_han(last) || last.is_ascii_digit()), end - last.len_utf8()..end)
        })
        .collect();
    let stopped = prose.iter().filter(|(s, _)| *s).count();
    // A text with line ends inside its paragraphs has many lines without a stop.
    if prose.len() < 4 || stopped * 10 < prose.len() * 8 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, (ends, range)) in prose.iter().enumerate() {
        let neighbours = [index.checked_sub(1), Some(index + 1)];
        let calm = neighbours.iter().flatten().filter_map(|&i| prose.get(i)).all(|(s, _)| *s);
        let next = text[range.end..].trim_start();
        let broken = next.starts_with(['，', '。', '、', '；', '…', '.']);
        if !ends && calm && !broken {
            found.push(finding(
                range.clone(),
                {
                    let tail: String = text[..range.end]
                        .chars()
                        .rev()
                        .take(8)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev()
                        .collect();
                    text!("段末没有句号：“…{tail}”", "the paragraph ends without a stop: “…{tail}”")
                },
                None,
            ));
        }
    }
    found
}
