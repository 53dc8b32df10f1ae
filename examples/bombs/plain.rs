//! Bombs of plain text: paper, tables, facts, settings, skeletons, mails, pages.

use super::{Bomb, Door, check};

/// All of them.
pub const BOMBS: &[Bomb] = &[
    check(".txt of one line of 20 MB", "a.txt", || "各乡镇要抓好春耕备耕，".repeat(20 << 15).into_bytes()),
    check(".txt of 200 MB", "a.txt", || "各乡镇要抓好春耕备耕，\n".repeat(200 << 15).into_bytes()),
    check(".txt of 8 million empty lines", "a.txt", || vec![b'\n'; 8 << 20]),
    check(".txt of 5 million lines of one letter", "a.txt", || b"a\n".repeat(5_000_000)),
    check(".md of 2 million lines of one letter", "a.md", || b"a\n".repeat(2_000_000)),
    check(".md of 10 million brackets", "a.md", || vec![b'['; 10_000_000]),
    check(".md of 3 million stars and lines in turn", "a.md", || {
        "*a_\u{FF0C}".repeat(1_500_000).into_bytes()
    }),
    check(".md of quotations 200,000 deep", "a.md", || vec![b'>'; 200_000]),
    check(".md of a million brackets", "a.md", || vec![b'['; 1_000_000]),
    check(".md of half a million backticks in runs of every length", "a.md", backticks),
    check(".md of a list 3,000 deep", "a.md", || {
        (0..3_000).flat_map(|n| format!("{}- a\n", " ".repeat(2 * n)).into_bytes()).collect()
    }),
    check(".html of a million divisions in each other", "a.html", || html(&"<div>".repeat(1_000_000))),
    check(".html of a cell over 65,000 rows and columns", "a.html", || {
        html(
            &"<table><tr><td rowspan=65000 colspan=65000>1</td></tr><tr><td>2</td></tr></table>"
                .repeat(1_000),
        )
    }),
    check(".html of 10 million paragraphs", "a.html", || html(&"<p>a".repeat(10_000_000))),
    check(".html of 100 MB", "a.html", || html(&"<i></i>".repeat(15_000_000))),
    check(".csv of 1,000,000 rows", "a.csv", || "粮食,12.5\n".repeat(1_000_000).into_bytes()),
    check(".csv with a quotation that never ends", "a.csv", || {
        ["\"".to_owned(), "粮食,12.5\n".repeat(1_000_000)].concat().into_bytes()
    }),
    check(".csv of a row of 2,000,000 cells", "a.csv", || "1,".repeat(2_000_000).into_bytes()),
    check(".rtf of groups a million deep", "a.rtf", || {
        ["{\\rtf1 ", &"{".repeat(1_000_000)].concat().into_bytes()
    }),
    check(".rtf of 10 million paragraphs", "a.rtf", || {
        ["{\\rtf1 ", &"\\par a".repeat(10_000_000), "}"].concat().into_bytes()
    }),
    check(".rtf with 4 GB of binary announced", "a.rtf", || b"{\\rtf1 a\\bin4294967295 b}".to_vec()),
    check(".rtf of rows of a table 100,000 deep", "a.rtf", || {
        ["{\\rtf1 ", &"\\trowd\\cellx1\\intbl\\itap9999 a\\nestcell\\nestrow ".repeat(100_000)]
            .concat()
            .into_bytes()
    }),
    check(".eml of parts 20,000 deep", "a.eml", mail_deep),
    check(".eml of 100,000 parts of one name", "a.eml", mail_wide),
    check(".eml with 100 MB in base64", "a.eml", mail_long),
    Bomb { what: "facts of aliases, doubled 40 times", file: "a.yaml", door: Door::Facts, make: aliases },
    Bomb {
        what: "facts of lists 100,000 deep",
        file: "a.yaml",
        door: Door::Facts,
        make: || ["任务: ", &"[".repeat(100_000)].concat().into_bytes(),
    },
    Bomb {
        what: "facts as JSON, 100,000 deep",
        file: "a.yaml",
        door: Door::Facts,
        make: || "{\"a\":".repeat(100_000).into_bytes(),
    },
    Bomb {
        what: "facts of a block 3,000 deep",
        file: "a.yaml",
        door: Door::Facts,
        make: || (0..3_000).flat_map(|n| format!("{}a:\n", " ".repeat(n)).into_bytes()).collect(),
    },
    Bomb {
        what: "facts of 200,000 keys",
        file: "a.yaml",
        door: Door::Facts,
        make: || {
            ["补充:\n".to_owned(), (0..200_000).map(|n| format!("  k{n}: 1\n")).collect()]
                .concat()
                .into_bytes()
        },
    },
    Bomb {
        what: "facts with a value of 30 MB",
        file: "a.yaml",
        door: Door::Facts,
        make: || format!("会议: {{名称: \"{}\"}}\n", "春".repeat(10 << 20)).into_bytes(),
    },
    Bomb {
        what: "last year's facts of 8,000 records",
        file: "a.yaml",
        door: Door::Diff,
        make: || {
            ["任务:\n".to_owned(), (0..8_000).map(|n| format!("- {{名称: 第{n}号堤段加固工程}}\n")).collect()]
                .concat()
                .into_bytes()
        },
    },
    Bomb {
        what: "skeleton that includes itself",
        file: "a.tera",
        door: Door::Skeleton,
        make: || skeleton("{% include \"a.tera\" %}"),
    },
    Bomb {
        what: "skeleton of loops in loops, 10^12 turns",
        file: "a.tera",
        door: Door::Skeleton,
        make: || {
            skeleton(&format!("{}x{}", "{% for i in range(end=1000) %}".repeat(4), "{% endfor %}".repeat(4)))
        },
    },
    Bomb {
        what: "skeleton with brackets 50,000 deep",
        file: "a.tera",
        door: Door::Skeleton,
        make: || skeleton(&format!("{{{{ {}1{} }}}}", "(".repeat(50_000), ")".repeat(50_000))),
    },
    Bomb {
        what: "settings whose values are patterns of nested repeats",
        file: "wengao.yaml",
        door: Door::Settings,
        make: || {
            "放行:\n- 规则: figure\n  词: \"((a{1000}){1000}){1000}\"\n本地: \"(((x+x+)+)+)+y\"\n"
                .as_bytes()
                .to_vec()
        },
    },
    Bomb {
        what: "settings of aliases, doubled 40 times",
        file: "wengao.yaml",
        door: Door::Settings,
        make: aliases,
    },
    check(".fodt with an entity that doubles 30 times", "a.fodt", fodt),
];

