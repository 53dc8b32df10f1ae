//! 项目: projects, with what they cost and how far they are.

use std::ops::Range;

use super::charge::charge;
use super::page::Page;
use super::split::{between, clauses};
use super::{Found, Kind};
use crate::base::lexicon::gather as lexicon;
use crate::base::pattern::pattern;

pattern! {
    /// 总投资1.2亿元的城东污水处理厂项目, 城东污水处理厂项目总投资1.2亿元: name and money.
    static OF_MONEY = r"(?:计划)?(?:总)?投资(?:约|达|近)?([0-9][0-9.,]*(?:万|亿)元)的([\p{Han}0-9A-Za-z·“”（）—-]{4,30}?(?:项目|工程))";
    static COSTS = r"([\p{Han}0-9A-Za-z·“”（）—-]{4,30}?(?:项目|工程|改造|建设|扩建|迁建|一期|二期|三期))[，,]?(?:计划|估算|概算)?总投资(?:约|达|近|为)?([0-9][0-9.,]*(?:万|亿)元)";
}

pattern! {
    /// 加快推进甲、乙、丙等重点项目建设: the list, and what follows.
    static LISTED = r"([^，,。；：:《》]{6,150}?)等(?:一批)?(?:[0-9一二三四五六七八九十百]{0,4}个)?[\p{Han}]{0,6}?(?:项目|工程)((?:建设)?(?:全面|顺利|相继|陆续|如期|加快)?(?:开工建设|开工|建成投用|建成投产|建成|竣工|投产|投用|推进|落地|签约|启动|实施|完工))?";
}

pattern! {
    /// 投入资金2798万元，实施泮河供水工程: money, verb, name; 投入资金900多万元，对泮河小学等进行了扩建: money, name, verb.
    static FUNDED = r"(?:投入|投资|筹资|筹措|争取|安排)(?:资金)?(?:约|近|达)?([0-9][0-9.,]*(?:多|余)?(?:万|亿)(?:余)?元)[，,](?:先后|优先|重点)*(?:在[\p{Han}0-9]{2,12}?)?(?:(实施|建设|新建|建成|改造|修建|扩建|改扩建|完成|启动)了?([\p{Han}0-9、“”]{2,40}?(?:项目|工程))|对([\p{Han}0-9、“”]{4,40}?)进行了?([\p{Han}、]{2,8}))";
}

/// Whether a clause says how far a project is.
fn is_progress(words: &str) -> bool {
    let begins = ["已", "目前", "正在", "现已", "主体", "完成"];
    words.chars().count() >= 4 && begins.iter().any(|b| words.starts_with(b))
}

/// The projects of a paper.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let costed = |line: &str| line.contains("投资");
    for line in page.lines.iter().filter(|l| !l.cell) {
        let words = page.said(&line.range);
        let at = |m: &regex::Match<'_>| line.range.start + m.start()..line.range.start + m.end();
        for money in OF_MONEY.on_lines(words, costed) {
            if let (Some(invest), Some(name)) = (money.get(1), money.get(2)) {
                found.push(Found::named(Kind::Project, page, &at(&name)).with(page, "invest", &at(&invest)));
            }
        }
        let paid = |line: &str| line.contains('元') && line.contains(['投', '资', '取', '排']);
        for funded in FUNDED.on_lines(words, paid) {
            let name = funded.get(3).or_else(|| funded.get(4));
            let progress = funded.get(2).or_else(|| funded.get(5));
            if let (Some(invest), Some(name), Some(progress)) = (funded.get(1), name, progress) {
                let one = Found::named(Kind::Project, page, &at(&name)).with(page, "invest", &at(&invest));
                found.push(one.with(page, "progress", &at(&progress)));
            }
        }
        let costs: Vec<_> = COSTS.on_lines(words, costed).collect();
        for one in &costs {
            let (Some(name), Some(invest)) = (one.get(1), one.get(2)) else { continue };
            let mut project =
                Found::named(Kind::Project, page, &at(&name)).with(page, "invest", &at(&invest));
            // 总投资860万元，已完成可研批复: the next clause says how far it is.
            let behind = line.range.start + invest.end()..line.range.end;
            let next =
                between(page.text, &behind, |c| matches!(c, '，' | ',' | '；' | '。')).into_iter().next();
            if let Some(next) = next.filter(|r| is_progress(page.said(r))) {
                project.say(page, "progress", &next);
            }
            if costs.len() == 1
                && let Some(charge) = charge(page, &line.range)
            {
                charge.due.iter().for_each(|due| project.say(page, "due", due));
                charge.owner.iter().for_each(|owner| project.say(page, "owner", owner));
            }
            found.push(project);
        }
    }
    found.extend(in_lists(page));
    found.extend(page.lines.iter().filter(|l| !l.cell).flat_map(|l| in_clauses(page, &l.range)));
    found.retain(|one| !one.title().starts_with(['的', '个', '等', '，']));
    found
}

