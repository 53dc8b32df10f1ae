#!/usr/bin/env python3
"""check_form.py FILE.docx EXPECTED.txt NAME...

Looks at a written plan, brief or summary with other people's eyes. EXPECTED.txt holds the text of the
manuscript, one block a line. NAMEs say what the file has and what is therefore looked at:

    head    红头: its characters begin 35 mm below the 版心's top, the red rule lies 4 mm below the
            文号 and is as wide as the 版心
    brief   报头: the red rule, as wide as the 版心, in the upper half of the page
    imprint 版记: rules of 0.35, 0.25 and 0.35 mm, the last at the 版心's bottom on the last page, no
            text over it
    table   every table that python-docx sees: its cells' text is whole on one page, and a page that
            goes on with it begins with its header row
    body    at least one page is full of body text: 22 lines, of 28 characters where they are full

Whatever the file has, no letter or figure of EXPECTED.txt is missing on paper, nothing leaves the 版心, and
every page has its number.

Exit: 0 kept, 1 broken, 77 skipped because a program is missing (it is named).
"""

import collections
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

from check_docx import BOTTOM, LEFT, LINE, MM, RIGHT, TOP, check_number, lines_of, width
from look import expect, faults, need, office, pages_of, verdict

DPI = 400
WORD = "{http://www.w3.org/1999/xhtml}word"
RED_HEADS = ("masthead", "brief")


def squeezed(text):
    return "".join(text.split())


def words_of(page):
    """(left, top, right, bottom, text) of each word."""
    return [(*(float(w.get(k)) for k in ("xMin", "yMin", "xMax", "yMax")), w.text or "") for w in page.iter(WORD)]


class Picture:
    """A page as dots: which rows hold ink, and how far."""

    def __init__(self, pdf, number, folder):
        root = pathlib.Path(folder, f"page{number}")
        subprocess.run(
            ["pdftoppm", "-gray", "-singlefile", "-r", str(DPI), "-f", str(number), "-l", str(number), str(pdf), str(root)],
            check=True)
        data = root.with_suffix(".pgm").read_bytes()
        _, width_of_row, height, _ = data.split(None, 3)
        across, down = int(width_of_row), int(height)
        pixels = data[len(data) - across * down:]
        dark = bytes(1 if value < 160 else 0 for value in range(256))
        self.rows = [pixels[y * across:(y + 1) * across].translate(dark) for y in range(down)]

    @staticmethod
    def mm(dots):
        return dots * 25.4 / DPI

    def first_ink(self):
        return next((self.mm(y) for y, row in enumerate(self.rows) if 1 in row), None)

    def last_ink(self, above):
        """Where the ink above this height ends."""
        start = int(above / 25.4 * DPI)
        return next((self.mm(y + 1) for y in range(start, 0, -1) if 1 in self.rows[y]), None)

    def rules(self):
        """Lines across the page: (top, thickness, left, right) in mm."""
        least = 150 / 25.4 * DPI
        out = []
        for y, row in enumerate(self.rows):
            if row.count(1) < least:
                continue
            if out and y - out[-1][1] <= 1:
                out[-1][1] = y
            else:
                out.append([y, y, row.find(1), row.rfind(1)])
        return [(self.mm(a), self.mm(b - a + 1), self.mm(l), self.mm(r + 1)) for a, b, l, r in out]


def is_wide(rule):
    return abs(rule[2] - 28) < 0.7 and abs(rule[3] - 184) < 0.7


def check_red_head(picture, is_brief):
    rules = picture.rules()
    expect(rules and is_wide(rules[0]), f"the red rule is not as wide as the 版心: {rules[:1]}")
    if not rules:
        return
    rule = rules[0][0]
    if is_brief:
        print(f"  报头: first ink {picture.first_ink() - 37:.1f} mm below the 版心's top, red rule at {rule - 37:.1f} mm")
        expect(rule < 150, f"the 报头 reaches down to {rule:.1f} mm")
        return
    ink = picture.first_ink() - 37
    number = picture.last_ink(rule - 0.5)
    print(f"  红头: first ink {ink:.1f} mm below the 版心's top, red rule {rule - number:.1f} mm below the 文号")
    expect(abs(ink - 35) < 1, f"the 红头 begins {ink:.1f} mm below the 版心's top, not 35")
    expect(3.5 < rule - number < 4.7, f"the red rule lies {rule - number:.1f} mm below the 文号, not 4")


