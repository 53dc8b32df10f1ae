//! One spot, one fix.

use crate::model::Settings;
use crate::read::read;
use crate::rules::{Case, check};

/// The rule and the words of everything that has a fix.
fn fixes(text: &str) -> Vec<(&'static str, String)> {
    let manuscript = read("稿.txt", text.as_bytes()).unwrap();
    let settings = Settings::default();
    let found = check(&Case::new(&manuscript, &settings));
    let fixed = found.into_iter().filter(|f| f.fix.is_some());
    fixed.map(|f| (f.rule, text[f.range].to_owned())).collect()
}

#[test]
fn a_comma_of_a_list_is_mended_once() {
    assert_eq!(fixes("青石、云溪,白岭3个镇提前完成任务。"), [("punctuation", ",".to_owned())]);
}

#[test]
fn within_what_is_rewritten_or_deleted_nothing_else_is_mended() {
    let scrambled = fixes("云嶺縣創(chuàng)建工作關(guān)系全局,要引導(dǎo)群眾廣泛參與。");
    assert_eq!(scrambled.len(), 1);
    assert_eq!(scrambled[0].0, "scrambled-text");
    let residue = "抓好春耕。\n(责任编辑: 李四,王五)";
    assert_eq!(fixes(residue), [("web-residue", "(责任编辑: 李四,王五)".to_owned())]);
}

#[test]
fn what_stands_as_it_must_has_no_fix() {
    assert_eq!(fixes("办法见http://example.cn/a?x=1&amp;y=2,请下载。\n运行`a&nbsp;b`。"), []);
}
