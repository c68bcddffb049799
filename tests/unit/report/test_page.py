import base64
import hashlib
import html
import re
from collections.abc import Callable
from pathlib import Path

from markup import parsed

HOSTILE = "<script>alert('x')</script> {{7*7}} & \"q\""
ReportOf = Callable[..., str]


def test_the_report_is_one_file_without_a_request(bundled: Path) -> None:
    page = (bundled / "report.html").read_text(encoding="utf-8")

    found = parsed(page)

    assert not {"img", "link", "iframe", "object", "embed", "base", "form"} & set(found.tags)
    assert found.tags.count("figure") == 19
    assert found.tags.count("svg") == 10
    assert found.loaded == []
    assert not re.search(r"url\((?!#)|@import", page)


def test_the_page_allows_its_own_script_and_no_other(bundled: Path) -> None:
    page = (bundled / "report.html").read_text(encoding="utf-8")

    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)

    assert len(scripts) == 1
    assert policy
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert policy[1].split("; ") == [
        "default-src 'none'",
        f"script-src 'sha256-{digest}'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_links_within_the_report_lead_somewhere_and_ids_are_unique(bundled: Path) -> None:
    found = parsed((bundled / "report.html").read_text(encoding="utf-8"))

    assert set(found.anchors) <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)


def test_the_report_has_the_same_bytes_again_and_knows_no_path(report_of: ReportOf) -> None:
    first, second = report_of(), report_of()

    assert first == second
    assert str(Path.cwd()) not in first


def test_guesses_that_nobody_has_reviewed_are_the_first_of_the_main_findings(
    report_of: ReportOf,
) -> None:
    page = report_of(("better: lower", "better: lower # review: a guess"))

    first = page[page.index("<h2>Main findings</h2>") :].split("<li>")[1]
    assert first.startswith("1 guess of the draft is not reviewed yet (first: line ")
    assert "not reviewed yet" not in report_of()


def test_what_conclusions_hang_on_is_told_below_the_tests_and_linked_above_them(
    bundled: Path,
) -> None:
    page = (bundled / "report.html").read_text(encoding="utf-8")

    parts = ('id="findings"', 'href="#trust"', 'id="tests"', 'id="trust"', 'id="response"')
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_without_a_table_of_tests_nothing_is_said_to_stand_below_it(report_of: ReportOf) -> None:
    page = report_of(("  older:\n    label: 65 or older\n    select: age >= 65\n", ""))

    assert 'id="trust"' in page
    assert 'href="#trust"' not in page


def test_hostile_text_in_the_study_and_in_the_table_is_shown_and_not_run(
    report_of: ReportOf,
) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    edits = [
        (f"{key}: {value}", f"{key}: {quoted}")
        for key, value in (
            ("title", "A study"),
            ("citation", "Doe J. 2024."),
            ("licence", "CC0"),
            ("label", "Score"),
            ("unit", "points"),
            ("label", "Everyone"),
            ("label", "Age"),
        )
    ]
    cells = '"' + HOSTILE.replace('"', '""') + '"'
    table = f"ID,Age,Sex,Drugs,Start,Remark,Before,After,{cells}\na,70,F,,,{cells},1,2,\n"

    page = report_of(*edits, table=table)

    assert parsed(page).tags.count("script") == 1
    assert "<script>alert" not in page
    assert page.count("{{7*7}}") > 10
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page


def test_patients_of_whom_it_is_not_known_whether_they_belong_are_named(
    report_of: ReportOf,
) -> None:
    page = " ".join(re.sub(r"<[^>]+>", "", report_of()).split())

    told = "Missing values leave it open whether these patients belong, so they are not counted: b."
    assert told in page


def test_findings_are_listed_and_their_absence_is_told(
    report_of: ReportOf, table_of: Callable[..., str]
) -> None:
    twins, clean = report_of(table=table_of({}, {})), report_of()

    place = "study/table.csv, row 3, column &#39;ID&#39;: found &#39;p2&#39;"
    assert f"<strong>warning</strong>: {place}; perhaps not a separate patient" in twins
    assert "1 of 2 rows that are analysed may not be a separate patient" in twins
    assert "<p>None: every cell could be read" in clean


def test_findings_of_one_cause_are_listed_as_one(
    report_of: ReportOf, table_of: Callable[..., str]
) -> None:
    table = table_of(*({"Age": str(20 + i), "Before": "NA", "After": "NA"} for i in range(9)))

    page = html.unescape(report_of(table=table))

    assert page.count("it has no outcome at all") == 1
    assert "column 'ID': found 9 times, in row 2 'p1', row 3 'p2', " in page


def test_without_a_doi_there_is_no_link(report_of: ReportOf) -> None:
    with_doi = report_of(("licence: CC0", "licence: CC0\n  doi: 10.1136/x-1"))

    assert '<a href="https://doi.org/10.1136/x-1">doi:10.1136/x-1</a>' in with_doi
    assert "doi.org" not in report_of()


def test_a_study_without_a_citation_and_a_licence_does_not_speak_of_them(
    report_of: ReportOf,
) -> None:
    page = report_of(("  licence: CC0\n", ""), ("  citation: Doe J. 2024.\n", ""))

    told = page.partition('<section id="data">')[2].partition("</p>")[0]
    assert " ".join(re.sub(r"<[^>]+>", "", told).split()) == "Data Raw table: table.csv."
