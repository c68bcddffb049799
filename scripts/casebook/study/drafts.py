"""What a study.yaml with mistakes says all the same, so that all is told of it in one round.

Parts with mistakes are mended by stand-ins, or left out, and the rest is held against each other
and against the other files. What would follow from a mistake that is told already is no mistake. No
step works with a draft; what a study is belongs to `model`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casebook.base.errors import nearest
from casebook.base.modelfile import Place, Problem, located, problems_of
from casebook.base.yamlfile import MOST_MISTAKES, Mistake, ModelFileError
from casebook.base.yamlparts import read_parts
from casebook.data.cells import normalised
from casebook.data.patients import measurement
from casebook.study.consequences import (
    Consequences,
    mentions,
    names_at,
    values_of,
)
from casebook.study.fields import name_for
from casebook.study.load import misnamed_files, note_file, table_problems
from casebook.study.mended import UNKNOWN_FILE, Incomplete, mended
from casebook.study.misspelt import with_keys_meant
from casebook.study.model import Study
from casebook.study.readable import (
    KEYS,
    TABLE,
    bears_on_harms,
    columns_left_open,
    leaves_cells_open,
    with_any_cells,
)
from casebook.study.references import references
from casebook.study.source import Source
from casebook.study.visits import contrast_to
from casebook.study.without import lost_names, value_at, without

_MOST_BYTES = 400_000
"""More than a description has that can be read."""
_NAMED = (
    *("visits", "variables", "derived", "conditions", "grades", "doses", "outcomes"),
    *("contrasts", "cohorts", "comparisons"),
)
"""Parts whose keys are names that other parts use."""
_PRIVATE = "private"
_UNKNOWN_COLUMN = "?"
"""Stands for a private column of which the header is not known: it may be any."""
_BESIDE_THE_TABLE = frozenset({"citation", "doi", "licence", "differences"})
"""What of the source has no bearing on how the table is read."""


@dataclass(frozen=True)
class Draft:
    """A study.yaml, as far as it can be understood.

    Attributes:
        mistakes: What is wrong with it; empty if nothing is.
        study: The study without what is wrong, to hold claims against; None if there is no such.
        of_table: The same to check the table with: columns of which it is not known what may stand
            in them hold texts. None if it is not known how the table is to be read.
        unclear: Names of which it is not known what they mean.
        has_columns: Whether all columns are known that the study reads.
        open_columns: Columns of visits of which it is not known which texts can stand in them.
        may_have_other_form: Whether a key that there is not may have said how a table is read.
    """

    mistakes: Sequence[Mistake]
    study: Study | None = None
    of_table: Study | None = None
    unclear: frozenset[str] = frozenset()
    has_columns: bool = False
    open_columns: frozenset[str] = frozenset()
    may_have_other_form: bool = False

    def mentions_unclear(self, text: str) -> bool:
        """Whether a text has a name in it of which it is not known what it means."""
        return mentions(text, self.unclear)


def read_draft(path: Path) -> Draft:
    """What a study.yaml with mistakes says all the same, and all of its mistakes."""
    try:
        written, told, broken = read_parts(path, list(Study.model_fields))
    except ModelFileError as error:
        problems = _misnamed_beside(path)
        return Draft(_told(path, error.mistakes, {}, problems))
    content, misspelt = with_keys_meant(path, written)
    problems = [*_of_parts(content, broken), *_misnamed_beside(path)]
    study, touched = mended(content)
    if study is None:
        return Draft(_told(path, [*told, *misspelt], content, problems))
    note_file(study, path, content)
    file = _Mended(content, study, touched, broken, problems)
    draft, problems = _held_together(path.parent, file)
    return replace(draft, mistakes=_told(path, [*told, *misspelt], content, problems))


def _of_parts(content: Mapping[str, Any], broken: Collection[str]) -> list[Problem]:
    """What is wrong with the parts of a study.yaml, each by itself."""
    try:
        Study.model_validate(content)
    except ValidationError as error:
        problems = problems_of(error, content, Study)
    else:
        return []
    if broken:
        # What seems to be missing may stand in a part that cannot be read.
        problems = [each for each in problems if len(each.place) > 1 or each.place[0] in content]
    return [*_without_names_of_visits(problems)]


@dataclass(frozen=True)
class _Mended:
    """A study.yaml whose parts with mistakes are mended, or left out.

    Attributes:
        content: What it says.
        study: The study without what is wrong.
        touched: Where something had to be mended.
        broken: The texts of parts that cannot be read.
        problems: What is wrong with its parts, each by itself, and with the names of other files.
    """

    content: Mapping[str, Any]
    study: Incomplete
    touched: set[Place]
    broken: Mapping[str, str]
    problems: Sequence[Problem]


def _held_together(folder: Path, file: _Mended) -> tuple[Draft, list[Problem]]:
    """What the parts of a study.yaml say together, but for mistakes; and all of its problems.

    Args:
        folder: Where the files lie that it names.
        file: The study.yaml.
    """
    content, study, touched = file.content, file.study, file.touched
    found = list(islice(references(study), MOST_MISTAKES))
    faulty = {value_at(each.place) for each in found} - {""}
    unclear = _unclear(content, study, touched) | faulty | _keys_in(file.broken.values(), study)
    whole = _whole_parts(content, touched, file.broken)
    problems = [*file.problems]
    known = of_table = None
    if not whole:
        follows = Consequences(content, study, touched, unclear)
        problems += [each for each in found if not follows.include(each)]
        known = without(study, unclear) if study.cohorts else None
    places = {*touched, *((part,) for part in whole), *(each.place for each in found)}
    if len(found) == MOST_MISTAKES:
        # Other names may have mistakes too.
        return Draft((), unclear=unclear), problems
    if study.source.table != UNKNOWN_FILE:
        problems += table_problems(study, folder)
        places |= {each.place for each in problems}
        of_table = _to_check_cells(study, places, unclear, _hidden(content, study, whole))
    draft = Draft(
        (),
        known,
        of_table,
        unclear | (lost_names(study, known) if known else frozenset()),
        not whole & {*TABLE} and _has_columns(content, study),
        columns_left_open(study, places),
        any(_is_unlike_all_of_source(each) for each in touched),
    )
    return draft, problems


def _to_check_cells(
    study: Incomplete, places: Collection[Place], unclear: frozenset[str], hidden: frozenset[str]
) -> Incomplete | None:
    """The study to check cells with; None if it is not known how the table is to be read.

    Args:
        study: What is sound in a study.
        places: Where mistakes are.
        unclear: Names of which it is not known what they mean.
        hidden: Columns that may be meant to be private.
    """
    of_source = {place for place in places if place[:1] == ("source",) and len(place) > 1}
    how = {place[1] for place in of_source if not _is_unlike_all_of_source(place)}
    if not how <= _BESIDE_THE_TABLE or study.source.patient in hidden:
        return None
    in_doubt = {each for each in places if each[:1] == ("derived",) or leaves_cells_open(each)}
    doubtful = unclear | names_at(in_doubt, study)
    found = with_any_cells(without(study, doubtful), in_doubt)
    if any(map(bears_on_harms, places)) or not _knows_harms(found, doubtful):
        found = found.model_copy(update={"harms": None})
    return found.hiding(hidden)


def _is_unlike_all_of_source(place: Place) -> bool:
    """Whether a place is a key of the source that there is not, and that is like no other one."""
    known = [*Source.model_fields]
    match place:
        case ("source", str(key)) if key not in known:
            return nearest(key, known) in ("", *_BESIDE_THE_TABLE)
    return False


def _without_names_of_visits(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The same without that an outcome of a long table has the name of a visit that is refused."""
    told = {each.message for each in problems if each.place[:1] == ("visits",)}
    for each in problems:
        is_of_outcome = each.place[:1] == ("outcomes",) and not each.place[2:]
        if not (is_of_outcome and each.message in told):
            yield each


