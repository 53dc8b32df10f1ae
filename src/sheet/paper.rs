//! A plan on paper: the workbook as Excel and WPS open it.
//!
//! Cells for values are text, so that 5.60 stays 5.60 and 2026-03 does not become a day in March.
//! What explains is grey, in a row marked 说明 or 例 that is never read back; what is needed is
//! orange. Cells with a few possible words have them as a list to choose from.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::plan::{About, Plan, Records};
use super::{CONTENT, Contents, EXAMPLE, GUIDE, ITEM, NEEDED, NUMBER, SINGLE, UNIT, key};
use crate::base::{Lang, Problem, Result, Text, han::Date};
use crate::text;

/// Rows to fill in that a sheet of records has at least.
const ROWS: usize = 12;
/// Rows to which a list of choices reaches, far below what anybody fills in.
const CHOICE_ROWS: u32 = 500;

/// Writes the workbook.
pub fn write(contents: &Contents<'_>, plan: &Plan, lang: Lang, today: Date) -> Result<Vec<u8>> {
    on_paper(contents, plan, lang, today).map_err(|error| {
        Problem::new(match error {
            XlsxError::MaxStringLengthExceeded => Text::fixed(
                "有一项超过 32767 字，单元格放不下",
                "a value is longer than the 32,767 characters that a cell may hold",
            ),
            other => text!("写不成工作簿：{other}", "the workbook cannot be made: {other}"),
        })
        .help(Text::fixed("把这一项留在 .yaml 里", "keep it in a .yaml file"))
        .into()
    })
}

type Done<T> = std::result::Result<T, XlsxError>;

fn on_paper(contents: &Contents<'_>, plan: &Plan, lang: Lang, today: Date) -> Done<Vec<u8>> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(today.year, today.month.unwrap_or(1), today.day.unwrap_or(1))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    guide(book.add_worksheet(), contents, plan, lang)?;
    if !plan.singles.is_empty() {
        singles(book.add_worksheet(), plan, lang)?;
    }
    for list in &plan.lists {
        records(book.add_worksheet(), list, lang)?;
    }
    book.save_to_buffer()
}

/// The looks of a cell.
fn plain() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11).set_text_wrap().set_align(FormatAlign::Top)
}

fn boxed() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF))
}

fn value() -> Format {
    boxed().set_num_format("@")
}

fn head() -> Format {
    boxed()
        .set_bold()
        .set_align(FormatAlign::VerticalCenter)
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(0x00D9_E2F3))
}

fn needed_head() -> Format {
    head().set_background_color(Color::RGB(0x00FC_E4D6)).set_font_color(Color::RGB(0x00C0_0000))
}

fn grey() -> Format {
    boxed()
        .set_font_color(Color::RGB(0x0080_8080))
        .set_font_size(9)
        .set_background_color(Color::RGB(0x00F7_F7F7))
}

/// Points that words take in a column: programs do not all make room for wrapped text by themselves.
/// `size` is that of the letters; a column's width counts digits of 11 points, a Han character two.
fn height(words: &str, width: f64, size: f64) -> f64 {
    let line = |line: &str| {
        let taken = unicode_width::UnicodeWidthStr::width(line) as f64 * size / 11.0 * 1.1;
        (taken / (width - 1.0)).ceil().max(1.0)
    };
    words.split('\n').map(line).sum::<f64>() * size * 1.4
}

/// Gives a row room for its cells: words, width of the column, size of the letters.
fn room(sheet: &mut Worksheet, row: u32, cells: &[(&str, f64, f64)]) -> Done<()> {
    let highest = cells.iter().map(|&(words, width, size)| height(words, width, size)).fold(0.0, f64::max);
    // Excel's rows end at 409 points. A row of one line keeps its own height and may grow.
    if highest > 16.0 {
        sheet.set_row_height(row, highest.min(409.0))?;
    }
    Ok(())
}

