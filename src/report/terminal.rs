//! `--format terminal`: findings as a person reads them, with carets under the words.
//!
//! A paragraph of a document is one line of five hundred characters, so the line is cut to a
//! window round the finding; the place in the header stays the true one. A draft with sixty
//! unfilled `*` is told of three of them and of where the others are: the same sentence sixty
//! times over hides the one finding that differs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::alike;
use super::spot::{Spot, evidence};
use super::{
    Checked, Document, Report, State, View, cut,
    cut::{head, tail},
    pair, remedy,
    state::{homeless, set_in},
};
use crate::base::visible::{hanging, on_one_line, visible};
use crate::base::{Lang, Place, Problem, Result, Text, lines::Walk};
use crate::model::{Finding, Severity};
use crate::rules::RULES;

/// The report.
pub struct Terminal;

/// Findings of one rule with the very same words that are shown in one document.
const SAME_WORDS: usize = 3;
/// Findings of one rule that are shown in one document.
const SAME_RULE: usize = 12;
/// Places of further findings that are named.
const PLACES: usize = 12;

/// Terminal columns of the window: before the finding, of the finding, and after it.
const BEFORE: usize = 30;
const WITHIN: usize = 60;
const AFTER: usize = 30;

/// Columns of either side of a copied passage.
const SIDE: usize = 200;

/// Where the line is cut. Three ASCII dots: terminals do not agree on the width of …, and one that
/// stands before the finding would move the carets.
const CUT: &str = "...";

impl Report for Terminal {
    fn name(&self) -> &'static str {
        "terminal"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "log"]
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        let mut out = String::new();
        for document in &checked.documents {
            if !view.quiet {
                for note in &document.notes {
                    let note = note.clone().at(Place::File(document.path.as_str().into()));
                    out.push_str(view.lang.either("说明：", "note: "));
                    out.push_str(&hanging(&note.in_lang(view.lang)));
                    out.push_str("\n\n");
                }
            }
            pictures(document, view, &mut out);
        }
        if !view.quiet {
            alike::table(checked, view.lang, &mut out);
            unread(checked, view.lang, &mut out);
            out.push_str(summary(checked, view).in_lang(view.lang));
            out.push('\n');
            reservations(checked, view, &mut out);
        }
        Ok(out.into_bytes())
    }
}

/// The findings of a document, the first of each kind as pictures and the rest as places.
fn pictures(document: &Document, view: View, out: &mut String) {
    let renderer = if view.color { Renderer::styled() } else { Renderer::plain() };
    // Wide enough for the window, whose width is settled below.
    let renderer = renderer.term_width(4 * (BEFORE + WITHIN + AFTER));
    let text = document.manuscript.text();
    let mut walk = Walk::of(text);
    let mut of_words: HashMap<(&str, &str), usize> = HashMap::new();
    let mut of_rule: HashMap<&str, usize> = HashMap::new();
    let mut rest: BTreeMap<&str, Vec<Spot<'_>>> = BTreeMap::new();
    for (_, finding) in document.ranked() {
        if finding.severity == Severity::Info && !view.info {
            continue;
        }
        let spot = Spot::of(document, finding, &mut walk);
        let same_words = of_words.entry((finding.rule, &text[finding.range.clone()])).or_default();
        let same_rule = of_rule.entry(finding.rule).or_default();
        if !view.all && (*same_words >= SAME_WORDS || *same_rule >= SAME_RULE) {
            rest.entry(finding.rule).or_default().push(spot);
            continue;
        }
        *same_words += 1;
        *same_rule += 1;
        out.push_str(&picture(document, finding, spot, view.lang, &renderer));
        out.push_str("\n\n");
    }
    for (rule, spots) in rest {
        out.push_str(further(&document.path, rule, &spots).in_lang(view.lang));
        out.push_str("\n\n");
    }
}

