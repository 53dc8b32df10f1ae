//! A .docx set anew in its own file.

use std::collections::BTreeMap;

use super::Wishes;
use super::model::Model;
use super::paper::Paper;
use super::scan::scan;
use super::sections::numbers;
use super::stylesheet::styled;
use super::told::{Done, Doubt};
use crate::base::Result;
use crate::model::{BlockKind, Manuscript};
use crate::office::added::{DECLARATION, Relation, beside, declare, relate};
use crate::office::body;
use crate::office::document::{open_whole, unsafe_change};
use crate::office::list;
use crate::office::look::sheet::Sheet;
use crate::office::own::{STRICT_W, W, root, spoken_as};
use crate::office::package::Package;

/// A .docx that was set anew.
#[derive(Debug)]
pub struct Restyled {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was done.
    pub done: Done,
    /// What is in doubt: by which of the paragraphs that say something.
    pub doubts: Vec<(usize, Doubt)>,
    /// The id of the style of headings of the first level; empty where there are none.
    pub heading: String,
}

/// Sets a .docx anew, which reads as this manuscript; by the standard, or by another look.
///
/// # Errors
/// If it is damaged, or holds markup that cannot be changed without risk to its words.
pub fn restyle(bytes: &[u8], read: &Manuscript, wishes: Wishes, model: Option<&Model>) -> Result<Restyled> {
    let (mut package, main, part) = open_whole(bytes)?;
    let xml = &part.text;
    let mut body = body::map(xml);
    let scan = scan(xml).filter(|s| s.prefix == "w" && body.problem.is_none()).ok_or_else(unsafe_change)?;
    let strict = root(xml).is_some_and(|(_, namespace)| namespace == STRICT_W);
    let mut parts = BTreeMap::new();
    let styles_part = styles_part(&mut package, &main, strict, &mut parts)?;
    let sheet = Sheet::read(styles_part.1.clone());
    let relationships = package.relationships(&main);
    let lists = list::part(&mut package, &relationships);
    let lists_text = lists.as_ref().map(|(_, part)| part.text.clone());
    list::number_by_xml(|| lists_text.clone(), &sheet, &mut body);
    let layout = read.layout().filter(|_| read.text() == body.text()).ok_or_else(unsafe_change)?;
    let paper = Paper { model, ..Paper::new(xml, &body, &scan, read, layout, &sheet, wishes) };
    let stylesheet = styled(&styles_part.1, &paper.wanted(), wishes, model).ok_or_else(unsafe_change)?;
    parts.insert(styles_part.0, stylesheet.xml.clone().into_bytes());
    let numbers = numbers(&mut package, &main, stylesheet.number(), strict, &mut parts)?;
    let mut done = paper.done();
    let changed = paper.written(&stylesheet, &numbers, &mut done).ok_or_else(unsafe_change)?;
    let new_lists = lists_text.as_deref().and_then(|xml| paper.lists(xml));
    let words = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let mut now = body::read(&changed);
    let said = || new_lists.clone().or_else(|| lists_text.clone());
    list::number_by_xml(said, &Sheet::read(stylesheet.xml.clone()), &mut now);
    // Numbers are made anew by the new styles and lists, and have to come out as they were.
    if words(&now.text()) != words(read.text()) {
        return Err(unsafe_change().into());
    }
    if let (Some((name, part)), Some(new)) = (&lists, &new_lists) {
        parts.insert(name.clone(), part.encoding.encode(new));
    }
    parts.insert(main, part.encoding.encode(&changed));
    // What is as it was is not packed again: doing it twice gives the same bytes.
    parts.retain(|name, new| package.part(name).is_none_or(|old| old.encoding.encode(&old.text) != *new));
    let heading = stylesheet.id(BlockKind::Heading(1)).to_owned();
    let doubts = paper.told.iter().enumerate().filter_map(|(n, told)| Some((n, told.doubt?))).collect();
    let bytes = if parts.is_empty() { bytes.to_vec() } else { package.with(parts)? };
    Ok(Restyled { bytes, done, doubts, heading })
}

/// The name and text of the table of styles; one is made where there is none.
pub(super) fn styles_part(
    package: &mut Package<'_>,
    main: &str,
    strict: bool,
    parts: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(String, String)> {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml";
    let known = package.relationships(main).into_iter().find(|r| r.kind == "styles").map(|r| r.target);
    if let Some(name) = known
        && let Some(part) = package.part(&name)
    {
        let sound = part.problem.is_none() && root(&part.text).is_some_and(|(name, _)| name == "w:styles");
        return if sound { Ok((name, part.text)) } else { Err(unsafe_change().into()) };
    }
    let name = beside(main, "styles.xml");
    declare(package, &name, TYPE, parts)?;
    relate(
        package,
        main,
        Relation { kind: "styles", target: "styles.xml", wanted: "rIdWengaoStyles" },
        strict,
        parts,
    )?;
    Ok((name, spoken_as(strict, format!("{DECLARATION}<w:styles xmlns:w=\"{W}\"></w:styles>"))))
}
