//! One document for each row of a table (一表多稿): what all have in common once, a unit's from its row.
//!
//! A row is a unit. To draft, the heads of the table are keys of facts (`地区.名称`, `工作.进展`,
//! `单位进展.完成`), as the column 项目 of a facts workbook has them, and what a row gives lies over what all
//! have in common. To renew last year's paper they say which of its values they are for (`app::renew::each`).

use super::files::{Use, placed, twice};
use super::office::Office;
use crate::base::{Error, Place, Problem, Result, Text};
use crate::model::Facts;
use crate::model::facts::{Fact, Value};
use crate::sheet;
use crate::text;

/// A table of units.
#[derive(Debug)]
pub struct Table {
    file: String,
    sheet: String,
    /// The row of its heads.
    head_row: u32,
    /// Columns, from 1, and their heads.
    pub heads: Vec<(u32, String)>,
    /// Its rows.
    pub units: Vec<Unit>,
}

/// A row of the table.
#[derive(Debug)]
pub struct Unit {
    /// Its row in the sheet, from 1.
    pub row: u32,
    /// Columns, heads and words of its cells, empty ones left out.
    pub cells: Vec<(u32, String, String)>,
}

/// The units of a table.
///
/// # Errors
/// If it cannot be read or has no row of a unit.
pub fn units(office: &Office, table: &str) -> Result<Table> {
    let bytes = office.files.read(table, Use::Input)?;
    let book = sheet::book(table, &bytes).map_err(|e| placed(e, table))?;
    let filled = book.sheets.iter().find(|sheet| sheet.rows().len() > 1);
    let Some(sheet) = filled else {
        return Err(Problem::new(Text::fixed("表里没有一行单位", "the table has no row of a unit"))
            .at(Place::File(table.into()))
            .help(Text::fixed(
                "第一行写各栏是什么（起草时是事实的键，如 地区.名称、工作.进展），以下每个单位一行",
                "the first row says what the columns are (to draft, keys of facts such as 地区.名称, 工作.进展), then a row a unit",
            ))
            .into());
    };
    let rows = sheet.rows();
    let heads: Vec<(u32, String)> =
        sheet.row(rows[0]).map(|(column, cell)| (column, cell.text().trim().to_owned())).collect();
    let unit = |&row: &u32| {
        let cells =
            heads.iter().map(|(column, head)| (*column, head.clone(), sheet.text(row, *column).to_owned()));
        Unit { row, cells: cells.filter(|(.., words)| !words.is_empty()).collect() }
    };
    let units = rows[1..].iter().map(unit).collect();
    Ok(Table { file: table.to_owned(), sheet: sheet.name.clone(), head_row: rows[0], heads, units })
}

impl Table {
    fn place(&self, row: u32, column: u32) -> Place {
        Place::Cell { file: self.file.as_str().into(), sheet: self.sheet.as_str().into(), row, column }
    }

    /// Where the head of a column stands.
    pub fn head_place(&self, column: u32) -> Place {
        self.place(self.head_row, column)
    }

    /// The facts that each unit's row gives.
    ///
    /// # Errors
    /// If heads are no keys of facts or cells no values; with all that is wrong at once.
    pub fn facts(&self) -> Result<Vec<Facts>> {
        let mut all = Vec::new();
        let mut problems = Vec::new();
        for unit in &self.units {
            let place = |index: u32| {
                let cell = index.checked_sub(2).and_then(|i| unit.cells.get(i as usize));
                self.place(unit.row, cell.map_or(1, |cell| cell.0))
            };
            let (facts, wrong) = as_facts(&unit.cells, &place);
            // A head that is no key is told once, not in each row.
            problems.extend(wrong.into_iter().filter(|_| all.is_empty()));
            all.push(facts);
        }
        Error::unless_empty(problems, all)
    }
}

/// The cells of a row as facts, each at its place; and what is wrong with them.
fn as_facts(cells: &[(u32, String, String)], place: &dyn Fn(u32) -> Place) -> (Facts, Vec<Problem>) {
    let reading = sheet::singles(cells.iter().map(|(_, head, words)| (head.as_str(), words.as_str())));
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
            let cell = self.cells.iter().find(|(_, own, _)| own == head.trim()).ok_or_else(|| {
                Problem::new(text!(
                    "第{row}行没有“{head}”，文件名定不下来",
                    "row {row} has no {head} for the file's name"
                ))
                .help(Text::fixed("填上这一格，或换一栏作文件名", "fill the cell, or name another column"))
            })?;
            out.push_str(before);
            // A name is no path.
            out.extend(
                cell.2.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c }),
            );
            (rest, named) = (behind, true);
        }
        out.push_str(rest);
        if !named {
            return Err(Problem::new(text!(
                "{pattern} 里没有写用哪一栏作文件名",
                "{pattern} does not say which column names the file"
            ))
            .help(Text::fixed(
                "如 --output 稿/{地区.名称}.docx，花括号里是表头",
                "such as --output out/{地区.名称}.docx, with a head of the table in braces",
            ))
            .into());
        }
        Ok(out)
    }

    /// What its document still lacks, as a line under the document; nothing where it lacks nothing.
    pub fn lacking(&self, what: &[String]) -> Option<Text> {
        let (row, keys) = (self.row, what.join("、"));
        (!what.is_empty()).then(|| text!("  第{row}行还缺：{keys}", "  row {row} lacks: {keys}"))
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
