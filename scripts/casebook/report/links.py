"""Makes links of the numbers on a page that `traces` has marked, and keeps where they stand."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from casebook.data.results import Result
from casebook.wording.traces import anchor, anchor_of_claim, anchor_of_patient, pieces


class Links:
    """Makes links of the traces on a page, and keeps what it has linked to, and where."""

    def __init__(
        self, results: Iterable[Result], patients: Iterable[str] = (), claims: Iterable[str] = ()
    ) -> None:
        self._by_anchor = {anchor(result): result for result in results}
        others = (*map(anchor_of_patient, patients), *map(anchor_of_claim, claims))
        self._known = {*self._by_anchor, *others}
        self.places: dict[str, list[str]] = {}

    @property
    def used(self) -> list[Result]:
        """The results that have been linked to, in the order of the results."""
        return [result for name, result in self._by_anchor.items() if name in self.places]

    def linked(self, text: str) -> Markup:
        """A text as HTML, its traced numbers as links to what they show.

        A text that is HTML already, as a drawing is, stays what it is.
        """
        safe = Markup if isinstance(text, Markup) else escape
        parts = (self._link(name, safe(part)) for name, part in pieces(str(text)))
        return Markup("").join(parts)

    def to(self, result: Result, text: str) -> Markup:
        """A link to the row of a result."""
        return self._link(anchor(result), escape(text))

    def _link(self, name: str, text: Markup) -> Markup:
        if name not in self._known:
            return text
        places = self.places.setdefault(name, [])
        places.append(f"n-{name}-{len(places) + 1}")
        link = Markup('<a class="number" id="{}" href="#{}">{}</a>')
        return link.format(places[-1], name, text)
