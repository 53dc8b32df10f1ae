//! What is called with an input, and what must be true of the outcome. A target fails by a panic, by more
//! time or memory than it is given, or by an outcome that breaks a promise.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use wengao::door::{Asked, Deaf, Files, InMemory, Office, Pile, Use, call, check, plans, update};
use wengao::{
    Case, Change, Comment, Corpus, CorpusWriter, Date, DiskCorpus, Entry, Finding, Lang, Manuscript, Options,
    PostingStore, Prepared, REPORTS, Settings, Stock, View, annotate, draft, fix, gathering, library, lint,
    load_facts, read, read_table, renewal, writer,
};

use super::shape::Shape;
use super::words::Words;

/// One way in.
pub struct Target {
    pub name: &'static str,
    /// Bytes of its longest input.
    pub most: usize,
    pub shape: Shape,
    pub run: fn(&[u8]),
}

/// All of them; `seeds` has what each begins with.
pub const TARGETS: &[Target] = &[
    Target { name: "docx", most: 65_536, shape: Shape::Parts, run: |bytes| paper("a.docx", bytes) },
    Target { name: "doc", most: 32_768, shape: Shape::Binary, run: |bytes| paper("a.doc", bytes) },
    Target { name: "rtf", most: 8192, shape: Shape::Text(Words::Rtf), run: |bytes| paper("a.rtf", bytes) },
    Target { name: "pdf", most: 40_000, shape: Shape::Text(Words::Pdf), run: |bytes| paper("a.pdf", bytes) },
    Target { name: "odt", most: 65_536, shape: Shape::Parts, run: |bytes| paper("a.odt", bytes) },
    Target { name: "ofd", most: 65_536, shape: Shape::Parts, run: |bytes| paper("a.ofd", bytes) },
    Target { name: "html", most: 8192, shape: Shape::Markup, run: |bytes| paper("a.html", bytes) },
    Target { name: "eml", most: 8192, shape: Shape::Text(Words::Mail), run: |bytes| bundle("a.eml", bytes) },
    Target { name: "xls", most: 32_768, shape: Shape::Binary, run: |bytes| table("a.xls", bytes) },
    Target { name: "xlsx", most: 65_536, shape: Shape::Parts, run: |bytes| table("a.xlsx", bytes) },
    Target { name: "csv", most: 4096, shape: Shape::Text(Words::Table), run: |bytes| table("a.csv", bytes) },
    Target { name: "md", most: 8192, shape: Shape::Text(Words::Prose), run: |bytes| paper("a.md", bytes) },
    Target { name: "txt", most: 8192, shape: Shape::Text(Words::Prose), run: |bytes| paper("a.txt", bytes) },
    Target { name: "bundle", most: 32_768, shape: Shape::Parts, run: |bytes| bundle("a.zip", bytes) },
    Target { name: "facts", most: 4096, shape: Shape::Text(Words::Yaml), run: facts },
    Target {
        name: "settings",
        most: 2048,
        shape: Shape::Text(Words::Yaml),
        run: |bytes| beside("wengao.yaml", bytes),
    },
    Target {
        name: "baseline",
        most: 2048,
        shape: Shape::Text(Words::Yaml),
        run: |bytes| beside("wengao-baseline.yaml", bytes),
    },
    Target { name: "skeleton", most: 4096, shape: Shape::Text(Words::Skeleton), run: skeleton },
    Target { name: "check", most: 4096, shape: Shape::Text(Words::Prose), run: checked },
    Target { name: "fix", most: 65_536, shape: Shape::Parts, run: |bytes| mended("a.docx", bytes) },
    Target {
        name: "fix_text",
        most: 3000,
        shape: Shape::Text(Words::Prose),
        run: |bytes| mended("a.md", bytes),
    },
    Target { name: "annotate", most: 65_536, shape: Shape::Parts, run: annotated },
    Target { name: "format", most: 65_536, shape: Shape::Parts, run: |bytes| formatted("a.docx", bytes) },
    Target {
        name: "format_text",
        most: 4096,
        shape: Shape::Text(Words::Prose),
        run: |bytes| formatted("a.md", bytes),
    },
    Target {
        name: "compare",
        most: 4096,
        shape: Shape::Text(Words::Files),
        run: |bytes| compared("a.txt", bytes),
    },
    Target { name: "compare_docx", most: 65_536, shape: Shape::Parts, run: compared_docx },
    Target { name: "merge", most: 4096, shape: Shape::Text(Words::Files), run: merged },
    Target { name: "extract", most: 4096, shape: Shape::Text(Words::Prose), run: extracted },
    Target { name: "gather", most: 4096, shape: Shape::Text(Words::Prose), run: gathered },
    Target { name: "renew", most: 4096, shape: Shape::Text(Words::Files), run: renewed },
    Target {
        name: "segment",
        most: 8192,
        shape: Shape::Binary,
        run: |bytes| stored(Some(bytes), None, None),
    },
    Target {
        name: "manifest",
        most: 512,
        shape: Shape::Binary,
        run: |bytes| stored(None, Some(bytes), None),
    },
    Target { name: "changes", most: 512, shape: Shape::Binary, run: |bytes| stored(None, None, Some(bytes)) },
    Target { name: "parcel", most: 4096, shape: Shape::Binary, run: parcel },
];

