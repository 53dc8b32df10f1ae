//! `genre` (行文): a paper held against what its genre is for.
//!
//! The genre is declared (`check --genre 请示`, 文种 in wengao.yaml, the front matter of a .md, the skeleton of a
//! draft) or, for what contradicts it alone, told by the last word of the title. It is never guessed from the text.
//!
//! | file | what |
//! |---|---|
//! | `kinds` | the genres and their names |
//! | `sheet` | the parts of a paper: title, addressee, text, signature, date |
//! | `opposed` | what contradicts the genre |
//! | `missing` | what a paper of the genre has |
//! | `tasks` | a task of a 方案 without owner or deadline |

mod examples;
mod kinds;
mod missing;
mod opposed;
mod sheet;
mod tasks;

use std::ops::Range;

use super::{About, Authority, Case, Reads, Rule};
use crate::base::Text;
use crate::model::{Finding, Manuscript, Settings, Severity};
use crate::text;

pub use kinds::Genre;

/// The rule.
pub struct GenreRule;

static ABOUT: About = About {
    id: "genre",
    title: Text::fixed("行文与文种不符", "a paper that its genre forbids"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Prose,
    why: Text::fixed(
        "文种用错、行文规则没守住，公文会被退回。本规则按声明的文种看：命令行 --genre、wengao.yaml 的“文种”、.md 文首的“文种”、起草用的\
         模板；没有声明的，只看标题最后的文种（关于……的请示、……实施方案），而且只指出与文种相抵触的。\
         依《党政机关公文处理工作条例》报警告的：请示一文一事、报告不得夹带请示事项（第十五条第四项），请示、报告原则上主送一个上级机关、\
         不抄送下级（第一项）、不报送领导个人（第五项），函用于不相隶属机关之间而用了命令口气、批复答复的不是请示（第八条），别的文种的\
         结语（第八条、第十九条），声明了文种而缺主送机关、署名、成文日期（第九条）。\
         按通行做法只提示的：请示和函没有结语、讲话没有称谓、总结不写问题、纪要没有出席和议定、批复没有引来文或没有态度，方案里别的任务\
         都有而独有一项没有责任单位或时限，党委、政府同时主送。看的文种：请示、报告、函、通知、方案、总结、讲话、批复、纪要、意见。\
         引用法规的“必须”、“请予审议”“请指正”、“另文请示”、开头统一规定了责任和时限的方案，不指出。",
        "A paper in the wrong genre, or against the rules for it, is sent back. The rule goes by the declared genre: \
         --genre, 文种 in wengao.yaml or in the front matter of a .md, the skeleton of a draft; where none is declared \
         by the last word of the title (关于……的请示, ……实施方案), and then for contradictions alone. Warnings, by the \
         regulation on official documents (2012): a 请示 has one matter and a 报告 carries no request (article 15 (4)), \
         both go to one superior office, not to those below (15 (1)) nor to a person (15 (5)); a 函 goes between offices \
         of which none is over the other and gives no orders, a 批复 answers a 请示 (article 8); closing words of another \
         genre (8, 19); where the genre is declared, the addressee, the issuing office and the date that are missing \
         (article 9). Hints, by custom: a 请示 or 函 that does not close as one, a speech without salutation, a 总结 \
         without problems, 纪要 without attendance or decisions, a 批复 that names no request or does not decide, the one \
         task of a 方案 without the owner or deadline that its siblings have, party and government addressed together. \
         必须 in the words of a law, 请予审议, 请指正, 另文请示, and plans that lay owner and deadline down for all tasks \
         are left alone.",
    ),
    examples: examples::EXAMPLES,
};

/// By what right something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basis {
    /// An article of the regulation, in both languages.
    Article(&'static str, &'static str),
    /// What offices do.
    Custom,
}

/// What was found, in bytes of the text.
#[derive(Debug)]
struct Told {
    range: Range<usize>,
    message: Text,
    help: Text,
    basis: Basis,
    severity: Severity,
}

impl Told {
    const fn new(range: Range<usize>, message: Text, help: Text, basis: Basis) -> Self {
        let severity = match basis {
            Basis::Article(..) => Severity::Warning,
            Basis::Custom => Severity::Info,
        };
        Self { range, message, help, basis, severity }
    }

    /// The same as a hint.
    const fn hint(mut self) -> Self {
        self.severity = Severity::Info;
        self
    }

    /// The same by custom.
    const fn custom(mut self) -> Self {
        self.basis = Basis::Custom;
        self.hint()
    }

    fn finding(self) -> Finding {
        let note = match self.basis {
            Basis::Article(zh, en) => text!(
                "依据：《党政机关公文处理工作条例》{zh}",
                "by the regulation on the handling of official documents (2012), {en}"
            ),
            Basis::Custom => {
                Text::fixed("依据：通行做法，条例没有规定", "by custom; the regulation does not ask for it")
            }
        };
        ABOUT.finding(self.range, self.message).severity(self.severity).help(self.help).note(None, note)
    }
}

