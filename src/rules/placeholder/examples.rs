//! What the rule must flag and what it must leave alone. All localities are invented.

use super::super::{Example, example, markdown};

/// See the module.
pub(super) static EXAMPLES: &[Example] = &[
    example("云岭县今年新建农村公路x公里。", &["x"]),
    example("- 青石镇“5G+智慧农业”项目已经验收。", &[]),
    markdown("**青石镇**要抓好春耕。", &[]),
];
