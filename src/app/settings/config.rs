//! What a settings file says, once it is read.

use std::path::Path;
use std::sync::Arc;

use ignore::gitignore::Gitignore;

use crate::base::{Lang, Place, Text};
use crate::model::settings::{Allow, Fonts};
use crate::model::{Pack, Severity};

/// What the file says.
#[derive(Debug, Default)]
pub struct Config {
    /// The file's path from the current folder; `None` if there is no file.
    pub path: Option<String>,
    /// The language to speak (语言).
    pub lang: Option<(Lang, Place)>,
    /// The font family of .docx files (字体).
    pub fonts: Option<(Fonts, Place)>,
    /// Facts files that count where none are given (事实), as paths from the current folder.
    pub facts: Vec<(String, Place)>,
    /// What it sets for every document: 规则, 放行, 本地, 文种.
    pub own: Layer,
    /// What it sets for some documents (例外), in order; later ones win.
    pub overrides: Vec<Override>,
    /// The folders of the corpora (语料库), one's own first, as paths from the current folder.
    pub corpus: Vec<(String, Place)>,
    /// The folder of one's own skeletons, phrases and topic packs (文稿库), as a path from the
    /// current folder.
    pub library: Option<(String, Place)>,
    /// Files of set phrases (常用语), as paths from the current folder.
    pub stock: Vec<(String, Place)>,
    /// Packs of dated words (词库), as paths from the current folder.
    pub packs: Vec<(String, Place)>,
    /// What these packs say.
    pub pack: Arc<Pack>,
    /// Letters from which a copied passage is told (照抄字数).
    pub least_copied: Option<(usize, Place)>,
    /// The baseline file (基线), as a path from the current folder.
    pub baseline: Option<(String, Place)>,
    /// The folder in whose `.wengao` the copies of drafts are kept (底稿), as a path from the current folder.
    pub copies: Option<(String, Place)>,
}

/// Settings of the documents that some patterns match (例外).
#[derive(Debug)]
pub struct Override {
    pub(super) globs: Gitignore,
    /// What it sets.
    pub layer: Layer,
}

impl Override {
    /// Whether it is for the document at this path, taken from the settings file's folder.
    #[must_use]
    pub fn matches(&self, path: &Path) -> bool {
        !path.has_root() && self.globs.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// What is to become of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It runs, its findings as grave as it says.
    On,
    /// It does not run.
    Off,
    /// It runs, its findings of this severity.
    At(Severity),
}

impl Choice {
    /// Each choice with its names in the file, Chinese and English.
    pub const NAMES: [(&'static str, &'static str, Self); 5] = [
        ("开", "on", Self::On),
        ("关", "off", Self::Off),
        ("错误", "error", Self::At(Severity::Error)),
        ("警告", "warning", Self::At(Severity::Warning)),
        ("提示", "info", Self::At(Severity::Info)),
    ];

    /// The choice of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(zh, en, _)| *zh == name || *en == name).map(|&(_, _, choice)| choice)
    }

    pub(super) fn label(self) -> Text {
        let name = Self::NAMES.iter().find(|(_, _, choice)| *choice == self);
        name.map_or(Text::fixed("", ""), |&(zh, en, _)| Text::fixed(zh, en))
    }
}

/// What one layer sets, each with its place.
#[derive(Debug, Default)]
pub struct Layer {
    /// Rules by id.
    pub rules: Vec<(String, Choice, Place)>,
    /// Words left alone.
    pub allow: Vec<(Allow, Place)>,
    /// The locality's full name.
    pub home: Option<(String, Place)>,
    /// The genre.
    pub genre: Option<(String, Place)>,
}
