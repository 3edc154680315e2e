"""Files that are hostile or absurd on purpose, one for each way that a reader of spreadsheets and structures can be hurt."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.sheets.example import EXAMPLE
from etl.workbooks.template import write_workbook

HEAD = "DOI,Sample,Formula,Temperature (°C),σ total (S/cm)\n"
ROW = "10.1000/one,A,Li7La3Zr2O12,25,1e-4\n"
SHEET = HEAD + ROW
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)
OOXML = "http://schemas.openxmlformats.org"
MAIN = f'xmlns="{OOXML}/spreadsheetml/2006/main"'
ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
CIF = (
    "data_x\n_cell_length_a 4\n_cell_length_b 4\n_cell_length_c 4\n_cell_angle_alpha 90\n_cell_angle_beta 90\n"
    "_cell_angle_gamma 90\nloop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n"
    "_atom_site_fract_z\n_atom_site_occupancy\nLi1 Li 0 0 0 1\nCl1 Cl 0.5 0.5 0.5 1\n"
)
BLANKS = [b" " * 1_000_000] * 210
"""210 MB in a list; they pack to less than a megabyte."""

Part = str | bytes | list[bytes]


def zipped(parts: dict[str, Part]) -> bytes:
    """An archive of these parts; one given as a list is written piece by piece."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            with archive.open(name, "w") as part:
                for piece in content if isinstance(content, list) else [content]:
                    part.write(piece.encode() if isinstance(piece, str) else piece)
    return out.getvalue()


def book(sheet: str, strings: str = "", extra: dict[str, Part] | None = None) -> bytes:
    """An .xlsx with one sheet, given as the XML inside of ``worksheet``, and shared strings."""
    relation = f"{OOXML}/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts: dict[str, Part] = {
        "[Content_Types].xml": f'<Types xmlns="{OOXML}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{OOXML}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{relation}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OOXML}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
    }
    return zipped(parts | (extra or {}))


def rows(*lines: str) -> str:
    """Sheet data of inline texts, a line of comma-separated cells each."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in line.split(",")) + "</row>"
        for line in lines
    )
    return f"<sheetData>{cells}</sheetData>"


def table(content: str, before: str = "") -> bytes:
    """An .ods whose one table holds this XML."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f"{before}<office:document-content {ODS}><office:body><office:spreadsheet>"
            f'<table:table table:name="Data">{content}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def table_rows(*lines: str, repeated: str = "", cell: str = "") -> str:
    """Rows of an .ods, a line of comma-separated texts each, with attributes for all rows and cells."""
    return "".join(
        f"<table:table-row {repeated}>"
        + "".join(
            f'<table:table-cell office:value-type="string" {cell}><text:p>{text}</text:p></table:table-cell>'
            for text in line.split(",")
        )
        + "</table:table-row>"
        for line in lines
    )


@cache
def example() -> bytes:
    """The template with its example filled in."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "example.xlsx"
        write_workbook(path, EXAMPLE)
        return path.read_bytes()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """An archive with one part changed, or added where it was not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return zipped({**parts, name: change(parts.get(name, b""))})


