//! One document for each row of a table.

#![expect(clippy::disallowed_methods, reason = "the desk is a folder")]

use crate::desk::Desk;

const COUNTY: &str = "文稿: {年度: 2026年, 发文机关: 云岭县档案局, 日期: 2026-12-20}\n工作: {名称: 档案数字化}\n做法:\n- {名称: 分批送扫, 内容: [先扫婚姻和山林档案, 扫完当天入库]}\n任务:\n- {名称: 补扫剩余卷宗, 完成时限: 2027年6月底前}\n";
const TOWNS: &str = "地区.名称,工作.牵头领导,工作.进展,工作.差距\n石桥湾镇,副镇长周明达,扫完1.2万卷,\n枫林渡乡,,扫完4100卷,库房漏雨\n";

fn desk() -> Desk {
    let desk = Desk::texts(&[("全县.yaml", COUNTY), ("乡镇.csv", TOWNS)]);
    std::fs::create_dir(desk.0.path().join("稿")).expect("a folder");
    desk
}

const ORDER: &str = "draft summary/special -f 全县.yaml --each 乡镇.csv -o 稿/{地区.名称}.txt";

#[test]
fn each_row_is_a_document_that_says_what_its_row_gives_and_what_all_have_in_common() {
    let desk = desk();
    let shown = desk.run(ORDER);
    assert!(shown.ends_with("--- exit 0\n"), "{shown}");
    let (bridge, maple) = (desk.read("稿/石桥湾镇.txt"), desk.read("稿/枫林渡乡.txt"));
    assert!(bridge.contains("扫完1.2万卷") && bridge.contains("副镇长周明达"), "{bridge}");
    assert!(maple.contains("扫完4100卷") && maple.contains("库房漏雨"), "{maple}");
    for (own, other) in [(&bridge, "4100"), (&maple, "1.2万")] {
        assert!(own.contains("补扫剩余卷宗") && !own.contains(other), "{own}");
    }
}

#[test]
fn what_a_row_lacks_is_blank_in_its_document_and_told() {
    let desk = desk();
    desk.put("乡镇.csv", "地区.名称,做法.名称\n石桥湾镇,\n".as_bytes());
    desk.put("全县.yaml", COUNTY.replace("年度: 2026年, ", "").as_bytes());
    let shown = desk.run(ORDER);
    assert!(shown.contains("第2行还缺：文稿.年度") && shown.ends_with("--- exit 1\n"), "{shown}");
    assert!(desk.read("稿/石桥湾镇.txt").contains("【待补：文稿.年度】"));
}

#[test]
fn a_slip_in_the_table_or_the_name_is_told_with_its_cell_and_nothing_is_written() {
    let desk = desk();
    desk.put("错.csv", "地区.名称,工作.牵头领到\n石桥湾镇,周明达\n".as_bytes());
    desk.put("同.csv", "地区.名称\n石桥湾镇\n石桥湾镇\n".as_bytes());
    desk.put("空.csv", "地区.名称\n".as_bytes());
    snapshot!(
        desk.run("draft summary/special -f 全县.yaml --each 错.csv -o 稿/{地区.名称}.txt"),
        desk.run("draft summary/special -f 全县.yaml --each 同.csv -o 稿/{地区.名称}.txt"),
        desk.run("draft summary/special -f 全县.yaml --each 空.csv -o 稿/{地区.名称}.txt"),
        desk.run("draft summary/special -f 全县.yaml --each 乡镇.csv -o 稿/一份.txt"),
        desk.run("draft summary/special -f 全县.yaml --each 乡镇.csv -o 稿/{单位}.txt"),
        desk.run("draft summary/special -f 全县.yaml --each 乡镇.csv"),
    );
    assert_eq!(std::fs::read_dir(desk.0.path().join("稿")).unwrap().count(), 0);
}

#[test]
fn a_name_in_a_cell_is_no_path() {
    let desk = desk();
    desk.put("乡镇.csv", "地区.名称\n../../外面\n".as_bytes());
    desk.run(ORDER);
    assert!(desk.read("稿/.._.._外面.txt").contains("外面"));
}
