"""A workbook as an office keeps it, made with openpyxl: formats, formulas, merged cells, hidden sheets.

Usage: own.py OUT.xlsx. Exit code 77 if openpyxl is missing.
"""
import datetime
import sys

try:
    from openpyxl import Workbook
    from openpyxl.styles import Font
except ImportError:
    print("skipped: openpyxl is missing")
    sys.exit(77)

book = Workbook()
sheet = book.active
sheet.title = "指标"
sheet.append(["2025年主要指标完成情况"])
sheet.merge_cells("A1:F1")
sheet.append(["序号", "口径", "指标名 称*", "值", "单位", "同比", "来源"])
rows = [
    (1, None, "地区生产总值", 86.4, "亿元", 0.056, "县统计局"),
    (2, None, "财政收入", 5.6, "亿元", 0.05, "县财政局"),
    (3, None, "粮食产量", 123456, "吨", "=1/0", "县农业农村局"),
    (4, None, "户厕普及率", 0.92, None, None, "县卫生健康局"),
    (None, None, "合计", "=SUM(D3:D6)", None, None, None),
]
for row in rows:
    sheet.append(row)
for cell in ("D3", "D4"):
    sheet[cell].number_format = "0.00"
sheet["D5"].number_format = "#,##0"
sheet["D6"].number_format = "0.0%"
for cell in ("F3", "F4"):
    sheet[cell].number_format = '"增长"0.0%'
sheet["C3"].font = Font(bold=True)

singles = book.create_sheet("单项")
for row in [
    ("项目", "内容", "单位"),
    ("会议.名称", "全县农村人居环境整治提升推进会", None),
    ("会议.日期", datetime.date(2026, 3, 5), None),
    ("工作.开始", datetime.date(2026, 3, 1), None),
    ("工作.资金", 6800, "万元"),
    ("地区.乡镇", "石桥湾镇\n云溪镇", None),
    ("会议.地点", "=A1", None),
]:
    singles.append(row)
singles["B3"].number_format = "yyyy/m/d"
singles["B4"].number_format = 'yyyy"年"m"月"'
singles["B5"].number_format = "#,##0.0"

tasks = book.create_sheet("任务")
for row in [
    ("名称", "牵头单位", "内容"),
    ("抓好垃圾治理", "县住房城乡建设局", "健全体系；配齐保洁员"),
    ("改好户厕", None, "1.先急后缓\n2.签字验收"),
]:
    tasks.append(row)
tasks.merge_cells("B2:B3")

book.create_sheet("台账").append(["随便", "什么"])
hidden = book.create_sheet("底稿")
hidden.append(["名称"])
hidden.append(["不该读"])
hidden.sheet_state = "hidden"
book.save(sys.argv[1])
