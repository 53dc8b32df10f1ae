//! A corpus in PostgreSQL, on a server that the tests start themselves: `cargo test --features postgres
//! --test postgres`. Where there is none, they skip and say so.
//!
//! `WENGAO_CORPUS=FOLDER` and `WENGAO_DRAFTS=FOLDER` hold a corpus and drafts of one's own against each other
//! as well, and time them.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test makes files and runs programs")]

mod server;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Instant;

use serde_json::Value as Json;
use server::Server;
use tempfile::TempDir;

fn wengao(folder: &Path, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wengao"));
    command.args(args.split_whitespace()).current_dir(folder);
    command
        .env("LC_ALL", "en_US.UTF-8")
        .env_remove("PGPASSWORD")
        .env("PGPASSFILE", "none")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, args: &str) -> Output {
    wengao(folder, args).output().unwrap()
}

fn done(folder: &Path, args: &str) -> String {
    let output = run(folder, args);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code < 2), "{args}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a command that fails says.
fn fails(folder: &Path, args: &str) -> String {
    let output = run(folder, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{args}: {said}");
    assert!(output.stdout.is_empty(), "{args}: {}", String::from_utf8_lossy(&output.stdout));
    said
}

const WORDS: &[&str] = &[
    "渠长打钟",
    "豆腐作坊",
    "晒谷场边",
    "老磨坊",
    "药箱车",
    "逢五逢十",
    "防火广播",
    "唱山歌的阿婆",
    "邮车捎下山",
    "半夜排队",
    "塘坝",
    "水窖钥匙",
    "风雨桥",
    "读书的地方",
    "春灌",
    "毛渠",
    "轮流掌勺",
    "祠堂门口",
    "分红",
    "，",
    "。",
    "，",
];

/// A text of its own for each number.
fn text(number: u64, words: usize) -> String {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(state >> 40) as usize % WORDS.len()]
    };
    let mut text = format!("石塘县{}年第{number}号材料\n", 2000 + number % 25);
    for n in 0..words {
        text.push_str(word());
        if n % 60 == 59 {
            text.push('\n');
        }
    }
    text
}

/// A folder of documents with these numbers.
fn documents(folder: &Path, name: &str, numbers: std::ops::Range<u64>) {
    fs::create_dir_all(folder.join(name)).unwrap();
    for n in numbers {
        fs::write(folder.join(name).join(format!("{n}.txt")), text(n, 150 + (n as usize * 37) % 500))
            .unwrap();
    }
}

/// A desk with a corpus of some segments, some of it removed and set, and drafts that copy from it.
fn desk() -> TempDir {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    for (n, range) in [0..80, 80..120].into_iter().enumerate() {
        documents(folder, &format!("批{n}"), range);
        done(folder, &format!("corpus add --corpus 库 批{n}"));
    }
    done(folder, "corpus remove --corpus 库 7.txt 90.txt");
    done(folder, "corpus set --corpus 库 8.txt --locality 柳湾县");
    for n in 0..4u64 {
        let taken = |m: u64| -> String { text(m, 400).chars().skip(30).take(90).collect() };
        let draft = format!("云岭县今年的事\n{}。\n自己的话一句。\n{}。\n", taken(n), taken(100 + n));
        fs::write(folder.join(format!("稿{n}.txt")), draft).unwrap();
    }
    desk
}

const CHECK: &str = "check 稿0.txt 稿1.txt 稿2.txt 稿3.txt --only copied-passage --format json --corpus";

/// What a corpus says of the drafts; never nothing.
fn report(folder: &Path, corpus: &str) -> String {
    let report = done(folder, &format!("{CHECK} {corpus}"));
    let read: Json = serde_json::from_str(&report).unwrap();
    assert!(
        read["documents"].as_array().unwrap().iter().all(|d| !d["findings"].as_array().unwrap().is_empty())
    );
    report
}

