//! The page number (页码) of a header or a footer: where the field `PAGE` stands, and how.
//!
//! The walk over the text ([`body`](crate::office::body)) shows the result of a field, which is any number;
//! here the field itself is what is looked for, in the line that it stands in, in a text box or not.

use std::ops::Range;

use super::resolve::Resolver;
use super::set::Lines;
use crate::model::layout::{Align, PageNumber};
use crate::office::xml::{Element, Token, each};

/// Characters of the longest line that is a page number.
const LONGEST: usize = 24;

/// A line of a header or a footer.
#[derive(Debug, Default)]
pub struct Numbered {
    text: String,
    /// The bytes of its `w:pPr`, and of the number's `w:rPr`.
    paragraph: Range<usize>,
    letters: Option<Range<usize>>,
    /// The side that a text box or a tab puts it on.
    side: Option<String>,
    /// Tabs before the number.
    tabs: usize,
}

#[derive(Default)]
struct Walk {
    open: Vec<Numbered>,
    found: Option<Numbered>,
    /// A line that looks like a page number and has no field.
    typed: Option<Numbered>,
    /// Open fields: the code, whether the result has begun, whether it is a page number.
    fields: Vec<(String, bool)>,
    simple: usize,
    in_code: bool,
    in_text: bool,
    /// Where the properties begin that are open, and how deep.
    begun: Option<(usize, usize)>,
    run: Range<usize>,
    /// Where a text box stands, until its text begins.
    placed: Option<String>,
    in_position: bool,
    in_align: bool,
    depth: usize,
    /// How deep the element stands that is a field by itself.
    simple_at: Option<usize>,
}

/// Whether the code of a field is that of a page number.
fn is_page(code: &str) -> bool {
    code.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("PAGE"))
}

impl Walk {
    fn start(&mut self, e: Element<'_>, at: Range<usize>) {
        self.depth += 1;
        match e.name() {
            "p" => {
                let side = self.placed.take();
                self.open.push(Numbered { side, ..Numbered::default() });
            }
            "pPr" | "rPr" if self.begun.is_none() => self.begun = Some((at.start, self.depth)),
            "r" => self.run = 0..0,
            "instrText" => self.in_code = true,
            "t" => self.in_text = true,
            "tab" if self.begun.is_none() => {
                if let Some(line) = self.open.last_mut().filter(|line| line.letters.is_none()) {
                    line.tabs += 1;
                }
            }
            "ptab" => {
                if let Some(line) = self.open.last_mut().filter(|line| line.letters.is_none()) {
                    line.side = e.attribute("alignment");
                }
            }
            "fldSimple" if e.attribute("instr").is_some_and(|code| is_page(&code)) => {
                self.simple_at.get_or_insert(self.depth);
                self.simple += 1;
            }
            "fldChar" => self.field(e.attribute("fldCharType").as_deref()),
            "pgNum" => self.number(),
            "positionH" => self.in_position = true,
            "align" if self.in_position => self.in_align = true,
            "shape" | "rect" => {
                let style = e.attribute("style").unwrap_or_default();
                let side = style.split(';').find_map(|p| p.trim().strip_prefix("mso-position-horizontal:"));
                self.placed = side.map(str::to_owned).or(self.placed.take());
            }
            _ => {}
        }
    }

    /// The number stands here.
    fn number(&mut self) {
        let run = self.run.clone();
        if let Some(line) = self.open.last_mut() {
            line.text.push('#');
            line.letters.get_or_insert(run);
        }
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.fields.push((String::new(), false)),
            Some("separate") => {
                if let Some((code, result)) = self.fields.last_mut()
                    && !std::mem::replace(result, true)
                    && is_page(code)
                {
                    self.number();
                }
            }
            Some("end") => {
                if let Some((code, false)) = self.fields.pop()
                    && is_page(&code)
                {
                    self.number();
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, at: Range<usize>) {
        match name {
            "p" => self.close(),
            "pPr" | "rPr" => self.close_properties(name, at),
            "instrText" => self.in_code = false,
            "t" => self.in_text = false,
            "positionH" => self.in_position = false,
            "align" => self.in_align = false,
            "fldSimple" if self.simple_at == Some(self.depth) => {
                self.simple_at = None;
                self.simple = 0;
            }
            _ => {}
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// Properties end, unless they lie within others: a paragraph's hold those of its mark.
    fn close_properties(&mut self, name: &str, at: Range<usize>) {
        let Some((start, _)) = self.begun.take_if(|(_, depth)| *depth == self.depth) else { return };
        match self.open.last_mut() {
            Some(line) if name == "pPr" => line.paragraph = start..at.end,
            _ => self.run = start..at.end,
        }
    }

    fn text(&mut self, words: &str) {
        if self.in_code {
            if let Some((code, false)) = self.fields.last_mut() {
                code.push_str(words);
            }
            return;
        }
        if self.in_align {
            self.placed = Some(words.trim().to_owned());
            return;
        }
        if !self.in_text {
            return;
        }
        if self.simple > 0 {
            // The result of a field that is an element: the number once, whatever it shows.
            if self.open.last().is_some_and(|line| line.letters.is_none()) {
                self.number();
            }
            return;
        }
        let in_number = self.fields.iter().any(|(code, result)| *result && is_page(code));
        if let Some(line) = self.open.last_mut().filter(|_| !in_number) {
            line.text.push_str(words);
        }
    }

    fn close(&mut self) {
        let Some(line) = self.open.pop() else { return };
        let text = line.text.trim();
        if line.letters.is_some() {
            self.found.get_or_insert(line);
        } else if text.chars().any(|c| c.is_ascii_digit())
            && text.chars().count() <= LONGEST
            && (text.starts_with(['—', '–', '-', '－', '第'])
                || text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()))
        {
            self.typed.get_or_insert(line);
        }
    }
}

/// The page number of a header or a footer, if it has one; its looks are rows of the resolver's tables, which
/// are told beside it.
pub fn find(xml: &str, in_header: bool, resolver: &mut Resolver<'_>) -> Option<(PageNumber, usize)> {
    let mut walk = Walk::default();
    // Of a damaged part as much counts as can be read.
    let _ = each(xml, |token, at| match token {
        Token::Start(e) => walk.start(e, at),
        Token::End(name) => walk.end(name, at),
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => walk.text(&words),
    });
    while !walk.open.is_empty() {
        walk.close();
    }
    let typed = walk.found.is_none();
    let line = walk.found.or(walk.typed)?;
    let paragraph = xml.get(line.paragraph.clone()).unwrap_or_default();
    let (format, style) = resolver.paragraph(paragraph);
    let face = resolver.letters(style, xml.get(line.letters.clone().unwrap_or(0..0)).unwrap_or_default());
    let side = line.side.or_else(|| Lines::read(paragraph).frame);
    let align = match side.as_deref() {
        Some("center") => Some(Align::Centre),
        Some("right") => Some(Align::Right),
        Some("left") => Some(Align::Left),
        Some(_) => None,
        // A footer's tabs stand in the middle and on the right.
        None if line.tabs == 1 => Some(Align::Centre),
        None if line.tabs > 1 => Some(Align::Right),
        None => Some(resolver.format(format).align),
    };
    let outside = side.as_deref() == Some("outside");
    let text = line.text.trim().to_owned();
    Some((PageNumber { text, align, outside, in_header, typed, ..PageNumber::default() }, face))
}
