//! Items, paragraphs and chapters of a paper's own articles that are not there: 本条第一款第十一项 of ten, 前款第（九）项 of
//! seven, 本办法第六条第（七）项 of five.
//!
//! An article (条) has paragraphs (款), each a line of its own, and a paragraph may have items (项), lines that begin
//! with （一）. What points into an article of another paper is not looked at.

use std::ops::Range;

use super::{hit, number, own};
use crate::base::lexicon::reference as lexicon;
use crate::base::{Text, clause};
use crate::model::{BlockKind, Finding, Manuscript};
use crate::rules::Case;
use crate::text;

const HELP: Text = Text::fixed(
    "查条、款、项的序号是否改过，改正指向",
    "see how articles, paragraphs and items are numbered now, and point to the right one",
);

/// A paragraph of an article: where it begins, and how many items it has.
struct Paragraph {
    start: usize,
    items: usize,
}

struct Article {
    number: usize,
    start: usize,
    paragraphs: Vec<Paragraph>,
}

/// Where a reference points: the article by its place in the list, and the paragraph.
#[derive(Clone, Copy)]
struct Target {
    article: usize,
    paragraph: Option<usize>,
}

pub(super) fn find(case: &Case<'_>) -> Vec<Finding> {
    let text = case.manuscript.text();
    // Most papers point to no paragraph of their own.
    let points = ["前款", "本款", "本条", "项所列", "项规定", "项所述"]
        .iter()
        .any(|w| memchr::memmem::find(text.as_bytes(), w.as_bytes()).is_some());
    if !points && own(text).next().is_none() {
        return Vec::new();
    }
    let articles = articles(case.manuscript);
    let mut found = Vec::new();
    for (word, kind) in [("本条", 0), ("前款", 1), ("本款", 2)] {
        for at in memchr::memmem::find_iter(text.as_bytes(), word) {
            let here = articles.partition_point(|a| a.start <= at);
            let Some(article) = here.checked_sub(1) else { continue };
            let paragraphs = &articles[article].paragraphs;
            let own = paragraphs.partition_point(|p| p.start <= at);
            let paragraph = match kind {
                0 => None,
                1 => own.checked_sub(2),
                _ => own.checked_sub(1),
            };
            if kind == 0 || paragraph.is_some() {
                found.extend(follow(text, &articles, Target { article, paragraph }, at + word.len()));
            }
        }
    }
    found.extend(bare(text, &articles));
    for (at, own) in own(text) {
        found.extend(follow_own(text, &articles, at + own.len()));
    }
    found
}

/// The articles of a paper, if it counts them as a regulation does.
fn articles(manuscript: &Manuscript) -> Vec<Article> {
    let mut all: Vec<Article> = Vec::new();
    for block in manuscript.blocks().iter().filter(|b| b.kind != BlockKind::Cell) {
        let line = manuscript.block_text(block).trim_start();
        if line.is_empty() {
            continue;
        }
        let start = block.range.start;
        let head = line.strip_prefix('第').and_then(|rest| {
            let (value, len) = number(rest)?;
            Some((value, rest[len..].chars().next()?))
        });
        match head {
            Some((number, '条')) => {
                let paragraphs = vec![Paragraph { start, items: inline(line) }];
                all.push(Article { number, start, paragraphs });
            }
            // A chapter ends the article before it.
            Some((_, '章' | '节' | '编')) => {
                all.push(Article { number: 0, start, paragraphs: Vec::new() })
            }
            _ => {
                // An excerpt may begin within an article.
                if all.is_empty() {
                    all.push(Article {
                        number: 0,
                        start: 0,
                        paragraphs: vec![Paragraph { start: 0, items: 0 }],
                    });
                }
                let Some(article) = all.last_mut() else { continue };
                let inner = line.strip_prefix(['（', '(']);
                let item = inner.and_then(|inner| {
                    number(inner).filter(|(_, len)| inner[*len..].starts_with(['）', ')']))
                });
                match (item, article.paragraphs.last_mut()) {
                    (Some((value, _)), Some(paragraph)) => paragraph.items = paragraph.items.max(value),
                    (None, Some(_)) => article.paragraphs.push(Paragraph { start, items: inline(line) }),
                    (_, None) => {}
                }
            }
        }
    }
    all
}

