//! 措施: what secures the work, as the part about it lists it.

use super::page::{Page, POINT};
use super::sense::Sense;
use super::split::{bare, points_of, sentences};
use super::task::{point, without_brackets};
use super::{Found, Kind};

/// The measures of a paper.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, line) in page.lines.iter().enumerate() {
        if line.cell || line.sense != Some(Sense::Measures) {
            continue;
        }
        let own = line.by == Some(index);
        if !own && line.level.is_some() && line.above == line.by && !line.head.is_empty() {
            let mut one = Found::named(Kind::Measure, page, &without_brackets(page.text, &bare(page.text, &line.head)));
            let mut said = sentences(page.text, &line.body);
            if line.body.is_empty() {
                let below = page.lines.iter().skip(index + 1).take_while(|l| l.above == Some(index));
                said = below.filter(|l| l.level.is_none()).flat_map(|l| sentences(page.text, &l.range)).collect();
            }
            for sentence in said {
                one.say(page, "detail", &sentence);
            }
            found.push(one);
        } else if own || line.level.is_none() && line.above == line.by {
            for listed in points_of(page.text, line) {
                let (name, detail) = point(page, &listed);
                let mut one = Found::named(Kind::Measure, page, &name);
                detail.iter().for_each(|d| one.say(page, "detail", d));
                found.push(one);
            }
        } else if line.level == Some(POINT) && line.above == line.by {
            let (name, detail) = point(page, &line.body);
            let mut one = Found::named(Kind::Measure, page, &name);
            detail.iter().for_each(|d| one.say(page, "detail", d));
            found.push(one);
        }
    }
    found
}
