//! Template language that was never rendered (未渲染的模板): `{{ 会议.时间 }}`, `{% if … %}`, `${name}`,
//! `<%= title %>`, `{{#议程}}`, and the tags of page builders: `[!--newstext--]`, `<#list 成员 as m>`, `[标签:介绍]`.

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::Lack;

/// What opens an expression or a statement.
pub(super) const TRIGGERS: &[&str] =
    &["{{", "{%", "${", "<%", "{#", "#{", "{$", "<#", "</#", "[!--", "[标签", "%d", "%s"];

/// What closes each of them.
const CLOSES: &[&str] = &["}}", "%}", "}", "%>", "#}", "}", "}", ">", ">", "--]", "]"];

/// Looks at the expression that opens at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let text = page.after(at);
    if let Some(rest) = text.strip_prefix("%d").or(text.strip_prefix("%s")) {
        let latin = |c: char| c.is_ascii_alphanumeric();
        let real = !rest.starts_with(latin) && !page.before(at).ends_with(latin);
        let range = at..at + 2;
        let suspect = real.then(|| Suspect {
            range: range.clone(),
            verdict: Verdict::Sure,
            lack: Lack::Unknown,
            notation: Notation::Template,
        });
        return Judged { suspect, resume: range.end };
    }
    let pair = TRIGGERS.iter().zip(CLOSES).find(|(open, _)| text.starts_with(**open));
    let Some((&open, &close)) = pair else { return Judged::none(at + 1) };
    let inside = &text[open.len()..];
    let Some(len) = inside.find(close) else { return Judged::none(at + 1) };
    let words = inside[..len].trim();
    let range = at..at + open.len() + len + close.len();
    // {{< figure >}} and {{Macro("x")}} on lines of their own are the site builder's furniture.
    let alone = page.opens_line(at) && page.ends_line(range.end);
    let furniture = open == "{{"
        && (words.starts_with(['<', '%'])
            || words.starts_with("/*")
            || alone && words.contains('(') && !words.contains(is_han));
    let name = |w: &str| {
        !w.is_empty() && w.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ' '))
    };
    let real = match open {
        "${" | "#{" | "{$" => name(words),
        "[标签" => words.starts_with([':', '：']),
        _ => !words.is_empty(),
    };
    let suspect = (real && !furniture).then(|| Suspect {
        range: range.clone(),
        verdict: Verdict::Sure,
        lack: Lack::Unknown,
        notation: Notation::Template,
    });
    Judged { suspect, resume: range.end }
}
