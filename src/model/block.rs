//! What a block of text is, and the one table of its kinds: how a skeleton writes each, how a
//! document's styles say it, what a person calls it.
//!
//! A new kind is a variant here with its row in [`KINDS`], and its look in `write/docx/styles.rs`.
//! Skeletons, extraction, readers, `show --blocks` and the list in CONTRIBUTING follow the table.

use std::mem::discriminant;
use std::ops::Range;

/// What a block of text is. The trade's words stand beside the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// 发文机关标志 of a document, 报头 of a brief: 云岭县人民政府文件, 工作简报. Red and large.
    Masthead,
    /// 发文字号: 云政发〔2026〕5号.
    DocumentNumber,
    /// 期号 of a brief: 第5期.
    IssueNumber,
    /// 编印行 of a brief: who edited it, a tab, the date.
    EditedLine,
    /// 标题. An attachment has one of its own.
    Title,
    /// 副标题: ——以云岭县为例.
    Subtitle,
    /// 日期行, under a speech's title: （2026年3月5日）.
    DateLine,
    /// 讲话人行, under a speech's title: title and name.
    SpeakerLine,
    /// 称谓 or 主送机关: 同志们：
    Salutation,
    /// 层次标题: 1 一、 · 2 （一） · 3 1. · 4 （1）.
    Heading(u8),
    /// 正文.
    Body,
    /// 列表项 of a Markdown or word-processor list.
    Item,
    /// 表题, the name of a table.
    Caption,
    /// 表格单元格.
    Cell,
    /// 引文 set off as a block.
    Quotation,
    /// 代码 or other text that is no prose.
    Code,
    /// 署名.
    Signature,
    /// 成文日期.
    DateOfIssue,
    /// 附件说明, one line an attachment: 附件：1. 任务分解表.
    AttachmentNote,
    /// 附件顺序号 at the head of an attachment's first page: 附件1.
    Annex,
    /// 附注: （此件公开发布）.
    Note,
    /// 抄送 in the 版记; 报送 and 发送 of a brief.
    CopyLine,
    /// 印发机关 and 印发日期 in the 版记, with a tab between them.
    PrintLine,
}

/// Where in a document a kind of block belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// It says what the document says.
    Text,
    /// 版头 (眉首, 红头; of a brief 报头): what stands above the red rule.
    RedHead,
    /// 版记: what stands between the rules at the foot of the last page.
    Imprint,
    /// Another part of the form (格式要素): a table's name, 附件说明, 附注.
    Other,
}

/// A kind of block and what it is called.
#[derive(Debug)]
pub struct Kind {
    /// The kind; of headings, the first level.
    pub kind: BlockKind,
    /// What a line of a skeleton begins with to be one; empty if there is nothing. Headings have one
    /// more `#` a level.
    pub sign: &'static str,
    /// Its name in `wengao show --blocks`; headings have their level behind it.
    pub name: &'static str,
    /// The id of its paragraph style in a .docx; headings have their level behind it.
    pub style: &'static str,
    /// The trade's word for it.
    pub zh: &'static str,
    /// Names of paragraph styles by which a .docx says it, its own words and those of Word and WPS;
    /// upper and lower case are the same. Headings are told by their level.
    pub styles: &'static [&'static str],
    /// Where it belongs.
    pub form: Form,
}

const fn row(
    kind: BlockKind,
    (sign, name, style): (&'static str, &'static str, &'static str),
    zh: &'static str,
    styles: &'static [&'static str],
    form: Form,
) -> Kind {
    Kind { kind, sign, name, style, zh, styles, form }
}

