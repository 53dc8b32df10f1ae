//! A sheet of records: one on each row, a column for each key.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, Columns};
use super::value::Unit;
use super::what::Records;
use super::{Gather, Table};
use crate::base::{Problem, Text};
use crate::sheet::OF;
use crate::sheet::heading::no_record;
use crate::sheet::key::{self, Step, Target};
use crate::text;

impl Gather {
    pub(super) fn records(&mut self, table: Table<'_>, records: &Records) {
        let columns = self.columns(table, records);
        self.units_above(table);
        let mut rows = table.rows();
        rows.retain(|row| !columns.are_explained(table.sheet, *row));
        let filled = table.filled(&rows);
        let known: Vec<&str> = records.kind.fields().iter().map(|f| f.key).collect();
        for &column in filled.iter().filter(|column| columns.is_unknown(**column)) {
            self.unknown_column(table, column, &known);
        }
        let mut counts: BTreeMap<Vec<Step>, usize> = BTreeMap::new();
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            let Some((column, words)) = columns.first(table.sheet, row) else { continue };
            let spot = table.spot(row, column);
            if let Some(problem) = no_record(table.sheet, row, &words)
                && !columns.are_numbered(table.sheet, row)
            {
                self.note(spot, problem);
                continue;
            }
            let Some(mut at) = self.parent(table, row, &records.path, &columns) else { continue };
            let count = counts.entry(at.clone()).or_default();
            if records.many {
                let list = key::shown(&at);
                at.push(Step::Item(*count));
                names.entry(list).or_default().push(words);
            } else if *count > 0 {
                let name = key::shown(&records.path);
                self.problem(
                    spot,
                    Problem::new(text!(
                        "“{name}”只有一组，这里又有一行",
                        "{name} is one group, here is a second row"
                    ))
                    .help(Text::fixed("只留一行", "keep one row")),
                );
                continue;
            }
            *count += 1;
            let whole = self.place(spot);
            let record = self.root.below(&at);
            if record.at == 0 {
                record.at = whole;
            }
            self.values(table, row, &at, &columns, &filled);
        }
        self.names_of_records.extend(names);
    }

    /// The values of one row, below its record's path.
    fn values(&mut self, table: Table<'_>, row: u32, at: &[Step], columns: &Columns, filled: &BTreeSet<u32>) {
        for (column, meaning) in columns.iter().filter(|(column, _)| filled.contains(column)) {
            let Column::Value { steps, target, unit, units } = meaning else { continue };
            let target = Target { steps: at.iter().chain(steps).cloned().collect(), ..target.clone() };
            // A unit of its own row is stronger than the heading's.
            let beside = units.iter().rev().find(|other| !table.sheet.text(row, **other).is_empty());
            let unit = match beside {
                Some(&other) => Some(Unit::beside(table, row, other)),
                None => unit.clone().map(Unit::of_heading),
            };
            self.value(&target, table.sheet.cell(row, column), unit.as_ref(), table.spot(row, column));
        }
    }

    /// What a sheet says above its headings is a title; a unit there would be lost.
    fn units_above(&mut self, table: Table<'_>) {
        for (&(row, column), cell) in table.sheet.cells.range(..(table.head, 0)) {
            let words = cell.text().trim();
            if words.starts_with("单位：") || words.starts_with("单位:") {
                self.note(
                    table.spot(row, column),
                    Problem::new(text!("“{words}”没有用上", "“{words}” was not used")).help(Text::fixed(
                        "把单位写进表头，如 投资（万元）",
                        "write the unit into the heading, as in 投资（万元）",
                    )),
                );
            }
        }
    }

    /// The path of the list that a row's record goes into, with the items of the lists above it;
    /// `None`, told of, where the row does not say which.
    fn parent(&mut self, table: Table<'_>, row: u32, path: &[Step], columns: &Columns) -> Option<Vec<Step>> {
        let mut at = path.to_vec();
        for depth in (0..path.len()).filter(|&i| matches!(path[i], Step::Item(_))) {
            let name = key::out_name(&path[..depth]);
            let column = columns.parent(depth);
            let words = column.map_or("", |column| table.sheet.text(row, column));
            let above = self.names_of_records.get(&key::shown(&at[..depth]));
            let found = above.and_then(|names| names.iter().position(|n| n == words));
            let number = words.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let number = number.filter(|n| above.is_none_or(|names| *n < names.len()));
            let Some(item) = found.or(number) else {
                let heading = format!("{OF}{name}");
                self.problem(
                    table.spot(row, column.unwrap_or(1)),
                    Problem::new(text!(
                        "看不出这一行属于哪一条“{name}”",
                        "cannot tell to which item of {name} this row belongs"
                    ))
                    .help(text!(
                        "在“{heading}”一列写它的名称，或是第几条",
                        "write its name, or its number, under {heading}"
                    )),
                );
                return None;
            };
            at[depth] = Step::Item(item);
        }
        Some(at)
    }
}
