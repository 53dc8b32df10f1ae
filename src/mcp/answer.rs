//! What a tool answers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

use crate::office::Container;

/// Words and objects that say the same.
pub(super) struct Answer {
    /// To be read.
    pub text: String,
    /// To be read beside it, and no part of it; nothing if empty.
    pub aside: String,
    /// To be worked with.
    pub structured: Json,
    /// A file that was made.
    pub file: Option<File>,
    /// Whether it is the answer that something could not be done.
    pub failed: bool,
}

/// A file in an answer.
pub(super) struct File {
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    pub base64: String,
}

impl File {
    /// What a paper came to, under the paper's name with what was done to it behind; its extension is that of
    /// its make.
    pub fn of(paper: &str, done: &str, bytes: &[u8]) -> Self {
        let kind = match Container::of(bytes).map(|container| container.make) {
            Some("odt") => "application/vnd.oasis.opendocument.text",
            Some("fodt") => "application/vnd.oasis.opendocument.text-flat-xml",
            _ => return Self::docx(paper, done, bytes),
        };
        let file = Self::docx(paper, done, bytes);
        let usual = Container::of(bytes).map_or_else(String::new, Container::usual);
        let stem = file.name.trim_end_matches(".docx");
        Self { name: format!("{stem}{usual}"), kind, ..file }
    }

    /// The .docx that a paper came to, under the paper's name with what was done to it behind.
    pub fn docx(paper: &str, done: &str, bytes: &[u8]) -> Self {
        let stem = paper.rsplit('/').next().unwrap_or(paper);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        Self { name: format!("{stem}-{done}.docx"), kind, base64: STANDARD.encode(bytes) }
    }
}

impl Answer {
    pub const fn of(text: String, structured: Json) -> Self {
        Self { text, aside: String::new(), structured, file: None, failed: false }
    }

    /// The answer that something could not be done.
    pub const fn failed(text: String, structured: Json) -> Self {
        Self { text, aside: String::new(), structured, file: None, failed: true }
    }
}
