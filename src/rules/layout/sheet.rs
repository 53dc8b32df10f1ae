//! Paper and margins, lines of a page, characters of a line (GB/T 9704—2012, 5.1 and 5.2).

use std::collections::BTreeMap;

use super::letters::{font_of_text, is_text_size};
use super::{Departure, Kind, Paper, Part};
use crate::base::Text;
use crate::model::layout::{LineHeight, MM, Section};
use crate::text;

/// A4, in millimetres.
const A4: (f64, f64) = (210.0, 297.0);
/// What rounding, and the units of dialogs, may take.
const SLACK: f64 = 1.05;
/// 天头 37 ± 1 mm, 订口 28 ± 1 mm (5.2.1).
const TOP: f64 = 37.0;
const LEFT: f64 = 28.0;
/// What is left of A4 beside them and a 版心 of 156 × 225 mm (5.2.2).
const RIGHT: f64 = 26.0;
const BOTTOM: f64 = 35.0;
/// The other reading of 22 lines, of which Word puts half the leading above the letters: GB/T 33476.2.
const OTHER_TOP: f64 = 34.58;
const OTHER_BOTTOM: f64 = 32.58;
/// The height of a 版心 in twips.
const TEXT_HEIGHT: f64 = 225.0 * MM;
/// Lines of a page (5.2.4), with what rounding takes of the last.
const PAGE: std::ops::Range<f64> = 21.95..23.05;
/// The same where the height of a line is the font's and so is not known to the point.
const ABOUT_A_PAGE: std::ops::Range<f64> = 21.0..24.0;
/// Characters of a line (5.2.4): 28; 27 where a word processor is left to itself.
const LINE: std::ops::Range<f64> = 26.9..29.05;

pub(super) fn departures(paper: &Paper<'_>) -> Vec<Departure> {
    let mut found = Vec::new();
    let main = main_section(paper);
    if let Some(section) = main {
        found.extend(sheet(paper, section));
        found.extend(margins(paper, section));
    }
    found.extend(lines(paper));
    let framed = main.is_some_and(|section| !found.iter().any(|d| d.kind < Kind::Title) && section.width > 0);
    if framed {
        found.extend(characters(paper));
    }
    found
}

fn mm(twips: u32) -> f64 {
    f64::from(twips) / MM
}

/// A length as it is told, with one decimal at most.
pub(super) fn told_mm(twips: u32) -> String {
    let tenths = (mm(twips) * 10.0).round() / 10.0;
    format!("{tenths}")
}

fn near(value: f64, wanted: f64) -> bool {
    (value - wanted).abs() <= SLACK
}

/// The section of most text, if it says what its sheets are.
pub(super) fn main_section<'p>(paper: &'p Paper<'_>) -> Option<&'p Section> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for look in &paper.layout.paragraphs {
        *sizes.entry(look.section).or_default() += look.range.len() + 1;
    }
    let main = sizes.into_iter().max_by_key(|&(row, size)| (size, std::cmp::Reverse(row)))?.0;
    paper.layout.sections.get(main).filter(|s| s.width > 0 && s.height > 0)
}

/// A4, upright; a section of broad tables may lie across.
fn sheet(paper: &Paper<'_>, section: &Section) -> Option<Departure> {
    let (width, height) = (mm(section.width), mm(section.height));
    if near(width, A4.0) && near(height, A4.1) {
        return None;
    }
    let across = near(width, A4.1) && near(height, A4.0);
    let (w, h) = (told_mm(section.width), told_mm(section.height));
    let message = if across {
        text!(
            "纸张是横放的A4（{w}×{h}毫米），应竖放（210×297毫米）",
            "the paper is A4 across ({w} × {h} mm), not upright"
        )
    } else {
        text!(
            "纸张是{w}×{h}毫米，应为A4（210×297毫米）",
            "the paper is {w} × {h} mm and should be A4 (210 × 297 mm)"
        )
    };
    Some(departure(Kind::Paper, paper.beginning(), message))
}

fn departure(kind: Kind, at: usize, message: Text) -> Departure {
    Departure { kind, at, message, help: None, binding: true }
}

/// Margins, told for a sheet of any size.
fn margins(paper: &Paper<'_>, section: &Section) -> Option<Departure> {
    if section.top == 0 && section.left == 0 || mm(section.width) > mm(section.height) {
        return None;
    }
    let (top, bottom) = (mm(section.top), mm(section.bottom));
    let standard = near(top, TOP) && near(bottom, BOTTOM);
    let other = near(top, OTHER_TOP) && near(bottom, OTHER_BOTTOM);
    if (standard || other) && near(mm(section.left), LEFT) && near(mm(section.right), RIGHT) {
        return None;
    }
    let [t, b, l, r] = [section.top, section.bottom, section.left, section.right].map(told_mm);
    Some(departure(
        Kind::Margins,
        paper.beginning(),
        text!(
            "页边距上{t}、下{b}、左{l}、右{r}毫米，应为上37、下35、左28、右26毫米（版心156×225毫米）",
            "margins are {t} mm above, {b} below, {l} left and {r} right, and should be 37, 35, 28 and 26 (a text of 156 × 225 mm)"
        ),
    ))
}

/// How the lines of a paragraph follow one another, and whether that is known to the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pitch {
    /// Twips.
    Known(u32),
    /// So many 240ths of what letters of so many half-points need.
    Font(u32, u32),
}

