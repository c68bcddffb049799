"""Which earlier results a run compares with, and how they are kept."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.errors import UserError
from casebook.base.files import WriteError
from casebook.base.yamlfile import ModelFileError
from casebook.history.earlier import compared_folders, files_in, keep, kept
from casebook.study.load import load_study
from states import compare

Files = dict[str, Path]
Version = Callable[[str], Files]


@pytest.fixture
def version(tmp_path: Path) -> Version:
    """The files of results, the text of all being that of the version."""

    def make(text: str) -> Files:
        folder = tmp_path / "present"
        folder.mkdir(exist_ok=True)
        for name in ("results.csv", "cells.csv"):
            (folder / name).write_text(text)
        return files_in(folder)

    return make


def texts(files: Files) -> set[str]:
    return {path.read_text() for path in files.values()}


def test_the_first_report_has_nothing_to_compare_with(tmp_path: Path, version: Version) -> None:
    assert kept(tmp_path / "earlier", version("one")) == {}


def test_a_report_is_compared_with_the_one_before_however_often_it_is_made(
    tmp_path: Path, version: Version
) -> None:
    earlier = tmp_path / "earlier"
    found = []

    for text in ("one", "two", "two", "three", "three"):
        present = version(text)
        before = texts(kept(earlier, present))
        keep(earlier, present)
        found.append((before, texts(kept(earlier, present))))

    assert found == [
        (set(), set()),
        ({"one"}, {"one"}),
        ({"one"}, {"one"}),
        ({"two"}, {"two"}),
        ({"two"}, {"two"}),
    ]


def test_a_comment_in_the_study_makes_no_other_results(tmp_path: Path, version: Version) -> None:
    earlier = tmp_path / "earlier"
    study = tmp_path / "study.yaml"
    for text in ("one", "two"):
        study.write_text("title: A study\n")
        keep(earlier, version(text) | {"study.yaml": study})

    study.write_text("title: A study # as usual\n")
    present = version("two") | {"study.yaml": study}
    keep(earlier, present)

    assert kept(earlier, present)["results.csv"].read_text() == "one"


def test_results_without_a_report_are_not_what_the_next_ones_are_compared_with(
    tmp_path: Path, version: Version
) -> None:
    keep(tmp_path, version("reported"))
    version("a run that failed before its report")

    assert texts(kept(tmp_path, version("mended"))) == {"reported"}


def test_one_file_more_or_less_is_another_state(tmp_path: Path, version: Version) -> None:
    keep(tmp_path / "earlier", version("one"))
    (tmp_path / "present" / "audit.csv").write_text("one")

    assert len(kept(tmp_path / "earlier", files_in(tmp_path / "present"))) == 2


class Killed(BaseException):
    """Stands in for the end of a process between two of its calls."""


@pytest.mark.parametrize("survived", range(8))
def test_keeping_can_be_stopped_at_any_moment(
    tmp_path: Path, version: Version, monkeypatch: pytest.MonkeyPatch, survived: int
) -> None:
    earlier = tmp_path / "earlier"
    keep(earlier, version("one"))
    keep(earlier, version("two"))
    present, left = version("three"), iter(range(survived))

    def mortal(call: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **options: object) -> object:
            if next(left, None) is None:
                raise Killed
            return call(*arguments, **options)

        return run

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", mortal(shutil.rmtree))
        patch.setattr(shutil, "copyfile", mortal(shutil.copyfile))
        patch.setattr(Path, "rename", mortal(Path.rename))
        patch.setattr(Path, "mkdir", mortal(Path.mkdir))
        try:
            keep(earlier, present)
        except Killed:
            assert survived < 7
    after_the_stop = texts(kept(earlier, present))
    whole = {name: files_in(earlier / name).keys() for name in ("last", "before")}
    keep(earlier, present)

    assert after_the_stop == {"two"}
    assert all(files in (set(), present.keys()) for files in whole.values())
    assert texts(kept(earlier, present)) == {"two"}
    assert texts(files_in(earlier / "last")) == {"three"}
    assert sorted(path.name for path in earlier.iterdir()) == ["before", "last"]


def test_a_folder_that_cannot_be_written_to_is_told_in_words(
    tmp_path: Path, version: Version
) -> None:
    (tmp_path / "earlier").write_text("a file")

    with pytest.raises(WriteError, match="cannot be written"):
        keep(tmp_path / "earlier", version("one"))


def test_the_table_has_no_rows_until_there_is_something_to_compare_with(
    results_of: Callable[..., Path],
) -> None:
    out, study = results_of(), Path("study/study.yaml")

    assert compare(study, out) == []


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("results.csv", "they were kept by another version of casebook, or edited"),
        ("audit.csv", "only one of the two has a table"),
    ],
)
def test_what_was_kept_of_something_else_is_told_and_stops_nothing(
    results_of: Callable[..., Path], name: str, remark: str
) -> None:
    out, study = results_of(), Path("study/study.yaml")
    old = out / "earlier" / "last" / name
    old.parent.mkdir(parents=True)
    old.write_text("cohort,value\nolder,1\n")

    (found,) = compare(study, out)

    assert (found.kind, found.what) == ("not compared", "the results of the last report")
    assert found.remark == remark


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (None, "no folder 'old'; allowed: a folder with results.csv or audit.csv, left by an"
         " earlier run"),
        ({"cells.csv": ""}, "no results.csv or audit.csv in 'old'; found: cells.csv; allowed: a"
         " folder with results.csv or audit.csv, left by an earlier run"),
        ({"results.csv": "a,b\n1,2\n"}, "old/results.csv: has the columns a, b; allowed: group1,"
         " group1_level, group2, group2_level, contrast, variable, variable_level, context,"
         " method, stat_name, stat_label, stat, warning, error"),
        ({"results.csv": "\n".join([",".join(["group1", "group1_level", "group2", "group2_level",
         "contrast", "variable", "variable_level", "context", "method", "stat_name", "stat_label",
         "stat", "warning", "error"]), "cohort,older"])}, "old/results.csv: record 2 has not as"
         " many cells as there are columns"),
    ],
)  # fmt: skip
def test_a_folder_that_holds_no_results_is_named_with_what_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str] | None, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if files is not None:
        Path("old").mkdir()
        for name, text in files.items():
            (Path("old") / name).write_text(text)

    with pytest.raises(ModelFileError) as error:
        compared_folders({"studies": ["study"], "compare": {"study": "old"}}, Path("results"), {})

    assert str(error.value) == f"config.yaml: compare.study: {told}"


@pytest.mark.parametrize(
    ("table", "name", "told"),
    [
        ("table.csv", "audit.csv", "'old' has no results.csv, which a run of a study with a table"
         " leaves; found: audit.csv; allowed: a folder with results.csv, left by an earlier run"),
        ("none", "results.csv", "'old' has results.csv, which is of a table, and this study has"
         " none; found: results.csv; allowed: a folder with audit.csv, left by an earlier run"),
        ("table.csv", "cells.csv", "no results.csv in 'old'; found: cells.csv; allowed: a folder"
         " with results.csv, left by an earlier run"),
    ],
)  # fmt: skip
def test_a_folder_of_another_kind_of_study_is_refused(
    make_study: Callable[..., Path], table: str, name: str, told: str
) -> None:
    study = load_study(make_study())
    source = study.source.model_copy(update={"table": table})
    study = study.model_copy(update={"source": source})
    Path("old").mkdir()
    Path("old", name).write_text("claim\n")
    config = {"studies": ["study"], "compare": {"study": "old"}}

    with pytest.raises(ModelFileError) as error:
        compared_folders(config, Path("results"), {"study": study})

    assert str(error.value) == f"config.yaml: compare.study: {told}"


@pytest.mark.parametrize(
    ("edits", "is_of_another"),
    [
        ([("  score:", "  pain:"), ("Before", "Then"), ("After", "Now"), ("Age", "Years")], True),
        ([("  score:", "  pain:")], False),
        ([("Before", "Then"), ("After", "Now"), ("Age", "Years"), ("A study", "Another")], False),
    ],
)
def test_results_of_another_study_are_refused(
    results_of: Callable[..., Path], edits: list[tuple[str, str]], is_of_another: bool
) -> None:
    shutil.copytree(results_of(), "old")
    text = Path("study/study.yaml").read_text(encoding="utf-8")
    for old, new in [*edits, ("column: Sex", "column: Gender"), ("column: Start", "column: S")]:
        assert old in text
        text = text.replace(old, new)
    Path("study/study.yaml").write_text(text, encoding="utf-8")
    config = {"studies": ["study"], "compare": {"study": "old"}}
    told = ""

    try:
        compared_folders(config, Path("results"), {"study": load_study(Path("study/study.yaml"))})
    except ModelFileError as error:
        told = str(error)

    another = "'old' has results of another study: none is of one of this study's outcomes"
    assert told == f"config.yaml: compare.study: {another}" * is_of_another


def test_the_step_refuses_files_that_are_named_without_results(
    results_of: Callable[..., Path],
) -> None:
    out, study = results_of(), Path("study/study.yaml")
    old = Path("old/audit.csv")
    old.parent.mkdir()
    old.write_text("claim\n")

    with pytest.raises(UserError, match=r"^old: has no results.csv"):
        compare(study, out, old)


def test_a_run_is_not_compared_with_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("results/study").mkdir(parents=True)
    config = {"studies": ["study"], "compare": {"study": "results/../results/study/"}}

    with pytest.raises(ModelFileError, match="is where this run leaves its results"):
        compared_folders(config, Path("results"), {})


def test_without_the_key_nothing_is_named() -> None:
    assert compared_folders({"studies": ["study"]}, Path("results"), {}) == {}