impl Rule for GenreRule {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let text = case.manuscript.text();
        let declared = declared(case);
        let Some((sheet, genre)) = sheet::Sheet::of(case.manuscript, declared) else { return Vec::new() };
        let mut found = opposed::find(text, &sheet, genre);
        if declared.is_some() {
            // Of a draft the person is told which facts would fill it (`draft::wanted`, gaps).
            let drafted = case.is_drafted();
            if !(drafted && genre == Genre::Summary) {
                found.extend(missing::find(text, &sheet, genre));
            }
            if genre == Genre::Plan && !drafted {
                found.extend(tasks::find(case, &sheet));
            }
        }
        found.retain(|t| !t.range.is_empty() && text.get(t.range.clone()).is_some());
        found.into_iter().map(Told::finding).collect()
    }
}

/// The genre that somebody declared for the document: on the command line, in its own front matter, in the
/// settings file, in this order.
fn declared(case: &Case<'_>) -> Option<Genre> {
    Genre::named(said(case.manuscript, case.settings)?)
}

/// The name of the genre that somebody declared, as people know it, if it is one of these.
pub fn declared_genre(manuscript: &Manuscript, settings: &Settings) -> Option<String> {
    let name = said(manuscript, settings)?;
    Some(Genre::named(name).map_or_else(|| name.to_owned(), |genre| genre.zh().into_owned()))
}

/// What somebody called the document's genre.
fn said<'d>(manuscript: &'d Manuscript, settings: &'d Settings) -> Option<&'d str> {
    let set = settings.genre.as_deref();
    let own = front_matter(manuscript);
    if settings.genre_asked { set.or(own) } else { own.or(set) }
}

/// 文种 or genre of the front matter of a .md.
fn front_matter(manuscript: &Manuscript) -> Option<&str> {
    /// Lines of front matter that are looked at.
    const LINES: usize = 40;
    let rest = manuscript.text().trim_start_matches('\u{feff}').strip_prefix("---")?;
    manuscript.mask(manuscript.text().len() - rest.len() - 1)?;
    let lines = rest.lines().skip(1).take(LINES).take_while(|line| line.trim_end() != "---");
    let value = |line: &'_ str| -> Option<(usize, usize)> {
        let (key, value) = line.split_once([':', '：'])?;
        let own = matches!(key.trim(), "文种" | "genre");
        let word = value.trim().trim_matches(['"', '\'']);
        own.then(|| (word.as_ptr() as usize - line.as_ptr() as usize, word.len()))
    };
    let mut found = lines.filter_map(|line| value(line).and_then(|(at, len)| line.get(at..at + len)));
    found.next().filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Genre, GenreRule, Rule};
    use crate::model::Settings;
    use crate::read;
    use crate::rules::Case;

    fn told(name: &str, text: &str, genre: Option<&str>) -> Vec<String> {
        let manuscript = read(name, text.as_bytes()).unwrap_or_default();
        let settings = Settings::with(|s| {
            s.genre = genre.map(str::to_owned);
            s.genre_asked = true;
        });
        let found = GenreRule.check(&Case::new(&manuscript, &settings));
        found.into_iter().map(|f| f.message.zh.into_owned()).collect()
    }

    #[test]
    fn what_is_missing_is_told_only_of_a_genre_that_somebody_declared() {
        let text = "关于做好春灌工作的通知\n各村要在3月底前完成渠道清淤。\n";
        assert!(told("a.txt", text, None).is_empty());
        assert_eq!(told("a.txt", text, Some("通知")).len(), 3);
        assert!(told("a.txt", text, Some("主持词")).is_empty());
    }

    #[test]
    fn two_matters_of_different_kinds_are_two_wherever_the_second_stands() {
        let paper = |second: &str| {
            format!(
                "关于拨付抗旱资金的请示\n县人民政府：\n恳请拨付抗旱资金30万元。\n{second}\n妥否，请批示。"
            )
        };
        let two = |second: &str| told("a.txt", &paper(second), None).iter().any(|m| m.contains("一文一事"));
        assert!(two("另，我镇派出所房屋破旧，申请维修，请一并批准。"));
        assert!(two("我镇派出所办公用房破旧，恳请批准另行选址新建。"));
        assert!(!two("另外，抗旱机具由县水利局统一调配，不再申请。"));
        assert!(!two("同时，恳请对抗旱工作给予指导。"));
    }

    #[test]
    fn a_salutation_is_one_with_a_colon_of_either_width() {
        for colon in ['：', ':'] {
            let paper = format!("会议纪要\n同志们{colon}\n会议认为，春灌要抓紧。\n");
            let told = told("a.txt", &paper, Some("纪要"));
            assert!(told.iter().any(|m| m.contains("不是纪要的话")), "{told:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_of_any_genre_is_read_without_a_panic(
            genre in prop::sample::select(Genre::ALL.to_vec()),
            markdown in any::<bool>(),
            words in prop::collection::vec(prop::sample::select(vec![
                "关于", "的请示", "的报告", "县人民政府：", "\n", "一、", "（一）", "任务", "负责", "3月底前", "另外，", "恳请", "批准",
                "。", "，", "特此报告", "2026年3月1日", "清河镇人民政府", "附件1", "抄送：各乡镇", "你局必须", "《", "》收悉", "---\n",
                "文种: 通知\n", "# ", "é", "同志们：", "——",
            ]), 0..24),
        ) {
            let name = if markdown { "a.md" } else { "a.txt" };
            told(name, &words.concat(), Some(&genre.zh()));
        }
    }
}
