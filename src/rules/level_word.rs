//! `level-word` (级别用词): 我区 in a county's document, 县委、县政府 in a district's.
//!
//! A text that was made from another level's keeps that level's words for itself. The document's
//! own level is that of the facts or of `--locality`, else the one that its own words mostly speak
//! of. Words of levels above are fine (a county speaks of 市委 and 全市排名), and so are those of
//! levels below where somebody's words are told. In autonomous regions 我区 and 全区 are the region.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::reading::places::gazetteer::Code;
use super::reading::places::own::{Own, own, rank_of_level, self_words, spoken_level};
use super::reading::quote::inside;
use super::{About, Authority, Case, Example, Reads, Rule, example};
use crate::base::Text;
use crate::base::han::is_han;
use crate::base::lexicon::level_word as lexicon;
use crate::base::words::{Found, Words};
use crate::model::{BlockKind, Finding, Severity};
use crate::text;

/// The rule.
pub struct LevelWord;

static ABOUT: About = About {
    id: "level-word",
    title: Text::fixed("级别用词与本地不符", "words of another level"),
    severity: Severity::Warning,
    authority: Authority::Practice,
    reads: Reads::Prose,
    why: Text::fixed(
        "县里的讲话借用了区里、州里的稿子，常常留下“我区”“我州”“区委、区政府”“全旗”。本规则把这些自称与本地的级别对照：\
         级别由事实文件或 --locality 给出，没有给出的，按文中自称的多数推断，并在提示里说明。上级的“市委”“省委”“全市”、\
         自治区的“自治区党委”和“我区”“全区”、引文里的话、讲述基层事例时的“全村”“全镇”不算。自称没有多数时不报。",
        "A county's speech made from a district's or a prefecture's keeps 我区, 我州, 区委、区政府, 全旗. The rule holds \
         these words against the document's level: that of the facts or of --locality, else the one that most of its \
         own words speak of, and then says so. Upper levels' words (市委, 省委, 全市), an autonomous region's 自治区党委, \
         我区 and 全区, quotations, and 全村 or 全镇 in a story from below are left alone. Without a majority it is \
         silent.",
    ),
    examples: EXAMPLES,
};

static EXAMPLES: &[Example] = &[
    example("我县抓住机遇。全县上下齐心，推动我区民族团结进步事业再上台阶。我县还将加大投入。", &["我区"]),
    example(
        "我县是农业大县，全县粮食稳产，我县还有余粮。要按照县委部署，奋力谱写我旗发展新篇章。",
        &["我旗"],
    ),
    example(
        "我区地处城市中心，全区有街道九个，我区人口密集。区委高度重视。近年来我县经济稳中有进。",
        &["我县"],
    ),
    example("全县干部要扛起责任。我县森林多，我县火险高。各乡镇要对区委、区政府负责。", &["区委"]),
    example(
        "我旗牧业兴旺，全旗牧民增收。我旗今年要率先完成，全旗动员。旗委要求，我州各部门配合。",
        &["我州"],
    ),
    example("我县召开大会，全县动员。结合我村实际，制定本方案。我县要抓好落实。", &["我村"]),
    example("我区召开大会，全区动员。我区要落实县委、县政府的部署。", &["县委"]),
    example("我县在全市排名第三，市委、市政府表扬了我县。全县上下要再接再厉，不负省委重托。", &[]),
    example("我县地处桂北，全县人口三十万。按照自治区党委部署，我区将建设五条高速公路，我县有一条。", &[]),
    example("全县抓党建，我县树典型。老支书说，我村的路通了，全村都高兴。我县要推广。", &[]),
    example("我县组织学习。会上传达了“我区要走在前列”的要求。全县要落实。", &[]),
    example("我市统筹城乡，全市联动。我市各县委、县政府要压实责任，各区委、区政府要抓落实。", &[]),
    example("桂林市2026年工作要点\n我市加快发展，全市联动。支持全州、兴安建设园区，我市工业提速。", &[]),
    example(
        "民族工作总结\n县民宗局抓好落实，全县民族团结。宣传了近年来我区民族团结的好局面，自治区党委很重视。",
        &[],
    ),
    example("要自我区分、自我加压。全区域推进，全市场流通，健全县乡村三级网络。", &[]),
    example("社区委员会要抓好治理，园区委托第三方运营。我县已经部署，全县落实。我县重视。", &[]),
];

/// The code of the province that has a county 全州.
const GUANGXI: Code = 450_000;

static BODY_WORDS: LazyLock<Words<'static>> =
    LazyLock::new(|| Words::of(lexicon::BODIES.iter().map(|(body, _)| *body)));

impl Rule for LevelWord {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let text = manuscript.text();
        let found = words(text);
        // Most documents speak of one level only; the gazetteer need not be asked about those.
        let known = case.facts.is_some() || case.settings.home.is_some();
        if found.is_empty() || !known && found.iter().all(|w| w.level == found[0].level) {
            return Vec::new();
        }
        let quotes = case.quotes();
        let own = own(case);
        let spoken = spoken_level(text, quotes);
        let region = own
            .filter(|o| o.provinces_known())
            .map_or_else(|| text.contains("自治区"), Own::in_autonomous_region);
        // Where 我区 may be the region, it says nothing of the document's own level.
        let spoken = spoken.filter(|&s| s != '区' || !region || own.is_some_and(Own::provinces_known));
        let Some((level, rank, why)) = level(own, spoken, &found) else { return Vec::new() };
        found
            .iter()
            .filter(|w| !(w.is_county(text, own)))
            .filter(|w| {
                let at = w.range.start;
                let quotation = manuscript.block(at).is_some_and(|b| b.kind == BlockKind::Quotation);
                !quotation && !inside(quotes, at)
            })
            .filter(|w| w.is_foreign(level, rank, region) && !(w.is_told(text)))
            .map(|w| finding(text, w, level, why.as_ref()))
            .collect()
    }
}

