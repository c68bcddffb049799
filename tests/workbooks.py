"""Small workbooks, written part by part, so that a test can say what no program would write."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {
    name: f"{_OPEN}:{address}:1.0"
    for name, address in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "manifest": "manifest",
        "config": "config",
        "meta": "meta",
    }.items()
} | {"calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"}


def xlsx(
    path: Path,
    *sheets: str,
    names: Sequence[str] = ("Data",),
    kinds: Sequence[str] = ("worksheet",),
    states: Sequence[str] = ("visible",),
    book: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> Path:
    """An .xlsx of sheets, each as what is within its `worksheet` element.

    Args:
        path: The workbook to write.
        sheets: The sheets.
        names: Their names.
        kinds: Their kinds.
        states: Whether each is visible, hidden or veryHidden.
        book: More elements of workbook.xml.
        parts: More parts, by their names, or other ones.
    """
    numbered = list(enumerate(zip(sheets, names, kinds, states, strict=True), start=1))
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" state="{state}" r:id="r{i}"/>'
        for i, (_, name, _, state) in numbered
    )
    related = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="worksheets/sheet{i}.xml"/>'
        for i, (_, _, kind, _) in numbered
    ) + "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="/xl/{kind}.xml"/>'
        for kind in ("sharedStrings", "styles")
        if f"xl/{kind}.xml" in (parts or {})
    )
    root = f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    written: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{root}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{book}<sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}'
        "</Relationships>",
    }
    for i, (sheet, *_) in numbered:
        written[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return _archive(path, written | dict(parts or {}))


def rows(*texts: Sequence[str], more: Mapping[str, str] | None = None) -> str:
    """The `sheetData` of rows of texts; a text that begins with `<` is a cell of its own.

    Args:
        texts: The rows.
        more: More attributes of rows, by their numbers.
    """
    written = []
    for number, row in enumerate(texts, start=1):
        cells = "".join(
            text if text.startswith("<") else f'<c t="inlineStr"><is><t>{text}</t></is></c>'
            for text in row
        )
        attributes = (more or {}).get(str(number), "")
        written.append(f'<row r="{number}" {attributes}>{cells}</row>')
    return f"<sheetData>{''.join(written)}</sheetData>"


def styles(*formats: str, struck: bool = False) -> dict[str, str]:
    """The part of the styles: number 0 is General, then the formats; all may be struck through."""
    listed = "".join(
        f'<numFmt numFmtId="{i}" formatCode="{each}"/>' for i, each in enumerate(formats, 164)
    )
    used = "".join(f'<xf numFmtId="{i}" fontId="0"/>' for i in [0, *range(164, 164 + len(formats))])
    font = "<font><strike/></font>" if struck else "<font/>"
    return {
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{listed}</numFmts>'
        f"<fonts>{font}</fonts><cellXfs>{used}</cellXfs></styleSheet>"
    }


def comments(*cells: str) -> dict[str, str]:
    """The parts of comments on cells of the first sheet."""
    listed = "".join(f'<comment ref="{cell}"><text/></comment>' for cell in cells)
    related = f'<Relationship Id="c" Type="{_OFFICE}/comments" Target="../comments1.xml"/>'
    return {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}'
        "</Relationships>",
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>{listed}</commentList>'
        "</comments>",
    }


def ods(
    path: Path,
    *tables: str,
    automatic: str = "",
    manifest: str = "",
    settings: str = "",
    meta: str = "",
) -> Path:
    """An .ods of `table:table` elements, with automatic styles, and entries of other parts."""
    names = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMES.items())
    return _archive(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest:manifest {names}>{manifest}</manifest:manifest>",
            "settings.xml": f"<office:document-settings {names}>{settings}"
            "</office:document-settings>",
            "meta.xml": f"<office:document-meta {names}>{meta}</office:document-meta>",
            "content.xml": f"<office:document-content {names}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}"
            "</office:spreadsheet></office:body></office:document-content>",
        },
    )


def table(*texts: Sequence[str], name: str = "Data", more: str = "", columns: str = "") -> str:
    """A table of an .ods; a text that begins with `<` is a cell, or a row of cells, of its own.

    Args:
        texts: The rows.
        name: Its name.
        more: More attributes.
        columns: Its columns.
    """
    written = []
    for row in texts:
        cells = "".join(
            text
            if text.startswith("<")
            else f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        whole = cells.startswith("<table:table-row")
        written.append(cells if whole else f"<table:table-row>{cells}</table:table-row>")
    return f'<table:table table:name="{name}" {more}>{columns}{"".join(written)}</table:table>'


def edit(path: Path, parts: Mapping[str, bytes | None]) -> None:
    """Put other parts into a workbook, or take parts out of it."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    _archive(path, {name: part for name, part in (found | dict(parts)).items() if part is not None})


def _archive(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
