#!/usr/bin/env bash
# Compiles the program for one target and says where it lies.
#
#     release/compile.sh TARGET
#
# std is built along (-Zbuild-std), so every target is made the same way, those of which nobody hands out
# a compiled std (Windows 7) as well. What is wanted, toolchain.sh looks for and lays.
set -euo pipefail
target=${1:?which target?}
cd "$(dirname "$0")/.."
cargo=${CARGO:-cargo} rustc=${RUSTC:-rustc}
sysroot=$("$rustc" --print sysroot)
upper=${target^^}
flags=()
case $target in
  *-linux-musl)
    export ZIG=${ZIG:-zig} ZIG_TARGET=${target/-unknown-/-}
    export "CARGO_TARGET_${upper//-/_}_LINKER=$PWD/release/zig.sh"
    flags+=(-Clink-self-contained=no -Ctarget-feature=+crt-static)
    ;;
esac
case $target in
  # The small chips have no vector unit, and a county's machine may be any.
  loongarch64-*)
    flags+=(-Ctarget-feature=-lsx)
    export ZIG_TARGET="$ZIG_TARGET -mcpu=baseline-lsx"
    ;;
esac
# No path of the machine that built it goes into the file.
. release/remap.sh
mapfile -t -O "${#flags[@]}" flags < <(remapped "$sysroot")
# The unit separator lets a path have spaces.
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && printf '%s' "${flags[*]}")
export CARGO_ENCODED_RUSTFLAGS RUSTC_BOOTSTRAP=1
folder=${CARGO_TARGET_DIR:-target/release-files}
"$cargo" build --release --locked -Zbuild-std=std,panic_abort --target "$target" --target-dir "$folder" --bin wengao >&2
program=$folder/$target/release/wengao
[ -e "$program" ] || program=$program.exe
printf '%s\n' "$program"
