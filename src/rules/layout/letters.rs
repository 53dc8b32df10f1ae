//! Fonts and sizes (GB/T 9704—2012, 5.2.3, 7.3.1 and 7.3.3): title, text and headings, and the fonts that a
//! theme's stand before.

use std::collections::BTreeMap;

use super::{Departure, Kind, Paper, Part};
use crate::base::Text;
use crate::base::lexicon::layout as lexicon;
use crate::model::layout::{Align, Face};
use crate::text;

/// 2号 and 3号, in half-points.
const TITLE: u32 = 44;
const TEXT: u32 = 32;

/// A font that the standard asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Its name.
    name: &'static str,
    /// What the names of its makes have in them.
    known: &'static [&'static str],
}

pub(super) const FANGSONG: Wanted = Wanted { name: "仿宋", known: lexicon::FANGSONG };
const KAI: Wanted = Wanted { name: "楷体", known: lexicon::KAI };
const HEI: Wanted = Wanted { name: "黑体", known: lexicon::HEI };
pub(super) const SONG: Wanted = Wanted { name: "宋体", known: lexicon::SONG };
pub(super) const TITLE_FONT: Wanted = Wanted { name: "小标宋", known: lexicon::STANDARD_TITLE };

impl Wanted {
    /// Whether a font of this name is one.
    pub(super) fn is(self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.known.iter().any(|known| name.contains(known))
    }
}

pub(super) fn departures(paper: &Paper<'_>) -> Vec<Departure> {
    [title(paper), body(paper), headings(paper), theme(paper)].into_iter().flatten().collect()
}

pub(super) fn is_text_size(face: &Face) -> bool {
    face.size == TEXT
}

pub(super) fn font_of_text(face: &Face) -> bool {
    FANGSONG.is(&face.han)
}

/// A size of letters by its name (字号), else in points.
pub(super) fn size(half_points: u32) -> Text {
    let name = match half_points {
        84 => "初号",
        72 => "小初",
        52 => "1号",
        48 => "小1号",
        44 => "2号",
        36 => "小2号",
        32 => "3号",
        30 => "小3号",
        28 => "4号",
        24 => "小4号",
        21 => "5号",
        18 => "小5号",
        _ => "",
    };
    let points = f64::from(half_points) / 2.0;
    let en = format!("{points} pt");
    if name.is_empty() { Text::new(format!("{points}磅"), en) } else { Text::new(name, en) }
}

/// A font by its name.
pub(super) fn font(name: &str) -> Text {
    if name.is_empty() {
        Text::fixed("未指定字体", "no named font")
    } else {
        Text::same(name.to_owned())
    }
}

/// Fonts and sizes of some paragraphs, the most frequent first and each with how often.
fn tally<'f>(faces: impl Iterator<Item = &'f Face>) -> Text {
    /// Looks that are named.
    const NAMED: usize = 3;
    let mut counted: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    for face in faces {
        *counted.entry((&face.han, face.size)).or_default() += 1;
    }
    let mut counted: Vec<_> = counted.into_iter().collect();
    counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let more = counted.len() > NAMED;
    let told = |((name, half_points), n): &((&str, u32), usize)| {
        let (font, size) = (font(name), size(*half_points));
        (format!("{}{}（{n}段）", size.zh, font.zh), format!("{} {} ({n})", size.en, font.en))
    };
    let (mut zh, mut en): (Vec<_>, Vec<_>) = counted.iter().take(NAMED).map(told).unzip();
    if more {
        zh.push("等".to_owned());
        en.push("and others".to_owned());
    }
    Text::new(zh.join("、").replace("、等", "等"), en.join(", "))
}

/// 2号小标宋, centred.
fn title(paper: &Paper<'_>) -> Option<Departure> {
    let all: Vec<usize> = paper.of_part(|p| p == Part::Title).collect();
    let mut wrong: Vec<(Text, usize)> = Vec::new();
    let first = |test: &dyn Fn(usize) -> bool| all.iter().copied().find(|&i| test(i));
    let face = |i: usize| paper.face(i);
    if let Some(i) = first(&|i| face(i).is_some_and(|f| f.size != TITLE)) {
        wrong.push((face(i).map(|f| size(f.size))?, i));
    }
    if let Some(i) = first(&|i| face(i).is_some_and(|f| !TITLE_FONT.is(&f.han))) {
        wrong.push((face(i).map(|f| font(&f.han))?, i));
    }
    let centred = |i: usize| paper.format(i).align == Align::Centre;
    if let Some(i) = first(&|i| !centred(i)) {
        wrong.push((Text::fixed("没有居中", "not centred"), i));
    }
    let at = wrong.iter().map(|(_, i)| *i).min()?;
    let zh = wrong.iter().map(|(t, _)| &*t.zh).collect::<Vec<_>>().join("、");
    let en = wrong.iter().map(|(t, _)| &*t.en).collect::<Vec<_>>().join(", ");
    let message = Text::new(
        format!("标题是{zh}，应为2号小标宋、居中"),
        format!("the title is {en}; it should be in 小标宋 of 22 pt, centred"),
    );
    Some(Departure { kind: Kind::Title, at, message: message.clone(), help: None, binding: true })
}

