//! Where a corpus is: `postgres://user@host:port/database?schema=name`.
//!
//! A password may stand in the URL, in `PGPASSWORD`, or in the file of `psql` (`~/.pgpass`, `PGPASSFILE`),
//! where it belongs. What a person is shown of a URL begins behind the last `@`.

#![expect(clippy::disallowed_methods, reason = "the password is looked for where psql looks for it")]

use std::path::PathBuf;
use std::time::Duration;

use postgres::Config;
use postgres::config::{Host, SslMode};

use crate::base::{Error, Problem, Result, Text};
use crate::corpus::without_password;
use crate::text;

/// The schema where the URL names none.
const SCHEMA: &str = "wengao";

/// Where a corpus is.
pub(super) struct Address {
    pub config: Config,
    /// The schema of its tables, a plain name.
    pub schema: String,
    /// What messages call it.
    pub label: PathBuf,
}

impl Address {
    /// Reads a URL.
    ///
    /// # Errors
    /// If it is none. What is wrong with it is not said in its own words, which may be a password's.
    pub fn of(url: &str) -> Result<Self> {
        let label = without_password(url);
        let wrong = || -> Error {
            Problem::new(text!(
                "数据库的网址写得不对：{label}",
                "this is no address of a database: {label}"
            ))
            .help(Text::fixed(
                "写成 postgres://用户@主机:5432/数据库；密码里的 @ / ? # % 要写成 %40 %2F %3F %23 %25，或放进 ~/.pgpass",
                "write postgres://user@host:5432/database; @ / ? # % in a password are %40 %2F %3F %23 %25, or it goes into ~/.pgpass",
            ))
            .into()
        };
        let (rest, schema) = schema_of(url).ok_or_else(wrong)?;
        let mut config: Config = rest.parse().map_err(|_| wrong())?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(no_tls());
        }
        if config.get_password().is_none()
            && let Some(password) = password(&config)
        {
            config.password(password);
        }
        // A server that is gone without a word is noticed within a minute.
        config.application_name("wengao").connect_timeout(Duration::from_secs(10));
        config.keepalives_idle(Duration::from_secs(20)).tcp_user_timeout(Duration::from_secs(30));
        Ok(Self { config, schema, label: label.into() })
    }
}

fn no_tls() -> Error {
    Problem::new(Text::fixed(
        "这个程序与数据库之间不加密，网址里不能写 sslmode=require",
        "this program speaks to databases without encryption; sslmode=require cannot be had",
    ))
    .help(Text::fixed(
        "在本机装 stunnel、PgBouncer 之类转一道，或走单位的加密专线，网址写转接的那一头",
        "let stunnel or PgBouncer on this machine do it, or a private line, and name that end in the address",
    ))
    .into()
}

/// The URL without its `schema`, and that; `None` if it is no plain name.
fn schema_of(url: &str) -> Option<(String, String)> {
    let Some((before, query)) = url.split_once('?') else { return Some((url.to_owned(), SCHEMA.to_owned())) };
    let (mine, others): (Vec<&str>, Vec<&str>) =
        query.split('&').filter(|p| !p.is_empty()).partition(|p| p.starts_with("schema="));
    let schema = mine.last().map_or(SCHEMA, |p| &p["schema=".len()..]);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_plain =
        schema.starts_with(|c: char| c.is_ascii_lowercase() || c == '_') && schema.chars().all(plain);
    let rest = if others.is_empty() { before.to_owned() } else { format!("{before}?{}", others.join("&")) };
    (is_plain && schema.len() <= 48).then(|| (rest, schema.to_owned()))
}

/// The password that the environment or the file of `psql` has for this place.
fn password(config: &Config) -> Option<String> {
    if let Ok(password) = std::env::var("PGPASSWORD") {
        return Some(password);
    }
    let file = std::env::var_os("PGPASSFILE").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"))?;
        Some(PathBuf::from(home).join(".pgpass"))
    })?;
    let lines = std::fs::read_to_string(file).ok()?;
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host.clone(),
        _ => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let user = config.get_user().unwrap_or_default();
    let database = config.get_dbname().unwrap_or(user);
    of_file(&lines, [&host, &port, database, user])
}

/// The password of the first line whose four fields are these, or `*`.
fn of_file(lines: &str, wanted: [&str; 4]) -> Option<String> {
    lines.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = fields(line);
        let is_meant = fields.len() == 5 && wanted.iter().zip(&fields).all(|(w, f)| f == "*" || f == w);
        is_meant.then(|| fields[4].clone())
    })
}

/// The fields of a line, parted by `:`; the last takes the rest. A backslash keeps what follows it.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let kept = match c {
            '\\' => chars.next(),
            ':' if fields.len() < 5 => {
                fields.push(String::new());
                None
            }
            c => Some(c),
        };
        if let Some(last) = fields.last_mut() {
            last.extend(kept);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{Address, of_file};

    #[test]
    fn what_is_wrong_with_an_address_is_said_without_the_password() {
        for url in [
            "postgres://u:s3cret@h:port/db",
            "postgres://u:s3cret@h/db?schema=a;drop",
            "postgres://u:s3cret@h/db?what=s3cret",
            "postgres://u:s3cret/x@h:5o/db?password=s3cret",
            "postgres://u:s3cret@h/db?sslmode=require",
        ] {
            let error = Address::of(url).err().unwrap();
            assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
        }
        let address = Address::of("postgres://u:s3cret@h/db?schema=shi&application_name=x").unwrap();
        assert_eq!((&*address.schema, address.label.to_str().unwrap()), ("shi", "h/db"));
    }

    #[test]
    fn the_file_of_psql_has_the_password() {
        let lines = "# none\nother:5432:*:u:no\nh:*:db:u:a\\:b:c\n*:*:*:*:any\n";
        assert_eq!(of_file(lines, ["h", "5432", "db", "u"]).unwrap(), "a:b:c");
        assert_eq!(of_file(lines, ["x", "5432", "db", "u"]).unwrap(), "any");
        assert_eq!(of_file("h:1:2", ["h", "1", "2", "u"]), None);
    }
}
