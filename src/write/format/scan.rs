//! Where the paragraphs and runs of a main part stand in its XML, and what besides words each holds.
//!
//! What the words are is told by [`office::body`](crate::office::body); here only bytes count. Elements are those of
//! word-processing markup by the root's own prefix, since drawings and formulas have a `p`, an `r` and a `t` too.

use std::ops::Range;

use crate::office::own::prefix;
use crate::office::xml::{Element, Token, each};

/// A paragraph by its bytes.
#[derive(Debug, Default)]
pub struct Place {
    /// The whole of it.
    pub range: Range<usize>,
    /// Its start tag.
    pub open: Range<usize>,
    /// Its `w:pPr`, if it has one.
    pub properties: Option<Range<usize>>,
    /// Its runs, but for those of pinyin.
    pub runs: Vec<Run>,
    /// Whether it stands in a table.
    pub cell: bool,
    /// Whether it stands in a text box or a drawing.
    pub boxed: bool,
    /// Whether a frame holds it (图文框).
    pub framed: bool,
    /// Whether it says anything: words, tabs, signs.
    pub said: bool,
    /// Whether something as high as itself stands in its lines: a picture, an object, a formula.
    pub tall: bool,
    /// Whether a drawing floats beside it.
    pub floats: bool,
    /// Whether it holds what is neither words nor format: a bookmark, a field, somebody's comment.
    pub holds: bool,
    /// Whether the word processor numbers it.
    pub numbered: bool,
    /// Whether it has a rule above or below.
    pub ruled: bool,
    /// Whether it begins a page by its own format.
    pub begins_page: bool,
    /// Whether its end was deleted, and that is not accepted yet.
    pub runs_on: bool,
    /// Whether it ends a section.
    pub ends_section: bool,
    /// Its page breaks, and whether words of it follow.
    pub breaks: Vec<(Range<usize>, bool)>,
}

/// A run by its bytes.
#[derive(Debug, Default)]
pub struct Run {
    /// Its start tag.
    pub open: Range<usize>,
    /// Its end tag; empty for `<w:r/>`.
    pub close: Range<usize>,
    /// Its `w:rPr`, if it has one.
    pub properties: Option<Range<usize>>,
}

/// A child of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Child {
    /// A paragraph, a row of [`Scan::places`].
    Paragraph(usize),
    /// A table, a content control, the last section.
    Other,
}

/// A main part.
#[derive(Debug, Default)]
pub struct Scan {
    /// Its paragraphs, in the order in which they begin.
    pub places: Vec<Place>,
    /// The children of the body, the last section left out.
    pub children: Vec<Child>,
    /// The bytes of its sections.
    pub sections: Vec<Range<usize>>,
    /// Where the body ends.
    pub end: usize,
    /// The prefix of its elements, without the colon.
    pub prefix: String,
}

/// Looks through a main part; `None` if it is malformed, or its elements have no prefix.
pub fn scan(xml: &str) -> Option<Scan> {
    let (prefix, declared) = prefix(xml)?;
    if !declared.is_empty() {
        return None;
    }
    let mut walk =
        Walk { scan: Scan { prefix, ..Scan::default() }, open: Vec::new(), paragraphs: Vec::new() };
    let sound = each(xml, |token, at| match token {
        Token::Start(e) => walk.start(e, at),
        Token::End(_) => walk.end(at),
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => walk.words(&words),
    });
    sound.then_some(walk.scan)
}

struct Walk {
    scan: Scan,
    /// What is open: local names, those of other markup with their prefix; and where each begins.
    open: Vec<(String, usize)>,
    /// The open paragraphs, rows of the scan.
    paragraphs: Vec<usize>,
}

/// What of a run is no more than its words.
const PLAIN: &[&str] =
    &["r", "t", "tab", "br", "cr", "proofErr", "lastRenderedPageBreak", "pPr", "rPr", "noBreakHyphen"];

