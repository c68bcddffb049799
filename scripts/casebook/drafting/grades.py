"""Grades at several visits: words of which it is known which is worse, and answers of yes or no."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.base.texts import capital
from casebook.data.cells import folded
from casebook.data.harms import grade_in
from casebook.doubts.direction import Better, better_answer
from casebook.drafting.adverse import names_events
from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import heading_of
from casebook.drafting.parts import Grade, Names, Variable
from casebook.drafting.placed import Placed
from casebook.drafting.rows import Visits
from casebook.drafting.words import NOT_KNOWN, answer, codes, with_alike, words

_FROM_BEST = (
    (
        *("clear", "none", "absent", "no", "normal", "almost clear", "trace", "minimal", "slight"),
        *("mild", "moderate", "marked", "severe", "very severe", "critical"),
    ),
    ("erscheinungsfrei", "frei", "abgeheilt", "keine", "kein", "unauffällig", "normal",
     "nahezu erscheinungsfrei", "fast erscheinungsfrei", "minimal", "gering", "geringgradig",
     "leicht", "leichtgradig", "mild", "mäßig", "mässig", "moderat", "mittel", "mittelgradig",
     "mittelschwer", "ausgeprägt", "stark", "hochgradig", "schwer", "schwergradig", "sehr stark",
     "sehr schwer"),
    ("blanchi", "aucun", "aucune", "absent", "absente", "nul", "nulle", "presque blanchi",
     "minime", "léger", "légère", "leger", "legere", "faible", "modéré", "modérée", "modere",
     "moderee", "moyen", "moyenne", "marqué", "marquée", "important", "importante", "sévère",
     "severe", "très sévère", "tres severe"),
    ("excellent", "very good", "good", "fair", "poor", "very poor"),
    ("sehr gut", "gut", "befriedigend", "mäßig", "mässig", "schlecht", "sehr schlecht"),
    ("good", "moderate", "no", "none"),
    ("good response", "moderate response", "no response"),
    ("complete response", "partial response", "minor response", "stable disease",
     "progressive disease", "progression"),
    ("scr", "cr", "vgpr", "pr", "mr", "sd", "pd"),
    ("neg", "neg.", "negative", "(+)", "trace", "+", "1+", "++", "2+", "+++", "3+", "++++", "4+"),
    ("0", "i", "ii", "iii", "iv", "v"),
)  # fmt: skip
"""Words for how bad something is, the best first, each row of one scale.

