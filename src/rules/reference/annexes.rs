//! Annexes (附件): how many there are, what they are called, and what the text says of them.

use std::ops::Range;

use super::{hit, number};
use crate::base::Text;
use crate::base::lexicon::reference as lexicon;
use crate::model::{BlockKind, Finding, Manuscript, Severity};
use crate::text;

/// An annex of the list (附件说明), or a head of one (附件1).
struct Annex {
    number: usize,
    title: Range<usize>,
}

/// What a paper tells of its annexes.
#[derive(Default)]
struct Annexes {
    listed: Vec<Annex>,
    heads: Vec<Annex>,
    /// Where the list and the heads stand: what is said there is no mention.
    own: Vec<Range<usize>>,
}

const WORD: &str = "附件";

pub(super) fn find(manuscript: &Manuscript) -> Vec<Finding> {
    let text = manuscript.text();
    if !text.contains(WORD) {
        return Vec::new();
    }
    let annexes = Annexes::of(manuscript);
    let mut found = Vec::new();
    for (at, _) in text.match_indices(WORD) {
        // They stand in order.
        let last = annexes.own.partition_point(|own| own.start <= at).checked_sub(1);
        if !last.is_some_and(|last| annexes.own[last].contains(&at)) {
            found.extend(annexes.missing(text, at));
            found.extend(annexes.renamed(text, at));
        }
    }
    found.extend(annexes.heads_renamed(text));
    found.extend(annexes.unlisted(text));
    found.extend(annexes.skipped(text));
    found.extend(annexes.issued_otherwise(manuscript));
    found.extend(annexes.group_otherwise(text));
    found.extend(annexes.nearly(text));
    found
}

/// The words behind an annex's number: 1.方案, 1、方案, 方案.
fn numbered(words: &str) -> Option<(usize, usize)> {
    let (value, len) = number(words).filter(|_| words.starts_with(|c: char| c.is_ascii_digit()))?;
    let len = len + usize::from(words[len..].starts_with('\\'));
    let mark = words[len..].chars().next().filter(|c| matches!(c, '.' | '．' | '、' | ' ' | '：'))?;
    Some((value, len + mark.len_utf8()))
}

impl Annexes {
    fn of(manuscript: &Manuscript) -> Self {
        let text = manuscript.text();
        let mut all = Self::default();
        let mut listing = false;
        let blocks: Vec<_> =
            manuscript.blocks().iter().filter(|b| !manuscript.block_text(b).trim().is_empty()).collect();
        for (index, block) in blocks.iter().enumerate() {
            let words = manuscript.block_text(block);
            // **附件2** and 2\. in Markdown.
            let bare = words.trim_start_matches([' ', '　', '\t', '*']);
            let start = block.range.start + words.len() - bare.len();
            let line = bare.trim_end_matches([' ', '　', '\t', '*']);
            let rest = line.strip_prefix(WORD);
            let opened = rest.and_then(|r| r.trim_start().strip_prefix(['：', ':']));
            if let Some(list) = opened.filter(|list| !list.trim().is_empty()) {
                all.own.push(block.range.clone());
                let from = start + line.len() - list.len();
                all.list(text, from..start + line.len());
                listing = true;
            } else if let Some((number, title)) = rest.and_then(titled) {
                all.own.push(block.range.clone());
                let range = start + line.len() - title.len()..start + line.len();
                // 附件1：甲, 附件2：乙 in a row list them; later such a line heads one.
                if number == all.listed.len() + 1 && (listing || all.listed.is_empty()) {
                    all.listed.push(Annex { number, title: range });
                    listing = true;
                } else {
                    all.heads.push(Annex { number, title: range });
                    listing = false;
                }
            } else if let Some(head) = rest.and_then(head) {
                // 附件： and the list beneath it.
                let below = blocks.get(index + 1).map(|b| manuscript.block_text(b).trim_start());
                if head == 0
                    && line.ends_with(['：', ':'])
                    && below.and_then(numbered).is_some_and(|(n, _)| n == 1)
                {
                    all.own.push(block.range.clone());
                    listing = true;
                    continue;
                }
                let next = blocks.get(index + 1).map_or(start..start, |b| b.range.clone());
                all.heads.push(Annex { number: head, title: next });
                all.own.push(block.range.clone());
                listing = false;
            } else if listing && numbered(line).is_some_and(|(n, _)| n == all.listed.len() + 1)
                || block.kind == BlockKind::AttachmentNote && !listing
            {
                all.own.push(block.range.clone());
                all.list(text, start..start + line.len());
            } else {
                listing = false;
            }
        }
        all
    }

