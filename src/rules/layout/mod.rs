//! `layout` (版式): how a .docx stands on paper, held against GB/T 9704—2012.
//!
//! | file | what it holds against the standard |
//! |---|---|
//! | `sheet` | paper and margins, lines of a page, characters of a line |
//! | `letters` | fonts and sizes of title, text and headings; fonts that a theme's stand before |
//! | `lines` | first lines, blanks at the beginning of lines, empty paragraphs |
//! | `number` | page numbers |
//! | `form` | 红头 and 版记, where a paper has them |
//!
//! `parts` tells what each paragraph is. One kind, one finding: a departure is told once with how many paragraphs
//! have it and what stands there, at the first of them; where nearly all departs, one finding sums it up. What the
//! reader found is plain values ([`Layout`]); a text that has none costs nothing.

mod examples;
mod form;
#[cfg(test)]
pub(crate) mod imagined;
mod letters;
mod lines;
mod number;
mod parts;
mod sheet;
mod told;

use std::ops::Range;

use self::parts::Part;
use super::{About, Authority, Case, Reads, Rule};
use crate::base::{Text, fold::fold_char, han::is_han};
use crate::model::layout::{Face, Format, Layout, Look};
use crate::model::{Finding, Manuscript, Severity};

/// The rule.
pub struct LayoutRule;

static ABOUT: About = About {
    id: "layout",
    title: Text::fixed("版式不合公文格式", "layout that departs from the standard form"),
    severity: Severity::Info,
    authority: Authority::FORM,
    reads: Reads::All,
    why: Text::fixed(
        "只看 .docx。按 GB/T 9704—2012：A4 纸，天头37毫米、订口28毫米、版心156×225毫米，每面22行、每行28字；标题2号小标宋居中，正文3号\
         仿宋、段首空二字，一级标题黑体、二级楷体、三四级仿宋；页码4号宋体、两旁一字线，单页居右、双页居左；红头、版记。字体字号按 Word \
         实际生效的算（默认值、样式、主题字体、段落和文字各级设置）。每种不合只提一条，写明几段、现在是多少、应是多少；几乎处处不合的，\
         合成一条。\n\
         标准所定的各项，文稿有红头、发文字号或版记的（正式公文）为警告；讲话、参阅材料等没有这些的，只作提示，因为标准不管它们，各单位\
         通常也照此排。行数、字数标准允许调整，空行、空格定位是习惯，一律只是提示。两种算法的22行（行距28.95磅；地脚32.58毫米、行距29.45磅）\
         和常用的固定值28至29磅都算对，Word 排出的27字也算对；标题下、署名上的空行，三级标题加粗，讲话稿页码居中，不指出。",
        "Only .docx. By GB/T 9704—2012: paper A4, 37 mm above and 28 mm left of a text of 156 × 225 mm, 22 lines a \
         page and 28 characters a line; the title in 小标宋 of 22 pt, centred; text in 仿宋 of 16 pt, first lines two \
         characters in; headings in 黑体, 楷体, 仿宋, 仿宋; page numbers in 宋体 of 14 pt between dashes, right on odd \
         pages and left on even ones; 红头 and 版记. Fonts and sizes are those that come to bear in Word (defaults, \
         styles, theme fonts, what paragraph and letters say). One finding a kind says how many paragraphs, what is \
         there and what should be; where nearly all departs, one sums it up.\n\
         What the standard sets is a warning where a paper has 红头, a number or 版记 and so is a formal document; a \
         speech or a reference has none, the standard does not bind it, and it gets hints, since offices mostly set \
         it the same way. Lines and characters may be adjusted by the standard, and empty paragraphs and blanks are \
         custom: hints in any case. Both ways to count 22 lines and the usual 28 to 29 pt are right, and so are 27 \
         characters; empty lines under the title and above the signature, bold third-level headings and centred page \
         numbers of speeches are left alone.",
    ),
    examples: examples::EXAMPLES,
};

/// Kinds of departures (不合之处), the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Paper,
    Margins,
    Title,
    Body,
    Headings,
    Numbers,
    RedHead,
    Imprint,
    Lines,
    Indent,
    Theme,
    Characters,
    Spaces,
    Blanks,
}

/// One departure.
struct Departure {
    kind: Kind,
    /// The paragraph that it is told at.
    at: usize,
    message: Text,
    help: Option<Text>,
    /// Whether the standard says so without leave to do otherwise.
    binding: bool,
}

/// A document that is looked at.
struct Paper<'c> {
    manuscript: &'c Manuscript,
    layout: &'c Layout,
    /// The face of most Chinese characters of each paragraph.
    faces: Vec<Option<usize>>,
    parts: Vec<Part>,
}

