//! A corpus in PostgreSQL, for many offices (feature `postgres`; what ships has none of it).
//!
//! The database holds what a folder's segments hold, byte for byte, cut into rows: a bucket of the index a
//! row, a block of texts a row. What the bytes mean is said in [`disk`](super::disk) alone, so a search gives
//! the same from either. The database looks nothing up but keys: a draft's buckets in one statement, the
//! texts of what it met in another. A row for every posting was measured at 72 bytes a posting; this is 5.
//!
//! | file | what |
//! |---|---|
//! | `address` | where a corpus is: the URL, and the password that no message shows |
//! | `connection` | the one connection that the program opens, and what to say when it fails |
//! | `schema` | the tables, and what version of them this program knows |
//! | `rows` | reading: rows by their keys, fetched together |
//! | `push` | a folder's segments into the database, whole or not at all |
//! | `pull` | and out of it into a folder |
//!
//! One folder writes, others read. Segments never change, and their numbers are given once; but a push takes
//! away those that were tightened into others. So each statement that reads also asks whether the segments
//! are still those that were opened: a bucket without a row is empty only if its segment is there.

mod address;
mod connection;
mod pull;
mod push;
mod rows;
mod schema;

use crate::base::Result;
use crate::corpus::disk::DiskCorpus;
use connection::Connection;
pub use pull::pull;
pub use push::push;

/// Opens the corpus at a URL.
///
/// # Errors
/// If it cannot be reached, there is none, or it is of a schema that this program does not know.
pub fn open(url: &str) -> Result<DiskCorpus> {
    rows::open(Connection::new(url)?)
}
