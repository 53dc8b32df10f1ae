//! `corpus pull`: the corpus of a database into a folder, where it is searched without the database.
//!
//! The folder gets the files that were pushed, byte for byte; each is compared with its checksums before it
//! counts. Of a folder that was pulled before, only what is new is fetched. A folder with changes of its own
//! is left alone.

use std::path::Path;

use postgres::types::Type;
use postgres::{IsolationLevel, Transaction};

use super::connection::Connection;
use super::rows::{Row, pieces, segments};
use super::schema::{State, Table, is_there, state};
use crate::base::{Error, Result};
use crate::corpus::disk::{Changes, Folder, Foot, Incoming, Section};

/// Rows that are fetched in one statement: of blocks, and of buckets.
const AT_ONCE: usize = 512;
const BUCKETS_AT_ONCE: usize = 1 << 14;

/// Brings what the database holds into a folder; how many documents that are. `told` hears how many of how
/// many are there; `waiting` is called if somebody else writes to the folder.
///
/// # Errors
/// If the database cannot be reached or has no corpus, or the folder has changes of its own or cannot be
/// written. It is then as it was.
pub fn pull(
    folder: &Path,
    url: &str,
    waiting: &mut dyn FnMut(),
    told: &mut dyn FnMut(u64, u64),
) -> Result<u32> {
    let connection = Connection::new(url)?;
    let mut client = connection.open()?;
    let failed = |error: postgres::Error| connection.told(&error);
    // All statements see one moment.
    let begun = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let mut transaction = begun.start().map_err(failed)?;
    if !is_there(connection.schema(), &mut transaction).map_err(failed)? {
        return Err(connection.none());
    }
    let there = state(&connection, &mut transaction)?.ok_or_else(|| connection.none())?;
    let rows = segments(connection.schema(), &mut transaction).map_err(failed)?;
    let folder = Folder::hold_for_pull(folder, waiting)?;
    let feet: Result<Vec<Foot>> =
        rows.iter().map(|row| Foot::of(connection.label(), &row.listed, &row.foot)).collect();
    let feet = feet?;
    let all: u64 = feet.iter().map(|foot| u64::from(foot.documents)).sum();
    let mut done = 0;
    let mut pull = Pull { connection: &connection, transaction };
    for (row, foot) in rows.iter().zip(&feet) {
        if !folder.has(&row.listed) {
            pull.fetch(folder.incoming(row.listed, foot.clone())?, row, foot)?;
        }
        if row.listed.changes != 0 {
            let changes = Changes::decode(connection.label(), &row.changes, &row.listed)?;
            folder.put_changes(&row.listed, &changes)?;
        }
        done += u64::from(foot.documents);
        told(done, all);
    }
    let State { token, generation, next } = there;
    let listed = rows.iter().map(|row| row.listed).collect();
    folder.count(listed, (generation.cast_unsigned(), next.cast_unsigned()), &token)
}

struct Pull<'p, 'c> {
    connection: &'p Connection,
    transaction: Transaction<'c>,
}

impl Pull<'_, '_> {
    /// Fetches a segment into its file.
    fn fetch(&mut self, mut file: Incoming, row: &Row, foot: &Foot) -> Result<()> {
        let seg = row.listed.id.cast_signed();
        self.blocks(seg, Table::Text, usize::MAX, AT_ONCE, &mut |block, body| {
            file.sealed(Section::Texts, block, body)
        })?;
        self.section(seg, foot, Section::TextsAt, &mut file)?;
        self.blocks(seg, Table::Entry, usize::MAX, AT_ONCE, &mut |block, body| {
            file.sealed(Section::Entries, block, body)
        })?;
        for section in
            [Section::EntriesAt, Section::Starts, Section::Locality, Section::Localities, Section::Identity]
        {
            self.section(seg, foot, section, &mut file)?;
        }
        let buckets = 1usize << foot.bucket_bits;
        let mut ends = vec![0u32; buckets + 1];
        self.blocks(seg, Table::Bucket, buckets, BUCKETS_AT_ONCE, &mut |bucket, body| {
            if let Some(end) = ends.get_mut(bucket + 1) {
                *end = u32::try_from(body.len()).unwrap_or(u32::MAX);
            }
            file.sealed(Section::Buckets, bucket, body)
        })?;
        let mut end = 0u32;
        let ends = ends.into_iter().flat_map(|length| {
            end = end.saturating_add(length);
            end.to_le_bytes()
        });
        file.whole(Section::BucketsAt, &ends.collect::<Vec<u8>>())?;
        file.finish()
    }

    fn section(&mut self, seg: i64, foot: &Foot, section: Section, file: &mut Incoming) -> Result<()> {
        let numbers: Vec<usize> = pieces(foot, section).collect();
        let mut bytes = Vec::new();
        if let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) {
            let range = (Table::key(seg, first), Table::key(seg, last + 1));
            self.range(Table::Part, range, &mut |_, piece| {
                bytes.extend_from_slice(piece);
                Ok(())
            })?;
        }
        file.whole(section, &bytes)
    }

    /// Hands over the rows of a segment in order, so many numbers at a time, up to `end` or to where no more
    /// come.
    fn blocks(
        &mut self,
        seg: i64,
        table: Table,
        end: usize,
        at_once: usize,
        each: &mut dyn FnMut(usize, &[u8]) -> Result<()>,
    ) -> Result<()> {
        let mut first = 0;
        while first < end {
            let next = first.saturating_add(at_once).min(end);
            let range = (Table::key(seg, first), Table::key(seg, next));
            let came = self.range(table, range, each)?;
            // Blocks have no gaps; of buckets any may be empty.
            if end == usize::MAX && came < at_once {
                break;
            }
            first = next;
        }
        Ok(())
    }

    fn range(
        &mut self,
        table: Table,
        (from, to): (i64, i64),
        each: &mut dyn FnMut(usize, &[u8]) -> Result<()>,
    ) -> Result<usize> {
        let (schema, name) = (self.connection.schema(), table.name());
        let sql = format!("SELECT key, body FROM {schema}.{name} WHERE key >= $1 AND key < $2 ORDER BY key");
        let range = [(&from as _, Type::INT8), (&to as _, Type::INT8)];
        let rows = self.transaction.query_typed(&sql, &range);
        let rows = rows.map_err(|error| -> Error { self.connection.told(&error) })?;
        for row in &rows {
            each(Table::number(row.get(0)), row.get(1))?;
        }
        Ok(rows.len())
    }
}
