//! Where each stretch of a draft came from, for programs, and kept beside the draft.
//!
//! `.wengao/NAME.trace` beside a document that was drafted is the list of its pieces, schema
//! `wengao.trace/1`, with facts files named from the document's folder. The writer goes on with the
//! document, so a piece is looked for by its words: in the line that is asked about, against the
//! paragraph of the draft whose pieces it holds most of. What she wrote herself came from nowhere.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::files::{Over, Use};
use super::kept::Room;
use super::office::Office;
use crate::base::lines::{Walk, code_points};
use crate::base::place::column_name;
use crate::base::{Place, Result, Text};
use crate::model::facts::path::in_chinese;
use crate::model::{Manuscript, Piece};
use crate::report::push_line;
use crate::text;

/// The name of the kept list's form.
const SCHEMA: &str = "wengao.trace/1";

/// Each piece of a draft with where it came from; `start` and `end` are code points of its text.
#[must_use]
pub fn as_json(manuscript: &Manuscript) -> Json {
    json!(pieces(manuscript, &|file| file.to_owned()))
}

/// The list of pieces beside a document.
#[derive(Serialize)]
struct Kept<'m> {
    schema: &'static str,
    pieces: Vec<Traced<'m>>,
}

/// A piece and where it came from.
#[derive(Serialize)]
struct Traced<'m> {
    start: usize,
    end: usize,
    line: u32,
    text: &'m str,
    #[serde(flatten)]
    from: From<'m>,
}

/// A place in the words of programs: `from` says which sort it is.
#[derive(Serialize)]
#[serde(tag = "from", rename_all = "lowercase")]
enum From<'m> {
    Fact {
        fact: &'m str,
        key: String,
        #[serde(flatten)]
        at: Option<Stands>,
    },
    Phrase {
        phrase: &'m str,
        variant: u32,
    },
    Template {
        template: &'m str,
        at_line: u32,
    },
    Computed {
        of: Vec<From<'m>>,
    },
    Program,
    Text {
        place: String,
    },
}

/// The file of a fact, and its line or its cell.
#[derive(Serialize)]
#[serde(untagged)]
enum Stands {
    Line { file: String, at_line: u32, column: u32 },
    Cell { file: String, cell: String },
    File { file: String },
}

fn pieces<'m>(manuscript: &'m Manuscript, name: &dyn Fn(&str) -> String) -> Vec<Traced<'m>> {
    let mut walk = Walk::of(manuscript.text());
    let piece = |piece: &'m Piece| {
        let (start, at) = walk.to(piece.range.start);
        let text = &manuscript.text()[piece.range.clone()];
        let end = start + code_points(text);
        Traced { start, end, line: at.line, text, from: from(&piece.from, name) }
    };
    manuscript.pieces().iter().map(piece).collect()
}

fn from<'m>(place: &'m Place, name: &dyn Fn(&str) -> String) -> From<'m> {
    match place {
        Place::Fact { path, at } => {
            let at = at.as_ref().and_then(|at| stands(at, name));
            From::Fact { fact: path, key: in_chinese(path), at }
        }
        Place::Phrase { id, variant } => From::Phrase { phrase: id, variant: variant + 1 },
        Place::Template { id, line } => From::Template { template: id, at_line: *line },
        Place::Computed(of) => From::Computed { of: of.iter().map(|of| from(of, name)).collect() },
        Place::Program => From::Program,
        other => From::Text { place: other.label().zh.into_owned() },
    }
}

fn stands(at: &Place, name: &dyn Fn(&str) -> String) -> Option<Stands> {
    match at {
        Place::File(file) => Some(Stands::File { file: name(file) }),
        Place::Line { file, line, column } => {
            Some(Stands::Line { file: name(file), at_line: *line, column: *column })
        }
        Place::Cell { file, sheet, row, column } => {
            let bang = if sheet.is_empty() { "" } else { "!" };
            let cell = format!("{sheet}{bang}{}{row}", column_name(*column));
            Some(Stands::Cell { file: name(file), cell })
        }
        _ => None,
    }
}

/// How the name of the file ends.
const END: &str = ".trace";

/// Keeps the pieces of a document that was just written.
///
/// # Errors
/// If they cannot be written.
pub fn keep(office: &Office, path: &str, manuscript: &Manuscript) -> Result<()> {
    let files = &*office.files;
    let real = files.real(path);
    let folder = real.parent().unwrap_or(Path::new("")).to_owned();
    // Hundreds of pieces come from a file or two.
    let names = RefCell::new(BTreeMap::<String, String>::new());
    let named = |file: &str| {
        let mut names = names.borrow_mut();
        if let Some(name) = names.get(file) {
            return name.clone();
        }
        let name = beside(&folder, &files.real(file)).to_string_lossy().replace('\\', "/");
        names.insert(file.to_owned(), name.clone());
        name
    };
    let mut kept = Vec::new();
    push_line(&mut kept, &Kept { schema: SCHEMA, pieces: pieces(manuscript, &named) })?;
    let room = Room::of(office, path)?;
    room.make(files)?;
    files.write(&room.beside(END), &kept, Over::Own).map(drop)
}

/// A path seen from a folder; the path itself where they have no root in common.
fn beside(folder: &Path, path: &Path) -> PathBuf {
    let common = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return path.to_owned();
    }
    let up = folder.components().skip(common).map(|_| Component::ParentDir);
    up.chain(path.components().skip(common)).collect()
}

/// The pieces of a document as it was drafted.
pub struct Trace {
    /// Paragraph by paragraph.
    paragraphs: Vec<Vec<Json>>,
}

