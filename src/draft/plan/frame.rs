//! The political frame (依据、指导思想、会议精神): an office's current lines (常用表述) that are valid on the
//! day of the document. One that has run out is told and not used, since nobody sees its date in a text.

use crate::base::Text;
use crate::base::han::Date;
use crate::model::facts::{Facts, Value};
use crate::text;

/// The lines of a document, by their index in 常用表述.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::draft) struct Frame {
    /// What it rests on (依据), what guides it (指导思想), what it carries out (会议精神).
    pub basis: Vec<usize>,
    pub guide: Vec<usize>,
    pub spirit: Vec<usize>,
    /// Lines that are not valid on the day: index, and why.
    pub left_out: Vec<(usize, Text)>,
}

/// The lines of these facts. Without a day of the document none can have run out.
pub(in crate::draft) fn frame(facts: &Facts) -> Frame {
    let mut frame = Frame::default();
    let date = |path: &str| facts.get(path)?.value.date();
    let today = date("document.date").or_else(|| date("meeting.date"));
    let Some(Value::List(lines)) = facts.root.get("wordings").map(|f| &f.value) else { return frame };
    for (index, line) in lines.iter().enumerate() {
        let Value::Record(line) = &line.value else { continue };
        let words = line.get("text").and_then(|f| f.value.text()).unwrap_or_default();
        if words.is_empty() {
            continue;
        }
        let day = |id: &str| line.get(id)?.value.date();
        let (from, until) = (day("from"), day("until"));
        if let (Some(today), Some(until)) = (today, until)
            && is_after(today, until)
        {
            frame.left_out.push((index, text!(
                "常用表述“{words}”到{until}为止，这次没有用：核对原文，换上现行的",
                "the set words “{words}” were valid until {until} and are not used: check the source and put the current ones in their place"
            )));
            continue;
        }
        if let (Some(today), Some(from)) = (today, from)
            && from > today
        {
            frame.left_out.push((
                index,
                text!(
                    "常用表述“{words}”从{from}起才用，这次没有用",
                    "the set words “{words}” are valid from {from} on and are not used yet"
                ),
            ));
            continue;
        }
        match line.get("use").and_then(|f| f.value.text()).as_deref() {
            Some("依据") => frame.basis.push(index),
            Some("指导思想") => frame.guide.push(index),
            Some("会议精神") => frame.spirit.push(index),
            _ => {}
        }
    }
    frame
}

/// Whether a day lies after a last one, which may be a whole month or year.
fn is_after(day: Date, last: Date) -> bool {
    day > last.last_day()
}
