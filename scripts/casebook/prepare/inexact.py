"""How many values of numbers are said inexactly, such as <5 and 30–40, and what is used for them.

Which number that is, is said in `numbers`. What it does to statistics is not known here: a limit in
place of values makes them and their differences look less spread than they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.base.inexact import Form, inexact
from casebook.base.lists import enumerated
from casebook.data.cells import folded
from casebook.data.findings import Finding, Topic
from casebook.prepare.columns import ColumnOfValues, of_each
from casebook.study.inexact import GIVEN, USED
from casebook.study.model import Study

_CELLS: dict[Form, str] = {
    "from_to": "a range, {} (from_to in study.yaml)",
    "plus_minus": "a number with its spread, {} (plus_minus in study.yaml)",
}
"""What is told of each cell of a form; of limits there can be very many."""
_SHOWN = 5


@dataclass(frozen=True)
class _Numbers:
    """The columns of one variable or outcome, as they were read, in the rows of a table."""

    study: Study
    file: str
    rows: Sequence[int]
    label: str
    columns: Sequence[ColumnOfValues]

    def told(
        self, texts: Sequence[Iterable[str]], words: str, cell: str, about: Topic
    ) -> Iterator[Finding]:
        """A note on some texts, if there are any, and on each of their cells.

        Args:
            texts: The texts, for each of the columns.
            words: What they are, and what became of them, with a place for "was" or "were".
            cell: What is told of each cell, if anything.
            about: What the note is about.
        """
        places = [[*column.places({*of})] for column, of in zip(self.columns, texts, strict=True)]
        if not (count := sum(map(len, places))):
            return
        total = sum(each.counts[text] for each in self.columns for text in each.digits)
        number = f"{count} of {total} value{'s' * (total > 1)}{self._at_visits(places)}"
        hint = f"{self.label}: {number} {words.format('was' if count == 1 else 'were')}"
        headers = {each.source.column for each in self.columns}
        is_private = bool(headers & self.study.private_columns)
        shown = [*dict.fromkeys(text for of in texts for text in of)]
        value = "" if is_private else ", ".join([*shown[:_SHOWN], *["..."] * bool(shown[_SHOWN:])])
        header = headers.pop() if len(headers) == 1 else ""
        yield Finding("note", self.file, 0, header, value, "", hint, about=about)
        for column, found in zip(self.columns, places if cell else (), strict=bool(cell)):
            for place in found:
                at = (self.file, self.rows[place], column.source.column)
                yield Finding("note", *at, "" if is_private else column.texts[place], "", cell)

    def _at_visits(self, places: Sequence[Sequence[int]]) -> str:
        """How many of the values are of each visit, where several were read."""
        if len(places) == 1:
            return ""
        visits, measured = self.study.visits, self.study.measured
        names = (visits[measured[each.source.name][1]].label for each in self.columns)
        counts = zip(names, map(len, places), strict=True)
        return f" ({', '.join(f'{label}: {count}' for label, count in counts)})"


def inexact_in(
    study: Study, file: str, rows: Sequence[int], columns: Iterable[ColumnOfValues]
) -> Iterator[Finding]:
    """A note for each variable and outcome, and each form that it has: what is used for it.

    The note is about a `limit`, and its hint is what tables say of the same values. There is one
    for the marks that are left out, too, and one for each cell with a mark, a range or a spread.

    Args:
        study: The study.
        file: The name of its table.
        rows: The rows of the cells of each column.
        columns: The columns of numbers, as they were read.
    """
    for kind, read in of_each(study, columns):
        numbers = _Numbers(study, file, rows, kind.label, read)
        rules = dict(kind.rules)
        said = [_by_form(each) if rules else {} for each in read]
        for form, rule in rules.items():
            words = f"{GIVEN[form]} {{}} {USED[rule]}"
            cell = _CELLS.get(form, "").format(USED[rule])
            yield from numbers.told([each.get(form, []) for each in said], words, cell, "limit")
        if kind.marks:
            marks = enumerated([*map(repr, kind.marks)])
            words, cell = f"with a mark ({marks}) {{}} read without it", "read without its mark"
            marked = [[*filter(each.source.has_mark, each.digits)] for each in read]
            yield from numbers.told(marked, words, cell, "")
        if kind.values:
            meant = enumerated([f"{word!r}: {n:.15g}" for word, n in kind.values.items()])
            texts = [[t for t in each.digits if folded(t) in kind.values] for each in read]
            yield from numbers.told(
                texts, f"written in words ({meant}) {{}} read as numbers", "", ""
            )


def forms_of_outcomes(study: Study, columns: Iterable[ColumnOfValues]) -> dict[str, Sequence[str]]:
    """In which form each cell of an outcome says its number inexactly; "" where it does not.

    Args:
        study: The study.
        columns: The columns of numbers, as they were read.

    Returns:
        The forms by the name of the value, of outcomes of which the study says what is used; none
        of a value that no column has.
    """
    measured = study.measured.items()
    inexact_ones = (name for name, (of, _) in measured if any(study.outcomes[of].rules))
    found: dict[str, Sequence[str]] = dict.fromkeys(inexact_ones, ())
    for each in columns:
        if each.source.name in found:
            form_of = {text: form for form, texts in _by_form(each).items() for text in texts}
            found[each.source.name] = [form_of.get(text, "") for text in each.texts]
    return found


def _by_form(column: ColumnOfValues) -> dict[Form, list[str]]:
    """The texts of a column that say their number inexactly, by the form in which they do."""
    found: defaultdict[Form, list[str]] = defaultdict(list)
    for text, digits in column.digits.items():
        if said := inexact(digits):
            found[said.form].append(text)
    return found