#[test]
fn the_database_says_what_the_folder_says() {
    let Some(server) = Server::start() else { return };
    let (desk, url) = (desk(), server.url("says"));
    let folder = desk.path();
    let said = done(folder, &format!("corpus push {url} --corpus 库"));
    assert!(said.is_empty());
    let expected = report(folder, "库");
    assert_eq!(report(folder, &url), expected);
    // Only what is new is sent the next time, and what was tightened goes.
    documents(folder, "批3", 120..125);
    done(folder, "corpus add --corpus 库 批3");
    let again = run(folder, &format!("corpus push {url} --corpus 库"));
    let again = String::from_utf8(again.stderr).unwrap();
    assert!(again.contains("123 documents now: segments sent 1, there already 2"), "{again}");
    done(folder, "corpus compact --corpus 库");
    let again = run(folder, &format!("corpus push {url} --corpus 库"));
    let again = String::from_utf8(again.stderr).unwrap();
    assert!(again.contains("segments sent 1, there already 0, taken away 3"), "{again}");
    assert_eq!(report(folder, &url), report(folder, "库"));
    // Names, figures and texts are the same as well; the settings name a database as they do a folder.
    fs::write(folder.join("wengao.yaml"), format!("语料库: [{url}]\n")).unwrap();
    assert_eq!(done(folder, "corpus list"), done(folder, "corpus list --corpus 库"));
    assert_eq!(done(folder, "corpus show 8.txt"), done(folder, "corpus show 8.txt --corpus 库"));
    let info: Json = serde_json::from_str(&done(folder, "corpus info --format json")).unwrap();
    assert_eq!(info["documents"], 123);
    // Both at once are one: each document counts once.
    let both = report(folder, &format!("库 --corpus {url}"));
    let mut bare: Json = serde_json::from_str(&both.replace("库: ", "")).unwrap();
    let findings = bare["documents"].as_array_mut().unwrap().iter_mut();
    let findings = findings.flat_map(|document| document["findings"].as_array_mut().unwrap());
    for source in findings.flat_map(|finding| finding["sources"].as_array_mut().unwrap()) {
        assert_eq!(source.as_object_mut().unwrap().shift_remove("corpus").unwrap(), "库");
    }
    let alone: Json = serde_json::from_str(&report(folder, "库")).unwrap();
    assert_eq!(bare, alone);
    // And out again, byte for byte.
    done(folder, &format!("corpus pull {url} --corpus 取"));
    for file in fs::read_dir(folder.join("取")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|e| e == "segment") {
            assert!(
                fs::read(&path).unwrap()
                    == fs::read(folder.join("库").join(path.file_name().unwrap())).unwrap()
            );
        }
    }
    done(folder, "corpus verify --corpus 取");
    assert_eq!(report(folder, "取"), report(folder, "库"));
    // A folder that was fetched follows; one with changes of its own is left alone.
    documents(folder, "批4", 130..132);
    done(folder, "corpus add --corpus 库 批4");
    done(folder, &format!("corpus push {url} --corpus 库"));
    done(folder, &format!("corpus pull {url} --corpus 取"));
    assert_eq!(done(folder, "corpus list --corpus 取"), done(folder, "corpus list --corpus 库"));
    documents(folder, "批5", 140..141);
    done(folder, "corpus add --corpus 取 批5");
    assert!(fails(folder, &format!("corpus pull {url} --corpus 取")).contains("were not pushed"));
    assert!(fails(folder, &format!("corpus add --corpus {url} 批5")).contains("not changed in its place"));
}

