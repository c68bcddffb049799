"""Columns of codes beside which a table has their labels, as files of SPSS, Stata and SAS are read.

A column of labels is named after that of the codes, as `sex (label)`; which these files have is for
`reading`. The labels become those of levels, and their column is not described.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.drafting.columns import Column

_LABELS = "{} (label)"


@dataclass(frozen=True)
class Described:
    """What a file says of a column: its label, and which of its texts are no values."""

    label: str = ""
    missing: Sequence[str] = ()


def with_descriptions(
    columns: Sequence[Column], described: Mapping[str, Described]
) -> list[Column]:
    """The columns with what their file says of them, and without those that hold labels alone.

    A label that several columns have tells none of them.
    """
    by_header = {each.header: each for each in columns}
    labelled = {h: found for h in by_header if (found := by_header.get(_LABELS.format(h)))}
    of_labels = {each.header for each in labelled.values()}
    names = [*by_header, *(each.label for each in described.values())]
    whole = []
    for each in columns:
        if each.header in of_labels:
            continue
        told = described.get(each.header, Described())
        label = told.label if names.count(told.label) == 1 else ""
        labels = _labels(each, labelled[each.header]) if each.header in labelled else {}
        whole.append(replace(each, label=label, labels=labels, declared=tuple(told.missing)))
    return whole


def _labels(codes: Column, labels: Column) -> Mapping[str, str]:
    """The label of each code that has one."""
    pairs = zip(codes.texts, labels.texts, strict=True)
    return {code: label for code, label in pairs if code and label not in ("", code)}
