"""All conventions side by side, for each p-value and each pair of quartiles that a paper prints.

A column is what the paper prints, a row is a convention; where they agree, the cell is shaded. A
value is traced to its row of the results, where it has one: those of a part of a cohort have none.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from casebook.base.printed import to_decimals
from casebook.data.results import OTHER_TESTS, QUANTILES, Result, Results, read_results
from casebook.data.verdicts import (
    SMALLEST_AND_LARGEST,
    Tried,
    Verdict,
    read_tried,
    read_verdicts,
)
from casebook.data.vocabulary import OF_STATISTIC, Kind
from casebook.figures.style import TWO_COLUMNS, new_figure, save, text_width
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.numbers import with_minus
from casebook.wording.paired_tests import of_contrast
from casebook.wording.sentences import listed
from casebook.wording.traces import traced, traced_print

_NAMES_WIDTH, _COLUMN_WIDTH, _LINE = 2.5, 0.62, 0.16
_TITLE_LINES, _TITLE_WIDTH = 5, 13
_LEFT = 0.05
_MATCHING = "#B5D6EE"
_FONT = 6.5
_TITLES = {Kind.P_VALUE: "p-values", Kind.QUARTILE: "Lower and upper quartiles"}


@dataclass(frozen=True)
class _Column:
    """What a paper prints of one thing, and what each convention gives for it.

    `parts` are the claims: one for a p-value, the lower and the upper one for quartiles. Of each
    part `values` has what a convention gives, and `rows` the result that has this value, if any.
    """

    title: str
    parts: tuple[Verdict, ...]
    values: tuple[Mapping[str, Tried], ...]
    rows: tuple[Mapping[str, Result], ...]

    @property
    def names(self) -> list[str]:
        """The conventions that give a value of some part."""
        return list(dict.fromkeys(name for values in self.values for name in values))

    @property
    def printed(self) -> str:
        return "–".join(traced_print(part.printed, part.claim) for part in self.parts)

    def text(self, convention: str) -> str:
        """What would have been printed under a convention; nothing where it gives no value."""
        if not all(convention in values for values in self.values):
            return ""
        return "–".join(
            _as_printed(part, values[convention], rows.get(convention))
            for part, values, rows in zip(self.parts, self.values, self.rows, strict=True)
        )

    def matches(self, convention: str) -> bool:
        """Whether the convention gives all that is printed."""
        return all(
            convention in values and values[convention].fits not in ("", "cut off")
            for values in self.values
        )


@dataclass(frozen=True)
class _Block:
    """Columns of a kind that stand beside each other; sizes are in inches."""

    title: str
    columns: Sequence[_Column]

    def split(self) -> Iterator["_Block"]:
        """Blocks that are no wider than a page."""
        most = int((TWO_COLUMNS - self.names_width) / _COLUMN_WIDTH)
        for start in range(0, len(self.columns), most):
            yield _Block(self.title, self.columns[start : start + most])

    @property
    def names(self) -> list[str]:
        """The conventions that give a value in some column."""
        return list(dict.fromkeys(name for column in self.columns for name in column.names))

    @property
    def names_width(self) -> float:
        """Room for the longest name of a convention."""
        longest = max((text_width(name, _FONT) for name in self.names), default=0)
        return max(_NAMES_WIDTH, _LEFT + longest + _LEFT)

    @property
    def width(self) -> float:
        return self.names_width + len(self.columns) * _COLUMN_WIDTH

    @property
    def title_height(self) -> float:
        return (1 + 0.7 * max(len(_heading(column)) for column in self.columns)) * _LINE

    @property
    def height(self) -> float:
        return self.title_height + (len(self.names) + 3) * _LINE


def conventions(study: Path, verdicts: Path, tried: Path, results: Path, figure: Path) -> None:
    """Draw what each convention gives beside what is printed, into an SVG file.

    Args:
        study: The study.yaml.
        verdicts: The audit's verdicts.
        tried: What each claim is under each convention.
        results: All results.
        figure: The file to write.
    """
    model, claims, found = load_study(study), read_verdicts(verdicts), read_results(results)
    values: dict[str, dict[str, Tried]] = {}
    for row in read_tried(tried):
        if row.change in OF_STATISTIC:
            values.setdefault(row.claim, {})[row.convention] = row
    blocks = [
        block
        for kind, title in _TITLES.items()
        for block in _Block(title, [*_columns(model, claims, kind, values, found)]).split()
    ]
    height = fsum(block.height for block in blocks) + 0.3
    empty = _NAMES_WIDTH + 4 * _COLUMN_WIDTH
    width = max((block.width for block in blocks), default=empty)
    drawn = new_figure(width, height)
    drawn.set_layout_engine(None)
    axes = drawn.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    if not blocks:
        axes.text(width / 2, height / 2, "No p-value and no quartile is printed", ha="center")
    top = 0.1
    for block in blocks:
        _draw(axes, top, block)
        top += block.height
    columns = [column for block in blocks for column in block.columns]
    save(
        drawn,
        figure,
        title="What each convention gives for the p-values and quartiles that the paper prints",
        description=" ".join(map(_described, columns)) or "The paper prints none.",
    )


def _columns(
    study: Study,
    verdicts: Sequence[Verdict],
    kind: Kind,
    values: Mapping[str, Mapping[str, Tried]],
    results: Sequence[Result],
) -> Iterator[_Column]:
    """The columns of a kind; what a paper prints twice alike is one."""
    by_key: dict[tuple[str, ...], Result] = {row.key: row for row in results}
    known = Results(results)
    groups: dict[tuple[str, ...], dict[str, Verdict]] = {}
    for each in verdicts:
        if each.kind == kind and each.claim in values:
            # A second claim of the same quartile begins a column of its own if it prints another.
            told = (each.place, each.words) if kind == Kind.QUARTILE else (each.printed,)
            of = (each.cohort, each.of, each.where, *told)
            groups.setdefault(of, {}).setdefault(each.statistic, each)
    seen = set()
    for group in groups.values():
        parts = tuple(group[name] for name in sorted(group))
        title, printed = _title(study, parts[0]), tuple(p.printed for p in parts)
        if (title, printed) not in seen:
            seen.add((title, printed))
            tried = tuple(values[part.claim] for part in parts)
            own = (by_key.get(part.result) for part in parts)
            rows = (_rows(known, of, each) for of, each in zip(own, tried, strict=True))
            yield _Column(title, parts, tried, tuple(rows))


def _rows(results: Results, own: Result | None, tried: Mapping[str, Tried]) -> dict[str, Result]:
    """By convention the result that has a value, beside the one that a claim corresponds to."""
    if own is None:
        return {}
    found = {}
    for name, value in tried.items():
        try:
            row = _row(results, own, name)
        except KeyError:
            continue
        if row.stat and row.number == float(value.value):
            found[name] = row
    return found


def _row(results: Results, own: Result, convention: str) -> Result:
    """The result by a convention, which is one of the quartiles, or a test of the same pairs."""
    if convention == own.method:
        return own
    if own.stat_name not in ("p25", "p75"):
        return results[own.key._replace(context=OTHER_TESTS, method=convention)]
    if convention == SMALLEST_AND_LARGEST:
        extreme = "min" if own.stat_name == "p25" else "max"
        return results[own.key._replace(statistic=extreme, method="")]
    return results[own.key._replace(context=QUANTILES, method=convention)]


def _title(study: Study, claim: Verdict) -> str:
    part = f", where {claim.where}" if claim.where else ""
    of = study.outcomes[claim.of].label if claim.of in study.outcomes else _of(study, claim.of)
    return f"{study.cohorts[claim.cohort].label}{part}: {of}"


def _of(study: Study, name: str) -> str:
    """What a column is called, in the study's words."""
    if name in study.measured:
        outcome, visit = study.measured[name]
        return f"{study.outcomes[outcome].label}, {study.visits[visit].label}"
    if name in study.changes:
        outcome, contrast = study.changes[name]
        return of_contrast(study, f"{study.outcomes[outcome].label}, change", contrast)
    known = study.variables.get(name) or study.derived.get(name)
    return known.label if known else name


