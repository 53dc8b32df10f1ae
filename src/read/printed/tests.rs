//! Pages made of signs here.

use super::{Glyph, Sheet, read};
use crate::model::BlockKind;
use crate::read::paper::Paper;

/// Signs of a line, each as wide as it is high.
fn line(x: f32, y: f32, size: f32, words: &str) -> Vec<Glyph> {
    let mut at = x;
    let place = |sign: char| {
        let width = if sign.is_ascii() { size / 2.0 } else { size };
        at += width;
        Glyph { sign, x: at - width, y, width, size, turn: 0 }
    };
    words.chars().map(place).collect()
}

fn sheet(lines: Vec<Vec<Glyph>>) -> Sheet {
    Sheet { width: 595.0, height: 842.0, glyphs: lines.concat(), ..Sheet::default() }
}

fn blocks(sheets: Vec<Sheet>) -> Vec<(BlockKind, String)> {
    let mut paper = Paper::default();
    read(sheets, &mut paper);
    let m = paper.finish();
    m.blocks().iter().map(|b| (b.kind, m.block_text(b).to_owned())).collect()
}

fn words(sheets: Vec<Sheet>) -> Vec<String> {
    blocks(sheets).into_iter().map(|(_, words)| words).collect()
}

const FULL: &str = "全镇上下要认清形势把握大局围绕年初确定的目标一件一件地办";

#[test]
fn two_columns_are_read_one_after_the_other() {
    let left = "左边这一栏的字要先读完才轮到右边";
    let right = "右边这一栏的字要等左边读完再往下";
    let rows = (0..10).map(|n| 100.0 + 20.0 * n as f32);
    let lines = rows.flat_map(|y| [line(60.0, y, 14.0, left), line(310.0, y, 14.0, right)]);
    let said = words(vec![sheet(lines.collect())]).concat();
    assert_eq!(said, left.repeat(10) + &right.repeat(10));
}

#[test]
fn marks_that_hang_beyond_the_edge_make_no_line_short() {
    let hung = format!("{FULL}，");
    let mut first: Vec<Vec<Glyph>> =
        (0..6u8).map(|n| line(79.0, 100.0 + 28.0 * f32::from(n), 16.0, FULL)).collect();
    first[1] = line(79.0, 128.0, 16.0, &hung);
    first[3] = line(79.0, 184.0, 16.0, &hung);
    first[5] = line(79.0, 240.0, 16.0, &FULL[..81]);
    let rest = sheet(vec![line(79.0, 100.0, 16.0, FULL), line(79.0, 128.0, 16.0, "不放手。")]);
    assert_eq!(words(vec![sheet(first), rest]).len(), 1);
}

#[test]
fn a_dash_of_one_shape_is_a_chinese_dash() {
    assert_eq!(words(vec![sheet(vec![line(79.0, 100.0, 16.0, "春耕\u{2E3A}一年之计")])]), ["春耕——一年之计"]);
}

#[test]
fn who_signs_and_when_are_lines_of_their_own() {
    let lines = vec![
        line(111.0, 100.0, 16.0, &FULL[..78]),
        line(79.0, 128.0, 16.0, FULL),
        line(79.0, 156.0, 16.0, "不放手。"),
        line(431.0, 212.0, 16.0, "青石镇办公室"),
        line(431.0, 240.0, 16.0, "2026年3月2日"),
    ];
    let said = words(vec![sheet(lines)]);
    assert_eq!(said[1..], ["青石镇办公室", "2026年3月2日"]);
}

#[test]
fn a_title_of_two_lines_is_one_below_the_head_of_the_paper() {
    let lines = vec![
        line(140.0, 60.0, 40.0, "青石镇政府文件"),
        line(116.0, 140.0, 22.0, "关于印发二〇二六年春耕备耕工作方案"),
        line(270.0, 172.0, 22.0, "的通知"),
        line(79.0, 220.0, 16.0, "各村："),
        line(111.0, 248.0, 16.0, &FULL[..78]),
        line(79.0, 276.0, 16.0, FULL),
        line(79.0, 304.0, 16.0, "不放手。"),
    ];
    let found = blocks(vec![sheet(lines)]);
    assert_eq!(found[0], (BlockKind::Body, "青石镇政府文件".to_owned()));
    assert_eq!(found[1], (BlockKind::Title, "关于印发二〇二六年春耕备耕工作方案的通知".to_owned()));
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn running_heads_go_and_are_told() {
    let page = |n: u32| {
        sheet(vec![
            line(200.0, 40.0, 10.0, "青石镇春耕方案"),
            line(79.0, 100.0, 16.0, FULL),
            line(79.0, 128.0, 16.0, "办完为止。"),
            line(280.0, 800.0, 14.0, &format!("- {n} -")),
        ])
    };
    let mut paper = Paper::default();
    read((1..=4).map(page).collect(), &mut paper);
    let m = paper.finish();
    assert!(!m.text().contains("方案") && !m.text().contains('-'), "{}", m.text());
    assert_eq!(m.gaps(), [crate::model::Gap::Headers]);
}

#[test]
fn a_page_that_lies_on_its_side_is_turned_and_a_mark_in_the_margin_is_left_out() {
    let lay = |g: Glyph| Glyph { x: g.y, y: 842.0 - g.x, turn: 1, ..g };
    let mut glyphs: Vec<Glyph> = line(79.0, 100.0, 16.0, "横着的表头").into_iter().map(lay).collect();
    glyphs.extend(line(20.0, 20.0, 10.0, "密"));
    assert_eq!(words(vec![sheet(vec![glyphs])]), ["横着的表头"]);
}