/// 3号仿宋, and so are 主送机关, 署名 and what else goes with the text.
fn body(paper: &Paper<'_>) -> Option<Departure> {
    let text = |p| matches!(p, Part::Body | Part::Salutation | Part::Closing);
    let all: Vec<usize> = paper.of_part(text).collect();
    let right = |face: &Face| is_text_size(face) && font_of_text(face);
    let wrong: Vec<(usize, &Face)> =
        all.iter().filter_map(|&i| Some((i, paper.face(i)?))).filter(|(_, face)| !right(face)).collect();
    let at = wrong.first()?.0;
    let (n, total) = (wrong.len(), all.len());
    let looks = tally(wrong.iter().map(|(_, face)| *face));
    let message = Text::new(
        format!("正文（连同主送机关、署名）{total}段中{n}段不是3号仿宋，是{}", looks.zh),
        format!(
            "{n} of {total} paragraphs of text (with salutation and signature) are not in 仿宋 of 16 pt but in {}",
            looks.en
        ),
    );
    Some(Departure { kind: Kind::Body, at, message, help: None, binding: true })
}

/// 黑体, 楷体, 仿宋, 仿宋, all of 3号.
fn headings(paper: &Paper<'_>) -> Option<Departure> {
    const LEVELS: [(Wanted, &str); 4] = [(HEI, "一"), (KAI, "二"), (FANGSONG, "三"), (FANGSONG, "四")];
    let (mut zh, mut en, mut first) = (Vec::new(), Vec::new(), None);
    for ((wanted, ordinal), level) in LEVELS.into_iter().zip(1u8..) {
        let all: Vec<usize> = paper.of_part(|p| p == Part::Heading(level)).collect();
        let right = |face: &Face| is_text_size(face) && wanted.is(&face.han);
        let wrong: Vec<(usize, &Face)> =
            all.iter().filter_map(|&i| Some((i, paper.face(i)?))).filter(|(_, face)| !right(face)).collect();
        let Some(&(at, _)) = wrong.first() else { continue };
        first = Some(first.map_or(at, |first: usize| first.min(at)));
        let looks = tally(wrong.iter().map(|(_, face)| *face));
        let (n, total, name) = (wrong.len(), all.len(), wanted.name);
        zh.push(format!("{ordinal}级标题{total}处中{n}处是{}，应为3号{name}", looks.zh.replace('段', "处")));
        en.push(format!(
            "{n} of {total} headings of level {level} are in {}, not in {name} of 16 pt",
            looks.en
        ));
    }
    let message = Text::new(zh.join("；"), en.join("; "));
    Some(Departure { kind: Kind::Headings, at: first?, message, help: None, binding: true })
}

/// A font is named, and the theme's stands before it.
fn theme(paper: &Paper<'_>) -> Option<Departure> {
    let of = |i: usize| {
        let face = paper.face(i)?;
        face.unheard.as_ref().map(|unheard| (i, unheard.clone(), face.han.clone()))
    };
    let text =
        |p| matches!(p, Part::Title | Part::Heading(_) | Part::Body | Part::Salutation | Part::Closing);
    let all: Vec<_> = paper.of_part(text).filter_map(of).collect();
    let (at, unheard, han) = all.first()?;
    let (n, shown) = (all.len(), font(han));
    let message = Text::new(
        format!("有{n}段写的字体是“{unheard}”，对汉字不起作用，实际是{}", shown.zh),
        format!(
            "paragraphs that name the font {unheard}, which does not come to bear on Chinese: {n}; it is {}",
            shown.en
        ),
    );
    let help = text!(
        "选中这些段落，在“字体”对话框的“中文字体”里选“{unheard}”，不要选“+中文正文”一类主题字体",
        "select them and choose {unheard} as the Asian font in the font dialog, not one of the theme (“+Body Asian”)"
    );
    Some(Departure { kind: Kind::Theme, at: *at, message, help: Some(help), binding: false })
}
