"""Retention: the share of patients who are still on the treatment, as a function of time.

There is a curve for each of a few cohorts that share no patient, and otherwise one for everyone.
Every number is a row of the results: the steps of the curve with their intervals, and how many
patients were treated as long as each time along the axis.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.base.errors import UserError
from casebook.data.results import (
    RETENTION,
    RETENTION_CURVES,
    RETENTION_INTERVAL,
    RETENTION_LIMITS,
    RETENTION_SHARE,
    TOGETHER,
    Result,
    Results,
    read_results,
)
from casebook.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ONE_COLUMN,
    PURPLE,
    SKY,
    SMALL,
    VERMILLION,
    Look,
    add_legend,
    new_figure,
    only_words,
    save,
    with_unit,
    wrapped,
)
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.treatment import Treatment
from casebook.wording.numbers import interval_text, level_text, percent_text
from casebook.wording.traces import traced, traced_number

_HEIGHT, _BELOW, _MORE = 2.4, 0.13, 0.32
_CURVE = Look("still on the treatment", BLUE, "-", marker="")
_LOOKS = (
    _CURVE,
    Look("", VERMILLION, "--", marker=""),
    Look("", GREEN, ":", marker=""),
    Look("", PURPLE, "-", marker=""),
)
_AT_RISK = "patients treated as long"
_CENSORED = Look("ongoing, not followed further", BLACK, marker="|")


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of the curve: its time, and the results there; ends of the interval may have none."""

    time: float
    share: Result
    low: Result
    high: Result
    censored: Result


@dataclass(frozen=True, slots=True)
class _Group:
    """Patients with a curve of their own, and how many are treated as long as each round time."""

    cohort: str
    look: Look
    steps: tuple[_Step, ...]
    ticks: tuple[Result, ...]


def retention(study: Path, results: Path, figure: Path) -> None:
    """Draw who is still on the treatment into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml, which says how long patients were treated, and whether that goes on.
        results: The results of all cohorts and of all patients together.
        figure: The file to write.
    """
    model = load_study(study)
    treatment = model.treatment
    if treatment is None or treatment.goes_on is None:
        raise UserError(f"{study} does not say whose treatment is ongoing")
    found = Results(read_results(results, each_patient=()))
    groups = list(_groups(model, found, treatment.duration))
    words = "No patient with a known time on treatment"
    told = [_described(model, treatment, found, group) for group in groups]
    save(
        _drawn(model, treatment, groups) if groups else only_words(words),
        figure,
        title=f"{treatment.label}: who is still on the treatment",
        description=" ".join(chain(*told)) or f"{words}.",
    )


def _groups(study: Study, results: Results, duration: str) -> Iterator[_Group]:
    """The curves to draw: those of cohorts side by side, if there are any, or that of everyone."""
    found = [
        (cohort, RETENTION_CURVES)
        for cohort in study.cohorts
        if results.levels(cohort, duration, RETENTION_CURVES, "share")
    ]
    for (cohort, context), look in zip(found or [(TOGETHER, RETENTION)], _LOOKS, strict=False):
        steps = tuple(_steps(results, cohort, duration, context))
        ticks = results.levels(cohort, duration, context, "n_at_risk")
        label = study.cohorts[cohort].label if cohort else ""
        if steps:
            yield _Group(cohort, replace(look, label=label or look.label), steps, tuple(ticks))


def _steps(results: Results, cohort: str, duration: str, context: str) -> Iterator[_Step]:
    for share in results.levels(cohort, duration, context, "share"):
        level = share.variable_level
        low, high = (
            results.get(cohort, duration, context, stat, level=level, method=RETENTION_INTERVAL)
            for stat in ("conf_low", "conf_high")
        )
        censored = results.get(cohort, duration, context, "n_censored", level=level)
        yield _Step(float(level), share, low, high, censored)


