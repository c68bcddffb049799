"""Expressions over one patient's values: `phenotype == "CDM" and prednisone_baseline > 0`.

They are parsed into Python's syntax tree, of which only the few node kinds named here are walked;
nothing is ever handed to `eval`. A missing value makes an expression missing, unless the rest
decides it (Kleene's three-valued logic: `missing and false` is false). Which names there are, and
which values they may take, is the study's business.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from casebook.errors import UserError
from casebook.patients import Member, Value

Operand: TypeAlias = "Value | tuple[Operand, ...]"


class ExpressionError(UserError):
    """An expression that cannot be read, or does not fit the values it is given."""


@dataclass(frozen=True)
class Expression:
    """A parsed expression; make one with `parse`."""

    source: str
    tree: ast.expr

    @property
    def names(self) -> set[str]:
        """The names of values that the expression uses."""
        return {name.id for name in _value_names(self.tree)}

    @property
    def is_condition(self) -> bool:
        """Whether the expression gives true or false, and not a number."""
        match self.tree:
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                return True
            case ast.Constant(value=bool()) | ast.Call(func=ast.Name(id="known")):
                return True
        return False

    def comparisons(self) -> Iterator[tuple[str, Value]]:
        """Each name that is compared with a constant, and that constant."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                for one, other in pairwise(sides):
                    yield from _pairs(one, other)
                    yield from _pairs(other, one)

    def evaluate(self, values: Mapping[str, Value]) -> Operand:
        """The expression's value for one patient; None where a missing value leaves it open.

        Raises:
            ExpressionError: an operation does not fit its values, as in `"a" > 1`.
        """
        try:
            return _evaluate(self.tree, values)
        except TypeError as error:
            raise ExpressionError(f"{self.source!r} cannot be evaluated: {error}") from None

    def holds(self, values: Mapping[str, Value]) -> bool | None:
        """Whether the expression is true of one patient; None where that is not known.

        Raises:
            ExpressionError: the expression is not a condition.
        """
        result = self.evaluate(values)
        if result is None or isinstance(result, bool):
            return result
        raise ExpressionError(f"{self.source!r} gives {result!r}, and not true or false")


def parse(source: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: it is not well-formed, or uses something that is not allowed.
    """
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        raise ExpressionError(f"{source!r} is not a well-formed expression") from None
    for node in ast.walk(tree):
        _check_node(node, source)
    return Expression(source, tree)


def _marked(members: tuple[Member, ...]) -> tuple[Member, ...]:
    return tuple(member for member in members if member.marked)


def _count(members: tuple[Member, ...]) -> float:
    return float(len(members))


def _condition(value: Operand) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError("'and', 'or' and 'not' take conditions, each true or false")


def _contains(members: tuple[Operand, ...], item: Operand) -> bool:
    return item in [each.name if isinstance(each, Member) else each for each in members]


_FUNCTIONS: dict[str, Callable[..., Operand]] = {"abs": abs, "count": _count, "marked": _marked}
_KNOWN = "known"

_OPERATORS: dict[type[ast.AST], Callable[..., Operand]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda a, b: None if b == 0 else a / b,
    ast.USub: operator.neg,
    ast.Not: lambda condition: not _condition(condition),
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
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
        case ast.Constant(value=bool() | int() | float() | str()):
            return
        case ast.Constant():
            problem = f"the constant {node.value!r}"
        case ast.Call(func=ast.Name(id=name), args=[_], keywords=[]):
            if name in _FUNCTIONS or name == _KNOWN:
                return
            problem = f"the function {name!r} (known: {', '.join(sorted([*_FUNCTIONS, _KNOWN]))})"
        case ast.Call():
            problem = "a call of this form (a function takes one value)"
        case _ if isinstance(node, _STRUCTURE) or type(node) in _OPERATORS:
            return
        case _:
            problem = f"Python's {type(node).__name__}"
    raise ExpressionError(f"{source!r} uses {problem}, which an expression here cannot")


def _value_names(tree: ast.AST) -> Iterator[ast.Name]:
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node not in functions:
            yield node


def _pairs(name: ast.expr, constant: ast.expr) -> Iterator[tuple[str, Value]]:
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
            return _all([_apply(op, *sides[i : i + 2]) for i, op in enumerate(node.ops)])
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
    return None if None in operands else _OPERATORS[type(operation)](*operands)


def _all(conditions: list[Operand]) -> bool | None:
    known = [_condition(each) for each in conditions if each is not None]
    return None if all(known) and None in conditions else all(known)


def _any(conditions: list[Operand]) -> bool | None:
    known = [_condition(each) for each in conditions if each is not None]
    return None if not any(known) and None in conditions else any(known)
