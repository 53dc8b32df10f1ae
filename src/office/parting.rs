//! Where a run is parted in two (断开处), so that a mark may stand between its words.
//!
//! Comments and tracked changes begin and end anywhere in a text, and neither may stand within a run. What
//! ends the run before them and opens it again behind them, format and all, is told here.

use std::ops::Range;

use super::splice::keeping_spaces;

/// A place between two runs, or one at which a run has to be parted.
#[derive(Debug)]
pub(super) struct Point {
    pub at: usize,
    /// What ends the run before and opens it after, if it has to be parted there.
    pub cut: Option<(String, String)>,
    /// The start tag of a `w:t` that has to keep its spaces from now on.
    pub keep_spaces: Option<Range<usize>>,
}

impl Point {
    pub(super) const fn between(at: usize) -> Self {
        Self { at, cut: None, keep_spaces: None }
    }
}

/// A child of a run, by its bytes in the XML.
#[derive(Debug)]
pub(super) struct Child {
    /// From the run's start tag to the end of its properties.
    pub head: Range<usize>,
    /// The run's end tag.
    pub close: Range<usize>,
    /// The child.
    pub unit: Range<usize>,
    /// Start and end tag of a `w:t`.
    pub text: Option<(Range<usize>, Range<usize>)>,
    /// The words, if they stand in CDATA.
    pub cdata: Option<Range<usize>>,
}

impl Child {
    /// Where what begins at this byte of the child begins.
    pub(super) fn start(&self, xml: &str, at: usize) -> Option<Point> {
        match &self.text {
            Some((open, _)) if at > open.end => self.within(xml, at),
            _ if xml.get(self.head.end..self.unit.start)?.trim().is_empty() => {
                Some(Point::between(self.head.start))
            }
            _ => self.beside(xml, self.unit.start),
        }
    }

    /// Where what ends at this byte of the child ends.
    pub(super) fn end(&self, xml: &str, at: usize) -> Option<Point> {
        match &self.text {
            Some((_, close)) if at < close.start => self.within(xml, at),
            _ if xml.get(self.unit.end..self.close.start)?.trim().is_empty() => {
                Some(Point::between(self.close.end))
            }
            _ => self.beside(xml, self.unit.end),
        }
    }

    /// Whether a byte lies between the brackets of CDATA.
    pub(super) fn in_cdata(&self, at: usize) -> bool {
        self.cdata.as_ref().is_some_and(|words| words.start < at && at < words.end)
    }

    /// Between two children of the run.
    fn beside(&self, xml: &str, at: usize) -> Option<Point> {
        let cut = (xml.get(self.close.clone())?.to_owned(), xml.get(self.head.clone())?.to_owned());
        Some(Point { at, cut: Some(cut), keep_spaces: None })
    }

    /// Within a `w:t`.
    fn within(&self, xml: &str, at: usize) -> Option<Point> {
        let (open, close) = self.text.clone()?;
        let (close_run, open_run) = self.beside(xml, at)?.cut?;
        let (stop, go) = if self.in_cdata(at) { ("]]>", "<![CDATA[") } else { ("", "") };
        let left = [stop, xml.get(close)?, &close_run].concat();
        let right = [&*open_run, &keeping_spaces(xml.get(open.clone())?), go].concat();
        let spaces = xml.get(..at)?.ends_with(|c: char| c.is_ascii_whitespace());
        Some(Point { at, cut: Some((left, right)), keep_spaces: spaces.then_some(open) })
    }
}
