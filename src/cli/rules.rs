//! Stub.
use super::{Exit, Subcommand};
use crate::base::Text;
/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "rules",
    about: Text::fixed("rules", "rules"),
    define: |c, _| c,
    run: |_, _| Ok(Exit::Clean),
};
