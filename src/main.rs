//! Call, print, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut world = wengao::cli::World::real();
    wengao::cli::run(std::env::args_os().collect(), &mut world).into()
}
