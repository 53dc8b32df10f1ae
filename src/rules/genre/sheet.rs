//! A paper and its parts (公文要素): title, 主送机关 or salutation, text, 署名, 成文日期, 抄送.
//!
//! A .docx may name them by style; in plain text they are known by where they stand and what they look like: the
//! title is the first line of size that ends in a genre or in none, whoever is addressed stands under it and ends in
//! a colon, a date alone on its line closes the paper. What follows behind the date (attachments, 版记) is not the
//! paper's own text.

use std::ops::Range;

use super::kinds::Genre;
use crate::base::han::{Date, is_han};
use crate::base::lexicon::genre as lexicon;
use crate::model::{BlockKind, Manuscript};

/// Blocks at the top among which title and addressee stand.
const TOP: usize = 8;

/// The parts of a paper, as bytes of its text.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// 标题, over several lines at times.
    pub title: Option<Range<usize>>,
    /// 主送机关 or the salutation, without the colon.
    pub addressee: Option<Range<usize>>,
    /// The paragraphs of the text, without what is named here.
    pub body: Vec<Range<usize>>,
    /// 发文机关署名.
    pub signature: Option<Range<usize>>,
    /// 成文日期.
    pub date: Option<Range<usize>>,
    /// 抄送.
    pub copies: Vec<Range<usize>>,
    /// Whether it was spoken: a day or a speaker stands under the title.
    pub spoken: bool,
}

/// Whether a line is of the 版头, or a mark of the file, and no title.
fn is_over_title(kind: BlockKind, line: &str) -> bool {
    let number = line.contains('〔') && line.ends_with('号') && line.chars().count() < 24;
    let mark = ["签发人", "秘密", "机密", "特急", "加急", "平急"].iter().any(|w| line.starts_with(w));
    kind.is_red_head()
        || number
        || mark
        || line.ends_with("文件") && line.chars().count() < 30 && !line.contains("关于")
}

/// A line that is a date and nothing else.
fn is_date(line: &str) -> bool {
    /// Characters that a date has at most, and one.
    const LONG: usize = 13;
    let bare = line.trim().trim_matches(['（', '）', '(', ')']);
    let mut figures = bare.chars().filter(|c| !c.is_whitespace()).take(LONG).map(|c| {
        "〇一二三四五六七八九".chars().position(|d| d == c).map_or(c, |d| char::from(b'0' + d as u8))
    });
    // Most lines are none.
    let Some(first) = figures.next().filter(char::is_ascii_digit) else { return false };
    let digits: String = std::iter::once(first).chain(figures).collect();
    let plain = Date::parse(&digits).is_some_and(|d| d.day.is_some());
    // 二〇二六年三月十五日.
    plain
        || bare.ends_with('日')
            && bare.chars().count() <= 12
            && bare.contains('年')
            && bare.contains('月')
            && !bare.contains('，')
}

/// The line's own range, without blanks.
fn tight(text: &str, range: &Range<usize>) -> Range<usize> {
    crate::base::lines::tight(text, range.clone())
}

/// A range without the format's own signs at its head: `# `, `- `.
fn unmarked(manuscript: &Manuscript, range: Range<usize>) -> Range<usize> {
    let text = manuscript.text();
    let own = |at: usize| manuscript.mask(at).is_none() && !text[at..].starts_with(char::is_whitespace);
    let start = text[range.clone()].char_indices().map(|(at, _)| range.start + at).find(|&at| own(at));
    start.unwrap_or(range.end)..range.end
}

impl Sheet {
    /// The parts of a document and its genre: what was declared, or what the title says. `None` where nobody
    /// says one.
    pub fn of(manuscript: &Manuscript, declared: Option<Genre>) -> Option<(Self, Genre)> {
        let text = manuscript.text();
        let mut sheet = Self::default();
        let lines: Vec<(BlockKind, Range<usize>)> = manuscript
            .blocks()
            .iter()
            .filter(|b| {
                b.kind != BlockKind::Code
                    && manuscript.mask(b.range.start) != Some(crate::model::MaskKind::Code)
            })
            .map(|b| (b.kind, unmarked(manuscript, tight(text, &b.range))))
            .filter(|(_, r)| !r.is_empty())
            .collect();
        let mut at = sheet.read_title(text, &lines);
        let titled = || Genre::of_title(&text[sheet.title.clone()?]);
        let genre = declared.or_else(titled)?;
        at = sheet.read_addressee(text, &lines, at);
        sheet.read_body(text, &lines[at.min(lines.len())..]);
        Some((sheet, genre))
    }

    /// The title; gives the line behind it.
    fn read_title(&mut self, text: &str, lines: &[(BlockKind, Range<usize>)]) -> usize {
        /// Characters of a title's line.
        const LONGEST: usize = 70;
        let marked = lines.iter().take(TOP).position(|l| l.0 == BlockKind::Title);
        let over = lines.iter().take_while(|(kind, r)| is_over_title(*kind, &text[r.clone()])).count();
        let first = marked.unwrap_or(over);
        let can = |l: &(BlockKind, Range<usize>)| {
            let line = &text[l.1.clone()];
            line.chars().count() <= LONGEST
                && !line.ends_with(['。', '：', ':', '；', '，'])
                && !is_date(line)
        };
        let Some((_, range)) = lines.get(first).filter(|l| can(l)) else { return first.min(lines.len()) };
        // 云溪县人民政府办公室 / 关于…的通知: the genre stands at the end of the second line, or of the third.
        let ends = |n: usize| {
            let line = lines.get(first + n).filter(|l| can(l))?;
            Genre::of_title(&text[range.start..line.1.end]).map(|_| n)
        };
        let last = [0, 1, 2].into_iter().find_map(ends).unwrap_or(0);
        self.title = Some(range.start..lines[first + last].1.end);
        first + last + 1
    }

