//! Lists as prose: `tasks | run` 甲；乙；丙。, `| sentences` 甲。乙。丙。, `| points` 一是甲；二是乙。,
//! `| clauses` 甲，乙，丙 without a close, to stand inside a sentence, and `| quoted` “甲”“乙”.
//!
//! All take `first=n`, the first so many, and `room=n`, nothing where the document has less room. Records
//! are said by their name, with `detail=1` the first of their details behind it, or with
//! `detail="target"` what they have under that key. A text is a list of one, and of an empty list
//! nothing is said. An item that is a sentence of two by itself is never put between semicolons.
//!
//! `work.progress | fresh | run`: only what holds no figure that the document has told before. Whether it
//! does is known when it is said, and so is then how many items there are; [`joined`] does both.

use tera::value::Key;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::prose::{bare, has_room, is_blank, name, said, sentence};
use super::{compute, mark};
use crate::base::han;

/// Registers them.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("run", run);
    tera.register_filter("sentences", sentences);
    tera.register_filter("points", points);
    tera.register_filter("clauses", clauses);
    tera.register_filter("quoted", quoted);
    tera.register_filter("fresh", fresh);
    tera.register_filter("else", otherwise);
    tera.register_filter("reaches", |now: &Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let from: Value = kwargs.must_get("from")?;
        Ok(if is_blank(now) { String::new() } else { compute::reaches(&said(now), &said(&from)) })
    });
}

/// 甲；乙；丙。
fn run(list: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    listed("run", list, &kwargs, state, "：")
}

/// 甲。乙。丙。
fn sentences(list: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    listed("sentences", list, &kwargs, state, "，")
}

/// 一是甲；二是乙。 One item alone has no number.
fn points(list: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    listed("points", list, &kwargs, state, "，")
}

/// 甲，乙，丙
fn clauses(list: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    listed("clauses", list, &kwargs, state, "，")
}

/// The items of a list joined this way, or asked for where one of them is not known yet.
fn listed(how: &str, list: &Value, kwargs: &Kwargs, state: &State, sign: &str) -> TeraResult<String> {
    let items = items(list, kwargs, state, sign)?;
    let first = kwargs.get::<usize>("first")?.unwrap_or(usize::MAX);
    if items.iter().all(|item| !item.contains(mark::PHRASE)) {
        return Ok(joined(how, items.into_iter().take(first).collect()));
    }
    let first = first.to_string();
    let asked = [("how", how), ("first", &*first)].into_iter().chain(items.iter().map(|i| ("", &**i)));
    Ok(mark::asked(mark::LIST, asked))
}

/// Items joined as the filter of this name joins them.
pub(super) fn joined(how: &str, mut items: Vec<String>) -> String {
    match how {
        "sentences" => items.iter().map(|item| sentence(item)).collect(),
        "clauses" => items.join("，"),
        _ => {
            let sign = parted_by(&items);
            if how == "points" && items.len() > 1 {
                for (n, item) in (1..).zip(&mut items) {
                    item.insert_str(0, &format!("{}是", han::numeral(n)));
                }
            }
            sentence(&items.join(sign))
        }
    }
}

