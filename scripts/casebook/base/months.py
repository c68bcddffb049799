"""Names of months in the languages that tables of clinics are written in.

No name is that of another month in another of these languages, so that it need not be said which a
table has.
"""

import re

LANGUAGES = (
    "English, German, French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian and Swedish"
)
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMES = (
    "jan january januar jän jänner jaenner januari janvier janv janeiro ene enero gen gennaio",
    "feb february februar feber februari fév fev févr fevr février fevrier fevereiro febrero"
    " febbraio",
    "mar march mär mrz märz maerz mars março marco marzo mrt maart marts",
    "apr april avr avril abr abril aprile",
    "may mai mei maj mayo maio mag maggio",
    "jun june juni juin junio junho giu giugno",
    "jul july juli juil juillet julio julho lug luglio",
    "aug august augustus augusti août aout ago agosto",
    "sep sept september septembre septiembre setiembre set setembro settembre",
    "oct october okt oktober octobre octubre out outubro ott ottobre",
    "nov november novembre novembro noviembre",
    "dec december dez dezember déc decembre décembre dezembro dic diciembre dicembre des desember",
)
"""The names of each month in small letters, whole and shortened."""
_MONTHS = {name: month for month, names in zip(_ENGLISH, NAMES, strict=True)
           for name in names.split()}  # fmt: skip
_WORD = re.compile(r"([^\W\d_]+)(\.(?=[\s,]|$))?")
_NAME_OF_MONTH = re.compile(r"%[bB](\.(?=[\s,]|$))?")
_BEHIND_DAY = re.compile(r"(?<=\d)(?:er|st|nd|rd|th|º|ª)\b")
"""What makes an ordinal of the number of a day, as in 1er mars and 3rd March."""


def has_month_name(form: str) -> bool:
    """Whether days in this form, in the letters of strptime, have the names of months."""
    return _NAME_OF_MONTH.search(form) is not None


def with_short_names(form: str) -> str:
    """The same form with a short name of a month, and no point behind it."""
    return _NAME_OF_MONTH.sub("%b", form)


def in_english(text: str) -> str:
    """A day with the English short name of its month, without a point behind it."""
    return _WORD.sub(_short, _BEHIND_DAY.sub("", text))


def _short(found: re.Match[str]) -> str:
    return _MONTHS.get(found[1].casefold(), found[0])
