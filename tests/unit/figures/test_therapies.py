from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.errors import UserError
from casebook.data.results import CHARACTERISTIC, Results, read_results
from casebook.figures.therapies import therapies
from drawing import Figure, cohort, description, read, words

Draw = Callable[..., Figure]


def test_the_legend_says_what_a_mark_means(draw: Draw) -> None:
    figure = draw("therapies", {})

    assert {"Prior drugs", "Current drugs"} <= set(words(figure))
    assert "Prior drugs, still taken at the start" in words(figure)


def test_a_mark_without_a_meaning_is_shown_as_it_is_written(draw: Draw) -> None:
    figure = draw("therapies", {}, edits=[("    mark_label: still taken at the start\n", "")])

    assert "Prior drugs, marked *" in words(figure)


def test_therapies_stand_from_the_most_frequent_to_the_rarest(draw: Draw) -> None:
    figure = draw(
        "therapies", {"Prior": "AZA", "Now": "NEW"}, {"Prior": "AZA, MTX", "Now": "NEW, AZA"}
    )

    names = {"Methotrexate", "Azathioprine", "Newdrug", "Hydroxychloroquine"}
    assert [word for word in words(figure) if word in names] == [
        "Azathioprine", "Newdrug", "Methotrexate",
    ]  # fmt: skip


def test_a_list_that_is_not_known_is_not_an_empty_one(draw: Draw) -> None:
    figure = draw("therapies", {"Prior": ""}, {"Prior": "none"})

    assert "thin line: not known" in words(figure)
    assert "P01, Prior drugs: not known. P01, Current drugs: Newdrug." in description(figure)
    assert "P02, Prior drugs: none. P02, Current drugs: Newdrug." in description(figure)


def test_where_all_is_known_the_legend_says_nothing_of_gaps(draw: Draw) -> None:
    assert "thin line: not known" not in words(draw("therapies", {}))


def test_without_any_therapy_the_figure_says_so(draw: Draw) -> None:
    figure = draw("therapies", {"Prior": "none", "Now": "none"})

    assert words(figure) == ["No patient has a therapy"]


def test_the_counts_at_the_margin_are_those_of_the_results(
    results_of: Callable[..., Path], draw: Draw
) -> None:
    figure = draw("therapies", *cohort(40))
    results = Results(read_results(Path("out/results.csv")))

    told = description(figure)
    for level, label in (("HCQ", "Hydroxychloroquine"), ("MTX", "Methotrexate")):
        count = results.get("everyone", "prior", CHARACTERISTIC, "count", level=level)
        assert f"{label} {count.stat}" in told.partition("Current drugs of")[0]
        assert count.stat in words(figure)


def test_the_bundled_therapies_are_told(bundled: Path) -> None:
    told = description(read(bundled / "therapies.svg"))

    assert told.startswith("Prior therapies of 10 patients: Methotrexate 8, Mycophenolate")
    assert "Current therapies of 10 patients: Methotrexate 3, Mycophenolate mofetil 2," in told
    assert "P04, Prior therapies: Azathioprine, Mycophenolate mofetil (marked). P04, Curr" in told


def test_a_study_without_therapies_has_no_such_figure(
    make_study: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="names no therapies to draw"):
        therapies(
            make_study(("therapies: [drugs]\n", "")),
            [],
            tmp_path / "together.csv",
            tmp_path / "therapies.svg",
        )
