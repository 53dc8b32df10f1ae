//! Findings told on the spot, by subcommands other than `check`.

use super::World;
use crate::base::Result;
use crate::report::{Checked, REPORTS};

/// Prints the terminal report of `checked`.
///
/// # Errors
/// If standard output cannot be written.
pub(super) fn tell(world: &mut World, checked: &Checked) -> Result<()> {
    let Some(report) = REPORTS.iter().find(|r| r.name() == "terminal") else { return Ok(()) };
    let bytes = report.write(checked, world.lang)?;
    world.print(bytes)
}
