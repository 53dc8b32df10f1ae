//! What there is: the rules, the genres that can be drafted and those that can be checked, topics, with a line on each.

use serde_json::{Value as Json, json};

use super::request::{Reply, Request};
use crate::app::explain;
use crate::app::library::library;
use crate::base::{Lang, Result, Text};
use crate::draft::topic::Topic;
use crate::read::{extensions, is_document};
use crate::rules::{Genre, RULES};
use crate::sheet;
use crate::text;
use crate::write::WRITERS;

/// The families of skeletons (文种大类) in the order in which a clerk meets them.
const FAMILIES: &[(&str, Text)] = &[
    ("speech", Text::fixed("讲话", "Speeches")),
    ("plan", Text::fixed("方案", "Plans")),
    ("summary", Text::fixed("总结", "Summaries")),
    ("report", Text::fixed("汇报", "Reports")),
    ("brief", Text::fixed("简报信息", "Briefs")),
    ("article", Text::fixed("文章", "Articles")),
];

pub(super) fn hello(request: &Request<'_>) -> Result<Reply> {
    let lang = request.lang;
    let (office, _) = request.office(&[]);
    let library = library(&office)?;
    // Of the parts of each a form tells; reading every skeleton whole would keep the page waiting.
    let templates: Vec<Json> = library
        .entries()?
        .iter()
        .map(|e| {
            let (title, about) = (e.title.in_lang(lang), e.about.in_lang(lang));
            json!({ "id": e.id, "title": title, "about": about, "family": e.family })
        })
        .collect();
    let topics: Vec<Json> = library
        .topic_ids()
        .iter()
        .filter_map(|id| library.topic(id).ok())
        .map(|t| json!({ "id": t.id, "title": t.title.in_lang(lang), "about": about_topic(&t, lang) }))
        .collect();
    Ok(Reply::of(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules(lang),
        "families": families(&templates, lang),
        "templates": templates,
        "topics": topics,
        "genres": genres(lang),
        "reads": extensions().filter(|e| is_document(&format!("a.{e}"))).collect::<Vec<_>>(),
        "tables": sheet::extensions().collect::<Vec<_>>(),
        "formats": WRITERS.iter().map(|w| w.name()).collect::<Vec<_>>(),
    })))
}

/// What a topic's documents usually deal with, in a line.
fn about_topic(topic: &Topic, lang: Lang) -> String {
    let tasks: Vec<&str> = topic.tasks.iter().map(|task| task.name.as_str()).take(4).collect();
    let tasks = tasks.join(lang.either("、", ", "));
    text!("常见任务：{tasks}", "usual tasks: {tasks}").in_lang(lang).to_owned()
}

fn rules(lang: Lang) -> Vec<Json> {
    let one = |about: &'static crate::rules::About| {
        let mut rule = explain::as_json(about, lang);
        rule["label"] = about.severity.label().in_lang(lang).into();
        rule["explain"] = explain::page(about, lang).into();
        rule
    };
    RULES.iter().map(|r| one(r.about())).collect()
}

/// The genres whose rules a paper can be held to: the name that is declared, and what is shown.
fn genres(lang: Lang) -> Vec<Json> {
    let shown = |Text { zh, en }: Text| match lang {
        Lang::Zh => zh.into_owned(),
        Lang::En => format!("{zh}, {en}"),
    };
    Genre::ALL.iter().map(|g| json!({ "id": g.zh(), "title": shown(g.label()) })).collect()
}

/// The families that have a skeleton; one that the table does not know goes by its folder's name.
fn families(templates: &[Json], lang: Lang) -> Vec<Json> {
    let mut found: Vec<&str> = Vec::new();
    for family in templates.iter().filter_map(|t| t.get("family")?.as_str()) {
        if !found.contains(&family) {
            found.push(family);
        }
    }
    let rank = |family: &str| FAMILIES.iter().position(|f| f.0 == family).unwrap_or(FAMILIES.len());
    found.sort_by_key(|family| rank(family));
    let title = |family: &str| {
        let known = FAMILIES.iter().find(|f| f.0 == family);
        known.map_or_else(|| family.to_owned(), |f| f.1.in_lang(lang).to_owned())
    };
    found.iter().map(|family| json!({ "id": family, "title": title(family) })).collect()
}
