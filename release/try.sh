#!/usr/bin/env bash
# Starts each file that build.sh made, and says what held, what did not, and what could not be tried here.
#
#     release/try.sh OUT          WENGAO: the machine's own build, target/debug/wengao if not given
#
# Each program runs `demo`, checks a small file, drafts a .docx that must be, byte for byte, that of the
# machine's own build, and answers as a page. Other processors are run by qemu-user-static, the .exe by wine:
# that is no real Windows. A package is installed into an empty root, and its man pages are rendered.
# The functions are called by `held`.
# shellcheck disable=SC2329
set -uo pipefail
out=$(realpath "${1:?which folder?}")
cd "$(dirname "$0")/.." || exit
own=${WENGAO:-$PWD/${CARGO_TARGET_DIR:-target}/debug/wengao}
[ -x "$own" ] || cargo build --locked || exit
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
failed=0

ok() { printf 'ok         %s\n' "$*"; }
not_ok() { printf 'FAILED     %s\n' "$*" && failed=1; }
skip() { printf 'not tried  %s\n' "$*"; }
# held WHAT COMMAND…: whether it ends with 0; its words are shown where it does not.
held() {
  local what=$1 said
  shift
  if said=$("$@" 2>&1); then ok "$what${said:+: $(head -1 <<<"$said")}"; else not_ok "$what" && printf '%s\n' "$said" | tail -20; fi
}

printf '同志们：\n　　今年全县新建农村公路x公里，***同志牵头。下面，我讲三点意见。\n　　一、看清形势。\n　　二、压实责任。\n' >"$desk/old.txt"
mkdir "$desk/own"
(cd "$desk/own" && cp ../old.txt . && "$own" facts new speech/mobilization --example -o facts.yaml && "$own" draft speech/mobilization -f facts.yaml -o own.docx && "$own" check old.txt --format json >own.json) >/dev/null 2>&1

demo() { # FOLDER COMMAND…
  (cd "$1" && "${@:2}" demo) >"$desk/said" 2>&1 || { cat "$desk/said" && return 1; }
  (cd "$1" && find wengao-demo -type f) | wc -l | sed 's/$/ files/'
}
check() {
  (cd "$1" && cp ../old.txt . && "${@:2}" check old.txt --format json) >"$1/said.json" 2>"$desk/said"
  [ $? = 1 ] || { cat "$desk/said" && return 1; }
  cmp "$desk/own/own.json" "$1/said.json" && echo "the findings are those of the machine's own build"
}
draft() {
  (cd "$1" && cp ../own/facts.yaml . && "${@:2}" draft speech/mobilization -f facts.yaml -o it.docx) >"$desk/said" 2>&1 || { cat "$desk/said" && return 1; }
  cmp "$desk/own/own.docx" "$1/it.docx" && echo "$(stat -c %s "$1/it.docx") bytes, the same as the machine's own build"
}
page() { answers "$@" page --no-open --stay; }
answers() { # FOLDER COMMAND…, which prints the address of a page
  local server address
  (cd "$1" && exec "${@:2}") >"$1/address" 2>/dev/null &
  server=$!
  for _ in $(seq 100); do [ -s "$1/address" ] && break; sleep 0.1; done
  address=$(tr -d '\r' <"$1/address" | head -1)
  curl -sf --noproxy '*' -o "$1/page.html" "${address%%#*}"
  local outcome=$?
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  [ "$outcome" = 0 ] && grep -q '<html' "$1/page.html" && echo "$(stat -c %s "$1/page.html") bytes from a port of this machine"
}
install() {
  dpkg --root="$1" --log="$1/log" --force-not-root --force-architecture -i "$2" >"$desk/said" 2>&1 || { cat "$desk/said" && return 1; }
  (cd "$1" && find usr -type f) | wc -l | sed 's/$/ files/'
}
# program NAME COMMAND…: all that is asked of a program.
program() {
  local name=$1 folder
  shift
  folder=$(mktemp -d "$desk/XXXX")
  held "$name: starts" "$@" --version
  held "$name: demo" demo "$folder" "$@"
  held "$name: check" check "$folder" "$@"
  held "$name: draft" draft "$folder" "$@"
  held "$name: page" page "$folder" "$@"
}
# How a program of another processor is run here: qemu, or nothing for one's own. Fails if it cannot be.
runner() {
  local machine=$1
  [ "$machine" = "$(uname -m)" ] && return
  command -v "qemu-$machine-static"
}