impl<'c> Paper<'c> {
    /// The document, if it has a look and text in Chinese.
    fn of(manuscript: &'c Manuscript) -> Option<Self> {
        let layout = manuscript.layout()?;
        let text = manuscript.text();
        let han = |range: Range<usize>| {
            text.get(range).map_or(0, |words| words.chars().filter(|&c| is_han(c)).count())
        };
        let faces = layout.paragraphs.iter().map(|look| layout.main_face(look, han)).collect();
        let mut paper = Self { manuscript, layout, faces, parts: Vec::new() };
        paper.parts = parts::parts(&paper);
        let has_text = paper.parts.contains(&Part::Body);
        (has_text || paper.is_formal()).then_some(paper)
    }

    /// Whether it is a formal document (公文): it has a red head, a number of its own, or a 版记.
    fn is_formal(&self) -> bool {
        let formal = |part: &Part| matches!(part, Part::Masthead | Part::Number | Part::Imprint);
        self.parts.iter().any(formal)
    }

    /// Whether it is a letter (信函格式): its head ends in no 文件, and its number or title says 函.
    fn is_letter(&self) -> bool {
        let looks = || self.layout.paragraphs.iter().zip(&self.parts);
        let is = |wanted: Part, test: &dyn Fn(&str) -> bool| {
            looks().any(|(look, part)| *part == wanted && test(self.words(look)))
        };
        is(Part::Masthead, &|words| !words.ends_with("文件"))
            && (is(Part::Number, &|words| words.contains('函'))
                || is(Part::Title, &|words| words.ends_with('函')))
    }

    /// Its words, blanks round them left out.
    fn words(&self, look: &Look) -> &'c str {
        self.manuscript.text().get(look.range.clone()).unwrap_or_default().trim()
    }

    /// The paragraphs of a part before the first attachment.
    fn of_part(&self, part: impl Fn(Part) -> bool) -> impl Iterator<Item = usize> {
        let end = self.parts.iter().position(|p| *p == Part::Annex).unwrap_or(self.parts.len());
        (0..end).filter(move |&i| part(self.parts[i]))
    }

    fn format(&self, index: usize) -> Format {
        self.layout.paragraphs.get(index).map(|look| self.layout.format(look)).unwrap_or_default()
    }

    /// How most Chinese characters of a paragraph look.
    fn face(&self, index: usize) -> Option<&'c Face> {
        self.layout.faces.get((*self.faces.get(index)?)?)
    }

    /// Whether a paragraph is set larger than text ever is.
    fn is_large(&self, index: usize) -> bool {
        const LARGE: u32 = 40;
        self.face(index).is_some_and(|face| face.size >= LARGE)
    }

    fn is_red(&self, index: usize) -> bool {
        self.face(index).and_then(|face| face.colour).is_some_and(form::is_red)
    }

    /// The bytes at which something is told of a paragraph: its first words.
    fn spot(&self, index: usize) -> Range<usize> {
        const WORDS: usize = 12;
        let Some(look) = self.layout.paragraphs.get(index) else { return 0..0 };
        let text = self.manuscript.text().get(look.range.clone()).unwrap_or_default();
        // Nobody sees a character of no width.
        let unseen = |c: char| c.is_whitespace() || fold_char(c).is_none();
        let start = text.len() - text.trim_start_matches(unseen).len();
        let words = text[start..].split('\n').next().unwrap_or_default().trim_end();
        let end = words.char_indices().nth(WORDS).map_or(words.len(), |(at, _)| at);
        look.range.start + start..look.range.start + start + end
    }

    /// The first paragraph with words that are no prompt: where something is told of the whole.
    fn beginning(&self) -> usize {
        let said = |i: &usize| {
            !matches!(self.parts[*i], Part::Blank) && {
                let spot = self.spot(*i);
                !spot.is_empty() && self.manuscript.mask(spot.start).is_none()
            }
        };
        let title = self.parts.iter().position(|part| *part == Part::Title).filter(|i| said(i));
        title.or_else(|| (0..self.parts.len()).find(said)).unwrap_or(0)
    }
}

impl Rule for LayoutRule {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(paper) = Paper::of(case.manuscript) else { return Vec::new() };
        let mut all = sheet::departures(&paper);
        all.extend(letters::departures(&paper));
        all.extend(lines::departures(&paper));
        all.extend(number::departure(&paper));
        all.extend(form::departures(&paper));
        told::findings(&paper, all)
    }
}
