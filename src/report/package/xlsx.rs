//! `依据.xlsx`: the package as a workbook to be gone through with a pencil. The first sheet is what a leader reads
//! before he signs, with the lines on which he does; the others are what it rests on, each with its heads frozen
//! and repeated on every page of A4 landscape.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::labels::Tone;
use super::{Change, Counts, Issue, Moved, Package, Sentence, State, Value, front, words};
use crate::base::{Lang, Problem, Result, Text};
use crate::report::book::{Cell, Done, Page, boxed, dated, plain};
use crate::text;

/// The workbook.
///
/// # Errors
/// If it is too large for one.
pub fn xlsx(package: &Package, lang: Lang) -> Result<Vec<u8>> {
    book(package, lang).map_err(|error| {
        Problem::new(text!("写不成工作簿：{error}", "the workbook cannot be made: {error}"))
            .help(Text::fixed("把文稿分成几份再做", "make packages of parts of the document"))
            .into()
    })
}

fn book(package: &Package, lang: Lang) -> Done<Vec<u8>> {
    let mut book = Workbook::new();
    dated(&mut book, Some(package.day))?;
    summary(book.add_worksheet(), package, lang)?;
    figures(book.add_worksheet(), package, lang)?;
    sentences(book.add_worksheet(), package, lang)?;
    issues(book.add_worksheet(), package, lang)?;
    open(book.add_worksheet(), package, lang)?;
    changes(book.add_worksheet(), package, lang)?;
    book.save_to_buffer()
}

fn say(words: impl Into<String>) -> Cell {
    Cell::Words(words.into())
}

/// What a table of a sheet is called and how wide its columns are.
type Columns = &'static [(Text, f64)];

/// A sheet with a table: its heads frozen, repeated on each page, with numbers of pages.
fn table<'s>(sheet: &'s mut Worksheet, name: &str, columns: Columns, lang: Lang) -> Done<Page<'s>> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer(format!("&L{name}&C{}", lang.either("第 &P 页 共 &N 页", "page &P of &N")));
    let mut page = Page::of(sheet, columns.iter().map(|(_, width)| *width).collect(), lang)?;
    let heads: Vec<Text> = columns.iter().map(|(head, _)| head.clone()).collect();
    page.heads(&heads)?;
    Ok(page)
}

/// A line in the place of rows that there are not.
fn nothing(page: &mut Page<'_>, words: &Text, columns: Columns) -> Done<()> {
    let columns = u16::try_from(columns.len()).unwrap_or(2);
    page.line(words, columns, &plain())
}

/// What is bad is red, what is to be done amber, what is good green; the rest is plain.
fn toned(tone: Option<Tone>) -> Format {
    let (back, fore) = match tone {
        Some(Tone::Bad) => (0x00FB_E3E1, 0x00B3_261E),
        Some(Tone::Wait) => (0x00FF_F4D6, 0x0080_5B00),
        Some(Tone::Good) => (0x00E3_F3E6, 0x001B_6B32),
        None => return boxed(),
    };
    boxed().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(fore))
}

/// Columns of the first sheet.
const WIDE: u16 = 8;

fn summary(sheet: &mut Worksheet, package: &Package, lang: Lang) -> Done<()> {
    sheet.set_name(lang.either("总览", "Summary"))?;
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_print_center_horizontally(true);
    let mut page = Page::of(sheet, vec![18.0; usize::from(WIDE)], lang)?;
    let counts = package.counts();
    let title = plain().set_bold().set_font_size(20).set_align(FormatAlign::Center);
    page.line(&words::TITLE, WIDE, &title)?;
    page.sheet.set_row_height(0, 36.0)?;
    let head = plain().set_bold().set_font_size(14).set_align(FormatAlign::Center);
    page.line(&Text::same(words::flat(&package.title)), WIDE, &head)?;
    page.sheet.set_row_height(page.row - 1, 26.0)?;
    page.line(&front::made(package), WIDE, &plain().set_align(FormatAlign::Center))?;
    page.row += 1;
    boxes(&mut page, &counts)?;
    page.row += 1;
    let verdict = toned(Some(front::tone(package, &counts))).set_bold().set_font_size(14);
    page.line(&front::verdict(package, &counts), WIDE, &verdict)?;
    page.sheet.set_row_height(page.row - 1, 40.0)?;
    page.row += 1;
    let first = front::first(package);
    for (lines, look) in
        [(&first, boxed().set_font_size(12)), (&front::overview(package, &counts), boxed().set_font_size(12))]
    {
        for line in lines {
            page.line(line, WIDE, &look)?;
            let lines = page.sheet_lines(line.in_lang(lang), 16.0 * f64::from(WIDE));
            page.sheet.set_row_height(page.row - 1, 21.0 * lines)?;
        }
        page.row += u32::from(!lines.is_empty());
    }
    signatures(&mut page)
}

