//! What stands beside the text (正文之外): headers, footers, notes at the foot and at the end.
//!
//! It is no part of the text: no sentence goes on in it, and no word processor lets a comment hang on a header. But a
//! reader sees it on every page. So it is kept apart, each line with the place of the text that it belongs to.

use std::ops::Range;

use crate::base::Text;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beside {
    /// Above the text of each page (页眉).
    Header,
    /// Below it (页脚).
    Footer,
    /// At the foot of its page (脚注).
    Footnote,
    /// At the end (尾注).
    Endnote,
}

impl Beside {
    /// What a person calls it.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Header => Text::fixed("页眉", "header"),
            Self::Footer => Text::fixed("页脚", "footer"),
            Self::Footnote => Text::fixed("脚注", "footnote"),
            Self::Endnote => Text::fixed("尾注", "endnote"),
        }
    }
}

/// A paragraph beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarginLine {
    /// Where it stands.
    pub beside: Beside,
    /// What it says.
    pub text: String,
    /// Bytes of it that are a word processor's own prompt (单击此处输入文字).
    pub prompts: Vec<Range<usize>>,
    /// The bytes of the manuscript's text that it belongs to: what a note is called at; for what stands on
    /// every page, the first words.
    pub at: Range<usize>,
}
