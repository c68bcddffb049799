"""What an audit found, in plain sentences for a reader; nothing is judged here."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from casebook.base.lists import first_of
from casebook.base.texts import capital
from casebook.data.programs import made_by
from casebook.data.verdicts import (
    BY_CHANCE,
    CONTRADICTED,
    CUT_OFF,
    NOT_COMPUTABLE,
    OTHER_CONVENTION,
    REPRODUCED,
    VERDICTS,
    WRONG,
    Followed,
    Verdict,
)
from casebook.wording.numbers import number_text, with_minus
from casebook.wording.sentences import in_brief, listed, of_each

_SHOWN_CONVENTIONS = 3
_IN_WORDS = {
    "significant": ("significant", "not significant"),
    "always": ("true of everyone", "not true of everyone"),
    "never": ("true of nobody", "not true of nobody"),
}
"""What is said of a claim of these kinds for 1 and for 0."""
_OF_OTHER_CLAIMS = ("same", "total", "between", "says")
"""The kinds of claims that are held against what other claims print, and against no data."""


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
        reasons.setdefault(capital(told.verdict.reason), []).append(told.verdict)
    return Audit(
        sentences=(
            _outcome(rows),
            *_among_themselves(verdicts),
            *_unreviewed(verdicts),
            *_conventions(verdicts, followed),
            _decisions(verdicts),
            *_printed_twice(verdicts),
        ),
        counts={name: len(found) for name, found in rows.items()},
        rows=rows,
        reasons=reasons,
    )


def in_one_line(verdicts: Sequence[Verdict]) -> str:
    """How many claims of the paper have each verdict; nothing where there are none to check."""
    if not verdicts:
        return ""
    counts = Counter(verdict.verdict for verdict in verdicts)
    told = ", ".join(_counted(name, counts[name]) for name in VERDICTS if counts[name])
    drafts = sum(verdict.is_unreviewed for verdict in verdicts)
    unreviewed = f" {drafts} of them nobody has reviewed." if drafts else ""
    return f" Of {len(verdicts)} claim{'s' * (len(verdicts) > 1)} of the paper {told}.{unreviewed}"


def _counted(verdict: str, count: int) -> str:
    """How many claims have a verdict, as part of a sentence."""
    is_or_are, they_fit = ("is", "it fits") if count == 1 else ("are", "they fit")
    words = {
        REPRODUCED: f"{is_or_are} reproduced",
        OTHER_CONVENTION: "only under another convention or reading",
        BY_CHANCE: f"{is_or_are} most probably wrong ({they_fit} only by chance)",
        CONTRADICTED: f"{is_or_are} contradicted",
        NOT_COMPUTABLE: "cannot be computed",
    }
    return f"{count} {words[verdict]}"


def _outcome(rows: dict[str, list[Told]]) -> str:
    told = {name: _counted(name, len(found)) for name, found in rows.items()}
    total = sum(map(len, rows.values()))
    between = "".join(
        f" {told[name]}," for name in (OTHER_CONVENTION, BY_CHANCE, CONTRADICTED) if rows[name]
    )
    return (
        f"Of {total} statements of the paper, {told[REPRODUCED]} from its published table or agree"
        f" with each other,{between} and {told[NOT_COMPUTABLE]} from what is published."
    )


def _among_themselves(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """How many claims were held against other claims alone, and how many of these agree."""
    held = [verdict.verdict for verdict in verdicts if verdict.kind in _OF_OTHER_CLAIMS]
    if held:
        yield (
            f"For {len(held)} statement{'s' * (len(held) > 1)} the paper is compared only with"
            " itself, such as a sum with its parts: it agrees in"
            f" {held.count(REPRODUCED)}, and does not in {held.count(CONTRADICTED)}."
        )


def _unreviewed(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """How many claims are drafts that nobody has looked at, or only as repeats of others."""
    count = sum(verdict.is_unreviewed for verdict in verdicts)
    repeats = sum(verdict.is_repeat for verdict in verdicts)
    if count:
        yield (
            f"{count} of these {len(verdicts)} {'is' if count == 1 else 'are'} drafted by casebook,"
            " and nobody has reviewed what they correspond to: their verdicts are marked."
        )
    if repeats:
        one = repeats == 1
        yield (
            f"{repeats} of these {len(verdicts)} print{'s' * one} again what another one does, or"
            f" a value in its column, and {'was' if one else 'were'} reviewed with that."
        )


def _conventions(verdicts: Sequence[Verdict], followed: Sequence[Followed]) -> Iterator[str]:
    """Which convention the paper follows for each kind of claim."""
    for kind in dict.fromkeys(each.kind for each in followed):
        of_kind = [each for each in followed if each.kind == kind]
        papers = [each.convention for each in of_kind if each.followed]
        every, many = of_kind[0].claims, of_kind[0].reproducible
        plural = kind.plural
        if papers:
            rest = _rest(verdicts, of_kind)
            given = min(each.reproduced for each in of_kind if each.followed)
            outliers = {name for each in of_kind for name in each.outliers}
            if named := many - given - len(outliers):
                is_by = "is by the test" if named == 1 else "are by the tests"
                rest = f"; {named} {is_by} that it names for {'it' if named == 1 else 'them'}{rest}"
            which = f"one convention, {papers[0]}, which"
            if len(papers) > 1:
                which = f"one of these conventions ({'; '.join(listed(papers))}), each of which"
            yield (
                f"The paper's {plural} follow {which} gives {given} of the {every} different"
                f" values{rest}{_outliers(outliers, verdicts)}."
            )
        elif many == 0:
            rest = _rest(verdicts, of_kind) if _given_otherwise(verdicts, of_kind) else ""
            yield f"No convention gives any of the paper's {every} different {plural}{rest}."
        elif many == 1:
            yield (
                f"Only 1 of the paper's {every} different {plural} is given by any convention: too"
                " few to tell which one the paper follows."
            )
        elif _all_as_named(verdicts, kind):
            yield (
                f"The paper's {plural} follow the conventions that it names for them, or the"
                f" study's own where it names none: these give {many} of the {every} different"
                " values, and no single convention gives them all."
            )
        else:
            yield (
                f"The paper's {plural} do not follow a single convention: {many} of the {every}"
                " different values are each given by some convention, but none gives them all."
            )


def _rest(verdicts: Sequence[Verdict], of_kind: Sequence[Followed]) -> str:
    """What gives the values that no convention does, as the end of a sentence."""
    left = of_kind[0].claims - of_kind[0].reproducible
    ways = _given_otherwise(verdicts, of_kind)[:left]
    told = []
    if ways:
        by = " or ".join(dict.fromkeys(ways))
        told.append(f"{len(ways)} {'is' if len(ways) == 1 else 'are'} given by {by}")
    if none := left - len(ways):
        told.append(f"no convention{' or reading' * bool(ways)} gives the other {none}")
    return "".join(f"; {each}" for each in told)


def _given_otherwise(verdicts: Sequence[Verdict], of_kind: Sequence[Followed]) -> list[str]:
    """How those different values of a kind are given that count, but by none of its conventions."""
    names = tuple(each.convention for each in of_kind)
    found = {
        (v.computed_as, v.printed): v.reproduced_by
        for v in verdicts
        if (v.kind, v.verdict) == (of_kind[0].kind, OTHER_CONVENTION) and v.slips_fit
    }
    return [
        "cutting off" if {*given} == {CUT_OFF} else "another reading"
        for given in found.values()
        if not any(each.startswith(names) for each in given)
    ]


def _outliers(names: Container[str], verdicts: Sequence[Verdict]) -> str:
    """The claim that the paper's convention does not give, though another one does."""
    told = [f"{v.claim} prints {v.printed}" for v in verdicts if v.claim in names]
    return f"; {', '.join(listed(told))}, which only others give" if told else ""