Responses of tumours are those of RECIST and of the International Myeloma Working Group, those that
are good, moderate or none of EULAR.
"""
_NOT_EVALUABLE = (
    "n.e.",
    "ne",
    "not evaluable",
    "not assessed",
    "nicht beurteilbar",
    "non évaluable",
)
_MOST_VISITS = 12


@dataclass(frozen=True)
class _Ordered:
    """Categories in an order: what their cells are, and which end is better."""

    guess: Guess
    better: Better


def grades_among(
    placed: Sequence[Placed], title: str, names: Names
) -> Iterator[tuple[Grade, list[Variable]]]:
    """The grades that have a column for each of several visits, with a variable for each column.

    Args:
        placed: Columns that are one measurement at several visits.
        title: What it is called whose columns name visits alone.
        names: Where names are from.
    """
    for each in placed:
        label = each.stem or title
        if found := _ordered(each.columns.values(), label):
            yield _grade(label, each, found, names)


def answers(columns: Collection[Column]) -> dict[str, str]:
    """The levels no and yes, in this order, of columns that have both; nothing if others do.

    What a label says is not known is no answer.
    """
    found: dict[str, str] = {}
    unknown = {text for column in columns for text in _not_known(column)}
    for column in columns:
        for key, text in column.different.items():
            label = answer(column.labels.get(text, key))
            if text in unknown:
                continue
            if not label:
                return {}
            found[text] = label
    once = {folded(text): text for text in found}
    levels = {text: found[text] for text in once.values()}
    ordered = dict(sorted(levels.items(), key=lambda each: each[1]))
    return ordered if len({*ordered.values()}) == 2 else {}


def _not_known(column: Column) -> Iterator[str]:
    """The codes of a column whose labels say that the answer is not known."""
    for text in column.different.values():
        if NOT_KNOWN.fullmatch(folded(column.labels.get(text, ""))):
            yield text


def category_at_visits(
    column: Column, visits: Visits, names: Names
) -> tuple[Grade | None, list[Variable]]:
    """A category that differs between the rows of a patient: a variable for each visit that has it.

    Where it has an order there is a grade of these; without several words that come again, there is
    nothing.

    Args:
        column: The column, of a long table.
        visits: The visits, and of which each row is.
        names: Where names are from.
    """
    stem = heading_of(column).label
    ordered = _ordered([column], stem)
    guess = ordered.guess if ordered else codes(column) or words(column)
    texts = [*map(folded, column.texts)]
    wanted = [
        w for w in visits.visits if any(texts[at] in column.different for at in visits.rows[w])
    ]
    if guess.type != "category" or not 1 < len(wanted) <= _MOST_VISITS:
        return None, []
    variables = {
        when: Variable(
            names.give(f"{stem} {when.name}", column.number),
            f"{stem}, {when.label}",
            column.header,
            replace(guess.without_declared(column), visit=when.name),
        )
        for when in wanted
    }
    # Whether there was an event at a visit is no grade of anything.
    if not ordered or (answers([column]) and names_events(f"{column.header} {column.label}")):
        return None, [*variables.values()]
    at = {when: each.name for when, each in variables.items()}
    reason = "it differs between the rows of a patient, and its texts have an order"
    name = names.give(stem, column.number)
    return Grade(name, stem, reason, at, ordered.better), [*variables.values()]


def _ordered(columns: Collection[Column], label: str) -> _Ordered | None:
    """What the texts of columns are, if they have an order."""
    if levels := answers(columns):
        guess = Guess(
            "category",
            "all cells are yes or no",
            levels=levels,
            levels_reason=with_alike("no before yes", levels),
            missing=[*dict.fromkeys(text for each in columns for text in _not_known(each))],
            missing_reason="the file's labels say that it is not known",
        )
        return _Ordered(guess, better_answer(label))
    spelled = {key: text for each in columns for key, text in each.different.items()}
    none = [spelled.pop(key) for key in _NOT_EVALUABLE if key in spelled]
    scale = next((each for each in _FROM_BEST if spelled.keys() <= {*each}), ())
    levels = {spelled[w]: capital(spelled[w]) for w in scale if w in spelled}
    levels = levels or _of_two_scripts(spelled)
    if len({*levels.values()}) < 2:
        return None
    guess = Guess(
        "category",
        "all cells are grades",
        levels=levels,
        levels_reason=with_alike("in this order, the best first", levels),
        missing=none,
        missing_reason="what cannot be judged has no grade",
    )
    return _Ordered(guess, Better("lower", "the levels stand in that order"))


def _of_two_scripts(spelled: Mapping[str, str]) -> dict[str, str]:
    """Grades that are written as 2 here and as II there, with one label; nothing of others.

    Args:
        spelled: The texts by how they are folded.
    """
    grades = {key: grade_in(key) for key in spelled}
    if not all(grades.values()) or len({key.isdecimal() for key in spelled}) < 2:
        return {}
    ordered = sorted(spelled, key=lambda key: (grades[key], key.isdecimal(), key))
    labels: dict[str, str] = {}
    for key in ordered:
        labels.setdefault(grades[key], spelled[key])
    return {spelled[key]: labels[grades[key]] for key in ordered}


def _grade(
    label: str, placed: Placed, ordered: _Ordered, names: Names
) -> tuple[Grade, list[Variable]]:
    variables = {
        when: Variable(
            names.give(f"{label} {when.name}", column.number),
            f"{label}, {when.label}",
            column.header,
            ordered.guess.without_declared(column),
        )
        for when, column in placed.columns.items()
    }
    columns = placed.columns.values()
    name = names.give(label, min(each.number for each in columns))
    headers = ", ".join(repr(each.header) for each in columns)
    at = {when: each.name for when, each in variables.items()}
    reason = f"headers name visits: {headers}"
    return Grade(name, label, reason, at, ordered.better), [*variables.values()]
