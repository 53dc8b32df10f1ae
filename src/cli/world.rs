//! The terminal that a person sits at: what is printed and told, in which language and colours, and
//! the office that she works for ([`World::office`]).
//!
//! Whatever a subcommand prints goes through here, so that a reader who closes the pipe early
//! (`wengao check … | head`) ends the program in peace.

#![expect(clippy::disallowed_methods, reason = "this is the edge: clock and environment are read here")]

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use super::disk::{Disk, Stdin};
use crate::app::settings::Config;
use crate::app::{Bundles, Files, Listener, Office, Over, written};
use crate::base::visible::{hanging, on_one_line, visible};
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
    pub(super) config: Arc<Config>,
    /// Whether each document goes by the `wengao.yaml` nearest to it.
    pub(super) nearest: bool,
    /// `WENGAO_COPIES`: the folder in whose `.wengao` copies of drafts are kept.
    copies: Option<String>,
    /// The disk and standard input.
    pub(super) disk: Arc<Disk>,
    stdout: Box<dyn Write>,
    stderr: Box<dyn Write>,
    stdin_is_terminal: bool,
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
            nearest: true,
            copies: var("WENGAO_COPIES"),
            disk: Arc::new(Disk::new(Box::new(io::stdin()))),
            stdout: Box::new(io::stdout()),
            stderr: Box::new(io::stderr()),
            stdin_is_terminal: io::stdin().is_terminal(),
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

    /// Asks for one line, where somebody is there to answer; empty if nobody is, or she passes over it.
    ///
    /// # Errors
    /// If standard input cannot be read.
    pub(super) fn ask(&mut self, question: &Text) -> Result<String> {
        if !self.stdin_is_terminal || !self.stderr_is_terminal || self.quiet {
            return Ok(String::new());
        }
        let _ = write!(self.stderr, "{}", visible(question.in_lang(self.lang)));
        let _ = self.stderr.flush();
        self.disk.line()
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
        let day = i64::try_from(self.now.saturating_add(BEIJING) / 86_400).ok().and_then(Date::of_day);
        // SOURCE_DATE_EPOCH may be any number.
        day.unwrap_or(Date { year: u16::MAX, month: Some(12), day: Some(31) })
    }

    /// The office as use cases are given it.
    #[must_use]
    pub fn office(&self) -> Office {
        Office {
            files: Arc::new(Bundles::over(Arc::clone(&self.disk) as Arc<dyn Files>)),
            lang: self.lang,
            today: self.today(),
            config: Arc::clone(&self.config),
            nearest: self.nearest,
            copies: self.copies.clone(),
        }
    }

    /// Writes a result to a file, or to standard output if it is `-`. What to say of a file is
    /// returned.
    ///
    /// # Errors
    /// If it may not or cannot be written.
    pub(super) fn write(&mut self, to: &str, bytes: &[u8], over: Over) -> Result<Option<Text>> {
        if to == "-" {
            return self.print(bytes).map(|()| None);
        }
        written(&*self.disk, to, bytes, over).map(Some)
    }

    /// As [`write`](Self::write), and says so.
    pub(super) fn deliver(&mut self, to: &str, bytes: &[u8], over: Over) -> Result<()> {
        let said = self.write(to, bytes, over)?;
        said.iter().for_each(|said| self.say(said));
        Ok(())
    }

    /// Writes a result to standard output: as it is for a file or a pipe, and so that it cannot steer it
    /// for a terminal. A pipe closed by its reader is no error: nobody is left to tell.
    ///
    /// # Errors
    /// If it cannot be written, as on a full disk.
    pub fn print(&mut self, bytes: impl AsRef<[u8]>) -> Result<()> {
        let bytes = bytes.as_ref();
        match std::str::from_utf8(bytes) {
            Ok(words) if self.stdout_is_terminal => self.print_painted(visible(words).as_bytes()),
            _ => self.print_painted(bytes),
        }
    }

    /// Prints a page that a person reads, wherever it goes: others' words in it cannot steer a terminal.
    ///
    /// # Errors
    /// As [`print`](Self::print).
    pub(super) fn print_page(&mut self, page: impl AsRef<str>) -> Result<()> {
        self.print_painted(visible(page.as_ref()).as_bytes())
    }

    /// Writes to standard output as it is, for what has the program's own colours in it and nothing of
    /// others that was not passed through [`visible`].
    ///
    /// # Errors
    /// As [`print`](Self::print).
    pub(super) fn print_painted(&mut self, bytes: impl AsRef<[u8]>) -> Result<()> {
        let written = self.stdout.write_all(bytes.as_ref());
        heard(written)
    }

    /// Standard input and output, for a door that speaks over them.
    pub(super) fn streams(&mut self) -> (Stdin, &mut dyn Write) {
        (Stdin(Arc::clone(&self.disk)), &mut *self.stdout)
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
            let text = hanging(&problem.in_lang(self.lang));
            let head = self.lang.either("错误：", "error: ");
            // Nobody can be told that standard error is closed.
            let _ = writeln!(self.stderr, "{head}{text}");
        }
    }

    /// Tells of what a person should know and need not act on, on standard error; silent under
    /// `--quiet`.
    pub fn note(&mut self, problem: &Problem) {
        if !self.quiet {
            let text = hanging(&problem.in_lang(self.lang));
            let head = self.lang.either("说明：", "note: ");
            let _ = writeln!(self.stderr, "{head}{text}");
        }
    }

    /// Says a sentence of progress or success on standard error; silent under `--quiet`.
    pub fn say(&mut self, sentence: &Text) {
        if !self.quiet {
            let _ = writeln!(self.stderr, "{}", hanging(sentence.in_lang(self.lang)));
        }
    }

    /// Shows how far long work has come, on the last line of a terminal; `None` wipes it off. Silent
    /// elsewhere and under `--quiet`.
    pub fn progress(&mut self, sentence: Option<&Text>) {
        if self.stderr_is_terminal && !self.quiet {
            let sentence = on_one_line(sentence.map_or("", |s| s.in_lang(self.lang)));
            let _ = write!(self.stderr, "\r\x1b[K{sentence}");
            let _ = self.stderr.flush();
        }
    }

    /// Writes to standard error what clap has already worded.
    pub(super) fn print_error(&mut self, words: &str) {
        let _ = self.stderr.write_all(visible(words).as_bytes());
    }
}

impl Listener for World {
    fn note(&mut self, problem: &Problem) {
        Self::note(self, problem);
    }

    fn say(&mut self, sentence: &Text) {
        Self::say(self, sentence);
    }

    fn complain(&mut self, problems: &[Problem]) {
        Self::complain(self, problems);
    }

    fn progress(&mut self, sentence: Option<&Text>) {
        Self::progress(self, sentence);
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
