//! The world as one value: the three streams, the clock, the environment, and what the person
//! asked for once and for all (language, colour, quiet, settings).
//!
//! Whatever a subcommand prints goes through here, so that a reader who closes the pipe early
//! (`wengao check … | head`) ends the program in peace.

#![expect(clippy::disallowed_methods, reason = "this is the edge: clock and environment are read here")]

use std::io::{self, IsTerminal, Read, Write};
use std::sync::Arc;

use super::command::ConfigChoice;
use super::config::Config;
use crate::base::{Lang, Problem, Result, Text, han::Date};
use crate::text;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Each choice with its name on the command line.
    pub const ALL: [(&'static str, Self); 3] =
        [("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)];

    /// The same choice in clap's words, for help and usage errors.
    pub(super) fn for_clap(self, world: &World) -> clap::ColorChoice {
        match self {
            Self::Always => clap::ColorChoice::Always,
            Self::Auto if !world.no_color => clap::ColorChoice::Auto,
            _ => clap::ColorChoice::Never,
        }
    }
}

/// Streams, clock, environment, and what the person asked for once and for all.
pub struct World {
    /// The language a person is spoken to in.
    pub lang: Lang,
    /// When to colour.
    pub color: Color,
    /// Only what was asked for: no notes, no summary on standard error.
    pub quiet: bool,
    /// What `wengao.yaml` says, as the current folder sees it.
    pub config: Arc<Config>,
    /// Which `wengao.yaml` was asked for.
    pub(super) config_choice: ConfigChoice,
    stdin: Box<dyn Read>,
    stdout: Box<dyn Write>,
    stderr: Box<dyn Write>,
    stdout_is_terminal: bool,
    stderr_is_terminal: bool,
    /// `NO_COLOR` is set and not empty.
    no_color: bool,
    /// `LC_ALL`, `LC_MESSAGES` and `LANG`, as far as they are set, in the order in which they count.
    locales: Vec<String>,
    /// Seconds since 1970 in UTC.
    now: u64,
}

impl World {
    /// The process's own streams, clock and environment.
    #[must_use]
    pub fn real() -> Self {
        let var = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
        // SOURCE_DATE_EPOCH is the convention by which builds are made to repeat themselves.
        let now = var("SOURCE_DATE_EPOCH").and_then(|v| v.parse().ok()).unwrap_or_else(|| {
            let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            since.map_or(0, |d| d.as_secs())
        });
        Self {
            lang: Lang::default(),
            color: Color::default(),
            quiet: false,
            config: Arc::default(),
            config_choice: ConfigChoice::default(),
            stdin: Box::new(io::stdin()),
            stdout: Box::new(io::stdout()),
            stderr: Box::new(io::stderr()),
            stdout_is_terminal: io::stdout().is_terminal(),
            stderr_is_terminal: io::stderr().is_terminal(),
            no_color: var("NO_COLOR").is_some(),
            locales: ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(var).collect(),
            now,
        }
    }

    /// The language of the locale; the first variable that is set decides, as in POSIX.
    #[must_use]
    pub fn locale(&self) -> Option<Lang> {
        self.locales.first().and_then(|name| Lang::from_name(name))
    }

    /// Whether standard output is to be coloured.
    #[must_use]
    pub fn colours(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => self.stdout_is_terminal && !self.no_color,
        }
    }

    /// Whether standard output is a terminal, which binary formats must not be written to.
    #[must_use]
    pub(super) fn prints_to_terminal(&self) -> bool {
        self.stdout_is_terminal
    }

    /// Today in Beijing time, by which official documents are dated wherever the machine thinks
    /// it stands.
    #[must_use]
    pub fn today(&self) -> Date {
        const BEIJING: u64 = 8 * 3600;
        date_of_day((self.now + BEIJING) / 86_400)
    }

    /// All of standard input.
    ///
    /// # Errors
    /// If it cannot be read, or is larger than [`input::LARGEST`](super::input::LARGEST).
    pub fn read_stdin(&mut self) -> Result<Vec<u8>> {
        super::input::read_all(&mut self.stdin, "-")
    }

    /// Writes to standard output. A pipe closed by its reader is no error: nobody is left to tell.
    ///
    /// # Errors
    /// If it cannot be written, as on a full disk.
    pub fn print(&mut self, bytes: impl AsRef<[u8]>) -> Result<()> {
        let written = self.stdout.write_all(bytes.as_ref());
        heard(written)
    }

    /// Ends the writing.
    ///
    /// # Errors
    /// As [`print`](Self::print).
    pub fn flush(&mut self) -> Result<()> {
        let flushed = self.stdout.flush();
        heard(flushed)
    }

    /// Tells of `problems` on standard error, as what they are: reasons for failure.
    pub fn complain(&mut self, problems: &[Problem]) {
        for problem in problems {
            let text = problem.in_lang(self.lang);
            let head = super::either(self.lang, "错误：", "error: ");
            // Nobody can be told that standard error is closed.
            let _ = writeln!(self.stderr, "{head}{text}");
        }
    }

    /// Tells of what a person should know and need not act on, on standard error; silent under
    /// `--quiet`.
    pub fn note(&mut self, problem: &Problem) {
        if !self.quiet {
            let text = problem.in_lang(self.lang);
            let head = super::either(self.lang, "说明：", "note: ");
            let _ = writeln!(self.stderr, "{head}{text}");
        }
    }

    /// Says a sentence of progress or success on standard error; silent under `--quiet`.
    pub fn say(&mut self, sentence: &Text) {
        if !self.quiet {
            let _ = writeln!(self.stderr, "{}", sentence.in_lang(self.lang));
        }
    }

    /// Shows how far long work has come, on the last line of a terminal; `None` wipes it off. Silent
    /// elsewhere and under `--quiet`.
    pub fn progress(&mut self, sentence: Option<&Text>) {
        if self.stderr_is_terminal && !self.quiet {
            let sentence = sentence.map_or("", |s| s.in_lang(self.lang));
            let _ = write!(self.stderr, "\r\x1b[K{sentence}");
            let _ = self.stderr.flush();
        }
    }

    /// Writes to standard error as it is; for what clap has already worded.
    pub(super) fn print_error(&mut self, words: &str) {
        let _ = self.stderr.write_all(words.as_bytes());
    }
}

fn heard(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Problem::new(text!("写不出结果：{error}", "cannot write the output: {error}"))
                .help(Text::fixed("看看磁盘是否已满", "see whether the disk is full"))
                .into())
        }
        _ => Ok(()),
    }
}

/// The date of a day counted from 1970-01-01 as 0, after Hinnant's `civil_from_days`.
fn date_of_day(day: u64) -> Date {
    let shifted = day + 719_468; // days since 0000-03-01
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Date {
        year: u16::try_from(year).unwrap_or(u16::MAX),
        month: u8::try_from(month).ok(),
        day: u8::try_from(day).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::date_of_day;

    #[test]
    fn days_become_dates_across_leap_years() {
        for (day, date) in [
            (0, "1970年1月1日"),
            (59, "1970年3月1日"),
            (11_016, "2000年2月29日"),
            (20_517, "2026年3月5日"),
            (20_518, "2026年3月6日"),
        ] {
            assert_eq!(date_of_day(day).to_string(), date);
        }
    }
}
