"""Expressions over one patient's values: `phenotype == "CDM" and prednisone_baseline > 0`.

They are parsed into Python's syntax tree, of which only the few node kinds named here are walked;
nothing is ever handed to `eval`. Before any value is seen, `kind` finds what an expression gives,
and refuses what could never make sense. A missing value makes an expression missing, unless the
rest decides it (Kleene's three-valued logic: `missing and false` is false).
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, DecimalException
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias, cast

from casebook.base.errors import UserError
from casebook.data.patients import Kind, Member, Value
from casebook.statistics.digits import decimal, order

Operand: TypeAlias = "Value | tuple[Operand, ...]"


class ExpressionError(UserError):
    """An expression that cannot be read, or that makes no sense of the values it names."""


@dataclass(frozen=True)
class Expression:
    """A parsed expression; make one with `parse`."""

    source: str
    tree: ast.expr

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of values that the expression uses."""
        functions = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        names = (node for node in ast.walk(self.tree) if isinstance(node, ast.Name))
        return frozenset(name.id for name in names if id(name) not in functions)

    def kind(self, kinds: Mapping[str, Kind]) -> str:
        """What the expression gives, if its names have these kinds.

        Raises:
            ExpressionError: an operation does not fit what it is applied to, as in `age > "65"`.
        """
        return _Checker(self.source, kinds).kind(self.tree)

    def comparisons(self) -> Iterator[tuple[str, float | str | bool]]:
        """Each name that is compared with a constant, and that constant."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Compare):
                for one, other in pairwise([node.left, *node.comparators]):
                    yield from _pairs(one, other)
                    yield from _pairs(other, one)

    def evaluate(self, values: Mapping[str, Value]) -> float | bool | None:
        """The expression's value for one patient; None where a missing value leaves it open.

        The values have the kinds for which `kind` found a number or a condition.
        """
        result = self.value(values)
        if result is None or isinstance(result, bool | float):
            return result
        raise TypeError(f"{self.source!r} gives {result!r}")

    def value(self, values: Mapping[str, Value]) -> Value:
        """What the expression gives for one patient, whatever its kind; None if it is missing."""
        return cast("Value", _evaluate(self.tree, values))

    def holds(self, values: Mapping[str, Value]) -> bool | None:
        """Whether a condition is true of one patient; None where that is not known."""
        result = self.evaluate(values)
        return result if result is None else bool(result)


def parse(source: str) -> Expression:
    """Read an expression; it may run over several lines.

    Raises:
        ExpressionError: it is not well-formed, or uses something that is not allowed.
    """
    if len(source) > _LONGEST:
        raise ExpressionError(f"{_short(source)!r} is longer than {_LONGEST} characters")
    try:
        # Within parentheses an expression may run over several lines.
        tree = ast.parse(f"(\n{source}\n)", mode="eval").body if source.strip() else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    if tree is None:
        hints = (f"; {hint}" for pattern, hint in _HINTS.items() if re.search(pattern, source))
        raise ExpressionError(
            f"{_short(source)!r} is not a well-formed expression{next(hints, '')}"
        )
    if _depth(tree) > _DEEPEST:
        raise ExpressionError(
            f"{_short(source)!r} is nested, or adds and subtracts, more than {_DEEPEST} deep; give"
            " parts of it names under derived"
        )
    source = " ".join(line.strip() for line in source.strip().splitlines())
    for node in ast.walk(tree):
        _check_node(node, source)
    return Expression(source, tree)


def _depth(tree: ast.AST) -> int:
    """How many nodes are within each other, at the most; found without recursion."""
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return deepest


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _marked(members: tuple[Member, ...]) -> tuple[Member, ...]:
    return tuple(member for member in members if member.marked)


def _count(members: tuple[Member, ...]) -> float:
    return float(len(members))


def _arithmetic(operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[..., Operand]:
    """An operation on decimal numbers, so that 0.3 - 0.1 is 0.2.

    None where it is undefined, or gives what no measurement can be and no figure can show.
    """

    def compute(one: float, other: float) -> float | None:
        try:
            number = float(operation(decimal(one), decimal(other)))
        except (DecimalException, OverflowError):
            return None
        return number if abs(number) <= _FURTHEST else None

    return compute


def _difference(minuend: Operand, subtrahend: Operand) -> Operand:
    """The difference of two numbers, or the days between two dates."""
    if isinstance(minuend, date) and isinstance(subtrahend, date):
        return float((minuend - subtrahend).days)
    return _arithmetic(operator.sub)(minuend, subtrahend)


def _comparing(holds: Callable[..., bool]) -> Callable[[Operand, Operand], bool]:
    """A comparison in which numbers are the same that agree to within what their digits tell.

    Beside a date, a text is one as well, which the check of kinds has made sure of.
    """

    def compare(one: Operand, other: Operand) -> bool:
        if isinstance(one, float) and isinstance(other, float):
            return holds(order(one, other), 0)
        if isinstance(one, date) or isinstance(other, date):
            return holds(
                *(date.fromisoformat(x) if isinstance(x, str) else x for x in (one, other))
            )
        return holds(one, other)

    return compare


_equal = _comparing(operator.eq)


def _contains(members: tuple[Operand, ...], item: Operand) -> bool:
    names = [each.name if isinstance(each, Member) else each for each in members]
    return any(_equal(item, name) for name in names)


_TOO_LARGE = 1e300
_FURTHEST = 1e30
_LONGEST = 2000
_SHOWN = 120
_DEEPEST = 100
"""Far from where Python's own stack ends, which is another depth for each version of it."""

