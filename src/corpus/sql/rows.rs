//! Reading a corpus from rows: by their keys, many in one statement, each fetched once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use postgres::types::Type;

use super::connection::Connection;
use super::schema::{Table, state};
use crate::base::{ErrorKind, Problem, Result, Text};
use crate::corpus::disk::{Ahead, Changes, DiskCorpus, Foot, Heard, Listed, Section, Segment, Source};

/// Bytes of a section in one row.
pub(super) const PIECE: usize = 256 << 10;

/// Sections that are read whole and kept as they are. Where buckets are, keys tell.
pub(super) const WHOLE: [Section; 6] = [
    Section::TextsAt,
    Section::EntriesAt,
    Section::Starts,
    Section::Locality,
    Section::Localities,
    Section::Identity,
];

/// Keys that are asked for in one statement.
const AT_ONCE: usize = 20_000;

/// Bytes of rows that are kept for those who ask again.
const KEPT: usize = 64 << 20;

/// The numbers of the rows that hold a section.
pub(super) fn pieces(foot: &Foot, section: Section) -> impl Iterator<Item = usize> + use<> {
    let range = foot.range(section);
    let count = usize::try_from(range.end - range.start).unwrap_or(0).div_ceil(PIECE);
    (0..count).map(move |piece| (section as usize) << 20 | piece)
}

/// A segment as its row says.
pub(super) struct Row {
    pub listed: Listed,
    pub foot: Vec<u8>,
    pub changes: Vec<u8>,
}

/// The segments of a schema, in their order.
pub(super) fn segments(
    schema: &str,
    client: &mut impl postgres::GenericClient,
) -> std::result::Result<Vec<Row>, postgres::Error> {
    let sql =
        format!("SELECT seg, len, foot_sum, changes_id, foot, changes FROM {schema}.segment ORDER BY place");
    let rows = client.query_typed(&sql, &[])?;
    let number = |row: &postgres::Row, column| row.get::<_, i64>(column).cast_unsigned();
    let row = |row: &postgres::Row| Row {
        listed: Listed {
            id: number(row, 0),
            len: number(row, 1),
            foot: u32::try_from(number(row, 2)).unwrap_or(u32::MAX),
            changes: number(row, 3),
        },
        foot: row.get(4),
        changes: row.get(5),
    };
    Ok(rows.iter().map(row).collect())
}

/// Opens the corpus behind a connection.
pub(super) fn open(connection: Connection) -> Result<DiskCorpus> {
    let label = connection.label().to_owned();
    let rows = connection.read(|client| {
        let there = state(&connection, client);
        let rows = segments(connection.schema(), client);
        Ok(match there {
            Ok(Some(_)) => Ok(rows?),
            Ok(None) => Err(connection.none()),
            Err(error) => Err(error),
        })
    })??;
    let feet: Result<Vec<Foot>> = rows.iter().map(|row| Foot::of(&label, &row.listed, &row.foot)).collect();
    let feet = feet?;
    let fetched = Arc::new(Rows::new(connection, &rows));
    // All that opening reads, in one statement.
    let opening = [Section::Starts, Section::Locality, Section::Localities];
    let mut keys = Vec::new();
    for (row, foot) in rows.iter().zip(&feet) {
        let of = |section| pieces(foot, section).map(|piece| Table::key(row.listed.id.cast_signed(), piece));
        keys.extend(opening.into_iter().flat_map(of));
    }
    fetched.need(Table::Part, &keys)?;
    let mut shelves = Vec::new();
    for (row, foot) in rows.into_iter().zip(feet) {
        let source = RowSource {
            seg: row.listed.id.cast_signed(),
            rows: Arc::clone(&fetched),
            foot: foot.clone(),
            label: label.clone(),
        };
        let changes = match row.listed.changes {
            0 => Changes::default(),
            _ => Changes::decode(&label, &row.changes, &row.listed)?,
        };
        shelves.push((row.listed, Segment::of(Box::new(source), foot)?, changes));
    }
    fetched.forget();
    DiskCorpus::of_rows(&label, shelves, fetched)
}

type Body = Arc<[u8]>;

/// Rows that were fetched; `None` where there is none.
#[derive(Default)]
struct Ready {
    rows: HashMap<(Table, i64), Option<Body>>,
    bytes: usize,
}

/// The rows of a corpus.
pub(super) struct Rows {
    connection: Connection,
    /// The segments that were opened, with their feet: what must still be there.
    segments: Vec<i64>,
    feet: HashMap<i64, Vec<u8>>,
    ready: Mutex<Ready>,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Rows").field(&self.connection).finish()
    }
}

impl Rows {
    fn new(connection: Connection, rows: &[Row]) -> Self {
        let feet: HashMap<i64, Vec<u8>> =
            rows.iter().map(|row| (row.listed.id.cast_signed(), row.foot.clone())).collect();
        let segments = feet.keys().copied().collect();
        Self { connection, segments, feet, ready: Mutex::default() }
    }

    fn forget(&self) {
        *self.ready.lock().unwrap_or_else(PoisonError::into_inner) = Ready::default();
    }

