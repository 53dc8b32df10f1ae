//! `draft --update`: a writer goes on with a draft, then facts change.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test makes files and runs the program"
)]

use crate::desk::Desk;
use wengao::{Change, fix, read};

const TEMPLATE: &str = "---\nid: own/plan\ntitle: {zh: 安排, en: plan}\nneeds:\n- {fact: meeting.name, for: {zh: 会, en: m}}\n- {fact: work.funds, for: {zh: 钱, en: f}}\n- {fact: 'tasks[].name', for: {zh: 事, en: t}}\n---\n# {{ meeting.name }}安排\n\n{{ phrase(id=\"o.funds\", funds=work.funds) }}\n\n{% for t in tasks %}\n## {{ t.name }}\n\n各村要把这件事办好。\n\n{% endfor %}\n";
const PHRASES: &str = "- id: o.funds\n  function: {zh: 钱, en: funds}\n  slots: [funds]\n  variants: ['安排{funds}，用在点上。', '投入{funds}，专账管理。', '共计{funds}，由财政拨付。', '拿出{funds}，分批使用。', '筹集{funds}，公开账目。', '给足{funds}，年底清账。']\n";
const FACTS: &str =
    "地区: {名称: 云岭县}\n会议: {名称: 全县清沟会}\n工作: {资金: 30万元}\n任务: [清淤, 护坡]\n";

/// A folder with an own skeleton, from which `a.txt`, `a.md` and `a.docx` were drafted.
fn drafted() -> Desk {
    let desk = Desk::texts(&[
        ("wengao.yaml", "文稿库: 库\n"),
        ("库/templates/own/plan.tera", TEMPLATE),
        ("库/phrases/o.yaml", PHRASES),
        ("f.yaml", FACTS),
    ]);
    let said = desk.run("draft own/plan --facts f.yaml --output a.txt --output a.md --output a.docx");
    assert!(said.contains("exit 0"), "{said}");
    // Beside it lie copies, which are nobody's to commit.
    assert_eq!(desk.read(".wengao/.gitignore"), "*\n");
    desk
}

fn text(desk: &Desk, name: &str) -> String {
    read(name, &desk.bytes(name)).unwrap().into_text()
}

/// The writer's own change of a document.
fn change(desk: &Desk, name: &str, from: &str, to: &str) {
    let bytes = desk.bytes(name);
    let manuscript = read(name, &bytes).unwrap();
    let at = manuscript.text().find(from).expect(from);
    let changes = [Change { range: at..at + from.len(), text: to.to_owned() }];
    desk.put(name, &fix(&bytes, &manuscript, &changes).unwrap());
}

#[test]
fn her_changes_stay_and_the_facts_move_in_every_format() {
    let desk = drafted();
    for name in ["a.txt", "a.md", "a.docx"] {
        change(&desk, name, "各村要把这件事办好。", "各村要把清淤办好，月底回头看。");
    }
    desk.put("f.yaml", FACTS.replace("30万元", "45万元").as_bytes());
    for name in ["a.txt", "a.md", "a.docx"] {
        let (before, original) = (text(&desk, name), desk.bytes(name));
        let said = desk.run(&format!("draft own/plan --facts f.yaml --update {name}"));
        assert!(said.ends_with("exit 0\n"), "{said}");
        assert_eq!(text(&desk, name), before.replace("30万元", "45万元"), "{name}");
        assert_eq!(desk.bytes(&format!("{name}.bak")), original);
        // A second time there is nothing left to do.
        assert!(desk.run(&format!("draft own/plan --facts f.yaml --update {name}")).contains("不用更新"));
    }
}

#[test]
fn what_both_changed_is_shown_and_hers_stays() {
    let desk = drafted();
    change(&desk, "a.txt", "30万元", "32万元");
    change(&desk, "a.docx", "30万元", "32万元");
    desk.put("f.yaml", FACTS.replace("30万元", "45万元").as_bytes());
    for name in ["a.txt", "a.docx"] {
        let said = desk.run(&format!("draft own/plan --facts f.yaml --update {name}"));
        assert!(said.contains("32万元") && said.contains("45万元") && said.ends_with("exit 1\n"), "{said}");
        assert!(text(&desk, name).contains("32万元"));
    }
    // In Word she finds it beside her words.
    let comments = desk.run("show a.docx --blocks");
    assert!(comments.contains("32万元"), "{comments}");
    let docx = desk.bytes("a.docx");
    assert!(zip_names(&docx).iter().any(|n| n == "word/comments.xml"));
}

fn zip_names(bytes: &[u8]) -> Vec<String> {
    let zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    zip.file_names().map(|n| n.unwrap().into_owned()).collect()
}

