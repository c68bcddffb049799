"""The figures that there are: which command draws each, from what, and which studies get it.

An entry here makes a figure, with a module that draws it, a command that calls that, and the
environment of the command. The rules follow from the entries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casebook.study.model import Study


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one command draws: a figure of a study, or those of one outcome, grade or dose.

    Attributes:
        command: The command, which its rule has its name from.
        figures: What the files are called, before the name of what they are of.
        message: What is drawn, as the message of the rule says it.
        reads: What the command is given beside the study, by the names of its arguments.
        of: What another job of the rule is of: "outcome", "grade" or "dose"; empty if there is one
            a study.
        those_of: The names of what a study has one of it for; "" is the study itself.
    """

    command: str
    figures: tuple[str, ...]
    message: str
    reads: tuple[str, ...] = ("slices", "together")
    of: str = ""
    those_of: Callable[[Study], Iterable[str]] = lambda _: [""]

    @property
    def of_analysis(self) -> bool:
        """Whether it shows what a study chooses in `analysis`."""
        return "results" in self.reads

    @property
    def job(self) -> str:
        """What its job is called, with the wildcard that it has."""
        return _name(self.command, self._wildcard)

    @property
    def files(self) -> list[str]:
        """What its files are called, with the wildcard that they have."""
        return [_name(each, self._wildcard) for each in self.figures]

    @property
    def _wildcard(self) -> str:
        return f"{{{self.of}}}" if self.of else ""


FIGURES = (
    Drawing(
        "figures",
        ("paired", "waterfall"),
        "{wildcards.outcome}",
        ("slices", "results", "measurements"),
        "outcome",
        lambda study: dict.fromkeys(outcome for outcome, _ in study.changes.values()),
    ),
    Drawing(
        "trajectories",
        ("trajectories", "multiples"),
        "{wildcards.outcome} over all visits",
        ("slices", "results", "measurements"),
        "outcome",
        lambda study: [n for n, each in study.outcomes.items() if study.visits_over(each.visits)],
    ),
    Drawing(
        "transitions",
        ("transitions",),
        "the transitions of {wildcards.grade}",
        ("slices", "results"),
        "grade",
        lambda study: study.grades,
    ),
    Drawing(
        "forest",
        ("forest",),
        "the estimates",
        ("results",),
        those_of=lambda study: [""] if study.changes else [],
    ),
    Drawing(
        "differences",
        ("differences",),
        "the differences between cohorts",
        ("results",),
        those_of=lambda study: (
            [""] if study.outcomes and any(e.two for e in study.comparisons.values()) else []
        ),
    ),
    Drawing(
        "swimmer",
        ("swimmer",),
        "the time on treatment",
        ("slices", "together", "harms"),
        those_of=lambda study: [""] if study.treatment else [],
    ),
    Drawing(
        "retention",
        ("retention",),
        "who is still on the treatment",
        ("results",),
        those_of=lambda study: [""] if study.treatment and study.treatment.ongoing else [],
    ),
    Drawing(
        "therapies",
        ("therapies",),
        "the therapies",
        those_of=lambda study: [""] if study.therapies else [],
    ),
    Drawing(
        "doses",
        ("dose",),
        "the dose {wildcards.dose}",
        of="dose",
        those_of=lambda study: [
            n for n, each in study.doses.items() if study.contrasts_of(each.at)
        ],
    ),
    Drawing(
        "conventions",
        ("conventions",),
        "the conventions of the paper",
        ("verdicts", "tried", "results"),
        those_of=lambda _: [],
    ),
)
"""In the order of the report. Whether a study has claims is not known here, but to the rules."""


def names(study: Study) -> list[str]:
    """The files of all figures of a study but those of claims, in the order of the report."""
    return [
        _name(figure, of)
        for each in FIGURES
        for figure in each.figures
        for of in each.those_of(study)
    ]


def jobs(study: Study) -> list[str]:
    """The jobs that draw them, by the names of their records."""
    return [_name(each.command, of) for each in FIGURES for of in each.those_of(study)]


def _name(first: str, of: str) -> str:
    return f"{first}-{of}" if of else first
