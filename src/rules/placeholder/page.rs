//! The page: folded text with the looks to left and right that every notation needs.
//!
//! All looks are bounded by a constant, so that a megabyte of brackets or stars costs no more
//! than a megabyte of prose. What needs the whole document — is there a legend of footnotes, do
//! forms follow — is found at most once, when first asked.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use crate::base::lexicon::placeholder as lexicon;
use crate::base::{blank::Sign, emphasis, fold::Folded};
use crate::model::{Manuscript, MaskKind};

/// How far a look goes, in bytes: a clause.
const REACH: usize = 160;

/// The document as the notations see it.
pub(super) struct Page<'m> {
    pub manuscript: &'m Manuscript,
    pub folded: &'m Folded<'m>,
    pub text: &'m str,
    starred: RefCell<Starred>,
    forms: OnceCell<Forms>,
    ticks: OnceCell<bool>,
    legend: OnceCell<bool>,
    anonymous: OnceCell<bool>,
}

/// The line that was last asked for its emphasis, and the stars of it that are.
#[derive(Default)]
struct Starred {
    line: Range<usize>,
    stars: Vec<Range<usize>>,
}

impl<'m> Page<'m> {
    pub fn new(manuscript: &'m Manuscript, folded: &'m Folded<'m>) -> Self {
        Self {
            manuscript,
            folded,
            text: folded.text(),
            starred: RefCell::default(),
            forms: OnceCell::new(),
            ticks: OnceCell::new(),
            legend: OnceCell::new(),
            anonymous: OnceCell::new(),
        }
    }

    /// The line's text before `at`, or as much of it as a look may take.
    pub fn before(&self, at: usize) -> &'m str {
        let from = self.floor(at.saturating_sub(REACH));
        let text = &self.text[from..at];
        text.rfind('\n').map_or(text, |i| &text[i + 1..])
    }

    /// The line's text from `at` on, or as much of it as a look may take.
    pub fn after(&self, at: usize) -> &'m str {
        let text = &self.text[at..self.floor(at + REACH)];
        text.find('\n').map_or(text, |i| &text[..i])
    }

    fn floor(&self, at: usize) -> usize {
        self.text.floor_char_boundary(at)
    }

    /// Whether only blanks stand between the line's start and `at`.
    pub fn opens_line(&self, at: usize) -> bool {
        self.before(at).trim().is_empty()
    }

    /// Whether only blanks stand between `at` and the line's end.
    pub fn ends_line(&self, at: usize) -> bool {
        self.after(at).trim().is_empty()
    }

    /// The word before `at`, past a blank or two and past emphasis: what the blank belongs to.
    pub fn left(&self, at: usize) -> &'m str {
        let text = self.before(at);
        let near = text.trim_end_matches([' ', '　', '\u{a0}']);
        let near = if text.len() - near.len() > 3 { text } else { near };
        if near.ends_with(['*', '`', '~', '\\']) && self.is_markup(at - (text.len() - near.len()) - 1) {
            near.trim_end_matches(['*', '`', '~', '\\'])
        } else {
            near
        }
    }

    /// The word after `at`, past a blank or two and past emphasis.
    pub fn right(&self, at: usize) -> &'m str {
        let text = self.after(at);
        let near = text.trim_start_matches([' ', '　', '\u{a0}']);
        let near = if text.len() - near.len() > 3 { text } else { near };
        if near.starts_with(['*', '`', '~', '\\']) && self.is_markup(at + text.len() - near.len()) {
            near.trim_start_matches(['*', '`', '~', '\\'])
        } else {
            near
        }
    }

    /// Why the character at `at` is no prose, if it is none.
    pub fn mask(&self, at: usize) -> Option<MaskKind> {
        if self.manuscript.masks().is_empty() {
            return None;
        }
        self.manuscript.mask(self.folded.back(at))
    }

    /// Whether the sign at `at` belongs to the file format: masked by the reader, or a star of
    /// emphasis in a text that came without one.
    pub fn is_markup(&self, at: usize) -> bool {
        if let Some(kind) = self.mask(at) {
            return kind != MaskKind::Prompt;
        }
        self.text.as_bytes().get(at) == Some(&b'*') && self.is_emphasis(at)
    }

    fn is_emphasis(&self, at: usize) -> bool {
        let mut starred = self.starred.borrow_mut();
        // Stars of one line are asked one after the other; the line is looked through once.
        if !starred.line.contains(&at) {
            let bytes = self.text.as_bytes();
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
            starred.stars = emphasis::pairs(&self.text[start..end])
                .into_iter()
                .map(|r| r.start + start..r.end + start)
                .collect();
            starred.line = start..end;
        }
        let index = starred.stars.partition_point(|r| r.end <= at);
        starred.stars.get(index).is_some_and(|r| r.contains(&at))
    }

    /// The run of one family of signs that starts at `at`; `Sign` of its first character.
    pub fn run(&self, at: usize, sign: Sign) -> Range<usize> {
        let len = self.text[at..].find(|c| Sign::of(c) != Some(sign)).unwrap_or(self.text.len() - at);
        at..at + len
    }

    /// Whether the line of `at` speaks of `1+N` or `3+X`: the letter is spelled out then, not filled in.
    pub fn in_formula(&self, at: usize, letter: char) -> bool {
        /// Bytes of a line that are looked through.
        const LINE: usize = 1200;
        let from = self.floor(at.saturating_sub(LINE));
        let line = self.text[from..at].rsplit('\n').next().unwrap_or_default();
        line.match_indices(letter).any(|(i, _)| {
            let (before, after) = (line[..i].trim_end(), line[i + letter.len_utf8()..].trim_start());
            before.ends_with(['+', '＋']) || after.starts_with(['+', '＋'])
        })
    }

    /// Whether somebody's words are quoted at `at`.
    pub fn in_quote(&self, at: usize) -> bool {
        let before = self.before(at);
        before.rfind(['“', '”']).is_some_and(|i| before[i..].starts_with('“'))
    }

    /// Whether `at` lies among forms that follow the text, where blanks are for others to fill:
    /// after a line 附件 or 回执, or anywhere in a document that is itself a form.
    pub fn in_form(&self, at: usize) -> bool {
        at >= self.forms().start
    }

    /// Whether `at` lies among what is annexed to a rule, where any sign is for others to fill.
    pub fn in_annex(&self, at: usize) -> bool {
        self.forms().of_rule && self.in_form(at)
    }

    fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| forms_of(self.text))
    }

    /// Whether the document ticks boxes: × then is the other mark.
    pub fn has_ticks(&self) -> bool {
        *self.ticks.get_or_init(|| self.text.contains(['√', '✓', '✔', '☑', '✅']))
    }

    /// Whether a line explains stars (`* 为初步统计数`, `注：带*的…`).
    pub fn has_legend(&self) -> bool {
        *self.legend.get_or_init(|| {
            self.text.lines().any(|line| {
                let line = line.trim_start();
                if let Some(rest) = line.strip_prefix('*') {
                    let text = rest.trim_start_matches(['*', ' ', ':', '：', '注']);
                    #[rustfmt::skip]
                    let removed = crate::base::blank::unit(text).is_some()
                        || rest.contains('*')
                        || rest.starts_with(['、', '，', ',']);
                    return !removed && !text.is_empty();
                }
                (line.starts_with("注") || line.starts_with("说明") || line.starts_with("备注"))
                    && line.contains('*')
            })
        })
    }

    /// Whether the document tells of cases, where 李某某 hides a person on purpose.
    pub fn hides_on_purpose(&self) -> bool {
        *self.anonymous.get_or_init(|| lexicon::CASES.iter().any(|w| self.text.contains(w)))
    }
}

