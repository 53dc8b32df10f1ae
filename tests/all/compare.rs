//! Two versions held against each other, and changes as tracked ones: accepted the new text, rejected the old.

#![expect(clippy::disallowed_methods, reason = "the time that it takes is what is tested")]

use std::io::Read;

use wengao::read;

use crate::cmd::zip_of;
use crate::desk::Desk;

const FIRST: &str = "云溪县2026年防汛工作方案\n各乡镇：\n一、总体要求\n全县要落实资金3.2亿元，6月1日前完成水库检修12座。县长周明达负总责。\n二、保障措施\n各单位要压实责任，明确专人。\n这一段后来不要了，它说的是别的事情。\n云溪县人民政府\n2026年3月5日\n";
const SECOND: &str = "云溪县2026年防汛工作方案\n各乡镇：\n一、总体要求\n全县要落实资金3.5亿元，5月20日前完成水库检修12座。县长李文清负总责。\n二、保障措施\n各单位要压实责任，明确专人，按月报送进度。\n三、督促检查\n县防汛办每旬通报一次。\n云溪县人民政府\n2026年3月9日\n";

/// A .docx of these lines, a paragraph each.
fn docx(text: &str) -> Vec<u8> {
    let body: String = text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{rel}\" Target=\"word/document.xml\"/></Relationships>"
    );
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    zip_of(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", rels.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// The text of a .docx whose tracked changes were all rejected, as a person would.
fn rejected(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("as the test made it");
    let mut xml = String::new();
    archive
        .by_name("word/document.xml")
        .expect("as the test made it")
        .read_to_string(&mut xml)
        .expect("as the test made it");
    // A paragraph that came goes into the one behind it.
    let mut left = String::new();
    for part in xml.split_inclusive("</w:p>") {
        let came = part.split("</w:pPr>").next().is_some_and(|set| set.contains("<w:rPr><w:ins "));
        let mut part = part.to_owned();
        while let Some(start) = part.find("<w:ins ") {
            let end = start + part[start..].find("</w:ins>").expect("as the test made it") + "</w:ins>".len();
            part.replace_range(start..end, "");
        }
        while let Some(start) = part.find("<w:del ") {
            let end = start + part[start..].find('>').expect("as the test made it") + 1;
            part.replace_range(start..end, "");
        }
        let part = part.replace("</w:del>", "").replace("w:delText", "w:t");
        if !came || part.contains("<w:t") {
            left += &part;
        }
    }
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{rel}\" Target=\"word/document.xml\"/></Relationships>"
    );
    let plain = zip_of(&[("_rels/.rels", rels.as_bytes()), ("word/document.xml", left.as_bytes())]);
    lines(read("a.docx", &plain).expect("as the test made it").text())
}

fn lines(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect()
}

fn accepted(bytes: &[u8]) -> String {
    lines(read("a.docx", bytes).expect("as the test made it").text())
}

#[test]
fn accepted_it_is_the_new_text_and_rejected_the_old_whatever_the_formats() {
    let (first, second) = (docx(FIRST), docx(SECOND));
    let desk = Desk::with(&[
        ("旧.docx", &first),
        ("新.docx", &second),
        ("旧.txt", FIRST.as_bytes()),
        ("新.txt", SECOND.as_bytes()),
        ("旧.md", FIRST.replace('\n', "\n\n").as_bytes()),
    ]);
    for (old, new) in
        [("旧.docx", "新.docx"), ("旧.txt", "新.docx"), ("旧.docx", "新.txt"), ("旧.md", "新.txt")]
    {
        let said = desk.run(&format!("compare {old} {new} -o 花脸.docx --force"));
        assert!(said.contains("3.2亿元 → 3.5亿元") && said.ends_with("--- exit 1\n"), "{old} {new}: {said}");
        let marked = desk.bytes("花脸.docx");
        assert_eq!(accepted(&marked), SECOND, "{old} {new}");
        assert_eq!(rejected(&marked), FIRST, "{old} {new}");
    }
    // What is the same is said to be.
    let said = desk.run("compare 旧.docx 旧.txt -o 同.docx --lang en");
    assert!(
        said.contains("figures, dates and names are the same") && said.ends_with("--- exit 0\n"),
        "{said}"
    );
    assert_eq!(accepted(&desk.bytes("同.docx")), FIRST);
}

