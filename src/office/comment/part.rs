//! The comments part, and the parts that tell of it: relationships, content types, and those in
//! which newer Words keep threads.
//!
//! The program's own comments go, with whatever refers to them; other people's stay.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use crate::base::Result;
use crate::office::document::unsafe_change;
use crate::office::own::{AUTHOR, W, root};
use crate::office::package::{Encoding, Package, Part, relationships_of};
use crate::office::splice::Splices;
use crate::office::xml::{Token, each};

const STRICT_W: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The comments that a document has.
#[derive(Default)]
pub(super) struct Old {
    /// The name and text of the part, if there is one.
    part: Option<(String, Part)>,
    /// Bytes of the program's own comments in it.
    ranges: Vec<Range<usize>>,
    /// Their ids.
    pub(super) own: HashSet<String>,
    /// The ids of their paragraphs, by which newer parts refer to them.
    paragraphs: HashSet<String>,
    /// The highest id of the others.
    pub(super) highest: Option<u64>,
}

/// How many comments of a part are not the program's own.
pub fn others(xml: &str) -> usize {
    let mut others = 0;
    // Of a damaged part as much counts as can be read.
    let _ = each(xml, |token, _| {
        if let Token::Start(e) = token
            && e.name() == "comment"
        {
            others += usize::from(e.attribute("author").is_none_or(|author| author != AUTHOR));
        }
    });
    others
}

impl Old {
    pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Self> {
        let mut old = Self::default();
        let name = package.relationships(main).into_iter().find(|r| r.kind == "comments").map(|r| r.target);
        let Some((name, part)) = name.and_then(|n| package.part(&n).map(|p| (n, p))) else { return Ok(old) };
        if let Some(problem) = part.problem {
            return Err(problem.into());
        }
        // The comment at hand: where it starts, and whether it is the program's.
        let mut open: Option<(usize, bool)> = None;
        let sound = each(&part.text, |token, at| match token {
            Token::Start(e) if e.name() == "comment" => {
                let own = e.attribute("author").is_some_and(|a| a == AUTHOR);
                let id = e.attribute("id").unwrap_or_default();
                if own {
                    old.own.insert(id);
                } else {
                    old.highest = old.highest.max(id.parse().ok());
                }
                open = Some((at.start, own));
            }
            Token::Start(e) if open.is_some_and(|(_, own)| own) && e.name() == "p" => {
                old.paragraphs.extend(e.attribute("paraId"));
            }
            Token::End("comment") => {
                if let Some((start, true)) = open.take() {
                    old.ranges.push(start..at.end);
                }
            }
            _ => {}
        });
        if !sound {
            return Err(unsafe_change().into());
        }
        old.part = Some((name, part));
        Ok(old)
    }

