//! The lists of words in `phrasebank/lexicon/`, made into constants.
//!
//! A list that stands in a file of its own can be read and mended by somebody who writes no Rust;
//! one that is a constant costs nothing when the program starts. So the build turns each file into
//! a module and each of its sections into a constant, and says of a slip where it is. What a file
//! may hold is told in `CONTRIBUTING.md`.

use std::collections::HashMap;
use std::fmt::Write;

/// What is wrong with a file, and on which of its lines, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub struct Slip {
    pub line: usize,
    pub what: String,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// One word; `_` stands for a blank.
    Word,
    /// The whole line as it is, the only column of its section.
    Line,
    /// One character.
    Character,
    /// A whole number.
    Number,
    /// A year of four digits.
    Year,
    /// A day, as in 2022-10-22.
    Day,
    /// Characters that count one by one, written without blanks; `-` if there are none.
    Characters,
    /// All further words of the line; `-` if there are none.
    Words,
    /// All further numbers of the line.
    Numbers,
}

impl Column {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "word" => Self::Word,
            "line" => Self::Line,
            "character" => Self::Character,
            "number" => Self::Number,
            "year" => Self::Year,
            "day" => Self::Day,
            "characters" => Self::Characters,
            "words" => Self::Words,
            "numbers" => Self::Numbers,
            _ => return None,
        })
    }

    /// Whether it takes the rest of its line.
    fn takes_the_rest(self) -> bool {
        matches!(self, Self::Words | Self::Numbers)
    }

    /// Its type in Rust.
    fn kind(self) -> &'static str {
        match self {
            Self::Word | Self::Line | Self::Characters => "&str",
            Self::Character => "char",
            Self::Number => "u32",
            Self::Year => "u16",
            Self::Day => "(u16, u8, u8)",
            Self::Words => "&[&str]",
            Self::Numbers => "&[u32]",
        }
    }

    /// Its value in Rust, or what is wrong with it.
    fn value(self, written: &[&str]) -> Result<String, String> {
        let first = written.first().copied().unwrap_or_default();
        let number = |n: &str| n.parse::<u32>().map_err(|_| format!("“{n}” is no whole number"));
        let word = |w: &str| format!("{:?}", w.replace('_', " "));
        match self {
            Self::Word => Ok(word(first)),
            Self::Line => Ok(format!("{first:?}")),
            Self::Character => {
                let mut chars = first.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => Ok(format!("{c:?}")),
                    _ => Err(format!("“{first}” is more than one character")),
                }
            }
            Self::Number => number(first).map(|n| n.to_string()),
            Self::Year => match first.parse::<u16>() {
                Ok(year @ 1000..=2999) => Ok(year.to_string()),
                _ => Err(format!("“{first}” is no year of four digits")),
            },
            Self::Day => {
                let parts: Vec<u32> = first.split('-').filter_map(|n| n.parse().ok()).collect();
                match parts[..] {
                    [year @ 1900..=2100, month @ 1..=12, day @ 1..=31] => {
                        Ok(format!("({year}, {month}, {day})"))
                    }
                    _ => Err(format!("“{first}” is no day; write 2022-10-22")),
                }
            }
            Self::Characters if first == "-" => Ok("\"\"".to_owned()),
            Self::Characters => match repeated(first.chars()) {
                Some(c) => Err(format!("“{c}” stands twice in “{first}”")),
                None => Ok(format!("{first:?}")),
            },
            Self::Words if written == ["-"] => Ok("&[]".to_owned()),
            Self::Words => match repeated(written.iter()) {
                Some(w) => Err(format!("“{w}” stands twice on this line")),
                None => Ok(format!("&[{}]", written.iter().map(|w| word(w)).collect::<Vec<_>>().join(", "))),
            },
            Self::Numbers => {
                let numbers: Vec<String> =
                    written.iter().map(|n| number(n).map(|n| n.to_string())).collect::<Result<_, _>>()?;
                Ok(format!("&[{}]", numbers.join(", ")))
            }
        }
    }
}

/// The first that stands twice.
fn repeated<T: Eq + std::hash::Hash + Copy>(mut of: impl Iterator<Item = T>) -> Option<T> {
    let mut seen = std::collections::HashSet::new();
    of.find(|one| !seen.insert(*one))
}

/// A section while it is read.
struct Section {
    /// The line of its heading.
    line: usize,
    /// Its name, as that of a constant.
    name: String,
    columns: Vec<Column>,
    /// What its comments say, a line each.
    about: Vec<String>,
    /// Whether no line has followed yet, be it right or wrong.
    empty: bool,
    /// Values in Rust.
    values: Vec<String>,
    /// The lines of what may stand only once.
    seen: HashMap<String, usize>,
}

