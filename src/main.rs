//! Call, print, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut world = wengao::World::real();
    wengao::run(std::env::args_os().collect(), &mut world).into()
}
