//! Last year's paper → this year's (沿用): listed, filled in, written.

use super::facts::load;
use super::files::{Over, Use, in_file, placed, written};
use super::office::{Listener, Office};
use crate::base::lexicon::last_year::AIMS;
use crate::base::{Problem, Result, Text};
use crate::model::{Facts, Manuscript, Settings};
use crate::office::{Comment, Container};
use crate::read::read;
use crate::renew::{Answer, Answered, Row, SAME, answered, follows, read_table, rows, to_workbook, to_yaml};
use crate::text;
use crate::write::fix::fix;
use crate::write::writer;

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
    let bytes = office.files.read(name, Use::Input)?;
    let manuscript = read(name, &bytes).map_err(|e| placed(e, name))?;
    for note in manuscript.notes() {
        listener.note(&in_file(note.clone(), name));
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
        let extension = to.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        match &*extension {
            "xlsx" => to_workbook(&self.rows, answers, &self.name, office.lang),
            "yaml" | "yml" => Ok(to_yaml(&self.rows, answers, &self.name, office.lang).into_bytes()),
            _ if to == "-" => Ok(to_yaml(&self.rows, answers, &self.name, office.lang).into_bytes()),
            _ => Err(Problem::new(text!("沿用表不能写成 {to}", "the table cannot be written as {to}"))
                .help(Text::fixed("写成 .xlsx 或 .yaml", "write a .xlsx or .yaml file"))
                .into()),
        }
    }

    /// The text.
    pub const fn manuscript(&self) -> &Manuscript {
        &self.manuscript
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

    /// For each row what follows from the figure before it, and whether it may stand where last year's
    /// stands as it is: after 增长 only 26.1% of 增长26.1%.
    pub fn follows(&self, answers: &[Answer]) -> Vec<Option<(String, Option<String>)>> {
        let one = |row: &Row| {
            let growth = follows(&self.rows, answers, row.number - 1)?;
            let before = row.sentence.split('〖').next().unwrap_or_default();
            let verb = growth.find(|c: char| c.is_ascii_digit()).map_or("", |at| &growth[..at]);
            let fits = (!verb.is_empty() && before.ends_with(verb)).then(|| growth[verb.len()..].to_owned());
            Some((growth, fits))
        };
        self.rows.iter().map(one).collect()
    }

    /// What somebody entered in a table that was made of this text.
    ///
    /// # Errors
    /// If it cannot be read, or was made of another text.
    pub fn answers(&self, office: &Office, table: &str) -> Result<Vec<Answer>> {
        let bytes = office.files.read(table, Use::Input)?;
        read_table(table, &bytes, &self.rows).map_err(|e| placed(e, table))
    }

    /// Fills rows that were left open from facts of this year; gives what was filled: number, value, fact.
    pub fn fill(&self, facts: &Facts, answers: &mut [Answer]) -> Vec<(usize, String, String)> {
        from_facts(&self.rows, facts, answers)
    }

    /// This year's paper: its bytes, and what came of the answers. What was left open gets a comment, where
    /// the format has comments.
    ///
    /// # Errors
    /// If a value cannot be put in.
    pub fn renewed(&self, answers: &[Answer], to: &str, office: &Office) -> Result<(Vec<u8>, Answered)> {
        let done = answered(&self.rows, answers);
        let bytes = if done.changes.is_empty() {
            self.bytes.clone()
        } else {
            fix(&self.bytes, &self.manuscript, &done.changes).map_err(|e| placed(e, &self.name))?
        };
        let comments = self.comments(&done, office);
        let is_docx = to.rsplit_once('.').is_some_and(|(_, e)| e.eq_ignore_ascii_case("docx"));
        if let Some(comment) = Container::of(&bytes).and_then(|container| container.comment) {
            let text = read(&self.name, &bytes)?.into_text();
            return Ok((comment(&bytes, &text, &comments, Some(office.today))?, done));
        }
        if !is_docx {
            return Ok((bytes, done));
        }
        // A text laid out anew, since its own format has no comments.
        let manuscript = read(&self.name, &bytes)?;
        let Some(writer) = writer("a.docx") else { return Ok((bytes, done)) };
        let laid = writer.write(&manuscript, &Settings::default())?;
        let comments = crate::report::in_blocks_of(&manuscript, comments);
        let text = read("a.docx", &laid)?.into_text();
        Ok((crate::office::annotate(&laid, &text, &comments, Some(office.today))?, done))
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

/// Loads facts of this year.
///
/// # Errors
/// If a file cannot be read or has faults.
pub fn facts_of(office: &Office, names: &[String]) -> Result<Facts> {
    Ok(load(office, names)?.unwrap_or_default())
}

/// Rows whose indicator, project or meeting the facts know.
fn from_facts(rows: &[Row], facts: &Facts, answers: &mut [Answer]) -> Vec<(usize, String, String)> {
    let mut filled = Vec::new();
    let leaves = facts.leaves();
    let value = |path: &str| facts.text(path);
    let wanted = |row: &Row, answer: &Answer| *answer == Answer::Open && !is_aim(row);
    for (row, answer) in rows.iter().zip(answers.iter_mut()).filter(|(row, answer)| wanted(row, answer)) {
        // An indicator whose name is what the row is said of.
        let named =
            leaves.iter().filter(|(path, _)| path.starts_with("indicators[") && path.ends_with("].name"));
        let mut found: Vec<(String, String)> = Vec::new();
        // 数字化率达到 is said of 数字化率.
        let mut about = row.about.as_str();
        while let Some(shorter) =
            ["达到", "达", "完成", "为", "约", "增至", "降至"].iter().find_map(|end| about.strip_suffix(end))
        {
            about = shorter;
        }
        for (path, fact) in named {
            let name = fact.value.text().unwrap_or_default();
            if name.is_empty() || !about.ends_with(&name) || about.chars().count() > name.chars().count() + 4
            {
                continue;
            }
            let of = path.trim_end_matches("name");
            if let Some(new) = value(&format!("{of}value"))
                && same_unit(&new, &row.value)
            {
                found.push((new, format!("{of}value")));
            }
        }
        if let [(new, path)] = &found[..] {
            filled.push((row.number, new.clone(), path.clone()));
            *answer = if *new == row.value { Answer::Same } else { Answer::New(new.clone()) };
        }
    }
    filled
}

/// Whether a row is of what was set and not reached: 年底前达到90%. A figure of this year is no new aim.
fn is_aim(row: &Row) -> bool {
    const BY: [&str; 4] = ["底前", "末前", "月前", "日前"];
    let before = row.sentence.split('〖').next().unwrap_or_default();
    let clause = before.rsplit(['，', '。', '；', '：', '、']).next().unwrap_or_default();
    BY.iter().chain(AIMS).any(|word| clause.contains(word))
}

/// Whether two figures have one unit, so that one may stand in the other's place.
fn same_unit(one: &str, other: &str) -> bool {
    let unit = |figure: &str| {
        crate::base::figures::figures(figure).first().map(|f| (f.unit, figure[f.digits.end..].to_owned()))
    };
    match (unit(one), unit(other)) {
        (Some((a, _)), Some((b, _))) => a == b && !a.is_empty(),
        _ => false,
    }
}

/// Says what came of the answers.
pub fn tell(done: &Answered, filled: &[(usize, String, String)], listener: &mut dyn Listener) {
    for (number, value, path) in filled {
        let key = crate::model::facts::path::in_chinese(path);
        listener.say(&text!(
            "第{number}行从事实 {key} 填为“{value}”",
            "row {number} filled with “{value}” from {path}"
        ));
    }
    let (new, same, open) = done.counts;
    let places = done.open.len();
    listener.say(&text!(
        "改了{new}行，确认不变{same}行；还有{open}行没有填，{places}处照去年的留着",
        "changed: {new}, confirmed ({SAME}): {same}; left open: {open}, which stand as last year's in {places} places"
    ));
}

/// Writes the new paper, never over an input.
///
/// # Errors
/// If it cannot be written.
pub fn write(office: &Office, to: &str, bytes: &[u8], over: Over, listener: &mut dyn Listener) -> Result<()> {
    let said = written(&*office.files, to, bytes, over)?;
    listener.say(&said);
    Ok(())
}
