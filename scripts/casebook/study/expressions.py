"""Expressions over one patient's values: `phenotype == "CDM" and prednisone_baseline > 0`.

They are parsed into Python's syntax tree, of which only the few node kinds named here are walked;
nothing is ever handed to `eval`. Before any value is seen, `kind` finds what an expression gives,
and refuses what could never make sense. A missing value makes an expression missing, unless the
rest decides it (Kleene's three-valued logic: `missing and false` is false).
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, pairwise
from typing import cast

from casebook.data.patients import Kind, Value
from casebook.study.kinds import ExpressionError, KindFinder, shortened
from casebook.study.operators import (
    FOREMOST,
    FUNCTIONS,
    KNOWN,
    OF_SEVERAL,
    OPERATORS,
    SIGNATURES,
    YEARS,
    Operand,
    all_hold,
    any_holds,
    apply,
    as_value,
)


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
            ExpressionError: an operation does not fit what it is applied to, as in `age > "65"`,
                or divides by zero whatever the values are.
        """
        found = KindFinder(self.source, kinds).kind(self.tree)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                divisor = Expression(self.source, node.right)
                if not divisor.names and divisor.value({}) == 0:
                    part = shortened(ast.unparse(node))
                    raise ExpressionError(f"{shortened(self.source)!r} divides by zero: {part!r}")
        return found

    def comparisons(self) -> Iterator[tuple[str, float | str | bool]]:
        """Each name that is compared with a constant, and that constant."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Compare):
                for one, other in pairwise([node.left, *node.comparators]):
                    yield from _pairs(one, other)
                    yield from _pairs(other, one)
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == FOREMOST:
                for each in node.args[1:]:
                    yield from _pairs(each, node.args[0])

    def required(self) -> dict[str, list[float | str | bool]]:
        """Names of which one of these constants must be the value, or it is missing.

        Of a patient for whom that is not so, the expression does not hold. What says nothing of
        the kind, as `age > 65`, has no such name.
        """
        return dict(_required(self.tree))

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
        return cast("Value", as_value(_evaluate(self.tree, values)))

    def holds(self, values: Mapping[str, Value]) -> bool | None:
        """Whether a condition is true of one patient; None where that is not known."""
        result = self.evaluate(values)
        return result if result is None else bool(result)


@cache
def parse(source: str) -> Expression:
    """Read an expression; it may run over several lines. The same text is read once.

    Raises:
        ExpressionError: it is not well-formed, or uses something that is not allowed.
    """
    if len(source) > LONGEST:
        raise ExpressionError(f"{shortened(source)!r} is longer than {LONGEST} characters")
    try:
        # Within parentheses an expression may run over several lines.
        tree = ast.parse(f"(\n{source}\n)", mode="eval").body if source.strip() else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    if tree is None:
        hint = f"; {told}" if (told := hint_for(source)) else ""
        raise ExpressionError(f"{shortened(source)!r} is not a well-formed expression{hint}")
    if _depth(tree) > _DEEPEST:
        raise ExpressionError(
            f"{shortened(source)!r} is nested more than {_DEEPEST} deep, or adds and subtracts"
            " more often;"
            " give parts of it names under derived"
        )
    source = " ".join(line.strip() for line in source.strip().splitlines())
    for node in ast.walk(tree):
        _check_node(node, source)
    return Expression(source, tree)


def shown(source: str) -> str:
    """An expression in one line, without remarks, for a message that says what to write."""
    return ast.unparse(parse(source).tree)


def hint_for(source: str) -> str:
    """How to write what is written in another way in a text that is not well-formed, if known."""
    return next((hint for pattern, hint in _HINTS.items() if re.search(pattern, source)), "")


def _depth(tree: ast.AST) -> int:
    """How many nodes are within each other, at the most; found without recursion."""
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return deepest


_TOO_LARGE = 1e300
LONGEST = 2000
_DEEPEST = 100
"""Far from where Python's own stack ends, which is another depth for each version of it."""

