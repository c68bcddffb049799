"""What outcomes are said to have done, as conditions: improved, fell by at least 50%, responded.

Such words say it of whichever contrast the sentence is of. A condition is therefore a text with a
place for the change and one for the value before it, until the contrast is known.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from casebook.base.printed import read_printed
from casebook.claims.moved import change_in, moved, of_responder
from casebook.claims.regraded import MOVES
from casebook.quoting.languages import Language
from casebook.quoting.meanings import Meaning, Named, Sort
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.visits import Contrast

_LEAST = ("at least", "≥")
_MORE = ("more than", "over", ">")
_NEAR = 60
"""How many characters behind a word the amount is looked for that belongs to it."""
OutcomeAt = Callable[[int], str]
"""The outcome of which something is said at a place of a text; "" if none is named."""


def moves_in(text: str, language: Language, study: Study, outcome_at: OutcomeAt) -> list[Named]:
    """The places of a text that say so, each with its condition."""
    moves = [
        Named(Meaning(Sort.MOVE, condition, name), start, end, 0)
        for move, words in language.moves.items()
        for found in re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE)
        if (name := outcome_at(found.start()) or _of_responders(move, study))
        for condition, start, end in (
            _regraded(move, found, language)
            if name in study.grades
            else _said(move, found, language, study.outcomes[name])
        )
    ]
    in_units = (
        each
        for words, is_loss in ((language.gained, False), (language.lost, True))
        for found in re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE)
        for each in _in_a_unit(found, language, study, is_loss=is_loss)
    )
    return [*moves, *in_units]


def response_in(study: Study, header: str, language: Language) -> list[Meaning]:
    """The response that a header begins with, if only one outcome has responders, of one kind."""
    found = [
        Meaning(Sort.MOVE, of_responder(outcome, responder), name)
        for name, outcome in study.outcomes.items()
        for responder in outcome.responders.values()
    ]
    is_one = re.match(rf"\s*(?:{language.response})\b", header, re.IGNORECASE)
    return found if is_one and len(found) == 1 else []


def _of_responders(move: str, study: Study) -> str:
    """The outcome whose responders are spoken of without naming it, if only one has any."""
    found = [name for name, outcome in study.outcomes.items() if outcome.responders]
    return found[0] if move == "responded" and len(found) == 1 else ""


def _in_a_unit(
    found: re.Match[str], language: Language, study: Study, *, is_loss: bool
) -> Iterator[Named]:
    """What those did who gained or lost what only its unit tells: gained ten letters or more."""
    start, end, behind = found.start(), found.end(), found.string[found.end() :][:_NEAR]
    for name, outcome in study.outcomes.items():
        unit = language.unit(outcome.unit) if outcome.unit else ""
        between = re.match(rf"\s+([^.;:,()]{{0,20}}?)\b(?:{unit})\b", behind) if unit else None
        amount = re.match(rf"\s+{_how_much(language)}", behind, re.IGNORECASE) if between else None
        condition = _least(outcome, is_loss, amount, language) if amount else ""
        if between and not language.number.search(between[1]):
            condition = moved(outcome, is_loss, "", False, "")
        if condition:
            stop = end + (amount.end() if amount else 0)
            yield Named(Meaning(Sort.MOVE, condition, name), start, stop, 0)


def in_contrasts(study: Study, meaning: Meaning, visit: str) -> list[str]:
    """The condition in each contrast of its outcome, first in the one that ends at this visit."""
    return [
        meaning.name.format(
            change=change_in(study, meaning.of, contrast),
            before=f"{meaning.of}_{contrast.against}",
            grade=_grade_in(study, meaning.of, contrast),
        )
        for contrast in contrasts_at(study, meaning.of, visit)
    ]


def contrasts_at(study: Study, outcome: str, visit: str) -> list[Contrast]:
    """The contrasts of an outcome or a grade, first those that end at this visit."""
    grade = study.grades.get(outcome)
    every = study.contrasts_of(grade.at if grade else study.outcomes[outcome].visits)
    return sorted(every, key=lambda contrast: contrast.visit != visit)


def _grade_in(study: Study, grade: str, contrast: Contrast) -> str:
    """A grade in a contrast, as a claim names it."""
    return grade if contrast == study.every_contrast[0] else f"{grade}, {contrast.name}"


def changes_in_percent(
    study: Study, outcome: str, visit: str, said: str, language: Language
) -> Iterator[tuple[str, str]]:
    """By how many percent of the earlier value an outcome changed, in each contrast.

    These are the patients' changes in percent, as an expression, and the change of the mean or
    median itself, as a form of a reading with places for which of both it is and for the cohort.

    Args:
        study: The study.
        outcome: The outcome.
        visit: The visit that is spoken of; the contrasts that end at it are first.
        said: The text that says what it did. A reduction of 80% is 80 and not -80.
        language: The language of that text.
    """
    fell, rose = (language.says(language.moves[move], said) for move in ("fell", "rose"))
    falls = fell or (not rose and _falls_well(study.outcomes[outcome]))
    for contrast in contrasts_at(study, outcome, visit):
        earlier, later = (f"{outcome}_{each}" for each in contrast.visits)
        change = f"{earlier} - {later}" if falls else f"{later} - {earlier}"
        name = "percent_decrease" if falls else "percent_increase"
        itself = f"{name}({{0}}({earlier}) in {{1}}, {{0}}({later}) in {{1}})"
        yield f"({change}) / {earlier} * 100", itself


def mean_moved(said: str, language: Language) -> bool:
    """Whether it is a mean or median that is said to have moved, as in "the mean fell by"."""
    moved = language.by_how_much.search(said)
    return moved is not None and language.statistic.search(said[: moved.start()]) is not None


def _said(
    move: str, found: re.Match[str], language: Language, outcome: Outcome
) -> Iterator[tuple[str, int, int]]:
    """The condition that a word is of, with the place where it is said."""
    text, start, end = found.string, found.start(), found.end()
    denied = _is_denied(text[:start], found[0], language)
    if move == "responded":
        if responder := next(iter(outcome.responders.values()), None):
            condition = of_responder(outcome, responder)
            yield (f"not ({condition})" if denied else condition), start, end
        return
    if move == "unchanged":
        yield "{change} == 0", start, end
        return
    falls = {"fell": True, "rose": False}.get(move, (move == "improved") == _falls_well(outcome))
    if amount := _amount(language).match(text, end, end + _NEAR):
        if condition := _least(outcome, falls, amount, language):
            yield condition, start, amount.end()
        if read_printed(amount["number"]):
            return
    if not re.fullmatch(language.change, found[0], re.IGNORECASE):
        condition = moved(outcome, falls, "", False, "")
        yield (f"not ({condition})" if denied else condition), start, end


def _least(outcome: Outcome, falls: bool, amount: re.Match[str], language: Language) -> str:
    """That an outcome fell or rose by an amount at least; "" if none is said to be the least."""
    relation = amount["relation"] or ""
    said = language.in_claims(amount, "relation", language.relations) if relation else ""
    number = read_printed(amount["number"])
    if number is None or not (said in (*_LEAST, *_MORE) or amount["more"]):
        return ""
    sign, is_percent = "" if said in _MORE else "=", "%" in (amount["unit"] or "")
    return moved(outcome, falls, f"{number.low:f}", is_percent, sign)


def with_limit(move: Meaning, limit: str) -> Meaning:
    """What was said of a move, by another amount: of those who gained at least ten, at least 15."""
    name = re.sub(r"(?<=[<>]= )(-?)\d+(?:\.\d+)?$", rf"\g<1>{limit}", move.name)
    return replace(move, name=name)


def _regraded(
    move: str, found: re.Match[str], language: Language
) -> Iterator[tuple[str, int, int]]:
    """The condition that a word is of that says what became of a grade, with its place."""
    text, start, end = found.string, found.start(), found.end()
    is_noun = re.fullmatch(language.change, found[0], re.IGNORECASE) is not None
    if move not in MOVES or is_noun or _amount(language).match(text, end, end + _NEAR):
        return
    denied = _is_denied(text[:start], found[0], language)
    condition = f"{move}({{grade}})"
    yield (f"not {condition}" if denied else condition), start, end


def _is_denied(before: str, said: str, language: Language) -> bool:
    """Whether it is said that this was not so: did not respond, non-responders."""
    by_itself = re.match("non|nicht", said, re.IGNORECASE) or language.says(language.denies, said)
    is_denied = re.search(rf"\b(?:{language.denies})\s+$", before, re.IGNORECASE)
    return bool(by_itself or is_denied)


def _falls_well(outcome: Outcome) -> bool:
    return outcome.better == "lower"


def _amount(language: Language) -> re.Pattern[str]:
    """By how much, behind the word that says what was done."""
    return re.compile(
        rf"(?:(?!\b(?:{'|'.join(language.numbers)})\b)[^.;:(),\d]){{0,30}}?"
        rf"\b(?:{language.moved_by}|{language.consists})\s+{_how_much(language)}",
        re.IGNORECASE,
    )


def _how_much(language: Language) -> str:
    return (
        rf"(?P<relation>[<>≤≥]\s*|(?:{'|'.join(language.relations)})\s+)?"
        rf"(?P<number>\d+(?:\.\d+)?|(?:{'|'.join(language.numbers)})\b)"
        rf"(?P<unit>\s*%|\s[^\W\d]+)?(?:\s+(?P<more>{language.or_more})\b)?"
    )
