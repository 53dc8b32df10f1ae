//! Hand-written .odt files: what is changed in them and what stays.

use std::ops::Range;

use proptest::prelude::*;

use super::{annotate, apply, track};
use crate::base::Lang;
use crate::office::comment::Comment;
use crate::office::tests::{DAY, part, raw, zip};
use crate::read::read;

const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="s" xmlns:draw="d" xmlns:table="tb""#;

fn content(body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    )
}

fn odt(body: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("Pictures/1.png", b"\x89PNG"),
        ("content.xml", content(body).as_bytes()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
    ])
}

fn text(bytes: &[u8]) -> String {
    read("a.odt", bytes).unwrap().into_text()
}

/// What the body becomes when these words become others.
fn changed(body: &str, old: &str, new: &str) -> String {
    let bytes = odt(body);
    let start = text(&bytes).find(old).unwrap();
    let out = apply(&bytes, &[(start..start + old.len(), new.to_owned())]);
    let out = out.unwrap_or_else(|error| panic!("{body}: {error:?}"));
    assert_eq!(text(&out), text(&bytes).replacen(old, new, 1), "{body}");
    inner(&out)
}

fn inner(bytes: &[u8]) -> String {
    let (xml, around) = (part(bytes, "content.xml"), content("|"));
    let (head, tail) = around.split_once('|').unwrap();
    xml[head.len()..xml.len() - tail.len()].to_owned()
}

#[test]
fn words_are_changed_where_they_stand_and_nothing_else() {
    for (body, old, new, wanted) in [
        (
            "<text:p>备<text:span text:style-name=\"T1\">耕早</text:span>动手</text:p>",
            "早",
            "要早",
            "<text:p>备<text:span text:style-name=\"T1\">耕要早</text:span>动手</text:p>",
        ),
        (
            "<text:p>甲<text:span>乙丙</text:span>丁</text:p>",
            "甲乙",
            "子",
            "<text:p>子<text:span>丙</text:span>丁</text:p>",
        ),
        ("<text:p>一&amp;二</text:p>", "&", "和", "<text:p>一和二</text:p>"),
        ("<text:p>一和二</text:p>", "和", "<&", "<text:p>一&lt;&amp;二</text:p>"),
        ("<text:p>一<text:s text:c=\"2\"/>二</text:p>", "  ", "", "<text:p>一二</text:p>"),
        ("<text:p>一<text:tab></text:tab>二</text:p>", "\t", "，", "<text:p>一，二</text:p>"),
        ("<text:p>一\n  二</text:p>", " ", "", "<text:p>一二</text:p>"),
        ("<text:p>甲 乙 丙</text:p>", "乙", "", "<text:p>甲 <text:s/>丙</text:p>"),
        ("<text:p>甲 乙</text:p>", "乙", "", "<text:p>甲<text:s/></text:p>"),
        (
            "<text:p>甲乙</text:p>",
            "乙",
            "  b c\td\n",
            "<text:p>甲<text:s/><text:s/>b c<text:tab/>d<text:line-break/></text:p>",
        ),
        (
            "<text:p>甲<![CDATA[乙丙]]></text:p>",
            "丙",
            "戊",
            "<text:p>甲<![CDATA[乙]]>戊<![CDATA[]]></text:p>",
        ),
        (
            "<text:p>甲<text:date text:fixed=\"true\">3月5日</text:date>到</text:p>",
            "3月5日",
            "5月3日",
            "<text:p>甲5月3日到</text:p>",
        ),
    ] {
        assert_eq!(changed(body, old, new), wanted, "{body}");
    }
}

#[test]
fn all_other_parts_stay_byte_for_byte_and_the_kind_stays_first() {
    let bytes = odt("<text:p>甲乙</text:p>");
    let out = apply(&bytes, &[(0..3, "子".to_owned())]).unwrap();
    let (mut before, mut after) = (raw(&bytes), raw(&out));
    assert!(before.remove("content.xml").is_some() && after.remove("content.xml").is_some());
    assert_eq!(before, after);
    assert_eq!((&out[26..30], &out[30..38]), (&[8, 0, 0, 0][..], &b"mimetype"[..]));
    assert_eq!(&out[8..10], &bytes[8..10]);
    assert_eq!(apply(&bytes, &[]).unwrap(), bytes);
}

