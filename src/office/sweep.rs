//! Paragraphs of which changes left nothing: they go, where nothing but words stood in them.
//!
//! A paragraph may hold what is no word: a break, a bookmark, a picture, a field, the settings of a section,
//! a number. Such a one stays, and so does one beside a table, which without it would grow into the next,
//! one in a cell or a text box, and the last one of all. Whoever is not sure leaves an empty line.

use std::collections::BTreeMap;
use std::ops::Range;

use super::body;
use super::document::open_whole;
use super::splice::Splices;
use super::xml::{Token, each};
use crate::base::Result;

/// What of a paragraph goes with its words.
const PLAIN: &[&str] = &["r", "t", "proofErr", "lastRenderedPageBreak"];

/// What of a paragraph's properties reaches beyond it.
const REACHING: &[&str] = &[
    "sectPr",
    "pageBreakBefore",
    "numPr",
    "framePr",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "pPrChange",
    "rPrChange",
];

/// A child of the body.
#[derive(Debug)]
struct Part {
    range: Range<usize>,
    is_paragraph: bool,
    /// Whether it holds words and nothing else.
    plain: bool,
    has_words: bool,
}

/// The document `after` its words were changed, without the paragraphs that had words `before`.
///
/// # Errors
/// If one of the two is damaged.
pub fn sweep(before: &[u8], after: Vec<u8>) -> Result<Vec<u8>> {
    let old = open_whole(before)?.2;
    let (mut package, main, part) = open_whole(&after)?;
    let Some(swept) = without_emptied(&old.text, &part.text) else { return Ok(after) };
    package.with(BTreeMap::from([(main, part.encoding.encode(&swept))]))
}

/// The XML without emptied paragraphs; `None` if there are none, or if its text would be another.
fn without_emptied(before: &str, after: &str) -> Option<String> {
    let (old, new) = (parts(before)?, parts(after)?);
    if old.len() != new.len() {
        return None;
    }
    let mut splices = Splices::default();
    let mut count = 0;
    for (index, (old, part)) in old.iter().zip(&new).enumerate() {
        let emptied = old.has_words && !part.has_words;
        let above = index.checked_sub(1).is_none_or(|i| new[i].is_paragraph);
        let below = new.get(index + 1).is_some_and(|next| next.is_paragraph);
        if emptied && part.is_paragraph && part.plain && above && below {
            splices.replace(part.range.clone(), "");
            count += 1;
        }
    }
    if count == 0 {
        return None;
    }
    let swept = splices.apply(after)?;
    let (text, left) = (body::read(after).text(), body::read(&swept).text());
    let lines = |text: &str| text.split('\n').count();
    let words = |text: &str| -> Vec<String> {
        text.split('\n').filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
    };
    (lines(&text) == lines(&left) + count && words(&text) == words(&left)).then_some(swept)
}

/// The children of the body; `None` if the XML breaks off.
fn parts(xml: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let whole = each(xml, |token, at| match token {
        Token::Start(element) => {
            let name = element.name();
            match (open.len(), parts.last_mut()) {
                (2, _) => {
                    let is_paragraph = name == "p";
                    parts.push(Part { range: at, is_paragraph, plain: true, has_words: false });
                }
                (3.., Some(part)) if !goes_along(&open[3..], name) => part.plain = false,
                _ => {}
            }
            open.push(name.to_owned());
        }
        Token::End(_) => {
            open.pop();
            if let (2, Some(part)) = (open.len(), parts.last_mut()) {
                part.range.end = at.end;
            }
        }
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => {
            if let (3.., Some(part)) = (open.len(), parts.last_mut()) {
                part.has_words |= !words.trim().is_empty();
            }
        }
    });
    whole.then_some(parts)
}

/// Whether an element within these of a paragraph goes with the paragraph's words.
fn goes_along(within: &[String], name: &str) -> bool {
    let is_in = |outer: &str| within.iter().any(|element| element == outer);
    if name == "pPr" || is_in("pPr") {
        return !REACHING.contains(&name);
    }
    name == "rPr" || is_in("rPr") || PLAIN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::sweep;
    use crate::office::apply;
    use crate::office::tests::{document, docx, p, part, text};

    /// What is left of a body when these words are deleted.
    fn without(body: &str, words: &str) -> String {
        let bytes = docx(body);
        let start = text(&bytes).find(words).unwrap();
        let changed = apply(&bytes, &[(start..start + words.len(), String::new())]).unwrap();
        let swept = sweep(&bytes, changed).unwrap();
        let (head, tail) = document("|").split_once('|').map(|(h, t)| (h.len(), t.len())).unwrap();
        let xml = part(&swept, "word/document.xml");
        xml[head..xml.len() - tail].to_owned()
    }

    #[test]
    fn a_paragraph_of_which_nothing_is_left_goes() {
        let (head, tail) = (p("标题"), p("同志们："));
        assert_eq!(
            without(&[&*head, &p("来源：某报"), &tail].concat(), "来源：某报"),
            [&*head, &tail].concat()
        );
        assert_eq!(without(&[p("【打印】"), tail.clone()].concat(), "【打印】"), tail);
        let styled = "<w:p w:rsidR=\"1\"><w:pPr><w:jc w:val=\"center\"/><w:rPr><w:b/></w:rPr></w:pPr><w:proofErr w:type=\"x\"/><w:r><w:rPr><w:b/></w:rPr><w:lastRenderedPageBreak/><w:t>来源</w:t></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r></w:p>";
        assert_eq!(without(&[&*head, styled, &tail].concat(), "来源"), [head, tail].concat());
    }

    #[test]
    fn one_that_holds_more_than_words_stays() {
        let (head, tail) = (p("标题"), p("同志们："));
        let held = |inner: &str| format!("<w:p>{inner}<w:r><w:t>来源</w:t></w:r></w:p>");
        for inner in [
            "<w:pPr><w:sectPr/></w:pPr>",
            "<w:pPr><w:pageBreakBefore/></w:pPr>",
            "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
            "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>",
            "<w:bookmarkStart w:id=\"1\" w:name=\"甲\"/>",
            "<w:r><w:br w:type=\"page\"/></w:r>",
            "<w:r><w:drawing/></w:r>",
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            "<w:commentRangeStart w:id=\"1\"/>",
            "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
        ] {
            let body = [head.clone(), held(inner), tail.clone()].concat();
            let left = without(&body, "来源");
            assert_eq!(left, body.replace("来源", ""), "{inner}");
        }
    }

    #[test]
    fn one_whose_place_matters_stays() {
        let (head, gone, tail) = (p("标题"), p("来源"), p("同志们："));
        let table = format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("甲"), p("乙"));
        for body in [
            // Beside a table, the last one, the only one.
            [&*table, &gone, &table].concat(),
            [&*table, &gone, &tail].concat(),
            [&*head, &gone, &table, &tail].concat(),
            [&*head, &gone].concat(),
            gone.clone(),
            // In a table and in a text box.
            [&*head, &table.replace('乙', "来源"), &tail].concat(),
            // A deleted end of a paragraph makes it run on into the next.
            [&*head.replace("<w:p>", "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>"), &gone, &tail]
                .concat(),
            // It was empty before.
            [&*head, &p(""), &p("来源后"), &tail].concat(),
        ] {
            assert_eq!(without(&body, "来源"), body.replace("来源", ""), "{body}");
        }
    }
}
