//! Last year's paper → this year's: the table, the answers, and what is left alone.

#![expect(clippy::disallowed_methods, reason = "the desk is a folder")]

use std::io::Read;

use crate::desk::Desk;

const LAST: &str = "在全县档案工作会议上的讲话\n（2025年3月5日）\n县委副书记　林知远\n\n同志们：\n去年，全县进馆档案2.3万卷，比上年增长6.5%，数字化率达到82.4%。\n今年要办三件事，4月底前建成库房2座。\n数字化率达到82.4%，这是底数。\n";

/// A desk with last year's paper as a .docx.
fn desk() -> Desk {
    let desk = Desk::texts(&[("去年.txt", LAST), ("事实.yaml", "地区: {名称: 云岭县}\n")]);
    let manuscript = wengao::read("去年.txt", LAST.as_bytes()).expect("it is sound");
    let docx = wengao::writer("a.docx").expect("it is sound");
    desk.put("去年.docx", &docx.write(&manuscript, &wengao::Settings::default()).expect("it is sound"));
    desk
}

/// The parts of a packed file.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is sound");
    (0..archive.len())
        .map(|i| {
            let mut part = archive.by_index(i).expect("it is sound");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("it is sound");
            (part.name().expect("it is sound").into_owned(), bytes)
        })
        .collect()
}

/// The table with one answer put in behind the value of last year.
fn answer(table: &str, last: &str, this: &str) -> String {
    let before = format!("  去年: {last}\n  今年:");
    assert!(table.contains(&before), "{last} is not in the table:\n{table}");
    table.replacen(&before, &format!("{before} {this}"), 1)
}

#[test]
fn the_table_has_a_row_for_each_value_and_says_how_it_is_filled_in() {
    let desk = desk();
    snapshot!(desk.run("renew 去年.txt --output 表.yaml"), desk.read("表.yaml"));
}

#[test]
fn answers_go_to_all_places_of_their_value_and_the_rest_is_told_to_stand_as_it_stood() {
    let desk = desk();
    desk.run("renew 去年.docx --output 表.yaml");
    let table = answer(&desk.read("表.yaml"), "82.4%", "91%");
    desk.put("表.yaml", answer(&table, "2.3万卷", "2.9万卷").as_bytes());
    let shown = desk.run("renew 去年.docx --values 表.yaml --output 今年.docx");
    assert!(shown.ends_with("--- exit 1\n"), "{shown}");
    let text = wengao::read("今年.docx", &desk.bytes("今年.docx")).unwrap().into_text();
    assert_eq!(text.matches("91%").count(), 2, "{text}");
    assert!(text.contains("2.9万卷") && text.contains("6.5%") && !text.contains("82.4%"), "{text}");
    let parts = parts(&desk.bytes("今年.docx"));
    let comments = parts.iter().find(|(name, _)| name.ends_with("comments.xml")).expect("comments");
    let comments = String::from_utf8(comments.1.clone()).unwrap();
    // The growth follows from the two values of the figure before it.
    assert!(comments.contains("还是去年的“6.5%”") && comments.contains("增长26.1%"), "{comments}");
    assert!(!comments.contains("82.4%"), "what was answered is not told");
}

#[test]
fn confirmed_values_give_the_paper_back_byte_by_byte_and_a_changed_one_touches_the_text_alone() {
    let desk = desk();
    desk.run("renew 去年.docx --output 表.yaml");
    let same = desk.read("表.yaml").replace("  今年:\n", "  今年: 不变\n");
    desk.put("同.yaml", same.as_bytes());
    let shown = desk.run("renew 去年.docx --values 同.yaml --output 同.docx");
    assert!(shown.ends_with("--- exit 0\n"), "{shown}");
    assert_eq!(desk.bytes("同.docx"), desk.bytes("去年.docx"));
    let one = same.replacen("  去年: 82.4%\n  今年: 不变", "  去年: 82.4%\n  今年: 91%", 1);
    desk.put("一.yaml", one.as_bytes());
    desk.run("renew 去年.docx --values 一.yaml --output 一.docx");
    let (old, new) = (parts(&desk.bytes("去年.docx")), parts(&desk.bytes("一.docx")));
    let changed: Vec<_> = old.iter().zip(&new).filter(|(a, b)| a != b).map(|(a, _)| &*a.0).collect();
    assert_eq!((old.len(), changed), (new.len(), vec!["word/document.xml"]));
}

