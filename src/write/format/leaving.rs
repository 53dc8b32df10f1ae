//! Paragraphs that go: empty ones, and those that held a page break and no more.

use std::collections::{HashMap, HashSet};

use super::paper::Paper;
use super::properties::Children;
use super::scan::{Child, Place};
use crate::write::docx::styles::Known;

/// Why a paragraph goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    Empty,
    Break,
}

/// Paragraphs that go.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    pub paragraphs: HashMap<usize, Gone>,
    /// Those that begin a page because of what goes.
    pub begins_page: HashSet<usize>,
    /// Those whose last page break goes.
    pub trailing: HashSet<usize>,
}

impl Paper<'_> {
    /// Which paragraphs go, and where pages begin because of them.
    pub(super) fn gone(&self) -> Leaving {
        let children = &self.scan.children;
        let mut leaving = Leaving::default();
        let mut next: Option<usize> = None;
        // Whether nothing stays behind.
        let mut ends = true;
        // From the end, so that what follows a paragraph is known to stay.
        for (n, child) in children.iter().enumerate().rev() {
            let Child::Paragraph(index) = *child else {
                (next, ends) = (None, false);
                continue;
            };
            let place = &self.scan.places[index];
            let above = n.checked_sub(1).is_none_or(|n| matches!(children[n], Child::Paragraph(_)));
            let joined = n
                .checked_sub(1)
                .is_some_and(|n| matches!(children[n], Child::Paragraph(i) if self.scan.places[i].runs_on));
            if !joined && self.is_droppable(index) && (next.is_some() || above && ends && n > 0) {
                let breaks = !place.breaks.is_empty() || place.begins_page;
                match (breaks, next) {
                    (true, Some(next)) => {
                        leaving.begins_page.insert(next);
                        leaving.paragraphs.insert(index, Gone::Break);
                        continue;
                    }
                    (true, None) => {}
                    (false, _) => {
                        leaving.paragraphs.insert(index, Gone::Empty);
                        continue;
                    }
                }
            }
            if let (Some((_, false)), Some(next)) = (place.breaks.last(), next)
                && place.said
            {
                leaving.trailing.insert(index);
                leaving.begins_page.insert(next);
            }
            (next, ends) = (Some(index), false);
        }
        leaving
    }

    /// Whether a paragraph says nothing and is no more than its height.
    pub(super) fn is_droppable(&self, index: usize) -> bool {
        let place = &self.scan.places[index];
        let numbered = place.numbered || self.numbered.contains(&index);
        let bare = !place.said && !place.tall && !place.floats && !place.holds && !numbered;
        let ruled = place.ruled && !(self.form.blocks().iter().any(|b| b.kind.is_red_head()));
        bare && !ruled && !place.framed && !place.ends_section && !self.is_anchor(place)
    }

    /// Whether it is the line that a 版记 holds on to, or that keeps two tables apart.
    pub(super) fn is_anchor(&self, place: &Place) -> bool {
        let xml = place.properties.clone().and_then(|r| self.xml.get(r)).unwrap_or_default();
        let set = Children::of_paragraph(xml);
        let id = set.get("pStyle").and_then(|s| s.split("w:val=\"").nth(1)).and_then(|s| s.split('"').next());
        let style = id.and_then(|id| self.sheet.row(id)).and_then(|row| self.sheet.styles.get(row));
        style.is_some_and(|style| style.name == Known::anchor().name())
    }
}
