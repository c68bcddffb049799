"""How study.yaml can say that a table has several rows for each patient, as its rows look.

A column whose texts tell the rows of each patient apart, and come back from patient to patient, is
likely to be that of the visits, or of what was measured. How such a table is read is for `prepare`.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from casebook.study.fields import name_for

LONG = "this looks like a long table, with several rows for each patient"
KEEP = "do not leave rows out, as their values would be lost"
ANY = (
    "name under source, as visit or as measure, the column that tells the rows of a patient apart,"
    " as docs/study.md describes under Long tables"
)
_MOST_VISITS = 12
Texts = Mapping[int, str]
"""The texts of a column by the numbers of the rows."""


def lines_for(identifiers: Texts, columns: Mapping[str, Texts]) -> str:
    """What study.yaml should say of a long table, in words; of which column, as far as one fits.

    Args:
        identifiers: The identifiers of the patients.
        columns: The other columns, by their headers.
    """
    fitting = {
        header: {*texts.values()}
        for header, texts in columns.items()
        if header and tells_rows_apart(identifiers, texts)
    }
    if not fitting:
        return ANY
    header = min(fitting, key=lambda each: len(fitting[each]))
    texts = dict.fromkeys(columns[header][row] for row in identifiers)
    if len(texts) > _MOST_VISITS:
        return f"write under source 'visit: {in_braces(header)}', and name its texts under visits"
    visits: dict[str, str] = {}
    for text in texts:
        name = name_for(text) or f"visit{len(visits) + 1}"
        name = f"{name}_{len(visits) + 1}" if name in visits else name
        visits[name] = f"{name}: {{ label: {in_braces(text)}, value: {in_braces(text)} }}"
    named = ", ".join(visits.values())
    return f"write under source 'visit: {in_braces(header)}', and 'visits: {{ {named} }}', in order"


def tells_rows_apart(identifiers: Texts, texts: Texts) -> bool:
    """Whether no patient has a text of a column twice, and most of the texts have several."""
    if not is_once_in_each(identifiers, texts):
        return False
    patients: defaultdict[str, set[str]] = defaultdict(set)
    for row, patient in identifiers.items():
        patients[texts[row]].add(patient)
    shared = sum(len(each) for each in patients.values() if len(each) > 1)
    return len(patients) > 1 and shared * 4 >= len(identifiers) * 3


def is_once_in_each(identifiers: Texts, texts: Texts) -> bool:
    """Whether each row has a text of a column, and no patient has one twice."""
    pairs = Counter((patient, texts[row]) for row, patient in identifiers.items())
    return max(pairs.values(), default=2) == 1 and all(texts[row] for row in identifiers)


def in_braces(text: str) -> str:
    """A text as YAML takes it within braces."""
    plain = re.fullmatch(r"[^\W\d_](?:[\w .+/-]*[\w.+)-])?", text)
    return text if plain else json.dumps(text, ensure_ascii=False)
