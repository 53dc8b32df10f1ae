//! Stub.
use super::{Exit, Subcommand};
use crate::base::Text;
/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "explain",
    about: Text::fixed("explain", "explain"),
    define: |c, _| c,
    run: |_, _| Ok(Exit::Clean),
};
