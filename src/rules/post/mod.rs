//! `post` (人名职务): persons and their posts through a whole paper, and how many units a row has.
//!
//! `person-title` looks at the offices that one person of a locality holds; this rule reads every post (`office`)
//! with every name (`name`, `people`), and asks:
//!
//! | file | finds |
//! |---|---|
//! | `twice` | one person in two posts that do not go together |
//! | `order` | a list in which the county head stands before the secretary, a deputy before the head |
//! | `bare` | the one person whose post was left out |
//! | `spelled` | one name in two spellings |
//! | `units` | a row of units and a number that differ |
//! | `named` | where persons are named, for whoever compares two versions |
//! | `leaders` | posts, names and order against the people of the facts |
//!
//! What `person-title` and `count-claim` say of the same words is not said again (`rules::check`).

mod bare;
mod examples;
mod leaders;
mod name;
mod named;
mod office;
mod order;
mod people;
mod spelled;
mod twice;
mod units;

use std::ops::Range;

pub use named::{is_person, people_named};

use super::{About, Authority, Case, Reads, Rule};
use crate::base::{Place, Text};
use crate::model::{Finding, Severity};

/// The rule.
pub struct PostRule;

pub(super) const ID: &str = "post";

static ABOUT: About = About {
    id: ID,
    title: Text::fixed("人名职务和单位数对不上", "posts, names and numbers of units that disagree"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "一个人前面是副县长、后面成了局长，名单里县长排在书记前面，别人都有职务、独独一个人没有，“蒋文斌”写成“蒋文彬”，\
         “县教育局、县民政局、县财政局两家单位”：拼稿改稿时最容易留下，读的人一眼就看见。本规则通读全文的职务和姓名：同一人的职务\
         互相容不下的、名单次序不对的、漏写职务的、一名两写的、单位数目与名单不符的，指出；有事实文件的，人员的职务、姓名、排序以它\
         为准。任免、原任、时任、兼任，本来就在一起的职务（县委副书记、县长；副县长、公安局局长；组长、会长一类），谁做了什么的句子，\
         名单后带“等”的，看不准是不是人名、是不是名单的，不指出。姓名、数字准确是条例的要求，排序和职务写法是通行做法。",
        "A person who is deputy county head above and head of a bureau below, a list with the county head before the \
         party secretary, one person without a post where all others have one, 蒋文斌 spelled 蒋文彬, three bureaus \
         counted as 两家单位: left-overs of drafts put together from several, which every reader sees. The rule reads \
         all posts and names of a paper and flags posts that one person cannot hold together, lists out of order, the \
         one post that is missing, names spelled in two ways, and rows of units whose number is another; with facts, \
         their people decide on posts, spelling and order. Appointments, former and second posts, posts that belong \
         together (县委副书记、县长; 副县长、公安局局长; parts in groups and societies), sentences that tell who did what, \
         rows that end in 等, and what may be no name or no row are left alone. Right names and figures are asked for by \
         the regulation, order and form of posts by custom.",
    ),
    examples: examples::EXAMPLES,
};

/// What was found, in bytes of the folded text.
#[derive(Debug)]
struct Told {
    range: Range<usize>,
    message: Text,
    help: Text,
    /// Another place of the text that it was held against, and what stands there.
    other: Option<(usize, Text)>,
    evidence: Option<(Option<Place>, Text)>,
}

impl Told {
    const fn warning(range: Range<usize>, message: Text) -> Self {
        let help = Text::fixed("核对姓名和职务，全文统一", "check name and post, and use one throughout");
        Self { range, message, help, other: None, evidence: None }
    }

    fn help(mut self, help: Text) -> Self {
        self.help = help;
        self
    }

    /// The same with another place of the text.
    fn note(mut self, at: usize, words: Text) -> Self {
        self.other = Some((at, words));
        self
    }

