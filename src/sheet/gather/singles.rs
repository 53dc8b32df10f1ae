//! A sheet of single values: a key, its value and its unit on each row.

use super::value::Unit;
use super::what::Singles;
use super::{Gather, Table};
use crate::base::{Problem, Text, nearest::nearest};
use crate::model::facts::table::Kind;
use crate::sheet::heading::heading;
use crate::sheet::key::{self, Astray, Target};
use crate::sheet::tree::Leaf;
use crate::sheet::{EXAMPLE, NEEDED, NOTES, NUMBER};
use crate::text;

impl Gather {
    pub(super) fn singles(&mut self, table: Table<'_>, singles: &Singles) {
        let rows = table.rows();
        for column in table.filled(&rows) {
            let words = table.heading(column);
            let used = [Some(singles.item), Some(singles.content), singles.unit].contains(&Some(column))
                || NOTES.contains(&words.as_str())
                || [NEEDED, EXAMPLE, NUMBER].contains(&words.as_str());
            if !used {
                self.unknown_column(table, column, &[]);
            }
        }
        for row in rows {
            self.single(table, singles, row);
        }
    }

    /// One row: a value, or the heading of a group.
    fn single(&mut self, table: Table<'_>, singles: &Singles, row: u32) {
        let words = table.sheet.text(row, singles.item);
        let cell = table.sheet.cell(row, singles.content);
        let at = table.spot(row, singles.content);
        if words.is_empty() {
            if cell.is_some() {
                self.problem(
                    at,
                    Problem::new(Text::fixed("这一行没有写项目", "this row names no fact")).help(
                        Text::fixed(
                            "在“项目”一列写键名，如 会议.名称",
                            "put its key under 项目, such as 会议.名称",
                        ),
                    ),
                );
            }
            return;
        }
        let (target, bracket) = match found(words, singles.base.as_ref()) {
            Ok(found) => found,
            Err(error) => {
                self.problem(table.spot(row, singles.item), astray(&error, words));
                return;
            }
        };
        if cell.is_none() {
            // A row that only names a group is a heading.
            let group = matches!(target.kind, Kind::Record(_) | Kind::Open)
                || matches!(target.kind, Kind::List(item) if !item.fields().is_empty());
            if !group {
                self.put(&target.steps, Leaf::Blank, at);
            }
            return;
        }
        let beside = singles.unit.filter(|column| !table.sheet.text(row, *column).is_empty());
        let unit = match beside {
            Some(column) => Some(Unit::beside(table, row, column)),
            None => bracket.map(Unit::of_heading),
        };
        self.value(&target, cell, unit.as_ref(), at);
    }
}

/// Where a key leads, from the top or from below the group of the sheet, and the unit that it has in
/// brackets.
fn found(words: &str, base: Option<&Target>) -> Result<(Target, Option<String>), Astray> {
    let find = |words: &str| {
        let from_top = key::resolve(words, None);
        match base {
            Some(base) if from_top.is_err() => key::resolve(words, Some(base)),
            _ => from_top,
        }
    };
    let starless = words.trim_matches(['*', '＊', ' ', '　']);
    let (bare, bracket) = heading(words);
    match find(starless) {
        Ok(target) => Ok((target, None)),
        Err(error) if bare == starless => Err(error),
        Err(_) => find(&bare).map(|target| (target, bracket)),
    }
}

/// Why a key leads nowhere, and what to write.
fn astray(error: &Astray, words: &str) -> Problem {
    let bare = heading(words).0;
    match error {
        Astray::WhichItem(list) => {
            let rest = bare.split_once('.').map_or("", |(_, rest)| rest);
            Problem::new(text!("“{words}”没有说是第几条", "“{words}” does not say which item")).help(text!(
                "写成 {list}[1].{rest}，或填在表“{list}”里",
                "write {list}[1].{rest}, or use the sheet {list}"
            ))
        }
        Astray::Unknown => {
            let all = key::all();
            let problem = Problem::new(text!("没有“{words}”这个项目", "unknown fact “{words}”"));
            let help = match nearest(&bare, all.iter().map(String::as_str)) {
                Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
                None => text!(
                    "项目写成“组.键”，如 会议.名称；表里没有的写成 补充.{bare}",
                    "write it as group.key, such as 会议.名称; facts of your own as 补充.{bare}"
                ),
            };
            problem.help(help)
        }
    }
}
