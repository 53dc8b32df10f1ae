//! `依据.html`: the package as one page that loads nothing: on a screen the numbers of sentences lead to them, on
//! paper it is A4 landscape, with the first page what is read before it is signed.

use super::labels::Tone;
use super::{Change, Changes, Counts, Moved, Open, Package, Sentence, front, words};
use crate::base::{Lang, Text};
use crate::report::html::escape;

const STYLE: &str = include_str!("page.css");

/// Nothing from outside, nothing sent anywhere, no script at all.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/// The page.
#[must_use]
pub fn html(package: &Package, lang: Lang) -> Vec<u8> {
    let mut page = Writer { out: String::new(), lang };
    let (tag, title) = (lang.either("zh-CN", "en"), escape(&words::flat(&package.title)));
    let name = words::TITLE.in_lang(lang);
    page.out = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{name}　{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    page.top(package);
    page.open(&package.open);
    page.changes(package.changes.as_ref());
    page.issues(package);
    page.sentences(&package.sentences);
    page.foot();
    page.out.into_bytes()
}

/// The page as it grows.
struct Writer {
    out: String,
    lang: Lang,
}

/// A tone as a class.
const fn class(tone: Option<Tone>) -> &'static str {
    match tone {
        Some(Tone::Bad) => "bad",
        Some(Tone::Wait) => "wait",
        Some(Tone::Good) => "good",
        None => "",
    }
}

/// Words in stretches, those that differ in this element.
fn marked(parts: Vec<(&str, bool)>, tag: &str) -> String {
    let one = |(words, differs): (&str, bool)| {
        let words = escape(&words::flat(words));
        if differs && !words.is_empty() { format!("<{tag}>{words}</{tag}>") } else { words }
    };
    parts.into_iter().map(one).collect()
}

/// Words with the numbers of sentences in them as links: 第7、12句; the third sentence of a paragraph is none.
fn led(escaped: &str) -> String {
    let mut out = String::new();
    let mut rest = escaped;
    let is_list = |c: char| c.is_ascii_digit() || matches!(c, '、' | ',' | ' ');
    while let Some(at) =
        ["第", "no. "].iter().filter_map(|head| rest.find(head).map(|at| at + head.len())).min()
    {
        let (before, behind) = rest.split_at(at);
        let list = &behind[..behind.find(|c| !is_list(c)).unwrap_or(behind.len())];
        let numbers = list.trim_end_matches(|c: char| !c.is_ascii_digit());
        let is_sentence = before.ends_with("no. ") || behind[numbers.len()..].starts_with('句');
        out.push_str(before);
        if is_sentence && !before.ends_with("段第") {
            let mut number = String::new();
            for c in numbers.chars().chain([' ']) {
                match c.is_ascii_digit() {
                    true => number.push(c),
                    false => {
                        if !number.is_empty() {
                            out.push_str(&format!("<a href=\"#s{number}\">{number}</a>"));
                            number.clear();
                        }
                        out.push(c);
                    }
                }
            }
            out.pop();
        } else {
            out.push_str(numbers);
        }
        rest = &behind[numbers.len()..];
    }
    out + rest
}

