#!/usr/bin/env bash
# Makes the pictures of the README from the program's own output: docs/report.png, docs/page.png.
# Wants LibreOffice, poppler (pdftoppm), Chromium, ImageMagick or Pillow, and python3 with ansi2html.
set -euo pipefail
cd "$(dirname "$0")/.."
wengao=$PWD/target/release/wengao
docs=$PWD/docs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$wengao" demo --lang zh >/dev/null
"$wengao" check wengao-demo/旧稿.txt --lang zh --color always >report.ansi || true
head -n 33 report.ansi >top.ansi
python3 - <<'PY'
from ansi2html import Ansi2HTMLConverter
body = Ansi2HTMLConverter(dark_bg=True, inline=True).convert(open("top.ansi", encoding="utf-8").read(), full=False)
open("report.html", "w", encoding="utf-8").write(
    "<meta charset=utf-8><style>body{margin:0;background:#1e1e2e;color:#cdd6f4}"
    "pre{font:16px/1.35 'Noto Sans Mono CJK SC',monospace;padding:18px 22px;margin:0}</style>"
    f"<pre>$ wengao check 旧稿.txt\n{body}</pre>")
PY
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=860,800 \
  --user-data-dir="$work/profile" --disable-background-networking --disable-component-update --disable-sync \
  --screenshot="$docs/report.png" "file://$work/report.html" >/dev/null 2>&1

soffice --headless --convert-to pdf wengao-demo/讲话稿.docx >/dev/null 2>&1
pdftoppm -r 55 -f 1 -l 2 -png 讲话稿.pdf page
python3 - "$docs/page.png" <<'PY'
import glob, sys
from PIL import Image, ImageOps
pages = [ImageOps.expand(Image.open(p).convert("RGB"), 1, "#999") for p in sorted(glob.glob("page-*.png"))]
gap = 16
out = Image.new("RGB", (sum(p.width for p in pages) + gap * (len(pages) + 1), pages[0].height + 2 * gap), "#ddd")
x = gap
for p in pages:
    out.paste(p, (x, gap))
    x += p.width + gap
out.save(sys.argv[1], optimize=True)
PY
