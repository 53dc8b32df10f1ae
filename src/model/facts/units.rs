//! Units as a cell names them (单位): one, several, or all of a kind.

/// The units that a text names: 县医保局、县税务局 are two. What brackets or quotation marks hold is one
/// with what stands before them.
pub fn parted(words: &str) -> impl Iterator<Item = &str> {
    let mut deep = 0usize;
    words
        .split(move |c: char| {
            match c {
                '（' | '(' | '《' | '“' | '【' | '〔' => deep += 1,
                '）' | ')' | '》' | '”' | '】' | '〕' => deep = deep.saturating_sub(1),
                _ => {}
            }
            deep == 0 && matches!(c, '、' | '，' | ',' | '；' | ';')
        })
        .map(str::trim)
        .filter(|unit| !unit.is_empty())
}

/// Whether a name is that of one unit. 各乡镇 and 有关部门 are several, and nobody knows how many.
#[must_use]
pub fn is_one(name: &str) -> bool {
    const MANY: &[&str] =
        &["各", "有关", "相关", "全体", "全县", "全市", "全区", "全旗", "所有", "其他", "其它"];
    let name = name.trim();
    !MANY.iter().any(|many| name.starts_with(many)) && !name.ends_with('等') && !name.contains("各有关")
}

#[cfg(test)]
mod tests {
    use super::{is_one, parted};

    #[test]
    fn one_cell_may_name_several_units_and_brackets_part_none() {
        let all = |words| parted(words).collect::<Vec<_>>();
        assert_eq!(all("县畜牧局、县财政局，泮河镇"), ["县畜牧局", "县财政局", "泮河镇"]);
        assert_eq!(all("县委办（督查室、信息科）、县府办"), ["县委办（督查室、信息科）", "县府办"]);
        assert_eq!(all("各街道（镇、开发区）"), ["各街道（镇、开发区）"]);
        assert_eq!(all("、县畜牧局、"), ["县畜牧局"]);
    }

    #[test]
    fn all_of_a_kind_are_not_one() {
        assert!(is_one("泮河镇") && is_one("县供销社"));
        for many in ["各乡镇", "有关部门", "相关单位", "全县各学校", "泮河镇等"] {
            assert!(!is_one(many), "{many}");
        }
    }
}
