//! One pass over a skeleton's body, before Tera sees it.
//!
//! It does four things that Tera does not: text and expressions learn which line they stand on (a mark
//! before each, see [`mark`](super::mark)); a line of nothing but tags leaves no blank line in the
//! text (its line end moves inside the tag, so line numbers in errors stay right); the first argument
//! of `phrase` and `else` need not be named; and the facts and phrases that the body mentions are
//! listed with their lines, loop variables resolved. Besides, what counts the cost of a rendering is written
//! into the tags ([`bounded`](super::bounded)).
//!
//! The scanner knows strings, comments and `raw` blocks; everything else about the language is
//! Tera's.

use super::bounded::{self, Refused, Stand, bounded};
use super::mark;
use super::tag::{Found, bind, mentions, named, newlines, string_len, tag_words};

/// What the scan of a body gives.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// The body for Tera.
    pub source: String,
    /// What its tags mention.
    pub found: Found,
    /// What of Tera's language skeletons do not have, with its lines.
    pub refused: Vec<(Refused, u32)>,
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
        caught: 0,
    };
    let mut before = None;
    let parts = split(body);
    let mut rounds = rounds(&parts).into_iter();
    for part in parts {
        match part {
            Chunk::Text(text) => scan.text(text, matches!(before, Some(Chunk::Tag(_) | Chunk::Comment(_)))),
            Chunk::Expression(code) => scan.expression(code),
            Chunk::Tag(code) => {
                bind(code, &mut scan.scopes);
                mentions(code, scan.line, &scan.scopes, &mut scan.out.found);
                let opens = tag_words(code).next() == Some("for");
                scan.tag(code, if opens { rounds.next().unwrap_or_default() } else { 0 });
            }
            Chunk::Comment(code) => scan.tag(code, 0),
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
    Value(&'s str, Found),
    /// A tag, with what it mentions.
    Tag(&'s str, Found),
}

/// The stretches of a body, each with the line (from 1) on which it begins.
pub(super) fn stretches(body: &str) -> Vec<(u32, Shown<'_>)> {
    let mut out = Vec::new();
    let mut scopes = Vec::new();
    let mut line = 1;
    for part in split(body) {
        let mut found = Found::default();
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
    /// How many blocks that catch what stands in them are open.
    caught: usize,
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
        mentions(code, self.line, &self.scopes, &mut self.out.found);
        self.mark(mark::VALUE);
        self.code(code, 0);
        self.line += newlines(code);
    }

    /// A tag or a comment, which leaves nothing in the text.
    fn tag(&mut self, code: &str, rounds: u64) {
        if code.starts_with("{%") {
            self.code(code, rounds);
            match tag_words(code).next() {
                Some("endset" | "endfilter") => self.caught = self.caught.saturating_sub(1),
                _ => self.caught += usize::from(bounded::catches(code)),
            }
        } else {
            self.out.source.push_str(code);
        }
        self.line += newlines(code);
        self.only_tags = !self.has_text;
    }

    /// A tag or an expression as Tera is to have it.
    fn code(&mut self, code: &str, rounds: u64) {
        self.out.refused.extend(bounded::refused(code).map(|what| (what, self.line)));
        let mut plain = String::with_capacity(code.len() + 8);
        named(code, &mut plain);
        bounded(&plain, Stand { rounds, is_caught: self.caught > 0 }, &mut self.out.source);
    }
}

/// What stands in each loop of a body, in their order, without the loops in it, in steps.
fn rounds(parts: &[Chunk<'_>]) -> Vec<u64> {
    let mut out: Vec<u64> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for part in parts {
        let (Chunk::Text(code) | Chunk::Expression(code) | Chunk::Tag(code) | Chunk::Comment(code)) = part;
        if let Some(&inner) = open.last() {
            out[inner] += bounded::weight(code);
        }
        if let Chunk::Tag(code) = part {
            match tag_words(code).next() {
                Some("for") => {
                    open.push(out.len());
                    out.push(1);
                }
                Some("endfor") => _ = open.pop(),
                _ => {}
            }
        }
    }
    out
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
        if code.contains("raw")
            && tag_words(code).next() == Some("raw")
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
    let (bytes, close) = (body.as_bytes(), close.as_bytes());
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' | b'`' => at += string_len(&body[at..])?,
            _ if bytes[at..].starts_with(close) => return Some(at + close.len()),
            _ => at += 1,
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
        assert_eq!(shown("{{ \"}}\" }}甲"), "‹1›{{ (\"}}\")|weighed }}«1»甲");
        assert_eq!(shown("{% raw %}{{ x }}{% endraw %}"), "{% raw %}«1»{{ x }}{% endraw %}");
    }

    #[test]
    fn the_first_argument_of_a_phrase_need_not_be_named() {
        assert_eq!(shown("{{ phrase(\"a.b\", x=y) }}"), "‹1›{{ (phrase(id=\"a.b\", x=y))|weighed }}");
        assert_eq!(shown("{{ phrase(id=\"a.b\") }}"), "‹1›{{ (phrase(id=\"a.b\"))|weighed }}");
        assert_eq!(
            shown("{{ a | else(phrase(\"a.b\")) }}"),
            "‹1›{{ (a |weighed | else(x=phrase(id=\"a.b\")))|weighed }}"
        );
        let calls =
            scan("{{ phrase(\"a.b\", each=tasks, room=3, who=b | else(phrase(\"c.d\"))) }}", 1).found.phrases;
        let calls: Vec<_> = calls.iter().map(|c| (&*c.id, &*c.arguments, c.each.as_deref())).collect();
        assert_eq!(calls, [("c.d", &[][..], None), ("a.b", &["who".to_owned()][..], Some("tasks"))]);
    }

    #[test]
    fn a_variable_that_holds_a_number_or_a_string_is_no_fact() {
        let body = "{% set n = 0 %}{% set w = \"\" %}{% for u in units %}{% set_global n = loop.index %}{% endfor %}{{ n }}{{ w }}";
        let paths: Vec<_> = scan(body, 1).found.paths.into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["units[]", "units"]);
    }

    #[test]
    fn facts_are_listed_with_loops_resolved() {
        let body = "{% for t in tasks %}\n{{ t.name | bare }}，{% for d in t.detail %}{{ d }}{% endfor %}\n{% endfor %}\n{% set w = work.name %}{{ w }}{{ phrase(id=\"a.b\", x=meeting.place | names(last=\"和\")) }}";
        let scanned = scan(body, 1);
        let paths: Vec<_> = scanned.found.paths.iter().map(|(p, l)| format!("{p}@{l}")).collect();
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
            scanned.found.phrases,
            [crate::draft::tag::Call {
                id: "a.b".to_owned(),
                line: 4,
                arguments: vec!["x".to_owned()],
                each: None
            }]
        );
    }

    #[test]
    fn a_key_in_quotation_marks_is_a_step_of_the_path() {
        let scanned =
            scan("{{ more[\"完成投资\"] | bare }}{{ more['a'] }}{{ tasks[0].name }}{{ \"x[\" }}", 1);
        let paths: Vec<_> = scanned.found.paths.iter().map(|(p, _)| p.as_str()).collect();
        assert_eq!(paths, ["more.完成投资", "more.a", "tasks[].name"]);
    }
}