    /// The same with the fact that says otherwise.
    fn evidence(mut self, at: Option<Place>, words: Text) -> Self {
        self.evidence = Some((at, words));
        self
    }
}

impl Rule for PostRule {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let folded = case.folded();
        let text = folded.text();
        let people = people::people(text);
        let mut found = twice::find(text, &people);
        found.extend(spelled::find(text, &people));
        found.extend(order::find(text, &people));
        // The persons of a draft are its facts', with the posts that the facts give them.
        if !case.is_drafted() {
            found.extend(bare::find(text, &people));
        }
        found.extend(units::find(text));
        if let Some(facts) = case.facts {
            found.extend(leaders::find(text, &people, facts));
        }
        found.sort_by_key(|t| (t.range.start, t.range.end));
        found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
        let finding = |t: Told| {
            let other = t.other.map(|(at, words)| (case.manuscript.place(folded.back(at)).cloned(), words));
            ABOUT.finding(t.range, t.message).help(t.help).notes(other).notes(t.evidence)
        };
        found.into_iter().map(finding).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PostRule, Rule};
    use crate::model::Settings;
    use crate::read;
    use crate::rules::Case;

    fn flagged(text: &str) -> Vec<String> {
        let manuscript = read("a.txt", text.as_bytes()).unwrap_or_default();
        let settings = Settings::default();
        let case = Case::new(&manuscript, &settings);
        PostRule.check(&case).into_iter().map(|f| case.folded().text()[f.range].to_owned()).collect()
    }

    #[test]
    fn a_person_who_moved_or_acts_for_the_head_is_left_alone() {
        assert!(flagged("县水利局副局长（主持工作）罗思源汇报。罗思源局长表示尽快完成。").is_empty());
        assert!(flagged("原县教育局局长罗思源现任县水利局局长。县水利局局长罗思源汇报。").is_empty());
        assert_eq!(flagged("县财政局局长覃海波汇报。县审计局局长覃海波列席。"), ["县审计局局长覃海波"]);
    }

    #[test]
    fn leaders_and_organs_without_names_have_their_order_too() {
        assert_eq!(flagged("实行县长、县委书记双组长制。"), ["县长、县委书记"]);
        assert_eq!(flagged("在县政府、县委领导下推进。"), ["县政府、县委"]);
        assert!(flagged("按照省委、省政府、市委部署推进。县人大、县政协支持。").is_empty());
    }

    #[test]
    fn a_row_is_counted_only_where_it_is_one() {
        assert!(flagged("惠及资溪、南城和15个乡镇，培育省级、市级示范社12家。").is_empty());
        assert!(flagged("中西部22个省（自治区、直辖市）参照执行。").is_empty());
        assert_eq!(flagged("昔阳、和顺、左权两县联动。"), ["两县"]);
    }

    #[test]
    fn joint_heads_of_papers_and_brackets_have_their_order() {
        let joint = "云溪县人民政府办公室　中共云溪县委办公室";
        assert_eq!(flagged(&format!("{joint}\n关于做好春灌的通知")), [joint]);
        assert!(flagged("中共云溪县委办公室　云溪县人民政府办公室\n关于做好春灌的通知").is_empty());
        assert!(flagged("云溪县人民政府办公室\n中共青河县委办公室").is_empty());
        assert_eq!(flagged("这是国务院、党中央正确领导的结果。"), ["国务院、党中央"]);
        assert!(flagged("按照党中央、国务院部署推进。").is_empty());
        assert_eq!(flagged("县政府、县委办成了不少实事。"), ["县政府、县委"]);
        assert_eq!(
            flagged("组长：周明达（县委副书记、县长）、林知远（县委书记）"),
            ["周明达（县委副书记、县长）、林知远（县委书记"]
        );
    }

    #[test]
    fn a_deputy_secretary_is_no_deputy_of_the_conference() {
        let text = "县委副书记向春兰包联清河。\n山洪防御由县政协副主席向春兰包联。";
        assert_eq!(flagged(text), ["县政协副主席向春兰"]);
    }

    #[test]
    fn whoever_speaks_is_a_person_and_so_is_who_opens_a_line_of_a_list_of_speakers() {
        let head = "县委书记林知远讲话，县委副书记、县长周明达主持。副县长向春兰宣读方案。";
        assert_eq!(flagged(&format!("{head}\n接报后，罗石率12名队员到场。")), ["罗石"]);
        assert_eq!(flagged(&format!("{head}\n施国栋通报了监督检查情况。")), ["施国栋"]);
        assert!(flagged(&format!("{head}\n应诉率12%以上。施工方通报了进度。")).is_empty());
        let lines = "县教育局副局长向春兰：抓实入学。\n罗明远：开好专场。\n县民政局局长覃海波：管好救助。\n县财政局局长罗思源：保好资金。";
        assert_eq!(flagged(lines), ["罗明远"]);
        assert!(flagged(&lines.replace("罗明远：", "县总工会主席罗明远：")).is_empty());
    }

    #[test]
    fn one_person_s_name_is_spelled_in_one_way() {
        assert_eq!(
            flagged("关于表扬李晓明同志的通报\n李晓明同志下水救人。\nX。李小明同志现任副股长。"),
            ["李小明"]
        );
        assert!(flagged("李晓明同志任股长；李小明同志任副股长。").is_empty());
        assert_eq!(flagged("信访人：王桂珍，女。信访人王桂珍反映欠款。\n已支付王桂贞本人。"), ["王桂贞"]);
        assert_eq!(flagged("镇长肖建国到场。镇长萧建囯安排转移。"), ["萧建囯"]);
        assert_eq!(flagged("副院长呼延庆生出席。\n呼延生庆表示，全力支持。"), ["呼延生庆"]);
        assert_eq!(flagged("县水利局局长佴海涛出席。\n县水利局局长倪海涛介绍了情况。").len(), 1);
        assert!(flagged("县水利局局长佴海涛出席。\n县教育局局长倪海涛介绍了情况。").is_empty());
    }

    #[test]
    fn more_than_are_counted_are_too_many_whatever_follows() {
        assert_eq!(flagged("支持云溪奔马化工、清河裕隆气体、石桥科瑞化工等2家企业迁建。"), ["2家企业"]);
        assert!(flagged("支持云溪奔马化工、清河裕隆气体等6家企业迁建。").is_empty());
        let letter = "关于联合检查的函\n县公安局、县教育局、县民政局：\n我局将与贵方";
        assert_eq!(flagged(&format!("{letter}两个单位检查。")), ["两个单位"]);
        assert!(flagged(&format!("{letter}三个单位检查。")).is_empty());
        assert_eq!(flagged("牵头的两家单位是县教育局、县文明办、县民政局，县财政局配合。"), ["两家单位"]);
        assert!(flagged("各学校会同县教育局、县民政局、县财政局等三个部门认定。").is_empty());
    }

    // Quadratic in names or rows, each of these would take minutes.
    #[test]
    fn long_papers_of_nothing_but_names_take_linear_time() {
        flagged(&"副县长覃海波、".repeat(10_000));
        flagged(&"由张文斌负责，".repeat(10_000));
        flagged(&"县教育局、".repeat(20_000));
        flagged(&"李晓明同志。李小明同志。".repeat(10_000));
        flagged(&"县政府办公室、".repeat(20_000));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(words in prop::collection::vec(prop::sample::select(vec![
            "县委书记", "副县长", "县长", "局长", "、", "，", "。", "（", "）", "林知远", "林知元", "覃海", "张", "　", "\n",
            "两家单位", "3个县", "各乡镇", "等", "和", "由", "负责", "同志", "2", "é", "兼", "主任",
        ]), 0..24)) {
            flagged(&words.concat());
        }
    }
}
