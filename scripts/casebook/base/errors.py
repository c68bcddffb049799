"""Mistakes in what a user gave, told without a traceback.

Every room raises its own kind of `UserError`; this one knows only how to print them. An error in
casebook itself is not a `UserError` and keeps its traceback.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from casebook.base.lists import first_of

_LISTED = 40

# Among more names than these none is looked for that is like another one: it takes a millisecond
# a thousand, for each mistake.
_COMPARED = 1000
_SAME = {
    "avg": "mean",
    "average": "mean",
    "std": "sd",
    "stdev": "sd",
    "q1": "p25",
    "q3": "p75",
    "sem": "se",
    "p": "p_value",
    "pval": "p_value",
    "minimum": "min",
    "maximum": "max",
    "number": "count",
    "proportion": "percent",
    "percentage": "percent",
    "share": "percent",
    "quantile": "percentile",
    "wilcoxon": "signed-rank",
    "wilcoxon signed-rank": "signed-rank",
    "mann-whitney": "rank-sum",
    "t-test": "paired t-test",
}
"""Names that others give to what has another name here."""


class UserError(Exception):
    """Something the user can mend; `str()` of it is what the user reads."""


@contextmanager
def user_errors() -> Iterator[None]:
    """Print a `UserError` of the block as plain text and end the program with status 1."""
    try:
        yield
    except UserError as error:
        # On a full disk the log takes no message; the status still says that the step failed.
        with suppress(OSError):
            print(error, file=sys.stderr)  # noqa: T201 - the log of the step
        raise SystemExit(1) from None


def nearest(name: str, known: list[str]) -> str:
    """The known name most like `name`; empty if none is like it, or there are thousands.

    A name of three letters or more may be the beginning of a single one, as in var for variables.
    """
    if len(known) > _COMPARED:
        return ""
    # difflib costs start-up time and is needed only when something is wrong.
    import difflib

    by_folded = {other.casefold(): other for other in known}
    if (same := _SAME.get(name.casefold(), "")) in known:
        return same
    short = name.casefold().removesuffix("s")
    begun = [other for other in by_folded if other.startswith(short)] if len(short) > 2 else []
    if len(begun) == 1:
        return by_folded[begun[0]]
    close = difflib.get_close_matches(name.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""


def suggestion(name: str, known: list[str]) -> str:
    """`did you mean 'x'?` for the known name most like `name`, or nothing."""
    close = nearest(name, known)
    return f"did you mean {close!r}?" if close else ""


def listed(known: list[str], name: str = "") -> str:
    """The known names in a row, and which of them was probably meant by `name`, if any.

    They stand between semicolons where one of them has a comma, as `itch_change, four` has.
    """
    close = suggestion(name, known) if name else ""
    apart = "; " if any("," in each for each in known) else ", "
    return apart.join(first_of(known, _LISTED)) + (f"; {close}" if close else "")
