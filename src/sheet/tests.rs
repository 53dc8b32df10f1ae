//! What goes out comes back, whatever the table of facts holds; and what people's own tables say.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

use super::{Contents, Reading, read, write};
use crate::base::{Lang, Place, Text, han::Date};
use crate::model::Facts;
use crate::model::facts::table::{FACTS, FIGURE, Field, Kind};
use crate::model::facts::{Fact, Figure, Question, Record, Value, load, settle};

const TODAY: Date = Date { year: 2026, month: Some(3), day: Some(5) };

fn fact(value: Value) -> Fact {
    Fact { value, at: Place::Program, overrides: Vec::new() }
}

/// Every value with its path, parts of figures included, without its place; what is missing left
/// out unless something stands there.
fn said(facts: &Facts) -> BTreeMap<String, String> {
    fn walk(path: &str, record: &Record, out: &mut BTreeMap<String, String>) {
        for (key, fact) in record {
            one(&format!("{path}.{key}"), fact, out);
        }
    }
    fn one(path: &str, fact: &Fact, out: &mut BTreeMap<String, String>) {
        match &fact.value {
            Value::Record(record) => walk(path, record, out),
            Value::List(items) => {
                let stated = items.iter().filter(|f| f.value != Value::Blank(String::new()));
                for (index, item) in stated.enumerate() {
                    one(&format!("{path}[{index}]"), item, out);
                }
            }
            Value::Figure(Figure { value, unit, parts }) => {
                out.insert(path.to_owned(), format!("{value}|{unit}"));
                walk(path, parts, out);
            }
            Value::Blank(words) if words.is_empty() => {}
            other => drop(out.insert(path.to_owned(), format!("{other:?}"))),
        }
    }
    let mut out = BTreeMap::new();
    walk("", &facts.root, &mut out);
    out
}

fn workbook(facts: &Facts) -> Vec<u8> {
    let contents = Contents { skeleton: None, questions: &[], facts: Some(facts) };
    write(&contents, Lang::Zh, TODAY).unwrap()
}

fn read_back(facts: &Facts) -> Facts {
    let reading = read("事实.xlsx", &workbook(facts), None).unwrap();
    let problems: Vec<_> = reading.problems.iter().map(|p| p.in_lang(Lang::Zh)).collect();
    assert_eq!(problems, [""; 0]);
    reading.facts
}

/// A value of each kind, no two alike, with what is hard to keep among them.
struct Maker {
    count: usize,
}

impl Maker {
    fn words(&mut self) -> String {
        self.count += 1;
        let n = self.count;
        let kinds = [
            format!("第{n}件事"),
            format!("健全户分类、村收集、镇转运体系；第{n}条"),
            format!("“三清一改”（一拆、二建）：{n}处"),
            format!("{n}.60"),
            format!("00{n}"),
            format!("={n}+1"),
            format!("第一行{n}\n第二行，#{n}"),
            format!("_x000D_ & <b>{n}</b> 𠮷"),
            format!("'{n}-3"),
            format!("{n}%"),
        ];
        kinds[n % kinds.len()].clone()
    }

    fn record(&mut self, fields: &'static [Field]) -> Record {
        fields.iter().map(|f| (f.id.to_owned(), fact(self.value(f.kind)))).collect()
    }

    fn value(&mut self, kind: Kind) -> Value {
        self.count += 1;
        let n = self.count;
        match kind {
            Kind::Words => Value::Words(self.words()),
            Kind::Figure => Value::Figure(self.figure(n)),
            Kind::Date => Value::Date(Date {
                year: 2020 + u16::try_from(n % 9).unwrap(),
                month: (!n.is_multiple_of(3)).then_some(12),
                day: (n % 3 > 1).then_some(31),
            }),
            Kind::Choice(choices) => Value::Words(choices[n % choices.len()].to_owned()),
            Kind::Flag => Value::Flag(n.is_multiple_of(2)),
            Kind::Record(fields) => Value::Record(self.record(fields)),
            Kind::List(item) => Value::List((0..3).map(|_| fact(self.value(*item))).collect()),
            Kind::Open => {
                let inner = Record::from([
                    ("3.5版".to_owned(), fact(Value::Words(self.words()))),
                    ("投资（万元）*".to_owned(), fact(Value::Words(self.words()))),
                    (
                        "清单".to_owned(),
                        fact(Value::List(vec![
                            fact(Value::Words(self.words())),
                            fact(Value::Record(Record::from([(
                                "名\"称".to_owned(),
                                fact(Value::Words(self.words())),
                            )]))),
                        ])),
                    ),
                ]);
                Value::Record(inner)
            }
        }
    }

