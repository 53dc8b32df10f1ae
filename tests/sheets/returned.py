"""What openpyxl reads in a list that `check --format xlsx` made: JSON, each sheet with its rows.

Usage: returned.py LIST.xlsx. Exit code 77 if openpyxl is missing.
"""
import json
import sys

try:
    from openpyxl import load_workbook
except ImportError:
    print("skipped: openpyxl is missing")
    sys.exit(77)

book = load_workbook(sys.argv[1])
sheets = {
    sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
    for sheet in book.worksheets
}
formulas = sum(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
print(json.dumps({"sheets": sheets, "formulas": formulas}, ensure_ascii=False))
