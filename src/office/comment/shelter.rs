//! Where a comment's reference must not stand: within a field, and in the first paragraph of a
//! content control that holds paragraphs.
//!
//! Word is content with it anywhere. LibreOffice fills fields anew and turns such a control into
//! one of characters, and on the way prints the comment among the words of the field, or loses the
//! words before it. So the marks of the range stay on their words and only the reference, which
//! shows nothing, goes to the next place outside. Links made by fields and tables of contents
//! (`w:docPartObj`) come to no harm and keep theirs.

use std::ops::Range;

use crate::office::xml::{Element, Token, each};

/// The stretches of a part in which no reference should stand.
#[derive(Debug, Default)]
pub(super) struct Shelters(Vec<(Range<usize>, usize)>);

impl Shelters {
    /// Those of this XML; none if it is malformed.
    pub(super) fn of(xml: &str) -> Self {
        let mut walk = Walk { xml, ..Walk::default() };
        let sound = each(xml, |token, at| match token {
            Token::Start(e) => walk.start(e, at),
            Token::End(name) => walk.end(name, at),
            _ => {}
        });
        if sound { Self(walk.found) } else { Self::default() }
    }

    /// Where the reference goes that would stand at this byte.
    pub(super) fn out_of(&self, mut at: usize) -> usize {
        // Every step leads on, so there are no more steps than stretches.
        while let Some((_, to)) = self.0.iter().find(|(r, to)| r.start < at && at < r.end && *to > at) {
            at = *to;
        }
        at
    }
}

#[derive(Default)]
struct Walk<'x> {
    xml: &'x str,
    found: Vec<(Range<usize>, usize)>,
    /// Elements of a drawing, where `p` and `r` are of another language.
    drawing: usize,
    /// The start of each open paragraph and run, and of each open `w:fldSimple`.
    paragraphs: Vec<usize>,
    runs: Vec<usize>,
    simple: Vec<usize>,
    /// Open fields: the start of the first run, and that of the paragraph.
    fields: Vec<(usize, Option<usize>)>,
    /// A field that ends with the run at hand.
    ended: Option<(usize, Option<usize>)>,
    /// A control has begun and its first paragraph has not.
    control: bool,
    /// The first paragraph of a control, by its start.
    first: Option<usize>,
    /// First paragraphs that wait for the next one.
    waiting: Vec<Range<usize>>,
    /// The end of the start tag of that one, until it is known whether properties follow.
    next: Option<usize>,
    /// Its open properties; they may hold what they were before a change.
    properties: usize,
}

impl Walk<'_> {
    fn start(&mut self, e: Element<'_>, at: Range<usize>) {
        let name = e.name();
        if self.drawing > 0 || matches!(name, "drawing" | "pict" | "object") {
            self.drawing += 1;
            return;
        }
        if let Some(place) = self.next.take() {
            if name == "pPr" {
                self.properties = 1;
                return;
            }
            self.settle(place);
        } else if self.properties > 0 {
            self.properties += usize::from(name == "pPr");
            return;
        }
        match name {
            "sdt" if self.paragraphs.is_empty() => self.control = true,
            "docPartObj" | "docPartList" => self.control = false,
            "p" => {
                let first = std::mem::take(&mut self.control);
                let empty = self.xml.get(at.clone()).is_some_and(|tag| tag.ends_with("/>"));
                if first {
                    self.first = Some(at.start);
                } else if !empty && !self.waiting.is_empty() {
                    self.next = Some(at.end);
                }
                self.paragraphs.push(at.start);
            }
            "r" => self.runs.push(at.start),
            "fldSimple" => self.simple.push(at.start),
            "fldChar" => match e.attribute("fldCharType").as_deref() {
                Some("begin") => {
                    let run = self.runs.last().copied().unwrap_or(at.start);
                    self.fields.push((run, self.paragraphs.last().copied()));
                }
                Some("end") => self.ended = self.fields.pop(),
                _ => {}
            },
            _ => {}
        }
    }

    fn end(&mut self, name: &str, at: Range<usize>) {
        if self.drawing > 0 {
            self.drawing -= 1;
            return;
        }
        match name {
            "pPr" if self.properties > 0 => {
                self.properties -= 1;
                if self.properties == 0 {
                    self.settle(at.end);
                }
            }
            "p" => {
                if let Some(place) = self.next.take() {
                    self.settle(place);
                }
                let start = self.paragraphs.pop();
                if start.is_some() && start == self.first {
                    self.first = None;
                    self.waiting.extend(start.map(|s| s..at.end));
                }
            }
            "r" => {
                self.runs.pop();
                if let Some((start, paragraph)) = self.ended.take()
                    && paragraph == self.paragraphs.last().copied()
                    && !self.xml.get(start..at.end).is_some_and(|field| field.contains("HYPERLINK"))
                {
                    self.found.push((start..at.end, at.end));
                }
            }
            "fldSimple" => {
                if let Some(start) = self.simple.pop() {
                    self.found.push((start..at.end, at.end));
                }
            }
            _ => {}
        }
    }

    fn settle(&mut self, place: usize) {
        self.found.extend(self.waiting.drain(..).map(|range| (range, place)));
    }
}