/// The projects of lists: 加快推进甲、乙等重点项目.
fn in_lists(page: &Page<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for line in page.lines.iter().filter(|l| !l.cell) {
        let words = page.said(&line.range);
        let at = |m: &regex::Match<'_>| line.range.start + m.start()..line.range.start + m.end();
        for listed in LISTED.on_lines(words, |line| line.contains('等')) {
            let Some(list) = listed.get(1) else { continue };
            let lead =
                lexicon::PROJECT_LEADS.iter().filter_map(|lead| Some((list.as_str().find(lead)?, *lead)));
            // The verb stands within the first words, with what goes before it.
            let lead = lead.filter(|(at, _)| *at <= 18).max_by_key(|(at, lead)| at + lead.len());
            let skip = lead.map_or(0, |(at, lead)| at + lead.len());
            let start = line.range.start + list.start();
            let all = between(page.text, &(start + skip..start + list.len()), |c| c == '、');
            let progress = match (listed.get(2), lead) {
                (Some(said), _) => Some(at(&said)),
                (None, Some((at, lead))) => Some(start + at..start + at + lead.len()),
                (None, None) => None,
            };
            let named = |r: &Range<usize>| (4..=32).contains(&page.said(r).chars().count());
            let Some(progress) = progress.filter(|_| all.len() > 1 && all.iter().all(named)) else {
                continue;
            };
            found.extend(
                all.iter().map(|r| Found::named(Kind::Project, page, r).with(page, "progress", &progress)),
            );
        }
    }
    found
}

/// 泮河大桥、泮山铁路建成通车, 开工建设泮河大桥: what is built, and how far it has come.
fn in_clauses(page: &Page<'_>, line: &Range<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    for clause in clauses(page.text, line) {
        let words = page.said(&clause);
        let state = lexicon::PROJECT_STATES.iter().filter(|s| words.ends_with(**s)).max_by_key(|s| s.len());
        let lead = lexicon::BUILD_LEADS.iter().filter(|l| words.starts_with(**l)).max_by_key(|l| l.len());
        let (list, progress) = match (state, lead) {
            (Some(state), None) => {
                let before = &words[..words.len() - state.len()];
                let kept = before.trim_end_matches([
                    '已', '全', '部', '等', '将', '均', '正', '式', '顺', '利', '如', '期',
                ]);
                (clause.start..clause.start + kept.len(), clause.end - state.len()..clause.end)
            }
            (None, Some(lead)) => {
                let kept = words[lead.len()..].strip_suffix("建设").unwrap_or(&words[lead.len()..]);
                let start = clause.start + lead.len();
                (start..start + kept.trim_end_matches('等').len(), clause.start..start)
            }
            _ => continue,
        };
        let all = between(page.text, &list, |c| c == '、');
        if !all.is_empty() && all.iter().all(|r| is_built(page.said(r))) {
            found.extend(
                all.iter().map(|r| Found::named(Kind::Project, page, r).with(page, "progress", &progress)),
            );
        }
    }
    found
}

/// Whether words name one thing that is built: no count of several, no deed.
fn is_built(name: &str) -> bool {
    let verb = lexicon::PROJECT_LEADS.iter().chain(lexicon::DEEDS).any(|v| name.starts_with(v));
    let counted = name.contains(['个', '条', '座', '处', '项', '批'])
        && name.contains(|c: char| c.is_ascii_digit() || c == '批');
    let vague = name.starts_with(['一', '新', '重', '各', '全']) || name.contains('的');
    (4..=26).contains(&name.chars().count())
        && !verb
        && !counted
        && !vague
        && lexicon::PROJECT_ENDS.iter().any(|end| name.ends_with(end))
}
