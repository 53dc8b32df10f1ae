//! Filters and functions for skeletons: what official prose needs of a template language.
//!
//! They see marked text (see [`mark`](super::mark)) and keep the marks. All are pure, so one
//! compiled skeleton serves any number of drafts.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::prose::{bare, field, has_room, is_told, name, said, sentence};
use super::{budget, compute, lists, mark};
use crate::base::han;

/// The filters that are made for skeletons.
pub(super) const NAMES: &[&str] = &[
    "run",
    "sentences",
    "points",
    "clauses",
    "quoted",
    "names",
    "fresh",
    "else",
    "count",
    "numeral",
    "bare",
    "sentence",
    "change",
    "difference",
    "reaches",
    "share",
    "total",
    "ranked",
    "mentions",
    "begins",
    "protocol",
    "others",
];

/// Tera's own, which see marked text, so that few of them make sense.
const OF_TERA: &[&str] = &[
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "group_by",
];

/// Whether there is a filter of this name.
pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name) || OF_TERA.contains(&name)
}

/// Registers them all; before templates are added, since Tera checks names as it parses.
pub(super) fn register(tera: &mut Tera) {
    budget::register(tera);
    lists::register(tera);
    tera.register_filter("count", count);
    tera.register_filter("numeral", |n: usize, _: Kwargs, _: &State| han::numeral(n));
    tera.register_filter("names", names);
    tera.register_filter("bare", |text: &str, _: Kwargs, _: &State| bare(text));
    tera.register_filter("sentence", |text: &str, _: Kwargs, _: &State| sentence(text));
    tera.register_filter("change", |now: &str, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(compute::change(now, kwargs.must_get("from")?))
    });
    tera.register_filter("difference", |now: &str, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(compute::difference(now, kwargs.must_get("from")?))
    });
    tera.register_filter("share", |part: &str, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(compute::share(part, kwargs.must_get("of")?))
    });
    tera.register_filter("mentions", |text: &str, kwargs: Kwargs, _: &State| -> TeraResult<bool> {
        let word = mark::plain(kwargs.must_get("word")?);
        Ok(!word.is_empty() && mark::plain(text).contains(&word))
    });
    tera.register_filter("begins", |text: &str, kwargs: Kwargs, _: &State| -> TeraResult<bool> {
        let with: &str = kwargs.must_get("with")?;
        let text = mark::plain(text);
        let one = |word: &str| match word {
            "digit" => text.starts_with(|c: char| c.is_ascii_digit()),
            word => text.starts_with(word),
        };
        Ok(with.split_whitespace().any(one))
    });
    super::units::register(tera);
    tera.register_filter("total", total);
    tera.register_filter("ranked", ranked);
    tera.register_filter("protocol", protocol);
    tera.register_filter("others", others);
    tera.register_function("nth", |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(format!("{}是", han::numeral(kwargs.must_get::<usize>("n")?)))
    });
    tera.register_function("ordinal", |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(format!("第{}", han::numeral(kwargs.must_get::<usize>("n")?)))
    });
    tera.register_function("phrase", phrase);
}

/// `tasks | count` → 三: how many, as a Han count before a measure word.
fn count(value: &Value, _: Kwargs, _: &State) -> TeraResult<String> {
    let n = match value.as_array() {
        Some(items) => items.len(),
        None => value
            .as_u128()
            .and_then(|n| usize::try_from(n).ok())
            .or_else(|| value.as_i64().and_then(|n| usize::try_from(n).ok()))
            .ok_or_else(|| tera::Error::message("`count` takes a list or a number"))?,
    };
    Ok(han::count(n))
}

/// `units | total(of="figure")`: the sum of a figure of every record, or of a list of figures.
fn total(list: &Value, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let of: Option<&str> = kwargs.get("of")?;
    let items = list.as_array().unwrap_or_default();
    let figures: Vec<String> = items
        .iter()
        .map(|item| match of {
            Some(of) => field(item, of).unwrap_or_default(),
            None => item.to_string(),
        })
        .collect();
    Ok(compute::total(&figures))
}

/// `units | ranked(by="figure")`: the records with the largest figure first; those without one last.
fn ranked(list: &Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let by: &str = kwargs.must_get("by")?;
    let mut items: Vec<Value> = list.as_array().unwrap_or_default().to_vec();
    items.sort_by_cached_key(|item| std::cmp::Reverse(field(item, by).and_then(|f| compute::size(&f))));
    Ok(Value::from(items))
}

/// `people | protocol`: the records of people in protocol order (排名次序) by their `title`; those
/// of equal standing stay as they are.
fn protocol(list: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let mut items: Vec<Value> = list.as_array().unwrap_or_default().to_vec();
    items.sort_by_cached_key(|item| standing(&mark::plain(&field(item, "title").unwrap_or_default())));
    Ok(Value::from(items))
}