    /// The annexes of a line of the list, several at times.
    fn list(&mut self, text: &str, line: Range<usize>) {
        let mut at = line.start + text[line.clone()].len() - text[line.clone()].trim_start().len();
        while at < line.end {
            let words = &text[at..line.end];
            let (value, mark) = numbered(words).unwrap_or((self.listed.len() + 1, 0));
            let next = format!("{}.", value + 1);
            let full = format!("{}．", value + 1);
            // 附件：1.甲 2.乙
            let end = words[mark..]
                .find(&format!(" {next}"))
                .or_else(|| words[mark..].find(&format!("　{full}")))
                .or_else(|| words[mark..].find(&format!("；{next}")));
            let end = end.map_or(line.end, |end| at + mark + end);
            self.listed.push(Annex { number: value, title: at + mark..end });
            let skipped = text[end..line.end].chars().next().map_or(0, char::len_utf8);
            at = end + skipped.max(usize::from(end == at));
        }
    }

    /// How many annexes there are; `None` where nothing tells.
    fn count(&self) -> Option<usize> {
        self.listed.iter().chain(&self.heads).map(|a| a.number.max(1)).max()
    }

    /// 见附件3 with two annexes.
    fn missing(&self, text: &str, at: usize) -> Option<Finding> {
        let behind = &text[at + WORD.len()..];
        let (value, len) = last_of_row(behind)?;
        let before = text[..at].trim_end_matches(['（', '(', ' ']);
        // 《…》附件五, （…〔2025〕3号）附件2, 来文附件1: of another paper. 《方案》（附件1） is its own.
        let other = text[..at].ends_with(['》', '号', '其'])
            || before.ends_with('号')
            || text[..at].ends_with('的')
                && !text[..at].ends_with("通知的")
                && !text[..at].ends_with("方案的")
            || ["该", "上级", "来文", "原"].iter().any(|w| before.ends_with(w));
        let whole = at..at + WORD.len() + len;
        // 附件1件, 附件三份
        let counts = behind[len..].starts_with(['个', '份', '件', '张', '页', '项']);
        if other || counts || value == 0 || value > 30 {
            return None;
        }
        let words = &text[whole.clone()];
        let help = Text::fixed("补上附件，或改正附件的序号", "add the annex, or correct its number");
        match self.count() {
            Some(count) if value > count => {
                let listed = count;
                Some(hit(
                    whole,
                    text!("“{words}”：附件只有{listed}个", "“{words}”, but there are {listed} annexes"),
                    help,
                ))
            }
            None => {
                let message = text!("“{words}”：文中没有列出附件", "“{words}”, but no annex is listed");
                Some(hit(whole, message, help).severity(Severity::Info))
            }
            Some(_) => None,
        }
    }

    /// 《甲方案》（附件1） in the text, and 1.乙计划 in the list.
    fn renamed(&self, text: &str, at: usize) -> Option<Finding> {
        let before = text[..at].trim_end_matches(['见', '详', '，', '（', '(', ' ']);
        let behind = &text[at + WORD.len()..];
        if let Some(hit) = self.kind_differs(text, before, behind) {
            return Some(hit);
        }
        let title = match before.strip_suffix('》') {
            // 《…》（…〔2025〕3号）附件五 is another paper's; the mark of a bracket makes it this one's.
            Some(_) if text[..at].ends_with('》') => return None,
            Some(title) => {
                let open = title.rfind('《').filter(|open| !title[*open..].contains(['\n', '。']))?;
                &title[open + '《'.len_utf8()..]
            }
            // 附件2《乙办法》
            None => {
                let rest = &behind[number(behind)?.1..];
                rest.trim_start_matches(['：', ':', ' ']).strip_prefix('《')?.split_once('》')?.0
            }
        };
        let annex = match number(behind) {
            Some((value, _)) => self
                .listed
                .iter()
                .find(|a| a.number == value)
                .or_else(|| self.listed.first().filter(|_| self.listed.len() == 1)),
            None => self.listed.first().filter(|_| self.listed.len() == 1),
        }?;
        differs(text, annex, title)
    }

