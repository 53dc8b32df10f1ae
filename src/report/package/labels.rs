//! What the kinds of a package are called: standings, states, open points, ways of following, for people and for
//! programs.

use super::{How, Open, OpenKind, Standing, State};
use crate::base::Text;
use crate::model::Severity;

/// How what is told is to be taken (轻重): by it the page and the workbook have their colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Settled.
    Good,
    /// To be done.
    Wait,
    /// To be settled before it is signed.
    Bad,
}

impl Tone {
    pub(super) const fn of(bad: bool, wait: bool) -> Self {
        match (bad, wait) {
            (true, _) => Self::Bad,
            (_, true) => Self::Wait,
            _ => Self::Good,
        }
    }

    /// Of what the check found; a hint has none.
    pub(super) const fn of_severity(severity: Severity) -> Option<Self> {
        match severity {
            Severity::Error => Some(Self::Bad),
            Severity::Warning => Some(Self::Wait),
            Severity::Info => None,
        }
    }
}

impl Open {
    /// None of what may wait; that facts are unchecked on which no sentence rests is a sum of many.
    pub(super) fn tone(&self) -> Option<Tone> {
        let sum = self.kind == OpenKind::Unconfirmed && self.sentences.is_empty();
        (!self.kind.may_wait()).then_some(Tone::of(!sum, true))
    }
}

impl Standing {
    pub(super) const fn label(self) -> Text {
        match self {
            Self::Backed => Text::fixed("有据", "grounded"),
            Self::Phrase => Text::fixed("套语自带", "said by a phrase"),
            Self::Skeleton => Text::fixed("模板自带", "said by the skeleton"),
            Self::AtOdds => Text::fixed("与事实不符", "at odds with the facts"),
            Self::Conflict => Text::fixed("事实互相矛盾", "the facts contradict each other"),
            Self::SameOnly => Text::fixed("没有依据（只有相同的值）", "no ground (only the same value)"),
            Self::Unbacked => Text::fixed("没有依据", "no ground"),
        }
    }

    /// The same in few words.
    pub(super) const fn short(self) -> Text {
        match self {
            Self::SameOnly => Self::Unbacked.label(),
            other => other.label(),
        }
    }

    pub(super) const fn is_bad(self) -> bool {
        matches!(self, Self::AtOdds | Self::Conflict | Self::SameOnly | Self::Unbacked)
    }

    /// For programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Backed => "backed",
            Self::Phrase => "phrase",
            Self::Skeleton => "skeleton",
            Self::AtOdds => "at-odds",
            Self::Conflict => "conflict",
            Self::SameOnly => "same-only",
            Self::Unbacked => "unbacked",
        }
    }
}

impl State {
    pub(super) const fn label(self) -> Text {
        match self {
            Self::Confirmed => Text::fixed("已核", "checked"),
            Self::Unconfirmed => Text::fixed("未核", "not checked"),
            Self::Unmarked => Text::fixed("待核", "to be checked"),
        }
    }

    /// For programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Unconfirmed => "unconfirmed",
            Self::Unmarked => "unmarked",
        }
    }
}

impl OpenKind {
    pub(super) const fn label(self) -> Text {
        match self {
            Self::Missing => Text::fixed("缺事实", "fact missing"),
            Self::Unconfirmed => Text::fixed("未核", "not checked"),
            Self::Conflict => Text::fixed("事实矛盾", "facts contradict"),
            Self::AtOdds => Text::fixed("与事实不符", "at odds"),
            Self::Unbacked => Text::fixed("没有依据", "no ground"),
            Self::Recheck => Text::fixed("核对", "look again"),
            Self::OldValue => Text::fixed("旧值还在", "old value left"),
            Self::Expired => Text::fixed("日子已过", "day is past"),
            Self::Stale => Text::fixed("数字偏旧", "figure is old"),
            Self::Loose => Text::fixed("悬空", "hangs loose"),
            Self::Wanted => Text::fixed("补上更好", "would improve it"),
        }
    }

    /// For programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unconfirmed => "unconfirmed",
            Self::Conflict => "conflict",
            Self::AtOdds => "at-odds",
            Self::Unbacked => "unbacked",
            Self::Recheck => "recheck",
            Self::OldValue => "old-value",
            Self::Expired => "expired",
            Self::Stale => "stale",
            Self::Loose => "loose",
            Self::Wanted => "wanted",
        }
    }

    /// Whether it may stay open when the document is signed.
    pub(super) const fn may_wait(self) -> bool {
        matches!(self, Self::Loose | Self::Wanted | Self::Stale)
    }
}

impl How {
    pub(super) const fn label(self) -> Text {
        match self {
            Self::Said => Text::fixed("正文", "text"),
            Self::Table => Text::fixed("表格", "table"),
            Self::Computed => Text::fixed("算出的数", "computed"),
            Self::Both => Text::fixed("正文和算出的数", "text and computed"),
            Self::Order => Text::fixed("次序", "order"),
            Self::Wording => Text::fixed("说法", "wording"),
        }
    }

    /// For programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Table => "table",
            Self::Computed => "computed",
            Self::Both => "both",
            Self::Order => "order",
            Self::Wording => "wording",
        }
    }
}