    fn figure(&mut self, n: usize) -> Figure {
        let (value, unit) = [
            ("5.60", "亿元"),
            ("1,234,567", "人"),
            ("92", "%"),
            ("-0.50", "个百分点"),
            ("约5", "亿元"),
            ("0", ""),
            ("十二", "个"),
        ][n % 7];
        let parts = if n.is_multiple_of(2) {
            let parts = FIGURE.iter().filter(|f| !["value", "unit"].contains(&f.id));
            parts.map(|f| (f.id.to_owned(), fact(self.value(f.kind)))).collect()
        } else {
            Record::new()
        };
        Figure { value: value.to_owned(), unit: unit.to_owned(), parts }
    }
}

#[test]
fn every_key_of_the_table_goes_out_and_comes_back_the_same() {
    let mut maker = Maker { count: 0 };
    let mut total = 0;
    for _ in 0..3 {
        // What is read from any file is settled.
        let mut facts = Facts { root: maker.record(FACTS), notes: Vec::new() };
        settle(&mut facts);
        let before = said(&facts);
        total += before.len();
        let again = read_back(&facts);
        for (path, value) in &before {
            assert_eq!(said(&again).get(path), Some(value), "{path}");
        }
        assert_eq!(said(&again), before);
        assert!(again.notes.is_empty(), "{:?}", again.notes);
    }
    assert!(total > 600, "{total}");
}

#[test]
fn a_record_that_is_called_like_a_total_or_an_example_survives() {
    let facts =
        load("a.yaml", "任务: [合计, 例：抓好甲, 注：乙, {内容: [\"一\\n二\"]}, 审核项目资金]\n").unwrap();
    assert_eq!(said(&read_back(&facts)), said(&facts));
    let table = csv("任务.csv", "名称\n审核项目资金\n审核：周明达\n");
    assert_eq!((said(&table.facts).len(), table.facts.notes.len()), (1, 1));
}

#[test]
fn each_value_knows_its_cell() {
    let facts =
        load("a.yaml", "任务: [{名称: 抓好甲}, {名称: 抓好乙, 牵头单位: 县水务局}]\n会议: {名称: 推进会}")
            .unwrap();
    let again = read_back(&facts);
    let at = |path: &str| again.get(path).unwrap().at.label().zh.into_owned();
    assert_eq!(at("tasks[1].owner"), "事实.xlsx 任务!C5");
    assert_eq!(at("meeting.name"), "事实.xlsx 单项!B3");
}

#[test]
fn stand_ins_stay_what_they_are_and_are_told_of() {
    let facts = load("a.yaml", "会议: {名称: 待定, 地点: }\n指标: [{名称: 财政收入, 值: x亿元}]\n").unwrap();
    let again = read_back(&facts);
    assert!(again.get("meeting.name").unwrap().value.is_missing());
    assert!(again.get("indicators[0].value").unwrap().value.is_missing());
    assert_eq!(again.notes.len(), 2);
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let facts = load("a.yaml", "会议: {名称: 推进会}\n任务: [抓好甲]\n").unwrap();
    assert_eq!(workbook(&facts), workbook(&facts));
}

#[test]
fn an_empty_form_holds_no_fact_and_no_problem() {
    let ask = |fact: &str, needed| Question {
        fact: fact.to_owned(),
        needed,
        purpose: Text::fixed("标题", "the title"),
        example: "抓好垃圾治理".to_owned(),
    };
    let questions = [
        ask("meeting.name", true),
        ask("tasks[].name", true),
        ask("tasks[].detail", false),
        ask("work.significance", false),
        ask("locality.level", true),
    ];
    for lang in [Lang::Zh, Lang::En] {
        let contents = Contents { skeleton: None, questions: &questions, facts: None };
        let bytes = write(&contents, lang, TODAY).unwrap();
        let Reading { facts, problems, .. } = read("a.xlsx", &bytes, None).unwrap();
        assert!(problems.is_empty() && facts.notes.is_empty(), "{problems:?} {:?}", facts.notes);
        assert!(facts.root.values().all(|f| f.value.is_missing()), "{:?}", facts.root);
        // What was asked for can be looked up, though it is missing.
        assert_eq!(facts.get("meeting.name").unwrap().at.label().zh, "a.xlsx 单项!B3");
    }
}

