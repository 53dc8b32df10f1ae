//! 红头 and 版记 (GB/T 9704—2012, 7.2 and 7.4), where a paper has them: what is not there is mostly printed on the
//! sheets already, or is none of a speech.

use super::letters::{FANGSONG, TITLE_FONT, font, size};
use super::{Departure, Kind, Paper, Part};
use crate::base::Text;
use crate::model::layout::Align;

/// 3号 and 4号, in half-points.
const NUMBER: u32 = 32;
const IMPRINT: u32 = 28;

pub(super) fn departures(paper: &Paper<'_>) -> Vec<Departure> {
    [red_head(paper), imprint(paper)].into_iter().flatten().collect()
}

/// Whether a colour is red.
pub(super) const fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red >= 0xC0 && green <= 0x50 && blue <= 0x50
}

/// Several things that are wrong, and the first paragraph of which one is.
#[derive(Default)]
struct Wrong {
    zh: Vec<String>,
    en: Vec<String>,
    at: Option<usize>,
}

impl Wrong {
    fn push(&mut self, at: usize, text: Text) {
        self.zh.push(text.zh.into_owned());
        self.en.push(text.en.into_owned());
        self.at = Some(self.at.map_or(at, |first| first.min(at)));
    }

    fn departure(self, kind: Kind, (zh, en): (&str, &str)) -> Option<Departure> {
        let message =
            Text::new(format!("{zh}：{}", self.zh.join("；")), format!("{en}: {}", self.en.join("; ")));
        Some(Departure { kind, at: self.at?, message, help: None, binding: true })
    }
}

/// 发文机关标志 red, in 小标宋, centred; 发文字号 in 3号仿宋, centred; the red rule below.
fn red_head(paper: &Paper<'_>) -> Option<Departure> {
    let mut wrong = Wrong::default();
    let masthead = paper.of_part(|p| p == Part::Masthead).next();
    if let Some(i) = masthead {
        if !paper.is_red(i) {
            wrong.push(i, Text::fixed("发文机关标志不是红色", "the office's name is not red"));
        }
        if let Some(face) = paper.face(i).filter(|face| !TITLE_FONT.is(&face.han)) {
            let is = font(&face.han);
            wrong.push(
                i,
                Text::new(
                    format!("发文机关标志是{}，应为小标宋", is.zh),
                    format!("the office's name is in {}, not in 小标宋", is.en),
                ),
            );
        }
        if !matches!(paper.format(i).align, Align::Centre | Align::Both) {
            wrong.push(i, Text::fixed("发文机关标志没有居中", "the office's name is not centred"));
        }
    }
    if let Some(i) = paper.of_part(|p| p == Part::Number).next() {
        number(paper, i, &mut wrong);
        if let Some(masthead) = masthead {
            rule(paper, masthead, i, &mut wrong);
        }
    }
    wrong.departure(Kind::RedHead, ("红头", "red head"))
}

/// 发文字号: centred, but beside 签发人 left.
fn number(paper: &Paper<'_>, i: usize, wrong: &mut Wrong) {
    if let Some(face) = paper.face(i).filter(|face| face.size != NUMBER || !FANGSONG.is(&face.han)) {
        let (size, font) = (size(face.size), font(&face.han));
        wrong.push(
            i,
            Text::new(
                format!("发文字号是{}{}，应为3号仿宋", size.zh, font.zh),
                format!("the paper's number is in {} {}, not in 仿宋 of 16 pt", size.en, font.en),
            ),
        );
    }
    let near = i.saturating_sub(2)..(i + 3).min(paper.parts.len());
    let upward = near.into_iter().any(|i| paper.words(&paper.layout.paragraphs[i]).contains("签发"));
    let look = &paper.layout.paragraphs[i];
    let inward =
        paper.manuscript.text().get(look.range.clone()).is_some_and(|t| t.starts_with(char::is_whitespace));
    if paper.format(i).align != Align::Centre && !upward && !inward && !is_issue(paper, i) {
        wrong.push(i, Text::fixed("发文字号没有居中", "the paper's number is not centred"));
    }
}

/// A letter (函) has its number on the right.
fn is_issue(paper: &Paper<'_>, i: usize) -> bool {
    paper.format(i).align == Align::Right
}

/// The red rule stands between the number and the title, as a border or as a drawing; letters, orders and
/// minutes have it elsewhere.
fn rule(paper: &Paper<'_>, masthead: usize, number: usize, wrong: &mut Wrong) {
    if !paper.words(&paper.layout.paragraphs[masthead]).ends_with("文件") {
        return;
    }
    let end = (number + 1..paper.parts.len())
        .find(|&i| !matches!(paper.parts[i], Part::Blank | Part::Head | Part::Other | Part::Number))
        .unwrap_or(number + 1);
    let near = masthead..(end + 1).min(paper.parts.len());
    let drawn = |i: usize| paper.layout.paragraphs[i].shape || paper.layout.paragraphs[i].cell;
    // A drawing anywhere on the first page may be the rule.
    if (0..end.min(paper.parts.len())).any(drawn) || near.clone().any(drawn) {
        return;
    }
    let rules: Vec<[u8; 3]> = near
        .flat_map(|i| {
            let format = paper.format(i);
            [format.rule_above, format.rule_below]
        })
        .flatten()
        .collect();
    if rules.is_empty() {
        let none = Text::fixed("发文字号下没有红色分隔线", "there is no red rule below the paper's number");
        wrong.push(number, none);
    } else if !rules.iter().copied().any(is_red) {
        wrong.push(number, Text::fixed("分隔线不是红色", "the rule below the paper's number is not red"));
    }
}

/// 版记: 4号仿宋 between rules.
fn imprint(paper: &Paper<'_>) -> Option<Departure> {
    let mut wrong = Wrong::default();
    let all: Vec<usize> = (0..paper.parts.len()).filter(|&i| paper.parts[i] == Part::Imprint).collect();
    let right = |i: usize| paper.face(i).is_none_or(|f| f.size == IMPRINT && FANGSONG.is(&f.han));
    if let Some(&i) = all.iter().find(|&&i| !right(i)) {
        let face = paper.face(i)?;
        let (size, font) = (size(face.size), font(&face.han));
        wrong.push(
            i,
            Text::new(
                format!("抄送、印发是{}{}，应为4号仿宋", size.zh, font.zh),
                format!("it is in {} {}, not in 仿宋 of 14 pt", size.en, font.en),
            ),
        );
    }
    let (first, last) = (*all.first()?, *all.last()?);
    let near = first.saturating_sub(1)..(last + 2).min(paper.parts.len());
    let ruled = |i: usize| {
        let (look, format) = (&paper.layout.paragraphs[i], paper.format(i));
        look.cell || look.shape || look.boxed || format.rule_above.is_some() || format.rule_below.is_some()
    };
    if !near.into_iter().any(ruled) {
        wrong.push(first, Text::fixed("没有分隔线", "there are no rules above and below it"));
    }
    wrong.departure(Kind::Imprint, ("版记", "imprint"))
}
