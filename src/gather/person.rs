//! 人员: who holds which post, as lists of a body's members and lines under a title say.

use std::collections::BTreeSet;
use std::ops::Range;

use super::page::Page;
use super::split::squeezed;
use super::{Found, Kind};
use crate::base::han::is_han;
use crate::base::lexicon::{gather as lexicon, person_title};
use crate::base::lines::tight;
use crate::base::pattern::pattern;

/// The posts that a name may follow or precede.
const OF_POST: &str =
    "(?:书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|主任|主席|部长|局长|厅长|处长|院长|检察长|秘书长|组长)";

/// What stands behind a name, so that it is known to end.
fn behind() -> String {
    let words: Vec<&str> = person_title::BEHIND
        .iter()
        .copied()
        .filter(|w| w.chars().count() > 1 || !w.starts_with(is_han))
        .collect();
    words.join("|")
}

pattern! {
    /// 县委副书记、县长周明达 before what people do: the groups are post and name.
    static POSTED = format!(r"((?:省|市|县|区|州|旗|镇|乡)[\p{{Han}}、]{{0,30}}?{OF_POST})([\p{{Han}}]{{2,3}}?)(?:{}|专门|说|担任|任|为组长|）|$)", behind());
    /// 以校长石安为组长, without a place before the post: the groups are post and name.
    static MADE = r"(?:以|由|，|,|、|^)([^以由，,。；、\s]{0,10}?(?:书记|校长|园长|主任|局长|厅长|处长|科长|镇长|乡长|县长|市长|区长|主席|部长|院长|经理|厂长|站长|所长))([\p{Han}]{2,3}?)(?:同志)?(?:为|任|担任|兼任)";
    /// 联系人：石安，电话…: the groups are what the person is and the name.
    static CONTACT = r"(联[ 　]*系[ 　]*人|联络员|主持人|主讲人|报告人)[：:]\s*(\p{Han}[ 　]?\p{Han}{1,2})(?:[，,；;。、（( 　0-9\t]|电话|联系|手机|$)";
    /// 周明达县长: the groups are name and post.
    static NAMED = format!(r"(?:^|[，,。；、：（和请由据])([\p{{Han}}]{{2,3}})((?:常务)?副?{OF_POST})");
}

/// The people of a paper.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut known = BTreeSet::new();
    let mut listed = false;
    let posted = |line: &str| line.contains(['长', '任', '席', '记', '理']);
    for line in page.lines.iter().filter(|l| !l.cell) {
        let one = member(page, &line.range, listed);
        listed = one.is_some();
        if let Some((name, title)) = one {
            push(&mut found, &mut known, named(page, &name).with(page, "title", &title));
            continue;
        }
        let words = page.said(&line.range);
        for named in NAMED.on_lines(words, posted) {
            let (Some(name), Some(title)) = (named.get(1), named.get(2)) else { continue };
            if name.as_str().chars().count() == 3 && is_name(name.as_str()) {
                let at = |m: &regex::Match<'_>| line.range.start + m.start()..line.range.start + m.end();
                push(
                    &mut found,
                    &mut known,
                    Found::named(Kind::Person, page, &at(&name)).with(page, "title", &at(&title)),
                );
            }
        }
        let made = MADE.on_lines(words, |line| line.contains(['为', '任']) && posted(line));
        let contact = CONTACT.on_lines(words, |line| line.contains([':', '：']));
        for posted in POSTED.on_lines(words, posted).chain(made).chain(contact) {
            let (Some(title), Some(name)) = (posted.get(1), posted.get(2)) else { continue };
            if is_name_spaced(name.as_str()) {
                let at = |m: &regex::Match<'_>| line.range.start + m.start()..line.range.start + m.end();
                push(&mut found, &mut known, named(page, &at(&name)).with(page, "title", &at(&title)));
            }
        }
    }
    found
}

/// A person by name. Blanks within it are set for the eye.
pub(super) fn named(page: &Page<'_>, name: &Range<usize>) -> Found {
    let mut one = Found::named(Kind::Person, page, name);
    one.said.iter_mut().for_each(|said| said.words.retain(|c| !c.is_whitespace()));
    one
}

