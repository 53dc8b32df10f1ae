//! Reading a pack: which keys there are, and what is wrong with a file, all of it at once.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Body, BodyName, Era, Formula, NewPlace, Pack, Session, Title, Word};
use crate::base::han::{Date, parse_numeral};
use crate::base::{Error, Place, Problem, Result, Text, yaml};
use crate::model::facts::table::{Field, Kind, row as key};
use crate::model::facts::{Fact, Record, Value, check_record};
use crate::text;

const BODY_NAMES: &[&str] = &["全称", "简称", "保留", "full", "short", "hint"];

const fn name(zh: &'static str, en: &'static str, example: &'static str) -> Field {
    key("name", "名称", Kind::Words, zh, en, example)
}
const BASIS: Field = key("basis", "依据", Kind::Words, "依据什么", "on what basis", "县机构改革方案");
const UNTIL: Field = key(
    "until",
    "到",
    Kind::Date,
    "到哪一天为止还能这样写",
    "the last day on which it may stand",
    "2026-12-31",
);
const SINCE: Field = key("since", "自", Kind::Date, "自哪一天起", "since which day", "2027-01-01");

/// The keys of a pack.
pub(super) static KEYS: &[Field] = &[
    name("这份词库的名称", "what the pack is called", "机构和提法"),
    key("date", "日期", Kind::Date, "哪一天核对的", "the day on which it was checked", "2027-03-01"),
    key("source", "来源", Kind::Words, "谁整理的，依据什么", "who made it, from what", "县委办整理"),
    key("bodies", "机构", LIST_OF_BODIES, "更名、撤销的机构", "offices renamed or dissolved", ""),
    key("formulas", "提法", LIST_OF_FORMULAS, "固定提法", "set phrases", ""),
    key("eras", "时限", LIST_OF_ERAS, "属于一个时期的说法", "words of a time", ""),
    key("sessions", "届次", LIST_OF_SESSIONS, "党代会、中央全会", "congresses and plenums", ""),
    key("places", "地名", LIST_OF_PLACES, "新设、更名的地方", "places that are new or have a new name", ""),
];

const LIST_OF_BODIES: Kind = Kind::List(&Kind::Record(BODY));
const LIST_OF_FORMULAS: Kind = Kind::List(&Kind::Record(FORMULA));
const LIST_OF_ERAS: Kind = Kind::List(&Kind::Record(ERA));
const LIST_OF_SESSIONS: Kind = Kind::List(&Kind::Record(SESSION));
const LIST_OF_PLACES: Kind = Kind::List(&Kind::Record(PLACE));

static BODY: &[Field] = &[
    name("停用的名称", "the name that was given up", "县大数据局"),
    UNTIL,
    key("successor", "现名", Kind::Words, "现在叫什么", "what has followed it", "县数据局"),
    key("how", "写法", Kind::Choice(BODY_NAMES), "全称、简称或保留", "full, short or hint", "全称"),
    BASIS,
];

static FORMULA: &[Field] = &[
    name("提法", "the phrase", "四个融合"),
    key("members", "成员", Kind::List(&Kind::Words), "成员，一项一条", "its members", "[甲, 乙, 丙]"),
    key("successor", "现行", Kind::Words, "现行的提法", "what has followed it", "五个融合"),
    SINCE,
    key("context", "语境", Kind::Words, "近旁要有的词", "a word that must stand near", "总体布局"),
    BASIS,
];

static ERA: &[Field] = &[
    name("说法", "the words", "河道清零行动"),
    UNTIL,
    key(
        "forward",
        "只限打算",
        Kind::Flag,
        "只在当作还要做的事时才算过时",
        "stale only as something still to be done",
        "是",
    ),
    BASIS,
];

static SESSION: &[Field] = &[
    name("二十一大，或二十届五中全会", "二十一大 or 二十届五中全会", "二十届五中全会"),
    key("closed", "闭幕", Kind::Date, "哪一天闭幕", "the day on which it closed", "2026-10-29"),
    key(
        "resolved",
        "文件",
        Kind::List(&Kind::Words),
        "通过的文件里的关键词",
        "words of what it resolved",
        "",
    ),
];

static PLACE: &[Field] = &[
    name("全称", "its full name", "云岭区"),
    key("former", "原名", Kind::List(&Kind::Words), "原来的全称", "the full names that it had", "[云岭县]"),
    key("upper", "上级", Kind::Words, "上级的全称", "the division that it belongs to", "江北市"),
    key("code", "代码", Kind::Words, "六位行政区划代码", "its six-digit code", "361029"),
    SINCE,
];

