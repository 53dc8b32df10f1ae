//! What a paper of its genre has and this one lacks (缺项). Only told where somebody declared the genre: a text that
//! is still being put together lacks much.

use std::ops::Range;

use super::kinds::Genre;
use super::sheet::Sheet;
use super::{Basis, Told};
use crate::base::Text;
use crate::base::lexicon::genre as lexicon;
use crate::text;

/// All of them, one a kind.
pub(super) fn find(text: &str, sheet: &Sheet, genre: Genre) -> Vec<Told> {
    let mut found = Vec::new();
    if genre.has_addressee() && !sheet.spoken {
        found.extend(no_addressee(sheet, genre));
        found.extend(no_signature(text, sheet, genre));
        found.extend(no_date(text, sheet, genre));
    }
    match genre {
        Genre::Request => found.extend(no_close(
            text,
            sheet,
            |last| {
                last.split(['，', '。', '；']).any(closes_request)
                    || closes_request(last) && last.contains("否，")
            },
            Text::fixed(
                "请示没有结语，如“妥否，请批示”",
                "the 请示 does not close with a request such as 妥否，请批示",
            ),
        )),
        Genre::Letter => found.extend(no_close(
            text,
            sheet,
            |last| lexicon::CLOSING_LETTER.iter().any(|w| last.contains(w)),
            Text::fixed(
                "函没有结语，如“请函复”“特此函告”",
                "the 函 does not close with words such as 请函复, 特此函告",
            ),
        )),
        Genre::Speech => found.extend(no_salutation(sheet)),
        Genre::Summary => found.extend(no_problems(text, sheet)),
        Genre::Minutes => {
            found.extend(lacks(
                text,
                sheet,
                lexicon::ATTENDANCE,
                Text::fixed("纪要没有写出席的人", "the minutes do not say who was there"),
            ));
            found.extend(lacks(
                text,
                sheet,
                lexicon::RESOLVED,
                Text::fixed(
                    "纪要没有“会议认为”“会议议定”一类的话",
                    "the minutes do not say what was held or resolved",
                ),
            ));
        }
        Genre::Reply => found.extend(reply(text, sheet)),
        _ => {}
    }
    found
}

/// Where what is missing at the head is told: the title, or else the first paragraph.
fn head(sheet: &Sheet) -> Option<Range<usize>> {
    sheet.title.clone().or_else(|| sheet.body.first().cloned())
}

fn no_addressee(sheet: &Sheet, genre: Genre) -> Option<Told> {
    if sheet.addressee.is_some() {
        return None;
    }
    let name = genre.zh();
    Some(Told::new(
        head(sheet)?,
        text!("{name}没有主送机关", "the {name} is addressed to nobody"),
        Text::fixed("标题下面写主送机关，后面用冒号", "name the addressee under the title, with a colon"),
        Basis::Article("第九条第（八）项", "article 9 (8)"),
    ))
}

fn no_signature(text: &str, sheet: &Sheet, genre: Genre) -> Option<Told> {
    if sheet.signature.is_some() {
        return None;
    }
    // It is missing between the last sentence and the date.
    let last = sheet.last(text).map(|r| {
        let words = text[r.clone()].trim_end_matches(['。', '！']);
        let from = words.rfind(['。', '！', '；']).map_or(0, |at| at + '。'.len_utf8());
        r.start + from..r.end
    });
    let at = match (last, sheet.date.clone()) {
        (Some(last), Some(date)) if last.start < date.end => last.start..date.end,
        (last, date) => date.or(last).or_else(|| head(sheet))?,
    };
    let name = genre.zh();
    Some(Told::new(
        at,
        text!("{name}没有发文机关署名", "the {name} does not say which office issues it"),
        Text::fixed("在成文日期上面写发文机关", "name the office above the date"),
        Basis::Article("第九条第（十一）项", "article 9 (11)"),
    ))
}