def _misnamed_beside(path: Path) -> list[Problem]:
    """What is wrong with the names of other files, whatever of the description can be read."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode(errors="replace")
    except OSError:
        return []
    tables = re.findall(r"""\btable\s*:\s*["']?(.*)""", text)
    names = [each.name for each in path.parent.iterdir()]
    named = [name for name in names if any(each.startswith(name) for each in tables)]
    return [*misnamed_files(path.parent, {max(named, key=len, default="")})]


def _told(
    path: Path, told: Iterable[Mistake], content: object, problems: Iterable[Problem]
) -> list[Mistake]:
    return sorted([*told, *located(path, content, problems)], key=lambda each: each.origin)


def _unclear(content: Mapping[str, Any], study: Study, touched: set[Place]) -> frozenset[str]:
    """The names whose descriptions had to be left out."""
    names: set[str] = set()
    for part in _NAMED:
        written = content.get(part)
        for name in written if isinstance(written, dict) else ():
            kept = getattr(study, part).get(name)
            stood_in = part == "variables" and kept and kept.label == "?" and kept.type == "text"
            if kept is None or (stood_in and (part, name) in {each[:2] for each in touched}):
                spelled = {name, name_for(name)}
                names |= spelled
                if part == "outcomes":
                    names = names.union(*(values_of(each, study) for each in spelled))
                elif part in ("visits", "contrasts"):
                    spelled.add(contrast_to(name_for(name)))
                    names |= {measurement(o, each) for o in study.outcomes for each in spelled}
    # A key of a visit that is left out may have said which others it follows from.
    mended = [str(place[1]) for place in touched if place[:1] == ("visits",) and place[2:]]
    for name, outcome in study.outcomes.items():
        names |= {measurement(name, visit) for visit in mended} - study.measured.keys()
        if outcome.visits - study.visits.keys():
            names |= values_of(name, study) - study.measured.keys()
    return frozenset(names - {""})


