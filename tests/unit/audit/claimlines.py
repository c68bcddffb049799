"""Lines of claims.tsv."""

from casebook.claims import COLUMNS

HEADER = "\t".join(COLUMNS)


def claim(name: str, printed: str, computed_as: str, **cells: str) -> str:
    """A line of claims.tsv, with something in the cells that must not be empty."""
    given = {"claim": name, "place": "Results", "words": "some words", "printed": printed}
    given |= {"computed_as": computed_as, **cells}
    return "\t".join(given.get(column, "") for column in COLUMNS)