/// Four numbers, each in its box: how many figures, with a ground, to be checked, found wrong.
fn boxes(page: &mut Page<'_>, counts: &Counts) -> Done<()> {
    let number = |tone: Tone| {
        toned(Some(tone))
            .set_bold()
            .set_font_size(28)
            .set_align(FormatAlign::Center)
            .set_border(FormatBorder::Medium)
    };
    let name = plain().set_font_size(12).set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let row = page.row;
    page.sheet.set_row_height(row, 48.0)?.set_row_height(row + 1, 40.0)?;
    for (n, (count, tone, text)) in (0u16..).zip(front::boxes(counts)) {
        let (from, to, look) = (n * 2, n * 2 + 1, number(tone));
        page.sheet.merge_range(row, from, row, to, "", &look)?;
        page.sheet.write_number_with_format(row, from, count as f64, &look)?;
        page.sheet.merge_range(row + 1, from, row + 1, to, text.in_lang(page.lang), &name)?;
    }
    page.row += 2;
    Ok(())
}

/// The lines on which it is signed.
fn signatures(page: &mut Page<'_>) -> Done<()> {
    let name =
        boxed().set_font_size(12).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let row = page.row;
    page.sheet.set_row_height(row, 20.0)?.set_row_height(row + 1, 44.0)?;
    for (n, text) in (0u16..).zip(&front::SIGNED) {
        page.sheet.merge_range(row, n * 2, row, n * 2 + 1, text.in_lang(page.lang), &name)?;
        page.sheet.merge_range(row + 1, n * 2, row + 1, n * 2 + 1, "", &name)?;
    }
    page.row += 2;
    Ok(())
}

static FIGURES: Columns = &[
    (Text::fixed("序号", "No."), 5.0),
    (Text::fixed("数字", "Figure"), 14.0),
    (Text::fixed("所在的话", "Where it is said"), 40.0),
    (Text::fixed("句", "Sentence"), 6.0),
    (Text::fixed("依据", "Ground"), 50.0),
    (Text::fixed("出处", "Stated at"), 24.0),
    (Text::fixed("核实", "Checked"), 10.0),
    (Text::fixed("核对人打勾", "Tick"), 8.0),
];

fn figures(sheet: &mut Worksheet, package: &Package, lang: Lang) -> Done<()> {
    let mut page = table(sheet, lang.either("数字核对", "Figures"), FIGURES, lang)?;
    let mut number = 0;
    for (n, sentence) in package.sentences.iter().enumerate() {
        for value in &sentence.values {
            number += 1;
            figure(&mut page, (number, n), sentence, value)?;
        }
    }
    if number == 0 {
        return nothing(
            &mut page,
            &Text::fixed("文稿里没有数字、日期、人名", "no figures, dates or names"),
            FIGURES,
        );
    }
    page.sheet.autofilter(0, 0, number as u32, 6)?;
    Ok(())
}

fn figure(page: &mut Page<'_>, (number, n): (usize, usize), sentence: &Sentence, value: &Value) -> Done<()> {
    let (lang, plain, strong) = (page.lang, boxed(), boxed().set_bold());
    let words = &sentence.text[value.range.clone()];
    let mut grounds: Vec<String> = value.evidence.iter().map(|one| words::ground(one, words, lang)).collect();
    if value.standing.is_bad() {
        grounds.insert(0, value.standing.label().in_lang(lang).to_owned());
    }
    let state = value.state();
    let bad = value.standing.is_bad() || state == Some(State::Unconfirmed);
    let look = toned(Some(Tone::of(bad, state != Some(State::Confirmed))));
    page.put(&[
        (Cell::Count(number), &plain),
        (say(words), &strong),
        (Cell::Marked(words::round(sentence, &value.range)), &plain),
        (Cell::Count(n + 1), &plain),
        (say(grounds.join("\n")), &plain),
        (say(words::places(&value.evidence, lang)), &plain),
        (say(words::checked(value).in_lang(lang)), &look),
        (say(""), &plain),
    ])
}

