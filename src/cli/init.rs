//! Stub.
use super::{Exit, Subcommand};
use crate::base::Text;
/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "init",
    about: Text::fixed("init", "init"),
    define: |c, _| c,
    run: |_, _| Ok(Exit::Clean),
};
