//! What comes to bear (生效的格式) on a paragraph and on its letters.
//!
//! As Word has it: the document's defaults, the chain of the paragraph's style from its root, the chain of the
//! letters' style, what the paragraph and the run say themselves; and each value for itself, so that an indent
//! in characters of a style outlives one in twips of the paragraph. Of letters, bold of both styles is none.

use std::collections::HashMap;
use std::rc::Rc;

use super::set::{Font, Letters, Lines};
use super::sheet::Sheet;
use super::theme::Theme;
use crate::model::layout::{Face, Format};

/// Half-points of letters of which nothing says a size.
const SIZE: u32 = 20;

/// Finds and keeps what comes to bear.
pub struct Resolver<'s> {
    sheet: &'s Sheet,
    defaults: (Lines, Letters),
    /// What each style comes to with those that it is based on, defaults left out.
    styles: Vec<Option<Rc<(Lines, Letters)>>>,
    /// Of each `w:pPr` seen: the row of its format and of its style.
    seen: HashMap<String, (usize, Option<usize>)>,
    formats: Vec<Format>,
    /// Of each style, and each `w:rPr` seen with it: the row of its face.
    seen_letters: HashMap<Option<usize>, HashMap<String, usize>>,
    letters: Vec<Letters>,
}

impl<'s> Resolver<'s> {
    pub fn of(sheet: &'s Sheet) -> Self {
        let [paragraph, letters] = &sheet.defaults;
        Self {
            sheet,
            defaults: (Lines::read(sheet.at(paragraph)), Letters::read(sheet.at(letters))),
            styles: vec![None; sheet.styles.len()],
            seen: HashMap::new(),
            formats: Vec::new(),
            seen_letters: HashMap::new(),
            letters: Vec::new(),
        }
    }

    /// What a style comes to.
    fn style(&mut self, row: usize) -> Rc<(Lines, Letters)> {
        if let Some(Some(known)) = self.styles.get(row) {
            return Rc::clone(known);
        }
        // Up to the first that is known, and down again: each style of a chain is then known too.
        let mut above = None;
        let mut chain = Vec::new();
        for (row, _) in self.sheet.chain(row) {
            if let Some(Some(known)) = self.styles.get(row) {
                above = Some(Rc::clone(known));
                break;
            }
            chain.push(row);
        }
        let mut sum = above.map_or_else(Default::default, |above| (*above).clone());
        for &row in chain.iter().rev() {
            let Some(style) = self.sheet.styles.get(row) else { continue };
            sum.0.over(&Lines::read(self.sheet.at(&style.paragraph)));
            sum.1.over(&Letters::read(self.sheet.at(&style.letters)));
            self.styles[row] = Some(Rc::new(sum.clone()));
        }
        Rc::new(sum)
    }

    /// The format of a paragraph with this `w:pPr`, and its style.
    pub fn paragraph(&mut self, xml: &str) -> (usize, Option<usize>) {
        if let Some(&known) = self.seen.get(xml) {
            return known;
        }
        let own = Lines::read(xml);
        let named = own.style.as_deref().and_then(|id| self.sheet.row(id));
        let style = named.or(self.sheet.default);
        let mut lines = self.defaults.0.clone();
        if let Some(row) = style {
            lines.over(&self.style(row).0);
        }
        lines.over(&own);
        self.formats.push(format(&lines));
        let told = (self.formats.len() - 1, style);
        self.seen.insert(xml.to_owned(), told);
        told
    }

    /// The face of letters with this `w:rPr` in a paragraph of this style.
    pub fn letters(&mut self, style: Option<usize>, xml: &str) -> usize {
        if let Some(&known) = self.seen_letters.get(&style).and_then(|seen| seen.get(xml)) {
            return known;
        }
        let own = Letters::read(xml);
        let mut sum = self.defaults.1.clone();
        if let Some(row) = style {
            sum.over(&self.style(row).1);
        }
        if let Some(row) = own.style.as_deref().and_then(|id| self.sheet.row(id)) {
            let theirs = self.style(row);
            let both = sum.bold == Some(true) && theirs.1.bold == Some(true);
            sum.over(&theirs.1);
            if both {
                sum.bold = Some(false);
            }
        }
        sum.over(&own);
        let row = self.letters.len();
        self.letters.push(sum);
        self.seen_letters.entry(style).or_default().insert(xml.to_owned(), row);
        row
    }

    /// The format of a row.
    pub fn format(&self, row: usize) -> Format {
        self.formats.get(row).cloned().unwrap_or_default()
    }

    /// All formats, all faces, no two alike, and the row that each face has now: with the fonts of the theme
    /// that `theme` gives, if one is asked for.
    pub fn finish(self, theme: impl FnOnce() -> Theme) -> (Vec<Format>, Vec<Face>, Vec<usize>) {
        let themed = |font: &Option<Font>| matches!(font, Some(Font::Theme(_)));
        let asks = self.letters.iter().any(|l| themed(&l.han) || themed(&l.latin));
        let theme = if asks { theme() } else { Theme::default() };
        let mut known: HashMap<Face, usize> = HashMap::new();
        let mut faces = Vec::new();
        let rows = self.letters.iter().map(|letters| {
            let face = face(letters, &theme);
            *known.entry(face).or_insert_with_key(|face| {
                faces.push(face.clone());
                faces.len() - 1
            })
        });
        let rows = rows.collect();
        (self.formats, faces, rows)
    }
}

fn format(lines: &Lines) -> Format {
    // A line of 12 pt: what a hundred hundredths of a line are without a grid.
    let of_lines = |lines: Option<u32>| lines.filter(|&n| n > 0).map(|n| n.saturating_mul(240) / 100);
    Format {
        align: lines.align.unwrap_or_default(),
        first_characters: lines.first_characters.filter(|&n| n != 0),
        first: lines.first.unwrap_or(0),
        left: lines.left.unwrap_or(0),
        left_characters: lines.left_characters.filter(|&n| n != 0),
        right: lines.right.unwrap_or(0),
        right_characters: lines.right_characters.filter(|&n| n != 0),
        before: of_lines(lines.before_lines).or(lines.before).unwrap_or(0),
        after: of_lines(lines.after_lines).or(lines.after).unwrap_or(0),
        line: lines.height(),
        snaps: lines.snaps.unwrap_or(true),
        numbered: lines.numbered.unwrap_or(false),
        begins_page: lines.begins_page.unwrap_or(false),
        rule_above: lines.rule_above.flatten(),
        rule_below: lines.rule_below.flatten(),
    }
}

fn face(letters: &Letters, theme: &Theme) -> Face {
    let named = |font: &Option<Font>| match font {
        Some(Font::Named(name)) => name.clone(),
        Some(Font::Theme(name)) => theme.font(name).to_owned(),
        None => String::new(),
    };
    let han = named(&letters.han);
    let by_name = matches!(letters.han, Some(Font::Named(_)));
    Face {
        unheard: letters.unheard.clone().filter(|unheard| !by_name && *unheard != han),
        han,
        latin: named(&letters.latin),
        size: letters.size.unwrap_or(SIZE),
        bold: letters.bold.unwrap_or(false),
        colour: letters.colour.flatten(),
        marked: letters.highlit == Some(true) || letters.ground == Some(true),
        tracking: letters.tracking.unwrap_or(0),
        hidden: letters.hidden.unwrap_or(false),
    }
}
