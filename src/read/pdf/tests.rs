//! Small .pdf files made here, whole and broken.

use proptest::prelude::*;

use super::Pdf;
use crate::base::{Lang, Place};
use crate::model::{BlockKind, Gap};
use crate::read::{Reader as _, read};

/// A file of these objects, the first of which is the catalogue, with its table.
pub(super) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").into_bytes());
    out
}

fn stream(dict: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<<{dict}/Length {}>>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

/// A file of pages with this content, in a font whose codes are UTF-16.
pub(super) fn pages(contents: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", 5 + 2 * n)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{}]/Count {}/MediaBox[0 0 595 842]>>", kids.join(" "), contents.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>".to_vec(),
    ];
    for (content, n) in contents.iter().zip(0..) {
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>", 6 + 2 * n)
                .into_bytes(),
        );
        objects.push(stream("", content.as_bytes()));
    }
    file(&objects)
}

/// A line of signs at a place, counted from the foot of the page.
pub(super) fn line(x: f32, y: f32, size: f32, words: &str) -> String {
    let codes: String = words.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n")
}

/// A page as an office lays it out: a title, two paragraphs of which one goes on, a number.
fn paper() -> Vec<u8> {
    let first = [
        line(209.0, 740.0, 22.0, "云溪县工作报告"),
        line(111.0, 690.0, 16.0, "全县上下要认清形势，把握大局，围绕年初确定的目标"),
        line(79.0, 662.0, 16.0, "一件事一件事地办，一个月一个月地抓，办不成不放手。"),
        line(111.0, 634.0, 16.0, "二、任务"),
        line(111.0, 606.0, 16.0, "清河镇要在4月底以前完成春耕备耕，各村要组织人手"),
        line(280.0, 40.0, 14.0, "— 1 —"),
    ];
    let second = [line(79.0, 740.0, 16.0, "逐户核对。"), line(280.0, 40.0, 14.0, "— 2 —")];
    pages(&[first.concat(), second.concat()])
}

fn blocks(bytes: &[u8]) -> Vec<(BlockKind, String)> {
    let m = read("稿.pdf", bytes).unwrap();
    m.blocks().iter().map(|b| (b.kind, m.block_text(b).to_owned())).collect()
}

#[test]
fn lines_become_paragraphs_and_page_numbers_go() {
    let words = |kind, text: &str| (kind, text.to_owned());
    assert_eq!(
        blocks(&paper()),
        [
            words(BlockKind::Title, "云溪县工作报告"),
            words(
                BlockKind::Body,
                "全县上下要认清形势，把握大局，围绕年初确定的目标一件事一件事地办，一个月一个月地抓，办不成不放手。"
            ),
            words(BlockKind::Heading(1), "二、任务"),
            words(BlockKind::Body, "清河镇要在4月底以前完成春耕备耕，各村要组织人手逐户核对。"),
        ]
    );
}

#[test]
fn a_word_is_found_by_page_and_line_though_its_paragraph_began_before() {
    let m = read("稿.pdf", &paper()).unwrap();
    let at = m.text().find("逐户").unwrap();
    assert_eq!(m.place(at), Some(&Place::Page { page: 2, line: 1 }));
    assert_eq!(m.place(at - 1), Some(&Place::Page { page: 1, line: 5 }));
}

#[test]
fn ruled_lines_make_cells() {
    let mut content = String::new();
    for y in [700, 670, 640] {
        content.push_str(&format!("79 {y} m 379 {y} l S\n"));
    }
    for x in [79, 179, 379] {
        content.push_str(&format!("{x} 640 m {x} 700 l S\n"));
    }
    content.push_str(&line(90.0, 680.0, 12.0, "任务"));
    content.push_str(&line(190.0, 680.0, 12.0, "单位"));
    content.push_str(&line(90.0, 650.0, 12.0, "备种"));
    let m = read("表.pdf", &pages(&[content])).unwrap();
    let cells: Vec<_> = m.cells().iter().map(|c| (c.row, c.column, &m.text()[c.range.clone()])).collect();
    assert_eq!(cells, [(0, 0, "任务"), (0, 1, "单位"), (1, 0, "备种"), (1, 1, "")]);
}

#[test]
fn a_frame_is_closed_by_the_stroke_that_closes_it() {
    for stroke in ["s", "b", "b*", "h S"] {
        let mut content = format!("79 640 m 79 700 l 379 700 l 379 640 l {stroke}\n");
        content.push_str("79 670 m 379 670 l S 179 640 m 179 700 l S\n");
        content.push_str(&line(90.0, 680.0, 12.0, "任务"));
        content.push_str(&line(190.0, 650.0, 12.0, "单位"));
        let m = read("表.pdf", &pages(&[content])).unwrap();
        let cells: Vec<_> = m.cells().iter().map(|c| (c.row, c.column, &m.text()[c.range.clone()])).collect();
        assert_eq!(cells, [(0, 0, "任务"), (0, 1, ""), (1, 0, ""), (1, 1, "单位")], "{stroke}");
    }
}

#[test]
fn a_scan_is_told_to_be_one() {
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>".to_vec(),
        stream("", b"q 595 0 0 842 0 0 cm /I Do Q"),
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"x"),
    ];
    let m = read("扫描件.pdf", &file(&objects)).unwrap();
    assert!(m.text().is_empty() && m.gaps() == [Gap::Pictures]);
    assert!(
        m.notes()[0].what.zh.contains("第1页") && m.notes()[0].help.as_ref().unwrap().zh.contains("识别")
    );
}

#[test]
fn signs_that_nobody_explains_are_no_text() {
    let content = "BT /F 12 Tf 1 0 0 1 79 700 Tm <00010002> Tj ET";
    let mut bytes = pages(&[content.to_owned()]);
    let at = bytes.windows(14).position(|w| w == b"/UniGB-UCS2-H/").unwrap();
    bytes[at..at + 14].copy_from_slice(b"/Identity-H  /");
    let told = read("稿.pdf", &bytes).unwrap_err().in_lang(Lang::Zh);
    assert!(told.contains("字形"), "{told}");
}

#[test]
fn what_is_broken_says_so_or_is_read_as_far_as_it_goes() {
    let whole = paper();
    for cut in (0..whole.len()).step_by(37) {
        match read("稿.pdf", &whole[..cut]) {
            Ok(m) => assert!(m.text().is_empty() || m.gaps().contains(&Gap::Rest), "{cut}"),
            Err(error) => assert!(!error.problems().is_empty()),
        }
    }
    for at in 0..whole.len() {
        for bit in [1, 8, 64] {
            let mut bytes = whole.clone();
            bytes[at] ^= bit;
            let _ = Pdf.read("稿.pdf", &bytes);
        }
    }
}

#[test]
fn drawings_that_draw_each_other_end() {
    let form = |inner: &str| {
        stream(
            &format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {inner} 0 R>>>>"),
            &b"/X Do ".repeat(40),
        )
    };
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>".to_vec(),
        stream("", b"/X Do"),
    ];
    let circle = [&objects[..], &[form("6"), form("5")]].concat();
    assert!(read("环.pdf", &file(&circle)).unwrap().text().is_empty());
    // Forty times forty times forty….
    objects.extend((6..14).map(|inner| form(&inner.to_string())));
    assert!(read("叠.pdf", &file(&objects)).unwrap().gaps().contains(&Gap::Rest));
}

proptest! {
    #[test]
    fn any_content_is_carried_out(content in "[0-9 .\\-qQBTEmDCoJjfFlrehcvyWnS*<>()\\[\\]/\n]{0,200}") {
        let _ = read("稿.pdf", &pages(&[content]));
    }
}