impl Pitch {
    fn of(paper: &Paper<'_>, index: usize) -> Self {
        let format = paper.format(index);
        let look = paper.layout.paragraphs.get(index);
        let grid = look.and_then(|look| paper.layout.section(look)).and_then(|s| s.grid.line);
        let size = paper.face(index).map_or(32, |face| face.size);
        // 16 pt of 仿宋 take 20.8 pt.
        let natural = size * 13;
        match format.line {
            LineHeight::Exact(twips) => Self::Known(twips),
            LineHeight::AtLeast(twips) if twips >= natural => Self::Known(twips),
            LineHeight::AtLeast(_) => Self::Font(240, size),
            LineHeight::Times(times) => match grid.filter(|_| format.snaps) {
                Some(pitch) => {
                    let needed = natural.div_ceil(pitch).max(1);
                    Self::Known(pitch.saturating_mul(needed).saturating_mul(times) / 240)
                }
                None => Self::Font(times, size),
            },
        }
    }

    fn twips(self) -> f64 {
        match self {
            Self::Known(twips) => f64::from(twips.max(1)),
            Self::Font(times, size) => (f64::from(size * 13) * f64::from(times) / 240.0).max(1.0),
        }
    }

    /// Whether so many stand on a page as should.
    fn is_right(self, height: u32) -> bool {
        let page = if matches!(self, Self::Known(_)) { PAGE } else { ABOUT_A_PAGE };
        [f64::from(height), TEXT_HEIGHT].iter().any(|height| page.contains(&(height / self.twips())))
    }

    fn told(self) -> Text {
        match self {
            Self::Known(twips) => {
                let points = f64::from(twips) / 20.0;
                text!("{points}磅", "{points} pt")
            }
            Self::Font(240, _) => Text::fixed("单倍", "single"),
            Self::Font(times, _) => {
                let times = (f64::from(times) / 2.4).round() / 100.0;
                text!("{times}倍", "{times} times single")
            }
        }
    }
}

/// Lines of text, and space between paragraphs, which no page of 22 lines has room for.
fn lines(paper: &Paper<'_>) -> Option<Departure> {
    /// Twips above or below a paragraph that nobody sees.
    const UNSEEN: u32 = 40;
    let height = main_section(paper).map_or(0, Section::text_height);
    let all: Vec<(usize, Pitch)> =
        paper.of_part(|p| p == Part::Body).map(|i| (i, Pitch::of(paper, i))).collect();
    let wrong: Vec<(usize, Pitch)> =
        all.iter().copied().filter(|(_, pitch)| !pitch.is_right(height)).collect();
    let spaced: Vec<usize> = all
        .iter()
        .map(|(i, _)| *i)
        .filter(|&i| {
            // One line stands free below a title and beside a table.
            let above = paper.format(i).before > UNSEEN && among_text(paper, i.checked_sub(1));
            above || paper.format(i).after > UNSEEN && among_text(paper, Some(i + 1))
        })
        .collect();
    let at = wrong.first().map(|(i, _)| *i).or(spaced.first().copied())?;
    let (total, n, m) = (all.len(), wrong.len(), spaced.len());
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if let Some((_, pitch)) = super::parts::most(wrong.iter().map(|(_, p)| *p)).map(|p| (0, p)) {
        let told = pitch.told();
        let page = (TEXT_HEIGHT / pitch.twips() + 0.05).floor();
        zh.push(format!("正文{total}段中{n}段行距是{}（每面约{page}行）", told.zh));
        en.push(format!("{n} of {total} paragraphs have lines of {} (about {page} a page)", told.en));
    }
    if m > 0 {
        zh.push(format!("{m}段段前、段后另加了空"));
        en.push(format!("{m} have space above or below"));
    }
    let (zh, en) = (zh.join("，"), en.join("; "));
    let message = Text::new(
        format!("{zh}；每面应排22行，行距约29磅，段间不另加空"),
        format!("{en}; a page should have 22 lines of about 29 pt and no space between paragraphs"),
    );
    Some(Departure { binding: false, ..departure(Kind::Lines, at, message) })
}

/// Whether a neighbour is text or a heading.
fn among_text(paper: &Paper<'_>, neighbour: Option<usize>) -> bool {
    let part = neighbour.and_then(|i| paper.parts.get(i));
    part.is_some_and(|part| matches!(part, Part::Body | Part::Heading(_)))
}

/// Characters of a line, where sheet and size are right.
fn characters(paper: &Paper<'_>) -> Option<Departure> {
    let width = f64::from(main_section(paper)?.text_width());
    let fits = |i: usize| {
        let face = paper.face(i)?;
        if !is_text_size(face) || !font_of_text(face) {
            return None;
        }
        let look = paper.layout.paragraphs.get(i)?;
        let grid = paper.layout.section(look)?.grid.character.unwrap_or(0);
        let wide = f64::from(face.size) * 10.0 + f64::from(face.tracking) + f64::from(grid) * 20.0 / 4096.0;
        (wide > 0.0).then(|| width / wide)
    };
    let all: Vec<(usize, f64)> =
        paper.of_part(|p| p == Part::Body).filter_map(|i| Some((i, fits(i)?))).collect();
    let wrong: Vec<_> = all.iter().filter(|(_, fit)| !LINE.contains(fit)).collect();
    let (at, fit) = wrong.first()?;
    let (n, total, fit) = (wrong.len(), all.len(), fit.floor());
    let message = text!(
        "正文{total}段中{n}段每行约{fit}字，应为28字：看字符间距和文档网格",
        "{n} of {total} paragraphs have about {fit} characters a line and should have 28: see the spacing of characters and the grid"
    );
    Some(Departure { binding: false, ..departure(Kind::Characters, *at, message) })
}
