//! `--format xlsx`: the list that an office sends back with the drafts that it was sent (退改清单), and
//! that comes back filled in.
//!
//! One sheet has a row for each finding, with an empty column for what was done about it; the other
//! counts them by file and by unit, and says of every path what became of it. Cells are text, so that
//! `=1+1` in a draft stays words. Findings of severity info are left out unless the view shows them.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, Worksheet};

use super::book::{Cell, Done, Page, alarming, boxed, dated, plain};
use super::json::without_path;
use super::spot::{Spot, evidence};
use super::state::homeless;
use super::unit::unit_of;
use super::{Checked, Document, Report, State, View, remedy};
use crate::base::{Lang, Problem, Result, Text, lines::Walk};
use crate::model::{Finding, Manuscript, Severity};
use crate::rules::about;
use crate::text;

/// The report.
pub struct Xlsx;

impl Report for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx"]
    }

    fn is_binary(&self) -> bool {
        true
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        book(checked, view).map_err(|error| {
            Problem::new(text!("写不成工作簿：{error}", "the workbook cannot be made: {error}"))
                .help(Text::fixed("分几次查，每次少给一些文件", "check fewer files at a time"))
                .into()
        })
    }
}

fn book(checked: &Checked, view: View) -> Done<Vec<u8>> {
    let mut book = Workbook::new();
    dated(&mut book, view.date)?;
    findings(book.add_worksheet(), checked, view)?;
    summary(book.add_worksheet(), checked, view)?;
    book.save_to_buffer()
}

/// Columns of the list of findings, with their widths in characters.
static COLUMNS: &[(Text, f64)] = &[
    (Text::fixed("序号", "No."), 5.0),
    (Text::fixed("文件", "File"), 20.0),
    (Text::fixed("单位", "Unit"), 12.0),
    (Text::fixed("位置", "Place"), 10.0),
    (Text::fixed("程度", "Severity"), 6.0),
    (Text::fixed("规则", "Rule"), 13.0),
    (Text::fixed("依据", "Goes by"), 14.0),
    (Text::fixed("原文", "Words"), 16.0),
    (Text::fixed("问题", "What is wrong"), 26.0),
    (Text::fixed("办法", "What to do"), 18.0),
    (Text::fixed("改为", "Change to"), 10.0),
    (Text::fixed("整改情况", "What was done"), 12.0),
];

fn findings(sheet: &mut Worksheet, checked: &Checked, view: View) -> Done<()> {
    let lang = view.lang;
    sheet.set_name(lang.either("问题", "Findings"))?;
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    let mut page = Page::of(sheet, COLUMNS.iter().map(|(_, width)| *width).collect(), lang)?;
    let heads: Vec<Text> = COLUMNS.iter().map(|(text, _)| text.clone()).collect();
    page.heads(&heads)?;
    for document in &checked.documents {
        let mut walk = Walk::of(document.manuscript.text());
        let shown = document.ranked().map(|(_, f)| f).filter(|f| view.info || f.severity > Severity::Info);
        for finding in shown {
            row(&mut page, document, finding, &mut walk)?;
        }
    }
    let (last, columns) = (page.row.saturating_sub(1), COLUMNS.len() as u16);
    if last == 0 {
        return page.line(
            &Text::fixed("没有问题，见“汇总”", "no findings; see the summary"),
            columns,
            &plain(),
        );
    }
    page.sheet.autofilter(0, 0, last, columns - 1)?;
    Ok(())
}

/// A finding.
fn row(page: &mut Page<'_>, document: &Document, finding: &Finding, walk: &mut Walk<'_>) -> Done<()> {
    let lang = page.lang;
    let place = Spot::of(document, finding, walk).label();
    let about = about(finding.rule);
    let rule = about.map_or(Text::same(finding.rule), |about| about.title.clone());
    let authority = about.map_or(Text::same(""), |about| about.authority.cited());
    let notes: String =
        finding.notes.iter().map(|(p, n)| format!("\n{}", evidence(p.as_ref(), n, lang))).collect();
    let message = format!("{}{notes}", finding.message.in_lang(lang));
    let help = finding.help.as_ref().map_or("", |help| help.in_lang(lang));
    let fix = match &finding.fix {
        None => String::new(),
        Some(fix) if fix.text.is_empty() => lang.either("（删去）", "(delete)").to_owned(),
        Some(fix) => fix.text.clone(),
    };
    let (plain, alarming) = (boxed(), alarming());
    let severity = if finding.severity == Severity::Error { &alarming } else { &plain };
    let number = page.row as usize;
    let words = &document.manuscript.text()[finding.range.clone()];
    let say = |words: &str| Cell::Words(words.to_owned());
    page.put(&[
        (Cell::Count(number), &plain),
        (say(&document.path), &plain),
        (say(document.unit.as_deref().unwrap_or_default()), &plain),
        (say(place.in_lang(lang)), &plain),
        (say(finding.severity.label().in_lang(lang)), severity),
        (say(rule.in_lang(lang)), &plain),
        (say(authority.in_lang(lang)), &plain),
        (say(words), &plain),
        (say(&message), &plain),
        (say(if remedy::is_said(finding) && !fix.is_empty() { "" } else { help }), &plain),
        (say(&fix), &plain),
        (say(""), &plain),
    ])
}

/// Heads of the counts.
fn counted(first: Text, second: Text, last: Text) -> [Text; 6] {
    [first, second, Severity::Error.label(), Severity::Warning.label(), Severity::Info.label(), last]
}

/// Columns of the summary.
const WIDE: u16 = 7;

