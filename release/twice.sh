#!/usr/bin/env bash
# Whether the same commit gives the same bytes wherever it lies: builds it in two folders and compares.
#
#     release/twice.sh [FOLDER]
#
# It takes the machine's own compiler and target, the flags of compile.sh, and neither LTO nor optimization,
# which would take half an hour and do not bring paths in. PROFILE=release takes both. What is not committed
# is not built.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(realpath -m "${1:-target/twice}")
rm -rf "$work"
mkdir -p "$work"
if [ "${PROFILE:-quick}" != release ]; then
  export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
fi
# Both before the first build: meanwhile somebody may commit.
for folder in one a/folder/that/lies/deeper/two; do git clone -q --no-hardlinks . "$work/$folder"; done
for folder in one a/folder/that/lies/deeper/two; do
  (
    cd "$work/$folder"
    . release/remap.sh
    CARGO_ENCODED_RUSTFLAGS=$(remapped "$(rustc --print sysroot)" | paste -sd $'\x1f')
    export CARGO_ENCODED_RUSTFLAGS
    cargo build -q --release --locked --bin wengao
    release/clean.sh target/release/wengao
  )
done
sums=$(sha256sum "$work"/one/target/release/wengao "$work"/a/folder/that/lies/deeper/two/target/release/wengao | cut -d' ' -f1)
printf '%s\n' "$sums"
[ "$(sort -u <<<"$sums" | wc -l)" = 1 ] || { echo "两次编出的程序不同 / two builds, two programs" >&2; exit 1; }
echo "两个文件夹里编出的程序逐字节相同 / the same bytes from both folders"
