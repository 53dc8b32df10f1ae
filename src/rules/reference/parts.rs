//! Articles, parts and items of the paper itself that are not there: 本办法第六十条 of thirty-five.

use super::{hit, number, own};
use crate::base::lexicon::reference as lexicon;
use crate::base::{Text, clause};
use crate::model::{BlockKind, Finding, Severity};
use crate::rules::Case;
use crate::rules::reading::outline::Shape;
use crate::text;

const HELP: Text = Text::fixed(
    "查条款、部分的序号是否改过，改正指向",
    "see how the parts are numbered now, and point to the right one",
);

pub(super) fn find(case: &Case<'_>) -> Vec<Finding> {
    let text = case.manuscript.text();
    let mut found = articles(case, text);
    let outline = case.outline();
    let most = |shape: Shape| {
        outline.marks.iter().filter(|m| m.shape == shape && m.lead).map(|m| m.value).max().unwrap_or(0)
    };
    let (sections, items) = (most(Shape::Han), most(Shape::HanParen));
    let of_section = |n: usize| {
        let heads =
            outline.marks.iter().filter(|m| m.lead && matches!(m.shape, Shape::Han | Shape::HanParen));
        let own = heads.skip_while(|m| m.shape != Shape::Han || m.value != n).skip(1);
        own.take_while(|m| m.shape == Shape::HanParen).map(|m| m.value).max().unwrap_or(0)
    };
    found.extend(super::items::parts(case, sections, &of_section));
    for (at, word) in text.match_indices('第') {
        let rest = &text[at + word.len()..];
        if rest.starts_with(['（', '(']) {
            found.extend(item(text, at, rest, items));
        } else if let Some((value, len)) = number(rest) {
            let end = at + word.len() + len;
            let section = text[end..].starts_with("部分") || text[end..].starts_with("条所列");
            if section && value > sections && sections >= 2 {
                found.extend(section_missing(text, at, end, sections));
            }
        }
    }
    found
}

/// Whether the words before point into another paper.
fn is_other(behind: &str) -> bool {
    lexicon::PAPERS.iter().any(|w| behind.contains(w))
}

fn section_missing(text: &str, at: usize, end: usize, count: usize) -> Option<Finding> {
    let behind = clause::behind(text, at);
    let own = lexicon::OWN.iter().any(|w| behind.ends_with(w));
    if !own && is_other(behind) {
        return None;
    }
    let unit = if text[end..].starts_with("部分") { "部分" } else { "条" };
    let whole = at..end + unit.len();
    let words = &text[whole.clone()];
    let message = text!("“{words}”：全文只有{count}个部分", "“{words}”, but there are {count} parts");
    Some(hit(whole, message, HELP).severity(if own { Severity::Warning } else { Severity::Info }))
}

/// 第（七）项 where the longest list of the form has two.
fn item(text: &str, at: usize, rest: &str, most: usize) -> Option<Finding> {
    let inner = rest.strip_prefix(['（', '('])?;
    let (value, len) = number(inner)?;
    let after = inner[len..].strip_prefix(['）', ')'])?;
    let unit = ["项", "条", "点", "款", "部分"].iter().find(|u| after.starts_with(**u))?;
    let behind = clause::behind(text, at);
    // 《…法》第二十条第（三）项, 第八条第（二）项
    let article = behind.ends_with(['条', '款']) || behind.contains("本条") || behind.contains("前款");
    if value <= most || most < 2 || is_other(behind) || article {
        return None;
    }
    let whole = at..text.len() - after.len() + unit.len();
    let words = &text[whole.clone()];
    Some(hit(
        whole,
        text!(
            "“{words}”：文中没有这一项，最多到（{most}）",
            "“{words}”: there is none; the longest list has {most}"
        ),
        HELP,
    ))
}

/// 本办法第六十条, and the further ones of its row.
fn articles(case: &Case<'_>, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut last = 0;
    for block in case.manuscript.blocks().iter().filter(|b| b.kind != BlockKind::Cell) {
        let line = case.manuscript.block_text(block).trim_start();
        let value = line
            .strip_prefix('第')
            .and_then(|rest| number(rest).filter(|(_, len)| rest[*len..].starts_with('条')));
        if let Some((value, _)) = value.filter(|(value, _)| *value > last) {
            last = value;
        }
    }
    if last < 3 {
        return found;
    }
    for (at, own) in own(text) {
        let mut from = at + own.len();
        loop {
            let rest = text[from..].trim_start_matches(['、', '和', '至', '或', '及', '与']);
            let start = text.len() - rest.len();
            let Some((value, len)) = rest.strip_prefix('第').and_then(number) else { break };
            let end = start + '第'.len_utf8() + len;
            if !text[end..].starts_with('条') {
                break;
            }
            let whole = start..end + '条'.len_utf8();
            if value > last {
                let words = &text[whole.clone()];
                found.push(hit(
                    whole.clone(),
                    text!(
                        "“{own}{words}”：{own}只有{last}条",
                        "“{own}{words}”, but there are {last} articles"
                    ),
                    HELP,
                ));
            }
            from = whole.end;
            // 第六十六条第一、二、三项规定
            if text[from..].starts_with('第') {
                break;
            }
        }
    }
    found
}
