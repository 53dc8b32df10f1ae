//! Last year's paper → this year's (沿用): listed, filled in, written.

pub mod each;

use std::path::Path;

use serde_json::{Value as Json, json};

use super::files::{Use, in_file, placed};
use super::office::{Listener, Office};
use crate::base::figures::figures;
use crate::base::lexicon::last_year::AIMS;
use crate::base::{Lang, Problem, Result, Text};
use crate::model::facts::{Value, path::in_chinese};
use crate::model::{Facts, Manuscript};
use crate::office::{Comment, Container};
use crate::read::{has_extension, read};
use crate::renew::{
    Answer, Answered, Follow, Row, SAME, WORKBOOK, YAML, answered, follows, read_table, rows, to_workbook,
    to_yaml,
};
use crate::report::laid_out;
use crate::text;
use crate::write::fix::{can_change, fix, track};

/// A finished paper and what of it may have to change.
pub struct Listed {
    name: String,
    bytes: Vec<u8>,
    manuscript: Manuscript,
    /// The rows, in the order of the text.
    pub rows: Vec<Row>,
}

/// Reads a finished paper. `years` is how many lie between it and the new one.
///
/// # Errors
/// If it cannot be read.
pub fn list(office: &Office, name: &str, years: u16, listener: &mut dyn Listener) -> Result<Listed> {
    let mut bytes = office.files.read(name, Use::Input)?;
    let mut manuscript = read(name, &bytes).map_err(|e| placed(e, name))?;
    for note in manuscript.notes() {
        listener.note(&in_file(note.clone(), name));
    }
    // A page that is laid out for good, a mail: what becomes of it is laid out anew.
    if !can_change(&bytes, &manuscript) {
        bytes = laid_out(&manuscript, Vec::new(), Some(office.today))?;
        manuscript = read("a.docx", &bytes)?;
        let note = Text::fixed(
            "这种文件不能改，文字已排成 .docx，在它上面沿用",
            "a file of this format cannot be changed; its text was laid out as a .docx, and that is renewed",
        );
        listener.note(&in_file(Problem::new(note), name));
    }
    let rows = rows(&manuscript, years);
    Ok(Listed { name: name.to_owned(), bytes, manuscript, rows })
}

impl Listed {
    /// The table to fill in, in the format of a file of this name, with what was entered so far.
    ///
    /// # Errors
    /// If the format is none of these.
    pub fn table(&self, answers: &[Answer], to: &str, office: &Office) -> Result<Vec<u8>> {
        if has_extension(to, WORKBOOK) {
            return to_workbook(&self.rows, answers, &self.name, (office.lang, office.today));
        }
        if to == "-" || has_extension(to, YAML) {
            return Ok(to_yaml(&self.rows, answers, &self.name, office.lang).into_bytes());
        }
        Err(Problem::new(text!("沿用表不能写成 {to}", "the table cannot be written as {to}"))
            .help(Text::fixed("写成 .xlsx 或 .yaml", "write a .xlsx or .yaml file"))
            .into())
    }

    /// The text.
    pub const fn manuscript(&self) -> &Manuscript {
        &self.manuscript
    }

    /// A row for programs, without its places, which each door counts in its own way.
    pub fn row_as_json(row: &Row, lang: Lang) -> Json {
        json!({
            "row": row.number, "kind": row.kind.label().in_lang(lang), "about": row.about, "last": row.value,
            "offer": row.offer, "sentence": row.sentence,
        })
    }

    /// Answers as the words of cells, a cell a row; what is lacking is open. A value that stands there
    /// already is the same.
    pub fn entered(&self, cells: &[String]) -> Vec<Answer> {
        let cell = |index: usize| cells.get(index).map_or("", String::as_str);
        let rows = self.rows.iter().enumerate();
        rows.map(
            |(index, row)| {
                if cell(index).trim() == row.value { Answer::Same } else { Answer::of(cell(index)) }
            },
        )
        .collect()
    }

    /// For each row what follows from the answers to others.
    pub fn follows(&self, answers: &[Answer]) -> Vec<Option<Follow>> {
        (0..self.rows.len()).map(|index| follows(&self.rows, answers, index)).collect()
    }

    /// What somebody entered in a table that was made of this text.
    ///
    /// # Errors
    /// If it cannot be read, or was made of another text.
    pub fn answers(&self, office: &Office, table: &str) -> Result<Vec<Answer>> {
        let bytes = office.files.read(table, Use::Input)?;
        read_table(table, &bytes, &self.rows).map_err(|e| placed(e, table))
    }

    /// Fills rows that were left open from facts of this year, and gives what was filled.
    pub fn fill(&self, facts: &Facts, answers: &mut [Answer]) -> Vec<Filled> {
        from_facts(&self.rows, facts, answers)
    }