static SENTENCES: Columns = &[
    (Text::fixed("句", "No."), 5.0),
    (Text::fixed("位置", "Place"), 20.0),
    (Text::fixed("原句（蓝字出自事实）", "Sentence (blue: from facts)"), 54.0),
    (Text::fixed("依据", "Grounds"), 62.0),
    (Text::fixed("核实", "Checked"), 10.0),
];

fn sentences(sheet: &mut Worksheet, package: &Package, lang: Lang) -> Done<()> {
    let mut page = table(sheet, lang.either("逐句依据", "Sentences"), SENTENCES, lang)?;
    let (plain, grey) = (boxed(), boxed().set_font_color(Color::RGB(0x0060_6060)));
    for (n, sentence) in package.sentences.iter().enumerate() {
        let place = words::place(sentence);
        let place = match &*sentence.heading {
            "" => place.in_lang(lang).to_owned(),
            heading => format!("{heading}\n{}", place.in_lang(lang)),
        };
        let stand = words::stand(sentence);
        let look = toned(stand.as_ref().map(|(_, tone)| *tone));
        let state = stand.map_or(String::new(), |(words, _)| words.in_lang(lang).to_owned());
        page.put(&[
            (Cell::Count(n + 1), &plain),
            (say(place), &grey),
            (Cell::Marked(words::coloured(sentence)), &plain),
            (say(words::grounds(sentence, lang)), &plain),
            (say(state), &look),
        ])?;
    }
    Ok(())
}

static ISSUES: Columns = &[
    (Text::fixed("序号", "No."), 5.0),
    (Text::fixed("程度", "Severity"), 8.0),
    (Text::fixed("句", "Sentence"), 6.0),
    (Text::fixed("原文", "Words"), 24.0),
    (Text::fixed("问题", "What is wrong"), 40.0),
    (Text::fixed("事实和出处", "Facts, and where they are stated"), 34.0),
    (Text::fixed("办法", "What to do"), 22.0),
    (Text::fixed("规则", "Rule"), 14.0),
    (Text::fixed("规则的依据", "The rule goes by"), 22.0),
];

fn issues(sheet: &mut Worksheet, package: &Package, lang: Lang) -> Done<()> {
    let mut page = table(sheet, lang.either("问题", "Findings"), ISSUES, lang)?;
    if package.issues.is_empty() {
        return nothing(&mut page, &Text::fixed("检查没有发现问题", "the check found nothing"), ISSUES);
    }
    let lang = page.lang;
    let plain = boxed();
    for (n, issue) in package.issues.iter().enumerate() {
        let Issue { severity, sentence, words, rule, authority, message, help, facts } = issue;
        let look = toned(Tone::of_severity(*severity));
        page.put(&[
            (Cell::Count(n + 1), &plain),
            (page.words(&severity.label()), &look),
            (sentence.map_or(say(""), |n| Cell::Count(n + 1)), &plain),
            (say(words::flat(words)), &plain),
            (page.words(message), &plain),
            (say(words::stated_facts(facts, lang).join("\n")), &plain),
            (help.as_ref().map_or(say(""), |help| page.words(help)), &plain),
            (page.words(rule), &plain),
            (page.words(authority), &plain),
        ])?;
    }
    Ok(())
}

static OPEN: Columns = &[
    (Text::fixed("序号", "No."), 5.0),
    (Text::fixed("类别", "Kind"), 14.0),
    (Text::fixed("事项", "What"), 76.0),
    (Text::fixed("出处", "Stated at"), 28.0),
    (Text::fixed("涉及的句", "Sentences"), 20.0),
    (Text::fixed("办理", "Settled"), 14.0),
];

