"""What `casebook new` does: a folder with copies of tables and a draft of its study.yaml.

The draft is held against the table before anyone sees it: a column of which a guess does not fit is
kept as text, one that cannot be read at all is left out, and single slips among numbers are told.
What is guessed belongs to `drafting`.
"""

import shlex
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from casebook.base.files import written
from casebook.base.lists import enumerated
from casebook.base.texts import capital
from casebook.cli.given import (
    ABOVE,
    AGAIN,
    BELOW,
    SUMMED,
    SUMMED_IN_COLUMN,
    GivenTable,
    NotBegunError,
    Told,
)
from casebook.cli.given_events import GivenEvents, with_events, without_events
from casebook.cli.given_sheets import told_of_sheets
from casebook.cli.given_tables import given_tables
from casebook.cli.next_steps import check_step, possible_name, report_steps, told_name
from casebook.cli.refused_long import told_of_long
from casebook.data.cells import column_name
from casebook.data.findings import Finding
from casebook.doubts.disclosure import risk_of_header
from casebook.drafting.page import Title, page
from casebook.drafting.parts import Sketch
from casebook.drafting.together import Joined, together
from casebook.mistakes import Wrong, wrong_with
from casebook.prepare.tables import file_and_sheet
from casebook.reading.sheetremarks import is_formula_error
from casebook.study.fields import Encoding, name_for
from casebook.study.folder import STUDY
from casebook.study.unreviewed import REVIEW, marked_lines

_ROUNDS = 3
_SEEMS = {
    ABOVE: "a title",
    AGAIN: AGAIN,
    BELOW: BELOW,
    SUMMED: SUMMED,
    SUMMED_IN_COLUMN: SUMMED_IN_COLUMN,
}


@dataclass(frozen=True)
class Begun:
    """A study that was begun.

    Attributes:
        folder: Its folder.
        marks: How many guesses are to be looked at.
        sketch: What was guessed.
        wrong: What is wrong with the table, whatever the draft says of it; empty if nothing is.
        left_out: The rows of the header, those that are left out, and sheets, with why, in words.
        codes: What says what the codes of the tables mean, in words.
        has_patients_in_columns: Whether they stand there, and not in rows.
    """

    folder: Path
    marks: int
    sketch: Sketch
    wrong: str
    left_out: Sequence[str] = ()
    codes: Sequence[str] = ()
    has_patients_in_columns: bool = False


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
    for file in filter(None, [*tables, told.dictionary, told.catalogue]):
        if not file.is_file():
            raise NotBegunError(f"{file}: {'a folder' if file.is_dir() else 'no such file'}")
    refuse_existing(folder, tables[0].stem)
    _refuse_encoding(told.encoding)
    drafting = _Drafting(*without_events([*given_tables(tables, told, sheets)]), _title(tables[0]))
    drafting.refuse_long()
    copied = _copied(drafting.given)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as work:
        begun = Path(work) / folder.name
        begun.mkdir()
        for name, file in copied.items():
            shutil.copyfile(file, begun / name)
        found, wrong = drafting.write(begun)
        begun.rename(folder)
    text = (folder / STUDY).read_text(encoding="utf-8")
    left_out = [*drafting.told_of_rows(told.leave_out)]
    left_out += [] if sheets else told_of_sheets(drafting.given)
    codes = list(dict.fromkeys(t for each in drafting.given for t in each.told_of_codes))
    wrong = wrong.replace(str(begun), str(folder))
    marks = len(marked_lines(text))
    in_columns = drafting.tables[0].told.transpose
    return Begun(folder, marks, found, wrong, left_out, codes, in_columns)


def refuse_existing(folder: Path, name: str) -> None:
    """Do nothing if a folder can be made; the message names one within it, nearly of this name."""
    if not folder.exists():
        return
    told = f"the folder {folder} is there already, and nothing was written: "
    if (folder / STUDY).is_file():
        told += f"go on with its {STUDY} and casebook check {told_name(folder)}; for a new draft, "
        raise NotBegunError(f"{told}choose another folder with --name or --into, or rename this")
    within = shlex.quote(str(folder / possible_name(name)))
    raise NotBegunError(f"{told}name one that is to be made, as by --into {within}, or rename it")


def _copied(tables: Sequence[GivenTable]) -> dict[str, Path]:
    """The files to be copied, by the names of the copies.

    Raises:
        NotBegunError: two of them would have one name.
    """
    copied: dict[str, Path] = {}
    for name, file in chain.from_iterable(each.files.items() for each in tables):
        if not copied.setdefault(name, file).samefile(file):
            told = f"{copied[name]} and {file} would both be {name} in the folder of the study"
            raise NotBegunError(f"{told}: give one of them another name; nothing was written")
    return copied


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


def _title(table: Path) -> str:
    words = " ".join(table.stem.replace("_", " ").replace("-", " ").split())
    printable = "".join(letter for letter in words if letter.isprintable())
    return capital(printable) or "A case series"


