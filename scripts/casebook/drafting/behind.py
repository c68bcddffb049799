"""What stands behind the numbers of a column, as mg in 10 mg: its unit, or a slip in some cells.

What is before it is for `numbers`; what a header says of the unit is for `headers`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.base.numerals import LIMIT_SIGN, SEEMING
from casebook.data.cells import folded

_BEHIND = re.compile(
    rf"{LIMIT_SIGN}?\s*{SEEMING}[., ']*\s*"
    r"(?P<all>(?P<unit>[^\W\d_%][^\d\s]{0,14})(?: [^\d]{1,20})?)"
)
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_OUT_OF = re.compile(rf"(?P<number>{SEEMING}) ?(?P<all>/ ?(?P<most>\d{{1,4}}))")
"""A score with what it is out of, as 7/10."""
MOST_ODD = 0.2
"""What share of a column's cells may be written otherwise; so many are looked at one by one."""
_MOST_ENDINGS = 4


@dataclass(frozen=True)
class Behind:
    """What is left out in reading.

    Attributes:
        unit: The unit that most or some cells have; empty if they have none.
        endings: The texts that it stands in, as "mg" and "mg daily"; or what numbers are out of, as
            "/10".
        out_of: The most that a number can be, if they are out of it.
    """

    unit: str = ""
    endings: Sequence[str] = ()
    out_of: int = 0

    @property
    def is_worded(self) -> bool:
        """Whether more stands behind it than can be listed."""
        return len(self.endings) > _MOST_ENDINGS

    def without(self, text: str) -> str:
        """A text without its ending, if it has one."""
        found = (_OUT_OF if self.out_of else _BEHIND).fullmatch(text)
        return (
            text[: found.start("all")].rstrip() if found and found["all"] in self.endings else text
        )


def behind(texts: Sequence[str], of_header: str) -> Behind:
    """What stands behind the numbers of a column.

    The unit of a few cells is a slip, unless it is that of the header.

    Args:
        texts: The texts of its cells.
        of_header: The unit that the header has, if any.
    """
    if scores := _scores(texts):
        return scores
    found = [match for text in texts if (match := _BEHIND.fullmatch(text))]
    counts = Counter(folded(each["unit"]) for each in found)
    header = folded(of_header)
    own = [unit for unit in counts if header == unit or header.startswith((f"{unit}/", f"{unit} "))]
    unit, count = max(counts.items(), key=lambda each: (each[0] in own, each[1]), default=("", 0))
    least = len(texts) / 4 - 1 if len(unit) == 1 else MOST_ODD * len(texts)
    if unit not in own and count <= max(1, least):
        return Behind()
    alike = [each for each in found if folded(each["unit"]) == unit]
    endings = {each["all"] for each in alike}
    spelled = Counter(each["unit"] for each in alike).most_common(1)[0][0]
    return Behind(spelled, sorted(endings, key=lambda each: (len(each), each)))


def _scores(texts: Sequence[str]) -> Behind | None:
    """What numbers are out of, where nearly all say it, as 7/10; None if they do not."""
    found = [match for text in texts if (match := _OUT_OF.fullmatch(text))]
    most, count = max(Counter(each["most"] for each in found).items(), key=lambda each: each[1],
                      default=("0", 0))  # fmt: skip
    if count < 2 or count < len(texts) * (1 - MOST_ODD):
        return None
    alike = [each for each in found if each["most"] == most]
    numbers = [
        float(each["number"].replace(",", "."))
        for each in alike
        if _DECIMAL.fullmatch(each["number"])
    ]
    if len(numbers) < count or max(numbers) > int(most):
        return None
    return Behind(
        endings=sorted({each["all"].strip() for each in alike}, key=len), out_of=int(most)
    )
