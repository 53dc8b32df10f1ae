//! `corpus push`: a folder's segments into the database, whole or not at all.
//!
//! One transaction makes a push count. It locks the row that says what the corpus is, so two that push come
//! one after the other; one that is killed leaves what was there. Only segments that the database does not
//! have are sent. So that nobody pushes over what another folder pushed, each push leaves a token in the
//! database, which the folder keeps in its file `pushed`: whoever does not know the last one is refused.

use std::path::Path;

use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::Type;
use postgres::{Client, Transaction};

use super::connection::Connection;
use super::rows::{PIECE, Row, WHOLE, segments};
use super::schema::{State, Table, VERSION, has_schema, is_there, state, tables};
use crate::base::{Error, Place, Problem, Result, Text};
use crate::corpus::disk::{Changes, Folder, Section, Shelf};

/// What a push did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pushed {
    /// Segments that were sent.
    pub sent: usize,
    /// Segments that were there already.
    pub kept: usize,
    /// Segments that were taken away, having been tightened into others.
    pub dropped: usize,
    /// Documents that are in the corpus now.
    pub documents: u32,
}

/// Brings what a folder holds into the database. `told` hears how many of how many documents are sent;
/// `waiting` is called if somebody else writes to the folder; with `replace` whatever is there is replaced.
///
/// # Errors
/// If the folder cannot be read or written, the database cannot be reached or refuses, or what it holds was
/// pushed from another folder. It is then as it was.
pub fn push(
    folder: &Path,
    url: &str,
    replace: bool,
    waiting: &mut dyn FnMut(),
    told: &mut dyn FnMut(u64, u64),
) -> Result<Pushed> {
    let connection = Connection::new(url)?;
    let folder = Folder::hold(folder, waiting)?;
    let mut client = connection.open()?;
    // Known before it counts: were the program killed right after, the folder would still know it.
    let token = folder.new_token()?;
    let mut push = Push { connection: &connection, folder: &folder, replace };
    push.run(&mut client, &token, told)
}

/// Takes a row: its number within the segment, and its bytes.
type Put<'p> = dyn FnMut(usize, &[u8]) -> Result<()> + 'p;

struct Push<'p> {
    connection: &'p Connection,
    folder: &'p Folder,
    replace: bool,
}

