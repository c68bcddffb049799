"""Texts that a spreadsheet takes for formulas, and texts that it does not.

The files of a run and the script of the report guard them by the same rule, each in its language.
"""

FORMULAS = ["=1+1", "=cmd|'/C calc'!A0", "+1+1", "-1+1", "-5 mg", "@SUM(A1)", "\t=1+1", "\r=1+1",
            " =1+1", "\n-1+1", "\0=1+1", "＝1+1", "'=1+1", "''@x", "-inf", "\x85=1+1", "\ufeff=1+1",
            "\xa0-5", "-5\xa0", "\u2003@x", "-٣", '=HYPERLINK("http://evil","x")']  # fmt: skip
NUMBERS_AND_DASHES = ["-7.5", "+3", "-.5", "-1.", "-1e-05", "-2E+300", " -4 ", "−8", "–", "-", "+"]
OTHERS = [
    *NUMBERS_AND_DASHES,
    "a=1",
    "'quoted'",
    '"quoted"',
    '"=1+1"',
    "",
    "\u200b=1",
    "12 (−3 to 4)",
]
