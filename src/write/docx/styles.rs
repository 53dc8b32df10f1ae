//! `word/styles.xml`: one style a kind of block.
//!
//! A clerk who changes the look of all first-level headings changes one style, and headings are
//! Word's own (Heading 1 to 4), so that they show in the navigation pane and in a table of
//! contents. The other styles carry the trade's words as names (称谓, 署名), which is also how a
//! reader knows them again. Paragraphs carry next to no formatting of their own.

use std::fmt::Write as _;

use super::markup::{DECLARATION, W};
use super::page::{
    BODY_SIZE, CELL_LARGE, CELL_SMALL, IMPRINT_LINE, IMPRINT_SIZE, LINE, MASTHEAD_SIZE, NUMBER_INDENT,
    NUMBER_LINE, NUMBER_SIZE, TITLE_SIZE, TRACKING, TWO_CHARACTERS,
};

use crate::model::settings::Fonts;
use crate::model::{BlockKind, Manuscript};

/// The id of a block's style. GB/T 9704 knows four levels of headings; deeper ones look like the
/// fourth.
pub fn id(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading(0 | 1) => "Heading1",
        BlockKind::Heading(2) => "Heading2",
        BlockKind::Heading(3) => "Heading3",
        BlockKind::Heading(_) => "Heading4",
        kind => kind.row().style,
    }
}

/// Whether a manuscript needs the [`FURTHER`] styles.
pub fn needs_further(manuscript: &Manuscript) -> bool {
    !manuscript.tables().is_empty()
        || manuscript.blocks().iter().any(|b| b.kind.is_form() || b.kind == BlockKind::Subtitle)
}

/// One paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    /// Whether Word has a style of this name itself; others must say that they are custom.
    built_in: bool,
    /// What Word gives the paragraph after this one when Enter is pressed.
    next: &'static str,
    /// Children of `w:pPr` after `w:keepNext`, in the schema's order.
    paragraph: &'static str,
    font: fn(Fonts) -> &'static str,
    /// Children of `w:rPr` between the font and the size, in the schema's order.
    run: &'static str,
    /// Half-points.
    size: u32,
    /// 0 to 3 for headings.
    outline: Option<u8>,
    /// Whether it stays on the page of what follows.
    keep_next: bool,
}

