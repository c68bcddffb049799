"""Readings of p-values within a sentence: of an outcome's paired test, or of a correlation.

Which outcome or columns the words name is for `sentences`.
"""

import re
from collections.abc import Sequence

from casebook.study.model import Study

_COEFFICIENT = r"(?:\b(?:rho|r_?s?|tau)|[ρτ])"
_NUMBER = r"[-\N{MINUS SIGN}]?\d*\.?\d+"
_OF_COEFFICIENT = re.compile(
    rf"(?P<sign>{_COEFFICIENT})\s*=\s*(?:{_NUMBER}\s*[,;]\s*p\b[^\d,;]*)?$", re.IGNORECASE
)
_PAIRED_T = re.compile(r"\bpaired\s+t[\s-]tests?\b", re.IGNORECASE)
_METHODS = {"rho": "spearman", "rs": "spearman", "ρ": "spearman", "tau": "kendall", "τ": "kendall"}
_PAIR = 2


def test_of(study: Study, decided: str, outcome: str, cohort: str, left: str) -> str:
    """The paired test of an outcome in the first contrast whose visits it has.

    Args:
        study: The study.
        decided: `p_value` or `significant`.
        outcome: The outcome.
        cohort: Of whom.
        left: The text before the number, which may name the test.
    """
    visits = study.outcomes[outcome].visits
    fitting = [
        name for name, each in study.contrasts.items() if {each.visit, each.against} <= visits
    ]
    first = next(iter(study.contrasts), "")
    contrast = f", {fitting[0]}" if fitting and fitting[0] != first else ""
    test = ', test="paired t-test"' if _PAIRED_T.search(left) else ""
    return f"{decided}({outcome}{contrast}{test}) in {cohort}"


def coefficient_before(text: str) -> str:
    """The sign of a correlation, if a text ends before its number or before its p-value."""
    found = _OF_COEFFICIENT.search(text)
    return found["sign"].lower() if found else ""


def correlation_of(sign: str, columns: Sequence[str]) -> str:
    """The correlation of two columns; nothing if the words do not name two."""
    names = list(dict.fromkeys(columns))
    method = f', method="{_METHODS[sign]}"' if sign in _METHODS else ""
    return f"correlation({names[0]}, {names[1]}{method})" if len(names) == _PAIR else ""