# What other languages and word processors write, and how it is written here; the first that fits.
_HINTS = {
    "[“”„‘’«»]": "put text in straight quotation marks",
    "[≤≥≠]": "write <=, >= and !=",
    "<>": "write != for 'not equal'",
    "&&|\\|\\|": "write and, or, not",
    r"\b(AND|OR|NOT|IN)\b": "write and, or, not, in in small letters",
    r"\d{4}-\d\d?-\d\d?": 'put a day in quotation marks, as in start >= "2024-02-29"',
    r"[=!]=\s*(?!not\b)[^\W\d]\w*\s+(?!and\b|or\b|not\b|in\b)\w": "put a level in quotation"
    ' marks, as in group == "late onset"',
    r"(?<![<>=!])=(?!=)": "compare with ==, <= or >=, and not with a single =",
}
_OTHER_OPERATORS = {
    "Pow": "**", "FloorDiv": "//", "Mod": "%", "MatMult": "@", "BitAnd": "&", "BitOr": "|",
    "BitXor": "^", "LShift": "<<", "RShift": ">>", "Invert": "~", "UAdd": "+",
    "Is": "is", "IsNot": "is not",
}  # fmt: skip

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
            problem = f"a list of something other than numbers and quoted texts{comma}"
        case ast.Call(func=ast.Name(id=name), args=[_, *more], keywords=[]):
            fits = len(more) == 1 if name == YEARS else bool(more) == (name in OF_SEVERAL)
            if name in SIGNATURES and fits:
                return
            problem = _unlike_any_function(name, len(more) + 1)
        case ast.Call():
            problem = "a call of this form (a function takes values in brackets, as in abs(x))"
        case _ if isinstance(node, _STRUCTURE) or type(node) in OPERATORS:
            return
        case ast.expr():
            problem = repr(shortened(ast.unparse(node)))
        case _:
            problem = f"the operator {_OTHER_OPERATORS.get(type(node).__name__, '')!r}"
    raise ExpressionError(f"{shortened(source)!r} uses {problem}, which an expression here cannot")


def _unlike_any_function(name: str, count: int) -> str:
    """What is wrong with the call of a function of so many values."""
    if name == YEARS:
        return "the function 'years' with other than two dates, as in years(born, start)"
    known = sorted(OF_SEVERAL if count > 1 else FUNCTIONS.keys() | {KNOWN})
    of = f" of {'several values' if count > 1 else 'one value'}" if name in SIGNATURES else ""
    return f"the function {name!r}{of} (known: {', '.join(known)})"


def _unsigned(node: ast.expr) -> ast.expr:
    return node.operand if isinstance(node, ast.UnaryOp) else node


def _pairs(name: ast.expr, constant: ast.expr) -> Iterator[tuple[str, float | str | bool]]:
    if isinstance(name, ast.Call) and isinstance(name.func, ast.Name) and name.func.id == "marked":
        name = name.args[0]
    constants = constant.elts if isinstance(constant, ast.List | ast.Tuple) else [constant]
    if isinstance(name, ast.Name):
        for each in constants:
            if isinstance(each, ast.Constant):
                yield name.id, _constant(each)


def _required(node: ast.expr) -> Iterator[tuple[str, list[float | str | bool]]]:
    match node:
        case ast.BoolOp(op=ast.And(), values=conditions):
            yield from chain(*map(_required, conditions))
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant() as c]):
            yield name, [_constant(c)]
        case ast.Compare(
            left=ast.Name(id=name), ops=[ast.In()], comparators=[ast.List() | ast.Tuple() as among]
        ) if all(isinstance(each, ast.Constant) for each in among.elts):
            yield name, [_constant(each) for each in among.elts if isinstance(each, ast.Constant)]


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
            return all_hold(conditions) if isinstance(node.op, ast.And) else any_holds(conditions)
        case ast.Compare():
            sides = [_evaluate(each, values) for each in (node.left, *node.comparators)]
            compared = zip(node.ops, pairwise(sides), strict=True)
            return all_hold([apply(operation, *pair) for operation, pair in compared])
        case ast.UnaryOp():
            return apply(node.op, _evaluate(node.operand, values))
        case ast.BinOp():
            return apply(node.op, _evaluate(node.left, values), _evaluate(node.right, values))
        case ast.Call(func=ast.Name(id=name)):
            first, *more = (_evaluate(each, values) for each in node.args)
            if name == KNOWN:
                return first is not None
            if name in OF_SEVERAL:
                return OF_SEVERAL[name](first, *more)
            return None if first is None else FUNCTIONS[name](first)
    raise AssertionError(f"{type(node).__name__} passed the check of `parse`")
