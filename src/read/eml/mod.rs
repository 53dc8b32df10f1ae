//! Mail as it is saved (.eml, and web pages in one file, .mht): the subject as title, then the body.
//!
//! Parts and charsets are read by `mail-parser`. The body is the page (text/html) where there is one,
//! else the plain text. What came along is named; papers among it are members of the mail
//! ([`bundle`](super::bundle)), so that whoever checks a mail checks them too.

#[cfg(test)]
mod tests;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::paper::Paper;
use super::txt::line_kind;
use super::{Reader, has_extension, html};
use crate::base::{ErrorKind, Problem, Result, Text};
use crate::model::{BlockKind, Gap, Manuscript};
use crate::text;

/// Bytes that the text of a mail has at most; what is read of it takes ten times as much.
const LONGEST: usize = 8 << 20;

/// The reader of .eml.
pub struct Eml;

impl Reader for Eml {
    fn name(&self) -> &'static str {
        "eml"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["eml", "mht", "mhtml"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, self.extensions())
    }

    fn makes(&self) -> &'static [&'static str] {
        &["eml"]
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        if has_many_parts(bytes) {
            return Err(too_many_parts().into());
        }
        let Some(message) = parse(bytes) else { return Err(no_mail().into()) };
        let mut paper = Paper::default();
        if let Some(subject) = message.subject().map(str::trim).filter(|s| !s.is_empty()) {
            paper.paragraph(BlockKind::Title, &subject.replace(['\r', '\n'], " "));
        }
        let mut left = LONGEST;
        body(&message, &mut left, &mut paper);
        if left == 0 {
            paper.gap(Gap::Rest, too_long());
        }
        if !is_whole(&message, bytes) {
            paper.gap(Gap::Rest, broken_off());
        }
        let names: Vec<String> = attachments(&message).map(|(name, _)| name).collect();
        let (papers, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| super::is_document(name));
        if !papers.is_empty() {
            let (count, named) = (papers.len(), listed(&papers));
            paper.note(Problem::new(text!(
                "邮件带有{count}份文稿附件，各作一份文稿：{named}",
                "{count} papers came with the mail, each a document of its own: {named}"
            )));
        }
        if !others.is_empty() {
            let (count, named) = (others.len(), listed(&others));
            paper.gap(
                Gap::Attachments,
                Problem::new(text!(
                    "邮件带有{count}个别的附件，没有读取：{named}",
                    "{count} other attachments of the mail were not read: {named}"
                )),
            );
        }
        Ok(paper.finish())
    }
}

/// Names beside each other; of very many the first.
fn listed(names: &[String]) -> String {
    /// Names that a person reads.
    const MOST: usize = 50;
    let more = if names.len() > MOST { "……" } else { "" };
    names[..names.len().min(MOST)].join("、") + more
}

/// Lines that may begin a part of a mail, at most: each part takes a kilobyte or more, be there nothing in it.
const PARTS: usize = 20_000;

/// Whether a mail may have more parts than any has.
fn has_many_parts(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"\n--").nth(PARTS).is_some()
}

fn too_many_parts() -> Problem {
    Problem::new(text!(
        "邮件的部分超过{PARTS}个，没有读取",
        "the mail has more than {PARTS} parts; it was not read"
    ))
    .help(Text::fixed("把正文和附件分别另存，再检查", "save its text and what came with it, and check these"))
}

/// A mail, if it is one and not of too many parts; its headers must say so.
fn parse(bytes: &[u8]) -> Option<Message<'_>> {
    if has_many_parts(bytes) {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let any = message.from().is_some() || message.subject().is_some() || message.content_type().is_some();
    (any || message.date().is_some()).then_some(message)
}

/// Whether a mail of several parts ends as its head says that it will.
fn is_whole(message: &Message<'_>, bytes: &[u8]) -> bool {
    let boundary = message.content_type().and_then(|kind| kind.attribute("boundary"));
    boundary.is_none_or(|sign| memchr::memmem::find(bytes, format!("--{sign}--").as_bytes()).is_some())
}

