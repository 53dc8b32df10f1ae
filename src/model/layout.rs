//! How a document that was read looks on paper (版式): sheets, lines and letters as a word processor sets them.
//!
//! Only a reader of a format that has a look fills it, beside the text; nothing here knows of files. Lengths
//! are twips (1/20 pt), sizes of letters half-points, as word processors keep them, so that what was set by
//! whole numbers is compared by whole numbers. Looks repeat: a paragraph and its letters name their row in
//! [`Layout::formats`] and [`Layout::faces`].

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// Twips of a millimetre.
pub const MM: f64 = 1440.0 / 25.4;

/// A document as it is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Its sections (节), at least one.
    pub sections: Vec<Section>,
    /// Its paragraphs, empty ones included, in the order of the text.
    pub paragraphs: Vec<Look>,
    /// What paragraphs are set in.
    pub formats: Vec<Format>,
    /// What letters are set in, no two of them alike.
    pub faces: Vec<Face>,
    /// Stretches of letters, paragraph by paragraph.
    pub spans: Vec<Span>,
    /// Whether left and right pages have footers of their own (奇偶页不同).
    pub even_and_odd: bool,
}

impl Layout {
    /// What a paragraph is set in.
    #[must_use]
    pub fn format(&self, look: &Look) -> Format {
        self.formats.get(look.format).cloned().unwrap_or_default()
    }

    /// The stretches of a paragraph, each with its letters' look.
    pub fn faces(&self, look: &Look) -> impl Iterator<Item = (Range<usize>, &Face)> {
        let spans = self.spans.get(look.spans.clone()).unwrap_or_default();
        spans.iter().filter_map(|s| Some((s.range.clone(), self.faces.get(s.face)?)))
    }

    /// The row of the face that most letters of a paragraph have, of those that `counts`; of two with as many,
    /// that of the first.
    #[must_use]
    pub fn main_face(&self, look: &Look, mut counts: impl FnMut(Range<usize>) -> usize) -> Option<usize> {
        let spans = self.spans.get(look.spans.clone()).unwrap_or_default();
        if let [only] = spans {
            return Some(only.face);
        }
        let mut letters: HashMap<usize, (usize, Reverse<usize>)> = HashMap::new();
        for (n, span) in spans.iter().enumerate() {
            letters.entry(span.face).or_insert((0, Reverse(n))).0 += counts(span.range.clone());
        }
        letters.into_iter().max_by_key(|(_, rank)| *rank).map(|(face, _)| face)
    }

    /// The section that a paragraph stands in.
    #[must_use]
    pub fn section(&self, look: &Look) -> Option<&Section> {
        self.sections.get(look.section)
    }
}

/// A paragraph as it is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// Its bytes in the manuscript's text.
    pub range: Range<usize>,
    /// Its row in [`Layout::formats`].
    pub format: usize,
    /// Its stretches, rows of [`Layout::spans`].
    pub spans: Range<usize>,
    /// The section that it stands in, a row of [`Layout::sections`].
    pub section: usize,
    /// Whether it stands in a table.
    pub cell: bool,
    /// Whether it stands in a text box (文本框).
    pub boxed: bool,
    /// Whether a drawing, a picture or a line hangs on it.
    pub shape: bool,
    /// Whether it holds a page break (分页符), or ends its section.
    pub breaks: bool,
}

/// Letters that look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Their bytes in the manuscript's text.
    pub range: Range<usize>,
    /// Their row in [`Layout::faces`].
    pub face: usize,
}

/// How letters look (字符格式).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Face {
    /// The font of Chinese characters; empty where nothing names one.
    pub han: String,
    /// The font of digits and Latin letters; empty where nothing names one.
    pub latin: String,
    /// A font that is named for them and does not come to bear on Chinese characters: a theme's font
    /// (主题字体) stands before it.
    pub unheard: Option<String>,
    /// Half-points.
    pub size: u32,
    /// Bold.
    pub bold: bool,
    /// Red, green and blue; `None` for the automatic one.
    pub colour: Option<[u8; 3]>,
    /// Marked as with a pen (突出显示), or by a coloured ground (底纹).
    pub marked: bool,
    /// What is added between any two of them, in twips.
    pub tracking: i32,
    /// Hidden (隐藏文字): on the screen at most.
    pub hidden: bool,
}

