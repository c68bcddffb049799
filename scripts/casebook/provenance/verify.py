"""Compares results with their manifests: the files, what they were made from, and the code.

It changes nothing; what does not fit is told all at once.
"""

from collections.abc import Sequence
from pathlib import Path

from casebook.base.errors import UserError
from casebook.provenance.manifests import changed_since, misfits, read_manifest


class VerifyError(UserError):
    """Results that are not what their manifest says."""


def verify(manifests: Sequence[Path], changed: Sequence[str], code: Path) -> None:
    """Say that all results are as their manifests say.

    Args:
        manifests: The manifest of each study.
        changed: The files that were others when a job read them, whatever the manifests say.
        code: casebook's own folder.

    Raises:
        VerifyError: with every file that does not fit.
    """
    found = [line for path in manifests for line in misfits(path, code)]
    found += map(changed_since, changed)
    if found:
        hint = "`snakemake --cores 4` makes again what does not fit"
        raise VerifyError("\n".join([*dict.fromkeys(found), hint]))
    for path in manifests:
        count = len(read_manifest(path).outputs)
        print(f"{path.parent}: all {count} files are as they were written, from these sources")  # noqa: T201
