//! A skeleton as a person reads it (`wengao template show`): its text as it stands, and in place of each
//! expression what will stand there, with an example.
//!
//! ```text
//! @salutation 〔称谓；不填则用“同志们”〕：
//! 〔时令、场景，一句话，放在致辞开头，如“谷雨将至……”〕
//! 〔套语 launch.welcome 欢迎来宾，如“欢迎各位！”〕
//! ```

use std::collections::BTreeSet;

use super::mention;
use super::scan::{self, Shown};
use super::skeleton::Skeleton;
use super::tag::{Found, tag_words};
use crate::base::{Lang, Text};
use crate::model::facts::path;

/// Characters of an example that are shown.
const SHOWN: usize = 18;

/// The body of a skeleton, line by line with the numbers of its file; those of a part follow the line
/// that asks for it.
#[must_use]
pub fn body(skeleton: &Skeleton, lang: Lang) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    let mut rows: Vec<(u32, usize, String)> = Vec::new();
    let mut row = String::new();
    let mut number = 1;
    for (line, shown) in scan::stretches(skeleton.written()) {
        if row.is_empty() {
            number = line;
        }
        match shown {
            Shown::Text(words) => {
                for piece in words.split_inclusive('\n') {
                    row.push_str(piece.trim_end_matches('\n'));
                    if piece.ends_with('\n') {
                        rows.push((number, depth, std::mem::take(&mut row)));
                        number += 1;
                    }
                }
            }
            Shown::Value(code, found) => row.push_str(&value(skeleton, code, &found, lang)),
            Shown::Tag(code, found) => {
                let word = tag_words(code).next().unwrap_or_default();
                if matches!(word, "endif" | "endfor" | "else" | "elif") {
                    depth = depth.saturating_sub(1);
                }
                if let Some(words) = tag(word, &found, lang) {
                    rows.push((line, depth, words));
                }
                if matches!(word, "if" | "for" | "else" | "elif") {
                    depth += 1;
                }
            }
        }
    }
    rows.push((number, depth, row));
    let mut before_blank = true;
    for (line, depth, row) in rows {
        let row = row.trim();
        if row.is_empty() {
            // One blank line says as much as three.
            if !std::mem::replace(&mut before_blank, true) {
                text.push('\n');
            }
            continue;
        }
        before_blank = false;
        let (file, own) = skeleton.lines.of(line);
        let part = if skeleton.lines.host(line) == own && *file == skeleton.id {
            String::new()
        } else {
            format!("{file}:")
        };
        text.push_str(&format!("{part}{own:>4}  {}{row}\n", "  ".repeat(depth)));
    }
    text
}

/// What a tag asks: when the lines below it are written, and how often.
fn tag(word: &str, found: &Found, lang: Lang) -> Option<String> {
    let facts = || names(found, lang);
    let said = match word {
        "if" | "elif" => {
            Text::new(format!("（看{}，才写：）", facts()), format!("(depending on {}:)", facts()))
        }
        "for" => Text::new(format!("（{}，逐项写：）", facts()), format!("(for each of {}:)", facts())),
        "else" => Text::fixed("（否则：）", "(otherwise:)"),
        _ => return None,
    };
    Some(said.in_lang(lang).to_owned())
}

/// What a tag mentions, by the keys of the facts.
fn names(found: &Found, lang: Lang) -> String {
    let mut seen = BTreeSet::new();
    let paths = found.paths.iter().map(|(path, _)| path.trim_end_matches("[]"));
    let names = paths.filter(|path| seen.insert(*path)).map(|path| match lang {
        Lang::Zh => path::in_chinese(path),
        Lang::En => path.to_owned(),
    });
    names.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
}

/// What stands in place of an expression.
fn value(skeleton: &Skeleton, code: &str, found: &Found, lang: Lang) -> String {
    let mut said: Vec<String> = Vec::new();
    for call in &found.phrases {
        let Some(phrase) = skeleton.phrases.get(call.id.as_str()) else { continue };
        let variant = phrase.variants.first().map(|v| shortened(&v.text)).unwrap_or_default();
        let (id, function) = (&call.id, phrase.function.in_lang(lang));
        said.push(match lang {
            Lang::Zh => format!("套语 {id} {function}，如“{variant}”"),
            Lang::En => format!("phrase {id}: {function}, e.g. “{variant}”"),
        });
    }
    let mut seen = BTreeSet::new();
    let paths = found.paths.iter().flat_map(|(path, _)| {
        let facts = mention::facts(path);
        if facts.is_empty() || path.starts_with("words.") { vec![path.clone()] } else { facts }
    });
    // What a phrase does says more than what it is given.
    let paths = paths.filter(|_| found.phrases.is_empty());
    for path in paths {
        if !seen.insert(path.clone()) {
            continue;
        }
        let label = path::field(&path).map(|f| f.label.in_lang(lang).to_owned());
        let first = path.replace("[]", "[0]");
        let example = [first.clone(), format!("{first}[0]"), format!("{first}[0].name")];
        let example = example.iter().find_map(|path| skeleton.example().text(path));
        let mut words = label.unwrap_or(path);
        if let Some(example) = example {
            let (head, close) = if lang == Lang::Zh { ("，如“", "”") } else { (", e.g. “", "”") };
            words.push_str(&format!("{head}{}{close}", shortened(&example)));
        }
        said.push(words);
    }
    if said.is_empty() {
        said.push(code.trim_matches(['{', '}', ' ']).to_owned());
    }
    format!("〔{}〕", said.join(if lang == Lang::Zh { "；或" } else { "; or " }))
}

/// The beginning of a text.
fn shortened(text: &str) -> String {
    let mut out: String = text.chars().filter(|c| *c != '\n').take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        out.push('…');
    }
    out
}
