"""A reading as it is written: a name, and arguments in brackets, which are names, texts or numbers.

What they mean is for `language`.
"""

import ast
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from casebook.base.errors import listed, suggestion
from casebook.claims.checked import OPTIONAL
from casebook.claims.examples import example_of
from casebook.claims.readings import PATIENT, ReadingError
from casebook.study.expressions import hint_for
from casebook.study.model import Study

_OPTIONAL = OPTIONAL | {"visit", "contrast", "level", "method", "where"}
# A semicolon that is not within quotation marks.
_BETWEEN_READINGS = re.compile(r'\s*;\s*(?=(?:[^"]*"[^"]*")*[^"]*$)')
_NAMED_FIRST = "positional argument follows"
"""What Python says of f(x=1, y)."""
_NAMED_LAST = "a condition for patients stands before what is given by name, or after where="


@dataclass(frozen=True)
class Written:
    """The name of a reading and what stands in its brackets, on its way from text to dataclass."""

    name: str
    source: str
    inner: str
    study: Study

    def call(self) -> ast.Call:
        """The text as a call; raises ReadingError, with a hint, where it is none."""
        try:
            tree, problem = ast.parse(self._in_lines, mode="eval").body, ""
        except (SyntaxError, ValueError, RecursionError) as error:
            tree, problem = None, str(error)
        if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
            name = next(iter(self.study.measured), PATIENT)
            usual = f"names are those of study.yaml, as {name}, and text stands in quotation marks"
            hint = _NAMED_LAST if _NAMED_FIRST in problem else hint_for(self.inner) or usual
            raise ReadingError(f"{self.source!r} is not well-formed; {hint}")
        return tree

    def arguments(self, least: int, most: int, *named: str) -> list[ast.expr]:
        """The arguments without a name, of which there must be so many; others must be `named`."""
        call = self.call()
        others = [str(each.arg) for each in call.keywords if each.arg not in named]
        if others or not least <= len(call.args) <= most:
            or_most = f"{least} or {most}" if most == least + 1 else f"{least} to {most}"
            count = str(least) if least == most else or_most
            arguments = "argument" if count == "1" else "arguments"
            hint = self._of_unknown(others[0], named) if others else ""
            form = f"write it as in: {example_of(self.name, self.study)}"
            raise ReadingError(f"{self.name}(...) takes {count} {arguments}{hint}; {form}")
        return call.args

    def _of_unknown(self, name: str, known: Sequence[str]) -> str:
        """What is probably wrong with an argument by a name that is not known."""
        meant = suggestion(name, list(known)) or "compare with ==, not with a single ="
        may = f", and by name {', '.join(known)}" if known else ""
        return f"{may}; {meant}"

    def named(self, name: str) -> ast.expr | None:
        """The argument that is given by a name, if there is one."""
        given = [each.value for each in self.call().keywords if each.arg == name]
        if len(given) > 1:
            raise ReadingError(f"{self.name}(...) is given an argument twice")
        return given[0] if given else None

    def number(self, name: str) -> float:
        """The number that is given by a name."""
        given = self.named(name)
        try:
            value = ast.literal_eval(given) if given else None
        except ValueError:
            value = None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        raise ReadingError(f"{self.name}(...) needs a number for {name}, as in {name}=10")

    def named_text(self, name: str) -> str:
        """The text that is given by a name, or nothing."""
        given = self.named(name)
        return self.text(given) if given else ""

    def keywords(self, allowed: Sequence[str]) -> dict[str, str]:
        """The arguments by name, each a name, a number or a text in quotation marks."""
        call = self.call()
        given = {str(keyword.arg): self._plain(keyword.value) for keyword in call.keywords}
        form = ", ".join(f"{name}=..." for name in allowed)
        if call.args or any(keyword.arg is None for keyword in call.keywords):
            raise ReadingError(f"{self.name}(...) takes its arguments by name: {form}")
        if len(given) < len(call.keywords):
            raise ReadingError(f"{self.name}(...) is given an argument twice")
        for name in given:
            one_of(name, list(allowed), f"an argument of {self.name}")
        left_out = [name for name in allowed if name not in given and name not in _OPTIONAL]
        if left_out:
            raise ReadingError(f"{self.name}(...) needs {', '.join(left_out)}; it takes {form}")
        return given

    def _plain(self, node: ast.expr) -> str:
        """A text without its quotation marks; anything else as it is written, 2.20 as 2.20."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        return ast.get_source_segment(self._in_lines, node) or ""

    @property
    def _in_lines(self) -> str:
        return f"_(\n{self.inner}\n)"

    def text(self, node: ast.expr) -> str:
        """What an argument says, which must be a text in quotation marks."""
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and text.strip() and text.isprintable():
            return text
        hint = f', as in "{node.id}"' if isinstance(node, ast.Name) else ""
        raise ReadingError(f"{self.name}(...) needs a text in quotation marks{hint}")


def readings_in(text: str) -> list[str]:
    """The readings that are written in a text with semicolons between them."""
    return [reading for reading in _BETWEEN_READINGS.split(text) if reading]


def one_of(name: str, known: Collection[str], what: str) -> None:
    """Make sure that a name is known; tells what it is not, and which was probably meant."""
    if name not in known:
        raise ReadingError(f"{name!r} is not {what}; known: {listed(list(known), name)}")
