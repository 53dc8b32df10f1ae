//! What is wrong with a skeleton, told at its line in the file where somebody typed it.

use std::sync::Arc;

use super::budget::Failed;
use super::parts::Lines;
use super::{mark, tag};
use crate::base::{Error, Place, Problem, Text};
use crate::text;

/// A sign by which drafts are put together and which a body that is typed does not have: it would make what
/// stands behind it pass for a fact.
pub(super) fn inner_sign(body: &str, first: u32, lines: &Lines) -> Option<Problem> {
    let at = mark::find(body)?;
    let line = first + tag::newlines(&body[..at]);
    let problem = Problem::new(text!(
        "这一行有不可见的内部符号，模板不能用",
        "there is an invisible inner sign in this line, which skeletons may not have"
    ));
    Some(
        problem
            .at(lines.place(line, 1))
            .help(text!("删掉这一行，重新打一遍", "delete the line and type it anew")),
    )
}

/// What is needed to tell an error of Tera's at its place in a file.
pub(super) struct Told<'s> {
    /// Where the lines of the body stand.
    pub lines: &'s Lines,
    /// The body as it is written.
    pub written: &'s str,
    /// The body as Tera has it.
    pub scanned: &'s str,
}

impl Told<'_> {
    /// Tera's error in the words of the desk, with line and column of the skeleton's file.
    pub(super) fn explain(&self, error: &tera::Error) -> Problem {
        let (message, line, column) = match error.kind() {
            tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
                (report.message().to_owned(), report.span().start_line, report.span().start_col)
            }
            other => (other.to_string(), 1, 0),
        };
        let message = message.lines().next().unwrap_or_default().to_owned();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let column = number(self.column(line, column) + 1);
        Problem::new(text!("模板有误：{message}", "error in the template: {message}"))
            .at(self.lines.place(number(line), column))
            .help(Text::fixed(
                "检查这一处的 {{ }}、{% %} 是否成对，过滤器、变量的名字是否写对",
                "check that {{ }} and {% %} come in pairs here and that filters and variables are spelt right",
            ))
    }

    /// What went wrong while rendering the skeleton of this id: a bound that it met, or Tera's error.
    pub(super) fn failed(&self, failed: &Failed, id: &Arc<str>) -> Error {
        let told = self.explain(&failed.error);
        let Some((bound, line)) = failed.met else { return told.into() };
        let line = line.map(|line| self.lines.place(line, 1));
        let place = line.or(told.at).unwrap_or_else(|| Place::File(Arc::clone(id)));
        bound.problem().at(place).into()
    }

    /// The column of what is written for one of what Tera has, which is longer by marks and by names of
    /// arguments; both from 0.
    fn column(&self, line: usize, column: usize) -> usize {
        let row = |text: &str| text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
        let (written, scanned) = (row(self.written), row(self.scanned));
        let mut written = written.chars().peekable();
        let mut at = 0;
        for c in scanned.chars().take(column) {
            if written.next_if_eq(&c).is_some() {
                at += 1;
            }
        }
        at
    }
}
