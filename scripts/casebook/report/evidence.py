"""A test in short: what sentences tell of it, what it is counted with, and what it hangs on.

Every kind of test that the main findings tell of gives its own parts; how they are put together is
here and, for the cells of grids, in `evidence_cells`, so that all tests read alike. Nothing is
computed: every number is a row of the results.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from enum import IntEnum, auto
from typing import NamedTuple

from casebook.data.results import Result
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.wording import places
from casebook.wording.conclusions import Disagreement
from casebook.wording.numbers import (
    both_p_words,
    interval_words,
    level_text,
    number_text,
    p_value_text,
    p_words,
    same_p,
    share_text,
)
from casebook.wording.paired_tests import level_words
from casebook.wording.traces import traced, traced_number

TESTS = f"the {places.TESTS}"
"""What sentences call the grids."""


class Said(NamedTuple):
    """A piece of a cell, and what is said below the grid of all pieces like it."""

    text: str
    meaning: str = ""


class Named(NamedTuple):
    """A heading: the name that tells it from others, and what readers see."""

    name: str
    label: str


class Place(NamedTuple):
    """Where a test stands in its grid: the headings of its block, its row and its column."""

    block: Named
    row: Named
    column: Named


class Explained(NamedTuple):
    """The table that explains a test: its name, and what a link to it is called."""

    table: str
    label: str


class About(IntEnum):
    """What a conclusion can hang on, in the order in which it is told."""

    APPROXIMATION = auto()
    INTERVAL = auto()
    OTHER_TESTS = auto()
    ONE_PATIENT = auto()


class Doubt(NamedTuple):
    """What a conclusion hangs on.

    Attributes:
        about: What it is.
        says: The beginning of a sentence, which goes on with the tests that it is said of.
        details: What is said of this test alone.
        others: Where the tests are that the sentence has no room for.
    """

    about: About
    says: str
    details: tuple[str, ...]
    others: str


class Kind(NamedTuple):
    """Tests that are counted together.

    Attributes:
        one: What one of them is called.
        several: What several are called.
        whatever: Even in which case the level was out of reach where patients are too few.
        because: Why it was.
    """

    one: str
    several: str
    whatever: str
    because: str


class Evidence(ABC):
    """A test that the main findings tell of."""

    @property
    @abstractmethod
    def study(self) -> Study:
        """The study."""

    @property
    @abstractmethod
    def kind(self) -> Kind:
        """The tests that it is counted with."""

    @property
    @abstractmethod
    def place(self) -> Place:
        """Where it stands in its grid."""

    @property
    @abstractmethod
    def explained(self) -> Explained:
        """Where it is explained."""

    @property
    @abstractmethod
    def where(self) -> str:
        """What is tested in whom, in a sentence."""

    @property
    @abstractmethod
    def p_value(self) -> Result:
        """The p-value of the study's own test."""

    @property
    @abstractmethod
    def least(self) -> Result:
        """The least p-value that the test could have given, or an exact one in its place."""

    @property
    @abstractmethod
    def n(self) -> Result:
        """In how many patients it was tested."""

    @property
    @abstractmethod
    def size(self) -> Said:
        """The direction and the size of what was found."""

    @property
    def key(self) -> TestKey | None:
        """By what a study declares it as primary, or as one of its family; None if it cannot."""
        return None

    @property
    def exact(self) -> Result:
        """The p-value of the exact test, which may be the study's own."""
        return self.p_value

    @property
    def least_called(self) -> str:
        """What the least p-value is called that was possible."""
        return "least possible"

    @property
    def adjusted(self) -> tuple[Result, Result] | None:
        """The adjusted p-values of the study's own test and of the exact one, in the family."""
        return None

    @property
    def over_contrasts(self) -> Result | None:
        """The p-value adjusted for the contrasts of the same in the same cohort, if several."""
        return None

    @property
    def shows_p(self) -> bool:
        """Whether the p-value is shown."""
        return True

    def more(self) -> Iterator[Said]:
        """What else a cell says of it."""
        return iter(())

    def doubts(self) -> Iterator[Doubt]:
        """What the conclusion hangs on."""
        return iter(())

    def by_approximation_alone(self, others: str) -> Iterator[Doubt]:
        """That p is below the level where an exact test could not have been.

        Args:
            others: As in `Doubt`.
        """
        if self.reached and not self.possible:
            yield Doubt(
                About.APPROXIMATION,
                f"With so few patients an exact test cannot give {level_words(self.study)}; what"
                " follows from the approximation alone should not be relied on",
                (both_p_words(self.p_value, self.exact, self.study.analysis.alpha, traced),),
                others,
            )

    def by_disagreement(self, why: Disagreement | None, others: str) -> Iterator[Doubt]:
        """That the test and an interval lead to different conclusions, if they do, and why.

        Args:
            why: Why they do; None where they agree.
            others: As in `Doubt`.
        """
        if why:
            level = number_text(self.study.analysis.alpha, 4)
            includes, below = ("includes", "below") if self.reached else ("excludes", "not below")
            says = f"The interval {includes} 0 although p is {below} {level}, because {why.why}"
            yield Doubt(About.INTERVAL, says, (why.number,) if why.number else (), others)

    @property
    def made(self) -> bool:
        """Whether there is a p-value, and it is shown."""
        return self.shows_p and not self.p_value.error

    @property
    def reached(self) -> bool:
        """Whether p is below the study's level."""
        return self.p_value.number < self.study.analysis.alpha

    @property
    def reached_by_any(self) -> bool:
        """Whether the p-value of the study's own test is below its level, or the exact one."""
        alpha = self.study.analysis.alpha
        return any(not p.error and p.number < alpha for p in (self.p_value, self.exact))

    @property
    def lost_over_contrasts(self) -> bool:
        """Whether p is below the study's level, but not once adjusted for the contrasts."""
        adjusted, alpha = self.over_contrasts, self.study.analysis.alpha
        return self.reached and adjusted is not None and adjusted.number >= alpha

    @property
    def possible(self) -> bool:
        """Whether the test could have reached the level."""
        return bool(self.least.error) or self.least.number < self.study.analysis.alpha

    @property
    def told_of(self) -> str:
        """What is tested, and what was found."""
        return f"{self.where}: {self.in_full()}"

    def in_full(self) -> str:
        """What it found, with its p-values and the least that was possible."""
        if self.p_value.error:
            return f"not tested ({self.p_value.error})"
        told = f"{self.found_in_full()}; {self._p_in_full()}"
        return f"{told}; adjusted (Holm) {self.adjusted_words()}" if self.adjusted else told

    def adjusted_words(self) -> str:
        """The adjusted p-values, and which is no longer below the level; empty without any."""
        if not self.adjusted:
            return ""
        alpha, (own, exact) = self.study.analysis.alpha, self.adjusted
        told = f"{p_words(own, alpha, traced)}{self._if_lost(self.p_value, own)}"
        if same_p(own, exact, alpha):
            return told
        return f"{told}, exact {p_words(exact, alpha, traced)}{self._if_lost(self.exact, exact)}"

    def _if_lost(self, p_value: Result, adjusted: Result) -> str:
        """That the adjustment took a p-value to the other side of the level, if it did."""
        alpha = self.study.analysis.alpha
        is_lost = p_value.number < alpha <= adjusted.number
        return f", no longer below {number_text(alpha, 4)}" if is_lost else ""

    def _p_in_full(self) -> str:
        alpha = self.study.analysis.alpha
        told = both_p_words(self.p_value, self.exact, alpha, traced)
        if self.least.error:
            return told
        if self.least.stat == self.exact.stat:
            told = f"{told}, the {self.least_called}"
        elif p_value_text(self.least, alpha) != p_value_text(self.exact, alpha):
            told = f"{told}; {self.least_called}: {p_words(self.least, alpha, traced)}"
        if self.possible:
            return told
        return f"{told}, so {level_words(self.study)} was out of reach as {self.kind.because}"

    def found_in_full(self) -> str:
        """What it found, in how many patients."""
        return f"{self.size.text} in {patients(self.n)}"


def patients(count: Result) -> str:
    """So many patients."""
    return f"{traced_number(count)} patient{'s' * (count.number != 1)}"


def with_unit(study: Study, value: Result) -> str:
    """A value, or a difference of values, of an outcome with its unit, if it has one."""
    unit = study.outcomes[value.variable].unit
    return f"{traced_number(value)}{f' {unit}' if unit else ''}"


def interval_in_full(study: Study, low: Result, high: Result, coverage: Result) -> str:
    """An interval in brackets, with what it covers."""
    ends = interval_words(low, high, traced)
    attained = traced(share_text(coverage.number), coverage)
    if coverage.warning:
        return f" (widest interval {ends}, which covers in only {attained} of samples)"
    level = level_text(study.analysis.confidence_level)
    return f" ({level} confidence interval {ends}, attained coverage {attained})"
