//! Findings told on the spot, by subcommands other than `check`.

use super::World;
use crate::base::Result;
use crate::report::{Checked, REPORTS, View};

/// Prints the report for people.
///
/// # Errors
/// If standard output cannot be written.
pub(super) fn tell(world: &mut World, checked: &Checked) -> Result<()> {
    let view = View { lang: world.lang, color: world.colours(), quiet: world.quiet, ..View::default() };
    world.print_painted(REPORTS[0].write(checked, view)?)
}
