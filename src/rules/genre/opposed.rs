//! What contradicts the genre (与文种相抵触): a second matter or a second addressee in a 请示, a 报告 that asks for
//! approval, a 函 that gives orders, the words of another genre.

use std::collections::BTreeSet;
use std::ops::Range;

use super::kinds::Genre;
use super::sheet::Sheet;
use super::{Basis, Told};
use crate::base::Text;
use crate::base::han::is_han;
use crate::base::lexicon::genre as lexicon;
use crate::text;

/// All of them, one a kind.
pub(super) fn find(text: &str, sheet: &Sheet, genre: Genre) -> Vec<Told> {
    let mut found = Vec::new();
    if genre == Genre::Request {
        found.extend(two_matters(text, sheet));
    }
    if genre.is_upward() {
        found.extend(two_addressees(text, sheet, genre));
        found.extend(copied_down(text, sheet, genre));
    }
    if genre == Genre::Report {
        found.extend(asks(text, sheet));
    }
    if genre == Genre::Letter {
        found.extend(orders(text, sheet));
    }
    if genre == Genre::Reply {
        found.extend(answers_no_request(text, sheet));
    }
    found.extend(foreign(text, sheet, genre));
    found
}

/// The clauses of the text, with their bytes.
fn clauses<'t>(text: &'t str, sheet: &'t Sheet) -> impl Iterator<Item = Range<usize>> + 't {
    sheet.body.iter().flat_map(move |block| {
        let words = &text[block.clone()];
        let mut start = 0;
        let marks = words
            .char_indices()
            .filter(|(_, c)| matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | '（' | '）' | ','));
        let ends: Vec<(usize, usize)> =
            marks.map(|(at, c)| (at, c.len_utf8())).chain([(words.len(), 0)]).collect();
        ends.into_iter().filter_map(move |(end, mark)| {
            let range = block.start + start..block.start + end;
            start = end + mark;
            (!range.is_empty()).then_some(range)
        })
    })
}

const ONE_MATTER: Basis = Basis::Article("第十五条第（四）项", "article 15 (4)");

/// A second matter: in the title, or in a paragraph of its own behind the first.
fn two_matters(text: &str, sheet: &Sheet) -> Option<Told> {
    let help =
        Text::fixed("一件事写一份请示，另一件另行请示", "write one request a matter, the other on its own");
    let told = |range: Range<usize>| {
        let words = super::super::excerpt(&text[range.clone()], 24);
        Told::new(
            range,
            text!("请示应当一文一事，“{words}”是另一件事", "a 请示 has one matter; “{words}” is another"),
            help.clone(),
            ONE_MATTER,
        )
    };
    if let Some(range) = sheet.title.as_ref().and_then(|title| matters_of_title(text, title)) {
        return Some(told(range));
    }
    let title = sheet.title.clone().map_or("", |t| &text[t]);
    if let Some(range) = numbered_matters(text, sheet) {
        return Some(told(range));
    }
    let mut second = sheet.body.iter().flat_map(|block| sentences(text, block));
    if let Some(range) = second.find(|range| is_second_matter(&text[range.clone()], title)) {
        return Some(told(range));
    }
    sheet
        .body
        .iter()
        .skip(1)
        .find(|block| is_of_another_kind(&text[(*block).clone()], title))
        .cloned()
        .map(told)
}

/// A paragraph that asks for something of another kind than the title's, and shares no word with it.
fn is_of_another_kind(words: &str, title: &str) -> bool {
    let (own, titled) = (classes(words), classes(title));
    let apart = !own.is_empty() && !titled.is_empty() && own.is_disjoint(&titled);
    apart && lexicon::REQUESTS.iter().any(|w| words.contains(w)) && shared(words, title) == 0
}

/// The sentences of a paragraph that open with a word of more, each up to the end of the paragraph.
fn sentences(text: &str, block: &Range<usize>) -> Vec<Range<usize>> {
    let words = &text[block.clone()];
    let starts = std::iter::once(0).chain(words.match_indices(['。', '；']).map(|(at, w)| at + w.len()));
    let opens = |at: &usize| lexicon::MORE.iter().any(|w| words[*at..].starts_with(w));
    starts.filter(opens).map(|at| block.start + at..block.end).collect()
}

