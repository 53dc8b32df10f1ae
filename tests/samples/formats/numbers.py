"""Makes numbers.docx and its list-*.docx: automatic numbers as Word's own XML, python-docx and LibreOffice write them.

Run in this folder; needs python-docx and LibreOffice. Each part of numbers.docx begins with a paragraph that is a
single Latin word and has no number.
"""

import subprocess
import zipfile

import docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MADE = (2026, 11, 30, 0, 0, 0)
HAN = "甲乙丙丁戊己庚辛壬癸"


def level(depth, signs, text, start=1, more="", suffix=None):
    suffix = f'<w:suff w:val="{suffix}"/>' if suffix else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{signs}"/>{more}{suffix}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


class Paper:
    def __init__(self):
        self.kinds, self.lists, self.paragraphs, self.styles = "", "", "", ""
        self.kind, self.number = 0, 0

    def of(self, *levels, more=""):
        self.kinds += f'<w:abstractNum w:abstractNumId="{self.kind}">{more}{"".join(levels)}</w:abstractNum>'
        self.kind += 1
        return self.kind - 1

    def list(self, kind, more=""):
        self.number += 1
        self.lists += f'<w:num w:numId="{self.number}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'
        return self.number

    def say(self, words, number=None, depth=0, style=None):
        set = f'<w:pStyle w:val="{style}"/>' if style else ""
        if number is not None:
            set += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        run = f"<w:r><w:t>{words}</w:t></w:r>" if words else ""
        self.paragraphs += f"<w:p><w:pPr>{set}</w:pPr>{run}</w:p>"

    def part(self, name, number, depths):
        self.say(name)
        for at, depth in enumerate(depths):
            one = depth if isinstance(depth, tuple) else (number, depth)
            self.say(HAN[at % 10], *one)

    def save(self, path):
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        part = lambda name: f'<Override PartName="/word/{name}.xml" ContentType="{WORD}{"document.main" if name == "document" else name}+xml"/>'
        rel = lambda id, kind, to: f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{to}"/>'
        rels = lambda inner: f'{head}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'
        files = {
            "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{part("document")}{part("numbering")}{part("styles")}</Types>',
            "_rels/.rels": rels(rel("r1", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": rels(rel("r1", "numbering", "numbering.xml") + rel("r2", "styles", "styles.xml")),
            "word/document.xml": f"{head}<w:document {W}><w:body>{self.paragraphs}<w:sectPr/></w:body></w:document>",
            "word/numbering.xml": f"{head}<w:numbering {W}>{self.kinds}{self.lists}</w:numbering>",
            "word/styles.xml": f"{head}<w:styles {W}>{self.styles}</w:styles>",
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name, text in files.items():
                out.writestr(zipfile.ZipInfo(name, MADE), text, zipfile.ZIP_DEFLATED)


COUNTING = "chineseCounting"
paper = Paper()
for signs in """decimal decimalZero chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand
    ideographZodiac japaneseCounting decimalEnclosedCircle decimalEnclosedCircleChinese lowerLetter upperLetter lowerRoman
    upperRoman decimalFullWidth decimalHalfWidth chineseLegalSimplified ideographLegalTraditional none bullet""".split():
    paper.part(signs, paper.list(paper.of(level(0, signs, "%1、" if signs != "bullet" else "•"))), [0] * 22)
    for start in (99, 105, 120, 701):
        paper.say("某", paper.list(paper.of(level(0, signs, "第%1条" if signs != "bullet" else "•", start))))
gov = paper.of(
    level(0, COUNTING, "%1、", suffix="nothing"), level(1, COUNTING, "（%2）", suffix="nothing"),
    level(2, "decimal", "%3."), level(3, "decimal", "（%4）", suffix="nothing"),
)
paper.part("outline", paper.list(gov), [0, 1, 1, 2, 2, 3, 0, 1, 2, 3, 3])
paper.part("dotted", paper.list(paper.of(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2", suffix="space"), level(2, "decimal", "%1.%2.%3"))), [0, 1, 2, 2, 0, 1, 2])
one = paper.of(level(0, "decimal", "%1."))
first, again = paper.list(one), paper.list(one, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
fifth = paper.list(one, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
paper.part("restarted", first, [(first, 0), (first, 0), (again, 0), (again, 0), (fifth, 0), (fifth, 0), (first, 0), (again, 0)])
two = paper.of(level(0, "decimal", "%1)"))
left, right = paper.list(two), paper.list(two)
paper.part("together", left, [(left, 0), (right, 0), (left, 0), (right, 0)])
paper.part("skipped", paper.list(paper.of(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))), [1, 1, 0, 1, 2, 0, 2, 1, 2])
over = paper.of(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"))
plain = paper.list(over)
other = paper.list(over, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>' + level(0, "upperRoman", "%1—", 3) + "</w:lvlOverride>")
paper.part("overridden", plain, [(plain, 0), (plain, 1), (other, 0), (other, 1), (other, 0), (plain, 0)])
paper.part("begun", paper.list(paper.of(level(0, COUNTING, "%1、", 3), level(1, "decimalEnclosedCircle", "%2", 2, suffix="nothing"))), [0, 1, 1, 0, 1])
paper.part("zero", paper.list(paper.of(level(0, "decimal", "%1.", 0), level(1, "decimal", "%1.%2", 0))), [0, 1, 1, 0])
paper.part("bulleted", paper.list(paper.of(level(0, "bullet", "•"), level(1, "lowerRoman", "%2."))), [0, 1, 1, 0, 1])
empty = paper.list(paper.of(level(0, "decimal", "%1.")))
paper.say("empty")
for words in ("甲", "", "丙"):
    paper.say(words, empty)
styled = paper.number + 1
paper.list(paper.of(level(0, COUNTING, "%1、", more='<w:pStyle w:val="H1"/>'), level(1, COUNTING, "（%2）", more='<w:pStyle w:val="H2"/>')))
for style, name, depth, based in (("H1", "heading 1", 0, ""), ("H2", "heading 2", 1, ""), ("X", "own", None, "H2")):
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    inner = "" if depth is None else f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{styled}"/></w:numPr><w:outlineLvl w:val="{depth}"/></w:pPr>'
    paper.styles += f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/>{based}{inner}</w:style>'
paper.say("styled")
for words, number, style in (("甲", None, "H1"), ("乙", None, "H2"), ("丙", None, "X"), ("丁", 0, "H2"), ("戊", None, "H1"), ("己", None, "H2")):
    paper.say(words, number, 0, style)
linked = paper.number + 1
paper.list(paper.of(level(0, COUNTING, "第%1条"), level(1, "decimal", "%2."), more='<w:styleLink w:val="Articles"/>'))
paper.list(paper.of(more='<w:numStyleLink w:val="Articles"/>'))
paper.styles += f'<w:style w:type="numbering" w:styleId="Articles"><w:name w:val="articles"/><w:pPr><w:numPr><w:numId w:val="{linked}"/></w:numPr></w:pPr></w:style>'
paper.part("linked", linked, [(linked + 1, 0), (linked + 1, 1), (linked + 1, 0), (linked, 0)])
paper.save("numbers.docx")

document = docx.Document()
for style, words in (
    ("List Number", "摸清底数"), ("List Number", "建立台账"), ("List Number 2", "分乡镇上报"), ("List Bullet", "逐户走访"),
    ("Normal", "以上工作月底前完成。"), ("List Number", "逐项销号"),
):
    document.add_paragraph(words, style=style)
document.save("list-python-docx.docx")

with open("list-libreoffice.html", "w", encoding="utf-8") as page:
    page.write(
        '<html><head><meta charset="utf-8"></head><body><p>清河镇要办好几件事：</p><ol><li>修渠<ol type="a"><li>放线</li><li>开挖</li></ol></li>'
        '<li>补路</li></ol><p>以下接着做：</p><ol start="3" type="I"><li>改厕</li><li>种树<ul><li>选苗</li></ul></li></ol></body></html>'
    )
for name, to in (("list-libreoffice.html", "odt"), ("list-libreoffice.odt", "docx")):
    writer = ["--infilter=HTML (StarWriter)"] if name.endswith("html") else []
    subprocess.run(["soffice", "--headless", *writer, "--convert-to", to, name], check=True)
subprocess.run(["rm", "list-libreoffice.html", "list-libreoffice.odt"], check=True)
