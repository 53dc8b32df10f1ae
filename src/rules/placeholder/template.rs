//! Template language that was never rendered (未渲染的模板): `{{ 会议.时间 }}`, `{% if … %}`, `${name}`,
//! `<%= title %>`.

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::Lack;

/// What opens an expression or a statement.
pub(super) const TRIGGERS: &[&str] = &["{{", "{%", "${", "<%", "{#", "#{"];

/// Looks at the expression that opens at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let text = page.after(at);
    let (open, close) = match text.get(..2) {
        Some("{{") => ("{{", "}}"),
        Some("{%") => ("{%", "%}"),
        Some("<%") => ("<%", "%>"),
        Some("{#") => ("{#", "#}"),
        Some("#{") => ("#{", "}"),
        _ => ("${", "}"),
    };
    let Some(len) = text.get(2..).and_then(|t| t.find(close)) else { return Judged::none(at + 1) };
    let words = text[2..2 + len].trim();
    let range = at..at + 2 + len + close.len();
    // {{< figure >}} and {{Macro("x")}} on lines of their own are the site builder's furniture.
    let alone = page.opens_line(at) && page.ends_line(range.end);
    let furniture = open == "{{"
        && (words.starts_with(['<', '%', '#', '/'])
            || alone && words.contains('(') && !words.contains(is_han));
    let name = |w: &str| {
        !w.is_empty() && w.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ' '))
    };
    let real = if matches!(open, "${" | "#{") { name(words) } else { !words.is_empty() };
    let suspect = (real && !furniture).then(|| Suspect {
        range: range.clone(),
        verdict: Verdict::Sure,
        lack: Lack::Unknown,
        notation: Notation::Template,
    });
    Judged { suspect, resume: range.end }
}