@dataclass(frozen=True)
class _Drafting:
    """The tables of a study, that of its adverse events, and its title by the name of the file."""

    tables: Sequence[GivenTable]
    events: GivenEvents | None
    title: str

    @property
    def given(self) -> list[GivenTable]:
        """All tables."""
        own = self.events.table if self.events else None
        return [*self.tables, *([own] if own else [])]

    def told_of_rows(self, known: Collection[int]) -> Iterator[str]:
        """What rows are that the table does not name itself, in words.

        Args:
            known: The rows that the user has left out.
        """
        for each in self.given:
            of_file = f" of {each.told.sheet or each.name}" if self.given[1:] else ""
            if each.told.header_reason:
                rows = enumerated([*map(str, each.told.header)])
                yield f"The header{of_file} is rows {rows}: {each.told.header_reason}."
            for row, why in each.left_out.items():
                if row not in known:
                    which = f"Column {column_name(row)}" if each.told.transpose else f"Row {row}"
                    yield f"{which}{of_file} is left out: it seems to be {_SEEMS[why]}."
            for header, named in each.groups.items():
                told = enumerated([*map(str, named)])
                seem = f"Rows {told} seem" if named[1:] else f"Row {told} seems"
                yield f"{seem} to name what the rows below are of: it is column {header!r}."

    def refuse_long(self) -> None:
        """Do nothing if it is known which rows of each table are of which visit."""
        found = together([each.cells for each in self.tables], self.title, (), {})
        for table, who in zip(self.tables, found.identifiers, strict=True):
            if who.rows > 1 and not who.is_told:
                raise NotBegunError(told_of_long(table, who))

    def write(self, folder: Path) -> tuple[Sketch, str]:
        """Write the draft beside the copies; what was guessed, and what stays wrong."""
        as_text: set[str] = set()
        without: dict[str, str] = {}
        for _ in range(_ROUNDS):
            joined = together([each.cells for each in self.tables], self.title, as_text, without)
            joined = with_events(joined, self.tables, self.events)
            found = joined.whole
            wrong = self._written(joined, folder)
            doubted = {
                header: each
                for header, each in self._by_header(wrong.findings)
                if header in found.described and not _is_slip(each, found.slips.get(header, ()))
            }
            if not doubted:
                break
            without |= {c: _why(_unquoted(doubted[c])) for c in doubted.keys() & as_text}
            as_text |= doubted.keys()
        slips = found.harms.slips if found.harms else {}
        doubts = (e for e in wrong.findings if e.value not in slips.get(e.column, ()))
        of_events = next(filter(self._is_of_events, doubts), None)
        if of_events and found.harms:
            if risk_of_header(of_events.column):
                of_events = replace(of_events, value="")
            told = f"look at {_why(of_events, of_events.column)}"
            found = replace(found, harms=replace(found.harms, doubt=told))
            wrong = self._written(replace(joined, whole=found), folder)
        return found, str(wrong)

    def _written(self, joined: Joined, folder: Path) -> Wrong:
        """What is wrong with a draft, once it is written."""
        with written(folder / STUDY) as unfinished:
            unfinished.write_text(self._page(joined), encoding="utf-8")
        return wrong_with(folder / STUDY)

    def _is_of_events(self, finding: Finding) -> bool:
        return self.events is not None and self.events.has(finding.file)

    def _by_header(self, findings: Sequence[Finding]) -> Iterator[tuple[str, Finding]]:
        """The findings, the last first, each with the header of what it is about."""
        for each in reversed([e for e in findings if not self._is_of_events(e)]):
            file, sheet = file_and_sheet(each.file)
            at = (Path(file).name, sheet)
            table = next((t for t in self.tables if at == (t.name, t.told.sheet or "")), None)
            yield (table.header_of(each) if table else each.column), each

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
        first = self.tables[joined.first]
        title = first.told.title or Title(self.title, "the name of the file")
        return page(joined.whole, title, first.reading, others)


def _is_slip(finding: Finding, slips: Collection[str]) -> bool:
    """Whether a finding is of a text that is to be corrected; none shows that of a private one."""
    return finding.value in slips or (bool(slips) and not finding.value)


def _unquoted(finding: Finding) -> Finding:
    """The same without its text, which may say who a patient is, unless a formula has made it."""
    return finding if is_formula_error(finding.value) else replace(finding, value="")


def _why(finding: Finding, column: str = "") -> str:
    told = "; ".join(filter(None, [finding.value and repr(finding.value), finding.hint]))
    return f"row {finding.row}{f' of {column!r}' if column else ''}: {told}"


def in_words(begun: Begun) -> Iterator[str]:
    """What was written, and what comes next."""
    found = begun.sketch
    who = found.identifier.column
    counts = {"variable": found.variables, "outcome": found.outcomes, "visit": found.visits}
    told = ", ".join(f"{len(each)} {word}{'s' * (len(each) != 1)}" for word, each in counts.items())
    yield f"{begun.folder / STUDY} is a draft, with {told}."
    places = "columns" if begun.has_patients_in_columns else "rows"
    yield f"Patients are known by {who!r}." if who else f"Patients are numbered by their {places}."
    if found.identifier.parts:
        yield (
            f"Each row is one {found.identifier.measure!r} of a patient, and casebook counts"
            " patients: the draft says under source what you can choose."
        )
    if harms := found.harms:
        read = harms.read
        where = f"sheet {read.sheet!r}" if read.sheet else read.table or "rows of their own"
        yield f"Adverse events seem to stand in {where}."
        if harms.doubt:
            yield f"They are not read yet: {harms.doubt}. The lines to complete stand in the draft."
    yield from begun.codes
    yield from begun.left_out
    yield from (f"Not described: {header}: {reason}" for header, reason in found.left.items())
    if begun.wrong:
        yield "What is still wrong is for you to correct, as each line says:"
        yield begun.wrong
    yield f"1. Look at the {begun.marks} lines marked '{REVIEW}' in it."
    steps = [check_step(begun.folder), *report_steps(begun.folder)]
    yield from (f"{number}. {step}" for number, step in enumerate(steps, start=2))
