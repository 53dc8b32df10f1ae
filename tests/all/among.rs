//! Papers of one batch, held against each other.

use crate::desk::Desk;

const BRIDGE: &str = "石桥湾镇冬修水利总结\n\n一、主要做法\n石桥湾镇组织护林员沿河清淤，共清出淤泥320方。\n各村把账本摊在晒谷场上，一笔一笔念给乡亲听。\n茶农不再半夜排队等水，合作社添了揉捻机。\n";
const MAPLE: &str = "枫林渡乡冬修水利总结\n\n一、主要做法\n枫林渡乡组织护林员沿河清淤，共清出淤泥85方。\n各村把账本摊在晒谷场上，一笔一笔念给乡亲听。\n渡口的老水车修好了，上游三个组轮着车水。\n";
const WHITE: &str = "白鹿坪镇冬修水利总结\n\n一、主要做法\n塘坝漏了七年，今年请来老石匠一块一块重砌。\n";

fn desk() -> Desk {
    Desk::texts(&[("石桥湾镇.txt", BRIDGE), ("枫林渡乡.txt", MAPLE), ("白鹿坪镇.txt", WHITE)])
}

#[test]
fn each_paper_is_told_which_other_is_most_like_it_and_by_how_much() {
    let desk = desk();
    snapshot!(
        desk.run("check 石桥湾镇.txt 枫林渡乡.txt 白鹿坪镇.txt --among --only same-batch"),
        desk.run("--lang en check 石桥湾镇.txt 枫林渡乡.txt 白鹿坪镇.txt --among --only same-batch --fail-on warning"),
        desk.run("check 石桥湾镇.txt 枫林渡乡.txt --among --only same-batch --format json"),
        desk.run("check 石桥湾镇.txt --among"),
        desk.run("check 石桥湾镇.txt 枫林渡乡.txt --only same-batch"),
    );
}

#[test]
fn a_paper_of_the_batch_that_cannot_be_read_leaves_the_others_their_table() {
    let desk = desk();
    desk.put("空.txt", b"");
    let shown = desk.run("check 空.txt 石桥湾镇.txt 枫林渡乡.txt --among --only same-batch");
    assert!(shown.contains("石桥湾镇.txt：3句里有2句和 枫林渡乡.txt 相同"), "{shown}");
    assert!(shown.contains("空.txt") && shown.ends_with("--- exit 2\n"), "{shown}");
}

#[test]
fn papers_that_draft_made_of_one_skeleton_differ_as_far_as_their_rows_do() {
    let desk = Desk::texts(&[
        (
            "全县.yaml",
            "文稿: {年度: 2026年, 发文机关: 云岭县档案局, 日期: 2026-12-20}\n工作: {名称: 档案数字化}\n做法:\n- {名称: 分批送扫, 内容: [先扫婚姻和山林档案, 扫完当天入库]}\n",
        ),
        (
            "乡镇.csv",
            "地区.名称,工作.进展\n石桥湾镇,把渡口旧账送县里扫了1.2万卷，老会计守着一页一页核对\n枫林渡乡,把山林旧账送县里扫了4100卷，护林员背着账本走了两天山路\n",
        ),
    ]);
    std::fs::create_dir(desk.0.path().join("稿")).expect("a folder");
    desk.run("draft summary/special -f 全县.yaml --each 乡镇.csv -o 稿/{地区.名称}.txt");
    let shown = desk.run("check 稿 --among --only same-batch --format json");
    let json: serde_json::Value = serde_json::from_str(
        shown.split("\n---").next().unwrap_or_default().split_once('\n').map_or("", |(_, json)| json),
    )
    .expect("a report");
    let percent = |n: usize| json["documents"][n]["alike"]["percent"].as_u64().unwrap_or(100);
    assert!(percent(0) < 100 && percent(1) < 100, "{shown}");
    assert_eq!(json["documents"].as_array().map(Vec::len), Some(2), "{shown}");
}
