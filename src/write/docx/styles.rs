//! `word/styles.xml`: one style a kind of block.
//!
//! A clerk who changes the look of all first-level headings changes one style, and headings are
//! Word's own (Heading 1 to 4), so that they show in the navigation pane and in a table of
//! contents. The other styles carry the trade's words as names (称谓, 署名), which is also how a
//! reader knows them again. Paragraphs carry next to no formatting of their own.

use std::fmt::Write as _;

use super::page::{
    BODY_SIZE, LINE, NUMBER_INDENT, NUMBER_LINE, NUMBER_SIZE, TITLE_SIZE, TRACKING, TWO_CHARACTERS,
};
use super::parts::{DECLARATION, W};
use crate::model::BlockKind;
use crate::model::settings::Fonts;

/// The id of a block's style. GB/T 9704 knows four levels of headings; deeper ones look like the
/// fourth.
pub fn id(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "Title",
        BlockKind::DateLine => "DateLine",
        BlockKind::SpeakerLine => "SpeakerLine",
        BlockKind::Salutation => "Salutation",
        BlockKind::Heading(0 | 1) => "Heading1",
        BlockKind::Heading(2) => "Heading2",
        BlockKind::Heading(3) => "Heading3",
        BlockKind::Heading(_) => "Heading4",
        BlockKind::Body => "BodyText",
        BlockKind::Item => "ListItem",
        BlockKind::Cell => "TableCell",
        BlockKind::Quotation => "Quotation",
        BlockKind::Code => "Code",
        BlockKind::Signature => "Signature",
        BlockKind::DateOfIssue => "DateOfIssue",
    }
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
    /// Half-points.
    size: u32,
    /// 0 to 3 for headings.
    outline: Option<u8>,
    /// Whether it stays on the page of what follows.
    keep_next: bool,
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

/// The font under all four scripts. With no theme font and the same name four times, WPS has
/// nothing to report as missing but what is missing; digits and Latin letters are the font's own,
/// half as wide as a character, as the standard's samples have them.
fn fonts(name: &str) -> String {
    format!(
        r#"<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>"#
    )
}

/// The whole part.
pub fn xml(names: Fonts) -> String {
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
    for style in STYLES {
        let custom = if style.built_in { "" } else { r#" w:customStyle="1""# };
        let Style { id, name, next, paragraph, size, .. } = style;
        let keep_next = if style.keep_next { r#"<w:keepNext w:val="1"/>"# } else { "" };
        let outline =
            style.outline.map_or(String::new(), |level| format!(r#"<w:outlineLvl w:val="{level}"/>"#));
        let font = fonts((style.font)(names));
        let _ = write!(
            out,
            r#"<w:style w:type="paragraph"{custom} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next w:val="{next}"/><w:qFormat/><w:pPr>{keep_next}{paragraph}{outline}</w:pPr><w:rPr>{font}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
        );
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
