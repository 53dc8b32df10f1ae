#!/usr/bin/env python3
"""Packs the page and the program into one file that opens from disk.

    pack.py MODULE.wasm 文稿.html

The file is declared windows-1252, in which every byte is one character, so the gzipped module stands in it
as it is: base64 would make it a third larger. Bytes that HTML would change, and a < that could begin
markup, are escaped with another; all words of the page itself are written in ASCII, as escapes of their languages.
The content policy names the hashes of the style and the script and lets nothing in from anywhere."""
import base64, gzip, hashlib, pathlib, re, shutil, subprocess, sys

WEB = pathlib.Path(__file__).resolve().parents[2] / "src/page/web"
# An escaped byte stands behind this one, 64 higher.
ESCAPE, SHIFT = 0x1B, 64
# NUL and CR would be changed; within a script only </ and <! are read as more than a sign.
UNSAFE = re.compile(rb"[\x00\x0d\x1b]|<(?=[/!])")


def names(ending):
    """The files of the page that end so, in their order, with the carrier of the one file."""
    lines = (WEB / "order.txt").read_text(encoding="utf-8").splitlines()
    return [n.replace("carrier.js", "carrier-file.js") for n in lines if n.endswith(ending) and n[0] != "#"]


def joined(ending):
    """Their text, without indentation and without the lines that are comments alone."""
    lines = "".join((WEB / name).read_text(encoding="utf-8") for name in names(ending)).splitlines()
    bare = (line.strip() for line in lines)
    return "".join(line + "\n" for line in bare if line and not re.match(r"//|/\*\*.*\*/$", line))


def packed(module):
    """The module gzipped: by zopfli, which saves a thirtieth, where it is installed."""
    if shutil.which("zopfli"):
        return subprocess.run(["zopfli", "-c", "--gzip", module], check=True, capture_output=True).stdout
    print("not so small as it could be: zopfli is not installed", file=sys.stderr)
    return gzip.compress(pathlib.Path(module).read_bytes(), 9, mtime=0)


def script_in_ascii(words):
    units = lambda c: c.encode("utf-16-be")
    escaped = lambda m: "".join("\\u%04x" % int.from_bytes(units(m[0])[i:i + 2], "big") for i in range(0, len(units(m[0])), 2))
    return re.sub(r"[^\x00-\x7f]", escaped, words)


def style_in_ascii(words):
    return re.sub(r"[^\x00-\x7f]", lambda m: "\\%x " % ord(m[0]), words)


def html_in_ascii(words):
    return re.sub(r"[^\x00-\x7f]", lambda m: "&#x%x;" % ord(m[0]), words)


def digest(words):
    return "'sha256-" + base64.b64encode(hashlib.sha256(words.encode("ascii")).digest()).decode() + "'"


def main(module, out):
    style, script = style_in_ascii(joined(".css")), script_in_ascii(joined(".js"))
    assert "</script" not in script and "</style" not in style
    policy = "; ".join([
        "default-src 'none'", f"script-src {digest(script)} 'wasm-unsafe-eval'", f"style-src {digest(style)}",
        "worker-src blob:", "img-src data: blob:", "base-uri 'none'", "form-action 'none'"])
    page = html_in_ascii((WEB / "index.html").read_text(encoding="utf-8"))
    page = page.replace('<meta charset="utf-8">', f'<meta charset="windows-1252">\n<meta http-equiv="Content-Security-Policy" content="{policy}">')
    page = page.replace("<!--style-->", f"<style>{style}</style>")
    head, tail = page.split("<!--scripts-->")
    safe = UNSAFE.sub(lambda m: bytes([ESCAPE, m[0][0] + SHIFT]), packed(module))
    with open(out, "wb") as file:
        file.write(head.encode("ascii") + b'<script type="application/octet-stream" id="wasm">' + safe
                   + b"</script>\n<script>" + script.encode("ascii") + b"</script>" + tail.encode("ascii"))
    print(f"{out}: {pathlib.Path(out).stat().st_size:,} bytes, of which the program {len(safe):,}")


main(*sys.argv[1:])
