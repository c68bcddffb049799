"""All conventions side by side, for each p-value and each pair of quartiles that a paper prints.

A column is what the paper prints, a row is a convention; where they agree, the cell is shaded. A
value is traced to its row of the results, where it has one: those of a part of a cohort have none.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from casebook.figures.style import TWO_COLUMNS, new_figure, save
from casebook.patients import VISITS, change, measurement
from casebook.printed import read_printed, rounded, significant
from casebook.readings import EVERYONE, ColumnStatistic, PairedTest, Reading, read_reading
from casebook.results import OTHER_TESTS, QUANTILES, Result, Results, read_results
from casebook.study import Study, load_study
from casebook.traces import traced, traced_print
from casebook.verdicts import (
    OF_STATISTIC,
    SMALLEST_AND_LARGEST,
    Tried,
    Verdict,
    read_tried,
    read_verdicts,
)

_NAMES_WIDTH, _COLUMN_WIDTH, _LINE = 2.5, 0.62, 0.16
_COLUMNS_A_BLOCK = int((TWO_COLUMNS - _NAMES_WIDTH) / _COLUMN_WIDTH)
_TITLE_LINES, _TITLE_WIDTH = 5, 13
_MATCHING = "#B5D6EE"
_FONT = 6.5
_TITLES = {"p-value": "p-values", "quartile": "Lower and upper quartiles"}


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
        (kind, columns[start : start + _COLUMNS_A_BLOCK])
        for kind in _TITLES
        for columns in [list(_columns(model, claims, kind, values, found))]
        for start in range(0, len(columns), _COLUMNS_A_BLOCK)
    ]
    height = sum(_height(block) for _, block in blocks) + 0.3
    width = max((len(block) for _, block in blocks), default=4) * _COLUMN_WIDTH + _NAMES_WIDTH
    drawn = new_figure(width, height)
    drawn.set_layout_engine("none")
    axes = drawn.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    if not blocks:
        axes.text(width / 2, height / 2, "No p-value and no quartile is printed", ha="center")
    top = 0.1
    for kind, block in blocks:
        _draw(axes, top, _TITLES[kind], block)
        top += _height(block)
    columns = [column for _, block in blocks for column in block]
    save(
        drawn,
        figure,
        title="What each convention gives for the p-values and quartiles that the paper prints",
        description=" ".join(map(_described, columns)) or "The paper prints none.",
    )


def _columns(
    study: Study,
    verdicts: Sequence[Verdict],
    kind: str,
    values: Mapping[str, Mapping[str, Tried]],
    results: Sequence[Result],
) -> Iterator[_Column]:
    """The columns of a kind; what a paper prints twice alike is one."""
    by_name, known = {row.key_in_words: row for row in results}, Results(results)
    groups: dict[str, dict[str, Verdict]] = {}
    for each in verdicts:
        if each.kind == kind and each.claim in values:
            name, _, of = each.computed_as.partition("(")
            # A second claim of the same quartile begins a column of its own if it prints another.
            key = f"{of} {_place(each)}" if kind == "quartile" else f"{of} {each.printed}"
            groups.setdefault(key, {}).setdefault(name, each)
    seen = set()
    for group in groups.values():
        parts = tuple(group[name] for name in sorted(group))
        title, printed = _title(study, parts[0].computed_as), tuple(p.printed for p in parts)
        if (title, printed) not in seen:
            seen.add((title, printed))
            tried = tuple(values[part.claim] for part in parts)
            own = (by_name.get(part.result) for part in parts)
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
    cohort, variable, visit = own.group1_level, own.variable, own.group2_level
    if convention == own.method:
        return own
    if own.stat_name not in ("p25", "p75"):
        return results.get(cohort, variable, OTHER_TESTS, "p_value", method=convention)
    if convention == SMALLEST_AND_LARGEST:
        extreme = "min" if own.stat_name == "p25" else "max"
        return results.get(cohort, variable, own.context, extreme, visit=visit)
    return results.get(cohort, variable, QUANTILES, own.stat_name, visit=visit, method=convention)


def _place(verdict: Verdict) -> str:
    """Where quartiles stand that belong together."""
    return f"{verdict.place} {verdict.words}"


def _title(study: Study, computed_as: str) -> str:
    reading = read_reading(computed_as, study, [])
    cohort = getattr(reading, "cohort", "")
    where = getattr(reading, "where", EVERYONE)
    part = "" if where is EVERYONE else f", where {where.source}"
    return f"{study.cohorts[cohort].label}{part}: {_of(study, reading)}"


def _of(study: Study, reading: Reading) -> str:
    """What a reading is of, in the study's words."""
    if isinstance(reading, PairedTest):
        return study.outcomes[reading.outcome].label
    name = reading.expression.source if isinstance(reading, ColumnStatistic) else ""
    visits = dict(zip(VISITS, (study.visits.baseline, study.visits.followup), strict=True))
    for outcome, described in study.outcomes.items():
        for visit, label in visits.items():
            if name == measurement(outcome, visit):
                return f"{described.label}, {label[0].lower()}{label[1:]}"
        if name == change(outcome):
            return f"{described.label}, change"
    known = study.variables.get(name) or study.derived.get(name)
    return known.label if known else name


def _as_printed(claim: Verdict, value: Tried, row: Result | None) -> str:
    printed = read_printed(claim.printed)
    decimals = printed.decimals if printed else 3
    text = f"{rounded(significant(float(value.value)), decimals):f}"
    return traced(text, row) if row else text


def _names(block: Sequence[_Column]) -> list[str]:
    return list(dict.fromkeys(n for column in block for values in column.values for n in values))


def _heading(column: _Column) -> list[str]:
    return textwrap.wrap(column.title, _TITLE_WIDTH, break_on_hyphens=False)[:_TITLE_LINES]


def _title_height(block: Sequence[_Column]) -> float:
    return (1 + 0.7 * max(len(_heading(column)) for column in block)) * _LINE


def _height(block: Sequence[_Column]) -> float:
    return _title_height(block) + (len(_names(block)) + 3) * _LINE


def _draw(axes: Axes, top: float, title: str, block: Sequence[_Column]) -> None:
    """A block of columns: titles, what is printed, and a row for each convention."""
    axes.text(0.05, top + _LINE / 2, title, fontsize=8, fontweight="bold", va="center")
    line = top + _title_height(block)
    axes.text(0.05, line + _LINE / 2, "as printed", fontsize=_FONT, fontweight="bold", va="center")
    right = _NAMES_WIDTH + len(block) * _COLUMN_WIDTH
    for place in (line, line + _LINE):
        axes.plot([0.05, right - 0.05], [place, place], color="black", linewidth=0.6)
    for number, column in enumerate(block):
        x = _NAMES_WIDTH + (number + 0.5) * _COLUMN_WIDTH
        axes.text(x, line - 0.03, "\n".join(_heading(column)), fontsize=6, ha="center", va="bottom")
        axes.text(
            x,
            line + _LINE / 2,
            column.printed,
            fontsize=_FONT,
            fontweight="bold",
            ha="center",
            va="center",
        )
    for row, name in enumerate(_names(block), start=1):
        y = line + row * _LINE
        axes.text(0.05, y + _LINE / 2, name, fontsize=_FONT, va="center")
        for number, column in enumerate(block):
            _draw_cell(axes, _NAMES_WIDTH + number * _COLUMN_WIDTH, y, column, name)


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
    matching = [name for name in _names([column]) if column.matches(name)]
    told = f"given by {', '.join(matching)}" if matching else "given by no convention"
    return f"{column.title}, printed {column.printed}: {told}."
