"""Lines of claims.tsv, and the table of the small study that they are about."""

from collections.abc import Callable

from casebook.claims.listed import COLUMNS
from casebook.data.verdicts import Verdict

HEADER = "\t".join(COLUMNS)

Audited = Callable[..., dict[str, Verdict]]
"""The fixture that judges such lines: the verdicts by the names of the claims."""

# The scores before are 8, 10, 12.5, 20 and 40, and after 3, 4, 5, 25 and one that is missing.
TABLE = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
a,70,F,"HCQ*, MTX",2024-01-31,well,12.5,3
b,NA,M,none,2024-02-01,,20,25
c,34,F,MTX*,,tired,8,4
d,66,F,HCQ,2024-03-01,,10,5
e,80,M,"HCQ, MTX",2024-03-02,,40,NA
"""


def claim(name: str, printed: str, computed_as: str, **cells: str) -> str:
    """A line of claims.tsv, with something in the cells that must not be empty."""
    given = {"claim": name, "place": "Results", "words": "some words", "printed": printed}
    given |= {"computed_as": computed_as, **cells}
    return "\t".join(given.get(column, "") for column in COLUMNS)
