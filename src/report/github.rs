//! `--format github`: workflow commands, which GitHub shows beside the lines of a pull request.
//!
//! The format is that of <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>:
//! `::error file=…,line=…,col=…::message`, with `%`, line ends and, in properties, `:` and `,`
//! written as percent codes. A paragraph of a .docx is no line of a file, so it is named in the
//! message instead.

use super::json::without_path;
use super::spot::Spot;
use super::{Checked, Report, State, View};
use crate::base::visible::visible;
use crate::base::{Lang, Place, Result, lines::Walk};
use crate::model::Severity;

/// The report.
pub struct Github;

impl Report for Github {
    fn name(&self) -> &'static str {
        "github"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "log"]
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        let mut out = String::new();
        for document in &checked.documents {
            let mut walk = Walk::of(document.manuscript.text());
            let file = property(&document.path.replace('\\', "/"));
            if let Some(gaps) = document.left_out() {
                let title = property(document.state().label().in_lang(view.lang));
                out.push_str(&format!(
                    "::notice file={file},title={title}::{}\n",
                    data(gaps.in_lang(view.lang))
                ));
            }
            for (_, finding) in document.ranked() {
                let command = match finding.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Info => "notice",
                };
                let (place, line) = match document.manuscript.place(finding.range.start) {
                    Some(Place::Paragraph(_) | Place::Cell { .. } | Place::Page { .. }) => {
                        (String::new(), Some(Spot::of(document, finding, &mut walk).label()))
                    }
                    _ => {
                        let (_, at) = walk.to(finding.range.start);
                        (format!(",line={},col={}", at.line, at.column), None)
                    }
                };
                let mut message = finding.message.in_lang(view.lang).to_owned();
                if let Some(paragraph) = line {
                    let colon = if view.lang == Lang::Zh { "：" } else { ": " };
                    message = format!("{}{colon}{message}", paragraph.in_lang(view.lang));
                }
                if let Some(help) = &finding.help {
                    message.push('\n');
                    message.push_str(help.in_lang(view.lang));
                }
                let (title, message) = (property(finding.rule), data(&message));
                out.push_str(&format!("::{command} file={file}{place},title={title}::{message}\n"));
            }
        }
        let level = if checked.accepted { "warning" } else { "error" };
        for (path, error) in &checked.unread {
            let file = property(&path.replace('\\', "/"));
            let title = property(State::Unread.label().in_lang(view.lang));
            let message = data(&without_path(error, view.lang));
            out.push_str(&format!("::{level} file={file},title={title}::{message}\n"));
        }
        Ok(out.into_bytes())
    }
}

fn data(words: &str) -> String {
    visible(words).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(words: &str) -> String {
    data(words).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_would_end_a_command_is_written_as_a_code() {
        assert_eq!(data("增长5%：\r\n甲,乙"), "增长5%25：%0A甲,乙");
        assert_eq!(data("\x1b]0;\r::error::"), "␛]0;␍::error::");
        assert_eq!(property("drafts/a,b:c.txt"), "drafts/a%2Cb%3Ac.txt");
    }
}
