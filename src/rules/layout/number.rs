//! Page numbers (GB/T 9704—2012, 7.5): 4号 half-width figures in 宋体 between two dashes, on odd pages right and
//! on even ones left.

use super::letters::{SONG, font, size};
use super::sheet::main_section;
use super::{Departure, Kind, Paper};
use crate::base::Text;
use crate::model::layout::{Align, PageNumber, Section};

/// 4号, in half-points.
const SIZE: u32 = 28;

/// Right pages or all, left pages, the first page.
const ODD: usize = 0;
const EVEN: usize = 1;
const FIRST: usize = 2;

pub(super) fn departure(paper: &Paper<'_>) -> Option<Departure> {
    // A text of no known sheets is a fragment, which has no pages either.
    let main = main_section(paper)?;
    let all = std::iter::once(main).chain(&paper.layout.sections);
    let wrong = match all.into_iter().find(|section| has_any(paper, section)) {
        // A letter of one page has none, and of how many it is the word processor knows.
        None if paper.is_letter() => return None,
        None => vec![Text::fixed("没有页码", "there are none")],
        Some(section) => form(paper, section),
    };
    if wrong.is_empty() {
        return None;
    }
    let zh = wrong.iter().map(|t| &*t.zh).collect::<Vec<_>>().join("、");
    let en = wrong.iter().map(|t| &*t.en).collect::<Vec<_>>().join(", ");
    let (sides, places) = if paper.is_formal() {
        ("，单页居右、双页居左", ", right on odd pages and left on even ones")
    } else {
        ("", "")
    };
    let message = Text::new(
        format!("页码：{zh}；应为4号半角宋体数字、两旁各一条一字线（— 1 —）{sides}"),
        format!("page numbers: {en}; they should be figures in 宋体 of 14 pt between dashes (— 1 —){places}"),
    );
    Some(Departure { kind: Kind::Numbers, at: paper.beginning(), message, help: None, binding: true })
}

/// The numbers that pages of a section show, right pages first.
fn shown<'s>(paper: &Paper<'_>, section: &'s Section) -> [Option<&'s PageNumber>; 3] {
    let number = |side: usize, counts: bool| section.numbers[side].as_ref().filter(|_| counts);
    [number(ODD, true), number(EVEN, paper.layout.even_and_odd), number(FIRST, section.first_apart)]
}

fn has_any(paper: &Paper<'_>, section: &Section) -> bool {
    shown(paper, section).iter().any(Option::is_some)
}

/// What is wrong with the page numbers of a section.
fn form(paper: &Paper<'_>, section: &Section) -> Vec<Text> {
    let mut wrong = Vec::new();
    let [odd, even, first] = shown(paper, section);
    let Some(number) = odd.or(even).or(first) else { return wrong };
    if number.typed {
        let typed = &number.text;
        wrong.push(Text::new(
            format!("“{typed}”是打上去的字，每页都一样"),
            format!("“{typed}” is typed, the same on each page"),
        ));
        return wrong;
    }
    match (odd, even) {
        (None, _) if even.is_some() => wrong.push(Text::fixed("单页没有", "odd pages have none")),
        (Some(_), None) if paper.layout.even_and_odd => {
            wrong.push(Text::fixed("双页没有", "even pages have none"));
        }
        _ => {}
    }
    if number.in_header {
        wrong.push(Text::fixed("在页眉里", "they stand in the header"));
    }
    let face = &number.face;
    if !is_between_dashes(&number.text) {
        let text = number.text.replace('#', "1");
        wrong.push(Text::new(format!("写作“{text}”"), format!("they read “{text}”")));
    }
    if face.size != SIZE {
        let is = size(face.size);
        wrong.push(Text::new(format!("是{}", is.zh), format!("they are of {}", is.en)));
    }
    // Figures are Latin letters to a word processor; a font of its own for them is what counts.
    if !SONG.is(&face.latin) {
        let is = font(&face.latin);
        wrong.push(Text::new(format!("数字是{}", is.zh), format!("their figures are in {}", is.en)));
    }
    if paper.is_formal() {
        wrong.extend(sides(paper, odd, even));
    }
    wrong
}

/// `— 1 —`, with dashes of any make.
fn is_between_dashes(text: &str) -> bool {
    let dash = |c: char| matches!(c, '—' | '–' | '-' | '－' | '―' | '─' | '−' | '一' | 'ー');
    let (before, after) = text.split_once('#').unwrap_or_default();
    let (before, after) = (before.trim(), after.trim());
    let dashes = |side: &str| !side.is_empty() && side.chars().all(dash);
    dashes(before) && dashes(after)
}

/// Whether numbers stand on the outer side, as far as that can be told.
fn sides(paper: &Paper<'_>, odd: Option<&PageNumber>, even: Option<&PageNumber>) -> Option<Text> {
    let side = |number: Option<&PageNumber>| number.filter(|n| !n.outside).and_then(|n| n.align);
    let told = |align| match align {
        Align::Centre => Text::fixed("居中", "centred"),
        Align::Right => Text::fixed("居右", "right"),
        Align::Left | Align::Both => Text::fixed("居左", "left"),
    };
    let (odd, even) = (side(odd), side(even));
    if !paper.layout.even_and_odd {
        let is = told(odd?);
        return Some(Text::new(format!("单双页都{}", is.zh), format!("{} on all pages", is.en)));
    }
    if let Some(align) = odd.filter(|align| *align != Align::Right) {
        let is = told(align);
        return Some(Text::new(format!("单页{}", is.zh), format!("{} on odd pages", is.en)));
    }
    let align = even.filter(|align| matches!(align, Align::Right | Align::Centre))?;
    let is = told(align);
    Some(Text::new(format!("双页{}", is.zh), format!("{} on even pages", is.en)))
}
