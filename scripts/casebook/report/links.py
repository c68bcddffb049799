"""Makes links of what `traces` has marked on a page, once it is known where each row is shown.

What sentences call a table or a section that is elsewhere on the page becomes a link, too.
"""

from collections.abc import Iterable

from markupsafe import Markup

from casebook.data.results import Result
from casebook.report.render import with_text
from casebook.wording.places import IDS
from casebook.wording.traces import anchor, anchor_of_claim, anchor_of_patient, filled_in, pieces

_LINK = Markup('<a class="number" id="{}" href="#{}">{}</a>')
_TO_NAMED = Markup('<a href="#{}">{}</a>')
_BACK = Markup('<a href="#{}">{}</a>')


def to_named(page: Markup) -> Markup:
    """The page with a link wherever its text names one of its tables, or the section of some."""
    there = {words: name for words, name in IDS.items() if f'id="{name}"' in page}
    links = {words: str(_TO_NAMED.format(name, words)) for words, name in there.items()}

    def linked(text: str) -> str:
        for words, link in links.items():
            text = text.replace(words, link)
        return text

    return with_text(page, linked, aside=("a", "code"))


class Links:
    """The links on a page from numbers to the rows that they show, and back.

    `places` has the ids of the numbers that show a row, by its name, in the order of the page.
    """

    def __init__(
        self,
        page: str,
        results: Iterable[Result],
        patients: Iterable[str] = (),
        claims: Iterable[str] = (),
    ) -> None:
        self._page = page
        self._by_anchor = {anchor(result): result for result in results}
        others = (*map(anchor_of_patient, patients), *map(anchor_of_claim, claims))
        known = {*self._by_anchor, *others}
        self.places: dict[str, list[str]] = {}
        for name, _ in pieces(page):
            if name in known:
                places = self.places.setdefault(name, [])
                places.append(f"n-{name}-{len(places) + 1}")

    @property
    def used(self) -> list[Result]:
        """The results that the page shows, in the order of the results."""
        return [result for name, result in self._by_anchor.items() if name in self.places]

    @property
    def page(self) -> Markup:
        """The page, which is HTML, with its links."""
        ids = {name: iter(places) for name, places in self.places.items()}
        parts = (
            _LINK.format(next(ids[name]), name, Markup(text)) if name in ids else text  # noqa: S704
            for name, text in pieces(self._page)
        )
        return Markup(filled_in("".join(parts), self.back))  # noqa: S704 - it is HTML already

    def back(self, name: str) -> Markup:
        """Links from a row to where the page shows it; nothing if it does not."""
        places = enumerate(self.places.get(name, ()), start=1)
        links = Markup(", ").join(_BACK.format(place, number) for number, place in places)
        return links and Markup('<span class="back">; shown {}</span>').format(links)
