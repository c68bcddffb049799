"""The grids of tests among the main findings, of which each cell is a test in short.

What stands in a cell is put together by `evidence_cells`; which tests a grid has is for
`main_findings` to say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.report.evidence import Evidence, Explained, Named, Place, Said
from casebook.report.evidence_cells import Cell, cell_of
from casebook.study.model import Study
from casebook.wording.paired_tests import level_words

_PRIMARY = Cell(Said("Primary: see above"))


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid, with the tables that explain its tests, and no cell where there is none."""

    label: str
    explained: tuple[Explained, ...]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The tests of one contrast, of all visits, or of one comparison."""

    heading: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid as it is printed."""

    name: str
    title: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def evidence_grid(
    name: str, title: str, first: str, tests: Sequence[Evidence], notes: Iterable[str] = ()
) -> Grid | None:
    """The grid of these tests; None where the primary ones, which sentences tell, are all.

    Args:
        name: What tells it from other grids.
        title: What it is called.
        first: What stands at the head of its first column.
        tests: All tests, the primary ones among them, in the order of blocks and rows.
        notes: What is said below it before what its cells mean.
    """
    primary = {*tests[0].study.primary} if tests else set()
    others = [test for test in tests if test.key not in primary]
    if not others:
        return None
    cells = {test.place: cell_of(test) for test in others}
    told = {test.place: _PRIMARY for test in tests if test.key in primary}
    study = others[0].study
    columns = _columns(study, cells)
    shown = {(place.block, place.row) for place in cells}
    # The primary tests keep the order, so that a row does not move for what is told above it.
    by_block: dict[Named, list[Evidence]] = {}
    for test in tests:
        if (test.place.block, test.place.row) in shown:
            by_block.setdefault(test.place.block, []).append(test)
    blocks = tuple(
        Block(block.label, tuple(_rows(of_block, columns, told | cells)))
        for block, of_block in by_block.items()
    )
    heads = (first, *(column.label for column in columns))
    meanings = _meanings(study, [*cells.values()])
    return Grid(name, title, heads, blocks, (*notes, *meanings))


def _columns(study: Study, places: Iterable[Place]) -> tuple[Named, ...]:
    """The columns of these places, in the order of the study."""
    order = [*study.outcomes, *study.conditions, *study.grades]
    found = dict.fromkeys(place.column for place in places)
    return tuple(sorted(found, key=lambda column: order.index(column.name)))


def _rows(
    tests: Iterable[Evidence], columns: Sequence[Named], cells: Mapping[Place, Cell]
) -> Iterator[GridRow]:
    """The rows of a block, which has these tests."""
    rows: dict[tuple[Named, Named], list[Evidence]] = {}
    for test in tests:
        rows.setdefault((test.place.block, test.place.row), []).append(test)
    for (block, row), found in rows.items():
        yield GridRow(
            row.label,
            tuple(dict.fromkeys(t.explained for t in found if t.place.column in columns)),
            tuple(cells.get(Place(block, row, column)) for column in columns),
        )


def _meanings(study: Study, cells: Sequence[Cell]) -> Iterator[str]:
    """What stands in the cells; of what stands in none, nothing is said."""
    said = [
        *(cell.size for cell in cells),
        *(cell.p for cell in cells),
        *(remark for cell in cells for remark in cell.remarks),
    ]
    yield from dict.fromkeys(each.meaning for each in said if each.meaning)
    if any(cell.reached for cell in cells):
        yield f"Bold: {level_words(study)}."