#[test]
fn a_new_task_comes_in_and_a_renamed_meeting_keeps_its_phrases() {
    let desk = drafted();
    let before = text(&desk, "a.md");
    let new = FACTS.replace("全县清沟会", "全县清沟护坡会").replace("护坡]", "护坡, 种树]");
    desk.put("f.yaml", new.as_bytes());
    let said = desk.run("draft own/plan --facts f.yaml --update a.md");
    assert!(said.ends_with("exit 0\n"), "{said}");
    let after = text(&desk, "a.md");
    let funds = |text: &str| text.lines().find(|l| l.contains("30万元")).map(str::to_owned);
    assert_eq!(funds(&before), funds(&after));
    assert!(after.contains("全县清沟护坡会") && after.contains("三、种树"), "{after}");
}

#[test]
fn without_the_copy_nothing_is_touched() {
    let desk = drafted();
    desk.put("b.txt", &desk.bytes("a.txt"));
    let said = desk.run("draft own/plan --facts f.yaml --update b.txt");
    assert!(said.contains("底稿") && said.ends_with("exit 2\n"), "{said}");
    assert_eq!(desk.bytes("a.txt"), desk.bytes("b.txt"));
}

/// `--force` once replaced what she had gone on with, without a copy, and nobody had named `--update`.
#[test]
fn a_draft_that_was_changed_is_refused_with_the_better_way_and_kept_when_forced() {
    let desk = drafted();
    let again = "draft own/plan --facts f.yaml --output";
    let said = desk.run(&format!("{again} a.txt"));
    assert!(
        said.contains("--update a.txt") && !said.contains("改过，") && said.ends_with("exit 2\n"),
        "{said}"
    );
    for name in ["a.txt", "a.md", "a.docx"] {
        change(&desk, name, "各村要把这件事办好。", "各村要把清淤办好，月底回头看。");
        let hers = desk.bytes(name);
        let said = desk.run(&format!("{again} {name}"));
        let (better, force) = (said.find(&format!("--update {name}")), said.find("--force"));
        assert!(better.is_some() && better < force && said.contains("改过"), "{said}");
        assert_eq!(desk.bytes(name), hers);
        desk.put(&format!("{name}.bak"), b"older");
        let said = desk.run(&format!("{again} {name} --force"));
        assert!(said.contains("起草以后改过") && said.contains(&format!("{name}.bak2")), "{said}");
        assert_eq!(desk.bytes(&format!("{name}.bak2")), hers);
        assert_eq!(desk.bytes(&format!("{name}.bak")), b"older");
        assert!(text(&desk, name).contains("各村要把这件事办好。"));
        // What is as it was drafted is nobody's work.
        let said = desk.run(&format!("{again} {name} --force"));
        assert!(said.contains(&format!("已写出 {name}\n")), "{said}");
    }
    // Of two outputs none is written if one may not be.
    let said = desk.run(&format!("{again} 新.txt --output a.txt"));
    assert!(said.ends_with("exit 2\n") && !desk.0.path().join("新.txt").exists(), "{said}");
}

#[test]
fn copies_of_documents_that_are_gone_are_listed_and_taken_away_on_request() {
    let desk = drafted();
    assert!(desk.run("tidy").contains("没有要清理的"));
    let gone = |name: &str| std::fs::remove_file(desk.0.path().join(name)).unwrap();
    gone("a.txt");
    let listed = desk.run("tidy .");
    assert!(listed.contains(".wengao/a.txt.trace") && !listed.contains("a.md"), "{listed}");
    assert!(listed.contains("--- exit 1"), "{listed}");
    ["a.md", "a.docx"].into_iter().for_each(gone);
    assert!(desk.run("tidy . --write").contains("--- exit 0"));
    assert!(!desk.0.path().join(".wengao").exists());
}

/// A run that was ended after the document and before its copy leaves the copy behind; the next one brings it along.
#[test]
fn a_copy_that_stayed_behind_follows_with_the_next_update() {
    let desk = drafted();
    for name in ["a.txt", "a.docx"] {
        let copy = format!(".wengao/{name}");
        let behind = desk.bytes(&copy);
        desk.put("f.yaml", FACTS.replace("30万元", "45万元").as_bytes());
        desk.run(&format!("draft own/plan --facts f.yaml --update {name}"));
        let ahead = desk.bytes(&copy);
        assert_ne!(behind, ahead);
        desk.put(&copy, &behind);
        let said = desk.run(&format!("draft own/plan --facts f.yaml --update {name}"));
        assert!(said.contains("不用更新") && desk.bytes(&copy) == ahead, "{said}");
        // Else what the facts become next would look like a change of hers.
        desk.put("f.yaml", FACTS.replace("30万元", "50万元").as_bytes());
        let said = desk.run(&format!("draft own/plan --facts f.yaml --update {name}"));
        assert!(said.ends_with("exit 0\n") && text(&desk, name).contains("50万元"), "{said}");
    }
}