fn picture(
    document: &Document,
    finding: &Finding,
    spot: Spot<'_>,
    lang: Lang,
    renderer: &Renderer,
) -> String {
    let (window, marked) = window(document.manuscript.text(), &finding.range);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let label = finding.severity.label();
    let help = Level::HELP.with_name(lang.either("办法", "help"));
    let note = Level::NOTE.with_name(lang.either("依据", "note"));
    let mut group = level
        .with_name(label.in_lang(lang))
        .primary_title(visible(finding.message.in_lang(lang)).into_owned())
        .id(finding.rule)
        .element(Origin::path(on_one_line(&spot.header(&document.path, lang)).into_owned()))
        .element(
            Snippet::source(window)
                .line_start(spot.number() as usize)
                .annotation(AnnotationKind::Primary.span(marked)),
        );
    for (place, words) in &finding.notes {
        group =
            group.element(note.clone().message(visible(&evidence(place.as_ref(), words, lang)).into_owned()));
    }
    // What was changed; where nothing was, the source has been quoted.
    if let Some(theirs) = pair::source(finding) {
        let (ours, theirs) = pair::pair(&document.manuscript.text()[finding.range.clone()], &theirs);
        if ours.iter().chain(&theirs).any(|part| part.1) {
            for (side, parts) in [(lang.either("本文", "here"), ours), (lang.either("原文", "there"), theirs)]
            {
                let words = pair::marked(&parts);
                let words = visible(&words);
                let shown = cut(&words, SIDE);
                let colon = lang.either("：", ": ");
                group = group.element(note.clone().message(format!("{side}{colon}{shown}")));
            }
        }
    }
    for words in remedy::remedies(finding, WITHIN) {
        group = group.element(help.clone().message(visible(words.in_lang(lang)).into_owned()));
    }
    without_second_file(&renderer.render(&[group]))
}

/// annotate-snippets takes the cut line for another file than the one in the header, since giving
/// it the path would make it print the column within the cut line, and opens it by a line of
/// nothing but `:::`. That line is taken out.
fn without_second_file(picture: &str) -> String {
    let from = picture.find("--> ").unwrap_or(0);
    let mut seen = false;
    let rest = picture[from..].split_inclusive('\n').filter(|line| {
        let second_file = !seen && line.contains(":::") && !line.contains('|');
        seen |= second_file;
        !second_file
    });
    [&picture[..from], &rest.collect::<String>()].concat()
}

/// The part of the first line of `range` that is shown, and the bytes of it that are meant. A
/// finding that runs on over the line, or over [`WITHIN`], is shown by its beginning.
fn window(text: &str, range: &Range<usize>) -> (String, Range<usize>) {
    let line_start = memchr::memrchr(b'\n', &text.as_bytes()[..range.start]).map_or(0, |at| at + 1);
    let line_end =
        memchr::memchr(b'\n', &text.as_bytes()[range.start..]).map_or(text.len(), |at| range.start + at);
    let (before, found) =
        (&text[line_start..range.start], &text[range.start..range.end.min(line_end).max(range.start)]);
    let after = text[range.start + found.len()..line_end].trim_end_matches('\r');
    let (before, found, after) = (visible(before), visible(found), visible(after));
    let (kept_before, kept_found) = (tail(&before, BEFORE), head(&found, WITHIN));
    let mut shown = String::new();
    if kept_before < before.len() {
        shown.push_str(CUT);
    }
    shown.push_str(&before[before.len() - kept_before..]);
    let start = shown.len();
    shown.push_str(&found[..kept_found]);
    let end = shown.len();
    if kept_found < found.len() {
        shown.push_str(CUT);
        return (shown, start..end);
    }
    let kept_after = head(&after, AFTER);
    shown.push_str(&after[..kept_after]);
    if kept_after < after.len() {
        shown.push_str(CUT);
    }
    (shown, start..end)
}

