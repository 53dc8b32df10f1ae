//! Settings (设置): how a document is checked and written, apart from what it says.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Pack, Severity};
use crate::base::han::Date;

/// Which rules run, and what they and the writers need to know besides the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Settings {
    /// If not empty, only these rules run.
    pub only: Vec<String>,
    /// These rules do not run.
    pub skip: Vec<String>,
    /// Rules whose findings have another severity than their own.
    pub severity: BTreeMap<String, Severity>,
    /// Words that rules leave alone.
    pub allow: Vec<Allow>,
    /// The document's own locality by its full name (本地), where no facts give it.
    pub home: Option<String>,
    /// Who says so.
    pub home_origin: HomeOrigin,
    /// The document's genre (文种), as `请示`, `实施方案` or `speech/mobilization`. Declared, never guessed.
    pub genre: Option<String>,
    /// Whether the genre was asked for this once (by a flag, a page), so that it outweighs what the document's
    /// own front matter says.
    pub genre_asked: bool,
    /// The day on which the document is read; rules about time judge by it. Never taken from a
    /// clock below the command line.
    pub as_of: Option<Date>,
    /// The font family of .docx files.
    pub fonts: Fonts,
    /// Letters of its own in a row from which a copied passage is told; `None` for the rule's own.
    pub least_copied: Option<usize>,
    /// The office's own dated words (词库).
    pub pack: Arc<Pack>,
}

/// Who says which locality is a document's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HomeOrigin {
    /// Facts, a settings file or a flag.
    #[default]
    Given,
    /// The document's file name: 云岭县2025年工作总结.docx.
    FileName,
    /// The document itself: its title, or what it names most.
    Inferred,
}

impl HomeOrigin {
    /// Its name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::FileName => "file-name",
            Self::Inferred => "inferred",
        }
    }
}

/// Words that a rule, or every rule, leaves alone (放行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The rule's id; `None` for every rule.
    pub rule: Option<String>,
    /// The words: a finding is dropped if its own words are these, or hold them.
    pub words: String,
}

impl Settings {
    /// The settings that count where nothing is said, changed in some points.
    #[must_use]
    pub fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut settings = Self::default();
        change(&mut settings);
        settings
    }

    /// Whether the rule with this id runs.
    #[must_use]
    pub fn runs(&self, rule: &str) -> bool {
        (self.only.is_empty() || self.only.iter().any(|r| r == rule)) && !self.skip.iter().any(|r| r == rule)
    }

    /// Whether a finding of this rule on these words is to be left alone.
    #[must_use]
    pub fn allows(&self, rule: &str, words: &str) -> bool {
        self.allow.iter().any(|a| a.rule.as_deref().is_none_or(|r| r == rule) && words.contains(&*a.words))
    }
}

/// Which names a .docx gives its fonts. GB/T 9704-2012 says 仿宋, 楷体, 黑体 and 小标宋; machines
/// of different makes have them under different names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fonts {
    /// 仿宋、楷体、黑体、方正小标宋简体: the names of Windows since Vista.
    #[default]
    Standard,
    /// `仿宋_GB2312`、`楷体_GB2312`: what many offices still ask for.
    Gb2312,
    /// `方正仿宋_GBK`、`方正楷体_GBK`、`方正黑体_GBK`、`方正小标宋_GBK`、`方正书宋_GBK`: the five that WPS for Linux brings
    /// along (on 麒麟 and 统信), and what offices buy from 方正字库.
    Founder,
}

impl Fonts {
    /// Each setting with its name on the command line; that of WPS for Linux has two.
    pub const ALL: [(&'static str, Self); 4] = [
        ("standard", Self::Standard),
        ("gb2312", Self::Gb2312),
        ("founder", Self::Founder),
        ("wps", Self::Founder),
    ];

    /// Body text (正文): 仿宋.
    #[must_use]
    pub const fn body(self) -> &'static str {
        match self {
            Self::Standard => "仿宋",
            Self::Gb2312 => "仿宋_GB2312",
            Self::Founder => "方正仿宋_GBK",
        }
    }

    /// Second-level headings, date and speaker: 楷体.
    #[must_use]
    pub const fn kai(self) -> &'static str {
        match self {
            Self::Standard => "楷体",
            Self::Gb2312 => "楷体_GB2312",
            Self::Founder => "方正楷体_GBK",
        }
    }

    /// First-level headings: 黑体.
    #[must_use]
    pub const fn hei(self) -> &'static str {
        match self {
            Self::Standard | Self::Gb2312 => "黑体",
            Self::Founder => "方正黑体_GBK",
        }
    }

    /// The title (标题): 小标宋.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Standard | Self::Gb2312 => "方正小标宋简体",
            Self::Founder => "方正小标宋_GBK",
        }
    }

    /// Page numbers: 宋体.
    #[must_use]
    pub const fn song(self) -> &'static str {
        match self {
            Self::Standard | Self::Gb2312 => "宋体",
            Self::Founder => "方正书宋_GBK",
        }
    }
}
