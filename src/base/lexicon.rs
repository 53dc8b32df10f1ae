//! The word lists of `phrasebank/lexicon/` (词表), as constants.
//!
//! A file there is a module here, and its section `[points 要点]` is `POINTS`; `build/lexicon.rs` makes
//! them, so reading a list costs nothing. A section that nobody uses is a warning of the compiler. A rule
//! says `use crate::base::lexicon::count_claim as lexicon` and then `lexicon::POINTS`.

#![allow(clippy::doc_markdown, reason = "comments of the lists are no Markdown")]
#![cfg_attr(target_family = "wasm", allow(dead_code, reason = "some readers are not there"))]

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));
