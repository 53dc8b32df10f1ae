//! Stub.
use super::{Exit, Subcommand};
use crate::base::Text;
/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "check",
    about: Text::fixed("check", "check"),
    define: |c, _| c,
    run: |_, _| Ok(Exit::Clean),
};
