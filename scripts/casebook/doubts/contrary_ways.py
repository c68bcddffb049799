"""Whether an outcome is said to be better in the direction in which it is usually worse."""

from collections.abc import Container, Iterator

from casebook.data.findings import Finding
from casebook.doubts.direction import better_way
from casebook.study.model import Study


def contrary_ways(
    study: Study, file: str, header_row: int, columns: Container[str]
) -> Iterator[Finding]:
    """A warning for each outcome whose label tells another direction than the study.

    Args:
        study: The study.
        file: The table, for the messages.
        header_row: Its row with the headers.
        columns: The columns that are read.
    """
    of: dict[str, str] = {}
    for name, (outcome, _) in study.measured.items():
        if name in study.headings and study.headings[name].name in columns:
            of.setdefault(outcome, study.headings[name].name)
    for outcome, column in of.items():
        described = study.outcomes[outcome]
        usual = better_way(described.label)
        if usual.is_known and usual.way != described.better:
            hint = (
                f"outcomes.{outcome}.better of study.yaml is {described.better}, and"
                f" {usual.reason}: what the report calls better and worse rests on it"
            )
            yield Finding("warning", file, header_row, column, described.label, "", hint)
