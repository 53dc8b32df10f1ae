//! What of a document was not read (没有读的部分). A document with gaps is checked in part, and every
//! report says so: a clean result is no word on what nobody looked at.

use crate::base::Text;

/// One kind of content that a reader leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// What lies beyond the place where the file is damaged or too large: nobody chose to leave it out.
    Rest,
    /// Bytes of a text file that are no character in its encoding.
    Bytes,
    /// Numbers that a word processor makes (自动编号).
    Numbers,
    /// Page headers (页眉) that say something.
    Headers,
    /// Page footers (页脚) that say more than a page number.
    Footers,
    /// Footnotes (脚注).
    Footnotes,
    /// Endnotes (尾注).
    Endnotes,
    /// Other people's comments (批注).
    Comments,
    /// Pictures, which may show text (图片).
    Pictures,
    /// Charts with their titles and labels (图表).
    Charts,
    /// Diagrams, whose words lie in a part of their own (图示).
    Diagrams,
    /// Letters set as a drawing (艺术字).
    WordArt,
    /// Objects of other programs (嵌入对象): workbooks, formulas of an editor.
    Objects,
    /// Whole documents shown in place (嵌入的文档).
    Embedded,
    /// Signs of a page whose characters the file does not tell (认不出的字).
    Signs,
    /// Files that came with a mail (附件) and are no papers.
    Attachments,
}

impl Gap {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Rest,
        Self::Bytes,
        Self::Numbers,
        Self::Headers,
        Self::Footers,
        Self::Footnotes,
        Self::Endnotes,
        Self::Comments,
        Self::Pictures,
        Self::Charts,
        Self::Diagrams,
        Self::WordArt,
        Self::Objects,
        Self::Embedded,
        Self::Signs,
        Self::Attachments,
    ];

    /// Its name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Bytes => "undecodable-bytes",
            Self::Numbers => "automatic-numbers",
            Self::Headers => "headers",
            Self::Footers => "footers",
            Self::Footnotes => "footnotes",
            Self::Endnotes => "endnotes",
            Self::Comments => "comments",
            Self::Pictures => "pictures",
            Self::Charts => "charts",
            Self::Diagrams => "diagrams",
            Self::WordArt => "word-art",
            Self::Objects => "objects",
            Self::Embedded => "embedded",
            Self::Signs => "undecodable-signs",
            Self::Attachments => "attachments",
        }
    }

    /// What it is, in a few words.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Rest => Text::fixed("损坏处以后的文字", "what lies beyond the damage"),
            Self::Bytes => Text::fixed("认不出的字节", "bytes that could not be decoded"),
            Self::Numbers => Text::fixed("自动编号", "automatic numbers"),
            Self::Headers => Text::fixed("页眉", "page headers"),
            Self::Footers => Text::fixed("页脚", "page footers"),
            Self::Footnotes => Text::fixed("脚注", "footnotes"),
            Self::Endnotes => Text::fixed("尾注", "endnotes"),
            Self::Comments => Text::fixed("批注", "comments"),
            Self::Pictures => Text::fixed("图片里的字", "text in pictures"),
            Self::Charts => Text::fixed("图表里的字", "text in charts"),
            Self::Diagrams => Text::fixed("图示里的字", "text in diagrams"),
            Self::WordArt => Text::fixed("艺术字", "word art"),
            Self::Objects => Text::fixed("嵌入对象", "embedded objects"),
            Self::Embedded => Text::fixed("嵌入的文档", "embedded documents"),
            Self::Signs => Text::fixed("认不出的字", "signs without known characters"),
            Self::Attachments => Text::fixed("附件", "attachments"),
        }
    }

    /// The labels of several, one after the other.
    #[must_use]
    pub fn list(gaps: &[Self]) -> Text {
        let labels: Vec<Text> = gaps.iter().map(|gap| gap.label()).collect();
        let zh: Vec<&str> = labels.iter().map(|label| &*label.zh).collect();
        let en: Vec<&str> = labels.iter().map(|label| &*label.en).collect();
        Text::new(zh.join("、"), en.join(", "))
    }
}
