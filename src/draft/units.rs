//! Units and people as lists (单位、名单) for skeletons: each once, and as many as there are.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::{compute, mark};
use crate::model::facts::units::{is_one, parted};

/// Registers what skeletons may use of it.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("offices", offices);
    tera.register_filter("fewer", fewer);
}

/// `tasks | offices(by="owner")`: the units that the records name there, each once, as a list to be
/// counted. One cell may name two; 各乡镇 is not one, and not among them.
fn offices(list: &Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let by: &str = kwargs.must_get("by")?;
    let key = tera::value::Key::from(by.to_owned());
    let mut found: Vec<String> = Vec::new();
    let mut units: Vec<Value> = Vec::new();
    for item in list.as_array().unwrap_or_default() {
        let Some(cell) = item.as_map().and_then(|m| m.get(&key)).map(ToString::to_string) else { continue };
        let plain = mark::plain(&cell);
        for unit in parted(&plain).filter(|unit| is_one(unit)) {
            if !found.iter().any(|known| known == unit) {
                found.push(unit.to_owned());
                units.push(Value::from(mark::like(&cell, unit)));
            }
        }
    }
    Ok(Value::from(units))
}

/// `winners | fewer(than=count)`: whether a list names fewer than are counted, so that there are others
/// besides: two names of 10个.
fn fewer(list: &Value, kwargs: Kwargs, _: &State) -> TeraResult<bool> {
    let than: &str = kwargs.must_get("than")?;
    let named = i128::try_from(list.as_array().map_or(0, <[Value]>::len)).unwrap_or(0);
    Ok(named > 0 && compute::size(than).is_some_and(|all| all > named * 1_000_000))
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    fn said(template: &str, context: &serde_json::Value) -> String {
        let mut tera = Tera::default();
        super::super::filters::register(&mut tera);
        tera.add_raw_template("t", template).unwrap();
        tera.render("t", &Context::from_serialize(context).unwrap()).unwrap()
    }

    #[test]
    fn a_cell_of_two_units_counts_as_two_each_once_and_all_of_a_kind_as_none() {
        let facts = serde_json::json!({ "tasks": [
            { "owner": "县水利局、县财政局" }, { "owner": "县水利局" }, { "owner": "各乡镇" }, { "owner": "" },
        ] });
        let template = "{% set all = tasks | offices(by=\"owner\") %}{{ all | count }}家：{{ all | names }}";
        assert_eq!(said(template, &facts), "两家：县水利局、县财政局");
    }

    #[test]
    fn two_names_of_ten_are_not_all() {
        let template = "{% if w | fewer(than=c) %}还有{% else %}齐了{% endif %}";
        let of = |count: &str| said(template, &serde_json::json!({ "w": ["梁思远", "程立"], "c": count }));
        assert_eq!([of("10个"), of("2个"), of("一批"), of("")], ["还有", "齐了", "齐了", "齐了"]);
    }
}
