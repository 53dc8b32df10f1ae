//! The leaders of the facts (事实里的领导): posts, spelling and order as the office itself has them.

use super::Told;
use super::name;
use super::office::{Post, Relation};
use super::people::Mention;
use crate::base::Place;
use crate::model::Facts;
use crate::model::facts::Value;
use crate::text;

/// A leader as the facts have her.
struct Leader {
    name: String,
    title: String,
    at: Option<Place>,
    rank: Option<u32>,
}

/// Where the facts list people.
const LISTS: [&str; 2] = ["people", "meeting.leaders"];

fn leaders(facts: &Facts) -> Vec<Leader> {
    let mut all = Vec::new();
    for list in LISTS {
        let Some(Value::List(people)) = facts.get(list).map(|f| &f.value) else { continue };
        for index in 0..people.len() {
            let part = |key: &str| facts.get(&format!("{list}[{index}].{key}"));
            let word = |key: &str| part(key).and_then(|f| f.value.text()).map(|w| w.trim().to_owned());
            let (Some(name), Some(title)) = (word("name"), word("title")) else { continue };
            let at = part("title").map(|f| f.at.clone());
            all.push(Leader { name, title, at, rank: word("rank").and_then(|r| r.parse().ok()) });
        }
    }
    all
}

/// What the text says of the leaders that their facts do not.
pub(super) fn find(text: &str, people: &[Mention<'_>], facts: &Facts) -> Vec<Told> {
    let leaders = leaders(facts);
    if leaders.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for m in people {
        found.extend(leaders.iter().find_map(|leader| against(m, leader)));
    }
    found.extend(people.windows(2).filter_map(|pair| out_of_order(text, pair, &leaders)));
    found
}

fn note(leader: &Leader) -> crate::base::Text {
    let (name, title) = (&leader.name, &leader.title);
    text!("事实：{name}，{title}", "fact: {name}, {title}")
}

/// A leader with another post, or a post with another spelling of its leader's name.
fn against(m: &Mention<'_>, leader: &Leader) -> Option<Told> {
    let posts: Vec<Post<'_>> = leader.title.split(['、', '，', '兼']).filter_map(Post::of).collect();
    let how = |wanted: Relation| m.posts.iter().any(|a| posts.iter().any(|b| a.relation(b) == wanted));
    let (name, title, said) = (&leader.name, &leader.title, m.title());
    if m.name == leader.name {
        let past = m.posts.iter().any(|p| p.past);
        return (!past && how(Relation::Apart) && !how(Relation::Same)).then(|| {
            Told::warning(
                m.range.clone(),
                text!(
                    "“{name}”的职务写成“{said}”，事实文件是“{title}”",
                    "“{name}” is “{said}” here and “{title}” in the facts"
                ),
            )
            .evidence(leader.at.clone(), note(leader))
        });
    }
    let single =
        m.posts.iter().any(|a| a.is_single() && posts.iter().any(|b| a.relation(b) == Relation::Same));
    let near = name::are_alike(&m.name, name) || single && name::differ_in_one(&m.name, name);
    (near && how(Relation::Same)).then(|| {
        let here = &m.name;
        Told::warning(
            m.name_at.clone(),
            text!(
                "姓名写成“{here}”，事实文件是“{name}”",
                "the name is “{here}” here and “{name}” in the facts"
            ),
        )
        .evidence(leader.at.clone(), note(leader))
    })
}

/// Two leaders side by side in a row against the order of the facts.
fn out_of_order(text: &str, pair: &[Mention<'_>], leaders: &[Leader]) -> Option<Told> {
    let [one, next] = pair else { return None };
    let of = |m: &Mention<'_>| leaders.iter().find(|l| l.name == m.name).and_then(|l| l.rank);
    let between = text.get(one.range.end..next.range.start)?;
    let row = matches!(between.trim_start_matches("同志").trim(), "、" | "和" | "与" | "，" | "");
    let wrong = row && of(one)? > of(next)?;
    wrong.then(|| {
        let (first, second) = (&one.name, &next.name);
        Told::warning(
            one.range.start..next.range.end,
            text!(
                "“{first}”排在“{second}”前面，事实文件的排序相反",
                "“{first}” stands before “{second}”; the facts have them the other way round"
            ),
        )
    })
}
