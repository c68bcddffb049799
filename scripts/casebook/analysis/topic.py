"""What a group of results is about, and the rows that share it."""

from collections.abc import Callable
from typing import NamedTuple

from casebook.data.results import COHORT, Result
from casebook.statistics.terms import NotComputable


class Topic(NamedTuple):
    """Cohort, variable and context of results; what else they have.

    The cohort may be a comparison of cohorts, if `group` says so.
    """

    cohort: str
    variable: str
    context: str
    level: str = ""
    visit: str = ""
    contrast: str = ""
    method: str = ""
    group: str = COHORT

    def by(self, method: str) -> "Topic":
        """The same topic by this method."""
        return self._replace(method=method)

    def row(self, name: str, label: str, value: float | int, *warnings: str) -> Result:
        """The row of a statistic with a value, and what to be warned of where it is not empty."""
        text = repr(value) if isinstance(value, int) else repr(float(value))
        return self._result(name, label, text, tuple(filter(None, warnings)))

    def failed(self, name: str, label: str, error: str) -> Result:
        """The row of a statistic that cannot be computed."""
        return self._result(name, label, "", (), error)

    def computed(self, name: str, label: str, compute: Callable[[], float]) -> Result:
        """The row of a statistic that may turn out not to be computable."""
        try:
            return self.row(name, label, compute())
        except NotComputable as reason:
            return self.failed(name, label, str(reason))

    def _result(
        self, name: str, label: str, stat: str, warning: tuple[str, ...], error: str = ""
    ) -> Result:
        return Result(
            self.group if self.cohort else "",
            self.cohort,
            "visit" if self.visit else "",
            self.visit,
            self.contrast,
            self.variable,
            self.level,
            self.context,
            self.method,
            name,
            label,
            stat,
            warning,
            error,
        )
