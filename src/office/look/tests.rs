//! Looks of documents, written by hand.

use proptest::prelude::*;

use crate::model::layout::{Align, Face, Format, Grid, Layout, LineHeight};
use crate::office::tests::zip;
use crate::read::read;

const STYLES: &str = "word/styles.xml";
const RELATIONSHIPS: &str = "word/_rels/document.xml.rels";

/// The layout of a document with this body and these styles.
fn styled(body: &str, styles: &str) -> Layout {
    with(body, &[(STYLES, &format!("<w:styles xmlns:w='w'>{styles}</w:styles>"))])
}

/// The layout of a document with this body and further parts.
fn with(body: &str, more: &[(&str, &str)]) -> Layout {
    read("a.docx", &file(body, more)).unwrap().layout().unwrap().clone()
}

const ROOT: &str = r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn file(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let own = [("_rels/.rels", ROOT), ("word/document.xml", &document)];
    let parts: Vec<_> = own.iter().chain(more).map(|(name, xml)| (*name, xml.as_bytes())).collect();
    zip(&parts)
}

fn face(layout: &Layout, paragraph: usize) -> Face {
    layout.faces(&layout.paragraphs[paragraph]).next().unwrap().1.clone()
}

fn format(layout: &Layout, paragraph: usize) -> Format {
    layout.format(&layout.paragraphs[paragraph])
}