/// All kinds, in the order in which a document has them.
#[rustfmt::skip]
pub static KINDS: &[Kind] = &[
    row(BlockKind::Masthead, ("@masthead", "masthead", "Masthead"), "发文机关标志", &["发文机关标志", "报头", "红头"], Form::RedHead),
    row(BlockKind::DocumentNumber, ("@number", "document-number", "DocumentNumber"), "发文字号", &["发文字号"], Form::RedHead),
    row(BlockKind::IssueNumber, ("@issue", "issue-number", "IssueNumber"), "期号", &["期号"], Form::RedHead),
    row(BlockKind::EditedLine, ("@edited", "edited-line", "EditedLine"), "编印行", &["编印行"], Form::RedHead),
    row(BlockKind::Title, ("#", "title", "Title"), "标题", &["Title", "标题", "公文标题"], Form::Text),
    row(BlockKind::Subtitle, ("@subtitle", "subtitle", "Subtitle"), "副标题", &["Subtitle", "副标题"], Form::Text),
    row(BlockKind::DateLine, ("@date", "date-line", "DateLine"), "日期行", &["日期行"], Form::Text),
    row(BlockKind::SpeakerLine, ("@speaker", "speaker-line", "SpeakerLine"), "讲话人行", &["讲话人行"], Form::Text),
    row(BlockKind::Salutation, ("@salutation", "salutation", "Salutation"), "称谓", &["称谓", "Salutation", "称呼", "主送机关"], Form::Text),
    row(BlockKind::Heading(1), ("##", "heading", "Heading"), "层次标题", &[], Form::Text),
    row(BlockKind::Body, ("", "body", "BodyText"), "正文", &[], Form::Text),
    row(BlockKind::Item, ("@item", "item", "ListItem"), "列表项", &["列表项"], Form::Text),
    row(BlockKind::Caption, ("@table", "caption", "TableCaption"), "表题", &["表题", "Caption", "题注"], Form::Other),
    row(BlockKind::Cell, ("", "cell", "TableCell"), "表格单元格", &[], Form::Text),
    row(BlockKind::Quotation, ("@quote", "quotation", "Quotation"), "引文", &["引文", "Quote", "Intense Quote", "引用", "明显引用"], Form::Text),
    row(BlockKind::Code, ("", "code", "Code"), "代码", &["代码", "HTML Preformatted", "HTML 预设格式", "Source Code", "Code"], Form::Text),
    row(BlockKind::Signature, ("@signature", "signature", "Signature"), "署名", &["署名", "Signature", "签名", "落款", "发文机关署名"], Form::Text),
    row(BlockKind::DateOfIssue, ("@issued", "date-of-issue", "DateOfIssue"), "成文日期", &["成文日期"], Form::Text),
    row(BlockKind::AttachmentNote, ("@attached", "attachment-note", "AttachmentNote"), "附件说明", &["附件说明"], Form::Other),
    row(BlockKind::Annex, ("@annex", "annex", "Annex"), "附件序号", &["附件序号"], Form::Other),
    row(BlockKind::Note, ("@note", "note", "Note"), "附注", &["附注"], Form::Other),
    row(BlockKind::CopyLine, ("@cc", "copy-line", "CopyLine"), "抄送", &["抄送"], Form::Imprint),
    row(BlockKind::PrintLine, ("@printed", "print-line", "PrintLine"), "印发", &["印发"], Form::Imprint),
];

impl Kind {
    /// The kind whose sign opens a line of a skeleton; of signs that begin alike, the longest.
    #[must_use]
    pub fn of_line(line: &str) -> Option<&'static Self> {
        let opens = |kind: &&Self| !kind.sign.is_empty() && line.starts_with(kind.sign);
        KINDS.iter().filter(opens).max_by_key(|kind| kind.sign.len())
    }

    /// The kind of the paragraphs that have a style of this name.
    #[must_use]
    pub fn of_style(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.styles.iter().any(|style| style.eq_ignore_ascii_case(name)))
    }
}