fn no_date(text: &str, sheet: &Sheet, genre: Genre) -> Option<Told> {
    if sheet.date.is_some() {
        return None;
    }
    let at = sheet.signature.clone().or_else(|| sheet.last(text)).or_else(|| head(sheet))?;
    let name = genre.zh();
    Some(Told::new(
        at,
        text!("{name}没有成文日期", "the {name} has no date of issue"),
        Text::fixed("在署名下面写年月日", "write year, month and day under the office"),
        Basis::Article("第九条第（十二）项", "article 9 (12)"),
    ))
}

/// The last paragraph without the words that close a paper of this genre.
fn no_close(text: &str, sheet: &Sheet, closes: fn(&str) -> bool, message: Text) -> Option<Told> {
    let last = sheet.last(text)?;
    if closes(&text[last.clone()]) {
        return None;
    }
    let help = Text::fixed("最后另起一段写结语", "add a closing line as a paragraph of its own");
    Some(Told::new(last, message, help, Basis::Custom))
}

/// 请批示, 恳请批准, 盼予支持: asked for, and what.
fn closes_request(clause: &str) -> bool {
    ["请", "望", "盼", "妥否", "当否", "可否", "是否"].iter().any(|w| clause.contains(w))
        && lexicon::CLOSING_REQUEST.iter().any(|w| clause.contains(w))
}

fn no_salutation(sheet: &Sheet) -> Option<Told> {
    if sheet.addressee.is_some() {
        return None;
    }
    let at = sheet.body.first().cloned().or_else(|| head(sheet))?;
    let message = Text::fixed("讲话没有称谓，如“同志们：”", "the speech addresses nobody, as by 同志们：");
    Some(Told::new(
        at,
        message,
        Text::fixed("正文前写称谓", "add a salutation before the text"),
        Basis::Custom,
    ))
}

fn no_problems(text: &str, sheet: &Sheet) -> Option<Told> {
    let mut own: Vec<&str> = Vec::new();
    for block in &sheet.body {
        own.extend(text[block.clone()].split(['。', '；', '，', '、', '：', '！']));
    }
    let is_lack = |clause: &&str| {
        let told = lexicon::PROBLEMS.iter().any(|w| clause.contains(w));
        let settled = ["解决", "化解", "整改", "破解", "攻克"].iter().any(|w| clause.contains(w));
        told && !settled && !lexicon::PROBLEMS_NONE.iter().any(|w| clause.contains(w))
    };
    if own.iter().any(is_lack) {
        return None;
    }
    // The paper as a whole lacks it: its head, title and opening, is where that is told.
    let first = sheet.body.first().cloned()?;
    let at = sheet.title.as_ref().map_or(first.start, |t| t.start).min(first.start)..first.end;
    let message = Text::fixed("总结没有写问题和不足", "the summary names no problem or shortcoming");
    Some(Told::new(at, message, Text::fixed("补写存在的问题", "say what is lacking"), Basis::Custom))
}

/// Nothing of what papers of this kind say.
fn lacks(text: &str, sheet: &Sheet, words: &[&str], message: Text) -> Option<Told> {
    let all = &text[sheet.title.as_ref().map_or(sheet.all().start, |t| t.start)..];
    if words.iter().any(|w| all.contains(w)) {
        return None;
    }
    Some(Told::new(
        head(sheet)?,
        message,
        Text::fixed("看看是不是漏了", "see whether it was left out"),
        Basis::Custom,
    ))
}

/// A 批复 names what it answers, and says yes or no.
fn reply(text: &str, sheet: &Sheet) -> Option<Told> {
    let first = sheet.body.first().cloned()?;
    let all = &text[sheet.all()];
    let named = ["请示", "来文", "收悉", "你县", "你镇", "你局"].iter().any(|w| all.contains(w));
    let decided = lexicon::ATTITUDES.iter().any(|w| all.contains(w));
    let message = match (named, decided) {
        (false, _) => Text::fixed("批复没有引述来文", "the reply does not name the request that it answers"),
        (_, false) => Text::fixed("批复没有表明态度", "the reply says neither yes nor no"),
        _ => return None,
    };
    let help = Text::fixed(
        "先引来文标题和文号，再写是否同意",
        "name title and number of the request, then say whether it is granted",
    );
    Some(Told::new(first, message, help, Basis::Custom))
}