/// The last of the items that stand in one line: （一）…；（二）….
fn inline(line: &str) -> usize {
    let items = line.match_indices(['（', '(']).filter_map(|(at, open)| {
        let rest = &line[at + open.len()..];
        let (value, len) = number(rest)?;
        let begins = line[..at].ends_with(['：', ':', '；', ';', '。', '，']);
        (begins && rest[len..].starts_with(['）', ')'])).then_some(value)
    });
    items.max().unwrap_or(0)
}

/// A number and where it stands.
type Place = (usize, Range<usize>);

/// A row of numbers with the unit behind the last: 第（一）项、第（三）项 is two rows, （一）、（四）项 is one.
fn row(words: &str) -> Option<(Vec<Place>, char, usize)> {
    let mut numbers = Vec::new();
    let mut at = 0;
    loop {
        let start = at;
        at += words[at..].len() - words[at..].trim_start_matches('第').len();
        let opened = words[at..].starts_with(['（', '(']);
        at += if opened { words[at..].chars().next()?.len_utf8() } else { 0 };
        let (value, len) = number(&words[at..])?;
        at += len;
        if opened {
            at += words[at..].chars().next().filter(|c| matches!(c, '）' | ')'))?.len_utf8();
        }
        let next = words[at..].chars().next()?;
        if matches!(next, '条' | '款' | '项') {
            at += next.len_utf8();
            numbers.push((value, start..at));
            return Some((numbers, next, at));
        }
        numbers.push((value, start..at));
        // 除本条（二）、（三）情形外
        if opened && ["情形", "规定", "所列", "所述"].iter().any(|w| words[at..].starts_with(w)) {
            return Some((numbers, '项', at));
        }
        at += Some(next).filter(|c| JOINTS.contains(c))?.len_utf8();
    }
}

const JOINTS: [char; 9] = ['、', '和', '至', '到', '或', '及', '与', '－', '—'];

/// What follows on a word that points into the paper: 本条 第一款 第十一项, 前款 第（一）项、第（三）项.
fn follow(text: &str, articles: &[Article], mut target: Target, mut at: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    while let Some((numbers, unit, len)) = row(&text[at..]) {
        let Some(&(most, ref place)) = numbers.iter().max_by_key(|(value, _)| *value) else { break };
        let whole = at + place.start..at + place.end;
        let article = &articles[target.article];
        match unit {
            '条' => {
                let Some(index) = articles.iter().position(|a| a.number == most && a.number > 0) else {
                    break;
                };
                target = Target { article: index, paragraph: None };
            }
            '款' => {
                let count = article.paragraphs.len();
                if most > count && article.number > 0 {
                    found.push(missing(
                        text,
                        whole,
                        article,
                        &format!("{count}款"),
                        &format!("{count} paragraphs"),
                    ));
                    break;
                }
                target.paragraph = most.checked_sub(1);
            }
            _ => {
                let items = match target.paragraph {
                    Some(paragraph) => article.paragraphs.get(paragraph).map_or(0, |p| p.items),
                    None => article.paragraphs.iter().map(|p| p.items).max().unwrap_or(0),
                };
                if items > 0 && most > items {
                    found.push(missing(
                        text,
                        whole,
                        article,
                        &format!("{items}项"),
                        &format!("{items} items"),
                    ));
                }
            }
        }
        at += len;
        let rest = text[at..].trim_start_matches(JOINTS);
        // A joint is needed between two of one kind, and none before what is smaller.
        at = text.len() - rest.len();
        let counted = number(rest).is_some_and(|(_, len)| rest[len..].starts_with('项'));
        if !counted && !rest.starts_with(['第', '（', '(']) {
            break;
        }
    }
    found
}

/// The same behind 本办法: an article comes first.
fn follow_own(text: &str, articles: &[Article], at: usize) -> Vec<Finding> {
    let Some((numbers, '条', _)) = row(&text[at..]) else { return Vec::new() };
    let first = numbers.last().map_or(0, |(value, _)| *value);
    let Some(article) = articles.iter().position(|a| a.number == first && first > 0) else {
        return Vec::new();
    };
    follow(text, articles, Target { article, paragraph: None }, at)
}

