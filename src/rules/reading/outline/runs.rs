//! Which marks number siblings: each is put into a run as it is met.

use super::{Mark, Outline, Run, Shape};

/// Where a mark belongs.
enum Place {
    /// In this run, open or closed.
    In(usize),
    /// In a new run beneath so many open ones.
    New { beneath: usize, continues: bool },
}

/// For each mark, the next of its form and standing.
fn following(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut next = vec![[None; 2]; Shape::First as usize + 1];
    let mut found = vec![None; marks.len()];
    for (index, mark) in marks.iter().enumerate().rev() {
        let slot = &mut next[mark.shape as usize][usize::from(mark.lead)];
        found[index] = *slot;
        *slot = Some(index);
    }
    found
}

/// The last run of each form, within lines and at the head of them.
type LastRuns = Vec<[Option<usize>; 2]>;

impl Outline {
    /// Puts the marks into runs.
    pub(super) fn build(&mut self, marks: Vec<Mark>) {
        let following = following(&marks);
        let mut open: Vec<usize> = Vec::new();
        let mut last: LastRuns = vec![[None; 2]; Shape::First as usize + 1];
        let mut breaks = self.breaks.iter().peekable();
        for (index, mark) in marks.iter().enumerate() {
            let mut anew = false;
            while breaks.next_if(|&&b| b <= mark.range.start).is_some() {
                anew = true;
            }
            if anew {
                open.clear();
                last.fill([None; 2]);
            }
            let next = following[index].map(|i| &marks[i]);
            let meeting = Meeting { outline: self, mark, next, open: &open, last: &last };
            let Some(place) = meeting.place() else { continue };
            let run = match place {
                Place::In(run) => {
                    match open.iter().position(|&r| r == run) {
                        Some(depth) => open.truncate(depth + 1),
                        None => {
                            self.close_to(&mut open, self.runs[run].parent);
                            open.push(run);
                        }
                    }
                    run
                }
                Place::New { beneath, continues } => {
                    open.truncate(beneath);
                    let parent = open.last().and_then(|&r| self.runs[r].items.last().copied());
                    self.runs.push(Run { items: Vec::new(), parent, continues });
                    open.push(self.runs.len() - 1);
                    self.runs.len() - 1
                }
            };
            self.runs[run].items.push(self.marks.len());
            last[mark.shape as usize][usize::from(mark.lead)] = Some(run);
            self.run_of.push(run);
            self.marks.push(mark.clone());
        }
    }

    /// Closes what stands beneath the run of `parent`.
    fn close_to(&self, open: &mut Vec<usize>, parent: Option<usize>) {
        let depth =
            parent.and_then(|p| open.iter().position(|&r| r == self.run_of[p])).map_or(0, |depth| depth + 1);
        open.truncate(depth);
    }
}

/// A mark, and the runs as they stand when it is met.
struct Meeting<'o> {
    outline: &'o Outline,
    mark: &'o Mark,
    /// The next mark of its form and standing.
    next: Option<&'o Mark>,
    /// The runs that are open, each beneath the one before it.
    open: &'o [usize],
    last: &'o LastRuns,
}

