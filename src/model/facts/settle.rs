//! What a clerk writes, read as what it means (归整): 2026 as 2026年, 《…》 taken off a title,
//! 县委书记林知远同志 as a title and a name, 96 people as 96人.
//!
//! None of it is a guess. Where words may mean two things they stay as they are, and so does the place
//! that states them. It is done to each file, and to all of them together once they are laid over each
//! other, since the list of people may stand in another; done twice it changes nothing.

use std::collections::BTreeMap;

use super::table::{FACTS, Field, Kind, level_named, names_units};
use super::units::parted;
use super::{Fact, Facts, Figure, Record, Value};
use crate::base::blank::is_blank_value;

/// Reads what is written in another way than the table of facts has it.
pub fn settle(facts: &mut Facts) {
    level(facts);
    units(&mut facts.root, FACTS);
    let known = people(facts);
    let root = &mut facts.root;
    for (group, key) in [("document", "year"), ("document", "next_year")] {
        below(root, group, key, &mut |words| is_year(words).then(|| format!("{words}年")));
    }
    below(root, "document", "issue", &mut |words| is_number(words).then(|| format!("第{words}期")));
    for (group, key, unit) in UNITS {
        figure(root, group, key, unit);
    }
    each(root, "policies", &mut policy);
    if let Some(Fact { value: Value::Record(meeting), .. }) = root.get_mut("meeting") {
        each(meeting, "leaders", &mut |person| split(person, &known));
        each(meeting, "remarks", &mut remark);
    }
    each(root, "people", &mut |person| split(person, &known));
}

/// The units of figures that are told without one: what is counted there is known.
const UNITS: &[(&str, &str, &str)] = &[
    ("locality", "population", "人"),
    ("locality", "area", "平方公里"),
    ("locality", "town_count", "个"),
    ("locality", "village_count", "个"),
    ("meeting", "present", "人"),
    ("work", "funds", "元"),
    ("awards", "count", "个"),
    ("projects", "invest", "元"),
];

/// Parts the units that one cell names, in the lists of the table that hold units.
fn units(record: &mut Record, fields: &'static [Field]) {
    for (id, fact) in record {
        let Some(field) = fields.iter().find(|f| f.id == id) else { continue };
        match (&mut fact.value, field.kind) {
            (Value::Record(below), Kind::Record(fields)) => units(below, fields),
            (Value::List(items), Kind::List(Kind::Record(fields))) => {
                for item in items {
                    if let Value::Record(below) = &mut item.value {
                        units(below, fields);
                    }
                }
            }
            (Value::List(items), Kind::List(Kind::Words)) if names_units(field) => {
                *items = std::mem::take(items).into_iter().flat_map(each_unit).collect();
            }
            _ => {}
        }
    }
}

/// The units that one item names, all at its place.
fn each_unit(item: Fact) -> Vec<Fact> {
    let Value::Words(words) = &item.value else { return vec![item] };
    let all: Vec<&str> = parted(words).collect();
    if all.len() < 2 {
        return vec![item];
    }
    let unit = |unit: &&str| {
        let words = (*unit).to_owned();
        let value = if is_blank_value(unit) { Value::Blank(words) } else { Value::Words(words) };
        Fact { value, ..item.clone() }
    };
    all.iter().map(unit).collect()
}

fn level(facts: &mut Facts) {
    let name = facts.text("locality.name");
    below(&mut facts.root, "locality", "level", &mut |word| {
        level_named(word, name.as_deref()).map(str::to_owned)
    });
}

/// Changes the words of one value; `new` gives nothing where they stay.
fn below(root: &mut Record, group: &str, key: &str, new: &mut dyn FnMut(&str) -> Option<String>) {
    if let Some(Fact { value: Value::Record(record), .. }) = root.get_mut(group) {
        change(record, key, new);
    }
}

fn change(record: &mut Record, key: &str, new: &mut dyn FnMut(&str) -> Option<String>) {
    if let Some(Fact { value: Value::Words(words), .. }) = record.get_mut(key)
        && let Some(new) = new(words)
    {
        *words = new;
    }
}

