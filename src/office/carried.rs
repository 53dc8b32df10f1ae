//! What a .docx carries besides its text (随文件带出的内容): names of those who wrote, changed and commented, accounts
//! and paths of their machines. What of it matters is not judged here.

use std::ops::Range;

use super::body::Body;
use super::own::AUTHOR;
use super::package::{Package, Relationship};
use super::xml::{Token, each};
use crate::model::{Carried, CarriedKind, Layout};

/// The property in which WPS keeps the account of its user.
const ACCOUNT: &str = "KSOTemplateDocerSaveRecord";

/// Everything that a document carries; `layout` tells which text is hidden.
pub fn carried(
    package: &mut Package<'_>,
    relationships: &[Relationship],
    main: &str,
    body: &Body,
    text: &str,
    layout: &Layout,
) -> Vec<Carried> {
    let mut all = Vec::new();
    all.extend(changes(body));
    for part in relationships.iter().filter(|r| r.kind == "comments") {
        let part = package.part(&part.target);
        all.extend(part.map(|part| comments(&part.text)).unwrap_or_default());
    }
    all.extend(hidden(text, layout));
    all.extend(properties(package));
    all.extend(paths(package, relationships, main));
    all
}

/// Names, each once and none empty.
pub(super) fn once(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for name in names {
        let name = name.trim();
        if !name.is_empty() && seen.insert(name.to_owned()) {
            once.push(name.to_owned());
        }
    }
    once
}

/// The tracked changes of people and those of the program.
pub(super) fn changes(body: &Body) -> Vec<Carried> {
    if body.changes.is_empty() {
        return Vec::new();
    }
    let spans: Vec<Range<usize>> = body.spans().collect();
    let of = |own: bool, kind| {
        let theirs: Vec<_> = body.changes.iter().filter(|(author, _)| (author == AUTHOR) == own).collect();
        let at = theirs.first().and_then(|(_, paragraph)| spans.get(*paragraph).cloned());
        let names = if own { Vec::new() } else { once(theirs.iter().map(|(author, _)| author.clone())) };
        (!theirs.is_empty()).then_some(Carried { kind, names, count: theirs.len(), at })
    };
    [of(false, CarriedKind::Changes), of(true, CarriedKind::OwnChanges)].into_iter().flatten().collect()
}

/// The comments of people and those of the program.
fn comments(xml: &str) -> Vec<Carried> {
    let mut authors = Vec::new();
    // Of a damaged part as much counts as can be read.
    let _ = each(xml, |token, _| {
        if let Token::Start(e) = token
            && e.name() == "comment"
        {
            authors.push(e.attribute("author").unwrap_or_default());
        }
    });
    comments_by(authors)
}

/// The same by who made each.
pub(super) fn comments_by(authors: Vec<String>) -> Vec<Carried> {
    let own = authors.iter().filter(|author| *author == AUTHOR).count();
    let of = |kind, names, count| (count > 0).then_some(Carried { kind, names, count, at: None });
    let others = authors.len() - own;
    let names = once(authors.into_iter().filter(|author| author != AUTHOR));
    let found = [of(CarriedKind::Comments, names, others), of(CarriedKind::OwnComments, Vec::new(), own)];
    found.into_iter().flatten().collect()
}

/// Text that is not seen, by paragraphs.
fn hidden(text: &str, layout: &Layout) -> Option<Carried> {
    let (mut count, mut first) = (0, None);
    for look in &layout.paragraphs {
        let said = |range: &Range<usize>| text.get(range.clone()).is_some_and(|t| !t.trim().is_empty());
        let at = layout.faces(look).find(|(range, face)| face.hidden && said(range)).map(|(range, _)| range);
        count += usize::from(at.is_some());
        first = first.or(at);
    }
    (count > 0).then_some(Carried { kind: CarriedKind::Hidden, names: Vec::new(), count, at: first })
}

/// The values of a part's elements that have one of these names.
pub(super) fn values(xml: &str, names: &[&str]) -> Vec<String> {
    let (mut open, mut found) = (false, Vec::new());
    // Of a damaged part as much counts as can be read.
    let _ = each(xml, |token, _| match token {
        Token::Start(e) => {
            open = names.contains(&e.name());
            if open {
                found.push(String::new());
            }
        }
        Token::End(_) => open = false,
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => {
            if let Some(value) = found.last_mut().filter(|_| open) {
                value.push_str(&words);
            }
        }
    });
    once(found)
}

/// What the properties of the file tell.
fn properties(package: &mut Package<'_>) -> Vec<Carried> {
    let mut found = Vec::new();
    let mut tell = |kind, names: Vec<String>| {
        if !names.is_empty() {
            found.push(Carried { kind, count: names.len(), names, at: None });
        }
    };
    for relationship in package.relationships("") {
        let kind = relationship.kind.as_str();
        if !matches!(kind, "core-properties" | "extended-properties" | "custom-properties") {
            continue;
        }
        let Some(part) = package.part(&relationship.target) else { continue };
        match kind {
            "core-properties" => {
                tell(CarriedKind::Authors, values(&part.text, &["creator", "lastModifiedBy"]));
            }
            "extended-properties" => {
                tell(CarriedKind::Companies, values(&part.text, &["Company", "Manager"]));
                let told = values(&part.text, &["Template", "HyperlinkBase"]);
                tell(CarriedKind::Paths, told.into_iter().filter(|t| is_path(t)).collect());
            }
            _ if part.text.contains(ACCOUNT) => tell(CarriedKind::Account, vec!["WPS".to_owned()]),
            _ => {}
        }
    }
    found
}

/// Links, pictures and a template that are looked for on somebody's disk.
fn paths(package: &mut Package<'_>, relationships: &[Relationship], main: &str) -> Option<Carried> {
    let settings = relationships.iter().find(|r| r.kind == "settings").map(|r| r.target.as_str());
    let mut found = Vec::new();
    for of in [Some(main), settings].into_iter().flatten() {
        found.extend(package.outside(of).into_iter().filter(|target| is_path(target)));
    }
    let names = once(found);
    (!names.is_empty()).then_some(Carried { kind: CarriedKind::Paths, count: names.len(), names, at: None })
}

/// `file:///C:/…`, `C:\…`, `\\server\…`.
fn is_path(target: &str) -> bool {
    let target = target.trim();
    let bytes = target.as_bytes();
    let drive = matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    let file = target.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("file:"));
    drive || file || target.starts_with("\\\\")
}
