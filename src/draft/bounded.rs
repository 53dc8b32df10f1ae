//! A tag of a skeleton with what counts its cost written into it (see [`budget`](super::budget)), and what
//! of Tera's language skeletons do not have.
//!
//! It reads signs, strings and parentheses as Tera's lexer does and leaves the grammar to Tera. A filter
//! binds tighter than every sign that joins two values, so one that is put before such a sign weighs what
//! stands on its left; a whole expression is put into parentheses. What Tera would refuse it refuses still.

use super::budget::{WALKED, WEIGHED};
use super::tag::{identifier, string_len};
use crate::base::{Problem, Text};
use crate::text;

/// Something that skeletons do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// `include`, `extends`, `block`, `component`: parts stand in their place.
    Parts,
    /// A loop within brackets, `[x for x in list]`.
    Comprehension,
    /// `...`
    Spread,
    /// A name that begins with `__`.
    Inner,
}

impl Refused {
    /// What is refused, and what to write.
    pub(super) fn problem(self) -> Problem {
        let (what, help) = match self {
            Self::Parts => (
                text!(
                    "模板不用 include、extends、block、component",
                    "skeletons have no include, extends, block or component"
                ),
                text!(
                    "几个模板共用的文字写成部件，正文里用“@part 名称”",
                    "write what several skeletons share as a part, and in the body “@part name”"
                ),
            ),
            Self::Comprehension => (
                text!("模板里方括号中不能有循环", "skeletons have no loops within brackets"),
                Text::fixed("写成 {% for %} … {% endfor %}", "write {% for %} … {% endfor %}"),
            ),
            Self::Spread => (
                text!("模板里不能用“...”", "skeletons have no “...”"),
                text!("把各项一一写出", "write the items one by one"),
            ),
            Self::Inner => (
                text!(
                    "模板里不能用“__”开头的名字，那是程序内部的",
                    "names that begin with “__” are inner ones, which skeletons do not have"
                ),
                text!("换一个名字", "choose another name"),
            ),
        };
        Problem::new(what).help(help)
    }
}

/// What of a tag is refused.
pub(super) fn refused(code: &str) -> Option<Refused> {
    let words: Vec<&str> = tokens(cut(code).1).filter(|token| !token.trim().is_empty()).collect();
    let is_tag = code.starts_with("{%");
    words.iter().enumerate().find_map(|(n, word)| match *word {
        "include" | "extends" | "block" | "component" if n == 0 && is_tag => Some(Refused::Parts),
        // `for=` is the name of an argument, and `.for` a field.
        "for" if n > 0 && words.get(n + 1) != Some(&"=") && words.get(n - 1) != Some(&".") => {
            Some(Refused::Comprehension)
        }
        "..." => Some(Refused::Spread),
        word if word.starts_with("__") => Some(Refused::Inner),
        _ => None,
    })
}

/// What a stretch of a body costs each time that a loop comes round to it, in steps.
pub(super) fn weight(text: &str) -> u64 {
    const BYTES_A_STEP: usize = 4;
    2 + (text.len() / BYTES_A_STEP) as u64
}

/// How a tag stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stand {
    /// What stands in the loop that it opens, in steps.
    pub rounds: u64,
    /// Whether what it gives is caught in a variable or for a filter.
    pub is_caught: bool,
}

/// Appends a tag with what counts its cost.
pub(super) fn bounded(code: &str, stand: Stand, out: &mut String) {
    let (open, inner, close) = cut(code);
    out.push_str(open);
    let space = inner.len() - inner.trim_start().len();
    let word = if open.starts_with("{{") { "" } else { identifier(&inner[space..]) };
    let after = space + word.len();
    let (head, rest) = inner.split_at(after);
    match word {
        "" if open.starts_with("{{") && (is_plain(rest) && !stand.is_caught) => out.push_str(inner),
        "" if open.starts_with("{{") => whole(inner, &format!("|{WEIGHED}"), out),
        "for" => match rest_after(rest, "in") {
            Some(at) => {
                out.push_str(head);
                out.push_str(&rest[..at]);
                whole(&rest[at..], &format!("|{WALKED}(n={})", stand.rounds), out);
            }
            None => out.push_str(inner),
        },
        "set" | "set_global" => {
            out.push_str(head);
            if let Some(at) = rest_after(rest, "=") {
                out.push_str(&rest[..at]);
                whole(&rest[at..], &format!("|{WEIGHED}"), out);
            } else {
                counted(rest.trim_end(), out);
                out.push_str(&format!(" |{WEIGHED}"));
                out.push_str(&rest[rest.trim_end().len()..]);
            }
        }
        "filter" => {
            out.push_str(head);
            out.push_str(&format!(" {WEIGHED}|"));
            counted(rest, out);
        }
        _ => {
            out.push_str(head);
            counted(rest, out);
        }
    }
    out.push_str(close);
}

