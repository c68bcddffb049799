"""States of a small study, and what differs between their results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.changes.compare import changes
from casebook.data.differences import Difference, read_differences
from casebook.history.snapshots import FILES


@dataclass(frozen=True)
class State:
    """A small study at some time: edits of its study.yaml or another one, and its other files."""

    edits: Sequence[tuple[str, str]] = ()
    table: str | None = None
    corrections: str | None = None
    text: str | None = None
    harms: str | None = None

    @property
    def files(self) -> dict[str, str]:
        """The files beside study.yaml that are not as usual."""
        files = {"table": self.table, "corrections": self.corrections, "text": self.text}
        files["harms"] = self.harms
        return {name: text for name, text in files.items() if text is not None}


Moved = Callable[[State, State], list[Difference]]
"""The fixture that says what differs between the results of two states."""


def compare(study: Path, out: Path, *named: Path) -> list[Difference]:
    """What differs from the results that were kept in a folder, or from files that are named."""
    present = [study, *(path for name in FILES[1:] if (path := out / name).exists())]
    changes(study, present, out / "earlier", named, out / "changes.csv")
    return read_differences(out / "changes.csv")
