"""Retention: the share of patients who are still on the treatment, as a function of time.

Every number is a row of the results: the steps of the curve with their intervals, and how many
patients were treated as long as each time along the axis.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.base.errors import UserError
from casebook.data.results import (
    RETENTION,
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
    GREY,
    ONE_COLUMN,
    SKY,
    SMALL,
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
from casebook.wording.numbers import interval_text, percent_text, share_text
from casebook.wording.traces import traced, traced_number

_HEIGHT, _BELOW = 2.4, 0.13
_CURVE = Look("still on the treatment", BLUE, "-", marker="")
_CENSORED = Look("ongoing, not followed further", BLACK, marker="|")


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of the curve: its time, and the results there; ends of the interval may have none."""

    time: float
    share: Result
    low: Result
    high: Result
    censored: Result


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
    steps = list(_steps(found, treatment.duration))
    ticks = found.levels(TOGETHER, treatment.duration, RETENTION, "n_at_risk")
    words = "No patient with a known time on treatment"
    save(
        _drawn(model, treatment, steps, ticks) if steps else only_words(words),
        figure,
        title=f"{treatment.label}: who is still on the treatment",
        description=" ".join(_described(model, treatment, found, steps, ticks)) or f"{words}.",
    )


def _steps(results: Results, duration: str) -> Iterator[_Step]:
    for share in results.levels(TOGETHER, duration, RETENTION, "share"):
        low, high = (
            results.get(
                TOGETHER, duration, RETENTION, stat, level=share.variable_level,
                method=RETENTION_INTERVAL,
            )
            for stat in ("conf_low", "conf_high")
        )  # fmt: skip
        censored = results.get(
            TOGETHER, duration, RETENTION, "n_censored", level=share.variable_level
        )
        yield _Step(float(share.variable_level), share, low, high, censored)


def _drawn(
    study: Study, treatment: Treatment, steps: Sequence[_Step], ticks: Sequence[Result]
) -> Figure:
    figure = new_figure(ONE_COLUMN, _HEIGHT)
    axes, below = figure.subplots(2, 1, sharex=True, height_ratios=[1, _BELOW])
    times = [0.0, *(step.time for step in steps)]
    shares = [100.0, *(step.share.number for step in steps)]
    _draw_band(axes, steps)
    axes.plot(times, shares, color=BLUE, linewidth=1.2, drawstyle="steps-post", zorder=3)
    censored = [step for step in steps if step.censored.number]
    axes.add_line(
        _CENSORED.line([step.time for step in censored], [s.share.number for s in censored], 5)
    )
    longest = max(times) or 1
    axes.set_xlim(-0.02 * longest, 1.03 * longest)
    axes.set_ylim(0, 104)
    axes.set_ylabel("still on the treatment (%)")
    label = study.variable(treatment.duration).label
    axes.set_xlabel(wrapped(with_unit(label, study.unit(treatment.duration)), 44))
    axes.set_xticks([float(tick.variable_level) for tick in ticks])
    axes.tick_params("x", labelbottom=True)
    below.set_axis_off()
    below.set_ylim(0, 1)
    for tick in ticks:
        below.text(
            float(tick.variable_level), 0.2, traced_number(tick), ha="center", fontsize=SMALL
        )
    below.text(
        0, 1.1, "patients treated as long", fontsize=SMALL, color=GREY, transform=below.transAxes
    )
    has_band = not all(step.low.error for step in steps)
    level = f"{share_text(study.analysis.confidence_level)} interval"
    band = [Look(level, SKY, "-", marker="")] if has_band else []
    looks = [_CURVE, *band, _CENSORED]
    add_legend(figure, [look.line([], [], 5, 1.2 if look is _CURVE else 4) for look in looks])
    return figure


def _draw_band(axes: Axes, steps: Sequence[_Step]) -> None:
    """The pointwise interval: from each step that has one to the next step."""
    for step, following in pairwise(steps):
        if not step.low.error:
            ends = [step.time, following.time]
            low, high = step.low.number, step.high.number
            axes.fill_between(ends, low, high, color=SKY, alpha=0.35, linewidth=0)
            for end in (low, high):
                axes.plot(ends, [end, end], color=SKY, linewidth=0.6, linestyle=":")


def _described(
    study: Study,
    treatment: Treatment,
    results: Results,
    steps: Sequence[_Step],
    ticks: Sequence[Result],
) -> Iterator[str]:
    """The figure in sentences, for who cannot see it."""
    if not steps:
        return

    def row(stat: str, method: str = "") -> Result:
        return results.get(TOGETHER, treatment.duration, RETENTION, stat, method=method)

    unit = study.unit(treatment.duration)
    counts = f"{traced_number(row('n_stopped'))} of {traced_number(row('n'))}"
    yield f"{counts} patients stopped {treatment.label}."
    median = row("median", RETENTION_SHARE)
    low, high = (row(stat, RETENTION_LIMITS) for stat in ("conf_low", "conf_high"))
    if median.error:
        yield f"Median time on treatment: {median.error}."
    else:
        text = interval_text(median, low, high, traced) if not high.error else traced_number(median)
        yield f"Median time on treatment: {text}{f' {unit}' if unit else ''}."
    last = steps[-1]
    end = traced(percent_text(last.share.number), last.share)
    if not last.low.error:
        ends = (traced(percent_text(each.number), each) for each in (last.low, last.high))
        level = share_text(study.analysis.confidence_level)
        end += f" ({level} interval {' to '.join(ends)})"
    yield f"Still on the treatment at the end of the curve: {end}."
    yield f"Treated as long as each time along the axis: {', '.join(map(traced_number, ticks))}."
