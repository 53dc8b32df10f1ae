//! Tools that look at a document: check, fix, explain; at two versions of one; at several.

use serde_json::{Value as Json, json};

use super::Room;
use super::answer::{Answer, File};
use super::arguments::Arguments;
use crate::app::baseline::Baselines;
use crate::app::compare::compare as held;
use crate::app::corpus::compare as shared;
use crate::app::explain::{as_json, page, rule, rule_id};
use crate::app::plan::{Asked, Plan, plans};
use crate::app::settings::Flags;
use crate::app::{Deaf, Use, check as looked, fix as mend, package, placed};
use crate::base::{Error, Problem, Result, Text, han::Date};
use crate::corpus::Corpus;
use crate::read::read;
use crate::report::{REPORTS, View, json_value};
use crate::rules::RULES;
use crate::text;

/// What a document is checked with besides the settings.
fn asked(room: &Room<'_>, given: &Arguments<'_>) -> Result<Asked> {
    let mut problems = Vec::new();
    let mut rules = |name: &str| {
        let given = given.names(name).unwrap_or_default();
        let known = given
            .iter()
            .filter_map(|name| rule_id(name).map_err(|e| problems.extend_from_slice(e.problems())).ok());
        known.map(str::to_owned).collect()
    };
    let (only, skip) = (rules("only"), rules("skip"));
    let as_of = match given.words("as_of") {
        None => Some(room.office.today),
        Some(day) => Date::parse(day).or_else(|| {
            problems.push(
                Problem::new(text!("as_of“{day}”不是日期", "as_of “{day}” is not a date"))
                    .help(Text::fixed("写成 2026-03-05", "write it as 2026-03-05")),
            );
            None
        }),
    };
    let word = |name: &str| given.words(name).map(|word| word.trim().to_owned());
    let flags = Flags { only, skip, home: word("locality"), genre: word("genre"), as_of };
    Error::unless_empty(problems, Asked { flags, facts: given.facts(room), ..Asked::default() })
}

/// The document that is meant, and what it is checked with.
fn planned(room: &Room<'_>, given: &Arguments<'_>) -> Result<(String, Asked, Vec<Plan>)> {
    let (name, asked) = (given.document(room)?, asked(room, given)?);
    let plans = plans(&room.office, &asked, std::slice::from_ref(&name), &mut Deaf)?;
    Ok((name, asked, plans))
}

pub(super) fn check(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let (name, asked, plans) = planned(room, given)?;
    let facts = plans.first().and_then(|plan| plan.facts.clone());
    let wanted = given.flag("package");
    let run = |corpus: Option<Corpus<'_>>| {
        let of = looked::Pile::of(vec![name.clone()], plans.clone(), &asked);
        looked::check(&room.office, looked::Pile { texts: wanted, corpus, ..of }, &mut Deaf)
    };
    let checked = match room.corpus {
        Some(held) => held.with(|corpus| run(Some(corpus)))?,
        None => run(None)?,
    };
    let view = View { lang: room.office.lang, all: true, info: true, ..View::default() };
    let mut structured = json_value(&checked, view)?;
    if let (true, [document]) = (wanted, &checked.documents[..]) {
        let facts = facts.ok_or_else(|| {
            package::no_facts().help(Text::fixed("给 facts 或 facts_paths", "give facts or facts_paths"))
        })?;
        let last = given.last_package(room)?;
        structured["package"] = package::of_paper(&room.office, document, &facts, last.as_ref()).as_json();
    }
    let failed = !checked.unread.is_empty();
    let text = String::from_utf8_lossy(&REPORTS[0].write(&checked, view)?).into_owned();
    Ok(Answer { failed, ..Answer::of(text, structured) })
}

pub(super) fn fix(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let (name, _, plans) = planned(room, given)?;
    let mut baselines = Baselines::load(&*room.office.files, plans.iter(), false)?;
    let tracked = given.flag("track");
    let how = if tracked { mend::How::Tracked } else { mend::How::Plain };
    let mended =
        mend::fix(&room.office, &name, &plans[0], &mut baselines, how).map_err(|e| placed(e, &name))?;
    let structured = json!({
        "text": mended.after, "changes": mended.count, "changed": mended.before != mended.after,
        "settled": mended.settled,
    });
    let done = room.office.lang.either("修订", "tracked");
    let file = tracked.then(|| File::of(&name, done, &mended.bytes));
    Ok(Answer { file, ..Answer::of(mended.after, structured) })
}

pub(super) fn explain(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let lang = room.office.lang;
    let Some(id) = given.words("rule") else {
        let all: Vec<Json> = RULES.iter().map(|rule| as_json(rule.about(), lang)).collect();
        let line = |rule: &Json| {
            format!(
                "{}  {}\n",
                rule["id"].as_str().unwrap_or_default(),
                rule["title"].as_str().unwrap_or_default()
            )
        };
        return Ok(Answer::of(all.iter().map(line).collect(), json!({ "rules": all })));
    };
    let about = rule(id)?;
    let mut structured = as_json(about, lang);
    structured["why"] = json!(about.why.in_lang(lang));
    Ok(Answer::of(page(about, lang), structured))
}

pub(super) fn versions(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let older = given.documents(room, "older")?;
    let newer = given.document(room)?;
    let [older] = &older[..] else {
        return Err(Problem::new(Text::fixed("旧稿要一份，也只要一份", "give one older version")).into());
    };
    let lang = room.office.lang;
    let compared = held(&room.office, older, &newer, &mut Deaf)?;
    let structured = compared.as_json(older, &newer, lang);
    let done = lang.either("花脸稿", "compared");
    let file = given.flag("marked").then(|| File::docx(&newer, done, &compared.bytes));
    Ok(Answer { file, ..Answer::of(compared.as_text(lang), structured) })
}

pub(super) fn compare(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let (name, others) = (given.document(room)?, given.documents(room, "others")?);
    let text = |name: &str| -> Result<String> {
        let bytes = room.office.files.read(name, Use::Look)?;
        Ok(read(name, &bytes).map_err(|e| placed(e, name))?.into_text())
    };
    let own = text(&name)?;
    let mut page = String::new();
    let mut all = Vec::new();
    for other in &others {
        let shared = shared((&name, &own), (other, &text(other)?))?;
        page.push_str(&shared.page(room.office.lang));
        page.push('\n');
        all.push(shared.as_json());
    }
    Ok(Answer::of(page, json!({ "comparisons": all })))
}
