//! What a document asks of the facts: one question a fact, in the order of the document.

use crate::base::Text;

/// One fact that a document asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The pattern of its path, such as `meeting.place` or `tasks[].owner`.
    pub fact: String,
    /// Whether the document cannot do without it.
    pub needed: bool,
    /// What the document uses it for.
    pub purpose: Text,
    /// How it may look, several items a line each; empty where the table's own example serves.
    pub example: String,
}