/// Between the files of an input that holds several.
pub const FILE: &str = "\n=====\n";

/// The day of all targets.
fn today() -> Date {
    Date::parse("2026-03-05").expect("a day")
}

/// The side tables of a manuscript lie within its text, between characters, in order.
fn sound(manuscript: &Manuscript) {
    let text = manuscript.text();
    let within = |range: &std::ops::Range<usize>| {
        assert!(text.get(range.clone()).is_some(), "{range:?} is no range of a text of {}", text.len());
    };
    let mut end = 0;
    for block in manuscript.blocks() {
        within(&block.range);
        assert!(block.range.start >= end, "a block begins before the one above it ends");
        end = block.range.end;
    }
    manuscript.pieces().iter().for_each(|piece| within(&piece.range));
    manuscript.masks().iter().for_each(|mask| within(&mask.range));
    for row in manuscript.tables().iter().flat_map(|table| &table.rows) {
        assert!(row.cells.end <= manuscript.blocks().len(), "a row of cells that are not there");
    }
    let _ = (manuscript.file_text(), manuscript.characters());
}

fn sound_findings(text: &str, findings: &[Finding]) {
    for finding in findings {
        let range = finding.range.clone();
        assert!(text.get(range.clone()).is_some(), "{}: {range:?} is no range of the text", finding.rule);
    }
}

fn paper(name: &str, bytes: &[u8]) {
    if let Ok(manuscript) = read(name, bytes) {
        sound(&manuscript);
    }
}

/// A call of the page with files.
fn ask(route: &str, json: &str, files: &[&[u8]]) -> Vec<u8> {
    let mut parts = vec![json.as_bytes()];
    parts.extend(files);
    let number = |n: usize| (n as u32).to_le_bytes();
    let mut parcel = number(parts.len()).to_vec();
    parts.iter().for_each(|part| parcel.extend(number(part.len())));
    parts.iter().for_each(|part| parcel.extend(*part));
    call(route, &parcel, None)
}

/// The files of an answer, without its JSON.
fn answered(parcel: &[u8]) -> Vec<Vec<u8>> {
    let number = |at: usize| u32::from_le_bytes(parcel[at..at + 4].try_into().expect("four bytes")) as usize;
    let count = number(0);
    let mut at = 4 * (count + 1);
    let mut parts = Vec::new();
    for part in 1..=count {
        let end = at + number(4 * part);
        parts.push(parcel[at..end].to_vec());
        at = end;
    }
    parts.split_off(1)
}