/// What every sheet of values has: landscape A4, as wide as one page, the headings on each.
fn page(sheet: &mut Worksheet, name: &str) -> Done<()> {
    sheet.set_name(name)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// The first sheet: what this is, how it is filled in, and what to run then.
fn guide(sheet: &mut Worksheet, contents: &Contents<'_>, plan: &Plan, lang: Lang) -> Done<()> {
    sheet.set_name(GUIDE)?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 96)?;
    sheet.set_screen_gridlines(false);
    let title = match (contents.skeleton, lang) {
        (Some((_, title)), Lang::Zh) => format!("{}的事实", title.zh),
        (Some((_, title)), Lang::En) => format!("Facts for: {}", title.en),
        (None, Lang::Zh) => "事实".to_owned(),
        (None, Lang::En) => "Facts".to_owned(),
    };
    sheet.write_string_with_format(0, 0, title, &plain().set_bold().set_font_size(16))?;
    let lines = instructions(plan, lang);
    let commands = match lang {
        Lang::Zh => "填好后运行（把文件名换成自己的）：",
        Lang::En => "When filled in, run (with your file's name):",
    };
    let mut row = 2;
    for (index, line) in lines.iter().enumerate() {
        sheet.write_string_with_format(row, 0, format!("{}. {line}", index + 1), &plain())?;
        row += 1;
    }
    sheet.write_string_with_format(row + 1, 0, commands, &plain())?;
    let id = contents.skeleton.map_or("speech/mobilization", |(id, _)| id);
    let mono = plain().set_font_name("Consolas");
    for (offset, command) in
        ["facts check 事实.xlsx".to_owned(), format!("draft {id} --facts 事实.xlsx --output 文稿.docx")]
            .iter()
            .enumerate()
    {
        let at = row + 2 + u32::try_from(offset).unwrap_or(0);
        sheet.write_string_with_format(at, 0, format!("wengao {command}"), &mono)?;
    }
    Ok(())
}

/// How the workbook is filled in, a line for each thing to know.
fn instructions(plan: &Plan, lang: Lang) -> Vec<String> {
    let lists: Vec<&str> = plan.lists.iter().map(|l| l.list.name.as_str()).collect();
    let sheets = lists.join(if lang == Lang::Zh { "、" } else { ", " });
    let mut lines: Vec<String> = match lang {
        Lang::Zh => vec![
            format!("“{SINGLE}”表每行填一项：值写在“{CONTENT}”，单位可以写在“{UNIT}”，也可以连着值写（6800万元）。"),
            "标“必需”（橙色）的缺一不可；其余有就填，没有就空着。".into(),
            "不知道的留空，不要写“待定”、x、×、/：空着的会一次列出来，不会替你猜。".into(),
            "一格里有几项的，一项一行：在单元格里按 Alt+Enter 换行。".into(),
            "单元格已设为文本，数字照写的样子用：写 5.60 就是 5.60。日期写成 2026-03-05 或 2026年3月5日。".into(),
            "灰色的“说明”“例”两行只供参考，不会读入，可以删掉；表名和表头不要改。".into(),
            "不要合并单元格；列的顺序可以换，行可以增减。".into(),
        ],
        Lang::En => vec![
            format!("Sheet {SINGLE}: one fact a row; its value under {CONTENT}, its unit under {UNIT} or behind the value (6800万元)."),
            "What is marked 必需 (orange) must be there; the rest may stay empty.".into(),
            "Leave what you do not know empty, without 待定, x, × or /: it is listed, never guessed.".into(),
            "Several items in one cell: a line each (Alt+Enter inside the cell).".into(),
            "Cells are text: what you type is used as typed, 5.60 stays 5.60. Dates: 2026-03-05 or 2026年3月5日.".into(),
            "The grey rows 说明 and 例 explain and are never read; they may be deleted. Leave the names of sheets and headings as they are.".into(),
            "No merged cells, please; columns may change places, rows may be added and deleted.".into(),
        ],
    };
    if !lists.is_empty() {
        lines.insert(
            1,
            match lang {
                Lang::Zh => format!("{sheets}各有一张表，每行填一条。"),
                Lang::En => format!("A sheet for each of {sheets}, with a row for each item."),
            },
        );
    }
    lines
}

