//! Cases that came up one by one, each for one reason.

use proptest::prelude::*;

use super::{Placeholder, Rule};
use crate::model::{Finding, Manuscript, Mask, MaskKind, Settings, Severity};
use crate::read;
use crate::rules::Case;

fn check(manuscript: &Manuscript) -> Vec<Finding> {
    Placeholder.check(&Case::new(manuscript, &Settings::default()))
}

fn found(name: &str, text: &str) -> Vec<Finding> {
    check(&read(name, text.as_bytes()).unwrap())
}

/// The flagged words of a plain text.
fn words(text: &str) -> Vec<String> {
    found("a.txt", text).into_iter().map(|f| text[f.range].to_owned()).collect()
}

#[test]
fn every_example_is_flagged_as_it_says() {
    for example in Placeholder.about().examples {
        let m = read(example.name, example.text.as_bytes()).unwrap();
        let words: Vec<_> = check(&m).into_iter().map(|f| &m.text()[f.range]).collect();
        assert_eq!(words, example.flags, "{}", example.text);
    }
}

#[test]
fn the_table_of_families_has_no_trigger_twice() {
    let mut triggers: Vec<_> = super::FAMILIES.iter().flat_map(|f| f.triggers).collect();
    let all = triggers.len();
    triggers.sort_unstable();
    triggers.dedup();
    assert_eq!(triggers.len(), all);
}

#[test]
fn a_message_quotes_the_words_and_says_what_is_missing() {
    let finding = found("a.txt", "全年新建农村公路x公里，惠及群众。").remove(0);
    assert_eq!(finding.message.zh, "“全年新建农村公路x公里，惠及群众。”里的“x”是占位，似乎缺“公里”前的数字");
    assert_eq!(
        finding.message.en,
        "“x” in “全年新建农村公路x公里，惠及群众。” is a placeholder; the number before “公里” seems to be missing"
    );
    let lacks = [("*月", "月份"), ("20xx年", "年份"), ("×县", "县名"), ("×同志", "人名"), ("第×届", "序数")];
    for (text, lack) in lacks {
        assert!(found("a.txt", &format!("会议定于{text}"))[0].message.zh.ends_with(lack), "{text}");
    }
}

#[test]
fn what_may_be_meant_is_a_warning() {
    assert_eq!(found("a.txt", "具体时间待定。")[0].severity, Severity::Warning);
    assert_eq!(found("a.txt", "某县2026年工作总结")[0].severity, Severity::Warning);
    assert_eq!(found("a.txt", "完成投资x万元。")[0].severity, Severity::Error);
}

// `（*）` alone may be anything; beside names removed it is one more of them.
#[test]
fn a_lone_sign_is_believed_only_beside_others_of_its_kind() {
    assert!(words("表彰先进个人（*）。").is_empty());
    assert_eq!(words("表彰先进个人（*），请*同志发言。"), ["*", "*"]);
}

// 火情起 alone may be any word; beside blanks that nobody doubts it has lost its figure.
#[test]
fn a_unit_that_official_prose_hardly_knows_is_believed_in_an_unfinished_draft() {
    assert!(words("全年共发生火情起，过火面积较小。").is_empty());
    assert_eq!(words("×月×日，全年共发生火情起，过火面积较小。"), ["×", "×", "火情起"]);
}

// The signature below 附件：报名表 was taken for a part of the form.
#[test]
fn what_is_signed_below_a_note_of_annexes_is_no_form() {
    let text = "附件：报名表\n\n××镇人民政府\n2026年×月×日\n\n附件\n\n报名表\n姓名：____";
    assert_eq!(words(text), ["××", "×", "×"]);
}

#[test]
fn a_footnote_star_is_left_alone_where_a_legend_explains_it() {
    assert!(words("粮食产量*20万吨、生产总值*80亿元。\n注：带*为初步数。").is_empty());
}

#[test]
fn what_lies_under_a_prompt_is_told_once() {
    let text = "单击此处输入XX名称";
    let masks = vec![Mask { range: 0..text.len(), kind: MaskKind::Prompt }];
    let m = Manuscript::new(text.to_owned(), Vec::new(), Vec::new(), masks);
    let findings = check(&m);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].range, 0..text.len());
}

#[test]
fn a_document_that_ends_in_a_comma_breaks_off() {
    let text =
        format!("{}\n下一步，要抓好三件事，", "青石镇今年的春耕工作进展平稳，各村劲头很足。\n".repeat(20));
    let findings = found("a.txt", &text);
    assert_eq!(findings.len(), 1);
    assert_eq!(&text[findings[0].range.clone()], "，");
}

#[test]
fn spelling_in_full_width_and_zero_width_characters_changes_nothing() {
    assert_eq!(words("２０Ｘ\u{200b}Ｘ年"), ["２０Ｘ\u{200b}Ｘ"]);
    assert_eq!(words("投资＊＊亿元"), ["＊＊"]);
}

// A quadratic look would take hours on these, so that the test would hang.
#[test]
fn a_long_text_of_any_sign_takes_linear_time() {
    for unit in [
        "*", "x", "（", "[", "【", "(x", "*a", "* ", " ", "　", "……", "…a", "某", "待", "x、", "*、", "{{",
        "${", "1x", "×月", "_ ", "□", "?", "0", "——", "**a", "\n*", "《", "“", "TODO", "此处", "20xx年",
        "a*月", "{% ",
    ] {
        let text = unit.repeat(150_000 / unit.len());
        let m = Manuscript::new(text, Vec::new(), Vec::new(), Vec::new());
        check(&m);
    }
}

#[test]
fn markdown_of_pathological_length_reads_in_linear_time() {
    for unit in ["*a", "**月", "| x ", "[x](", "- ", "> ", "`", "$x"] {
        let text = unit.repeat(100_000 / unit.len());
        found("a.md", &text);
    }
}

proptest! {
    #[test]
    fn any_text_gives_sound_ranges(text in "[xX×*_○□…。.（）()\\[\\]【】{}$% 　某待定略此处填写年月日县同志第号0-9a月\n?#—-]{0,60}") {
        for name in ["a.txt", "a.md"] {
            let m = read(name, text.as_bytes()).unwrap();
            let findings = check(&m);
            for f in &findings {
                prop_assert!(!f.range.is_empty());
                prop_assert!(m.text().get(f.range.clone()).is_some());
            }
            prop_assert!(findings.windows(2).all(|w| w[0].range.end <= w[1].range.start));
        }
    }

    #[test]
    fn any_characters_at_all_do_no_harm(text in "\\PC{0,80}") {
        for f in found("a.txt", &text) {
            prop_assert!(text.get(f.range).is_some_and(|w| !w.is_empty()));
        }
    }
}