def _keys_in(texts: Iterable[str], study: Study) -> frozenset[str]:
    """The names that may be described in texts that cannot be read."""
    keys = {key for text in texts for key in re.findall(r"^\s*([\w-]+)\s*:", text, re.MULTILINE)}
    return frozenset(keys.union(*(values_of(key, study) for key in keys)))


def _whole_parts(
    content: Mapping[str, Any], touched: Iterable[Place], broken: Iterable[str]
) -> set[str]:
    """Parts of which nothing is known; all that have names if one of them may be misspelt."""
    whole = {*broken, *(str(place[0]) for place in touched if len(place) == 1)}
    renamed = any(isinstance(content.get(key), dict) for key in whole - {*Study.model_fields})
    missing = {"cohorts"} - content.keys()
    parts = {name: each for name in _NAMED if isinstance(each := content.get(name), dict)}
    nameless = {name for name, part in parts.items() if _has_lost_a_name(name, part)}
    return {*_NAMED} if renamed or "" in whole else (whole | missing | nameless) & {*_NAMED}


def _has_lost_a_name(part: str, entries: Mapping[str, object]) -> bool:
    """Whether one of the entries of a part is a key of another one, whose name is not there.

    A visit can be its label alone.
    """
    others = [name for name, each in entries.items() if not isinstance(each, dict)]
    known = [*KEYS[part]]
    return part != "visits" and any(nearest(name, known) for name in others)


def _has_columns(content: Mapping[str, Any], study: Study) -> bool:
    """Whether all columns are known that the variables and outcomes in a content name."""
    parts = [content.get(part) for part in TABLE]
    entries = [each for part in parts if isinstance(part, dict) for each in part.values()]
    return len(entries) == len(study.variables) + len(study.outcomes)


def _knows_harms(study: Study, doubtful: Collection[str]) -> bool:
    """Whether what the adverse events are rests on no value with a mistake."""
    rests_on = {*study.harms.names} if study.harms else set[str]()
    if study.treatment:
        told = study.treatment
        rests_on |= {told.duration, told.start or told.duration, *told.end}
    known = study.kinds.keys() - {*doubtful}
    return rests_on <= known


def _hidden(content: Mapping[str, Any], study: Study, whole: Collection[str]) -> frozenset[str]:
    """Headers of columns that may be meant to be private, beside those that plainly are.

    Args:
        content: What the file says.
        study: What is sound in it.
        whole: The parts of which nothing is known.
    """
    written = {} if "variables" in whole else content.get("variables") or {}
    variables = [each for each in written.values() if isinstance(each, dict)]
    columns = {
        column if isinstance(column := each.get("column"), str) else _UNKNOWN_COLUMN
        for each in variables
        if str(each.get(_PRIVATE, "false")).lower() != "false"
        or _may_say_private(each, [*KEYS["variables"]])
    }
    if "variables" in whole or _may_say_private(content, [*Study.model_fields, _PRIVATE]):
        columns.add(_UNKNOWN_COLUMN)
    if _UNKNOWN_COLUMN in columns:
        columns |= {each.column for each in study.variables.values()}
    return frozenset(map(normalised, columns))


def _may_say_private(keys: Iterable[str], known: list[str]) -> bool:
    """Whether one of these keys is not known, and like no other one than that for privacy."""
    return any(key not in known and nearest(key, known) in ("", _PRIVATE) for key in keys)