#[test]
fn what_cannot_be_changed_safely_is_refused() {
    let refused = |bytes: &[u8], range: Range<usize>, new: &str| {
        apply(bytes, &[(range, new.to_owned())]).unwrap_err().in_lang(Lang::Zh)
    };
    let bytes = odt("<text:p>甲<text:date>3月5日</text:date></text:p><text:p>乙</text:p>");
    assert!(refused(&bytes, 4..7, "四").contains("没有改"));
    assert!(refused(&bytes, 0..15, "一").contains("没有改"));
    assert!(refused(&bytes, 0..3, "\u{1}").contains("控制字符"));
    assert!(refused(&bytes, 90..91, "甲").contains("不在文稿里"));
    let signed = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content("<text:p>甲</text:p>").as_bytes()),
        ("META-INF/documentsignatures.xml", b"<x/>"),
    ]);
    assert!(refused(&signed, 0..3, "乙").contains("数字签名"));
    let manuscript = read("a.odt", &signed).unwrap();
    let note = Comment { range: 0..3, lines: vec!["查".to_owned()] };
    assert!(annotate(&signed, &manuscript, &[note], DAY).is_err());
}

/// The document with comments on these words.
fn noted(bytes: &[u8], words: &[&str]) -> Vec<u8> {
    let manuscript = read("a.odt", bytes).unwrap();
    let comments: Vec<Comment> = words
        .iter()
        .map(|words| {
            let start = manuscript.text().find(words).unwrap();
            Comment {
                range: start..start + words.len(),
                lines: vec![format!("查“{words}”"), "<二>".to_owned()],
            }
        })
        .collect();
    let out = annotate(bytes, &manuscript, &comments, DAY).unwrap();
    assert_eq!(text(&out), manuscript.text());
    out
}

#[test]
fn a_comment_stands_round_its_words() {
    let bytes = odt("<text:p>备<text:span>耕早</text:span>动手</text:p>");
    let dc = " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    assert_eq!(
        inner(&noted(&bytes, &["早动"])),
        format!(
            "<text:p>备<text:span>耕<office:annotation{dc} office:name=\"wengao-1\"><dc:creator>文稿 wengao</dc:creator><dc:date>2026-03-05T00:00:00</dc:date><text:p>查“早动”</text:p><text:p>&lt;二&gt;</text:p></office:annotation>早</text:span>动<office:annotation-end{dc} office:name=\"wengao-1\"/>手</text:p>"
        )
    );
}

#[test]
fn comments_keep_out_of_boxes_fields_and_pinyin() {
    for (body, words, before, behind) in [
        (
            "<text:p>前<draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box></draw:frame>后</text:p>",
            "框",
            "前",
            "后",
        ),
        ("<text:p>前<text:date>3月5日</text:date>后</text:p>", "3月", "前", "后"),
        (
            "<text:p>前<text:ruby><text:ruby-base>汉字</text:ruby-base><text:ruby-text>h</text:ruby-text></text:ruby>后</text:p>",
            "汉",
            "前",
            "后",
        ),
        (
            "<draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box></draw:frame><text:p>前后</text:p>",
            "框",
            "<text:p>",
            "后",
        ),
    ] {
        let out = inner(&noted(&odt(body), &[words]));
        let start = out.find("<office:annotation ").unwrap();
        assert!(out[..start].ends_with(before), "{out}");
        let (_, rest) = out.split_once("<office:annotation-end").unwrap();
        assert!(rest.split_once("/>").unwrap().1.starts_with(behind), "{out}");
    }
}

#[test]
fn old_comments_of_the_program_go_and_those_of_others_stay() {
    let theirs = "<office:annotation office:name=\"a\"><dc:creator xmlns:dc=\"dc\">某</dc:creator><text:p>再核</text:p></office:annotation>";
    let bytes = odt(&format!(
        "<text:p>备{theirs}耕早<office:annotation-end office:name=\"a\"/>动手</text:p><text:p>完</text:p>"
    ));
    let once = noted(&bytes, &["耕", "早动", "完"]);
    assert_eq!(noted(&once, &["耕", "早动", "完"]), once);
    let bare = noted(&once, &[]);
    assert_eq!(inner(&bare), inner(&bytes));
    assert_eq!(read("a.odt", &once).unwrap().carried().len(), 2);
    assert_eq!(noted(&bytes, &[]), bytes);
}

#[test]
fn one_file_of_xml_is_written_back_as_one() {
    let flat = |words: &str| {
        format!(
            "\u{FEFF}<?xml version=\"1.0\"?><office:document {NAMES} office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text><text:p>{words}</text:p></office:text></office:body></office:document>"
        )
    };
    let bytes = flat("甲乙").into_bytes();
    let out = apply(&bytes, &[(0..3, "子".to_owned())]).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), flat("子乙"));
    let out = noted(&bytes, &["乙"]);
    assert!(String::from_utf8(out).unwrap().contains("甲<office:annotation"));
}

