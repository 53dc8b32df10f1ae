//! Parts (部件): what several skeletons say alike, a file each in `templates/parts/`.
//!
//! A line `@part task` in a body stands for the text of `templates/parts/task.tera`, as if it were typed
//! there: the variables of a loop round it are known, and what it mentions counts as mentioned by the
//! skeleton. Only where a line came from is remembered, so that errors and pieces name the part's file.

use std::sync::Arc;

use super::library::Library;
use crate::base::{Place, Problem, Result};
use crate::text;

/// A body with its parts in their places, and where each of its lines came from.
#[derive(Debug)]
pub(super) struct Body {
    /// The text.
    pub text: String,
    /// Where its lines stand.
    pub lines: Lines,
}

/// Where the lines of a body stand.
#[derive(Debug)]
pub(super) struct Lines {
    files: Vec<Arc<str>>,
    /// The number of the first line of the body in its file.
    first: u32,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    file: usize,
    line: u32,
    /// The line of the skeleton's own file that it is on, or that asks for its part.
    host: u32,
}

impl Lines {
    fn row(&self, line: u32) -> Row {
        let own = Row { file: 0, line, host: line };
        line.checked_sub(self.first).and_then(|at| self.rows.get(at as usize)).copied().unwrap_or(own)
    }

    /// The file and the line in it of a line of the body.
    pub(super) fn of(&self, line: u32) -> (&Arc<str>, u32) {
        let row = self.row(line);
        (&self.files[row.file], row.line)
    }

    /// The place of a line of the body.
    pub(super) fn place(&self, line: u32, column: u32) -> Place {
        let (file, line) = self.of(line);
        Place::Line { file: Arc::clone(file), line, column }
    }

    /// The line of the skeleton's own file that a line of the body belongs to.
    pub(super) fn host(&self, line: u32) -> u32 {
        self.row(line).host
    }
}

/// So many parts may stand in one another: more is one that holds itself.
const DEEPEST: usize = 8;

/// The bytes of a body with its parts; a text that was made into a skeleton may be a book.
const LONGEST: usize = 4 << 20;

/// Puts parts where the body of a skeleton asks for them.
pub(super) fn expand(
    body: &str,
    first: u32,
    file: &Arc<str>,
    library: &Library,
    problems: &mut Vec<Problem>,
) -> Body {
    let lines = Lines { files: vec![Arc::clone(file)], first, rows: Vec::new() };
    let mut out = Body { text: String::with_capacity(body.len()), lines };
    if !body.contains("@part") && body.len() <= LONGEST {
        out.text.push_str(body);
        return out;
    }
    let mut work = Work { library, problems, out: &mut out, is_full: false };
    work.take(body, 0, first, None, 0);
    out
}

struct Work<'a> {
    library: &'a Library,
    problems: &'a mut Vec<Problem>,
    out: &'a mut Body,
    /// Whether it has come to more than it may.
    is_full: bool,
}

impl Work<'_> {
    fn take(&mut self, text: &str, file: usize, first: u32, host: Option<u32>, depth: usize) {
        for (line, row) in (first..).zip(text.split_inclusive('\n')) {
            let host = host.unwrap_or(line);
            if self.out.text.len() + row.len() > LONGEST {
                return self.too_long(file, line);
            }
            let Some(name) = asked(row) else {
                self.out.text.push_str(row);
                self.out.lines.rows.push(Row { file, line, host });
                continue;
            };
            match self.part(name, depth) {
                Ok((part, text)) => {
                    let at = self.out.lines.files.len();
                    self.out.lines.files.push(part);
                    self.take(text.trim_end(), at, 1, Some(host), depth + 1);
                    if !self.out.text.ends_with('\n') {
                        self.out.text.push('\n');
                    }
                }
                Err(error) => {
                    let file = &self.out.lines.files[file];
                    let place = Place::Line { file: Arc::clone(file), line, column: 1 };
                    self.problems.extend(error.problems().iter().map(|p| p.clone().at(place.clone())));
                    self.out.text.push('\n');
                    self.out.lines.rows.push(Row { file: 0, line, host });
                }
            }
        }
    }

    /// Says once that parts within parts have come to more than anybody reads.
    fn too_long(&mut self, file: usize, line: u32) {
        if self.is_full {
            return;
        }
        self.is_full = true;
        let place = Place::Line { file: Arc::clone(&self.out.lines.files[file]), line, column: 1 };
        let problem = Problem::new(text!(
            "模板连同部件超过 {LONGEST} 字节",
            "the skeleton with its parts has more than {LONGEST} bytes"
        ));
        let help =
            text!("看看部件里是不是一再用到别的部件", "look whether parts ask for other parts over and over");
        self.problems.push(problem.help(help).at(place));
    }

    fn part(&self, name: &str, depth: usize) -> Result<(Arc<str>, String)> {
        if depth >= DEEPEST {
            return Err(
                Problem::new(text!("部件“{name}”里又用到它自己", "the part “{name}” holds itself")).into()
            );
        }
        self.library.part(name).map(|(file, text)| (file.into(), text.to_owned()))
    }
}

/// The part that a line asks for: `@part task`.
fn asked(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix("@part")?;
    name.starts_with(char::is_whitespace).then(|| name.trim())
}
