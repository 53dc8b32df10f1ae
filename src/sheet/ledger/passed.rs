//! Which rows between the records are none (不算记录的行): sums (小计), sections (一、工业项目), remarks (注：…).
//!
//! Sections may have sums of their own and sums may have no name, so a row is looked at as a whole: how
//! far its first cell reaches, whether it is counted where records are, whether all else are numbers.

use super::grid::Grid;
use super::heads::says_a_head;
use super::kind::{Plan, Read};
use super::regions::Region;
use super::shape::is_person;
use super::value::{is_number, is_remark, is_sum, says_nothing};
use crate::base::han::{heading_number, parse_numeral};
use crate::base::lexicon::ledger as lexicon;
use crate::sheet::heading::squeezed;

/// A table, as its rows are looked at.
pub struct Rows<'g, 's> {
    grid: &'g Grid<'s>,
    region: &'g Region,
    plan: &'g Plan,
    /// Whether records are counted 1, 2, 3 in a column of their own.
    are_counted: bool,
}

/// A row, as far as it is no record.
struct Row<'s> {
    first: &'s str,
    name: &'s str,
    number: &'s str,
    /// Whether its first cell reaches over several columns, as no record does.
    is_wide: bool,
    /// Whether there is only one cell, which does not go on with the record above.
    is_lonely: bool,
    /// Whether all behind the first cell are numbers.
    others_are_sums: bool,
    /// How many cells say something.
    told: usize,
}

impl<'g, 's> Rows<'g, 's> {
    pub fn of(grid: &'g Grid<'s>, region: &'g Region, plan: &'g Plan) -> Self {
        let digits = |text: &str| is_number(text.trim_matches(AROUND));
        let are_counted =
            plan.number.is_some_and(|column| region.rows.iter().any(|row| digits(grid.text((*row, column)))));
        Self { grid, region, plan, are_counted }
    }

    /// The cells that begin on a row and say something, its number left out.
    pub fn told(&self, row: u32) -> Vec<(u32, &'s str)> {
        let own = self.grid.own(row, &self.region.columns).into_iter();
        own.filter(|(column, text)| Some(*column) != self.plan.number && !says_nothing(text)).collect()
    }

    /// Whether a row that says something is no record.
    pub fn is_passed(&self, row: u32, told: &[(u32, &'s str)]) -> bool {
        let own = self.grid.own(row, &self.region.columns);
        let Some(looked) = self.look(row, told) else { return true };
        let first = own.first().map_or("", |(_, text)| *text);
        if [looked.first, looked.name, looked.number, first].into_iter().any(is_sum) {
            return true;
        }
        // A unit called 乡镇 or 县直单位 is the head of those below it.
        if self.plan.id == "units" && looked.others_are_sums && says_a_head(looked.name) {
            return true;
        }
        // 填报人：… 联系电话：… is one all over.
        if is_remark(first) && (looked.is_wide || told.iter().all(|(_, text)| is_remark(text)))
            || looked.is_wide && looked.others_are_sums
        {
            return true;
        }
        // One of whom nothing is known but the name.
        let is_group = |words: &str| lexicon::GROUPS.iter().any(|end| words.ends_with(end));
        if self.plan.id == "people" && !looked.is_wide && is_person(looked.name) && !is_group(looked.name) {
            return self.are_counted && looked.number.is_empty();
        }
        if self.are_counted { self.is_uncounted(&looked) } else { self.is_section(&looked, own.len()) }
    }

    fn look(&self, row: u32, told: &[(u32, &'s str)]) -> Option<Row<'s>> {
        let (column, first) = *told.first()?;
        let columns = &self.region.columns;
        let naming = self.plan.named();
        let named = naming.map(|named| named.column);
        let width = self.grid.width((row, column), columns);
        let reaches = self.region.is_wide(self.grid, (row, column));
        // One cell alone of a column that is read goes on with the record above, and so does one beside
        // what a merged cell brings down.
        let is_read = |f: &Read| f.column == column && Some(f.column) != named;
        let goes_on = !reaches && self.plan.fields.iter().any(is_read);
        let falls = |f: &Read| f.column != column && !says_nothing(self.grid.text((row, f.column)));
        Some(Row {
            first,
            name: naming
                .map_or(first, |named| self.grid.text(super::columns::at(self.grid, row, &named.over))),
            number: self.plan.number.map_or("", |column| self.grid.text((row, column))),
            is_wide: reaches && (width > 2 || width * 2 >= columns.len()),
            is_lonely: told.len() == 1 && !goes_on && (reaches || !self.plan.fields.iter().any(falls)),
            others_are_sums: told[1..].iter().all(|(_, text)| is_number(text)),
            told: told.len(),
        })
    }

    /// Whether a row is none of those that are counted.
    fn is_uncounted(&self, row: &Row<'_>) -> bool {
        // Of indicators also sections and parts have figures of their own.
        let has_parts = self.plan.id == "indicators";
        let plain = squeezed(row.number);
        let plain = plain.trim_matches(AROUND);
        // 一 | 工业项目 between rows that are counted 1, 2, 3.
        if parse_numeral(plain).is_some() && !is_number(plain) {
            return row.is_lonely || !has_parts;
        }
        let is_part = row.name.trim_start().starts_with("其中");
        let is_sum = row.others_are_sums && row.told > 1;
        row.number.is_empty()
            && (row.is_lonely || !has_parts && (heads_others(row.first) || is_part || is_sum))
    }

    /// Whether a row heads others, where none is counted. `own` is how many cells it has, be they empty
    /// strokes.
    fn is_section(&self, row: &Row<'_>, own: usize) -> bool {
        row.is_lonely && (heads_others(row.first) || self.plan.number.is_none() && own == 1)
            || counts(row.first) && row.others_are_sums
    }
}

/// What may stand round a number.
const AROUND: &[char] = &['（', '）', '(', ')', '、', '.', '．', ' '];

/// Whether words head a section: 一、工业, （二）水利, or 工业项目（12个）.
fn heads_others(words: &str) -> bool {
    heading_number(words).is_some_and(|(level, ..)| level < 3) || counts(words)
}

/// Whether words count what follows: 工业项目（12个）.
fn counts(words: &str) -> bool {
    let squeezed = squeezed(words);
    let Some(inner) = squeezed.strip_suffix(['）', ')']) else { return false };
    let Some(at) = inner.rfind(['（', '(']) else { return false };
    let inner = inner[at..].trim_start_matches(['（', '(', '共', '计']);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < inner.len() && ["个", "项", "条", "件", "人", "家"].contains(&rest)
}
