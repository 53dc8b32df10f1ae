//! The table with which the page opens: every path that was given, what became of it, what was found,
//! what was not read and why. A page that showed findings alone would pass the rest off as clean.

use super::{both, escape, notes, problem};
use crate::base::{Error, Text};
use crate::model::Severity;
use crate::report::{Checked, Document, State};
use crate::text;

/// Writes the section.
pub(super) fn table(checked: &Checked, out: &mut String) {
    let states = checked.states();
    let count = |state: State| states[&state];
    let (whole, part, unread) = (count(State::Checked), count(State::Part), count(State::Unread));
    let size = text!(
        "查全{whole}个，只查了一部分{part}个，没有读成{unread}个",
        "{whole} checked, {part} in part, {unread} not read"
    );
    let title = Text::fixed("文件", "Files");
    out.push_str(&format!(
        "<section class=\"files\" aria-labelledby=\"files\">\n<h2 id=\"files\">{}<small>{}</small></h2>\n",
        both(&title),
        both(&size)
    ));
    for line in checked.conditions() {
        out.push_str(&format!("<p class=\"plain\">{}</p>\n", both(&line)));
    }
    out.push_str("<table>\n<thead><tr>");
    let heads = [
        Text::fixed("文件", "File"),
        Text::fixed("状态", "State"),
        Severity::Error.label(),
        Severity::Warning.label(),
        Severity::Info.label(),
        Text::fixed("说明", "Notes"),
    ];
    for head in heads {
        out.push_str(&format!("<th scope=\"col\">{}</th>", both(&head)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (n, document) in checked.documents.iter().enumerate() {
        row(n, document, out);
    }
    for (path, error) in &checked.unread {
        unread_row(path, error, out);
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

/// A document: with findings, its name leads to them; without, its notes stand here alone.
fn row(n: usize, document: &Document, out: &mut String) {
    let counts = document.counts();
    let state = document.state();
    let name = escape(&document.path);
    let name = match document.findings.is_empty() {
        true => name,
        false => format!("<a href=\"#d{n}\">{name}</a>"),
    };
    out.push_str(&format!("<tr class=\"{}\"><td>{name}</td><td>{}</td>", state.name(), both(&state.label())));
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        out.push_str(&format!("<td class=\"n\">{}</td>", counts[&severity]));
    }
    out.push_str("<td>");
    if document.findings.is_empty() {
        notes(document, out);
    } else if let Some(list) = document.left_out() {
        out.push_str(&both(&list));
    }
    out.push_str("</td></tr>\n");
}

fn unread_row(path: &str, error: &Error, out: &mut String) {
    let state = State::Unread;
    out.push_str(&format!(
        "<tr class=\"{}\"><td>{}</td><td>{}</td><td class=\"n\"></td><td class=\"n\"></td><td class=\"n\"></td><td>",
        state.name(),
        escape(path),
        both(&state.label())
    ));
    for one in error.problems() {
        out.push_str(&format!("<p class=\"plain\">{}</p>\n", both(&problem(one))));
    }
    out.push_str("</td></tr>\n");
}
