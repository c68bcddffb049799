"""Figures as SVG within a page, where a script can find a patient's lines and CSS can set them off.

An SVG file becomes an element of the page: its ids get the figure's name, its title and description
are for screen readers, and a group that `patients.element_id` named tells its patient. Numbers that
show rows are traced again, as they were before they were drawn, so that a page can link them.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from casebook.wording.traces import with_traces

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_TITLE = f"{_SVG}title"
_ABOUT = ".//{http://purl.org/dc/elements/1.1/}"
_PATIENT = re.compile(r"patient-([A-Za-z0-9_]+)-\d+")
_REFERENCE = re.compile(r"(?:url\()?#([^)]+)\)?")
# The style that matplotlib puts into a file would hold for the whole page.
_LEFT_OUT = (_TITLE, f"{_SVG}metadata", f"{_SVG}style")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as the page has it: an SVG element, its title, and its description in words.

    The numbers in `description` and `svg` are traced.
    """

    name: str
    title: str
    description: str
    svg: Markup


def drawing(path: Path) -> Drawing:
    """A figure that casebook drew, made part of a page."""
    root = ElementTree.parse(path).getroot()  # noqa: S314 - a file that casebook drew
    title = root.findtext(_TITLE, default=path.stem)
    description, places = (root.findtext(f"{_ABOUT}{n}", "") for n in ("description", "relation"))
    _trace_numbers(root)
    svg = _part_of_page(root, path.stem, _references(root))
    # Not an image, within which nothing could be a link.
    svg.set("role", "group")
    labelled, described = _label(svg, path.stem, title, description)
    svg.set("aria-labelledby", labelled)
    svg.set("aria-describedby", described)
    # The serialisation escapes every text and attribute.
    text = Markup(ElementTree.tostring(svg, "unicode"))  # noqa: S704
    return Drawing(path.stem, title, with_traces(description, places), text)


def _trace_numbers(root: Element) -> None:
    """Trace the numbers of each text whose name says which rows they show."""
    for group in root.iter(f"{_SVG}g"):
        name, _, places = group.get("id", "").partition("__")
        if places:
            group.set("id", name)
            lines = list(group.iter(f"{_SVG}text"))
            traced = with_traces("\n".join(line.text or "" for line in lines), places)
            for line, text in zip(lines, traced.split("\n"), strict=True):
                line.text = text


def _references(root: Element) -> set[str]:
    """The ids that anything within the drawing refers to."""
    values = (value for element in root.iter() for value in element.attrib.values())
    return {match[1] for value in values if (match := _REFERENCE.fullmatch(value))}


def _label(svg: Element, name: str, title: str, description: str) -> Iterator[str]:
    """Puts title and description first, where browsers look for them, and gives their ids."""
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = Element(tag, {"id": f"{name}--{tag}"})
        element.text = text
        svg.insert(place, element)
        yield element.attrib["id"]


def _part_of_page(element: Element, name: str, needed: Container[str]) -> Element:
    """The element without namespaces, which HTML does not know, and with the ids that it needs."""
    copy = Element(element.tag.removeprefix(_SVG), dict(_attributes(element, name, needed)))
    copy.text = (element.text or "").strip() or None
    for child in element:
        if child.tag not in _LEFT_OUT:
            copy.append(_part_of_page(child, name, needed))
    return copy


def _attributes(element: Element, name: str, needed: Container[str]) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        match key.removeprefix(_XLINK):
            case "id":
                if value in needed:
                    yield "id", f"{name}--{value}"
                if patient := _PATIENT.fullmatch(value):
                    yield "data-patient", patient[1]
            case "href":
                yield "href", f"#{name}--{value.removeprefix('#')}"
            case "d":
                yield "d", " ".join(value.split())
            case other:
                yield other, value.replace("url(#", f"url(#{name}--")