#[test]
fn choices_are_offered_in_the_cell() {
    let questions = [Question {
        fact: "locality.level".into(),
        needed: true,
        purpose: Text::fixed("用词", "words"),
        example: String::new(),
    }];
    let bytes =
        write(&Contents { skeleton: None, questions: &questions, facts: None }, Lang::Zh, TODAY).unwrap();
    let mut package = crate::office::package::Package::open(&bytes).unwrap();
    let sheet = package.part("xl/worksheets/sheet2.xml").unwrap().text;
    assert!(sheet.contains("县,市,区,旗") && sheet.contains("sqref=\"B3\""), "{sheet}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_words_and_any_lists_survive(
        words in proptest::collection::vec("[一二三甲乙县x5.60；、，,:：“”（）\n \\-_=%\u{20BB7}]{1,16}", 1..12),
    ) {
        let value = |words: &String| fact(Value::Words(words.trim().to_owned()));
        let fit: Vec<_> = words.iter().filter(|w| !crate::base::blank::is_blank_value(w.trim())).collect();
        prop_assume!(!fit.is_empty());
        let items = |n: usize| fact(Value::List(fit.iter().skip(n).map(|w| value(w)).collect()));
        let task = |n: usize| {
            let name = value(fit[n % fit.len()]);
            fact(Value::Record(Record::from([("name".to_owned(), name), ("detail".to_owned(), items(n)), ("partners".to_owned(), items(0))])))
        };
        let root = Record::from([
            ("locality".to_owned(), fact(Value::Record(Record::from([("towns".to_owned(), items(0))])))),
            ("tasks".to_owned(), fact(Value::List((0..fit.len()).map(task).collect()))),
        ]);
        let mut facts = Facts { root, notes: Vec::new() };
        settle(&mut facts);
        prop_assert_eq!(said(&read_back(&facts)), said(&facts));
    }
}

// What people's own tables look like.

fn csv(name: &str, text: &str) -> Reading {
    read(name, text.as_bytes(), None).unwrap()
}

fn told(reading: &Reading) -> String {
    let problems = reading.problems.iter().map(|p| format!("错误 {}\n", p.in_lang(Lang::Zh)));
    let notes = reading.facts.notes.iter().map(|p| format!("说明 {}\n", p.in_lang(Lang::Zh)));
    let facts = said(&reading.facts).into_iter().map(|(path, value)| format!("{path} = {value}\n"));
    problems.chain(notes).chain(facts).collect()
}

#[test]
fn headings_stand_in_any_order_with_units_in_brackets() {
    let reading = csv(
        "项目.csv",
        "重点项目一览表,,,\n单位：万元,,,\n责任 单位,序号,*项目名称,投资（万元）,进度（形象）,完成时限\n县水务局,1,城东污水处理厂二期,\"12,000\",主体完成80%,2026年10月\n,2,县医院迁建,1.5亿元,待定,\n,,合计,\"27,000\",,\n注：数据截至2月底,,,,,\n",
    );
    insta::assert_snapshot!(told(&reading));
}

#[test]
fn rows_of_explanations_are_never_data_even_without_their_marks() {
    let reading = csv(
        "任务.csv",
        "名称,内容\n【必需】任务名称,〔可选〕具体要求\n例：抓好甲,例：健全体系\n抓好乙,一是一；二是二\n",
    );
    assert_eq!(said(&reading.facts).len(), 3);
    assert!(reading.problems.is_empty());
}

#[test]
fn one_value_a_row_with_its_unit_beside_it() {
    let reading = csv(
        "县情.csv",
        "项目,内容,单位,备注\n会议.名称,推进会,,\n地区.人口,31.60,万人,常住\n地区.面积（平方公里）,2140,,\n地区.村数,168个,户,\n地区.乡镇,石桥湾镇、云溪镇,,\n会议.地点,三楼,层,\n任务[2].名称,抓好乙,,\n任务[1].名称,抓好甲,,\n补充.口径.来源,县统计局,,\n工作.资金,6800,万元,\n工作.资金.来源,县财政局,,\n",
    );
    insta::assert_snapshot!(told(&reading));
}

