#!/usr/bin/env python3
"""check_docx.py FILE.docx EXPECTED.txt

Looks at a written .docx with other people's eyes: python-docx and LibreOffice must read the text
of EXPECTED.txt (one paragraph a line), and the PDF that LibreOffice makes must keep to the page of
GB/T 9704-2012: A4, 22 lines a page, 28 characters a line, "— 1 —" on the outer side.

Fonts are substitutes on most test machines, so only geometry is asserted. A line may hold 27
characters where a mark may not open the next one, and 29 where a mark hangs over the edge. Lines
with digits or Latin letters are counted apart: a substitute's are not half a character wide. A
page may end one line early where a heading would have been left alone at its foot.

Exit: 0 kept, 1 broken, 77 skipped because a program is missing (it is named).
"""

import collections
import pathlib
import sys
import tempfile
import unicodedata

from look import expect, faults, need, office, pages_of, verdict

MM = 72 / 25.4
# 版心 of GB/T 9704-2012, 5.2: from 28 mm, 156 mm wide; from 37 mm, 225 mm high.
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
LINE = 28.95

def width(text):
    """Characters of a line of full-width characters; None if there are others, whose width is the
    substitute font's own affair."""
    return len(text) if all(unicodedata.east_asian_width(c) in "WFA" for c in text) else None


def lines_of(page):
    """The lines of a page from top to bottom: (y of the middle, left, right, text). Words on one
    height are one line."""
    rows = collections.defaultdict(list)
    for word in page.iter("{http://www.w3.org/1999/xhtml}word"):
        box = [float(word.get(k)) for k in ("xMin", "yMin", "xMax", "yMax")]
        middle = (box[1] + box[3]) / 2
        key = next((k for k in rows if abs(k - middle) < 8), middle)
        rows[key].append((box[0], box[2], word.text or ""))
    out = []
    for middle in sorted(rows):
        words = sorted(rows[middle])
        out.append((middle, words[0][0], max(w[1] for w in words), "".join(w[2] for w in words)))
    return out


def check_text(file, expected, folder):
    import docx

    got = [p.text for p in docx.Document(file).paragraphs]
    expect(got == expected, "python-docx reads other paragraphs")
    text = office("txt:Text (encoded):UTF8", folder, file).read_text("utf-8-sig")
    got = text.rstrip("\n").split("\n")
    expect(got == expected, "LibreOffice reads another text")
    print(f"  text: {len(expected)} paragraphs, {sum(map(len, expected))} characters")


def check_page(file, folder):
    pages = pages_of(office("pdf", folder, file), folder)
    counts, widths, mixed = [], collections.Counter(), 0
    for number, page in enumerate(pages, 1):
        size = (float(page.get("width")) / MM, float(page.get("height")) / MM)
        expect(abs(size[0] - 210) < 0.5 and abs(size[1] - 297) < 0.5, f"page {number} is {size} mm, not A4")
        lines = lines_of(page)
        body = [l for l in lines if TOP - 2 < l[0] < BOTTOM + 2]
        foot = [l for l in lines if l[0] >= BOTTOM + 2]
        expect(len(body) + len(foot) == len(lines), f"page {number} has text above the 版心")
        if not body:
            expect(False, f"page {number} is empty")
            continue
        # Blank lines count: the last line's place tells how many the page has.
        counts.append(round((body[-1][0] - body[0][0]) / LINE) + 1)
        for middle, left, right, text in body:
            # Full lines run from edge to edge; a hanging mark may stand outside by its width.
            expect(left > LEFT - 3 and right < RIGHT + 19, f"page {number}: {text} leaves the 版心")
            if left < LEFT + 6 and right > RIGHT - 12:
                if width(text):
                    widths[width(text)] += 1
                else:
                    mixed += 1
        check_number(number, foot)
    full = counts[:-1]
    print(f"  {len(pages)} pages, lines on each: {counts}")
    each = ", ".join(f"{w} ×{n}" for w, n in sorted(widths.items()))
    print(f"  characters of full lines: {each}; {mixed} more hold digits or Latin letters")
    if full:
        expect(max(full) == 22, f"a full page has {max(full)} lines, not 22")
        expect(min(full) >= 21, f"a page breaks after {min(full)} lines")
        expect(full.count(22) >= full.count(21), "most pages end a line early")
    if widths:
        expect(widths.most_common(1)[0][0] == 28, "full lines do not hold 28 characters")
        expect(max(widths) <= 29, f"a line holds {max(widths)} characters")
        expect(min(widths) >= 27, f"a full line holds {min(widths)} characters")


def check_number(number, foot):
    expect(len(foot) == 1, f"page {number} has {len(foot)} lines below the 版心")
    for middle, left, right, text in foot:
        expect(text == f"—{number}—", f"page {number} is numbered {text}")
        # One character of 14 pt from the edge: the right one on odd pages.
        gap = RIGHT - right if number % 2 else left - LEFT
        expect(abs(gap - 14) < 4, f"page {number}: the number is {gap:.1f} pt from its edge, not 14")
        expect(abs(middle - BOTTOM - 7 * MM) < 4, f"page {number}: the number is not 7 mm below the 版心")


def main():
    need("soffice", "pdftotext", docx=True)
    file, expected = sys.argv[1:]
    expected = pathlib.Path(expected).read_text("utf-8").rstrip("\n").split("\n")
    print(pathlib.Path(file).name)
    with tempfile.TemporaryDirectory() as folder:
        check_text(file, expected, folder)
        check_page(file, folder)
    print(f"  {verdict()}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
