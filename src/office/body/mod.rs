//! The text of a part: its paragraphs in order, whatever they are wrapped in.
//!
//! One pass over the tokens of the XML, with a stack of what is open. Elements are told by their
//! local names, so strict files (other namespaces) and odd prefixes read the same; the one place
//! where local names clash, drawings, is entered only through a text box's content. Text boxes
//! come after the paragraph that anchors them, since a sentence must not be cut in two by them.
//!
//! Tracked changes are read as if accepted: that is what is printed with markup hidden and what
//! goes out once the draft is final. [`read_rejected`] reads what would be there without them.
//!
//! The same pass can keep where each stretch of the text stands in the XML ([`map`]): whoever
//! edits the part looks up positions there, so that no second parser can disagree with this one.
//! `walk` knows what the elements mean; `grid` tells rows and columns of tables; `places` keeps where they stand, which reading can do without.

mod grid;
mod paragraph;
mod places;
mod signs;
mod walk;

pub use paragraph::{Body, Cell, Host, InList, Node, NodeKind, Paragraph, Shapes, Unit};
pub use signs::sign_of;
pub use walk::{map, read, read_rejected};
