"""Whether an outcome is said to be better in the direction in which it is usually worse."""

from collections.abc import Iterator

from casebook.data.findings import Finding
from casebook.doubts.direction import better_way
from casebook.doubts.read_columns import ReadColumns
from casebook.study.model import Study


def contrary_ways(study: Study, columns: ReadColumns) -> Iterator[Finding]:
    """A warning for each outcome whose label tells another direction than the study."""
    of: dict[str, str] = {}
    for name, (outcome, _) in study.measured.items():
        if name in study.headings and study.headings[name].name in columns.names:
            of.setdefault(outcome, study.headings[name].name)
    for outcome, column in of.items():
        described = study.outcomes[outcome]
        usual = better_way(described.label)
        if usual.is_known and usual.way != described.better:
            hint = (
                f"outcomes.{outcome}.better of study.yaml is {described.better}, and"
                f" {usual.reason}: what the report calls better and worse rests on it"
            )
            yield columns.warning(column, described.label, hint)