fn singles(sheet: &mut Worksheet, plan: &Plan, lang: Lang) -> Done<()> {
    page(sheet, SINGLE)?;
    sheet.set_freeze_panes(1, 1)?;
    const WIDTHS: [f64; 6] = [22.0, 46.0, 10.0, 7.0, 44.0, 40.0];
    for (column, (name, width)) in
        (0u16..).zip([ITEM, CONTENT, UNIT, NEEDED, GUIDE, EXAMPLE].into_iter().zip(WIDTHS))
    {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &head())?;
    }
    sheet.set_column_format(1, &plain().set_num_format("@"))?;
    sheet.set_column_format(2, &plain().set_num_format("@"))?;
    let band = boxed().set_bold().set_background_color(Color::RGB(0x00ED_EDED));
    let mut row = 1;
    for single in &plan.singles {
        let key = key::shown(&single.steps);
        let about = &single.about;
        if single.group {
            sheet.write_string_with_format(row, 0, key, &band)?;
            for column in 1..6 {
                sheet.write_blank(row, column, &band)?;
            }
            sheet.write_string_with_format(row, 4, &about.words, &band)?;
            row += 1;
            continue;
        }
        let needed = about.needed == Some(true);
        let key_format = if needed { needed_head() } else { boxed() };
        sheet.write_string_with_format(row, 0, &key, &key_format.set_align(FormatAlign::Left))?;
        write_value(sheet, row, 1, &single.value.0)?;
        write_value(sheet, row, 2, &single.value.1)?;
        let mark = match (about.needed, lang) {
            (Some(true), Lang::Zh) => "必需",
            (Some(false), Lang::Zh) => "可选",
            (Some(true), Lang::En) => "needed",
            (Some(false), Lang::En) => "optional",
            (None, _) => "",
        };
        sheet.write_string_with_format(row, 3, mark, &grey().set_align(FormatAlign::Center))?;
        let words = explained(about, lang);
        sheet.write_string_with_format(row, 4, &words, &grey())?;
        sheet.write_string_with_format(row, 5, &about.example, &grey())?;
        let cells = [
            (key.as_str(), WIDTHS[0], 11.0),
            (single.value.0.as_str(), WIDTHS[1], 11.0),
            (words.as_str(), WIDTHS[4], 9.0),
            (about.example.as_str(), WIDTHS[5], 9.0),
            // Room for some lines where lines are asked for.
            (if about.several { "\n\n" } else { "" }, WIDTHS[1], 11.0),
        ];
        room(sheet, row, &cells)?;
        choices(sheet, about, lang, (row, row), 1)?;
        row += 1;
    }
    sheet.ignore_error_range(1, 1, row, 2, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

fn records(sheet: &mut Worksheet, records: &Records, lang: Lang) -> Done<()> {
    page(sheet, &records.list.name)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_column_width(0, 6)?;
    sheet.write_string_with_format(0, 0, NUMBER, &head())?;
    sheet.write_string_with_format(1, 0, GUIDE, &grey())?;
    sheet.write_string_with_format(2, 0, EXAMPLE, &grey())?;
    let heads = heads(records, lang);
    for (column, head) in (1u16..).zip(&heads) {
        sheet.set_column_width(column, head.width)?;
        sheet.set_column_format(column, &plain().set_num_format("@"))?;
        let format = if head.needed { needed_head() } else { self::head() };
        sheet.write_string_with_format(0, column, &head.words, &format)?;
        sheet.write_string_with_format(1, column, &head.explanation, &grey())?;
        sheet.write_string_with_format(2, column, &head.example, &grey())?;
        if let Some(about) = head.about {
            choices(sheet, about, lang, (3, CHOICE_ROWS), column)?;
        }
    }
    let explanations: Vec<_> = heads.iter().map(|h| (&*h.explanation, h.width, 9.0)).collect();
    room(sheet, 1, &explanations)?;
    let examples: Vec<_> = heads.iter().map(|h| (&*h.example, h.width, 9.0)).collect();
    room(sheet, 2, &examples)?;
    let rows = records.rows.len().max(ROWS - 2) + 2;
    for (index, row) in (3u32..).enumerate().take(rows) {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        sheet.write_number_with_format(row, 0, number, &boxed().set_align(FormatAlign::Center))?;
        let said = records.rows.get(index).map_or(&[][..], Vec::as_slice);
        for (offset, column) in (1u16..).enumerate().take(heads.len()) {
            write_value(sheet, row, column, said.get(offset).map_or("", String::as_str))?;
        }
        let cells: Vec<_> = said.iter().zip(&heads).map(|(words, h)| (&**words, h.width, 11.0)).collect();
        room(sheet, row, &cells)?;
    }
    let (last, right) =
        (u32::try_from(rows).unwrap_or(0) + 3, u16::try_from(heads.len()).unwrap_or(u16::MAX));
    sheet.ignore_error_range(3, 1, last, right.max(1), IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// The head of a column of a sheet of records.
struct Head<'p> {
    words: String,
    needed: bool,
    width: f64,
    /// What stands below it in the row 说明,
    explanation: String,
    /// and in the row 例.
    example: String,
    about: Option<&'p About>,
}

fn heads(records: &Records, lang: Lang) -> Vec<Head<'_>> {
    let lead = match lang {
        Lang::Zh => "例：",
        Lang::En => "e.g. ",
    };
    let parents = records.parents.iter().map(|heading| Head {
        words: heading.clone(),
        needed: true,
        width: 20.0,
        explanation: match lang {
            Lang::Zh => "【必需】这一行属于哪一条：写它的名称，或写第几条",
            Lang::En => "[needed] to which item the row belongs: its name or its number",
        }
        .to_owned(),
        example: format!("{lead}1"),
        about: None,
    });
    let columns = records.columns.iter().map(|column| {
        let about = &column.about;
        let needed = about.needed == Some(true);
        let tag = match (lang, needed) {
            (Lang::Zh, true) => "【必需】",
            (Lang::Zh, false) => "〔可选〕",
            (Lang::En, true) => "[needed] ",
            (Lang::En, false) => "[optional] ",
        };
        Head {
            words: format!("{}{}", column.heading, if needed { " *" } else { "" }),
            needed,
            // Sentences want room, names do not.
            width: match about.example.chars().count() {
                0..=6 => 16.0,
                7..=12 => 22.0,
                _ => 34.0,
            },
            explanation: format!("{tag}{}", explained(about, lang)),
            example: if about.example.is_empty() {
                String::new()
            } else {
                format!("{lead}{}", about.example)
            },
            about: Some(about),
        }
    });
    parents.chain(columns).collect()
}

fn write_value(sheet: &mut Worksheet, row: u32, column: u16, words: &str) -> Done<()> {
    if words.is_empty() {
        sheet.write_blank(row, column, &value())?;
    } else {
        sheet.write_string_with_format(row, column, words, &value())?;
    }
    Ok(())
}

/// What a row or column is, and that it may hold several lines.
fn explained(about: &About, lang: Lang) -> String {
    match (about.several, lang) {
        (false, _) => about.words.clone(),
        (true, Lang::Zh) => format!("{}（一项一行）", about.words),
        (true, Lang::En) => format!("{} (a line each)", about.words),
    }
}

/// A list to choose from, for some rows of a column.
fn choices(sheet: &mut Worksheet, about: &About, lang: Lang, rows: (u32, u32), column: u16) -> Done<()> {
    if about.choices.is_empty() {
        return Ok(());
    }
    let said = match lang {
        Lang::Zh => "从列表里选一个",
        Lang::En => "choose one from the list",
    };
    let list = DataValidation::new()
        .allow_list_strings(&about.choices)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_message(said)?;
    sheet.add_data_validation(rows.0, column, rows.1, column, &list)?;
    Ok(())
}
