"""Days are read as they are written: with the name of a month, or as spreadsheets count them."""

from collections import Counter
from datetime import date

import pytest

from casebook.base.days import SERIAL, day_in
from casebook.base.months import NAMES


def test_no_name_is_that_of_two_months() -> None:
    counts = Counter(name for names in NAMES for name in names.split())

    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("12. März 2021", "%d. %B %Y", date(2021, 3, 12)),
        ("3. DEZ. 2020", "%d. %b %Y", date(2020, 12, 3)),
        ("3. Dez. 2020", "%d. %b. %Y", date(2020, 12, 3)),
        ("1er février 2021", "%d %b %Y", date(2021, 2, 1)),
        ("3 de mayo de 2020", "%d de %b de %Y", date(2020, 5, 3)),
        ("15-ott-20", "%d-%b-%y", date(2020, 10, 15)),
        ("3 mrt 2020", "%d %b %Y", date(2020, 3, 3)),
        ("1MAR2021", "%d%b%Y", date(2021, 3, 1)),
        ("March 3rd, 2021", "%b %d, %Y", date(2021, 3, 3)),
        ("31. Februar 2021", "%d. %b %Y", None),
        ("3. Lenz 2021", "%d. %b %Y", None),
        ("3. 5. 2021", "%d. %b %Y", None),
        # As Excel shows them of the numbers.
        ("45351", SERIAL, date(2024, 2, 29)),
        ("44197.75", SERIAL, date(2021, 1, 1)),
        ("4419", SERIAL, None),
        ("2021-01-01", SERIAL, None),
    ],
)
def test_a_day_may_have_the_name_of_a_month_or_a_number(
    text: str, form: str, day: date | None
) -> None:
    assert day_in(text, form, 1930) == day