    /// Puts the parts that tell of comments into `parts`, changed.
    pub(super) fn rewrite(
        self,
        package: &mut Package<'_>,
        main: &str,
        document: &str,
        entries: &dyn Fn(&str, &str) -> String,
        parts: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<()> {
        let strict = root(document).is_some_and(|(_, namespace)| namespace == STRICT_W);
        let namespace = if strict { STRICT_W } else { W };
        self.forget(package, main, parts);
        let Some((name, part)) = self.part else {
            let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let mut files = std::iter::once("comments.xml".to_owned())
                .chain((2..).map(|n: u32| format!("comments{n}.xml")));
            let file = files.find(|f| !package.has(&format!("{folder}{f}"))).unwrap_or_default();
            let xml = format!(
                "{DECLARATION}<w:comments xmlns:w=\"{namespace}\">{}</w:comments>",
                entries("w", namespace)
            );
            let name = format!("{folder}{file}");
            relate(package, main, &file, strict, parts)?;
            declare(package, &name, parts)?;
            parts.insert(name, xml.into_bytes());
            return Ok(());
        };
        let mut splices = Splices::default();
        for range in self.ranges {
            splices.replace(range, "");
        }
        let bare = splices.apply(&part.text).ok_or_else(unsafe_change)?;
        let xml = append(&bare, |prefix| entries(prefix, namespace)).ok_or_else(unsafe_change)?;
        parts.insert(name, part.encoding.encode(&xml));
        Ok(())
    }

    /// Takes the program's comments out of the parts in which newer Words keep threads and
    /// durable ids. Replies to them become comments of their own.
    fn forget(&self, package: &mut Package<'_>, main: &str, parts: &mut BTreeMap<String, Vec<u8>>) {
        if self.paragraphs.is_empty() {
            return;
        }
        let mut durable = HashSet::new();
        let relationships = package.relationships(main);
        for (kind, key) in
            [("commentsExtended", "paraId"), ("commentsIds", "paraId"), ("commentsExtensible", "durableId")]
        {
            let Some(name) = relationships.iter().find(|r| r.kind == kind).map(|r| r.target.clone()) else {
                continue;
            };
            let Some(part) = package.part(&name).filter(|p| p.problem.is_none()) else { continue };
            let mut splices = Splices::default();
            let mut ends: Vec<Option<usize>> = Vec::new();
            let gone = if key == "durableId" { durable.clone() } else { self.paragraphs.clone() };
            let sound = each(&part.text, |token, at| match token {
                Token::Start(e) => {
                    let mine = e.attribute(key).is_some_and(|id| gone.contains(&id));
                    if mine {
                        durable.extend(e.attribute("durableId"));
                    }
                    let parent = e.attribute("paraIdParent").filter(|id| gone.contains(id));
                    if let Some(parent) = parent.filter(|_| !mine) {
                        let tag = &part.text[at.clone()];
                        if let Some(value) = tag.find(&format!("paraIdParent=\"{parent}\"")) {
                            let name = tag[..value].rfind(char::is_whitespace).unwrap_or(value);
                            let end = value + "paraIdParent=\"\"".len() + parent.len();
                            splices.replace(at.start + name..at.start + end, "");
                        }
                    }
                    // What an element of the program's holds goes with it.
                    let nested = ends.iter().any(Option::is_some);
                    ends.push((mine && !nested).then_some(at.start));
                }
                Token::End(_) => {
                    if let Some(Some(start)) = ends.pop() {
                        splices.replace(start..at.end, "");
                    }
                }
                _ => {}
            });
            if sound
                && !splices.is_empty()
                && let Some(xml) = splices.apply(&part.text)
            {
                parts.insert(name, part.encoding.encode(&xml));
            }
        }
    }
}

/// `xml` with what `child` gives as the last child of its root; it is told the root's prefix,
/// without the colon.
fn append(xml: &str, child: impl FnOnce(&str) -> String) -> Option<String> {
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

/// Adds the relationship from the main part to its comments.
fn relate(
    package: &mut Package<'_>,
    main: &str,
    target: &str,
    strict: bool,
    parts: &mut BTreeMap<String, Vec<u8>>,
) -> Result<()> {
    const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let base = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    };
    let name = relationships_of(main);
    let part = package.part(&name).unwrap_or(Part {
        text: format!("{DECLARATION}<Relationships xmlns=\"{NAMESPACE}\"></Relationships>"),
        problem: None,
        encoding: Encoding::Utf8,
    });
    // Links to the web have ids too, which `relationships` leaves out; the text tells of all.
    let mut ids = std::iter::once("rIdWengao".to_owned()).chain((2..).map(|n: u32| format!("rIdWengao{n}")));
    let id = ids.find(|id| !part.text.contains(&format!("\"{id}\""))).unwrap_or_default();
    let xml = append(&part.text, |prefix| {
        let name = qualified(prefix, "Relationship");
        format!(r#"<{name} Id="{id}" Type="{base}/comments" Target="{target}"/>"#)
    });
    parts.insert(name, part.encoding.encode(&xml.ok_or_else(unsafe_change)?));
    Ok(())
}

/// Adds the content type of the comments.
fn declare(package: &mut Package<'_>, part_name: &str, parts: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    const NAME: &str = "[Content_Types].xml";
    let Some(part) = package.part(NAME) else { return Ok(()) };
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
        format!(r#"<{name} PartName="{part_name}" ContentType="{CONTENT_TYPE}"/>"#)
    });
    parts.insert(NAME.to_owned(), part.encoding.encode(&xml.ok_or_else(unsafe_change)?));
    Ok(())
}
