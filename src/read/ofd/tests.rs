//! Files made here by the words of GB/T 33190; no real one was to be had.

use crate::base::Lang;
use crate::model::{BlockKind, Gap};
use crate::office::tests::zip;
use crate::read::read;

const OFD: &str = r#"<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#;
const DOCUMENT: &str = r#"<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/><ofd:Page ID="2" BaseLoc="/Doc_0/Pages/Page_1/Content.xml"/></ofd:Pages></ofd:Document>"#;

/// A line of signs of 5.6 mm from a place of the page.
fn line(x: f32, y: f32, words: &str) -> String {
    let count = words.chars().count();
    format!(
        r#"<ofd:TextObject ID="7" Boundary="{x} {y} 160 6" Font="3" Size="5.6"><ofd:TextCode X="0" Y="5" DeltaX="g {} 5.6">{words}</ofd:TextCode></ofd:TextObject>"#,
        count - 1
    )
}

fn page(objects: &str) -> String {
    format!(
        r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer ID="5">{objects}</ofd:Layer></ofd:Content></ofd:Page>"#
    )
}

fn paper() -> Vec<u8> {
    let first = [
        line(39.2, 40.0, "全县上下要认清形势，把握大局，围绕年初确定的目标"),
        line(28.0, 50.0, "一件事一件事地办，一个月一个月地抓，办不成不放手。"),
        line(39.2, 60.0, "清河镇要在四月底以前完成春耕备耕，各村组织人手一"),
        line(98.0, 280.0, "—1—"),
    ];
    let rules: String = ["100", "110", "120"].map(|y| format!(r#"<ofd:PathObject ID="8" Boundary="28 {y} 100 0.1"><ofd:AbbreviatedData>M 0 0 L 100 0</ofd:AbbreviatedData></ofd:PathObject>"#)).concat()
        + &["28", "60", "128"].map(|x| format!(r#"<ofd:PathObject ID="8" Boundary="{x} 100 0.1 20"><ofd:AbbreviatedData>M 0 0 L 0 20</ofd:AbbreviatedData></ofd:PathObject>"#)).concat();
    let second = [
        line(28.0, 40.0, "户一户核对。"),
        line(30.0, 102.0, "任务"),
        line(62.0, 102.0, "单位"),
        line(30.0, 112.0, "备种"),
        rules,
    ];
    zip(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Document.xml", DOCUMENT.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", page(&first.concat()).as_bytes()),
        ("Doc_0/Pages/Page_1/Content.xml", page(&second.concat()).as_bytes()),
        ("Doc_0/Tpls/Tpl_0/Content.xml", page(&line(80.0, 20.0, "云溪县人民政府")).as_bytes()),
    ])
}

#[test]
fn a_size_that_is_written_small_counts_and_shapes_of_letters_are_told() {
    let small = line(28.0, 40.0, "办不成不放手。").replace(" Size=", " size=");
    let curve = r#"<ofd:PathObject ID="8" Boundary="0 0 210 297"><ofd:AbbreviatedData>M 0 0 B 1 1 2 2 3 3</ofd:AbbreviatedData></ofd:PathObject>"#;
    let bytes = zip(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Document.xml", DOCUMENT.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", page(&small).as_bytes()),
        ("Doc_0/Pages/Page_1/Content.xml", page(&curve.repeat(30)).as_bytes()),
    ]);
    let m = read("文.ofd", &bytes).unwrap();
    assert_eq!((m.text(), m.gaps()), ("办不成不放手。", &[Gap::Pictures][..]));
}

