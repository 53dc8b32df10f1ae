//! The facts file that a skeleton asks for: empty with its questions, or filled with its example.
//!
//! The empty one (`facts new`) holds no value at all, since an example left in by mistake would be
//! printed as a fact. Each key says what it is, what the document does with it and how it may look.

use std::fmt::Write;

use super::front::Need;
use super::skeleton::Skeleton;
use super::topic::Topic;
use crate::base::Lang;
use crate::model::Facts;
use crate::model::facts::Question;
use crate::model::facts::path::{self, Step};
use crate::model::facts::table::{FACTS, Field, Kind};
use crate::model::facts::write::scalar;

/// A facts file to fill in, in the order of the document: comments and empty keys. With a topic, its
/// usual tasks, indicators, problems and measures stand as comments where they are asked for, and its
/// duties and principles as lines to tick.
#[must_use]
pub fn blank(skeleton: &Skeleton, topic: Option<&Topic>, lang: Lang) -> String {
    let id = &skeleton.id;
    let mut out = match lang {
        Lang::Zh => format!(
            "# {}的事实。填好后运行：\n#   wengao draft {id} --facts 本文件 --output 讲话稿.docx\n# 【必需】的缺一不可；〔可选〕的有就填、没有就空着。冒号用半角，后面空一格；列表每条前写“- ”。\n# 不知道的留空，不要写“待定”、x、×：空着的会一次列出来，不会替你猜。\n",
            skeleton.title.zh
        ),
        Lang::En => format!(
            "# Facts for: {}. When filled in, run:\n#   wengao draft {id} --facts THIS-FILE --output speech.docx\n# [needed] must be there; [optional] may stay empty. A plain colon and a space after each key;\n# each item of a list starts with \"- \". Leave what you do not know empty: it is listed, never guessed.\n",
            skeleton.title.en
        ),
    };
    let mut tree: Vec<Branch<'_>> = Vec::new();
    for (needed, need) in needs(skeleton) {
        let steps: Vec<_> = path::steps(&need.fact).collect();
        insert(&mut tree, FACTS, &steps, needed, need);
    }
    for branch in &tree {
        out.push('\n');
        let mut writer = Writer { skeleton, topic, lang, out: &mut out };
        writer.branch(branch, "", 0, false);
    }
    out
}

/// What a skeleton needs, and what else it asks for, with which of the two it is.
fn needs(skeleton: &Skeleton) -> impl Iterator<Item = (bool, &Need)> {
    let needed = skeleton.needs.iter().map(|need| (true, need));
    needed.chain(skeleton.optional.iter().map(|need| (false, need)))
}

/// What a skeleton asks for, in the order of the document, with examples from its own; with a topic,
/// names of records are shown by what is usual in it.
#[must_use]
pub fn questions(skeleton: &Skeleton, topic: Option<&Topic>) -> Vec<Question> {
    needs(skeleton)
        .map(|(needed, need)| {
            let first = need.fact.replace("[]", "[0]");
            let items = (0..2).map_while(|i| skeleton.example().text(&format!("{first}[{i}]")));
            let example =
                skeleton.example().text(&first).unwrap_or_else(|| items.collect::<Vec<_>>().join("\n"));
            let list = need.fact.strip_suffix("[].name");
            let example = topic.zip(list).and_then(|(t, list)| usual(t, list)).unwrap_or(example);
            Question { fact: need.fact.clone(), needed, purpose: need.purpose.clone(), example }
        })
        .collect()
}

/// What a skeleton asks for and facts do not give, as forms.
pub struct Missing {
    /// By the key at the top: the keys of it that are missing, and the whole of it.
    forms: Vec<(&'static str, String, String)>,
}

impl Missing {
    /// The keys that a record lacks which is there already.
    #[must_use]
    pub fn within(&self, key: &str) -> Option<&str> {
        self.forms.iter().find(|(id, ..)| *id == key).map(|(_, within, _)| &**within)
    }

