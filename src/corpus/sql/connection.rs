//! The one connection that the program opens, and what to say when it fails.
//!
//! The driver is `postgres`, which is synchronous as all of this program is, and without TLS: `rustls` would
//! bring a second cryptography in C and a store of certificates to look after, for a network that is the
//! office's own. Passwords travel hashed (SCRAM); texts travel as they are, as they do from a shared folder.

#![expect(clippy::disallowed_methods, reason = "the one place where a connection to a database is opened")]

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use postgres::error::SqlState;
use postgres::{Client, NoTls};

use super::address::Address;
use crate::base::{Error, ErrorKind, Place, Problem, Result, Text};
use crate::text;

/// A connection that is made anew where it was lost.
pub(super) struct Connection {
    address: Address,
    client: Mutex<Option<Client>>,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Connection").field(&self.address.label).finish()
    }
}

/// What a statement failed of.
pub(super) type Failed = postgres::Error;

impl Connection {
    /// For the corpus at a URL; nothing is opened yet.
    ///
    /// # Errors
    /// If the URL is none.
    pub fn new(url: &str) -> Result<Self> {
        Ok(Self { address: Address::of(url)?, client: Mutex::default() })
    }

    /// What messages call it.
    pub fn label(&self) -> &Path {
        &self.address.label
    }

    /// The schema of its tables.
    pub fn schema(&self) -> &str {
        &self.address.schema
    }

    /// Opens a connection for somebody alone.
    ///
    /// # Errors
    /// If the server is not there or lets nobody in.
    pub fn open(&self) -> Result<Client> {
        self.address.config.connect(NoTls).map_err(|error| self.told(&error))
    }

    /// Runs statements that only read; once more by a new connection if the old one was lost.
    ///
    /// # Errors
    /// If the server cannot be reached, or refuses.
    pub fn read<T>(&self, run: impl Fn(&mut Client) -> std::result::Result<T, Failed>) -> Result<T> {
        let mut held = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = &mut *held {
            match run(client) {
                Err(error) if error.is_closed() || client.is_closed() => *held = None,
                done => return done.map_err(|error| self.told(&error)),
            }
        }
        let mut client = self.open()?;
        let done = run(&mut client);
        *held = (!client.is_closed()).then_some(client);
        done.map_err(|error| self.told(&error))
    }

    /// An error in the words of a person. Of the driver's words only those are shown that come from the
    /// server or the operating system; the address may hold a password.
    pub fn told(&self, error: &Failed) -> Error {
        let words = error.to_string();
        let problem = match error.code() {
            Some(code) if *code == SqlState::UNDEFINED_TABLE || *code == SqlState::INVALID_SCHEMA_NAME => {
                return self.none();
            }
            Some(code) if *code == SqlState::INSUFFICIENT_PRIVILEGE => self.refused(error),
            _ if words.contains("SASL") || words.contains("authentication method") => self.other_login(),
            Some(code) => {
                let said = error.as_db_error().map_or("", |e| e.message());
                let code = code.code();
                let what = text!("数据库不答应：{said}（{code}）", "the database says: {said} ({code})");
                Problem::new(what)
            }
            None => self.unreached(error),
        };
        problem.at(self.place()).into()
    }

    fn place(&self) -> Place {
        Place::File(self.address.label.display().to_string().into())
    }

    fn unreached(&self, error: &Failed) -> Problem {
        let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        let why = if why.is_empty() { error.to_string() } else { why };
        let problem = if error.is_closed() || why.contains("closed") {
            // Whoever was at work does it again from the beginning.
            Problem::new(text!("与数据库的连接断了：{why}", "the connection to the database was lost: {why}"))
                .kind(ErrorKind::Changed)
        } else {
            Problem::new(text!("连不上数据库：{why}", "the database cannot be reached: {why}"))
        };
        problem.help(Text::fixed(
            "看数据库开着没有、网通不通；没有查完，不等于没有问题",
            "see whether the database runs and the network is there; nothing was checked to the end, so nothing is clear",
        ))
    }

    fn refused(&self, error: &Failed) -> Problem {
        let said = error.as_db_error().map_or("", |e| e.message());
        let schema = self.schema();
        Problem::new(text!("数据库里没有这个权限：{said}", "the database does not allow it: {said}")).help(text!(
            "请管理员给：查的要 GRANT USAGE ON SCHEMA {schema} 和 SELECT，推的要是这些表的主人；见 docs/postgresql.md",
            "ask for it: GRANT USAGE ON SCHEMA {schema} and SELECT to search, ownership of the tables to push; see docs/postgresql.md"
        ))
    }

    fn other_login(&self) -> Problem {
        Problem::new(Text::fixed(
            "数据库要的登录方式与 PostgreSQL 的不同",
            "the database asks for a login that PostgreSQL does not have",
        ))
        .help(Text::fixed(
            "openGauss、GaussDB 的 sha256 登录是它自己的：设 password_encryption_type = 1，给 wengao 的用户重设一次密码，pg_hba.conf 里这一行写 md5",
            "the sha256 login of openGauss and GaussDB is their own: set password_encryption_type = 1, set the password of wengao's user once more, and write md5 in its line of pg_hba.conf",
        ))
    }

    /// There is no corpus.
    pub fn none(&self) -> Error {
        let schema = self.schema();
        Problem::new(text!(
            "数据库里没有语料库（模式 {schema}）",
            "there is no corpus in this database (schema {schema})"
        ))
        .help(text!(
            "先推一个进去：wengao corpus push 网址 --corpus 语料库；名字不同就在网址后面写 ?schema=名字",
            "push one first: wengao corpus push URL --corpus FOLDER; ?schema=NAME at the end of the address names another"
        ))
        .at(self.place())
        .into()
    }
}
