//! Edits in hand-written documents: the words that were asked for, in their format.

use proptest::prelude::*;

use super::apply;
use crate::office::tests::{boxed, document, docx, p, part, r, raw, some_body, some_range, text};

fn edited(body: &str, edits: &[(&str, &str)]) -> String {
    let bytes = docx(body);
    let before = text(&bytes);
    let edits: Vec<_> = edits
        .iter()
        .map(|(old, new)| {
            let start = before.find(old).unwrap();
            (start..start + old.len(), (*new).to_owned())
        })
        .collect();
    let done = apply(&bytes, &edits).unwrap();
    let (old, new) = (raw(&bytes), raw(&done));
    assert!(old.iter().all(|(name, packed)| name.ends_with("document.xml") || packed == &new[name]));
    let mut expected = before.clone();
    for (range, new) in edits.iter().rev() {
        expected.replace_range(range.clone(), new);
    }
    assert_eq!(text(&done), expected);
    let xml = part(&done, "word/document.xml");
    let (head, tail) = document("|").split_once('|').map(|(h, t)| (h.len(), t.len())).unwrap();
    xml[head..xml.len() - tail].to_owned()
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

proptest! {
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
