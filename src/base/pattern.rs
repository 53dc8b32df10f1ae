//! Patterns (正则) that are compiled when first asked for and never die in silence.
//!
//! A rule whose pattern does not compile must not look like a rule that finds nothing. `pattern!`
//! gives each pattern a test of its own that compiles it, so a slip in one fails the build's tests
//! with its name, and the program asks for no `Option` that would always be there.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

use regex::Regex;

/// A pattern of the program's own, compiled by the first text that asks for it.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: fn() -> Cow<'static, str>,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern that is spelled by this function. Use `pattern!`, which tests it as well.
    pub const fn new(source: fn() -> Cow<'static, str>) -> Self {
        Self { source, compiled: OnceLock::new() }
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.compiled.get_or_init(|| compile(&(self.source)()))
    }
}

/// Compiles a pattern of the program's own: written in its code or in a lexicon, where a test
/// compiles every line.
///
/// `\p{Han}` stands for the Han of the two plain blocks, with 々 and 〇: the class as Unicode has it
/// costs far more to compile, for characters that official documents do not have.
///
/// # Panics
/// If it is none: a slip in the program, not in what it reads.
#[expect(clippy::panic, reason = "no input leads here")]
pub(crate) fn compile(source: &str) -> Regex {
    let plain = source.replace(r"\p{Han}", "[々〇㐀-鿿]");
    Regex::new(&plain).unwrap_or_else(|why| panic!("{source} is no pattern: {why}"))
}

/// A [`Pattern`] under a name, with its test: `pattern! { static YEAR = "[12][0-9]{3}年"; }`. What
/// spells it may be a literal or a `String`.
macro_rules! pattern {
    ($($(#[$about:meta])* static $name:ident = $source:expr;)+) => {$(
        $(#[$about])*
        static $name: $crate::base::pattern::Pattern =
            $crate::base::pattern::Pattern::new(|| ::std::borrow::Cow::from($source));

        #[cfg(test)]
        #[expect(non_snake_case, reason = "the test of a pattern bears its name")]
        mod $name {
            #[test]
            fn is_a_pattern() {
                assert!(!super::$name.as_str().is_empty());
            }
        }
    )+};
}

pub(crate) use pattern;

#[cfg(test)]
mod tests {
    use super::compile;

    #[test]
    #[should_panic(expected = "(一|二 is no pattern")]
    fn what_is_no_pattern_says_so_aloud() {
        compile("(一|二");
    }
}
