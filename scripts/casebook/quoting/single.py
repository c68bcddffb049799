"""Values of a single patient whom a sentence names: patient 3 improved from 72 to 38.

A maximum, a median or a count is none of theirs, whatever words the sentence has for one.
"""

import re
from collections.abc import Callable, Sequence

from casebook.quoting.guesses import everyone, has_telling_digits, number_columns
from casebook.quoting.languages import Language
from casebook.study.model import Study

_PATIENT = re.compile(
    r"(?<!\bper )(?<!\bany )(?<!\beach )(?<!\bevery )(?<!\bpro )(?<!\bpar )(?<!\bchaque )"
    r"(?<!\bjeder )(?<!\bjede )(?<!\bjedem )(?<!\beinem )"
    r"\b(?:(?:patient(?:in|e)?|case|participant|subject|proband(?:in)?|fall|cas)\s+"
    r"(?:(?:no|nr)\.?\s*|#\s*|n°\s*)?"
    r"|(?:patient(?:in|e)?|case|child|boy|girl|m[ae]n|wom[ae]n|kind|enfant)\s*\((?=[a-z]+-?\d+\)))"
    r"(?P<name>[a-z]{0,4}-?\d{1,4})(?![\w.%])",
    re.IGNORECASE,
)
_NEAR = 20
"""How many characters behind a number its unit is looked for."""
Fits = Callable[[str, str], bool]
"""Whether a reading gives a printed number."""


def patient_in(text: str, language: Language) -> str:
    """The name of the patient whom a text names last; nothing if it names none."""
    found = _named_in(text, language)
    return found[-1]["name"] if found else ""


def names_patient(text: str, start: int, end: int, language: Language) -> bool:
    """Whether what stands at a place of a text is the name of a patient."""
    return any(
        each.start("name") <= start and end <= each.end("name")
        for each in _named_in(text, language)
    )


def _named_in(text: str, language: Language) -> list[re.Match[str]]:
    """Where a text names patients: by no number that has a unit, as in case 30 mg."""
    return [
        each
        for each in _PATIENT.finditer(text)
        if not language.joined.match(text[each.end() : each.end() + _NEAR].lstrip())
    ]


def values_of_pair(
    study: Study, patient: str, outcomes: Sequence[str], pair: Sequence[str], fits: Fits
) -> list[tuple[str, str]]:
    """The readings of both numbers between which something went in one patient.

    Args:
        study: The study.
        patient: The name of the patient.
        outcomes: The outcomes that the sentence names. If it names none, they are those of
            which at least one number is that of the patient, as the other may be a misprint.
        pair: Both numbers as printed.
        fits: Whether a reading gives a number.
    """
    found = [
        (_value(study, f"{name}_{visits[0]}", patient), _value(study, f"{name}_{last}", patient))
        for name in outcomes or study.outcomes
        for visits in [study.visits_of(name)]
        for last in reversed(visits[1:])
    ]
    fitting = [each for each in found if any(map(fits, each, pair))]
    return fitting or (found if outcomes else [])


def values_of(
    study: Study, patient: str, printed: str, columns: Sequence[str], fits: Fits
) -> list[str]:
    """The values of a patient in these columns that are as printed."""
    readings = (_value(study, name, patient) for name in columns)
    return [each for each in readings if fits(each, printed)]


def value_of(study: Study, patient: str, printed: str, fits: Fits) -> list[str]:
    """The one value of a patient that is as printed; nothing of a single digit, or of several."""
    if not has_telling_digits(printed):
        return []
    at_visits = (f"{name}_{at}" for name in study.outcomes for at in study.visits_of(name))
    found = values_of(study, patient, printed, [*number_columns(study), *at_visits], fits)
    return found if len(found) == 1 else []


def _value(study: Study, column: str, patient: str) -> str:
    return f'value({column}, "{patient}") in {everyone(study)}'