    /// 任务分工表（见附件2） in the text, and 2.责任清单 in the list: without 《》 only the kinds are compared, and it is a hint.
    fn kind_differs(&self, text: &str, before: &str, behind: &str) -> Option<Finding> {
        if before.ends_with('》') || !text[before.len()..].starts_with(['（', '(']) {
            return None;
        }
        let (value, _) = number(behind).or(Some((1, 0)).filter(|_| self.listed.len() == 1))?;
        let annex = self.listed.iter().find(|a| a.number == value)?;
        let title = text[annex.title.clone()].trim().trim_end_matches(['》', '”']);
        let kind = |words: &str| {
            lexicon::ANNEX_KINDS.iter().filter(|w| words.ends_with(**w)).max_by_key(|w| w.len())
        };
        let title = title.find(['（', '(']).map_or(title, |at| &title[..at]);
        let (said, listed) = (kind(before)?, kind(title)?);
        let clear =
            said != listed && !title.contains(said) && !said.ends_with(listed) && !listed.ends_with(said);
        let from =
            before.char_indices().rev().take(8).take_while(|(_, c)| crate::base::han::is_han(*c)).last()?.0;
        clear.then(|| differs(text, annex, &before[from..]).map(|f| f.severity(Severity::Info)))?
    }

    /// A head 附件3 of what the list, which has two, does not name.
    fn unlisted(&self, text: &str) -> Option<Finding> {
        let count = self.listed.len();
        let head = self.heads.iter().find(|h| count > 0 && h.number > count)?;
        // The line above the title.
        let before = &text[..head.title.start];
        let at = before.rfind(WORD)?;
        let range = crate::base::lines::tight(text, at..head.title.start);
        let words = text.get(range.clone())?.to_owned();
        let message =
            text!("“{words}”：附件说明只列了{count}个", "“{words}”, but the list names {count} annexes");
        Some(hit(
            range,
            message,
            Text::fixed("补全附件说明，或改正序号", "complete the list, or correct the number"),
        ))
    }

    /// 附件1, 附件2, 附件4 one behind the other, and no list that names the third.
    fn skipped(&self, text: &str) -> Option<Finding> {
        let in_order = self.heads.windows(2).all(|pair| pair[0].number < pair[1].number);
        if !self.listed.is_empty() || !in_order || self.heads.len() < 3 || self.heads[0].number != 1 {
            return None;
        }
        let gap = self.heads.windows(2).find(|pair| pair[1].number == pair[0].number + 2)?;
        let (number, after) = (gap[0].number + 1, &gap[1]);
        let at = text[..after.title.start].rfind(WORD)?;
        let range = crate::base::lines::tight(text, at..after.title.start);
        let words = text.get(range.clone())?.to_owned();
        let message = text!(
            "“{words}”：前面没有附件{number}，序号跳了",
            "“{words}”, but there is no annex {number} before it"
        );
        let help =
            Text::fixed("补上漏掉的附件，或改正序号", "add the annex that is missing, or correct the number");
        Some(hit(range, message, help))
    }

