"""Why a number is no result of a study, where the words around it say so: a year, another study.

Of every other number without a reading a reviewer has to say it.
"""

import re

from casebook.quoting.guesses import UNKNOWN
from casebook.quoting.languages import Language
from casebook.quoting.numbers import Number

_PHASE = re.compile(
    r"\bphases?\s+(?:(?:\d|I+)\s*(?:,|/|and|or|to|und|oder|bis)\s*)*$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(r"\s?(?!and/|und/)[^\W\d_]{1,3}/[^\W\d_]")
_METHODS = re.compile(r"m[eé]thod", re.IGNORECASE)
_BACKGROUND = re.compile(r"introduction|background|einleitung|hintergrund|contexte", re.IGNORECASE)
_DISCUSSION = re.compile(r"dis[ck]ussion|comment", re.IGNORECASE)
_DOSE = re.compile(
    r"\s*(?:(?:[mkµμ]?g|mcg|IU|U)\b(?!\s*/)"
    r"|times\s+(?:daily|weekly|(?:a|per)\s+(?:day|week))\b"
    r"|mal\s+(?:täglich|am\s+Tag|pro\s+Tag)\b|fois\s+par\s+(?:jour|semaine)\b)",
    re.IGNORECASE,
)
"""What stands behind an amount that is taken, or behind how often it is."""
_DEATHS = re.compile(
    r"\b(?:died|deaths?|décès|décédé\w*|mort\w*|verst[ao]rben?|starb\w*|Todesf\w+)\b", re.IGNORECASE
)
_TRIAL = re.compile(
    r"\b[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*[ -](?:trials?|study|studies|registry|Studie|Register)\b"
    r"|\b(?:étude|essai|registre) [A-Z][A-Z\d]{3,}\b"
)
_CLAUSE = re.compile(r"[,;:]\s")
IN_A_NAME = "part of a name"
OF_ANOTHER_STUDY = "another study"


def reason(number: Number, before: str, behind: str, language: Language) -> str:
    """Why a number is none of the study, by the text of its sentence around it; or `UNKNOWN`."""
    if number.kind == "date":
        return "a date"
    if _PHASE.search(before):
        return "a phase of trials"
    if re.match(rf"\s+(?:[\w-]+\s+)?(?:{language.groups})\b", behind, re.IGNORECASE):
        return "the number of groups"
    is_year = _YEAR.fullmatch(number.printed) and not _UNIT.match(behind)
    return "a year" if is_year else UNKNOWN


def is_of_another_study(place: str, text: str, number: Number, language: Language) -> bool:
    """Whether a number is said to be of another study, and not of its own.

    In a discussion many words say so, and elsewhere the name of a trial before the number.
    """
    if not (_DISCUSSION.search(place) or _BACKGROUND.search(place)):
        named = _TRIAL.search(text, 0, number.start)
        return named is not None and not language.says(language.own_study, text)
    others = re.compile(rf"\b(?:{language.other_study})\b", re.IGNORECASE)
    behind = text[number.end :]
    end = _CLAUSE.search(behind)
    rest = behind[: end.start()] if end else behind
    before = [*others.finditer(text, 0, number.start)][-1:]
    since = text[before[0].end() : number.start] if before else ""
    clause = _CLAUSE.split(text[: number.start])[-1] + rest
    is_own = language.says(language.own_study, since + clause)
    return not is_own and (bool(before) or others.search(rest) is not None)


def tells_no_results(place: str, reading: str) -> bool:
    """Whether a place of a paper tells what is known from elsewhere, or of no more than methods.

    How many patients there were may stand in both.
    """
    is_size = reading.startswith("n(patient)")
    return bool(_BACKGROUND.search(place) or (_METHODS.search(place) and not is_size))


def likely_reason(place: str, text: str, number: Number, language: Language) -> str:
    """Why a number of which no reading is found is most probably no result; or `UNKNOWN`."""
    before, behind = text[: number.start], text[number.end :]
    unit = rf"[\s-]*(?:{'|'.join(language.units.values())})\b"
    time = re.match(rf"{unit}(?P<of>\s+(?:{language.during})\b)?", behind, re.IGNORECASE)
    is_said = re.search(rf"\b(?:{language.during})\s+$", before, re.IGNORECASE)
    if time and (is_said or time["of"]):
        return "a period"
    is_of_deaths = re.match(rf"\s+(?:[^\W\d]+\s+){{0,2}}?{_DEATHS.pattern}", behind, re.IGNORECASE)
    if is_of_deaths or (_DEATHS.search(text) and number.is_nobody):
        return "deaths, of which the table says nothing"
    if _METHODS.search(place):
        return "methods"
    if _BACKGROUND.search(place):
        return "what is known from elsewhere"
    return "a dose" if _DOSE.match(behind) else UNKNOWN
