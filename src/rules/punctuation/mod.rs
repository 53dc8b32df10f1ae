//! `punctuation` (标点错误): marks that are doubled, unbalanced, misplaced or missing.
//!
//! What is wrong right at a mark is found here: marks that are doubled, an enumeration comma before a
//! verb, a comma in a list that says how many it has. `halves` pairs brackets and quotation marks;
//! `permille` tells a ‰ that fell apart from a mark that is doubled.
//! Missing marks are looked for only where they can be proved: `run_on` finds an object that runs into
//! the next order, `unstopped` a paragraph of prose without its stop among paragraphs that have theirs.
//! The shape of marks is the business of `punctuation-style`.

mod halves;
mod permille;
mod run_on;
mod unstopped;

use std::ops::Range;

use super::{About, Authority, Case, Reads, Rule, example};
use crate::base::Text;
use crate::base::charset::CharSet;
use crate::base::han::{is_counting, is_han, parse_numeral};
use crate::base::lexicon::punctuation as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

/// The rule.
pub struct Punctuation;

static ABOUT: About = About {
    id: "punctuation",
    title: Text::fixed("标点重叠、不成对、缺漏", "marks doubled, unbalanced or missing"),
    severity: Severity::Warning,
    authority: Authority::PUNCTUATION,
    reads: Reads::Prose,
    why: Text::fixed(
        "改稿、粘贴时标点最容易错：叠用（，，；：。），括号、引号、书名号只有一半，前引号用成后引号，顿号后面直接跟动词，\
         两句话连在一起没有标点，段末没有句号。“4.5％。。”多半是残缺的千分号，只提示，不改。跨段的引号、“1）”这样的序号、英文缩写不算；标点的全角半角、省略号的形状另有规则。",
        "Marks go wrong when a text is edited and pasted: doubled ones, brackets and quotation marks of which half is \
         missing, two opening marks for a pair, an enumeration comma before a verb, two sentences without a mark \
         between, a paragraph without its stop. 4.5％。。 is mostly a broken ‰, and is told but not mended. Quotations over several paragraphs, numbers such as 1） and \
         English apostrophes are left alone; the shape of marks is the business of another rule.",
    ),
    examples: &[
        example("抓早抓小，，抓细抓实。。", &["，，", "。。"]),
        example("本次评选以“清溪流过我家—;水美乡村”为题。", &["—;"]),
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
        example("全县茶叶产量增长5%，,亩均收入有所提高!。", &["，,", "!。"]),
        example("人口自然增长率4.5%。。社会大局稳定。", &["%。。"]),
        example("怎么办？！干！！！坚持下去……那就对了。", &[]),
        example("群众得到有力支持，工作大力推进，采取措施确保到位。", &[]),
        example("It's Tom’s book (2026), isn’t it?", &[]),
        example("青石、云溪、白岭3个镇，全县12个镇。生产总值增长，财政、税收，3个百分点。", &[]),
    ],
};

impl Rule for Punctuation {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let text = manuscript.text();
        let mut found = halves::find(manuscript);
        marks(text, &mut found);
        found.extend(unstopped::find(manuscript));
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
        let dotted = before == Some('·') && matches!(c, ',' | ';' | '，' | '；') && follows_word(text, at);
        let dashed = before == Some('—') && c == ';';
        if let Some(mark) = before.filter(|_| dotted || dashed) {
            // The rest of an entity of a web page: &middot;, &mdash;.
            let start = at - mark.len_utf8();
            let run = &text[start..at + c.len_utf8()];
            let message = text!("“{run}”多出一个标点", "a mark too many in “{run}”");
            found.push(finding(start..at + c.len_utf8(), message, None));
        } else if matches!(before, Some('“' | '《' | '（')) && matches!(c, ',' | ';') {
            let message = text!(
                "“{c}”前面少了文字，或多出一个标点",
                "words are missing before “{c}”, or it is a mark too many"
            );
            found.push(finding(at..at + c.len_utf8(), message, None));
        } else if let Some(run) = doubled(text, at, c, before) {
            settled = at + run.len();
            if let Some(broken) = permille::find(text, at..settled) {
                found.push(broken);
                continue;
            }
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
    for seam in run_on::find(text) {
        let words = &text[seam.clone()];
        let message = text!("“{words}”之间似乎缺标点", "a mark seems to be missing within “{words}”");
        found.push(finding(seam, message, None));
    }
}

static MARKS: CharSet = CharSet::of("，、；：。？！,;:!");

fn is_mark(c: char) -> bool {
    MARKS.holds(c)
}

/// A mark in its full width, in which two are compared. A half-width ? beside another mark is mostly a
/// character that was lost (时代。?成功), so it is none.
const fn wide(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        other => other,
    }
}

/// Marks after a word that stand where one should: `，，`, `：。`, `？、`, `，,`.
fn doubled(text: &str, at: usize, c: char, before: Option<char>) -> Option<&str> {
    let word = |b: char| {
        is_han(b) || b.is_ascii_alphanumeric() || matches!(b, '”' | '’' | '》' | '）' | '〉' | '%' | '％')
    };
    let next = text[at + c.len_utf8()..].chars().next().filter(|&n| is_mark(n))?;
    // x!:y is no Chinese.
    before.filter(|&b| word(b) && !(b.is_ascii_alphanumeric() && c == '!'))?;
    let run = |fits: &dyn Fn(char) -> bool| {
        let len = text[at..].find(|n| !fits(n)).unwrap_or(text.len() - at);
        Some(&text[at..at + len])
    };
    let pause = |n: char| matches!(wide(n), '，' | '、' | '；' | '：');
    let (first, second) = (wide(c), wide(next));
    match (first, second) {
        ('。', '。') => Some(&text[at..at + 2 * '。'.len_utf8()]),
        ('？' | '！', '。' | '，' | '、' | '；' | '：') | ('。' | '，' | '、' | '；' | '：', '？' | '！') => {
            Some(&text[at..at + c.len_utf8() + next.len_utf8()])
        }
        ('？' | '！', _) | (_, '？' | '！') => None,
        _ if first == second => run(&|n| wide(n) == first),
        ('。', _) => run(&|n| n == '。' || pause(n)).map(|marks| marks.trim_end_matches('。')),
        _ => run(&|n| n == '。' || pause(n)),
    }
}

/// Whether a word stands before the middle dot that ends at `at`.
fn follows_word(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches('·').chars().next_back();
    before.is_some_and(|c| is_han(c) || matches!(c, '”' | '》'))
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
    let after = &text[end..];
    let last: Vec<(usize, char)> = after.char_indices().take(5).collect();
    let said = (2..=4).find_map(|len| {
        let &(at, c) = last.get(len)?;
        last[..len].iter().all(|&(_, c)| is_han(c)).then_some(())?;
        let width = if digit(c) {
            after[at..].find(|c| !digit(c)).unwrap_or(after.len() - at)
        } else if is_counting(c) {
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

/// One mark for several, where there is no doubt which.
fn single(marks: &str) -> Option<String> {
    let first = marks.chars().next()?;
    if marks.chars().all(|c| c == first) {
        return Some(first.to_string());
    }
    let first = wide(first);
    if marks.chars().all(|c| wide(c) == first) {
        return Some(first.to_string());
    }
    let only = |set: &str| marks.chars().all(|c| set.contains(wide(c)));
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
