//! Changed words in an .odt as tracked changes (修订): what went stands in `text:tracked-changes` and is marked
//! where it stood, what came stands between its two marks.
//!
//! What goes keeps the style of its paragraph and all spans round it, so that refusing a change gives what was
//! there. An insertion that somebody else has not yet accepted is left to her.

use std::ops::Range;

use super::comment::{declarations, free};
use super::edit::{rewritten, words};
use super::file::unsafe_change;
use crate::base::{Result, han::Date};
use crate::office::body::NodeKind;
use crate::office::edit::{Put, pending};
use crate::office::own::AUTHOR;
use crate::office::splice::Splices;
use crate::office::xml::{Element, Token, each};

/// The same as [`apply`](super::apply), but the old words are deleted and the new ones put in by the program on this
/// day as tracked changes.
///
/// # Errors
/// As [`apply`](super::apply), and where words stand in somebody else's insertion that is not yet accepted.
pub fn track(bytes: &[u8], edits: &[(Range<usize>, String)], date: Option<Date>) -> Result<Vec<u8>> {
    rewritten(bytes, edits, |xml, puts| {
        let found = Found::of(xml).ok_or_else(unsafe_change)?;
        let puts = merged(puts);
        if puts.iter().any(|put| found.theirs.iter().any(|r| r.start < put.cut.end && put.cut.start < r.end))
        {
            return Err(pending().into());
        }
        tracked(xml, &found, &puts, date)
            .and_then(|splices| splices.apply(xml))
            .ok_or_else(|| unsafe_change().into())
    })
}

/// What goes on where the one before ended is one change with it.
fn merged<'e>(puts: &[Put<'e>]) -> Vec<Put<'e>> {
    let mut merged: Vec<Put<'e>> = Vec::new();
    for put in puts {
        match merged.last_mut() {
            Some(last) if put.follows && last.cut.end == put.cut.start => last.cut.end = put.cut.end,
            _ => merged.push(put.clone()),
        }
    }
    merged
}