/// Whether a tag catches what stands behind it, until its end.
pub(super) fn catches(code: &str) -> bool {
    let inner = cut(code).1.trim_start();
    let word = identifier(inner);
    match word {
        "filter" => true,
        "set" | "set_global" => rest_after(&inner[word.len()..], "=").is_none(),
        _ => false,
    }
}

/// A tag's signs and what stands between them.
fn cut(code: &str) -> (&str, &str, &str) {
    let open = if code.as_bytes().get(2) == Some(&b'-') { 3 } else { 2 };
    let close = code.len().saturating_sub(2);
    let close = if close > open && code[..close].ends_with('-') { close - 1 } else { close };
    if close < open {
        return (code, "", "");
    }
    (&code[..open], &code[open..close], &code[close..])
}

/// Whether an expression is a path and nothing else, which makes nothing.
fn is_plain(inner: &str) -> bool {
    inner.trim().chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
}

/// The tokens of Tera's lexer, near enough to tell signs, words and strings from one another.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let pair = rest.get(..2).unwrap_or_default();
        let length = match first {
            '"' | '\'' | '`' => string_len(rest).unwrap_or(rest.len()),
            'a'..='z' | 'A'..='Z' | '_' => identifier(rest).len(),
            '.' if rest.starts_with("...") => 3,
            _ if matches!(pair, "==" | "!=" | "<=" | ">=" | "//" | "**") => 2,
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(token)
    })
}

/// Where the text goes on behind the first token that is this one, in no parentheses.
fn rest_after(text: &str, sign: &str) -> Option<usize> {
    let mut at = 0;
    for token in tokens(text) {
        at += token.len();
        if token == sign {
            return Some(at);
        }
        if matches!(token, "(" | "[" | "{" | "|") {
            return None;
        }
    }
    None
}

/// Whether parentheses open before they close, and all close.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for token in tokens(text) {
        match token {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

/// A whole expression, handed to a filter. One whose parentheses do not pair is left for Tera to refuse.
fn whole(expression: &str, filter: &str, out: &mut String) {
    let words = expression.trim();
    if words.is_empty() || !is_balanced(words) {
        out.push_str(expression);
        return;
    }
    let start = expression.len() - expression.trim_start().len();
    out.push_str(&expression[..start]);
    out.push('(');
    counted(words, out);
    out.push(')');
    out.push_str(filter);
    out.push_str(&expression[start + words.len()..]);
}

/// Whether tokens that begin with a bracket take a stretch of something: `[1:3]`.
fn is_slice(parts: &[&str]) -> bool {
    let mut depth = 0_usize;
    for part in parts {
        match *part {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            ":" if depth == 1 => return true,
            _ => {}
        }
        if depth == 0 {
            return false;
        }
    }
    false
}

/// Whether a value ends here, so that a bracket takes something of it.
fn is_operand(before: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ')' | ']' | '"' | '\'' | '`'))
}

