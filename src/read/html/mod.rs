//! Web pages and what word processors save as such (.html, .htm, .mht by way of a mail's reader).
//!
//! Tags are read by the WHATWG's rules (`html5gum`); where paragraphs and cells end is told by the tags
//! alone ([`walk`]). Left out: programs, forms, navigation, what is struck out; and, told, pictures,
//! footnotes and the numbers of lists.

#[cfg(test)]
mod tests;
mod walk;

use encoding_rs::Encoding;

use super::paper::Paper;
use super::{Reader, has_extension};
use crate::base::{Problem, Result, Text, encoding};
use crate::model::{Gap, Manuscript};
use crate::text;

/// The reader of .html.
pub struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, self.extensions())
    }

    fn makes(&self) -> &'static [&'static str] {
        &["html"]
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let mut paper = Paper::default();
        let (text, lost) = decode(bytes)?;
        if let Some(note) = lost {
            paper.gap(Gap::Bytes, note);
        }
        put(&text, &mut paper);
        if !is_whole(&text) {
            paper.gap(Gap::Rest, broken_off());
        }
        Ok(paper.finish())
    }
}

/// Whether a page ends: one that opens its root and never closes it broke off. A piece of a page opens none.
fn is_whole(html: &str) -> bool {
    let has = |from: &str, sign: &str| {
        from.as_bytes().windows(sign.len()).any(|w| w.eq_ignore_ascii_case(sign.as_bytes()))
    };
    let head = html.get(..html.floor_char_boundary(4_096)).unwrap_or_default();
    let tail = html.get(html.floor_char_boundary(html.len().saturating_sub(4_096))..).unwrap_or_default();
    !has(head, "<html") || has(tail, "</html") || has(tail, "</body")
}

fn broken_off() -> Problem {
    Problem::new(Text::fixed(
        "网页没有写到结尾，多是没有下载完，后面的没有检查",
        "the page breaks off, mostly by an unfinished download; the rest was not checked",
    ))
    .help(Text::fixed(
        "重新下载一份，或在浏览器里打开看看是否完整",
        "download it again, or see in a browser whether it is whole",
    ))
}

/// Puts a page into a paper.
pub(super) fn put(html: &str, paper: &mut Paper) {
    walk::read(html, paper);
}

/// The text of a page: by its mark, as UTF-8 if it is that, by what it says of itself, else by what it
/// looks like.
fn decode(bytes: &[u8]) -> Result<(String, Option<Problem>)> {
    const HEAD: usize = 4_096;
    if Encoding::for_bom(bytes).is_none()
        && std::str::from_utf8(bytes).is_err()
        && let Some(said) = charset(&bytes[..bytes.len().min(HEAD)])
    {
        let (text, _, broken) = said.decode(bytes);
        let lost = if broken { text.matches('\u{FFFD}').count() } else { 0 };
        let name = said.name();
        let note = (lost > 0).then(|| {
            Problem::new(text!(
                "按 {name} 读取，有{lost}处字节无法识别，已用 \u{FFFD} 代替",
                "read as {name}; {lost} places could not be decoded and became \u{FFFD}"
            ))
        });
        return Ok((text.into_owned(), note));
    }
    let decoded = encoding::decode(bytes)?;
    let note = if decoded.lost > 0 { decoded.note() } else { None };
    Ok((decoded.text, note))
}

/// The encoding that a page names in its head.
fn charset(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let after = after.trim_start_matches(['"', '\'', ' ']);
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(after.len());
    let found = Encoding::for_label(&after.as_bytes()[..end])?;
    // What names itself in single bytes is none of two.
    found.is_ascii_compatible().then_some(found)
}
