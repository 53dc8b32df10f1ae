//! Running heads of an .odt (页眉页脚): those of its master pages.

use std::ops::Range;

use super::styles::Styles;
use super::walk;
use crate::office::body::Paragraph;
use crate::office::xml::{Token, each};

/// The paragraphs of the heads and feet of `styles.xml`, and whether each stands in a foot; whether it could be
/// read to its end.
pub fn running(xml: &str, styles: &Styles) -> (Vec<(bool, Paragraph)>, bool) {
    let mut found: Vec<(bool, Range<usize>)> = Vec::new();
    let mut open: Option<(bool, usize, usize)> = None;
    let (mut depth, mut pages) = (0usize, false);
    let whole = each(xml, |token, at| match token {
        Token::Start(e) => {
            depth += 1;
            pages |= e.name() == "master-page";
            let foot = match e.qualified() {
                "style:header" | "style:header-left" | "style:header-first" => false,
                "style:footer" | "style:footer-left" | "style:footer-first" => true,
                _ => return,
            };
            let shown = e.attribute("display").as_deref() != Some("false");
            if pages && shown && open.is_none() {
                open = Some((foot, at.start, depth));
            }
        }
        Token::End(name) => {
            if let Some((foot, start, _)) = open.filter(|(.., within)| *within == depth) {
                open = None;
                found.push((foot, start..at.end));
            }
            pages &= name != "master-page";
            depth = depth.saturating_sub(1);
        }
        _ => {}
    });
    let read = |(foot, range): (bool, Range<usize>)| {
        // What stands there is text as in the body.
        let inner = format!("<office:text>{}</office:text>", xml.get(range).unwrap_or_default());
        let paragraphs = walk::read(&inner, styles).body.paragraphs;
        paragraphs.into_iter().map(move |paragraph| (foot, paragraph))
    };
    (found.into_iter().flat_map(read).collect(), whole)
}
