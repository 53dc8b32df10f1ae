//! `--format html`: one page with the findings beside the text, for whoever has no terminal.
//!
//! Everything is in the file: it opens from a memory stick, loads nothing and says so to the
//! browser (a content security policy). Both languages are in it. The text is shown in full, since
//! a finding is judged by what stands round it; browsers leave out what is off the screen, so a
//! long document costs them little. A draft may hold `<script>`: all words are escaped, and none
//! reaches the page's own script.

use std::collections::BTreeSet;

use super::spot::Spot;
use super::{Checked, Document, Report, View, homeless, pair, remedy};
use crate::base::{Lang, Place, Problem, Result, Text, lines::Walk, place::column_name};
use crate::model::{BlockKind, Finding, Severity};
use crate::rules::about;
use crate::text;

mod files;

/// The report.
pub struct Html;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Nothing from outside, nothing sent anywhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

static TITLE: Text = Text::fixed("文稿检查结果", "Report of a check");

impl Report for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm"]
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        let (tag, lang) = match view.lang {
            Lang::Zh => ("zh-CN", "zh"),
            Lang::En => ("en", "en"),
        };
        let title = TITLE.in_lang(view.lang);
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{tag}\" data-lang=\"{lang}\" data-title-zh=\"{}\" data-title-en=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
            TITLE.zh, TITLE.en
        );
        top(checked, view, &mut out);
        out.push_str("<main>\n");
        files::table(checked, &mut out);
        for (n, document) in checked.documents.iter().enumerate() {
            if !document.findings.is_empty() {
                section(n, document, &mut out);
            }
        }
        out.push_str(&format!("</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
        Ok(out.into_bytes())
    }
}

/// Words as a page may hold them, in text and in attributes.
pub(super) fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // What HTML does not allow at all.
            '\0' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// A sentence in both languages, of which the page shows one.
fn both(words: &Text) -> String {
    if words.zh == words.en {
        return escape(&words.zh);
    }
    let (zh, en) = (escape(&words.zh), escape(&words.en));
    format!("<span class=\"zh\" lang=\"zh-CN\">{zh}</span><span class=\"en\" lang=\"en\">{en}</span>")
}

/// Title, counts, filters and the switch of languages.
fn top(checked: &Checked, view: View, out: &mut String) {
    out.push_str(&format!(
        "<header class=\"top\">\n<h1>{}</h1>\n<form id=\"filter\">\n<fieldset>\n",
        both(&TITLE)
    ));
    out.push_str(&format!("<legend>{}</legend>\n", both(&Text::fixed("程度", "Severity"))));
    let counts = checked.summary();
    for (name, severity) in Severity::ALL {
        let count = counts.get(&severity).copied().unwrap_or_default();
        let on = if severity == Severity::Info && !view.info { "" } else { " checked" };
        out.push_str(&format!(
            "<label><input type=\"checkbox\" name=\"severity\" value=\"{name}\"{on}> {} {count}</label>\n",
            both(&severity.label())
        ));
    }
    out.push_str("</fieldset>\n");
    let rules: BTreeSet<&str> = checked.documents.iter().flat_map(|d| &d.findings).map(|f| f.rule).collect();
    // An option holds no elements, so the script puts the words of the language in.
    let all = Text::fixed("全部规则", "all rules");
    out.push_str(&format!(
        "<label for=\"rule\" class=\"seen\">{}</label>\n<select id=\"rule\">\n<option value=\"\" data-zh=\"{}\" data-en=\"{}\">{}</option>\n",
        both(&Text::fixed("规则", "Rule")),
        all.zh,
        all.en,
        all.in_lang(view.lang)
    ));
    for rule in rules {
        let rule = escape(rule);
        out.push_str(&format!("<option value=\"{rule}\">{rule}</option>\n"));
    }
    out.push_str("</select>\n");
    out.push_str(&format!(
        "<span><span class=\"seen\">{}</span><output id=\"count\" aria-live=\"polite\"></output></span>\n</form>\n",
        both(&Text::fixed("显示", "Shown"))
    ));
    let down = Text::fixed("下一处", "next");
    let up = Text::fixed("上一处", "previous");
    out.push_str(&format!(
        "<span class=\"keys\"><kbd>j</kbd> {} · <kbd>k</kbd> {}</span>\n<button id=\"lang\" type=\"button\"><span class=\"zh\" lang=\"en\">English</span><span class=\"en\" lang=\"zh-CN\">中文</span></button>\n</header>\n",
        both(&down),
        both(&up)
    ));
}