/// Each record of a list.
fn each(root: &mut Record, list: &str, with: &mut dyn FnMut(&mut Record)) {
    let Some(Fact { value: Value::List(items), .. }) = root.get_mut(list) else { return };
    for item in items {
        if let Value::Record(record) = &mut item.value {
            with(record);
        }
    }
}

fn is_number(words: &str) -> bool {
    !words.is_empty() && words.len() <= 4 && words.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(words: &str) -> bool {
    words.len() == 4 && is_number(words) && (words.starts_with("19") || words.starts_with("20"))
}

/// Gives a figure of a group, or of each record of a list, its unit.
fn figure(root: &mut Record, group: &str, key: &str, unit: &str) {
    let mut complete = |record: &mut Record| {
        let Some(Fact { value: Value::Figure(figure), .. }) = record.get_mut(key) else { return };
        let is_digits = |f: &Figure| f.value.starts_with(|c: char| c.is_ascii_digit());
        // 42万 and 86万 lack what they count.
        if is_digits(figure) && matches!(&*figure.unit, "" | "万" | "亿" | "千" | "百") {
            figure.unit.push_str(unit);
        }
    };
    match root.get_mut(group).map(|f| &mut f.value) {
        Some(Value::Record(record)) => complete(record),
        Some(Value::List(_)) => each(root, group, &mut complete),
        _ => {}
    }
}

/// 《地名管理条例》 is the title 地名管理条例; a number in brackets behind it is its number.
fn policy(record: &mut Record) {
    let Some(title) = record.get("title") else { return };
    let (Value::Words(words), at) = (&title.value, title.at.clone()) else { return };
    let Some((inner, rest)) = words.strip_prefix('《').and_then(|w| w.split_once('》')) else { return };
    // 《甲》《乙》 and 《甲》实施细则 are no title between marks.
    if inner.contains('《') {
        return;
    }
    let inner = inner.to_owned();
    let number = rest.strip_prefix(['（', '(']).and_then(|n| n.strip_suffix(['）', ')']));
    match number.map(str::trim) {
        _ if rest.trim().is_empty() => {}
        Some(number) if number.ends_with('号') => {
            let fact = Fact { value: Value::Words(number.to_owned()), at, overrides: Vec::new() };
            record.entry("number".to_owned()).or_insert(fact);
        }
        _ => return,
    }
    if let Some(title) = record.get_mut("title") {
        title.value = Value::Words(inner);
    }
}

/// Who spoke, and how: a secretary who notes what was said rarely notes the verb.
fn remark(record: &mut Record) {
    const VERB: &str = "指出";
    let said = |key: &str| record.get(key).is_some_and(|f| !f.value.is_missing());
    if !said("person") || !said("points") || said("verb") {
        return;
    }
    let Some(at) = record.get("person").map(|f| f.at.clone()) else { return };
    let fact = Fact { value: Value::Words(VERB.to_owned()), at, overrides: Vec::new() };
    record.insert("verb".to_owned(), fact);
}

/// The people whose name and title the facts give apart.
fn people(facts: &Facts) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for list in ["people", "meeting.leaders"] {
        let Some(Value::List(items)) = facts.get(list).map(|f| &f.value) else { continue };
        for item in items {
            let Value::Record(person) = &item.value else { continue };
            let text = |key: &str| person.get(key).and_then(|f| f.value.text());
            if let (Some(name), Some(title)) = (text("name"), text("title")) {
                known.entry(name).or_insert(title);
            }
        }
    }
    for (name, title) in [("speaker", "speaker_title"), ("author", "author_title")] {
        let text = |key: &str| facts.text(&format!("document.{key}"));
        if let (Some(name), Some(title)) = (text(name), text(title)) {
            known.entry(name).or_insert(title);
        }
    }
    known
}

