//! Floor 1: the nouns that the rest of the program speaks of.
//!
//! [`Facts`] go in, a [`Manuscript`] is made or read, [`Finding`]s come out. Nothing here reads bytes, writes bytes or decides.

pub mod block;
pub mod carried;
pub mod facts;
pub mod finding;
pub mod gap;
pub mod layout;
pub mod manuscript;
pub mod margin;
pub mod pack;
pub mod settings;

pub use block::KINDS;
pub use block::{Block, BlockKind, Kind};
pub use carried::{Carried, CarriedKind};
pub use facts::{Fact, Facts};
pub use finding::{Finding, Fix, Severity, Source};
pub use gap::Gap;
pub use layout::Layout;
pub use manuscript::{CellAt, LINES, Manuscript, Mask, MaskKind, Piece, Row, Table};
pub use margin::{Beside, MarginLine};
pub use pack::Pack;
pub use settings::Settings;
