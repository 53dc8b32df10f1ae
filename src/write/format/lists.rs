//! Automatic numbers (自动编号): they stay automatic, and look like the words that they stand before.
//!
//! A number's own fonts, sizes and strokes go, so that it has those of its paragraph's mark; no tab stands behind it
//! (一、 and （一） are followed by the text at once). Levels that tables, boxes or what is left alone use too stay as
//! they are, and so do bullets.

use std::collections::BTreeMap;
use std::ops::Range;

use super::paper::Paper;
use super::properties::{Children, child};
use crate::model::BlockKind;
use crate::office::list::Lists;
use crate::office::splice::Splices;
use crate::office::xml::{Token, each};

/// What paragraphs of a level of a list are.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// Whether the text begins with a figure somewhere, which must not run into the number: 1. 2026年……
    figure: bool,
    /// Whether some of them are none of the text's own.
    kept: bool,
    /// Whether all of them are bold by habit (三级、四级标题).
    bold: bool,
}

/// Levels by the list and how deep they stand.
type Uses = BTreeMap<(u32, u8), Use>;

impl Paper<'_> {
    /// The part that says what lists look like as it is to be; `None` where nothing in it changes.
    pub(super) fn lists(&self, xml: &str) -> Option<String> {
        let uses = self.uses();
        if uses.is_empty() {
            return None;
        }
        let lists = Lists::read(xml);
        let levels = levels(xml)?;
        let mut by_level: BTreeMap<usize, Use> = BTreeMap::new();
        for ((number, depth), used) in uses {
            let own = Place::List(number, depth);
            let of_kind = lists.kind(number).map(|kind| Place::Kind(kind, depth));
            let row = levels.iter().position(|(at, _)| *at == own);
            let row = row.or_else(|| levels.iter().position(|(at, _)| Some(*at) == of_kind));
            let Some(row) = row else { continue };
            by_level.entry(row).and_modify(|all| all.take(used)).or_insert(used);
        }
        let mut splices = Splices::default();
        for (row, used) in by_level.into_iter().filter(|(_, used)| !used.kept) {
            let range = levels[row].1.clone();
            if let Some(new) = set(xml.get(range.clone())?, used) {
                splices.replace(range, new);
            }
        }
        splices.apply(xml).filter(|new| new != xml)
    }

    /// Which levels the paragraphs stand on.
    fn uses(&self) -> Uses {
        let mut uses = Uses::new();
        let said: BTreeMap<usize, usize> =
            self.spoken.iter().enumerate().map(|(n, spoken)| (spoken.paragraph, n)).collect();
        for (row, paragraph) in self.body.paragraphs.iter().enumerate() {
            let Some((number, depth)) = paragraph.list.and_then(|list| list.number.zip(list.level)) else {
                continue;
            };
            let told = said.get(&row).map(|&n| (self.told[n], &self.scan.places[self.spoken[n].place]));
            let own = told.filter(|(told, place)| {
                !told.left && told.kind != BlockKind::Cell && !place.boxed && !place.framed
            });
            let words = paragraph.text.get(paragraph.label..).unwrap_or_default();
            let habit = own.is_some_and(|(told, _)| matches!(told.kind, BlockKind::Heading(3 | 4)));
            let look = self.layout.paragraphs.get(row);
            let bold = habit && look.is_some_and(|l| self.layout.faces(l).all(|(_, face)| face.bold));
            let used = Use {
                figure: words.trim_start().starts_with(|c: char| c.is_ascii_digit()),
                kept: own.is_none(),
                bold,
            };
            uses.entry((number, depth)).and_modify(|all| all.take(used)).or_insert(used);
        }
        uses
    }
}

impl Use {
    fn take(&mut self, other: Self) {
        self.figure |= other.figure;
        self.kept |= other.kept;
        self.bold &= other.bold;
    }
}

/// Where a level is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a kind of list (`w:abstractNum`), this deep.
    Kind(u32, u8),
    /// In a list that sets it otherwise (`w:num`).
    List(u32, u8),
}

