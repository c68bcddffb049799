"""Says whether results are as they were made, from what is there now, without making anything.

What does not fit, and why, is decided in `stale`; here all of it is told at once.
"""

from collections.abc import Sequence
from pathlib import Path

from casebook.base.errors import UserError
from casebook.provenance.record import code_digests, read_records
from casebook.provenance.stale import misfits_in_words, misfits_of_page


class VerifyError(UserError):
    """Results that are not what their records say."""


def verify(results: Sequence[Path], pages: Sequence[Path], code: Path) -> None:
    """Say that all results are as they were made.

    Args:
        results: The folder of the results of each study.
        pages: The page of all of them, if there are several.
        code: casebook's own folder.

    Raises:
        VerifyError: with every file that does not fit.
    """
    present = code_digests(code)
    found = [line for folder in results for line in misfits_in_words(folder, present)]
    found += [line for page in pages for line in misfits_of_page(page, present)]
    if found:
        hint = "`snakemake --cores 4` makes again what does not fit"
        raise VerifyError("\n".join([*dict.fromkeys(found), hint]))
    for folder in results:
        count = sum(len(record.outputs) for record in read_records(folder).values() if record)
        print(f"{folder}: all {count} files are as they were written, from these sources")  # noqa: T201
    for page in pages:
        print(f"{page}: as it was written, from these results")  # noqa: T201
