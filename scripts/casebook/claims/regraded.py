"""What became of a grade between two visits, as a condition of claims: `improved(fc)`.

It is written out by the levels of the grade, and so is known only where both grades are.
"""

import ast
from copy import deepcopy

from casebook.claims.readings import ReadingError
from casebook.claims.written import one_of
from casebook.study.expressions import parse
from casebook.study.model import Study
from casebook.study.outcomes import Grade
from casebook.study.visits import Contrast

MOVES = ("improved", "worsened", "unchanged")


def written_out(study: Study, node: ast.expr) -> ast.expr:
    """An expression in which each such condition is written out.

    Raises:
        ReadingError: one is of no grade of the study, or of a contrast that this does not have.
    """
    if not any(_is_move(each) for each in ast.walk(node)):
        return node
    found: ast.expr = _WrittenOut(study).visit(deepcopy(node))
    return found


def _is_move(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MOVES


class _WrittenOut(ast.NodeTransformer):
    """Puts what they stand for in the place of such conditions."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if not _is_move(node):
            return self.generic_visit(node)
        move, (grade, *contrast) = ast.unparse(node.func), map(ast.unparse, node.args or [node])
        if node.keywords or not node.args or len(contrast) > 1:
            raise ReadingError(f"{move}(...) takes a grade, and perhaps a contrast of it")
        one_of(grade, self._study.grades, "a grade")
        of = self._study.grades[grade]
        contrasts = {each.name: each for each in self._study.contrasts_of(of.at)}
        if not contrasts:
            raise ReadingError(f"no two visits of {grade} are compared")
        name = contrast[0] if contrast else next(iter(contrasts))
        one_of(name, contrasts, f"a contrast of {grade}")
        return parse(_condition(self._study, of, contrasts[name], move)).tree


def _condition(study: Study, grade: Grade, contrast: Contrast, move: str) -> str:
    """The condition, by the levels; missing unless both grades are known."""
    before, after = (f"({grade.at[visit]})" for visit in contrast.visits)
    same = f"{before} == {after}"
    if move == "unchanged":
        return same
    levels = list(study.levels_of(grade))
    if (move == "improved") == (grade.better == "last"):
        levels.reverse()
    ways = [
        f"({before} == {level!r} and {after} in {levels[:place]})"
        for place, level in enumerate(levels)
        if place
    ]
    # The last part is false where both are known, and missing where one is not.
    return " or ".join([*ways, f"({same} and not ({same}))"])