/// `people | others(than=meeting.chair)`: the records of people but for those whose name stands in a
/// text, since a chair (主持人) does not introduce himself.
fn others(list: &Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let than = mark::plain(kwargs.must_get("than")?);
    let named = |item: &&Value| {
        let name = mark::plain(&field(item, "name").unwrap_or_default());
        !name.is_empty() && than.contains(&name)
    };
    let items: Vec<Value> =
        list.as_array().unwrap_or_default().iter().filter(|i| !named(i)).cloned().collect();
    Ok(Value::from(items))
}

/// The place of a title in protocol order: 书记, 县长, 人大主任, 政协主席, 副书记, 常委, deputies of
/// 人大, 政府 and 政协, then everybody else.
fn standing(title: &str) -> usize {
    let deputy = title.contains('副') && !title.contains("副书记");
    let has = |word: &str| title.contains(word);
    match () {
        () if has("书记") && !has("副书记") && !has("纪委") && !has("政法委") => 0,
        () if !deputy && ["县长", "市长", "区长", "旗长", "州长", "盟长"].iter().any(|w| has(w)) => {
            1
        }
        () if has("人大") && !deputy => 2,
        () if has("政协") && !deputy => 3,
        () if has("副书记") => 4,
        () if has("常委") && !has("人大常委") => 5,
        () if has("人大") => 6,
        () if ["副县长", "副市长", "副区长", "副旗长"].iter().any(|w| has(w)) => 7,
        () if has("政协") => 8,
        () => 9,
    }
}

/// `list | names` → 甲、乙、丙; `names(last="和")` → 甲、乙和丙. Records go by their name.
fn names(value: &Value, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let last: Option<&str> = kwargs.get("last")?;
    let Some(items) = value.as_array() else { return Ok(value.to_string()) };
    // A record without a name has nothing to be listed by.
    let names: Vec<String> = items.iter().map(name).filter(|n| !mark::is_blank(n)).collect();
    let mut out = String::new();
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            out.push_str(match last {
                Some(word) if index + 1 == names.len() => word,
                _ => "、",
            });
        }
        out.push_str(name);
    }
    Ok(out)
}

/// `phrase("…", slot=…)`: asks for a phrase; which variant, and its slots, are decided when the
/// text is composed, since that depends on how often it was asked for before.
///
/// `room=n` asks for nothing where there is less room; `each=list` asks once for each record, with its
/// fields as slots and `n` as its Han number, at most `first=n` times.
fn phrase(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let id: &str = kwargs.must_get("id")?;
    if !has_room(&kwargs, state)? {
        return Ok(String::new());
    }
    let each: Option<Value> = kwargs.get("each")?;
    let mut own: Vec<(&str, String)> = Vec::new();
    for (key, value) in kwargs.iter() {
        match key.as_str() {
            Some("id" | "room" | "each") | None => {}
            Some("first") if each.is_some() => {}
            Some("count") => own.push(("count", many(value))),
            Some(name) => own.push((name, said(value))),
        }
    }
    let Some(each) = each else { return Ok(mark::asked(id, own.iter().map(|(n, v)| (*n, &**v)))) };
    let first = kwargs.get::<usize>("first")?.unwrap_or(usize::MAX);
    let records: Vec<&Value> =
        each.as_array().unwrap_or_default().iter().filter(|r| is_told(r)).take(first).collect();
    let own_size: usize = own.iter().map(|(name, value)| name.len() + value.len()).sum();
    budget::made(records.len(), records.len().saturating_mul(own_size))?;
    let mut out = String::new();
    for (n, record) in (1..).zip(&records) {
        let mut slots = own.clone();
        if records.len() > 1 {
            slots.push(("n", han::numeral(n)));
        }
        match record.as_map() {
            Some(map) => {
                for (key, value) in map {
                    match key.as_str() {
                        Some(key) if own.iter().all(|(own, _)| *own != key) && value.as_bool().is_none() => {
                            slots.push((key, said(value)));
                        }
                        _ => {}
                    }
                }
            }
            None => slots.push(("name", said(record))),
        }
        out.push_str(&mark::asked(id, slots.iter().map(|(n, v)| (*n, &**v))));
    }
    Ok(out)
}

/// How many there are, as a Han count, where it is more than one: nobody announces one of something.
fn many(value: &Value) -> String {
    let n = match value.as_array() {
        Some(items) => items.iter().filter(|i| is_told(i)).count(),
        None => match value.as_u128() {
            Some(n) => usize::try_from(n).unwrap_or(usize::MAX),
            None => return said(value),
        },
    };
    if n > 1 { han::count(n) } else { String::new() }
}
