//! Set terms in the company of another's verb: 做到“两个确立”, 拥护“两个维护”.

use super::{Page, hit};
use crate::base::Text;
use crate::base::lexicon::term_clash as lexicon;
use crate::model::Finding;
use crate::text;

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let text = page.text;
    let mut found = Vec::new();
    for (term, right, verbs) in lexicon::COMPANY {
        for (at, _) in text.match_indices(*term) {
            let before = text[..at].trim_end_matches(['“', '"']);
            // 拥护“两个确立”、做到“两个维护”: a verb reaches only its own term.
            let Some(verb) = verbs.iter().find(|v| before.ends_with(**v)) else { continue };
            let start = before.len() - verb.len();
            let close = if text[at + term.len()..].starts_with('”') { '”'.len_utf8() } else { 0 };
            let range = start..at + term.len() + close;
            // 坚定“四个自信”“四个意识” is loose, and no slip.
            if page.is_quoted(&range) {
                continue;
            }
            let words = &text[range.clone()];
            let message = text!(
                "“{words}”搭配有误，“{term}”前面是“{right}”",
                "“{words}”: with “{term}” goes “{right}”"
            );
            let help =
                Text::fixed("查是不是写颠倒了，改成固定的搭配", "see whether two terms have changed places");
            found.push(hit(range, message, help));
        }
    }
    found
}
