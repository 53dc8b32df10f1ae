//! `w:pPr` and `w:rPr` written anew: what a style says now goes, what a style cannot say stays.

use std::ops::Range;

use crate::office::xml::{Token, Xml};

/// The children of `w:pPr` in the schema's order.
const PARAGRAPH: &[&str] = &[
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
];

/// The same of `w:rPr`; of a paragraph's mark the first four come before.
const LETTERS: &[&str] = &[
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
    "rPrChange",
];

/// The same of a `w:lvl` of a list; the number's signs may stand in an alternative.
const LEVEL: &[&str] = &[
    "start",
    "numFmt",
    "AlternateContent",
    "lvlRestart",
    "pStyle",
    "isLgl",
    "suff",
    "lvlText",
    "lvlPicBulletId",
    "legacy",
    "lvlJc",
    "pPr",
    "rPr",
];

/// Children of an element, each by its local name, that may be changed one by one.
#[derive(Debug, Default, Clone)]
pub struct Children {
    order: &'static [&'static str],
    all: Vec<(String, String)>,
}

impl Children {
    /// Those of a `w:pPr`, or of nothing.
    pub fn of_paragraph(xml: &str) -> Self {
        Self { order: PARAGRAPH, all: children(xml) }
    }

    /// Those of a `w:rPr`, or of nothing.
    pub fn of_letters(xml: &str) -> Self {
        Self { order: LETTERS, all: children(xml) }
    }

    /// Those of a `w:lvl` of a list.
    pub fn of_level(xml: &str) -> Self {
        Self { order: LEVEL, all: children(xml) }
    }

    /// Whether the schema knows all of them.
    pub fn is_known(&self) -> bool {
        self.all.iter().all(|(name, _)| self.order.contains(&name.as_str()))
    }

    /// The child of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all.iter().find(|(n, _)| n == name).map(|(_, xml)| xml.as_str())
    }

    /// Whether a yes-or-no child is there and says yes.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|xml| !["\"0\"", "\"false\"", "\"off\""].iter().any(|no| xml.contains(no)))
    }

    /// Only the children of these names stay.
    pub fn keep(&mut self, names: &[&str]) {
        self.all.retain(|(name, _)| names.contains(&name.as_str()));
    }

    /// The child of this name goes.
    pub fn drop(&mut self, name: &str) {
        self.all.retain(|(n, _)| n != name);
    }

    /// A child takes the place of that of its name, or comes besides.
    pub fn set(&mut self, name: &str, xml: impl Into<String>) {
        let xml = xml.into();
        match self.all.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = xml,
            None => self.all.push((name.to_owned(), xml)),
        }
    }

    /// All children of an element of the same kind take the place of theirs.
    pub fn lay(&mut self, xml: &str) {
        for (name, xml) in children(&format!("<w:x>{xml}</w:x>")) {
            self.set(&name, xml);
        }
    }

    /// The children in the schema's order; those that it does not know stay away.
    pub fn written(&self) -> String {
        let known = self.order.iter().filter_map(|name| self.get(name));
        known.collect::<Vec<_>>().concat()
    }
}

/// The children of the root, in order.
pub fn children(xml: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let mut depth = 0usize;
    let mut reader = Xml::of(xml);
    while let Some((token, at)) = reader.read() {
        match token {
            Token::Start(e) => {
                if depth == 1 {
                    open = Some((e.name().to_owned(), at.start));
                }
                depth += 1;
            }
            Token::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 1
                    && let Some((name, start)) = open.take()
                {
                    found.push((name, xml.get(start..at.end).unwrap_or_default().to_owned()));
                }
            }
            _ => {}
        }
    }
    found
}

/// The bytes of the direct child of this name of an element; of several the first.
pub fn child(xml: &str, name: &str) -> Option<Range<usize>> {
    let mut open = None;
    let mut depth = 0usize;
    let mut reader = Xml::of(xml);
    while let Some((token, at)) = reader.read() {
        match token {
            Token::Start(e) => {
                if depth == 1 && e.name() == name {
                    open = Some(at.start);
                }
                depth += 1;
            }
            Token::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 1
                    && let Some(start) = open
                {
                    return Some(start..at.end);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Children, child};

    #[test]
    fn children_keep_their_bytes_and_get_the_schemas_order() {
        let mut set = Children::of_paragraph(
            "<w:pPr><w:jc w:val=\"left\"/><w:numPr><w:numId w:val=\"3\"/></w:numPr><w:odd/></w:pPr>",
        );
        set.lay("<w:pStyle w:val=\"a\"/><w:jc w:val=\"center\"/>");
        assert_eq!(
            set.written(),
            "<w:pStyle w:val=\"a\"/><w:numPr><w:numId w:val=\"3\"/></w:numPr><w:jc w:val=\"center\"/>"
        );
        set.keep(&["jc"]);
        set.drop("pStyle");
        assert_eq!(set.written(), "<w:jc w:val=\"center\"/>");
    }

    #[test]
    fn yes_and_no_are_told_apart() {
        let set = Children::of_letters("<w:rPr><w:b/><w:i w:val=\"0\"/></w:rPr>");
        assert!(set.is_on("b") && !set.is_on("i") && !set.is_on("u"));
        assert_eq!(child("<a><b/><c>x</c></a>", "c"), Some(7..15));
    }
}
