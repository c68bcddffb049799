"""What a catalogue of SAS has: what the formats of tables print in place of codes.

A table of SAS names a format for each variable, such as `$SEX` or `ARM8.`; a catalogue has the
labels of those that a user made, and none of SAS's own, such as `DATE9.`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IN_NONE = (
    "formats whose labels SAS keeps in a catalogue, as formats.sas7bcat: to have them, lay it"
    " beside the table and name it under source.catalogue of study.yaml"
)
"""What is told of the formats of a table that is read without one."""
_WIDTH = re.compile(r"\d*(\.\d*)?$")
"""What stands behind a format's name, which cannot end in a digit itself."""
_SUPPLIED = re.compile(
    r"""\$?|
        \$(ASCII|BASE64X|BIDI|BINARY|CHAR|CPT.*|EBCDIC|HEX|KANJI.*|LOGVSR?|MSGCASE|N8601.*|NL.*
            |OCTAL|QUOTE|REVERJ|REVERS|SBIDI|UCS.*|UESC.*|UNCR.*|UPARENP?|UPCASE|UTF.*|VARYING
            |VSLOGR?)
        | (BEST[DX]?|BINARY|COMMAX?|D|DOLLARX?|E|EUR.*|F|FLOAT|FRACT|HEX|IBR?|IEEER?|NEGPAREN|NL.*
        | NUMX|OCTAL|ODDSR|PCPIB|PD|PERCENTN?|PIBR?|PK|PVALUE|RB|ROMAN|S370F.*|SIZEK(B|MG)?|SSN
        | VAXRB|VMSZN|WORDF|WORDS|YEN|Z|ZD
        | [BE]8601[A-Z]*|IS8601.*|DATE|DATEAMPM|DATETIME|DAY|DDMMYY[BCDNPS]?|DOWNAME|DTDATE|DTMONYY
        | DTWKDATX|DTYEAR|DTYYQC|HDATE|HEBDATE|HHMM|HOUR|JULDAY|JULIAN|MDYAMPM|MINGUO
        | MMDDYY[BCDNPS]?|MMSS|MMYY[CDNPS]?|MONNAME|MONTH|MONYY|NENGO|PDJUL[GI]|QTRR?|TIME
        | TIMEAMPM|TOD|WEEKDAT[EX]|WEEKDAY|WEEK[UVW]|WORDDAT[EX]|YEAR|YYMM[CDNPS]?
        | YYMMDD[BCDNPS]?|YYMON|YYQR?[CDNPSZ]?|YYWEEK[UVW]
    )""",
    re.VERBOSE,
)
"""SAS's own formats, as its manuals "Formats and Informats" and "National Language Support" have
them."""


@dataclass(frozen=True)
class Catalogue:
    """A catalogue: its file, and the labels of codes by the names of formats, in capitals.

    A code is a number, a text, or the letter of a missing value.
    """

    path: Path
    formats: Mapping[str, Mapping[Any, str]]

    def labels(self, shown_as: str) -> Mapping[Any, str]:
        """The labels of a variable's codes by its format, which may have a width behind it."""
        return self.formats.get(format_name(shown_as), {})


def format_name(shown_as: str) -> str:
    """The name of a format, in capitals, without the width and the decimals behind it."""
    return _WIDTH.sub("", shown_as).upper()


def is_made_by_user(name: str) -> bool:
    """Whether a format of this name is none of SAS's own, so that a catalogue should have it."""
    return not _SUPPLIED.fullmatch(name)