/// Reads one pack.
///
/// # Errors
/// With everything that is wrong in the file: unknown keys, rows that lack what they need, dates and
/// codes that are none.
pub fn load(file: &str, source: &str) -> Result<Pack> {
    let file: Arc<str> = file.into();
    let (root, mut problems) =
        yaml::read(&file, source, &|word| KEYS.iter().any(|field| field.is_called(word)));
    let record = match &root {
        Some(node) => check_record(&file, node, KEYS, &mut problems),
        None => Record::new(),
    };
    let mut reading = Reading { problems };
    let titles = reading.title(&file, &record).into_iter().collect();
    let pack = Pack {
        titles,
        bodies: reading.rows(&record, "bodies", Reading::body),
        formulas: reading.rows(&record, "formulas", Reading::formula),
        eras: reading.rows(&record, "eras", Reading::era),
        sessions: reading.rows(&record, "sessions", Reading::session),
        places: reading.rows(&record, "places", Reading::place),
    };
    reading.problems.sort();
    Error::unless_empty(reading.problems, pack)
}

struct Reading {
    problems: Vec<Problem>,
}

impl Reading {
    fn title(&mut self, file: &Arc<str>, record: &Record) -> Option<Title> {
        let (name, day) = (words(record, "name"), day(record, "date"));
        if let (Some(name), Some(day)) = (name, day) {
            return Some(Title { name, day, file: Arc::clone(file) });
        }
        let what = Text::fixed("词库没有名称或日期", "the pack has no name or no date");
        let help = Text::fixed(
            "开头写“名称: 机构和提法”和“日期: 2027-03-01”（核对的日子）",
            "begin it with 名称 (name) and 日期 (date), the day on which it was checked",
        );
        self.problems.push(Problem::new(what).help(help).at(Place::File(Arc::clone(file))));
        None
    }

    /// The rows of a list; one that lacks something is told and left out.
    fn rows<T>(
        &mut self,
        record: &Record,
        id: &str,
        read: fn(&mut Self, &Record, &Place) -> Option<T>,
    ) -> Vec<T> {
        let Some(Value::List(items)) = record.get(id).map(|fact| &fact.value) else { return Vec::new() };
        let row = |fact: &Fact| match &fact.value {
            Value::Record(row) => read(self, row, &fact.at),
            _ => None,
        };
        items.iter().filter_map(row).collect()
    }

    fn lacks(&mut self, at: &Place, key: &str, example: &str) {
        let what = text!("这一条没有“{key}”", "this row has no {key}");
        let help = text!("补上，例如“{key}: {example}”", "add it, such as `{key}: {example}`");
        self.problems.push(Problem::new(what).help(help).at(at.clone()));
    }

    /// The words at a key that a row cannot do without.
    fn needed(&mut self, row: &Record, field: &Field, at: &Place) -> Option<String> {
        let found = words(row, field.id);
        if found.is_none() {
            self.lacks(at, field.key, field.example);
        }
        found
    }

    /// The day at a key that a row cannot do without.
    fn needed_day(&mut self, row: &Record, field: &Field, at: &Place) -> Option<Date> {
        let found = day(row, field.id);
        if found.is_none() {
            self.lacks(at, field.key, field.example);
        }
        found
    }

    fn body(&mut self, row: &Record, at: &Place) -> Option<Body> {
        let (name, until) = (self.needed(row, &BODY[0], at), self.needed_day(row, &UNTIL, at));
        let how = words(row, "how").and_then(|word| BodyName::of(&word)).unwrap_or(BodyName::Full);
        let successor = word(row, "successor");
        Some(Body { name: name?.into(), until: until?.last_day(), how, successor, basis: basis(row) })
    }

    fn formula(&mut self, row: &Record, at: &Place) -> Option<Formula> {
        let name = self.needed(row, &FORMULA[0], at)?;
        let successor = match (words(row, "successor"), day(row, "since")) {
            (Some(successor), Some(since)) => Some((successor.into(), since, word(row, "basis"))),
            (None, None) => None,
            (Some(_), None) => {
                self.lacks(at, SINCE.key, "2027-01");
                None
            }
            (None, Some(_)) => {
                self.lacks(at, FORMULA[2].key, FORMULA[2].example);
                None
            }
        };
        let members = list(row, "members").into_iter().map(Cow::Owned).collect();
        let (context, basis) = (word(row, "context"), word(row, "basis"));
        Some(Formula { name: name.into(), members, successor, context, basis })
    }

    fn era(&mut self, row: &Record, at: &Place) -> Option<Era> {
        let (name, until) = (self.needed(row, &ERA[0], at), self.needed_day(row, &UNTIL, at));
        let forward = matches!(row.get("forward").map(|fact| &fact.value), Some(Value::Flag(true)));
        Some(Era { name: name?.into(), until: until?.last_day(), forward, basis: basis(row) })
    }

    fn session(&mut self, row: &Record, at: &Place) -> Option<Session> {
        let name = self.needed(row, &SESSION[0], at)?;
        let closed = self.needed_day(row, &SESSION[1], at)?;
        if let Some((congress, plenum)) = numbered(&name) {
            return Some(Session { congress, plenum, closed, resolved: list(row, "resolved") });
        }
        let what = text!("“{name}”不是届次", "“{name}” is no congress and no plenum");
        let help = Text::fixed("写成“二十一大”或“二十届五中全会”", "write 二十一大 or 二十届五中全会");
        self.problems.push(Problem::new(what).help(help).at(at.clone()));
        None
    }

