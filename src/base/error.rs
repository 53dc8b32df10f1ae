//! The one error type: what happened, where, and what to do now, in both languages.
//!
//! A clerk who fixes one mistake in a facts file only to be told of the next loses patience by
//! the third, so an [`Error`] carries every problem that could be found in one go. It is never
//! empty.

use std::{fmt, io};

use super::{Lang, Place, Text};

/// `Result` with the project's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What a caller may do about an error without reading its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Something in the input is wrong at a place that the message names.
    #[default]
    Faulty,
    /// A fact that the document needs was not given.
    Missing,
    /// A name that there is not: of a template, a topic, a section.
    Unknown,
    /// A file of a format that nobody here reads.
    Format,
    /// What was being read was replaced meanwhile, or its server is gone: doing it again may help.
    Changed,
}

/// One thing that is wrong, or worth knowing, about an input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where, if a place is known.
    pub at: Option<Place>,
    /// What happened.
    pub what: Text,
    /// What to do now, if there is something to do.
    pub help: Option<Text>,
    /// What sort of thing it is.
    pub kind: ErrorKind,
}

impl Problem {
    /// A problem without a place or a remedy yet; add them with [`at`](Self::at) and
    /// [`help`](Self::help).
    #[must_use]
    pub fn new(what: Text) -> Self {
        Self { at: None, what, help: None, kind: ErrorKind::default() }
    }

    /// The same problem, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.at = Some(place);
        self
    }

    /// The same problem, at a place if that is known.
    #[must_use]
    pub fn at_known(self, place: Option<Place>) -> Self {
        match place {
            Some(place) => self.at(place),
            None => self,
        }
    }

    /// The same problem with its place, if it has one, passed through `change`.
    #[must_use]
    pub fn map_place(mut self, change: impl FnOnce(Place) -> Place) -> Self {
        self.at = self.at.map(change);
        self
    }

    /// The same problem, of another kind than [`ErrorKind::Faulty`].
    #[must_use]
    pub const fn kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// The same problem, with what to do now.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// `place: what happened`, then the remedy on a line of its own.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> String {
        let mut out = String::new();
        if let Some(at) = &self.at {
            out.push_str(at.label().in_lang(lang));
            out.push_str(match lang {
                Lang::Zh => "：",
                Lang::En => ": ",
            });
        }
        out.push_str(self.what.in_lang(lang));
        if let Some(help) = &self.help {
            out.push_str(match lang {
                Lang::Zh => "\n  办法：",
                Lang::En => "\n  help: ",
            });
            out.push_str(help.in_lang(lang));
        }
        out
    }
}

/// Why something could not be done: one or more problems, in the order of their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Vec<Problem>);

impl Error {
    /// All `problems` at once; `Ok` with `value` if there are none.
    ///
    /// # Errors
    /// If `problems` is not empty.
    pub fn unless_empty<T>(problems: Vec<Problem>, value: T) -> Result<T> {
        if problems.is_empty() { Ok(value) } else { Err(Self(problems)) }
    }

    /// The problems; at least one.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }

    /// What sort of error it is: the kind that all its problems share, else [`ErrorKind::Faulty`].
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        let mut kinds = self.0.iter().map(|p| p.kind);
        let first = kinds.next().unwrap_or_default();
        if kinds.all(|kind| kind == first) { first } else { ErrorKind::Faulty }
    }

    /// The same error with each problem passed through `change`, as when a file's name becomes
    /// known only further up.
    #[must_use]
    pub fn map(self, change: impl FnMut(Problem) -> Problem) -> Self {
        Self(self.0.into_iter().map(change).collect())
    }

    /// The whole message: each problem as [`Problem::in_lang`], one after the other.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> String {
        let all: Vec<_> = self.0.iter().map(|p| p.in_lang(lang)).collect();
        all.join("\n")
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

/// What the operating system said, in both languages where it is one of the everyday reasons.
#[must_use]
pub fn reason(error: &io::Error) -> Text {
    use io::ErrorKind as K;
    match error.kind() {
        K::NotFound => Text::fixed("没有这个文件", "no such file"),
        K::PermissionDenied => Text::fixed("没有权限", "permission denied"),
        K::NotADirectory => Text::fixed("路径中间有一段不是文件夹", "a part of the path is no folder"),
        K::IsADirectory => Text::fixed("这是文件夹", "it is a folder"),
        K::StorageFull => Text::fixed("磁盘已满", "the disk is full"),
        K::FileTooLarge => {
            Text::fixed("文件超过了系统允许的大小", "the file is larger than the system allows")
        }
        K::ReadOnlyFilesystem => Text::fixed("磁盘只读", "the disk is read-only"),
        _ => Text::same(error.to_string()),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_lang(Lang::En))
    }
}

impl std::error::Error for Error {}
