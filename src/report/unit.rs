//! The office that a document is from (单位), for whoever collects drafts of many: its signature (署名),
//! else its file name (县财政局2025年工作总结.docx), else the folder that it lies in.

use std::path::Path;

use crate::model::{BlockKind, Manuscript};

/// What names of offices end in. 部 alone is also the beginning of 部署.
const ENDS: &[&str] = &[
    "局",
    "委",
    "办",
    "厅",
    "政府",
    "委员会",
    "办公室",
    "中心",
    "街道",
    "镇",
    "乡",
    "宣传部",
    "组织部",
    "统战部",
    "武装部",
    "公司",
    "集团",
    "学校",
    "中学",
    "小学",
    "医院",
    "法院",
    "检察院",
    "总工会",
    "妇联",
    "协会",
    "支队",
    "大队",
];

/// What may follow on a name.
const AFTER: &[&str] = &[
    "关于",
    "工作",
    "总结",
    "汇报",
    "报告",
    "方案",
    "讲话",
    "发言",
    "材料",
    "计划",
    "要点",
    "述职",
    "情况",
    "上半年",
    "年度",
    "全年",
    "党",
    "报送",
    "稿",
];

/// Characters that a name has.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=20;

/// The unit of the document at `path`; `None` where nothing tells it.
pub(super) fn unit_of(path: &str, manuscript: &Manuscript) -> Option<String> {
    let path = Path::new(path);
    let folder = path.parent().and_then(Path::file_name);
    signed(manuscript)
        .or_else(|| begins(&path.file_stem()?.to_string_lossy()))
        .or_else(|| whole(&folder?.to_string_lossy()))
}

/// The last signature that is an office's and no person's.
fn signed(manuscript: &Manuscript) -> Option<String> {
    let signatures = manuscript.blocks().iter().rev().filter(|b| b.kind == BlockKind::Signature);
    signatures.filter_map(|block| whole(manuscript.block_text(block))).next()
}

/// `words` if they are an office's name and nothing else.
fn whole(words: &str) -> Option<String> {
    let name: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    (is_length(&name) && ENDS.iter().any(|end| name.ends_with(end))).then_some(name)
}

/// The longest office's name with which a file name begins, numbers before it left out.
fn begins(stem: &str) -> Option<String> {
    let stem = stem.trim_start_matches(|c: char| c.is_ascii_digit() || " .、_-—（）()【】《》".contains(c));
    let ends = stem.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut names = ends.rev().filter(|&end| {
        let (name, rest) = stem.split_at(end);
        let ended = match rest.chars().next() {
            None => true,
            Some(c) => !c.is_alphabetic() || AFTER.iter().any(|after| rest.starts_with(after)),
        };
        ended && is_length(name) && ENDS.iter().any(|e| name.ends_with(e)) && !name.contains("关于")
    });
    names.next().map(|end| stem[..end].to_owned())
}

fn is_length(name: &str) -> bool {
    LENGTH.contains(&name.chars().count())
}

#[cfg(test)]
mod tests {
    use super::{begins, unit_of};
    use crate::model::Manuscript;

    #[test]
    fn a_file_name_begins_with_the_office_that_sent_it() {
        for (stem, name) in [
            ("云岭县财政局2025年工作总结", Some("云岭县财政局")),
            ("03 县委办关于督查工作的报告", Some("县委办")),
            ("乡村振兴局工作部署", Some("乡村振兴局")),
            ("青石镇_汇报", Some("青石镇")),
            ("城乡建设局总结", Some("城乡建设局")),
            ("关于县财政局的通报", None),
            ("工作部署", None),
            ("讲话稿", None),
        ] {
            assert_eq!(begins(stem).as_deref(), name, "{stem}");
        }
    }

    #[test]
    fn a_folder_tells_where_the_file_name_does_not() {
        let none = Manuscript::default();
        assert_eq!(unit_of("收文/县水务局/总结.docx", &none).as_deref(), Some("县水务局"));
        assert_eq!(unit_of("收文/总结.docx", &none), None);
        assert_eq!(unit_of("-", &none), None);
    }
}
