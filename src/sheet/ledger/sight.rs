//! A table as each list looks at it (看表): what stands in its columns, and what was said of it.

use super::columns::{self, Column};
use super::grid::Grid;
use super::heads::{Head, Sense};
use super::mapping::{HeadSaid, TableSaid};
use super::regions::Region;
use super::value::{is_ditto, is_sum, measure, narrow, says_nothing};
use crate::base::lexicon::ledger as lexicon;
use crate::sheet::key::List;

/// What a person said of a table, and what its surroundings say.
pub struct Asked<'a> {
    /// The name of the sheet, or of the file.
    pub name: &'a str,
    /// The list that was named where the file was.
    pub forced: Option<&'a List>,
    /// What the mapping says of the table.
    pub said: Option<&'a TableSaid>,
    /// What the mapping says of a head.
    pub of_heads: &'a dyn Fn(&Head) -> Option<HeadSaid>,
}

/// A table as each list looks at it: what stands in its columns, and what was said of their heads.
pub struct Sight<'a, 's> {
    pub grid: &'a Grid<'s>,
    pub region: &'a Region,
    pub columns: &'a [Column],
    /// The name of the sheet, or of the file.
    pub name: &'a str,
    /// What stands in each column.
    pub values: Vec<Vec<&'s str>>,
    /// What the head of each may mean.
    pub senses: Vec<Vec<Sense>>,
    /// What the mapping says of the head of each.
    pub said: Vec<Option<HeadSaid>>,
    /// Whether the mapping says what the table is.
    pub is_said: bool,
    /// The columns of units of measure.
    pub measures: Vec<u32>,
    /// The latest year that heads or title speak of.
    pub year: Option<u16>,
    /// The last month that heads of that year speak of, or of none.
    pub month: Option<u8>,
    /// Whether times of the day stand in one of its columns.
    pub has_clock: bool,
}

impl<'a, 's> Sight<'a, 's> {
    pub fn of(grid: &'a Grid<'s>, region: &'a Region, columns: &'a [Column], asked: &Asked<'a>) -> Self {
        let values: Vec<Vec<&str>> = columns.iter().map(|c| sample(grid, region, &c.over)).collect();
        let is_measure = |(c, values): &(&Column, &Vec<&str>)| {
            c.head.is_one_of(lexicon::UNIT) && !values.is_empty() && are_measures(values)
        };
        let all_clocks = |values: &Vec<&str>| !values.is_empty() && values.iter().all(|v| is_clock(v));
        // 2026年目标 beside 2025年 and 2024年 is a year to come.
        let years = columns.iter().filter(|c| !c.head.is_aim()).filter_map(|c| c.head.year());
        let year = region.year(&years.collect::<Vec<_>>());
        let of_year = columns.iter().filter(|c| c.head.year().is_none() || c.head.year() == year);
        Self {
            grid,
            region,
            columns,
            name: asked.name,
            said: columns.iter().map(|column| (asked.of_heads)(&column.head)).collect(),
            is_said: asked.said.is_some(),
            measures: columns.iter().zip(&values).filter(is_measure).map(|(c, _)| c.column).collect(),
            year,
            month: of_year.filter_map(|c| c.head.month()).max(),
            has_clock: values.iter().any(all_clocks),
            senses: columns.iter().map(|column| column.head.senses()).collect(),
            values,
        }
    }

    /// How much the title and the name of the sheet speak for a list.
    pub fn titled(&self, list: &str) -> usize {
        let Some((_, words)) = lexicon::TITLES.iter().find(|(of, _)| list.ends_with(of)) else { return 0 };
        let says = |text: &str| words.iter().any(|word| text.contains(word));
        let all_say =
            |text: &str| lexicon::TITLES.iter().any(|(_, all)| all.iter().any(|w| text.contains(w)));
        // The line right above says more than the one at the top of the sheet.
        let title = self.region.titles.iter().find(|title| all_say(title));
        let by_title = if title.is_some_and(|t| says(t)) { 3 } else { 0 };
        by_title.max(if says(self.name) { 2 } else { 0 })
    }
}

fn are_measures(values: &[&str]) -> bool {
    values.iter().filter(|v| measure(v).is_some()).count() * 2 >= values.len()
}

/// Whether words are a time of the day, or from one to another: 9:00-9:15.
fn is_clock(words: &str) -> bool {
    let narrow = narrow(words).replace('：', ":");
    let hour = narrow.split(':').next().unwrap_or_default();
    narrow.contains(':') && (1..3).contains(&hour.len()) && hour.bytes().all(|b| b.is_ascii_digit())
}

/// What stands in a column, without what says nothing, and each merged cell once.
fn sample<'s>(grid: &Grid<'s>, region: &Region, over: &[u32]) -> Vec<&'s str> {
    let at = |row: &u32| {
        let anchor = columns::at(grid, *row, over);
        let own = grid.own(*row, &region.columns);
        let is_sum = own.iter().take(2).any(|(_, text)| is_sum(text));
        let is_own = anchor.0 == *row && !region.is_wide(grid, anchor) && own.len() > 1 && !is_sum;
        is_own.then(|| grid.text(anchor))
    };
    let said = region.rows.iter().filter_map(at);
    said.filter(|text| !says_nothing(text) && !is_ditto(text)).collect()
}
