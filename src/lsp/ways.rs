//! How the editor is spoken to, as it said at the beginning.

use crate::base::Lang;
use crate::base::lines::Units;

/// The command that passes over a finding until the editor is closed.
pub(super) const IGNORE: &str = "wengao.ignore";

/// How this editor is spoken to, as it said at the beginning.
pub(super) struct Ways {
    pub lang: Lang,
    pub units: Units,
    /// Whether it makes new files when told to.
    pub creates: bool,
    /// Whether it shows pages that it asks for by `wengao/explain`.
    pub explains: bool,
    /// The folder that it works in, by name.
    pub folder: String,
}
