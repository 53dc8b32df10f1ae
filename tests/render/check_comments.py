#!/usr/bin/env python3
"""check_comments.py PLAIN.docx COMMENTED.docx COUNT

The comments in COMMENTED.docx as other programs see them: python-docx and LibreOffice must read
the text of PLAIN.docx and COUNT comments, each with an author and words.

Exit: 0 kept, 1 broken, 77 skipped because a program is missing (it is named).
"""

import sys
import tempfile

from look import need, office


def main():
    need("soffice", docx="comments")
    import docx

    plain, commented, count = sys.argv[1], sys.argv[2], int(sys.argv[3])

    def text(document):
        return [p.text for p in document.paragraphs]

    expected = text(docx.Document(plain))
    with tempfile.TemporaryDirectory() as folder:
        by_office = office("docx", folder, commented)
        for program, file in [
            ("python-docx", commented),
            ("LibreOffice", str(by_office)),
        ]:
            document = docx.Document(file)
            comments = [(c.author, c.text) for c in document.comments]
            if text(document) != expected:
                print(f"  FAULT {program} reads another text")
                return 1
            if len(comments) != count or not all(a == "文稿 wengao" and t for a, t in comments):
                print(f"  FAULT {program} reads these comments: {comments}")
                return 1
            print(f"  {program}: {len(expected)} paragraphs, {count} comments")
    return 0


if __name__ == "__main__":
    sys.exit(main())
