//! Every command that writes, each with what lies there before: invented papers of invented places.

use std::path::Path;

use wengao::{Change, fix, read};

use super::desk::{Desk, Disturb, State};

/// A command on a desk.
pub struct Scene {
    /// What it is called in tables.
    pub name: &'static str,
    /// What lies there.
    files: &'static [(&'static str, &'static str)],
    /// What was run before.
    before: &'static [&'static str],
    /// What she did then.
    she: &'static [(&'static str, &'static str, &'static str)],
    /// What is disturbed.
    pub command: &'static str,
    /// The folder of the corpus that it changes.
    pub corpus: Option<&'static str>,
    /// Whether it makes another folder when it is run again.
    pub anew: bool,
    /// The output that says what could not be read, and is written all the same.
    pub reports: Option<&'static str>,
    /// Whether it leaves alone what it cannot see.
    pub leaves: bool,
}

const TEMPLATE: &str = "---\nid: own/plan\ntitle: {zh: 安排, en: plan}\nneeds:\n- {fact: meeting.name, for: {zh: 会, en: m}}\n- {fact: work.funds, for: {zh: 钱, en: f}}\n- {fact: 'tasks[].name', for: {zh: 事, en: t}}\n---\n# {{ meeting.name }}安排\n\n安排{{ work.funds }}，用在点上。\n\n{% for t in tasks %}\n## {{ t.name }}\n\n各村要把这件事办好。\n\n{% endfor %}\n";
const FACTS: &str =
    "地区: {名称: 云岭县}\n会议: {名称: 全县清沟会}\n工作: {资金: 30万元}\n任务: [清淤, 护坡]\n";
const MORE: &str =
    "地区: {名称: 云岭县}\n会议: {名称: 全县清沟会}\n工作: {资金: 45万元}\n任务: [清淤, 护坡]\n";
const SETTINGS: &str = "文稿库: 库\n";
const OWN: &str = "库/templates/own/plan.tera";
const SLIPS: &str =
    "关于农村公路建设的通知\n各镇人民政府:\n　　今年新改建农村公路12公里,投资x万元，由县交通运输局牵头。。\n";
const SPEECH: &str = "在全县清沟会上的讲话\n\n同志们：\n　　去年全县清沟45公里，投入30万元。2025年3月5日前，各村要办好三件事。\n　　一、清淤\n　　各村要把淤泥清走。\n";
const NEWER: &str = "在全县清沟会上的讲话\n\n同志们：\n　　今年全县清沟52公里，投入38万元。2026年3月5日前，各村要办好三件事。\n　　一、清淤\n　　各村要把淤泥清走，月底回头看。\n";
const EACH: &str = "地区.名称,工作.资金\n石塘县,12万元\n柳湾县,15万元\n";
const OLD: &str = "这里原来有别的东西，是她写的。\n";
const SHORT: &str = "石塘县2024年工作总结\n天旱时渠长按钟点打钟轮灌，三十六条毛渠再没有为水吵过架。\n";
const MILL: &str = "塔前县2024年工作总结\n老磨坊改成豆腐作坊，十一户人家轮流掌勺，每月初八公布进价和分红。\n";
const WELL: &str = "沙井县2024年工作总结\n入了冬，要把水窖清淤当成头件大事，一户一户看过去。\n";

const fn scene(name: &'static str, command: &'static str) -> Scene {
    Scene {
        name,
        files: &[],
        before: &[],
        she: &[],
        command,
        corpus: None,
        anew: false,
        reports: None,
        leaves: false,
    }
}

const DRAFTING: &[(&str, &str)] =
    &[("wengao.yaml", SETTINGS), (OWN, TEMPLATE), ("f.yaml", FACTS), ("g.yaml", MORE), ("表.csv", EACH)];
const PAPERS: &[(&str, &str)] = &[
    ("稿.txt", SLIPS),
    ("稿.md", SLIPS),
    ("讲.txt", SPEECH),
    ("新.txt", NEWER),
    ("f.yaml", FACTS),
    ("旧.docx", OLD),
    ("旧.xlsx", OLD),
    ("旧.yaml", OLD),
    ("料.csv", "任务,责任单位\n清淤,水利局\n护坡,交通局\n"),
];
const STOCK: &[(&str, &str)] =
    &[("外/石塘.txt", SHORT), ("外/塔前.txt", MILL), ("又/沙井.txt", WELL), ("又/新.txt", NEWER)];
