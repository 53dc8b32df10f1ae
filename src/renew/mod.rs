//! Floor 4: last year's paper → this year's (沿用).
//!
//! A clerk opens last year's speech and changes it, and what she overlooks is the scandal. So a finished
//! text is read for everything that may have to change because a year has passed (`rules::yearly`): figures,
//! dates, years, editions, meetings, names. Equal values of one thing are one row ([`rows()`]), with what
//! follows from the new year offered and never taken for granted. Her answers are put at their places and
//! nowhere else ([`answered`]): what she left open stays as it was and is pointed at.
//!
//! | file | what |
//! |---|---|
//! | `rows` | one row for equal values of one thing; what may be offered |
//! | `table` | the rows as a workbook or YAML to fill in, and read back |
//! | `bond` | which values follow from which others |
//! | `answer` | what was entered for a row |
//! | `follow` | what follows for a row from what was entered for others |
//! | `outcome` | the rows filled in, as changes and as what is still open |

mod answer;
mod bond;
mod follow;
mod outcome;
mod rows;
mod table;

pub use answer::{Answer, SAME};
pub use follow::{Follow, follows};
pub use outcome::{Answered, answered};
pub use rows::{Row, named, rows};
pub use table::{WORKBOOK, YAML, is_table, read as read_table, to_workbook, to_yaml};