# What other languages and word processors write, and how it is written here; the first that fits.
_HINTS = {
    "[“”„‘’«»]": "put texts into straight quotation marks",
    "[≤≥≠]": "write <=, >= and !=",
    "<>": "write != for 'not equal'",
    "&&|\\|\\|": "write and, or, not",
    r"\b(AND|OR|NOT|IN)\b": "write and, or, not, in with small letters",
    r"\d{4}-\d\d?-\d\d?": 'put a day into quotation marks, as in start >= "2024-02-29"',
    r"[=!]=\s*(?!not\b)[^\W\d]\w*\s+(?!and\b|or\b|not\b|in\b)\w": "put a level into quotation"
    ' marks, as in group == "late onset"',
    r"(?<![<>=!])=(?!=)": "compare with ==, <= or >=, and not with a single =",
}
_OTHER_OPERATORS = {
    "Pow": "**", "FloorDiv": "//", "Mod": "%", "MatMult": "@", "BitAnd": "&", "BitOr": "|",
    "BitXor": "^", "LShift": "<<", "RShift": ">>", "Invert": "~", "UAdd": "+",
    "Is": "is", "IsNot": "is not",
}  # fmt: skip

_KNOWN = "known"
_FUNCTIONS: dict[str, Callable[..., Operand]] = {"abs": abs, "count": _count, "marked": _marked}
# What each function takes and gives; `known` takes anything.
_SIGNATURES = {
    "abs": ("number", "number"),
    "count": ("set", "number"),
    "marked": ("set", "set"),
    _KNOWN: (None, "boolean"),
}

_OPERATORS: dict[type[ast.AST], Callable[..., Operand]] = {
    ast.Add: _arithmetic(operator.add),
    ast.Sub: _difference,
    ast.Mult: _arithmetic(operator.mul),
    ast.Div: _arithmetic(operator.truediv),
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Eq: _equal,
    ast.NotEq: _comparing(operator.ne),
    ast.Lt: _comparing(operator.lt),
    ast.LtE: _comparing(operator.le),
    ast.Gt: _comparing(operator.gt),
    ast.GtE: _comparing(operator.ge),
    ast.In: lambda item, members: _contains(members, item),
    ast.NotIn: lambda item, members: not _contains(members, item),
}

_STRUCTURE = (
    ast.And,
    ast.BinOp,
    ast.BoolOp,
    ast.Call,
    ast.Compare,
    ast.Constant,
    ast.List,
    ast.Load,
    ast.Name,
    ast.Or,
    ast.Tuple,
    ast.UnaryOp,
)