    /// This year's paper: its bytes, and what came of the answers. What was left open gets a comment, where
    /// the format has comments; what was put in is a tracked change (修订) where that is asked for.
    ///
    /// # Errors
    /// If a value cannot be put in, or the format has no tracked changes.
    pub fn renewed(
        &self,
        answers: &[Answer],
        to: &str,
        office: &Office,
        tracked: bool,
    ) -> Result<(Vec<u8>, Answered)> {
        let own = Container::of(&self.bytes);
        // Of an .odt a .docx can be laid out.
        let anew = own.is_some_and(|own| !own.is_named(to)) && has_extension(to, &["docx"]);
        if let Some(own) = own
            && Path::new(to).extension().is_some()
            && !own.is_named(to)
            && !anew
        {
            let usual = own.usual();
            return Err(Problem::new(text!(
                "今年的稿子照去年的格式写成 {usual}，不能写成 {to}",
                "this year's paper is a {usual} with last year's formats: it cannot be written as {to}"
            ))
            .help(text!("写成 {usual}", "write a {usual} file"))
            .into());
        }
        let done = answered(&self.rows, answers);
        let changed = if tracked {
            track(&self.bytes, &self.manuscript, &done.changes, Some(office.today))
        } else if done.changes.is_empty() {
            Ok(self.bytes.clone())
        } else {
            fix(&self.bytes, &self.manuscript, &done.changes)
        };
        let bytes = changed.map_err(|e| placed(e, &self.name))?;
        let comments = self.comments(&done, office);
        let own = Container::of(&bytes).filter(|_| !anew);
        if let Some(comment) = own.and_then(|container| container.comment) {
            let renewed = read(&self.name, &bytes)?;
            return Ok((comment(&bytes, &renewed, &comments, Some(office.today))?, done));
        }
        if !has_extension(to, &["docx"]) {
            return Ok((bytes, done));
        }
        Ok((laid_out(&read(&self.name, &bytes)?, comments, Some(office.today))?, done))
    }

    /// Comments on what was left open, at its places in the new text.
    fn comments(&self, done: &Answered, office: &Office) -> Vec<Comment> {
        let moved = |at: usize| {
            let before = done.changes.iter().take_while(|c| c.range.end <= at);
            before.fold(at, |at, c| at + c.text.len() - c.range.len())
        };
        let comment = |(range, say): &(std::ops::Range<usize>, Text)| Comment {
            range: moved(range.start)..moved(range.end),
            lines: vec![say.in_lang(office.lang).to_owned()],
        };
        done.open.iter().map(comment).collect()
    }
}

/// A row that facts filled.
pub struct Filled {
    /// Its number.
    pub row: usize,
    /// What it was filled with.
    pub value: String,
    /// The fact that says so.
    pub fact: String,
}

/// Rows whose indicator the facts know.
fn from_facts(rows: &[Row], facts: &Facts, answers: &mut [Answer]) -> Vec<Filled> {
    let mut filled = Vec::new();
    let known = indicators(facts);
    let wanted = |row: &Row, answer: &Answer| *answer == Answer::Open && !is_aim(row);
    for (row, answer) in rows.iter().zip(answers.iter_mut()).filter(|(row, answer)| wanted(row, answer)) {
        let mut found = known.iter().filter(|i| is_said_of(row, &i.name) && same_unit(&i.value, &row.value));
        if let (Some(indicator), None) = (found.next(), found.next()) {
            let value = indicator.value.clone();
            *answer = if value == row.value { Answer::Same } else { Answer::New(value.clone()) };
            filled.push(Filled { row: row.number, value, fact: indicator.fact.clone() });
        }
    }
    filled
}

/// An indicator of this year.
struct Indicator {
    name: String,
    value: String,
    /// The fact that is its value.
    fact: String,
}

/// The indicators that have a name and a value.
fn indicators(facts: &Facts) -> Vec<Indicator> {
    let Some(Value::List(all)) = facts.get("indicators").map(|list| &list.value) else { return Vec::new() };
    let one = |index: usize| {
        let fact = format!("indicators[{index}].value");
        let name = facts.text(&format!("indicators[{index}].name")).filter(|name| !name.is_empty())?;
        Some(Indicator { name, value: facts.text(&fact)?, fact })
    };
    (0..all.len()).filter_map(one).collect()
}

/// Whether a row is said of what has this name: 全县数字化率达到 of 数字化率.
fn is_said_of(row: &Row, name: &str) -> bool {
    /// Characters that may stand before the name.
    const MORE: usize = 4;
    without_verb(&row.about).strip_suffix(name).is_some_and(|more| more.chars().count() <= MORE)
}

/// 数字化率达到 is said of 数字化率.
fn without_verb(about: &str) -> &str {
    const VERBS: [&str; 7] = ["达到", "达", "完成", "为", "约", "增至", "降至"];
    let mut bare = about;
    while let Some(shorter) = VERBS.iter().find_map(|verb| bare.strip_suffix(verb)) {
        bare = shorter;
    }
    bare
}

/// Whether a row is of what was set and not reached: 年底前达到90%. A figure of this year is no new aim.
fn is_aim(row: &Row) -> bool {
    const BY: [&str; 4] = ["底前", "末前", "月前", "日前"];
    let clause = row.before().rsplit(['，', '。', '；', '：', '、']).next().unwrap_or_default();
    BY.iter().chain(AIMS).any(|word| clause.contains(word))
}

/// Whether two figures have one unit, so that one may stand in the other's place.
fn same_unit(one: &str, other: &str) -> bool {
    let unit = |figure: &str| figures(figure).first().map(|f| f.unit);
    unit(one).is_some_and(|unit_of_one| !unit_of_one.is_empty() && unit(other) == Some(unit_of_one))
}

/// Says which rows facts filled.
pub fn tell_filled(filled: &[Filled], listener: &mut dyn Listener) {
    for Filled { row, value, fact } in filled {
        let key = in_chinese(fact);
        listener.say(&text!(
            "第{row}行从事实 {key} 填为“{value}”",
            "row {row} filled with “{value}” from {fact}"
        ));
    }
}

/// Says what came of the answers.
pub fn tell(done: &Answered, listener: &mut dyn Listener) {
    let (new, same, open) = done.counts;
    let places = done.open.len();
    listener.say(&text!(
        "改了{new}行，确认不变{same}行；还有{open}行没有填，{places}处照去年的留着",
        "changed: {new}, confirmed ({SAME}): {same}; left open: {open}, which stand as last year's in {places} places"
    ));
}
