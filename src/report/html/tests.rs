//! The page of drafts that are out to break it.

use super::Html;
use crate::base::Text;
use crate::model::{Finding, Severity};
use crate::read::read;
use crate::report::{Checked, Document, Report, View};

fn page(text: &str, findings: &[(&str, Severity)]) -> String {
    let finding = |&(words, severity): &(&str, Severity)| {
        let start = text.find(words).unwrap();
        Finding::new(
            "placeholder",
            severity,
            start..start + words.len(),
            Text::new(format!("“{words}”没有填"), format!("“{words}” is blank")),
        )
        .help(Text::fixed("补上", "fill it in"))
        .fix("<b>".to_owned())
    };
    let mut findings: Vec<_> = findings.iter().map(finding).collect();
    findings.sort_by_key(|f| (f.range.start, f.range.end));
    let manuscript = read("a.txt", text.as_bytes()).unwrap();
    let documents = vec![Document::new("a\"><img src=x>.txt".to_owned(), manuscript, findings)];
    let checked = Checked { documents, ..Checked::default() };
    String::from_utf8(Html.write(&checked, View::default()).unwrap()).unwrap()
}

/// The page without its own style and script.
fn body(page: &str) -> String {
    let (_, rest) = page.split_once("</style>").unwrap();
    let (body, _) = rest.split_once("<script>\n\"use strict\"").unwrap();
    body.to_owned()
}

#[test]
fn nothing_of_a_draft_becomes_markup() {
    let page = page("</p><script>alert(1)</script>x万元&amp;\n", &[("<script>", Severity::Error)]);
    let body = body(&page);
    for bad in ["<script", "<img", "<b>x", "<ins><b>"] {
        assert!(!body.contains(bad), "{bad}: {body}");
    }
    assert!(
        body.contains("<mark class=\"error\" data-f=\"f0-0\" data-no=\"1\">&lt;script&gt;</mark>"),
        "{body}"
    );
    assert!(body.contains("&amp;amp;"));
}

#[test]
fn nothing_is_loaded_from_outside() {
    let page = page("投入x万元", &[("x", Severity::Error)]);
    for outside in ["http://", "https://", "<img", "<link", "<script ", "@import", "url(", "fetch("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn findings_that_overlap_or_cross_lines_are_all_marked() {
    let text = "甲乙丙丁\n戊己庚\n";
    let page =
        page(text, &[("乙丙丁\n戊", Severity::Warning), ("丙", Severity::Error), ("丙丁", Severity::Info)]);
    let body = body(&page);
    let marks: Vec<_> = body.matches("<mark").collect();
    assert_eq!(marks.len(), 4, "{body}");
    assert!(body.contains("data-f=\"f0-0 f0-1 f0-2\" data-no=\"2\">丙</mark>"), "{body}");
    assert!(
        body.contains("<mark class=\"warning\" data-f=\"f0-0 f0-2\" data-no=\"3\">丁</mark></p>"),
        "{body}"
    );
    assert!(
        body.contains("<mark class=\"warning\" data-f=\"f0-0\" data-no=\"1\">戊</mark>己庚</p>"),
        "{body}"
    );
    // Taken out of its marks, the text is what it was.
    let text_part = body.split_once("<div class=\"text\"").unwrap().1.split_once("</div>").unwrap().0;
    let mut plain = String::new();
    let mut inside = true;
    for c in text_part.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    assert_eq!(plain.trim(), text.trim());
}
