//! Parts that a .docx is given besides its own: what leads to them, and what tells what they are.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::unsafe_change;
use super::package::{Encoding, Package, Part, relationships_of};
use super::splice::Splices;
use super::xml::{Token, each};
use crate::base::Result;

/// The first line of every part.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A part as it is so far: as it was changed, else as it was.
pub(crate) fn so_far(
    package: &mut Package<'_>,
    name: &str,
    parts: &BTreeMap<String, Vec<u8>>,
) -> Option<Part> {
    match parts.get(name) {
        // What was changed is encoded as it was; only UTF-8 is gone on with.
        Some(bytes) if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) => None,
        Some(bytes) => {
            let (bytes, encoding) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
                Some(rest) => (rest, Encoding::Utf8Marked),
                None => (&bytes[..], Encoding::Utf8),
            };
            let text = String::from_utf8_lossy(bytes).into_owned();
            Some(Part { text, problem: None, encoding })
        }
        None => package.part(name),
    }
}

/// `xml` with what `child` gives as the last child of its root; it is told the root's prefix,
/// without the colon.
pub(crate) fn append(xml: &str, child: impl FnOnce(&str) -> String) -> Option<String> {
    let mut root: Option<(String, Range<usize>)> = None;
    let (mut depth, mut close) = (0usize, None);
    let sound = each(xml, |token, at| match token {
        Token::Start(e) => {
            depth += 1;
            if root.is_none() {
                root = Some((e.qualified().to_owned(), at));
            }
        }
        Token::End(_) => {
            depth = depth.saturating_sub(1);
            if depth == 0 && close.is_none() {
                close = Some(at);
            }
        }
        _ => {}
    });
    let ((name, open), close) = (root.filter(|_| sound)?, close?);
    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
    let child = child(prefix);
    let mut splices = Splices::default();
    if close.is_empty() {
        // `<w:comments/>`: the tag has to be opened first.
        let slash = open.start + xml[open.clone()].rfind('/')?;
        splices.replace(
            slash..open.end,
            if child.is_empty() { "/>".into() } else { format!(">{child}</{name}>") },
        );
    } else {
        splices.replace(close.start..close.start, child);
    }
    splices.apply(xml)
}

fn qualified(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}:{name}") }
}

/// A relationship that is to be.
pub(crate) struct Relation<'r> {
    /// The last word of its type.
    pub kind: &'r str,
    /// Where it leads.
    pub target: &'r str,
    /// The id that it gets, or, where that is given away, one that begins so.
    pub wanted: &'r str,
}

/// The name of a part that lies beside another.
pub(crate) fn beside(main: &str, file: &str) -> String {
    main.rsplit_once('/').map_or_else(|| file.to_owned(), |(folder, _)| format!("{folder}/{file}"))
}

/// Adds a relationship of the main part, and gives its id. What stands in `parts` already is gone on with.
pub(crate) fn relate(
    package: &mut Package<'_>,
    main: &str,
    relation: Relation<'_>,
    strict: bool,
    parts: &mut BTreeMap<String, Vec<u8>>,
) -> Result<String> {
    const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let base = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    };
    let name = relationships_of(main);
    let part = so_far(package, &name, parts).unwrap_or(Part {
        text: format!("{DECLARATION}<Relationships xmlns=\"{NAMESPACE}\"></Relationships>"),
        problem: None,
        encoding: Encoding::Utf8,
    });
    let Relation { kind, target, wanted } = relation;
    // Links to the web have ids too, which `relationships` leaves out; the text tells of all.
    let mut ids = std::iter::once(wanted.to_owned()).chain((2..).map(|n: u32| format!("{wanted}{n}")));
    let id = ids.find(|id| !part.text.contains(&format!("\"{id}\""))).unwrap_or_default();
    let xml = append(&part.text, |prefix| {
        let name = qualified(prefix, "Relationship");
        format!(r#"<{name} Id="{id}" Type="{base}/{kind}" Target="{target}"/>"#)
    });
    parts.insert(name, part.encoding.encode(&xml.ok_or_else(unsafe_change)?));
    Ok(id)
}

/// Adds the content type of a part.
pub(crate) fn declare(
    package: &mut Package<'_>,
    part_name: &str,
    content_type: &str,
    parts: &mut BTreeMap<String, Vec<u8>>,
) -> Result<()> {
    const NAME: &str = "[Content_Types].xml";
    let Some(part) = so_far(package, NAME, parts) else { return Ok(()) };
    let part_name = format!("/{part_name}");
    let mut known = false;
    let sound = each(&part.text, |token, _| {
        if let Token::Start(e) = token {
            known |= e.attribute("PartName").is_some_and(|n| n.eq_ignore_ascii_case(&part_name));
        }
    });
    if !sound {
        return Err(unsafe_change().into());
    }
    if known {
        return Ok(());
    }
    let part_name = quick_xml::escape::escape(part_name.as_str());
    let xml = append(&part.text, |prefix| {
        let name = qualified(prefix, "Override");
        format!(r#"<{name} PartName="{part_name}" ContentType="{content_type}"/>"#)
    });
    parts.insert(NAME.to_owned(), part.encoding.encode(&xml.ok_or_else(unsafe_change)?));
    Ok(())
}