fn bundle(name: &str, bytes: &[u8]) {
    paper(name, bytes);
    let json = format!(r#"{{"lang":"zh","today":"2026-03-05","names":["{name}"]}}"#);
    let _ = ask("unfold", &json, &[bytes]);
}

fn table(name: &str, bytes: &[u8]) {
    paper(name, bytes);
    let _ = read_table(name, bytes, None);
    let json = format!(r#"{{"lang":"zh","today":"2026-03-05","names":["{name}"]}}"#);
    let _ = ask("facts", &json, &[bytes]);
}

/// Facts are read, drafted from, and written as the form has them.
fn facts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(facts) = load_facts("f.yaml", text) else { return };
    let options = Options::with(|o| o.allow_missing = true);
    for id in ["speech/mobilization", "plan/priorities"] {
        if let Ok(skeleton) = library::built_in().skeleton(id)
            && let Ok(manuscript) = draft(&skeleton, &facts, &options)
        {
            sound(&manuscript);
        }
    }
    let _ = ask("facts", r#"{"lang":"zh","today":"2026-03-05","names":["f.yaml"]}"#, &[bytes]);
}

const PAPER: &str = "# 关于做好春灌工作的通知\n\n各村要在3月底前完成渠道清淤x公里，总投资3.2亿元，由***同志牵头。\n\n清河镇人民政府\n\n2026年3月1日\n";

/// An office in memory, with one paper and a file beside it.
fn beside(name: &str, bytes: &[u8]) {
    let files = [("a.md".to_owned(), PAPER.into()), (name.to_owned(), bytes.to_vec())];
    let office = Office::with(Arc::new(InMemory::of(files)), Lang::Zh, today());
    let (names, asked) = (vec!["a.md".to_owned()], Asked::default());
    let Ok(plans) = plans(&office, &asked, &names, &mut Deaf) else { return };
    let _ = check(&office, Pile::of(names, plans, &asked), &mut Deaf);
}

/// Output of a skeleton in proportion to what it is.
const LONGEST_DRAFT: usize = 4 << 20;

fn skeleton(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let Ok(skeleton) = library::built_in().skeleton_from("own/plan", source) else { return };
    let _ = lint::skeleton(&skeleton);
    let options = Options::with(|o| o.allow_missing = true);
    if let Ok(manuscript) = draft(&skeleton, known_facts(), &options) {
        sound(&manuscript);
        assert!(manuscript.text().len() < LONGEST_DRAFT, "a draft of {} bytes", manuscript.text().len());
    }
}

const FACTS: &str = "会议: {名称: 全县清沟会, 时间: 2026年3月5日, 地点: 县会议中心}\n工作: {名称: 清沟, 资金: 30万元}\n任务:\n- {名称: 清淤, 牵头单位: 县水务局, 时限: 3月底}\n- {名称: 护坡, 牵头单位: 县交通局}\n";

fn known_facts() -> &'static wengao::Facts {
    static KNOWN: OnceLock<wengao::Facts> = OnceLock::new();
    KNOWN.get_or_init(|| load_facts("f.yaml", FACTS).expect("facts"))
}

/// All rules, and all reports of what they find.
fn checked(bytes: &[u8]) {
    let Ok(manuscript) = read("a.md", bytes) else { return };
    sound(&manuscript);
    let settings = Settings::with(|s| s.as_of = Some(today()));
    let findings = wengao::check(&Case::new(&manuscript, &settings).with_facts(Some(known_facts())));
    sound_findings(manuscript.text(), &findings);
    let document = wengao::Document::new("a.md".to_owned(), manuscript, findings);
    let checked = wengao::Checked { documents: vec![document], ..wengao::Checked::default() };
    let view = View { lang: Lang::Zh, date: Some(today()), ..View::default() };
    for report in REPORTS.iter().filter(|report| report.per_document().is_none()) {
        let _ = report.write(&checked, view);
    }
}

/// The signs of a text without white space, which may differ where lines become paragraphs.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What the safe changes of findings make of a text.
fn applied(text: &str, changes: &[Change]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for change in changes {
        out += &text[at..change.range.start];
        out += &change.text;
        at = change.range.end;
    }
    out + &text[at..]
}

/// A change at words of the paper: what is read afterwards is the text with the change, and nothing else.
fn mended(name: &str, bytes: &[u8]) {
    let Ok(manuscript) = read(name, bytes) else { return };
    let text = manuscript.text();
    let find = |word: char| text.find(word).map(|at| at..at + word.len_utf8());
    let mut changes: Vec<Change> =
        "的一，（2".chars().filter_map(find).map(|range| Change { text: "换字".to_owned(), range }).collect();
    changes.sort_by_key(|change| change.range.start);
    if let Ok(new) = fix(bytes, &manuscript, &changes)
        && let Ok(again) = read(name, &new)
    {
        assert_eq!(again.text(), applied(text, &changes), "changes read otherwise than they were made");
    }
    let json = |track| {
        format!(r#"{{"lang":"zh","today":"2026-03-05","names":["{name}"],"name":"{name}","track":{track}}}"#)
    };
    let texts: Vec<Option<String>> = ["false", "true"]
        .iter()
        .map(|track| {
            let files = answered(&ask("fix", &json(track), &[bytes]));
            Some(read(name, files.first()?).expect("what was mended is read").into_text())
        })
        .collect();
    if let [Some(plain), Some(tracked)] = &texts[..] {
        assert_eq!(squeezed(plain), squeezed(tracked), "tracked changes say otherwise than plain ones");
    }
}

/// Comments at words of the paper leave its text as it was.
fn annotated(bytes: &[u8]) {
    let Ok(manuscript) = read("a.docx", bytes) else { return };
    let text = manuscript.text();
    let at = |word: &str| text.find(word).map(|at| at..at + word.len());
    let ranges = [at("的"), at("同志"), at("一"), (!text.is_empty()).then_some(0..text.len())];
    let comment = |range| Comment { range, lines: vec!["甲 <&>".to_owned(), "乙\u{1}".to_owned()] };
    let comments: Vec<Comment> = ranges.into_iter().flatten().map(comment).collect();
    if let Ok(new) = annotate(bytes, text, &comments, Some(today())) {
        let again = read("a.docx", &new).expect("what was annotated is read");
        assert_eq!(again.text(), text, "comments changed the text");
    }
}

/// A paper laid out has the words that it had.
fn formatted(name: &str, bytes: &[u8]) {
    let json =
        format!(r#"{{"lang":"zh","today":"2026-03-05","names":["{name}"],"form":"","fonts":"","grid":""}}"#);
    let files = answered(&ask("format", &json, &[bytes]));
    if let Some(new) = files.first() {
        let again = read("b.docx", new).expect("what was laid out is read");
        sound(&again);
        if name.ends_with("docx") {
            let before = read(name, bytes).expect("it was laid out");
            assert_eq!(squeezed(again.text()), squeezed(before.text()), "laid out, and other words");
        }
    }
}

fn compared(name: &str, bytes: &[u8]) {
    let at = bytes.windows(FILE.len()).position(|w| w == FILE.as_bytes()).unwrap_or(bytes.len() / 2);
    let (old, new) = bytes.split_at(at);
    let new = new.strip_prefix(FILE.as_bytes()).unwrap_or(new);
    both(name, old, new);
}

/// Two versions as one: whoever accepts all changes has the new one.
fn both(name: &str, old: &[u8], new: &[u8]) {
    let json = format!(r#"{{"lang":"zh","today":"2026-03-05","names":["{name}","{name}"]}}"#);
    let files = answered(&ask("compare", &json, &[old, new]));
    if let Some(marked) = files.first() {
        let marked = read("c.docx", marked).expect("what was compared is read");
        sound(&marked);
        let new = read(name, new).expect("it was compared");
        assert_eq!(squeezed(marked.text()), squeezed(new.text()), "accepted, and not the new version");
    }
}

fn compared_docx(bytes: &[u8]) {
    both("a.docx", bytes, seed_docx());
    both("a.docx", seed_docx(), bytes);
}

pub fn seed_docx() -> &'static [u8] {
    static SEED: OnceLock<Vec<u8>> = OnceLock::new();
    SEED.get_or_init(|| {
        let manuscript = read("a.md", PAPER.as_bytes()).expect("a paper");
        writer("a.docx").expect("a writer").write(&manuscript, &Settings::default()).expect("a .docx")
    })
}

/// The draft as it was, hers and the new one: what she wrote and no draft did stays.
fn merged(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut three = text.splitn(3, FILE);
    let (base, hers, ours) = (three.next(), three.next(), three.next());
    let (Some(base), Some(hers), Some(ours)) = (base, hers, ours) else { return };
    let files = Arc::new(InMemory::default());
    files.put("a.txt", hers.as_bytes());
    files.put(".wengao/a.txt", base.as_bytes());
    let office = Office::with(files.clone(), Lang::Zh, today());
    if let Ok(settled) = update(&office, "a.txt", ours.as_bytes(), "", &mut Deaf) {
        let now = files.read("a.txt", Use::Look).expect("it is there");
        if settled && base == hers {
            let now = String::from_utf8_lossy(&now);
            assert_eq!(squeezed(&now), squeezed(ours), "she changed nothing, and it is not the new draft");
        }
        assert!(std::str::from_utf8(&now).is_ok(), "it is no text any more");
        if base == ours || base == hers && hers == ours {
            assert_eq!(now, hers.as_bytes(), "nothing was new, and hers was changed");
        }
    }
}

fn extracted(bytes: &[u8]) {
    let Ok(manuscript) = read("a.md", bytes) else { return };
    if let Ok(extracted) = wengao::extract(&manuscript, "a.md", Lang::Zh) {
        let _ = extracted.places();
    }
}

fn gathered(bytes: &[u8]) {
    let Ok(manuscript) = read("a.md", bytes) else { return };
    let found = gathering::gather(&manuscript);
    for one in &found {
        let _ = one.title();
    }
    let _ = ask("gather_file", r#"{"lang":"zh","today":"2026-03-05","names":["a.md"]}"#, &[bytes]);
}

/// Last year's paper and a table that fills its rows.
fn renewed(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (paper, table) = text.split_once(FILE).unwrap_or((text, ""));
    let Ok(manuscript) = read("a.md", paper.as_bytes()) else { return };
    let rows = renewal::rows(&manuscript, 1);
    for row in &rows {
        row.places.iter().for_each(|range| assert!(manuscript.text().get(range.clone()).is_some()));
    }
    let json = r#"{"lang":"zh","today":"2026-03-05","names":["a.md","a.yaml"],"years":1,"format":"md"}"#;
    for route in ["renew", "renew_fill"] {
        let _ = ask(route, json, &[paper.as_bytes(), table.as_bytes()]);
    }
    let files = answered(&ask("renew_file", json, &[paper.as_bytes(), table.as_bytes()]));
    if let Some(file) = files.first() {
        assert_eq!(file, paper.as_bytes(), "nothing was answered, and the paper is another");
    }
}

/// A corpus in the folder for temporary files, of which one file is the input.
pub struct Stored {
    pub folder: PathBuf,
    pub segment: Vec<u8>,
    pub manifest: Vec<u8>,
    pub changes: Vec<u8>,
}

/// Where the length of the one segment stands in the manifest.
const LENGTH_AT: usize = 8 + 4 + 8 + 8 + 4 + 8;

pub fn corpus() -> &'static Stored {
    static STORED: OnceLock<Stored> = OnceLock::new();
    STORED.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("wengao-fuzz-{}", std::process::id()));
        let mut writer = CorpusWriter::open(&folder, &mut || ()).expect("a corpus");
        let texts = [PAPER.repeat(2), "云岭县秋收安排。各乡镇要抢晴天、战雨天，做到颗粒归仓。".repeat(9)];
        let entry = |n: usize| {
            let locality = ["云岭县", ""][n % 2].to_owned();
            Entry {
                name: format!("{n}.txt"),
                title: "通知".into(),
                locality,
                year: 2025,
                genre: String::new(),
                corpus: String::new(),
            }
        };
        let prepared =
            (0..5).map(|n| Prepared::new(entry(n), format!("{n}{}", texts[n % 2]))).collect::<Vec<_>>();
        writer.add(prepared, false).expect("room");
        writer.commit().expect("room");
        let mut writer = CorpusWriter::open(&folder, &mut || ()).expect("a corpus");
        let ids: Vec<_> = writer.corpus().ids().collect();
        writer.remove(&ids[3..4]).expect("a document");
        writer.commit().expect("room");
        let file = |end: &str| {
            let mut all = std::fs::read_dir(&folder).expect("a folder").flatten().map(|f| f.path());
            let path = all.find(|path| path.to_string_lossy().ends_with(end)).expect("a file of the corpus");
            (std::fs::read(&path).expect("bytes"), path)
        };
        let (segment, manifest, changes) = (file(".segment").0, file("manifest").0, file(".changes").0);
        Stored { folder, segment, manifest, changes }
    })
}

