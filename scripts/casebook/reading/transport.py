"""Transport files of SAS (.xpt), in records of 80 bytes: what of them ReadStat passes over."""

import re

from casebook.data.cells import TableError
from casebook.reading.damage import DamagedError

_RECORD = 80
_TABLE = re.compile(rb"HEADER RECORD\*{7}MEMB(?:ER |V8 )")
"""How the header of each table begins."""


def check_transport(content: bytes) -> None:
    """Do nothing if a file is whole and has one table: ReadStat takes others for more rows.

    Raises:
        DamagedError: it is cut off within a record.
        TableError: it has several tables.
    """
    if len(content) % _RECORD:
        raise DamagedError(
            f"it is cut off or damaged, as it does not end with a whole record of {_RECORD} bytes"
        )
    found = [each for each in _TABLE.finditer(content) if each.start() % _RECORD == 0]
    if len(found) > 1:
        hint = "write each table to a file of its own: PROC COPY of SAS with SELECT, or PROC EXPORT"
        raise TableError("a transport file with one table", hint, value=f"{len(found)} tables")
