//! A .docx set anew in its own file.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::Wishes;
use super::letters::{self, Run};
use super::line::{Line, Told};
use super::paragraph::Paragraph;
use super::properties::{Children, child};
use super::recognise::recognise;
use super::scan::{Child, Place, Scan, scan};
use super::sections::{Numbers, numbers, section};
use super::stylesheet::{Stylesheet, is_own, kind_of_own, styled};
use super::told::{Done, Doubt};
use crate::base::Result;
use crate::base::han::{heading_number, is_han};
use crate::model::layout::{Align, Face, Layout, Look};
use crate::model::{Block, BlockKind, Manuscript};
use crate::office::added::{DECLARATION, Relation, declare, relate};
use crate::office::body::{self, Body, Node, NodeKind, Paragraph as Paragraphs};
use crate::office::document::{open_whole, unsafe_change};
use crate::office::look::sheet::Sheet;
use crate::office::own::{W, root};
use crate::office::package::Package;
use crate::office::splice::Splices;
use crate::write::docx::paragraph::masthead;
use crate::write::docx::styles::Known;
use crate::write::docx::{imprint, styles};

/// A .docx that was set anew.
#[derive(Debug)]
pub struct Restyled {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was done.
    pub done: Done,
    /// What is in doubt: by which of the paragraphs that say something.
    pub doubts: Vec<(usize, Doubt)>,
}

/// Sets a .docx anew, which reads as this manuscript.
///
/// # Errors
/// If it is damaged, or holds markup that cannot be changed without risk to its words.
pub fn restyle(bytes: &[u8], read: &Manuscript, wishes: Wishes) -> Result<Restyled> {
    let (mut package, main, part) = open_whole(bytes)?;
    let xml = &part.text;
    let body = body::map(xml);
    let scan = scan(xml).filter(|s| s.prefix == "w" && body.problem.is_none()).ok_or_else(unsafe_change)?;
    let layout = read.layout().filter(|_| read.text() == body.text()).ok_or_else(unsafe_change)?;
    let strict = root(xml).is_some_and(|(_, namespace)| namespace != W);
    let mut parts = BTreeMap::new();
    let styles_part = styles_part(&mut package, &main, strict, &mut parts)?;
    let sheet = Sheet::read(styles_part.1.clone());
    let paper = Paper::new(xml, &body, &scan, read, layout, &sheet, wishes);
    let stylesheet = styled(&styles_part.1, &paper.wanted(), wishes.fonts, wishes.grid.line())
        .ok_or_else(unsafe_change)?;
    parts.insert(styles_part.0, stylesheet.xml.clone().into_bytes());
    let numbers = numbers(&mut package, &main, stylesheet.number(), strict, &mut parts)?;
    let mut done = paper.done();
    let changed = paper.written(&stylesheet, &numbers, &mut done).ok_or_else(unsafe_change)?;
    let words = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    if words(&body::read(&changed).text()) != words(read.text()) {
        return Err(unsafe_change().into());
    }
    parts.insert(main, part.encoding.encode(&changed));
    // What is as it was is not packed again: doing it twice gives the same bytes.
    parts.retain(|name, new| package.part(name).is_none_or(|old| old.encoding.encode(&old.text) != *new));
    let doubts = paper.told.iter().enumerate().filter_map(|(n, told)| Some((n, told.doubt?))).collect();
    let bytes = if parts.is_empty() { bytes.to_vec() } else { package.with(parts)? };
    Ok(Restyled { bytes, done, doubts })
}

/// The name and text of the table of styles; one is made where there is none.
fn styles_part(
    package: &mut Package<'_>,
    main: &str,
    strict: bool,
    parts: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(String, String)> {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml";
    let known = package.relationships(main).into_iter().find(|r| r.kind == "styles").map(|r| r.target);
    if let Some(name) = known
        && let Some(part) = package.part(&name)
    {
        let sound = part.problem.is_none() && root(&part.text).is_some_and(|(name, _)| name == "w:styles");
        return if sound { Ok((name, part.text)) } else { Err(unsafe_change().into()) };
    }
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let name = format!("{folder}styles.xml");
    declare(package, &name, TYPE, parts)?;
    relate(
        package,
        main,
        Relation { kind: "styles", target: "styles.xml", wanted: "rIdWengaoStyles" },
        strict,
        parts,
    )?;
    Ok((name, format!("{DECLARATION}<w:styles xmlns:w=\"{W}\"></w:styles>")))
}

/// A paragraph of the text that says something.
struct Spoken {
    /// Its row in the scan.
    place: usize,
    /// Its row in the body.
    paragraph: usize,
    /// Its row among the blocks of the form.
    row: Option<usize>,
}

/// A document and what its paragraphs are.
struct Paper<'p> {
    xml: &'p str,
    body: &'p Body,
    scan: &'p Scan,
    layout: &'p Layout,
    sheet: &'p Sheet,
    wishes: Wishes,
    spoken: Vec<Spoken>,
    told: Vec<Told>,
    /// Of each place, the row of what it says.
    by_place: HashMap<usize, usize>,
    /// The paragraphs of the form as the writer of new documents has them.
    form: Manuscript,
    further: bool,
    /// Where words stand: bytes of the XML and of the text.
    words: Vec<(usize, usize)>,
}