/// How the lines of a paragraph stand (段落格式).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Format {
    /// Which side they keep to.
    pub align: Align,
    /// How far the first line is indented, in hundredths of a character where that is what is said; it
    /// stands before [`Format::first`].
    pub first_characters: Option<i32>,
    /// The same in twips; less than none for a hanging one.
    pub first: i32,
    /// The left indent in twips, or what it is in hundredths of a character.
    pub left: i32,
    /// See [`Format::left`].
    pub left_characters: Option<i32>,
    /// The right indent in twips.
    pub right: i32,
    /// See [`Format::left`].
    pub right_characters: Option<i32>,
    /// Space above, in twips.
    pub before: u32,
    /// Space below, in twips.
    pub after: u32,
    /// How lines follow one another.
    pub line: LineHeight,
    /// Whether lines are set on the section's grid, where it has one.
    pub snaps: bool,
    /// Whether the word processor numbers it: then its indents are the list's.
    pub numbered: bool,
    /// Whether it begins a page.
    pub begins_page: bool,
    /// The colours of the rules above and below; black for the automatic one.
    pub rule_above: Option<[u8; 3]>,
    /// See [`Format::rule_above`].
    pub rule_below: Option<[u8; 3]>,
}

/// Which side lines keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Left (左对齐).
    #[default]
    Left,
    /// Both sides (两端对齐, 分散对齐).
    Both,
    /// Centred (居中).
    Centre,
    /// Right (右对齐).
    Right,
}

/// How lines follow one another (行距).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineHeight {
    /// So many 240ths of what the letters need, or of a line of the grid.
    Times(u32),
    /// So many twips (固定值).
    Exact(u32),
    /// So many twips, or more where the letters need it (最小值).
    AtLeast(u32),
}

impl Default for LineHeight {
    fn default() -> Self {
        Self::Times(240)
    }
}

/// The sheets of a section (页面设置), in twips.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// The sheet's width.
    pub width: u32,
    /// The sheet's height.
    pub height: u32,
    /// From its upper edge to the text (天头).
    pub top: u32,
    /// From its lower edge to the text (地脚).
    pub bottom: u32,
    /// From its left edge to the text, with what the binding takes (订口).
    pub left: u32,
    /// From its right edge to the text (翻口).
    pub right: u32,
    /// The grid (文档网格) that lines are set on.
    pub grid: Grid,
    /// Page number of right pages, or of all; of left pages; of the first page, where that is apart.
    pub numbers: [Option<PageNumber>; 3],
    /// Whether the first page has a footer of its own (首页不同).
    pub first_apart: bool,
}

impl Section {
    /// The width of the text (版心).
    #[must_use]
    pub const fn text_width(&self) -> u32 {
        self.width.saturating_sub(self.left + self.right)
    }

    /// The height of the text (版心).
    #[must_use]
    pub const fn text_height(&self) -> u32 {
        self.height.saturating_sub(self.top + self.bottom)
    }
}

/// The grid of a section (文档网格).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Grid {
    /// Twips from line to line; `None` where lines are set on no grid.
    pub line: Option<u32>,
    /// What is added to any character, in 4096ths of a point; `None` where characters are set on no grid.
    pub character: Option<i32>,
}

/// A page number (页码) of a header or a footer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageNumber {
    /// Its line, with `#` where the number stands: `— # —`.
    pub text: String,
    /// How the number looks.
    pub face: Face,
    /// Where it stands; `None` where that cannot be told.
    pub align: Option<Align>,
    /// Whether it keeps to the outer side of each page by itself.
    pub outside: bool,
    /// Whether it stands above the text.
    pub in_header: bool,
    /// Whether it is typed by hand, and so the same on each page.
    pub typed: bool,
}
