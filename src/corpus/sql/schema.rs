//! The tables, and what version of them this program knows.
//!
//! Plain SQL: integers, bytes, a primary key. `seg` is there for whoever distributes the rows (Citus); a key
//! begins with it, so that a segment's rows are one range of the index.

use postgres::GenericClient;
use postgres::types::Type;

use super::connection::{Connection, Failed};
use crate::base::{Error, Place, Problem, Result, Text};
use crate::text;

/// Of the tables, and of what is in them.
pub(super) const VERSION: i32 = 1;

/// A table of rows that are found by their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Table {
    /// Sections that are read whole, cut into pieces.
    Part,
    /// Blocks of texts.
    Text,
    /// Blocks of entries.
    Entry,
    /// Buckets of the index.
    Bucket,
}

impl Table {
    pub const ALL: [Self; 4] = [Self::Part, Self::Text, Self::Entry, Self::Bucket];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Text => "text",
            Self::Entry => "entry",
            Self::Bucket => "bucket",
        }
    }

    /// Bits of a key below the segment's number.
    const BITS: u32 = 28;

    /// The key of a row of a segment.
    pub const fn key(seg: i64, number: usize) -> i64 {
        seg << Self::BITS | number as i64
    }

    /// The number of a row within its segment.
    pub const fn number(key: i64) -> usize {
        (key & ((1 << Self::BITS) - 1)) as usize
    }
}

/// The statements that make the tables of a schema.
pub(super) fn tables(schema: &str) -> String {
    let mut all = format!(
        "CREATE TABLE {schema}.corpus (version integer NOT NULL, token text NOT NULL, generation bigint NOT NULL, next bigint NOT NULL);\n\
         CREATE TABLE {schema}.segment (seg bigint NOT NULL PRIMARY KEY, place integer NOT NULL, len bigint NOT NULL, foot_sum bigint NOT NULL, changes_id bigint NOT NULL, foot bytea NOT NULL, changes bytea NOT NULL);\n"
    );
    for table in Table::ALL {
        let name = table.name();
        all.push_str(&format!(
            "CREATE TABLE {schema}.{name} (seg bigint NOT NULL, key bigint NOT NULL, body bytea NOT NULL, PRIMARY KEY (key, seg));\n"
        ));
    }
    all
}

/// The one row that says what the corpus is.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Who pushed last: a number that the folder knows, empty for nobody.
    pub token: String,
    pub generation: i64,
    pub next: i64,
}

/// Reads that row; `None` if there is none yet.
///
/// # Errors
/// If the tables are not there, or of another version.
pub(super) fn state(connection: &Connection, client: &mut impl GenericClient) -> Result<Option<State>> {
    let schema = connection.schema();
    let told = |error: Failed| connection.told(&error);
    let sql = format!("SELECT version, token, generation, next FROM {schema}.corpus");
    let rows = client.query_typed(&sql, &[]).map_err(|error| {
        // Another version may have other columns; its number stands in the same one for good.
        let is_other = error.code() == Some(&postgres::error::SqlState::UNDEFINED_COLUMN);
        if is_other { other(connection, None) } else { told(error) }
    })?;
    let Some(row) = rows.first() else { return Ok(None) };
    let version: i32 = row.get(0);
    if version != VERSION {
        return Err(other(connection, Some(version)));
    }
    Ok(Some(State { token: row.get(1), generation: row.get(2), next: row.get(3) }))
}

/// Whether the tables are there.
pub(super) fn is_there(schema: &str, client: &mut impl GenericClient) -> std::result::Result<bool, Failed> {
    let sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = $1 AND table_name = 'corpus'";
    Ok(!client.query_typed(sql, &[(&schema, Type::TEXT)])?.is_empty())
}

/// Whether the schema is there.
pub(super) fn has_schema(schema: &str, client: &mut impl GenericClient) -> std::result::Result<bool, Failed> {
    let sql = "SELECT 1 FROM information_schema.schemata WHERE schema_name = $1";
    Ok(!client.query_typed(sql, &[(&schema, Type::TEXT)])?.is_empty())
}

/// The tables are of another version.
fn other(connection: &Connection, version: Option<i32>) -> Error {
    let shown = version.map_or_else(|| "?".to_owned(), |version| version.to_string());
    let what = text!(
        "数据库里的语料库是第 {shown} 版格式，本程序认识的是第 {VERSION} 版",
        "the corpus in the database is of schema version {shown}; this program knows version {VERSION}"
    );
    let help = if version.is_some_and(|version| version < VERSION) {
        Text::fixed(
            "请推语料库的人用现在这一版程序重推一次：wengao corpus push --replace",
            "whoever pushes the corpus does so again with this version: wengao corpus push --replace",
        )
    } else {
        Text::fixed(
            "换用与推语料库的人同一版的程序",
            "use the version of the program with which the corpus was pushed",
        )
    };
    let at = Place::File(connection.label().display().to_string().into());
    Problem::new(what).help(help).at(at).into()
}
