#!/usr/bin/env bash
# What goes with the program: man pages in both languages and the shells' completions.
#
#     release/extras.sh FOLDER
#
# The machine's own build of the program makes them, from the table of the help.
set -euo pipefail
mkdir -p "${1:?where to?}"
extras=$(realpath "$1")
cd "$(dirname "$0")/.."
cargo=${CARGO:-cargo}
"$cargo" build --locked --bin wengao --example man
made=${CARGO_TARGET_DIR:-target}/debug
for lang in zh en; do
  rm -rf "$extras/man/$lang"
  "$made/examples/man" "$extras/man/$lang" "$lang"
done
mkdir -p "$extras/completions"
for shell in bash zsh fish powershell; do
  # Of the program's own library only: not of what lies round the folder of the build.
  "$made/wengao" --no-config --lang zh completions "$shell" >"$extras/completions/$shell"
done