#[test]
fn a_workbook_is_filled_in_too() {
    let desk = desk();
    desk.run("renew 去年.txt --output 表.xlsx");
    let shown = desk.run("renew 去年.txt --values 表.xlsx --output 今年.txt");
    assert!(shown.contains("确认不变0行") && shown.ends_with("--- exit 1\n"), "{shown}");
    assert_eq!(desk.read("今年.txt"), LAST);
    // As somebody else's program would save it: the columns moved, the rest left out.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, words) in (0..).zip(["今年", "去年", "编号"]) {
        sheet.write_string(0, column, words).unwrap();
    }
    let rows = wengao::renewal::rows(&wengao::read("去年.txt", LAST.as_bytes()).unwrap(), 1);
    let row = rows.iter().find(|r| r.value == "6.5%").unwrap();
    for (column, words) in (0..).zip(["7.1%", "6.5%", &row.number.to_string()]) {
        sheet.write_string(1, column, words).unwrap();
    }
    desk.put("别.xlsx", &book.save_to_buffer().unwrap());
    desk.run("renew 去年.txt --values 别.xlsx --output 今年2.txt");
    assert_eq!(desk.read("今年2.txt"), LAST.replace("6.5%", "7.1%"));
}

#[test]
fn facts_of_this_year_fill_the_rows_that_they_know_and_it_says_which() {
    let desk = desk();
    desk.put("今年.yaml", "指标:\n- {名称: 数字化率, 值: 91%}\n- {名称: 进馆档案, 值: 6人}\n".as_bytes());
    let shown = desk.run("renew 去年.txt --facts 今年.yaml --output 今年.txt");
    assert!(shown.contains("指标[1].值 填为“91%”") && !shown.contains("6人"), "{shown}");
    assert!(desk.read("今年.txt").contains("数字化率达到91%"));
}

#[test]
fn a_table_of_another_text_a_place_that_is_taken_and_no_place_are_told() {
    let desk = desk();
    desk.run("renew 去年.txt --output 表.yaml");
    desk.put("改过.txt", LAST.replace("2.3万卷", "2.4万卷").as_bytes());
    snapshot!(
        desk.run("renew 改过.txt --values 表.yaml --output 今年.txt"),
        desk.run("renew 去年.txt --values 表.yaml"),
        desk.run("renew 去年.txt --values 事实.yaml --output 今年.txt"),
        desk.run("renew 去年.txt --output 表.pdf"),
        desk.run("renew 去年.txt --values 表.yaml --output 去年.txt --force"),
    );
    assert_eq!(desk.read("去年.txt"), LAST);
}

#[test]
fn what_stands_as_it_stood_is_found_beside_last_years_paper() {
    let desk = desk();
    let new =
        LAST.replace("2025年3月5日", "2026年3月6日").replace("2.3万卷", "2.9万卷").replace("底数", "起点");
    desk.put("今年.txt", new.as_bytes());
    snapshot!(
        desk.run("check 今年.txt --last-year 去年.txt --only last-year"),
        desk.run("check 今年.txt --only last-year"),
        desk.run("check 今年.txt --last-year 没有.docx"),
    );
}

/// The words of a document's XML without the elements of tracked changes of one kind, deleted ones included.
fn words(docx: &[u8], gone: &str) -> String {
    let (_, xml) = parts(docx).into_iter().find(|(name, _)| name == "word/document.xml").expect("a document");
    let mut xml = String::from_utf8(xml).expect("it is sound");
    while let Some(start) = xml.find(&format!("<w:{gone} ")) {
        let end = format!("</w:{gone}>");
        let length = xml[start..].find(&end).expect("it ends") + end.len();
        xml.replace_range(start..start + length, "");
    }
    let mut words = String::new();
    for piece in xml.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or_default();
        match tag.split(' ').next() {
            Some("w:t" | "w:delText") => words += text,
            Some("/w:p") => words.push('\n'),
            _ => {}
        }
    }
    words
}

#[test]
fn tracked_values_accepted_are_the_paper_without_them_and_rejected_last_years() {
    let desk = desk();
    desk.run("renew 去年.docx --output 表.yaml");
    let table = answer(&desk.read("表.yaml"), "82.4%", "91%");
    desk.put("表.yaml", answer(&table, "2.3万卷", "2.9万卷").as_bytes());
    desk.run("renew 去年.docx --values 表.yaml --output 今年.docx");
    let shown = desk.run("renew 去年.docx --values 表.yaml --track --output 修订.docx");
    assert!(shown.contains("改了2行") && shown.ends_with("--- exit 1\n"), "{shown}");
    let (plain, tracked, last) = (desk.bytes("今年.docx"), desk.bytes("修订.docx"), desk.bytes("去年.docx"));
    assert_eq!(words(&tracked, "del"), words(&plain, "del"));
    assert_eq!(words(&tracked, "ins"), words(&last, "ins"));
    let (tracked, plain) = (parts(&tracked), parts(&plain));
    let differ: Vec<_> = plain.iter().zip(&tracked).filter(|(a, b)| a != b).map(|(a, _)| &*a.0).collect();
    assert_eq!((plain.len(), differ), (tracked.len(), vec!["word/document.xml"]), "comments are the same");
    let xml = String::from_utf8(tracked.into_iter().find(|p| p.0 == "word/document.xml").unwrap().1).unwrap();
    // The desk's day; each of three places once gone and once put in.
    let signed = "w:author=\"文稿 wengao\" w:date=\"2026-03-05T00:00:00Z\"";
    assert_eq!((xml.matches("<w:del ").count(), xml.matches(signed).count()), (3, 6), "{xml}");
}

