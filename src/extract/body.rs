//! The skeleton's file: front matter that declares the facts, and the draft's paragraphs.
//!
//! Text is written so that Tera and the composer give it back letter by letter: braces that would
//! open a tag become strings, a line that begins like a sign of the skeleton gets a backslash, and
//! a heading loses its number only where the program would give it the same one.

use std::fmt::Write;

use super::own::Weighed;
use super::page::Paragraph;
use super::slot::Slot;
use super::{Fact, quoted};
use crate::base::{Lang, han};
use crate::model::BlockKind;
use crate::text;

/// The front matter: what the skeleton is called, and what it needs.
pub(super) fn front(id: &str, title: &str, from: &str, facts: &[Fact]) -> String {
    let mut out = format!(
        "---\nid: {}\ntitle: {{zh: {title}, en: {title}}}\nfamily: own\nabout: {{zh: {}, en: {}}}\nfrom: {}\n",
        quoted(id),
        quoted(&format!("由“{from}”提取，文字照旧，空白和会变的内容成了事实")),
        quoted(&format!(
            "extracted from “{from}”: its words, with facts for its blanks and for what may change"
        )),
        quoted(from),
        title = quoted(title),
    );
    if !facts.is_empty() {
        out.push_str("needs:\n");
    }
    for fact in facts {
        let words = quoted(&fact.sentence);
        let _ = writeln!(out, "  - {{fact: {}, for: {{zh: {words}, en: {words}}}}}", quoted(&fact.path));
    }
    out.push_str("---\n");
    out
}

/// The numbers that the program gives to headings as they come (see `draft/compose.rs`).
#[derive(Debug, Default)]
pub(super) struct Numbers {
    so_far: [usize; 4],
    /// Whether the next heading is to be kept as it is written.
    pub is_kept: bool,
}

impl Numbers {
    /// The number of the next heading of a level from 1 to 4.
    fn next(&self, level: usize) -> String {
        let n = self.so_far[level - 1] + 1;
        match level {
            1 => format!("{}、", han::numeral(n)),
            2 => format!("（{}）", han::numeral(n)),
            3 => format!("{n}."),
            _ => format!("（{n}）"),
        }
    }

    /// Goes past a heading, whose first slot begins at `open_at`: the bytes of its text that are the
    /// number which the program gives it, or none.
    fn take(&mut self, level: usize, text: &str, open_at: usize) -> usize {
        let number = self.next(level);
        let rest = text.strip_prefix(&number).filter(|rest| open_at >= number.len() && !rest.is_empty());
        let counted = !self.is_kept && rest.is_some_and(|rest| !rest.starts_with(char::is_whitespace));
        self.so_far[level - 1] += usize::from(counted);
        self.so_far[level..].fill(0);
        if counted { number.len() } else { 0 }
    }
}

/// One paragraph with its slots; `paths` are those of the slots, `words` what is in it
/// and the language in which that is told. Whether the program numbers it.
pub(super) fn paragraph(
    paragraph: &Paragraph,
    slots: &[Slot],
    paths: &[&str],
    words: (&Weighed, Lang),
    numbers: &mut Numbers,
    out: &mut String,
) -> bool {
    out.push('\n');
    let (words, lang) = words;
    if !words.sentences.is_empty() {
        out.push_str(&remark(paragraph, words, lang));
    }
    let text = match paragraph.kind {
        // A skeleton has | where a line of two parts has a tab.
        kind if kind.has_two_parts() => &paragraph.text.replace('\t', "|"),
        _ => &paragraph.text,
    };
    let open_at = slots.first().map_or(usize::MAX, |s| s.range.start);
    let mut from = 0;
    let mut counted = false;
    if let BlockKind::Heading(level) = paragraph.kind {
        let level = usize::from(level.clamp(1, 4));
        from = numbers.take(level, text, open_at);
        counted = from > 0;
        out.extend(std::iter::repeat_n('#', level + 1));
        out.push_str(if counted { " " } else { "= " });
    } else {
        if paragraph.kind == BlockKind::Annex {
            // An attachment counts its headings anew.
            *numbers = Numbers::default();
        }
        push_sign(paragraph.kind, text, open_at, out);
    }
    for (slot, path) in slots.iter().zip(paths) {
        literal(&text[from..slot.range.start], true, out);
        out.push_str(&expression(path));
        from = slot.range.end;
    }
    literal(&text[from..], false, out);
    out.push('\n');
    counted
}

/// Appends what a skeleton has at the start of a line of this kind, headings aside; the first slot of
/// the text begins at `open_at`.
fn push_sign(kind: BlockKind, text: &str, open_at: usize, out: &mut String) {
    let sign = match kind {
        // The program would put others into brackets.
        BlockKind::Note if !text.starts_with('（') => "",
        // A table is more than its name.
        BlockKind::Caption => "",
        kind => kind.row().sign,
    };
    if !sign.is_empty() {
        out.push_str(sign);
        out.push(' ');
    } else if open_at > 0 && text.starts_with(['#', '@', '\\']) {
        // A backslash says that what follows is no sign.
        out.push('\\');
    }
}

/// `{{ locality.name }}`; keys of one's own in quotation marks, since Tera reads only ASCII names.
fn expression(path: &str) -> String {
    match path.strip_prefix("more.") {
        Some(key) => format!("{{{{ more[\"{key}\"] }}}}"),
        None => format!("{{{{ {path} }}}}"),
    }
}

/// Text as Tera gives it back; `open` if an expression follows.
fn literal(text: &str, open: bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let next = rest.chars().next();
        let opens = next.is_none() && open || next.is_some_and(|c| matches!(c, '{' | '%' | '#'));
        out.push_str(if opens { "{{ \"{\" }}" } else { "{" });
    }
    out.push_str(rest);
}

/// What is somebody's own, as a comment above the paragraph.
fn remark(paragraph: &Paragraph, words: &Weighed, lang: Lang) -> String {
    /// Characters of a sentence that are shown.
    const SHOWN: usize = 12;
    let shown: Vec<String> = words
        .sentences
        .iter()
        .map(|(range, own)| {
            let sentence = paragraph.text[range.clone()].trim();
            let end = sentence.char_indices().nth(SHOWN).map_or(sentence.len(), |(at, _)| at);
            let more = if end < sentence.len() { "…" } else { "" };
            let sentence = &sentence[..end];
            text!("“{sentence}{more}”{own}字", "“{sentence}{more}” {own} letters").in_lang(lang).to_owned()
        })
        .collect();
    // What would close the comment, or be a line of its own.
    let shown = shown
        .join(match lang {
            Lang::Zh => "；",
            Lang::En => "; ",
        })
        .replace("#}", "＃}")
        .replace(['\n', '\r'], " ");
    let remark = text!("原稿自己的话，要改写：{shown}", "the draft's own words, to be said anew: {shown}");
    format!("{{# {} #}}\n", remark.in_lang(lang))
}