#[test]
fn figures_dates_and_names_that_differ_are_listed() {
    let desk = Desk::with(&[("旧.txt", FIRST.as_bytes()), ("新.txt", SECOND.as_bytes())]);
    let said = desk.run("compare 旧.txt 新.txt");
    for told in
        ["日期：6月1日 → 5月20日", "周明达 → 李文清", "2026年3月5日 → 2026年3月9日", "改3段，删1段，增2段"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!said.contains("12座"), "{said}");
    let json = desk.run("compare 旧.txt 新.txt --format json");
    let body = json
        .split_once('\n')
        .expect("as the test made it")
        .1
        .split("--- ")
        .next()
        .expect("as the test made it");
    let told: serde_json::Value = serde_json::from_str(body).expect("as the test made it");
    assert_eq!(told["schema"], "wengao.compare/1");
    assert_eq!(told["paragraphs"]["come"], 2);
    let first = &told["values"][0];
    assert_eq!(
        (&first["kind"], &first["old"], &first["new"]),
        (&"figure".into(), &"3.2亿元".into(), &"3.5亿元".into())
    );
    assert_eq!(first["paragraph"], 4);
}

#[test]
fn a_section_that_stands_elsewhere_is_moved_and_not_new() {
    const OLD: &str = "云溪县2026年春灌工作方案\n一、清好干渠\n各镇要在4月10日前把干渠清完，清出的淤泥不得堆在路边，由镇水管站验收。\n二、管好闸门\n闸门由专人看守，每天报一次水位，不得私自开关。\n三、排好次序\n先灌秧田后灌旱地，镇与镇之间的先后由县水务局排定。\n云溪县人民政府\n2026年3月5日\n";
    const NEW: &str = "云溪县2026年春灌工作方案\n一、管好闸门\n闸门由专人看守，每天报一次水位，不得私自开关。\n二、排好次序\n先灌秧田后灌旱地，镇与镇之间的先后由县水务局排定。\n三、清好干渠\n各镇要在4月20日前把干渠清完，清出的淤泥不得堆在路边，由镇水管站验收。\n云溪县人民政府\n2026年3月5日\n";
    let desk = Desk::with(&[("旧.txt", OLD.as_bytes()), ("新.docx", &docx(NEW))]);
    let said = desk.run("compare 旧.txt 新.docx -o 花脸.docx");
    for told in [
        "改2段，删0段，增0段，移2段",
        "移动：原稿第2至3段（“三、清好干渠”起）移到第6至7段",
        "4月10日 → 4月20日",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let marked = desk.bytes("花脸.docx");
    assert_eq!(accepted(&marked), NEW);
    assert_eq!(rejected(&marked), OLD);
    let english = desk.run("compare 旧.txt 新.docx --lang en");
    assert!(english.contains("2 moved") && english.contains("are 6 to 7 now"), "{english}");
}

#[test]
fn names_that_differ_are_listed_wherever_they_stand() {
    const OLD: &str = "县长周明达主持会议。\n干渠的事由周明达负责，每月到渠上看一次。\n联系人：孙丽华，电话8812345。\n会上，王志远同志作了说明，各镇作了表态。\n";
    let new =
        OLD.replace("由周明达负责", "由李文清负责").replace("孙丽华", "赵明月").replace("王志远", "高建民");
    let desk = Desk::with(&[("旧.txt", OLD.as_bytes()), ("新.txt", new.as_bytes())]);
    let said = desk.run("compare 旧.txt 新.txt");
    for told in ["周明达 → 李文清", "孙丽华 → 赵明月", "王志远 → 高建民"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!said.contains("删去") && !said.contains("新增"), "{said}");
    // What is no name is none.
    let other = OLD.replace("每月到渠上看一次", "每旬到渠上看一次");
    let desk = Desk::with(&[("旧.txt", OLD.as_bytes()), ("新.txt", other.as_bytes())]);
    assert!(desk.run("compare 旧.txt 新.txt").contains("数字、日期、人名等没有不同"));
}

#[test]
fn what_cannot_be_marked_in_its_file_is_laid_out_and_told() {
    let bytes = docx(SECOND);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&*bytes)).expect("as the test made it");
    let mut xml = String::new();
    archive
        .by_name("word/document.xml")
        .expect("as the test made it")
        .read_to_string(&mut xml)
        .expect("as the test made it");
    let tracked = xml.replacen(
        "<w:r><w:t>各乡镇：",
        "<w:ins w:id=\"1\" w:author=\"甲\"><w:r><w:t>致</w:t></w:r></w:ins><w:r><w:t>各乡镇：",
        1,
    );
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let bytes = zip_of(&[("_rels/.rels", rels.as_bytes()), ("word/document.xml", tracked.as_bytes())]);
    let desk = Desk::with(&[("旧.txt", FIRST.as_bytes()), ("新.docx", &bytes)]);
    let said = desk.run("compare 旧.txt 新.docx -o 花脸.docx --lang en");
    assert!(said.contains("neither accepted nor rejected") && said.contains("laid out anew"), "{said}");
    assert_eq!(accepted(&desk.bytes("花脸.docx")), SECOND.replacen("各乡镇", "致各乡镇", 1));
    assert_eq!(rejected(&desk.bytes("花脸.docx")), FIRST);
    let said = desk.run("compare 旧.txt 新.docx -o 花脸.txt --lang en");
    assert!(said.contains("write a .docx") && said.ends_with("--- exit 2\n"), "{said}");
}