fn open(sheet: &mut Worksheet, package: &Package, lang: Lang) -> Done<()> {
    let mut page = table(sheet, lang.either("待办", "Open points"), OPEN, lang)?;
    if package.open.is_empty() {
        return nothing(&mut page, &Text::fixed("没有待办事项", "nothing is open"), OPEN);
    }
    let plain = boxed();
    for (n, open) in package.open.iter().enumerate() {
        let look = toned(open.tone());
        let numbers: Vec<String> = open.sentences.iter().map(|n| (n + 1).to_string()).collect();
        page.put(&[
            (Cell::Count(n + 1), &plain),
            (page.words(&open.kind.label()), &look),
            (page.words(&open.what), &plain),
            (
                say(open.at.as_ref().map_or(String::new(), |at| words::stated(at).in_lang(lang).to_owned())),
                &plain,
            ),
            (say(numbers.join(lang.either("、", ", "))), &plain),
            (say(""), &plain),
        ])?;
    }
    Ok(())
}

static CHANGES: Columns = &[
    (Text::fixed("序号", "No."), 5.0),
    (Text::fixed("变动", "What became"), 12.0),
    (Text::fixed("上次", "Last time"), 52.0),
    (Text::fixed("这次", "Now"), 52.0),
    (Text::fixed("句", "Sentence"), 6.0),
    (Text::fixed("随哪项事实而变", "By which fact"), 34.0),
];

fn changes(sheet: &mut Worksheet, package: &Package, lang: Lang) -> Done<()> {
    let mut page = table(sheet, lang.either("变动", "Changes"), CHANGES, lang)?;
    let Some(changes) = &package.changes else {
        let first = Text::fixed(
            "这是第一份送审包，没有可比的",
            "this is the first package; there is nothing to compare",
        );
        return nothing(&mut page, &first, CHANGES);
    };
    let since = &changes.since;
    let head = plain().set_bold();
    let all = words::changed(changes);
    page.line(
        &Text::new(
            format!("自{since}的送审包以来：{}", all.zh),
            format!("since the package of {since}: {}", all.en),
        ),
        6,
        &head,
    )?;
    if let Some(note) = &changes.note {
        page.line(note, 6, &plain())?;
    }
    for (n, moved) in words::in_order(&changes.facts).enumerate() {
        fact(&mut page, n + 1, moved)?;
    }
    for (n, change) in changes.sentences.iter().enumerate() {
        sentence(&mut page, n + 1, change, &changes.facts)?;
    }
    Ok(())
}

/// A fact that changed: what it was, what it is, and all that followed it.
fn fact(page: &mut Page<'_>, n: usize, moved: &Moved) -> Done<()> {
    let lang = page.lang;
    let (plain, look) = (boxed(), boxed().set_bold().set_background_color(Color::RGB(0x00EE_F2FA)));
    let key = moved.called();
    let mut told = words::followed(moved, lang);
    let bad = !moved.old_at.is_empty();
    if bad {
        told.push('\n');
        told.push_str(words::left(moved).in_lang(lang));
    }
    let at = moved.at.as_ref().map_or(String::new(), |at| words::stated(at).in_lang(lang).to_owned());
    let alarm = toned(Some(Tone::Bad));
    let [old, new] = words::sides(moved).map(|side| if side.is_empty() { "—".to_owned() } else { side });
    page.put(&[
        (Cell::Count(n), &plain),
        (page.words(&words::became_of(moved)), &look),
        (say(format!("{key}：{old}")), &plain),
        (say(format!("{new}　{at}")), &plain),
        (say(""), &plain),
        (say(told), if bad { &alarm } else { &plain }),
    ])
}

/// A sentence that changed, with what is different marked on both sides.
fn sentence(page: &mut Page<'_>, n: usize, change: &Change, facts: &[Moved]) -> Done<()> {
    let (lang, plain) = (page.lang, boxed());
    let sides = |parts: Vec<(&str, bool)>| -> Vec<(bool, String)> {
        parts.into_iter().map(|(words, differs)| (differs, words::flat(words))).collect()
    };
    let (old, new) = match change.moved || change.old.is_empty() || change.new.is_empty() {
        true => (vec![(false, words::flat(&change.old))], vec![(false, words::flat(&change.new))]),
        false => {
            let [old, new] = words::differing(&change.old, &change.new);
            (sides(old), sides(new))
        }
    };
    let by = words::by(change, facts, lang);
    page.put(&[
        (Cell::Count(n), &plain),
        (page.words(&words::became(change)), &plain),
        (Cell::Marked(old), &plain),
        (Cell::Marked(new), &plain),
        (change.sentence.map_or(say(""), |n| Cell::Count(n + 1)), &plain),
        (say(by), &plain),
    ])
}
