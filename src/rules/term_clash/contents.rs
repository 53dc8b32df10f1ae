//! An abbreviation that is explained with what another stands for: “双创”：减轻义务教育阶段学生作业负担.

use super::{Page, hit};
use crate::base::Text;
use crate::base::lexicon::term_clash as lexicon;
use crate::model::Finding;
use crate::text;

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    /// Bytes of an explanation.
    const LONGEST: usize = 300;
    let text = page.text;
    let mut found = Vec::new();
    for (term, own) in lexicon::CONTENTS {
        for (at, _) in text.match_indices(*term) {
            let end = at + term.len();
            // “两重”“两新”：…: both are explained.
            let head = text[..at].trim_end_matches(['“', '"', '”', '、', '和']);
            if lexicon::CONTENTS.iter().any(|(name, _)| head.ends_with(name)) {
                continue;
            }
            let rest = text[end..].strip_prefix(['”', '"']).unwrap_or(&text[end..]);
            let opens = ["：", ":", "是指", "，是指", "，指", "指的是", "即", "，即"];
            let Some(told) = opens.iter().find_map(|w| rest.strip_prefix(w)) else { continue };
            let near = &told[..told.floor_char_boundary(told.len().min(LONGEST))];
            let words = near.split(['。', '；', '\n']).next().unwrap_or(near);
            let other = lexicon::CONTENTS.iter().find(|(name, said)| {
                name != term && !words.contains(name) && said.iter().any(|w| words.contains(w))
            });
            let Some((other, _)) = other.filter(|_| !own.iter().any(|w| words.contains(w))) else { continue };
            let message = text!(
                "“{term}”的解释是“{other}”的内容",
                "“{term}” is explained with what “{other}” stands for"
            );
            let help = Text::fixed("核对简称和解释，改成一致", "see which is meant, and make both agree");
            found.push(hit(at..end, message, help));
        }
    }
    found
}