def check_imprint(picture, page, last_line):
    rules = picture.rules()[-3:]
    print("  版记: rules " + ", ".join(f"{r[1]:.2f} mm at {r[0]:.1f}" for r in rules))
    expect(len(rules) == 3 and all(map(is_wide, rules)), f"the 版记 has other rules: {rules}")
    if len(rules) != 3:
        return
    for rule, thickness in zip(rules, (0.35, 0.25, 0.35)):
        expect(abs(rule[1] - thickness) < 0.09, f"a rule of {rule[1]:.2f} mm, not {thickness}")
    expect(abs(rules[2][0] + rules[2][1] - 262) < 0.6, f"the last rule lies at {rules[2][0]:.1f} mm, not 262")
    top = rules[0][0] * MM
    over = [w[4] for w in words_of(page) if w[1] < top < w[3]]
    expect(not over, f"{over} lies on the 版记")
    inside = squeezed("".join(w[4] for w in sorted(words_of(page), key=lambda w: (round(w[1]), w[0])) if top < w[1] < BOTTOM))
    expect(inside.endswith(last_line), f"the 版记 ends with {inside[-20:]}, not {last_line}")


def check_tables(file, pages):
    """Where each cell is: the columns' places are known from the file, the rest from the paper."""
    import docx

    document = docx.Document(file)
    # A table that floats is the 版记.
    tables = [t for t in document.tables if t._tbl.tblPr.find(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblpPr") is None]
    expect(tables, "python-docx sees no table")
    for table in tables:
        rows = [[squeezed(c.text) for c in r.cells] for r in table.rows]
        edges = [LEFT]
        for column in table.columns:
            edges.append(edges[-1] + column.width.pt)
        expect(abs(edges[-1] - RIGHT) < 1, f"a table is {(edges[-1] - LEFT) / MM:.1f} mm wide")
        texts = []
        for page in pages:
            words = words_of(page)
            texts.append([
                squeezed("".join(w[4] for w in sorted(words, key=lambda w: (round(w[1]), w[0])) if a - 1 < w[0] and w[2] < b + 2))
                for a, b in zip(edges, edges[1:])])
        found = collections.Counter()
        for row in rows[1:]:
            on = [n for n, text in enumerate(texts) if all(c in t for c, t in zip(row, text))]
            expect(on, f"the row {row} is not whole on one page")
            if on:
                # Rows follow on each other; one of figures only might be found on another page too.
                found[next((n for n in on if n >= max(found, default=0)), on[-1])] += 1
        for n in sorted(found):
            expect(all(h in t for h, t in zip(rows[0], texts[n])), f"page {n + 1} goes on without the header row")
            begins = all(t.startswith(h) for h, t in zip(rows[0], texts[n]))
            expect(n == min(found) or begins, f"page {n + 1} does not begin with the header row")
        spread = ", ".join(f"{k} rows on page {n + 1}" for n, k in sorted(found.items()))
        print(f"  table: {len(rows)} × {len(table.columns)}, {spread}")


def check_body(pages):
    full = []
    for number, page in enumerate(pages, 1):
        lines = [l for l in lines_of(page) if TOP - 2 < l[0] < BOTTOM + 2]
        if len(lines) != 22 or abs(lines[-1][0] - lines[0][0] - 21 * LINE) > 2:
            continue
        full.append(number)
        for _, left, right, text in lines:
            if left < LEFT + 6 and right > RIGHT - 12 and width(text):
                expect(27 <= width(text) <= 29, f"page {number}: a full line holds {width(text)} characters")
    print(f"  pages of 22 lines: {full}")
    expect(full, "no page has 22 lines of text")


def main():
    need("soffice", "pdftotext", "pdftoppm", docx=True)
    file, expected, *names = sys.argv[1:]
    expected = pathlib.Path(expected).read_text("utf-8").rstrip("\n").split("\n")
    print(pathlib.Path(file).name)
    with tempfile.TemporaryDirectory() as folder:
        pdf = office("pdf", folder, file)
        pages = pages_of(pdf, folder)
        # Marks that hang over the edge are left out by LibreOffice 7.4 now and then.
        said = [c for c in squeezed("".join(expected)) if not unicodedata.category(c).startswith("P")]
        lost = collections.Counter(said) - collections.Counter("".join(w[4] for p in pages for w in words_of(p)))
        expect(not lost, f"on paper there is no {''.join(lost)}")
        for number, page in enumerate(pages, 1):
            for word in words_of(page):
                inside = word[0] > LEFT - 3 and word[2] < RIGHT + 19 and word[1] > TOP - 9
                expect(inside, f"page {number}: {word[4]} leaves the 版心")
            check_number(number, [l for l in lines_of(page) if l[0] >= BOTTOM + 2])
        if "head" in names or "brief" in names:
            check_red_head(Picture(pdf, 1, folder), "brief" in names)
        if "imprint" in names:
            check_imprint(Picture(pdf, len(pages), folder), pages[-1], squeezed(expected[-1]))
        if "table" in names:
            check_tables(file, pages)
        if "body" in names:
            check_body(pages)
    print(f"  {len(pages)} pages; {verdict()}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
