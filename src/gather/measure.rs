//! 措施: what secures the work, as the part about it lists it, with who is in charge of it.

use std::ops::Range;

use super::charge::{Charge, charge};
use super::page::{Line, POINT, Page};
use super::sense::Sense;
use super::split::{bare, points_of};
use super::task::{details, point, without_brackets};
use super::{Found, Kind};

/// The measures of a paper.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, line) in page.lines.iter().enumerate() {
        if line.cell || line.title || line.sense != Some(Sense::Measures) {
            continue;
        }
        let own = line.by == Some(index);
        let under = line.above == line.by;
        if !own && line.level.is_some_and(|l| l < POINT) && under && !line.head.is_empty() {
            found.push(headed(page, index, line));
        } else if own || under && (line.level.is_none() || line.level == Some(POINT)) {
            let listed = points_of(page.text, line);
            let single = (listed.is_empty() && line.level == Some(POINT) && !own).then(|| line.body.clone());
            for range in listed.into_iter().chain(single) {
                let (name, detail) = point(page, &range);
                let mut one = Found::named(Kind::Measure, page, &name);
                detail.iter().for_each(|d| one.say(page, "detail", d));
                found.push(one);
            }
        }
    }
    found
}

/// A heading with what stands in its line or below it.
fn headed(page: &Page<'_>, index: usize, line: &Line) -> Found {
    let mut one =
        Found::named(Kind::Measure, page, &without_brackets(page.text, &bare(page.text, &line.head)));
    let plain: Vec<Range<usize>> =
        page.under(index).filter(|l| l.level.is_none() && !l.cell).map(|l| l.range.clone()).collect();
    let said = if line.body.is_empty() { plain } else { vec![line.body.clone()] };
    for sentence in said.iter().flat_map(|r| details(page.text, r)) {
        one.say(page, "detail", &sentence);
    }
    let in_charge = std::iter::once(&line.range).chain(&said).find_map(|r| charge(page, r));
    if let Some(Charge { owner, due, .. }) = in_charge {
        if let Some(owner) = owner {
            one.say(page, "owner", &owner);
        }
        if let Some(due) = due {
            one.say(page, "due", &due);
        }
    }
    one
}