/// `work.progress | fresh`: a text, or of a list each, that is said only where it holds no figure that the
/// document has told before. Records are told by their name and `detail`, as by [`run`].
fn fresh(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<Value> {
    let asked = |text: &str| mark::asked(mark::FRESH, [("", text)]);
    if is_blank(value) {
        return Ok(value.clone());
    }
    if value.as_array().is_none() {
        return Ok(Value::from(asked(&said(value))));
    }
    let all = items(value, &kwargs, state, "，")?;
    Ok(Value::from(all.iter().map(|item| Value::from(asked(item))).collect::<Vec<_>>()))
}

/// “甲”“乙”: each in quotation marks, those within it single (GB/T 15834-2011).
fn quoted(list: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let first = kwargs.get::<usize>("first")?.unwrap_or(usize::MAX);
    let items = items(list, &kwargs, state, "，")?;
    Ok(items
        .iter()
        .take(first)
        .map(|item| format!("“{}”", item.replace('“', "‘").replace('”', "’")))
        .collect())
}

/// `work.short | else(work.name)`: the value, or what is given where it is empty. Of a phrase it is
/// known only when it is said, so then it is decided there.
fn otherwise(value: &Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let other: Value = kwargs.must_get("x")?;
    if is_blank(value) {
        return Ok(other);
    }
    match value.as_str() {
        Some(text) if text.contains(mark::PHRASE) => {
            Ok(Value::from(mark::asked(mark::EITHER, [("", text), ("", &*said(&other))])))
        }
        _ => Ok(value.clone()),
    }
}

/// The items that are said, without what closes them; `sign` comes between a name and its detail.
fn items(list: &Value, kwargs: &Kwargs, state: &State, sign: &str) -> TeraResult<Vec<String>> {
    if !has_room(kwargs, state)? || is_blank(list) {
        return Ok(Vec::new());
    }
    let detail: Option<Value> = kwargs.get("detail")?;
    let one = std::slice::from_ref(list);
    let items = list.as_array().unwrap_or(one).iter();
    let items = items.filter(|item| !is_blank(item)).map(|item| {
        let mut text = bare(&name(item));
        let more = detail.as_ref().map_or_else(String::new, |which| detail_of(item, which));
        if !mark::is_blank(&more) {
            // Two colons in one clause tell nothing from nothing.
            let sign = if [&text, &more].iter().any(|t| t.contains('：')) { "，" } else { sign };
            if !mark::is_blank(&text) {
                text.push_str(sign);
            }
            text.push_str(&more);
        }
        text
    });
    Ok(items.filter(|text| !mark::is_blank(text)).collect())
}

/// What a record says more of itself: so many of its details, or all that stands under a key.
fn detail_of(item: &Value, which: &Value) -> String {
    /// The keys under which records of the table say more.
    const MORE: [&str; 5] = ["detail", "for", "words", "points", "done"];
    let Some(map) = item.as_map() else { return String::new() };
    let at = |key: &str| map.get(&Key::from(key.to_owned()));
    let (value, most) = match (which.as_str(), which.as_u128()) {
        (Some(key), _) => (at(key), usize::MAX),
        (None, Some(most)) => {
            (MORE.iter().find_map(|key| at(key)), usize::try_from(most).unwrap_or(usize::MAX))
        }
        _ => (None, 0),
    };
    let Some(value) = value else { return String::new() };
    match value.as_array() {
        Some(items) => {
            let items = items.iter().filter(|i| !is_blank(i)).take(most).map(|i| bare(&name(i)));
            items.collect::<Vec<_>>().join("，")
        }
        None => bare(&said(value)),
    }
}

/// What parts these items: ；, or 。 where one of them has such a sign within.
fn parted_by(items: &[String]) -> &'static str {
    if items.iter().any(|item| item.contains(['。', '；', '！', '？'])) { "。" } else { "；" }
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    fn said(template: &str) -> String {
        let mut tera = Tera::default();
        crate::draft::filters::register(&mut tera);
        let mut context = Context::new();
        context.insert("room", &3);
        context.insert("one", &["修好步道。"]);
        context.insert("none", &Vec::<String>::new());
        context.insert("long", &["先看消防。再谈装修", "管住湖水"]);
        context.insert("three", &["修好步道。", "管住湖水；", "", "办好民宿"]);
        let task = |name: &str, detail: &[&str], due: &str| serde_json::json!({ "name": name, "detail": detail, "due": due });
        let tasks = [task("修好步道", &["年内修38公里", "遇树绕树"], "国庆前"), task("管住湖水。", &[], "")];
        context.insert("tasks", &tasks);
        tera.render_str(&template.replace("else(", "else(x="), &context, false).unwrap()
    }

    #[test]
    fn a_list_is_one_sentence_or_several_or_part_of_one() {
        assert_eq!(said("{{ three | run }}"), "修好步道；管住湖水；办好民宿。");
        assert_eq!(said("{{ three | sentences }}"), "修好步道。管住湖水。办好民宿。");
        assert_eq!(said("{{ three | points }}"), "一是修好步道；二是管住湖水；三是办好民宿。");
        assert_eq!(said("{{ three | clauses(first=2) }}"), "修好步道，管住湖水");
    }

    #[test]
    fn one_item_has_no_number_and_none_says_nothing() {
        assert_eq!(said("{{ one | points }}{{ one | run }}"), "修好步道。修好步道。");
        assert_eq!(said("{{ none | run }}{{ none | points }}{{ none | clauses }}{{ \"\" | sentences }}"), "");
        assert_eq!(said("{{ \"修好步道\" | run }}"), "修好步道。");
    }

    #[test]
    fn what_there_is_no_room_for_is_left_out() {
        assert_eq!(said("{{ three | run(room=4) }}{{ one | run(room=3) }}"), "修好步道。");
    }

    #[test]
    fn records_are_said_by_name_and_with_as_much_detail_as_is_asked_for() {
        assert_eq!(said("{{ tasks | run }}"), "修好步道；管住湖水。");
        assert_eq!(said("{{ tasks | run(detail=1) }}"), "修好步道：年内修38公里；管住湖水。");
        assert_eq!(
            said("{{ tasks | points(detail=2) }}"),
            "一是修好步道，年内修38公里，遇树绕树；二是管住湖水。"
        );
        assert_eq!(said("{{ tasks | run(detail=\"due\") }}"), "修好步道：国庆前；管住湖水。");
    }

    /// 「一是既…抓得不细」 and lists with 。 and ； mixed stood in briefs.
    #[test]
    fn an_item_of_two_sentences_stands_between_full_stops() {
        assert_eq!(said("{{ long | run }}"), "先看消防。再谈装修。管住湖水。");
        assert_eq!(said("{{ long | points }}"), "一是先看消防。再谈装修。二是管住湖水。");
    }

    #[test]
    fn what_is_empty_gives_way_to_something_else() {
        assert_eq!(said("{{ none | else(\"没有\") }}{{ \"有\" | else(\"没有\") }}"), "没有有");
        assert_eq!(said("{{ none | else(three) | run(first=1) }}"), "修好步道。");
    }

    #[test]
    fn a_figure_that_rose_or_fell_is_told_with_where_it_came_from() {
        assert_eq!(said("{{ \"92%\" | reaches(from=\"84.5%\") }}"), "由84.5%提高到92%");
        assert_eq!(said("{{ \"5.2万吨\" | reaches(from=\"6万吨\") }}"), "由6万吨降至5.2万吨");
        assert_eq!(said("{{ \"92%\" | reaches(from=\"\") }}{{ \"\" | reaches(from=\"3个\") }}"), "达到92%");
    }
}