    /// 关于印发《甲办法》的通知 with 附件：乙办法: as many titles as annexes, and one that is not among them.
    fn issued_otherwise(&self, manuscript: &Manuscript) -> Option<Finding> {
        let text = manuscript.text();
        let lines = || manuscript.blocks().iter().map(|b| manuscript.block_text(b).trim());
        let title = lines().take(8).find(|l| l.contains("印发") && l.ends_with("通知"));
        let told = title.filter(|t| t.contains('《'));
        let told = told.or_else(|| {
            lines()
                .take(20)
                .find(|l| l.contains('《') && (l.contains("印发给你们") || l.contains("印发你们")))
        });
        let bare =
            title.filter(|t| !t.contains('《')).and_then(|t| t.split_once("印发")?.1.strip_suffix("的通知"));
        let issued: Vec<&str> = match (told, bare) {
            (Some(line), _) => {
                line.split('《').skip(1).filter_map(|t| t.split_once('》')).map(|(t, _)| t).collect()
            }
            (None, Some(bare)) => vec![bare],
            (None, None) => return None,
        };
        if issued.is_empty() || issued.len() != self.listed.len() {
            return None;
        }
        let listed = |t: &str| self.listed.iter().any(|a| same(&text[a.title.clone()], t));
        let missing = issued.iter().find(|t| !listed(t))?;
        let odd = self.listed.iter().find(|a| !issued.iter().any(|t| same(&text[a.title.clone()], t)))?;
        // 表, 图 and 名单 may go with what is issued.
        let words = text[odd.title.clone()].trim();
        let kind = |t: &str| t.chars().next_back().filter(|c| "法定案则见划领书度系求".contains(*c));
        let same_kind = kind(words).is_some() && kind(missing).is_some();
        (same_kind || words.chars().count() == missing.chars().count())
            .then(|| differs(text, odd, missing))?
    }

    /// 填写《甲申报表》 in the text, and 1.甲登记表 in the list: two titles that are nearly one. A hint.
    fn nearly(&self, text: &str) -> Vec<Finding> {
        let Some(end) = self.own.first().map(|own| own.start) else { return Vec::new() };
        let titles: Vec<&str> = text[..end]
            .split('《')
            .skip(1)
            .filter_map(|t| t.split_once('》'))
            .map(|(t, _)| t)
            .filter(|t| t.chars().count() <= 60)
            .collect();
        let unlike = |title: &&&str| !self.listed.iter().any(|a| same(&text[a.title.clone()], title));
        let odd: Vec<&&str> = titles.iter().filter(unlike).collect();
        let mut found = Vec::new();
        for annex in &self.listed {
            let own = &text[annex.title.clone()];
            if titles.iter().any(|t| same(own, t)) || odd.len() > 40 {
                continue;
            }
            if let Some(title) = odd.iter().find(|t| is_near(&letters(own), &letters(t))) {
                found.extend(differs(text, annex, title).map(|f| f.severity(Severity::Info)));
            }
        }
        found
    }

    /// 成立甲领导小组…见附件 with 附件：乙领导小组成员名单.
    fn group_otherwise(&self, text: &str) -> Option<Finding> {
        let [annex] = &self.listed[..] else { return None };
        let title = text[annex.title.clone()].trim();
        let (word, at) =
            ["领导小组", "指挥部", "工作专班", "委员会"].iter().find_map(|w| Some((*w, title.find(w)?)))?;
        let tail = |words: &str| {
            let from = words.char_indices().rev().nth(5).map_or(0, |(i, _)| i);
            words[from..].to_owned()
        };
        let own = tail(&title[..at]);
        let body = &text[..annex.title.start];
        let told: Vec<String> = body.match_indices(word).map(|(i, _)| tail(&body[..i])).collect();
        let line = body.lines().find(|l| l.contains("成立") && l.contains(word))?;
        let named = line
            .split_once("成立")
            .and_then(|(_, rest)| rest.split_once(word))
            .map(|(name, _)| format!("{name}{word}"))?;
        let last = own.chars().next_back()?;
        (own.chars().count() == 6 && !told.contains(&own) && told.iter().any(|t| t.ends_with(last)))
            .then(|| differs(text, annex, &named))?
    }

