//! Which sheets are ledgers (台账), and their records among the facts.
//!
//! A sheet that follows the program's own shape is read as that, always. One that only happens to have
//! the name of a list is a ledger where that way understands more of its heads, or as many while cells
//! are merged and rows hidden as nobody does in a form to fill in.

use super::what::{Records, What};
use super::{Gather, Table};
use crate::base::{Problem, Text};
use crate::office::book::{Sheet, Spot};
use crate::sheet::key::{self, Step};
use crate::sheet::ledger::{self, Ledger, mapping::Mapping};
use crate::sheet::tree::Leaf;

impl Gather {
    /// The sheet read as a ledger; `None` where it is none, or is better read as what it is in the
    /// program's own shape. `name` may tell what it holds.
    pub(super) fn ledger(
        &mut self,
        number: usize,
        sheet: &Sheet,
        what: Option<&What>,
        name: &str,
        mapping: &Mapping,
    ) -> Option<Ledger> {
        let own = sheet.called(name);
        let is_mapped = mapping.knows(own);
        if !is_mapped && what.is_some_and(|what| is_own_shape(sheet, what)) {
            return None;
        }
        let forced = match what {
            Some(What::Unheaded | What::Records(_)) => {
                key::lists().into_iter().find(|list| list.name == name.trim())
            }
            _ => None,
        };
        let mut read = ledger::read(sheet, name, None, mapping);
        if read.tables.is_empty() && forced.is_some() {
            read = ledger::read(sheet, name, forced.as_ref(), mapping);
        }
        if is_mapped {
            return Some(read);
        }
        let is_one = match what {
            None => !read.tables.is_empty() || read.seen.iter().any(|table| table.is_sure),
            Some(What::Unheaded | What::Singles(_)) => !read.tables.is_empty(),
            Some(What::Records(records)) => self.is_better(number, sheet, records, what, &read),
        };
        if !is_one && what.is_none() {
            self.seen.extend(read.seen);
            return None;
        }
        is_one.then_some(read)
    }

    /// Whether a sheet of records is better read as a ledger.
    fn is_better(
        &mut self,
        number: usize,
        sheet: &Sheet,
        records: &Records,
        what: Option<&What>,
        read: &Ledger,
    ) -> bool {
        let head = what.and_then(What::head).unwrap_or(0);
        let table = Table { number, sheet, head };
        // What is told of the columns is told again by whoever reads them.
        let (problems, notes) = (self.problems.len(), self.notes.len());
        let columns = self.columns(table, records);
        self.problems.truncate(problems);
        self.notes.truncate(notes);
        let filled = table.filled(&table.rows());
        let known = columns.iter().filter(|(c, _)| filled.contains(c) && columns.is_value(*c)).count();
        let stranger = filled.iter().any(|column| columns.is_unknown(*column));
        let is_merged =
            sheet.merged.iter().any(|m| m.from.0 > head && sheet.cell(m.from.0, m.from.1).is_some());
        let is_hidden = !sheet.hidden_rows.is_empty() || !sheet.hidden_columns.is_empty();
        let of_list = read.known(&records.path);
        of_list > known || of_list == known && of_list > 0 && stranger && (is_merged || is_hidden)
    }

    /// Puts the records of a ledger among the facts, behind those of its list that are there. Where no
    /// table was read at all (`are_read`), one that is strange is a problem.
    pub(super) fn put_ledger(&mut self, number: usize, read: Ledger, are_read: bool) {
        let spot = |(row, column): (u32, u32)| Spot { sheet: number, row, column };
        let Ledger { tables, seen, notes, problems, strange } = read;
        self.seen.extend(seen);
        notes.into_iter().for_each(|(at, note)| self.note(spot(at), note));
        problems.into_iter().for_each(|(at, problem)| self.problem(spot(at), problem));
        for (at, problem) in strange {
            if are_read { self.note(spot(at), problem) } else { self.problem(spot(at), problem) }
        }
        for table in tables {
            if table.list.path.iter().any(|step| matches!(step, Step::Item(_))) {
                let at = table.records.first().map_or((1, 1), |r| r.at);
                self.problem(spot(at), nested());
                continue;
            }
            for record in table.records {
                let list = self.root.below(&table.list.path);
                let next = list.items.keys().next_back().map_or(0, |last| last + 1);
                let mut at = table.list.path.clone();
                at.push(Step::Item(next));
                let whole = self.place(spot(record.at));
                self.root.below(&at).at = whole;
                for (steps, leaf, cell) in record.values {
                    let path: Vec<Step> = at.iter().chain(&steps).cloned().collect();
                    let is_blank = matches!(&leaf, Leaf::One(words) if words.is_empty());
                    if !is_blank {
                        self.put(&path, leaf, spot(cell));
                    }
                }
            }
        }
    }
}

/// Whether a sheet is one of the program's own: with stars at what is needed, or with keys of facts.
fn is_own_shape(sheet: &Sheet, what: &What) -> bool {
    let head = what.head().unwrap_or(0);
    match what {
        What::Records(_) => sheet.row(head).any(|(_, cell)| cell.text().trim().starts_with(['*', '＊'])),
        What::Singles(singles) => {
            let rows = sheet.rows().into_iter().filter(|row| *row > head);
            let mut keys = rows.map(|row| sheet.text(row, singles.item)).filter(|text| !text.is_empty());
            let base = singles.base.as_ref();
            keys.any(|text| key::resolve(text, None).or_else(|_| key::resolve(text, base)).is_ok())
        }
        What::Unheaded => false,
    }
}

/// Why records that belong to others are not read from a ledger.
fn nested() -> Problem {
    Problem::new(Text::fixed(
        "这一类要写明属于哪一条，台账里看不出，没有读",
        "records of this list belong to others, and a ledger does not say to which; they were not read",
    ))
    .help(Text::fixed(
        "用 wengao facts new … --xlsx 做的工作簿填",
        "use a workbook made by `wengao facts new … --xlsx`",
    ))
}
