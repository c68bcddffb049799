"""What it takes to add a format of workbooks: one module, and one line of the registry."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import casebook

MODULE = """
from contextlib import contextmanager

from casebook.reading.archives import Archive
from casebook.reading.sheets import SheetName


class Toy:
    names = [SheetName("Old", hidden=True), SheetName("Data")]

    def read(self, index, sheet, decimal):
        for row, texts in enumerate([["ID", "Before"], ["P1", f"20{decimal}5"]], start=1):
            for column, text in enumerate(texts, start=1):
                sheet.put(row, column, text)


@contextmanager
def opened(path):
    with Archive(path):
        yield Toy()
"""
LINE = '    Format("a toy", "a toy box", (".toy",), "toys", part="toy/"),\n'
READ = """
from pathlib import Path
from casebook.prepare.raw import read_table
raw = read_table(Path("table.toy"), decimal=",")
print([*raw.grid.columns.values()], [remark.value for remark in raw.remarks])
"""


def test_a_format_is_added_with_one_module_and_one_line(tmp_path: Path) -> None:
    package = tmp_path / "casebook"
    shutil.copytree(Path(casebook.__file__).parent, package)
    (package / "reading" / "toys.py").write_text(MODULE)
    registry = package / "reading" / "filekinds.py"
    before, beginning, after = registry.read_text().partition("FORMATS = (\n")
    registry.write_text(before + beginning + LINE + after)
    with zipfile.ZipFile(tmp_path / "table.toy", "w") as archive:
        archive.writestr("toy/table", "")

    told = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert told == "[['ID', 'P1'], ['Before', '20,5']] ['Old']\n"
