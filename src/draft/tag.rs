//! What one tag of a skeleton says, `{{ … }}` or `{% … %}`: the facts, phrases and filters that it
//! mentions, and the variables that it binds.
//!
//! It reads words, strings and parentheses and leaves the grammar to Tera. A path is followed through
//! `for` and `set`, so that `t.owner` is known to be `tasks[].owner`.

use super::mention;
use crate::model::facts::path::pattern;

/// What tags mention.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Dotted paths, loop variables resolved (`tasks[].owner`), with their lines from 1.
    pub paths: Vec<(String, u32)>,
    /// The calls `phrase("…", …)`.
    pub phrases: Vec<Call>,
    /// The filters, with their lines.
    pub filters: Vec<(String, u32)>,
}

/// A phrase asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    /// The phrase's id.
    pub id: String,
    /// The line, from 1.
    pub line: u32,
    /// The names of the arguments besides the id.
    pub arguments: Vec<String>,
    /// The list for each record of which it is said (`each=`), as a path.
    pub each: Option<String>,
}

/// The bytes of a path, of which the longest of the facts table has about 40 without keys of one's own.
const LONGEST_PATH: usize = 400;

/// Follows `for v in path` and `set v = path`, so that `v.owner` can be read as a fact.
pub(super) fn bind(code: &str, scopes: &mut Vec<(String, String)>) {
    let mut words = tag_words(code);
    match words.next() {
        Some("for") => {
            let variable = words.next().unwrap_or_default().trim_end_matches(',').to_owned();
            let list = words.nth(1).unwrap_or_default();
            let path = leading_path(list);
            // What a function gives is no fact.
            let path =
                if list[path.len()..].starts_with('(') || path.starts_with(|c: char| c.is_ascii_digit()) {
                    format!("={variable}[]")
                } else if path.is_empty() {
                    String::new()
                } else {
                    format!("{}[]", resolve(path, scopes))
                };
            scopes.push((variable, path));
        }
        Some("endfor") => {
            while scopes.pop().is_some_and(|(_, path)| !path.ends_with("[]") && !path.is_empty()) {}
        }
        Some("set" | "set_global") => {
            let variable = words.next().unwrap_or_default().to_owned();
            let value = words.nth(1).unwrap_or_default();
            let path = leading_path(value);
            // Only a plain path is another name for a fact; anything longer, a call, or a number, is a new value.
            let word = !KEYWORDS.contains(&path) && path.starts_with(|c: char| !c.is_ascii_digit());
            let plain = words.next().is_none() && word && !value[path.len()..].starts_with('(');
            // `a = a.b` over and over is no fact either.
            let path = if plain { resolve(path, scopes) } else { String::new() };
            let path = if plain && path.len() <= LONGEST_PATH { path } else { format!("={variable}") };
            scopes.push((variable, path));
        }
        _ => {}
    }
}

/// The dotted path at the start of `text`, as written; an index (`tasks[0].owner`) or a key in
/// quotation marks (`more["完成投资"]`) belongs to it.
fn leading_path(text: &str) -> &str {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        end +=
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(rest.len());
        let Some(index) = text[end..].strip_prefix('[').and_then(|r| r.split_once(']')) else { break };
        let number = !index.0.is_empty() && index.0.bytes().all(|b| b.is_ascii_digit());
        if end == 0 || !number && quoted_key(index.0).is_none() {
            break;
        }
        end += index.0.len() + 2;
    }
    text[..end].trim_end_matches('.')
}

/// The key between quotation marks: `"完成投资"`.
fn quoted_key(index: &str) -> Option<&str> {
    ['"', '\'', '`']
        .iter()
        .find_map(|&q| index.strip_prefix(q)?.strip_suffix(q))
        .filter(|key| !key.is_empty())
}

/// The path with keys in quotation marks as steps like others: `more["完成投资"]` is `more.完成投资`.
fn plain(path: &str) -> String {
    let mut parts = path.split('[');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((index, rest)) if quoted_key(index).is_some() => {
                out.push('.');
                out.push_str(quoted_key(index).unwrap_or_default());
                out.push_str(rest);
            }
            _ => {
                out.push('[');
                out.push_str(part);
            }
        }
    }
    out
}

