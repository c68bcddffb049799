"""What `casebook new` says of a long table whose rows nothing tells apart: it cannot be drafted."""

from casebook.base.lists import enumerated
from casebook.cli.given import GivenTable
from casebook.doubts.long_tables import ANY, LONG
from casebook.drafting.identified import Identifier
from casebook.drafting.redcap import counts_events
from casebook.drafting.sketch import columns_in
from casebook.drafting.told_apart import nearly_tells_apart, without_the_last_row

_MOST_PAIRS = 5


def told_of_long(table: GivenTable, who: Identifier) -> str:
    """Why nothing tells the rows of a patient apart, and what can be done, in words.

    Args:
        table: The table.
        who: What identifies the patients.
    """
    told = f"{table.path}: {LONG}: in {who.column!r}, {who.reason}."
    columns = columns_in(table.grid)
    if counted := counts_events(columns):
        return (
            f"{told} Its events repeat, and {counted!r} counts them: put the event and this number"
            " into one column in a copy of the table. Nothing was written."
        )
    if found := nearly_tells_apart(columns, who.column):
        pairs = [[table.grid.body[place] for place in pair] for pair in found.pairs]
        rows = enumerated([f"{first} and {second}" for first, second in pairs[:_MOST_PAIRS]])
        more = f" and {len(pairs) - _MOST_PAIRS} more" * (len(pairs) > _MOST_PAIRS)
        return (
            f"{told} {found.header!r} would tell the rows of each apart, but for rows {rows}{more},"
            " which are of one patient and have the same text there: if a row was entered twice,"
            f" leave one out, as by --leave-out {pairs[0][1]}. Nothing was written."
        )
    shorter = without_the_last_row(columns, who)
    if visits := shorter.of_visits or shorter.measure:
        last = table.grid.body[-1]
        label = next((each.texts[-1] for each in columns if each.texts[-1]), "")
        return (
            f"{told} {visits!r} would tell the rows of each apart, but for the last row,"
            f" which begins with {label!r}: if it is not of a patient, leave it out by"
            f" --leave-out {last}. Nothing was written."
        )
    return (
        f"{told} No column tells the rows of each apart, so that no draft can be made; in a"
        f" study.yaml of your own, {ANY}. Nothing was written."
    )
