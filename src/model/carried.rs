//! What a file carries besides its text (随文件带出的内容): who wrote and changed it, what was deleted, what is
//! not seen. Whoever is sent the file is sent all of it.

use std::ops::Range;

/// One thing that a file carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// What it is.
    pub kind: CarriedKind,
    /// Names that it tells, or paths, each once; empty where it tells none.
    pub names: Vec<String>,
    /// How many there are of it.
    pub count: usize,
    /// Where the first one stands in the text, if it stands there.
    pub at: Option<Range<usize>>,
}

/// What is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CarriedKind {
    /// Tracked changes (修订) of people.
    Changes,
    /// Tracked changes of this program.
    OwnChanges,
    /// Comments (批注) of people.
    Comments,
    /// Comments of this program.
    OwnComments,
    /// Hidden text (隐藏文字).
    Hidden,
    /// Who wrote and who last saved it (文件属性里的作者、上次保存者).
    Authors,
    /// For whom: the office and the manager (单位、经理).
    Companies,
    /// The account by which an office suite knows its user (办公软件账号).
    Account,
    /// Paths of somebody's disk (本机路径).
    Paths,
}