#[test]
fn what_cannot_be_read_is_told_all_at_once_with_its_cell() {
    let reading = csv(
        "县情.csv",
        "项目,内容\n会仪.名称,推进会\n任务.名称,抓好甲\n会议.日期,三月三十二日\n地区.级别,郡\n,无主的值\n会议.主持人,甲\n会议.主持人,乙\n会议.名称[2],甲\n",
    );
    insta::assert_snapshot!(told(&reading));
    insta::assert_snapshot!(
        "sheets",
        told(&csv("随便.csv", "甲,乙\n一,二\n"))
            + &told(&csv("任务.csv", "甲,乙\n一,二\n"))
            + &told(&csv("空.csv", ""))
    );
    insta::assert_snapshot!(
        "columns",
        told(&csv("任务.csv", "名称,牵头单为,名称,\n抓好甲,县水务局,抓好乙,多出来的\n"))
    );
}

#[test]
fn a_record_has_a_row_of_its_own() {
    let reading = csv("会议.csv", "名称,日期,地点\n推进会,2026/3/5,三楼\n");
    assert_eq!(reading.facts.text("meeting.date").unwrap(), "2026年3月5日");
    let twice = csv("会议.csv", "名称,日期\n推进会,2026/3/5\n又一个,2026/3/6\n");
    assert_eq!(twice.problems.len(), 1);
    let relative = csv("会议.csv", "项目,内容\n名称,推进会\n");
    assert_eq!(relative.facts.text("meeting.name").unwrap(), "推进会");
}

#[test]
fn numbers_are_what_their_formats_show() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("指标").unwrap();
    for (column, head) in (0u16..).zip(["名称", "值（亿元）", "同比", "已核", "年份", "位次"])
    {
        sheet.write_string(0, column, head).unwrap();
    }
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_string(1, 0, "财政收入").unwrap();
    sheet.write_number_with_format(1, 1, 5.6, &format("0.00")).unwrap();
    sheet.write_number_with_format(1, 2, 0.056, &format("\"增长\"0.0%")).unwrap();
    sheet.write_boolean(1, 3, true).unwrap();
    sheet.write_number(1, 4, 2025).unwrap();
    sheet.write_number_with_format(1, 5, 3, &format("\"全市第\"0\"位\"")).unwrap();
    sheet.write_string(2, 0, "普及率").unwrap();
    sheet.write_number_with_format(2, 1, 0.92, &format("0%")).unwrap();
    sheet.write_string(3, 0, "粮食").unwrap();
    sheet.write_number_with_format(3, 1, 1_234_567, &format("#,##0\"吨\"")).unwrap();
    let sheet = book.add_worksheet().set_name("会议").unwrap();
    sheet.write_string(0, 0, "项目").unwrap();
    sheet.write_string(0, 1, "内容").unwrap();
    for (row, (key, code)) in (1u32..).zip([
        ("会议.日期", "yyyy/m/d"),
        ("文稿.日期", "yyyy\"年\"m\"月\""),
        ("工作.开始", "m\"月\"d\"日\""),
        ("会议.地点", "yyyy-mm-dd"),
    ]) {
        sheet.write_string(row, 0, key).unwrap();
        sheet.write_number_with_format(row, 1, 46_086, &format(code)).unwrap();
    }
    let reading = read("a.xlsx", &book.save_to_buffer().unwrap(), None).unwrap();
    insta::assert_snapshot!(told(&reading));
}

#[test]
fn merged_cells_below_the_headings_are_told_and_titles_may_be_merged() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("任务").unwrap();
    sheet.merge_range(0, 0, 0, 2, "2026年重点任务清单", &Format::new()).unwrap();
    for (column, head) in (0u16..).zip(["序号", "名称", "牵头单位"]) {
        sheet.write_string(1, column, head).unwrap();
    }
    sheet.write_string(2, 1, "抓好甲").unwrap();
    sheet.write_string(3, 1, "抓好乙").unwrap();
    sheet.merge_range(2, 2, 3, 2, "县水务局", &Format::new()).unwrap();
    let reading = read("a.xlsx", &book.save_to_buffer().unwrap(), None).unwrap();
    insta::assert_snapshot!(told(&reading));
}

/// A workbook of one sheet 任务 with these cells, packed by hand.
fn packed(cells: &str) -> Vec<u8> {
    sharing("", cells)
}

