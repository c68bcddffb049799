"""The figures that there are, by which command each is drawn, and which studies get it.

A line here makes a figure, with a module that draws it, and a command and its rule that call that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casebook.study.model import Study


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a study, or several that are each of one outcome or dose.

    Attributes:
        name: What its file is called, before the name of what it is of.
        command: The command that draws it, with all others of the same outcome or dose.
        of: What it is of: "study", "outcome", "dose", or "claims" for one of the audit.
        those_of: The names of what a study has one of it for; "" is the study itself.
        of_analysis: Whether it shows what a study chooses in `analysis`.
    """

    name: str
    command: str
    of: str
    those_of: Callable[[Study], Iterable[str]]
    of_analysis: bool = False


FIGURES = (
    Figure("paired", "figures", "outcome", lambda study: study.outcomes, of_analysis=True),
    Figure("waterfall", "figures", "outcome", lambda study: study.outcomes, of_analysis=True),
    Figure("forest", "forest", "study", lambda _: [""], of_analysis=True),
    Figure("swimmer", "swimmer", "study", lambda study: [""] if study.treatment else []),
    Figure("therapies", "therapies", "study", lambda study: [""] if study.therapies else []),
    Figure("dose", "doses", "dose", lambda study: study.doses),
    Figure("conventions", "conventions", "claims", lambda _: [], of_analysis=True),
)
"""In the order of the report. Whether a study has claims is not known here, but to the rules."""


def names(study: Study) -> list[str]:
    """The files of all figures of a study but those of claims, in the order of the report."""
    return [_name(each.name, of) for each in FIGURES for of in each.those_of(study)]


def jobs(study: Study) -> list[str]:
    """The jobs that draw them, by the names of their records."""
    found = (_name(each.command, of) for each in FIGURES for of in each.those_of(study))
    return list(dict.fromkeys(found))


def _name(first: str, of: str) -> str:
    return f"{first}-{of}" if of else first
