"""How far two of several cohorts are apart, each number traced to its row of the results."""

from dataclasses import dataclass

from casebook.data.results import Result
from casebook.study.model import Study
from casebook.wording.numbers import NOT_COMPUTED, interval_text, share_text
from casebook.wording.traces import traced


@dataclass(frozen=True, slots=True)
class TwoApart:
    """How far the second of two cohorts is from the first, among several."""

    first: str
    second: str
    estimate: Result
    low: Result
    high: Result
    coverage: Result

    def words(self, study: Study) -> str:
        """Which of them is taken from which."""
        return f"{study.cohorts[self.second].label} minus {study.cohorts[self.first].label}"

    @property
    def interval(self) -> str:
        """The difference with its interval."""
        return interval_text(self.estimate, self.low, self.high, traced)

    @property
    def attained(self) -> str:
        """The coverage that the interval attains."""
        if self.coverage.error:
            return NOT_COMPUTED
        return traced(share_text(self.coverage.number), self.coverage)
