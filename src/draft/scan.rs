//! One pass over a skeleton's body, before Tera sees it.
//!
//! It does four things that Tera does not: text and expressions learn which line they stand on (a mark
//! before each, see [`mark`](super::mark)); a line of nothing but tags leaves no blank line in the
//! text (its line end moves inside the tag, so line numbers in errors stay right); the first argument
//! of `phrase` and `else` need not be named; and the facts and phrases that the body mentions are
//! listed with their lines, loop variables resolved.
//!
//! The scanner knows strings, comments and `raw` blocks; everything else about the language is
//! Tera's.

use super::{mark, mention};

/// What the scan of a body gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scanned {
    /// The body for Tera.
    pub source: String,
    /// Dotted paths that expressions mention, loop variables resolved (`tasks[].owner`), with
    /// their lines from 1.
    pub paths: Vec<(String, u32)>,
    /// The calls `phrase("…", …)`.
    pub phrases: Vec<Call>,
    /// The filters that it uses, with their lines.
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

/// A stretch of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chunk<'s> {
    Text(&'s str),
    /// `{{ … }}`, delimiters included.
    Expression(&'s str),
    /// `{% … %}`, delimiters included.
    Tag(&'s str),
    /// `{# … #}`, delimiters included.
    Comment(&'s str),
}

/// Scans `body`, whose first line has this number.
pub(super) fn scan(body: &str, first_line: u32) -> Scanned {
    let mut scan = Scan {
        out: Scanned { source: String::with_capacity(body.len() * 2), ..Scanned::default() },
        line: first_line,
        scopes: Vec::new(),
        only_tags: false,
        has_text: false,
    };
    let mut before = None;
    for part in split(body) {
        match part {
            Chunk::Text(text) => scan.text(text, matches!(before, Some(Chunk::Tag(_) | Chunk::Comment(_)))),
            Chunk::Expression(code) => scan.expression(code),
            Chunk::Tag(code) => {
                bind(code, &mut scan.scopes);
                mentions(code, scan.line, &scan.scopes, &mut scan.out);
                scan.tag(code);
            }
            Chunk::Comment(code) => scan.tag(code),
        }
        before = Some(part);
    }
    scan.out
}

/// What a person is shown of a body, in its order.
#[derive(Debug)]
pub(super) enum Shown<'s> {
    /// Text of the skeleton.
    Text(&'s str),
    /// An expression, with what it mentions.
    Value(&'s str, Scanned),
    /// A tag, with what it mentions.
    Tag(&'s str, Scanned),
}

/// The stretches of a body, each with the line (from 1) on which it begins.
pub(super) fn stretches(body: &str) -> Vec<(u32, Shown<'_>)> {
    let mut out = Vec::new();
    let mut scopes = Vec::new();
    let mut line = 1;
    for part in split(body) {
        let mut found = Scanned::default();
        let (shown, text) = match part {
            Chunk::Text(text) => (Shown::Text(text), text),
            Chunk::Expression(code) => {
                mentions(code, line, &scopes, &mut found);
                (Shown::Value(code, found), code)
            }
            Chunk::Tag(code) => {
                bind(code, &mut scopes);
                mentions(code, line, &scopes, &mut found);
                (Shown::Tag(code, found), code)
            }
            // For whoever writes skeletons, and no part of the document.
            Chunk::Comment(code) => {
                line += newlines(code);
                continue;
            }
        };
        out.push((line, shown));
        line += newlines(text);
    }
    out
}

/// A scan that is under way.
struct Scan {
    out: Scanned,
    /// The present line, from 1.
    line: u32,
    /// Variables and the paths that they stand for, the inner ones last.
    scopes: Vec<(String, String)>,
    /// Whether the present line holds tags and white space only, and at least one tag.
    only_tags: bool,
    /// Whether it holds anything else.
    has_text: bool,
}

impl Scan {
    fn next_line(&mut self) {
        self.line += 1;
        (self.only_tags, self.has_text) = (false, false);
    }

    fn mark(&mut self, sign: char) {
        self.out.source.push(sign);
        mark::push_number(&mut self.out.source, self.line as usize);
        (self.only_tags, self.has_text) = (false, true);
    }

    fn text(&mut self, text: &str, after_tag: bool) {
        let mut rest = text;
        // The line end after a line of tags goes into the last tag.
        if self.only_tags
            && after_tag
            && let Some((blank, after)) = text.split_once('\n')
            && blank.trim().is_empty()
        {
            let source = &mut self.out.source;
            let at = source.len() - "%}".len();
            let at = if source[..at].ends_with('-') { at - 1 } else { at };
            source.insert(at, '\n');
            rest = after;
            self.next_line();
        }
        for piece in rest.split_inclusive('\n') {
            let words = piece.trim_start();
            if words.is_empty() && piece.ends_with('\n') && !self.has_text && !self.only_tags {
                self.out.source.push(mark::BLANK);
            }
            self.out.source.push_str(&piece[..piece.len() - words.len()]);
            if !words.is_empty() {
                self.mark(mark::LINE);
                self.out.source.push_str(words);
            }
            if piece.ends_with('\n') {
                self.next_line();
            }
        }
    }

    fn expression(&mut self, code: &str) {
        mentions(code, self.line, &self.scopes, &mut self.out);
        self.mark(mark::VALUE);
        named(code, &mut self.out.source);
        self.line += newlines(code);
    }

    /// A tag or a comment, which leaves nothing in the text.
    fn tag(&mut self, code: &str) {
        if code.starts_with("{%") {
            named(code, &mut self.out.source);
        } else {
            self.out.source.push_str(code);
        }
        self.line += newlines(code);
        self.only_tags = !self.has_text;
    }
}

fn newlines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

/// Cuts a body at its tags. What opens and never closes is left to Tera's own error message.
fn split(body: &str) -> Vec<Chunk<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(open) = body[at..].find('{').map(|i| at + i) {
        let close = match body.as_bytes().get(open + 1) {
            Some(b'{') => tag_end(body, open + 2, "}}"),
            Some(b'%') => tag_end(body, open + 2, "%}"),
            Some(b'#') => body[open + 2..].find("#}").map(|i| open + 2 + i + 2),
            _ => None,
        };
        let Some(end) = close else {
            at = open + 1;
            continue;
        };
        if from < open {
            parts.push(Chunk::Text(&body[from..open]));
        }
        let code = &body[open..end];
        parts.push(match &body[open + 1..open + 2] {
            "{" => Chunk::Expression(code),
            "%" => Chunk::Tag(code),
            _ => Chunk::Comment(code),
        });
        (from, at) = (end, end);
        if tag_words(code).next() == Some("raw")
            && let Some(raw) = find_endraw(&body[end..])
        {
            if raw > 0 {
                parts.push(Chunk::Text(&body[end..end + raw]));
            }
            (from, at) = (end + raw, end + raw);
        }
    }
    if from < body.len() {
        parts.push(Chunk::Text(&body[from..]));
    }
    parts
}

/// The end of a tag that is open at `from`, past strings that may hold its closing sign.
fn tag_end(body: &str, from: usize, close: &str) -> Option<usize> {
    let mut quote = None;
    for (i, c) in body[from..].char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, _) if body[from + i..].starts_with(close) => return Some(from + i + close.len()),
            _ => {}
        }
    }
    None
}

fn find_endraw(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(open) = text[at..].find("{%").map(|i| at + i) {
        if text[open + 2..].trim_start_matches('-').trim_start().starts_with("endraw") {
            return Some(open);
        }
        at = open + 2;
    }
    None
}

pub(super) fn tag_words(code: &str) -> impl Iterator<Item = &str> {
    code.trim_start_matches("{%").trim_end_matches("%}").trim_matches('-').split_whitespace()
}

/// Follows `for v in path` and `set v = path`, so that `v.owner` can be read as a fact.
fn bind(code: &str, scopes: &mut Vec<(String, String)>) {
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
            let path = words.nth(1).map(leading_path).unwrap_or_default();
            // Only a plain path is another name for a fact; anything longer, or a number, is a new value.
            let plain = words.next().is_none() && path.starts_with(|c: char| !c.is_ascii_digit());
            let path = if plain { resolve(path, scopes) } else { format!("={variable}") };
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
    let path = &crate::model::facts::path::pattern(&plain(path));
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
fn named(code: &str, out: &mut String) {
    let mut rest = code;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        match c {
            '"' | '\'' | '`' => len = rest[1..].find(c).map_or(rest.len(), |end| end + 2),
            'a'..='z' | 'A'..='Z' | '_' => len = identifier(rest).len(),
            _ => {}
        }
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
            let (mut depth, mut quote) = (1, None);
            let end = open.char_indices().find(|&(_, c)| {
                match (quote, c) {
                    (Some(q), c) if c == q => quote = None,
                    (None, '"' | '\'' | '`') => quote = Some(c),
                    (None, '(') => depth += 1,
                    (None, ')') => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            let end = end.map_or(open.len(), |(end, _)| end);
            arguments = &open[..end];
            rest = open.get(end + 1..).unwrap_or_default().trim_start();
        }
        out.push((name, arguments));
    }
    out
}

/// The name at the start of a text: ASCII letters, digits and `_`.
fn identifier(text: &str) -> &str {
    &text[..text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len())]
}

#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "if", "elif", "else", "endif", "for", "endfor", "in", "set", "set_global", "endset", "not",
    "and", "or", "is", "true", "false", "none", "raw", "endraw", "filter", "endfilter",
    "include", "block", "endblock", "defined", "loop", "break", "continue",
];

/// Lists the fact paths, phrase ids and filters of one tag.
fn mentions(code: &str, first_line: u32, scopes: &[(String, String)], out: &mut Scanned) {
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
        let string = rest.find(quote).map_or(rest, |end| &rest[..end]);
        if let Some(call) = self.calls.last_mut() {
            if call.name == "phrase" && call.id.is_none() && matches!(call.argument, "" | "id") {
                call.id = Some(string);
                call.line = self.line;
            }
        }
        self.line += newlines(string);
        self.at += string.len() + 2;
        self.before = quote;
    }

    fn word(&mut self, scopes: &[(String, String)], out: &mut Scanned) {
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

    fn sign(&mut self, sign: char, out: &mut Scanned) {
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

#[cfg(test)]
mod tests {
    use super::{mark, scan};

    /// The body as Tera will see it: «line» before a text, ‹line› before an expression, ¶ where a line is
    /// blank.
    fn shown(body: &str) -> String {
        let mut out = String::new();
        let scanned = scan(body, 1).source.replace(mark::BLANK, "¶");
        let mut rest = scanned.as_str();
        while let Some(at) = rest.find([mark::LINE, mark::VALUE]) {
            out.push_str(&rest[..at]);
            let (n, len) = mark::read_number(&rest[at + mark::LINE.len_utf8()..]);
            out.push_str(&if rest[at..].starts_with(mark::LINE) {
                format!("«{n}»")
            } else {
                format!("‹{n}›")
            });
            rest = &rest[at + mark::LINE.len_utf8() + len..];
        }
        out + rest
    }

    #[test]
    fn literal_text_knows_its_line() {
        assert_eq!(shown("甲\n\n  乙{{ a }}丙\n"), "«1»甲\n¶\n  «3»乙‹3›{{ a }}«3»丙\n");
    }

    #[test]
    fn a_line_of_tags_leaves_no_blank_line_and_keeps_the_numbers() {
        assert_eq!(
            shown("甲\n  {% if a %}\n乙\n{% endif %}\n丙"),
            "«1»甲\n  {% if a \n%}«3»乙\n{% endif \n%}«5»丙"
        );
        assert_eq!(shown("{# 注 #}\n甲"), "{# 注 \n#}«2»甲");
        assert_eq!(shown("{%- if a -%}\n甲{% endif %}"), "{%- if a \n-%}«2»甲{% endif %}");
    }

    #[test]
    fn a_line_with_text_and_tags_keeps_its_end() {
        assert_eq!(shown("甲{% if a %}\n乙"), "«1»甲{% if a %}\n«2»乙");
    }

    #[test]
    fn closing_signs_in_strings_and_raw_blocks_are_text() {
        assert_eq!(shown("{{ \"}}\" }}甲"), "‹1›{{ \"}}\" }}«1»甲");
        assert_eq!(shown("{% raw %}{{ x }}{% endraw %}"), "{% raw %}«1»{{ x }}{% endraw %}");
    }

    #[test]
    fn the_first_argument_of_a_phrase_need_not_be_named() {
        assert_eq!(shown("{{ phrase(\"a.b\", x=y) }}"), "‹1›{{ phrase(id=\"a.b\", x=y) }}");
        assert_eq!(shown("{{ phrase(id=\"a.b\") }}"), "‹1›{{ phrase(id=\"a.b\") }}");
        assert_eq!(shown("{{ a | else(phrase(\"a.b\")) }}"), "‹1›{{ a | else(x=phrase(id=\"a.b\")) }}");
        let calls =
            scan("{{ phrase(\"a.b\", each=tasks, room=3, who=b | else(phrase(\"c.d\"))) }}", 1).phrases;
        let calls: Vec<_> = calls.iter().map(|c| (&*c.id, &*c.arguments, c.each.as_deref())).collect();
        assert_eq!(calls, [("c.d", &[][..], None), ("a.b", &["who".to_owned()][..], Some("tasks"))]);
    }

    #[test]
    fn a_variable_that_holds_a_number_or_a_string_is_no_fact() {
        let body = "{% set n = 0 %}{% set w = \"\" %}{% for u in units %}{% set_global n = loop.index %}{% endfor %}{{ n }}{{ w }}";
        let paths: Vec<_> = scan(body, 1).paths.into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["units[]", "units"]);
    }

    #[test]
    fn facts_are_listed_with_loops_resolved() {
        let body = "{% for t in tasks %}\n{{ t.name | bare }}，{% for d in t.detail %}{{ d }}{% endfor %}\n{% endfor %}\n{% set w = work.name %}{{ w }}{{ phrase(id=\"a.b\", x=meeting.place | names(last=\"和\")) }}";
        let scanned = scan(body, 1);
        let paths: Vec<_> = scanned.paths.iter().map(|(p, l)| format!("{p}@{l}")).collect();
        assert_eq!(
            paths,
            [
                "tasks[]@1",
                "tasks@1",
                "tasks[].name@2",
                "tasks[].detail[]@2",
                "tasks[].detail@2",
                "tasks[].detail[]@2",
                "work.name@4",
                "work.name@4",
                "meeting.place@4"
            ]
        );
        assert_eq!(
            scanned.phrases,
            [super::Call { id: "a.b".to_owned(), line: 4, arguments: vec!["x".to_owned()], each: None }]
        );
    }

    #[test]
    fn a_key_in_quotation_marks_is_a_step_of_the_path() {
        let scanned =
            scan("{{ more[\"完成投资\"] | bare }}{{ more['a'] }}{{ tasks[0].name }}{{ \"x[\" }}", 1);
        let paths: Vec<_> = scanned.paths.iter().map(|(p, _)| p.as_str()).collect();
        assert_eq!(paths, ["more.完成投资", "more.a", "tasks[].name"]);
    }
}
