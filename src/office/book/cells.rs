//! What a reader of tables hands over: sheets of cells, each with what a person sees in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Problem, Text, han::Date};
use crate::text;

/// The sheets of one file and what a person should know of them.
#[derive(Debug, Default)]
pub struct Book {
    /// The sheets, in the order of their tabs; hidden ones left out.
    pub sheets: Vec<Sheet>,
    /// What was left out or repaired.
    pub notes: Vec<Problem>,
}

/// One sheet (工作表).
#[derive(Debug, Default)]
pub struct Sheet {
    /// The name on its tab; empty for a .csv.
    pub name: String,
    /// The cells that hold something, by row and column from 1.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Ranges of merged cells (合并单元格).
    pub merged: Vec<Merged>,
    /// Rows that are hidden (隐藏), by hand or by a filter.
    pub hidden_rows: BTreeSet<u32>,
    /// Ranges of hidden columns, both ends included.
    pub hidden_columns: Vec<(u32, u32)>,
}

/// A range of merged cells, both corners included.
#[derive(Debug, Clone, Copy)]
pub struct Merged {
    /// Row and column of the upper left corner.
    pub from: (u32, u32),
    /// Row and column of the lower right corner.
    pub to: (u32, u32),
}

/// What is in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words, as typed.
    Words(String),
    /// A number as its format shows it: 5.6 under 0.00 is `5.60`.
    Number(String),
    /// A date, and how its format shows it.
    Date {
        /// The date, as exact as its format: 2026年3月 has no day.
        date: Date,
        /// As a sentence takes it.
        shown: String,
        /// Whether the format hides the year, which the program that made the file chose then.
        year_hidden: bool,
    },
    /// Yes or no.
    Flag(bool),
    /// A calculation that failed: `#REF!`.
    Error(String),
    /// A formula of which the file does not hold the outcome.
    Uncomputed,
}

/// A cell of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The number of its sheet, from 0.
    pub sheet: usize,
    /// Row and column, from 1.
    pub row: u32,
    /// See `row`.
    pub column: u32,
}

impl Spot {
    /// The first cell of all.
    pub const FIRST: Self = Self { sheet: 0, row: 1, column: 1 };
}

impl Cell {
    /// What a person sees; empty for a formula without outcome.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(words) | Self::Number(words) | Self::Error(words) => words,
            Self::Date { shown, .. } => shown,
            Self::Flag(true) => "TRUE",
            Self::Flag(false) => "FALSE",
            Self::Uncomputed => "",
        }
    }

    /// What is wrong with a formula that gave nothing; `None` for every other cell.
    #[must_use]
    pub fn fault(&self) -> Option<Problem> {
        match self {
            Self::Error(error) => Some(
                Problem::new(text!("单元格出错：{error}", "the cell holds an error: {error}"))
                    .help(Text::fixed("改好公式，或直接填上数值", "mend the formula, or type the value")),
            ),
            Self::Uncomputed => Some(
                Problem::new(Text::fixed("公式还没有算出结果", "a formula that has not been calculated"))
                    .help(Text::fixed(
                        "用 Excel 或 WPS 打开，保存一次再试；或直接填上数值",
                        "open and save it once in Excel or WPS, or type the value",
                    )),
            ),
            _ => None,
        }
    }

    /// Whether there is nothing in it but spaces.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Words(words) if words.trim().is_empty())
    }
}

impl Sheet {
    /// Its name, or `other` where it has none.
    #[must_use]
    pub fn called<'n>(&'n self, other: &'n str) -> &'n str {
        if self.name.trim().is_empty() { other } else { &self.name }
    }

    /// The cell at a row and column; empty ones are none.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&(row, column)).filter(|cell| !cell.is_empty())
    }

    /// The text of a cell, trimmed; empty if there is none.
    #[must_use]
    pub fn text(&self, row: u32, column: u32) -> &str {
        self.cell(row, column).map_or("", |cell| cell.text().trim())
    }

    /// The cells of a row that hold something.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Cell)> {
        self.cells
            .range((row, 0)..=(row, u32::MAX))
            .filter(|(_, cell)| !cell.is_empty())
            .map(|((_, column), cell)| (*column, cell))
    }

    /// The sheet with its rows as columns and its columns as rows.
    #[must_use]
    pub fn turned(&self) -> Self {
        let swap = |(row, column): (u32, u32)| (column, row);
        Self {
            name: self.name.clone(),
            cells: self.cells.iter().map(|(at, cell)| (swap(*at), cell.clone())).collect(),
            merged: self.merged.iter().map(|m| Merged { from: swap(m.from), to: swap(m.to) }).collect(),
            hidden_rows: self.cells.keys().map(|at| at.1).filter(|c| self.hides_column(*c)).collect(),
            hidden_columns: self.hidden_rows.iter().map(|row| (*row, *row)).collect(),
        }
    }

    /// Whether a column is hidden.
    #[must_use]
    pub fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&column))
    }

    /// The rows that hold something, in order.
    #[must_use]
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> =
            self.cells.iter().filter(|(_, cell)| !cell.is_empty()).map(|((row, _), _)| *row).collect();
        rows.dedup();
        rows
    }
}
