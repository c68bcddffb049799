import pytest

from casebook.base.texts import unsaid


@pytest.mark.parametrize(
    ("label", "unit", "told"),
    [
        ("Seizures per month", "per month", ""),
        ("Seizures/month", "per month", ""),
        ("Seizures (per month)", "per month", ""),
        ("Days on treatment", "days", ""),
        ("Weight", "kg", "kg"),
        ("Weekdays at work", "days", "days"),
        ("Fat, % of weight", "%", ""),
        ("FEV1", None, ""),
    ],
)
def test_a_unit_is_told_once_beside_its_label(label: str, unit: str | None, told: str) -> None:
    assert unsaid(unit, label) == told
