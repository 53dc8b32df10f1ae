//! Every sentence that a person sees, in both languages, written side by side where it is said.
//!
//! There is no catalogue of messages to keep in step: whoever changes the Chinese sentence has
//! the English one under her eyes. [`text!`](crate::text) builds one from two format strings:

use std::borrow::Cow;

/// The language a person is spoken to in. It never changes what is found or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文, the default where the locale does not decide.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Reads a language or locale name: `zh`, `zh_CN.UTF-8`, `en`, `en-GB`. `None` for any other,
    /// also for `C` and `POSIX`, which say nothing about a person.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let is = |code: &str| {
            name == code || name.strip_prefix(code).is_some_and(|r| r.starts_with(['_', '-', '.']))
        };
        if is("zh") {
            Some(Self::Zh)
        } else if is("en") {
            Some(Self::En)
        } else {
            None
        }
    }
}

impl Lang {
    /// One of two wordings known at build time.
    #[must_use]
    pub const fn either(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// One sentence in Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// The Chinese wording.
    pub zh: Cow<'static, str>,
    /// The English wording.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A sentence known at build time; usable in statics.
    #[must_use]
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// A sentence made at run time. `text!` reads better where both are formats.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: Cow::Owned(zh.into()), en: Cow::Owned(en.into()) }
    }

    /// The same words in both languages: a path, an id, a quotation.
    #[must_use]
    pub fn same(words: impl Into<String>) -> Self {
        let words = words.into();
        Self { zh: Cow::Owned(words.clone()), en: Cow::Owned(words) }
    }

    /// The wording in `lang`.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Builds a [`Text`](crate::base::Text) from a Chinese and an English format string that capture
/// the same variables.
macro_rules! text {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::base::Text::new(::std::format!($zh), ::std::format!($en))
    };
}

pub(crate) use text;

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn a_locale_name_decides_and_posix_does_not() {
        assert_eq!(Lang::from_name("zh_CN.UTF-8"), Some(Lang::Zh));
        assert_eq!(Lang::from_name("EN-gb"), Some(Lang::En));
        assert_eq!(Lang::from_name("C.UTF-8"), None);
        assert_eq!(Lang::from_name("zhu"), None);
    }

    #[test]
    fn lang_does_as_its_example_says() {
        use crate::base::Lang;
        let n = 3;
        let t = text!("缺少{n}项事实", "{n} facts are missing");
        assert_eq!(t.in_lang(Lang::Zh), "缺少3项事实");
        assert_eq!(t.in_lang(Lang::En), "3 facts are missing");
    }
}
