import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from casebook.report import main_findings
from casebook.results import Results, read_results
from casebook.study import load_study

HOSTILE = "<script>alert('x')</script> {{7*7}} & \"q\""
ReportOf = Callable[..., str]


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "data") or (name == "href" and tag == "link"):
                self.loaded.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and (value or "").startswith("#"):
                self.anchors.append((value or "")[1:])


def parsed(page: str) -> _Addresses:
    parser = _Addresses()
    parser.feed(page)
    return parser


def test_the_findings_of_the_bundled_study_are_told_in_sentences(
    bundled: Path, bundled_study: Path
) -> None:
    results = Results(read_results(bundled / "results.csv"))

    found = list(main_findings(load_study(bundled_study), results))

    assert found == [
        "2 of the 7 tests gave p < 0.05: CDASI, Classic and amyopathic DM (median change"
        " −7.5 in 8 patients, p = 0.014); CDASI, Everyone (median change −7 in 10 patients,"
        " p = 0.014).",
        "5 of the 7 tests could not have given p < 0.05, even had every change been in the same"
        " direction, because too few patients changed: CDASI, Classic DM (p = 0.0625); MMT8,"
        " Classic DM (p = 0.371); CDASI, Amyopathic DM (p = 0.174); MMT8, Classic and amyopathic DM"
        " (p = 0.371); MMT8, Everyone (p = 0.371).",
        "Not tested: MMT8, Amyopathic DM (no patient has both visits); CDASI, Antisynthetase"
        " syndrome (all differences are zero (n = 2)); MMT8, Antisynthetase syndrome (no patient"
        " has both visits).",
        "A test without p < 0.05 does not show that nothing changed. The p-values are not adjusted"
        " for the number of tests, and without a comparison group no change can be ascribed to the"
        " treatment alone.",
    ]


def test_a_study_in_which_nothing_could_be_tested_says_so_and_no_more(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    out = results_of(table=table_of({"Before": "5", "After": "NA"}))

    found = list(
        main_findings(
            load_study(Path("study/study.yaml")), Results(read_results(out / "results.csv"))
        )
    )

    assert (
        "Not tested: Score, 65 or older (no patient has both visits); Score, Everyone (no patient"
        " has both visits)." in found
    )
    assert not any("0 tests" in sentence for sentence in found)


def test_one_test_is_told_in_the_singular(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    older = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
    out = results_of(older, table=table_of({"Before": "5", "After": "3"}))
    study = load_study(Path("study/study.yaml"))

    found = list(main_findings(study, Results(read_results(out / "results.csv"))))

    assert not any("1 tests" in sentence for sentence in found)
    assert found[0].startswith("The only test could not have given p < 0.05, even had every ")


def test_one_test_that_did_not_reach_the_level_is_told_in_good_words(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    older = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
    out = results_of(older, table=table_of({"Before": "5", "After": "3"}))
    study = load_study(Path("study/study.yaml"))

    found = list(main_findings(study, Results(read_results(out / "results.csv"))))

    assert "has not gave" not in found[0]


def test_one_test_that_reached_the_level_is_told_in_the_singular(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    older = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
    pairs = ({"Before": str(20 + i), "After": str(18 - i)} for i in range(6))
    out = results_of(older, table=table_of(*pairs))
    study = load_study(Path("study/study.yaml"))

    found = list(main_findings(study, Results(read_results(out / "results.csv"))))

    assert found[0] == (
        "The only test gave p < 0.05: Score, Everyone (median change −7 in 6 patients, p = 0.031)."
    )


def test_the_report_is_one_file_without_a_request_or_a_script(bundled: Path) -> None:
    page = (bundled / "report.html").read_text(encoding="utf-8")

    found = parsed(page)

    assert not {"script", "link", "iframe", "object", "embed"} & set(found.tags)
    assert found.tags.count("img") == 2
    assert all(each.startswith("data:image/svg+xml;base64,") for each in found.loaded)
    assert not re.search(r"url\(|@import", page)


def test_links_within_the_report_lead_somewhere_and_ids_are_unique(bundled: Path) -> None:
    found = parsed((bundled / "report.html").read_text(encoding="utf-8"))

    assert set(found.anchors) <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)


def test_the_report_has_the_same_bytes_again_and_knows_no_path(report_of: ReportOf) -> None:
    first, second = report_of(), report_of()

    assert first == second
    assert str(Path.cwd()) not in first


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

    assert "script" not in parsed(page).tags
    assert page.count("{{7*7}}") > 10
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page


def test_patients_of_whom_it_is_not_known_whether_they_belong_are_named(
    report_of: ReportOf,
) -> None:
    page = " ".join(report_of().split())

    assert (
        "Missing values leave open whether these patients belong; they are not counted in:"
        " b: 65 or older." in page
    )


def test_findings_are_listed_and_their_absence_is_told(
    report_of: ReportOf, table_of: Callable[..., str]
) -> None:
    twins, clean = report_of(table=table_of({}, {})), report_of()

    assert (
        "<strong>warning</strong>: study/table.csv, row 3: found &#39;p2&#39;; the same as" in twins
    )
    assert "<p>None: every cell could be read" in clean


def test_without_a_doi_there_is_no_link(report_of: ReportOf) -> None:
    with_doi = report_of(("licence: CC0", "licence: CC0\n  doi: 10.1136/x-1"))

    assert '<a href="https://doi.org/10.1136/x-1">doi:10.1136/x-1</a>' in with_doi
    assert "doi.org" not in report_of()
