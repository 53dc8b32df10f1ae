//! What can be done about a finding: mended, allowed, accepted, passed over.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::desk::{Open, shown};
use super::found::{self, uri_of_name};
use super::ways::{IGNORE, Ways};
use crate::app::Office;
use crate::app::accept::{Proposed, accept, allow};
use crate::base::Text;
use crate::base::lines::Lines;
use crate::model::Finding;
use crate::model::finding::veil;
use crate::report::cut;
use crate::text;
use crate::write::fix::changes;

/// Columns of words that a title shows, and code points of words that are worth allowing as such.
const SHOWN: usize = 24;
const WORDS: usize = 40;

/// What can be done about the findings of a range, as far as the editor asked for that kind.
pub(super) fn actions(
    open: &Open,
    range: &Range<usize>,
    wanted: &Json,
    office: &Office,
    ways: &Ways,
) -> Json {
    let Some(seen) = open.seen.as_ref().filter(|seen| seen.version == open.version) else { return json!([]) };
    let asked = |kind: &str| {
        let only = wanted.as_array();
        only.is_none_or(|only| {
            let mut only = only.iter().filter_map(Json::as_str);
            only.any(|o| o.is_empty() || kind == o || kind.starts_with(&format!("{o}.")))
        })
    };
    let mut all = Vec::new();
    if asked("quickfix") {
        let meets = |f: &&Finding| f.range.start <= range.end && range.start <= f.range.end;
        for finding in seen.findings.iter().filter(meets) {
            let title = |title: Text| title.in_lang(ways.lang).to_owned();
            let diagnostic = found::finding(open, finding, ways, &*office.files);
            let action = |title: String, more: Json| {
                let mut action = json!({ "title": title, "kind": "quickfix", "diagnostics": [diagnostic] });
                if let (Some(action), Json::Object(more)) = (action.as_object_mut(), more) {
                    action.extend(more);
                }
                action
            };
            if let Some(fix) = &finding.fix {
                let (new, edit) =
                    (cut(&fix.text, SHOWN), edit_of(open, &[(finding.range.clone(), &fix.text)], ways));
                let said = if new.is_empty() {
                    Text::fixed("删去", "delete it")
                } else {
                    text!("改为“{new}”", "change to “{new}”")
                };
                all.push(action(title(said), json!({ "edit": edit, "isPreferred": true })));
            }
            for (said, proposed) in proposals(open, finding, office, ways) {
                all.extend(
                    as_edit(&proposed, office, ways).map(|edit| action(title(said), json!({ "edit": edit }))),
                );
            }
            let said = Text::fixed("这次不管它", "ignore it for now");
            let signature = json!([open.uri, found::signature(&open.text, finding)]);
            let command = json!({ "title": title(said.clone()), "command": IGNORE, "arguments": signature });
            all.push(action(title(said), json!({ "command": command })));
        }
    }
    if asked("source.fixAll.wengao") {
        let changes = changes(&open.text, &seen.findings);
        if !changes.is_empty() {
            let n = changes.len();
            let said = text!("改掉可以放心改的{n}处", "make all safe changes ({n})");
            let parts: Vec<_> = changes.iter().map(|c| (c.range.clone(), c.text.as_str())).collect();
            all.push(json!({
                "title": said.in_lang(ways.lang),
                "kind": "source.fixAll.wengao",
                "edit": edit_of(open, &parts, ways),
            }));
        }
    }
    json!(all)
}

/// Files that would leave the finding alone from now on, each with what that is called.
fn proposals(open: &Open, finding: &Finding, office: &Office, ways: &Ways) -> Vec<(Text, Proposed)> {
    let seen = open.seen.as_ref().map_or(&[][..], |seen| &seen.findings);
    let text = &*veil(&open.text, seen);
    let words = &text[finding.range.clone()];
    let mut all = Vec::new();
    if words.chars().count() <= WORDS
        && !words.contains(['\n', '\r'])
        && let Ok(Some(proposed)) = allow(office, &open.name, &ways.folder, (finding.rule, words.trim()))
    {
        let (shown, rule) = (cut(words, SHOWN), finding.rule);
        all.push((text!("放行“{shown}”（{rule}）", "allow “{shown}” ({rule})"), proposed));
    }
    let plan = open.seen.as_ref().and_then(|seen| seen.plan.as_ref());
    if let Some(plan) = plan
        && let Ok(proposed) = accept(office, plan, text, finding)
    {
        all.push((Text::fixed("接受这一处，记入基线", "accept this one in the baseline"), proposed));
    }
    all
}

/// Changes of the open text as the editor makes them.
fn edit_of(open: &Open, parts: &[(Range<usize>, &str)], ways: &Ways) -> Json {
    let edits: Vec<Json> = parts
        .iter()
        .map(|(range, new)| json!({ "range": open.shown(range, ways.units), "newText": new }))
        .collect();
    json!({ "documentChanges": [{
        "textDocument": { "uri": open.uri, "version": open.version },
        "edits": edits,
    }] })
}

/// A proposed file as the editor makes it; `None` if it would have to be made and the editor makes none.
fn as_edit(proposed: &Proposed, office: &Office, ways: &Ways) -> Option<Json> {
    let uri = uri_of_name(&*office.files, &proposed.name);
    let before = proposed.before.as_deref().unwrap_or_default();
    let after = &proposed.after;
    // Only what differs is sent, so that the editor's marks and folds stay.
    let alike = |a: &str, b: &str| {
        a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let head: usize = alike(before, after);
    let back = |words: &str| words[head..].chars().rev().collect::<String>();
    let tail: usize = alike(&back(before), &back(after));
    let range = shown(before, &Lines::of(before), &(head..before.len() - tail), ways.units);
    let edit = json!({ "range": range, "newText": after[head..after.len() - tail] });
    let document = json!({ "textDocument": { "uri": uri, "version": null }, "edits": [edit] });
    match proposed.before {
        Some(_) => Some(json!({ "documentChanges": [document] })),
        None if ways.creates => {
            let make = json!({ "kind": "create", "uri": uri, "options": { "ignoreIfExists": true } });
            Some(json!({ "documentChanges": [make, document] }))
        }
        None => None,
    }
}
