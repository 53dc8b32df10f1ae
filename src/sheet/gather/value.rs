//! A cell's value, put where it belongs.

use super::{Gather, Table};
use crate::base::{Problem, Text};
use crate::model::facts;
use crate::model::facts::table::Kind;
use crate::office::book::{Cell, Spot};
use crate::sheet::key::{self, Step, Target};
use crate::sheet::tree::Leaf;
use crate::sheet::{ELSEWHERE, items};
use crate::text;

/// A unit that a figure does not say itself.
pub(super) struct Unit {
    words: String,
    /// The cell of the row that says it; none if the heading does.
    at: Option<Spot>,
}

impl Unit {
    /// As a cell of the row says.
    pub fn beside(table: Table<'_>, row: u32, column: u32) -> Self {
        Self { words: table.sheet.text(row, column).to_owned(), at: Some(table.spot(row, column)) }
    }

    /// As a heading says, or a key in brackets.
    pub const fn of_heading(words: String) -> Self {
        Self { words, at: None }
    }
}

impl Gather {
    /// Puts a cell's value where it belongs.
    pub(super) fn value(&mut self, target: &Target, cell: Option<&Cell>, unit: Option<&Unit>, at: Spot) {
        if cell.is_some_and(|cell| cell.text().trim() == ELSEWHERE) {
            return;
        }
        let Some(words) = cell.and_then(|cell| self.words(cell, target, at)) else {
            return self.put(&target.steps, Leaf::Blank, at);
        };
        if let Kind::List(_) = target.kind {
            let items = items::split(&words, target.field);
            let leaf = if items.is_empty() { Leaf::Blank } else { Leaf::Several(items) };
            return self.put(&target.steps, leaf, at);
        }
        let words = words.trim().to_owned();
        if let Some(unit) = unit {
            self.unit(target, &words, unit, at);
        }
        self.put(&target.steps, Leaf::One(words), at);
    }

    /// What a cell says; `None`, told of, where it is a formula that gave nothing.
    fn words(&mut self, cell: &Cell, target: &Target, at: Spot) -> Option<String> {
        if let Some(fault) = cell.fault() {
            self.problem(at, fault);
            return None;
        }
        match cell {
            Cell::Date { date, shown, year_hidden } if matches!(target.kind, Kind::Date) => {
                if *year_hidden {
                    let year = date.year;
                    self.note(
                        at,
                        Problem::new(text!(
                            "单元格只显示“{shown}”，年份{year}是表格里存的",
                            "the cell shows “{shown}”; the year {year} is what it holds"
                        ))
                        .help(Text::fixed("看看年份对不对", "see whether the year is right")),
                    );
                }
                Some(date.iso())
            }
            Cell::Flag(yes) if matches!(target.kind, Kind::Flag) => {
                Some(if *yes { "是" } else { "否" }.to_owned())
            }
            other => Some(other.text().to_owned()),
        }
    }

    /// Puts the unit beside its figure, which is stronger where it says one itself.
    fn unit(&mut self, target: &Target, words: &str, unit: &Unit, at: Spot) {
        let Unit { words: unit, at: unit_at } = unit;
        if !matches!(target.kind, Kind::Figure) {
            if let Some(unit_at) = *unit_at {
                let key = key::shown(&target.steps);
                self.note(
                    unit_at,
                    Problem::new(text!(
                        "“{key}”不是数值，单位“{unit}”没有用上",
                        "“{key}” is no figure; the unit “{unit}” was not used"
                    )),
                );
            }
            return;
        }
        let own = facts::plain_figure(words).unit;
        if own.is_empty() {
            let mut below = target.steps.clone();
            below.push(Step::Key("unit".to_owned()));
            self.put(&below, Leaf::One(unit.clone()), unit_at.unwrap_or(at));
        } else if own != *unit {
            self.note(
                at,
                Problem::new(text!(
                    "这里写的单位是“{own}”，表头或单位列是“{unit}”，按“{own}”读",
                    "the cell says “{own}”, the heading or the column of units “{unit}”; “{own}” was read"
                )),
            );
        }
    }

    /// Puts a value at its path, unless another cell states it already, which is told.
    pub(super) fn put(&mut self, steps: &[Step], leaf: Leaf, at: Spot) {
        let place = self.place(at);
        let tree = self.root.below(steps);
        // A list of words is either one cell or a row for each item.
        let several = matches!(leaf, Leaf::Several(_)) && !tree.items.is_empty();
        match &tree.leaf {
            Some(Leaf::Blank) | None if !several => {
                // An empty cell takes nothing from what another states.
                if !matches!(leaf, Leaf::Blank) || tree.leaf.is_none() && tree.items.is_empty() {
                    tree.leaf = Some(leaf);
                    tree.at = place;
                }
            }
            Some(_) if matches!(leaf, Leaf::Blank) => {}
            _ => {
                let first = tree
                    .leaf
                    .as_ref()
                    .map_or_else(|| tree.items.values().next().map_or(0, |item| item.at), |_| tree.at);
                let first = self.places.get(first as usize).copied().unwrap_or(Spot::FIRST);
                let (key, first) = (key::shown(steps), self.at(first).label());
                self.problem(
                    at,
                    Problem::new(Text::new(
                        format!("“{key}”写了两次，前一处在 {}", first.zh),
                        format!("“{key}” is given twice, first at {}", first.en),
                    ))
                    .help(Text::fixed("只留一处", "keep one of them")),
                );
            }
        }
    }
}