/// The names of all people whom the facts name, wherever they do, without their titles.
#[must_use]
pub fn names(facts: &Facts) -> Vec<String> {
    /// Where a person may stand.
    const PEOPLE: &[&str] = &[
        "people[].name",
        "meeting.leaders[].name",
        "meeting.chair",
        "meeting.reporter",
        "meeting.agenda[].person",
        "meeting.remarks[].person",
        "document.speaker",
        "document.author",
        "work.lead_head",
        "awards[].winners[]",
    ];
    let known = people(facts);
    let mut all: Vec<String> = known.keys().cloned().collect();
    let top = |path: &str| path.find(['.', '[']).unwrap_or(path.len());
    for (path, fact) in facts.leaves() {
        let head = &path[..top(&path)];
        if PEOPLE.iter().all(|p| &p[..top(p)] != head) || !PEOPLE.contains(&&*super::path::pattern(&path)) {
            continue;
        }
        let Some(words) = fact.value.text() else { continue };
        let name = person_in(&words, &known).map(|(_, name)| name);
        all.extend(name.or_else(|| Some(words).filter(|words| is_name(words))));
    }
    all.sort();
    all.dedup();
    all
}

/// A person whose title stands in one with the name: both are told apart.
fn split(person: &mut Record, known: &BTreeMap<String, String>) {
    if person.get("title").is_some_and(|f| !f.value.is_missing()) {
        return;
    }
    let Some(Fact { value: Value::Words(words), at, .. }) = person.get("name") else { return };
    let Some((title, name)) = person_in(words, known) else { return };
    let at = at.clone();
    if let Some(fact) = person.get_mut("name") {
        fact.value = Value::Words(name);
    }
    let fact = Fact { value: Value::Words(title), at, overrides: Vec::new() };
    person.insert("title".to_owned(), fact);
}

/// Title and name of a person written in one: 县委书记林知远同志, 林知远（县委书记）, 林知远 县委书记.
/// `known` are titles by name. `None` where it cannot be told where one ends.
fn person_in(words: &str, known: &BTreeMap<String, String>) -> Option<(String, String)> {
    let words = words.trim();
    let words = ["同志", "先生", "女士"].iter().find_map(|w| words.strip_suffix(w)).unwrap_or(words).trim();
    if let Some(title) = known.get(words) {
        return Some((title.clone(), words.to_owned()));
    }
    let parts: Vec<&str> =
        words.split([' ', '　', '（', '）', '(', ')', '，', ',']).filter(|p| !p.is_empty()).collect();
    if let [first, second] = *parts.as_slice() {
        return match (is_title(first), is_title(second)) {
            (true, false) if is_name(second) => Some((first.to_owned(), second.to_owned())),
            (false, true) if is_name(first) => Some((second.to_owned(), first.to_owned())),
            _ => None,
        };
    }
    let by_list = known.keys().find(|name| words.ends_with(&***name)).map(|name| words.len() - name.len());
    let end = by_list.or_else(|| {
        let ends = POSTS.iter().filter_map(|post| words.rfind(post).map(|at| at + post.len()));
        ends.max().filter(|&end| is_name(&words[end..]))
    })?;
    let (title, name) = words.split_at(end);
    is_title(title).then(|| (title.trim_end_matches('、').to_owned(), name.to_owned()))
}

/// What titles of posts end in.
const POSTS: &[&str] = &[
    "书记",
    "省长",
    "市长",
    "州长",
    "盟长",
    "县长",
    "区长",
    "旗长",
    "乡长",
    "镇长",
    "村长",
    "主任",
    "主席",
    "部长",
    "局长",
    "厅长",
    "处长",
    "科长",
    "股长",
    "所长",
    "站长",
    "院长",
    "校长",
    "园长",
    "馆长",
    "台长",
    "社长",
    "行长",
    "会长",
    "理事长",
    "检察长",
    "秘书长",
    "巡视员",
    "调研员",
    "常委",
    "委员",
    "政委",
    "组长",
    "队长",
    "司令员",
    "专员",
    "经理",
    "董事长",
    "总工程师",
    "主编",
    "总编辑",
];

