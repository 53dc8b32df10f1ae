//! `stale-body` (旧机构名): offices spoken of as they are now by a name that was given up.
//!
//! The lexicon is `phrasebank/lexicon/stale_body.tsv`: each name with the last day on which a paper may use
//! it, what followed, and the decision. A name is right in an account of its time (2015年，县扶贫办获评…), in
//! the title of a paper of its time, behind 原 and 时任, and where the reform itself is told; and it is right in
//! every paper of its time, by the day that the paper gives itself (`rules/reading/day.rs`).
//!
//! Names that some localities keep (乡村振兴局 beside 农业农村局, 粮食局) are a hint only.

use std::ops::Range;
use std::sync::LazyLock;

use super::reading::{
    dated::Dated,
    day,
    quote::{self, Quoted},
};
use super::{About, Authority, Case, Example, Reads, Rule, example, told_once};
use crate::base::han::{Date, is_han, years_said};
use crate::base::lexicon::stale_body as lexicon;
use crate::base::{Text, clause};
use crate::model::pack::{Body, BodyName};
use crate::model::{Finding, Severity};
use crate::text;

/// The rule.
pub struct StaleBody;

static ABOUT: About = About {
    id: "stale-body",
    title: Text::fixed("已更名、撤销的机构", "offices renamed or dissolved"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "机构改了名、并了家，旧稿里的名字最容易留下：2018年机构改革后没有环保局、国土局、安监局、工商局、卫计委，2021年后没有\
         扶贫办，2023年后没有银保监会。本规则按文稿的日子对照机构表（每条有改革的决定和日期），把旧机构当作现在的机构来说的才指出。\
         讲当年的事、讲机构改革的、“原环保局”“时任”、书名号里的文件名，不指出；有的地方仍保留的名称只提示。",
        "Offices are renamed and merged, and old drafts keep their names: since the reform of 2018 there is no 环保局, \
         国土局, 安监局, 工商局 or 卫计委, since 2021 no 扶贫办, since 2023 no 银保监会. By the day of the paper and a \
         table of offices, each with the decision and its date, the rule flags an old name that is used as the \
         present one. Accounts of the past and of the reform, 原 and 时任 and titles of papers are left alone; names \
         that some places keep are a hint.",
    ),
    examples: EXAMPLES,
};

static EXAMPLES: &[Example] = &[
    example("河道采砂由县国土局、县环保局各负其责。", &["县国土局", "县环保局"]).on("2026-03-05"),
    example("由县安监局牵头，县工商局配合。", &["县安监局", "县工商局"]).on("2026-03-05"),
    example("县扶贫办负责动态监测。", &["县扶贫办"]).on("2026-03-05"),
    example("培训名额报国家卫生计生委备案。", &["国家卫生计生委"]).on("2026-03-05"),
    example("银保监会要求各行压降费用。", &["银保监会"]).on("2026-03-05"),
    example("地税局要上门辅导企业。", &["地税局"]).on("2020-03-05"),
    example("青河县文化局要做好展演。\n青石镇质监局的检验点照常开放。", &["县文化局", "质监局"])
        .on("2022-03-05"),
    example("县乡村振兴局牵头落实监测。", &["县乡村振兴局"]).on("2026-03-05"),
    example("由公安、工商、税务等部门联合执法，青石镇国土所配合。", &["工商", "国土所"]).on("2026-03-05"),
    example("2025年的试点经验获国家环保部通报表扬。", &["环保部"]).on("2025-12-05"),
    example(
        "县国土资源主管部门负责用地审批。\n公安、工商行政管理、水利等部门要密切配合。",
        &["县国土资源", "工商行政管理"],
    )
    .on("2022-03-05"),
    example("国土资源、环境保护等领域的问题要整改，负有安全生产监督管理职责的部门要依法查处。", &[])
        .on("2022-03-05"),
    example("第五条 国土资源主管部门负责用地审批。\n第九条 本办法自2012年5月1日起施行。", &[])
        .on("2022-03-05"),
    example("2016 年，县环保局获评先进单位。\n四年来，县扶贫办获授全县先进集体。", &[]).on("2022-01-05"),
    example("移交手续由原县质量技术监督局（简称县质监局）的人签字。", &[]).on("2022-01-05"),
    example("搬迁工作受到国务院扶贫办通报表扬。", &[]).on("2022-02-05"),
    example("按国家安监总局《烟花爆竹经营许可实施办法》办理。", &[]).on("2026-03-05"),
    example("县委金融办和工商联、工商银行对接。", &[]).on("2026-03-05"),
    example("县文化和旅游局、教育体育和文化局要做好展演。", &[]).on("2026-03-05"),
    example("县环保局要抓好整改。", &[]).on("2017-03-05"),
    example("2016年，县环保局获评先进单位。", &[]).on("2026-03-05"),
    example("原国土局、环保局的职能已经划转。", &[]).on("2026-03-05"),
    example("2018年机构改革，组建生态环境局，不再保留环境保护局。", &[]).on("2026-03-05"),
    example("按《国土资源部关于设施用地的通知》执行。", &[]).on("2026-03-05"),
    example("林某，曾任县卫计委主任。", &[]).on("2026-03-05"),
    example("农业部门、文化部门、环保部门各司其职，国土空间规划已批复。", &[]).on("2026-03-05"),
    example("县环保局要抓好整改。", &[]),
];

