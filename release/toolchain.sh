#!/usr/bin/env bash
# Looks for what builds the files that are handed out, and lays what is missing into FOLDER.
#
#     release/toolchain.sh FOLDER     then:  . FOLDER/env.sh
#
# Nothing is installed into the system, and rustup's toolchain is left as it is. What is wanted:
#   * a compiler with the source of its std, since std is built along for every target: Windows 7 is among
#     those of which nobody hands out a compiled one. rustup's, where `rustup component add rust-src` was
#     called; else Debian's (rustc-web with rust-web-src, in the security archive of Debian 12), unpacked
#     into FOLDER;
#   * zig, as the linker of Linux programs: the one on the path, else PyPI's, into FOLDER;
#   * mingw-w64 for Windows (apt-get install mingw-w64);
#   * a linker for WebAssembly: rustup's, else zig's.
set -euo pipefail
folder=$(mkdir -p "${1:?where to?}" && cd "$1" && pwd)
say() { printf '%s\n' "$*" >&2; }

# Whether the compiler on the path, if there is one, has std's source beside it.
has_source() { [ -e "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std/Cargo.toml" ]; }

lay_debian() {
  say "没有 rust-src（rustup component add rust-src），用 Debian 的编译器，放到 $folder"
  say "no rust-src beside rustc (rustup component add rust-src): Debian's compiler, into $folder"
  local wanted names
  # What apt would install here beyond what there is; the names stand before the first "_".
  wanted=$(apt-get install -qq --no-install-recommends --print-uris rustc-web cargo-web rust-web-src) || {
    say "apt 里没有 rustc-web：用 Debian 12 的安全更新源，并先 apt-get update"
    say "apt knows no rustc-web: it is in the security archive of Debian 12; run apt-get update first"
    exit 2
  }
  names=$(cut -d' ' -f2 <<<"$wanted" | cut -d_ -f1)
  mkdir -p "$folder/debs"
  # one name a word
  # shellcheck disable=SC2086
  (cd "$folder/debs" && apt-get download -qq $names)
  local deb
  for deb in "$folder"/debs/*.deb; do dpkg -x "$deb" "$folder"; done
}

{
  if has_source; then
    echo "export RUSTC='$(command -v rustc)' CARGO='$(command -v cargo)'"
  else
    [ -x "$folder/usr/bin/rustc" ] || lay_debian
    echo "export RUSTC='$folder/usr/bin/rustc' CARGO='$folder/usr/bin/cargo'"
    echo "export PATH='$folder/usr/bin':\"\$PATH\" LD_LIBRARY_PATH='$folder/usr/lib/$(uname -m)-linux-gnu'"
  fi
  if command -v zig >/dev/null; then
    zig=zig
  else
    [ -d "$folder/zig" ] || { python3 -m venv "$folder/zig" && "$folder/zig/bin/pip" install -q ziglang; } >&2
    zig="$folder/zig/bin/python3 -m ziglang"
  fi
  echo "export ZIG='$zig'"
  lld=$(find "$(rustc --print sysroot 2>/dev/null)/lib/rustlib" -path '*/bin/rust-lld' 2>/dev/null | head -1)
  if [ -z "$lld" ]; then
    lld=$folder/wasm-ld
    printf '#!/bin/sh\nexec %s wasm-ld "$@"\n' "$zig" >"$lld"
    chmod +x "$lld"
  fi
  echo "export WASM_LD='$lld'"
} >"$folder/env.sh.new"
mv "$folder/env.sh.new" "$folder/env.sh"
command -v x86_64-w64-mingw32-gcc >/dev/null || say "没有 mingw-w64，做不了 文稿.exe / no mingw-w64, no 文稿.exe: apt-get install mingw-w64"
