"""Rows that are each of a part of a patient's body, as a tooth, an eye or a lesion.

They are told apart as measures are. But casebook counts patients, and which part of one patient is
to be compared with which of another only the user knows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from casebook.data.cells import folded
from casebook.drafting.columns import Column
from casebook.drafting.identified import header_without_code

_NAMED = re.compile(
    r"(?:(?:target|index|study) )?(?:sides?|laterality|eyes?|joints?|muscles?|tooth|teeth|sites?"
    r"|segments?|implants?|regions?|limbs?|lesions?|wounds?|ulcers?|nodules?|tumou?rs?|metastas[ei]s"
    r"|quadrants?|knees?|hips?|hands?|feet|foot)"
    r"|(?:ziel)?l[äa]sion(?:en)?|zahn|z[äa]hne|seiten?|augen?|gelenke?|muskeln?|wunden?|tumore?n?"
    r"|l[ée]sions? ?(?:cible)?|dents?|c[ôo]t[ée]s?|[œo]e?il|yeux|articulations?"
    r"|lesi[óo]n(?:es)?|dientes?|lados?|ojos?|articulaci[óo]n(?:es)?|m[úu]sculos?|heridas?"
)
"""What a column is called whose texts are parts of a body."""
_SIDES = frozenset(
    [
        *("left", "right", "l", "r", "le", "re", "lt", "rt", "od", "os", "li", "links", "rechts"),
        *("gauche", "droite", "droit", "g", "d"),
        *("izquierda", "derecha", "izquierdo", "derecho"),
        *("both", "bilateral", "ou", "beide", "beidseits", "bds", "bilatéral", "ambos"),
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

    These are the ones that most patients have, as the muscles of a test, unless these are many; and
    as few others as leave out no patient.

    Args:
        column: The column of parts.
        patient: That of the patients.
    """
    patients: defaultdict[str, set[str]] = defaultdict(set)
    for key, who in zip(map(folded, column.texts), patient.texts, strict=True):
        if key in column.different:
            patients[key].add(who)
    least = _MOST * len({*patient.texts})
    usual = [key for key, each in patients.items() if len(each) >= least]
    usual = usual if len(usual) <= _SOME else []
    used = patients if len(patients) <= _FEW else [*usual, *_that_cover(patients, usual)]
    return [column.different[key] for key in used]


def _that_cover(patients: Mapping[str, set[str]], usual: Iterable[str]) -> Iterable[str]:
    """Parts of which each patient has one; next is what most have of those who have none yet.

    Args:
        patients: Those who have each part.
        usual: Parts that are used anyway.
    """
    left = set().union(*patients.values()).difference(*(patients[each] for each in usual))
    while left:
        best = max(patients, key=lambda each: (len(patients[each] & left), len(patients[each])))
        left -= patients[best]
        yield best