def _drawn(study: Study, treatment: Treatment, groups: Sequence[_Group]) -> Figure:
    more = len(groups) - 1
    figure = new_figure(ONE_COLUMN, _HEIGHT + _MORE * more)
    axes, *below = figure.subplots(
        1 + len(groups), 1, sharex=True, height_ratios=[1, *[_BELOW] * len(groups)]
    )
    longest = max(group.steps[-1].time for group in groups) or 1
    for group, beneath in zip(groups, below, strict=True):
        _draw_curve(axes, group)
        _draw_at_risk(beneath, group)
    axes.set_xlim(-0.02 * longest, 1.03 * longest)
    axes.set_ylim(0, 104)
    axes.set_ylabel("still on the treatment (%)")
    label = study.variable(treatment.duration).label
    axes.set_xlabel(wrapped(with_unit(label, study.unit(treatment.duration)), 44))
    axes.set_xticks([float(tick.variable_level) for tick in groups[0].ticks])
    axes.tick_params("x", labelbottom=True)
    has_band = any(not step.low.error for group in groups for step in group.steps)
    level = f"{level_text(study.analysis.confidence_level)} interval"
    band = [Look(level, GREY if more else SKY, "-", marker="")] if has_band else []
    curves = [group.look.line([], [], 5, 1.2) for group in groups]
    add_legend(figure, [*curves, *(look.line([], [], 5, 4) for look in (*band, _CENSORED))])
    return figure


def _draw_curve(axes: Axes, group: _Group) -> None:
    times = [0.0, *(step.time for step in group.steps)]
    shares = [100.0, *(step.share.number for step in group.steps)]
    look = group.look
    _draw_band(axes, group.steps, look.color if group.cohort else SKY)
    axes.plot(
        times, shares, look.linestyle, color=look.color, linewidth=1.2, drawstyle="steps-post",
        zorder=3,
    )  # fmt: skip
    censored = [step for step in group.steps if step.censored.number]
    axes.add_line(
        _CENSORED.line([step.time for step in censored], [s.share.number for s in censored], 5)
    )


def _draw_at_risk(axes: Axes, group: _Group) -> None:
    """Below the curves, how many were treated as long as each time along the axis."""
    axes.set_axis_off()
    axes.set_ylim(0, 1)
    for tick in group.ticks:
        axes.text(float(tick.variable_level), 0.2, traced_number(tick), ha="center", fontsize=SMALL)
    label = f"{group.look.label}: {_AT_RISK}" if group.cohort else _AT_RISK
    axes.text(
        *(0, 1.1, label),
        fontsize=SMALL,
        color=group.look.color if group.cohort else GREY,
        transform=axes.transAxes,
    )


def _draw_band(axes: Axes, steps: Sequence[_Step], color: str) -> None:
    """The pointwise interval: from each step that has one to the next step."""
    for step, following in pairwise(steps):
        if not step.low.error:
            ends = [step.time, following.time]
            low, high = step.low.number, step.high.number
            axes.fill_between(
                ends, low, high, color=color, alpha=0.35 if color == SKY else 0.12, linewidth=0
            )
            for end in (low, high):
                axes.plot(ends, [end, end], color=color, linewidth=0.6, linestyle=":")


def _described(
    study: Study, treatment: Treatment, results: Results, group: _Group
) -> Iterator[str]:
    """A curve in sentences, for who cannot see it."""

    def row(stat: str, method: str = "") -> Result:
        return results.get(group.cohort, treatment.duration, RETENTION, stat, method=method)

    unit = study.unit(treatment.duration)
    counts = f"{traced_number(row('n_stopped'))} of {traced_number(row('n'))}"
    whose = f"{group.look.label}: " if group.cohort else ""
    yield f"{whose}{counts} patients stopped {treatment.label}."
    median = row("median", RETENTION_SHARE)
    low, high = (row(stat, RETENTION_LIMITS) for stat in ("conf_low", "conf_high"))
    if median.error:
        yield f"Median time on treatment: {median.error}."
    else:
        text = interval_text(median, low, high, traced) if not high.error else traced_number(median)
        yield f"Median time on treatment: {text}{f' {unit}' if unit else ''}."
    last = group.steps[-1]
    end = traced(percent_text(last.share.number), last.share)
    if not last.low.error:
        ends = (traced(percent_text(each.number), each) for each in (last.low, last.high))
        level = level_text(study.analysis.confidence_level)
        end += f" ({level} interval {' to '.join(ends)})"
    yield f"Still on the treatment at the end of the curve: {end}."
    at_first, at_last = (traced_number(group.ticks[place]) for place in (0, -1))
    yield (
        f"Treated from the start: {at_first}; as long as the last time marked on the axis:"
        f" {at_last}."
    )
