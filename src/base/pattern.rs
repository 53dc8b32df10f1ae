//! Patterns (正则) that are compiled when first asked for and never die in silence.
//!
//! A rule whose pattern does not compile must not look like a rule that finds nothing. `pattern!`
//! gives each pattern a test of its own that compiles it, so a slip in one fails the build's tests
//! with its name, and the program asks for no `Option` that would always be there.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

use regex::{Captures, Regex};

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

impl Pattern {
    /// All matches on the lines of a text that hold what the pattern needs, with their places in the
    /// text. The light engine looks at every character, so it is kept from those lines where a
    /// plain search finds nothing. No match crosses the end of a line; what precedes one may.
    pub fn on_lines<'t>(
        &self,
        text: &'t str,
        holds: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = Captures<'t>> {
        let mut end = 0;
        text.split_inclusive('\n')
            .map(move |line| {
                let start = end;
                end += line.len();
                (line, start.saturating_sub(1)..end)
            })
            .filter(move |(line, _)| holds(line))
            .flat_map(move |(_, line)| {
                let (words, mut at) = (&text[..line.end], line.start);
                std::iter::from_fn(move || {
                    let found = (at <= words.len()).then(|| self.captures_at(words, at))??;
                    let whole = found.get(0)?.range();
                    // An empty match is not found twice; a match may begin where the last one ended.
                    at = if whole.is_empty() { words.ceil_char_boundary(whole.end + 1) } else { whole.end };
                    Some(found)
                })
            })
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
/// The engine is the light one of the two, since a pattern is tried on the few lines that hold its
/// words: it compiles in a tenth of the time of the full one, and most runs read one short document.
///
/// # Panics
/// If it is none: a slip in the program, not in what it reads.
#[expect(clippy::panic, reason = "no input leads here")]
pub(crate) fn compile(source: &str) -> Regex {
    Regex::new(&spelled_out(source)).unwrap_or_else(|why| panic!("{source} is no pattern: {why}"))
}

/// The classes of Unicode that patterns may ask for, as ranges: Han of the two plain blocks, with
/// 々 and 〇, and the punctuation that texts in Chinese have. Documents hold no others.
const CLASSES: &[(&str, &str)] = &[
    (r"\p{Han}", "々〇㐀-鿿"),
    (r"\p{P}", r"!-#%-*,-/:;?@\[-\]_{}§«·»‐-‧‰-⁞、-〃〈-】〔-〟・！-＃％-＊，-／：；？＠［-］＿｛｝｟-･"),
];

/// `source` with [`CLASSES`] spelled out, within brackets and without.
fn spelled_out(source: &str) -> String {
    let (mut out, mut bracketed, mut rest) = (String::with_capacity(source.len()), false, source);
    while let Some(c) = rest.chars().next() {
        let class = CLASSES.iter().find_map(|(name, ranges)| Some((rest.strip_prefix(name)?, ranges)));
        if let Some((behind, ranges)) = class {
            out += &if bracketed { (*ranges).to_owned() } else { format!("[{ranges}]") };
            rest = behind;
            continue;
        }
        // An escaped bracket opens nothing.
        let taken = if c == '\\' { rest.chars().take(2).map(char::len_utf8).sum() } else { c.len_utf8() };
        bracketed = (bracketed || c == '[') && c != ']';
        out += &rest[..taken];
        rest = &rest[taken..];
    }
    out
}

/// A [`Pattern`] under a name, with its test: `pattern! { static YEAR = "[12][0-9]{3}年"; }`. What
/// spells it may be a literal or a `String`.
macro_rules! pattern {
    ($($(#[$about:meta])* $vis:vis static $name:ident = $source:expr;)+) => {$(
        $(#[$about])*
        $vis static $name: $crate::base::pattern::Pattern =
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
    fn classes_of_unicode_are_spelled_out_where_they_stand() {
        let words = compile(r"^\[(\p{Han}+)[^\p{Han}\]]?\p{P}$");
        assert_eq!(&words.captures("[会议x，").unwrap()[1], "会议");
        assert!(!words.is_match("[会议]，"));
    }

    #[test]
    #[should_panic(expected = "(一|二 is no pattern")]
    fn what_is_no_pattern_says_so_aloud() {
        compile("(一|二");
    }
}
