//! Floor 2: what a .docx is made of, and an .odt ([`odf`]): container, text with positions, comments, edits.
//!
//! Reading a .docx, commenting on it and correcting it need one and the same look at the XML: the
//! rule that flags a word, the comment that hangs on it and the fix that replaces it must mean the
//! same bytes. So `package` opens the container, `xml` reads its parts, `body` walks the text and keeps where each
//! character stands, and [`comment`] and [`edit`] change the XML by ranges of bytes. What they do
//! not mean to change stays as it was, byte for byte: nothing is parsed into a model and written
//! out again, since no model holds all that Word and WPS put into their files.
//!
//! What a document looks like on paper is computed in [`look`]; what its file carries besides, told in [`carried`].
//!
//! What a file is, its bytes tell ([`make`]); what can be done to it, its row in [`container::CONTAINERS`].
//!
//! Before a changed document is handed out its text is read once more and compared; a document
//! with unforeseen markup is refused rather than handed back damaged.

pub(crate) mod added;
pub(crate) mod body;
pub(crate) mod book;
pub(crate) mod carried;
pub(crate) mod comment;
pub(crate) mod compound;
pub mod container;
pub(crate) mod document;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod little;
pub(crate) mod look;
pub mod make;
pub(crate) mod odf;
pub(crate) mod own;
pub(crate) mod package;
mod parting;
pub mod seal;
pub(crate) mod splice;
mod sweep;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod xml;

pub(crate) use comment::add;
pub use comment::{Comment, annotate};
pub use container::Container;
#[cfg(test)]
pub use edit::apply;
pub use make::Make;