#[test]
fn two_that_push_come_one_after_the_other_and_nobody_pushes_over_another() {
    let Some(server) = Server::start() else { return };
    let (desk, url) = (desk(), server.url("two"));
    let folder = desk.path();
    done(folder, &format!("corpus push {url} --corpus 库"));
    documents(folder, "批3", 200..230);
    done(folder, "corpus add --corpus 库 批3");
    // From one folder, at once.
    let push = |_| -> Child {
        let mut command = wengao(folder, &format!("corpus push {url} --corpus 库"));
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    for child in [0, 1, 2].map(push) {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(report(folder, &url), report(folder, "库"));
    // From two folders, at once: to a database of nobody's, one of them is first, and the other is refused.
    documents(folder, "别处", 300..303);
    done(folder, "corpus add --corpus 别库 别处");
    let fresh = server.url("fresh");
    let push = |from: &str| -> Child {
        let mut command = wengao(folder, &format!("corpus push {fresh} --corpus {from}"));
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    let outputs = ["库", "别库"].map(push).map(|child| child.wait_with_output().unwrap());
    let good = outputs.iter().filter(|output| output.status.success()).count();
    assert_eq!(good, 1, "{outputs:?}");
    let listed: Json =
        serde_json::from_str(&done(folder, &format!("corpus list --corpus {fresh} --format json"))).unwrap();
    assert!([148, 3].contains(&listed.as_array().unwrap().len()));
    // From another folder, later.
    let refused = fails(folder, &format!("corpus push {url} --corpus 别库"));
    assert!(refused.contains("was not pushed from this folder"), "{refused}");
    assert_eq!(report(folder, &url), report(folder, "库"));
    done(folder, &format!("corpus push {url} --corpus 别库 --replace"));
    assert_eq!(done(folder, &format!("corpus list --corpus {url}")).lines().count(), 3);
    // And who pushed before is told so.
    assert!(fails(folder, &format!("corpus push {url} --corpus 库")).contains("somebody else pushed since"));
}

#[test]
fn a_push_that_is_killed_is_whole_or_absent() {
    const TURNS: u32 = 6;
    let Some(server) = Server::start() else { return };
    let desk = desk();
    let folder = desk.path();
    done(folder, &format!("corpus push {} --corpus 库", server.url("before")));
    let (before, old) = (report(folder, "库"), done(folder, "corpus list --corpus 库"));
    documents(folder, "批3", 400..700);
    done(folder, "corpus add --corpus 库2 批3 批0");
    let (after, new) = (report(folder, "库2"), done(folder, "corpus list --corpus 库2"));
    let begun = Instant::now();
    done(folder, &format!("corpus push {} --corpus 库2", server.url("after")));
    let whole = begun.elapsed();
    let (mut kept, mut lost) = (0, 0);
    for turn in 0..TURNS {
        let url = server.url(&format!("killed{turn}"));
        done(folder, &format!("corpus push {url} --corpus 库"));
        let mut child = wengao(folder, &format!("corpus push {url} --corpus 库2 --replace")).spawn().unwrap();
        if turn % 2 == 0 {
            std::thread::sleep(whole * (turn + 1) / TURNS);
            child.kill().unwrap();
        } else {
            // The server ends it as soon as it is at work.
            while child.try_wait().unwrap().is_none() {
                server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wengao'");
            }
        }
        child.wait().unwrap();
        let (there, listed) = (report(folder, &url), done(folder, &format!("corpus list --corpus {url}")));
        if listed == old {
            assert_eq!(there, before);
            lost += 1;
        } else {
            assert_eq!((&there, &listed), (&after, &new));
            kept += 1;
        }
        // Whatever became of it, the folder may push on.
        done(folder, &format!("corpus push {url} --corpus 库2 --replace"));
        assert_eq!(report(folder, &url), after);
    }
    println!("{kept} pushes were in when they were ended, {lost} were not");
    assert!(lost > 0, "none was ended in time");
}

#[test]
fn a_lost_connection_is_an_error_and_never_an_all_clear() {
    let Some(mut server) = Server::start() else { return };
    let (desk, url) = (desk(), server.url("lost"));
    let folder = desk.path();
    done(folder, &format!("corpus push {url} --corpus 库"));
    let expected = report(folder, &url);
    // Connections that are cut while drafts are checked: the right answer, or an error.
    let (mut right, mut errors) = (0, 0);
    for _ in 0..6 {
        let mut command = wengao(folder, &format!("{CHECK} {url}"));
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        for _ in 0..3 {
            server.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wengao'",
            );
        }
        let output = child.wait_with_output().unwrap();
        if output.status.code() == Some(2) {
            assert!(output.stdout.is_empty());
            errors += 1;
        } else {
            assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
            right += 1;
        }
    }
    println!("{right} were answered by a new connection, {errors} were told");
    // A bucket without a row is no empty bucket where its segment is gone; nor is a table that is gone.
    server.sql("UPDATE lost.segment SET seg = seg + 1000");
    let gone = fails(folder, &format!("{CHECK} {url}"));
    assert!(gone.contains("damaged") || gone.contains("replaced"), "{gone}");
    server.stop();
    let said = fails(folder, &format!("{CHECK} {url}"));
    assert!(said.contains("cannot be reached") && said.contains("nothing is clear"), "{said}");
}

#[test]
fn another_schema_and_no_corpus_and_no_rights_are_told_and_no_password_is() {
    let Some(server) = Server::start() else { return };
    let (desk, url) = (desk(), server.url("told"));
    let folder = desk.path();
    assert!(
        fails(folder, &format!("{CHECK} {url}"))
            .contains("there is no corpus in this database (schema told)")
    );
    done(folder, &format!("corpus push {url} --corpus 库"));
    // Who may only read searches, and does not push.
    server.sql(
        "CREATE ROLE reader LOGIN PASSWORD 's3cret'; GRANT USAGE ON SCHEMA told TO reader; \
         GRANT SELECT ON ALL TABLES IN SCHEMA told TO reader",
    );
    let reader = server.url_of("reader:s3cret", "told");
    assert_eq!(report(folder, &reader), report(folder, "库"));
    // The password may lie where that of psql does.
    fs::write(folder.join("none"), "# of psql\nlocalhost:5432:postgres:reader:s3cret\n").unwrap();
    let bare = server.url_of("reader", "told");
    assert_eq!(report(folder, &bare), report(folder, "库"));
    fs::remove_file(folder.join("none")).unwrap();
    documents(folder, "批3", 500..501);
    done(folder, "corpus add --corpus 库 批3");
    let refused = fails(folder, &format!("corpus push {reader} --corpus 库"));
    assert!(refused.contains("does not allow it") && refused.contains("GRANT"), "{refused}");
    done(folder, &format!("corpus push {url} --corpus 库"));
    server.sql("REVOKE SELECT ON told.bucket FROM reader");
    let refused = fails(folder, &format!("{CHECK} {reader}"));
    assert!(refused.contains("does not allow it"), "{refused}");
    let stranger = server.url_of("nobody_here:s3cret", "told");
    let unknown = fails(folder, &format!("{CHECK} {stranger}"));
    fs::write(folder.join("wengao.yaml"), format!("语料库: '{reader}'\n")).unwrap();
    let shown = done(folder, "config 稿0.txt");
    for said in [&refused, &unknown, &shown] {
        assert!(!said.contains("s3cret"), "{said}");
    }
    fs::remove_file(folder.join("wengao.yaml")).unwrap();
    // A reader of an older schema, and of a newer one.
    for (change, help) in [
        ("UPDATE told.corpus SET version = 99", "use the version of the program with which"),
        ("UPDATE told.corpus SET version = 0", "corpus push --replace"),
        ("ALTER TABLE told.corpus DROP COLUMN generation", "schema version"),
    ] {
        server.sql(change);
        let said = fails(folder, &format!("{CHECK} {url}"));
        assert!(said.contains("this program knows version 1") && said.contains(help), "{said}");
        assert!(fails(folder, &format!("corpus push {url} --corpus 库")).contains("schema version"));
    }
    done(folder, &format!("corpus push {url} --corpus 库 --replace"));
    assert_eq!(report(folder, &url), report(folder, "库"));
}

/// The tables in the manual are those that a push makes.
#[test]
fn the_manual_has_the_tables() {
    let Some(server) = Server::start() else { return };
    let (desk, page) = (desk(), include_str!("../../docs/postgresql.md"));
    let folder = desk.path();
    let tables = page.split("```sql\n-- tables\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    server.sql(&tables.replace("wengao", "manual"));
    done(folder, &format!("corpus push {} --corpus 库", server.url("manual")));
    assert_eq!(report(folder, &server.url("manual")), report(folder, "库"));
    done(folder, &format!("corpus push {} --corpus 库", server.url("made")));
    let columns = |schema: &str| {
        server.sql(&format!(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns \
             WHERE table_schema = '{schema}' ORDER BY 1, 2"
        ))
    };
    assert_eq!(columns("manual"), columns("made"));
}

/// A corpus of one's own: the same findings, byte for byte, and how long they take.
#[test]
fn a_corpus_of_ones_own_gives_the_same() {
    let (Some(corpus), Some(drafts)) = (std::env::var_os("WENGAO_CORPUS"), std::env::var_os("WENGAO_DRAFTS"))
    else {
        eprintln!("not run: WENGAO_CORPUS and WENGAO_DRAFTS name no corpus and no drafts");
        return;
    };
    let Some(server) = Server::start() else { return };
    let (corpus, url) = (Path::new(&corpus).display().to_string(), server.url("own"));
    let begun = Instant::now();
    done(Path::new("/"), &format!("corpus push {url} --corpus {corpus} --replace"));
    println!("pushed in {:?}", begun.elapsed());
    println!("{}", server.sql("SELECT relname, pg_total_relation_size(oid), pg_relation_size(oid), pg_indexes_size(oid) FROM pg_class WHERE relnamespace = 'own'::regnamespace AND relkind = 'r'"));
    println!("{}", done(Path::new("/"), &format!("corpus info --corpus {corpus} --format json")));
    server.sql("ANALYZE");
    let mut took = [Vec::new(), Vec::new()];
    let mut all: Vec<_> = fs::read_dir(drafts).unwrap().map(|file| file.unwrap().path()).collect();
    all.sort();
    for draft in &all {
        let mut said = Vec::new();
        for (place, took) in [&corpus, &url].into_iter().zip(&mut took) {
            let draft = draft.display();
            let begun = Instant::now();
            said.push(done(
                Path::new("/"),
                &format!("check {draft} --only copied-passage --format json --corpus {place}"),
            ));
            took.push(begun.elapsed());
        }
        assert!(said[0] == said[1], "{}", draft.display());
    }
    for took in &mut took {
        took.sort();
        println!("{} drafts, middle {:?}, longest {:?}", took.len(), took[took.len() / 2], took.last());
    }
}