    /// The forms of all that is not there at all, `there` being what is.
    #[must_use]
    pub fn rest(&self, there: &[&str]) -> String {
        let gone = self.forms.iter().filter(|(id, ..)| !there.contains(id));
        gone.map(|(.., whole)| format!("\n{whole}")).collect::<String>().trim_start_matches('\n').to_owned()
    }
}

/// What `skeleton` asks for and `facts` do not give. Of lists that have records, what these lack is told in one
/// comment a key.
#[must_use]
pub fn missing(skeleton: &Skeleton, facts: &Facts, lang: Lang) -> Missing {
    /// So many records that lack a key are named.
    const NAMED: usize = 3;
    let mut tree: Vec<Branch<'_>> = Vec::new();
    let mut lacking: Vec<(String, bool, &Need)> = Vec::new();
    for (needed, need) in needs(skeleton) {
        let missing = facts.missing(&need.fact);
        if missing.is_empty() {
            continue;
        }
        let list = need.fact.split_once("[]").map_or("", |(list, _)| list);
        let there = facts.get(list).is_some_and(|f| !f.value.is_missing());
        if there {
            lacking.push((list.split('.').next().unwrap_or_default().to_owned(), needed, need));
        } else {
            let steps: Vec<_> = path::steps(&need.fact).collect();
            insert(&mut tree, FACTS, &steps, needed, need);
        }
    }
    let mut forms: Vec<(&'static str, String, String)> = Vec::new();
    for field in FACTS {
        let mut within = String::new();
        let mut whole = String::new();
        if let Some(branch) = tree.iter().find(|b| b.field.id == field.id) {
            let mut writer = Writer { skeleton, topic: None, lang, out: &mut within };
            if !matches!(field.kind, Kind::List(_)) {
                branch.below.iter().for_each(|below| writer.branch(below, field.id, 1, false));
            }
            Writer { skeleton, topic: None, lang, out: &mut whole }.branch(branch, "", 0, false);
        }
        for (_, needed, need) in lacking.iter().filter(|(top, ..)| top == field.id) {
            let all: Vec<String> = facts.missing(&need.fact).iter().map(|p| path::in_chinese(p)).collect();
            let mut paths = all[..all.len().min(NAMED)].join(lang.either("、", ", "));
            if all.len() > NAMED {
                paths.push_str(&match lang {
                    Lang::Zh => format!("等{}处", all.len()),
                    Lang::En => format!(" and {} more", all.len() - NAMED),
                });
            }
            let purpose = need.purpose.in_lang(lang);
            let line = match (lang, needed) {
                (Lang::Zh, true) => format!("# 【必需】还缺 {paths}：用于{purpose}\n"),
                (Lang::Zh, false) => format!("# 〔可选〕还缺 {paths}：用于{purpose}\n"),
                (Lang::En, true) => format!("# [needed] missing {paths}: {purpose}\n"),
                (Lang::En, false) => format!("# [optional] missing {paths}: {purpose}\n"),
            };
            within.push_str(&line);
        }
        if !(within.is_empty() && whole.is_empty()) {
            forms.push((field.id, within, whole));
        }
    }
    Missing { forms }
}

/// A key of the file, with the need that asks for it.
struct Branch<'s> {
    field: &'static Field,
    /// A key of one's own under 补充, where the table has no field.
    own: Option<&'s str>,
    need: Option<(bool, &'s Need)>,
    below: Vec<Branch<'s>>,
}

fn insert<'s>(
    tree: &mut Vec<Branch<'s>>,
    fields: &'static [Field],
    steps: &[Step<'s>],
    needed: bool,
    need: &'s Need,
) {
    let Some((Step::Key(key), rest)) = steps.split_first() else { return };
    let Some(field) = fields.iter().find(|f| f.id == *key) else { return };
    let at = tree.iter().position(|b| b.field.id == field.id).unwrap_or_else(|| {
        tree.push(Branch { field, own: None, need: None, below: Vec::new() });
        tree.len() - 1
    });
    let rest = rest.strip_prefix(&[Step::Each]).unwrap_or(rest);
    if rest.is_empty() {
        tree[at].need = Some((needed, need));
    } else if let (Kind::Open, [Step::Key(key)]) = (field.kind, rest) {
        let need = Some((needed, need));
        tree[at].below.push(Branch { field, own: Some(key), need, below: Vec::new() });
    } else {
        insert(&mut tree[at].below, field.kind.fields(), rest, needed, need);
    }
}

/// The names that are usual in a topic for the records of a list; `None` for lists that it says
/// nothing of.
fn usual(topic: &Topic, list: &str) -> Option<String> {
    let usual = match list {
        "tasks" => &topic.tasks,
        "indicators" | "targets" => &topic.indicators,
        "problems" => &topic.problems,
        "measures" => &topic.measures,
        _ => return None,
    };
    let names: Vec<String> = usual
        .iter()
        .map(|u| match (list, &u.detail[..]) {
            ("indicators" | "targets", [unit]) => format!("{}（{unit}）", u.name),
            _ => u.name.clone(),
        })
        .collect();
    Some(names.join("；"))
}

struct Writer<'a> {
    skeleton: &'a Skeleton,
    topic: Option<&'a Topic>,
    lang: Lang,
    out: &'a mut String,
}

impl Writer<'_> {
    /// Writes a key and what is below it. `at` is the path so far, with `[0]` for lists.
    fn branch(&mut self, branch: &Branch<'_>, at: &str, depth: usize, first_of_item: bool) {
        let field = branch.field;
        let id = branch.own.unwrap_or(field.id);
        let path = if at.is_empty() { id.to_owned() } else { format!("{at}.{id}") };
        let indent = "  ".repeat(depth);
        if let Some((needed, need)) = branch.need {
            self.comment(&indent, branch, needed, need, &path);
        } else if branch.below.is_empty() || depth == 0 {
            let _ = writeln!(self.out, "{indent}# {}", field.label.in_lang(self.lang));
        }
        self.usual(&path);
        self.ticks(&path, &indent);
        let dash = if first_of_item { "- " } else { "" };
        let indent = if first_of_item { "  ".repeat(depth.saturating_sub(1)) } else { indent };
        let key = branch.own.unwrap_or(field.key);
        // The topic is the one value that is known: it was asked for by name.
        let known = self.topic.filter(|_| path == "work.topic");
        let known = known.map_or_else(String::new, |t| scalar(&t.title.zh));
        let _ = writeln!(self.out, "{}", format!("{indent}{dash}{key}: {known}").trim_end());
        let list = matches!(field.kind, Kind::List(_));
        let (path, depth) = if list { (format!("{path}[0]"), depth + 2) } else { (path, depth + 1) };
        for (index, below) in branch.below.iter().enumerate() {
            self.branch(below, &path, depth, list && index == 0);
        }
        if list && branch.below.is_empty() {
            let _ = writeln!(self.out, "{}- ", "  ".repeat(depth - 1));
        }
    }