#[test]
fn two_long_papers_are_held_against_each_other_in_time() {
    let line = |n: usize| {
        format!("（{n}）清河镇第{n}村要在本月底前完成{}亩高标准农田建设，并逐户核对台账。\n", n * 7)
    };
    let first: String = (0..2000).map(line).collect();
    let second: String = (0..2000)
        .filter(|n| n % 17 != 0)
        .map(|n| if n % 5 == 0 { line(n).replace("本月底", "下月中旬") } else { line(n) })
        .collect();
    let desk = Desk::with(&[("旧.docx", &docx(&first)), ("新.docx", &docx(&second))]);
    let start = std::time::Instant::now();
    desk.run("compare 旧.docx 新.docx -o 花脸.docx");
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    let marked = desk.bytes("花脸.docx");
    assert_eq!((accepted(&marked), rejected(&marked)), (second, first));
}

#[test]
fn changes_of_fix_can_be_tracked() {
    let text = "云溪县防汛工作方案\n各单位要压实责任,明确专人。。\n本月底前完成检修。\n";
    let bytes = docx(text);
    let desk = Desk::with(&[("方案.docx", &bytes), ("照旧.docx", &bytes), ("方案.txt", text.as_bytes())]);
    let said = desk.run("fix 方案.docx --track --write");
    assert!(said.ends_with("--- exit 0\n"), "{said}");
    desk.run("fix 照旧.docx --write");
    let tracked = desk.bytes("方案.docx");
    let plain = accepted(&desk.bytes("照旧.docx"));
    assert!(plain.contains("责任，明确专人。\n"), "{plain}");
    assert_eq!(accepted(&tracked), plain);
    assert_eq!(rejected(&tracked), text);
    let said = desk.run("fix 方案.txt --track --lang en");
    assert!(
        said.contains("only a .docx or an .odt holds tracked changes") && said.ends_with("--- exit 2\n"),
        "{said}"
    );
}

#[test]
fn what_is_safe_to_change_is_tracked_in_the_document_with_comments() {
    let text = "云溪县防汛工作方案\n各单位要压实责任,明确专人。。共投入XX万元。\n本月底前完成检修。\n";
    let desk = Desk::with(&[("方案.docx", &docx(text)), ("方案.txt", text.as_bytes())]);
    desk.run("fix 方案.docx --write");
    let plain = accepted(&desk.bytes("方案.docx"));
    for name in ["方案.docx", "方案.txt"] {
        desk.put("方案.docx", &docx(text));
        let said = desk.run(&format!("check {name} --track -o 批注.docx --force"));
        assert!(said.ends_with("--- exit 1\n"), "{said}");
        let marked = desk.bytes("批注.docx");
        assert_eq!(accepted(&marked), plain, "{name}");
        assert_eq!(rejected(&marked), text, "{name}");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&*marked)).expect("a .docx");
        let mut comments = String::new();
        archive.by_name("word/comments.xml").expect("comments").read_to_string(&mut comments).expect("text");
        assert!(comments.contains("XX") && !comments.contains("[punctuation"), "{comments}");
    }
    let said = desk.run("check 方案.docx --track --lang en");
    assert!(said.contains("--output comments.docx") && said.ends_with("--- exit 2\n"), "{said}");
}