impl<'p> Paper<'p> {
    fn new(
        xml: &'p str,
        body: &'p Body,
        scan: &'p Scan,
        read: &'p Manuscript,
        layout: &'p Layout,
        sheet: &'p Sheet,
        wishes: Wishes,
    ) -> Self {
        let mut spoken = Vec::new();
        let mut lines = Vec::new();
        let mut words = Vec::new();
        for (row, (paragraph, span)) in body.paragraphs.iter().zip(body.spans()).enumerate() {
            words.extend(paragraph.nodes.iter().map(|n| (n.source.start, span.start + n.text.start)));
            let text = paragraph.text.trim();
            let place = paragraph.nodes.first().and_then(|node| place_of(scan, node.outer.start));
            if let (Some(place), false) = (place, text.is_empty()) {
                let look = layout.paragraphs.get(row);
                lines.push(line(
                    text,
                    &scan.places[place],
                    paragraph.style.as_deref(),
                    look,
                    read,
                    layout,
                    sheet,
                ));
                spoken.push(Spoken { place, paragraph: row, row: None });
            }
        }
        words.sort_unstable();
        let told = recognise(&lines, wishes.form);
        let form = form(&lines, &told, &mut spoken);
        let further = styles::needs_further(&form);
        let by_place = spoken.iter().enumerate().map(|(n, s)| (s.place, n)).collect();
        Self { xml, body, scan, layout, sheet, wishes, spoken, told, by_place, form, further, words }
    }

