//! What was done to a paper, and what about it is not sure, as sentences.

use std::collections::BTreeMap;

use crate::base::Text;
use crate::model::BlockKind;
use crate::text;

/// What about a paragraph is not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// It may be the title.
    Title,
    /// It may say who speaks, or whose paper it is.
    Speaker,
    /// It may say to whom the paper speaks.
    Salutation,
    /// It may be a heading, and has no mark.
    Heading,
}

impl Doubt {
    /// What a comment on the paragraph says.
    #[must_use]
    pub const fn comment(self) -> Text {
        match self {
            Self::Title => Text::fixed(
                "排版：按标题排了，拿不准；不是标题的，请改回正文",
                "layout: set as the title, which is not sure; if it is none, make it text again",
            ),
            Self::Speaker => Text::fixed(
                "排版：标题下的这一行可能是讲话人、单位或副标题，请核对",
                "layout: this line under the title may say who speaks, or be a subtitle; please look",
            ),
            Self::Salutation => Text::fixed(
                "排版：按称谓（主送机关）顶格排了，拿不准，请核对",
                "layout: set as the salutation, at the left edge, which is not sure; please look",
            ),
            Self::Heading => Text::fixed(
                "排版：像小标题而没有序号，按正文排了；是标题的，请加上序号再排",
                "layout: looks like a heading and has no mark (一、（一）…); set as text. If it is one, give it its mark and lay out again",
            ),
        }
    }

    /// What it is called in the list of what was not sure.
    #[must_use]
    pub fn listed(self, words: &str, more: usize) -> Text {
        let what = match self {
            Self::Title => Text::fixed("可能是标题，按标题排了", "may be the title, set as one"),
            Self::Speaker => Text::fixed("可能是讲话人或单位", "may say who speaks"),
            Self::Salutation => Text::fixed("可能是称谓，按称谓排了", "may be the salutation, set as one"),
            Self::Heading => Text::fixed(
                "像小标题而没有序号，按正文排了",
                "looks like a heading without a mark, set as text",
            ),
        };
        let Text { zh, en } = what;
        match more {
            0 => text!("拿不准：“{words}”{zh}", "not sure: “{words}” {en}"),
            n => {
                let all = n + 1;
                text!("拿不准：“{words}”等{all}处{zh}", "not sure: “{words}” and {n} more: {en}")
            }
        }
    }
}

/// What was done to a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// The title's words.
    pub title: Vec<String>,
    /// How many paragraphs of each kind there are; headings by level.
    pub kinds: BTreeMap<String, (Text2, usize)>,
    /// Empty paragraphs that are gone.
    pub blanks: usize,
    /// Paragraphs whose blanks at the beginning are gone.
    pub indents: usize,
    /// Page breaks that became a setting of the paragraph below.
    pub breaks: usize,
    /// Places of bold, italic or underlined words that stay.
    pub emphasis: usize,
    /// Places of coloured or highlighted words that stay.
    pub coloured: usize,
    /// Tables that stay, with fonts of the profile.
    pub tables: usize,
    /// Tables that are broader than the text.
    pub broad: usize,
    /// Pictures, drawings, objects and formulas that stay.
    pub pictures: usize,
    /// Paragraphs that the word processor numbers.
    pub numbered: usize,
    /// Paragraphs that were left as they are: text boxes, tables of contents, what is stamped on the head.
    pub left: usize,
    /// Sections whose sheets, margins or grid were set.
    pub sections: usize,
    /// Whether page numbers were put in or set anew.
    pub numbers: bool,
    /// Whether footers with words were left.
    pub footers_left: bool,
    /// Lines of front matter (文首的设置) that were left out.
    pub front: usize,
    /// Whether it was laid out anew from its text, and not in its own file.
    pub anew: bool,
}

/// A word in both languages.
pub type Text2 = (String, String);

impl Done {
    /// Counts a paragraph.
    pub fn count(&mut self, kind: BlockKind) {
        let (zh, level) = match kind {
            BlockKind::Heading(level) => {
                let ordinal = ["一", "二", "三", "四"][usize::from(level.clamp(1, 4)) - 1];
                (format!("{ordinal}级标题"), format!(" {level}"))
            }
            kind => (kind.row().zh.to_owned(), String::new()),
        };
        let name = kind.row().name.replace('-', " ");
        let order = crate::model::KINDS.iter().position(|k| k.name == kind.row().name).unwrap_or(0);
        let entry = self.kinds.entry(format!("{order:02}{level}")).or_insert(((zh, name + &level), 0));
        entry.1 += 1;
    }

