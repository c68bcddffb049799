"""Tables with a row for each adverse event: which they are, and which column has what of an event.

A table is known by its name, as that of a sheet or of a form, in English and as is usual in German,
French, Spanish, Italian, Dutch and Danish. How it is read is for `prepare`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from casebook.base.days import ISO, USUAL_FIRST_YEAR, DayForms
from casebook.data.cells import folded
from casebook.data.harms import grade_in
from casebook.drafting.centuries import NO_CENTURY, Century, century_of
from casebook.drafting.columns import Column, Guess
from casebook.drafting.dates import dates, days
from casebook.drafting.words import answer

_NAMED = re.compile(
    r"adverse|\bs?aes?\b|side[ _-]?effect|toxicit|complication|\bharms?\b|nebenwirk|unerw|\buaw\b"
    r"|\bnw\b|komplikation|effets? (?:ind|second)|\be[ia]\b|efectos? (?:adv|sec)|\badvers|\bavvers"
    r"|bijwerking|bivirkning"
)
"""What a sheet, a file or a form of adverse events is called."""
_CALLED = {
    "term": (
        r"preferred",
        r"(?<!-)term(?:e|s)?\b|t[ée]rmino|begriff",
        r"term|event|diagnos|descri|what|complication|reaction|reakti|\baes?\b|\buaw\b"
        r"|ereignis|unerw|nebenwirk|komplikation|symptom|effe[tc]|effetto|[ée]v[ée]nement|r[ée]action"
        r"|reacci|evento|bijwerking|bivirkning",
    ),
    "grade": (r"grade|ctcae|severity|schwere|\bgrad\b|gravit|grado|ernst\b",),
    "end": (
        r"end\b|ended|end ?date|stop|resol|until|\bende\b|\bfin\b|\bto\b|\bbis\b|abgeklung"
        r"|recover|\bfine\b|einde|\bslut",
    ),
    "start": (
        r"start|onset|begin|began|auftret|d[ée]but|inici|inizi",
        r"from\b|\bvon\b|\bdu\b",
        r"date\b|datum|fecha",
    ),
    "serious": (r"serious|\bsae\b|schwerwieg|ernsthaft|\bgrave\b|s[ée]rieu|\bserio|alvorlig",),
    "related": (r"relat|causal|kausal|attribut|zusammenh|imput|relaci|\bnesso",),
    "outcome": (r"outcome|ausgang|[ée]volution|\bissue\b|resultado|desenlace|esito|afloop",),
}
"""What the columns are called, by what they hold, in the order in which they are looked for.