/// A path with its first step replaced by what that variable stands for.
fn resolve(path: &str, scopes: &[(String, String)]) -> String {
    // Most paths have no index and no key in quotation marks.
    let path = &if path.contains('[') { pattern(&plain(path)) } else { path.to_owned() };
    let (head, rest) = path.split_once('.').unwrap_or((path, ""));
    match scopes.iter().rev().find(|(variable, _)| variable == head) {
        Some((_, full)) if rest.is_empty() => full.clone(),
        Some((_, full)) => format!("{full}.{rest}"),
        None => path.clone(),
    }
}

/// The calls whose first argument need not be named, and what it is called: `phrase("launch.open")`,
/// `work.short | else(work.name)`.
const FIRST: [(&str, &str); 2] = [("phrase", "id"), ("else", "x")];

/// Appends a tag with the first arguments of its calls named, since Tera knows no others.
pub(super) fn named(code: &str, out: &mut String) {
    if FIRST.iter().all(|(call, _)| !code.contains(call)) {
        out.push_str(code);
        return;
    }
    let mut rest = code;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '"' | '\'' | '`' => string_len(rest).unwrap_or(rest.len()),
            'a'..='z' | 'A'..='Z' | '_' => identifier(rest).len(),
            ' ' => rest.len() - rest.trim_start_matches(' ').len(),
            _ => c.len_utf8(),
        };
        let (token, after) = rest.split_at(len);
        out.push_str(token);
        if token == "("
            && let Some((_, name)) = FIRST.iter().find(|(call, _)| before == Some(*call))
        {
            let first = after.trim_start();
            let key = identifier(first);
            let is_named = !key.is_empty() && {
                let sign = first[key.len()..].trim_start();
                sign.starts_with('=') && !sign.starts_with("==")
            };
            if !is_named && !first.starts_with(')') {
                out.push_str(name);
                out.push('=');
            }
        }
        if !c.is_whitespace() {
            before = Some(token);
        }
        rest = after;
    }
}

/// Where the parenthesis closes that is open at the start of a text.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (1, 0);
    while let Some(c) = text[at..].chars().next() {
        match c {
            '"' | '\'' | '`' => {
                at += string_len(&text[at..])?;
                continue;
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// The filters that follow on a value, each with its arguments as written.
fn chain(after: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    let mut rest = after;
    while let Some(filter) = rest.strip_prefix('|') {
        let filter = filter.trim_start();
        let name = identifier(filter);
        rest = filter[name.len()..].trim_start();
        let mut arguments = "";
        if let Some(open) = rest.strip_prefix('(') {
            let end = closing(open).unwrap_or(open.len());
            arguments = &open[..end];
            rest = open.get(end + 1..).unwrap_or_default().trim_start();
        }
        out.push((name, arguments));
    }
    out
}

/// The bytes of the string literal at the start of a text, quotation marks included, as Tera's lexer has
/// it: a backslash takes the sign behind it along. `None` if it does not end.
pub(super) fn string_len(text: &str) -> Option<usize> {
    let quote = *text.as_bytes().first()?;
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => _ = bytes.next(),
            _ if byte == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The name at the start of a text: ASCII letters, digits and `_`.
pub(super) fn identifier(text: &str) -> &str {
    &text[..text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len())]
}

#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "if", "elif", "else", "endif", "for", "endfor", "in", "set", "set_global", "endset", "not",
    "and", "or", "is", "true", "false", "none", "raw", "endraw", "filter", "endfilter",
    "include", "block", "endblock", "defined", "loop", "break", "continue",
];

/// Lists the fact paths, phrase ids and filters of one tag.
pub(super) fn mentions(code: &str, first_line: u32, scopes: &[(String, String)], out: &mut Found) {
    let mut reader = Reader { code, at: 0, line: first_line, before: ' ', word: "", calls: Vec::new() };
    while let Some(&byte) = code.as_bytes().get(reader.at) {
        match byte as char {
            quote @ ('"' | '\'' | '`') => reader.string(quote),
            '_' | 'a'..='z' | 'A'..='Z' => reader.word(scopes, out),
            sign => reader.sign(sign, out),
        }
    }
}

/// A tag while it is read.
struct Reader<'c> {
    code: &'c str,
    at: usize,
    line: u32,
    /// The last sign that was no white space; a letter for a word.
    before: char,
    /// The last word.
    word: &'c str,
    /// What is open: the parentheses of calls and of nothing.
    calls: Vec<Open<'c>>,
}

/// A parenthesis that is open.
#[derive(Default)]
struct Open<'c> {
    /// The function or filter whose arguments it holds; empty for a bare one.
    name: &'c str,
    /// The argument that is being read; empty for the first one without a name.
    argument: &'c str,
    /// What is known of the phrase that is asked for.
    id: Option<&'c str>,
    arguments: Vec<String>,
    each: Option<String>,
    line: u32,
}