impl Walk {
    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|(open, _)| open == name)
    }

    fn parent(&self) -> &str {
        self.open.last().map_or("", |(name, _)| name)
    }

    fn paragraph(&mut self) -> Option<&mut Place> {
        let &row = self.paragraphs.last()?;
        self.scan.places.get_mut(row)
    }

    fn start(&mut self, e: Element<'_>, at: Range<usize>) {
        let own = e.qualified().split_once(':').is_some_and(|(p, _)| p == self.scan.prefix);
        let name = if own { e.name() } else { e.qualified() };
        if self.open.len() == 2 && name != "p" && name != "sectPr" {
            self.scan.children.push(Child::Other);
        }
        match name {
            "p" => self.begin(&at),
            "r" if !self.is_in("ruby") => {
                let run = Run { close: at.end..at.end, open: at.clone(), properties: None };
                if let Some(place) = self.paragraph() {
                    place.runs.push(run);
                }
            }
            _ => self.inside(name, e, &at),
        }
        self.open.push((name.to_owned(), at.start));
    }

    fn begin(&mut self, at: &Range<usize>) {
        let boxed = ["txbxContent", "drawing", "pict", "object"].iter().any(|name| self.is_in(name));
        let top = self.open.len() == 2;
        let place =
            Place { range: at.clone(), open: at.clone(), cell: self.is_in("tbl"), boxed, ..Place::default() };
        let row = self.scan.places.len();
        self.scan.places.push(place);
        self.paragraphs.push(row);
        if top {
            self.scan.children.push(Child::Paragraph(row));
        }
    }

    /// An element that is neither paragraph nor run.
    fn inside(&mut self, name: &str, e: Element<'_>, at: &Range<usize>) {
        let in_properties = self.is_in("pPr");
        let in_letters = self.is_in("rPr");
        let local = e.name();
        let value = e.attribute("val");
        let page = matches!(e.attribute("type").as_deref(), Some("page"));
        // `_GoBack` is where somebody stopped typing.
        let idle = name == "bookmarkEnd" || e.attribute("name").is_some_and(|n| n == "_GoBack");
        let depth_in_run = self.parent() == "r";
        let drawn = self.is_in("drawing") || self.is_in("pict") || self.is_in("object");
        let floating = e.attribute("style").is_some_and(|s| s.contains("absolute"));
        let Some(place) = self.paragraph() else { return };
        if in_properties {
            match name {
                "framePr" => place.framed = true,
                "numId" => place.numbered = value.is_some_and(|v| v != "0"),
                "pBdr" => place.ruled = true,
                "pageBreakBefore" => place.begins_page = !matches!(value.as_deref(), Some("0" | "false")),
                "sectPr" => place.ends_section = true,
                "del" | "moveFrom" => (place.holds, place.runs_on) = (true, true),
                "ins" | "moveTo" => place.holds = true,
                _ => {}
            }
            return;
        }
        match name {
            "br" if page && depth_in_run => place.breaks.push((at.clone(), false)),
            "tab" | "ptab" | "sym" | "noBreakHyphen" | "footnoteReference" | "endnoteReference"
                if depth_in_run =>
            {
                place.said = true;
                place.breaks.iter_mut().for_each(|b| b.1 = true);
            }
            "object" => place.tall = true,
            _ if !drawn && matches!(local, "oMath" | "oMathPara") => place.tall = true,
            _ => {}
        }
        match local {
            "inline" if drawn => place.tall = true,
            "anchor" if drawn => place.floats = true,
            "shape" | "line" | "rect" | "group" if drawn && floating => place.floats = true,
            "shape" | "rect" | "group" if drawn && !floating && self.parent() == "pict" => {
                if let Some(place) = self.paragraph() {
                    place.tall = true;
                }
            }
            _ => {}
        }
        if let Some(place) = self.paragraph()
            && !PLAIN.contains(&name)
            && !in_letters
            && (!idle || drawn)
        {
            place.holds = true;
        }
    }

    fn words(&mut self, words: &str) {
        if self.parent() != "t" || words.trim().is_empty() {
            return;
        }
        if let Some(place) = self.paragraph() {
            place.said = true;
            place.breaks.iter_mut().for_each(|b| b.1 = true);
        }
    }

    fn end(&mut self, at: Range<usize>) {
        let Some((name, start)) = self.open.pop() else { return };
        let parent = self.parent().to_owned();
        match name.as_str() {
            "p" => {
                if let Some(row) = self.paragraphs.pop() {
                    self.scan.places[row].range.end = at.end;
                }
            }
            "pPr" if parent == "p" => {
                if let Some(place) = self.paragraph() {
                    place.properties = Some(start..at.end);
                }
            }
            "rPr" if parent == "r" => {
                if let Some(run) =
                    self.paragraph().and_then(|p| p.runs.last_mut()).filter(|r| r.open.end <= start)
                {
                    run.properties.get_or_insert(start..at.end);
                }
            }
            "r" => {
                if let Some(run) =
                    self.paragraph().and_then(|p| p.runs.iter_mut().rev().find(|r| r.open.start == start))
                {
                    run.close = at;
                }
            }
            "sectPr" if !self.is_in("sectPrChange") => self.scan.sections.push(start..at.end),
            "body" => self.scan.end = at.start,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Child, scan};

    #[test]
    fn paragraphs_runs_and_what_hangs_on_them_are_found() {
        let body = concat!(
            "<w:p><w:pPr><w:jc w:val='left'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r></w:p>",
            "<w:p><w:bookmarkStart w:id='0' w:name='_GoBack'/><w:bookmarkEnd w:id='0'/></w:p>",
            "<w:p><w:bookmarkStart w:id='1' w:name='甲'/></w:p>",
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:drawing><wp:inline><a:p/></wp:inline></w:drawing></w:r></w:p></w:tc></w:tr></w:tbl>",
            "<w:p><w:r><w:t>乙</w:t><w:br w:type='page'/></w:r></w:p><w:sectPr/>"
        );
        let xml = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
        let scan = scan(&xml).unwrap();
        assert_eq!(scan.places.len(), 5);
        assert_eq!(scan.children.len(), 5);
        assert_eq!(scan.children[3], Child::Other);
        let [first, idle, kept, cell, last] = &scan.places[..] else { panic!() };
        assert_eq!(&xml[first.properties.clone().unwrap()], "<w:pPr><w:jc w:val='left'/></w:pPr>");
        assert_eq!(&xml[first.runs[0].properties.clone().unwrap()], "<w:rPr><w:b/></w:rPr>");
        assert!(first.said && !first.holds && !idle.holds && kept.holds);
        assert!(cell.cell && cell.tall);
        assert_eq!(last.breaks.len(), 1);
        assert!(!last.breaks[0].1);
        assert_eq!(scan.sections.len(), 1);
        assert_eq!(&xml[scan.end..scan.end + 4], "</w:");
    }

    #[test]
    fn what_is_malformed_or_has_no_prefix_is_none() {
        assert!(scan("<w:document xmlns:w='w'><w:body><w:p>").is_none());
        assert!(scan("<document xmlns='w'><body/></document>").is_none());
    }
}
