"""The audit of a few claims about a small study."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.audit.step import Files, audit
from casebook.data.spoken import read_speakers, read_spoken
from casebook.data.verdicts import Followed, Verdict, read_followed, read_verdicts
from casebook.wording.programs import Programs, programs_words
from claimlines import HEADER, TABLE, Audited


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder in which the results of a study are kept, by all that it was made of."""
    folder, places = tmp_path_factory.mktemp("kept"), dict[str, Path]()
    return lambda made_of: places.setdefault(made_of, folder / str(len(places)))


@pytest.fixture
def results_once(
    results_of: Callable[..., Path], kept: Callable[[str], Path]
) -> Callable[..., Path]:
    """Does what `results_of` does, once: most claims here are about the same few studies."""

    def run(*edits: tuple[str, str], **files: str) -> Path:
        before, here = kept(repr((edits, files))), Path()
        if before.exists():
            shutil.copytree(before, here, dirs_exist_ok=True)
            return here / "out"
        # Only what nothing else has been made beside.
        keep = not any(here.iterdir())
        out = results_of(*edits, **files)
        if keep:
            shutil.copytree(here, before)
        return out

    return run


@pytest.fixture
def audited(results_once: Callable[..., Path]) -> Audited:
    """Judges these claims about the small study; gives the verdicts by the claims' names."""

    def run(
        *lines: str,
        table: str = TABLE,
        edits: Sequence[tuple[str, str]] = (),
        **files: str,
    ) -> dict[str, Verdict]:
        out = results_once(*edits, table=table, **files)
        claims = Path("study/claims.tsv")
        claims.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
        study = Path("study/study.yaml")
        slices = sorted((out / "cohorts").glob("*.csv"))
        names = ("audit", "tried", "followed", "programs", "together")
        written = [out / f"{name}.csv" for name in names]
        data = (out / "patients.csv", slices, out / "results.csv")
        audit(Files(study, claims, *data, *written, harms=out / "harms.csv"))
        return {verdict.claim: verdict for verdict in read_verdicts(out / "audit.csv")}

    return run


@pytest.fixture
def followed() -> Callable[[], list[Followed]]:
    """The conventions that the last audit found the paper to follow."""
    return lambda: [row for row in read_followed(Path("out/followed.csv")) if row.followed]


@pytest.fixture
def programs() -> Callable[[], Programs | None]:
    """What the last audit found of the programs that may have been used, in words."""
    return lambda: programs_words(
        read_spoken(Path("out/programs.csv")), read_speakers(Path("out/together.csv"))
    )
