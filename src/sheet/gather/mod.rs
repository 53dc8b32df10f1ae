//! Cells → facts.
//!
//! A sheet is either a list of 项目 and 内容, one value a row, or the records of one list, a row
//! each, a column for each key. Which it is, and what its columns mean, its headings tell, in
//! whatever order they stand: people's own workbooks have titles above the headings, units in
//! brackets, columns that the table of facts does not know. What is understood becomes a tree like
//! that of a YAML file, and the loader of facts judges it; what is not is listed with its cell.
//!
//! `what` says what a sheet holds; `singles` and `records` go through its rows, the latter by what
//! `columns` makes of the headings; `value` puts a cell where it belongs. A sheet that is of neither shape
//! is a ledger (台账), which `sheet::ledger` reads and `ledger` puts among the facts.

mod columns;
mod ledger;
mod records;
mod singles;
mod value;
mod what;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::what::What;
use super::GUIDE;
use super::heading::heading;
use super::ledger::{Seen, mapping::Mapping};
use super::tree::Tree;
use crate::base::{Place, Problem, Text, lines::LineColumn, nearest::nearest, yaml::Value as Yaml};
use crate::model::Facts;
use crate::model::facts;
use crate::office::book::{Book, Sheet, Spot};
use crate::text;

/// What was read of a workbook: the facts, with what a person should know in their notes, and
/// what could not be read.
#[derive(Debug)]
pub struct Reading {
    /// The facts that could be read.
    pub facts: Facts,
    /// What could not, in the order of the sheets.
    pub problems: Vec<Problem>,
    /// The tables of ledgers that were seen.
    pub seen: Vec<Seen>,
}

/// Reads the facts of a workbook. `file` is its name for messages; `stem` stands for the name of
/// a sheet that says nothing where there is only one; `mapping` is what a clerk says of her ledgers.
pub fn gather(file: &str, stem: &str, book: &Book, mapping: &Mapping) -> Reading {
    let mut gather = Gather {
        file: file.into(),
        names: book.sheets.iter().map(|s| s.name.as_str().into()).collect(),
        places: Vec::new(),
        root: Tree::default(),
        problems: Vec::new(),
        notes: Vec::new(),
        names_of_records: BTreeMap::new(),
        seen: Vec::new(),
    };
    gather.place(Spot::FIRST);
    gather.notes.extend(book.notes.iter().cloned());
    // Records before what belongs to them: a sheet of steps names the task of each.
    let mut known: Vec<(usize, What)> = Vec::new();
    let mut ledgers = Vec::new();
    for (number, sheet) in book.sheets.iter().enumerate() {
        if sheet.cells.is_empty() || sheet.name.trim() == GUIDE {
            continue;
        }
        let alone = book.sheets.len() == 1;
        let before = gather.problems.len();
        let what = gather.what(number, sheet, alone, stem);
        match gather.ledger(number, sheet, what.as_ref(), if alone { stem } else { &sheet.name }, mapping) {
            // What was said of missing headings was said of another kind of sheet.
            Some(ledger) => {
                gather.problems.truncate(before);
                ledgers.push((number, ledger));
            }
            None => match what {
                Some(what) => known.push((number, what)),
                None => gather.unknown_sheet(number, sheet),
            },
        }
    }
    known.sort_by_key(|(number, what)| (what.depth(), *number));
    for (number, what) in known {
        gather.sheet(number, &book.sheets[number], &what);
    }
    let are_read =
        ledgers.iter().any(|(_, ledger)| !ledger.tables.is_empty()) || !gather.root.keys.is_empty();
    for (number, ledger) in ledgers {
        gather.put_ledger(number, ledger, are_read);
    }
    gather.finish()
}

/// A sheet whose headings are found.
#[derive(Clone, Copy)]
struct Table<'b> {
    /// Its number in the workbook.
    number: usize,
    sheet: &'b Sheet,
    /// The row of the headings.
    head: u32,
}

impl<'b> Table<'b> {
    const fn spot(self, row: u32, column: u32) -> Spot {
        Spot { sheet: self.number, row, column }
    }

    /// The rows below the headings that hold something.
    fn rows(self) -> Vec<u32> {
        self.sheet.rows().into_iter().filter(|row| *row > self.head).collect()
    }

    /// What the heading of a column says, without unit.
    fn heading(self, column: u32) -> String {
        heading(self.sheet.text(self.head, column)).0
    }

