import re

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from casebook.report.links import to_named
from casebook.report.manuscript import Row, Table
from casebook.report.render import breakable, render, unbroken

HOSTILE = "<script>alert('x')</script> {{7*7}} & \"quoted\""


def test_every_text_of_a_table_is_escaped() -> None:
    row = Row(HOSTILE, (HOSTILE,), level=1)
    table = Table("t", HOSTILE, ("A", HOSTILE), (Row(HOSTILE), row), (HOSTILE,))

    page = render("table.html", table=table)

    assert page.count(str(escape(HOSTILE))) == 7
    assert "<script" not in page
    assert "49" not in page


def test_a_comparison_with_a_number_is_not_broken_over_lines() -> None:
    page = unbroken(Markup("<td>n = 3; p &lt; 0.05</td> <dt>a = b</dt>"))

    assert page == "<td>n\xa0=\xa03; p\xa0&lt;\xa00.05</td> <dt>a = b</dt>"
    copied = Markup('<code>count(n = 3)</code> <p title="n = 3">')
    assert unbroken(copied) == copied


def test_a_cell_of_a_table_may_be_broken_between_its_parts_alone() -> None:
    cells = ("37.5 (29 to 43), n = 20", "<0.001")
    page = render("table.html", table=Table("t", "T", ("A", "B"), (Row("a, b", cells),), ("c, d",)))

    found = breakable(page)

    assert "<td>37.5<span> </span>(29 to 43),<span> </span>n = 20</td>" in found
    assert found.replace("<span> </span>", " ") == page
    assert found.count("<span>") == 2


def test_a_table_that_a_sentence_names_is_a_link_if_the_page_has_it() -> None:
    named = Markup("all are in the table of tests, or in the table under Harms")

    assert to_named(named) == named
    page = to_named(named + Markup('<h3 id="tests">'))
    assert 'in the <a href="#tests">table of tests</a>, or in the table under Harms' in page


def test_the_name_of_a_table_is_no_link_within_a_tag_or_another_link() -> None:
    page = Markup(
        '<h3 id="tests"></h3><p title="Rash: table of tests"></p><a>Rash: table of tests</a>'
    )

    assert to_named(page) == page


def test_a_heading_spans_all_columns() -> None:
    table = Table("t", "T", ("A", "B", "C"), (Row("Group"), Row("x", ("1", "2"))), ())

    page = render("table.html", table=table)

    assert '<th scope="rowgroup" colspan="3">Group</th>' in page
    assert page.count("<td>") == 2


@pytest.mark.parametrize(
    ("labels", "groups"),
    [
        (["One", "x", "y", "Two", "z"], [["One", "x", "y"], ["Two", "z"]]),
        (["x", "One", "y"], [["x"], ["One", "y"]]),
        (["x", "y"], [["x", "y"]]),
    ],
)
def test_each_heading_begins_a_body_of_its_own(labels: list[str], groups: list[list[str]]) -> None:
    rows = tuple(Row(each) if each.istitle() else Row(each, ("1",)) for each in labels)

    page = render("table.html", table=Table("t", "T", ("A", "B"), rows, ()))

    bodies = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    assert [re.findall(r"<th [^>]*>(.*?)</th>", body) for body in bodies] == groups
    assert page.count("<tbody>") == page.count("</tbody>") == len(groups)


def test_a_table_on_a_page_of_its_own_is_escaped_to_its_title() -> None:
    table = Table("t", HOSTILE, ("A", HOSTILE), (Row(HOSTILE, (HOSTILE,)),), (HOSTILE,))

    page = render("tablepage.html", table=table)

    assert f"<title>{escape(HOSTILE)}</title>" in page
    assert "<script" not in page
    assert page.count("<td>") == 1


def test_a_value_that_a_template_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("table.html")
