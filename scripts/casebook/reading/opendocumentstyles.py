"""The styles of an .ods workbook, and what they say of how its cells are shown.

Number formats are put into Excel's letters, so that what they show is known in one place for all
kinds of workbook. What stands in the cells is for `opendocument`.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Container
from dataclasses import dataclass, field

from casebook.data.cells import TableError
from casebook.reading.archives import Archive, local
from casebook.reading.numberformats import checked_format

STYLES = "styles.xml"
_FORMATS = ("number-style", "percentage-style", "currency-style", "text-style")
_CONDITION = re.compile(r"value\(\)(<=|>=|!=|<|>|=)(-?\d+(?:\.\d+)?)")
_BY_SIGN: tuple[list[str], ...] = ([], [">=0"], [">0", "<0"], [">0", "<0", "=0"])
"""The conditions for which Excel's letters have the places between semicolons."""
_MOST_PARENTS = 20
_MOST_ELEMENTS = 400_000
_MOST_STYLES = 65_000
"""Excel has room for as many formats of cells."""


@dataclass
class Styles:
    """What the styles of a workbook say of cells and sheets, by the names of the styles.

    Attributes:
        of_sheets: Styles of sheets that are hidden.
        struck: Whether styles of cells, and of pieces of their texts, strike through.
        raised: Whether styles of pieces raise or lower them.
        formats: Number formats, in Excel's letters, without those that hold for some numbers only.
        chosen: Which other number formats hold for some numbers: each condition, and the name.
        shown_as: The names of the number formats of styles of cells.
        parents: The styles that hold where a style says nothing.
    """

    of_sheets: set[str] = field(default_factory=set)
    struck: dict[str, bool] = field(default_factory=dict)
    raised: dict[str, bool] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    shown_as: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def strikes(self, style: str) -> bool:
        """Whether a style of cells strikes through."""
        return self.struck.get(self._nearest(style, self.struck), False)

    def number_format(self, style: str) -> str:
        """The number format of a style of cells, in Excel's letters."""
        return self._code(self.shown_as.get(self._nearest(style, self.shown_as), ""))

    def _nearest(self, style: str, said: Container[str]) -> str:
        """The style itself if it says something, or the nearest that it is built on and does."""
        for _ in range(_MOST_PARENTS):
            if style in said:
                break
            style = self.parents.get(style, "")
        return style

    def _code(self, name: str) -> str:
        """A number format with all that it has for some numbers only."""
        own, chosen = self.formats.get(name, "General"), self.chosen.get(name, [])
        codes = [self.formats.get(other, "General") for _, other in chosen]
        conditions = [condition for condition, _ in chosen]
        if conditions not in _BY_SIGN:
            codes = [f"[{c}]{code}" for c, code in zip(conditions, codes, strict=True)]
        return checked_format(";".join([*codes, own]))


def read_styles(archive: Archive) -> Styles:
    """The styles of a workbook."""
    styles = Styles()
    for part in (STYLES, "content.xml"):
        if part in archive.names:
            _add_styles(styles, archive, part)
    return styles


def _add_styles(styles: Styles, archive: Archive, part: str) -> None:
    """Add the styles of a part."""
    for event, tag, element in archive.elements(
        part, whole=("style", *_FORMATS), most=_MOST_ELEMENTS
    ):
        if tag == "body":
            return
        if event == "end" and tag == "style":
            _add_style(styles, element)
        elif event == "end" and tag in _FORMATS:
            _add_format(styles, element)
        if len(styles.parents) + len(styles.formats) > _MOST_STYLES:
            allowed = f"a workbook of up to {_MOST_STYLES:,} styles"
            raise TableError(allowed, "copy the cells, without formats, into a new one")


def _add_style(styles: Styles, element: ET.Element) -> None:
    given = local(element.attrib)
    name = given.get("name", "")
    styles.parents[name] = given.get("parent-style-name", "")
    if shown_as := given.get("data-style-name"):
        styles.shown_as[name] = shown_as
    for child in element:
        properties = local(child.attrib)
        if properties.get("display") == "false":
            styles.of_sheets.add(name)
        # LibreOffice says of a piece of a text only with which type of line it is struck through.
        lines = [properties.get(f"text-line-through-{what}") for what in ("style", "type")]
        if any(lines):
            styles.struck[name] = "none" not in lines
        if place := properties.get("text-position"):
            styles.raised[name] = not place.startswith("0%")


def _add_format(styles: Styles, element: ET.Element) -> None:
    name = local(element.attrib).get("name", "")
    percent = element.tag.endswith("percentage-style")
    styles.formats[name] = "".join(_code(child, percent) for child in element)
    conditions = []
    for child in element.iterfind("{*}map"):
        given = local(child.attrib)
        condition = _CONDITION.fullmatch(given.get("condition", ""))
        if condition is None:
            # Another format holds for some numbers, and it is not known for which.
            styles.formats[name] = "General"
            return
        relation = condition[1].replace("!=", "<>")
        conditions.append((f"{relation}{condition[2]}", given.get("apply-style-name", "")))
    styles.chosen[name] = conditions


def _code(element: ET.Element, percent: bool) -> str:
    """An element of a number format in Excel's letters, which is that of percentages or not."""
    match element.tag.rpartition("}")[2]:
        case "text":
            text = (element.text or "").replace('"', "")
            return '"' + (text.replace("%", '"%"') if percent else text) + '"'
        case "text-content":
            return "@"
        case "number":
            return _places(element)
        case "scientific-number" | "fraction":
            return "General"
    return ""


def _places(element: ET.Element) -> str:
    """The places of the digits of a number, with the texts between them."""
    given = local(element.attrib)
    decimals, digits = given.get("decimal-places"), int(given.get("min-integer-digits", "1"))
    if scaled := len(str(int(float(given.get("display-factor", "1"))))) // 3:
        return "0" + "," * scaled
    if decimals not in ("0", None) or (decimals is None and digits == 1):
        return "General"
    places = ["0"] * min(digits, 30) or ["#"]
    for child in element.iterfind("{*}embedded-text"):
        position = int(local(child.attrib).get("position", "0"))
        if 0 < position < len(places):
            text = (child.text or "").replace('"', "")
            places[-position] = f'"{text}"0'
    return "".join(places)
