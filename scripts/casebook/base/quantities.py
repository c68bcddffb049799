"""Which units measure the same, so that a number of one is another number of the other.

`mg/l` and `mg/dl` are of one kind and not the same; `mg/l` and `µg/ml` are the same. A text that
may be no unit, or of which it is not clear which it is, as G/l, is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.base.days import DAYS_IN

_PREFIXES = {"k": 1e3, "": 1.0, "d": 1e-1, "c": 1e-2, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12}
_PREFIXED = {
    "g": ("mass", "k m u n p", 1.0),
    "mol": ("amount", "m u n p", 1.0),
    "l": ("volume", "d c m u n p", 1.0),
    "m": ("length", "c m u n", 1.0),
    "iu": ("activity", "k m u", 1.0),
    "u": ("activity", "k m u", 1.0),
    "kat": ("catalysis", "u n", 1.0),
    "pa": ("pressure", "k", 1.0),
}
_TIMES = {
    "year": "years? yrs? jahre? jahren a ans? année années años?",
    "month": "months? mos? monate? monaten mois mes meses",
    "week": "weeks? wks? wochen? semaines? semanas?",
    "day": "days? d tage? tagen jours? j días? dias?",
}
_HOURS = {"h": 1.0, "hr": 1.0, "hrs": 1.0, "hour": 1.0, "hours": 1.0, "min": 1 / 60, "s": 1 / 3600}
_OTHERS = {
    "%": ("share", 1.0),
    "percent": ("share", 1.0),
    "mcg": ("mass", 1e-6),
    "lb": ("mass", 453.59237),
    "lbs": ("mass", 453.59237),
    "mmhg": ("pressure", 133.322),
    "°c": ("temperature", 1.0),
    "°f": ("temperature", 2.0),
    "mm3": ("volume", 1e-6),
    "mm³": ("volume", 1e-6),
    "cm3": ("volume", 1e-3),
    "cm³": ("volume", 1e-3),
    "inch": ("length", 0.0254),
    "inches": ("length", 0.0254),
    "cells": ("", 1.0),
}
_ROUNDED = 1e-6
_OF_ONE_KIND = {"amount": "mass"}
"""Amounts of a substance are weighed or counted in moles."""
_POWER = re.compile(r"(?:[x×] ?)?10(?:\^|e)?([0-9⁰¹²³⁴-⁹]{1,2}) ?(?=/)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_GIGA = re.compile(r"[GMT](?:[a-zµμ]|/[a-zµμ]*l$)")
"""G/l, MU and the like, whose first letter in capitals makes another unit."""


@dataclass(frozen=True)
class Unit:
    """What a unit measures, and how much of that one of it is.

    Attributes:
        above: What stands above the line, as mass; empty of a count.
        below: What each stands below it, if anything.
        scale: How much of the base units it is.
    """

    above: str
    below: tuple[str, ...]
    scale: float

    @property
    def _kind(self) -> tuple[str, ...]:
        return tuple(_OF_ONE_KIND.get(each, each) for each in (self.above, *self.below))

    @property
    def is_of_time(self) -> bool:
        """Whether it is a time alone, which in a header may also be that of a visit."""
        return (self.above, self.below) == ("time", ())

    def is_same(self, other: "Unit") -> bool:
        """Whether a number of one is the same number of the other."""
        of_one = (self.above, self.below) == (other.above, other.below)
        return of_one and abs(self.scale / other.scale - 1) < _ROUNDED

    def is_other_of_one_kind(self, other: "Unit") -> bool:
        """Whether both measure the same in different units."""
        return self._kind == other._kind and not self.is_same(other)


def _known() -> Iterator[tuple[str, tuple[str, float]]]:
    for name, (kind, prefixes, scale) in _PREFIXED.items():
        yield name, (kind, scale)
        for prefix in prefixes.split():
            yield prefix + name, (kind, _PREFIXES[prefix] * scale)
    yield from _OTHERS.items()
    for name, hours in _HOURS.items():
        yield name, ("time", hours)


_KNOWN = dict(_known())
_TIME = {unit: re.compile("|".join(words.split())) for unit, words in _TIMES.items()}


def unit_in(text: str) -> Unit | None:
    """The unit that a text is; None if it is none that is known."""
    if _GIGA.match(text.strip()):
        return None
    plain = text.strip().casefold().replace("\u00b5", "u").replace("\u03bc", "u")
    power = _POWER.match(plain)
    scale = 10.0 ** int(power[1].translate(_SUPERSCRIPTS)) if power else 1.0
    above, *below = (plain[power.end() :] if power else plain).split("/")
    parts = [_part(each.strip()) for each in (above, *below)]
    if above.strip() == "" and below:
        parts[0] = ("", 1.0)
    known = [each for each in parts if each]
    if len(known) < len(parts) or (not below and not known[0][0]):
        return None
    for _, each in known[1:]:
        scale /= each
    kind, *others = (kind for kind, _ in known)
    return Unit(kind, tuple(sorted(others)), scale * known[0][1])


def _part(text: str) -> tuple[str, float] | None:
    for unit, words in _TIME.items():
        if words.fullmatch(text):
            return "time", DAYS_IN[unit] * 24.0
    return _KNOWN.get(text)


_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_RATIO = re.compile(r"[^\s()\[\],;_/]+(?:/[^\s()\[\],;_/]+)+")
_PARTS = re.compile(r"(?<=_)([a-zµμ]+)_([a-zµμ]+)(?=_|$)", re.IGNORECASE)
_VOLUMES = ("volume",)


def units_in_header(header: str) -> list[str]:
    """The units that a header names beside its name: in brackets, after a comma, with a line.

    `CRP (mg/l) vor`, `Weight, kg`, `CRP mg/dl nach`, and `crp_mg_dl`.
    """
    ratios = _RATIO.findall(_BRACKETS.sub(" ", header))
    candidates = [*_BRACKETS.findall(header), *header.split(",")[1:], *ratios]
    found = [each.strip() for each in candidates if unit_in(each)]
    for above, below in _PARTS.findall(header):
        unit = unit_in(f"{above}/{below}")
        if unit and unit.below == _VOLUMES:
            found.append(f"{above}/{below}")
    return list(dict.fromkeys(found))
