#!/usr/bin/env bash
# Builds the files that are handed out, all of them or those that are named.
#
#     release/build.sh OUT [linux-amd64] [linux-arm64] [linux-loong64] [windows] [html] [vscode]
#
# A Linux name gives a .tar.gz and a .deb. With each program comes what lies within it (SBOM, licences), and
# at the end SHA256SUMS over all that is in OUT. The same commit, compiler and linker give the same bytes.
# toolchain.sh lays what this wants into TOOLCHAIN (target/toolchain if not given); try.sh starts each file.
set -euo pipefail
mkdir -p "${1:?where to?}"
out=$(realpath "$1")
shift
cd "$(dirname "$0")/.."
programs="linux-amd64 linux-arm64 linux-loong64 windows"
# shellcheck disable=SC2086 # Names, one a word.
[ $# -gt 0 ] || set -- $programs html vscode
tools=${TOOLCHAIN:-target/toolchain}
[ -e "$tools/env.sh" ] || release/toolchain.sh "$tools"
tools=$(realpath "$tools")
VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
# The files bear the time of the commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH VERSION
extras=$PWD/target/extras

step() { printf '\n== %s\n' "$*"; }

# With the toolchain's compiler, for another machine.
foreign() { (. "$tools/env.sh" && "$@"); }
# With the machine's own, where there is one.
own() { if command -v cargo >/dev/null; then "$@"; else foreign "$@"; fi; }

# rustc's name for it.
rust_name() {
  case $1 in
    linux-amd64) echo x86_64-unknown-linux-musl ;;
    linux-arm64) echo aarch64-unknown-linux-musl ;;
    linux-loong64) echo loongarch64-unknown-linux-musl ;;
    windows) echo x86_64-win7-windows-gnu ;;
  esac
}

# The same files and the same time give the same archive.
pack_tar() { # FOLDER-ABOVE NAME
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$1" -c "$2" | gzip -9n >"$out/$2.tar.gz"
}
pack_zip() { # FOLDER ZIP
  python3 - "$1" "$2" <<'END'
import os, pathlib, sys, time, zipfile
folder, target = map(pathlib.Path, sys.argv[1:])
when = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
    for file in sorted(folder.iterdir()):
        entry = zipfile.ZipInfo(file.name, when)
        entry.external_attr = 0o644 << 16
        packed.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED, 9)
END
}

# What lies within each program, whether it may, and in whose words.
papers() {
  local program targets=()
  for program in $programs; do targets+=("$(rust_name "$program")"); done
  mkdir -p "$extras"
  own python3 release/papers.py "$extras" "${targets[@]}"
  cp "$extras/LICENCES.txt" "$out"
}

linux() {
  local program folder name=wengao-$VERSION-$1
  cp "$extras"/*-"$(rust_name "$1")".cdx.json "$out"
  program=$(foreign release/compile.sh "$(rust_name "$1")")
  release/clean.sh "$program"
  folder=$(mktemp -d)
  mkdir "$folder/$name"
  cp "$program" LICENSE-* "$extras/LICENCES.txt" "$folder/$name"
  cp -r "$extras/man" "$extras/completions" "$folder/$name"
  chmod -R u=rwX,go=rX "$folder"
  pack_tar "$folder" "$name"
  rm -r "$folder"
  release/deb.sh "$program" "${1#linux-}" "$extras" "$out"
}

windows() {
  local program folder
  cp "$extras"/*-"$(rust_name windows)".cdx.json "$out"
  program=$(foreign release/compile.sh "$(rust_name windows)")
  release/clean.sh "$program"
  release/windows7.py "$program"
  cp "$program" "$out/文稿.exe"
  folder=$(mktemp -d)
  cp "$program" "$folder/文稿.exe"
  cp LICENSE-* "$extras/LICENCES.txt" "$folder"
  pack_zip "$folder" "$out/wengao-$VERSION-windows.zip"
  rm -r "$folder"
}

compiled=
for name in "$@"; do
  case $name in
    html | vscode) ;;
    *)
      [ -n "$(rust_name "$name")" ] || { echo "没有 $name / no such name: $name" >&2 && exit 2; }
      compiled=yes
      ;;
  esac
done
if [ -n "$compiled" ]; then
  step "开源组件、许可证 / what lies within, and its licences"
  papers
  step "手册、命令补全 / man pages, completions"
  own release/extras.sh "$extras"
fi
for name in "$@"; do
  step "$name"
  case $name in
    linux-*) linux "$name" ;;
    windows) windows ;;
    html) foreign release/html.sh "$out/文稿.html" ;;
    vscode) python3 editors/vscode/pack.py "$out/wengao-$VERSION.vsix" ;;
  esac
done

step "校验和、大小（字节）/ checksums, sizes in bytes"
cd "$out"
rm -f SHA256SUMS
sums=$(find . -maxdepth 1 -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum)
printf '%s\n' "$sums" >SHA256SUMS
find . -maxdepth 1 -type f -printf '%12s  %P\n' | LC_ALL=C sort -k2
