"""Writes arthritis.xlsx, an invented spreadsheet as someone types one, for the tutorial."""

from pathlib import Path

import openpyxl

ROWS = [
    ["Patient", "Age, sex", "Diagnosis", "Disease duration (years)", "Drugs", "Prednisone",
     "Start", "DAS28 before", "DAS28 after", "HAQ before", "HAQ after", "CRP before (mg/l)",
     "CRP after (mg/l)", "Remark"],
    ["P01", "54, F", "RA", 7, "MTX; HCQ", "10 mg", "03.02.2024", 5.8, 3.1, 1.75, 0.875, 24, 6, ""],
    ["P02", "61, F", "RA", 12, "MTX", "5 mg", "17.02.2024", 6.4, 4.2, 2.125, 1.5, 41, 12, "tired"],
    ["P03", "38, M", "PsA", 3, "MTX; LEF", "0", "21.02.2024", 4.9, 2.4, 1, 0.25, 9, 2, ""],
    ["P04", "47, F", "RA", 5, "none", "7.5 mg", "02.03.2024", 5.1, 3.6, 1.25, 0.75, 17, "n.d.", ""],
    ["P05", "70, F", "RA", 21, "LEF", "10 mg", "09.03.2024", 6.9, 5.7, 2.5, 2.25, 52, 30,
     "infection in May"],
    ["P06", "29, M", "PsA", 1, "MTX", "0", "16.03.2024", 4.4, 2.0, 0.75, 0.125, 12, 3, ""],
    ["P07", "58, F", "RA", 9, "MTX; HCQ; SSZ", "5 mg", "23.03.2024", 5.5, 41, 1.5, 1, 28, 15,
     "see letter"],
    ["P08", "44, M", "PsA", 6, "SSZ", "0", "06.04.2024", 5.2, 3.3, 1.125, 0.5, 14, 5, ""],
    ["P09", "66, F", "RA", 15, "HCQ", "15 mg", "13.04.2024", 6.1, 3.9, 2, 1.25, 37, 9, ""],
    ["P10", "51, F", "PsA", 4, "MTX", "0", "27.04.2024", 4.7, 2.9, 1, 0.625, 8, 4, "moved away"],
]  # fmt: skip

if __name__ == "__main__":
    book = openpyxl.Workbook()
    book.active.title = "Patients"
    for row in ROWS:
        book.active.append(row)
    book.save(Path(__file__).with_name("arthritis.xlsx"))
