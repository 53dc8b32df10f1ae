//! One document for each row of a table (一表多稿): the county's facts once, a unit's from its row.
//!
//! The heads of the table are keys of facts (`地区.名称`, `工作.进展`, `单位进展.完成`), as the column 项目 of a
//! facts workbook has them; a row is a unit. What a row gives lies over what all have in common.

use super::files::{Use, placed, twice};
use super::office::Office;
use crate::base::{Error, Place, Problem, Result, Text};
use crate::model::Facts;
use crate::model::facts::{Fact, Value};
use crate::sheet;
use crate::text;

/// A row of the table.
#[derive(Debug)]
pub struct Unit {
    /// Its row in the sheet, from 1.
    pub row: u32,
    /// Heads and words of its cells, empty ones left out.
    pub cells: Vec<(String, String)>,
    /// The same as facts.
    pub facts: Facts,
}

/// The units of a table.
///
/// # Errors
/// If it cannot be read, has no row, or its heads are no keys of facts; with all that is wrong at once.
pub fn units(office: &Office, table: &str) -> Result<Vec<Unit>> {
    let bytes = office.files.read(table, Use::Input)?;
    let book = sheet::book(table, &bytes).map_err(|e| placed(e, table))?;
    let filled = book.sheets.iter().find(|sheet| sheet.rows().len() > 1);
    let Some(sheet) = filled else {
        return Err(Problem::new(Text::fixed("表里没有一行单位", "the table has no row of a unit"))
            .at(Place::File(table.into()))
            .help(Text::fixed(
                "第一行写事实的键（如 地区.名称、工作.进展），以下每个单位一行",
                "the first row has keys of facts (such as 地区.名称), then a row a unit",
            ))
            .into());
    };
    let rows = sheet.rows();
    let heads: Vec<(u32, String)> =
        sheet.row(rows[0]).map(|(column, cell)| (column, cell.text().trim().to_owned())).collect();
    let mut units = Vec::new();
    let mut problems = Vec::new();
    for &row in &rows[1..] {
        let cells: Vec<(u32, &str, &str)> = heads
            .iter()
            .map(|(column, head)| (*column, head.as_str(), sheet.text(row, *column)))
            .filter(|(_, _, words)| !words.is_empty())
            .collect();
        let place = |index: u32| {
            let column = index.checked_sub(2).and_then(|i| cells.get(i as usize)).map_or(1, |cell| cell.0);
            Place::Cell { file: table.into(), sheet: sheet.name.as_str().into(), row, column }
        };
        let (facts, wrong) = as_facts(&cells, &place);
        // A head that is no key is told once, not in each row.
        problems.extend(wrong.into_iter().filter(|_| units.is_empty()));
        let cells = cells.iter().map(|(_, head, words)| ((*head).to_owned(), (*words).to_owned())).collect();
        units.push(Unit { row, cells, facts });
    }
    Error::unless_empty(problems, units)
}

/// The cells of a row as facts, each at its place; and what is wrong with them.
fn as_facts(cells: &[(u32, &str, &str)], place: &dyn Fn(u32) -> Place) -> (Facts, Vec<Problem>) {
    let reading = sheet::singles(cells.iter().map(|(_, head, words)| (*head, *words)));
    let moved = |at: &Place| match at {
        Place::Cell { row, .. } => place(*row),
        other => other.clone(),
    };
    let mut facts = reading.facts;
    facts.root.values_mut().for_each(|fact| move_places(fact, &moved));
    let problems = reading.problems.into_iter().map(|p| match &p.at {
        Some(at) => {
            let at = moved(at);
            p.at(at)
        }
        None => p,
    });
    (facts, problems.collect())
}

fn move_places(fact: &mut Fact, moved: &dyn Fn(&Place) -> Place) {
    fact.at = moved(&fact.at);
    match &mut fact.value {
        Value::Record(record) => record.values_mut().for_each(|fact| move_places(fact, moved)),
        Value::List(items) => items.iter_mut().for_each(|fact| move_places(fact, moved)),
        Value::Figure(figure) => figure.parts.values_mut().for_each(|fact| move_places(fact, moved)),
        _ => {}
    }
}

impl Unit {
    /// A file's name made of a pattern: `稿/{地区.名称}.docx` with the cell under that head.
    ///
    /// # Errors
    /// If the pattern names no head, or one whose cell is empty.
    fn file_name(&self, pattern: &str) -> Result<String> {
        let mut out = String::new();
        let mut rest = pattern;
        let mut named = false;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((head, behind)) = after.split_once('}') else { break };
            let row = self.row;
            let cell = self.cells.iter().find(|(own, _)| own == head.trim()).ok_or_else(|| {
                Problem::new(text!(
                    "第{row}行没有“{head}”，文件名定不下来",
                    "row {row} has no {head} for the file's name"
                ))
                .help(Text::fixed("填上这一格，或换一栏作文件名", "fill the cell, or name another column"))
            })?;
            out.push_str(before);
            // A name is no path.
            out.extend(
                cell.1.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c }),
            );
            (rest, named) = (behind, true);
        }
        out.push_str(rest);
        if !named {
            return Err(Problem::new(text!(
                "{pattern} 里没有写用哪一栏作文件名",
                "{pattern} does not say which column names the file"
            ))
            .help(Text::fixed("如 --output 稿/{地区.名称}.docx", "such as --output out/{地区.名称}.docx"))
            .into());
        }
        Ok(out)
    }
}

/// The names of each unit's files, made of these patterns.
///
/// # Errors
/// If a pattern names no head or an empty cell, or two rows would be written to one file.
pub fn file_names(office: &Office, units: &[Unit], patterns: &[String]) -> Result<Vec<Vec<String>>> {
    let of_unit = |unit: &Unit| patterns.iter().map(|pattern| unit.file_name(pattern)).collect();
    let names = units.iter().map(of_unit).collect::<Result<Vec<Vec<String>>>>()?;
    let Some(name) = twice(&*office.files, names.iter().flatten().map(String::as_str)) else {
        return Ok(names);
    };
    Err(Problem::new(text!("有两行都要写成 {name}", "two rows would be written as {name}"))
        .help(Text::fixed("用能分清各行的栏作文件名", "name the files by a column that tells the rows apart"))
        .into())
}