#[test]
fn what_a_run_left_that_was_ended_is_listed_and_taken_away() {
    let desk = drafted();
    let left = [".wengao-a1B2c3", ".wengao-a.txt.lock", ".wengao/.wengao-Zz9aBc"];
    for name in left {
        desk.put(name, b"");
    }
    desk.put(".wengao-hers.txt", b"");
    let held = std::fs::File::open(desk.0.path().join(left[0])).unwrap();
    held.lock().unwrap();
    let listed = desk.run("tidy");
    assert!(listed.contains("2个没有用的文件") && !listed.contains(left[0]), "{listed}");
    drop(held);
    assert!(desk.run("tidy --write").contains("已删3个文件"));
    assert!(left.iter().all(|name| !desk.0.path().join(name).exists()));
    assert_eq!(desk.bytes(".wengao-hers.txt"), b"");
    assert!(desk.0.path().join(".wengao/a.txt").exists());
}

/// The settings of a folder whose papers lie in another one, from which `稿/a.txt` was drafted.
fn with_a_place(place: &str) -> (Desk, String) {
    let settings = format!("文稿库: 库\n底稿: {place}\n");
    let desk = Desk::texts(&[
        ("office/wengao.yaml", &settings),
        ("office/库/templates/own/plan.tera", TEMPLATE),
        ("office/库/phrases/o.yaml", PHRASES),
        ("office/f.yaml", FACTS),
        ("office/稿/说明.txt", "稿子放这里\n"),
    ]);
    let said = desk.run_in("office", "draft own/plan --facts f.yaml --output 稿/a.txt");
    (desk, said)
}

#[test]
fn copies_lie_where_the_settings_want_them_and_tidy_finds_them_there() {
    let (desk, said) = with_a_place("底");
    assert!(said.contains("exit 0"), "{said}");
    let there = |name: &str| desk.0.path().join("office").join(name).exists();
    assert!(there("底/.wengao/稿/a.txt") && there("底/.wengao/稿/a.txt.trace") && !there("稿/.wengao"));
    assert_eq!(desk.read("office/底/.wengao/.gitignore"), "*\n");
    change(&desk, "office/稿/a.txt", "各村要把这件事办好。", "各村要把清淤办好。");
    desk.put("office/f.yaml", FACTS.replace("30万元", "45万元").as_bytes());
    let said = desk.run_in("office", "draft own/plan --facts f.yaml --update 稿/a.txt");
    let paper = text(&desk, "office/稿/a.txt");
    assert!(said.contains("exit 0") && paper.contains("45万元") && paper.contains("把清淤办好"), "{said}");
    assert!(desk.run_in("office", "config").contains("底稿"));
    // From the folder of the papers, too, and only when they are gone.
    for folder in [".", "稿"] {
        assert!(desk.run_in("office", &format!("tidy {folder}")).contains("没有要清理的"));
    }
    std::fs::remove_file(desk.0.path().join("office/稿/a.txt")).unwrap();
    let listed = desk.run_in("office", "tidy 稿");
    assert!(listed.contains("3个没有用的文件"), "{listed}");
    assert!(desk.run_in("office/库", "tidy").contains("没有要清理的"));
    assert!(desk.run_in("office", "tidy --write").contains("已删3个文件"));
    assert!(!there("底/.wengao/稿/a.txt") && there("稿/说明.txt"));
}

/// Settings that came with a folder of somebody else's do not choose where her words are copied to.
#[test]
fn a_place_elsewhere_is_used_only_when_she_names_it() {
    let (desk, said) = with_a_place("../别处");
    assert!(said.contains("WENGAO_COPIES") && said.contains("--- exit 2"), "{said}");
    let there = |name: &str| desk.0.path().join(name).exists();
    assert!(!there("别处") && !there("office/稿/a.txt") && !there("office/稿/.wengao"));
    let hers = desk.0.path().canonicalize().unwrap().join("我的");
    let wengao = |arguments: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wengao"));
        command.args(arguments.split(' ')).current_dir(desk.0.path().join("office"));
        command.env("WENGAO_COPIES", &hers).env("LC_ALL", "zh_CN.UTF-8");
        let output = command.output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    wengao("draft own/plan --facts f.yaml --output 稿/a.txt");
    assert!(there("office/稿/a.txt") && !there("office/稿/.wengao") && !there("别处"));
    assert!(hers.join(".wengao/.gitignore").exists());
    let said = wengao("draft own/plan --facts f.yaml --update 稿/a.txt");
    assert!(said.contains("不用更新"), "{said}");
    assert!(wengao("tidy").contains("没有要清理的"));
    std::fs::remove_file(desk.0.path().join("office/稿/a.txt")).unwrap();
    assert!(wengao("tidy --write").contains("已删3个文件"));
}