impl Section {
    /// Reads `[name 中文]` or `[name 中文: column, column]`.
    fn headed(heading: &str, line: usize) -> Result<Self, String> {
        let inside = heading.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
        let inside = inside.ok_or("a heading ends with its bracket: [points 要点]")?;
        let (names, columns) = inside.split_once(':').unwrap_or((inside, "word"));
        let (name, chinese) = names.trim().split_once(' ').unwrap_or((names.trim(), ""));
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            return Err(format!("“{name}” is no name of a section; a to z and _ only"));
        }
        if chinese.trim().is_empty() {
            return Err(format!("the section “{name}” does not say its Chinese name: [{name} 中文]"));
        }
        let column = |c: &str| Column::named(c.trim()).ok_or_else(|| format!("no kind of column: “{c}”"));
        let columns: Vec<Column> = columns.split(',').map(column).collect::<Result<_, _>>()?;
        if columns.iter().rev().skip(1).any(|c| c.takes_the_rest()) {
            return Err("only the last column may take the rest of its line".to_owned());
        }
        if columns.len() > 1 && columns.contains(&Column::Line) {
            return Err("a section of lines has no other column".to_owned());
        }
        let about = vec![chinese.trim().to_owned()];
        let name = name.to_ascii_uppercase();
        Ok(Self { line, name, columns, about, empty: true, values: Vec::new(), seen: HashMap::new() })
    }

    /// Takes a line of words or a record.
    fn take(&mut self, written: &str, line: usize) -> Result<(), String> {
        self.empty = false;
        let words: Vec<&str> = written.split_whitespace().collect();
        let [column] = self.columns[..] else { return self.record(&words, line) };
        let written = if column == Column::Line { vec![written] } else { words };
        written.iter().try_for_each(|word| {
            self.once(word, line)?;
            self.values.push(column.value(&[word])?);
            Ok(())
        })
    }

    fn record(&mut self, written: &[&str], line: usize) -> Result<(), String> {
        let (wanted, open) = (self.columns.len(), self.columns.last().is_some_and(|c| c.takes_the_rest()));
        if written.len() < wanted || written.len() > wanted && !open {
            return Err(format!("{} columns are wanted here, {} are given", wanted, written.len()));
        }
        // Of two numbers the pair is what stands once: the 3rd plenum of each committee.
        let key = self.columns.iter().take_while(|c| **c == Column::Number).count().max(1);
        self.once(&written[..key].join(" "), line)?;
        let parts = self.columns.iter().enumerate().map(|(i, column)| {
            column.value(if column.takes_the_rest() { &written[i..] } else { &written[i..=i] })
        });
        let parts: Vec<String> = parts.collect::<Result<_, _>>()?;
        self.values.push(format!("({})", parts.join(", ")));
        Ok(())
    }

    fn once(&mut self, key: &str, line: usize) -> Result<(), String> {
        match self.seen.insert(key.to_owned(), line) {
            Some(before) => Err(format!("“{key}” stands here again; it is on line {before}")),
            None => Ok(()),
        }
    }

    fn constant(&self) -> String {
        let kinds: Vec<&str> = self.columns.iter().map(|c| c.kind()).collect();
        let kind = if let [one] = kinds[..] { one.to_owned() } else { format!("({})", kinds.join(", ")) };
        let mut said = String::new();
        for line in &self.about {
            writeln!(said, "    #[doc = {line:?}]").expect("a string can be written to");
        }
        let Self { name, values, .. } = self;
        format!("{said}    pub const {name}: &[{kind}] = &[{}];\n", values.join(", "))
    }
}

/// Whether a file holds sections; others are read by those who use them, as they are.
pub fn has_sections(text: &str) -> bool {
    text.lines().find(|l| !l.trim().is_empty() && !l.starts_with('#')).is_some_and(is_heading)
}

/// Whether a line opens a section: a bracket and a small letter. Patterns open with other brackets.
pub fn is_heading(line: &str) -> bool {
    line.strip_prefix('[').is_some_and(|l| l.starts_with(|c: char| c.is_ascii_lowercase()))
        && line.ends_with(']')
}

/// The module of a file, or all that is wrong with it.
pub fn module(name: &str, text: &str) -> Result<String, Vec<Slip>> {
    let mut sections: Vec<Section> = Vec::new();
    let mut head: Vec<&str> = Vec::new();
    let mut slips = Vec::new();
    for (line, words) in (1..).zip(text.lines().map(str::trim)) {
        let outcome = match (words.strip_prefix('#'), sections.last_mut()) {
            _ if words.is_empty() => Ok(()),
            (Some(comment), None) => {
                head.push(comment.trim());
                Ok(())
            }
            (Some(comment), Some(section)) => {
                section.about.push(comment.trim().to_owned());
                Ok(())
            }
            (None, _) if is_heading(words) => Section::headed(words, line).and_then(|section| {
                let again = sections.iter().find(|s| s.name == section.name).map(|s| s.line);
                sections.push(section);
                again.map_or(Ok(()), |at| Err(format!("this section is there already, on line {at}")))
            }),
            (None, Some(section)) => section.take(words, line),
            (None, None) => Err("words before the first section".to_owned()),
        };
        slips.extend(outcome.err().map(|what| Slip { line, what }));
    }
    if head.iter().all(|l| l.is_empty()) {
        slips.push(Slip {
            line: 1,
            what: "the head does not say what this is and where it is from".to_owned(),
        });
    }
    let empty = sections.iter().filter(|s| s.empty);
    slips.extend(empty.map(|s| Slip { line: s.line, what: "a section without a word".to_owned() }));
    if !slips.is_empty() {
        slips.sort_by_key(|s| s.line);
        return Err(slips);
    }
    let head: String = head.iter().map(|line| format!("#[doc = {line:?}]\n")).collect();
    let constants: String = sections.iter().map(Section::constant).collect();
    Ok(format!("{head}pub mod {name} {{\n{constants}}}\n"))
}