/// Adds one whose name is not `known` yet.
fn push(found: &mut Vec<Found>, known: &mut BTreeSet<String>, one: Found) {
    if known.insert(one.title().to_owned()) {
        found.push(one);
    }
}

/// 组长：周明达　县委副书记、县长, 成员：林知远（县水利局局长）, and the lines that go on with it.
pub(super) fn member(
    page: &Page<'_>,
    line: &Range<usize>,
    listed: bool,
) -> Option<(Range<usize>, Range<usize>)> {
    /// Characters of a line of a list.
    const LONGEST: usize = 44;
    let words = page.said(line);
    if words.chars().count() > LONGEST || words.contains(['。', '；', '\t']) && !words.ends_with('。') {
        return None;
    }
    let squeezed = squeezed(words);
    let post = lexicon::POSTS
        .iter()
        .find(|post| squeezed.strip_prefix(**post).is_some_and(|rest| rest.starts_with(['：', ':'])));
    let from = match post {
        Some(_) => {
            words.find(['：', ':']).map(|at| at + words[at..].chars().next().map_or(1, char::len_utf8))?
        }
        None => 0,
    };
    let rest = tight(page.text, line.start + from..line.end);
    let rest_words = page.said(&rest);
    let parts: Vec<Range<usize>> = cut(&rest, rest_words);
    let [first, second] = &parts[..] else { return None };
    let (a, b) = (page.said(first), page.said(second));
    // Where a list says so a name need not begin with a common surname.
    let sure = listed || post.is_some();
    let is_name = |words: &str| is_name_spaced(words) || sure && is_short(words) && !is_post(words);
    let (name, title) = if is_name(a) && is_post(b) {
        (first, second)
    } else if is_post(a) && is_name(b) {
        (second, first)
    } else {
        return None;
    };
    Some((name.clone(), title.clone()))
}

/// A name and a post that a blank or a bracket parts.
fn cut(range: &Range<usize>, words: &str) -> Vec<Range<usize>> {
    let words = words.trim_end_matches(['）', ')', '。', '；', '，']);
    // 林 远: a name of two characters is spread.
    let mut chars = words.char_indices();
    let spread = match (chars.next(), chars.next()) {
        (Some((_, a)), Some((at, b))) if is_han(a) && b.is_whitespace() => {
            let rest = words[at..].trim_start();
            let second = rest.chars().next().filter(|c| is_han(*c)).map_or(0, char::len_utf8);
            let end = words.len() - rest.len() + second;
            words[end..].starts_with([' ', '　', '（', '(']).then_some(end)
        }
        _ => None,
    };
    let at = spread.or_else(|| words.find([' ', '　', '（', '(', '\t', '，']));
    let Some(at) = at else { return Vec::new() };
    let behind = words[at..].trim_start_matches([' ', '　', '（', '(', '\t', '，']);
    vec![range.start..range.start + at, range.start + words.len() - behind.len()..range.start + words.len()]
}

fn is_post(words: &str) -> bool {
    let ends = person_title::OFFICES.iter().map(|(office, _)| *office).chain(POSTS.iter().copied());
    let words = words.trim();
    words.chars().count() >= 2 && ends.into_iter().any(|post| words.contains(post))
}

/// What posts of a member end in.
const POSTS: &[&str] = &["长", "书记", "主任", "主席", "委员", "常委", "经理", "干部"];

/// Whether words have the length and the letters of a name.
fn is_short(words: &str) -> bool {
    let name = squeezed(words);
    (2..=3).contains(&name.chars().count()) && name.chars().all(is_han)
}

fn is_name_spaced(words: &str) -> bool {
    is_name(&squeezed(words))
}

/// Whether words may be a person's name: two or three characters that begin with a surname.
pub(super) fn is_name(words: &str) -> bool {
    let count = words.chars().count();
    let surname = words.chars().next().is_some_and(|c| person_title::SURNAMES.contains(&c));
    let post = POSTS.iter().any(|post| words.ends_with(post));
    (2..=3).contains(&count) && surname && words.chars().all(is_han) && !post
}
