"""What the looking scripts have in common: other programs, and what to do where one is missing.

Exit codes: 0 kept, 1 broken, 77 skipped because a program is missing (it is named).
"""

import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

faults = []


def expect(condition, message):
    if not condition:
        faults.append(message)
        print(f"  FAULT {message}")


def need(*programs, docx=False):
    """Ends the script as skipped unless the programs are there, and python-docx if it is asked for."""
    missing = [p for p in programs if not shutil.which(p)]
    if docx:
        try:
            from docx.document import Document
        except ImportError:
            missing.append("python-docx")
        else:
            if docx == "comments" and not hasattr(Document, "comments"):
                missing.append("python-docx 1.2")
    if missing:
        print("skipped, not installed: " + ", ".join(missing))
        sys.exit(77)


def office(target, folder, *sources, timeout=180):
    """LibreOffice's versions of the files; the path of the first."""
    # A profile of its own, so that a running LibreOffice is left alone.
    profile = pathlib.Path(folder, "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", target,
         "--outdir", folder, *map(str, sources)],
        check=True, capture_output=True, timeout=timeout)
    return pathlib.Path(folder, pathlib.Path(sources[0]).stem + "." + target.split(":")[0])


def pages_of(pdf, folder):
    """The pages of a PDF, with the box of each word."""
    boxes = pathlib.Path(folder, "boxes.html")
    subprocess.run(["pdftotext", "-bbox", str(pdf), str(boxes)], check=True)
    return list(ET.parse(boxes).iter("{http://www.w3.org/1999/xhtml}page"))


def verdict():
    return "kept" if not faults else f"{len(faults)} faults"
