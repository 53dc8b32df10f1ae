//! Stub.
use super::{Exit, Subcommand};
use crate::base::Text;
/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "show",
    about: Text::fixed("show", "show"),
    define: |c, _| c,
    run: |_, _| Ok(Exit::Clean),
};
