"""The same sources give the same bytes, wherever and however they are run."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from workflow import PLAIN, Digests, Workflow, small

pytestmark = pytest.mark.slow


TURKISH = "tr_TR.ISO-8859-9"
FAR = {"LC_ALL": TURKISH, "LANG": TURKISH, "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "2"}


@pytest.fixture
def turkish(tmp_path: Path) -> Mapping[str, str]:
    """The environment of a machine with a locale that has its own letters and is not UTF-8."""
    if not Path("/usr/share/i18n/locales/tr_TR").exists() or not shutil.which("localedef"):
        pytest.skip("no locale can be made here: Debian's package `locales` is not installed")
    made = ["localedef", "-i", "tr_TR", "-f", "ISO-8859-9", tmp_path / TURKISH]
    subprocess.run(made, check=True)
    return FAR | {"LOCPATH": str(tmp_path)}


@pytest.fixture
def private() -> Iterator[None]:
    """New files are for the user alone."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def _made(folder: Path, environment: Mapping[str, str]) -> Digests:
    """What a clean run of the small study makes."""
    workflow = small(folder, environment)
    run = workflow.snakemake()
    assert run.status == 0, run.text
    return workflow.results()


def test_a_clean_run_in_a_folder_with_spaces_and_umlauts_gives_the_same_bytes(
    plain: Digests, tmp_path: Path
) -> None:
    assert _made(tmp_path / "Fälle von früher", PLAIN) == plain


@pytest.mark.usefixtures("private")
def test_another_locale_time_zone_hash_seed_and_umask_give_the_same_bytes(
    plain: Digests, tmp_path: Path, turkish: Mapping[str, str]
) -> None:
    assert _made(tmp_path / "casebook", turkish) == plain


def test_one_core_and_four_give_the_same_bytes(fresh: Workflow, finished: Workflow) -> None:
    run = replace(fresh, commands=None).snakemake(cores=1)
    assert run.status == 0, run.text
    one = fresh.results()

    run = replace(finished, commands=None).snakemake("--forceall", cores=4)

    assert run.status == 0, run.text
    assert finished.results() == one