/// 一、关于防汛经费…恳请安排… 二、关于人员编制…请予核定…: numbered matters of two kinds, each with a request.
fn numbered_matters(text: &str, sheet: &Sheet) -> Option<Range<usize>> {
    let opens = |r: &&Range<usize>| {
        let line = text[(*r).clone()].trim_start_matches(['（', '(']);
        let number = line.chars().next().is_some_and(crate::base::han::is_counting);
        number && line.chars().nth(1).is_some_and(|c| matches!(c, '、' | '）' | ')'))
    };
    let heads: Vec<usize> = (0..sheet.body.len()).filter(|&i| opens(&&sheet.body[i])).collect();
    let section = |n: usize| {
        let (from, to) = (heads[n], heads.get(n + 1).copied().unwrap_or(sheet.body.len()));
        sheet.body[from].start..sheet.body[to - 1].end
    };
    let asked = |range: &Range<usize>| lexicon::REQUESTS.iter().any(|w| text[range.clone()].contains(w));
    let kinds: Vec<(Range<usize>, BTreeSet<usize>)> = (0..heads.len())
        .map(section)
        .filter(asked)
        .map(|range| {
            let kinds = classes(&text[range.clone()]);
            (range, kinds)
        })
        .collect();
    let (_, first) = kinds.first()?;
    let other =
        kinds[1..].iter().find(|(_, own)| !own.is_empty() && !first.is_empty() && own.is_disjoint(first));
    other.map(|(range, _)| {
        let line = text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
        range.start..line
    })
}

/// The kinds of matters that words are of: money, posts, land.
fn classes(words: &str) -> BTreeSet<usize> {
    let of = |row: &&[&str]| row.iter().any(|w| words.contains(w));
    (0..lexicon::MATTERS.len()).filter(|&n| of(&lexicon::MATTERS[n].1)).collect()
}

/// 购置消防救援车辆和调整供水价格: a verb with what it is done to on either side of the joint.
fn matters_of_title(text: &str, title: &Range<usize>) -> Option<Range<usize>> {
    let words = &text[title.clone()];
    let from = words.find("关于")? + "关于".len();
    let to = words.rfind("的请示").or_else(|| words.rfind("请示"))?;
    let matter = words.get(from..to)?;
    let matter = matter.strip_prefix("要求").unwrap_or(matter);
    let opens = |w: &str| lexicon::VERBS.iter().any(|v| w.starts_with(v));
    let mut joints = matter.char_indices().filter(|&(_, c)| matches!(c, '和' | '及' | '、' | '与'));
    let joint = joints.find(|&(at, c)| {
        let (one, rest) = (&matter[..at], &matter[at + c.len_utf8()..]);
        let rest = rest.strip_prefix('以').unwrap_or(rest);
        // 调整和增加编制: two verbs with one object are one matter.
        let whole = |w: &str| w.chars().count() >= 5;
        let apart = opens(one) && opens(rest) && whole(one) && whole(rest) && shared(one, rest) == 0;
        let (own, other) = (classes(one), classes(rest));
        apart || opens(one) && !own.is_empty() && !other.is_empty() && own.is_disjoint(&other)
    });
    joint.map(|_| title.start + from..title.start + to)
}

/// Whether a paragraph opens as another matter, asks for something, and shares no word with the title.
fn is_second_matter(words: &str, title: &str) -> bool {
    let words = words.trim_start_matches(['（', '(']);
    let opens = lexicon::MORE.iter().filter(|w| words.starts_with(**w)).max_by_key(|w| w.len());
    let Some(open) = opens else { return false };
    let rest = &words[open.len()..];
    let paused = rest.starts_with(['，', ',', '：', '我', '因']);
    let asks = lexicon::REQUESTS.iter().any(|w| words.contains(w));
    let (own, titled) = (classes(words), classes(title));
    let apart = !own.is_empty() && !titled.is_empty() && own.is_disjoint(&titled);
    let alike = shared(words, title);
    // 同时 goes on with the matter more often than not.
    let another = if *open == "同时" { alike == 0 } else { alike == 0 || apart && alike <= 2 };
    paused && asks && another
}

/// Pairs of letters that two stretches share, without those that every paper has.
fn shared(one: &str, other: &str) -> usize {
    let pairs = |words: &str| -> BTreeSet<(char, char)> {
        let letters: Vec<char> = words.chars().collect();
        letters.windows(2).filter(|w| w.iter().all(|&c| is_han(c))).map(|w| (w[0], w[1])).collect()
    };
    let common = |p: &(char, char)| lexicon::COMMON.contains(&[p.0, p.1].iter().collect::<String>().as_str());
    pairs(one).intersection(&pairs(other)).filter(|p| !common(p)).count()
}