fn is_title(words: &str) -> bool {
    POSTS.iter().any(|post| words.ends_with(post))
}

/// Two to four characters, or more with the dot of a translated name.
fn is_name(words: &str) -> bool {
    const NONE: &[&str] = &["同志", "等", "各位", "及", "和", "代表", "主持", "办公室", "负责人", "成员"];
    let count = words.chars().count();
    let dotted = words.contains('·') && count <= 16;
    ((2..=4).contains(&count) || dotted)
        && words.chars().all(|c| crate::base::han::is_han(c) || c == '·')
        && !NONE.iter().any(|word| words.contains(word))
        && !is_title(words)
}

#[cfg(test)]
mod tests {
    use super::person_in;
    use crate::model::facts::{Value, load};

    fn text(file: &str, path: &str) -> Option<String> {
        load("a.yaml", file).unwrap().text(path)
    }

    #[test]
    fn a_year_an_issue_and_heads_are_said_as_the_trade_says_them() {
        for (file, path, said) in [
            ("文稿: {年度: 2026, 下年度: 2027年}\n", "document.year", "2026年"),
            ("文稿: {年度: 2026, 下年度: 2027年}\n", "document.next_year", "2027年"),
            ("文稿: {年度: 2025—2026供水年}\n", "document.year", "2025—2026供水年"),
            ("文稿: {期号: 11}\n", "document.issue", "第11期"),
            ("文稿: {期号: 总第11期}\n", "document.issue", "总第11期"),
            ("会议: {到会人数: 140}\n", "meeting.present", "140人"),
            ("会议: {到会人数: 140余名}\n", "meeting.present", "140余名"),
            ("工作: {资金: 240万}\n", "work.funds", "240万元"),
            ("工作: {资金: 由县财政安排}\n", "work.funds", "由县财政安排"),
            ("地区: {乡镇数: 9}\n", "locality.town_count", "9个"),
            ("表彰: [{奖项: 管水能手, 数量: 12}]\n", "awards[0].count", "12个"),
        ] {
            assert_eq!(text(file, path).as_deref(), Some(said), "{file}");
        }
    }

    #[test]
    fn a_level_by_another_word_is_the_one_of_the_list() {
        assert_eq!(text("地区: {名称: 泮山市, 级别: 县级市}\n", "locality.level").as_deref(), Some("市"));
        assert_eq!(text("地区: {名称: 泮山市, 级别: 县（市）}\n", "locality.level").as_deref(), Some("市"));
        assert_eq!(text("地区: {名称: 泮山区, 级别: 市辖区}\n", "locality.level").as_deref(), Some("区"));
        let wrong = load("a.yaml", "地区: {级别: 泮山县}\n").unwrap_err().to_string();
        assert!(wrong.contains("did you mean “县”"), "{wrong}");
    }

    #[test]
    fn documents_may_stand_as_lines_with_their_marks() {
        let file = "依据:\n- 《泮山县渠道管理办法》\n- 《灌区条例》（泮政发〔2025〕3号）\n- 市水利局关于清淤的通知\n- 《甲》实施细则\n";
        assert_eq!(text(file, "policies[0].title").unwrap(), "泮山县渠道管理办法");
        assert_eq!(text(file, "policies[1].title").unwrap(), "灌区条例");
        assert_eq!(text(file, "policies[1].number").unwrap(), "泮政发〔2025〕3号");
        assert_eq!(text(file, "policies[2].title").unwrap(), "市水利局关于清淤的通知");
        assert_eq!(text(file, "policies[3].title").unwrap(), "《甲》实施细则");
    }

    #[test]
    fn a_leader_on_one_line_has_a_title_and_a_name() {
        let file = "会议:\n  出席领导:\n  - 县委书记梁思远同志\n  - 县委常委、组织部部长欧阳慧\n  - 程立 市公安局泮山分局副局长\n";
        for (index, title, name) in [
            (0, "县委书记", "梁思远"),
            (1, "县委常委、组织部部长", "欧阳慧"),
            (2, "市公安局泮山分局副局长", "程立"),
        ] {
            assert_eq!(text(file, &format!("meeting.leaders[{index}].title")).unwrap(), title);
            assert_eq!(text(file, &format!("meeting.leaders[{index}].name")).unwrap(), name);
        }
    }

