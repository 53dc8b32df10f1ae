//! What facts are called where a leader reads of them: 指标“寄宿床位”的值, and never 指标[1].值.

use super::{Basis, Moved};

/// A fact by its key as a clerk writes it and the name of its record: 指标[1].值 of 寄宿床位 is 指标“寄宿床位”的值,
/// 任务[2].内容[1] 任务“修渠”的内容（第1条）. Without a name the place in the list stands for it.
#[must_use]
pub fn called(key: &str, of: &str) -> String {
    let joined = |words: &str| words.replace('.', "的").replace('[', "（第").replace(']', "条）");
    match key.split_once('[').and_then(|(list, rest)| Some((list, rest.split_once(']')?))) {
        Some((list, (_, rest))) if !of.is_empty() => format!("{}“{of}”{}", joined(list), joined(rest)),
        _ => joined(key),
    }
}

impl Basis {
    /// What it is called; the name of a record says which that is itself.
    #[must_use]
    pub fn called(&self) -> String {
        match self.key.split_once('[').and_then(|(list, rest)| Some((list, rest.split_once(']')?))) {
            Some((list, (_, rest))) if self.said == self.of && rest.matches('.').count() == 1 => {
                called(&format!("{list}{rest}"), "")
            }
            _ => called(&self.key, &self.of),
        }
    }
}

impl Moved {
    /// What it is called.
    #[must_use]
    pub fn called(&self) -> String {
        called(&self.key, &self.of)
    }

    /// Whether only the mark has changed that says if a fact was checked.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        self.path.ends_with(".confirmed")
    }
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn a_fact_is_called_by_words_and_by_no_index_that_has_a_name() {
        assert_eq!(called("指标[2].值", "机井"), "指标“机井”的值");
        assert_eq!(called("任务[2].内容[1]", "续建支渠"), "任务“续建支渠”的内容（第1条）");
        assert_eq!(called("工作.进展[1]", ""), "工作的进展（第1条）");
        assert_eq!(called("工作.意义[1].展开", "水是命脉"), "工作的意义“水是命脉”的展开");
        assert_eq!(called("地区.名称", ""), "地区的名称");
    }
}
