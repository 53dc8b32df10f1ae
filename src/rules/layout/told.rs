//! What is told of the departures: one finding a kind, few enough to be read, and one for all where nearly
//! nothing is set by the standard.

use super::{ABOUT, Departure, Kind, Paper};
use crate::base::Text;
use crate::model::{Finding, Severity};

/// Findings of one document, at most.
const MOST: usize = 8;
/// Of the marks by which a page is known for one of the standard, how many fail where nearly all departs.
const NEARLY_ALL: usize = 4;

/// The marks by which a page is known for one of the standard.
const MARKS: [Kind; 6] = [Kind::Margins, Kind::Title, Kind::Body, Kind::Headings, Kind::Numbers, Kind::Lines];

pub(super) fn findings(paper: &Paper<'_>, mut all: Vec<Departure>) -> Vec<Finding> {
    all.sort_by_key(|d| d.kind);
    let formal = paper.is_formal();
    let failed = MARKS.iter().filter(|mark| all.iter().any(|d| d.kind == **mark)).count();
    let mut found = Vec::new();
    if failed >= NEARLY_ALL {
        let (custom, standard): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|d| matches!(d.kind, Kind::Spaces | Kind::Blanks));
        found.push(whole(paper, standard, formal));
        all = custom;
    }
    found.extend(all.into_iter().take(MOST).map(|d| one(paper, d, formal)));
    found.retain(|f| !f.range.is_empty());
    found
}

/// What sets any departure right.
const FORMAT: Text = Text::fixed(
    "可以一次排好：wengao format 稿件 --output 规范.docx（网页里是“排版”），文字不动",
    "wengao format PAPER --output STANDARD.docx sets all of it right (“Lay out” on the page); no word is changed",
);

fn severity(binding: bool, formal: bool) -> Severity {
    if binding && formal { Severity::Warning } else { Severity::Info }
}

fn one(paper: &Paper<'_>, departure: Departure, formal: bool) -> Finding {
    let Departure { at, message, help, binding, .. } = departure;
    let help = help.unwrap_or(FORMAT);
    ABOUT.finding(paper.spot(at), message).severity(severity(binding, formal)).help(help)
}

/// One finding for all: what departs, each with its values as a note.
fn whole(paper: &Paper<'_>, all: Vec<Departure>, formal: bool) -> Finding {
    let kinds: Vec<Text> = all.iter().map(|d| d.kind.label()).collect();
    let zh = kinds.iter().map(|t| &*t.zh).collect::<Vec<_>>().join("、");
    let en = kinds.iter().map(|t| &*t.en).collect::<Vec<_>>().join(", ");
    let message = Text::new(
        format!("整篇未按《党政机关公文格式》（GB/T 9704—2012）排版：{zh}"),
        format!("set in another form than that of official documents (GB/T 9704—2012): {en}"),
    );
    let help = Text::fixed(
        "要排的：wengao format 稿件 --output 规范.docx（网页里是“排版”），文字不动；只在内部看的，可不管",
        "to set it anew: wengao format PAPER --output STANDARD.docx (“Lay out” on the page), no word is changed; what stays inside may stay as it is",
    );
    let binding = all.iter().any(|d| d.binding);
    ABOUT
        .finding(paper.spot(paper.beginning()), message)
        .severity(severity(binding, formal))
        .help(help)
        .notes(all.into_iter().map(|d| (None, d.message)))
}

impl Kind {
    /// What departs, in a word.
    const fn label(self) -> Text {
        match self {
            Self::Paper => Text::fixed("纸张", "paper"),
            Self::Margins => Text::fixed("页边距", "margins"),
            Self::Title => Text::fixed("标题", "title"),
            Self::Body => Text::fixed("正文字体字号", "letters of the text"),
            Self::Headings => Text::fixed("层次标题", "headings"),
            Self::Numbers => Text::fixed("页码", "page numbers"),
            Self::RedHead => Text::fixed("红头", "red head"),
            Self::Imprint => Text::fixed("版记", "imprint"),
            Self::Lines => Text::fixed("行距", "lines"),
            Self::Indent => Text::fixed("段首缩进", "first lines"),
            Self::Theme => Text::fixed("主题字体", "theme fonts"),
            Self::Characters => Text::fixed("每行字数", "characters of a line"),
            Self::Spaces => Text::fixed("空格", "blanks"),
            Self::Blanks => Text::fixed("空行", "empty paragraphs"),
        }
    }
}
