//! What the columns of a sheet of records mean.

use std::collections::BTreeMap;

use super::what::Records;
use super::{Gather, Table};
use crate::base::{Problem, Text};
use crate::model::facts::table::Kind;
use crate::office::book::{Cell, Sheet};
use crate::sheet::heading::{heading, squeezed};
use crate::sheet::key::{self, Step, Target};
use crate::sheet::{MARKS, NOTES, NUMBER, OF, UNIT};
use crate::text;

/// What a column means.
pub(super) enum Column {
    /// A value, at these steps below the record.
    Value {
        steps: Vec<Step>,
        target: Target,
        /// The unit that its heading says.
        unit: Option<String>,
        /// The columns that may say the unit of each row.
        units: Vec<u32>,
    },
    /// The unit of the figures in another column.
    Unit,
    /// The name or number of the record, of the list that has this many of its path's steps, to
    /// which the rows belong.
    Parent(usize),
    /// The number of a row.
    Number,
    /// Something else.
    Unknown,
    /// Something that was told of.
    Told,
}

/// What the columns of a sheet mean, by their numbers.
pub(super) struct Columns(BTreeMap<u32, Column>);

impl Columns {
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Column)> {
        self.0.iter().map(|(&column, meaning)| (column, meaning))
    }

    /// Whether nothing is known of a column, and nothing was told of it.
    pub fn is_unknown(&self, column: u32) -> bool {
        self.0.get(&column).is_none_or(|c| matches!(c, Column::Unknown))
    }

    /// Whether a column holds a value.
    pub fn is_value(&self, column: u32) -> bool {
        matches!(self.0.get(&column), Some(Column::Value { .. }))
    }

    /// The column that says to which record of the list with so many steps a row belongs.
    pub fn parent(&self, depth: usize) -> Option<u32> {
        self.iter().find(|(_, c)| matches!(c, Column::Parent(d) if *d == depth)).map(|(column, _)| column)
    }

    /// The first column of a row that holds a value, and its words.
    pub fn first(&self, sheet: &Sheet, row: u32) -> Option<(u32, String)> {
        self.iter().filter(|(_, meaning)| matches!(meaning, Column::Value { .. })).find_map(|(column, _)| {
            sheet.cell(row, column).map(|cell| (column, cell.text().trim().to_owned()))
        })
    }

    /// Whether a row has a number of its own, which totals, remarks and explanations have not.
    pub fn are_numbered(&self, sheet: &Sheet, row: u32) -> bool {
        self.numbers(sheet, row).any(|words| words.parse::<u32>().is_ok())
    }

    /// Whether a row only explains: it is marked under 序号, or has nothing but explanations.
    pub fn are_explained(&self, sheet: &Sheet, row: u32) -> bool {
        if self.are_numbered(sheet, row) {
            return false;
        }
        let explains = |cell: &Cell| MARKS.iter().any(|mark| cell.text().trim_start().starts_with(mark));
        self.numbers(sheet, row).any(|words| NOTES.contains(&words))
            || sheet.row(row).all(|(_, cell)| explains(cell))
    }

    /// What stands under 序号.
    fn numbers<'s>(&self, sheet: &'s Sheet, row: u32) -> impl Iterator<Item = &'s str> {
        self.iter()
            .filter(|(_, meaning)| matches!(meaning, Column::Number))
            .map(move |(column, _)| sheet.text(row, column))
    }
}

impl Gather {
    /// What each column means, by the headings; one that is there twice is told of.
    pub(super) fn columns(&mut self, table: Table<'_>, records: &Records) -> Columns {
        let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
        let mut taken: BTreeMap<Vec<Step>, u32> = BTreeMap::new();
        // The last column of figures, to which a column 单位 belongs.
        let mut figure: Option<u32> = None;
        for (column, cell) in table.sheet.row(table.head) {
            let words = cell.text().trim();
            let meaning = match found(words, records) {
                Some((target, unit)) => {
                    let steps = target.steps.clone();
                    if let Some(first) = taken.get(&steps) {
                        self.doubled(table, column, *first);
                        columns.insert(column, Column::Told);
                        continue;
                    }
                    taken.insert(steps.clone(), column);
                    let is_figure = matches!(target.kind, Kind::Figure);
                    figure = is_figure.then_some(column).or(figure.filter(|f| *f + 1 != column));
                    Column::Value { steps, target, unit: unit.filter(|_| is_figure), units: Vec::new() }
                }
                None => match heading(words).0.as_str() {
                    NUMBER | "编号" | "#" | "No." | "No" => Column::Number,
                    UNIT | "计量单位" => match figure.and_then(|figure| columns.get_mut(&figure)) {
                        Some(Column::Value { units, .. }) => {
                            units.push(column);
                            Column::Unit
                        }
                        _ => Column::Unknown,
                    },
                    _ => parent(words, &records.path).map_or(Column::Unknown, Column::Parent),
                },
            };
            columns.insert(column, meaning);
        }
        Columns(columns)
    }

    /// Tells of a column whose heading an earlier one has.
    fn doubled(&mut self, table: Table<'_>, column: u32, first: u32) {
        let bare = table.heading(column);
        let first = crate::base::place::column_name(first);
        self.problem(
            table.spot(table.head, column),
            Problem::new(text!(
                "“{bare}”有两列，前一列是 {first}",
                "“{bare}” has two columns, the first is {first}"
            ))
            .help(Text::fixed("只留一列", "keep one of them")),
        );
    }
}

/// A heading without stars and spaces.
fn starless(words: &str) -> String {
    squeezed(words).trim_matches(['*', '＊']).to_owned()
}

/// Where a heading leads below the record, and the unit that it has in brackets.
fn found(words: &str, records: &Records) -> Option<(Target, Option<String>)> {
    let kind = records.kind;
    let anchor = kind.fields().first().map(|field| Target { steps: Vec::new(), field, kind });
    let find = |words: &str| key::resolve(words, anchor.as_ref()).ok();
    let (bare, bracket) = heading(words);
    // 任务名称 on the sheet 任务 is its 名称.
    let own = key::out_name(&records.path);
    let short = bare.strip_prefix(own.rsplit('.').next().unwrap_or_default());
    find(&starless(words))
        .map(|target| (target, None))
        .or_else(|| find(&bare).or_else(|| find(short?)).map(|target| (target, bracket)))
}

/// The list above, by the number of steps to it, that a heading such as 所属任务 names.
fn parent(words: &str, path: &[Step]) -> Option<usize> {
    let words = starless(words);
    let name = words.strip_prefix(OF)?;
    (0..path.len()).filter(|&i| matches!(path[i], Step::Item(_))).find(|&i| key::out_name(&path[..i]) == name)
}