    fn place(&mut self, row: &Record, at: &Place) -> Option<NewPlace> {
        let name = self.needed(row, &PLACE[0], at)?;
        let since = self.needed_day(row, &SINCE, at)?;
        let code = words(row, "code").and_then(|word| {
            let code = Some(word.trim()).filter(|w| w.len() == 6).and_then(|w| w.parse().ok());
            if code.is_none() {
                let what = text!("“{word}”不是行政区划代码", "“{word}” is no code of a division");
                let help = Text::fixed("写六位数字，如 361029", "write six digits, such as 361029");
                self.problems.push(Problem::new(what).help(help).at(at.clone()));
            }
            code
        });
        let (former, upper) = (list(row, "former"), words(row, "upper").unwrap_or_default());
        Some(NewPlace { name, former, upper, code, since, at: at.clone() })
    }
}

/// The numbers of 二十一大 or 二十届五中全会, with 党的 before it or without.
fn numbered(name: &str) -> Option<(u8, Option<u8>)> {
    let small = |words: &str| parse_numeral(words).and_then(|n| u8::try_from(n).ok()).filter(|n| *n > 0);
    let name = name.trim().trim_start_matches("党的");
    if let Some(term) = name.strip_suffix('大') {
        return Some((small(term)?, None));
    }
    let (term, plenum) = name.split_once('届')?;
    Some((small(term)?, Some(small(plenum.strip_suffix("中全会")?)?)))
}

fn words(row: &Record, id: &str) -> Option<String> {
    row.get(id).and_then(|fact| fact.value.text()).filter(|words| !words.trim().is_empty())
}

fn word(row: &Record, id: &str) -> Word {
    words(row, id).unwrap_or_default().into()
}

fn basis(row: &Record) -> Text {
    Text::same(words(row, "basis").unwrap_or_default())
}

fn day(row: &Record, id: &str) -> Option<Date> {
    row.get(id).and_then(|fact| fact.value.date())
}

fn list(row: &Record, id: &str) -> Vec<String> {
    match row.get(id).map(|fact| &fact.value) {
        Some(Value::List(items)) => items.iter().filter_map(|fact| fact.value.text()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::load;
    use crate::base::Lang;
    use crate::model::pack::BodyName;

    const PACK: &str = "\
名称: 机构和提法
日期: 2027-03-01
机构:
  - {名称: 县大数据局, 到: 2026-12-31, 现名: 县数据局, 依据: 县机构改革方案}
提法:
  - {名称: 四个融合, 成员: [甲, 乙, 丙, 丁], 现行: 五个融合, 自: 2027-01}
时限:
  - {名称: 三年清零行动, 到: 2026-12, 只限打算: 是}
届次:
  - {名称: 党的二十届五中全会, 闭幕: 2026-10-29, 文件: [某某建议]}
  - {名称: 二十一大, 闭幕: 2027-10-24}
地名:
  - {名称: 云岭区, 原名: 云岭县, 上级: 江北市, 代码: 361029, 自: 2027-01-20}
";

    #[test]
    fn every_list_is_read() {
        let pack = load("词库.yaml", PACK).unwrap();
        assert_eq!(pack.titles[0].label(), "机构和提法（2027年3月1日）");
        assert_eq!((&*pack.bodies[0].successor, pack.bodies[0].how), ("县数据局", BodyName::Full));
        assert_eq!(pack.formulas[0].members.len(), 4);
        assert_eq!(pack.eras[0].until.to_string(), "2026年12月31日");
        let sessions: Vec<_> = pack.sessions.iter().map(|s| (s.congress, s.plenum)).collect();
        assert_eq!(sessions, [(20, Some(5)), (21, None)]);
        assert_eq!((pack.places[0].code, &*pack.places[0].former[0]), (Some(361_029), "云岭县"));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_its_place() {
        let source = "机构:\n  - {名称: 县大数据局}\n届次:\n  - {名称: 某次大会, 闭幕: 2027-10-24}\n地名:\n  \
                      - {名称: 云岭区, 自: 2027-01-20, 代码: 36}\n机够: []\n";
        let error = load("词库.yaml", source).unwrap_err();
        let told = error.in_lang(Lang::Zh);
        for word in ["名称或日期", "没有“到”", "不是届次", "不是行政区划代码", "机够"]
        {
            assert!(told.contains(word), "{word}: {told}");
        }
    }

    #[test]
    fn what_a_later_pack_names_counts_as_it_says() {
        let mut pack = load("a.yaml", PACK).unwrap();
        let later = "名称: 补充\n日期: 2027-06-01\n机构:\n  - {名称: 县大数据局, 到: 2027-05-31}\n";
        pack.lay_over(load("b.yaml", later).unwrap());
        let until: Vec<_> = pack.bodies.iter().map(|b| b.until.to_string()).collect();
        assert_eq!((pack.titles.len(), until), (2, vec!["2027年5月31日".to_owned()]));
    }
}