    #[test]
    fn of_people_on_the_list_the_name_is_enough_and_a_group_is_nobody() {
        let file = "人员: [{姓名: 梁思远, 职务: 县委书记}]\n会议: {出席领导: [梁思远同志, 县四大家有关领导, 各位副县长]}\n";
        assert_eq!(text(file, "meeting.leaders[0].title").unwrap(), "县委书记");
        assert_eq!(text(file, "meeting.leaders[1].name").unwrap(), "县四大家有关领导");
        assert_eq!(text(file, "meeting.leaders[2].title"), None);
        assert_eq!(person_in("梁思远书记", &std::collections::BTreeMap::new()), None);
    }

    #[test]
    fn people_are_named_wherever_the_facts_name_one() {
        let file = "文稿: {讲话人: 程立, 讲话人职务: 县长}\n会议:\n  主持人: 副县长欧阳慧\n  出席领导: [县委书记梁思远同志]\n工作: {牵头领导: 县委副书记石安同志}\n表彰: [{奖项: 管水能手, 对象: [周怀河, 泮河镇人民政府]}]\n";
        let names = super::names(&load("a.yaml", file).unwrap());
        assert_eq!(names, ["周怀河", "梁思远", "欧阳慧", "石安", "程立"]);
    }

    #[test]
    fn what_somebody_said_is_pointed_out_unless_the_verb_is_given() {
        let file = "会议:\n  讲话要点:\n  - {讲话人: 县长程立, 要点: 清淤不等人}\n  - {讲话人: 县长程立, 语气: 强调, 要点: 清淤不等人}\n  - {讲话人: 县长程立}\n";
        assert_eq!(text(file, "meeting.remarks[0].verb").unwrap(), "指出");
        assert_eq!(text(file, "meeting.remarks[1].verb").unwrap(), "强调");
        assert_eq!(text(file, "meeting.remarks[2].verb"), None);
    }

    #[test]
    fn two_lines_where_one_is_asked_are_one_and_units_in_a_cell_are_parted() {
        assert_eq!(
            text("工作:\n  督查:\n  - 每月看一次。\n  - 年底算总账\n", "work.review").unwrap(),
            "每月看一次；年底算总账"
        );
        let file = "任务:\n- 名称: 清渠\n  牵头单位: [县水利局, 县财政局]\n  配合单位: 泮河镇、县供电公司（调度、抢修）\n";
        let facts = load("a.yaml", file).unwrap();
        assert_eq!(facts.text("tasks[0].owner").unwrap(), "县水利局、县财政局");
        assert!(matches!(&facts.get("tasks[0].partners").unwrap().value, Value::List(all) if all.len() == 2));
        assert_eq!(facts.text("tasks[0].partners[1]").unwrap(), "县供电公司（调度、抢修）");
    }

    #[test]
    fn a_time_whose_day_is_not_known_is_printed_as_written() {
        let file = "工作: {开始: 9月20日, 完成: 2026年11月底}\n";
        assert_eq!(text(file, "work.start").unwrap(), "9月20日");
        assert_eq!(text(file, "work.end").unwrap(), "2026年11月底");
        let wrong = load("a.yaml", "工作: {完成: 2月30日}\n").unwrap_err();
        assert!(wrong.to_string().contains("is not a date"), "{wrong}");
    }

    #[test]
    fn settling_twice_changes_nothing() {
        let file = "地区: {名称: 泮山市, 级别: 县级市, 人口: 42万}\n文稿: {年度: 2026, 期号: 4}\n依据: [《甲》]\n会议: {出席领导: [市长程立], 到会人数: 9}\n";
        let once = load("a.yaml", file).unwrap();
        let mut twice = once.clone();
        super::settle(&mut twice);
        assert_eq!(once, twice);
    }
}
