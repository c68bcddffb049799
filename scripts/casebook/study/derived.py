"""Values that follow from a patient's other values, by an expression.

Which ones a study has, `derived` and the outcomes that are computed, is said in `model`; here is
what they have in common.
"""

from functools import cached_property

from casebook.study.described import Model
from casebook.study.expressions import Expression, parse
from casebook.study.fields import Range, Text, Wording


class Derived(Model):
    """A value that follows from a patient's other values."""

    label: Wording
    """Name for readers."""
    expression: Text
    """How it is computed from variables, measurements and the derived values above it."""
    unit: Text | None = None
    """Unit, where it is a number."""
    range: Range | None = None
    """Smallest and largest value that can be true, where it is a number; what lies outside is an
    error."""

    @cached_property
    def parsed(self) -> Expression:
        """The expression, parsed."""
        return parse(self.expression)
