//! Edits in hand-written documents: the words that were asked for, in their format.

use std::ops::Range;

use proptest::prelude::*;

use super::{apply, body, track};
use crate::base::Lang;
use crate::office::tests::{DAY, boxed, document, docx, p, part, r, raw, some_body, some_range, text};
use crate::office::xml::{Token, each};

/// Words and what they are to become, by where they stand.
fn places(text: &str, edits: &[(&str, &str)]) -> Vec<(Range<usize>, String)> {
    let place = |(old, new): &(&str, &str)| {
        let start = text.find(old).unwrap();
        (start..start + old.len(), (*new).to_owned())
    };
    edits.iter().map(place).collect()
}

fn edited(body: &str, edits: &[(&str, &str)]) -> String {
    let bytes = docx(body);
    let before = text(&bytes);
    let edits = places(&before, edits);
    let done = apply(&bytes, &edits).unwrap();
    let (old, new) = (raw(&bytes), raw(&done));
    assert!(old.iter().all(|(name, packed)| name.ends_with("document.xml") || packed == &new[name]));
    let mut expected = before.clone();
    for (range, new) in edits.iter().rev() {
        expected.replace_range(range.clone(), new);
    }
    assert_eq!(text(&done), expected);
    body_of(&done)
}

fn body_of(bytes: &[u8]) -> String {
    let xml = part(bytes, "word/document.xml");
    let (head, tail) = document("|").split_once('|').map(|(h, t)| (h.len(), t.len())).unwrap();
    xml[head..xml.len() - tail].to_owned()
}

/// What stands in the XML: each character with the format of its run, and every other element; that a run is
/// parted says nothing. Tracked changes are accepted or rejected on the way.
fn flat(xml: &str, accepts: bool) -> Vec<String> {
    let gone = if accepts { "del" } else { "ins" };
    let (mut all, mut open, mut format, mut leaving) = (Vec::new(), Vec::<String>::new(), String::new(), 0);
    let sound = each(xml, |token, at| {
        let raw = xml[at].to_owned();
        match token {
            Token::Start(e) => {
                let name = e.name();
                open.push(name.to_owned());
                leaving += usize::from(leaving > 0 || name == gone);
                if name == "r" {
                    format.clear();
                } else if open.iter().any(|name| name == "rPr") {
                    format += &raw;
                } else if leaving == 0 && !["t", "delText", "ins", "del"].contains(&name) {
                    all.push(raw);
                }
            }
            Token::End(name) => {
                open.pop();
                let formats = open.iter().any(|name| name == "rPr");
                if leaving == 0 && !formats && !["r", "rPr", "t", "delText", "ins", "del"].contains(&name) {
                    all.push(format!("/{name}"));
                }
                leaving = leaving.saturating_sub(1);
            }
            Token::Text(words) | Token::Cdata(words) | Token::Reference(words) if leaving == 0 => {
                all.extend(words.chars().map(|c| format!("{format}{c}")));
            }
            _ => {}
        }
    });
    assert!(sound, "{xml}");
    all
}

/// The body with tracked edits, which accepted are what the plain ones give, and rejected what was there.
fn tracked(body: &str, edits: &[(&str, &str)]) -> String {
    let bytes = docx(body);
    let edits = places(&text(&bytes), edits);
    holds_when_resolved(&bytes, &edits);
    let done = body_of(&track(&bytes, &edits, DAY).unwrap());
    assert!(
        !done.contains("<w:rPr><w:b/></w:rPr></w:r>") && !done.contains("<w:t></w:t>"),
        "no empty run: {done}"
    );
    done
}

fn holds_when_resolved(bytes: &[u8], edits: &[(Range<usize>, String)]) {
    let (plain, done) = (apply(bytes, edits).unwrap(), track(bytes, edits, DAY).unwrap());
    let [old, plain, done] = [bytes, &plain, &done].map(body_of);
    assert_eq!(flat(&done, true), flat(&plain, true), "{done}");
    assert_eq!(flat(&done, false), flat(&old, false), "{done}");
    assert_eq!(body::read_rejected(&document(&done)).text(), body::read_rejected(&document(&old)).text());
}

