//! Pages made here, as people and programs write them.

use proptest::prelude::*;

use crate::model::{BlockKind, Gap, Manuscript};
use crate::read::read;

fn page(html: &str) -> Manuscript {
    read("页.html", html.as_bytes()).unwrap()
}

fn blocks(m: &Manuscript) -> Vec<(BlockKind, &str)> {
    m.blocks().iter().map(|b| (b.kind, m.block_text(b))).collect()
}

#[test]
fn a_page_that_breaks_off_says_so() {
    let gaps = |page: &str| read("a.html", page.as_bytes()).unwrap().gaps().to_vec();
    assert_eq!(gaps("<html><body><p>全县一盘棋。</p></body></html>"), []);
    assert_eq!(gaps("<p>全县一盘棋。</p><p>一"), []);
    assert_eq!(gaps("<html><body><p>全县一盘棋。</p><p>一"), [Gap::Rest]);
}

#[test]
fn paragraphs_end_where_tags_say_so_and_line_ends_of_the_file_are_none() {
    let m = page(
        "<!DOCTYPE html><html><head><title>不读</title><style>p{}</style></head><body>\
         <nav>首页 &gt; 公开</nav><h1>青石镇<br>春耕方案</h1><p>到4月底\n完成备耕，\n抓 early 抓实。\
         <p>第二段&nbsp;&amp;完<script>1<2</script><div>第三段<br>　　第四段</div>\
         <h2>一、目标</h2><ul><li>备种<li>备肥</ul></body>",
    );
    assert_eq!(
        blocks(&m),
        [
            (BlockKind::Title, "青石镇春耕方案"),
            (BlockKind::Body, "到4月底完成备耕，抓 early 抓实。"),
            (BlockKind::Body, "第二段 &完"),
            (BlockKind::Body, "第三段"),
            (BlockKind::Body, "　　第四段"),
            (BlockKind::Heading(1), "一、目标"),
            (BlockKind::Item, "备种"),
            (BlockKind::Item, "备肥"),
        ]
    );
}

#[test]
fn cells_keep_their_places_and_a_table_for_looks_is_none() {
    let m = page(
        "<table><tr><td><p>外面</p><table><tr><th rowspan=2>甲<th colspan=2>乙<tr><td>丙<td></table>后面</table>",
    );
    let cells: Vec<_> = m
        .cells()
        .iter()
        .map(|c| (c.table, c.row, c.column, c.continues, &m.text()[c.range.clone()]))
        .collect();
    assert_eq!(
        cells,
        [
            (0, 0, 0, false, "甲"),
            (0, 0, 1, false, "乙"),
            (0, 1, 0, true, ""),
            (0, 1, 1, false, "丙"),
            (0, 1, 2, false, "")
        ]
    );
    let outside: Vec<_> =
        m.blocks().iter().filter(|b| b.kind == BlockKind::Body).map(|b| m.block_text(b)).collect();
    assert_eq!(outside, ["外面", "后面"]);
}

#[test]
fn a_cell_that_reaches_down_at_the_end_of_a_row_does_so_there_and_not_below() {
    let places = |html: &str| -> Vec<_> {
        let m = page(html);
        m.cells().iter().map(|c| (c.row, c.column, c.continues)).collect()
    };
    assert_eq!(
        places("<table><tr><td>甲<td rowspan=2>乙<tr><td>丙<tr><td>丁<td>戊</table>"),
        [(0, 0, false), (0, 1, false), (1, 0, false), (1, 1, true), (2, 0, false), (2, 1, false)]
    );
    assert_eq!(
        places("<table><tr><td>甲<td rowspan=2>乙<tr><td>丙</table>"),
        [(0, 0, false), (0, 1, false), (1, 0, false), (1, 1, true)]
    );
}

#[test]
fn cells_that_say_to_fill_a_million_places_fill_few() {
    let row = "<td colspan=1000 rowspan=1000>甲".repeat(1_000);
    let m = page(&format!("<table><tr>{row}{}</table>", "<tr><td>乙".repeat(20)));
    assert!(m.cells().len() < 5_000, "{}", m.cells().len());
}

#[test]
fn a_page_in_gbk_is_read_by_what_it_says_of_itself() {
    let (bytes, _, _) = encoding_rs::GBK
        .encode("<html><head><meta charset=\"gb2312\"></head><body><p>清河镇</p></body></html>");
    assert_eq!(read("页.htm", &bytes).unwrap().text(), "清河镇");
    // Under another name it is still a page.
    assert_eq!(read("页.doc", &bytes).unwrap().text(), "清河镇");
}

#[test]
fn footnotes_numbers_and_pictures_are_told_to_be_left_out() {
    let m = page(
        "<p>全镇动员<a class=\"footnote-ref\" href=#f><sup>1</sup></a>。</p><ol><li>备种</li></ol><img src=a.png>\
         <section class=footnotes><p>注</p></section>",
    );
    assert_eq!(m.text(), "全镇动员。\n备种");
    assert_eq!(m.gaps(), [Gap::Numbers, Gap::Footnotes, Gap::Pictures]);
}

#[test]
fn running_heads_of_libreoffice_are_left_out_and_told_if_they_say_something() {
    let m = page(
        "<body><div title=\"header\"><p>云溪县</p></div><p>正文。</p><div title=\"footer\"><p>— 1 —</p></div></body>",
    );
    assert_eq!(m.text(), "正文。");
    assert_eq!(m.gaps(), [Gap::Headers]);
}

proptest! {
    #[test]
    fn any_page_is_read(html in "(<(/)?(p|td|tr|table|table rowspan=3|td colspan=99999|h1|li|ol|pre|script|nav|br)>|[一。& \n<>a]){1,60}") {
        let m = read("页.html", html.as_bytes()).unwrap();
        prop_assert!(m.blocks().windows(2).all(|w| w[0].range.end < w[1].range.start));
        prop_assert!(m.cells().iter().all(|c| m.text().get(c.range.clone()).is_some()));
    }
}
