#!/usr/bin/env bash
# Makes 文稿.html, the page with the program inside.
#
#     release/html.sh OUT.html
#
# Wants: a compiler whose std can be built for another target (RUSTC, CARGO; with rustup: the rust-src
# component), a linker that knows WebAssembly (WASM_LD; rustup's own rust-lld does), python3. Where std's
# target is installed (`rustup target add wasm32-unknown-unknown`) BUILD_STD may be empty.
set -euo pipefail
out=$(realpath "${1:?where to?}")
cd "$(dirname "$0")/page"
cargo=${CARGO:-cargo}
build_std=${BUILD_STD--Zbuild-std=std,panic_abort}
sysroot=$(rustc --print sysroot)
host=$(rustc -vV | sed -n 's/^host: //p')
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=${WASM_LD:-$sysroot/lib/rustlib/$host/bin/rust-lld}
# No path of the machine that built it goes into the file.
export RUSTFLAGS="-Clinker-flavor=wasm-ld --remap-path-prefix=$HOME=/home --remap-path-prefix=$(cd ../.. && pwd)=/wengao --remap-path-prefix=$sysroot=/rust ${RUSTFLAGS:-}"
# shellcheck disable=SC2086 — it is empty or one word
RUSTC_BOOTSTRAP=1 "$cargo" build --release --locked $build_std --target wasm32-unknown-unknown
python3 pack.py target/wasm32-unknown-unknown/release/wengao_page.wasm "$out"