    /// The title at the head of an annex, and the one of the list.
    fn heads_renamed(&self, text: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        for annex in &self.listed {
            let head = self
                .heads
                .iter()
                .find(|h| h.number == annex.number || h.number == 0 && self.listed.len() == 1);
            let Some(head) = head.filter(|h| !h.title.is_empty()) else { continue };
            // A title of several lines.
            let rest = &text[head.title.start..];
            let lines: Vec<&str> = rest.lines().filter(|l| !l.trim().is_empty()).take(3).collect();
            let mut title = String::new();
            let fits = lines.iter().any(|line| {
                title.push_str(line);
                same(&title, &text[annex.title.clone()])
            });
            let first = lines.first().copied().unwrap_or_default();
            let like_title = first.chars().count() <= 40
                && !first.contains(['。', '，', '：', '\t', '|', '['])
                && !first.starts_with(WORD);
            if !fits && like_title {
                found.extend(differs(text, annex, first));
            }
        }
        found
    }
}

/// The number and the title of a line that has both: 附件1：春灌方案.
fn titled(rest: &str) -> Option<(usize, &str)> {
    const LONGEST: usize = 40;
    let (value, len) = number(rest)?;
    let title = rest[len..].trim_start_matches(['：', ':', ' ', '　', '.', '．', '、']);
    let fits = (3..=LONGEST).contains(&title.chars().count()) && !title.contains(['。', '，', '；']);
    (fits && title.len() < rest.len() - len).then_some((value, title))
}

/// Whether two titles begin alike, end in letters of their own, and share most pairs of letters.
fn is_near(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let pairs: Vec<&[char]> = b.windows(2).collect();
    let shared = a.windows(2).filter(|p| pairs.contains(p)).count();
    prefix >= 3 && a.len() >= 6 && b.len() >= 6 && shared * 20 >= 13 * a.len().max(b.len()).saturating_sub(1)
}

/// The last of the numbers behind 附件, and the bytes up to it: 1、2、5, 1至4, 1—3.
fn last_of_row(words: &str) -> Option<(usize, usize)> {
    let (mut value, mut len) = number(words)?;
    loop {
        let rest = &words[len..];
        let bare = rest
            .strip_prefix(['、', '至', '到', '和', '—', '－', '-', '~', '～'])
            .map(|r| r.strip_prefix(WORD).unwrap_or(r));
        let Some((next, more)) = bare.and_then(number).filter(|(next, _)| *next > value && *next <= 30)
        else {
            return Some((value, len));
        };
        (value, len) = (next, words.len() - bare?.len() + more);
    }
}

/// The number of a line that heads an annex: 附件1, 附件 2：, 附件; 0 for the only one.
fn head(rest: &str) -> Option<usize> {
    let rest = rest.trim().trim_end_matches(['：', ':']);
    if rest.is_empty() {
        return Some(0);
    }
    number(rest).filter(|(_, len)| *len == rest.len()).map(|(value, _)| value)
}

/// Letters and figures of a title, without its marks and notes.
fn letters(title: &str) -> String {
    let title = title.trim().trim_start_matches("关于").trim_start_matches("印发");
    let cut = title.find(['（', '(']).filter(|at| *at > 6).unwrap_or(title.len());
    title[..cut].chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two titles are one: the same, or one with the locality or the year before it.
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (letters(one), letters(other));
    one == other
        || !one.is_empty()
            && !other.is_empty()
            && (one.ends_with(&other)
                || other.ends_with(&one)
                || one.starts_with(&other)
                || other.starts_with(&one))
}

fn differs(text: &str, annex: &Annex, title: &str) -> Option<Finding> {
    let range = crate::base::lines::tight(text, annex.title.clone());
    let words = text.get(range.clone()).filter(|w| w.chars().count() >= 2)?;
    if same(words, title) {
        return None;
    }
    let message = text!(
        "附件说明写“{words}”，别处写“{title}”，题名不一致",
        "the list of annexes says “{words}”, elsewhere it is “{title}”"
    );
    Some(hit(range, message, Text::fixed("核对附件题名，写成一致", "make the titles agree")))
}