impl<'c> Reader<'c> {
    fn string(&mut self, quote: char) {
        let rest = &self.code[self.at + 1..];
        let string = string_len(&self.code[self.at..]).map_or(rest, |length| &rest[..length - 2]);
        if let Some(call) = self.calls.last_mut()
            && call.name == "phrase"
            && call.id.is_none()
            && matches!(call.argument, "" | "id")
        {
            call.id = Some(string);
            call.line = self.line;
        }
        self.line += newlines(string);
        self.at += string.len() + 2;
        self.before = quote;
    }

    fn word(&mut self, scopes: &[(String, String)], out: &mut Found) {
        let path = leading_path(&self.code[self.at..]);
        let after = self.code[self.at + path.len()..].trim_start();
        let is_call = after.starts_with('(');
        let is_filter = self.before == '|';
        let is_argument = after.starts_with('=') && !after.starts_with("==");
        let is_test =
            self.before == 'a' && matches!(self.word, "is" | "not") && self.code[..self.at].contains(" is ");
        let head = path.split('.').next().unwrap_or_default();
        if is_filter {
            out.filters.push((path.to_owned(), self.line));
        } else if is_argument {
            if let Some(call) = self.calls.last_mut() {
                call.argument = path;
                if !matches!(path, "id" | "room" | "each") {
                    call.arguments.push(path.to_owned());
                }
            }
        } else if !is_call && !is_test && !KEYWORDS.contains(&head) {
            let full = resolve(path, scopes);
            if !full.starts_with('=') && !full.is_empty() {
                let call = self.calls.last_mut();
                let argument = call.as_ref().filter(|c| c.name == "phrase").map_or("", |c| c.argument);
                let mut said = mention::said(&full, &chain(after), argument);
                out.paths.extend(said.drain(..).map(|path| (path, self.line)));
                if let Some(call) = call.filter(|c| c.argument == "each" && c.each.is_none()) {
                    call.each = Some(full.clone());
                }
                out.paths.push((full, self.line));
            }
        }
        self.at += path.len().max(1);
        self.before = 'a';
        self.word = path;
    }

    fn sign(&mut self, sign: char, out: &mut Found) {
        match sign {
            '\n' => self.line += 1,
            '(' => {
                let name = if self.before == 'a' { self.word } else { "" };
                self.calls.push(Open { name, line: self.line, ..Open::default() });
            }
            ')' => {
                if let Some(Open { id: Some(id), mut arguments, each, line, .. }) = self.calls.pop() {
                    // How many of the records, where there are any.
                    arguments.retain(|a| each.is_none() || a != "first");
                    out.phrases.push(Call { id: id.to_owned(), line, arguments, each });
                }
            }
            _ => {}
        }
        if !sign.is_whitespace() {
            self.before = sign;
        }
        self.at += 1;
    }
}

pub(super) fn newlines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

pub(super) fn tag_words(code: &str) -> impl Iterator<Item = &str> {
    code.trim_start_matches("{%").trim_end_matches("%}").trim_matches('-').split_whitespace()
}