#[test]
fn a_text_is_not_tracked_and_a_docx_is_not_written_as_text() {
    let desk = desk();
    desk.run("renew 去年.txt --output 表.yaml");
    snapshot!(
        desk.run("renew 去年.txt --values 表.yaml --track --output 今年.docx"),
        desk.run("renew 去年.docx --track --output 今年.docx"),
        desk.run("renew 去年.docx --values 表.yaml --output 今年.txt"),
    );
    assert!(!desk.0.path().join("今年.docx").exists() && !desk.0.path().join("今年.txt").exists());
}

#[test]
fn a_dot_in_the_name_of_a_folder_is_no_format() {
    let desk = desk();
    desk.run("renew 去年.docx --output 表.yaml");
    let told = desk.run("renew 去年.docx --values 表.yaml --output ./今年");
    assert!(desk.0.path().join("今年").exists(), "{told}");
}

const BULLETIN: &str = "青石镇档案工作通报\n2025年，青石镇进馆档案2300卷，居全县第3位，比上年上升2位。青石镇的库房要在6月底前腾空。\n";

#[test]
fn each_row_of_a_table_is_a_paper_and_what_it_lacks_is_told() {
    let desk = Desk::texts(&[("去年.txt", BULLETIN)]);
    desk.run("renew 去年.txt --output 表.yaml");
    desk.put("表.yaml", answer(&desk.read("表.yaml"), "2025年", "2026年").as_bytes());
    desk.put(
        "乡镇.csv",
        "名称,“青石镇”,进馆档案,第3位,6月底\n青石镇,不变,2600卷,第1位,6月底\n清河镇,清河镇,1900卷,,7月底\n"
            .as_bytes(),
    );
    let shown = desk.run("renew 去年.txt --values 表.yaml --each 乡镇.csv --output {名称}.txt");
    snapshot!(shown, desk.read("青石镇.txt"), desk.read("清河镇.txt"));
}

#[test]
fn each_paper_may_be_tracked_and_told_what_follows() {
    let desk = Desk::texts(&[("去年.txt", BULLETIN)]);
    let manuscript = wengao::read("去年.txt", BULLETIN.as_bytes()).unwrap();
    let docx = wengao::writer("a.docx").unwrap().write(&manuscript, &wengao::Settings::default()).unwrap();
    desk.put("去年.docx", &docx);
    desk.put("乡镇.csv", "“青石镇”,第3位\n清河镇,第1位\n".as_bytes());
    desk.run("renew 去年.docx --each 乡镇.csv --track --output {“青石镇”}.docx");
    let done = desk.bytes("清河镇.docx");
    assert_eq!(words(&done, "ins"), words(&docx, "ins"));
    let accepted = words(&done, "del");
    assert!(accepted.matches("清河镇").count() == 3 && !accepted.contains("青石镇"), "{accepted}");
    let comments = parts(&done).into_iter().find(|(name, _)| name.ends_with("comments.xml")).unwrap().1;
    let comments = String::from_utf8(comments).unwrap();
    assert!(comments.contains("还是去年的“2位”；按前后两个位次算，是上升2位"), "{comments}");
}

#[test]
fn a_head_that_is_no_value_is_told_with_what_would_be_and_nothing_is_written() {
    let desk = Desk::texts(&[("去年.txt", BULLETIN)]);
    desk.put("无.csv", "名称,耕地面积,“白云镇”\n青石镇,2万亩,甲镇\n".as_bytes());
    desk.put("重.csv", "名称,2,2300卷\n青石镇,1,2\n".as_bytes());
    desk.put("同.csv", "名称,2\n青石镇,1\n青石镇,2\n".as_bytes());
    snapshot!(
        desk.run("renew 去年.txt --each 无.csv --output {名称}.txt"),
        desk.run("renew 去年.txt --each 重.csv --output {名称}.txt"),
        desk.run("renew 去年.txt --each 同.csv --output {名称}.txt"),
        desk.run("renew 去年.txt --each 重.csv --output 一份.txt"),
        desk.run("renew 去年.txt --each 重.csv"),
        desk.run("--lang en renew 去年.txt --each 无.csv --output {名称}.txt"),
    );
    assert!(!desk.0.path().join("青石镇.txt").exists());
}
