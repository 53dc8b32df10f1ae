//! RTF, written by hand: what other programs write is tried in `tests/all/formats.rs`.

use proptest::prelude::*;

use super::Rtf;
use crate::base::Lang;
use crate::model::{Beside, BlockKind, Gap, Manuscript};
use crate::read::{Reader, read};

fn rtf(body: &str) -> Manuscript {
    Rtf.read("稿.rtf", format!("{{\\rtf1\\ansi\\ansicpg936 {body}}}").as_bytes()).unwrap()
}

fn text(body: &str) -> String {
    rtf(body).text().to_owned()
}

#[test]
fn bytes_are_read_in_the_code_page_of_the_font_or_of_the_file() {
    // 云, 溪 and 县 in GBK; the second byte of 乗 is a backslash.
    assert_eq!(text("\\'d4\\'c6\\'cf\\'aa\\'cf\\'d8"), "云溪县");
    assert_eq!(text("\\'81\\\\"), "乗");
    let fonts = "{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset136 B;}{\\f2\\fcharset2 Wingdings;}}";
    assert_eq!(text(&format!("{fonts}\\f1 \\'bf\\'a4\\f0 \\'cf\\'d8{{\\f2 \\'fe}}\\plain a")), "縣县☑a");
    let raw = [b"{\\rtf1\\ansi\\ansicpg936 ".as_slice(), b"\xC7\xE5\xBA\xD3\xD5\xF2}"].concat();
    assert_eq!(Rtf.read("稿.rtf", &raw).unwrap().text(), "清河镇");
}

#[test]
fn a_file_in_utf8_is_read_as_such_whatever_it_says() {
    let body = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}}\\f0 清河镇𠮷\\'e9\\uc0 村\\par 二}";
    assert_eq!(Rtf.read("稿.rtf", body.as_bytes()).unwrap().text(), "清河镇𠮷é村\n二");
    // These four bytes are two characters of GBK and two of UTF-8.
    assert_eq!(Rtf.read("稿.rtf", b"{\\rtf1\\ansi\\ansicpg936 \xC1\xAA\xCD\xA8}").unwrap().text(), "联通");
}

#[test]
fn what_stands_in_the_place_of_a_unicode_character_is_left_out() {
    let body = "\\uc1\\u20113?\\uc2\\u28330\\'cf\\'aa\\uc0\\u21439\\u-10180\\u-8265 x";
    assert_eq!(text(body), "云溪县🎷x");
}

#[test]
fn signs_breaks_and_fields_mean_what_they_do_in_a_docx() {
    let body = "\\ldblquote 一\\rdblquote\\emdash\\line\\tab a\\~b\\_c\\-d\\page e\\par\
                {\\field{\\*\\fldinst PAGE {\\b x}}{\\fldrslt 7}}\\par\
                {\\field{\\*\\fldinst SYMBOL 168 \\\\f \"Wingdings\"}{\\fldrslt }}\\{\\}\\\\"
        .replace('一', "\\u19968?");
    assert_eq!(text(&body), "“一”—\n\ta\u{A0}b-cd\ne\n7\n□{}\\");
}

#[test]
fn headings_are_told_by_styles_and_outline_levels() {
    let body = "{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s5\\sbasedon1 \\'d2\\'bb;}{\\*\\cs9 x;}}\
                \\pard\\s1 A\\par\\pard\\s5 B\\par\\pard\\outlinelevel2 C\\par\\pard D\\par\\pard\\ls1 E\\par";
    let read = rtf(body);
    let kinds: Vec<_> = read.blocks().iter().map(|b| b.kind).collect();
    let expected = [
        BlockKind::Heading(1),
        BlockKind::Heading(1),
        BlockKind::Heading(3),
        BlockKind::Body,
        BlockKind::Item,
    ];
    assert_eq!(kinds, expected);
    assert_eq!(read.gaps(), [Gap::Numbers]);
}

#[test]
fn automatic_numbers_are_those_of_the_lists_or_those_that_were_shown() {
    let level = |signs: u8, shown: &str| {
        format!(
            "{{\\listlevel\\levelnfc{signs}\\levelnfcn{signs}\\leveljc0\\levelfollow0\\levelstartat1{{\\leveltext {shown};}}{{\\levelnumbers\\'01;}}}}"
        )
    };
    let (first, second) =
        (level(39, "\\'02\\'00\\u12289?"), level(0, "\\leveltemplateid9\\'03\\'a3\\'a8\\'01\\'a3\\'a9"));
    let tables = format!(
        "{{\\*\\listtable{{\\list\\listtemplateid3{first}{second}{{\\listname ;}}\\listid-7}}}}\
         {{\\*\\listoverridetable{{\\listoverride\\listid-7\\listoverridecount0\\ls1}}\
         {{\\listoverride\\listid-7\\listoverridecount1{{\\lfolevel\\listoverridestartat1\\levelstartat5}}\\ls2}}}}"
    );
    let body = "\\pard\\ls1\\ilvl0 A\\par\\pard\\ls1\\ilvl1 B\\par C\\par\\pard\\ls1 D\\par\\pard\\ls2 E\\par\
                {\\listtext\\pard\\plain \\'b5\\'da8\\tab}\\ls1 F\\par\\pard\\ls9 G\\par{\\pntext\\f3 \\'b7\\tab}{\\*\\pn\\pnlvlblt{\\pntxtb x}}H\\par";
    let read = rtf(&(tables + body));
    assert_eq!(read.text(), "一、A\n（1）B\n（2）C\n二、D\n五、E\n第8 F\nG\nH");
    assert_eq!(read.made().len(), 6);
    assert_eq!(read.gaps(), [Gap::Numbers], "of one the list is not there");
}

