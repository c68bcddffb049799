"""Rows that are each of a part of a patient's body, as a tooth, an eye or a lesion.

They are told apart as measures are. But casebook counts patients, and which part of one patient is
to be compared with which of another only the user knows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from casebook.data.cells import folded
from casebook.drafting.columns import Column
from casebook.drafting.identified import header_without_code

_NAMED = re.compile(
    r"(?:(?:target|index|study) )?(?:sides?|laterality|eyes?|joints?|muscles?|tooth|teeth|sites?"
    r"|segments?|implants?|regions?|limbs?|lesions?|wounds?|ulcers?|nodules?|tumou?rs?|metastas[ei]s"
    r"|quadrants?|knees?|hips?|hands?|feet|foot)"
    r"|(?:ziel)?l[äa]sion(?:en)?|zahn|z[äa]hne|seiten?|augen?|gelenke?|muskeln?|wunden?|tumore?n?"
    r"|l[ée]sions? ?(?:cible)?|dents?|c[ôo]t[ée]s?|[œo]e?il|yeux|articulations?"
)
"""What a column is called whose texts are parts of a body."""
_SIDES = frozenset(
    [
        *("left", "right", "l", "r", "le", "re", "lt", "rt", "od", "os", "li", "links", "rechts"),
        *("gauche", "droite", "g", "d", "izquierda", "derecha"),
    ]
)
_FEW, _SOME = 4, 12
"""So many parts can each be an outcome; and so many of which most patients have each."""
_MOST = 0.8


def names_parts(header: str) -> bool:
    """Whether a column of this header says of which part of a patient a row is."""
    return _NAMED.fullmatch(header_without_code(header)) is not None


def parts_of(column: Column) -> Sequence[str]:
    """The parts of patients that a column of measures names; none if its texts are no parts."""
    texts = column.different
    return [*texts.values()] if names_parts(column.header) or texts.keys() <= _SIDES else ()


def drafted_parts(column: Column, patient: Column) -> Sequence[str]:
    """The parts that a draft describes: all if they are few, or some that each patient has one of.

    Those that most patients have, as the muscles of a test, may be more.

    Args:
        column: The column of parts.
        patient: That of the patients.
    """
    patients: defaultdict[str, set[str]] = defaultdict(set)
    for key, who in zip(map(folded, column.texts), patient.texts, strict=True):
        if key in column.different:
            patients[key].add(who)
    least = _MOST * len({*patient.texts})
    most = _SOME if all(len(each) >= least for each in patients.values()) else _FEW
    used = patients if len(patients) <= most else _that_cover(patients)
    return [column.different[key] for key in used]


def _that_cover(patients: dict[str, set[str]]) -> Iterable[str]:
    """Parts of which each patient has one; next is what most have of those who have none yet."""
    left = set().union(*patients.values())
    while left:
        best = max(patients, key=lambda each: (len(patients[each] & left), len(patients[each])))
        left -= patients[best]
        yield best
