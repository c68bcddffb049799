import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base import yamlfile
from casebook.base.yamlfile import ModelFileError
from casebook.study import load
from casebook.study.load import load_study, readable_studies

Make = Callable[..., Path]


@pytest.fixture
def parsings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files whose text was parsed, in order."""
    found: list[Path] = []

    def parsed(path: Path, text: str) -> yamlfile.Keys:
        found.append(path)
        return yamlfile.parsed(path, text)

    load._loaded.cache_clear()
    monkeypatch.setattr(load, "parsed", parsed)
    return found


def test_a_job_parses_a_study_once_though_it_asks_three_times(
    make_study: Make, parsings: list[Path]
) -> None:
    path = make_study()

    first, *others = (load_study(path) for _ in range(3))

    assert parsings == [path]
    assert all(each is first for each in others)


def test_what_has_changed_meanwhile_is_seen_at_once(make_study: Make) -> None:
    path = make_study()
    load_study(path)

    path.write_text(path.read_text().replace("cohorts:", "analysis: { alpha: 0.01 }\ncohorts:"))
    assert load_study(path).analysis.alpha == 0.01

    path.with_name("beside.png").touch()
    assert load_study(path).unused_files == ("beside.png",)

    path.with_name("claims.tsv").touch()
    load_study(path)
    path.with_name("claims.tsv").unlink()
    path.with_name("claims.tsv").mkdir()
    with pytest.raises(ModelFileError, match=r"claims\.tsv must be a file"):
        load_study(path)


def test_no_source_is_read_for_a_sound_study(make_study: Make) -> None:
    told = (
        "import inspect, sys; inspect.getsource = inspect.findsource = sys.exit;"
        "from pathlib import Path; from casebook.study.load import load_study;"
        "load_study(Path(sys.argv[1]))"
    )

    scripts = Path(__file__).parents[3] / "scripts"
    subprocess.run([sys.executable, "-c", told, make_study().absolute()], cwd=scripts, check=True)


def test_a_job_reads_the_studies_that_have_a_description_beside_one_that_has_none(
    make_study: Make,
) -> None:
    make_study()
    Path("other").mkdir()
    Path("other/study.yaml").write_text("title: [", encoding="utf-8")

    studies, mistaken = readable_studies(["study", "other"], Path())

    assert list(studies) == ["study"]
    assert "other/study.yaml, line 1" in mistaken["other"]
