//! The facts file to fill in (事实文件): every fact empty, above it the sentence that it stands in.

use std::fmt::Write;

use super::{Extracted, Fact};
use crate::base::{Lang, Place, Text};
use crate::model::facts::path::{self, Step};
use crate::model::facts::table::{FACTS, Field, Kind};
use crate::model::facts::write::scalar;
use crate::text;

/// The file, by the groups of the table and within them in the order of the draft.
pub(super) fn write(extracted: &Extracted, from: &str, lang: Lang) -> String {
    let facts = &extracted.facts;
    let Text { zh: places, en: places_en } = extracted.places();
    let count = facts.len();
    let mut out = match lang {
        Lang::Zh => format!(
            "# 从“{from}”提取：{places}，{count}项事实。照每项上面的原句填，〖？〗是要填的地方。\n# 冒号用半角，后面空一格。不知道的留空：起草时会一次列出来，不会替您猜。\n# 填好后运行：wengao draft 模板.tera --facts 本文件 --output 文稿.docx\n"
        ),
        Lang::En => format!(
            "# Extracted from “{from}”: {places_en}, {count} facts. Each stands below the sentence that needs it, 〖？〗 in its place.\n# A plain colon and a space after each key. Leave what you do not know empty: it is listed, never guessed.\n# When filled in, run: wengao draft TEMPLATE.tera --facts THIS-FILE --output draft.docx\n"
        ),
    };
    for (group, below) in grouped(facts.iter()) {
        let _ = write!(out, "\n{group}:\n");
        for (key, fact) in below {
            let _ = write!(out, "  # {}\n  {key}:\n", note(fact).in_lang(lang));
        }
    }
    out
}

/// The values that stood in the text, as the example of its skeleton; empty if there were none.
pub(super) fn example(facts: &[Fact], from: &str, lang: Lang) -> String {
    let said = text!("“{from}”里原来的值", "the values that stood in “{from}”");
    let mut out = format!("# {}\n", said.in_lang(lang));
    let mut any = false;
    for (group, below) in grouped(facts.iter().filter(|f| f.value.is_some())) {
        any = true;
        let _ = writeln!(out, "{group}:");
        for (key, fact) in below {
            let _ = writeln!(out, "  {key}: {}", scalar(fact.value.as_deref().unwrap_or_default()));
        }
    }
    if any { out } else { String::new() }
}

/// Facts by the groups of the table, each with its key.
fn grouped<'f>(
    facts: impl Iterator<Item = &'f Fact> + Clone,
) -> Vec<(&'static str, Vec<(&'f str, &'f Fact)>)> {
    let of = |group: &Field| -> Vec<_> {
        let below = facts.clone().filter(|f| path::steps(&f.path).next() == Some(Step::Key(group.id)));
        let keyed = below.map(|fact| {
            let (_, last) = fact.path.split_once('.').unwrap_or(("", &fact.path));
            let field = path::field(&fact.path).filter(|_| !matches!(group.kind, Kind::Open));
            (field.map_or(last, |f| f.key), fact)
        });
        keyed.collect()
    };
    FACTS.iter().map(|group| (group.key, of(group))).filter(|(_, below)| !below.is_empty()).collect()
}

/// Where the fact stands, and how its value must look.
fn note(fact: &Fact) -> Text {
    let Fact { sentence, .. } = fact;
    let Text { zh: place, en: place_en } = match &fact.at {
        Place::Line { line, .. } => text!("第{line}行", "line {line}"),
        other => other.label(),
    };
    let (times_zh, times_en) = match fact.uses.len() {
        1 => (String::new(), String::new()),
        n => (format!("等{n}处"), format!(" and {} more", n - 1)),
    };
    let unit = fact
        .unit
        .as_deref()
        .map(|u| (format!("；只填数字，“{u}”已在文稿里"), format!("; digits only, “{u}” is in the text")));
    let date = (fact.path == "document.date" || fact.path == "meeting.date")
        .then(|| ("；写成 2026-03-05".to_owned(), "; as 2026-03-05".to_owned()));
    let last = fact.value.as_ref().map(|value| (format!("；原来是{value}"), format!("; it was {value}")));
    let (how_zh, how_en) = unit.or(date).or(last).unwrap_or_default();
    Text::new(
        format!("{place}{times_zh}：{sentence}{how_zh}"),
        format!("{place_en}{times_en}: {sentence}{how_en}"),
    )
}
