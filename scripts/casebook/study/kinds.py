"""What an expression gives, found from the kinds of the values that it names.

No value is seen. What could never make sense is refused, with a hint at what may have been meant:
a number beside a text, a set beside a number.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from casebook.base.errors import UserError
from casebook.data.patients import Kind
from casebook.study.operators import FOREMOST, SIGNATURES

_SHOWN = 120


class ExpressionError(UserError):
    """An expression that cannot be read, or that makes no sense of the values it names."""


def shortened(text: str) -> str:
    """A text as a message quotes it: whole, or its first 117 characters."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


@dataclass(frozen=True)
class KindFinder:
    """Finds the kind of each part of an expression from the kinds of its names."""

    source: str
    kinds: Mapping[str, Kind]
    found: dict[ast.expr, str] = field(default_factory=dict)

    def kind(self, node: ast.expr) -> str:
        """What a part of the expression gives.

        Raises:
            ExpressionError: an operation does not fit what it is applied to.
        """
        # A node may be asked for more than once, and so may those in it: without notes, for ever.
        if node not in self.found:
            self.found[node] = self._kind(node)
        return self.found[node]

    def _kind(self, node: ast.expr) -> str:
        match node:
            case ast.Constant():
                constants = {bool: "boolean", str: "quoted text"}
                return constants.get(type(node.value), "number")
            case ast.Name():
                return self.kinds[node.id]
            case ast.List() | ast.Tuple():
                return "list"
            case ast.BoolOp():
                return self._all("boolean", node.values)
            case ast.UnaryOp(op=ast.Not()):
                return self._all("boolean", [node.operand])
            case ast.UnaryOp():
                return self._all("number", [node.operand])
            case ast.BinOp(op=ast.Sub()) if self.kind(node.left) == "date":
                self._all("date", [node.right])
                return "number"
            case ast.BinOp():
                return self._all("number", [node.left, node.right])
            case ast.Compare():
                sides = pairwise([node.left, *node.comparators])
                for operation, (left, right) in zip(node.ops, sides, strict=True):
                    self._check_comparison(operation, left, right)
                return "boolean"
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._given(name, arguments)
        raise AssertionError(f"{type(node).__name__} passed the check of `parse`")

    def _given(self, function: str, arguments: list[ast.expr]) -> str:
        """What a function gives of these arguments."""
        takes, gives = SIGNATURES[function]
        if function == FOREMOST:
            ordered, *arguments = arguments
            self._all("list", [ordered])
            for each in arguments:
                self._check_comparison(ast.In(), each, ordered)
        kind = self._all(takes or self.kind(arguments[0]), arguments)
        return gives or kind

    def _all(self, wanted: str, nodes: list[ast.expr]) -> str:
        for node in nodes:
            kind = self.kind(node)
            if kind != wanted:
                shown = {"boolean": "condition"}.get(wanted, wanted)
                self._refuse(f"{_part(node)!r} is a {kind}, where a {shown} is needed")
        return wanted

    def _check_comparison(self, operation: ast.cmpop, left: ast.expr, right: ast.expr) -> None:
        kinds = (self._kind_beside(right, left), self._kind_beside(left, right))
        texts = {"category", "text", "quoted text"}
        if isinstance(operation, ast.In | ast.NotIn):
            fits = kinds == ("quoted text", "set") or (kinds[1] == "list" and kinds[0] != "set")
        elif isinstance(operation, ast.Eq | ast.NotEq):
            fits = set(kinds) <= texts or (kinds[0] == kinds[1] and kinds[0] != "set")
        else:
            fits = kinds in (("number", "number"), ("date", "date"))
        if isinstance(right, ast.List | ast.Tuple) and fits:
            for each in right.elts:
                self._check_comparison(ast.Eq(), left, each)
        if not fits:
            both = f"{_part(left)!r}, a {kinds[0]}, with {_part(right)!r}, a {kinds[1]}"
            hint = _comparison_hint(set(kinds), left, right)
            self._refuse(f"it cannot compare {both}, in this way{hint}")

    def _kind_beside(self, other: ast.expr, node: ast.expr) -> str:
        """The kind of a side of a comparison: beside a date, "2024-02-29" is one as well."""
        is_day = isinstance(node, ast.Constant) and _is_day(node.value)
        return "date" if is_day and self.kind(other) == "date" else self.kind(node)

    def _refuse(self, problem: str) -> None:
        raise ExpressionError(f"{shortened(self.source)!r} makes no sense: {problem}")


def _is_day(text: object) -> bool:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _comparison_hint(kinds: set[str], left: ast.expr, right: ast.expr) -> str:
    """How two things that cannot be compared may have been meant, or nothing."""
    constant = next((str(x.value) for x in (right, left) if isinstance(x, ast.Constant)), "")
    if "date" in kinds:
        return '; write a day in quotation marks, as in "2024-02-29"'
    if "set" in kinds:
        return '; write "x" in a_set'
    if kinds == {"number", "quoted text"} and re.fullmatch(r"-?\d+(\.\d+)?", constant):
        return f"; write {constant}, without quotation marks"
    if kinds & {"category", "text"} and "number" in kinds and constant:
        return f'; write "{constant}", in quotation marks'
    return ""


def _part(node: ast.expr) -> str:
    return shortened(ast.unparse(node))