fn tracked(xml: &str, found: &Found, puts: &[Put<'_>], date: Option<Date>) -> Option<Splices> {
    let declared = declarations(xml)?;
    let info = info(date);
    let mut ids = free(xml, "wengao-c");
    let (mut regions, mut splices) = (String::new(), Splices::default());
    let mut region = |id: &str, what: &str, inside: &str| {
        regions += &format!(
            "<text:changed-region{declared} xml:id=\"{id}\" text:id=\"{id}\"><text:{what}>{info}{inside}</text:{what}></text:changed-region>"
        );
    };
    for put in puts {
        if put.kind == NodeKind::Cdata {
            return None;
        }
        let mut mark = String::new();
        if !put.cut.is_empty() {
            let id = ids.next()?;
            region(&id, "deletion", &found.gone(xml, &put.cut)?);
            mark += &format!("<text:change{declared} text:change-id=\"{id}\"/>");
        }
        if !put.new.is_empty() {
            let id = ids.next()?;
            region(&id, "insertion", "");
            let new = words(put.new);
            mark += &format!(
                "<text:change-start{declared} text:change-id=\"{id}\"/>{new}<text:change-end{declared} text:change-id=\"{id}\"/>"
            );
        }
        splices.replace(put.cut.clone(), mark);
    }
    let (place, is_empty) = found.changes.clone()?;
    splices.replace(
        place.clone(),
        match (place.is_empty(), is_empty) {
            (true, true) => format!("<text:tracked-changes{declared}>{regions}</text:tracked-changes>"),
            (true, false) => regions,
            // `<text:tracked-changes/>`: the tag has to be opened first.
            (false, _) => {
                let tag = xml.get(place)?.trim_end_matches('>').trim_end_matches('/').trim_end();
                format!("{tag}>{regions}</text:tracked-changes>")
            }
        },
    );
    Some(splices)
}

/// Whose a change is, and of which day.
fn info(date: Option<Date>) -> String {
    let date = date.and_then(|d| Some((d.year, d.month?, d.day?)));
    let date = date.map_or(String::new(), |(year, month, day)| {
        format!("<dc:date>{year:04}-{month:02}-{day:02}T00:00:00</dc:date>")
    });
    format!("<office:change-info><dc:creator>{AUTHOR}</dc:creator>{date}</office:change-info>")
}

/// What of a part matters to tracked changes.
#[derive(Default)]
struct Found {
    /// Where those of the document stand, or would; whether there are none.
    changes: Option<(Range<usize>, bool)>,
    /// Paragraphs and spans, in the order in which they begin: the start tag and the end; whether it is a paragraph.
    around: Vec<(Range<usize>, usize, bool)>,
    /// Insertions that are not yet accepted.
    theirs: Vec<Range<usize>>,
    open: Vec<Option<usize>>,
    begun: Vec<(String, usize)>,
    in_text: bool,
}

impl Found {
    fn of(xml: &str) -> Option<Self> {
        let mut found = Self::default();
        let sound = each(xml, |token, at| match token {
            Token::Start(e) => found.start(e, at, xml),
            Token::End(name) => found.end(name, &at),
            _ => {}
        });
        sound.then_some(found)
    }

    fn start(&mut self, e: Element<'_>, at: Range<usize>, xml: &str) {
        let name = e.name();
        let mut kept = None;
        match name {
            _ if e.qualified() == "office:text" => {
                self.in_text = true;
                self.changes = Some((at.end..at.end, true));
            }
            "tracked-changes" if self.in_text => {
                let empty = xml.get(at.clone()).is_some_and(|tag| tag.ends_with("/>"));
                self.changes = Some((if empty { at } else { at.end..at.end }, false));
            }
            "p" | "h" | "span" => {
                kept = Some(self.around.len());
                self.around.push((at, usize::MAX, name != "span"));
            }
            "change-start" => {
                self.begun.push((e.attribute("change-id").unwrap_or_default(), at.end));
            }
            "change-end" => {
                let id = e.attribute("change-id").unwrap_or_default();
                if let Some(place) = self.begun.iter().position(|(begun, _)| *begun == id) {
                    let (_, start) = self.begun.remove(place);
                    self.theirs.push(start..at.start);
                }
            }
            _ => {}
        }
        self.open.push(kept);
    }

    fn end(&mut self, name: &str, at: &Range<usize>) {
        // Forms stand before the changes.
        if name == "forms"
            && let Some((place, true)) = &mut self.changes
            && self.around.is_empty()
        {
            *place = at.end..at.end;
        }
        if let Some(Some(index)) = self.open.pop() {
            self.around[index].1 = at.start;
        }
    }

    /// What goes, as a paragraph of its own in the format that it has.
    fn gone(&self, xml: &str, cut: &Range<usize>) -> Option<String> {
        let begun = self.around.partition_point(|(open, ..)| open.end <= cut.start);
        let mut spans = Vec::new();
        for (open, _, is_paragraph) in self.around[..begun].iter().rev().filter(|(_, end, _)| *end >= cut.end)
        {
            let tag = xml.get(open.clone())?;
            if !is_paragraph {
                spans.push(tag);
                continue;
            }
            // Its style, and nothing that may stand there once only, as an id.
            let style = tag.split_whitespace().find(|part| part.starts_with("text:style-name="));
            let style = style.map_or(String::new(), |style| {
                format!(" {}", style.trim_end_matches('>').trim_end_matches('/'))
            });
            let closes = "</text:span>".repeat(spans.len());
            let opens: String = spans.iter().rev().copied().collect();
            let words = edged(xml.get(cut.clone())?);
            return Some(format!("<text:p{style}>{opens}{words}{closes}</text:p>"));
        }
        None
    }
}

/// Words with the blanks at their edges as elements, which would be lost at those of a paragraph.
fn edged(words: &str) -> String {
    let (mut words, mut before, mut behind) = (words, "", "");
    if let Some(rest) = words.strip_prefix([' ', '\n', '\t', '\r']) {
        (words, before) = (rest, "<text:s/>");
    }
    if let Some(rest) = words.strip_suffix([' ', '\n', '\t', '\r']) {
        (words, behind) = (rest, "<text:s/>");
    }
    [before, words, behind].concat()
}
