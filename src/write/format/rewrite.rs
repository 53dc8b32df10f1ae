//! The main part of a .docx written anew: which paragraph becomes what, its runs, its sections.

use std::ops::Range;

use super::leaving::{Gone, Leaving};
use super::letters::{self, Run};
use super::line::Told;
use super::paper::Paper;
use super::paragraph::Paragraph;
use super::properties::child;
use super::scan::Place;
use super::sections::{Frame, Numbers, section};
use super::stylesheet::Stylesheet;
use super::tables::narrow;
use super::told::Done;
use crate::base::han::heading_number;
use crate::model::BlockKind;
use crate::model::layout::Align;
use crate::office::own::spoken_as;
use crate::office::splice::Splices;
use crate::write::docx::markup::half_characters;
use crate::write::docx::page::LINE;
use crate::write::docx::paragraph::masthead;

impl Paper<'_> {
    /// The main part as it is to be.
    pub(super) fn written(&self, styles: &Stylesheet, numbers: &Numbers, done: &mut Done) -> Option<String> {
        let mut splices = Splices::default();
        let gone = self.gone();
        let sections = self.sections(numbers);
        done.sections = self.scan.sections.len().max(1);
        done.numbers = true;
        done.footers_left = !numbers.kept.is_empty();
        let mut last = None;
        for (index, place) in self.scan.places.iter().enumerate() {
            match gone.paragraphs.get(&index) {
                Some(Gone::Empty) => done.blanks += 1,
                Some(Gone::Break) => done.breaks += 1,
                None => {}
            }
            if gone.paragraphs.contains_key(&index) {
                splices.replace(place.range.clone(), "");
                continue;
            }
            let told = self.told_of(index).or_else(|| self.unsaid(place, last));
            if place.said {
                last = told;
            }
            let Some(told) = told.filter(|t| !t.left && !place.boxed && !place.framed) else {
                self.section_alone(place, &sections, &mut splices);
                continue;
            };
            self.paragraph(index, told, &gone, &sections, styles, &mut splices, done);
        }
        self.imprint(styles, &gone, &mut splices);
        done.broad = narrow(self.xml, &self.scan.sections, &mut splices);
        let at = self.scan.end;
        match sections.last {
            Some((range, xml)) => splices.replace(range, xml),
            None => {
                let made = section("<w:sectPr/>", self.scan.sections.is_empty(), numbers, self.frame());
                splices.replace(at..at, self.declared(made, numbers));
            }
        }
        splices.apply(self.xml)
    }

    /// What a paragraph without words of its own is: a cell, a picture; one whose end was deleted is what the one
    /// before it is.
    fn unsaid(&self, place: &Place, last: Option<Told>) -> Option<Told> {
        let plain = |kind| Some(Told { kind, doubt: None, left: false });
        if place.cell && !self.is_anchor(place) {
            return plain(BlockKind::Cell);
        }
        if place.said {
            return last;
        }
        let alone =
            self.is_anchor(place) || place.floats && !place.tall || place.ruled || place.holds && !place.tall;
        if alone { None } else { plain(BlockKind::Body) }
    }

    /// A section that a paragraph ends which stays as it is.
    fn section_alone(&self, place: &Place, sections: &Sections, splices: &mut Splices) {
        if !place.ends_section {
            return;
        }
        let inside = sections.inner.iter().find(|(range, _)| contains(&place.range, range));
        if let Some((range, xml)) = inside {
            splices.replace(range.clone(), xml.clone());
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what all paragraphs share")]
    fn paragraph(
        &self,
        index: usize,
        told: Told,
        gone: &Leaving,
        sections: &Sections,
        styles: &Stylesheet,
        splices: &mut Splices,
        done: &mut Done,
    ) {
        let place = &self.scan.places[index];
        let spoken = self.by_place.get(&index).map(|&n| &self.spoken[n]);
        let old = place.properties.clone().and_then(|r| self.xml.get(r)).unwrap_or_default();
        let said = spoken.and_then(|s| self.body.paragraphs.get(s.paragraph));
        let text = said.map_or("", |p| p.text.as_str());
        let look = spoken.and_then(|s| self.layout.paragraphs.get(s.paragraph));
        let mark = child(old, "rPr").and_then(|r| old.get(r)).unwrap_or_default();
        let paragraph = Paragraph {
            place,
            kind: told.kind,
            row: spoken.and_then(|s| s.row),
            align: look.map_or(Align::Left, |look| self.layout.format(look).align),
            tabbed: text.trim().contains('\t'),
            begins_page: gone.begins_page.contains(&index),
            rules: self.draws_rules(told.kind, index),
            above: self.above(told.kind, index),
            masthead: self
                .model
                .and_then(|model| model.masthead())
                .filter(|_| told.kind == BlockKind::Masthead),
            plain: self.model.is_some(),
            numbered: self.numbered.contains(&index),
            indent: self.model.and_then(|model| model.indent(told.kind)),
            numbers: self.numbers(said, old, told.kind, styles),
            mark: self.letters(mark, Run::mark(told.kind)).0,
            section: place.ends_section.then(|| sections.of(&place.range)).flatten(),
        };
        let new = paragraph.written(old, &self.form, self.further, styles);
        match &place.properties {
            Some(range) => splices.replace(range.clone(), new),
            None if self.xml[place.open.clone()].ends_with("/>") => {
                let tag = self.xml[place.open.clone()].trim_end_matches("/>").trim_end();
                splices.replace(place.open.clone(), format!("{tag}>{new}</w:p>"));
            }
            None => splices.replace(place.open.end..place.open.end, new),
        }
        self.runs(index, told.kind, text, splices, done);
        for (at, followed) in &place.breaks {
            if !followed && gone.trailing.contains(&index) {
                splices.replace(at.clone(), "");
                done.breaks += 1;
            }
        }
        if told.kind != BlockKind::Cell && told.kind != BlockKind::Code {
            done.indents += usize::from(self.blanks(spoken, told.kind, splices));
        }
    }

    /// How high what stands above a 发文机关标志 is, in twips: lines that are stamped on the head, pictures of the office.
    fn above(&self, kind: BlockKind, index: usize) -> u32 {
        const EMU: u32 = 635;
        let Some(&n) = self.by_place.get(&index).filter(|_| kind == BlockKind::Masthead) else { return 0 };
        let lines = u32::try_from(self.told[..n].iter().filter(|t| t.left).count()).unwrap_or(u32::MAX);
        let pictures =
            self.scan.places[..index].iter().filter(|place| place.tall && !place.said && !place.cell);
        let high = |place: &Place| {
            let extent =
                self.xml.get(place.range.clone())?.split("<wp:extent ").nth(1)?.split("cy=\"").nth(1)?;
            Some(extent.split('"').next()?.parse::<u32>().ok()? / EMU)
        };
        let pictures: u32 = pictures.filter_map(high).fold(0, u32::saturating_add);
        lines.saturating_mul(LINE).saturating_add(pictures)
    }

    /// Whether the form draws the rules of a paragraph itself: no drawn line stands near its head.
    fn draws_rules(&self, kind: BlockKind, index: usize) -> bool {
        if kind.is_imprint() {
            return true;
        }
        let head = kind.is_red_head();
        head && !self.scan.places[..self.scan.places.len().min(index + 6)].iter().any(|p| p.floats)
    }

    /// The letters of a run, or of a paragraph's mark.
    fn letters(&self, old: &str, run: Run<'_>) -> (String, letters::Met) {
        letters::written(old, &Run { contrary: self.is_contrary(old), ..run }, self.wishes.fonts)
    }

    /// The runs of a paragraph.
    fn runs(&self, index: usize, kind: BlockKind, text: &str, splices: &mut Splices, done: &mut Done) {
        let place = &self.scan.places[index];
        let spoken = self.by_place.get(&index).map(|&n| &self.spoken[n]);
        // The size of a sample's 发文机关标志 is the office's own.
        let set = self.model.is_none_or(|model| model.masthead().is_none());
        let row = spoken.and_then(|s| s.row).filter(|_| set);
        let letters = row.and_then(|row| masthead(&self.form, row));
        let start = spoken.and_then(|s| self.layout.paragraphs.get(s.paragraph)).map(|look| look.range.start);
        let tracking = self.model.and_then(|model| model.closer(kind, half_characters(text.trim())));
        let run_in = self.run_in(place, kind, text, start.unwrap_or(0));
        for run in &place.runs {
            if self.xml[run.open.clone()].ends_with("/>") {
                continue;
            }
            let old = run.properties.clone().and_then(|r| self.xml.get(r)).unwrap_or_default();
            let within = run.open.end..run.close.start;
            let found = self.face_within(&within);
            // What holds no words and says nothing of them stays so.
            if found.is_none() && old.is_empty() {
                continue;
            }
            let level =
                run_in.filter(|(_, end)| found.is_some_and(|(at, _)| at < *end)).map(|(level, _)| level);
            let face = found.map(|(_, face)| face);
            let run_of = Run { face, run_in: level, masthead: letters.as_deref(), tracking, ..Run::of(kind) };
            let (new, met) = self.letters(old, run_of);
            if found.is_some() {
                done.emphasis += usize::from(met.emphasis);
                done.coloured += usize::from(met.coloured);
            }
            match &run.properties {
                Some(range) => splices.replace(range.clone(), new),
                None => splices.replace(run.open.end..run.open.end, new),
            }
        }
    }

    /// A heading that the text of its paragraph goes on from (（一）清好干渠。清河镇……), where runs end with it: its level
    /// and the byte of the text at which it ends.
    fn run_in(&self, place: &Place, kind: BlockKind, text: &str, start: usize) -> Option<(u8, usize)> {
        const LONGEST: usize = 45;
        if kind != BlockKind::Body {
            return None;
        }
        let (level, ..) = heading_number(text).filter(|(level, ..)| *level <= 2)?;
        let (end, stop) = text.char_indices().take(LONGEST).find(|(_, c)| *c == '。')?;
        let end = start + end + stop.len_utf8();
        if text[end - start..].trim().is_empty() {
            return None;
        }
        let begins = |run: &super::scan::Run| self.face_within(&(run.open.end..run.close.start));
        let parted = place.runs.iter().filter_map(begins).any(|(at, _)| at == end);
        parted.then_some((level, end))
    }

    /// The sheet and its margins.
    fn frame(&self) -> Frame {
        self.model.and_then(|model| model.frame).unwrap_or(Frame::of(self.wishes.grid))
    }

    /// A section with the namespace of relationships, which is declared at the root but for odd files.
    fn declared(&self, section: String, numbers: &Numbers) -> String {
        let body = self.xml.find("<w:body").unwrap_or(0);
        if self.xml[..body].contains("xmlns:r=") {
            return section;
        }
        let declared = spoken_as(numbers.strict, crate::write::docx::markup::R.to_owned());
        // One that the program made before declares it already.
        let bare = section.replace(&format!(" {declared} r:id="), " r:id=");
        bare.replace(" r:id=", &format!(" {declared} r:id="))
    }

    /// Sections as they are to be.
    fn sections(&self, numbers: &Numbers) -> Sections {
        let mut sections = Sections::default();
        let enders = self.scan.places.iter().filter(|p| p.ends_section).map(|p| p.range.clone());
        let enders: Vec<Range<usize>> = enders.collect();
        for (n, range) in self.scan.sections.iter().enumerate() {
            let xml = section(self.xml.get(range.clone()).unwrap_or_default(), n == 0, numbers, self.frame());
            let xml = self.declared(xml, numbers);
            let next = enders.partition_point(|ender| ender.end <= range.start);
            if enders.get(next).is_some_and(|ender| contains(ender, range)) {
                sections.inner.push((range.clone(), xml));
            } else {
                sections.last = Some((range.clone(), xml));
            }
        }
        sections
    }
}

/// Sections as they are to be, by their bytes.
#[derive(Debug, Default)]
struct Sections {
    inner: Vec<(Range<usize>, String)>,
    last: Option<(Range<usize>, String)>,
}

impl Sections {
    fn of(&self, paragraph: &Range<usize>) -> Option<String> {
        self.inner.iter().find(|(range, _)| contains(paragraph, range)).map(|(_, xml)| xml.clone())
    }
}

const fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
