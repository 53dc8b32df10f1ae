//! What stands under the pointer: a finding and its rule; the fact, phrase or line from which a drafted
//! stretch came; a key of the facts; a path or a phrase of a skeleton.

use std::ops::Range;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::desk::{Kind, Open};
use super::fields;
use super::uri::uri_of;
use super::ways::Ways;
use crate::app::explain::{markdown, prose, rule};
use crate::app::trace::{Trace, told};
use crate::app::{Files, Office};
use crate::base::{Lang, Text};
use crate::model::facts::path;
use crate::text;

/// What is to be shown, in Markdown, and of which bytes it speaks; `None` if nothing stands there.
pub(super) fn hover(open: &Open, byte: usize, office: &Office, ways: &Ways) -> Json {
    let found = match open.kind {
        Kind::Document => document(open, byte, office, ways),
        Kind::Facts | Kind::Settings => {
            fields::key_at(open, byte).map(|(range, field)| (range, fields::page(field, ways.lang)))
        }
        Kind::Skeleton => skeleton(open, byte, office, ways.lang),
        Kind::Other => None,
    };
    found.map_or(Json::Null, |(range, page)| {
        json!({
            "contents": { "kind": "markdown", "value": page },
            "range": open.shown(&range, ways.units),
        })
    })
}

fn document(open: &Open, byte: usize, office: &Office, ways: &Ways) -> Option<(Range<usize>, String)> {
    let lang = ways.lang;
    let seen = open.seen.as_ref().filter(|seen| seen.version == open.version);
    let here = seen.into_iter().flat_map(|seen| &seen.findings);
    let mut here = here.filter(|finding| finding.range.contains(&byte)).peekable();
    let range = here.peek().map(|finding| finding.range.clone());
    let mut pages: Vec<String> = Vec::new();
    for finding in here {
        let mut page = format!("**{}**\n", prose(finding.message.in_lang(lang)));
        if let Some(help) = &finding.help {
            page.push_str(&format!("\n{}{}\n", lang.either("办法：", "Help: "), prose(help.in_lang(lang))));
        }
        if let Ok(about) = rule(finding.rule) {
            page.push_str(&format!("\n---\n{}", markdown(about, lang)));
        }
        pages.push(page);
    }
    let (start, line) = open.line_at(byte);
    let traced = Trace::of(office, &open.name).and_then(|trace| {
        let (range, piece) = trace.piece(line, byte - start)?;
        Some((start + range.start..start + range.end, origin(piece, open, &*office.files, lang)))
    });
    let range = range.or(traced.as_ref().map(|(range, _)| range.clone()))?;
    pages.extend(traced.map(|(_, page)| page));
    Some((range, pages.join("\n\n---\n\n")))
}

/// Where a drafted stretch came from; a file can be gone to.
fn origin(piece: &Json, open: &Open, files: &dyn Files, lang: Lang) -> String {
    let said = prose(told(piece).in_lang(lang));
    let head = lang.either("来自", "From ");
    let Some(file) = piece["file"].as_str() else { return format!("{head}{said}") };
    let beside = Path::new(&open.name).parent().unwrap_or(Path::new("")).join(file);
    let at = piece["at_line"].as_u64().map_or(String::new(), |line| format!("#L{line}"));
    let uri = uri_of(&files.real(&beside.to_string_lossy()));
    format!("{head}{said}\n\n[{}]({uri}{at})", prose(file))
}

fn skeleton(open: &Open, byte: usize, office: &Office, lang: Lang) -> Option<(Range<usize>, String)> {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    let start = open.text[..byte]
        .rfind(|c| !word(c))
        .map_or(0, |at| at + open.text[at..].chars().next().map_or(0, char::len_utf8));
    let end = open.text[byte..].find(|c| !word(c)).map_or(open.text.len(), |at| byte + at);
    let words = &open.text[start..end];
    if words.is_empty() {
        return None;
    }
    if let Some(phrase) = fields::phrase_at(open, start)
        .then(|| fields::phrases(office))
        .into_iter()
        .flatten()
        .find(|p| *p.id == *words)
    {
        let said: Vec<_> = phrase.variants.iter().map(|v| format!("- {}", prose(&v.text))).collect();
        let page = format!("**{}** {}\n\n{}\n", phrase.id, phrase.function.in_lang(lang), said.join("\n"));
        return Some((start..end, page));
    }
    let meant = fields::meant(&open.text[..start], words);
    let field = path::field(&meant)?;
    let chinese = path::in_chinese(&meant);
    let at: Text = text!("事实 {chinese}", "fact {chinese}");
    Some((start..end, format!("{}\n\n{}", prose(at.in_lang(lang)), fields::page(field, lang))))
}