impl Trace {
    /// What is kept beside the document at `path`; `None` if nothing is.
    #[must_use]
    pub fn of(office: &Office, path: &str) -> Option<Self> {
        Self::parse(&office.files.read(&Room::of(office, path).ok()?.beside(END), Use::Look).ok()?)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let Json::Object(mut kept) = serde_json::from_slice(bytes).ok()? else { return None };
        if kept.get("schema").and_then(Json::as_str) != Some(SCHEMA) {
            return None;
        }
        let Json::Array(pieces) = kept.remove("pieces")? else { return None };
        let mut paragraphs: Vec<Vec<Json>> = Vec::new();
        for piece in pieces {
            match paragraphs.last_mut() {
                Some(same) if same[0]["line"] == piece["line"] => same.push(piece),
                _ => paragraphs.push(vec![piece]),
            }
        }
        Some(Self { paragraphs })
    }

    /// The piece that stands at a byte of a line, with its bytes in the line.
    #[must_use]
    pub fn piece(&self, line: &str, at: usize) -> Option<(Range<usize>, &Json)> {
        let length = |found: &[(Range<usize>, &Json)]| found.iter().map(|(r, _)| r.len()).sum::<usize>();
        let found = self.paragraphs.iter().map(|paragraph| found(line, paragraph));
        // The first of equals, so that what is said twice is told by the place where it is said first.
        let best = found.reduce(|best, next| if length(&next) > length(&best) { next } else { best })?;
        // A third is enough: she may have written between.
        if length(&best) * 3 < line.trim().len() {
            return None;
        }
        best.into_iter().find(|(range, _)| range.contains(&at))
    }
}

/// The pieces of a paragraph that stand in a line, in order. One of few letters is taken only near
/// the one before it, since it may be anywhere.
fn found<'p>(line: &str, paragraph: &'p [Json]) -> Vec<(Range<usize>, &'p Json)> {
    const FEW: usize = 12;
    const NEAR: usize = 60;
    let mut from = 0;
    let mut all = Vec::new();
    for piece in paragraph {
        let words = piece["text"].as_str().unwrap_or_default().trim();
        let Some(at) = line[from..].find(words).filter(|_| !words.is_empty()) else { continue };
        if words.len() < FEW && at > NEAR {
            continue;
        }
        let start = from + at;
        from = start + words.len();
        all.push((start..from, piece));
    }
    all
}

/// Where a piece came from, in a sentence.
#[must_use]
pub fn told(piece: &Json) -> Text {
    let word = |key: &str| piece[key].as_str().unwrap_or_default().to_owned();
    match piece["from"].as_str() {
        Some("fact") => {
            let (key, fact, file, cell) = (word("key"), word("fact"), word("file"), word("cell"));
            let line = piece["at_line"].as_u64().map_or(cell, |line| line.to_string());
            text!("事实 {key}（{fact}），{file}:{line}", "fact {key} ({fact}), {file}:{line}")
        }
        Some("phrase") => {
            let (id, n) = (word("phrase"), piece["variant"].as_u64().unwrap_or_default());
            text!("套语 {id} 第{n}式", "phrase {id}, variant {n}")
        }
        Some("template") => {
            let (id, line) = (word("template"), piece["at_line"].as_u64().unwrap_or_default());
            text!("模板 {id} 第{line}行", "template {id}, line {line}")
        }
        Some("computed") => {
            let of: Vec<Text> = piece["of"].as_array().into_iter().flatten().map(told).collect();
            let list = |mut words: Vec<&str>, between| {
                words.dedup();
                words.join(between)
            };
            let zh = list(of.iter().map(|t| &*t.zh).collect(), "；");
            let en = list(of.iter().map(|t| &*t.en).collect(), "; ");
            text!("由这些算出：{zh}", "computed from: {en}")
        }
        _ => Text::fixed("程序生成", "the program"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Trace, beside, told};

    const KEPT: &str = r#"{"schema":"wengao.trace/1","pieces":[
        {"line":1,"text":"动员会","from":"fact","fact":"meeting.name","key":"会议.名称","file":"f.yaml","at_line":2},
        {"line":3,"text":"今年安排","from":"template","template":"t","at_line":9},
        {"line":3,"text":"6800万元","from":"fact","fact":"work.funds","key":"工作.资金","file":"f.yaml","at_line":4},
        {"line":3,"text":"，办好实事。","from":"phrase","phrase":"a.b","variant":2}]}"#;

    #[test]
    fn a_piece_is_found_where_the_writer_went_on_with_its_paragraph() {
        let trace = Trace::parse(KEPT.as_bytes()).unwrap();
        let line = "　　今年安排资金6800万元，一件一件办好实事。";
        let (range, piece) = trace.piece(line, line.find("800").unwrap()).unwrap();
        assert_eq!(&line[range], "6800万元");
        assert_eq!(told(piece).zh, "事实 工作.资金（work.funds），f.yaml:4");
        assert!(trace.piece(line, line.find("一件").unwrap()).is_none());
        assert!(trace.piece("她自己写的一段，有6800万元，与底稿没有相同的地方。", 36).is_none());
    }

    #[test]
    fn a_path_is_told_from_the_folder_of_the_document() {
        let told = |folder: &str, path: &str| beside(folder.as_ref(), path.as_ref()).display().to_string();
        assert_eq!(told("/a/drafts", "/a/facts/f.yaml"), "../facts/f.yaml");
        assert_eq!(told("/a", "/a/f.yaml"), "f.yaml");
    }
}
