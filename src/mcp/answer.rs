//! What a tool answers.

use serde_json::Value as Json;

/// Words and objects that say the same.
pub(super) struct Answer {
    /// To be read.
    pub text: String,
    /// To be worked with.
    pub structured: Json,
    /// Whether it is the answer that something could not be done.
    pub failed: bool,
}

impl Answer {
    pub const fn of(text: String, structured: Json) -> Self {
        Self { text, structured, failed: false }
    }
}
