#!/usr/bin/env python3
"""check_imprint.py FOLDER

The .docx of FOLDER, whose names end with how many lines of text they have: in each the 版记 stands at
the foot of the last page, nothing else stands beside or below it, and 署名 and 成文日期 are on one
page.

Exit: 0 kept, 1 broken, 77 skipped because a program is missing (it is named).
"""

import pathlib
import sys
import tempfile

from check_docx import BOTTOM
from check_form import words_of
from look import expect, faults, need, office, pages_of, verdict


def main():
    need("soffice", "pdftotext")
    sources = sorted(pathlib.Path(sys.argv[1]).glob("*.docx"))
    with tempfile.TemporaryDirectory() as folder:
        office("pdf", folder, *sources, timeout=300)
        seen = set()
        for source in sources:
            pages = pages_of(pathlib.Path(folder, source.stem + ".pdf"), folder)
            seen.add(len(pages))
            words = [words_of(p) for p in pages]
            of = {n: "".join(w[4] for w in page) for n, page in enumerate(words)}
            last = words[-1]
            top = min((w[1] for w in last if w[4].startswith("抄送")), default=None)
            expect(top is not None, f"{source.name}: no 版记 on the last page")
            if top is None:
                continue
            below = sorted((w for w in last if w[3] > top and w[1] < BOTTOM), key=lambda w: (round(w[1]), w[0]))
            text = "".join(w[4] for w in below)
            expect(text.startswith("抄送") and text.endswith("印发"), f"{source.name}: beside the 版记 stands {text}")
            expect(BOTTOM - 20 < below[-1][3] < BOTTOM, f"{source.name}: the 版记 ends at {below[-1][3]:.0f} pt")
            signed = [n for n, t in of.items() if "云岭县人民政府" in t.replace("云岭县人民政府办公室", "")]
            date = [n for n, t in of.items() if "月5日" in t]
            expect(signed == date, f"{source.name}: 署名 on page {signed}, 成文日期 on page {date}")
        expect(len(seen) > 1, "every text fits on as many pages; the place was not put to the test")
    print(f"  版记: {len(sources)} texts, {verdict()}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