#[test]
fn an_edit_changes_only_what_differs_and_keeps_the_format() {
    assert_eq!(edited(&p("投入3.2亿元"), &[("3.2亿元", "2.3亿元")]), p("投入2.3亿元"));
    let two = format!("<w:p>{}<w:r><w:t>亿元</w:t></w:r></w:p>", r("投入3.2"));
    assert_eq!(
        edited(&two, &[("3.2亿元", "2.3万元")]),
        format!("<w:p>{}<w:r><w:t>元</w:t></w:r></w:p>", r("投入2.3万"))
    );
    assert_eq!(edited(&p("的的"), &[("的的", "的")]), p("的"));
    assert_eq!(edited(&p("甲、，乙"), &[("、", "")]), p("甲，乙"));
    assert_eq!(edited(&p("A&amp;B"), &[("&", "<&>")]), p("A&lt;&amp;&gt;B"));
    assert_eq!(
        edited(&p("甲乙"), &[("甲乙", "甲 乙"),]),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">甲 乙</w:t></w:r></w:p>"
    );
    assert_eq!(
        edited("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>", &[("\t", "、")]),
        "<w:p><w:r><w:t>甲</w:t><w:t xml:space=\"preserve\">、</w:t><w:t>乙</w:t></w:r></w:p>"
    );
    edited("<w:p><w:r><w:t><![CDATA[甲乙]]></w:t></w:r></w:p>", &[("乙", "<丙>")]);
    edited(&p("甲乙丙"), &[("甲", "一\t二"), ("丙", "三\n四")]);
    edited(
        "<w:p><w:r><w:ruby><w:rubyBase><w:r><w:t>云岭</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        &[("云", "松")],
    );
    edited(
        "<w:p><w:ins><w:r><w:t>新字</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>样</w:t></w:r></w:p>",
        &[("字样", "貌")],
    );
}

#[test]
fn both_copies_of_a_text_box_are_changed() {
    let done = edited(&boxed("之前", "联系人：某某 电话"), &[("某某", "李远山")]);
    assert_eq!(done, boxed("之前", "联系人：李远山 电话"));
    assert_eq!(edited(&boxed("之前", "旧人"), &[("前之", "后之")]), boxed("之后", "旧人"));
}

#[test]
fn unsafe_edits_are_refused() {
    let bytes = docx(&[p("前"), p("A&amp;后")].concat());
    for (range, new) in [(0..4, "x"), (1..3, "x"), (0..99, "x"), (0..3, "\u{1}")] {
        assert!(apply(&bytes, &[(range, new.to_owned())]).is_err());
    }
    assert!(apply(&bytes, &[(0..3, "x".into()), (0..3, "y".into())]).is_err());
    assert!(apply(&bytes, &[]).unwrap() == bytes);
}

const SIGNED: &str = r#"w:author="文稿 wengao" w:date="2026-03-05T00:00:00Z""#;