    /// The rows of these keys, in their order.
    fn need(&self, table: Table, keys: &[i64]) -> Result<Vec<Option<Body>>> {
        let mut here: HashMap<i64, Option<Body>> = HashMap::new();
        let mut missing = Vec::new();
        {
            let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            for &key in keys {
                match ready.rows.get(&(table, key)) {
                    Some(body) => drop(here.insert(key, body.clone())),
                    None => missing.push(key),
                }
            }
        }
        missing.sort_unstable();
        missing.dedup();
        for some in missing.chunks(AT_ONCE) {
            let fetched = self.fetch(table, some)?;
            let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            if ready.bytes > KEPT {
                *ready = Ready::default();
            }
            for &key in some {
                let body = fetched.get(&key).cloned();
                ready.bytes += 64 + body.as_ref().map_or(0, |body| body.len());
                ready.rows.insert((table, key), body.clone());
                here.insert(key, body);
            }
        }
        Ok(keys.iter().map(|key| here.get(key).cloned().flatten()).collect())
    }

    /// Rows by their keys, with the feet of all segments: what has no row has none only if the segments are
    /// those that were opened.
    fn fetch(&self, table: Table, keys: &[i64]) -> Result<HashMap<i64, Body>> {
        let (schema, name) = (self.connection.schema(), table.name());
        let sql = format!(
            "SELECT key, body FROM {schema}.{name} WHERE key = ANY($1) \
             UNION ALL SELECT -seg, foot FROM {schema}.segment WHERE seg = ANY($2)"
        );
        let rows = self.connection.read(|client| {
            client.query_typed(&sql, &[(&keys, Type::INT8_ARRAY), (&self.segments, Type::INT8_ARRAY)])
        })?;
        let mut found = HashMap::with_capacity(rows.len());
        let mut there = 0;
        for row in &rows {
            let (key, body): (i64, &[u8]) = (row.get(0), row.get(1));
            if key < 0 {
                there += usize::from(self.feet.get(&-key).is_some_and(|foot| foot == body));
            } else {
                found.insert(key, Body::from(body));
            }
        }
        if there == self.segments.len() { Ok(found) } else { Err(self.changed()) }
    }

    fn changed(&self) -> crate::base::Error {
        let at = crate::base::Place::File(self.connection.label().display().to_string().into());
        Problem::new(Text::fixed(
            "数据库里的语料库在读的时候换了",
            "the corpus in the database was replaced while it was read",
        ))
        .kind(ErrorKind::Changed)
        .help(Text::fixed("再做一次", "do it once more"))
        .at(at)
        .into()
    }

    /// One row that must be there.
    fn one(&self, table: Table, key: i64) -> Result<Vec<u8>> {
        let body = self.need(table, &[key])?.pop().flatten();
        body.map(|body| body.to_vec()).ok_or_else(|| self.changed())
    }
}

impl Ahead for Rows {
    fn buckets(&self, wanted: &[(u64, Vec<usize>)]) -> Result<()> {
        let keys = wanted
            .iter()
            .flat_map(|(seg, buckets)| buckets.iter().map(|&bucket| Table::key(seg.cast_signed(), bucket)));
        self.need(Table::Bucket, &keys.collect::<Vec<_>>()).map(drop)
    }

    fn blocks(&self, section: Section, wanted: &[(u64, usize)]) -> Result<()> {
        let keys = wanted.iter().map(|&(seg, block)| Table::key(seg.cast_signed(), block));
        self.need(table_of(section), &keys.collect::<Vec<_>>()).map(drop)
    }
}

fn table_of(section: Section) -> Table {
    if section == Section::Texts { Table::Text } else { Table::Entry }
}

/// The rows of a segment.
#[derive(Debug)]
struct RowSource {
    seg: i64,
    rows: Arc<Rows>,
    foot: Foot,
    label: PathBuf,
}

impl Source for RowSource {
    fn path(&self) -> &Path {
        &self.label
    }

    fn section(&self, section: Section) -> Result<Vec<u8>> {
        let keys: Vec<i64> = pieces(&self.foot, section).map(|piece| Table::key(self.seg, piece)).collect();
        let mut bytes = Vec::new();
        for body in self.rows.need(Table::Part, &keys)? {
            bytes.extend_from_slice(&body.ok_or_else(|| self.rows.changed())?);
        }
        Ok(bytes)
    }

    fn block(&self, section: Section, block: usize, _at: std::ops::Range<u64>) -> Result<Vec<u8>> {
        self.rows.one(table_of(section), Table::key(self.seg, block))
    }

    fn buckets(&self, wanted: &[usize], each: &mut Heard<'_>) -> Result<()> {
        let keys: Vec<i64> = wanted.iter().map(|&bucket| Table::key(self.seg, bucket)).collect();
        for (&bucket, body) in wanted.iter().zip(self.rows.need(Table::Bucket, &keys)?) {
            each(bucket, body.as_deref().unwrap_or_default())?;
        }
        Ok(())
    }
}