impl Meeting<'_> {
    /// Where the mark belongs; `None` if it is none.
    fn place(&self) -> Option<Place> {
        let first = self.mark.value == 1;
        if !self.mark.paused {
            // 主要一是…，还有二是…: believed only where it fits.
            let here = |run: usize| self.tail(run).is_some_and(|t| t.block == self.mark.block);
            if !first {
                return self.due().filter(|&r| here(r)).map(Place::In);
            }
            if self.sibling(false, here).is_some() || self.sibling(true, here).is_some() {
                return None;
            }
        }
        Some(if first { self.beginning() } else { self.going_on() })
    }

    /// Where a mark belongs that says 1.
    fn beginning(&self) -> Place {
        let like = self.open.iter().rposition(|&r| self.is_like(r, self.mark.lead));
        let Some(depth) = like else {
            return Place::New { beneath: self.beneath(), continues: false };
        };
        let run = self.open[depth];
        // One wrong number in a run that goes on as if it were right: 一、二、一、四、.
        let slip = self.is_near(run)
            && self.tail(run).zip(self.next).is_some_and(|(t, n)| t.value > 1 && n.value == t.value + 2);
        if slip { Place::In(run) } else { Place::New { beneath: depth, continues: false } }
    }

    /// Where a mark belongs that says 2 or more.
    fn going_on(&self) -> Place {
        let prose = self.mark.shape.is_prose();
        let joined = self.due().or_else(|| self.reopened()).or_else(|| self.mixed().filter(|_| prose));
        if let Some(run) = joined {
            return Place::In(run);
        }
        let alike = self.sibling(self.mark.lead, |_| true);
        if !prose && alike.is_none() && self.counts_on() {
            return Place::New { beneath: self.beneath(), continues: true };
        }
        // A number that is not due: one rule will say so.
        match alike.filter(|&run| self.is_near(run) || !prose && self.mark.lead) {
            Some(run) => Place::In(run),
            None => Place::New { beneath: self.beneath(), continues: false },
        }
    }

    /// The open run of the mark's form of which it is the next number.
    fn due(&self) -> Option<usize> {
        let lead = self.mark.lead;
        let goes_on = |run| self.goes_on(run);
        self.sibling(lead, goes_on).or_else(|| self.sibling(!lead, goes_on))
    }

    /// A run that was closed by something between two of its marks, beneath the same parent.
    fn reopened(&self) -> Option<usize> {
        let runs = &self.outline.runs;
        let current = |run: usize| match runs[run].parent {
            None => true,
            Some(parent) => self.open.iter().any(|&r| runs[r].items.last() == Some(&parent)),
        };
        self.closed().find(|&r| self.goes_on(r) && current(r))
    }

    /// 一要…二要…三是…: a run of another form of prose that goes on.
    fn mixed(&self) -> Option<usize> {
        let fits = |t: &Mark| t.shape.is_prose() && (t.lead == self.mark.lead || t.block == self.mark.block);
        self.open
            .iter()
            .rev()
            .copied()
            .find(|&r| self.goes_on(r) && self.is_near(r) && self.tail(r).is_some_and(fits))
    }

    /// Whether it goes on counting where a run beneath another parent stopped.
    fn counts_on(&self) -> bool {
        let run = self.closed().find(|&r| self.goes_on(r));
        run.and_then(|r| self.tail(r)).is_some_and(|t| t.lead == self.mark.lead)
    }

    /// The last runs of the mark's form, those of its standing first.
    fn closed(&self) -> impl Iterator<Item = usize> {
        let last = self.last[self.mark.shape as usize];
        [last[usize::from(self.mark.lead)], last[usize::from(!self.mark.lead)]].into_iter().flatten()
    }

    /// The innermost open run of the mark's form and of this standing that passes the test.
    fn sibling(&self, lead: bool, test: impl Fn(usize) -> bool) -> Option<usize> {
        self.open.iter().rev().copied().find(|&r| self.is_like(r, lead) && test(r))
    }

    /// The last mark of a run.
    fn tail(&self, run: usize) -> Option<&Mark> {
        self.outline.runs[run].items.last().and_then(|&i| self.outline.marks.get(i))
    }

    /// Whether the mark's number is the next of a run.
    fn goes_on(&self, run: usize) -> bool {
        self.tail(run).is_some_and(|t| t.value + 1 == self.mark.value)
    }

    /// Whether a run is of the mark's form and of this standing.
    fn is_like(&self, run: usize, lead: bool) -> bool {
        self.tail(run).is_some_and(|t| t.shape == self.mark.shape && t.lead == lead)
    }

    /// Whether a run is of the mark's own block, or both number lines.
    fn is_near(&self, run: usize) -> bool {
        self.tail(run).is_some_and(|t| t.block == self.mark.block || t.lead && self.mark.lead)
    }

    /// How many open runs stand above a new run that the mark opens: a heading closes what ranks
    /// below it, prose nothing.
    fn beneath(&self) -> usize {
        let mark = self.mark;
        let closes = |t: &Mark| {
            if mark.shape.is_prose() || !mark.lead {
                // What ran within another paragraph is over.
                return !t.lead && t.block != mark.block;
            }
            // （1） may stand beneath 一是, but 一、 and （一） do not.
            let below = if t.shape.is_prose() { mark.shape <= Shape::HanParen } else { t.shape > mark.shape };
            !t.lead || below
        };
        let first = self.open.iter().position(|&r| self.tail(r).is_some_and(closes));
        first.unwrap_or(self.open.len())
    }
}
