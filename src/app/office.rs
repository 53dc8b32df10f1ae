//! What every use case is given: the office that it works for, and whom it tells.

use std::sync::Arc;

use super::files::Files;
use super::settings::{self, Config, Flags};
use crate::base::{Lang, Problem, Text, han::Date};
use crate::model::Settings;

/// What is the same for a whole run: where files are, whom it speaks to, on which day, by which
/// settings.
#[derive(Clone)]
pub struct Office {
    /// The files that are within reach.
    pub files: Arc<dyn Files>,
    /// The language a person is spoken to in.
    pub lang: Lang,
    /// Today, by which documents are dated and times judged.
    pub today: Date,
    /// What the settings file says that counts where a text lies nowhere.
    pub config: Arc<Config>,
    /// Whether each document goes by the settings file nearest to it; else all go by `config`.
    pub nearest: bool,
    /// The folder in whose `.wengao` copies of drafts are kept, whatever settings say; as who runs the program
    /// says.
    pub copies: Option<String>,
}

impl Office {
    /// An office with these files and no settings of its own but those beside its documents.
    #[must_use]
    pub fn with(files: Arc<dyn Files>, lang: Lang, today: Date) -> Self {
        Self { files, lang, today, config: Arc::default(), nearest: true, copies: None }
    }

    /// The settings as of today of a text that is in no file yet.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let flags = Flags { as_of: Some(self.today), ..Flags::default() };
        settings::settings(&self.config, None, &flags)
    }
}

/// Whoever is told what a person should know while work goes on.
pub trait Listener {
    /// Of something that need not be acted on.
    fn note(&mut self, problem: &Problem);
    /// A sentence of progress or success.
    fn say(&mut self, sentence: &Text);
    /// Reasons for failure, of work that goes on nevertheless.
    fn complain(&mut self, problems: &[Problem]);
    /// How far long work has come; `None` when it is over.
    fn progress(&mut self, sentence: Option<&Text>);
}

/// Nobody listens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deaf;

impl Listener for Deaf {
    fn note(&mut self, _: &Problem) {}
    fn say(&mut self, _: &Text) {}
    fn complain(&mut self, _: &[Problem]) {}
    fn progress(&mut self, _: Option<&Text>) {}
}
