"""Figures as SVG within a page, where a script can find a patient's lines and CSS can set them off.

An SVG file becomes an element of the page: its ids get the figure's name, its title and description
are for screen readers, and a group that `patients.element_id` named tells its patient.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_TITLE = f"{_SVG}title"
_DESCRIPTION = ".//{http://purl.org/dc/elements/1.1/}description"
_PATIENT = re.compile(r"patient-([A-Za-z0-9_]+)-\d+")
# The style that matplotlib puts into a file would hold for the whole page.
_LEFT_OUT = (_TITLE, f"{_SVG}metadata", f"{_SVG}style")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as the page has it: an SVG element, its title, and its description in words."""

    name: str
    title: str
    description: str
    svg: Markup


def drawing(path: Path) -> Drawing:
    """A figure that casebook drew, made part of a page."""
    root = ElementTree.parse(path).getroot()  # noqa: S314 - a file that casebook drew
    title = root.findtext(_TITLE, default=path.stem)
    description = root.findtext(_DESCRIPTION, default="")
    svg = _part_of_page(root, path.stem)
    svg.set("role", "img")
    svg.set("aria-labelledby", " ".join(_label(svg, path.stem, title, description)))
    # The serialisation escapes every text and attribute.
    return Drawing(path.stem, title, description, Markup(ElementTree.tostring(svg, "unicode")))  # noqa: S704


def _label(svg: Element, name: str, title: str, description: str) -> Iterator[str]:
    """Puts title and description first, where browsers look for them, and gives their ids."""
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = Element(tag, {"id": f"{name}--{tag}"})
        element.text = text
        svg.insert(place, element)
        yield element.attrib["id"]


def _part_of_page(element: Element, name: str) -> Element:
    """The element without namespaces, which HTML does not know, and with ids of its own."""
    copy = Element(element.tag.removeprefix(_SVG), dict(_attributes(element, name)))
    copy.text = (element.text or "").strip() or None
    for child in element:
        if child.tag not in _LEFT_OUT:
            copy.append(_part_of_page(child, name))
    return copy


def _attributes(element: Element, name: str) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        match key.removeprefix(_XLINK):
            case "id":
                yield "id", f"{name}--{value}"
                if patient := _PATIENT.fullmatch(value):
                    yield "data-patient", patient[1]
            case "href":
                yield "href", f"#{name}--{value.removeprefix('#')}"
            case "d":
                yield "d", " ".join(value.split())
            case other:
                yield other, value.replace("url(#", f"url(#{name}--")
