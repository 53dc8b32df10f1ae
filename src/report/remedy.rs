//! What to do about a finding, said once: a rule's own words and the change that it offers are often
//! the same thing.

use super::cut;
use crate::base::Text;
use crate::model::Finding;
use crate::text;

/// The change that a finding offers, unless what the rule says of it names the change already.
/// `columns` is how much of it is shown.
pub(super) fn change(finding: &Finding, columns: usize) -> Option<Text> {
    let fix = finding.fix.as_ref().filter(|_| !is_said(finding))?;
    let new = cut(&fix.text, columns);
    Some(if new.is_empty() {
        Text::fixed("可以删去", "can be deleted")
    } else {
        text!("可改为“{new}”", "could be “{new}”")
    })
}

/// Whether the rule's own words name the change.
pub(super) fn is_said(finding: &Finding) -> bool {
    let (Some(fix), Some(help)) = (&finding.fix, &finding.help) else { return false };
    match fix.text.is_empty() {
        true => help.zh.contains("删去") || help.zh.contains("删除") || help.zh.contains("删掉"),
        false => help.zh.contains(&format!("“{}”", fix.text)),
    }
}

/// All that there is to do, a line each: the rule's words, then the change that they do not name.
pub(super) fn remedies(finding: &Finding, columns: usize) -> Vec<Text> {
    finding.help.clone().into_iter().chain(change(finding, columns)).collect()
}

#[cfg(test)]
mod tests {
    use super::remedies;
    use crate::base::Text;
    use crate::model::{Finding, Severity};

    fn said(help: Option<&'static str>, fix: &str) -> Vec<String> {
        let finding =
            Finding::new("punctuation", Severity::Warning, 0..1, Text::same("")).fix(fix.to_owned());
        let help = help.map(|help| Text::fixed(help, help));
        remedies(&finding.help(help), 60).into_iter().map(|text| text.zh.into_owned()).collect()
    }

    #[test]
    fn a_change_that_the_rule_names_is_not_offered_a_second_time() {
        assert_eq!(said(Some("改为“，”"), "，"), ["改为“，”"]);
        assert_eq!(said(Some("删去一个"), ""), ["删去一个"]);
        assert_eq!(said(Some("核对原文"), "，"), ["核对原文", "可改为“，”"]);
        assert_eq!(said(None, "，"), ["可改为“，”"]);
        assert_eq!(said(None, ""), ["可以删去"]);
    }
}
