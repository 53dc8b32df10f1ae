//! Corpora by the names that a person gives them: folders, and databases by their addresses.

use std::path::Path;
use std::sync::Arc;

use super::disk::{self, DiskCorpus};
use super::held::Shared;
use super::joined::join;
use super::names::{is_remote, shown};
use crate::base::Result;

/// Opens the corpora of these names, the more one's own first, as one; none is an empty corpus.
///
/// # Errors
/// If one of them is none, is damaged, or cannot be read.
pub fn open_all(names: &[String]) -> Result<Shared> {
    let known = shown(names);
    let opened: Result<Vec<(String, Shared)>> =
        names.iter().zip(known).map(|(name, known)| Ok((known, open_one(name)?))).collect();
    join(opened?)
}

fn open_one(name: &str) -> Result<Shared> {
    Ok(Arc::new(open_named(name)?))
}

/// Opens the corpus of this name: a folder, or the address of a database.
///
/// # Errors
/// As [`open_all`]; also if it is in a database and this program cannot speak to one.
pub fn open_named(name: &str) -> Result<DiskCorpus> {
    if !is_remote(name) {
        return disk::open(Path::new(name));
    }
    #[cfg(feature = "postgres")]
    return super::sql::open(name);
    #[cfg(not(feature = "postgres"))]
    Err(crate::base::Problem::new(crate::base::Text::fixed(
        "这个程序不连数据库",
        "this program speaks to no database",
    ))
    .help(crate::base::Text::fixed(
        "用带 PostgreSQL 的那一版（cargo build --features postgres，见 docs/postgresql.md），或把语料库放在文件夹里",
        "use the build that has PostgreSQL (cargo build --features postgres; see docs/postgresql.md), or a corpus in a folder",
    ))
    .into())
}