    /// The columns that hold something in these rows.
    fn filled(self, rows: &[u32]) -> BTreeSet<u32> {
        rows.iter().flat_map(|row| self.sheet.row(*row)).map(|(column, _)| column).collect()
    }
}

/// The facts as they come together.
struct Gather {
    file: Arc<str>,
    /// The names of the sheets.
    names: Vec<Arc<str>>,
    /// Cells that values of the tree refer to by their index.
    places: Vec<Spot>,
    root: Tree,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
    /// The first words of the records of each list, by its path: for the rows of a list below.
    names_of_records: BTreeMap<String, Vec<String>>,
    /// The tables of ledgers that were seen.
    seen: Vec<Seen>,
}

impl Gather {
    fn place(&mut self, spot: Spot) -> u32 {
        self.places.push(spot);
        u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
    }

    fn at(&self, Spot { sheet, row, column }: Spot) -> Place {
        let name = self.names.get(sheet).cloned().unwrap_or_default();
        Place::Cell { file: Arc::clone(&self.file), sheet: name, row, column }
    }

    fn problem(&mut self, spot: Spot, problem: Problem) {
        let place = self.at(spot);
        self.problems.push(problem.at(place));
    }

    fn note(&mut self, spot: Spot, problem: Problem) {
        let place = self.at(spot);
        self.notes.push(problem.at(place));
    }

    fn sheet(&mut self, number: usize, sheet: &Sheet, what: &What) {
        let Some(head) = what.head() else { return };
        let table = Table { number, sheet, head };
        self.merged(table);
        match what {
            What::Singles(singles) => self.singles(table, singles),
            What::Records(records) => self.records(table, records),
            What::Unheaded => {}
        }
    }

    /// Merged cells below the headings leave open whether the value is meant for each row.
    fn merged(&mut self, table: Table<'_>) {
        for range in &table.sheet.merged {
            let ((row, column), to) = (range.from, range.to);
            if row > table.head && to != range.from && table.sheet.cell(row, column).is_some() {
                let end = format!("{}{}", crate::base::place::column_name(to.1), to.0);
                self.problem(
                    table.spot(row, column),
                    Problem::new(text!(
                        "合并单元格（到 {end}），看不出是只说一行还是每行都一样",
                        "merged cells (down to {end}): is this meant for one row or for each?"
                    ))
                    .help(Text::fixed("取消合并，每行都填上", "unmerge them and fill in each row")),
                );
            }
        }
    }

    /// Tells of a column that holds something and means nothing.
    fn unknown_column(&mut self, table: Table<'_>, column: u32, known: &[&str]) {
        let words = table.heading(column);
        let problem = if words.is_empty() {
            Problem::new(Text::fixed("这一列没有表头，没有读", "a column without a heading; it was not read"))
        } else {
            Problem::new(text!("不认识“{words}”这一列，没有读", "unknown column “{words}”; it was not read"))
        };
        let help = match nearest(&words, known.iter().copied()).filter(|_| !words.is_empty()) {
            Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
            None if known.is_empty() => Text::fixed(
                "要用它就另起一行写在“内容”下，否则不必理会",
                "put what is needed of it under 内容, or never mind",
            ),
            None => {
                let all = known.join("、");
                text!("可用的表头：{all}；用不上就不必理会", "headings that are known: {all}; or never mind")
            }
        };
        self.note(table.spot(table.head, column), problem.help(help));
    }

    fn finish(mut self) -> Reading {
        let root = std::mem::take(&mut self.root);
        let mut node = root.into_node(&self.places);
        if node.value == Yaml::Empty {
            node.value = Yaml::Map(Vec::new());
        }
        let places: Vec<Place> = self.places.iter().map(|&at| self.at(at)).collect();
        let place = |at: LineColumn| {
            places.get(at.line as usize).cloned().unwrap_or_else(|| Place::File(Arc::clone(&self.file)))
        };
        let (mut facts, found) = facts::from_tree(&node, &place);
        // By sheet as the tabs stand, then by row and column.
        let order = |problem: &Problem| match &problem.at {
            Some(Place::Cell { sheet, row, column, .. }) => {
                (self.names.iter().position(|n| n == sheet).unwrap_or(0), *row, *column)
            }
            _ => (0, 0, 0),
        };
        let mut problems: Vec<Problem> = self.problems.into_iter().chain(found).collect();
        problems.sort_by_key(order);
        facts.notes.extend(self.notes);
        facts.notes.sort_by_key(order);
        Reading { facts, problems, seen: self.seen }
    }
}
