"""Readings of p-values within a sentence: of an outcome's paired test, or of a correlation.

Which outcome or columns the words name is for `sentences`.
"""

import re
from collections.abc import Sequence

from casebook.quoting.moves import contrasts_at
from casebook.study.model import Study

_COEFFICIENT = r"(?:\b(?:rho|r_?s?|tau)|[ρτ])"
_NUMBER = r"[-\N{MINUS SIGN}]?\d*\.?\d+"
_OF_COEFFICIENT = re.compile(
    rf"(?P<sign>{_COEFFICIENT})(?:\s+of|\s+was|\s*=)?\s*"
    rf"(?:{_NUMBER}\s*[,;]\s*p\b[^\d,;]*)?$",
    re.IGNORECASE,
)
_PAIRED_T = re.compile(r"\bpaired\s+t[\s-]tests?\b", re.IGNORECASE)
_METHODS = {"rho": "spearman", "rs": "spearman", "ρ": "spearman", "tau": "kendall", "τ": "kendall"}
_PAIR = 2
_NEAR = 60
"""How many characters before a number say that it is a correlation."""


def tests_of(
    study: Study, decided: str, outcome: str, visit: str, cohort: str, left: str
) -> list[str]:
    """The paired test of an outcome in each of its contrasts.

    Args:
        study: The study.
        decided: `p_value` or `significant`.
        outcome: The outcome.
        visit: The visit that is spoken of; the contrasts that end at it are first.
        cohort: Of whom.
        left: The text before the number, which may name the test.
    """
    test = ', test="paired t-test"' if _PAIRED_T.search(left) else ""
    first = study.every_contrast[0] if study.every_contrast else None
    names = (
        "" if contrast == first else f", {contrast.name}"
        for contrast in contrasts_at(study, outcome, visit)
    )
    return [f"{decided}({outcome}{name}{test}) in {cohort}" for name in names]


def coefficient_before(text: str) -> str:
    """The sign of a correlation, if a text ends before its number or before its p-value."""
    found = _OF_COEFFICIENT.search(text[-_NEAR:])
    return found["sign"].lower() if found else ""


def correlation_of(sign: str, columns: Sequence[str]) -> str:
    """The correlation of two columns; nothing if the words do not name two."""
    names = list(dict.fromkeys(columns))
    method = f', method="{_METHODS[sign]}"' if sign in _METHODS else ""
    return f"correlation({names[0]}, {names[1]}{method})" if len(names) == _PAIR else ""