/// A document with findings: its text, and the findings beside it.
fn section(n: usize, document: &Document, out: &mut String) {
    let characters = document.characters;
    let found = document.findings.len();
    let size = text!("{characters}字，{found}处问题", "{characters} characters, {found} findings");
    out.push_str(&format!(
        "<section class=\"document\" aria-labelledby=\"d{n}\">\n<h2 id=\"d{n}\">{}<small>{}</small></h2>\n",
        escape(&document.path),
        both(&size)
    ));
    notes(document, out);
    out.push_str("<div class=\"two\">\n<div class=\"text\" lang=\"zh-CN\">\n");
    paragraphs(n, document, out);
    out.push_str("</div>\n<ol class=\"findings\">\n");
    let mut walk = Walk::of(document.manuscript.text());
    for (index, finding) in document.ranked() {
        card(n, index, document, finding, &mut walk, out);
    }
    out.push_str("</ol>\n</div>\n</section>\n");
}

/// What a person should know of how a document was read, a paragraph each.
fn notes(document: &Document, out: &mut String) {
    let homeless = document.homeless.then(|| homeless(1, 1));
    for note in document.notes.iter().chain(&homeless) {
        out.push_str(&format!("<p class=\"plain\">{}</p>\n", both(&problem(note))));
    }
}

fn problem(problem: &Problem) -> Text {
    Text::new(problem.in_lang(Lang::Zh), problem.in_lang(Lang::En))
}

/// The text by lines, the findings marked. Where findings overlap, a stretch names all of them.
fn paragraphs(n: usize, document: &Document, out: &mut String) {
    let text = document.manuscript.text();
    let mut marks =
        Marks { n, findings: &document.findings, next: 0, active: Vec::new(), numbered: BTreeSet::new() };
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let number = match document.manuscript.place(start) {
            Some(Place::Paragraph(n)) => n.to_string(),
            Some(Place::Cell { row, column, .. }) => format!("{}{row}", column_name(*column)),
            Some(Place::Page { page, line }) => format!("{page}:{line}"),
            _ => (index + 1).to_string(),
        };
        let class = match document.manuscript.block(start).map(|b| b.kind) {
            Some(
                BlockKind::Masthead
                | BlockKind::Title
                | BlockKind::Subtitle
                | BlockKind::Heading(_)
                | BlockKind::Caption
                | BlockKind::Annex,
            ) => " class=\"head\"",
            _ if text[start..end].trim().is_empty() => " class=\"gap\"",
            _ => "",
        };
        out.push_str(&format!("<p data-n=\"{number}\"{class}>"));
        let mut from = start;
        while from < end {
            let to = marks.reach(from, end);
            marks.stretch(&text[from..to], to, out);
            from = to;
        }
        out.push_str("</p>\n");
        start += line.len();
    }
}

/// The findings of a document as its text is gone through.
struct Marks<'d> {
    /// The number of the document.
    n: usize,
    findings: &'d [Finding],
    /// The first that has not begun.
    next: usize,
    /// Those that have begun and not ended.
    active: Vec<usize>,
    /// Those whose number stands in the text already.
    numbered: BTreeSet<usize>,
}

