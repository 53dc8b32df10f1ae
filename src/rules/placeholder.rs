//! `placeholder`: names, numbers and dates that were never filled in (占位).

use super::{About, Case, Rule};
use crate::base::Text;
use crate::model::{Finding, Severity};

/// The rule.
pub struct Placeholder;

static ABOUT: About = About {
    id: "placeholder",
    title: Text::fixed("没有填写的占位", "placeholders left unfilled"),
    severity: Severity::Error,
    why: Text::fixed("", ""),
    examples: &[],
};

impl Rule for Placeholder {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, _case: &Case<'_>) -> Vec<Finding> {
        Vec::new()
    }
}
