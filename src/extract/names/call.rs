//! What a slot is called before numbers tell namesakes apart.

/// A name, and what else has it.
pub(super) struct Call {
    /// A path of the table, or a key.
    pub name: Name,
    /// Slots that agree in this and in the name are one fact; `None` agrees with nothing.
    pub same: Option<String>,
}

pub(super) enum Name {
    Table(String),
    Own(String),
}

/// Characters of a key at most, numbers and endings left out.
pub(super) const LONGEST: usize = 14;

pub(super) fn stated(path: &str, same: Option<String>) -> Call {
    Call { name: Name::Table(path.to_owned()), same }
}

pub(super) fn own(key: &str, same: Option<String>) -> Call {
    Call { name: Name::Own(key.to_owned()), same }
}
