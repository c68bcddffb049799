"""What `casebook new` does: a folder with copies of tables and a draft of its study.yaml.

The draft is held against the table before anyone sees it: a column of which a guess does not fit is
kept as text, one that cannot be read at all is left out, and single slips among numbers are told.
What is guessed belongs to `drafting`.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from casebook.base.errors import UserError
from casebook.base.files import written
from casebook.base.lists import enumerated
from casebook.data.cells import Grid, normalised
from casebook.data.findings import DataError, Finding
from casebook.data.remarks import A_VALUE
from casebook.doubts.long_tables import ANY, LONG
from casebook.drafting.identifier import Identifier, nearly_tells_apart
from casebook.drafting.labelled import Described
from casebook.drafting.notes import notes_below
from casebook.drafting.page import Reading, page
from casebook.drafting.parts import Sketch
from casebook.drafting.sketch import columns_in, sketch
from casebook.drafting.together import Cells, Joined, together
from casebook.drafting.unreviewed import REVIEW, marked_lines
from casebook.mistakes import wrong_with
from casebook.prepare.ingest import RawTable, TitleError, read_table
from casebook.prepare.ingest import described as with_labels
from casebook.reading.filekinds import TEXTS
from casebook.reading.redcap import Dictionary, dictionary_beside, read_dictionary
from casebook.reading.sheets import first_of_several, labels_of_columns
from casebook.study.fields import Encoding, name_for
from casebook.study.folder import CLAIMS, CORRECTIONS, STUDY
from casebook.study.source import TableForm

_ROUNDS = 3
_MOST_TITLES = 9
_ABOVE, _BELOW = "above the table", "a note below the table"
_SEEMS = {_ABOVE: "a title", _BELOW: _BELOW}
_MOST_PAIRS = 5
_OPTIONS = (
    "Nothing was written. What source.sheet, source.encoding, source.header and source.leave_out of"
    " study.yaml would say, say here by --sheet NAME, --encoding NAME, --header ROW and"
    " --leave-out ROW."
)


class NotBegunError(UserError):
    """A study cannot be begun from what the user gave."""


@dataclass(frozen=True)
class Begun:
    """A study that was begun.

    Attributes:
        folder: Its folder.
        marks: How many guesses are to be looked at.
        sketch: What was guessed.
        wrong: What is wrong with the table, whatever the draft says of it; empty if nothing is.
        left_out: The rows that are left out, and what they seem to be, in words.
        dictionary: The file with its data dictionary, if there is one.
    """

    folder: Path
    marks: int
    sketch: Sketch
    wrong: str
    left_out: Sequence[str] = ()
    dictionary: str = ""


@dataclass(frozen=True)
class Told:
    """How a table is to be read, where it does not tell itself, in the words of study.yaml."""

    sheet: str | None = None
    encoding: str | None = None
    leave_out: Sequence[int] = ()
    dictionary: Path | None = None
    header: Sequence[int] = ()


def begin(tables: Sequence[Path], folder: Path, told: Told, sheets: Sequence[str] = ()) -> Begun:
    """Write a new folder with copies of tables and a draft of its study.yaml.

    Args:
        tables: The tables.
        folder: The folder to make.
        told: How the table is to be read.
        sheets: Sheets of a workbook that are the tables.

    Raises:
        NotBegunError: a table cannot be read, or is long, or the folder is there.
    """
    for table in tables:
        if not table.is_file():
            raise NotBegunError(f"{table}: {'a folder' if table.is_dir() else 'no such file'}")
    if folder.exists():
        raise NotBegunError(_is_there(folder))
    _refuse_encoding(told.encoding)
    drafting = _Drafting([*_each(tables, told, sheets)], _title(tables[0]))
    drafting.refuse_long()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as work:
        begun = Path(work) / folder.name
        begun.mkdir()
        for each in drafting.tables:
            shutil.copyfile(each.path, begun / each.name)
            if each.told.dictionary:
                shutil.copyfile(each.told.dictionary, begun / each.told.dictionary.name)
        found, wrong = drafting.write(begun)
        begun.rename(folder)
    text = (folder / STUDY).read_text(encoding="utf-8")
    of_file = " of {}" if drafting.tables[1:] else ""
    left_out = [
        f"Row {row}{of_file.format(each.name)} is left out: it seems to be {_SEEMS[why]}."
        for each in drafting.tables
        for row, why in each.left_out.items()
        if row not in told.leave_out
    ]
    beside = str(drafting.tables[0].told.dictionary or "")
    wrong = wrong.replace(str(begun), str(folder))
    return Begun(folder, len(marked_lines(text)), found, wrong, left_out, beside)


def _is_there(folder: Path) -> str:
    told = f"{folder} is there already, and nothing was written: "
    if (folder / STUDY).is_file():
        told += f"go on with its {STUDY} and casebook check {_told_name(folder)}; for a new draft, "
    return f"{told}choose another folder with --name or --into, or rename this one"


def _refuse_encoding(name: str | None) -> None:
    """Do nothing if Python knows an encoding, or none is named."""
    try:
        TypeAdapter(Encoding | None).validate_python(name)
    except ValidationError as error:
        told = error.errors()[0].get("ctx", {}).get("error", "it cannot be one")
        raise NotBegunError(f"--encoding: {told}; nothing was written") from None


def folder_of(table: Path, name: str | None, place: Path) -> Path:
    """The folder of a new study in resources/, which has the name of the table by default.

    Args:
        table: The table.
        name: The name of the study, if it has one of its own.
        place: The folder that resources/ is in.

    Raises:
        NotBegunError: the name cannot be one.
    """
    return place / "resources" / _name(name, table)


def _name(name: str | None, table: Path) -> str:
    """The name of the study, which becomes that of its folder."""
    wanted = name if name is not None else name_for(table.stem).replace("_", "-")
    found = name_for(wanted)
    if not found or found != wanted.replace("-", "_"):
        advice = f"; write {found.replace('_', '-')}" if found else ""
        raise NotBegunError(
            f"{wanted!r} cannot be the name of a study, which begins with a letter and has small"
            f" letters from a to z, digits, _ and -{advice or '; choose one with --name'}"
        )
    return wanted


def _file_name(table: Path) -> str:
    """The name of the copy: that of the table, where it can be one."""
    reserved = table.name in (STUDY, CLAIMS, CORRECTIONS) or {*table.name} & {*"{}"}
    return f"table{table.suffix}" if reserved or len(table.name) > 200 else table.name


def _title(table: Path) -> str:
    words = " ".join(table.stem.replace("_", " ").replace("-", " ").split())
    printable = "".join(letter for letter in words if letter.isprintable())
    return printable[:1].upper() + printable[1:] or "A case series"


@dataclass(frozen=True)
class _Table:
    """A table that was read, and what its draft says of the file."""

    path: Path
    grid: Grid
    told: Told
    described: Mapping[str, Described]
    dictionary: Dictionary | None = None
    notes: Sequence[int] = ()

    @property
    def name(self) -> str:
        """The name of the copy."""
        return _file_name(self.path)

    @property
    def left_out(self) -> dict[int, str]:
        """The rows that are left out, each with the reason."""
        return {
            row: _ABOVE if row < self.grid.header_row else "not a row of a patient"
            for row in sorted(self.told.leave_out)
        } | dict.fromkeys(self.notes, _BELOW)

    @property
    def cells(self) -> Cells:
        """What is guessed from."""
        named = f"{self.path}, sheet {self.told.sheet!r}" if self.told.sheet else str(self.path)
        return Cells(named, self.grid, self.described, self.dictionary)

    @property
    def reading(self) -> Reading:
        """How it was read."""
        told = self.told
        beside = told.dictionary.name if told.dictionary else None
        return Reading(self.name, told.sheet, told.encoding, beside, self.left_out, told.header)


@dataclass(frozen=True)
class _Drafting:
    """The tables of a study, and its title."""

    tables: Sequence[_Table]
    title: str

    def refuse_long(self) -> None:
        """Do nothing if it is known which rows of each table are of which visit."""
        found = together([each.cells for each in self.tables], self.title, (), {})
        for table, who in zip(self.tables, found.identifiers, strict=True):
            if who.rows > 1 and not who.of_visits:
                raise NotBegunError(_long(table, who))

    def write(self, folder: Path) -> tuple[Sketch, str]:
        """Write the draft beside the copies; what was guessed, and what stays wrong."""
        as_text: set[str] = set()
        without: dict[str, str] = {}
        for _ in range(_ROUNDS):
            joined = together([each.cells for each in self.tables], self.title, as_text, without)
            found = joined.whole
            with written(folder / STUDY) as unfinished:
                unfinished.write_text(self._page(joined), encoding="utf-8")
            wrong = wrong_with(folder / STUDY)
            doubted = {
                each.column: each
                for each in reversed(wrong.findings)
                if each.column in found.described
                and each.value not in found.slips.get(each.column, ())
            }
            if not doubted:
                break
            without |= {column: _why(doubted[column]) for column in doubted.keys() & as_text}
            as_text |= doubted.keys()
        return found, str(wrong)

    def _page(self, joined: Joined) -> str:
        """The text of the draft."""
        names: dict[str, None] = {}
        others = []
        for at, (table, who) in enumerate(zip(self.tables, joined.identifiers, strict=True)):
            if at == joined.first:
                continue
            wanted = name_for(table.told.sheet or table.path.stem) or "table"
            name = wanted if wanted not in names else f"{wanted}_{at + 1}"
            names[name] = None
            read = replace(table.reading, name=name, identifier=who)
            rows_with = joined.parts[at].rows_with
            others.append(replace(read, rows_with=rows_with, without=joined.partial.get(at, 0)))
        return page(joined.whole, self.title, self.tables[joined.first].reading, others)


def _each(tables: Sequence[Path], told: Told, sheets: Sequence[str]) -> Iterator[_Table]:
    """Each table as it is read."""
    several = len(tables) > 1 or len(sheets) > 1
    if several and (told.leave_out or told.header or told.dictionary):
        raise NotBegunError(
            "--header, --leave-out and --dictionary are of one table: with several, say in"
            " study.yaml what they would. Nothing was written."
        )
    if len(tables) > 1 and sheets:
        raise NotBegunError(
            "--sheet names sheets of one workbook: with several files, the first sheet of each is"
            " taken, and another can be named in study.yaml. Nothing was written."
        )
    for table in tables:
        is_text = table.suffix.lower() in TEXTS
        own = told if is_text or not several else replace(told, encoding=None)
        for sheet in sheets or [""]:
            yield _read(table, replace(own, sheet=sheet or None), alone=not several)


def _read(table: Path, told: Told, *, alone: bool) -> _Table:
    """The cells of a table, its numbers written with the decimal sign that its texts have.

    One that is alone can have a data dictionary beside it.
    """
    dictionary = None
    try:
        told, raw = _below_titles(table, told)
        if sketch(raw.grid, "").decimal == ",":
            raw = _raw(table, told, ",")
        if alone and not told.dictionary:
            told = replace(told, dictionary=dictionary_beside(table, raw.headers))
        if told.dictionary:
            dictionary = read_dictionary(told.dictionary)
            raw = with_labels(raw, table, told.dictionary)
    except DataError as error:
        raise NotBegunError(f"{error}\n{_OPTIONS}") from None
    notes = notes_below(raw.grid.without(told.leave_out))
    grid = raw.grid.without([*told.leave_out, *notes])
    labels: Mapping[str, str] = {}
    if table.suffix.lower() not in TEXTS:
        told = replace(told, sheet=told.sheet or first_of_several(table))
        labels = labels_of_columns(table)
    return _Table(table, grid, told, _described(raw, labels), dictionary, notes)


def _below_titles(table: Path, told: Told) -> tuple[Told, RawTable]:
    """The table without the rows above it that hold a single text, and which these are."""
    for _ in range(_MOST_TITLES):
        try:
            return told, _raw(table, told, ".")
        except TitleError as error:
            told = replace(told, leave_out=[*told.leave_out, error.findings[0].row])
    return told, _raw(table, told, ".")


def _raw(table: Path, told: Told, decimal: str) -> RawTable:
    form = TableForm(table=_file_name(table), header=tuple(told.header))
    return read_table(
        table,
        told.sheet,
        encoding=told.encoding,
        decimal=decimal,
        left_out=told.leave_out,
        form=form,
    )


def _described(raw: RawTable, labels: Mapping[str, str]) -> dict[str, Described]:
    """What the file says of each column: its label, and what it declares to be no value."""
    found = {}
    for number, header in raw.grid.headers.items():
        declared = [e for e in raw.remarks if (e.column, e.allowed) == (number, A_VALUE)]
        missing = list(dict.fromkeys(normalised(each.value) for each in declared))
        found[normalised(header)] = Described(normalised(labels.get(header, "")), missing)
    return found


def _why(finding: Finding) -> str:
    told = "; ".join(filter(None, [finding.value and repr(finding.value), finding.hint]))
    return f"row {finding.row}: {told}"


def _long(table: _Table, who: Identifier) -> str:
    told = f"{table.path}: {LONG}: in {who.column!r}, {who.reason}."
    columns = columns_in(table.grid)
    if found := nearly_tells_apart(columns, who.column):
        pairs = [[table.grid.body[place] for place in pair] for pair in found.pairs]
        rows = enumerated([f"{first} and {second}" for first, second in pairs[:_MOST_PAIRS]])
        more = f" and {len(pairs) - _MOST_PAIRS} more" * (len(pairs) > _MOST_PAIRS)
        return (
            f"{told} {found.header!r} would tell the rows of each apart, but for rows {rows}{more},"
            " which are of one patient and have the same text there: if a row was entered twice,"
            f" leave one out, as by --leave-out {pairs[0][1]}. Nothing was written."
        )
    return (
        f"{told} No column tells the rows of each apart, so that no draft can be made; in a"
        f" study.yaml of your own, {ANY}. Nothing was written."
    )


def in_words(begun: Begun) -> Iterator[str]:
    """What was written, and what comes next."""
    found = begun.sketch
    who = found.identifier.column
    counts = {"variable": found.variables, "outcome": found.outcomes, "visit": found.visits}
    told = ", ".join(f"{len(each)} {word}{'s' * (len(each) != 1)}" for word, each in counts.items())
    yield f"{begun.folder / STUDY} is a draft, with {told}."
    yield f"Patients are known by {who!r}." if who else "Patients are numbered by their rows."
    if begun.dictionary:
        yield f"{begun.dictionary} is its data dictionary, and was copied with it."
    yield from begun.left_out
    yield from (f"Not described: {header}: {reason}" for header, reason in found.left.items())
    if begun.wrong:
        yield "What is still wrong is for you to correct, as each line says:"
        yield begun.wrong
    yield f"1. Look at the {begun.marks} lines marked '{REVIEW}' in it."
    yield f"2. casebook check {_told_name(begun.folder)}"
    if begun.folder.parent.name == "resources":
        yield f"3. snakemake --cores 4 --config 'studies=[{begun.folder.name}]'"


def _told_name(folder: Path) -> str:
    return folder.name if folder.parent == Path("resources") else str(folder)
