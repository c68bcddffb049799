"""What an audit found, in plain sentences for a reader; nothing is judged here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.display import number_text
from casebook.printed import read_printed
from casebook.verdicts import (
    CHECKS_BETWEEN,
    CONTRADICTED,
    FAILS,
    NOT_COMPUTABLE,
    OTHER_CONVENTION,
    REPRODUCED,
    VERDICTS,
    Followed,
    Verdict,
)

_SHOWN_CONVENTIONS = 3
_PLURALS = {
    "quartile": "quartiles",
    "p-value": "p-values",
    "standard deviation": "standard deviations",
}


@dataclass(frozen=True)
class Told:
    """A verdict as a row of the report: the claim, what is recomputed, and why it is judged so."""

    verdict: Verdict
    recomputed: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """The audit as the report shows it.

    Attributes:
        sentences: The outcome in a few sentences.
        counts: How many claims have each verdict, worst last.
        rows: The claims of each verdict, in the order of the paper.
        reasons: The claims that cannot be computed, by the reason why.
    """

    sentences: tuple[str, ...]
    counts: dict[str, int]
    rows: dict[str, list[Told]]
    reasons: dict[str, list[Verdict]]


def audit_words(verdicts: Sequence[Verdict], followed: Sequence[Followed]) -> Audit:
    """Word an audit for the report."""
    rows = {name: [_told(v) for v in verdicts if v.verdict == name] for name in VERDICTS}
    reasons: dict[str, list[Verdict]] = {}
    for told in rows[NOT_COMPUTABLE]:
        reasons.setdefault(_capital(told.verdict.reason), []).append(told.verdict)
    return Audit(
        sentences=(
            _outcome(rows),
            *_conventions(followed),
            _decisions(verdicts),
        ),
        counts={name: len(found) for name, found in rows.items()},
        rows=rows,
        reasons=reasons,
    )


def in_one_line(verdicts: Sequence[Verdict]) -> str:
    """How many claims of the paper are contradicted; nothing where there are none to check."""
    wrong = sum(verdict.verdict == CONTRADICTED for verdict in verdicts)
    told = f" Of {len(verdicts)} claims of the paper {wrong} {_are(wrong)} contradicted."
    return told if verdicts else ""


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _outcome(rows: dict[str, list[Told]]) -> str:
    count = {name: len(found) for name, found in rows.items()}
    total = sum(count.values())
    return (
        f"Of {total} statements of the paper, {count[REPRODUCED]} are reproduced from its published"
        f" table or agree with each other, {count[OTHER_CONVENTION]} only under another convention"
        f" or reading, {count[CONTRADICTED]} {_are(count[CONTRADICTED])} contradicted, and"
        f" {count[NOT_COMPUTABLE]} cannot be computed from what is published."
    )


def _conventions(followed: Sequence[Followed]) -> Iterator[str]:
    """Which convention the paper follows for each kind of claim."""
    for kind in dict.fromkeys(each.kind for each in followed):
        of_kind = [each for each in followed if each.kind == kind]
        papers = [each.convention for each in of_kind if each.followed]
        every, many = of_kind[0].claims, of_kind[0].reproducible
        plural = _PLURALS[kind]
        if papers:
            rest = f"; the other {every - many} no convention gives" if many < every else ""
            which = " or ".join(papers)
            subject = "each" if len(papers) > 1 else "it"
            yield (
                f"The paper's {plural} follow one convention, {which}: {subject} gives {many} of"
                f" the {every} different ones{rest}."
            )
        else:
            yield (
                f"The paper's {plural} do not follow one convention: each of {many} of the {every}"
                " different ones is given by some convention, and no convention gives them all."
            )


def _decisions(verdicts: Sequence[Verdict]) -> str:
    flipped = [v for v in verdicts if v.decision_error]
    if not flipped:
        return "No statement about significance flips when it is recomputed."
    told = "; ".join(f"{v.claim} ({v.decision_error})" for v in flipped)
    one = len(flipped) == 1
    return (
        f"{len(flipped)} statement{'s' * (not one)} about significance flip{'s' * one} when"
        f" recomputed: {told}."
    )


def _told(verdict: Verdict) -> Told:
    return Told(verdict, _recomputed(verdict, verdict.recomputed), tuple(_why(verdict)))


def _recomputed(verdict: Verdict, value: str) -> str:
    """A value with one decimal more than is printed; a text as it is."""
    printed = read_printed(verdict.printed)
    if not verdict.n_tried or not value:
        return value
    if printed is None:
        return "significant" if float(value) else "not significant"
    return number_text(float(value), printed.decimals + 1)


def _why(verdict: Verdict) -> Iterator[str]:
    if verdict.reason:
        yield f"{_capital(verdict.reason)}."
    if verdict.recomputed_by and verdict.verdict == CONTRADICTED:
        yield f"Recomputed by: {verdict.recomputed_by}."
    if verdict.verdict == OTHER_CONVENTION:
        yield _given_by(verdict)
    if verdict.nearest_by and verdict.nearest != verdict.recomputed:
        nearest = _recomputed(verdict, verdict.nearest)
        yield (
            f"Nearest of the {verdict.n_tried} conventions tried: {nearest} ({verdict.nearest_by})."
        )
    if verdict.misprint:
        yield f"Perhaps a misprint of {verdict.misprint}."
    if verdict.decision_error:
        yield f"Its significance flips: {verdict.decision_error}."
    for check in verdict.checks.split(CHECKS_BETWEEN):
        if f" {FAILS}: " in check:
            yield f"{check}."
    if verdict.note:
        yield verdict.note


def _given_by(verdict: Verdict) -> str:
    names = verdict.reproduced_by.split("; ")
    more = len(names) - _SHOWN_CONVENTIONS
    shown = "; ".join(names[:_SHOWN_CONVENTIONS])
    rest = f" and {more} more" if more > 0 else ""
    return (
        f"Given by: {shown}{rest}; {verdict.n_tried} conventions were tried, which give"
        f" {verdict.n_values} different values."
    )