impl Push<'_> {
    fn run(&mut self, client: &mut Client, token: &str, told: &mut dyn FnMut(u64, u64)) -> Result<Pushed> {
        let schema = self.connection.schema();
        let failed = |error: postgres::Error| self.connection.told(&error);
        let mut transaction = client.transaction().map_err(failed)?;
        if !is_there(schema, &mut transaction).map_err(failed)? {
            // A schema may be there without tables, made by whoever looks after the database.
            let made =
                if has_schema(schema, &mut transaction).map_err(failed)? { "" } else { "CREATE SCHEMA " };
            let made = if made.is_empty() { String::new() } else { format!("{made}{schema};\n") };
            transaction.batch_execute(&format!("{made}{}", tables(schema))).map_err(failed)?;
        }
        transaction
            .batch_execute(&format!("LOCK TABLE {schema}.corpus IN EXCLUSIVE MODE"))
            .map_err(failed)?;
        // A question that fails must not end the transaction.
        let there = {
            let mut asking = transaction.transaction().map_err(failed)?;
            let there = state(self.connection, &mut asking);
            asking.rollback().map_err(failed)?;
            there
        };
        let there = match there {
            // Of another version nothing is kept.
            Err(_) if self.replace => {
                self.make_anew(&mut transaction).map_err(failed)?;
                None
            }
            there => there?,
        };
        self.may(there.as_ref())?;
        let old = segments(schema, &mut transaction).map_err(failed)?;
        let pushed = self.segments(&mut transaction, &old, told)?;
        self.state(&mut transaction, token).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        self.folder.keep_token(token)?;
        Ok(pushed)
    }

    fn make_anew(&self, transaction: &mut Transaction<'_>) -> std::result::Result<(), postgres::Error> {
        let schema = self.connection.schema();
        let names = Table::ALL.map(Table::name).into_iter().chain(["corpus", "segment"]);
        let drop: String = names.map(|name| format!("DROP TABLE IF EXISTS {schema}.{name};\n")).collect();
        transaction.batch_execute(&format!("{drop}{}", tables(schema)))
    }

    /// Whether this folder knows the last push.
    fn may(&self, there: Option<&State>) -> Result<()> {
        let known = there.is_none_or(|there| there.token.is_empty() || self.folder.knows(&there.token));
        if known || self.replace {
            return Ok(());
        }
        let at = Place::File(self.connection.label().display().to_string().into());
        Err(Error::from(
            Problem::new(Text::fixed(
                "数据库里的语料库不是从这个文件夹推上去的，或者别人后来又推过",
                "the corpus in the database was not pushed from this folder, or somebody else pushed since",
            ))
            .help(Text::fixed(
                "先 wengao corpus pull 到一个新文件夹，把材料加进去再推；确实要整个换掉就加 --replace",
                "pull it into a new folder, add the documents there and push that; --replace puts this folder in its place",
            ))
            .at(at),
        ))
    }

    /// Sends what is new, takes away what is gone, and lists all in order.
    fn segments(
        &self,
        transaction: &mut Transaction<'_>,
        old: &[Row],
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<Pushed> {
        let schema = self.connection.schema();
        let failed = |error: postgres::Error| self.connection.told(&error);
        let corpus = self.folder.corpus();
        let shelves = corpus.shelves();
        let same = |row: &Row, shelf: &Shelf| {
            let (a, b) = (row.listed, shelf.listed);
            (a.id, a.len, a.foot) == (b.id, b.len, b.foot)
        };
        let gone = old.iter().filter(|row| !shelves.iter().any(|shelf| same(row, shelf)));
        let gone: Vec<i64> = gone.map(|row| row.listed.id.cast_signed()).collect();
        for &seg in &gone {
            for table in Table::ALL.map(Table::name) {
                let sql = format!("DELETE FROM {schema}.{table} WHERE key >= $1 AND key < $2");
                let (from, to) = (Table::key(seg, 0), Table::key(seg + 1, 0));
                let range = [(&from as _, Type::INT8), (&to as _, Type::INT8)];
                transaction.query_typed(&sql, &range).map_err(failed)?;
            }
        }
        let all: u64 = shelves.iter().map(|shelf| u64::from(shelf.segment.foot.documents)).sum();
        let (mut sent, mut done) = (0, 0);
        for shelf in shelves {
            if !old.iter().any(|row| same(row, shelf)) {
                self.send(transaction, shelf)?;
                sent += 1;
            }
            done += u64::from(shelf.segment.foot.documents);
            told(done, all);
        }
        transaction.batch_execute(&format!("DELETE FROM {schema}.segment")).map_err(failed)?;
        for (place, shelf) in (0i32..).zip(shelves) {
            self.list(transaction, place, shelf).map_err(failed)?;
        }
        let documents = corpus.figures().documents;
        Ok(Pushed { sent, kept: shelves.len() - sent, dropped: gone.len(), documents })
    }

    fn list(
        &self,
        transaction: &mut Transaction<'_>,
        place: i32,
        shelf: &Shelf,
    ) -> std::result::Result<(), postgres::Error> {
        let schema = self.connection.schema();
        let sql = format!(
            "INSERT INTO {schema}.segment (seg, place, len, foot_sum, changes_id, foot, changes) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        );
        let (listed, foot) = (shelf.listed, shelf.segment.foot.encode());
        let (seg, len, sum) = (listed.id.cast_signed(), listed.len.cast_signed(), i64::from(listed.foot));
        let number = listed.changes.cast_signed();
        let is_changed = shelf.changes != Changes::default();
        let changes = if is_changed { shelf.changes.encode(&listed) } else { Vec::new() };
        transaction.query_typed(
            &sql,
            &[
                (&seg, Type::INT8),
                (&place, Type::INT4),
                (&len, Type::INT8),
                (&sum, Type::INT8),
                (&number, Type::INT8),
                (&foot, Type::BYTEA),
                (&changes, Type::BYTEA),
            ],
        )?;
        Ok(())
    }

    /// Sends all rows of a segment, each compared with its checksum.
    fn send(&self, transaction: &mut Transaction<'_>, shelf: &Shelf) -> Result<()> {
        let (segment, seg) = (&shelf.segment, shelf.listed.id.cast_signed());
        self.copy(transaction, seg, Table::Part, &mut |put| {
            for section in WHOLE {
                let bytes = segment.section(section)?;
                for (number, piece) in bytes.chunks(PIECE).enumerate() {
                    put((section as usize) << 20 | number, piece)?;
                }
            }
            Ok(())
        })?;
        self.copy(transaction, seg, Table::Text, &mut |put| {
            (0..segment.text_blocks()?)
                .try_for_each(|block| put(block, &segment.sealed(Section::Texts, block)?))
        })?;
        self.copy(transaction, seg, Table::Entry, &mut |put| {
            let blocks = 0..segment.entry_blocks();
            blocks.into_iter().try_for_each(|block| put(block, &segment.sealed(Section::Entries, block)?))
        })?;
        self.copy(transaction, seg, Table::Bucket, &mut |put| {
            segment.each_bucket(&mut |bucket, body| if body.is_empty() { Ok(()) } else { put(bucket, body) })
        })
    }

    /// Writes rows of a table one after the other; `rows` hands them over.
    fn copy(
        &self,
        transaction: &mut Transaction<'_>,
        seg: i64,
        table: Table,
        rows: &mut dyn FnMut(&mut Put<'_>) -> Result<()>,
    ) -> Result<()> {
        let (schema, name) = (self.connection.schema(), table.name());
        let failed = |error: postgres::Error| self.connection.told(&error);
        let sql = format!("COPY {schema}.{name} (seg, key, body) FROM STDIN BINARY");
        let writer = transaction.copy_in(&sql).map_err(failed)?;
        let mut writer = BinaryCopyInWriter::new(writer, &[Type::INT8, Type::INT8, Type::BYTEA]);
        rows(&mut |number, body| writer.write(&[&seg, &Table::key(seg, number), &body]).map_err(failed))?;
        writer.finish().map_err(failed)?;
        Ok(())
    }

    fn state(
        &self,
        transaction: &mut Transaction<'_>,
        token: &str,
    ) -> std::result::Result<(), postgres::Error> {
        let schema = self.connection.schema();
        transaction.batch_execute(&format!("DELETE FROM {schema}.corpus"))?;
        let (generation, next) = self.folder.numbers();
        let (generation, next) = (generation.cast_signed(), next.cast_signed());
        let sql =
            format!("INSERT INTO {schema}.corpus (version, token, generation, next) VALUES ($1, $2, $3, $4)");
        transaction.query_typed(
            &sql,
            &[(&VERSION, Type::INT4), (&token, Type::TEXT), (&generation, Type::INT8), (&next, Type::INT8)],
        )?;
        Ok(())
    }
}