def _as_printed(claim: Verdict, value: Tried, row: Result | None) -> str:
    shown = to_decimals(float(value.value), claim.decimals)
    text = with_minus(f"{shown:f}")
    if claim.kind == Kind.P_VALUE and shown == 0:
        text = f"<{Decimal(1).scaleb(-claim.decimals):f}"  # no p-value is 0
    return traced(text, row) if row else text


def _heading(column: _Column) -> list[str]:
    return textwrap.wrap(column.title, _TITLE_WIDTH, break_on_hyphens=False)[:_TITLE_LINES]


def _draw(axes: Axes, top: float, block: _Block) -> None:
    """A block of columns: titles, what is printed, and a row for each convention."""
    bold: dict[str, Any] = {"fontweight": "bold", "va": "center"}
    axes.text(_LEFT, top + _LINE / 2, block.title, fontsize=8, **bold)
    line, beside = top + block.title_height, block.names_width
    axes.text(_LEFT, line + _LINE / 2, "as printed", fontsize=_FONT, **bold)
    for place in (line, line + _LINE):
        ends = [_LEFT, block.width - _LEFT]
        axes.plot(ends, [place, place], color="black", linewidth=0.6)
    for number, column in enumerate(block.columns):
        x = beside + (number + 0.5) * _COLUMN_WIDTH
        axes.text(x, line - 0.03, "\n".join(_heading(column)), fontsize=6, ha="center", va="bottom")
        axes.text(x, line + _LINE / 2, column.printed, fontsize=_FONT, ha="center", **bold)
    for row, name in enumerate(block.names, start=1):
        y = line + row * _LINE
        axes.text(_LEFT, y + _LINE / 2, name, fontsize=_FONT, va="center")
        for number, column in enumerate(block.columns):
            _draw_cell(axes, beside + number * _COLUMN_WIDTH, y, column, name)


def _draw_cell(axes: Axes, x: float, y: float, column: _Column, convention: str) -> None:
    matches = column.matches(convention)
    if matches:
        axes.add_patch(
            Rectangle(
                (x + 0.02, y + 0.01),
                _COLUMN_WIDTH - 0.04,
                _LINE - 0.02,
                facecolor=_MATCHING,
                edgecolor="black",
                linewidth=0.5,
            )
        )
    axes.text(
        x + _COLUMN_WIDTH / 2,
        y + _LINE / 2,
        column.text(convention),
        fontsize=_FONT,
        fontweight="bold" if matches else "normal",
        ha="center",
        va="center",
    )


def _described(column: _Column) -> str:
    """The column in a sentence, for who cannot see it."""
    matching = [name for name in column.names if column.matches(name)]
    shown = "; ".join(listed(matching, more="and others in conventions.csv"))
    return f"{column.title}, printed {column.printed}: given by {shown or 'no convention'}."
