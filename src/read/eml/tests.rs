//! Mails made here.

use crate::model::{BlockKind, Gap};
use crate::read::bundle::{Bundle, contents};
use crate::read::read;

const MAIL: &str = "From: =?utf-8?B?5bCP5p2O?= <li@example.com>\r\nTo: b@example.com\r\n\
Subject: =?GB2312?B?uOa008fpv/a7443=?=\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\n--=_b\r\nContent-Type: text/plain; charset=utf-8\r\n\
Content-Transfer-Encoding: 8bit\r\n\r\n各乡镇：\r\n现将方案发给你们。\r\n--=_b\r\n\
Content-Type: text/plain; name=\"=?utf-8?B?5pa55qGILnR4dA==?=\"\r\nContent-Disposition: attachment; filename*=utf-8''%E6%96%B9%E6%A1%88.txt\r\n\
Content-Transfer-Encoding: base64\r\n\r\n6Z2S55+z6ZWH5pa55qGI44CC\r\n--=_b\r\nContent-Type: image/jpeg; name=a.jpg\r\n\
Content-Disposition: attachment; filename=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n/9j/\r\n--=_b--\r\n";

#[test]
fn a_mail_that_breaks_off_says_so() {
    let mail = "Subject: 报送材料\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n材料已报。\r\n--b1--\r\n";
    let gaps = |bytes: &[u8]| read("a.eml", bytes).unwrap().gaps().to_vec();
    assert_eq!(gaps(mail.as_bytes()), []);
    assert!(gaps(&mail.as_bytes()[..mail.len() - 8]).contains(&Gap::Rest));
}

#[test]
fn a_mail_is_its_subject_and_its_body_and_names_what_came_along() {
    let m = read("来信.eml", MAIL.as_bytes()).unwrap();
    assert_eq!(m.blocks()[0].kind, BlockKind::Title);
    assert!(m.text().ends_with("各乡镇：\n现将方案发给你们。"), "{}", m.text());
    assert_eq!(m.gaps(), [Gap::Attachments]);
    let told: Vec<_> = m.notes().iter().map(|n| n.what.zh.to_string()).collect();
    assert!(
        told.iter().any(|n| n.contains("方案.txt")) && told.iter().any(|n| n.contains("a.jpg")),
        "{told:?}"
    );
    // It is a mail by its head, whatever it is called.
    assert_eq!(read("来信.txt", MAIL.as_bytes()).unwrap().text(), m.text());
}

#[test]
fn papers_that_came_with_a_mail_are_its_members() {
    assert_eq!(contents(MAIL.as_bytes()).unwrap().papers, ["方案.txt"]);
    assert_eq!(Bundle::open(MAIL.as_bytes()).member("方案.txt").unwrap(), "青石镇方案。".as_bytes());
}

#[test]
fn a_page_goes_before_plain_words_and_broken_mails_do_not_panic() {
    let mail = "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>一段</p><p>二段</p>\r\n--b--\r\n";
    assert_eq!(read("a.eml", mail.as_bytes()).unwrap().text(), "一段\n二段");
    for cut in 0..MAIL.len() {
        let _ = read("a.eml", &MAIL.as_bytes()[..cut]);
    }
    for at in 0..MAIL.len() {
        let mut bytes = MAIL.as_bytes().to_vec();
        bytes[at] ^= 0x20;
        let _ = read("a.eml", &bytes);
    }
}

#[test]
fn soft_breaks_of_flowed_lines_go() {
    let mail = "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n全镇要在四月底以前 \r\n完成备耕。\r\n望落实。\r\n";
    assert_eq!(read("a.eml", mail.as_bytes()).unwrap().text(), "全镇要在四月底以前完成备耕。\n望落实。");
}

#[test]
fn a_mail_longer_than_any_is_read_up_to_a_limit_that_is_named() {
    let head = "Subject: a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
    let line = "清淤。".repeat(200) + "\n";
    let long = head.to_owned() + &line.repeat(super::LONGEST / line.len() + 2);
    let m = read("a.eml", long.as_bytes()).unwrap();
    assert!(m.text().len() <= super::LONGEST + 8);
    assert_eq!(m.gaps(), [Gap::Rest]);
    assert!(m.notes()[0].what.zh.contains("8 MB"));
}

#[test]
fn a_mail_of_more_parts_than_any_is_refused_and_holds_no_papers() {
    let head = "From: a@b.cn\r\nTo: c@d.cn\r\nMIME-Version: 1.0\r\nSubject: a\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n";
    let part = "--b\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\na\r\n";
    let mail = |parts: usize| [head, &part.repeat(parts), "--b--\r\n"].concat();
    let told = read("a.eml", mail(super::PARTS + 1).as_bytes()).unwrap_err();
    assert!(told.in_lang(crate::base::Lang::En).contains("20000 parts"), "{told}");
    assert!(super::papers(mail(super::PARTS + 1).as_bytes()).is_empty());
    // Papers of one name each have one of their own.
    let names = contents(mail(300).as_bytes()).unwrap().papers;
    assert_eq!((names.len(), &*names[0], &*names[1], &*names[299]), (300, "a.txt", "a-2.txt", "a-300.txt"));
}
