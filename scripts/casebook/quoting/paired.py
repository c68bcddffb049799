"""Readings of p-values within a sentence: of an outcome's paired test, or of a correlation.

Which outcome or columns the words name is for `sentences`.
"""

import re
from collections.abc import Sequence

from casebook.quoting.moves import contrasts_at
from casebook.study.model import Study

_SIGNS = {
    "spearman": r"\brho\b|\br[-_ ]?s\b|ρ|r\N{LATIN SUBSCRIPT SMALL LETTER S}",
    "kendall": r"\btau(?:[-_ ]?b)?\b|τ(?:[-_ ]?b)?",
    # R alone is a program.
    "pearson": r"\br\b(?=\s*[=:,]|\s+(?:of|was|de|nach|von)\b)",
}
"""What stands for a coefficient, by its method; r stands for any that is named."""
_AUTHOR = re.compile(rf"\b(?:{'|'.join(_SIGNS)})", re.IGNORECASE)
_NUMBER = r"[-\N{MINUS SIGN}\N{EN DASH}]?\d*[.·∙⋅]?\d+"
_SIGN = "|".join(rf"(?P<{method}>{sign})" for method, sign in _SIGNS.items())
_OF_COEFFICIENT = re.compile(
    rf"(?:(?P<author>{_AUTHOR.pattern})\b\S{{0,2}}(?:[\s-]+[^\W\d]+){{0,3}}"
    rf"|(?:{_SIGN})(?:\s+(?:de|nach|von)\s+\w+)?(?:\s+(?:of|was)\b)?)\s*[=:,]?\s*"
    rf"(?:(?:{_NUMBER}\s*)?[,;]?\s*(?:\bn\s*=\s*\d+\s*[,;]\s*)?\bp\b[^\d,;]*)?$",
    re.IGNORECASE,
)
_PAIRED_T = re.compile(r"\bpaired\s+t[\s-]tests?\b", re.IGNORECASE)
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


def method_before(text: str) -> str:
    """The method of a correlation, if a text ends before its number or before its p-value."""
    found = _OF_COEFFICIENT.search(text[-_NEAR:])
    if found is None:
        return ""
    named = found["author"] or next(iter(_AUTHOR.findall(text)[-1:]), "pearson")
    by_sign = next((each for each in ("spearman", "kendall") if found[each]), "")
    return by_sign or named.lower()


def correlation_of(method: str, columns: Sequence[str]) -> str:
    """The correlation of two columns; nothing if the words do not name two."""
    names = list(dict.fromkeys(columns))
    told = f', method="{method}"' if method != "pearson" else ""
    return f"correlation({names[0]}, {names[1]}{told})" if len(names) == _PAIR else ""
