"""What `casebook fingerprint` prints."""

from pathlib import Path

import pytest

from casebook.cli.main import main


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
    assert "call `snakemake --cores 4` first" in capsys.readouterr().err