/// How many findings of a rule are not shown, and where they are.
fn further(path: &str, rule: &str, spots: &[Spot<'_>]) -> Text {
    let (count, path) = (spots.len(), on_one_line(path));
    let mut places: Vec<u32> = spots.iter().map(|s| s.number()).collect();
    places.dedup();
    let more = places.len() > PLACES;
    let named: Vec<String> = places.iter().take(PLACES).map(u32::to_string).collect();
    let (zh, en) = (named.join("、"), named.join(", "));
    let (zh_more, en_more) = if more { ("等", " and more") } else { ("", "") };
    let (zh_unit, en_unit) = match spots.first() {
        Some(Spot::Paragraph(_)) => ("段", "paragraph"),
        Some(Spot::Cell(..)) => ("行", "row"),
        Some(Spot::Page(..)) => ("页", "page"),
        _ => ("行", "line"),
    };
    let plural = if places.len() == 1 { "" } else { "s" };
    Text::new(
        format!("{path}：{rule} 另有{count}处，在第{zh}{zh_more}{zh_unit}；加 --all 全部列出"),
        format!("{path}: {count} more of {rule}, {en_unit}{plural} {en}{en_more}; --all lists them"),
    )
}

/// What was not read, why, and what to do.
fn unread(checked: &Checked, lang: Lang, out: &mut String) {
    if checked.unread.is_empty() {
        return;
    }
    out.push_str(lang.either("没有读成：\n", "not read:\n"));
    for (path, error) in &checked.unread {
        let in_file = |p: Problem| if p.at.is_some() { p } else { p.at(Place::File(path.as_str().into())) };
        out.push_str(&set_in(&visible(&error.clone().map(in_file).in_lang(lang))));
    }
    out.push('\n');
}

/// What a person should know of findings and of their absence: by which authority the rules go, which
/// did not run, which documents do not tell whose they are.
fn reservations(checked: &Checked, view: View, out: &mut String) {
    for line in authorities(checked, view).into_iter().chain(checked.conditions()) {
        out.push_str(&visible(line.in_lang(view.lang)));
        out.push('\n');
    }
    if checked.homeless() > 0 {
        out.push_str(view.lang.either("说明：", "note: "));
        out.push_str(&homeless(checked.homeless(), checked.documents.len()).in_lang(view.lang));
        out.push('\n');
    }
}

/// The rules of the findings that are shown, by what they go by.
fn authorities(checked: &Checked, view: View) -> Option<Text> {
    let shown = |f: &&Finding| view.info || f.severity > Severity::Info;
    let rules: BTreeSet<&str> =
        checked.documents.iter().flat_map(|d| &d.findings).filter(shown).map(|f| f.rule).collect();
    let mut of: Vec<(Text, Vec<&str>)> = Vec::new();
    for about in RULES.iter().map(|r| r.about()).filter(|about| rules.contains(about.id)) {
        let label = about.authority.label();
        match of.iter_mut().find(|(known, _)| *known == label) {
            Some((_, ids)) => ids.push(about.id),
            None => of.push((label, vec![about.id])),
        }
    }
    let zh: Vec<String> =
        of.iter().map(|(label, ids)| format!("{}（{}）", label.zh, ids.join("、"))).collect();
    let en: Vec<String> =
        of.iter().map(|(label, ids)| format!("{} ({})", label.en, ids.join(", "))).collect();
    (!of.is_empty()).then(|| {
        Text::new(format!("规则的依据：{}。", zh.join("、")), format!("the rules go by: {}.", en.join(", ")))
    })
}

fn summary(checked: &Checked, view: View) -> Text {
    let counts = checked.summary();
    let count = |severity| counts.get(&severity).copied().unwrap_or_default();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let files = checked.documents.len();
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let read = Text::new(format!("检查了{files}个文件"), format!("{files} document{} checked", s(files)));
    let mut zh = read.zh.into_owned();
    let mut en = read.en.into_owned();
    let part = checked.states()[&State::Part];
    if part > 0 {
        match part == files {
            true => (zh.push_str("（只查了一部分）"), en.push_str(" in part")),
            false => (
                zh.push_str(&format!("（其中{part}个只查了一部分）")),
                en.push_str(&format!(" ({part} in part)")),
            ),
        };
    }
    if files == 0 {
        zh = "没有检查任何文件".to_owned();
        en = "nothing was checked".to_owned();
    } else if errors + warnings == 0 {
        zh.push_str("，没有发现错误和警告");
        en.push_str(", no errors or warnings");
    } else {
        zh.push_str(&format!("，发现错误{errors}处、警告{warnings}处"));
        en.push_str(&format!(", {errors} error{}, {warnings} warning{}", s(errors), s(warnings)));
    }
    if infos > 0 {
        zh.push_str(&format!("、提示{infos}处"));
        en.push_str(&format!(", {infos} hint{}", s(infos)));
        if !view.info {
            zh.push_str("（加 --show-info 显示提示）");
            en.push_str(" (--show-info shows hints)");
        }
    }
    let unread = checked.unread.len();
    if unread > 0 {
        zh.push_str(&format!("；另有{unread}项没有读成"));
        en.push_str(&format!("; {unread} could not be read"));
    }
    zh.push('。');
    en.push('.');
    Text::new(zh, en)
}