#[test]
fn lines_of_text_codes_become_paragraphs_and_rules_cells() {
    let m = read("文.ofd", &paper()).unwrap();
    let blocks: Vec<_> = m.blocks().iter().map(|b| (b.kind, m.block_text(b))).collect();
    assert_eq!(
        blocks,
        [
            (
                BlockKind::Body,
                "全县上下要认清形势，把握大局，围绕年初确定的目标一件事一件事地办，一个月一个月地抓，办不成不放手。"
            ),
            (BlockKind::Body, "清河镇要在四月底以前完成春耕备耕，各村组织人手一户一户核对。"),
            (BlockKind::Cell, "任务"),
            (BlockKind::Cell, "单位"),
            (BlockKind::Cell, "备种"),
        ]
    );
    assert_eq!(m.gaps(), [Gap::Headers]);
    assert_eq!(m.cells().len(), 4);
}

#[test]
fn a_figure_that_is_closed_has_its_last_side() {
    let frame = r#"<ofd:PathObject ID="8" Boundary="28 100 100 20"><ofd:AbbreviatedData>M 0 0 L 100 0 L 100 20 L 0 20 C M 0 10 L 100 10 M 32 0 L 32 20</ofd:AbbreviatedData></ofd:PathObject>"#;
    let words = [line(30.0, 102.0, "任务"), line(62.0, 102.0, "单位"), line(30.0, 112.0, "备种")].concat();
    let bytes = zip(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Document.xml", DOCUMENT.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", page(&(words + frame)).as_bytes()),
    ]);
    let m = read("文.ofd", &bytes).unwrap();
    let cells: Vec<_> = m.cells().iter().map(|c| (c.row, c.column, &m.text()[c.range.clone()])).collect();
    assert_eq!(cells, [(0, 0, "任务"), (0, 1, "单位"), (1, 0, "备种"), (1, 1, "")]);
}

#[test]
fn signs_that_were_spread_over_their_box_stand_as_they_are_wide() {
    let spread = |x: f32, wide: f32, words: &str| {
        let count = words.chars().count();
        let steps = format!("g {} {}", count - 1, wide / count as f32);
        format!(
            r#"<ofd:TextObject ID="7" Boundary="{x} 40 {wide} 6" Font="3" size="5"><ofd:TextCode X="0" Y="5" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>"#
        )
    };
    let said = |objects: &str| {
        let bytes = zip(&[
            ("OFD.xml", OFD.as_bytes()),
            ("Doc_0/Document.xml", DOCUMENT.as_bytes()),
            ("Doc_0/Pages/Page_0/Content.xml", page(objects).as_bytes()),
        ]);
        read("文.ofd", &bytes).unwrap().text().to_owned()
    };
    assert_eq!(said(&spread(28.0, 60.0, "2026 年3 月清淤12.5 公里")), "2026年3月清淤12.5公里");
    // One box of two objects, and one whose quotation marks are objects of their own.
    let shared = spread(28.0, 20.0, "一、") + &spread(28.0, 20.0, "2026");
    let holed = spread(58.0, 3.0, "“") + &spread(70.5, 3.0, "”") + &spread(48.0, 46.0, "年和清淤回头看");
    assert_eq!(said(&(shared + &holed)), "一、2026年和“清淤”回头看");
}

#[test]
fn what_is_broken_says_so() {
    let empty = zip(&[("OFD.xml", OFD.as_bytes())]);
    assert!(read("文.ofd", &empty).unwrap_err().in_lang(Lang::Zh).contains("没有页面"));
    let whole = paper();
    for cut in (4..whole.len()).step_by(11) {
        assert!(read("文.ofd", &whole[..cut]).is_err());
    }
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x11;
        let _ = read("文.ofd", &bytes);
    }
}

#[test]
fn pages_beyond_those_that_are_read_are_told() {
    let listed = r#"<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>"#.repeat(super::PAGES + 1);
    let document = format!("<ofd:Document><ofd:Pages>{listed}</ofd:Pages></ofd:Document>");
    let bytes = zip(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", page("").as_bytes()),
    ]);
    let m = read("文.ofd", &bytes).unwrap();
    assert!(m.gaps().contains(&Gap::Rest) && m.notes()[0].what.zh.contains("3000页"), "{:?}", m.notes());
}