/// The level, its rank where that is known, and why if inferred.
fn level(
    own: Option<&Own>,
    spoken: Option<char>,
    found: &[Word],
) -> Option<(char, Option<u8>, Option<Text>)> {
    if let Some(own) = own {
        let why = own.inferred.as_ref().map(|_| {
            let name = &own.name;
            text!(
                "按文稿推断本地是{name}；可用 --locality 说明",
                "{name} is inferred to be the locality; --locality says for sure"
            )
        });
        let level = own.level?;
        // A place that was only inferred must not overrule what the document says of itself.
        if own.inferred.is_some() && spoken.is_some_and(|s| s != level) {
            return None;
        }
        return (level != '省').then_some((level, own.rank(), why));
    }
    let level = spoken.filter(|l| !"省国".contains(*l))?;
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for word in found.iter().filter(|w| w.form == Form::Mine) {
        *counts.entry(word.level).or_default() += 1;
    }
    let mine = counts.get(&level).copied().unwrap_or(0);
    let others: usize = counts.values().sum::<usize>() - mine;
    if others > mine {
        return None;
    }
    Some((
        level,
        rank_of_level(level),
        Some(text!(
            "没有给出本地，文中自称多为“我{level}”“全{level}”；可用 --locality 说明",
            "no locality was given; the document mostly speaks of 我{level} and 全{level}. --locality says for sure"
        )),
    ))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// 我县.
    Mine,
    /// 全县.
    Whole,
    /// 县委.
    Body,
}

/// A word of a level.
struct Word {
    range: Range<usize>,
    level: char,
    form: Form,
}

impl Word {
    /// Whether a document of this level would not say it.
    fn is_foreign(&self, level: char, rank: Option<u8>, region: bool) -> bool {
        if self.level == level || self.level == '区' && region && self.form != Form::Body {
            return false;
        }
        let Some(mine) = rank_of_level(self.level) else {
            // 市 is above a county; only 我市 claims to be the document's own.
            return self.form == Form::Mine && self.level == '市' && (rank == Some(2) || level == '州');
        };
        match rank {
            // 市 of unknown rank: what is below it cannot be told from itself.
            None => self.form == Form::Mine && mine != 0,
            Some(own) if own >= 3 => self.form == Form::Mine && mine > own,
            Some(own) => match self.form {
                Form::Mine => mine > 0,
                Form::Whole | Form::Body => mine == own,
            },
        }
    }

    /// 全州 is a county of Guangxi: where that may be meant.
    fn is_county(&self, text: &str, own: Option<&Own>) -> bool {
        if &text[self.range.clone()] != "全州" {
            return false;
        }
        let (before, after) = (&text[..self.range.start], &text[self.range.end..]);
        let listed = before.ends_with('、') || after.starts_with(['、', '县']);
        listed || own.is_some_and(|o| o.lies_in(GUANGXI)) || text.contains("广西")
    }

    /// Somebody's words, told without marks: 老支书说，我村的路通了.
    fn is_told(&self, text: &str) -> bool {
        if self.form != Form::Mine {
            return false;
        }
        let before = &text[..self.range.start];
        let start = before.rfind(['。', '\n', '！', '？']).unwrap_or(0);
        let start = text.floor_char_boundary(start.max(self.range.start.saturating_sub(180)));
        ["说", "道：", "表示", "介绍", "告诉", "回答"].iter().any(|w| before[start..].contains(w))
    }
}

/// All words of levels, in order.
fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = self_words(text)
        .filter_map(|(at, word)| {
            let level = word.chars().next_back().filter(|l| !"国省".contains(*l))?;
            let form = if word.starts_with('我') { Form::Mine } else { Form::Whole };
            let lower = matches!(level, '乡' | '镇' | '村') && form == Form::Whole;
            (!lower).then_some(Word { range: at..at + word.len(), level, form })
        })
        .collect();
    for Found { range, word } in BODY_WORDS.every(text) {
        let before = text[..range.start].chars().next_back().unwrap_or('\n');
        let after = text[range.end..].chars().next().unwrap_or('\n');
        // 自治区党委, 社区委员会, 各区委, 红古区委: another's, or no committee.
        let begins = !is_han(before) || "是经在按据实照据由报对向和与为求受让给请".contains(before);
        if begins && !"员托会".contains(after) {
            found.push(Word { range, level: lexicon::BODIES[word].1, form: Form::Body });
        }
    }
    found.sort_by_key(|w| w.range.start);
    // 区委、区政府 is told once.
    found.dedup_by(|later, earlier| {
        later.form == Form::Body
            && earlier.form == Form::Body
            && later.level == earlier.level
            && text.get(earlier.range.end..later.range.start).is_some_and(|gap| gap == "、" || gap.is_empty())
    });
    found
}

fn finding(text: &str, word: &Word, level: char, why: Option<&Text>) -> Finding {
    let words = &text[word.range.clone()];
    let right = words.replace(word.level, &level.to_string());
    let (own_zh, own_en) = match level {
        '街' => ("街道".to_owned(), "街道".to_owned()),
        other => (other.to_string(), other.to_string()),
    };
    let message = text!(
        "“{words}”与本地的级别（{own_zh}）不符",
        "“{words}” does not fit the document's own level ({own_en})"
    );
    ABOUT
        .finding(word.range.clone(), message)
        .help(text!(
            "是本地的，改为“{right}”；是别处的，写明是哪里",
            "if the own locality is meant, write “{right}”; else say which"
        ))
        .notes(why.map(|w| (None, w.clone())))
}
