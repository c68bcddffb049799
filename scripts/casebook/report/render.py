"""Fills the templates of tables and report; every value is escaped unless it is HTML already."""

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casebook.data.patients import token
from casebook.wording.traces import anchor, anchor_of_claim, anchor_of_patient, places_of

_FOLDER = Path(__file__).parent / "templates"
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)

MOST = 200
"""How many patients, findings and the like a list of them shows; the others are in a file."""
_MORE = Markup(", and {} more, in <code>{}</code>")


_COMPARED = re.compile(r"\b([npW]) (=|&lt;) ")
_SPACE = "\N{NO-BREAK SPACE}"
_TABLE = re.compile(r"<table style.*?</table>", re.DOTALL)
_CELL = re.compile(r"<td>[^<]*</td>")
_BETWEEN_PARTS = re.compile(r"(?<=[,;]) | (?=\()")


def with_text(page: Markup, changed: Callable[[str], str], *, aside: Sequence[str]) -> Markup:
    """The page with its text changed, but not its tags, nor what stands in the elements `aside`."""
    element = rf"<({'|'.join(aside)})\b.*?</\1>|<[^>]*>|([^<]+)"
    # Of a Markup, sub would escape what it puts in.
    text = re.sub(
        element, lambda part: changed(part[2]) if part[2] else part[0], str(page), flags=re.DOTALL
    )
    return Markup(text)  # noqa: S704 - it is HTML already


def unbroken(page: Markup) -> Markup:
    """The page with no line of its text, code aside, broken within n = 3 or p < 0.05."""
    spaced = partial(_COMPARED.sub, rf"\1{_SPACE}\2{_SPACE}")
    return with_text(page, spaced, aside=("code",))


def breakable(page: Markup) -> Markup:
    """The page whose tables of numbers may break a cell behind a comma or semicolon, or before (.

    Otherwise no line of these cells is broken.
    """

    def of_table(table: re.Match[str]) -> str:
        return _CELL.sub(lambda cell: _BETWEEN_PARTS.sub("<span> </span>", cell[0]), table[0])

    return Markup(_TABLE.sub(of_table, str(page)))  # noqa: S704 - it is HTML already


def render(template: str, **values: object) -> Markup:
    """The template of that name, filled with `values`."""
    return Markup(_TEMPLATES.get_template(template).render(**values))  # noqa: S704 - it has escaped


@dataclass(frozen=True, slots=True)
class Script:
    """A script within a page, and the digest by which the page's policy allows this one alone."""

    text: Markup
    digest: str


def script(name: str) -> Script:
    """The script of that name among the templates."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return Script(Markup(text), f"sha256-{digest}")  # noqa: S704 - a file of casebook


def patient_mark(identifier: str) -> Markup:
    """A patient's identifier on a page, where it can be chosen and set off."""
    mark = Markup('<span class="patient" data-patient="{}">{}</span>')
    return mark.format(token(identifier), identifier)


def patients_marked(identifiers: Sequence[str], file: str) -> Markup:
    """The marks of several patients; of many, those of the first, and the file with the others."""
    some = Markup(", ").join(map(patient_mark, identifiers[:MOST]))
    more = len(identifiers) - MOST
    return some + _MORE.format(f"{more:,}", file) if more > 0 else some


_TEMPLATES.filters |= {"patient": patient_mark, "patients": patients_marked, "token": token}
_TEMPLATES.globals |= {"MOST": MOST} | {
    each.__name__: each for each in (anchor, anchor_of_claim, anchor_of_patient, places_of)
}
