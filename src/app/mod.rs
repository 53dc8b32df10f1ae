//! Floor 5: the room behind the doors: what “check these papers”, “draft this speech” mean.
//!
//! A door (the command line, a page, an editor) knows how somebody asks and how she is answered:
//! words and flags, streams, buttons. Which settings count for a document, which facts, what was
//! accepted before, what a new draft may take the place of, is the same behind every door and stands
//! here, as functions of plain values. Nothing here prints, parses arguments, asks for the time or
//! touches a disk: files come through [`Files`], which the command line answers with the disk and
//! [`InMemory`] with what was dropped on a page; the day is in [`Office`]; what a person should know
//! while work goes on is told to a [`Listener`].
//!
//! | file | what |
//! |---|---|
//! | `settings` | `wengao.yaml`: its keys, its layers, the nearest one above a document |
//! | `plan` | what one document is checked with |
//! | `baseline`, `accept` | findings that were accepted, and what accepting one would write |
//! | `bundles` | papers within archives and mails, read as if they lay in a folder |
//! | `check`, `annotate` | a pile of documents, and the files that reports of one document make |
//! | `compare` | two versions of a paper as one, and the figures, days and names that differ |
//! | `fix` | the safe changes of one document |
//! | `format` | one paper laid out to the standard |
//! | `each` | one document for each row of a table |
//! | `draft`, `update` | a new document, and one that somebody went on with |
//! | `extract` | a skeleton and its facts out of a draft with blanks |
//! | `gather` | papers to a facts file to be gone through |
//! | `renew` | this year's paper from last year's |
//! | `facts` | facts files: loaded, checked, compared, as tables |
//! | `wordings` | an office's current lines, kept once in its folder |
//! | `library` | skeletons, phrases and topics, the office's own beside the built-in ones |
//! | `corpus` | a file as the corpus takes it: title, locality, year, pieces |
//! | `explain` | a rule's page |
//! | `overlay` | files that are only read, with texts laid over them |
//! | `package` | what stands behind a document: the package for review |
//! | `tidy` | kept copies of documents that are gone |
//! | `trace` | where each stretch of a draft came from, for programs, and kept beside it |

pub mod accept;
pub mod annotate;
pub mod baseline;
mod bundles;
pub mod check;
pub mod compare;
mod cores;
pub mod corpus;
pub mod draft;
pub mod each;
pub mod explain;
pub mod extract;
pub mod facts;
mod files;
pub mod fix;
pub mod format;
pub mod gather;
mod kept;
pub mod library;
mod like;
mod office;
mod overlay;
pub mod package;
pub mod plan;
pub mod renew;
pub mod settings;
pub mod tidy;
pub mod trace;
pub mod update;
mod wordings;

pub use bundles::{Bundles, unfold, ways};
pub use files::{Files, InMemory, Over, Use, backup_name, exists, is_input, placed, read_text, written};
pub use office::{Deaf, Listener, Office};
pub use overlay::Overlay;
