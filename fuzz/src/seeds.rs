//! What each target begins with: papers as other programs write them (`tests/samples`), skeletons and facts
//! of the program, what the program writes itself, and small files made here of invented words.

use std::path::{Path, PathBuf};

use wengao::{Contents, Lang, Settings, library, load_facts, read, write_workbook, writer};

use super::shape::{container, parts};
use super::targets::{FILE, corpus, seed_docx};

const PAPER: &str = "---\n文种: 方案\n---\n# 云岭县秋冬季森林防火工作方案\n\n为做好2025年秋冬季森林防火工作，结合我县实际，制定本方案。\n\n## 一、工作目标\n\n全年火情起数比上年下降12.5%，由16起减少到14起。投资3.2亿元，其中：县级1.2亿元，乡镇2亿元。重点抓好以下三项工作：\n\n（一）压实责任。县林业局牵头，各乡镇配合，10月底前完成。\n\n（二）管住火源。新建检查站x个，由***同志负责。\n\n## 二、组织保障\n\n| 单位 | 人数 | 增长% |\n|---|---|---|\n| 清河镇 | 12 | 3.5 |\n| 合计 | 12 | |\n\n附件：1. 检查站名单\n\n云岭县人民政府\n\n2025年9月30日\n";
const NOTE: &str = "关于秋收的通知\n各镇人民政府:\n　　为贯彻落实“十四五”规划，全县投资3.6亿元，落实x项措施。一是抢收，二是晾晒，三是入仓。\n　　张三同志强调，去年此时……已完成86.5％。\n　　附件：任务表\n云岭县人民政府\n二〇二五年九月三日\n";
const HTML: &str = "<!DOCTYPE html><html><head><title>题</title><meta charset=utf-8><style>p{}</style></head><body><h1>通知</h1><p>各镇：</p><p>请于<b>3月底</b>前&nbsp;报送<br>材料。</p><ul><li>甲<li>乙</ul><table><tr><th>任务<th>单位<tr><td rowspan=2>清沟<td>水务局<tr><td>农业局</table><div hidden>隐</div><a href='a'>链</a><pre>一\n二</pre></body></html>";
const MAIL: &str = "From: =?utf-8?B?5bCP5p2O?= <li@example.com>\r\nSubject: =?GB2312?B?uOa008fpv/a7443=?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\n--=_b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n各乡镇：\r\n现将方案发给你们。\r\n--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>各乡镇：</p>\r\n--c--\r\n--=_b\r\nContent-Type: text/plain; name=\"a.txt\"\r\nContent-Disposition: attachment; filename*=utf-8''%E6%96%B9%E6%A1%88.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n6Z2S55+z6ZWH5pa55qGI44CC\r\n--=_b--\r\n";
const RTF: &str = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}}{\\stylesheet{\\s1\\outlinelevel0 heading 1;}}{\\*\\listtable{\\list{\\listlevel\\levelnfc39\\levelstartat1{\\leveltext\\'02\\'00\\u12289?;}{\\levelnumbers\\'01;}}\\listid1}}{\\*\\listoverridetable{\\listoverride\\listid1\\listoverridecount0\\ls1}}\\pard\\s1 \\'cd\\'a8\\'d6\\'aa\\par\\pard\\ls1\\ilvl0 \\u19968?\\u20214?\\par\\trowd\\cellx100\\cellx200\\intbl \\u30002?\\cell \\u20057?\\cell\\row\\pard{\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}{\\footnote \\u27880?}{\\v \\u38544?}\\par}";
const CSV: &str = "序号,名称,牵头单位,时限,数值\n1,清沟,县水务局,3月底,\"1,234.5万元\"\n2,护坡,县交通局,2025/3/5,12%\n合计,,,,\n";
const BASELINE: &str = "接受:\n- 规则: placeholder\n  文件: a.md\n  词: x\n  前文: 渠道清淤\n  后文: 公里\n  次数: 1\n  理由: 等数\n  到期: 2026-12-31\n";
const SETTINGS: &str = "规则: {placeholder: 警告, date: 关}\n地区: 云岭县\n字体: 方正\n放行: [x, {规则: placeholder, 词: '***'}]\n例外:\n- {文件: 'a*.md', 文种: 通知, 规则: {punctuation: 错误}}\n基线: wengao-baseline.yaml\n";
const SKELETON: &str = "---\nid: own/plan\ntitle: {zh: 安排, en: plan}\nneeds:\n- {fact: meeting.name, for: {zh: 会, en: m}}\n- {fact: work.funds, for: {zh: 钱, en: f}}\n---\n# {{ meeting.name }}安排\n\n{% if work.funds %}安排{{ work.funds }}，用在点上。{% endif %}\n\n{% for t in tasks %}## {{ t.name }}\n\n由{{ t.owner }}牵头，{% set n = loop.index %}第{{ n }}项。\n{% endfor %}\n共{{ tasks | length }}项：{{ tasks | map(attribute=\"name\") | join(sep=\"、\") }}。\n";

/// Bodies that would never end, or grow without end: what bounds them is changed as well.
const BOMBS: [(&str, &str); 7] = [
    (
        "double",
        "{% set_global a = \"甲\" %}{% for i in range(end=99) %}{% set_global a = a ~ a %}{% endfor %}{{ a }}",
    ),
    (
        "repeat",
        "{% set_global a = \"甲\" %}{% for i in range(end=99) %}{% set_global a = a | replace(from=\"甲\", to=\"甲甲\") %}{% endfor %}",
    ),
    (
        "caught",
        "{% set_global a = \"甲\" %}{% for i in range(end=99) %}{% set_global a | trim %}{{ a }}{{ a }}{% endset %}{% endfor %}",
    ),
    (
        "lists",
        "{% set_global a = [1] %}{% for i in range(end=99) %}{% set_global a = [a, a] %}{% endfor %}{{ a | join(sep=\"、\") }}",
    ),
    (
        "loops",
        "{% for a in range(end=99) %}{% for b in range(end=99) %}{% if a in [b] and \"\\\"\" ~ a == b %}{{ a[0:1] }}{% endif %}{% endfor %}{% endfor %}",
    ),
    (
        "phrases",
        "{% set_global p = \"3万元\" %}{% for i in range(end=99) %}{% set_global p = p | fresh | else(meeting.name) %}{% endfor %}{{ p }}",
    ),
    (
        "inner",
        "{{ __tera_context }}{% include \"body\" %}{{ [x for x in tasks] }}{% filter upper %}{{ meeting.name[1:] }}{% endfilter %}",
    ),
];

/// Takes a seed: of which target, its name, its bytes.
type Put<'p> = &'p mut dyn FnMut(&str, &str, &[u8]);

/// All of them; `root` is the folder of the program.
pub fn each(root: &Path, put: Put) {
    for path in files(&root.join("tests/samples")) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a sample");
        // Parts stored, so that a change of a byte is one of the XML.
        let bytes = parts(&bytes).and_then(|parts| container(&light(parts), None)).unwrap_or(bytes);
        let targets: &[&str] = match &*extension {
            "docx" => &["docx", "fix", "annotate", "format", "compare_docx"],
            "yaml" => &["facts"],
            "txt" => &["txt", "check", "gather"],
            "doc" | "rtf" | "pdf" | "odt" | "html" | "xls" | "xlsx" | "csv" | "ofd" | "eml" => &[&*extension],
            _ => &[],
        };
        targets.iter().for_each(|target| put(target, &name, &bytes));
    }
    texts(put);
    made(put);
    let stored = corpus();
    put("segment", "five", &stored.segment);
    put("manifest", "one", &stored.manifest);
    put("changes", "one", &stored.changes);
}

fn texts(put: Put) {
    for target in ["md", "check", "fix_text", "format_text", "extract", "gather", "txt"] {
        put(target, "plan", PAPER.as_bytes());
        put(target, "notice", NOTE.as_bytes());
    }
    for (target, text) in [
        ("html", HTML),
        ("eml", MAIL),
        ("rtf", RTF),
        ("csv", CSV),
        ("baseline", BASELINE),
        ("settings", SETTINGS),
        ("skeleton", SKELETON),
    ] {
        put(target, "own", text.as_bytes());
    }
    for (name, body) in BOMBS {
        put(
            "skeleton",
            name,
            format!("---\nid: own/plan\ntitle: {{zh: 安排, en: plan}}\n---\n{body}\n").as_bytes(),
        );
    }
    put("csv", "gbk", b"\xc3\xfb\xb3\xc6,\xca\xfd\xd6\xb5\n\xc7\xe5\xb9\xb5,3\n");
    let newer = NOTE.replace("3.6", "4.1").replace("三是入仓", "三是入仓，四是销售");
    put("compare", "two", format!("{NOTE}{FILE}{newer}").as_bytes());
    let hers = NOTE.replace("抢收", "抢收抢种");
    put("merge", "three", format!("{NOTE}{FILE}{hers}{FILE}{newer}").as_bytes());
    put(
        "renew",
        "two",
        format!("{PAPER}{FILE}表:\n- {{原值: 2025年, 新值: 2026年}}\n- {{原值: 3.2亿元, 新值: 3.6亿元}}\n")
            .as_bytes(),
    );
    put("pdf", "own.pdf", &pdf());
    put("ofd", "own.ofd", &ofd());
    for route in 0..19u8 {
        let json = r#"{"lang":"zh","today":"2026-03-05","names":["a.md","a.md"],"name":"a.md","format":"json","template":"speech/mobilization","facts":{},"form":"","fonts":"","grid":""}"#;
        let mut parcel = vec![route];
        let parts = [json.as_bytes(), PAPER.as_bytes(), NOTE.as_bytes()];
        parcel.extend(3u32.to_le_bytes());
        parts.iter().for_each(|part| parcel.extend((part.len() as u32).to_le_bytes()));
        parts.iter().for_each(|part| parcel.extend(*part));
        put("parcel", &route.to_string(), &parcel);
    }
}

/// What the program writes, and what holds it.
fn made(put: Put) {
    let manuscript = read("a.md", PAPER.as_bytes()).expect("a paper");
    let docx = writer("a.docx").expect("a writer").write(&manuscript, &Settings::default()).expect("a .docx");
    for target in ["docx", "fix", "annotate", "format", "compare_docx"] {
        put(target, "own.docx", &stored(&docx));
        put(target, "small.docx", &stored(seed_docx()));
        put(target, "rich.docx", &rich());
    }
    let facts = load_facts(
        "f.yaml",
        "会议: {名称: 全县清沟会, 时间: 2026年3月5日}\n任务:\n- {名称: 清淤, 牵头单位: 县水务局}\n指标:\n- {名称: 投资, 值: 3.2亿元, 上年: 3亿元}\n",
    );
    let facts = facts.expect("facts");
    let contents = Contents { skeleton: None, questions: &[], facts: Some(&facts) };
    let today = wengao::Date::parse("2026-03-05").expect("a day");
    let book = write_workbook(&contents, Lang::Zh, today).expect("a workbook");
    put("xlsx", "own.xlsx", &stored(&book));
    let papers = [
        ("一/a.md", PAPER.as_bytes().to_vec()),
        ("b.txt", NOTE.as_bytes().to_vec()),
        ("c.docx", docx),
        ("d.eml", MAIL.into()),
        ("e.csv", CSV.into()),
    ];
    let papers: Vec<(String, Vec<u8>)> =
        papers.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    let zip = container(&papers, None).expect("a zip");
    put("bundle", "papers.zip", &zip);
    put("bundle", "nested.zip", &container(&[("a.zip".to_owned(), zip)], None).expect("a zip"));
    put(
        "eml",
        "zip.eml",
        MAIL.replace("text/plain; name=\"a.txt\"", "application/zip; name=a.zip").as_bytes(),
    );
    let library = library::built_in();
    for id in library.skeleton_ids() {
        let name = id.replace('/', "-");
        if let Ok((_, text)) = library.source(&id) {
            put("skeleton", &name, text.as_bytes());
        }
        if let Ok(text) = library.example_text(&id) {
            put("facts", &name, text.as_bytes());
        }
    }
}

fn stored(bytes: &[u8]) -> Vec<u8> {
    parts(bytes).and_then(|parts| container(&light(parts), None)).expect("a container")
}

/// Without pictures and other parts that nobody reads.
fn light(parts: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let read = |name: &str| [".xml", ".rels", "mimetype"].iter().any(|end| name.ends_with(end));
    parts.into_iter().filter(|(name, _)| read(name)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the samples").flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A .docx with all that may stand beside a text.
fn rich() -> Vec<u8> {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let p = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let body = [
        "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia=\"黑体\"/><w:sz w:val=\"32\"/></w:rPr><w:t>总体要求</w:t></w:r></w:p>",
        "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>全县投资</w:t></w:r><w:ins w:id=\"1\" w:author=\"a\" w:date=\"2025-01-01T00:00:00Z\"><w:r><w:t>3.6</w:t></w:r></w:ins><w:del w:id=\"2\" w:author=\"a\"><w:r><w:delText>3.2</w:delText></w:r></w:del><w:r><w:t xml:space=\"preserve\">亿元， 一是清沟</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2025年3月5日</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:hyperlink r:id=\"rId9\"><w:r><w:rPr><w:highlight w:val=\"yellow\"/></w:rPr><w:t>再核一下</w:t></w:r></w:hyperlink><w:r><w:br/><w:tab/></w:r></w:p>",
        "<w:tbl><w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"900\"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击此处</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:left=\"1588\"/><w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>",
    ]
    .concat();
    let relations = ["header", "comments", "footnotes", "numbering", "styles", "theme", "settings"]
        .iter()
        .zip(1..)
        .map(|(kind, id)| format!("<Relationship Id=\"rId{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{kind}.xml\"/>"))
        .collect::<String>();
    let all = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned()),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned()),
        ("word/_rels/document.xml.rels", format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>")),
        ("word/document.xml", format!("{head}<w:document {W}><w:body>{body}</w:body></w:document>")),
        ("word/header.xml", format!("<w:hdr {W}>{}</w:hdr>", p("云岭县文件"))),
        ("word/comments.xml", format!("<w:comments {W}><w:comment w:id=\"0\" w:author=\"a\" w:initials=\"a\">{}</w:comment></w:comments>", p("核"))),
        ("word/footnotes.xml", format!("<w:footnotes {W}><w:footnote w:id=\"1\">{}</w:footnote></w:footnotes>", p("注"))),
        ("word/numbering.xml", format!("<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/></w:lvlOverride></w:num></w:numbering>")),
        ("word/styles.xml", format!("<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/><w:pPr><w:outlineLvl w:val=\"0\"/><w:ind w:firstLineChars=\"200\"/></w:pPr></w:style></w:styles>")),
        ("word/theme.xml", "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:themeElements><a:fontScheme><a:minorFont><a:ea typeface=\"宋体\"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>".to_owned()),
        ("word/settings.xml", format!("<w:settings {W}><w:trackRevisions/></w:settings>")),
    ];
    let all: Vec<(String, Vec<u8>)> =
        all.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    container(&all, None).expect("a container")
}

/// A .pdf of one page, nothing packed.
fn pdf() -> Vec<u8> {
    let content = "BT /F1 16 Tf 1 0 0 1 90 700 Tm <4E91 5CAD 53BF> Tj 0 -20 Td [<901A> -500 <77E5>] TJ T* (AB) Tj ET q 1 0 0 1 0 0 cm 90 500 200 0.5 re f Q BT /F2 12 Tf 90 400 Td (\\316\\304 x) ' ET /X1 Do";
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 8 0 R>>/XObject<</X1 9 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1[500 600] 7 9 300]>>".to_owned(),
        format!("<</Length {}>>stream\n{map}\nendstream", map.len()),
        "<</Type/Font/Subtype/TrueType/BaseFont/B/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[65/A/uni4E00]>>/FirstChar 32/LastChar 34/Widths[250 300 400]>>".to_owned(),
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[1 0 0 1 5 5]/Length 30>>stream\nBT /F1 9 Tf <4E00> Tj ET       \nendstream".to_owned(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|at| out.extend(format!("{at:010} 00000 n \n").bytes()));
    out.extend(
        format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes(),
    );
    out
}

/// An .ofd of one page with a table.
fn ofd() -> Vec<u8> {
    const NS: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let line = |x: u32, y: u32, words: &str| {
        format!(
            "<ofd:TextObject ID=\"7\" Boundary=\"{x} {y} 160 6\" Font=\"3\" Size=\"5.6\"><ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"g {} 5.6\">{words}</ofd:TextCode></ofd:TextObject>",
            words.chars().count() - 1
        )
    };
    let rules = ["28 100 100 0.1", "28 110 100 0.1", "28 100 0.1 10", "128 100 0.1 10"]
        .map(|at| format!("<ofd:PathObject ID=\"8\" Boundary=\"{at}\"><ofd:AbbreviatedData>M 0 0 L 100 0</ofd:AbbreviatedData></ofd:PathObject>"))
        .concat();
    let lines = [
        line(28, 40, "关于清沟的通知"),
        line(39, 50, "各镇要在三月底前完成。"),
        line(30, 102, "任务"),
        line(98, 280, "—1—"),
    ]
    .concat();
    let all = [
        (
            "OFD.xml",
            format!(
                "<ofd:OFD {NS} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ),
        ),
        (
            "Doc_0/Document.xml",
            format!(
                "<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID=\"9\" BaseLoc=\"T.xml\"/></ofd:CommonData><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages></ofd:Document>"
            ),
        ),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            format!(
                "<ofd:Page {NS}><ofd:Template TemplateID=\"9\"/><ofd:Content><ofd:Layer ID=\"5\">{lines}{rules}</ofd:Layer></ofd:Content></ofd:Page>"
            ),
        ),
        (
            "Doc_0/T.xml",
            format!(
                "<ofd:Page {NS}><ofd:Content><ofd:Layer ID=\"6\">{}</ofd:Layer></ofd:Content></ofd:Page>",
                line(80, 20, "云岭县人民政府")
            ),
        ),
    ];
    let all: Vec<(String, Vec<u8>)> =
        all.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    container(&all, None).expect("a container")
}
