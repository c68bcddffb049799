"""The tables that say what programs would have printed in the place of a paper's numbers.

The audit writes them, the report and the command line show them; nothing is compared here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebook.base.csvfiles import read_records, write_records
from casebook.data.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a program would have printed in the place of a claim's number.

    Attributes:
        claim: The name of the claim.
        place: Where it stands in the paper.
        words: Words of the paper to find it by.
        printed: What the paper prints.
        kind: What sort of number it is.
        program: The program.
        convention: What it does by default.
        value: What that gives.
        shown: The same with as many decimals as the paper prints.
        gives: "yes" if it is what is printed.
        significant: Of a p-value, "yes" or "no" by the level of the study.
        tells: "yes" if other programs give another number at the printed precision.
    """

    claim: str
    place: str
    words: str
    printed: str
    kind: Kind
    program: str
    convention: str
    value: str
    shown: str
    gives: str
    significant: str
    tells: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """How many of a paper's numbers a program gives; what is printed several times counts once.

    Attributes:
        program: The program.
        gives: How many it gives.
        by_any: How many any program gives.
        telling: How many of these not all programs give.
        claims: How many numbers there are on which programs could differ.
        all: "yes" if it gives all that any program gives.
        none: "yes" if it gives none of those that not all programs give.
    """

    program: str
    gives: int
    by_any: int
    telling: int
    claims: int
    all: str
    none: str


def write_spoken(path: Path, rows: Iterable[Spoken]) -> None:
    """Write a row for each claim and program."""
    write_records(path, Spoken, rows)


def read_spoken(path: Path) -> list[Spoken]:
    """Read what `write_spoken` wrote."""
    return read_records(path, Spoken)


def write_speakers(path: Path, rows: Iterable[Speaker]) -> None:
    """Write a row a program."""
    write_records(path, Speaker, rows)


def read_speakers(path: Path) -> list[Speaker]:
    """Read what `write_speakers` wrote."""
    return read_records(path, Speaker)