impl Writer {
    fn say(&self, text: &Text) -> String {
        escape(text.in_lang(self.lang))
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// A heading that can be gone to, with how many there are.
    fn section(&mut self, id: &str, title: &Text, more: &str) {
        let title = self.say(title);
        self.put(&format!("<h2 id=\"{id}\">{title}<small>{}</small></h2>\n", escape(more)));
    }

    fn heads(&mut self, heads: &[Text]) {
        let class = |head: &Text| match &*head.en {
            "Last time" | "Now" => " class=\"side\"",
            "What followed / by which fact" => " class=\"by\"",
            _ => "",
        };
        let cell = |head: &Text| format!("<th scope=\"col\"{}>{}</th>", class(head), self.say(head));
        let cells: String = heads.iter().map(cell).collect();
        self.put(&format!("<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n"));
    }

    /// What is read before it is signed: numbers, verdict, what there is, lines for names.
    fn top(&mut self, package: &Package) {
        let counts = package.counts();
        let title = self.say(&words::TITLE);
        let of = escape(&words::flat(&package.title));
        let made = self.say(&front::made(package));
        self.put(&format!(
            "<section class=\"first\">\n<h1>{title}</h1>\n<p class=\"of\"><strong>{of}</strong>　{made}</p>\n"
        ));
        self.boxes(&counts);
        let look = class(Some(front::tone(package, &counts)));
        let verdict = self.say(&front::verdict(package, &counts));
        self.put(&format!("<p class=\"verdict {look}\">{verdict}</p>\n"));
        let first: String =
            front::first(package).iter().map(|line| format!("<li>{}</li>\n", led(&self.say(line)))).collect();
        if !first.is_empty() {
            self.put(&format!("<ul class=\"look\">\n{first}</ul>\n"));
        }
        self.put("<ul class=\"lines\">\n");
        for line in front::overview(package, &counts) {
            let line = self.say(&line);
            self.put(&format!("<li>{line}</li>\n"));
        }
        let links = [
            ("open", Text::fixed("待办", "open points")),
            ("changes", Text::fixed("变动", "changes")),
            ("issues", Text::fixed("问题", "findings")),
            ("sentences", Text::fixed("逐句依据", "grounds")),
        ];
        let links: String =
            links.iter().map(|(id, text)| format!("<a href=\"#{id}\">{}</a>", self.say(text))).collect();
        let names: String =
            front::SIGNED.iter().map(|name| format!("<div>{}</div>", self.say(name))).collect();
        self.put(&format!("</ul>\n<nav>{links}</nav>\n<div class=\"sign\">{names}</div>\n</section>\n"));
    }

    fn boxes(&mut self, counts: &Counts) {
        self.put("<ul class=\"boxes\">\n");
        for (n, tone, text) in front::boxes(counts) {
            let (look, text) = (class(Some(tone)), self.say(&text));
            self.put(&format!("<li class=\"{look}\"><b>{n}</b><span>{text}</span></li>\n"));
        }
        self.put("</ul>\n");
    }

    /// Numbers of sentences that lead to them.
    fn links(sentences: &[usize]) -> String {
        let all: Vec<String> =
            sentences.iter().map(|n| format!("<a href=\"#s{0}\">{0}</a>", n + 1)).collect();
        all.join("、")
    }

    fn open(&mut self, open: &[Open]) {
        self.section("open", &Text::fixed("待办", "Open points"), &open.len().to_string());
        if open.is_empty() {
            let none = self.say(&Text::fixed("没有待办事项。", "Nothing is open."));
            self.put(&format!("<p>{none}</p>\n"));
            return;
        }
        let heads = [
            Text::fixed("类别", "Kind"),
            Text::fixed("事项", "What"),
            Text::fixed("出处", "Stated at"),
            Text::fixed("涉及的句", "Sentences"),
        ];
        self.heads(&heads);
        for one in open {
            let look = class(one.tone());
            let (kind, what) = (self.say(&one.kind.label()), self.say(&one.what));
            let at = one.at.as_ref().map_or(String::new(), |at| self.say(&words::stated(at)));
            let links = Self::links(&one.sentences);
            self.put(&format!(
                "<tr><td class=\"k {look}\">{kind}</td><td>{what}</td><td class=\"place\">{at}</td><td>{links}</td></tr>\n"
            ));
        }
        self.put("</tbody>\n</table>\n");
    }

    fn changes(&mut self, changes: Option<&Changes>) {
        let Some(changes) = changes else {
            self.section("changes", &Text::fixed("变动", "Changes"), "");
            let first = self.say(&Text::fixed(
                "这是第一份送审包，没有可比的。",
                "This is the first package; there is nothing to compare.",
            ));
            self.put(&format!("<p>{first}</p>\n"));
            return;
        };
        let since = &changes.since;
        let more = crate::text!("自{since}的送审包以来", "since the package of {since}");
        self.section("changes", &Text::fixed("变动", "Changes"), more.in_lang(self.lang));
        let all = self.say(&words::changed(changes));
        let note = changes.note.as_ref().map_or(String::new(), |note| self.say(note));
        self.put(&format!("<p>{all}{note}</p>\n"));
        if changes.facts.is_empty() && changes.sentences.is_empty() {
            return;
        }
        let heads = [
            Text::fixed("变动", "What became"),
            Text::fixed("上次", "Last time"),
            Text::fixed("这次", "Now"),
            Text::fixed("句", "Sentence"),
            Text::fixed("随之变动 / 随哪项事实", "What followed / by which fact"),
        ];
        self.heads(&heads);
        words::in_order(&changes.facts).for_each(|moved| self.fact(moved));
        changes.sentences.iter().for_each(|change| self.change(change, &changes.facts));
        self.put("</tbody>\n</table>\n");
    }

    fn fact(&mut self, moved: &Moved) {
        let kind = self.say(&words::became_of(moved));
        let at = moved.at.as_ref().map_or(String::new(), |at| self.say(&words::stated(at)));
        let (name, [old, new]) = (escape(&moved.called()), words::sides(moved));
        let [old, new] = words::differing(&old, &new);
        let (old, new) = (marked(old, "del"), marked(new, "ins"));
        let told = led(&escape(&words::followed(moved, self.lang)));
        let left = match moved.old_at.is_empty() {
            true => String::new(),
            false => format!("<p class=\"bad\">{}</p>", led(&self.say(&words::left(moved)))),
        };
        let mut numbers: Vec<usize> = moved.followed.iter().map(|f| f.sentence).collect();
        numbers.dedup();
        let links = Self::links(&numbers);
        self.put(&format!(
            "<tr class=\"fact\"><td class=\"k\">{kind}</td><td>{name}：{old}</td><td>{new}　<span class=\"at\">{at}</span></td><td>{links}</td><td>{told}{left}</td></tr>\n"
        ));
    }

    fn change(&mut self, change: &Change, facts: &[Moved]) {
        let became = self.say(&words::became(change));
        let both = !change.moved && !change.old.is_empty() && !change.new.is_empty();
        let [old, new] = match both {
            true => words::differing(&change.old, &change.new),
            false => [vec![(&*change.old, !change.moved)], vec![(&*change.new, !change.moved)]],
        };
        let by = escape(&words::by(change, facts, self.lang)).replace('\n', "<br>");
        let number = change.sentence.map_or(String::new(), |n| Self::links(&[n]));
        self.put(&format!(
            "<tr><td class=\"k\">{became}</td><td>{}</td><td>{}</td><td>{number}</td><td>{by}</td></tr>\n",
            marked(old, "del"),
            marked(new, "ins")
        ));
    }

    fn issues(&mut self, package: &Package) {
        let issues = &package.issues;
        self.section(
            "issues",
            &Text::fixed("检查发现的问题", "What the check found"),
            &format!("{}（{}）", issues.len(), self.say(&front::severities(&package.counts()))),
        );
        if issues.is_empty() {
            let none = self.say(&Text::fixed("检查没有发现问题。", "The check found nothing."));
            self.put(&format!("<p>{none}</p>\n"));
            return;
        }
        let heads = [
            Text::fixed("程度", "Severity"),
            Text::fixed("句", "Sentence"),
            Text::fixed("原文", "Words"),
            Text::fixed("问题和办法", "What is wrong, and what to do"),
            Text::fixed("事实和出处", "Facts, and where they are stated"),
            Text::fixed("规则的依据", "The rule goes by"),
        ];
        self.heads(&heads);
        for issue in issues {
            let look = class(Tone::of_severity(issue.severity));
            let (severity, message) = (self.say(&issue.severity.label()), self.say(&issue.message));
            let help = issue.help.as_ref().map_or(String::new(), |help| format!("<br>{}", self.say(help)));
            let (rule, authority) = (self.say(&issue.rule), self.say(&issue.authority));
            let number = issue.sentence.map_or(String::new(), |n| Self::links(&[n]));
            let words = escape(&words::flat(&issue.words));
            let facts: Vec<String> =
                words::stated_facts(&issue.facts, self.lang).iter().map(|line| escape(line)).collect();
            let facts = facts.join("<br>");
            self.put(&format!(
                "<tr><td class=\"k {look}\">{severity}</td><td>{number}</td><td>{words}</td><td>{message}{help}</td><td>{facts}</td><td>{rule}<br>{authority}</td></tr>\n"
            ));
        }
        self.put("</tbody>\n</table>\n");
    }

    fn sentences(&mut self, sentences: &[Sentence]) {
        let more =
            self.lang.either("蓝字出自事实；［］里是出处", "blue: from facts; [] says where it is stated");
        self.section("sentences", &Text::fixed("逐句依据", "Grounds, sentence by sentence"), more);
        let heads = [
            Text::fixed("句", "No."),
            Text::fixed("位置", "Place"),
            Text::fixed("原句", "Sentence"),
            Text::fixed("依据", "Grounds"),
            Text::fixed("核实", "Checked"),
        ];
        self.heads(&heads);
        for (n, sentence) in sentences.iter().enumerate() {
            self.sentence(n + 1, sentence);
        }
        self.put("</tbody>\n</table>\n");
    }

    fn sentence(&mut self, n: usize, sentence: &Sentence) {
        let place = self.say(&words::place(sentence));
        let heading = match &*sentence.heading {
            "" => String::new(),
            heading => format!("{}<br>", escape(heading)),
        };
        let said: String = words::coloured(sentence)
            .into_iter()
            .map(|(is, words)| if is { format!("<em>{}</em>", escape(&words)) } else { escape(&words) })
            .collect();
        let why: String = words::grounds(sentence, self.lang)
            .lines()
            .map(|line| format!("<p>{}</p>", escape(line)))
            .collect();
        let stand = words::stand(sentence);
        let look = class(stand.as_ref().map(|(_, tone)| *tone));
        let state = stand.map_or(String::new(), |(words, _)| self.say(&words));
        let head = if sentence.kind.is_some() && !sentence.is_row { " class=\"head\"" } else { "" };
        self.put(&format!(
            "<tr id=\"s{n}\"{head}><td class=\"n\">{n}</td><td class=\"place\">{heading}{place}</td><td class=\"said\" lang=\"zh-CN\">{said}</td><td class=\"why\">{why}</td><td class=\"k {look}\">{state}</td></tr>\n"
        ));
    }

    fn foot(&mut self) {
        let what = self.say(&Text::fixed(
            "“有据”是说事实文件里有这个值、说的是这件事；事实本身对不对，由核对的人核。没有发现问题，只是说这些规则没有发现。",
            "“With a ground” says that the facts have the value and speak of the same thing; whether the facts are right is for whoever checks them. That nothing was found says only that these rules found nothing.",
        ));
        self.put(&format!("<footer><p>{what}</p></footer>\n</body>\n</html>\n"));
    }
}