/// The same, with these words for its cells to share; where there are any, also with a sheet 问题
/// that is nowhere in the file.
fn sharing(words: &str, cells: &str) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    add(
        "_rels/.rels",
        r#"<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    );
    add(
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId7" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId8" Type="x/sharedStrings" Target="words.xml"/></Relationships>"#,
    );
    let lost = if words.is_empty() { "" } else { r#"<x:sheet name="问题" sheetId="2" r:id="rId9"/>"# };
    add(
        "xl/workbook.xml",
        &format!(
            r#"<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="任务" sheetId="1" r:id="rId7"/>{lost}</x:sheets></x:workbook>"#
        ),
    );
    add("xl/words.xml", &format!("<sst>{words}</sst>"));
    add(
        "xl/worksheets/sheet1.xml",
        &format!("<x:worksheet xmlns:x=\"m\"><x:sheetData>{cells}</x:sheetData></x:worksheet>"),
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn errors_and_formulas_without_outcome_are_told_and_others_are_read() {
    let cells = r#"<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>名称</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>牵头单位</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>目标</x:t></x:is></x:c></x:row>
<x:row><x:c t="str"><x:f>"抓好"&amp;"甲"</x:f><x:v>抓好甲</x:v></x:c><x:c r="B2" t="e"><x:f>Sheet9!A1</x:f><x:v>#REF!</x:v></x:c><x:c r="C2"><x:f>1+1</x:f></x:c></x:row>
<x:row r="9"><x:c r="A9" t="inlineStr"><x:is><x:r><x:t>抓好</x:t></x:r><x:r><x:t>乙</x:t></x:r></x:is></x:c></x:row>"#;
    let reading = read("a.xlsx", &packed(cells), None).unwrap();
    insta::assert_snapshot!(told(&reading));
    assert_eq!(reading.facts.get("tasks[1].name").unwrap().at.label().zh, "a.xlsx 任务!A9");
    assert!(read("a.xlsx", &packed("<x:row"), None).is_err());
}

/// Cells without their words were taken for empty ones, a sheet that is missing for one nobody made.
#[test]
fn a_workbook_that_lacks_a_part_of_itself_says_so() {
    let table = r#"<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>"#;
    let words = "<si><t>名称</t></si><si><t>抓好甲</t></si>";
    let reading = read("a.xlsx", &sharing(words, table), None).unwrap();
    assert_eq!(reading.facts.text("tasks[0].name").unwrap(), "抓好甲");
    assert!(reading.facts.notes.iter().any(|n| n.what.zh.contains("没有表“问题”")));
    assert!(read("a.xlsx", &sharing("<si><t>名称</t></si>", table), None).is_err());
    assert!(read("a.xlsx", &sharing("<si><t>名称</t></si><si>", table), None).is_err());
}

/// A few kilobytes asked for gigabytes.
#[test]
fn words_that_too_many_cells_share_are_refused() {
    let words = format!("<si><t>{}</t></si>", "甲".repeat(1 << 19));
    let cells = r#"<row><c t="s"><v>0</v></c></row>"#;
    assert!(read("a.xlsx", &sharing(&words, &cells.repeat(5)), None).is_ok());
    let error = read("a.xlsx", &sharing(&words, &cells.repeat(90)), None).unwrap_err();
    assert!(error.in_lang(Lang::En).contains("more than 16 MB"), "{error}");
}

#[test]
fn what_is_no_workbook_is_refused_with_what_it_is() {
    let say = |bytes: &[u8]| read("a.xlsx", bytes, None).unwrap_err().in_lang(Lang::Zh);
    let old = [&b"\xD0\xCF\x11\xE0"[..], &[0; 600]].concat();
    insta::assert_snapshot!(
        [say(b""), say(&old), say("名称,内容".as_bytes()), say(b"PK\x03\x04xx")].join("\n")
    );
}

#[test]
fn a_sheet_is_chosen_by_its_name() {
    let facts = load("a.yaml", "会议: {名称: 推进会}\n任务: [抓好甲]\n").unwrap();
    let bytes = workbook(&facts);
    let only = read("a.xlsx", &bytes, Some("任务")).unwrap().facts;
    assert!(only.get("meeting").is_none() && only.get("tasks[0]").is_some());
    assert!(read("a.xlsx", &bytes, Some("问题")).is_err());
    let named = read("一月.csv", "名称\n抓好甲\n".as_bytes(), Some("任务")).unwrap().facts;
    assert_eq!(named.text("tasks[0].name").unwrap(), "抓好甲");
}
