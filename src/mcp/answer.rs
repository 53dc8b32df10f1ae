//! What a tool answers.

use serde_json::Value as Json;

/// Words and objects that say the same.
pub(super) struct Answer {
    /// To be read.
    pub text: String,
    /// To be read beside it, and no part of it; nothing if empty.
    pub aside: String,
    /// To be worked with.
    pub structured: Json,
    /// Whether it is the answer that something could not be done.
    pub failed: bool,
}

impl Answer {
    pub const fn of(text: String, structured: Json) -> Self {
        Self { text, aside: String::new(), structured, failed: false }
    }

    /// The answer that something could not be done.
    pub const fn failed(text: String, structured: Json) -> Self {
        Self { text, aside: String::new(), structured, failed: true }
    }
}
