//! What is said of a document beside it: `报告.docx.yaml`, an index `目录.yaml` for the folder, or
//! the front matter of a .md.
//!
//! ```yaml
//! # 目录.yaml, in the folder of the documents; patterns as in .gitignore, later ones win
//! - {文件: '云岭县*', 地区: 云岭县}
//! - {文件: 报告.docx, 标题: 政府工作报告, 年份: 2025, 文种: 报告}
//! ```

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::app::files::{Files, Use, read_text};
use crate::base::{Error, Place, Problem, Result, Text, yaml};
use crate::corpus::Entry;
use crate::model::facts::{
    Value, check_record,
    table::{Field, Kind, row as key},
};

/// The index of a folder.
pub(super) const INDEX: &str = "目录.yaml";

const TITLE: Field = key("title", "标题", Kind::Words, "标题", "the title", "2025年工作总结");
const LOCALITY: Field =
    key("locality", "地区", Kind::Words, "地区全称", "full name of the locality", "云岭县");
const YEAR: Field = key("year", "年份", Kind::Words, "年份", "the year", "2025");
const GENRE: Field = key("genre", "文种", Kind::Words, "文种", "the genre", "工作总结");

/// The keys of a file beside a document, and of front matter.
static KEYS: &[Field] = &[TITLE, LOCALITY, YEAR, GENRE];

/// The keys of an item of an index.
static ITEM: &[Field] = &[
    key("files", "文件", Kind::List(&Kind::Words), "哪些文件", "which files", "'云岭县*'"),
    TITLE,
    LOCALITY,
    YEAR,
    GENRE,
];

/// What was said, over what `entry` has.
fn lay(said: &Entry, entry: &mut Entry) {
    let words = |new: &String, old: &mut String| {
        if !new.is_empty() {
            old.clone_from(new);
        }
    };
    words(&said.title, &mut entry.title);
    words(&said.locality, &mut entry.locality);
    words(&said.genre, &mut entry.genre);
    if said.year != 0 {
        entry.year = said.year;
    }
}

fn parse(file: &Arc<str>, source: &str) -> (Option<yaml::Node>, Vec<Problem>) {
    yaml::read(file, source, &|word| ITEM.iter().any(|f| f.is_called(word)))
}

fn record(
    file: &Arc<str>,
    node: &yaml::Node,
    keys: &'static [Field],
    problems: &mut Vec<Problem>,
) -> (Entry, Vec<String>) {
    let record = check_record(file, node, keys, problems);
    let word = |id: &str| match record.get(id).map(|f| &f.value) {
        Some(Value::Words(words) | Value::Blank(words)) => words.trim().to_owned(),
        _ => String::new(),
    };
    let year = word("year");
    let number = year.trim_end_matches('年').parse().ok().filter(|y| (1900..2100).contains(y));
    if !year.is_empty() && number.is_none() {
        let at = record.get("year").map(|f| f.at.clone());
        let problem = Problem::new(crate::text!("年份“{year}”不对", "“{year}” is no year"))
            .help(Text::fixed("写四位数字，如 2025", "write four digits, such as 2025"));
        problems.push(match at {
            Some(at) => problem.at(at),
            None => problem,
        });
    }
    let files = match record.get("files").map(|f| &f.value) {
        Some(Value::List(items)) => items.iter().filter_map(|f| f.value.text()).collect(),
        _ => Vec::new(),
    };
    let entry = Entry {
        title: word("title"),
        locality: word("locality"),
        genre: word("genre"),
        year: number.unwrap_or_default(),
        ..Entry::default()
    };
    (entry, files)
}

/// The indexes of the folders that documents are in.
#[derive(Debug, Default)]
pub struct Indexes(Vec<Index>);

#[derive(Debug)]
struct Index {
    folder: PathBuf,
    items: Vec<(Gitignore, Entry)>,
}

