#!/usr/bin/env bash
# Zig as the linker of a static Linux program: it brings musl and an unwinder for every processor.
#
# cargo calls this with what it would tell gcc (a script called `link` rustc would take for Microsoft's). ZIG
# says how zig is called, ZIG_TARGET what it links for. Several words each, perhaps: `python3 -m ziglang`.
# rustc's name of the target is not zig's, so that one word is dropped.
set -euo pipefail
words=()
for word in "$@"; do
  case $word in
    --target=*) ;;
    *) words+=("$word") ;;
  esac
done
# shellcheck disable=SC2086
exec $ZIG cc -target ${ZIG_TARGET:?} "${words[@]}"