#[test]
fn cells_keep_their_rows_columns_and_merges() {
    let body = "\\trowd\\clvmgf\\cellx1000\\cellx3000\\pard\\intbl A\\cell B\\cell\\row\
                \\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl\\cell C\\par D\\cell E\\cell\\row\
                \\pard F\\par";
    let read = rtf(body);
    let cells: Vec<_> =
        read.cells().iter().map(|c| (c.row, c.column, c.continues, &read.text()[c.range.clone()])).collect();
    let expected =
        [(0, 0, false, "A"), (0, 1, false, "B"), (1, 0, true, ""), (1, 1, false, "C\nD"), (1, 2, false, "E")];
    assert_eq!(cells, expected);
    assert_eq!(read.blocks().last().map(|b| b.kind), Some(BlockKind::Body));
}

#[test]
fn a_cell_that_begins_beyond_any_page_is_read() {
    let body = "\\trowd\\trleft-2147483648\\cellx0\\pard\\intbl A\\cell\\row";
    assert_eq!(rtf(body).cells().len(), 1);
}

#[test]
fn what_stands_beside_the_text_is_kept_beside_it() {
    let body = "{\\info{\\title x}}{\\header \\'d2\\'bb\\par}{\\footer \\u8212? 1 \\u8212?\\par}A{\\footnote a}{\\*\\annotation b}\
                {\\footnote\\ftnalt c}{\\v H}{\\deleted D}{\\*\\unknown z}{\\pict 0aff}{\\*\\bkmkstart q}\\par";
    let read = rtf(body);
    assert_eq!(read.text(), "AH");
    assert_eq!(read.gaps(), [Gap::Pictures]);
    let lines: Vec<_> = read.margin().iter().map(|l| (l.beside, l.text.as_str(), l.at.clone())).collect();
    let expected =
        [(Beside::Header, "一", 0..2), (Beside::Footnote, "a", 0..1), (Beside::Endnote, "c", 0..1)];
    assert_eq!(lines, expected);
    assert!(read.notes().iter().any(|n| n.in_lang(Lang::En).contains("nobody has dealt with")));
}

#[test]
fn a_text_box_comes_after_the_paragraph_that_anchors_it() {
    let body = "A{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 1}}{\\shptxt \\pard C\\par D\\par}}{\\shprslt x}}B\\par E\\par";
    assert_eq!(text(body), "AB\nC\nD\nE");
}

#[test]
fn what_breaks_off_or_is_none_is_told() {
    let cut = read("稿.doc", b"{\\rtf1\\ansi A\\par B").unwrap();
    assert_eq!((cut.text(), cut.gaps()), ("A\nB", &[Gap::Rest][..]));
    let cut = read("稿.doc", b"{\\rtf1\\ansi A\\par B{\\pict 0aff").unwrap();
    assert_eq!((cut.text(), cut.gaps()), ("A\nB", &[Gap::Rest, Gap::Pictures][..]));
    assert!(read("稿.rtf", b"{\\rtf1\\ansi ").is_err());
    assert!(read("稿.rtf", "全县".as_bytes()).unwrap_err().in_lang(Lang::En).contains("not RTF"));
    assert!(read("稿.rtf", b"").is_err());
    let deep = "{".repeat(200_000);
    assert_eq!(Rtf.read("稿.rtf", format!("{{\\rtf1 A\\par {deep}").as_bytes()).unwrap().gaps(), [Gap::Rest]);
}

proptest! {
    #[test]
    fn any_bytes_behind_the_head_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Rtf.read("稿.rtf", &[b"{\\rtf1 ".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_order_of_words_is_read_or_refused(words in proptest::collection::vec(prop::sample::select(vec![
        "{", "}", "\\par", "\\cell", "\\row", "\\nestcell", "\\nestrow", "\\intbl", "\\itap3", "\\trowd", "\\cellx9",
        "{\\footnote", "{\\shptxt", "{\\*\\shpinst", "{\\fldinst", "{\\stylesheet{", "{\\fonttbl", "\\f1", "\\u-10180",
        "\\'b9", "\\uc9", "{\\*\\listtable{\\list{\\listlevel", "{\\leveltext", "{\\*\\listoverridetable{\\listoverride", "{\\lfolevel",
        "\\ls1", "\\ilvl9", "{\\listtext", "\\listid1", "\\bin4", "\\deleted", "\\pard", "\\page", "a", "\\*", "\\ftnalt", "\\pntext",
    ]), 0..60)) {
        let _ = Rtf.read("稿.rtf", format!("{{\\rtf1 {}", words.join(" ")).as_bytes());
    }
}