impl Style {
    /// The style as an element, under this id, based on that style, and with what else its paragraphs have.
    fn written(&self, names: Fonts, id: &str, base: &str, next: &str, more: &str) -> String {
        let Self { name, paragraph, run, size, .. } = self;
        let custom = if self.built_in { "" } else { r#" w:customStyle="1""# };
        let keep_next = if self.keep_next { r#"<w:keepNext w:val="1"/>"# } else { "" };
        let outline =
            self.outline.map_or(String::new(), |level| format!(r#"<w:outlineLvl w:val="{level}"/>"#));
        let font = fonts((self.font)(names));
        format!(
            r#"<w:style w:type="paragraph"{custom} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:next w:val="{next}"/><w:qFormat/><w:pPr>{keep_next}{more}{paragraph}{outline}</w:pPr><w:rPr>{font}{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
        )
    }
}

/// A style as others may put it into a document of their own.
#[derive(Clone, Copy)]
pub struct Known(&'static Style);

impl Known {
    /// That of blocks of a kind.
    pub fn of(kind: BlockKind) -> Self {
        let id = id(kind);
        Self(STYLES.iter().chain(FURTHER).find(|style| style.id == id).unwrap_or(&PLAIN))
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        STYLES.iter().chain(FURTHER).map(Self)
    }

    /// That with this id in documents of the program's own.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::all().find(|style| style.id() == id)
    }

    /// Whether no word processor has it by itself.
    pub const fn is_own(self) -> bool {
        !self.0.built_in
    }

    /// That of the empty paragraph, one point high, that a 版记 holds on to.
    pub fn anchor() -> Self {
        Self(FURTHER.iter().find(|style| style.id == "Anchor").unwrap_or(&PLAIN))
    }

    /// The id that it has in documents of the program's own.
    pub const fn id(self) -> &'static str {
        self.0.id
    }

    /// The name by which people know it.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// The id of the style of the paragraph after it.
    pub const fn next(self) -> &'static str {
        self.0.next
    }

    /// Its outline level, from 0.
    pub const fn outline(self) -> Option<u8> {
        self.0.outline
    }

    /// Whether it stays on the page of what follows.
    pub const fn keeps_next(self) -> bool {
        self.0.keep_next
    }

    /// How its paragraphs stand: children of `w:pPr`.
    pub const fn paragraph(self) -> &'static str {
        self.0.paragraph
    }

    /// Whether its lines stand where their place in the form says, whatever they look like: 署名, 成文日期, 附件说明, 版记.
    pub fn stands_by_itself(self) -> bool {
        let kinds = [
            BlockKind::Masthead,
            BlockKind::Signature,
            BlockKind::DateOfIssue,
            BlockKind::AttachmentNote,
            BlockKind::Annex,
            BlockKind::EditedLine,
            BlockKind::CopyLine,
            BlockKind::PrintLine,
        ];
        kinds.iter().any(|kind| id(*kind) == self.0.id)
    }

    /// Its element; see [`Style::written`].
    pub fn written(self, names: Fonts, id: &str, base: &str, next: &str, more: &str) -> String {
        self.0.written(names, id, base, next, more)
    }
}

const INDENTED: &str = r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#;
const CENTRED: &str = r#"<w:jc w:val="center"/>"#;
const LEFT: &str = r#"<w:jc w:val="left"/>"#;
/// 署名 and 成文日期 two characters in from the right (GB/T 9704-2012, 7.3.5.2). Documents that have
/// both get the exact indent in the paragraph.
const RIGHT: &str = r#"<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>"#;

/// What most styles are: 3号仿宋, followed by body text.
const PLAIN: Style = Style {
    id: "BodyText",
    name: "公文正文",
    built_in: false,
    next: "BodyText",
    paragraph: INDENTED,
    font: Fonts::body,
    run: "",
    size: BODY_SIZE,
    outline: None,
    keep_next: false,
};

const fn heading(id: &'static str, name: &'static str, level: u8, font: fn(Fonts) -> &'static str) -> Style {
    Style { id, name, built_in: true, font, outline: Some(level), keep_next: true, ..PLAIN }
}

static STYLES: &[Style] = &[
    PLAIN,
    Style {
        id: "Title",
        name: "Title",
        built_in: true,
        paragraph: CENTRED,
        font: Fonts::title,
        size: TITLE_SIZE,
        keep_next: true,
        ..PLAIN
    },
    Style { id: "DateLine", name: "日期行", paragraph: CENTRED, font: Fonts::kai, ..PLAIN },
    Style { id: "SpeakerLine", name: "讲话人行", paragraph: CENTRED, font: Fonts::kai, ..PLAIN },
    Style { id: "Salutation", name: "称谓", paragraph: "", ..PLAIN },
    heading("Heading1", "heading 1", 0, Fonts::hei),
    heading("Heading2", "heading 2", 1, Fonts::kai),
    heading("Heading3", "heading 3", 2, Fonts::body),
    heading("Heading4", "heading 4", 3, Fonts::body),
    Style { id: "ListItem", name: "列表项", next: "ListItem", ..PLAIN },
    Style { id: "TableCell", name: "表格文字", next: "TableCell", paragraph: LEFT, ..PLAIN },
    Style {
        id: "Quotation",
        name: "引文",
        paragraph: r#"<w:ind w:leftChars="200" w:left="640" w:firstLineChars="200" w:firstLine="640"/>"#,
        font: Fonts::kai,
        ..PLAIN
    },
    Style { id: "Code", name: "代码", next: "Code", paragraph: LEFT, font: Fonts::song, ..PLAIN },
    Style { id: "Signature", name: "署名", next: "DateOfIssue", paragraph: RIGHT, ..PLAIN },
    Style { id: "DateOfIssue", name: "成文日期", paragraph: RIGHT, ..PLAIN },
];

/// The right edge of a line of two parts: one character in from that of the 版心.
const TAB: &str = r#"<w:tabs><w:tab w:val="right" w:pos="8525"/></w:tabs><w:ind w:firstLineChars="100" w:firstLine="320"/><w:jc w:val="left"/>"#;
/// The lines of the 版记, one character of theirs in from either side (7.4.2); w:leftChars would count
/// those of the text.
const IMPRINT: &str = r#"<w:overflowPunct w:val="0"/><w:spacing w:line="480" w:lineRule="exact"/><w:ind w:left="1120" w:right="280" w:hanging="840"/><w:jc w:val="left"/>"#;
/// No tracking: cells and the 版记 are no text of 28 columns.
const UNTRACKED: &str = r#"<w:spacing w:val="0"/>"#;

/// A style of cells. No mark hangs over the edge: there the border is.
const fn cell(id: &'static str, name: &'static str, large: bool, head: bool) -> Style {
    Style {
        id,
        name,
        next: id,
        paragraph: match (large, head) {
            (false, false) => {
                r#"<w:overflowPunct w:val="0"/><w:spacing w:line="400" w:lineRule="exact"/><w:jc w:val="left"/>"#
            }
            (true, false) => {
                r#"<w:overflowPunct w:val="0"/><w:spacing w:line="460" w:lineRule="exact"/><w:jc w:val="left"/>"#
            }
            (false, true) => {
                r#"<w:overflowPunct w:val="0"/><w:spacing w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>"#
            }
            (true, true) => {
                r#"<w:overflowPunct w:val="0"/><w:spacing w:line="460" w:lineRule="exact"/><w:jc w:val="center"/>"#
            }
        },
        font: if head { Fonts::hei } else { Fonts::body },
        run: UNTRACKED,
        size: if large { CELL_LARGE } else { CELL_SMALL },
        keep_next: head,
        ..PLAIN
    }
}

/// The styles of a document with 红头, 报头, 版记, attachments or tables. Others are spared them, so
/// that a speech's list of styles in Word is a speech's.
static FURTHER: &[Style] = &[
    Style {
        id: "Masthead",
        name: "发文机关标志",
        next: "DocumentNumber",
        paragraph: CENTRED,
        font: Fonts::title,
        run: r#"<w:color w:val="FF0000"/>"#,
        size: MASTHEAD_SIZE,
        ..PLAIN
    },
    Style { id: "DocumentNumber", name: "发文字号", next: "Title", paragraph: CENTRED, ..PLAIN },
    Style { id: "IssueNumber", name: "期号", next: "EditedLine", paragraph: CENTRED, ..PLAIN },
    Style { id: "EditedLine", name: "编印行", next: "Title", paragraph: TAB, ..PLAIN },
    Style {
        id: "Subtitle",
        name: "Subtitle",
        built_in: true,
        paragraph: CENTRED,
        font: Fonts::kai,
        keep_next: true,
        ..PLAIN
    },
    Style { id: "AttachmentNote", name: "附件说明", next: "AttachmentNote", ..PLAIN },
    Style {
        id: "Annex",
        name: "附件序号",
        next: "Title",
        paragraph: r#"<w:pageBreakBefore w:val="1"/>"#,
        font: Fonts::hei,
        keep_next: true,
        ..PLAIN
    },
    Style { id: "Note", name: "附注", ..PLAIN },
    Style {
        id: "CopyLine",
        name: "抄送",
        next: "PrintLine",
        paragraph: IMPRINT,
        run: UNTRACKED,
        size: IMPRINT_SIZE,
        ..PLAIN
    },
    Style {
        id: "PrintLine",
        name: "印发",
        next: "PrintLine",
        paragraph: r#"<w:tabs><w:tab w:val="right" w:pos="8565"/></w:tabs><w:spacing w:line="480" w:lineRule="exact"/><w:ind w:firstLine="280"/><w:jc w:val="left"/>"#,
        run: UNTRACKED,
        size: IMPRINT_SIZE,
        ..PLAIN
    },
    Style {
        id: "TableCaption",
        name: "表题",
        next: "TableText",
        paragraph: CENTRED,
        font: Fonts::hei,
        size: CELL_LARGE,
        keep_next: true,
        ..PLAIN
    },
    cell("TableText", "表格小四", false, false),
    cell("TableTextLarge", "表格四号", true, false),
    cell("TableHead", "表头小四", false, true),
    cell("TableHeadLarge", "表头四号", true, true),
    // Empty: what the frame of the 版记 holds on to, and what keeps two tables apart.
    Style {
        id: "Anchor",
        name: "锚点",
        paragraph: r#"<w:spacing w:line="20" w:lineRule="exact"/>"#,
        size: 2,
        ..PLAIN
    },
];

/// The font under all four scripts. With no theme font and the same name four times, WPS has
/// nothing to report as missing but what is missing; digits and Latin letters are the font's own,
/// half as wide as a character, as the standard's samples have them.
pub fn fonts(name: &str) -> String {
    format!(
        r#"<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>"#
    )
}

/// The whole part, with the further styles or without.
pub fn xml(names: Fonts, further: bool) -> String {
    debug_assert_eq!(IMPRINT_LINE, 480, "the heights above are written out");
    debug_assert_eq!(TWO_CHARACTERS, 640, "the indents above are written out");
    let body = fonts(names.body());
    let mut out = format!(
        r#"{DECLARATION}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{body}<w:sz w:val="{BODY_SIZE}"/><w:szCs w:val="{BODY_SIZE}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#
    );
    // No widow control: it would leave pages of 21 lines. No space between Han and Latin: it would
    // shift the rest of the line off the 28 columns.
    let _ = write!(
        out,
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:kinsoku w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr><w:rPr>{body}<w:spacing w:val="{TRACKING}"/><w:kern w:val="0"/><w:sz w:val="{BODY_SIZE}"/><w:szCs w:val="{BODY_SIZE}"/></w:rPr></w:style>"#
    );
    for style in STYLES.iter().chain(FURTHER.iter().filter(|_| further)) {
        let Style { id, next, .. } = style;
        out.push_str(&style.written(names, id, "Normal", next, ""));
    }
    // Page numbers are no text of 28 columns: no tracking, and a line as high as the number.
    let song = fonts(names.song());
    let _ = write!(
        out,
        r#"<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:line="{NUMBER_LINE}" w:lineRule="exact"/></w:pPr><w:rPr>{song}<w:spacing w:val="0"/><w:sz w:val="{NUMBER_SIZE}"/><w:szCs w:val="{NUMBER_SIZE}"/></w:rPr></w:style></w:styles>"#
    );
    debug_assert_eq!(NUMBER_INDENT, 280);
    out
}
