//! What the rule must flag and what it must leave alone.

use super::super::{Example, example};

/// See the module.
pub(super) static EXAMPLES: &[Example] = &[];
