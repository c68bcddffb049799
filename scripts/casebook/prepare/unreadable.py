"""Why the text of a cell is no value of its column, and what would be allowed or can be done.

When a text is such a one is for `values` and `numbers`.
"""

from casebook.base.numerals import Limits, Numerals, other_readings, readings

_NO_ZERO = (
    "a number below one begins with a 0: correct a slip in corrections.tsv; if the table leaves"
    " this 0 out everywhere, as SPSS and Stata do, write leading_zero: false under source in"
    " study.yaml"
)

_GROUPED = "it is a number with {}, under source in study.yaml; correct a slip in corrections.tsv"

_GROUPED_OTHERWISE = (
    "it is a number with {} between thousands, where source.thousands of study.yaml says {}: write"
    " it without such a sign in corrections.tsv"
)


class UnreadableError(ValueError):
    """A text that does not fit its column; `number` is what it writes, if it is out of range."""

    def __init__(self, allowed: str, hint: str = "", number: float | None = None) -> None:
        super().__init__(allowed)
        self.allowed, self.hint, self.number = allowed, hint, number


class InexactError(UnreadableError):
    """A number that a text says inexactly, as <5, if the study does not say what to use for it."""


class OtherFormError(UnreadableError):
    """A day in another form than the study says; its hint tells nothing of the text but that."""


class OtherWayError(UnreadableError):
    """A text that writes a number, if in another way than the study says: in one of `ways`."""

    def __init__(self, allowed: str, text: str, limits: Limits) -> None:
        super().__init__(allowed, other_readings(text, limits))
        self.ways = readings(text, limits)

    def way_out(self, numerals: Numerals, *, agreed: bool, corrected: bool) -> str:
        """What to do about it.

        Args:
            numerals: The way in which the study writes numbers.
            agreed: Whether the numbers of the table are mostly written in this way.
            corrected: Whether corrections.tsv has put the text there.
        """
        ways = self.ways
        if corrected:
            return f"write {' or '.join(map(numerals.text, ways))}, as the study writes numbers"
        if numerals.thousands:
            signs = [way.thousands for way in ways.values() if way.decimal == numerals.decimal]
            if other := next(filter(None, signs), ""):
                return _GROUPED_OTHERWISE.format(repr(other), repr(numerals.thousands))
        if agreed and any(way.decimal != numerals.decimal for way in ways.values()):
            grouped = next((way for way in ways.values() if way.decimal == numerals.decimal), None)
            if grouped:
                return _GROUPED.format(grouped)
            sign = repr(numerals.decimal)
            return f"other numbers have {sign} before their decimals: correct it in corrections.tsv"
        found = {(way.decimal, way.leading_zero) for way in ways.values()}
        if found == {(numerals.decimal, False)}:
            return _NO_ZERO
        return self.hint