def _check_node(node: ast.AST, source: str) -> None:
    match node:
        case ast.Constant(value=bool() | str()):
            return
        case ast.Constant(value=int() | float() as number) if abs(number) < _TOO_LARGE:
            return
        case ast.Constant(value=int() | float()):
            problem = "a number that is too large"
        case ast.Constant():
            problem = f"the constant {node.value!r}"
        case ast.List() | ast.Tuple():
            if all(isinstance(_unsigned(each), ast.Constant) for each in node.elts):
                return
            comma = " (write decimals with a point)" if re.search(r"\d,\d", source) else ""
            problem = f"a list of something else than numbers and quoted texts{comma}"
        case ast.Call(func=ast.Name(id=name), args=[_], keywords=[]):
            if name in _SIGNATURES:
                return
            problem = f"the function {name!r} (known: {', '.join(sorted(_SIGNATURES))})"
        case ast.Call():
            problem = "a call of this form (a function takes one value)"
        case _ if isinstance(node, _STRUCTURE) or type(node) in _OPERATORS:
            return
        case ast.expr():
            problem = repr(_short(ast.unparse(node)))
        case _:
            problem = f"the operator {_OTHER_OPERATORS.get(type(node).__name__, '')!r}"
    raise ExpressionError(f"{_short(source)!r} uses {problem}, which an expression here cannot")


def _unsigned(node: ast.expr) -> ast.expr:
    return node.operand if isinstance(node, ast.UnaryOp) else node


@dataclass(frozen=True)
class _Checker:
    """Finds the kind of each part of an expression from the kinds of its names."""

    source: str
    kinds: Mapping[str, Kind]
    found: dict[ast.expr, str] = field(default_factory=dict)

    def kind(self, node: ast.expr) -> str:
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
            case ast.Call(func=ast.Name(id=name)):
                takes, gives = _SIGNATURES[name]
                self._all(takes or self.kind(node.args[0]), node.args)
                return gives
        raise AssertionError(f"{type(node).__name__} passed the check of `parse`")

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
        raise ExpressionError(f"{_short(self.source)!r} makes no sense: {problem}")


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
    return _short(ast.unparse(node))


def _pairs(name: ast.expr, constant: ast.expr) -> Iterator[tuple[str, float | str | bool]]:
    if isinstance(name, ast.Call) and isinstance(name.func, ast.Name) and name.func.id == "marked":
        name = name.args[0]
    constants = constant.elts if isinstance(constant, ast.List | ast.Tuple) else [constant]
    if isinstance(name, ast.Name):
        for each in constants:
            if isinstance(each, ast.Constant):
                yield name.id, _constant(each)


def _constant(node: ast.Constant) -> float | str | bool:
    match node.value:
        case bool() | str() as value:
            return value
        case int() | float() as value:
            return float(value)
    raise AssertionError(f"{node.value!r} passed the check of `parse`")


def _evaluate(node: ast.expr, values: Mapping[str, Value]) -> Operand:
    match node:
        case ast.Constant():
            return _constant(node)
        case ast.Name():
            return values[node.id]
        case ast.List() | ast.Tuple():
            return tuple(_evaluate(each, values) for each in node.elts)
        case ast.BoolOp():
            conditions = [_evaluate(each, values) for each in node.values]
            return _all(conditions) if isinstance(node.op, ast.And) else _any(conditions)
        case ast.Compare():
            sides = [_evaluate(each, values) for each in (node.left, *node.comparators)]
            compared = zip(node.ops, pairwise(sides), strict=True)
            return _all([_apply(operation, *pair) for operation, pair in compared])
        case ast.UnaryOp():
            return _apply(node.op, _evaluate(node.operand, values))
        case ast.BinOp():
            return _apply(node.op, _evaluate(node.left, values), _evaluate(node.right, values))
        case ast.Call(func=ast.Name(id=name)):
            argument = _evaluate(node.args[0], values)
            if name == _KNOWN:
                return argument is not None
            return None if argument is None else _FUNCTIONS[name](argument)
    raise AssertionError(f"{type(node).__name__} passed the check of `parse`")


def _apply(operation: ast.AST, *operands: Operand) -> Operand:
    missing = any(operand is None for operand in operands)
    return None if missing else _OPERATORS[type(operation)](*operands)


def _all(conditions: list[Operand]) -> bool | None:
    if False in conditions:
        return False
    return None if None in conditions else True


def _any(conditions: list[Operand]) -> bool | None:
    if True in conditions:
        return True
    return None if None in conditions else False
