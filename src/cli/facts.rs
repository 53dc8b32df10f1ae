//! Stub.
use super::{Exit, Subcommand};
use crate::base::Text;
/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "facts",
    about: Text::fixed("facts", "facts"),
    define: |c, _| c,
    run: |_, _| Ok(Exit::Clean),
};
