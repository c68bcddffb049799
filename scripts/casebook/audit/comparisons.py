"""Claims that are texts, lists, or comparisons of claims with each other."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from casebook.audit.data import Data
from casebook.audit.trial import Trial
from casebook.base.errors import nearest
from casebook.base.printed import Printed, read_printed
from casebook.claims.listed import Claim
from casebook.claims.readings import Comparison, Values
from casebook.data.cells import folded
from casebook.data.patients import Value, told_text, value_text
from casebook.data.verdicts import CONTRADICTED, NOT_COMPUTABLE, REPRODUCED
from casebook.data.vocabulary import OF_STATISTIC, Family, family
from casebook.study.expressions import Expression
from casebook.wording.sentences import listed

_SEPARATOR = re.compile(r"\s*[,;]\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+")


@dataclass(frozen=True, slots=True)
class Compared:
    """A verdict, the recomputed text, and what speaks for or against the claim."""

    verdict: str
    recomputed: str = ""
    reason: str = ""


def compare_values(data: Data, claim: Claim, reading: Values) -> Compared:
    """Whether the values of some patients are those that a text lists."""
    patients = data.where(reading.cohort, reading.where)
    found = [data.value(patient, reading.expression) for patient in patients]
    values = [value for value in found if value is not None]
    if not values:
        return Compared(NOT_COMPUTABLE, reason="no patient has a value")
    labels = _labels(data, reading.expression)
    if reading.name == "members":
        return _members(claim.printed, values, labels)
    shown = "; ".join(map(told_text, values))
    if reading.kind in _FITS:
        fits = _each_fits(_parts(claim.printed), values, _FITS[reading.kind])
        return Compared(REPRODUCED if fits else CONTRADICTED, shown)
    printed = Counter(_plain(part) for part in _parts(claim.printed))
    for texts in ([value_text(value) for value in values], [_label(v, labels) for v in values]):
        if Counter(_plain(part) for text in texts for part in _parts(text)) == printed:
            return Compared(REPRODUCED, shown)
    return Compared(CONTRADICTED, shown)


def _each_fits(
    parts: Sequence[str], values: Sequence[Value], fits: Callable[[str, Value], bool]
) -> bool:
    """Whether each part of a list is one of the values, each value taken once."""
    left = list(values)
    for part in parts:
        found = next((value for value in left if fits(part, value)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _is_number(part: str, value: Value) -> bool:
    printed = read_printed(part)
    return printed is not None and isinstance(value, float) and printed.gives(value)


def _is_day(part: str, value: Value) -> bool:
    """Whether a text writes a date, or its month."""
    if not isinstance(value, date):
        return False
    for pattern in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(part, pattern).date() == value
    with suppress(ValueError):
        month = datetime.strptime(part, "%B %Y").date()
        return (month.year, month.month) == (value.year, value.month)
    return False


_DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%d.%m.%Y", "%d/%m/%Y")
_FITS: Mapping[str, Callable[[str, Value], bool]] = {"number": _is_number, "date": _is_day}


def _labels(data: Data, expression: Expression) -> Mapping[str, str]:
    """The labels of the levels of the variable that an expression is of, if it is of one."""
    variables = [data.study.variables.get(name) for name in expression.names]
    return getattr(variables[0], "told_apart", {}) if len(variables) == 1 else {}


def _label(value: Value, labels: Mapping[str, str]) -> str:
    text = value_text(value)
    return labels.get(text, text)


def _members(printed: str, values: Iterable[Value], labels: Mapping[str, str]) -> Compared:
    """Whether every member that occurs is named in the printed list."""
    found = dict.fromkeys(
        member.name for value in values if isinstance(value, tuple) for member in value
    )
    parts = _parts(printed)
    printed_names = {plain for part in parts for plain in _spellings(part)}
    missing = [
        f"{labels.get(name, name)}{_hint(name, parts)}"
        for name in found
        if printed_names.isdisjoint({*_spellings(name), *_spellings(labels.get(name, name))})
    ]
    shown = ", ".join(labels.get(name, name) for name in found)
    if not missing:
        return Compared(REPRODUCED, shown)
    return Compared(CONTRADICTED, shown, f"not in the printed list: {', '.join(listed(missing))}")


def _hint(name: str, parts: list[str]) -> str:
    close = nearest(name.removeprefix("Anti-"), parts)
    return f" (it has {close!r})" if close else ""


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATOR.split(text.strip()) if part]


def _spellings(text: str) -> set[str]:
    """A name as it may stand in a list: with and without what is in brackets, or a Greek letter.

    The letter after a name is that of a subtype: a panel with TIF1γ has TIF-1.
    """
    bare = re.sub(r"\([^)]*\)", "", text)
    inside = re.findall(r"\(([^)]*)\)", text)
    found = {plain for each in (text, bare, *inside) if (plain := _plain(each))}
    return found | {re.sub("(?<=.)[α-ω]$", "", plain) for plain in found}


def _plain(text: str) -> str:
    """Letters and digits alone, without the `anti-` of antibodies."""
    return re.sub(r"[\W_]", "", folded(text)).removeprefix("anti")


def compare_claims(
    claim: Claim, reading: Comparison, claims: Mapping[str, Claim], trials: Mapping[str, Trial]
) -> Compared:
    """Whether a claim agrees with the other claims that it names."""
    others = [claims[name] for name in reading.claims]
    match reading.name:
        case "same":
            return _same(claim, others)
        case "says":
            said = folded(reading.text) in folded(others[0].printed)
            return Compared(REPRODUCED if said else CONTRADICTED, others[0].printed)
        case "label":
            return _label_of(claim, [trials[n] for n in reading.claims if n in trials])
    numbers = [other.number for other in others]
    known = [number for number in numbers if number is not None and number.relation == "="]
    if claim.number is None or len(known) < len(others):
        return Compared(NOT_COMPUTABLE, reason="one of the claims prints no single number")
    compare = _total if reading.name == "total" else _between
    return compare(claim.number, known)


def _same(claim: Claim, others: Sequence[Claim]) -> Compared:
    different = [other for other in others if not _agree(claim, other)]
    shown = "; ".join(dict.fromkeys(other.printed for other in others))
    if not different:
        return Compared(REPRODUCED, shown)
    told = [f"{each.place} prints {each.printed!r} ({each.name})" for each in different]
    return Compared(CONTRADICTED, shown, "; ".join(listed(told)))


def _agree(one: Claim, other: Claim) -> bool:
    first, second = one.number, other.number
    if first is None or second is None:
        return folded(one.printed) == folded(other.printed)
    if first == second or ((first.about or second.about) and first.may_equal(second)):
        return True
    if first.relation != "=" or second.relation != "=":
        return False
    return first.gives(float(second.low)) or second.gives(float(first.low))


def _total(printed: Printed, parts: Sequence[Printed]) -> Compared:
    total = sum((part.low for part in parts), Decimal(0))
    verdict = REPRODUCED if printed.gives(float(total)) else CONTRADICTED
    return Compared(verdict, f"{total}", f"{' + '.join(str(part.low) for part in parts)} = {total}")


def _between(printed: Printed, ends: Sequence[Printed]) -> Compared:
    if printed.relation not in ("=", "from-to"):
        return Compared(NOT_COMPUTABLE, reason="a bound leaves open which number it is")
    low, high = sorted(end.low for end in ends)
    inside = low <= printed.low and printed.high <= high
    return Compared(REPRODUCED if inside else CONTRADICTED, f"{low} to {high}")


def _label_of(claim: Claim, trials: Sequence[Trial]) -> Compared:
    """Whether a label names what the claims under it turn out to be."""
    found = [families for trial in trials if (families := _families(trial))]
    if not found:
        return Compared(NOT_COMPUTABLE, reason="none of the claims under this label is reproduced")
    common = set.intersection(*found) or set.union(*found)
    shown = ", ".join(name for name in Family if name in common)
    if any(all(name in each for each in found) for name in claim.named):
        return Compared(REPRODUCED, shown)
    count = f"{len(found)} of {len(trials)} claims" if len(trials) > 1 else "claim"
    return Compared(CONTRADICTED, shown, f"the {count} under this label turn out to be: {shown}")


def _families(trial: Trial) -> set[Family]:
    """What a claim can be called, by the conventions that give its printed value."""
    tried = [trial.base] if trial.is_loose and trial.tried else trial.tried
    right = [each for each in tried if each.change in OF_STATISTIC and trial.right(each)]
    return {name for each in right if (name := family(each.convention)) is not None}
