#!/usr/bin/env bash
# Packs a compiled program as a .deb, for 麒麟, UOS, deepin, Debian and Ubuntu.
#
#     release/deb.sh PROGRAM ARCHITECTURE EXTRAS OUT
#
# EXTRAS holds what extras.sh made: man pages, completions, licences. VERSION and SOURCE_DATE_EPOCH come from
# build.sh. The program is static, so the package depends on nothing and one serves every edition. The same
# commit gives the same bytes.
set -euo pipefail
program=${1:?which program?} architecture=${2:?for what?} extras=${3:?} out=${4:?}
here=$(cd "$(dirname "$0")" && pwd)
: "${VERSION:?of the program}" "${SOURCE_DATE_EPOCH:?the time that the files bear}"
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
umask 022

share=$root/usr/share
doc=$share/doc/wengao
install -Dm755 "$program" "$root/usr/bin/wengao"
install -Dm755 "$here/linux/open" "$root/usr/libexec/wengao/open"
install -Dm644 -t "$share/applications" "$here"/linux/*.desktop
install -Dm644 -t "$share/icons/hicolor/scalable/apps" "$here/linux/wengao.svg"
install -Dm644 "$extras/completions/bash" "$share/bash-completion/completions/wengao"
install -Dm644 "$extras/completions/zsh" "$share/zsh/vendor-completions/_wengao"
install -Dm644 "$extras/completions/fish" "$share/fish/vendor_completions.d/wengao.fish"
install -Dm644 -t "$share/man/man1" "$extras"/man/en/*.1
install -Dm644 -t "$share/man/zh_CN/man1" "$extras"/man/zh/*.1
find "$share/man" -name '*.1' -exec gzip -9n {} +

install -Dm644 "$extras/LICENCES.txt" "$doc/LICENCES.txt"
gzip -9n "$doc/LICENCES.txt"
{
  printf 'wengao (%s) stable; urgency=medium\n\n  * See the history of the sources.\n\n' "$VERSION"
  printf ' -- The wengao developers <wengao@example.org>  %s\n' "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n >"$doc/changelog.gz"
{
  cat <<'END'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: wengao

Files: *
Copyright: The wengao developers
License: MIT or Apache-2.0
Comment: The program is linked with the libraries in LICENCES.txt.gz, beside this file, under the licences
 that stand there.

License: MIT or Apache-2.0
 Either of the two, as you like. The Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0; the
 other one:
 .
END
  sed 's/^$/./; s/^/ /' "$here/../LICENSE-MIT"
} >"$doc/copyright"
chmod 644 "$doc"/*

# That is what it is meant to be.
install -d "$share/lintian/overrides"
echo 'wengao: statically-linked-binary [usr/bin/wengao]' >"$share/lintian/overrides/wengao"

mkdir "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<END
Package: wengao
Version: $VERSION
Architecture: $architecture
Maintainer: The wengao developers <wengao@example.org>
Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)
Recommends: xdg-utils
Section: text
Priority: optional
Description: drafts and checks Chinese official documents, offline
 Facts and a skeleton go in, a .docx laid out to GB/T 9704 comes out. A draft
 goes in, and what was left behind is told: placeholders, names of other
 places, stale years, broken numbering. Nothing leaves the machine.
 .
 文稿：起草和检查公文，全程离线。填好事实，得到排好版的 Word 文稿；放进稿子，
 查出没填完的、外地的、过时的、序号错漏的地方。文件不离开自己的电脑。
END
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$out" >/dev/null
