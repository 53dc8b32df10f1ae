//! 排版: a paper that was read, laid out to GB/T 9704—2012.
//!
//! A .docx is set anew in its own file: paragraphs get the standard's styles, what contradicts them goes, and what is
//! content stays: pictures, tables, notes, links, fields, comments, automatic numbers, emphasis. A paper of another
//! format is laid out from its text. Words never change; blanks round paragraphs and empty paragraphs go.
//!
//! | file | what |
//! |---|---|
//! | `line`, `recognise` | what each paragraph is to the form, and what of that is not sure |
//! | `scan` | where paragraphs and runs stand in the XML |
//! | `restyle`, `paper` | a .docx opened, what each of its paragraphs says and is, and the container packed again |
//! | `rewrite`, `paragraph`, `letters` | the main part written anew: which paragraph becomes what, its `w:pPr`, its runs |
//! | `leaving`, `edges` | paragraphs that go; blanks, and the 版记 |
//! | `properties` | children of an element, kept and changed one by one |
//! | `lists` | automatic numbers, which stay automatic and look like their paragraphs |
//! | `stylesheet`, `sections`, `tables` | styles, sheets, page numbers; tables that are too broad |
//! | `laid` | a text of another format as a manuscript of the form |
//! | `model`, `sample`, `minutes` | another look than the standard's: a sample's, a reading copy's with its minutes |
//! | `taken` | head, logo and 版记 of a sample, put into a paper that has none |
//! | `told` | what was done and what is in doubt, as sentences |
//!
//! Laying out what was laid out changes nothing: a style of the program's own settles what a paragraph is.

mod edges;
mod laid;
mod leaving;
mod letters;
mod line;
mod lists;
mod minutes;
mod model;
mod paper;
mod paragraph;
mod properties;
mod recognise;
mod restyle;
mod rewrite;
mod sample;
mod scan;
mod sections;
mod stylesheet;
mod tables;
mod taken;
#[cfg(test)]
mod tests;
mod told;

pub use laid::{Laid, laid};
pub use minutes::{parts as timed, put as put_minutes, told as told_minutes, without as without_minutes};
pub use model::Model;
pub use restyle::restyle;
pub use sample::sample;
pub use sections::Grid;
pub use taken::Taken;
pub use told::{Done, Doubt};

use crate::base::Text;
use crate::model::settings::Fonts;

/// What a paper is (样式), by which its head and its end are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// A speech (讲话稿): date and speaker under the title, whom it speaks to.
    #[default]
    Speech,
    /// A formal document (公文): 红头, 主送机关, 署名, 版记.
    Document,
    /// A brief (简报): 报头, 期号, 编印行.
    Brief,
    /// A speech for whoever reads it out (朗读稿): large letters, minutes for each part.
    Reading,
}

impl Form {
    /// Each with its name on the command line.
    pub const ALL: [(&'static str, Self); 4] = [
        ("speech", Self::Speech),
        ("document", Self::Document),
        ("brief", Self::Brief),
        ("reading", Self::Reading),
    ];

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Speech => Text::fixed("讲话稿", "a speech"),
            Self::Document => Text::fixed("公文", "a formal document"),
            Self::Brief => Text::fixed("简报", "a brief"),
            Self::Reading => Text::fixed("朗读稿", "a reading copy"),
        }
    }
}

/// How a paper is to be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wishes {
    /// What it is.
    pub form: Form,
    /// The names of its fonts.
    pub fonts: Fonts,
    /// Which reading of 22 lines.
    pub grid: Grid,
}