impl Indexes {
    /// Reads the index of each of these folders that has one.
    ///
    /// # Errors
    /// If one has faults.
    pub fn read<'p>(files: &dyn Files, folders: impl Iterator<Item = &'p Path>) -> Result<Self> {
        let mut indexes = Vec::new();
        for folder in folders {
            let path = folder.join(INDEX).to_string_lossy().into_owned();
            if files.is_file(&path) {
                indexes.push(Index::read(files, folder, &path)?);
            }
        }
        Ok(Self(indexes))
    }

    /// Adds what the indexes say of the document at `path`; nearer ones win.
    pub(super) fn tell(&self, path: &Path, entry: &mut Entry) {
        for index in &self.0 {
            let Ok(below) = path.strip_prefix(&index.folder) else { continue };
            for (globs, said) in &index.items {
                if globs.matched_path_or_any_parents(below, false).is_ignore() {
                    lay(said, entry);
                }
            }
        }
    }
}

impl Index {
    fn read(files: &dyn Files, folder: &Path, path: &str) -> Result<Self> {
        let source = read_text(files, path, Use::Input)?;
        let file: Arc<str> = path.into();
        let (root, mut problems) = parse(&file, &source);
        let mut items = Vec::new();
        let nodes = match root.map(|n| n.value) {
            Some(yaml::Value::List(nodes)) => nodes,
            Some(yaml::Value::Empty) | None => Vec::new(),
            Some(_) => {
                problems.push(
                    Problem::new(Text::fixed("这里应是一条一条的清单", "a list is expected here"))
                        .help(Text::fixed(
                            "每条一行，如：- {文件: '云岭县*', 地区: 云岭县}",
                            "one item a line, such as: - {文件: '云岭县*', 地区: 云岭县}",
                        ))
                        .at(Place::File(Arc::clone(&file))),
                );
                Vec::new()
            }
        };
        for node in nodes {
            let at = Place::line(&file, node.at);
            let (said, files) = record(&file, &node, ITEM, &mut problems);
            let mut globs = GitignoreBuilder::new("");
            for pattern in &files {
                if globs.add_line(None, pattern).is_err() {
                    let what = crate::text!("文件名“{pattern}”写法有误", "“{pattern}” is no sound pattern");
                    problems.push(Problem::new(what).at(at.clone()));
                }
            }
            if files.is_empty() {
                problems.push(
                    Problem::new(Text::fixed("这一条没有写“文件”", "this item has no 文件"))
                        .help(Text::fixed("加上“文件”，写文件名", "add 文件 with the names of files"))
                        .at(at.clone()),
                );
            }
            if let Ok(globs) = globs.build() {
                items.push((globs, said));
            }
        }
        Error::unless_empty(problems, Self { folder: folder.to_owned(), items })
    }
}

/// What a file beside the document says: its name with `.yaml`.
pub(super) fn beside(files: &dyn Files, path: &str, entry: &mut Entry) -> Result<()> {
    let sidecar = format!("{path}.yaml");
    if !files.is_file(&sidecar) {
        return Ok(());
    }
    let source = read_text(files, &sidecar, Use::Input)?;
    let file: Arc<str> = sidecar.as_str().into();
    let (root, mut problems) = parse(&file, &source);
    if let Some(node) = root.filter(|n| n.value != yaml::Value::Empty) {
        let (said, _) = record(&file, &node, KEYS, &mut problems);
        lay(&said, entry);
    }
    Error::unless_empty(problems, ())
}

/// What the front matter of a document says. It is written for other programs as well, so what is
/// not understood is passed over.
pub(super) fn front_matter(text: &str, entry: &mut Entry) {
    let Some(body) = text.trim_start_matches('\u{FEFF}').strip_prefix("---") else { return };
    let Some(end) = body.find("\n---") else { return };
    let parsed = yaml::parse(&body[..end], &|_| false);
    let Some(yaml::Value::Map(entries)) = parsed.root.map(|n| n.value) else { return };
    let word = |field: &Field| {
        let found = entries.iter().find(|e| field.is_called(&e.key))?;
        match &found.value.value {
            yaml::Value::Scalar(word) => Some(word.trim().to_owned()),
            _ => None,
        }
    };
    let said = Entry {
        title: word(&TITLE).unwrap_or_default(),
        locality: word(&LOCALITY).unwrap_or_default(),
        genre: word(&GENRE).unwrap_or_default(),
        year: word(&YEAR).and_then(|y| y.trim_end_matches('年').parse().ok()).unwrap_or_default(),
        ..Entry::default()
    };
    lay(&said, entry);
}
