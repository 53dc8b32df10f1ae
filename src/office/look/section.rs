//! Sheets, margins and the grid of a section (页面设置), as its `w:sectPr` says.

use std::collections::HashMap;

use super::set::twips;
use crate::model::layout::{Grid, PageNumber, Section};
use crate::office::xml::{Element, Token, each, is_on};

/// Which pages a header or a footer is for: right ones or all, left ones, the first.
pub const SIDES: [&str; 3] = ["default", "even", "first"];

/// A section as it is written.
#[derive(Debug, Default)]
pub struct Written {
    /// Its sheets; the page numbers are not found yet.
    pub section: Section,
    /// The ids of its footers and headers, by side; one that is not there is that of the section before.
    pub footers: [Option<String>; 3],
    /// See [`Written::footers`].
    pub headers: [Option<String>; 3],
}

impl Written {
    /// What a `w:sectPr` says.
    pub fn read(xml: &str) -> Self {
        let mut written = Self::default();
        let (mut depth, mut passed) = (0usize, None);
        // A stretch was well formed when it was found.
        let _ = each(xml, |token, _| match token {
            Token::Start(e) => {
                depth += 1;
                if passed.is_none() && e.name() == "sectPrChange" {
                    passed = Some(depth);
                }
                if passed.is_none() {
                    written.property(e);
                }
            }
            Token::End(_) => {
                if passed == Some(depth) {
                    passed = None;
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        });
        written
    }

    fn property(&mut self, e: Element<'_>) {
        let length = |name| e.attribute(name).and_then(|v| twips(&v));
        // A margin of less than none is one that headers may not push in.
        let margin = |name| length(name).map_or(0, i32::unsigned_abs);
        let section = &mut self.section;
        match e.name() {
            "pgSz" => (section.width, section.height) = (margin("w"), margin("h")),
            "pgMar" => {
                (section.top, section.bottom) = (margin("top"), margin("bottom"));
                (section.left, section.right) = (margin("left") + margin("gutter"), margin("right"));
            }
            "docGrid" => {
                let kind = e.attribute("type").unwrap_or_default();
                let line = length("linePitch").and_then(|v| u32::try_from(v).ok()).filter(|&v| v > 0);
                let lined = matches!(&*kind, "lines" | "linesAndChars" | "snapToChars");
                let charred = matches!(&*kind, "linesAndChars" | "snapToChars");
                let character = || e.attribute("charSpace").and_then(|v| v.trim().parse().ok()).unwrap_or(0);
                section.grid = Grid { line: line.filter(|_| lined), character: charred.then(character) };
            }
            "titlePg" => section.first_apart = is_on(e.attribute("val").as_deref()),
            name @ ("footerReference" | "headerReference") => {
                let side = e.attribute("type").unwrap_or_else(|| "default".to_owned());
                let row = SIDES.iter().position(|s| *s == side);
                let all = if name == "footerReference" { &mut self.footers } else { &mut self.headers };
                if let Some(row) = row {
                    all[row] = e.attribute("id");
                }
            }
            _ => {}
        }
    }

    /// Takes over from the section before what this one does not say.
    pub fn inherit(&mut self, before: &Self) {
        for side in 0..SIDES.len() {
            if self.footers[side].is_none() {
                self.footers[side].clone_from(&before.footers[side]);
            }
            if self.headers[side].is_none() {
                self.headers[side].clone_from(&before.headers[side]);
            }
        }
    }

    /// Its sheets with the page numbers of these headers and footers.
    pub fn numbered(&self, numbers: &HashMap<String, PageNumber>) -> Section {
        let of = |side: usize| {
            let mut ids = [&self.footers[side], &self.headers[side]].into_iter().flatten();
            ids.find_map(|id| numbers.get(id)).cloned()
        };
        Section { numbers: [of(0), of(1), of(2)], ..self.section.clone() }
    }
}