#[test]
fn a_tracked_edit_shows_what_went_and_what_came_in_the_format_of_the_run() {
    let bold = "<w:r><w:rPr><w:b/></w:rPr>";
    assert_eq!(
        tracked(&p("建成率82.4%，达标"), &[("82.4%", "91%")]),
        [
            &*format!("<w:p>{bold}<w:t>建成率</w:t></w:r>"),
            &format!(r#"<w:del w:id="0" {SIGNED}>{bold}<w:delText xml:space="preserve">82.4</w:delText></w:r></w:del>"#),
            &format!(r#"<w:ins w:id="1" {SIGNED}>{bold}<w:t xml:space="preserve">91</w:t></w:r></w:ins>"#),
            &format!(r#"{bold}<w:t xml:space="preserve">%，达标</w:t></w:r></w:p>"#),
        ]
        .concat()
    );
    // A whole run, words put in before and behind, and nothing but deleted.
    let whole = tracked(&p("周明达"), &[("周明达", "林知远")]);
    assert!(whole.starts_with("<w:p><w:del ") && whole.ends_with("</w:ins></w:p>"), "{whole}");
    assert_eq!(tracked(&p("在前"), &[("在", "")]).matches("<w:ins").count(), 0);
    assert!(tracked(&p("县"), &[("县", "云岭县")]).starts_with("<w:p><w:ins "));
    assert!(tracked(&p("云岭"), &[("云岭", "云岭县")]).ends_with("</w:ins></w:p>"));
}

#[test]
fn a_mark_whose_number_is_the_last_there_is_does_not_stop_the_counting() {
    let last = format!("<w:bookmarkStart w:id=\"{}\" w:name=\"a\"/>{}", u64::MAX, p("投入3.2亿元，占3成"));
    let done = tracked(&last, &[("3.2", "2.3"), ("3成", "4成")]);
    assert!(done.contains("w:id=\"0\"") && done.contains("w:id=\"1\""), "{done}");
}

#[test]
fn tracked_edits_stand_in_whatever_wraps_their_words() {
    let two = format!("<w:p>{}<w:r><w:t>亿元</w:t></w:r></w:p>", r("投入3.2"));
    for (body, edits) in [
        (two, &[("3.2亿元", "4万元")][..]),
        (p("A&amp;B，甲"), &[("&", "<&>"), ("，", "、"), ("甲", "乙")]),
        (p("3月5日至6日"), &[("3月5日", "4月1日"), ("6日", "2日")]),
        (
            "<w:p><w:r><w:t>甲 </w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>".into(),
            &[("甲 \t乙\n", "丁\t")],
        ),
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>".into(), &[("\t", "、"), ("乙", "")]),
        ("<w:p><w:r><w:t><![CDATA[甲乙丙]]></w:t></w:r></w:p>".into(), &[("乙", "<丁>")]),
        ("<w:p><w:r><w:t>一<![CDATA[甲乙]]>丙</w:t></w:r></w:p>".into(), &[("乙丙", "丁")]),
        ("<w:p><w:r><w:t>甲 <!-- 旧 -->乙 丙</w:t></w:r></w:p>".into(), &[(" 乙", "丁")]),
        (format!("<w:p><w:hyperlink>{}</w:hyperlink>{}</w:p>", r("共8"), r("0人")), &[("80", "91")]),
        (
            format!(
                "<w:p><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
                r("3月5日")
            ),
            &[("5", "6")],
        ),
        ("<w:p><w:r><w:t>甲</w:t><w:drawing/><w:t>乙</w:t></w:r></w:p>".into(), &[("甲乙", "丙")]),
        (boxed("之前", "联系人：某某 电话"), &[("某某", "李远山")]),
        (format!("<w:p><w:ins w:id=\"7\">{}</w:ins>{}</w:p>", r("新"), r("旧")), &[("旧", "老")]),
    ] {
        tracked(&body, edits);
    }
    // Both copies of a text box, and numbers that nobody has.
    assert_eq!(tracked(&boxed("前", "某某"), &[("某某", "李远山")]).matches("<w:ins ").count(), 2);
    let seven = format!("<w:p><w:bookmarkStart w:id=\"7\"/>{}</w:p>", r("旧"));
    assert!(tracked(&seven, &[("旧", "新")]).contains(r#"<w:del w:id="8""#));
}

#[test]
fn what_cannot_be_tracked_is_refused_and_says_why() {
    let inserted = format!("<w:p><w:ins w:id=\"1\">{}</w:ins></w:p>", r("新字"));
    let ruby = "<w:p><w:r><w:ruby><w:rubyBase><w:r><w:t>云岭</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>";
    let math = "<w:p><m:oMath><m:r><m:t>云</m:t></m:r></m:oMath></w:p>";
    let said = |body: &str| {
        let bytes = docx(body);
        let edit = (0.."云".len(), "松".to_owned());
        assert!(apply(&bytes, std::slice::from_ref(&edit)).is_ok());
        track(&bytes, &[edit], DAY).unwrap_err().in_lang(Lang::Zh)
    };
    assert!(said(&inserted).contains("别人的修订"));
    assert!(said(ruby).contains("没有改") && said(math).contains("没有改"));
    assert!(track(b"text", &[(0..1, String::new())], DAY).is_err());
}

proptest! {
    /// Tracked edits are refused, or show the plain ones accepted and the old text rejected.
    #[test]
    fn tracked_edits_resolve_to_new_and_old(body in some_body(), picks in proptest::collection::vec((0usize..99, 0usize..99, "[甲乙 &<>\t\n]{0,3}"), 1..4)) {
        let bytes = docx(&body);
        let text = text(&bytes);
        let mut edits: Vec<_> = picks.into_iter().filter_map(|(a, b, new)| Some((some_range(&text, a, b)?, new))).collect();
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        edits.dedup_by(|later, earlier| later.0.start < earlier.0.end);
        if !edits.is_empty() && apply(&bytes, &edits).is_ok() && track(&bytes, &edits, DAY).is_ok() {
            holds_when_resolved(&bytes, &edits);
        }
    }

    /// An edit gives the text that was asked for or is refused.
    #[test]
    fn edits_say_what_was_asked_for(body in some_body(), a in 0usize..99, b in 0usize..99, new in "[甲乙 &<>\t\n]{0,4}") {
        let bytes = docx(&body);
        let text = text(&bytes);
        let Some(range) = some_range(&text, a, b) else { return Ok(()) };
        if let Ok(done) = apply(&bytes, &[(range.clone(), new.clone())]) {
            let mut expected = text.clone();
            expected.replace_range(range, &new);
            prop_assert_eq!(self::text(&done), expected);
        }
    }
}
