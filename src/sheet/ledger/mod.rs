//! Ledgers (台账): the tables that departments keep for themselves.
//!
//! Nobody made them for this program. There are titles in merged cells, heads of two rows, a unit in a
//! corner or in a column of its own, sums and sections between the records, remarks below them, and
//! several tables on a sheet. What is known of the heads stands in a lexicon
//! (`phrasebank/lexicon/ledger.txt`); what a table is, its heads, its title and the name of its sheet
//! say together (`kind`), and what a column holds must look like what its head says (`shape`). Where two
//! things are as likely, it is asked, and what a clerk answers is kept in a file (`mapping`). A value
//! that is left out can be added; one in a wrong field is printed and believed.
//!
//! ```text
//! cells ─▶ grid (as they are seen) ─▶ regions (where tables are) ─▶ kind (which list, which columns)
//!       ─▶ rows, passed (which are records) ─▶ value (what a cell says, with its unit) ─▶ records
//! ```
//!
//! Nothing here knows the tree of facts; `gather` puts the records into it.

mod candidates;
mod columns;
mod grid;
mod heads;
mod kind;
pub mod mapping;
mod passed;
mod regions;
mod rows;
mod shape;
mod sight;
mod stub;
#[cfg(test)]
mod tests;
mod value;

use std::cell::LazyCell;

use self::grid::Grid;
use self::kind::Verdict;
use self::mapping::Mapping;
use self::regions::Region;
use self::sight::Asked;
use super::key::{List, Step};
use super::tree::Leaf;
use crate::base::Problem;
use crate::office::book::Sheet;
pub use stub::{Seen, stub};

/// Row and column of a cell, from 1.
type At = (u32, u32);

/// What was read of one table.
#[derive(Debug)]
pub struct Table {
    /// The list that its records belong to.
    pub list: List,
    /// How many of its columns are read.
    pub known: usize,
    /// Its records, from above.
    pub records: Vec<Record>,
}

/// A record, at the cell of its name.
#[derive(Debug)]
pub struct Record {
    /// Where its name stands.
    pub at: At,
    /// Its values, each with the steps below the record.
    pub values: Vec<(Vec<Step>, Leaf, At)>,
}

/// What was read of a sheet.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The tables of which is known what they are.
    pub tables: Vec<Table>,
    /// Every table that was seen, for whoever has to say what it is.
    pub seen: Vec<Seen>,
    /// What a person should know.
    pub notes: Vec<(At, Problem)>,
    /// What has to be answered or mended.
    pub problems: Vec<(At, Problem)>,
    /// Tables of which nobody knows what they are: no problem where others on the sheets are read.
    pub strange: Vec<(At, Problem)>,
}

impl Ledger {
    /// Adds what was read of another table of the sheet.
    fn add(&mut self, other: Self) {
        self.tables.extend(other.tables);
        self.seen.extend(other.seen);
        self.notes.extend(other.notes);
        self.problems.extend(other.problems);
        self.strange.extend(other.strange);
    }

    /// Puts what was read of a sheet that was turned at the cells of the sheet itself.
    fn turn(&mut self) {
        let swap = |at: &mut At| *at = (at.1, at.0);
        for (at, _) in self.notes.iter_mut().chain(&mut self.problems).chain(&mut self.strange) {
            swap(at);
        }
        for record in self.tables.iter_mut().flat_map(|table| &mut table.records) {
            swap(&mut record.at);
            record.values.iter_mut().for_each(|(.., at)| swap(at));
        }
    }

    /// How many columns are read of tables that go into the list with this path.
    pub fn known(&self, path: &[Step]) -> usize {
        self.tables.iter().filter(|t| t.list.path == path).map(|t| t.known).max().unwrap_or(0)
    }
}

/// Reads the tables of a sheet. `name` is what may tell of its contents besides: its own, or that of a
/// file with one sheet; `forced` the list that a person said it holds.
pub fn read(sheet: &Sheet, name: &str, forced: Option<&List>, mapping: &Mapping) -> Ledger {
    let mut ledger = Ledger::default();
    let grid = Grid::of(sheet);
    let own = sheet.called(name);
    let turned = LazyCell::new(|| sheet.turned());
    let on_its_side = LazyCell::new(|| Grid::of(&turned));
    for (number, region) in regions::find(&grid).into_iter().enumerate() {
        let of_heads = |head: &heads::Head| mapping.head(own, number, &head.shown());
        let asked = Asked { name, forced, said: mapping.table(own, number), of_heads: &of_heads };
        let found = table(&grid, own, number, &region, &asked);
        // Indicators may stand over the columns, and the years before the rows.
        let other = || {
            let mut other = table(&on_its_side, own, number, &region.turned(), &asked);
            other.turn();
            Some(other).filter(|other| other.known(&[Step::Key("indicators".to_owned())]) > 2)
        };
        let is_strange = !found.strange.is_empty();
        ledger.add(if is_strange { other().unwrap_or(found) } else { found });
    }
    let are_strange = !ledger.strange.is_empty() && ledger.strange.len() == ledger.seen.len();
    if are_strange && ledger.problems.is_empty() {
        return card(sheet, own, name, forced).unwrap_or(ledger);
    }
    ledger
}

/// A card of one record (信息卡), whose heads stand below each other in the first column.
fn card(sheet: &Sheet, own: &str, name: &str, forced: Option<&List>) -> Option<Ledger> {
    let mut turned = sheet.turned();
    // Its title stands over both columns.
    let is_title = |at: &At| sheet.merged.iter().any(|m| m.from == (at.1, at.0) && m.to.1 > m.from.1);
    turned.cells.retain(|at, _| !is_title(at));
    let grid = Grid::of(&turned);
    let asked = Asked { name, forced, said: None, of_heads: &|_| None };
    let mut regions = regions::find(&grid).into_iter().filter(|region| region.is_sure);
    let region = Region { is_turned: true, ..regions.next().filter(|_| regions.next().is_none())? };
    let mut read = table(&grid, own, 0, &region, &asked);
    read.turn();
    Some(read).filter(|read| !read.tables.is_empty())
}

/// Reads one table.
fn table(grid: &Grid<'_>, own: &str, number: usize, region: &Region, asked: &Asked<'_>) -> Ledger {
    let mut ledger = Ledger::default();
    let columns = columns::of(grid, region);
    let at = (region.heads[0], region.columns.first().copied().unwrap_or(1));
    let verdict = kind::decide(grid, region, &columns, asked);
    ledger.seen.push(Seen::new(own, number, region, &columns, &verdict));
    match verdict {
        Verdict::Left => {}
        Verdict::Strange => ledger.strange.push((at, stub::strange(region, &columns))),
        Verdict::Doubtful(lists) => ledger.problems.push((at, stub::doubtful(region, &columns, &lists))),
        Verdict::Known(plan) => {
            ledger.problems.extend(plan.doubts.iter().map(|d| ((at.0, d.column), stub::doubt(d))));
            let found = rows::read(grid, region, &plan);
            ledger.notes.push((at, stub::told(grid, region, &plan, &columns, &found)));
            ledger.notes.extend(found.notes);
            ledger.problems.extend(found.problems);
            let known = plan.fields.len();
            ledger.tables.push(Table { list: plan.list, known, records: found.records });
        }
    }
    ledger
}
