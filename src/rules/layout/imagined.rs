//! Looks for examples and tests: a text set by the standard, but for what is said of it.
//!
//! `标题 宋体 18磅；行距 25磅；页码 无`: clauses of a name and values. A part of the form (标题, 正文, 一级标题, 红头, 文号,
//! 版记, 页码) has a font, a size, a side (居左) or an indent (缩进0); 页边距 and 纸张 have millimetres.

use std::ops::Range;

use crate::base::han::heading_number;
use crate::model::Manuscript;
use crate::model::layout::{
    Align, Face, Format, Grid, Layout, LineHeight, Look, MM, PageNumber, Section, Span,
};

/// What is said of one part: its name and its values.
type Clause<'s> = (&'s str, Vec<&'s str>);

/// The same text, set by the standard but for what `said` says.
pub(crate) fn set_as(manuscript: &Manuscript, said: &str) -> Manuscript {
    let (text, blocks) = (manuscript.text().to_owned(), manuscript.blocks().to_vec());
    Manuscript::new(text, blocks, manuscript.pieces().to_vec(), manuscript.masks().to_vec())
        .with_layout(imagined(manuscript, said))
}

/// The look of a text that is set by the standard, but for what `said` says.
fn imagined(manuscript: &Manuscript, said: &str) -> Layout {
    let clauses: Vec<Clause<'_>> = said
        .split('；')
        .filter_map(|clause| {
            let mut words = clause.split_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect();
    let mut layout = Layout { sections: vec![section(&clauses)], even_and_odd: true, ..Layout::default() };
    let mut titled = false;
    let mut start = 0;
    for line in manuscript.text().split('\n') {
        let range = start..start + line.len();
        start = range.end + 1;
        let name = name(line, &mut titled);
        push(&mut layout, range, name, &clauses);
    }
    if clauses.iter().any(|(name, values)| *name == "页码" && values.contains(&"单双页相同")) {
        layout.even_and_odd = false;
    }
    layout
}

/// What a line is.
fn name(line: &str, titled: &mut bool) -> &'static str {
    let line = line.trim_start_matches('\u{200b}').trim();
    let levels = ["一级标题", "二级标题", "三级标题", "四级标题"];
    let (level, ..) = heading_number(line).unwrap_or_default();
    match line {
        "" => "空行",
        _ if line.ends_with("文件") && !*titled => "红头",
        _ if line.contains('〔') && line.chars().count() < 20 => "文号",
        _ if line.starts_with("抄送") || line.ends_with("印发") => "版记",
        _ if !*titled => {
            *titled = true;
            "标题"
        }
        _ if level > 0 && line.chars().count() <= 40 => levels[usize::from(level.min(4)) - 1],
        _ if line.ends_with('：') => "称谓",
        _ => "正文",
    }
}

fn push(layout: &mut Layout, range: Range<usize>, name: &str, clauses: &[Clause<'_>]) {
    let (font, size, align) = match name {
        "标题" => ("方正小标宋简体", 44, Align::Centre),
        "红头" => ("方正小标宋简体", 124, Align::Centre),
        "文号" => ("仿宋", 32, Align::Centre),
        "版记" => ("仿宋", 28, Align::Both),
        "一级标题" => ("黑体", 32, Align::Both),
        "二级标题" => ("楷体", 32, Align::Both),
        _ => ("仿宋", 32, Align::Both),
    };
    let mut face = Face { han: font.to_owned(), latin: font.to_owned(), size, ..Face::default() };
    let indented = name.ends_with("级标题") || name == "正文";
    let mut format = Format {
        align,
        first_characters: indented.then_some(200),
        line: LineHeight::Exact(579),
        rule_below: (name == "文号").then_some([255, 0, 0]),
        rule_above: (name == "版记").then_some([0, 0, 0]),
        ..Format::default()
    };
    if name == "红头" {
        face.colour = Some([255, 0, 0]);
    }
    for (_, values) in clauses.iter().filter(|(of, _)| *of == name) {
        for value in values {
            set(&mut face, &mut format, value);
        }
    }
    for (_, values) in clauses.iter().filter(|(of, _)| *of == "行距") {
        format.line =
            LineHeight::Exact(twips(values[0].trim_end_matches('磅').parse::<f64>().unwrap() * 20.0));
    }
    layout.formats.push(format);
    layout.faces.push(face);
    layout.spans.push(Span { range: range.clone(), face: layout.faces.len() - 1 });
    let row = layout.spans.len() - 1;
    layout.paragraphs.push(Look { range, format: row, spans: row..row + 1, ..Look::default() });
}

fn set(face: &mut Face, format: &mut Format, value: &str) {
    if let Some(points) = value.strip_suffix('磅') {
        face.size = twips(points.parse::<f64>().unwrap() * 2.0);
    } else if let Some(characters) = value.strip_prefix("缩进") {
        format.first_characters = Some(characters.parse::<i32>().unwrap() * 100).filter(|&n| n != 0);
    } else if let Some(named) = value.strip_prefix("写作") {
        face.unheard = Some(named.to_owned());
    } else {
        match value {
            "居左" => format.align = Align::Left,
            "居中" => format.align = Align::Centre,
            "居右" => format.align = Align::Right,
            "黑色" => face.colour = None,
            "无线" => (format.rule_below, format.rule_above) = (None, None),
            font => font.clone_into(&mut face.han),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lengths of examples")]
fn twips(length: f64) -> u32 {
    length.round() as u32
}

fn section(clauses: &[Clause<'_>]) -> Section {
    let lengths = |name: &str, standard: [f64; 4]| {
        let said = clauses.iter().find(|(of, _)| *of == name);
        let mut values = said.into_iter().flat_map(|(_, values)| values).map(|v| v.parse::<f64>().unwrap());
        standard.map(|length| twips(values.next().unwrap_or(length) * MM))
    };
    let [width, height, ..] = lengths("纸张", [210.0, 297.0, 0.0, 0.0]);
    let [top, bottom, left, right] = lengths("页边距", [37.0, 35.0, 28.0, 26.0]);
    let mut number = PageNumber {
        text: "— # —".to_owned(),
        face: Face { han: "宋体".into(), latin: "宋体".into(), size: 28, ..Face::default() },
        align: Some(Align::Right),
        ..PageNumber::default()
    };
    let mut shown = true;
    for value in clauses.iter().filter(|(of, _)| *of == "页码").flat_map(|(_, values)| values) {
        match *value {
            "无" => shown = false,
            "居中" => number.align = Some(Align::Centre),
            "单双页相同" => {}
            "无线" => number.text = "#".to_owned(),
            value if value.ends_with('磅') => set(&mut number.face, &mut Format::default(), value),
            font => font.clone_into(&mut number.face.latin),
        }
    }
    let even = PageNumber {
        align: number.align.map(|a| if a == Align::Right { Align::Left } else { a }),
        ..number.clone()
    };
    let numbers = [shown.then_some(number), shown.then_some(even), None];
    Section { width, height, top, bottom, left, right, grid: Grid::default(), numbers, first_apart: false }
}