impl Marks<'_> {
    /// The next place after `from`, up to `end`, where a finding begins or ends.
    fn reach(&mut self, from: usize, end: usize) -> usize {
        let findings = self.findings;
        self.active.retain(|&f| findings[f].range.end > from);
        while let Some(finding) = findings.get(self.next).filter(|f| f.range.start <= from) {
            if finding.range.end > from {
                self.active.push(self.next);
            }
            self.next += 1;
        }
        let ends = self.active.iter().map(|&f| findings[f].range.end);
        let begins = findings.get(self.next).map(|f| f.range.start);
        ends.chain(begins).chain([end]).min().unwrap_or(end).min(end)
    }

    /// Words that end at the byte `to`, marked with the findings that are on them.
    fn stretch(&mut self, words: &str, to: usize, out: &mut String) {
        let (n, words) = (self.n, escape(words));
        if self.active.is_empty() {
            out.push_str(&words);
            return;
        }
        let worst = self.active.iter().map(|&f| self.findings[f].severity).max();
        let worst = worst.unwrap_or(Severity::Info).name();
        let ids: Vec<_> = self.active.iter().map(|f| format!("f{n}-{f}")).collect();
        let ending: Vec<_> = self
            .active
            .iter()
            .filter(|&&f| self.findings[f].range.end <= to && self.numbered.insert(f))
            .map(|f| (f + 1).to_string())
            .collect();
        let no = match ending.is_empty() {
            true => String::new(),
            false => format!(" data-no=\"{}\"", ending.join(",")),
        };
        out.push_str(&format!("<mark class=\"{worst}\" data-f=\"{}\"{no}>{words}</mark>", ids.join(" ")));
    }
}

/// One finding: severity, rule and place as a button, then what is wrong and what to do.
fn card(
    n: usize,
    index: usize,
    document: &Document,
    finding: &Finding,
    walk: &mut Walk<'_>,
    out: &mut String,
) {
    let severity = finding.severity.name();
    let place = Spot::of(document, finding, walk).label();
    let rule = escape(finding.rule);
    let number = index + 1;
    out.push_str(&format!(
        "<li class=\"card {severity}\" id=\"f{n}-{index}\" data-severity=\"{severity}\" data-rule=\"{rule}\">\n<button type=\"button\" aria-describedby=\"m{n}-{index}\"><span>{number}</span><b>{}</b><span>{rule}</span><span>{}</span></button>\n<p id=\"m{n}-{index}\">{}</p>\n",
        both(&finding.severity.label()),
        both(&place),
        both(&finding.message)
    ));
    for (at, note) in &finding.notes {
        let at = at.as_ref().map(|p| {
            let label = p.label();
            both(&Text::new(format!("{}：", label.zh), format!("{}: ", label.en)))
        });
        let at = at.unwrap_or_default();
        out.push_str(&format!("<p class=\"aside\">{at}{}</p>\n", both(note)));
    }
    sides(document, finding, out);
    if let Some(help) = &finding.help {
        out.push_str(&format!("<p class=\"aside\">{}</p>\n", both(help)));
    }
    if let Some(fix) = finding.fix.as_ref().filter(|_| !remedy::is_said(finding)) {
        let line = if fix.text.is_empty() {
            both(&Text::fixed("可以删除", "may be deleted"))
        } else {
            format!("{} <ins>{}</ins>", both(&Text::fixed("可改成", "may become")), escape(&fix.text))
        };
        out.push_str(&format!("<p class=\"aside\">{line}</p>\n"));
    }
    if let Some(about) = about(finding.rule) {
        let (what, goes_by) = (Text::fixed("依据：", "goes by: "), about.authority.cited());
        out.push_str(&format!("<p class=\"aside by\">{}{}</p>\n", both(&what), both(&goes_by)));
    }
    out.push_str("</li>\n");
}

/// A copied passage and its source, what differs marked on both sides.
fn sides(document: &Document, finding: &Finding, out: &mut String) {
    let Some(theirs) = pair::source(finding) else { return };
    let (ours, theirs) = pair::pair(&document.manuscript.text()[finding.range.clone()], &theirs);
    for (name, parts) in [(Text::fixed("本文", "here"), ours), (Text::fixed("原文", "there"), theirs)] {
        let words: String = parts
            .iter()
            .map(|&(words, differs)| {
                let words = escape(words);
                if differs { format!("<em>{words}</em>") } else { words }
            })
            .collect();
        out.push_str(&format!(
            "<details class=\"side\"><summary>{}</summary><p lang=\"zh-CN\">{words}</p></details>\n",
            both(&name)
        ));
    }
}

#[cfg(test)]
mod tests;
