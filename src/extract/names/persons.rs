//! Persons: by the office that they hold, or by what they do.

use super::around::Around;
use super::call::{Call, own};
use super::words::verb;
use crate::base::lexicon::extract as lexicon;

impl Around<'_> {
    /// 县委书记×同志, ×县长: by the office.
    pub(super) fn holder(&self) -> Option<Call> {
        /// Offices of which a locality has one.
        const ONE: &[&str] = &["书记", "县长", "市长", "区长", "州长", "旗长", "镇长", "乡长"];
        // The slot before may hold the 县 of 县委书记.
        let before = self.paragraph.text[..self.slot().range.start].trim_end();
        let office = match lexicon::OFFICES.iter().find(|o| before.ends_with(**o)) {
            Some(office) => {
                let body = &before[..before.len() - office.len()];
                let body = lexicon::BODIES.iter().find(|b| body.ends_with(**b)).copied().unwrap_or_default();
                format!("{body}{office}")
            }
            None => (*lexicon::OFFICES.iter().find(|o| self.right().starts_with(**o))?).to_owned(),
        };
        let one = ONE.iter().any(|o| office == *o || office.ends_with("委书记") && *o == "书记");
        let key = format!("{office}姓名");
        Some(own(&key, (one && !self.in_row()).then(|| office.clone())))
    }

    /// x同志通报…: by what somebody does.
    pub(super) fn doer(&self) -> Call {
        let key = self.person();
        let verb = verb(self.after_row());
        let asked = self.left().ends_with('请');
        let again =
            ["刚才", "从刚才", "刚刚"].iter().any(|w| self.left().trim_end_matches(['，', ',']).ends_with(w));
        let once =
            verb.filter(|v| (asked || again) && !self.in_row() && self.document.asked_once.contains(v));
        own(&key, once.map(str::to_owned))
    }

    pub(super) fn person(&self) -> String {
        match verb(self.after_row()) {
            Some(verb @ ("组长" | "副组长")) => verb.to_owned(),
            Some(verb) => format!("{verb}同志"),
            None => "同志".to_owned(),
        }
    }
}