    /// All of it, a sentence a kind.
    #[must_use]
    pub fn sentences(&self) -> Vec<Text> {
        let counted = self.changed().into_iter().chain(self.kept());
        std::iter::once(self.recognised())
            .chain(counted.filter(|(n, _)| *n > 0).map(|(_, said)| said))
            .collect()
    }

    /// What is different now.
    fn changed(&self) -> [(usize, Text); 6] {
        let Self { blanks, indents, breaks, sections, front, .. } = self;
        [
            (
                *sections,
                text!(
                    "纸张、页边距、行列设好：{sections}节",
                    "paper, margins and lines set: sections {sections}"
                ),
            ),
            (
                usize::from(self.numbers),
                Text::fixed(
                    "页码设好：4号宋体，单页居右、双页居左",
                    "page numbers set: 宋体 of 14 pt on the outer side",
                ),
            ),
            (
                *blanks,
                text!(
                    "删去空段{blanks}个，要空的行改由段落设置",
                    "empty paragraphs dropped: {blanks}; lines that are to stay free are set by paragraphs"
                ),
            ),
            (
                *indents,
                text!(
                    "段首、段尾的空格删去，改为缩进：{indents}段",
                    "blanks round paragraphs taken away, indents set instead: {indents}"
                ),
            ),
            (
                *breaks,
                text!(
                    "分页符改为“段前分页”：{breaks}处",
                    "page breaks made a setting of the paragraph below: {breaks}"
                ),
            ),
            (
                *front,
                text!(
                    "文首两条 --- 之间的设置没有排进去：{front}行",
                    "the settings between the two --- at its head were left out: lines {front}"
                ),
            ),
        ]
    }

    /// What is as it was.
    fn kept(&self) -> [(usize, Text); 8] {
        let Self { emphasis, coloured, tables, broad, pictures, numbered, left, .. } = self;
        [
            (
                *emphasis,
                text!(
                    "加粗、倾斜、下划线照旧：{emphasis}处",
                    "bold, italic and underlined words kept: {emphasis}"
                ),
            ),
            (
                *coloured,
                text!(
                    "彩色字、突出显示照旧：{coloured}处，多是待核的，定稿前请处理",
                    "coloured or highlighted words kept: {coloured}; they mostly wait to be checked"
                ),
            ),
            (*tables, text!("表格照旧，只换字体：{tables}个", "tables kept, with other fonts: {tables}")),
            (
                *broad,
                text!(
                    "其中比版心宽的表格，已按版心收窄：{broad}个",
                    "of these broader than the text and narrowed to it: {broad}"
                ),
            ),
            (
                *pictures,
                text!(
                    "图片、公式、对象照旧：{pictures}处",
                    "pictures, formulas and objects kept: {pictures}"
                ),
            ),
            (*numbered, text!("自动编号照旧：{numbered}段", "automatic numbers kept: {numbered} paragraphs")),
            (
                *left,
                text!(
                    "没有动：{left}段（文本框、目录、版头上的戳记等）",
                    "left alone: {left} paragraphs (text boxes, tables of contents, stamps on the head)"
                ),
            ),
            (
                usize::from(self.footers_left),
                Text::fixed(
                    "页脚里有文字，没有动，请核对页码",
                    "the footers hold words and were left alone; look at the page numbers",
                ),
            ),
        ]
    }

    fn recognised(&self) -> Text {
        let zh: Vec<String> = self.kinds.values().map(|((zh, _), n)| format!("{zh}{n}")).collect();
        let en: Vec<String> = self.kinds.values().map(|((_, en), n)| format!("{en} {n}")).collect();
        let (zh, en) = (zh.join("、"), en.join(", "));
        let title = self.title.join("");
        if title.is_empty() {
            return text!("没有认出标题；段落：{zh}", "no title was found; paragraphs: {en}");
        }
        text!("标题：{title}；段落：{zh}", "title: {title}; paragraphs: {en}")
    }
}
