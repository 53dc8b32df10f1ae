//! The whole of it: old comments out, new ones in, and the text compared before it is handed out.

use std::collections::BTreeMap;

use super::entry::{Comment, entries};
use super::marks::{marked, without_marks};
use super::part::Old;
use crate::base::{Problem, Result, Text, han::Date};
use crate::model::Manuscript;
use crate::office::body;
use crate::office::document::{open_whole, unsafe_change};

/// The document with these comments, in the order given, and without those that the program made
/// before. `text` is the manuscript's text by which the ranges were found; `date` is the
/// comments' date.
///
/// Text, formats and all parts that say nothing of comments stay as they are. A range that is
/// nothing but a paragraph's end gets its comment on the last character before it.
///
/// # Errors
/// If the document is damaged, has another text than `text`, or holds markup between which no
/// comment can be put without touching the text.
pub fn annotate(bytes: &[u8], text: &str, comments: &[Comment], date: Option<Date>) -> Result<Vec<u8>> {
    put(bytes, text, comments, date, true)
}

/// The same, and the comments that the program made before stay where they are.
///
/// # Errors
/// As [`annotate`].
pub fn add(bytes: &[u8], text: &str, comments: &[Comment], date: Option<Date>) -> Result<Vec<u8>> {
    put(bytes, text, comments, date, false)
}

fn put(bytes: &[u8], text: &str, comments: &[Comment], date: Option<Date>, anew: bool) -> Result<Vec<u8>> {
    let (mut package, main, part) = open_whole(bytes)?;
    let mut old = Old::read(&mut package, &main)?;
    if !anew {
        old.keep_own();
    }
    if comments.is_empty() && old.own.is_empty() {
        return Ok(bytes.to_vec());
    }
    let (bare, taken) = without_marks(&part.text, &old.own).ok_or_else(unsafe_change)?;
    let body = body::map(&bare);
    if body.problem.is_some() {
        return Err(unsafe_change().into());
    }
    if body.text() != text {
        return Err(other_text().into());
    }
    let first = old.highest.max(taken).map_or(0, |id| id + 1);
    let document = marked(&bare, &body, comments, first).ok_or_else(unsafe_change)?;
    if body::read(&document).text() != text {
        return Err(unsafe_change().into());
    }
    let mut parts = BTreeMap::new();
    old.rewrite(&mut package, &main, &bare, &entries(comments, first, date), &mut parts)?;
    parts.insert(main, part.encoding.encode(&document));
    package.with(parts)
}

/// The same for comments whose ranges are of a manuscript's whole text, with what a word processor makes of it.
///
/// # Errors
/// As [`annotate`].
pub fn annotate_read(
    bytes: &[u8],
    manuscript: &Manuscript,
    comments: &[Comment],
    date: Option<Date>,
) -> Result<Vec<u8>> {
    let moved = |c: &Comment| Comment { range: manuscript.in_file(&c.range), lines: c.lines.clone() };
    let comments: Vec<Comment> = comments.iter().map(moved).collect();
    annotate(bytes, &manuscript.file_text(), &comments, date)
}

fn other_text() -> Problem {
    Problem::new(Text::fixed(
        "文稿的内容和检查时不一样了",
        "the document's text is not the one that was checked",
    ))
    .help(Text::fixed("关闭正在编辑它的程序，再检查一次", "close the program that edits it and check again"))
}