def lying(data: bytes) -> bytes:
    """An archive whose directory says that its largest part is small."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        largest = max(info.file_size for info in archive.infolist())
    return data.replace(largest.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def laughing(part: str) -> bytes:
    """The example with a billion laughs in a part."""
    return with_part(
        example(), part, lambda xml: xml.replace(b"><", b">&m;<", 3).replace(b"?>", b"?>" + LAUGHS.encode(), 1)
    )


def texts() -> Iterator[tuple[str, bytes]]:
    """Hostile texts by file name."""
    yield "empty.csv", b""
    yield "blank lines.csv", b"\n\n\r\n  \n"
    yield "only a mark.csv", b"\xef\xbb\xbf"
    yield "only delimiters.csv", b",,,,\n,,,,\n"
    yield "headers alone.csv", HEAD.encode()
    yield "double headers.csv", SHEET.replace("Formula", "Sample").encode()
    yield "nameless header.csv", SHEET.replace("Formula", "").encode()
    for encoding in ("utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "mac_roman"):
        yield f"in {encoding}.csv", SHEET.encode(encoding, errors="replace")
    yield "mixed encodings.csv", SHEET.encode() + SHEET.encode("cp1252", errors="replace")
    yield "carriage returns.csv", SHEET.replace("\n", "\r").encode()
    yield "windows lines.csv", SHEET.replace("\n", "\r\n").encode()
    yield "semicolons.csv", SHEET.replace(",", ";").encode()
    yield "tabs.tsv", SHEET.replace(",", "\t").encode()
    yield "zero bytes.csv", SHEET.encode() + b"\x00" * 100
    yield "late zero bytes.csv", SHEET.encode() + b" " * 5000 + b"\x00,\x01\n"
    yield "open quote.csv", SHEET.encode() + b'"' + b"x,\n" * 1_000_000
    yield "huge cell.csv", SHEET.encode() + b"x" * 20_000_000
    yield "cell of 40 kB.csv", SHEET.encode() + b"10.1000/one,B,Li7La3Zr2O12,25," + b"9" * 40_000
    yield "16384 columns.csv", HEAD.strip().encode() + b",x" * 16_384 + b"\n" + ROW.encode()
    yield "16384 empty columns.csv", SHEET.replace("\n", "," * 16_384 + "\n").encode()
    yield "2000001 rows.csv", HEAD.encode() + b"x\n" * 2_000_000
    yield "bomb.csv.gz", gzip.compress(bytes(130_000_000), compresslevel=1)
    yield "binary.csv", bytes(range(256)) * 40
    yield "web page.xlsx", b"<html><table><tr><td>DOI</td></tr></table></html>"
    yield "old Excel.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000
    yield "text.ods", SHEET.encode()
    yield "text.zip", SHEET.encode()


def books() -> Iterator[tuple[str, bytes]]:
    """Hostile workbooks by file name."""
    whole = example()
    good = rows("DOI,Sample,Formula,σ total (S/cm)", "10.1000/one,A,Li7La3Zr2O12,1e-4")
    yield "good.xlsx", book(good)
    yield "workbook.csv", whole
    yield "workbook.ods", whole
    yield "macros.xlsm", with_part(whole, "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0" + bytes(5000))
    for share in (10, 50, 90, 99):
        yield f"cut at {share} percent.xlsx", whole[: len(whole) * share // 100]
    for part in ("xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml",
                 "[Content_Types].xml"):  # fmt: skip
        yield f"laughs in {part.replace('/', ' ')}.xlsx", laughing(part)
    no_sheet = b'<sheet name="Data" sheetId="1" r:id="rId1"/>'
    yield "no sheet.xlsx", with_part(book(good), "xl/workbook.xml", lambda xml: xml.replace(no_sheet, b""))
    yield "empty sheet.xlsx", book("<sheetData/>")
    yield "sheet without data.xlsx", book("")
    yield "deep nest.xlsx", book("<a>" * 500_000 + "</a>" * 500_000)
    sheet = f"<worksheet {MAIN}>{good}".encode()
    yield "bomb.xlsx", book("", extra={"xl/worksheets/sheet1.xml": [sheet, *BLANKS, b"</worksheet>"]})
    yield "bomb in strings.xlsx", book(good, extra={"xl/sharedStrings.xml": [b"<sst>", *BLANKS, b"</sst>"]})
    yield "lying bomb.xlsx", lying(book("", extra={"xl/worksheets/sheet1.xml": [sheet, *BLANKS, b"</worksheet>"]}))
    shared = "<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>"
    long = f"<si><t>{'x' * 32_000}</t></si>"
    yield "one long text everywhere.xlsx", book(f"<sheetData>{shared * 50_000}</sheetData>", long)
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    yield "last cell.xlsx", book(good.replace("</sheetData>", last))
    yield "16384 columns.xlsx", book(rows("DOI,Sample" + ",x" * 16_382))
    yield "200001 rows.xlsx", book("<sheetData>" + "<row><c><v>1</v></c></row>" * 200_001 + "</sheetData>")
    many = "<row>" + "<c><v>1</v></c>" * 10 + "</row>"
    yield "200000 cells.xlsx", book(good.replace("</sheetData>", many * 20_000 + "</sheetData>"))
    yield "huge cell.xlsx", book(rows("DOI,Sample,σ total (S/cm)", f"10.1000/one,A,{'9' * 3_000_000}"))
    yield "merged.xlsx", book(good + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    yield "many merged.xlsx", book(good + "<mergeCells>" + '<mergeCell ref="A2:B2"/>' * 300_000 + "</mergeCells>")
    value = '<c t="inlineStr"><is><t>1e-4</t></is></c>'
    for name, cell in {
        "uncomputed": "<c><f>1/0</f></c>", "error": '<c t="e"><v>#DIV/0!</v></c>', "truth": '<c t="b"><v>1</v></c>',
        "date": '<c t="d"><v>2024-03-01</v></c>', "no such string": '<c t="s"><v>7</v></c>',
        "no such kind": '<c t="zz"><v>7</v></c>', "no number": "<c><v>seven</v></c>", "infinite": "<c><v>1e999</v></c>",
    }.items():  # fmt: skip
        yield f"{name}.xlsx", book(good.replace(value, cell))


def tables() -> Iterator[tuple[str, bytes]]:
    """Hostile OpenDocument sheets by file name."""
    good = table_rows("DOI,Sample,σ total (S/cm)", "10.1000/one,A,1e-4")
    yield "good.ods", table(good)
    yield "laughs.ods", table(table_rows("DOI,Sample", "10.1000/one,&m;"), LAUGHS)
    much = 'table:number-rows-repeated="{}"', 'table:number-columns-repeated="{}"'
    many_rows, many_columns = much[0].format(1_000_000), much[1].format(16_000)
    yield "repeated.ods", table(good + table_rows("x", repeated=many_rows, cell=many_columns))
    long_rows, long_columns = much[0].format(100_000), much[1].format(30)
    yield "repeated long text.ods", table(good + table_rows("x" * 30_000, repeated=long_rows, cell=long_columns))
    blanks = f"<table:table-row {many_rows}><table:table-cell {many_columns}/></table:table-row>"
    yield "repeated blanks.ods", table(good + blanks)
    yield "negative repeats.ods", table(good + table_rows("x", repeated=much[0].format(-5), cell=much[1].format(-5)))
    yield "deep nest.ods", table("<a>" * 300_000 + "</a>" * 300_000)
    yield "empty.ods", table("")


def structures() -> Iterator[tuple[str, bytes]]:
    """Hostile structure files by file name."""
    yield "good.cif", CIF.encode()
    yield "empty.cif", b""
    yield "billion atoms.vasp", b"x\n1\n4 0 0\n0 4 0\n0 0 4\nLi\n1000000000\nDirect\n0 0 0\n"
    yield "negative atoms.vasp", b"x\n1\n4 0 0\n0 4 0\n0 0 4\nLi\n-5\nDirect\n0 0 0\n"
    yield "many atoms.cif", (CIF + "Li1 Li 0.1 0.2 0.3 0.001\n" * 60_000).encode()
    yield "many blocks.cif", (CIF * 5_000).encode()
    yield "long line.cif", CIF.encode() + b"Li2 Li " + b"9" * 5_000_000
    yield "open quote.cif", CIF.encode() + b"_x '" + b"y\n" * 500_000
    yield "open text.cif", CIF.encode() + b"_x\n;" + b"y\n" * 500_000
    yield "huge cell.cif", CIF.replace("_cell_length_a 4", "_cell_length_a 1e300").encode()
    yield "tiny cell.cif", CIF.replace("_cell_length_a 4", "_cell_length_a 1e-300").encode()
    operations = "loop_\n_space_group_symop_operation_xyz\n" + "".join(f"'x+{n}/97,y,z'\n" for n in range(20_000))
    yield "many operations.cif", CIF.replace("loop_\n_atom", operations + "loop_\n_atom", 1).encode()
    yield "in utf-16.cif", CIF.encode("utf-16")
    yield "zero bytes.cif", CIF.encode() + b"\x00" * 1000
    yield "many files.zip", zipped({f"{n}.cif": CIF for n in range(21_000)})
    yield "bomb.zip", zipped({"x.cif": [CIF.encode(), *BLANKS]})
    yield "zip in zip.zip", zipped({"inner.zip": zipped({"x.cif": CIF}), "x.cif": CIF})
    yield "out of the folder.zip", zipped({"../../x.cif": CIF, "/etc/x.cif": CIF})
    yield "no structure.zip", zipped({"readme.txt": "hello"})


def write_monsters(folder: Path) -> list[Path]:
    """Write all of them into a folder."""
    paths = []
    for source in (texts, books, tables, structures):
        for name, data in source():
            path = folder / name
            path.write_bytes(data)
            paths.append(path)
    return paths
