"""Lines of claims.tsv that print several numbers at once, each of which is a claim.

The first has the name of the line, and each other that name with what it is: `_sd`, `_percent`.
What they are follows from the reading of the first one and from how they are printed, as in 13
(65%), which is a count and its percentage; or the reading names them in the order of print, as in
`median, p25, p75(age) in older`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.claims.between import SEVERAL
from casebook.claims.naming import NAMED_TESTS
from casebook.claims.printed_as import number_of, without_comma
from casebook.claims.reviewed import of_part
from casebook.claims.tested import CORRELATION, EFFECT
from casebook.claims.together import (
    CONF_HIGH,
    CONF_LOW,
    P_VALUE,
    Together,
    level_of,
    printed_together,
)
from casebook.claims.written import readings_in
from casebook.data.patients import DIRECTIONS
from casebook.data.vocabulary import Family

Cells = Mapping[str, str]
_ENDS = (CONF_LOW, CONF_HIGH)
_OF_VALUES = ("mean", "median", "sd", "se", "p25", "p75", "iqr", "min", "max", *_ENDS, P_VALUE)
_FOLLOW: Mapping[str, Sequence[str]] = {
    "mean": _OF_VALUES,
    "median": _OF_VALUES,
    "count": ("percent", *_ENDS),
    "percent": ("count", *_ENDS),
    "difference": (*_ENDS, P_VALUE),
    EFFECT: _ENDS,
    CORRELATION: (P_VALUE,),
    CONF_LOW: (CONF_HIGH, P_VALUE),
}
"""What can follow from a reading of the first number, by its name."""
_SPREADS = ("sd", "se", "iqr")
"""What a number behind ± can be."""
_FOR_INSTANCE = {
    **{(name, False): f"{CONF_LOW}, {CONF_HIGH}" for name in _FOLLOW},
    ("median", False): "p25, p75",
    **{(name, True): follow[0] for name, follow in _FOLLOW.items()},
    ("mean", True): "sd",
    ("median", True): "iqr",
}
"""What to name behind the first number, by its name and whether one more is printed."""
_ASKED_OF_IT = (*_ENDS, P_VALUE)
"""What is asked of the reading of the first number as a whole, as in conf_low(mean(x))."""
_WRITTEN = re.compile(
    r"\s*(?P<names>\w+(?:\s*,\s*\w+)*)\s*\((?P<of>.*)\)"
    rf"(?P<where>\s*(?:in\s+\S+|between\s+(?:{SEVERAL}|\S+))?)\s*",
    re.DOTALL,
)
_DIRECTED = (
    "mean",
    "median",
    "p25",
    "p75",
    "min",
    "max",
    "difference",
    EFFECT,
    CORRELATION,
    *_ENDS,
)
"""What is another number if differences are taken the other way round."""


@dataclass(frozen=True, slots=True)
class _Several:
    """A reading with the names of the numbers that are printed, as it is written."""

    names: tuple[str, ...]
    of: str
    where: str

    @property
    def first(self) -> str:
        """The reading of the first number."""
        return f"{self.names[0]}({self.of}){self.where}"

    def reading(self, name: str) -> str:
        """The reading of another number."""
        if name in _ASKED_OF_IT and self.names[0] not in _ENDS:
            return f"{name}({self.names[0]}({self.of})){self.where}"
        return f"{name}({self.of}){self.where}"


def each_claim(cells: Cells) -> Iterator[Cells]:
    """The cells of a line as those of its only claim, or of each of its numbers."""
    several, printed = _read(cells)
    if several is None or why_not(cells) or not printed:
        yield cells
        return
    names = _names(several, printed)
    for name, each in zip(names, printed, strict=True):
        is_first = name == names[0]
        others = dict.fromkeys(_others(cells["otherwise"], name, is_first=is_first))
        reading = several.first if is_first else several.reading(name)
        yield {
            **cells,
            "claim": cells["claim"] if is_first else f"{cells['claim']}_{name}",
            "printed": each.printed,
            "computed_as": reading,
            "otherwise": " ; ".join(other for other in others if other != reading),
            "convention": _convention(cells["convention"], name, names),
            "review": cells["review"] if is_first else of_part(cells["review"], name),
        }


def why_not(cells: Cells) -> str:
    """Why a line that prints several numbers, or whose reading names several, is not read so."""
    several, printed = _read(cells)
    if several is None or not (printed or several.names[1:]):
        return ""
    first = several.names[0]
    if several.names[1:]:
        if not printed and number_of(cells["printed"]) is None:
            told = f"no {len(several.names)} numbers can be told apart in what is printed"
            return without_comma(cells["printed"]) or told
        if len(printed) != len(several.names):
            count = len(printed) or 1
            numbers = "1 number is" if count == 1 else f"{count} numbers are"
            return (
                f"{numbers} printed, and {len(several.names)} are named: {_listed(several.names)}"
            )
    names = _names(several, printed)
    known = [name for name in names if name]
    if len({*known}) < len(known):
        return f"two numbers are of one name: {_listed(known)}"
    for name, each in zip(names, printed, strict=True):
        if name != first and name not in _FOLLOW[first]:
            return _cannot_follow(several, name, each, len(printed))
        is_spread = each.said == "sd" and name not in _SPREADS
        if (each.is_certain or is_spread) and name != each.said:
            told = f"{each.printed!r} is printed as {each.said}, and named {name}"
            is_end = name == first and each.said == CONF_LOW
            return f"{told}; {_of_interval(several)}" if is_end else told
    return ""


def _of_interval(several: _Several) -> str:
    """How to write what an interval is of that is printed alone."""
    of = f"{several.names[0]}({several.of})"
    return f"of an interval alone write {', '.join(_ENDS)}({of}){several.where}"


def of_another_level(cells: Cells, level: float) -> str:
    """The level of an interval in a line of several numbers, where it is not this one (0 to 1)."""
    printed = level_of(cells["printed"]) if len([*each_claim(cells)]) > 1 else ""
    is_other = printed and abs(float(re.sub("[·∙⋅]", ".", printed)) / 100 - level) > 1e-9
    return f"{printed}%" if is_other else ""


def _read(cells: Cells) -> tuple[_Several | None, Sequence[Together]]:
    """The reading of a line with the names of its numbers, and these; none if it prints one.

    A range is two numbers where the reading says that they are the ends of an interval.
    """
    several, printed = _several(cells["computed_as"]), printed_together(cells["printed"])
    if not printed and several and several.names[0] == CONF_LOW:
        printed = printed_together(f"CI {cells['printed']}")
    return several, printed


def _several(reading: str) -> _Several | None:
    """A reading from which others can follow, with the names of all numbers that it gives."""
    written = _WRITTEN.fullmatch(reading)
    names = tuple(written["names"].replace(",", " ").split()) if written else ()
    if not written or names[0] not in _FOLLOW:
        return None
    return _Several(names, written["of"], written["where"])


def _names(several: _Several, printed: Sequence[Together]) -> Sequence[str]:
    """What each number is, as the reading names it, or else as it is printed."""
    if several.names[1:]:
        return several.names
    return (several.names[0], *(each.said for each in printed[1:]))


def _cannot_follow(several: _Several, name: str, each: Together, count: int) -> str:
    first, where = several.names[0], several.where
    if not name:
        form = f"{first}, {_FOR_INSTANCE[first, count == 2]}({several.of}){where}"
        return f"what {each.printed!r} is does not follow; name all in order of print, as in {form}"
    known = _listed([each for each in _FOLLOW[first] if each != first])
    return f"{name} does not follow from {first}(...), only {known}; write it on a line of its own"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _others(text: str, name: str, *, is_first: bool) -> Iterator[str]:
    """Other readings of a number, by those of its line."""
    for other in readings_in(text):
        several = _several(other)
        if is_first:
            yield several.first if several else other
        elif several and name in _FOLLOW[several.names[0]]:
            yield several.reading(name)


def _convention(convention: str, name: str, names: Sequence[str]) -> str:
    """What of the convention of a line is that of one of its numbers."""
    if convention in (Family.SD, Family.STANDARD_ERROR) and "sd" in names:
        return convention if name == "sd" else ""
    if convention in DIRECTIONS:
        return convention if name in _DIRECTED else ""
    if convention in (Family.MEAN, Family.RISK_DIFFERENCE) and names[0] in ("difference", CONF_LOW):
        return convention if name != P_VALUE else ""
    if convention in NAMED_TESTS and P_VALUE in names:
        return convention if name == P_VALUE else ""
    return convention if name == names[0] else ""