fn p(properties: &str, letters: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{letters}</w:rPr><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn what_comes_later_lies_over_what_came_before_each_value_for_itself() {
    let styles = r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259"/></w:pPr></w:pPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="420"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="b"><w:name w:val="正文仿宋"/><w:basedOn w:val="a"/><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr></w:style>
        <w:style w:type="character" w:styleId="c"><w:rPr><w:b/></w:rPr></w:style>"#;
    let body = [
        p("", "", "甲"),
        p("<w:pStyle w:val=\"b\"/><w:ind w:firstLine=\"0\"/>", "<w:rStyle w:val=\"c\"/>", "乙"),
        p("<w:pStyle w:val=\"b\"/>", "<w:rStyle w:val=\"c\"/><w:b w:val=\"0\"/><w:sz w:val=\"28\"/>", "丙"),
    ];
    let layout = styled(&body.concat(), styles);
    let (first, second, third) = (face(&layout, 0), face(&layout, 1), face(&layout, 2));
    assert_eq!((&*first.han, &*first.latin, first.size), ("宋体", "Times New Roman", 32));
    assert_eq!((&*second.han, second.size, second.bold), ("仿宋", 32, true));
    assert_eq!((third.size, third.bold), (28, false));
    assert_eq!(format(&layout, 0).line, LineHeight::Times(259));
    let second = format(&layout, 1);
    assert_eq!((second.line, second.after), (LineHeight::Exact(560), 160));
    // An indent in characters is not taken back by one in twips.
    assert_eq!((second.first_characters, second.first), (Some(200), 0));
}

/// What the fuzzer found: the smallest number has no amount.
#[test]
fn an_indent_that_no_line_has_is_none() {
    for odd in ["-2147483648", "2147483647", "-100000"] {
        let ind = format!("<w:ind w:firstLineChars=\"{odd}\" w:hangingChars=\"0\" w:leftChars=\"{odd}\"/>");
        let layout = styled(&p(&ind, "", "甲"), "");
        let format = format(&layout, 0);
        assert_eq!((format.first_characters, format.left_characters), (None, None), "{odd}");
    }
}

#[test]
fn a_font_of_the_theme_stands_before_a_name_beside_it_and_not_before_one_that_comes_later() {
    let theme = r#"<a:theme xmlns:a="a"><a:themeElements><a:fontScheme><a:majorFont><a:latin typeface="Cambria"/><a:ea typeface=""/><a:font script="Hans" typeface="宋体"/></a:majorFont><a:minorFont><a:latin typeface="Calibri"/><a:ea typeface="等线"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>"#;
    let relationships = r#"<Relationships><Relationship Id="t" Type="x/theme" Target="theme/theme1.xml"/><Relationship Id="s" Type="x/styles" Target="styles.xml"/></Relationships>"#;
    let styles = r#"<w:styles xmlns:w="w"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="majorEastAsia"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>"#;
    let fonts = |attributes: &str| p("", &format!("<w:rFonts {attributes}/>"), "甲");
    let body = [
        fonts("w:eastAsia=\"仿宋\" w:eastAsiaTheme=\"minorEastAsia\""),
        fonts("w:eastAsia=\"仿宋\""),
        fonts("w:ascii=\"仿宋_GB2312\" w:hAnsi=\"仿宋_GB2312\""),
        fonts("w:ascii=\"Arial\""),
    ];
    let layout = with(
        &body.concat(),
        &[("word/theme/theme1.xml", theme), (RELATIONSHIPS, relationships), (STYLES, styles)],
    );
    let told = |i| {
        let Face { han, unheard, .. } = face(&layout, i);
        (han, unheard)
    };
    assert_eq!(told(0), ("等线".to_owned(), Some("仿宋".to_owned())));
    assert_eq!(told(1), ("仿宋".to_owned(), None));
    // The font of the script, where the theme leaves East Asian letters open.
    assert_eq!(told(2), ("宋体".to_owned(), Some("仿宋_GB2312".to_owned())));
    assert_eq!(told(3), ("宋体".to_owned(), None));
    assert_eq!(face(&layout, 1).latin, "Calibri");
}

#[test]
fn a_section_has_its_sheets_and_what_it_does_not_say_is_that_of_the_one_before() {
    let first = r#"<w:sectPr><w:footerReference w:type="default" r:id="f"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:bottom="1984" w:left="1500" w:right="1474" w:gutter="87"/><w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/></w:sectPr>"#;
    let last = r#"<w:sectPr><w:pgSz w:w="210mm" w:h="297mm"/><w:docGrid w:linePitch="312"/></w:sectPr>"#;
    let footer = r#"<w:ftr><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE \* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:sz w:val="28"/><w:rFonts w:ascii="宋体"/></w:rPr><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> —</w:t></w:r></w:p></w:ftr>"#;
    let body = format!("{}<w:p><w:pPr>{first}</w:pPr></w:p>{}", p("", "", "甲"), p("", "", "乙"));
    let relationships =
        r#"<Relationships><Relationship Id="f" Type="x/footer" Target="f.xml"/></Relationships>"#;
    let bytes = file(&[&*body, last].concat(), &[(RELATIONSHIPS, relationships), ("word/f.xml", footer)]);
    let manuscript = read("a.docx", &bytes).unwrap();
    let layout = manuscript.layout().unwrap();
    assert_eq!(layout.paragraphs.iter().map(|p| p.section).collect::<Vec<_>>(), [0, 0, 1]);
    let [one, two] = &layout.sections[..] else { panic!("two sections") };
    assert_eq!((one.left, one.right, one.text_width(), one.text_height()), (1587, 1474, 8845, 12756));
    assert_eq!(one.grid, Grid { line: Some(579), character: Some(-849) });
    assert_eq!((two.width, two.height, two.grid), (11906, 16838, Grid::default()));
    for section in [one, two] {
        let number = section.numbers[0].as_ref().unwrap();
        assert_eq!((&*number.text, number.align, number.typed), ("— # —", Some(Align::Right), false));
        assert_eq!((number.face.size, &*number.face.latin), (20, ""));
    }
}

/// The page number of a footer with this inside.
fn number(inside: &str) -> Option<crate::model::layout::PageNumber> {
    let sheet = super::sheet::Sheet::default();
    let mut resolver = super::resolve::Resolver::of(&sheet);
    let (number, face) = super::number::find(&format!("<w:ftr>{inside}</w:ftr>"), false, &mut resolver)?;
    let (_, faces, rows) = resolver.finish(super::Theme::default);
    Some(crate::model::layout::PageNumber { face: faces[rows[face]].clone(), ..number })
}

#[test]
fn a_page_number_is_told_by_its_field_wherever_that_stands() {
    let simple = r#"<w:p><w:r><w:t>第</w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>3</w:t></w:r></w:fldSimple><w:r><w:t>页</w:t></w:r></w:p>"#;
    let found = number(simple).unwrap();
    assert_eq!((&*found.text, found.face.size), ("第#页", 18));
    let boxed = r#"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:positionH relativeFrom="margin"><wp:align>outside</wp:align></wp:positionH><wps:txbx><w:txbxContent><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"#;
    let found = number(boxed).unwrap();
    assert_eq!((&*found.text, found.align, found.outside), ("#", None, true));
    let framed =
        r#"<w:p><w:pPr><w:framePr w:wrap="around" w:xAlign="center"/></w:pPr><w:r><w:pgNum/></w:r></w:p>"#;
    assert_eq!(number(framed).unwrap().align, Some(Align::Centre));
    let tabbed = r#"<w:p><w:r><w:tab/><w:tab/></w:r><w:r><w:pgNum/></w:r></w:p>"#;
    assert_eq!(number(tabbed).unwrap().align, Some(Align::Right));
    assert!(number("<w:p><w:r><w:t>第 1 页 共 1 页</w:t></w:r></w:p>").unwrap().typed);
    let others = r#"<w:p><w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9页</w:t></w:r></w:fldSimple></w:p><w:p><w:r><w:t>云溪县人民政府办公室</w:t></w:r></w:p>"#;
    assert_eq!(number(others), None);
}

#[test]
fn hidden_text_is_hidden_by_its_style_too() {
    let styles = r#"<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let layout = styled(&p("", "<w:rStyle w:val=\"h\"/>", "甲"), styles);
    assert!(face(&layout, 0).hidden);
}

#[test]
fn what_was_before_a_change_of_format_does_not_count() {
    let changed = "<w:jc w:val=\"center\"/><w:rPr><w:sz w:val=\"99\"/></w:rPr><w:pPrChange w:id=\"1\" w:author=\"甲\"><w:pPr><w:jc w:val=\"right\"/></w:pPr></w:pPrChange>";
    let letters = "<w:sz w:val=\"44\"/><w:rPrChange w:id=\"2\" w:author=\"甲\"><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:rPrChange>";
    let layout = styled(&p(changed, letters, "甲"), "");
    assert_eq!((format(&layout, 0).align, face(&layout, 0).size), (Align::Centre, 44));
}

#[test]
fn styles_in_a_circle_a_long_chain_and_no_styles_at_all_are_read() {
    let circle = r#"<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/><w:rPr><w:sz w:val="44"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="c"/></w:style>"#;
    let body = [p("<w:pStyle w:val=\"a\"/>", "", "甲"), p("<w:pStyle w:val=\"c\"/>", "", "乙")].concat();
    let layout = styled(&body, circle);
    assert_eq!((face(&layout, 0).size, &*face(&layout, 0).han), (44, "黑体"));
    let chain: String = (0..5_000)
        .map(|n| {
            format!(
                r#"<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{}"/><w:rPr><w:sz w:val="{}"/></w:rPr></w:style>"#,
                n + 1,
                n + 2
            )
        })
        .collect();
    let body: String = (0..5_000).map(|n| p(&format!("<w:pStyle w:val=\"s{n}\"/>"), "", "甲")).collect();
    let layout = styled(&body, &chain);
    assert_eq!(face(&layout, 7).size, 9);
    let none = file("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", &[]);
    let manuscript = read("a.docx", &none).unwrap();
    let layout = manuscript.layout().unwrap();
    assert_eq!((layout.sections.len(), face(layout, 0).size), (1, 20));
}

proptest! {
    #[test]
    fn no_markup_is_too_odd_to_be_looked_at(
        body in "(<w:(p|pPr|rPr|r|t|sectPr|ind|jc|spacing|tbl|tc)( w:(val|line|first|w)=\"[a-z0-9-]{0,6}\")?/?>|</w:(p|pPr|rPr|r|t|sectPr|tbl|tc)>|甲|&amp;){0,24}",
        styles in "(<w:(style|pPr|rPr|basedOn|sz)( w:(val|styleId)=\"[ab]\")?/?>|</w:(style|pPr|rPr)>){0,16}",
    ) {
        let bytes = file(&body, &[(STYLES, &format!("<w:styles>{styles}"))]);
        if let Ok(manuscript) = read("a.docx", &bytes) {
            let layout = manuscript.layout().unwrap();
            for look in &layout.paragraphs {
                prop_assert!(manuscript.text().get(look.range.clone()).is_some());
                for (range, _) in layout.faces(look) {
                    prop_assert!(manuscript.text().get(range).is_some());
                }
                prop_assert!(layout.section(look).is_some());
            }
        }
    }
}
