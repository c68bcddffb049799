from collections.abc import Callable
from pathlib import Path

from casebook.data.results import ESTIMATE, Results
from drawing import Figure, description, read, words

Draw = Callable[..., Figure]


def test_estimates_are_those_of_the_results(bundled: Path, bundled_results: Results) -> None:
    figure = read(bundled / "forest.svg")

    shift, low, high = (
        bundled_results.get("dm", "cdasi", ESTIMATE, stat, method="Hodges-Lehmann").number
        for stat in ("estimate", "conf_low", "conf_high")
    )
    assert (shift, low, high) == (-8, -15.5, -4.5)
    assert "−8 (−15.5 to −4.5)" in words(figure)


def test_coverage_is_given_where_it_falls_short(bundled: Path) -> None:
    figure = read(bundled / "forest.svg")

    assert words(figure).count("93.75%") == 4
    assert "96.09%" not in words(figure)
    assert (
        "Classic DM: 5 patients, shift with 95% interval −12 (−22 to −2), which covers in only"
        " 93.75% of samples, p = 0.0625. "
    ) in description(figure)


def test_a_cohort_without_pairs_has_its_reason(bundled: Path) -> None:
    figure = read(bundled / "forest.svg")

    assert "Amyopathic DM: no patient has both visits" in description(figure)
    assert "–" in words(figure)


def test_the_level_of_the_interval_is_that_of_the_study(draw: Draw) -> None:
    edits = [("cohorts:", "analysis: { confidence_level: 0.9 }\ncohorts:")]

    figure = draw("forest", {}, {"After": "6"}, {"After": "7"}, edits=edits)

    assert "90% interval" in " ".join(words(figure))


def test_each_outcome_says_which_direction_is_better(draw: Draw) -> None:
    assert "change, points; ← lower is better" in words(draw("forest", {}))


def test_an_exact_p_value_stands_where_it_is_another_one_alone(bundled: Path) -> None:
    texts = words(read(bundled / "forest.svg"))

    # In R, wilcox.test(exact = FALSE) of all ten gives 0.0142, and 2 / 2^8 is 0.008 exactly.
    assert texts.count("exact p") == 2
    assert (texts.count("0.014"), texts.count("0.008")) == (2, 2)
    # Of five patients with five different changes both tests give 2 / 2^5.
    assert texts.count("0.0625") == 1


def test_columns_that_would_say_nothing_are_not_drawn(draw: Draw) -> None:
    rows = ({"Before": "50", "After": f"{50 - change}"} for change in (1, 2, 3, 4, 5, 6))

    texts = words(draw("forest", *rows))

    assert {"patients", "shift (interval)", "p"} <= {*texts}
    assert not {"coverage", "exact p"} & {*texts}
    assert not any(text.startswith("A dashed interval") for text in texts)