/// The bytes of all levels; `None` if the part is malformed.
fn levels(xml: &str) -> Option<Vec<(Place, Range<usize>)>> {
    let mut found = Vec::new();
    let (mut within, mut open) = (None, None);
    let sound = each(xml, |token, at| match token {
        Token::Start(e) => {
            let number = |name: &str| e.attribute(name).and_then(|v| v.trim().parse::<u32>().ok());
            match e.qualified() {
                "w:abstractNum" => within = number("abstractNumId").map(|id| (id, true)),
                "w:num" => within = number("numId").map(|id| (id, false)),
                "w:lvl" => {
                    open = number("ilvl").and_then(|depth| u8::try_from(depth).ok()).map(|d| (d, at.start));
                }
                _ => {}
            }
        }
        Token::End("lvl") => {
            if let (Some((id, is_kind)), Some((depth, start))) = (within, open.take()) {
                let place = if is_kind { Place::Kind(id, depth) } else { Place::List(id, depth) };
                found.push((place, start..at.end));
            }
        }
        _ => {}
    });
    sound.then_some(found)
}

/// A level as it is to be; `None` where it stays.
fn set(level: &str, used: Use) -> Option<String> {
    let mut all = Children::of_level(level);
    let value = |xml: Option<&str>| -> String {
        let value = xml.and_then(|xml| xml.split("w:val=\"").nth(1)).and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().to_owned()
    };
    let shown = value(all.get("lvlText"));
    let figures = value(all.get("numFmt"));
    if shown.is_empty() || matches!(figures.as_str(), "bullet" | "none") || !all.is_known() {
        return None;
    }
    let closed = shown.ends_with(['、', '）', ')', '．', '.', '。', '：', ':', '，']);
    let parted = value(all.get("suff")) != "nothing";
    let behind = match (closed, parted) {
        // 1.2026年 would read as another figure.
        (true, _) if used.figure && shown.ends_with(['.', '．']) => "space",
        (true, _) | (false, false) => "nothing",
        (false, true) => "space",
    };
    all.set("suff", format!(r#"<w:suff w:val="{behind}"/>"#));
    all.set("lvlJc", r#"<w:lvlJc w:val="left"/>"#);
    let vanish = child(level, "rPr").and_then(|range| level.get(range)).map(Children::of_letters);
    let vanish = vanish.filter(|set| set.is_on("vanish")).map_or("", |_| "<w:vanish/>");
    let bold = if used.bold { "<w:b/>" } else { "" };
    all.set("rPr", format!(r#"<w:rPr><w:rFonts w:hint="eastAsia"/>{bold}{vanish}</w:rPr>"#));
    let open = level.split_inclusive('>').next()?;
    Some(format!("{open}{}</w:lvl>", all.written()))
}

#[cfg(test)]
mod tests {
    use super::{Use, levels, set};

    const LEVEL: &str = r#"<w:lvl w:ilvl="0" w:tplc="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/><w:lvlJc w:val="right"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial"/><w:b/><w:sz w:val="21"/></w:rPr></w:lvl>"#;

    #[test]
    fn a_level_loses_its_own_look_and_is_the_same_the_second_time() {
        let once = set(LEVEL, Use::default()).unwrap();
        assert_eq!(
            once,
            r#"<w:lvl w:ilvl="0" w:tplc="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>"#
        );
        assert_eq!(set(&once, Use::default()).unwrap(), once);
        let point = LEVEL.replace("%1、", "%1.");
        assert!(
            set(&point, Use { figure: true, ..Use::default() }).unwrap().contains(r#"suff w:val="space""#)
        );
        let word = LEVEL.replace("%1、", "第%1章");
        assert!(set(&word, Use::default()).unwrap().contains(r#"suff w:val="space""#));
        assert!(set(&LEVEL.replace("chineseCounting", "bullet"), Use::default()).is_none());
    }

    #[test]
    fn levels_are_told_by_where_they_are_set() {
        let xml = format!(
            r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="3">{LEVEL}</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0">{LEVEL}</w:lvlOverride></w:num></w:numbering>"#
        );
        let found = levels(&xml).unwrap();
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|(_, range)| &xml[range.clone()] == LEVEL));
        assert!(levels("<w:numbering>").is_none());
    }
}