fn summary(sheet: &mut Worksheet, checked: &Checked, view: View) -> Done<()> {
    let lang = view.lang;
    sheet.set_name(lang.either("汇总", "Summary"))?;
    let mut page = Page::of(sheet, vec![26.0, 16.0, 13.0, 7.0, 7.0, 7.0, 50.0], lang)?;
    let title = plain().set_bold().set_font_size(14);
    page.line(&Text::fixed("文稿检查汇总", "Summary of a check"), WIDE, &title)?;
    page.sheet.set_row_height(0, 22.0)?;
    page.line(&totals(checked, view), WIDE, &plain())?;
    let homeless = match checked.homeless() {
        0 => None,
        n => Some(homeless(n, checked.documents.len())),
    };
    let homeless = homeless.map(|note| Text::new(note.in_lang(Lang::Zh), note.in_lang(Lang::En)));
    for line in checked.conditions().chain(homeless) {
        page.line(&line, WIDE, &plain())?;
    }
    page.row += 1;
    files(&mut page, checked)?;
    page.row += 1;
    units(&mut page, checked)
}

/// How many of each state and severity there are, and on which day.
fn totals(checked: &Checked, view: View) -> Text {
    let (states, counts) = (checked.states(), checked.summary());
    let (whole, part, unread) = (states[&State::Checked], states[&State::Part], states[&State::Unread]);
    let (errors, warnings, infos) =
        (counts[&Severity::Error], counts[&Severity::Warning], counts[&Severity::Info]);
    let day = view.date.map_or_else(String::new, |date| date.to_string());
    let (zh, en) = if day.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("{day}，"), format!("{day}: "))
    };
    Text::new(
        format!(
            "{zh}查全{whole}个文件，只查了一部分{part}个，没有读成{unread}个；错误{errors}处、警告{warnings}处、提示{infos}处。"
        ),
        format!(
            "{en}{whole} documents checked, {part} in part, {unread} not read; {errors} errors, {warnings} warnings, {infos} hints."
        ),
    )
}

/// A row for each path that was given.
fn files(page: &mut Page<'_>, checked: &Checked) -> Done<()> {
    let [file, unit, error, warning, info, notes] =
        counted(Text::fixed("文件", "File"), Text::fixed("单位", "Unit"), Text::fixed("说明", "Notes"));
    page.heads(&[file, unit, Text::fixed("状态", "State"), error, warning, info, notes])?;
    let (plain, alarming) = (boxed(), alarming());
    let say = |words: &str| Cell::Words(words.to_owned());
    for document in &checked.documents {
        let (counts, state) = (document.counts(), document.state());
        let homeless = document.homeless.then(|| homeless(1, 1));
        let notes: Vec<String> =
            document.notes.iter().chain(&homeless).map(|note| note.in_lang(page.lang)).collect();
        page.put(&[
            (say(&document.path), &plain),
            (say(document.unit.as_deref().unwrap_or_default()), &plain),
            (page.words(&state.label()), if state == State::Checked { &plain } else { &alarming }),
            (Cell::Count(counts[&Severity::Error]), &plain),
            (Cell::Count(counts[&Severity::Warning]), &plain),
            (Cell::Count(counts[&Severity::Info]), &plain),
            (say(&notes.join("\n")), &plain),
        ])?;
    }
    for (path, error) in &checked.unread {
        let why = without_path(error, page.lang);
        let none = || (say(""), &plain);
        let unit = (say(&unit_of(path, &Manuscript::default()).unwrap_or_default()), &plain);
        let state = (page.words(&State::Unread.label()), &alarming);
        page.put(&[(say(path), &plain), unit, state, none(), none(), none(), (say(&why), &plain)])?;
    }
    Ok(())
}

/// What one unit sent.
#[derive(Default)]
struct Sent {
    files: usize,
    unread: usize,
    counts: BTreeMap<Severity, usize>,
}

/// A row for each unit that sent something, what tells none last; nothing where none is known.
fn units(page: &mut Page<'_>, checked: &Checked) -> Done<()> {
    let mut of: BTreeMap<Option<String>, Sent> = BTreeMap::new();
    for document in &checked.documents {
        let sent = of.entry(document.unit.clone()).or_default();
        sent.files += 1;
        for (severity, count) in document.counts() {
            *sent.counts.entry(severity).or_default() += count;
        }
    }
    for (path, _) in &checked.unread {
        let sent = of.entry(unit_of(path, &Manuscript::default())).or_default();
        sent.files += 1;
        sent.unread += 1;
    }
    if of.keys().all(Option::is_none) {
        return Ok(());
    }
    let [unit, files, error, warning, info, _] =
        counted(Text::fixed("单位", "Unit"), Text::fixed("文件数", "Files"), Text::same(""));
    page.heads(&[unit, files, State::Unread.label(), error, warning, info])?;
    let plain = boxed();
    let nameless = of.remove(&None);
    let named = of.into_iter().filter_map(|(unit, sent)| Some((unit?, sent)));
    let unknown = Text::fixed("（看不出）", "(not told)").in_lang(page.lang).to_owned();
    for (unit, Sent { files, unread, counts }) in named.chain(nameless.map(|sent| (unknown, sent))) {
        let count = |severity| (Cell::Count(counts.get(&severity).copied().unwrap_or_default()), &plain);
        page.put(&[
            (Cell::Words(unit), &plain),
            (Cell::Count(files), &plain),
            (Cell::Count(unread), &plain),
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Info),
        ])?;
    }
    Ok(())
}