/// Runs of backticks each one longer than the one before: none has a partner.
fn backticks() -> Vec<u8> {
    (1..1_000).flat_map(|n| [vec![b'`'; n], b"a".to_vec()].concat()).collect()
}

fn html(inside: &str) -> Vec<u8> {
    format!("<html><body><p>同志们：</p>{inside}</body></html>").into_bytes()
}

fn skeleton(body: &str) -> Vec<u8> {
    format!("---\nid: a\ntitle: 讲话\nabout: 试\n---\n# 讲话\n\n{body}\n").into_bytes()
}

/// Lists of which each holds the one before it twice.
fn aliases() -> Vec<u8> {
    let line = |n: usize| format!("k{n}: &a{n} [*a{0}, *a{0}]\n", n - 1);
    ["k0: &a0 [x, x]\n".to_owned(), (1..=40).map(line).collect()].concat().into_bytes()
}

const MAIL: &str = "From: a@b.cn\nTo: c@d.cn\nSubject: a\nMIME-Version: 1.0\n";

fn mail_deep() -> Vec<u8> {
    let part = |n: usize| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\n\n--b{n}\n");
    [MAIL.to_owned(), (0..20_000).map(part).collect()].concat().into_bytes()
}

fn mail_wide() -> Vec<u8> {
    let part = "--b\nContent-Type: text/plain; name=\"a.txt\"\nContent-Disposition: attachment; filename=\"a.txt\"\n\na\n";
    format!("{MAIL}Content-Type: multipart/mixed; boundary=\"b\"\n\n{}--b--\n", part.repeat(100_000))
        .into_bytes()
}

fn mail_long() -> Vec<u8> {
    let line = format!("{}\n", "5ZCM".repeat(19));
    format!(
        "{MAIL}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{}",
        line.repeat(100 << 20 >> 6)
    )
    .into_bytes()
}

fn fodt() -> Vec<u8> {
    let entities: String = (1..=30).map(|n| format!("<!ENTITY a{n} \"&a{0};&a{0};\">", n - 1)).collect();
    format!("<?xml version=\"1.0\"?><!DOCTYPE o [<!ENTITY a0 \"ha\">{entities}]><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text><text:p>&a30;</text:p></office:text></office:body></office:document>").into_bytes()
}