if (cd "$out" && sha256sum --quiet -c SHA256SUMS); then ok "checksums"; else not_ok "checksums"; fi

for row in amd64:x86_64 arm64:aarch64 loong64:loongarch64; do
  name=${row%:*} machine=${row#*:}
  for tar in "$out"/wengao-*-linux-"$name".tar.gz; do
    [ -e "$tar" ] || { skip "linux-$name: not built" && continue; }
    tar -xzf "$tar" -C "$desk"
    file=$desk/$(basename "$tar" .tar.gz)/wengao
    held "linux-$name: needs no library" grep -q 'statically linked' <(file "$file")
    run=$(runner "$machine") || { skip "linux-$name: no qemu-$machine-static" && continue; }
    # shellcheck disable=SC2086
    program "linux-$name${run:+ under qemu}" $run "$file"
    [ "$name" = amd64 ] || continue
    folder=$(mktemp -d "$desk/XXXX")
    if unshare -rn true 2>/dev/null; then
      held "linux-amd64 without any network: check" check "$folder" unshare -rn "$file"
      held "linux-amd64 without any network: draft" draft "$folder" unshare -rn "$file"
    else
      skip "linux-amd64 without any network: no unshare"
    fi
  done
  for deb in "$out"/wengao_*_"$name".deb; do
    [ -e "$deb" ] || continue
    root=$(mktemp -d "$desk/XXXX")
    mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" && : >"$root/var/lib/dpkg/status"
    held "deb $name: installs into an empty root" install "$root" "$deb"
    if run=$(runner "$machine"); then
      # shellcheck disable=SC2086
      held "deb $name: starts" $run "$root/usr/bin/wengao" --version
    fi
    for page in "$root"/usr/share/man/man1/*.gz "$root"/usr/share/man/zh_CN/man1/*.gz; do
      said=$(MANWIDTH=80 LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l "$page" 2>&1 >"$desk/page") || said="man ended with trouble; $said"
      [ -z "$said" ] && [ -s "$desk/page" ] || not_ok "deb $name: ${page#"$root"}: $said"
    done
    ok "deb $name: $(find "$root/usr/share/man" -name '*.gz' | wc -l) man pages"
    if command -v lintian >/dev/null; then
      printf -- '--         lintian, deb %s:\n' "$name" && lintian --allow-root "$deb"
    else
      skip "deb $name: no lintian"
    fi
  done
done

if [ ! -e "$out/文稿.exe" ]; then
  skip "文稿.exe: not built"
elif ! command -v wine >/dev/null; then
  skip "文稿.exe: no wine"
else
  export WINEDEBUG=-all WINEPREFIX=$desk/wine
  wineboot -i >/dev/null 2>&1
  program "文稿.exe under wine" wine "$out/文稿.exe"
  folder=$(mktemp -d "$desk/XXXX")
  held "文稿.exe under wine, by a double-click: page" answers "$folder" wine "$out/文稿.exe"
  wineserver -k 2>/dev/null
fi
skip "文稿.exe on a real Windows"

if [ -e "$out/文稿.html" ]; then
  held "文稿.html: asks nothing of a network" grep -q "default-src 'none'" "$out/文稿.html"
fi
for vsix in "$out"/*.vsix; do
  [ -e "$vsix" ] && held "$(basename "$vsix")" python3 -m zipfile -t "$vsix"
done
exit $failed
