//! Where the text of a part stands in its XML: hosts, units, and the two copies of a text box.
//!
//! [`walk`](super::walk) tells where elements begin and end; what they mean is its business.

use std::ops::Range;

use super::paragraph::{Host, Unit};

/// What has been kept so far.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// See [`Host`].
    pub hosts: Vec<Host>,
    /// See [`Unit`].
    pub units: Vec<Unit>,
    /// Alternative contents: the one that was read, and one that was not.
    pub twins: Vec<(Range<usize>, Range<usize>)>,
    /// The start tag of the last `w:t`.
    pub text: Range<usize>,
    /// How deep the open host stands; it is the last one.
    host: Option<usize>,
    /// Whether a unit of it is open; it is the last one.
    in_unit: bool,
    /// The alternative that was taken last.
    taken: Range<usize>,
    /// Where the alternative starts that is being left out.
    left_out: Option<usize>,
}

/// An element that begins where text may stand.
pub(super) struct Opened<'e> {
    pub name: &'e str,
    /// The bytes of its start tag.
    pub at: Range<usize>,
    /// How many elements are open around it.
    pub depth: usize,
    /// Whether it is a paragraph's own child, for all that matters.
    pub in_paragraph: bool,
    /// Whether it is a `w:t`.
    pub is_text: bool,
}

impl Places {
    /// The unit that is open, an index.
    pub fn unit(&self) -> Option<usize> {
        self.in_unit.then(|| self.units.len() - 1)
    }

    /// The last unit that begins before a byte.
    pub fn unit_before(&self, byte: usize) -> Option<usize> {
        self.units.iter().rposition(|unit| unit.range.start <= byte)
    }

    /// An element begins.
    pub fn open(&mut self, element: &Opened<'_>) {
        let Opened { name, at, depth, in_paragraph, is_text } = element;
        if *is_text {
            self.text = at.clone();
        }
        let in_run = matches!(self.hosts.last(), Some(Host { properties: Some(_), .. }));
        match self.host {
            None if *in_paragraph => {
                let run = *name == "r";
                let whole = ["oMath", "oMathPara", "AlternateContent", "drawing", "pict", "object"];
                if run || whole.contains(name) {
                    self.open_host(at.clone(), *depth, run);
                }
            }
            Some(host) if *depth == host + 1 && in_run && *name != "rPr" => {
                let host = self.hosts.len() - 1;
                self.units.push(Unit { host, range: at.clone(), close: at.clone(), text: *is_text });
                self.in_unit = true;
            }
            _ => {}
        }
    }

    /// A host begins; what is no run is one unit.
    fn open_host(&mut self, open: Range<usize>, depth: usize, run: bool) {
        self.host = Some(depth);
        self.in_unit = !run;
        let properties = run.then_some(open.end..open.end);
        self.hosts.push(Host { range: open.clone(), close: open.clone(), properties, open: open.clone() });
        if !run {
            let host = self.hosts.len() - 1;
            self.units.push(Unit { host, range: open.clone(), close: open, text: false });
        }
    }

    /// An element around which `depth` others are open ends with the tag `at`.
    pub fn close(&mut self, at: Range<usize>, depth: usize) {
        let (Some(host_depth), Some(host)) = (self.host, self.hosts.last_mut()) else { return };
        let whole = host.properties.is_none();
        let closes_unit = self.in_unit && depth == host_depth + usize::from(!whole);
        if closes_unit && let Some(unit) = self.units.last_mut() {
            (unit.range.end, unit.close) = (at.end, at.clone());
            self.in_unit = false;
        } else if depth == host_depth + 1
            && let Some(properties) = &mut host.properties
        {
            properties.end = at.end;
        }
        if depth == host_depth {
            (host.range.end, host.close) = (at.end, at);
            self.host = None;
        }
    }

    /// The element that began at `start`, `depth` deep, is to be kept whole: it becomes the host.
    pub fn keep_whole(&mut self, start: usize, depth: usize) {
        if self.host.is_none() {
            self.open_host(start..start, depth, false);
        }
    }

    /// An alternative was read.
    pub fn take(&mut self, at: Range<usize>) {
        self.taken = at;
    }

    /// Another one begins that will not be.
    pub fn leave_out_from(&mut self, start: usize) {
        self.left_out = Some(start);
    }

    /// What is left out ends.
    pub fn leave_out_to(&mut self, end: usize) {
        if let Some(start) = self.left_out.take() {
            self.twins.push((self.taken.clone(), start..end));
        }
    }
}