def _all_as_named(verdicts: Sequence[Verdict], kind: str) -> bool:
    """Whether whatever any convention gives is given by the one that the paper names for it."""
    given = {each.verdict for each in verdicts if each.kind == kind}
    return given & {REPRODUCED, OTHER_CONVENTION} == {REPRODUCED}


def _decisions(verdicts: Sequence[Verdict]) -> str:
    flipped = [v for v in verdicts if v.decision_error]
    if not flipped:
        return "No statement about significance flips when it is recomputed."
    told = "; ".join(listed([f"{v.claim} ({v.decision_error})" for v in flipped]))
    one = len(flipped) == 1
    return (
        f"{len(flipped)} statement{'s' * (not one)} about significance flip{'s' * one} when"
        f" recomputed: {told}."
    )


def _printed_twice(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Which numbers the paper prints in two places, and not alike."""
    by_name = {verdict.claim: verdict for verdict in verdicts}
    seen: set[str] = set()
    groups = []
    for verdict in verdicts:
        group = [verdict, *(by_name[name] for name in verdict.elsewhere)]
        if verdict.elsewhere and verdict.claim not in seen:
            seen.update(each.claim for each in group)
            groups.append([f"{each.claim} {each.printed}" for each in group])
    if groups:
        one = len(groups) == 1
        told = [", ".join(listed(group)) for group in groups]
        most = of_each(max(map(len, groups)))
        yield (
            f"The paper prints {len(groups)} value{'s' * (not one)} in two ways that cannot both be"
            f" right: {'; '.join(first_of(told, most))}."
        )


def _told(verdict: Verdict) -> Told:
    why = (*_drafted(verdict), *_why(verdict))
    return Told(verdict, _recomputed(verdict, verdict.recomputed), why)


def _drafted(verdict: Verdict) -> Iterator[str]:
    if verdict.is_repeat:
        is_value = verdict.computed_as.startswith("value(")
        same = "is of the same column" if is_value else "prints the same"
        yield f"{capital(verdict.review)}, which {same}."
    elif verdict.is_unreviewed:
        yield f"Not reviewed: what it corresponds to is a guess that rests on {verdict.review}."


def _recomputed(verdict: Verdict, value: str) -> str:
    """A value with one decimal more than is printed; a text as it is."""
    if not verdict.n_tried or not value:
        return value
    if verdict.kind in _IN_WORDS:
        is_so, is_not = _IN_WORDS[verdict.kind]
        return is_so if float(value) else is_not
    percent = "%" if verdict.printed.endswith("%") else ""
    return f"{number_text(float(value), verdict.decimals + 1)}{percent}"


def _why(verdict: Verdict) -> Iterator[str]:
    if verdict.reason:
        yield f"{capital(verdict.reason)}."
    if verdict.direction:
        yield f"Differences are {verdict.direction}, as the paper takes them."
    if verdict.recomputed_by and verdict.verdict != REPRODUCED:
        yield f"Recomputed by: {verdict.recomputed_by}."
    if verdict.verdict == OTHER_CONVENTION:
        yield _given_by(verdict)
    if verdict.papers_convention and verdict.verdict in WRONG:
        value = _recomputed(verdict, verdict.papers_value)
        yield f"By the paper's own convention, {verdict.papers_convention}: {value}."
    if verdict.verdict in WRONG:
        yield from _not_given_by(verdict)
    if verdict.n_tried and not verdict.would_fit and verdict.verdict != OTHER_CONVENTION:
        yield from _all_tried(verdict)
    if verdict.misprint:
        yield f"Perhaps a misprint of {with_minus(verdict.misprint)}."
    if verdict.decision_error:
        yield f"Its significance flips: {verdict.decision_error}."
    for check in verdict.failed_checks:
        yield f"{check}."
    if verdict.elsewhere:
        elsewhere = in_brief(verdict.elsewhere)
        yield f"The paper prints a different value for the same quantity in {elsewhere}."
    if verdict.note:
        yield verdict.note


def _all_tried(verdict: Verdict) -> Iterator[str]:
    """How much was tried, and what of it comes nearest to a number that nothing gives."""
    # Slips tell whether agreement may be chance, and here nothing agrees.
    tried = _ways(verdict) if verdict.verdict in WRONG else _tried(verdict)
    yield f"{capital(tried)}."
    if verdict.nearest_by and verdict.nearest != verdict.recomputed:
        nearest = _recomputed(verdict, verdict.nearest)
        yield f"The nearest of them is {nearest} ({verdict.nearest_by})."


def _given_by(verdict: Verdict) -> str:
    return f"Given by: {_first(verdict.reproduced_by)}; {_tried(verdict)}."


def _not_given_by(verdict: Verdict) -> Iterator[str]:
    """What gives the printed value of a contradiction, and why it does not count."""
    if verdict.ruled_out:
        names = _first(verdict.ruled_out)
        yield f"Would fit by {names}, but no data can give this value for what the paper names."
    if verdict.would_fit:
        found = _first(verdict.would_fit)
        yield f"Would fit {found}, which does not count as agreement: {_tried(verdict)}."


def _first(names: Sequence[str]) -> str:
    """The first of several conventions, and how many more there are."""
    more = len(names) - _SHOWN_CONVENTIONS
    shown = "; ".join(map(made_by, names[:_SHOWN_CONVENTIONS]))
    return f"{shown} and {more} more" if more > 0 else shown


def _tried(verdict: Verdict) -> str:
    """How much was tried, and how easily a slip of the pen would have hit any of it."""
    slips = ""
    if verdict.slips_fit:
        share = float(verdict.slips_fit)
        some = (
            f"{number_text(100 * share, 0)}% of all possible misprints" if share else "no misprint"
        )
        slips = f"; {some} of the right number would match one of them"
    return f"{_ways(verdict)}{slips}" if verdict.n_tried > 1 else _ways(verdict)


def _ways(verdict: Verdict) -> str:
    """In how many ways it was computed, and how many values they give."""
    if verdict.n_tried == 1:
        return "it was computed in one way only"
    values = "one value" if verdict.n_values == 1 else f"{verdict.n_values} different values"
    return f"{verdict.n_tried} ways of computing it were tried, which give {values}"