/// Where forms begin.
struct Forms {
    /// The text's length if it has none.
    start: usize,
    /// Whether a rule of articles stands before them.
    of_rule: bool,
}

fn forms_of(text: &str) -> Forms {
    /// Articles of a rule: 第一条, 第二条 …
    const FEWEST: usize = 3;
    let mut at = 0;
    let mut lines_seen = 0;
    let mut articles = 0;
    let mut in_force = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim().trim_start_matches(['#', '*', ' ']).trim_end_matches(['*', '：', ':']);
        articles += usize::from(words.starts_with('第') && words.len() > 12 && is_article(words));
        in_force |= articles >= FEWEST && lexicon::LAST_ARTICLE.iter().any(|w| words.contains(w));
        if !words.is_empty() {
            lines_seen += 1;
            let number = words.strip_prefix("附件").or(words.strip_prefix("附表")).map(|w| {
                w.trim().trim_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十-".contains(c))
            });
            let named = words.strip_suffix(['）', ')']).and_then(|w| Some(w.rsplit_once(['（', '('])?.0));
            let named = named.unwrap_or(words).trim_end();
            // 附件：报名表 above the signature announces the form that stands below it.
            let number =
                number.filter(|n| !n.starts_with(['：', ':']) || !is_signed(&text[at + line.len()..]));
            let short = named.len() <= 90 && !named.contains(['。', '，']);
            let ends = |list: &[&str]| list.iter().any(|f| named.ends_with(f));
            let form = short && ends(lexicon::FORMS) && (lines_seen <= 2 || number.is_some())
                || short && in_force && ends(lexicon::ANNEXED);
            let signed = words.len() <= 120 && lexicon::TO_SIGN.iter().any(|w| words.contains(w));
            if number == Some("") || form || signed {
                return Forms { start: at, of_rule: articles >= FEWEST };
            }
        }
        at += line.len();
    }
    Forms { start: at, of_rule: false }
}

/// Whether the day of signing follows within a few lines.
fn is_signed(text: &str) -> bool {
    /// Lines of further annexes, of whoever signs, and the day.
    const LINES: usize = 6;
    text.lines().map(str::trim).filter(|l| !l.is_empty()).take(LINES).any(|line| {
        line.chars().count() <= 20
            && line.ends_with('日')
            && line.contains('年')
            && line.contains('月')
            && !line.contains(['：', ':'])
    })
}

/// 第一条, 第12条 at the head of a line.
fn is_article(words: &str) -> bool {
    let number = words
        .trim_start_matches('第')
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(c));
    number.starts_with('条')
}