/// （四）第六项所列区域 within an article of four items: an item that opens so points to one beside it.
fn bare(text: &str, articles: &[Article]) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "第") {
        if !text[..at].ends_with(['）', ')']) {
            continue;
        }
        // The mark of the item opens its line.
        let low = text.ceil_char_boundary(at.saturating_sub(40));
        let line = text[low..at].rsplit('\n').next().unwrap_or_default();
        let opens = low == 0 || line.len() < at - low;
        let line = line.trim_start();
        let item = opens
            && line
                .strip_prefix(['（', '('])
                .and_then(|inner| Some((number(inner)?, inner)))
                .is_some_and(|((_, len), inner)| inner[len..].trim_end_matches(['）', ')']).is_empty());
        let rest = &text[at + '第'.len_utf8()..];
        let Some((value, len)) = number(rest).filter(|_| item) else { continue };
        let behind = &rest[len..];
        if !["项所列", "项规定", "项所述"].iter().any(|w| behind.starts_with(w)) {
            continue;
        }
        let Some(article) = articles.partition_point(|a| a.start <= at).checked_sub(1) else { continue };
        let article = &articles[article];
        let own = article.paragraphs.partition_point(|p| p.start <= at).checked_sub(1);
        let items = own.map_or(0, |i| article.paragraphs[i].items);
        if article.number > 0 && items >= 2 && value > items {
            let whole = at..at + '第'.len_utf8() + len + '项'.len_utf8();
            found.push(missing(text, whole, article, &format!("{items}项"), &format!("{items} items")));
        }
    }
    found
}

fn missing(text: &str, whole: Range<usize>, article: &Article, zh: &str, en: &str) -> Finding {
    let (words, number) = (&text[whole.clone()], article.number);
    let message = if number == 0 {
        text!("“{words}”：前面只有{zh}", "“{words}”, but there are {en}")
    } else {
        text!("“{words}”：第{number}条只有{zh}", "“{words}”, but article {number} has {en}")
    };
    hit(whole, message, HELP)
}

/// Chapters, and in a paper without articles its numbered parts: 本办法第八章 of six, 本通知第五条 of three.
pub(super) fn parts(case: &Case<'_>, sections: usize, items: &dyn Fn(usize) -> usize) -> Vec<Finding> {
    let text = case.manuscript.text();
    let heads = |unit: char| {
        let lines = case.manuscript.blocks().iter().map(|b| case.manuscript.block_text(b).trim_start());
        let values = lines.filter_map(|line| {
            let (value, len) = number(line.strip_prefix('第')?)?;
            line['第'.len_utf8() + len..].starts_with(unit).then_some(value)
        });
        values.max().unwrap_or(0)
    };
    let (chapters, articles) = (heads('章'), heads('条'));
    let mut found = Vec::new();
    let mut tell = |whole: Range<usize>, count: usize, zh: &str, en: &str| {
        let words = &text[whole.clone()];
        found.push(hit(
            whole,
            text!("“{words}”：只有{count}{zh}", "“{words}”, but there are {count} {en}"),
            HELP,
        ));
    };
    for (at, own) in own(text) {
        let from = at + own.len();
        let Some((value, len)) = text[from..].strip_prefix('第').and_then(number) else { continue };
        let end = from + '第'.len_utf8() + len;
        let Some(unit) = text[end..].chars().next() else { continue };
        let whole = at..end + unit.len_utf8();
        if unit == '章' && chapters >= 2 && value > chapters {
            tell(whole, chapters, "章", "chapters");
        } else if matches!(unit, '条' | '项' | '点') && articles < 2 && sections >= 2 && value > sections {
            tell(whole, sections, "条", "points");
        }
    }
    // 第一条第（五）项, 第二部分第（六）项 of a paper whose parts are 一、 and （一）.
    for at in memchr::memmem::find_iter(text.as_bytes(), "第") {
        let word = "第";
        if articles >= 2 || sections < 2 {
            break;
        }
        let Some((part, len)) = number(&text[at + word.len()..]).filter(|(n, _)| (1..=sections).contains(n))
        else {
            continue;
        };
        let rest = &text[at + word.len() + len..];
        let Some(rest) = ["条", "部分", "项", "大项"].iter().find_map(|u| rest.strip_prefix(u)) else {
            continue;
        };
        let bare = rest.trim_start_matches(['的', '中', '第']);
        let Some(inner) = bare.strip_prefix(['（', '(']) else { continue };
        let Some((value, len)) = number(inner) else { continue };
        let end = text.len() - inner.len() + len;
        let behind = clause::behind(text, at);
        let other = lexicon::PAPERS.iter().any(|w| behind.contains(w))
            && !lexicon::OWN.iter().any(|w| behind.ends_with(w));
        let count = items(part);
        if count >= 2 && value > count && text[end..].starts_with(['）', ')']) && !other {
            tell(at..end + text[end..].chars().next().map_or(0, char::len_utf8), count, "项", "items");
        }
    }
    found
}