/// A corpus of which one file is any bytes is opened, read whole, searched and compacted, or refused.
fn stored(segment: Option<&[u8]>, manifest: Option<&[u8]>, changes: Option<&[u8]>) {
    let known = corpus();
    let folder = known.folder.join("at");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("room");
    let number = |at: usize| u64::from_le_bytes(known.manifest[at..at + 8].try_into().expect("eight bytes"));
    let mut listed = known.manifest.clone();
    if let Some(bytes) = segment {
        listed[LENGTH_AT..LENGTH_AT + 8].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
    }
    put(&format!("{:08}.segment", number(LENGTH_AT - 8)), segment.unwrap_or(&known.segment));
    put(&format!("{:08}.changes", number(LENGTH_AT + 12)), changes.unwrap_or(&known.changes));
    put("manifest", manifest.unwrap_or(&listed));
    if let Ok(corpus) = wengao::open_corpus(&folder) {
        searched(&corpus);
        drop(corpus);
        if let Ok(writer) = CorpusWriter::open(&folder, &mut || ()) {
            let _ = writer.compact(&mut |_, _| ());
        }
    }
}

fn searched(corpus: &DiskCorpus) {
    let _ = (corpus.figures(), corpus.entries(), corpus.verify(&mut |_, _| ()));
    for id in corpus.ids().take(16) {
        let _ = (corpus.entry(id), corpus.text(id), corpus.locality(id));
    }
    static PAPER_READ: OnceLock<Manuscript> = OnceLock::new();
    let paper = PAPER_READ.get_or_init(|| read("a.md", PAPER.repeat(2).as_bytes()).expect("a paper"));
    let (stock, failure) = (Stock::known(), OnceLock::new());
    let settings = Settings::with(|s| s.only = vec!["copied-passage".to_owned()]);
    let held = Corpus { store: corpus, stock: &stock, failure: &failure };
    let findings = wengao::check(&Case::new(paper, &settings).against(Some(held)));
    sound_findings(paper.text(), &findings);
}

/// The page's own bytes: a route's number, then the parcel.
fn parcel(bytes: &[u8]) {
    const ROUTES: &[&str] = &[
        "hello",
        "unfold",
        "check",
        "report",
        "fix",
        "form",
        "facts",
        "facts_file",
        "draft",
        "draft_file",
        "draft_package",
        "check_package",
        "gather",
        "gather_file",
        "format",
        "renew",
        "renew_fill",
        "renew_file",
        "compare",
    ];
    let Some((&route, parcel)) = bytes.split_first() else { return };
    let _ = call(ROUTES[usize::from(route) % ROUTES.len()], parcel, None);
}
