//! Place names (地名), shared by the rules about places: the gazetteer, the names in a text, and
//! the document's own locality.
//!
//! | file | what |
//! |---|---|
//! | `gazetteer` | the divisions of China, with an index made at build time |
//! | `index` | makes that index |
//! | `edge` | where a name ends and the words round it begin |
//! | `mention` | where a text names them |
//! | `named` | the locality that a title speaks for |
//! | `own` | which of them the document is about (本地), given or inferred |
//! | `renewed` | those of an office's own packs (词库): new ones, and new names |
//!
//! Nothing is built at start-up: a rule that does not ask pays nothing, and one that asks pays for
//! what its text names.

pub(in crate::rules) mod edge;
pub(in crate::rules) mod gazetteer;
mod hash;
#[cfg(any(target_family = "wasm", test))]
mod index;
pub(in crate::rules) mod mention;
pub(in crate::rules) mod named;
pub(in crate::rules) mod own;
pub(in crate::rules) mod renewed;
