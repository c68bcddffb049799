"""What of a web page is not shown, as far as its elements and plain rules of its styles tell.

A rule counts by the last class or id that it names, whatever stands around it: what may be hidden
is told, and read all the same. Images that only keep others apart are known here too.
"""

import re
from collections.abc import Collection, Iterator, Mapping

_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_NAME = re.compile(r"[.#][\w-]+(?=(?::[\w-]+)?\s*\Z)")
_SPACER = re.compile(r"(?:spacer|blank|clear|pixel|transparent|shim)[\w.-]*\Z", re.IGNORECASE)
_TINY = ("0", "1", "0px", "1px")


def hidden_names(styles: str) -> frozenset[str]:
    """The classes and ids, as in `.x` and `#y`, that a style sheet hides on a screen."""
    return frozenset(_hidden_names(styles))


def _hidden_names(styles: str) -> Iterator[str]:
    on_paper = False
    for rule in styles.split("}"):
        selectors, _, body = rule.rpartition("{")
        if "@media" in selectors:
            on_paper = "print" in selectors
        elif not rule.strip():
            on_paper = False
        if on_paper or not _HIDES.search(body):
            continue
        for selector in selectors.rpartition("{")[2].split(","):
            yield from _NAME.findall(selector)


def is_hidden(given: Mapping[str, str], names: Collection[str]) -> bool:
    """Whether an element with these attributes is not shown.

    Args:
        given: Its attributes.
        names: What `hidden_names` has found.
    """
    if not given:
        return False
    own = {f"#{given['id']}"} if "id" in given else set()
    own |= {f".{each}" for each in given.get("class", "").split()}
    hides = "hidden" in given or _HIDES.search(given.get("style", "")) is not None
    return hides or not own.isdisjoint(names)


def is_spacer(given: Mapping[str, str]) -> bool:
    """Whether an image shows nothing: it says so, or is as small or as named as those that do."""
    if given.get("alt", "?") == "" or given.get("width") in _TINY or given.get("height") in _TINY:
        return True
    return _SPACER.search(given.get("src", "").rpartition("/")[2]) is not None