/// A second addressee, or a person in the place of an office.
fn two_addressees(text: &str, sheet: &Sheet, genre: Genre) -> Option<Told> {
    let range = sheet.addressee.clone()?;
    let words = text[range.clone()].trim();
    let name = genre.zh();
    let person = lexicon::PERSONS.iter().any(|w| words.ends_with(w)) && !words.contains('各');
    if person && words.chars().count() <= 10 && (words.starts_with("尊敬的") || genre == Genre::Request) {
        return Some(Told::new(
            range,
            text!(
                "{name}写给机关，不写给领导个人：“{words}”",
                "a {name} goes to an office, not to a person: “{words}”"
            ),
            Text::fixed("主送上级机关", "address the superior office"),
            Basis::Article("第十五条第（五）项", "article 15 (5)"),
        ));
    }
    if Sheet::is_audience(words) || sheet.spoken {
        return None;
    }
    let parts: Vec<&str> =
        words.split(['、', '，', ',', '；', '并', '和']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let office = |p: &str| p.chars().count() >= 2 && !p.ends_with("各成员单位");
    if parts.len() < 2 || !parts.iter().all(|p| office(p)) || is_one_office(words) {
        return None;
    }
    let count = parts.len();
    // 县委、县政府: party and government of one place are often addressed together.
    let pair = parts.len() == 2
        && parts[0].ends_with('委')
        && parts[1].ends_with("政府")
        && parts[0].chars().count() <= 5;
    if pair && genre == Genre::Report {
        return None;
    }
    let told = Told::new(
        range,
        text!(
            "{name}原则上主送一个上级机关，这里写了{count}个：“{words}”",
            "a {name} is addressed to one superior office; these are {count}: “{words}”"
        ),
        Text::fixed("主送一个，其他用抄送", "address one and send the others copies"),
        Basis::Article("第十五条第（一）项", "article 15 (1)"),
    );
    Some(if pair { told.hint() } else { told })
}

/// 市发展和改革委员会, 县委宣传部和平安办: a joint within the name of one office.
fn is_one_office(words: &str) -> bool {
    let split = words.split(['、', '，', ',', '并']).count();
    let joined = words.split('和').collect::<Vec<_>>();
    let level = |w: &str| w.starts_with(['省', '市', '县', '区', '镇', '乡', '州', '旗', '中']);
    split == 1 && !words.contains('并') && !joined[1..].iter().any(|w| level(w))
}

/// A paper to a superior that is copied to those below.
fn copied_down(text: &str, sheet: &Sheet, genre: Genre) -> Option<Told> {
    let name = genre.zh();
    let line = sheet.copies.iter().find(|r| lexicon::LOWER.iter().any(|w| text[(*r).clone()].contains(w)))?;
    let words = super::super::excerpt(&text[line.clone()], 24);
    Some(Told::new(
        line.clone(),
        text!("{name}不抄送下级机关：“{words}”", "a {name} is not copied to offices below: “{words}”"),
        Text::fixed("去掉下级机关", "take the offices below out"),
        Basis::Article("第十五条第（一）项", "article 15 (1)"),
    ))
}

/// A request within a 报告: 妥否，请批示; 请市局同意…; 望予审批.
fn asks(text: &str, sheet: &Sheet) -> Option<Told> {
    let range = clauses(text, sheet).find(|r| is_request(&text[r.clone()]) && !is_past(text, r))?;
    let words = super::super::excerpt(&text[range.clone()], 24);
    Some(Told::new(
        range,
        text!("报告不得夹带请示事项：“{words}”", "a 报告 carries no request: “{words}”"),
        Text::fixed("去掉，或另写请示", "take it out, or write a 请示 of its own"),
        ONE_MATTER,
    ))
}

/// Whether the sentence tells of what was asked for and given before.
fn is_past(text: &str, range: &Range<usize>) -> bool {
    let near = &text[crate::base::clause::sentence(text, range.clone())];
    lexicon::PAST.iter().any(|w| near.contains(w))
}

fn is_request(clause: &str) -> bool {
    let clause = clause.trim_start_matches(|c: char| c.is_whitespace());
    let clause =
        ["为此", "故", "现", "特此", "特"].iter().find_map(|w| clause.strip_prefix(w)).unwrap_or(clause);
    let told = ["请示", "请假", "请来", "请进", "请教"].iter().any(|w| clause.starts_with(w));
    let done = ["后", "了", "过", "已"].iter().any(|w| clause.contains(w));
    let asked = !told && !done && lexicon::ASKS.iter().any(|w| clause.starts_with(w));
    let granted = lexicon::GRANTS.iter().any(|w| clause.contains(w));
    asked && granted && !lexicon::NOT_ASKED.iter().any(|w| clause.contains(w))
}

const LETTER: Basis = Basis::Article("第八条第（十四）项", "article 8 (14)");

/// The tone of an order in a 函: 责成贵局…, 你局必须….
fn orders(text: &str, sheet: &Sheet) -> Option<Told> {
    let range = clauses(text, sheet).find(|r| is_order(&text[r.clone()]))?;
    let words = super::super::excerpt(&text[range.clone()], 24);
    Some(Told::new(
        range,
        text!(
            "函用于不相隶属机关之间商洽，不用命令口气：“{words}”",
            "a 函 goes between offices of which none is over the other; this is an order: “{words}”"
        ),
        Text::fixed(
            "改用商洽的说法，如“请予支持”“请函复”",
            "ask in the form of a letter, such as 请予支持, 请函复",
        ),
        LETTER,
    ))
}

fn is_order(clause: &str) -> bool {
    let clause = clause.trim();
    // By what a law says, or about oneself, nobody is told what to do.
    if ["根据", "按照", "依照", "《"].iter().any(|w| clause.contains(w)) || clause.starts_with("我") {
        return false;
    }
    if lexicon::ORDERS.iter().any(|w| clause.contains(w)) {
        return true;
    }
    let Some(at) = clause.find(['你', '贵']) else { return false };
    let before = &clause[..at];
    let rest = &clause[at..];
    let skip = rest.chars().next().map_or(0, char::len_utf8);
    let organ = lexicon::ADDRESSED.iter().filter(|w| rest[skip..].starts_with(**w)).max_by_key(|w| w.len());
    let Some(organ) = organ else { return false };
    let told = &rest[skip + organ.len()..];
    let polite = before.ends_with(['请', '望', '盼']) || before.contains("商请") || before.contains("恳请");
    let later = ["必须", "务必", "要立即", "须立即", "应立即", "无条件"].iter().any(|w| told.contains(w));
    let verb = later || lexicon::ORDER_VERBS.iter().any(|w| told.starts_with(w));
    verb && !polite && !lexicon::ORDER_NOT.iter().any(|w| told.starts_with(w))
}

/// A 批复 answers a 请示: 你镇《关于…的报告》收悉.
fn answers_no_request(text: &str, sheet: &Sheet) -> Option<Told> {
    let block = sheet.body.iter().take(2).find(|r| text[(*r).clone()].contains("收悉"))?;
    let words = &text[block.clone()];
    let sentence = words.split(['。', '；']).find(|s| s.contains("收悉"))?;
    let title = sentence.rfind('》').map(|at| &sentence[..at])?;
    let kind = ["报告", "函", "汇报", "通知"].iter().find(|k| title.ends_with(**k))?;
    let start = block.start + words.find(sentence)?;
    Some(Told::new(
        start..start + sentence.len(),
        text!(
            "批复答复请示事项，来文写的是“{kind}”",
            "a 批复 answers a 请示; what came in is called “{kind}”"
        ),
        Text::fixed("核对来文的文种；答复函用复函", "check what came in; a letter is answered by a 复函"),
        Basis::Article("第八条第（十二）项", "article 8 (12)"),
    ))
}

/// Words of another genre: 特此报告 in a 请示.
fn foreign(text: &str, sheet: &Sheet, genre: Genre) -> Option<Told> {
    let name = genre.zh();
    let list = lexicon::FOREIGN.iter().find(|row| row.0 == name)?.1;
    let with_colon = |a: &Range<usize>| {
        let colon = text[a.end..].chars().next().filter(|c| matches!(c, '：' | ':'));
        a.start..a.end + colon.map_or(0, char::len_utf8)
    };
    let all = sheet.addressee.iter().map(with_colon).chain(sheet.body.iter().cloned());
    for block in all {
        let words = &text[block.clone()];
        let hits = list.iter().filter_map(|w| said(words, w).map(|at| (at, *w)));
        let Some((at, word)) =
            hits.filter(|(at, _)| !is_quoted(words, at.start)).min_by_key(|h| (h.0.start, h.1))
        else {
            continue;
        };
        let told = Told::new(
            block.start + at.start..block.start + at.end,
            text!("“{word}”不是{name}的话", "“{word}” is not said in a {name}"),
            Text::fixed(
                "文种、用语对上：换文种，或改用本文种的话",
                "make genre and words agree: change one of them",
            ),
            Basis::Article("第八条、第十九条第（四）项", "articles 8 and 19 (4)"),
        );
        let custom = matches!(genre, Genre::Plan | Genre::Summary | Genre::Speech | Genre::Opinion)
            || word.ends_with("如下")
            || word.starts_with("同志");
        return Some(if custom { told.custom() } else { told });
    }
    None
}

/// Where words say one of the lexicon, which ends in a colon of either width.
fn said(words: &str, word: &str) -> Option<Range<usize>> {
    let stem = word.trim_end_matches('：');
    let mut all = words.match_indices(stem).map(|(at, _)| at..at + stem.len());
    if stem.len() == word.len() {
        return all.next();
    }
    all.find_map(|r| {
        let colon = words[r.end..].chars().next().filter(|c| matches!(c, '：' | ':'))?;
        Some(r.start..r.end + colon.len_utf8())
    })
}

/// Whether a byte lies within 《》 or “”.
fn is_quoted(words: &str, at: usize) -> bool {
    let before = &words[..at];
    ['《', '“']
        .iter()
        .zip(['》', '”'])
        .any(|(open, close)| before.rfind(*open).is_some_and(|o| before.rfind(close).is_none_or(|c| c < o)))
}