/// An expression with what stands before each sign that joins, compares or filters weighed.
fn counted(expression: &str, out: &mut String) {
    let parts: Vec<&str> = tokens(expression).collect();
    let words: Vec<usize> = (0..parts.len()).filter(|&n| !parts[n].trim().is_empty()).collect();
    let next = |place: usize| words.get(place).map_or("", |&n| parts[n]);
    let mut joins = parts.iter().filter(|part| **part == "~").count();
    let mut place = 0;
    for (n, part) in parts.iter().enumerate() {
        if part.trim().is_empty() {
            out.push_str(part);
            continue;
        }
        place += 1;
        let follows = next(place);
        match *part {
            "~" => {
                out.push_str(&format!("|{WEIGHED}(joins={joins}) "));
                joins -= 1;
            }
            "[" if is_slice(&parts[n..]) && is_operand(out) => out.push_str(&format!("|{WEIGHED}")),
            "|" | "==" | "!=" | "<" | ">" | "<=" | ">=" => out.push_str(&format!("|{WEIGHED} ")),
            "is" => {
                let test = if follows == "not" { next(place + 1) } else { follows };
                if matches!(test, "containing" | "starting_with" | "ending_with") {
                    out.push_str(&format!("|{WEIGHED} "));
                }
            }
            "not" if follows == "in" => out.push_str(&format!("|{WEIGHED}(seeks=true) ")),
            "in" if place < 2 || next(place - 2) != "not" => {
                out.push_str(&format!("|{WEIGHED}(seeks=true) "));
            }
            _ => {}
        }
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::{Refused, Stand, bounded, refused};

    fn shown(code: &str) -> String {
        let mut out = String::new();
        bounded(code, Stand { rounds: 7, is_caught: false }, &mut out);
        out
    }

    #[test]
    fn a_plain_value_is_left_alone_and_all_else_is_weighed() {
        assert_eq!(shown("{{ work.name }}"), "{{ work.name }}");
        assert_eq!(shown("{{- a | trim -}}"), "{{- (a |weighed | trim)|weighed -}}");
        assert_eq!(
            shown("{{ a ~ \"甲\" ~ b }}"),
            "{{ (a |weighed(joins=2) ~ \"甲\" |weighed(joins=1) ~ b)|weighed }}"
        );
        let mut caught = String::new();
        bounded("{{ a }}", Stand { is_caught: true, ..Stand::default() }, &mut caught);
        assert_eq!(caught, "{{ (a)|weighed }}");
    }

    #[test]
    fn loops_and_variables_are_counted() {
        assert_eq!(shown("{% for t in tasks %}"), "{% for t in (tasks)|walked(n=7) %}");
        assert_eq!(
            shown("{% for k, v in a if b else c -%}"),
            "{% for k, v in (a if b else c)|walked(n=7) -%}"
        );
        assert_eq!(
            shown("{% set_global a = a ~ a %}"),
            "{% set_global a = (a |weighed(joins=1) ~ a)|weighed %}"
        );
        assert_eq!(shown("{% set a %}"), "{% set a |weighed %}");
        assert_eq!(shown("{% set a | trim %}"), "{% set a |weighed | trim |weighed %}");
        assert_eq!(shown("{% filter trim | upper %}"), "{% filter weighed| trim |weighed | upper %}");
    }

    #[test]
    fn a_stretch_of_a_list_is_a_list_made() {
        assert_eq!(shown("{% if a.b[1:] %}"), "{% if a.b|weighed[1:] %}");
        assert_eq!(
            shown("{% if a[0] in [1, {\"k\": 2}] %}"),
            "{% if a[0] |weighed(seeks=true) in [1, {\"k\": 2}] %}"
        );
    }

    #[test]
    fn what_is_compared_or_sought_is_weighed() {
        assert_eq!(shown("{% if a == b and not c %}"), "{% if a |weighed == b and not c %}");
        assert_eq!(shown("{% if a not in b %}"), "{% if a |weighed(seeks=true) not in b %}");
        assert_eq!(shown("{% elif a in b %}"), "{% elif a |weighed(seeks=true) in b %}");
        assert_eq!(
            shown("{% if a is not containing(pat=\"x\") %}"),
            "{% if a |weighed is not containing(pat=\"x\") %}"
        );
        assert_eq!(shown("{% if a is defined %}"), "{% if a is defined %}");
    }

    /// A string that ends for one reader and goes on for the other would hide what stands behind it.
    #[test]
    fn strings_end_where_tera_ends_them() {
        assert_eq!(shown(r#"{{ "\"" ~ a }}"#), r#"{{ ("\"" |weighed(joins=1) ~ a)|weighed }}"#);
        assert_eq!(shown("{{ a) ~ (b }}"), "{{ a) ~ (b }}");
    }

    #[test]
    fn what_skeletons_do_not_have_is_refused() {
        assert_eq!(refused("{% include \"body\" %}"), Some(Refused::Parts));
        assert_eq!(refused("{%- component x() %}"), Some(Refused::Parts));
        assert_eq!(refused("{{ [x for x in y] }}"), Some(Refused::Comprehension));
        assert_eq!(refused("{{ [...a] }}"), Some(Refused::Spread));
        assert_eq!(refused("{{ __tera_context }}"), Some(Refused::Inner));
        for code in ["{{ \"__\" }}", "{% for t in block %}", "{{ phrase(for=x, id=\"a.b\") }}", "{{ a.for }}"]
        {
            assert_eq!(refused(code), None, "{code}");
        }
    }
}