    /// What documents of the topic usually say at this path, as comments.
    fn usual(&mut self, path: &str) {
        let Some(topic) = self.topic else { return };
        let Some(names) = usual(topic, path) else { return };
        let head = crate::base::Text::fixed("这方面常见的：", "usual here: ");
        let _ = writeln!(self.out, "#   {}{names}", head.in_lang(self.lang));
    }

    /// What the topic's pack has ready for this list, each item as a line that counts when its `#` is taken
    /// off, since a draft says nothing of it unasked; of the situation only what to find out.
    fn ticks(&mut self, path: &str, indent: &str) {
        let Some(topic) = self.topic else { return };
        let (usual, [name, more, owner]) = match path {
            "measures" => (&topic.duties, ["名称", "内容", "责任单位"]),
            "work.principles" => (&topic.principles, ["要点", "展开", ""]),
            "work.situation" => (&topic.situation, [""; 3]),
            _ => return,
        };
        if usual.is_empty() {
            return;
        }
        let to_find = path == "work.situation";
        let head = match (self.lang, to_find) {
            (Lang::Zh, false) => "用得上的移到下面，删去行首的 #，核对后再用：",
            (Lang::En, false) => "move what fits below, without its #, and check it:",
            (Lang::Zh, true) => "可从这些角度查清再写：",
            (Lang::En, true) => "angles to find out about:",
        };
        let _ = writeln!(self.out, "{indent}#   {head}");
        for one in usual {
            let detail = one.detail.join("；");
            if to_find {
                let _ = writeln!(self.out, "{indent}#   {}：{detail}", one.name);
                continue;
            }
            let _ = writeln!(self.out, "{indent}#   - {name}: {}", scalar(&one.name));
            let owned = one.owner.clone().filter(|_| !owner.is_empty()).unwrap_or_default();
            for (key, words) in [(more, detail), (owner, owned)].iter().filter(|(_, words)| !words.is_empty())
            {
                let _ = writeln!(self.out, "{indent}#     {key}: {}", scalar(words));
            }
        }
    }

    fn comment(&mut self, indent: &str, branch: &Branch<'_>, needed: bool, need: &Need, path: &str) {
        let field = branch.field;
        let label = branch.own.unwrap_or(field.label.in_lang(self.lang));
        let purpose = need.purpose.in_lang(self.lang);
        let tag = match (self.lang, needed) {
            (Lang::Zh, true) => "【必需】",
            (Lang::Zh, false) => "〔可选〕",
            (Lang::En, true) => "[needed] ",
            (Lang::En, false) => "[optional] ",
        };
        let item = format!("{path}[0]");
        let example = self.skeleton.example().text(path).or_else(|| self.skeleton.example().text(&item));
        let example = example.unwrap_or_else(|| field.example.to_owned());
        let _ = match self.lang {
            // Nobody has said better what it is for.
            _ if label == purpose => writeln!(self.out, "{indent}# {tag}{label}"),
            Lang::Zh => writeln!(self.out, "{indent}# {tag}{label}；用于{purpose}"),
            Lang::En => writeln!(self.out, "{indent}# {tag}{label}: {purpose}"),
        };
        if !example.is_empty() {
            let head = crate::base::Text::fixed("例：", "e.g. ");
            // Every line of it is a comment.
            let example = example.trim_end().replace('\n', &format!("\n{indent}#     "));
            let _ = writeln!(self.out, "{indent}#   {}{example}", head.in_lang(self.lang));
        }
    }
}