    /// The styles that are wanted.
    fn wanted(&self) -> BTreeMap<&'static str, Known> {
        let told =
            self.told.iter().filter(|t| !t.left && t.kind != BlockKind::Cell).map(|t| Known::of(t.kind));
        // The line that a 版记 holds on to comes with it.
        let anchor = self.told.iter().any(|t| t.kind.is_imprint()).then(Known::anchor);
        told.chain([Known::of(BlockKind::Body)]).chain(anchor).map(|style| (style.name(), style)).collect()
    }

    /// What is told before anything is written.
    fn done(&self) -> Done {
        let mut done = Done::default();
        for (told, spoken) in self.told.iter().zip(&self.spoken) {
            if told.left {
                done.left += 1;
                continue;
            }
            done.count(told.kind);
            if told.kind == BlockKind::Title
                && done.title.len() < 3
                && let Some(paragraph) = self.body.paragraphs.get(spoken.paragraph)
            {
                done.title.push(paragraph.text.trim().to_owned());
            }
        }
        if let Some(annex) = self.told.iter().position(|t| t.kind == BlockKind::Annex) {
            let before = self.told[..annex].iter().filter(|t| t.kind == BlockKind::Title).count();
            done.title.truncate(before);
        }
        let tables = self.body.cells.iter().map(|cell| cell.table).max().map_or(0, |last| last + 1);
        done.tables = tables;
        done.pictures = self.scan.places.iter().filter(|p| (p.tall || p.floats) && !p.boxed).count();
        done.numbered = self.scan.places.iter().filter(|p| p.numbered && !p.boxed).count();
        done
    }

    /// What a place says, if it says something.
    fn told_of(&self, place: usize) -> Option<Told> {
        self.by_place.get(&place).map(|&n| self.told[n])
    }

    /// The main part as it is to be.
    fn written(&self, styles: &Stylesheet, numbers: &Numbers, done: &mut Done) -> Option<String> {
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
        let at = self.scan.end;
        match sections.last {
            Some((range, xml)) => splices.replace(range, xml),
            None => splices.replace(
                at..at,
                section("<w:sectPr/>", self.scan.sections.is_empty(), numbers, self.wishes.grid),
            ),
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
        let inside = sections.inner.iter().find(|(range, _)| contains(&place.range, range));
        if let Some((range, xml)) = inside.filter(|_| place.ends_section) {
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
        let text = spoken.and_then(|s| self.body.paragraphs.get(s.paragraph)).map_or("", |p| p.text.as_str());
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
            stamps: self.told[..spoken.map_or(0, |_| self.by_place[&index])]
                .iter()
                .filter(|t| t.left)
                .count(),
            numbers: self.numbers_of_style(old, told.kind, styles),
            mark: self.letters(mark, told.kind, None, None, None, true).0,
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

    /// Whether the form draws the rules of a paragraph itself: no drawn line stands near its head.
    fn draws_rules(&self, kind: BlockKind, index: usize) -> bool {
        if kind.is_imprint() {
            return true;
        }
        let head = kind.is_red_head();
        head && !self.scan.places[..self.scan.places.len().min(index + 6)].iter().any(|p| p.floats)
    }

    /// The numbers that a paragraph had from its style, if its new style does not give them.
    fn numbers_of_style(&self, old: &str, kind: BlockKind, styles: &Stylesheet) -> Option<String> {
        let set = Children::of_paragraph(old);
        if set.get("numPr").is_some() || kind == BlockKind::Cell {
            return None;
        }
        let id = set.get("pStyle")?.split("w:val=\"").nth(1)?.split('"').next()?.to_owned();
        let row = self.sheet.row(&id)?;
        let (_, style) = self.sheet.chain(row).find(|(_, s)| s.numbered.is_some())?;
        if style.numbered != Some(true) || styles.id(kind) == style.id {
            return None;
        }
        let xml = self.sheet.at(&style.paragraph);
        child(xml, "numPr").and_then(|r| xml.get(r)).filter(|n| n.contains("ilvl")).map(str::to_owned)
    }

    /// How the first letter within these bytes of the XML looks.
    fn face_within(&self, range: &Range<usize>) -> Option<(usize, &Face)> {
        let first = self.words.partition_point(|(at, _)| *at < range.start);
        let (at, text) = *self.words.get(first)?;
        if at >= range.end {
            return None;
        }
        let span = self.layout.spans.partition_point(|s| s.range.end <= text);
        let face = self.layout.faces.get(self.layout.spans.get(span)?.face)?;
        Some((text, face))
    }

    fn letters(
        &self,
        old: &str,
        kind: BlockKind,
        face: Option<&Face>,
        run_in: Option<u8>,
        masthead: Option<&str>,
        mark: bool,
    ) -> (String, letters::Met) {
        let run = Run { kind, face, contrary: self.is_contrary(old), run_in, masthead, mark };
        letters::written(old, &run, self.wishes.fonts)
    }

    /// Whether a run names a style of letters that sets fonts or sizes, and is none of notes, links or comments.
    fn is_contrary(&self, old: &str) -> bool {
        let set = Children::of_letters(old);
        let id = set.get("rStyle").and_then(|s| s.split("w:val=\"").nth(1)).and_then(|s| s.split('"').next());
        let Some(row) = id.and_then(|id| self.sheet.row(id)) else { return false };
        let sets = |xml: &str| xml.contains("rFonts") || xml.contains(":sz ") || xml.contains(":spacing ");
        self.sheet.chain(row).any(|(_, s)| sets(self.sheet.at(&s.letters)) && !s.id.contains("Reference"))
    }

    /// The runs of a paragraph.
    fn runs(&self, index: usize, kind: BlockKind, text: &str, splices: &mut Splices, done: &mut Done) {
        let place = &self.scan.places[index];
        let spoken = self.by_place.get(&index).map(|&n| &self.spoken[n]);
        let letters = spoken.and_then(|s| s.row).and_then(|row| masthead(&self.form, row));
        let start = spoken.and_then(|s| self.layout.paragraphs.get(s.paragraph)).map(|look| look.range.start);
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
            let (new, met) =
                self.letters(old, kind, found.map(|(_, face)| face), level, letters.as_deref(), false);
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

    /// Blanks round a paragraph's words go; whether there were any.
    fn blanks(&self, spoken: Option<&Spoken>, kind: BlockKind, splices: &mut Splices) -> bool {
        let Some(paragraph) = spoken.and_then(|s| self.body.paragraphs.get(s.paragraph)) else {
            return false;
        };
        let text = &paragraph.text;
        let head = text.len() - text.trim_start().len();
        let tail = text.trim_end().len();
        let aside = !matches!(kind, BlockKind::Body | BlockKind::Item | BlockKind::Heading(_));
        let gap = super::laid::two_parts(text.trim()).filter(|_| kind.has_two_parts());
        let gap = gap.map_or(0..0, |(left, right)| head + left.len()..tail - right.len());
        let mut found = false;
        for node in &paragraph.nodes {
            for blank in [0..head, tail..text.len()] {
                let cut = blank.start.max(node.text.start)..blank.end.min(node.text.end);
                if cut.start >= cut.end || blank.start == tail && !aside {
                    continue;
                }
                match node.kind {
                    NodeKind::Text => {
                        let at = node.source.start - node.text.start;
                        splices.replace(at + cut.start..at + cut.end, "");
                    }
                    _ if cut == node.text && !text[cut.clone()].contains('\n') => {
                        splices.replace(node.outer.clone(), "");
                    }
                    _ => continue,
                }
                found = true;
            }
        }
        self.gap(paragraph, gap, splices);
        found
    }

    /// Blanks between the two parts of a line become one tab.
    fn gap(&self, paragraph: &Paragraphs, gap: Range<usize>, splices: &mut Splices) {
        if gap.is_empty() || paragraph.text[gap.clone()] == *"\t" {
            return;
        }
        let within = |node: &&Node| node.text.start < gap.end && gap.start < node.text.end;
        let nodes: Vec<&Node> = paragraph.nodes.iter().filter(within).collect();
        let mut tabbed =
            nodes.iter().any(|n| n.kind == NodeKind::Sign && paragraph.text[n.text.clone()] == *"\t");
        let mut kept = false;
        for node in nodes {
            let cut = gap.start.max(node.text.start)..gap.end.min(node.text.end);
            match node.kind {
                NodeKind::Text => {
                    let at = node.source.start - node.text.start;
                    let tab = if tabbed { "" } else { r#"</w:t><w:tab/><w:t xml:space="preserve">"# };
                    splices.replace(at + cut.start..at + cut.end, tab);
                    tabbed = true;
                }
                NodeKind::Sign
                    if paragraph.text[node.text.clone()] == *"\t" && std::mem::replace(&mut kept, true) =>
                {
                    splices.replace(node.outer.clone(), "");
                }
                _ => {}
            }
        }
    }

    /// Paragraphs of the 版记 that stand in the text become the table at the foot of the page.
    fn imprint(&self, styles: &Stylesheet, gone: &Leaving, splices: &mut Splices) {
        let is_line = |child: &Child| match child {
            Child::Paragraph(index) => {
                let place = &self.scan.places[*index];
                let said = self.told_of(*index).filter(|t| t.kind.is_imprint() && !t.left);
                said.filter(|_| !place.ends_section && !place.framed).map(|told| (*index, told.kind))
            }
            Child::Other => None,
        };
        let stays = |child: &&Child| !matches!(child, Child::Paragraph(i) if gone.paragraphs.contains_key(i));
        let children: Vec<&Child> = self.scan.children.iter().filter(stays).collect();
        let mut at = 0;
        while at < children.len() {
            let lines: Vec<(usize, BlockKind)> =
                children[at..].iter().map_while(|child| is_line(child)).collect();
            at += lines.len().max(1);
            let Some(&(last, _)) = lines.last() else { continue };
            let mut before = None;
            for (index, kind) in lines {
                let open = match before {
                    None => imprint::head() + &imprint::row(),
                    Some(_) if imprint::begins_row(before, kind) => {
                        imprint::ROW_END.to_owned() + &imprint::row()
                    }
                    Some(_) => String::new(),
                };
                let start = self.scan.places[index].range.start;
                splices.replace(start..start, open);
                before = Some(kind);
            }
            let end = self.scan.places[last].range.end;
            let anchor = styles.anchor();
            let close = [imprint::ROW_END, imprint::END].concat();
            splices.replace(
                end..end,
                format!(r#"{close}<w:p><w:pPr><w:pStyle w:val="{anchor}"/></w:pPr></w:p>"#),
            );
        }
    }

    /// Sections as they are to be.
    fn sections(&self, numbers: &Numbers) -> Sections {
        let mut sections = Sections::default();
        for (n, range) in self.scan.sections.iter().enumerate() {
            let xml =
                section(self.xml.get(range.clone()).unwrap_or_default(), n == 0, numbers, self.wishes.grid);
            // The namespace of relationships is declared at the root, but for odd files.
            let xml = if self.xml.contains("xmlns:r=") {
                xml
            } else {
                xml.replace(" r:id=", &format!(" {} r:id=", crate::write::docx::markup::R))
            };
            if self.scan.places.iter().any(|p| p.ends_section && contains(&p.range, range)) {
                sections.inner.push((range.clone(), xml));
            } else {
                sections.last = Some((range.clone(), xml));
            }
        }
        sections
    }

    /// Which paragraphs go, and where pages begin because of them.
    fn gone(&self) -> Leaving {
        let children = &self.scan.children;
        let mut leaving = Leaving::default();
        let mut next: Option<usize> = None;
        // From the end, so that what follows a paragraph is known to stay.
        for (n, child) in children.iter().enumerate().rev() {
            let Child::Paragraph(index) = *child else {
                next = None;
                continue;
            };
            let place = &self.scan.places[index];
            let above = n.checked_sub(1).is_none_or(|n| matches!(children[n], Child::Paragraph(_)));
            if self.is_droppable(place) && (next.is_some() || above && n + 1 == children.len() && n > 0) {
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
            next = Some(index);
        }
        leaving
    }

    /// Whether a paragraph says nothing and is no more than its height.
    fn is_droppable(&self, place: &Place) -> bool {
        let bare = !place.said && !place.tall && !place.floats && !place.holds && !place.numbered;
        let ruled = place.ruled && !(self.form.blocks().iter().any(|b| b.kind.is_red_head()));
        bare && !ruled && !place.framed && !place.ends_section && !self.is_anchor(place)
    }

    /// Whether it is the line that a 版记 holds on to, or that keeps two tables apart.
    fn is_anchor(&self, place: &Place) -> bool {
        let xml = place.properties.clone().and_then(|r| self.xml.get(r)).unwrap_or_default();
        let set = Children::of_paragraph(xml);
        let id = set.get("pStyle").and_then(|s| s.split("w:val=\"").nth(1)).and_then(|s| s.split('"').next());
        let style = id.and_then(|id| self.sheet.row(id)).and_then(|row| self.sheet.styles.get(row));
        style.is_some_and(|style| style.name == Known::anchor().name())
    }
}

/// Why a paragraph goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gone {
    Empty,
    Break,
}

/// Paragraphs that go.
#[derive(Debug, Default)]
struct Leaving {
    paragraphs: HashMap<usize, Gone>,
    /// Those that begin a page because of what goes.
    begins_page: std::collections::HashSet<usize>,
    /// Those whose last page break goes.
    trailing: std::collections::HashSet<usize>,
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

/// The innermost paragraph at a byte.
fn place_of(scan: &Scan, at: usize) -> Option<usize> {
    let next = scan.places.partition_point(|p| p.range.start <= at);
    (0..next).rev().find(|&n| scan.places[n].range.end > at)
}

/// A paragraph as it is looked at.
fn line<'t>(
    text: &'t str,
    place: &Place,
    style: Option<&str>,
    look: Option<&Look>,
    read: &Manuscript,
    layout: &Layout,
    sheet: &Sheet,
) -> Line<'t> {
    let kind = look.and_then(|look| read.block(look.range.start + leading(read, look)));
    let kind = kind.map_or(BlockKind::Body, |block| block.kind);
    let han =
        |range: Range<usize>| read.text().get(range).map_or(0, |w| w.chars().filter(|&c| is_han(c)).count());
    let face = look.and_then(|look| layout.main_face(look, han)).and_then(|row| layout.faces.get(row));
    let format = look.map(|look| layout.format(look)).unwrap_or_default();
    let name =
        style.and_then(|id| sheet.row(id)).and_then(|row| sheet.styles.get(row)).map_or("", |s| &s.name);
    let lower = name.to_lowercase();
    let contents = lower.starts_with("toc") || lower.starts_with("目录");
    let red = |[r, g, b]: [u8; 3]| r >= 0xC0 && g <= 0x50 && b <= 0x50;
    let settled = is_own(name);
    Line {
        text,
        kind: if settled { kind_of_own(name).unwrap_or(kind) } else { kind },
        settled,
        size: face.map_or(0, |face| face.size),
        centred: format.align == Align::Centre,
        red: face.and_then(|face| face.colour).is_some_and(red),
        bold: look.is_some_and(|look| layout.faces(look).all(|(_, face)| face.bold)),
        numbered: place.numbered,
        cell: place.cell,
        passed: place.boxed || place.framed || contents,
    }
}

/// Bytes of blanks at the beginning.
fn leading(read: &Manuscript, look: &Look) -> usize {
    let text = read.text().get(look.range.clone()).unwrap_or_default();
    text.len() - text.trim_start().len()
}

/// The paragraphs of the form, joined as the writer of new documents has them.
fn form(lines: &[Line<'_>], told: &[Told], spoken: &mut [Spoken]) -> Manuscript {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for ((line, told), spoken) in lines.iter().zip(told).zip(spoken) {
        if line.passed || told.left {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(line.text);
        spoken.row = Some(blocks.len());
        blocks.push(Block { kind: told.kind, range: start..text.len() });
    }
    Manuscript::new(text, blocks, Vec::new(), Vec::new())
}
