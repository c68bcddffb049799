"""Whether numbers that are taken to be of one unit have several behind them, as mg and g.

Which units are left out in reading is for `units`; nothing is converted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from casebook.base.lists import enumerated
from casebook.data.findings import Finding
from casebook.prepare.columns import ColumnOfValues, of_each
from casebook.study.model import Study


def mixed_units(
    study: Study, file: str, rows: Sequence[int], columns: Iterable[ColumnOfValues]
) -> Iterator[Finding]:
    """A warning for each variable and outcome with several units, at the first of the rarest.

    Args:
        study: The study.
        file: The name of its table.
        rows: The rows of the cells of each column.
        columns: The columns of numbers, as they were read.
    """
    for _, read in of_each(study, (each for each in columns if len(each.source.units) > 1)):
        found: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for column in read:
            units = {text: column.source.unit(text) for text in column.digits}
            for place in column.places({text for text, unit in units.items() if unit}):
                text = column.texts[place]
                found[units[text]].append((rows[place], column.source.column, text))
        if len(found) > 1:
            rarest = min(found, key=lambda unit: len(found[unit]))
            row, header, text = min(found[rarest])
            behind = [
                f"{unit!r} ({len(cells):,} cell{'s' * (len(cells) > 1)})"
                for unit, cells in sorted(found.items())
            ]
            hint = (
                f"several units stand behind these numbers, {enumerated(behind)}, and all"
                " are used as they stand, as strip_unit is for spellings of one unit: if"
                " they are different units, convert the numbers in corrections.tsv"
            )
            value = "" if header in study.private_columns else text
            yield Finding("warning", file, row, header, value, "", hint)
