//! What two documents share, passage by passage, without a corpus.

use serde_json::{Value as Json, json};

use crate::base::{Lang, Result, lines::code_points};
use crate::corpus::{Points, Stock, compare as search};
use crate::report::{cut, sides};
use crate::rules::copied_passage::LEAST;
use crate::text;

/// What two documents share.
#[derive(Debug)]
pub struct Shared {
    /// Their names.
    pub names: [String; 2],
    /// How much of each is in the other, in hundredths.
    pub percent: [usize; 2],
    /// The passages, in the order of the first.
    pub passages: Vec<Passage>,
}

/// A passage that both have.
#[derive(Debug)]
pub struct Passage {
    /// Where it stands in the first document, in code points.
    pub start: usize,
    /// How many letters are the same.
    pub same: usize,
    /// What the first says.
    pub words: String,
    /// What the second says, and where.
    pub theirs: Vec<(Points, String)>,
}

/// Columns of a passage that are shown.
const SHOWN: usize = 160;

/// Holds two documents, each a name and a text, against each other.
///
/// # Errors
/// None; a store in memory does not fail.
pub fn compare(one: (&str, &str), other: (&str, &str)) -> Result<Shared> {
    let found = search(one.1, other.1, &Stock::known(), LEAST)?;
    let back = search(other.1, one.1, &Stock::known(), LEAST)?.percent();
    let percent = [found.percent(), back];
    let passage = |passage: crate::corpus::Passage| Passage {
        start: code_points(&one.1[..passage.bytes.start]),
        same: passage.same,
        words: one.1[passage.bytes].to_owned(),
        theirs: (passage.sources.into_iter().next())
            .map(|taken| taken.stretches.into_iter().map(|s| (s.points, s.words)).collect())
            .unwrap_or_default(),
    };
    let passages = found.passages.into_iter().map(passage).collect();
    Ok(Shared { names: [one.0.to_owned(), other.0.to_owned()], percent, passages })
}

impl Shared {
    /// For programs; positions are code points.
    #[must_use]
    pub fn as_json(&self) -> Json {
        let passages = self.passages.iter().map(|passage| {
            let Passage { start, same, words, theirs } = passage;
            let theirs = theirs.iter();
            let theirs: Vec<Json> =
                theirs.map(|(at, words)| json!({"start": at.start, "end": at.end, "text": words})).collect();
            let end = start + code_points(words);
            json!({"start": start, "end": end, "same": same, "text": words, "sources": theirs})
        });
        let passages: Vec<Json> = passages.collect();
        json!({ "documents": self.names, "percent": self.percent, "passages": passages })
    }

    /// For people.
    #[must_use]
    pub fn page(&self, lang: Lang) -> String {
        let ([a, b], [percent, back]) = (&self.names, self.percent);
        let mut out = text!(
            "{a} 的{percent}%在 {b} 里，{b} 的{back}%在 {a} 里\n",
            "{percent}% of {a} is in {b}, {back}% of {b} is in {a}\n"
        )
        .in_lang(lang)
        .to_owned();
        for (n, Passage { start, same, words, theirs }) in self.passages.iter().enumerate() {
            let (n, at) = (n + 1, start + 1);
            let head = text!(
                "\n{n}. 第{at}字起，{same}字相同\n",
                "\n{n}. from character {at}, {same} letters the same\n"
            );
            out.push_str(head.in_lang(lang));
            let theirs: Vec<&str> = theirs.iter().map(|(_, words)| words.as_str()).collect();
            let (ours, theirs) = sides(words, &theirs.join("……"));
            out.push_str(&format!("   {}\n", cut(&ours, SHOWN)));
            if ours != theirs {
                out.push_str(&format!("   {}\n", cut(&theirs, SHOWN)));
            }
        }
        out
    }
}
