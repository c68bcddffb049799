"""The words by which results, claims and verdicts are joined."""

import pytest

from casebook.analysis.catalogue import make_tests
from casebook.analysis.pairs import Pairs
from casebook.claims.naming import named_conventions
from casebook.data.vocabulary import Family, Method, family


@pytest.mark.parametrize("name", Family)
def test_each_family_can_be_named_in_a_paper_by_its_own_name(name: Family) -> None:
    assert name in named_conventions(name)


def test_each_test_of_pairs_is_of_a_family() -> None:
    made = make_tests(Pairs(["a", "b"], [1.0, 2.0], [3.0, 5.0]))

    assert len(made) == 24
    assert all(family(name) for name in made)


@pytest.mark.parametrize("method", Method)
def test_a_method_is_called_after_its_family(method: Method) -> None:
    assert method.startswith(method.family)


@pytest.mark.parametrize("name", ["", "mean age", "signed-rank", "medians", "quantile type 7"])
def test_what_only_begins_like_a_method_has_no_family(name: str) -> None:
    assert family(name) is None