static BODIES: LazyLock<Dated<Body>> = LazyLock::new(|| {
    let lines = include_str!("../../../phrasebank/lexicon/stale_body.tsv").lines();
    Dated::of(lines.filter(|l| !l.starts_with('#')).filter_map(|line| {
        let parts: Vec<&str> = line.split('\t').collect();
        let [name, until, how, successor, zh, en] = parts[..] else { return None };
        let (until, how, basis) = (Date::parse(until)?, BodyName::of(how)?, Text::fixed(zh, en));
        Some((name, Body { name: name.into(), until, how, successor: successor.into(), basis }))
    }))
});

impl Rule for StaleBody {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(today) = day::of(case) else { return Vec::new() };
        let text = case.folded().text();
        let mut found = Vec::new();
        for (body, range) in BODIES.said(&case.settings.pack.bodies, text) {
            let stale = today > body.until
                && is_whole(text, &range, body)
                && !is_quoted(case.folded_quotes(), text, &range)
                && !is_past(text, &range, body, today)
                && !(is_function(body) && is_of_then(text, body));
            if stale {
                found.push(finding(text, range, body, today));
            }
        }
        told_once(&mut found);
        found
    }
}

/// Whether a department that is named by two letters stands in a row of departments: 公安、工商、税务等部门.
fn is_listed(text: &str, range: &Range<usize>) -> bool {
    let (before, rest) = (&text[..range.start], &text[range.end..]);
    let inside = before.chars().next_back().is_some_and(|c| lexicon::ROW_MARKS.contains(&c))
        && lexicon::ROW_ENDS.iter().any(|w| rest.starts_with(w))
        && (before.ends_with('、') || rest.starts_with('、'));
    // 国土、水利等领域 are no departments.
    inside && {
        let sentence = &text[clause::sentence(text, range.clone())];
        ["部门", "单位", "执法", "系统", "牵头", "联合"].iter().any(|w| sentence.contains(w))
    }
}

/// Whether a name is what a department does, and no office by itself: 国土资源.
fn is_function(body: &Body) -> bool {
    lexicon::FUNCTIONS.contains(&&*body.name)
}

/// Whether what a department does stands for the department: 国土资源主管部门, 公安、国土资源、水利等部门.
fn is_department(text: &str, range: &Range<usize>) -> bool {
    /// Bytes of the rest of a row.
    const LONGEST: usize = 360;
    let (before, rest) = (&text[..range.start], &text[range.end..]);
    let last = before.chars().next_back();
    // 生态环境保护, 规划国土资源 are others.
    let opens =
        last.is_none_or(|c| !is_han(c) || lexicon::LEVELS.contains(&c) || lexicon::ROW_MARKS.contains(&c));
    let named = lexicon::DEPARTMENTS.iter().any(|w| rest.starts_with(w));
    let in_row = || {
        let row = &rest[..rest.floor_char_boundary(rest.len().min(LONGEST))];
        let end = row.find(|c: char| !(is_han(c) || matches!(c, '、' | '（' | '）'))).unwrap_or(row.len());
        let joined = before.ends_with('、') || rest.starts_with('、');
        let goes_on = lexicon::ROW_ENDS.iter().any(|w| rest.starts_with(w));
        // 国土资源、水利等领域 are no departments, and 环境保护、安全生产工作 is none.
        let part = &row[..end];
        let close = part.find("部门").filter(|at| {
            let inner = &part[..*at];
            !lexicon::NO_ROW.iter().any(|w| inner.contains(w))
        });
        joined && goes_on && close.is_some()
    };
    opens && (named || in_row())
}

/// Whether a regulation has been in force since the office's own time: 自2006年5月1日起施行.
fn is_of_then(text: &str, body: &Body) -> bool {
    let Some(at) = text.rfind("起施行") else { return false };
    let from = text.floor_char_boundary(at.saturating_sub(40));
    years_said(&text[from..at]).next_back().is_some_and(|(_, year)| year < body.until.year)
}

/// Whether the words are the office and no part of others: 农业部门, 生态环保局.
fn is_whole(text: &str, range: &Range<usize>, body: &Body) -> bool {
    if lexicon::LISTED.contains(&&*body.name) {
        return is_listed(text, range);
    }
    if is_function(body) {
        return is_department(text, range);
    }
    let next = text[range.end..].chars().next();
    let before = text[..range.start].chars().next_back();
    if next.is_some_and(|c| lexicon::BEYOND.contains(&c)) && body.how != BodyName::Full {
        return false;
    }
    if next == Some('门') || text[..range.start].ends_with("美国") {
        return false;
    }
    if body.how == BodyName::Full
        && body.name.chars().count() <= 4
        && before.is_some_and(|c| lexicon::JOINED.contains(&c))
    {
        return false;
    }
    // 文化和旅游局 is an office of now; 环保局和国土局 are two of then.
    let head = text[..range.start].trim_end_matches(['和', '与', '及']);
    let joined = head.len() < range.start && !head.ends_with(['局', '委', '办', '厅', '部', '、']);
    body.how == BodyName::Full || !joined && before.is_none_or(|c| !is_han(c) || lexicon::LEVELS.contains(&c))
}

