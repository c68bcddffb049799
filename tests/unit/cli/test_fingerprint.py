"""What `casebook fingerprint` prints."""

from pathlib import Path

import pytest

from casebook.cli.main import main
from casebook.data.spoken import write_speakers, write_spoken


def test_without_claims_or_results_it_says_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    study = Path("resources/trial")
    study.mkdir(parents=True)
    (study / "study.yaml").touch()

    assert main(["fingerprint", "trial"]) == 2
    assert "resources/trial has no claims.tsv" in capsys.readouterr().err

    (study / "claims.tsv").touch()
    assert main(["fingerprint", "trial"]) == 2
    call = "snakemake --cores 4 --config 'studies=[trial]'"
    assert f"call `{call}` first" in capsys.readouterr().err


def test_of_a_paper_without_a_table_nothing_tells_the_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    study, results = Path("resources/trial"), Path("results/trial")
    study.mkdir(parents=True)
    results.mkdir(parents=True)
    (study / "study.yaml").write_text(
        "title: Trial\nsource: { table: none, citation: The paper }\n"
        "variables: { age: { label: Age, type: number, range: [18, 99] } }\n"
        "cohorts: { light: { label: Light, n: 16 } }\n"
    )
    (study / "claims.tsv").touch()
    write_spoken(results / "programs.csv", [])
    write_speakers(results / "programs-together.csv", [])

    assert main(["fingerprint", "trial"]) == 0
    assert "nothing tells which programs made them" in capsys.readouterr().out
