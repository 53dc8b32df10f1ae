//! This year's papers, one for each row of a table (一表多稿): what all share is answered once, the rest by rows.
//!
//! A head says which value its column answers: by the number of its row in the table to fill in, by what it is
//! said of (进馆档案), by last year's words themselves; in quotation marks (“青石镇”) it is any words of the
//! text, such as the name of the unit. A column that only names the files answers nothing.

use super::{Listed, is_said_of};
use crate::app::each::{Table, Unit};
use crate::base::{Error, Problem, Result, Text};
use crate::renew::{Answer, Row, named};
use crate::text;

/// Columns of the table, and the row that each answers, from 0. Words in quotation marks become rows of their
/// own, behind the others.
///
/// # Errors
/// If a head means no row, or not one alone, and does not name the files by `pattern` either.
pub fn columns(listed: &mut Listed, table: &Table, pattern: &str) -> Result<Vec<(u32, usize)>> {
    let mut columns: Vec<(u32, usize)> = Vec::new();
    let mut problems = Vec::new();
    for (column, head) in &table.heads {
        let meant = match quoted(head) {
            Some(words) => {
                let row = named(&listed.manuscript, listed.rows.len() + 1, words);
                let index = row.is_some().then_some(listed.rows.len());
                listed.rows.extend(row);
                Vec::from_iter(index)
            }
            None => meant(&listed.rows, head),
        };
        let problem = match *meant {
            [row] if columns.iter().all(|(_, other)| *other != row) => {
                columns.push((*column, row));
                continue;
            }
            [] if pattern.contains(&format!("{{{head}}}")) => continue,
            [] => none(&listed.rows, head),
            _ => several(&meant, head),
        };
        problems.push(problem.at(table.head_place(*column)));
    }
    Error::unless_empty(problems, columns)
}

/// The answers of a unit: those of its row, and where it has none those that all have in common.
pub fn of_unit(unit: &Unit, columns: &[(u32, usize)], common: &[Answer]) -> Vec<Answer> {
    let mut answers = common.to_vec();
    for (column, _, words) in &unit.cells {
        let slot = columns.iter().find(|(own, _)| own == column).and_then(|(_, row)| answers.get_mut(*row));
        if let Some(slot) = slot {
            *slot = Answer::of(words);
        }
    }
    answers
}

/// What was left open, as it stands in the table to fill in: number and last year's value.
pub fn lacking(rows: &[Row], answers: &[Answer]) -> Vec<String> {
    let open = rows.iter().zip(answers).filter(|(_, answer)| **answer == Answer::Open);
    open.map(|(row, _)| format!("{} {}", row.number, row.value)).collect()
}

fn quoted(head: &str) -> Option<&str> {
    let inner = |open, close| head.strip_prefix(open)?.strip_suffix(close);
    inner('“', '”').or_else(|| inner('"', '"')).filter(|words| !words.is_empty())
}

/// The rows that a head may mean, from 0.
fn meant(rows: &[Row], head: &str) -> Vec<usize> {
    let number = head.strip_prefix('第').and_then(|head| head.strip_suffix('行')).unwrap_or(head);
    if let Ok(number) = number.parse::<usize>() {
        return Vec::from_iter(number.checked_sub(1).filter(|index| *index < rows.len()));
    }
    let all =
        |is: &dyn Fn(&Row) -> bool| -> Vec<usize> { (0..rows.len()).filter(|&i| is(&rows[i])).collect() };
    let exact = all(&|row| row.value == head || row.about == head);
    if exact.is_empty() { all(&|row| is_said_of(row, head)) } else { exact }
}

fn none(rows: &[Row], head: &str) -> Problem {
    /// Rows that are listed.
    const SHOWN: usize = 20;
    let one = |row: &Row| format!("{} {}“{}”", row.number, row.about, row.value);
    let mut known: Vec<String> = rows.iter().take(SHOWN).map(one).collect();
    known.extend((rows.len() > SHOWN).then(|| format!("…（{}）", rows.len())));
    let (zh, en) = (known.join("、"), known.join(", "));
    let problem = match quoted(head) {
        Some(words) => Problem::new(text!("文稿里没有“{words}”", "the text has no “{words}”")),
        None => Problem::new(text!(
            "表头“{head}”对不上换一年要改的哪一处",
            "the head {head} is none of the values that may have to change"
        )),
    };
    problem.help(Text::new(
        format!("写编号、说的是什么或去年的值：{zh}；别的字句带引号；只作文件名的栏写进 --output 的花括号"),
        format!("write the number, what it is said of or last year's value: {en}; other words of the text in quotation marks; a column that only names the files stands in braces in --output"),
    ))
}

/// A head that means several rows, or one that another column has.
fn several(meant: &[usize], head: &str) -> Problem {
    let numbers = meant.iter().map(|row| (row + 1).to_string()).collect::<Vec<_>>().join("、");
    let problem = match meant {
        [_] => text!(
            "表头“{head}”同另一栏说的是一处（编号{numbers}）",
            "the head {head} and that of another column are one value ({numbers})"
        ),
        _ => text!(
            "表头“{head}”对得上不止一处（编号{numbers}）",
            "the head {head} means more than one value ({numbers})"
        ),
    };
    Problem::new(problem)
        .help(Text::fixed("表头写编号，一处一栏", "write the number as head, a column a value"))
}
