//! Fixed-layout documents of Chinese offices (.ofd, GB/T 33190—2016).
//!
//! A zip of parts: `OFD.xml` names documents, these their pages, a page its objects. Words are those of
//! `TextCode`, at the places that it gives; [`printed`](super::printed) makes paragraphs of them, as of
//! a .pdf. What stands on a template of pages is their furniture. Signatures, seals and pictures are not
//! read.

mod page;
mod spread;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::page::Shown;
use super::paper::Paper;
use super::{Reader, has_extension, printed};
use crate::base::{ErrorKind, Problem, Result, Text};
use crate::model::{Gap, Manuscript};
use crate::office::package::{Package, resolve};
use crate::office::xml::{Token, each};
use crate::text;

/// Points in a millimetre. Places are handed on in points, as those of a .pdf are.
const POINTS: f32 = 72.0 / 25.4;

/// The reader of .ofd.
pub struct Ofd;

/// Pages that are read.
const PAGES: usize = 3_000;

impl Reader for Ofd {
    fn name(&self) -> &'static str {
        "ofd"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ofd"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, self.extensions())
    }

    fn makes(&self) -> &'static [&'static str] {
        &["ofd"]
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let Some(mut package) = Package::open(bytes) else {
            return Err(super::torn().into());
        };
        let mut paper = Paper::default();
        let Some(root) = package.part("OFD.xml") else { return Err(no_pages().into()) };
        let (mut sheets, mut heads, mut lost) = (Vec::new(), false, root.problem);
        for place in locations(&root.text, "DocRoot") {
            let place = resolve("", &place);
            let Some(document) = package.part(&place) else { continue };
            lost = lost.or(document.problem);
            let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder);
            let listed = Listed::of(&document.text);
            let templates: HashMap<String, String> = listed.templates.into_iter().collect();
            if listed.pages.len() > PAGES {
                lost = lost.or_else(|| Some(too_many_pages()));
            }
            for place in listed.pages.into_iter().take(PAGES) {
                let Some(part) = package.part(&resolve(folder, &place)) else {
                    lost = lost.or_else(|| Some(missing()));
                    continue;
                };
                lost = lost.or(part.problem);
                let Shown { sheet, template, whole } = page::read(&part.text, listed.area);
                lost = lost.or_else(|| (!whole).then(missing));
                if let Some(place) = template.and_then(|id| templates.get(&id)) {
                    let under = package.part(&resolve(folder, place)).map(|part| part.text);
                    heads |= under.is_some_and(|xml| page::says(&xml));
                }
                sheets.push(sheet);
            }
        }
        if sheets.is_empty() {
            return Err(lost.unwrap_or_else(no_pages).into());
        }
        if let Some(problem) = lost {
            paper.gap(Gap::Rest, problem);
        }
        if heads {
            paper.gap(
                Gap::Headers,
                Problem::new(Text::fixed(
                    "页面模板上的文字没有读取",
                    "text on the pages' template was not read",
                )),
            );
        }
        let words = sheets.iter().any(|sheet| !sheet.glyphs.is_empty());
        printed::read(sheets, &mut paper);
        if words {
            paper.note(
                Problem::new(Text::fixed(
                    "按版面位置拼成段落，没有在各家生成的 .ofd 上都试过",
                    "paragraphs were put together by places on the page; not every maker's .ofd has been tried",
                ))
                .help(Text::fixed("发现缺字、错序，请查原稿", "where words lack or are out of order, check the source")),
            );
        }
        Ok(paper.finish())
    }
}

/// The words of all elements of a name.
fn locations(xml: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut within = false;
    let _ = each(xml, |token, _| match token {
        Token::Start(e) if e.name() == name => {
            within = true;
            found.push(String::new());
        }
        Token::End(end) if end == name => within = false,
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) if within => {
            if let Some(last) = found.last_mut() {
                last.push_str(words.trim());
            }
        }
        _ => {}
    });
    found
}

/// What a document lists.
struct Listed {
    pages: Vec<String>,
    /// Templates by their ids.
    templates: Vec<(String, String)>,
    /// Width and height of a page, in millimetres.
    area: Option<(f32, f32)>,
}

impl Listed {
    fn of(xml: &str) -> Self {
        let (mut pages, mut templates) = (Vec::new(), Vec::new());
        let _ = each(xml, |token, _| {
            let Token::Start(e) = token else { return };
            match e.name() {
                "Page" => pages.extend(e.attribute("BaseLoc")),
                "TemplatePage" => templates.extend(e.attribute("ID").zip(e.attribute("BaseLoc"))),
                _ => {}
            }
        });
        let area = locations(xml, "PhysicalBox").first().and_then(|words| page::area(words));
        Self { pages, templates, area }
    }
}

fn too_many_pages() -> Problem {
    Problem::new(text!(
        "超过{PAGES}页，后面的没有读取",
        "it has more than {PAGES} pages; those behind were not read"
    ))
    .help(Text::fixed("分成几份文稿，分别检查", "divide it into several papers and check each"))
}

fn no_pages() -> Problem {
    Problem::new(Text::fixed("这个 .ofd 里没有页面", "this .ofd holds no pages"))
        .help(Text::fixed(
            "重新复制或下载一份；或查生成它的原稿",
            "copy or download it again, or check what it was made from",
        ))
        .kind(ErrorKind::Format)
}

fn missing() -> Problem {
    Problem::new(Text::fixed(
        "有的页面缺失或已损坏，没有读取",
        "some pages are missing or damaged; they were not read",
    ))
    .help(Text::fixed("重新复制或下载一份", "copy or download it again"))
}
