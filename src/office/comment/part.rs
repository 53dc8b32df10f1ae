//! The comments part, and the parts that tell of it: relationships, content types, and those in
//! which newer Words keep threads.
//!
//! The program's own comments go, with whatever refers to them; other people's stay.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use crate::base::Result;
use crate::office::added::{DECLARATION, Relation, append, beside, declare, relate};
use crate::office::document::unsafe_change;
use crate::office::own::{AUTHOR, STRICT_W, W, mark_number, root};
use crate::office::package::{Package, Part};
use crate::office::splice::Splices;
use crate::office::xml::{Token, each};

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

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
                    old.highest = old.highest.max(mark_number(&id));
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

    /// Takes the program's own comments for somebody else's: they stay.
    pub(super) fn keep_own(&mut self) {
        let own = self.own.drain().filter_map(|id| mark_number(&id)).max();
        self.highest = self.highest.max(own);
        self.ranges.clear();
        self.paragraphs.clear();
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
            let mut files = std::iter::once("comments.xml".to_owned())
                .chain((2..).map(|n: u32| format!("comments{n}.xml")));
            let file = files.find(|f| !package.has(&beside(main, f))).unwrap_or_default();
            let xml = format!(
                "{DECLARATION}<w:comments xmlns:w=\"{namespace}\">{}</w:comments>",
                entries("w", namespace)
            );
            let name = beside(main, &file);
            let relation = Relation { kind: "comments", target: &file, wanted: "rIdWengao" };
            relate(package, main, relation, strict, parts)?;
            declare(package, &name, CONTENT_TYPE, parts)?;
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