impl BlockKind {
    /// Its row in `KINDS`.
    #[must_use]
    pub fn row(self) -> &'static Kind {
        let same = |kind: &&Kind| discriminant(&kind.kind) == discriminant(&self);
        // A test holds the table to having every kind.
        KINDS.iter().find(same).unwrap_or(&KINDS[0])
    }

    /// Whether it is a part of the form (格式要素) and no part of what the document says: 红头, 报头,
    /// a table's name, 附件说明, 附注, 版记. Rules about prose pass over it.
    #[must_use]
    pub fn is_form(self) -> bool {
        // Most blocks are, and several rules ask it of each.
        self != Self::Body && self.row().form != Form::Text
    }

    /// Whether it is part of the 版头 (眉首, 红头; of a brief 报头): what stands above the red rule.
    #[must_use]
    pub fn is_red_head(self) -> bool {
        self.row().form == Form::RedHead
    }

    /// Whether it is part of the 版记: what stands between the rules at the foot of the last page.
    #[must_use]
    pub fn is_imprint(self) -> bool {
        self.row().form == Form::Imprint
    }

    /// Whether it is a line of two parts, one at either edge: a tab in a manuscript, a `|` in a
    /// skeleton.
    #[must_use]
    pub const fn has_two_parts(self) -> bool {
        matches!(self, Self::EditedLine | Self::PrintLine)
    }

    /// The name in `wengao show --blocks`.
    #[must_use]
    pub fn name(self) -> String {
        let name = self.row().name;
        match self {
            Self::Heading(level) => format!("{name}-{level}"),
            _ => name.to_owned(),
        }
    }
}

/// A paragraph, or a line of a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes, without the line end. Blocks are in order and do not overlap.
    pub range: Range<usize>,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::mem::discriminant;

    use super::{BlockKind, KINDS, Kind};

    /// What comes after a kind in the table. A new kind does not compile before it stands here.
    const fn next(kind: BlockKind) -> Option<BlockKind> {
        use BlockKind as K;
        Some(match kind {
            K::Masthead => K::DocumentNumber,
            K::DocumentNumber => K::IssueNumber,
            K::IssueNumber => K::EditedLine,
            K::EditedLine => K::Title,
            K::Title => K::Subtitle,
            K::Subtitle => K::DateLine,
            K::DateLine => K::SpeakerLine,
            K::SpeakerLine => K::Salutation,
            K::Salutation => K::Heading(1),
            K::Heading(_) => K::Body,
            K::Body => K::Item,
            K::Item => K::Caption,
            K::Caption => K::Cell,
            K::Cell => K::Quotation,
            K::Quotation => K::Code,
            K::Code => K::Signature,
            K::Signature => K::DateOfIssue,
            K::DateOfIssue => K::AttachmentNote,
            K::AttachmentNote => K::Annex,
            K::Annex => K::Note,
            K::Note => K::CopyLine,
            K::CopyLine => K::PrintLine,
            K::PrintLine => return None,
        })
    }

    #[test]
    fn every_kind_has_one_row_and_no_name_is_given_twice() {
        let mut kind = Some(BlockKind::Masthead);
        for row in KINDS {
            assert_eq!(Some(row.kind), kind);
            assert_eq!(discriminant(&row.kind.row().kind), discriminant(&row.kind));
            kind = next(row.kind);
        }
        assert_eq!(kind, None, "a kind without a row");
        let mut seen = HashSet::new();
        for row in KINDS {
            for name in [row.name, row.zh].iter().filter(|n| !n.is_empty()) {
                assert!(seen.insert(name.to_lowercase()), "{name} means two things");
            }
        }
    }

    #[test]
    fn a_sign_and_a_style_mean_their_own_kind() {
        for row in KINDS {
            if !row.sign.is_empty() {
                assert_eq!(Kind::of_line(&format!("{} 字", row.sign)).unwrap().kind, row.kind);
            }
            for style in row.styles {
                assert_eq!(Kind::of_style(&style.to_uppercase()).unwrap().kind, row.kind);
            }
        }
        assert!(Kind::of_line("正文").is_none() && Kind::of_style("正文").is_none());
    }

    #[test]
    fn a_heading_says_its_level() {
        assert_eq!(BlockKind::Heading(3).name(), "heading-3");
        assert_eq!(BlockKind::CopyLine.name(), "copy-line");
    }
}
