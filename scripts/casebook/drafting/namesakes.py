"""Names for columns whose header others have as well, by which a study tells them apart."""

from collections import Counter
from collections.abc import Mapping

from casebook.data.cells import column_name, folded, normalised
from casebook.drafting.visits import stems_before


def named_apart(headers: Mapping[int, str]) -> dict[str, str]:
    """A name of its own for each column whose header others have, too, by its letter.

    It has what the header lacks that names a visit alone, or else a number, counted from the left.

    Args:
        headers: The headers by the numbers of the columns.
    """
    plain = {number: normalised(text) for number, text in headers.items()}
    counts, seen = Counter(plain.values()), Counter[str]()
    taken = {*map(folded, plain.values())}
    found = {}
    for (number, text), stem in zip(plain.items(), stems_before([*plain.values()]), strict=True):
        if not text or counts[text] == 1:
            continue
        seen[text] += 1
        name = f"{stem} {text}" if stem else f"{text} {seen[text]}"
        if folded(name) in taken:
            name = f"{name} ({column_name(number)})"
        taken.add(folded(name))
        found[column_name(number)] = name
    return found