    /// Who is addressed; gives the line where the text begins.
    fn read_addressee(&mut self, text: &str, lines: &[(BlockKind, Range<usize>)], from: usize) -> usize {
        /// Characters of a line of addressees.
        const LONGEST: usize = 120;
        let mut begin = from;
        for (n, (kind, range)) in lines.iter().enumerate().skip(from).take(5) {
            let line = &text[range.clone()];
            let colon = line.ends_with(['：', ':']);
            let plain = !line.contains(['。', '；']) && line.chars().count() <= LONGEST;
            let numbered = matches!(kind, BlockKind::Heading(_)) || line.contains("如下");
            if *kind == BlockKind::Salutation || colon && plain && !numbered {
                let end = range.end - line.chars().next_back().filter(|_| colon).map_or(0, char::len_utf8);
                self.addressee = Some(range.start..end);
                return n + 1;
            }
            // （2026年3月5日）, 县长　周明达, （第18期): lines between title and text.
            let short = line.chars().count() <= 30 && !line.ends_with(['。', '，', '；', '！']);
            let dated = is_date(line) || line.starts_with("——") && line.contains('日');
            self.spoken |= dated || matches!(kind, BlockKind::SpeakerLine | BlockKind::DateLine);
            if dated || short && !numbered && line.chars().any(is_han) && n < from + 4 && n == begin {
                begin = n + 1;
            } else {
                break;
            }
        }
        begin
    }

    /// The text with its close.
    fn read_body(&mut self, text: &str, lines: &[(BlockKind, Range<usize>)]) {
        // The paper ends with its date; what is behind is attached to it.
        let date = lines.iter().position(|(kind, r)| {
            *kind == BlockKind::DateOfIssue || is_date(&text[r.clone()]) && *kind != BlockKind::DateLine
        });
        let copies = |(kind, r): &&(BlockKind, Range<usize>)| {
            *kind == BlockKind::CopyLine
                || ["抄送：", "抄送:", "抄报："].iter().any(|w| text[r.clone()].starts_with(w))
        };
        self.copies = lines.iter().filter(copies).map(|l| l.1.clone()).collect();
        let annex = lines.iter().position(|(kind, r)| {
            *kind == BlockKind::Annex
                || kind.is_imprint()
                || copies(&&(*kind, r.clone()))
                || is_annex(&text[r.clone()])
        });
        let end = [date.map(|d| d + 1), annex].into_iter().flatten().min().unwrap_or(lines.len());
        let mut own = &lines[..end];
        if let Some(((_, last), rest)) = own.split_last().filter(|_| date.is_some_and(|d| d + 1 == end)) {
            self.date = Some(last.clone());
            own = rest;
        }
        let signs = |(kind, r): &(BlockKind, Range<usize>)| {
            *kind == BlockKind::Signature || is_signature(&text[r.clone()])
        };
        // 云溪县水利局　2026年3月5日 on one line.
        if self.date.is_none()
            && let Some(((_, last), rest)) = own.split_last()
            && let Some((name, _)) =
                text[last.clone()].rsplit_once([' ', '　', '\t']).filter(|(_, day)| is_date(day))
        {
            let name_end = last.start + name.trim_end().len();
            (self.signature, self.date) = (Some(last.start..name_end), Some(name_end..last.end));
            own = rest;
        }
        while let Some(((_, last), rest)) = own.split_last().filter(|(l, _)| signs(l)) {
            self.signature = Some(self.signature.as_ref().map_or(last.clone(), |s| last.start..s.end));
            own = rest;
        }
        let keeps = |(kind, _): &&(BlockKind, Range<usize>)| !kind.is_form();
        self.body = own.iter().filter(keeps).map(|l| l.1.clone()).collect();
    }

    /// The last paragraph of the text that says something: no 联系人, 附件, （联系电话…）.
    pub fn last(&self, text: &str) -> Option<Range<usize>> {
        let aside = |r: &&Range<usize>| {
            let line = text[(*r).clone()].trim_start_matches(['（', '(']);
            let numbered = line.starts_with(|c: char| c.is_ascii_digit())
                && line.chars().count() < 30
                && !line.contains('。');
            ["联系", "附件", "附：", "电话", "此件"].iter().any(|w| line.starts_with(w)) || numbered
        };
        self.body.iter().rev().find(|r| !aside(r)).cloned()
    }

    /// The whole text as one stretch; empty if there is none.
    pub fn all(&self) -> Range<usize> {
        match (self.body.first(), self.body.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// Whether the line of addressees speaks to an audience: 同志们.
    pub fn is_audience(words: &str) -> bool {
        let words = words.replace("委员会", "");
        lexicon::AUDIENCE.iter().any(|w| words.contains(w)) || words.starts_with("尊敬的")
    }
}

/// 附件1 at the head of an attachment.
fn is_annex(line: &str) -> bool {
    let rest = line.strip_prefix("附件");
    rest.is_some_and(|r| r.chars().count() <= 2 && !r.contains(['：', ':']))
}

/// A line that is the name of an office, or of several.
fn is_signature(line: &str) -> bool {
    /// Characters of such a line.
    const LONGEST: usize = 32;
    let bare = line.trim_end_matches(['（', '）', '印', '章', ' ', '　', '代']);
    let plain = !line.contains(['。', '，', '：', '；', '！', '？', '、', ':'])
        && !line.starts_with(|c: char| c.is_ascii_digit());
    let organ = bare
        .chars()
        .next_back()
        .is_some_and(|c| "府局委办会室部厅院所站队社行司团馆台组署处校心区科股".contains(c));
    (3..=LONGEST).contains(&line.chars().count())
        && plain
        && organ
        && crate::base::han::heading_number(line).is_none()
}