/// Whether it stands in a title, in somebody's words, or before a number of a paper: 国土资发〔2014〕127号.
fn is_quoted(quoted: &[Quoted], text: &str, range: &Range<usize>) -> bool {
    /// Characters up to which marks hold a name and not somebody's words.
    const NAME: usize = 14;
    quote::are_others(quoted, text, range, NAME) || text[range.end..].starts_with(['〔', '令'])
}

/// Whether the sentence tells of the office's own time, or of how it went.
fn is_past(text: &str, range: &Range<usize>, body: &Body, today: Date) -> bool {
    /// Bytes to either side in which a word tells of the office.
    const NEAR: usize = 90;
    /// Years that a review looks back on.
    const REVIEW: u16 = 5;
    let sentence = clause::sentence(text, range.clone());
    let from = text.ceil_char_boundary(sentence.start.max(range.start.saturating_sub(NEAR)));
    let near = &text[from..text.floor_char_boundary(sentence.end.min(range.end + NEAR)).max(range.end)];
    let line = clause::line_start(text, range.start);
    // 2017 年, as it is set between figures and letters.
    let before = &text[line..range.start].replace(" 年", "年");
    let behind = clause::behind(text, range.start);
    // 原国土局、环保局: 原 holds for the row.
    let was = behind.match_indices('原').any(|(at, _)| {
        let rest = &behind[at + '原'.len_utf8()..];
        rest.is_empty()
            || rest.chars().count() <= 14 && !rest.starts_with(['则', '因', '来', '料', '有', '创', '始'])
    });
    let told = |list: &[&str]| list.iter().any(|w| near.contains(w));
    // Not that of a paper (《…》（2017年修订）), nor one since which something goes on.
    let own_year = |at: usize| {
        let rest = &before[at + "2026年".len()..];
        let titled = before[..at].matches('《').count() > before[..at].matches('》').count();
        !titled && !["修订", "修正", "版", "以来", "起"].iter().any(|w| rest.starts_with(w))
    };
    let year = years_said(before).rfind(|(at, _)| own_year(*at)).map(|(_, year)| year);
    let then = year.is_some_and(|year| year <= body.until.year && (1949..2100).contains(&year));
    let after = clause::ahead(text, range.end, 1);
    // 组建市监局, 环保局挂牌: what may be said of anything else has to stand beside the office.
    let head: String = behind.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    let tail: String = after.chars().take(8).collect();
    let reformed = lexicon::REFORMED.iter().any(|w| head.contains(w) || tail.contains(w));
    let dated = years_said(after).next().is_some_and(|(_, y)| (1949..=body.until.year).contains(&y));
    let issued = lexicon::ISSUED.iter().any(|w| after.starts_with(w));
    // What it praised may be told in a review of some years.
    let since = today.year.saturating_sub(body.until.year);
    // Five years are looked back on when a plan or a term of office has ended.
    let five = since <= 3 && matches!(today.year % 5, 1 | 2);
    let praised = five
        && lexicon::PRAISES.iter().any(|w| behind.contains(w))
        && lexicon::PRAISED.iter().any(|w| after.contains(w));
    let name = behind.trim_end_matches(|c| lexicon::LEVELS.contains(&c));
    let explained = lexicon::EXPLAINS.iter().any(|w| name.ends_with(w));
    let reviews = since <= REVIEW && lexicon::REVIEWS.iter().any(|w| before.contains(w));
    was || then
        || reformed
        || dated
        || issued
        || praised
        || explained
        || reviews
        || told(lexicon::REFORM)
        || told(lexicon::THEN)
}

fn finding(text: &str, range: Range<usize>, body: &Body, today: Date) -> Finding {
    // 县环保局 is told as it stands.
    let level = text[..range.start].chars().next_back().filter(|c| "省市县区州旗".contains(*c));
    let range = range.start - level.map_or(0, char::len_utf8)..range.end;
    let (words, successor, Text { zh, en }) = (&text[range.clone()], &body.successor, &body.basis);
    let message = if successor.is_empty() {
        text!("“{words}”已不是现在的机构名", "“{words}” is no longer the name of an office")
    } else {
        text!(
            "“{words}”已不是现在的机构名，现为{successor}",
            "“{words}” is no longer the name of an office; it is {successor} now"
        )
    };
    let help = Text::fixed(
        "改成现在的机构名；讲当年的事，写明年份或加“原”",
        "name the present office; in an account of the past, say the year or 原",
    );
    let severity = if body.how == BodyName::Kept { Severity::Info } else { Severity::Warning };
    ABOUT.finding(range, message).severity(severity).help(help).note(
        None,
        if zh.is_empty() {
            text!("按{today}判断", "judged by {today}")
        } else {
            text!("依据：{zh}；按{today}判断", "on the basis of {en}; judged by {today}")
        },
    )
}
