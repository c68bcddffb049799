"""Headers that name another unit than the study, or than one another."""

from collections.abc import Callable
from typing import Any

import pytest

from casebook.base.quantities import unit_in, units_in_header

Clean = Callable[..., Any]


@pytest.mark.parametrize(
    ("header", "units"),
    [
        ("CRP (mg/l) vor", ["mg/l"]),
        ("CRP mg/dl nach", ["mg/dl"]),
        ("Weight, kg", ["kg"]),
        ("crp_mg_dl_bl", ["mg/dl"]),
        ("WBC (x10³/µL)", ["x10³/µL"]),
        ("Hb (G/l)", []),
        ("m/w", []),
        ("Score (1/2)", []),
        ("C3, C4", []),
        ("GFR (ml/min/1.73 m²)", []),
    ],
)
def test_units_are_found_in_headers(header: str, units: list[str]) -> None:
    assert units_in_header(header) == units


@pytest.mark.parametrize(
    ("one", "other", "is_other"),
    [
        ("mg/l", "mg/dl", True),
        ("mg/dl", "µmol/l", True),
        ("cells/µl", "/nl", True),
        ("Jahre", "months", True),
        ("mmHg", "kPa", True),
        ("mg/l", "µg/ml", False),
        ("/nl", "10^9/l", False),
        ("U/l", "IU/L", False),
        ("mm³", "µl", False),
        ("mg", "mg/d", False),
        ("years", "Jahre", False),
    ],
)
def test_another_unit_of_one_kind_is_known_by_what_one_of_it_is(
    one: str, other: str, is_other: bool
) -> None:
    units = unit_in(one), unit_in(other)

    assert units[0] is not None
    assert units[1] is not None
    assert units[0].is_other_of_one_kind(units[1]) is is_other


@pytest.mark.parametrize(
    ("before", "after", "keys", "told"),
    [
        (
            "CRP (mg/dl) vor",
            "CRP (mg/dl) nach",
            "unit: mg/l",
            "found 'CRP (mg/dl) vor, CRP (mg/dl) nach'; 2 headers have the unit mg/dl, and"
            " outcomes.score.unit of study.yaml is mg/l",
        ),
        (
            "CRP (mg/l) vor",
            "CRP (mg/dl) nach",
            "step: 0.1",
            "found 'CRP (mg/dl) nach'; the header has the unit mg/dl, and 'CRP (mg/l) vor', which"
            " outcomes.score also reads, has mg/l",
        ),
        (
            "CRP vor",
            "CRP nach",
            "unit: mg/dl\n    strip_unit: [mg/dl, mg/l]",
            "outcomes.score.strip_unit of study.yaml leaves out 'mg/l', which is another unit",
        ),
        ("CRP (µg/ml)", "CRP (mg/L) (week 4)", "unit: mg/l", ""),
    ],
)
def test_another_unit_than_that_of_the_study_is_a_warning(
    clean_study: Clean, before: str, after: str, keys: str, told: str
) -> None:
    edits = (
        ("baseline: Before", f"baseline: {before}"),
        ("followup: After", f"followup: {after}"),
        ("unit: points", keys),
    )
    table = f"ID,Age,Sex,Drugs,Start,Remark,{before},{after}\na,70,F,HCQ,2024-01-31,well,12.5,3\n"

    found = clean_study(*edits, table=table).findings

    of_units = [str(each) for each in found if "unit" in each.hint]
    assert len(of_units) == bool(told)
    assert all(told in each for each in of_units)
