//! Date and place of the meeting that the facts name.

use super::Odd;
use crate::base::clause;
use crate::base::han::Date;
use crate::base::lexicon::figure_mismatch as lexicon;
use crate::model::Facts;
use crate::text;

/// What the draft says of the meeting and the facts do not.
pub(super) fn compare<'f>(text: &str, facts: &'f Facts) -> Vec<Odd<'f>> {
    let mut odd = Vec::new();
    let Some(name) = facts.text("meeting.name").filter(|n| n.chars().count() >= 4) else { return odd };
    for (at, _) in text.match_indices(&*name) {
        let sentence = clause::sentence(text, at..at + name.len());
        let words = &text[sentence.clone()];
        let Some(held) = ["召开", "举行", "举办"].iter().filter_map(|w| words.find(w)).min() else {
            continue;
        };
        odd.extend(date(words, sentence.start, held, facts));
        odd.extend(place(words, sentence.start, held, facts));
    }
    odd
}

/// 3月5日，县委在……召开……: the last date before the verb.
fn date<'f>(words: &str, start: usize, held: usize, facts: &'f Facts) -> Option<Odd<'f>> {
    let fact = facts.get("meeting.date")?;
    let want = fact.value.date()?;
    let before = &words[..held];
    // 哈日努登镇 holds no date.
    let is_day = |&(at, _): &(usize, &str)| before[..at].ends_with(|c: char| c.is_ascii_digit());
    let end = before.rmatch_indices('日').find(is_day)?.0 + '日'.len_utf8();
    let begin = before[..end]
        .rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '年' | '月' | '日')))
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let said = &before[begin..end];
    let full = if said.contains('年') { said.to_owned() } else { format!("{}年{said}", want.year) };
    let said_date = Date::parse(&full)?;
    if want.day.is_none() || said_date == want || before[end..].chars().count() > 30 {
        return None;
    }
    Some(Odd {
        what: String::new(),
        range: start + begin..start + end,
        message: text!(
            "会议日期写成“{said}”，事实文件是{want}",
            "the meeting's date is “{said}” here and {want} in the facts"
        ),
        path: "meeting.date".into(),
        at: &fact.at,
        fact: want.to_string(),
    })
}

/// 在……召开.
fn place<'f>(words: &str, start: usize, held: usize, facts: &'f Facts) -> Option<Odd<'f>> {
    let fact = facts.get("meeting.place")?;
    let want = fact.value.text()?;
    let begin = words[..held].rfind('在')? + '在'.len_utf8();
    let said = &words[begin..held];
    let is_place = lexicon::ROOMS.iter().any(|p| said.ends_with(p)) && said.chars().count() <= 20;
    if !is_place || said.contains(&*want) || want.contains(said) || said.contains(['，', '、']) {
        return None;
    }
    Some(Odd {
        what: String::new(),
        range: start + begin..start + held,
        message: text!(
            "会议地点写成“{said}”，事实文件是{want}",
            "the meeting's place is “{said}” here and {want} in the facts"
        ),
        path: "meeting.place".into(),
        at: &fact.at,
        fact: want,
    })
}
