//! The genres (文种) that the rule knows, and how they are named.

use std::borrow::Cow;

use crate::base::Text;
use crate::base::lexicon::genre as lexicon;

/// A genre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Genre {
    /// 请示.
    Request,
    /// 报告.
    Report,
    /// 函.
    Letter,
    /// 通知.
    Notice,
    /// 方案.
    Plan,
    /// 总结.
    Summary,
    /// 讲话.
    Speech,
    /// 批复.
    Reply,
    /// 纪要.
    Minutes,
    /// 意见.
    Opinion,
}

impl Genre {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Request,
        Self::Report,
        Self::Letter,
        Self::Notice,
        Self::Plan,
        Self::Summary,
        Self::Speech,
        Self::Reply,
        Self::Minutes,
        Self::Opinion,
    ];

    /// Its name in both languages.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Request => Text::fixed("请示", "a request for instructions"),
            Self::Report => Text::fixed("报告", "a report to a superior"),
            Self::Letter => Text::fixed("函", "an official letter"),
            Self::Notice => Text::fixed("通知", "a notice"),
            Self::Plan => Text::fixed("方案", "a plan"),
            Self::Summary => Text::fixed("总结", "a summary of work"),
            Self::Speech => Text::fixed("讲话", "a speech"),
            Self::Reply => Text::fixed("批复", "a reply to a request"),
            Self::Minutes => Text::fixed("纪要", "minutes"),
            Self::Opinion => Text::fixed("意见", "an opinion"),
        }
    }

    /// Its name in Chinese.
    #[must_use]
    pub fn zh(self) -> Cow<'static, str> {
        self.label().zh
    }

    /// The genre of this name: 请示, 实施方案, or the id of a skeleton, `plan/implementation`. `None` for a genre
    /// of which the rule knows nothing.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let name = name.split('/').next().unwrap_or(name);
        let called = |zh: &str| {
            let others = lexicon::NAMES.iter().find(|row| row.0 == zh).map_or(&[][..], |row| row.1);
            zh == name || others.contains(&name)
        };
        Self::ALL.into_iter().find(|g| called(&g.zh()))
    }

    /// The genre that a title ends in: 关于…的请示, …实施方案. A last word alone may be part of another (意见 of
    /// 征求意见), so most need 关于 before them.
    pub(super) fn of_title(title: &str) -> Option<Self> {
        let bare = title.split(['（', '(']).next().unwrap_or_default().trim();
        if lexicon::NOT_REPORTS.iter().any(|w| bare.ends_with(w)) {
            return None;
        }
        let genre = Self::ALL.into_iter().find(|g| bare.ends_with(&*g.zh()))?;
        let about = bare.contains("关于") || bare.contains("印发");
        let own = match genre {
            Self::Plan | Self::Summary => {
                let row = lexicon::NAMES.iter().find(|row| row.0 == genre.zh());
                about
                    || row.is_some_and(|row| row.1.iter().any(|w| bare.ends_with(w)))
                    || genre == Self::Summary
            }
            Self::Minutes => about || bare.ends_with("会议纪要"),
            Self::Speech => false,
            _ => about,
        };
        own.then_some(genre)
    }

    /// Whether it goes to a superior (上行文).
    pub(super) const fn is_upward(self) -> bool {
        matches!(self, Self::Request | Self::Report)
    }

    /// Whether it is sent to somebody who is named over it (主送机关).
    pub(super) const fn has_addressee(self) -> bool {
        matches!(
            self,
            Self::Request | Self::Report | Self::Letter | Self::Notice | Self::Reply | Self::Opinion
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Genre;

    #[test]
    fn a_genre_is_known_by_its_names_and_by_the_family_of_a_skeleton() {
        assert_eq!(Genre::named("请示"), Some(Genre::Request));
        assert_eq!(Genre::named("实施方案"), Some(Genre::Plan));
        assert_eq!(Genre::named("speech/mobilization"), Some(Genre::Speech));
        assert_eq!(Genre::named("主持词"), None);
    }

    #[test]
    fn the_last_word_of_a_title_declares_the_genre_where_it_is_one() {
        assert_eq!(Genre::of_title("关于解决排涝经费的请示"), Some(Genre::Request));
        assert_eq!(Genre::of_title("云溪县2026年春灌实施方案（试行）"), Some(Genre::Plan));
        assert_eq!(Genre::of_title("关于征求修改意见的函"), Some(Genre::Letter));
        assert_eq!(Genre::of_title("政府工作报告"), None);
        assert_eq!(Genre::of_title("群众的意见"), None);
    }
}
