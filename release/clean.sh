#!/usr/bin/env bash
# Whether a compiled program tells on the machine that built it: fails if its folders or its user do.
set -euo pipefail
program=${1:?which program?}
here=$(cd "$(dirname "$0")/.." && pwd)
for word in "$HOME/" "$here/" "${CARGO_HOME:-$HOME/.cargo}/" "/home/${USER:-$(id -un)}/"; do
  if grep -qaF -- "$word" "$program"; then
    echo "$program 里有 / names $word" >&2
    exit 1
  fi
done