const HELD: &[&str] = &["corpus add --corpus 库 外"];
/// Four segments side by side are made one by the next.
const FOUR: &[&str] = &[
    "corpus add --corpus 库 外/石塘.txt",
    "corpus add --corpus 库 外/塔前.txt",
    "corpus add --corpus 库 又/沙井.txt",
];

/// All of them.
pub static SCENES: &[Scene] = &[
    Scene { anew: true, ..scene("demo", "demo 演示") },
    scene("init", "init 新 --locality 云岭县"),
    Scene { files: DRAFTING, ..scene("draft", "draft own/plan -f f.yaml -o a.docx -o a.md") },
    Scene {
        files: DRAFTING,
        before: &["draft own/plan -f f.yaml -o a.docx"],
        she: &[("a.docx", "各村要把这件事办好。", "各村要把清淤办好。")],
        ..scene("draft --force", "draft own/plan -f g.yaml -o a.docx --force")
    },
    Scene {
        files: DRAFTING,
        before: &["draft own/plan -f f.yaml -o a.docx"],
        she: &[("a.docx", "各村要把这件事办好。", "各村要把清淤办好。")],
        ..scene("draft --update .docx", "draft own/plan -f g.yaml --update a.docx")
    },
    Scene {
        files: DRAFTING,
        before: &["draft own/plan -f f.yaml -o a.docx"],
        she: &[("a.docx", "30万元", "32万元")],
        ..scene("draft --update, both changed", "draft own/plan -f g.yaml --update a.docx")
    },
    Scene {
        files: DRAFTING,
        before: &["draft own/plan -f f.yaml -o a.txt"],
        she: &[("a.txt", "各村要把这件事办好。", "各村要把清淤办好。")],
        ..scene("draft --update .txt", "draft own/plan -f g.yaml --update a.txt")
    },
    Scene {
        files: DRAFTING,
        ..scene("draft --each", "draft own/plan -f f.yaml --each 表.csv -o {地区.名称}.docx")
    },
    Scene { files: DRAFTING, ..scene("draft --package", "draft own/plan -f f.yaml -o a.docx --package 包") },
    Scene {
        files: DRAFTING,
        before: &["draft own/plan -f f.yaml -o a.docx --package 包"],
        ..scene("draft --package, again", "draft own/plan -f g.yaml -o a.docx --package 包 --force")
    },
    Scene {
        files: PAPERS,
        before: &["format 稿.txt -o 稿.docx"],
        ..scene("check -o .docx", "check 稿.docx -o 批注.docx")
    },
    Scene {
        files: PAPERS,
        before: &["format 稿.txt -o 稿.docx"],
        ..scene("check --track -o --force", "check 稿.docx --track -o 旧.docx --force")
    },
    Scene {
        files: PAPERS,
        before: &["format 稿.txt -o 稿.docx", "format 讲.txt -o 讲.docx"],
        ..scene("check -o FOLDER", "check 稿.docx 讲.docx --format docx -o 批注")
    },
    Scene {
        files: PAPERS,
        reports: Some("旧.xlsx"),
        ..scene("check -o .xlsx --force", "check 稿.txt 稿.md -o 旧.xlsx --force")
    },
    Scene {
        files: PAPERS,
        reports: Some("报告.json"),
        ..scene("check -o .json", "check 稿.txt -o 报告.json")
    },
    Scene { files: PAPERS, ..scene("check --package", "check 讲.txt -f f.yaml --package 包") },
    Scene {
        files: PAPERS,
        reports: Some("wengao-baseline.yaml"),
        ..scene("check --update-baseline", "check 稿.txt --update-baseline")
    },
    Scene {
        files: PAPERS,
        reports: Some("wengao-baseline.yaml"),
        before: &["check 稿.txt --update-baseline"],
        ..scene("check --update-baseline, more", "check 稿.txt 稿.md 讲.txt --update-baseline")
    },
    Scene {
        files: PAPERS,
        before: &["format 稿.txt -o 稿.docx"],
        ..scene("fix --write", "fix 稿.txt 稿.docx 稿.md --write")
    },
    Scene {
        files: PAPERS,
        before: &["format 稿.txt -o 稿.docx"],
        ..scene("fix --track --write", "fix 稿.docx --track --write")
    },
    Scene { files: PAPERS, ..scene("format -o", "format 讲.txt -o 排.docx") },
    Scene { files: PAPERS, ..scene("format -o --force", "format 讲.txt -o 旧.docx --force") },
    Scene { files: PAPERS, ..scene("renew -o", "renew 讲.txt -o 沿用.xlsx") },
    Scene {
        files: PAPERS,
        before: &["format 讲.txt -o 讲.docx", "renew 讲.docx -o 沿用.yaml"],
        ..scene("renew --values -o --force", "renew 讲.docx --values 沿用.yaml -o 旧.docx --force")
    },
    Scene { files: PAPERS, ..scene("compare -o --force", "compare 讲.txt 新.txt -o 旧.docx --force") },
    Scene { files: PAPERS, ..scene("skeleton extract", "skeleton extract 讲.txt -o 我.tera -f 填.yaml") },
    Scene { files: PAPERS, ..scene("facts new", "facts new speech/mobilization -o 空.yaml") },
    Scene {
        files: PAPERS,
        ..scene("facts new --xlsx --force", "facts new speech/mobilization --xlsx 旧.xlsx --force")
    },
    Scene { files: PAPERS, ..scene("facts read -o --force", "facts read 讲.txt -o 旧.yaml --force") },
    Scene { files: PAPERS, ..scene("facts import -o", "facts import 料.csv --sheet 任务 -o 任务.yaml") },
    Scene {
        files: PAPERS,
        ..scene("facts import --mapping-stub", "facts import 料.csv --mapping-stub 映射.yaml")
    },
    Scene { files: PAPERS, ..scene("facts export -o --force", "facts export f.yaml -o 旧.xlsx --force") },
    Scene { files: PAPERS, ..scene("config --pack-stub --force", "config --pack-stub 旧.yaml --force") },
    Scene { files: STOCK, corpus: Some("库"), ..scene("corpus add, new", "corpus add --corpus 库 外") },
    Scene {
        files: STOCK,
        before: HELD,
        corpus: Some("库"),
        ..scene("corpus add, more", "corpus add --corpus 库 又")
    },
    Scene {
        files: STOCK,
        before: FOUR,
        corpus: Some("库"),
        ..scene("corpus add, joining", "corpus add --corpus 库 又/新.txt")
    },
    Scene {
        files: &[("外/石塘.txt", SHORT), ("外/塔前.txt", MILL), ("改/石塘.txt", WELL)],
        before: HELD,
        corpus: Some("库"),
        ..scene("corpus add --replace", "corpus add --replace --corpus 库 改")
    },
    Scene {
        files: STOCK,
        before: HELD,
        corpus: Some("库"),
        ..scene("corpus set", "corpus set --corpus 库 石塘.txt --locality 石塘县 --year 2023")
    },
    Scene {
        files: STOCK,
        before: HELD,
        corpus: Some("库"),
        ..scene("corpus remove", "corpus remove --corpus 库 石塘.txt")
    },
    Scene {
        files: STOCK,
        before: &[
            "corpus add --corpus 库 外",
            "corpus add --corpus 库 又",
            "corpus remove --corpus 库 石塘.txt",
        ],
        corpus: Some("库"),
        ..scene("corpus compact", "corpus compact --corpus 库")
    },
    Scene {
        files: &[
            (".wengao/.gitignore", "*\n"),
            (".wengao/甲.txt", OLD),
            (".wengao/甲.txt.name", OLD),
            (".wengao/甲.txt.trace", OLD),
            (".wengao-a1B2c3", OLD),
            (".wengao-甲.txt.lock", ""),
            ("稿.txt", SLIPS),
        ],
        leaves: true,
        ..scene("tidy --write", "tidy --write")
    },
];

impl Scene {
    /// The desk before the command, and what lies on it.
    pub fn set(&self, program: &Path) -> (Desk, State) {
        let desk = Desk::new(program);
        for (name, text) in self.files {
            desk.put(name, text.as_bytes());
        }
        for command in self.before {
            let ended = desk.run(command, &Disturb::Nothing);
            assert!(ended.code.is_some_and(|code| code < 2), "{}: {command}: {}", self.name, ended.said);
        }
        for (name, from, to) in self.she {
            change(&desk, name, from, to);
        }
        let state = desk.state();
        (desk, state)
    }
}

/// Her own change of a document.
fn change(desk: &Desk, name: &str, from: &str, to: &str) {
    let bytes = std::fs::read(desk.path().join(name)).expect("the document");
    let manuscript = read(name, &bytes).expect("a text");
    let at = manuscript.text().find(from).expect("her words");
    let changes = [Change { range: at..at + from.len(), text: to.to_owned() }];
    desk.put(name, &fix(&bytes, &manuscript, &changes).expect("her change"));
}
