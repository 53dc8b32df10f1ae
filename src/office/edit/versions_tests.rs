//! Two versions as one: accepted the new text, rejected the old one, and the new layout as it was.

use proptest::prelude::*;

use super::between;
use crate::base::Lang;
use crate::office::body;
use crate::office::tests::{DAY, boxed, docx, p, part};
use crate::office::xml::{Token, each};

fn lines(text: &str) -> Vec<String> {
    text.split('\n').filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// The XML of the new body with what changed from the old paragraphs; accepted and rejected it was read right.
fn marked(old: &[&str], new: &str) -> String {
    let bytes = docx(new);
    let old: Vec<String> = old.iter().map(|line| (*line).to_owned()).collect();
    let done =
        between(&bytes, &old, DAY).unwrap_or_else(|e| panic!("{}: {new}", e.problems()[0].in_lang(Lang::En)));
    let xml = part(&done, "word/document.xml");
    assert_eq!(
        lines(&body::read(&xml).text()),
        lines(&body::read(&part(&bytes, "word/document.xml")).text())
    );
    assert_eq!(lines(&body::read_rejected(&xml).text()), lines(&old.join("\n")), "{xml}");
    let mut ids = Vec::new();
    assert!(each(&xml, |token, _| {
        if let Token::Start(e) = token
            && matches!(
                e.name(),
                "ins" | "del" | "moveFrom" | "moveTo" | "moveFromRangeStart" | "moveToRangeStart"
            )
        {
            ids.push(e.attribute("id").unwrap());
            assert_eq!(e.attribute("author").as_deref(), Some("文稿 wengao"));
        }
    }));
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "each mark has a number of its own");
    xml
}

#[test]
fn words_within_a_paragraph_are_marked_in_their_format() {
    let new = "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>投入3.5亿元，</w:t></w:r><w:r><w:t>新建水厂2座。</w:t></w:r></w:p>";
    let xml = marked(&["投入3.2亿元，改建水厂2座。"], new);
    assert!(xml.contains("<w:rPr><w:b/></w:rPr><w:delText xml:space=\"preserve\">3.2</w:delText>"), "{xml}");
    assert!(xml.contains("<w:t xml:space=\"preserve\">3.5</w:t>") && xml.contains("<w:jc w:val=\"both\"/>"));
    assert_eq!(marked(&["同上"], &p("同上")).matches("w:ins").count(), 0);
}

#[test]
fn whole_paragraphs_come_and_go_wherever_they_stand() {
    let set = "<w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:b/></w:rPr></w:pPr>";
    let styled = |words: &str| format!("<w:p>{set}<w:r><w:t>{words}</w:t></w:r></w:p>");
    let new =
        [p("关于春耕的通知"), styled("一、备足种子"), p("各村抓紧办理。"), p("清河镇人民政府")].concat();
    let xml =
        marked(&["关于春耕的通知", "一、备足种子", "二、修好水渠", "三、检修农机", "清河镇人民政府"], &new);
    // What went is set like its neighbour, and does not count.
    assert!(xml.contains("<w:pStyle w:val=\"a\"/><w:rPr><w:del "), "{xml}");
    marked(&["甲乙丙丁"], &[p("子丑寅卯"), styled("甲乙丙丁"), p("")].concat());
    marked(&["甲乙丙丁", "戊己庚辛"], &p("子丑寅卯"));
    marked(&["甲乙丙丁", "末了的一段话"], &p("甲乙丙丁"));
    marked(&[], &p("全是新的"));
    marked(&["全是旧的"], &[p(""), p("  ")].concat());
    for set in ["<w:pPr/>", "<w:pPr><w:rPr/></w:pPr>", "<w:pPr><w:rPr><w:b/></w:rPr><w:sectPr/></w:pPr>"] {
        marked(&["末"], &format!("<w:p>{set}<w:r><w:t>新来的一段</w:t></w:r></w:p>{}", p("末")));
    }
}