#[test]
fn a_tracked_change_keeps_what_went_and_marks_what_came() {
    let bytes = odt(
        "<text:p text:style-name=\"P1\">备<text:span text:style-name=\"T1\">耕 早</text:span>动手</text:p>",
    );
    let dc = " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    let out = track(&bytes, &[(3..7, "播".to_owned()), (10..10, "就".to_owned())], DAY).unwrap();
    assert_eq!(text(&out), "备播早就动手");
    let info = "<office:change-info><dc:creator>文稿 wengao</dc:creator><dc:date>2026-03-05T00:00:00</dc:date></office:change-info>";
    assert!(inner(&out).starts_with(&format!(
        "<text:tracked-changes{dc}><text:changed-region{dc} xml:id=\"wengao-c1\" text:id=\"wengao-c1\"><text:deletion>{info}<text:p text:style-name=\"P1\"><text:span text:style-name=\"T1\">耕<text:s/></text:span></text:p></text:deletion></text:changed-region>"
    )), "{}", inner(&out));
    assert!(inner(&out).contains(&format!("<text:change{dc} text:change-id=\"wengao-c1\"/>")));
    assert!(inner(&out).contains(&format!(
        "早<text:change-start{dc} text:change-id=\"wengao-c3\"/>就<text:change-end{dc} text:change-id=\"wengao-c3\"/></text:span>动手"
    )), "{}", inner(&out));
    // Somebody's own insertion is left to her.
    let start = text(&out).find('播').unwrap();
    assert!(track(&out, &[(start..start + 3, "种".to_owned())], DAY).is_err());
}

/// A paragraph of words, signs, spans and fields.
fn piece() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[甲乙 a1，。]{0,4}",
        Just("&amp;".to_owned()),
        Just("\n  ".to_owned()),
        Just("<text:s/>".to_owned()),
        Just("<text:s text:c=\"3\"/>".to_owned()),
        Just("<text:tab/>".to_owned()),
        Just("<text:date>3月</text:date>".to_owned()),
        Just("<![CDATA[丙 丁]]>".to_owned()),
        Just("<draw:frame><draw:text-box><text:p>框 里</text:p></draw:text-box></draw:frame>".to_owned()),
        Just(
            "<text:ruby><text:ruby-base>汉</text:ruby-base><text:ruby-text>h</text:ruby-text></text:ruby>"
                .to_owned()
        ),
    ];
    prop::collection::vec((leaf, any::<bool>()), 0..6).prop_map(|all| {
        let one = |(words, span): (String, bool)| {
            if span { format!("<text:span text:style-name=\"T1\">{words}</text:span>") } else { words }
        };
        all.into_iter().map(one).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_there_a_change_says_what_it_should_or_is_refused(
        bodies in prop::collection::vec(piece(), 1..4), from in 0usize..40, len in 0usize..6,
        new in "[戊 3，]{0,3}", tracked in any::<bool>(),
    ) {
        let body: String = bodies.iter().map(|p| format!("<text:p>{p}</text:p>")).collect();
        let bytes = odt(&body);
        let before = text(&bytes);
        let place = |n: usize| before.char_indices().nth(n).map_or(before.len(), |(at, _)| at);
        let range = place(from)..place(from + len);
        let mut wanted = before.clone();
        wanted.replace_range(range.clone(), &new);
        let put = if tracked { track(&bytes, &[(range, new)], DAY) } else { apply(&bytes, &[(range, new)]) };
        if let Ok(out) = put {
            prop_assert_eq!(text(&out), wanted);
        }
    }

    #[test]
    fn comments_change_no_text_and_go_without_a_trace(
        bodies in prop::collection::vec(piece(), 1..4), from in 0usize..40, len in 0usize..12,
    ) {
        let body: String = bodies.iter().map(|p| format!("<text:p>{p}</text:p>")).collect();
        let bytes = odt(&body);
        let manuscript = read("a.odt", &bytes).unwrap();
        let before = manuscript.text();
        let place = |n: usize| before.char_indices().nth(n).map_or(before.len(), |(at, _)| at);
        let comment = Comment { range: place(from)..place(from + len), lines: vec!["查".to_owned()] };
        if !before.trim().is_empty() {
            let out = annotate(&bytes, &manuscript, &[comment], DAY).unwrap();
            prop_assert_eq!(text(&out), before);
            let bare = annotate(&out, &read("a.odt", &out).unwrap(), &[], DAY).unwrap();
            // What stood in one CDATA may stand in two.
            let joined = |bytes: &[u8]| part(bytes, "content.xml").replace("]]><![CDATA[", "");
            prop_assert_eq!(joined(&bare), joined(&bytes));
        }
    }
}