The words of each are from the surest to those that other columns have too.
"""
_COUNTS = re.compile(r"(?:\b(?:no|nr|num|number|nummer|id)\.?|#|n[°º])(?: ?\(.*\))?$")
"""How the header of a column ends that numbers the events."""
_DATES = ("start", "end")
_IN_WORDS = ("term", "outcome")
_ORDER = ("patient", "term", "grade", "start", "end", "serious", "related", "outcome")
_RELATED = re.compile(
    r"(?:certain|definite|probabl|possibl|likely|related|gesichert|sicher|wahrsch|m[öo]gl"
    r"|posible|possibile|certo|ciert[ao]|sandsynlig|mulig)\w*\.?(?: related)?"
)
_UNRELATED = re.compile(
    r"(?:not |un|im|non |nicht |ohne |kein )(?:related|likely|probable|wahrsch|zusammenhang"
    r"|li[ée])\w*\.?|doubtful|none|keine?r?|aucun"
)
_SEVERITY = {
    **dict.fromkeys(("mild", "leicht", "gering", "light", "léger", "légère", "leve", "lieve"), 1),
    **dict.fromkeys(
        ("moderate", "mittel", "moderat", "mäßig", "mässig", "mittelschwer", "modéré", "modérée",
         "moderado", "moderada", "moderato", "moderata"), 2),
    **dict.fromkeys(("severe", "schwer", "stark", "sévère", "grave", "severo", "severa"), 3),
}  # fmt: skip
"""What CTCAE calls its first three grades, in words of other languages, too."""
_BY_ITSELF = {"yes": ("yes", "y", "true", "1"), "no": ("no", "n", "false", "0")}
"""What `harms.table` of study.yaml takes for answers where it does not say which are."""


@dataclass(frozen=True)
class Events:
    """What a table of adverse events seems to hold.

    Attributes:
        columns: The header of each column that is recognised, by what it holds.
        answers: The texts that mean yes, and no, where some are not the usual ones.
        formats: How its dates are written, beside 2024-02-29.
        century: Of which hundred years these are, if their years have two digits.
        slips: The texts that are no dates, in columns of dates, by their headers.
        grades: The words for how severe an event was, each with the grade that CTCAE calls so.
        missing: The texts that seem to mean that there is nothing: words among dates, and what is
            always taken for it, where there can be no other words.
    """

    columns: Mapping[str, str]
    answers: Mapping[str, Sequence[str]]
    formats: Sequence[str] = ()
    century: Century = NO_CENTURY
    slips: Mapping[str, Sequence[str]] = field(default_factory=dict)
    missing: Sequence[str] = ()
    grades: Mapping[str, int] = field(default_factory=dict)


def names_events(text: str) -> bool:
    """Whether a sheet, a file or a form of this name seems to hold adverse events."""
    return _NAMED.search(re.sub(r"[_.-]+", " ", folded(text))) is not None


def events_in(columns: Sequence[Column], patient: str) -> Events | None:
    """What a table holds of adverse events; None if no column says what an event was.

    Args:
        columns: Its columns.
        patient: The header of the column with the patients' identifiers.
    """
    others = [each for each in columns if each.header != patient and each.filled]
    found: dict[str, Column] = {}
    for name, called in _CALLED.items():
        free = [each for each in others if each not in found.values() and _can_be(name, each)]
        named = (e for words in called for e in free if re.search(words, _words_of(e)))
        if column := next(named, None):
            found[name] = column
    if "term" not in found:
        return None
    dated = _dated(found)
    found = {name: each for name, each in found.items() if name in dated or name not in _DATES}
    formats = _formats(dated.values())
    headers = {"patient": patient} | {name: each.header for name, each in found.items()}
    return Events(
        {name: headers[name] for name in _ORDER if name in headers},
        dict(_answers([found[name] for name in ("serious", "related") if name in found])),
        formats,
        century_of(chain(*(found[name].filled for name in dated)), formats),
        {headers[name]: guess.slips for name, guess in dated.items() if guess.slips},
        [*dict.fromkeys([*chain(*(guess.missing for guess in dated.values())), *_absent(found)])],
        _graded(found["grade"]) if "grade" in found else {},
    )


def _graded(column: Column) -> dict[str, int]:
    """The words for grades in a column, each with its grade, the mildest first."""
    words = {text: _SEVERITY[key] for key, text in column.different.items() if key in _SEVERITY}
    return dict(sorted(words.items(), key=lambda each: each[1]))


def _absent(found: Mapping[str, Column]) -> Iterator[str]:
    """The texts that mean "not available", of columns that are read as more than words."""
    for name, column in found.items():
        if name not in _IN_WORDS:
            yield from (text for text in column.texts if folded(text) in column.missing)


def _dated(found: Mapping[str, Column]) -> dict[str, Guess]:
    """What start and end are, where both can be read in one way.

    A word that means that there is no date would mean that there is nothing in other columns, too;
    where another one has it the dates are left out.
    """
    dated: dict[str, Guess] = {}
    for name in _DATES:
        if name not in found or not (guess := days(found[name])):
            continue
        others = [each for key, each in found.items() if key not in _DATES]
        words = {*map(folded, guess.missing)}
        both = _formats([guess, *dated.values()])
        days_of = DayForms(both, USUAL_FIRST_YEAR).days
        texts = chain(*(found[each].different.values() for each in (name, *dated)))
        is_clear = all(len(days_of(text)) < 2 for text in texts)
        if is_clear and all(words.isdisjoint(each.different) for each in others):
            dated[name] = guess
    return dated


def _words_of(column: Column) -> str:
    return _plain(f"{column.header} {column.label}")


def _plain(header: str) -> str:
    return folded(header).replace("_", " ")


def _can_be(name: str, column: Column) -> bool:
    """Whether the texts of a column can be what is asked for."""
    texts = [*column.different]
    match name:
        case "grade":
            return all(grade_in(text) or text in _SEVERITY for text in texts)
        case "start" | "end":
            return days(column) is not None
        case "serious":
            return all(map(answer, texts))
        case "related":
            return all(map(_says_related, texts))
        case "term":
            has_words = bool(column.labels) or any(map(str.isalpha, "".join(texts)))
            is_text = has_words and not _COUNTS.search(_plain(column.header))
            return is_text and dates(column) is None and not all(map(answer, texts))
    return True


def _formats(guesses: Iterable[Guess]) -> list[str]:
    """How dates are written, but for 2024-02-29, which is always read."""
    return [*dict.fromkeys(form for each in guesses for form in each.formats if form != ISO)]


def _says_related(text: str) -> str:
    """Yes or No, if a text, folded, says whether an event was related to the treatment."""
    if _UNRELATED.fullmatch(text):
        return "No"
    return "Yes" if _RELATED.fullmatch(text) else answer(text)


def _answers(columns: Sequence[Column]) -> Iterator[tuple[str, Sequence[str]]]:
    """The texts of columns that mean yes, and no, where some are not taken for it anyway."""
    texts = {key: text for each in columns for key, text in each.different.items()}
    for word, usual in _BY_ITSELF.items():
        own = [text for key, text in texts.items() if _says_related(key) == word.capitalize()]
        if not {*map(folded, own)} <= {*usual}:
            yield word, own