#[test]
fn a_paragraph_that_stands_elsewhere_is_marked_as_moved() {
    let old = [
        "关于春耕的通知",
        "各村要备足种子。",
        "水渠由村里自己修，镇里补一半的钱。",
        "农机三月底前检修完。",
        "清河镇人民政府",
    ];
    let new = [old[0], old[2], "新来的一段话。", old[1], old[3], old[4]].map(p).concat();
    let xml = marked(&old, &new);
    assert_eq!(xml.matches("<w:moveFrom ").count(), 2, "{xml}");
    assert_eq!(xml.matches("<w:moveTo ").count(), 2);
    let at = |words: &str| xml.find(words).unwrap_or_else(|| panic!("{words}: {xml}"));
    assert!(at("moveFromRangeStart") < at("<w:moveFrom ") && at("<w:moveFrom ") < at("moveFromRangeEnd"));
    assert!(at("moveToRangeStart") < at("<w:moveTo ") && at("<w:moveTo ") < at("moveToRangeEnd"));
    assert_eq!(xml.matches(r#"w:name="wengao1""#).count(), 2);
    // In a cell it is put in and deleted as before.
    let cell = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(old[1]));
    assert!(!marked(&old, &[p(old[0]), p(old[2]), p(old[3]), cell, p(old[4])].concat()).contains("moveTo"));
}

#[test]
fn tables_boxes_breaks_and_tabs_keep_their_places() {
    let table = |words: &[&str]| {
        let cells: String = words.iter().map(|w| format!("<w:tc>{}</w:tc>", p(w))).collect();
        format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    };
    let new = [p("见下表："), table(&["项目", "投资", "供水工程", "1200万元"]), p("完")].concat();
    let xml = marked(&["见下表：", "这一段删去了", "项目", "投资", "供水工程", "1000万元", "完"], &new);
    let (gone, table_at) = (xml.find("这一段删去了").unwrap(), xml.find("<w:tbl>").unwrap());
    assert!(gone < table_at, "a paragraph that went before a table stands before it");
    marked(&["项目", "完"], &[table(&["项目", "投资"]), p("完")].concat());
    marked(&["前", "框里旧字", "后"], &[boxed("前", &p("框里新字")), p("后")].concat());
    let broken = "<w:p><w:r><w:t>上行</w:t><w:br/><w:t>下行</w:t><w:tab/><w:t>末</w:t></w:r></w:p>";
    marked(&["上行\n中行\t末"], broken);
}

#[test]
fn a_mark_whose_number_is_the_last_there_is_does_not_stop_the_counting() {
    let last = format!("<w:bookmarkStart w:id=\"{}\" w:name=\"a\"/>{}{}", u64::MAX, p("甲"), p("新"));
    assert!(marked(&["甲乙", "旧"], &last).contains("<w:del w:id=\""));
}

#[test]
fn somebody_elses_changes_are_left_to_her() {
    let new = "<w:p><w:ins w:id=\"1\" w:author=\"a\"><w:r><w:t>新</w:t></w:r></w:ins></w:p>";
    let told = between(&docx(new), &["旧".to_owned()], DAY).unwrap_err();
    assert!(told.problems()[0].in_lang(Lang::En).contains("neither accepted nor rejected"));
}

proptest! {
    /// Whatever became of whatever, both texts can be had from the one document.
    #[test]
    fn both_texts_can_be_had(
        old in proptest::collection::vec("[甲乙丙丁戊1.2%&<a ]{1,9}", 0..8),
        new in proptest::collection::vec(("[甲乙丙丁戊1.2%&<a ]{1,9}", 0usize..4), 0..8),
    ) {
        let old: Vec<&str> = old.iter().map(String::as_str).filter(|words| !words.trim().is_empty()).collect();
        let body: String = new.iter().map(|(words, how)| {
            let words = words.replace('&', "&amp;").replace('<', "&lt;");
            let middle = words.char_indices().nth(words.chars().count() / 2).map_or(0, |(at, _)| at);
            match how {
                0 => format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>"),
                1 if !words.contains('&') => {
                    let (a, b) = words.split_at(middle);
                    format!("<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{a}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{b}</w:t></w:r></w:p>")
                }
                2 => format!("<w:tbl><w:tr><w:tc><w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"),
                _ => format!("<w:p><w:pPr/><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>"),
            }
        }).collect();
        marked(&old, &body);
    }
}