fn broken_off() -> Problem {
    Problem::new(Text::fixed(
        "邮件没有到结尾，多是没有保存或复制完，后面的没有检查",
        "the mail breaks off, mostly by an unfinished copy; the rest was not checked",
    ))
    .help(Text::fixed("从邮箱里重新导出一份", "export it from the mailbox again"))
}

fn too_long() -> Problem {
    let limit = LONGEST >> 20;
    Problem::new(text!(
        "邮件正文超过 {limit} MB，超出的部分没有读取",
        "the text of the mail has more than {limit} MB; what lies beyond was not read"
    ))
    .help(Text::fixed("把正文另存为几份文稿，分别检查", "save the text as several papers and check each"))
}

/// As much of a text as is left to be read; nothing is left once one was cut.
fn take<'t>(words: &'t str, left: &mut usize) -> &'t str {
    let taken = &words[..words.floor_char_boundary(*left)];
    *left = if taken.len() < words.len() { 0 } else { *left - taken.len() };
    taken
}

fn body(message: &Message<'_>, left: &mut usize, paper: &mut Paper) {
    let parts = |ids: &[u32]| ids.iter().filter_map(|&id| message.part(id)).collect::<Vec<_>>();
    let pages: Vec<_> = parts(&message.html_body);
    if pages.iter().any(|part| matches!(part.body, PartType::Html(_))) {
        for part in pages {
            match &part.body {
                PartType::Html(page) => html::put(take(page, left), paper),
                PartType::Text(words) => plain(take(words, left), is_flowed(part), paper),
                _ => {}
            }
        }
        return;
    }
    for part in parts(&message.text_body) {
        if let PartType::Text(words) = &part.body {
            plain(take(words, left), is_flowed(part), paper);
        }
    }
}

/// Whether lines that end with a blank go on in the next (RFC 3676).
fn is_flowed(part: &mail_parser::MessagePart<'_>) -> bool {
    let format = part.content_type().and_then(|kind| kind.attribute("format"));
    format.is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
}

fn plain(words: &str, flowed: bool, paper: &mut Paper) {
    let mut open = String::new();
    for line in words.lines() {
        open.push_str(line);
        if flowed && line.ends_with(' ') && line != "-- " {
            // Between wide characters the blank is the mail program's own.
            if open.trim_end().ends_with(|c: char| !c.is_ascii()) {
                open.truncate(open.trim_end().len());
            }
            continue;
        }
        paper.paragraph(line_kind(&open), open.trim_end());
        open.clear();
    }
    if !open.is_empty() {
        paper.paragraph(line_kind(&open), open.trim_end());
    }
}

/// What came with a mail: names and bytes.
fn attachments<'m>(message: &'m Message<'_>) -> impl Iterator<Item = (String, &'m [u8])> {
    message.attachments().enumerate().filter_map(|(n, part)| {
        let name = part.attachment_name().map(str::to_owned);
        let inner = |bytes: &'m [u8]| Some((name.clone().unwrap_or_else(|| format!("{}", n + 1)), bytes));
        match &part.body {
            PartType::Message(_) => inner(part.contents()).map(|(name, bytes)| {
                (if has_extension(&name, &["eml"]) { name } else { format!("{name}.eml") }, bytes)
            }),
            // Pictures of the page itself have no name of their own, or are no files to the reader.
            PartType::InlineBinary(_) if part.content_id().is_some() => None,
            _ => inner(part.contents()),
        }
    })
}

/// The papers that came with a mail, by their names.
pub(super) fn papers(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Some(message) = parse(bytes) else { return Vec::new() };
    let papers = attachments(&message).filter(|(name, _)| super::is_document(name));
    papers.map(|(name, bytes)| (name, bytes.to_vec())).collect()
}

fn no_mail() -> Problem {
    Problem::new(Text::fixed("这不是邮件，或已经损坏", "no mail, or a damaged one"))
        .help(Text::fixed("从邮箱里重新导出一份", "export it from the mailbox again"))
        .kind(ErrorKind::Format)
}
