//! The table of a batch: which paper is most like which.

use super::{Checked, Document, cut};
use crate::base::Lang;
use crate::base::visible::{on_one_line, visible};
use crate::rules::same_batch::Alike;
use crate::text;

/// Columns of a passage that are shown.
const SHOWN: usize = 60;

/// Appends a line for each paper that was checked among others, those that share most first.
pub(super) fn table(checked: &Checked, lang: Lang, out: &mut String) {
    let mut rows: Vec<(&Document, &Alike)> =
        checked.documents.iter().filter_map(|d| Some((d, d.alike.as_ref()?))).collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by_key(|(_, alike)| std::cmp::Reverse(alike.percent()));
    out.push_str(lang.either(
        "同批文稿互相有多少相同（只差本单位名称、数字的句子算相同）：\n",
        "How much the papers of the batch share (sentences that differ in their own names and figures count):\n",
    ));
    for (document, alike) in rows {
        let (path, nearest) = (on_one_line(&document.path), on_one_line(&alike.nearest));
        let percent = alike.percent();
        let (all, same) = alike.sentences;
        let line = match alike.passage(document.manuscript.text()) {
            Some(passage) => {
                let count = passage.chars().filter(|c| !c.is_whitespace()).count();
                let passage = visible(&passage.replace(['\n', '\r'], " ")).into_owned();
                let passage = cut(&passage, SHOWN);
                text!(
                    "{percent:>4}%  {path}：{all}句里有{same}句和 {nearest} 相同；最长一段{count}字：{passage}\n",
                    "{percent:>4}%  {path}: {same} of {all} sentences as in {nearest}; longest passage, {count} characters: {passage}\n"
                )
            }
            None => text!(
                "{percent:>4}%  {path}：{all}句里没有和别份相同的\n",
                "{percent:>4}%  {path}: of {all} sentences none as in another\n"
            ),
        };
        out.push_str(line.in_lang(lang));
    }
    out.push('\n');
}
