"""Whatever becomes of a file, it is read or refused in words, in little time and memory."""

import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from mutations import GOOD, read_mutations

MOST_SECONDS, MOST_MEGABYTES = 2, 500
TRIALS = 150
LIBRARYS_WORDS = re.compile(r"\(.*(?:line \d|byte|expected|invalid|range|Unable|item|NoneType).*\)")
"""As in "(not well-formed (invalid token): line 1, column 5)"."""


@pytest.mark.slow
@pytest.mark.parametrize("ending", GOOD)
def test_a_damaged_file_is_read_or_refused_at_once(ending: str, tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        given = fresh.submit(read_mutations, ending, tmp_path, range(TRIALS))
        found, megabytes = given.result(timeout=600)

    assert not [each.fault for each in found if each.fault]
    assert max(each.seconds for each in found) < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES
    assert sum(bool(each.told) for each in found) > TRIALS / 10
    assert all("allowed: " in each.told for each in found if each.told)
    assert not [each.told for each in found if LIBRARYS_WORDS.search(each.told)]
