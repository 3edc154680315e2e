"""Temperatures side by side, in a block for each contribution: drafted by map guess, imported with that draft."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from support.command_line import run

PARTS = ("bulk", "grain boundary", "total")
TEMPERATURES = (25, 50, 75)
VALUES = {
    "A": {"bulk": (1e-3, 2e-3, 4e-3), "grain boundary": (1e-4, 2e-4, 4e-4), "total": (9.09e-5, 1.82e-4, 3.64e-4)},
    "B": {"bulk": (2e-3, 4e-3, 8e-3), "grain boundary": (2e-4, 4e-4, 8e-4), "total": (1.82e-4, 3.64e-4, 7.27e-4)},
}
NAMED = {label: ["10.5555/w.1", label, "Li7La3Zr2O12"] for label in VALUES}
WANTED = sorted(
    (label, part.replace(" ", "_"), "stated", float(temperature), value)
    for label, parts in VALUES.items()
    for part, values in parts.items()
    for temperature, value in zip(TEMPERATURES, values, strict=True)
)


def rows(scale: float = 1.0) -> list[list[object]]:
    return [
        [*NAMED[label], *(f"{v * scale:g}" for part in PARTS for v in parts[part])] for label, parts in VALUES.items()
    ]


def write_csv(path: Path, lines: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    return path


def one_header(folder: Path) -> Path:
    """The kind and the temperature in each header."""
    headers = [f"σ {part} {temperature} °C (S/cm)" for part in PARTS for temperature in TEMPERATURES]
    return write_csv(folder / "table.csv", [["DOI", "Sample", "Formula", *headers], *rows()])


def two_rows(folder: Path) -> Path:
    """The kind once above its block, the temperatures below."""
    above = [text for part in PARTS for text in (f"σ {part} (S/cm)", "", "")]
    below = [f"{temperature} °C" for _ in PARTS for temperature in TEMPERATURES]
    return write_csv(folder / "table.csv", [["", "", "", *above], ["DOI", "Sample", "Formula", *below], *rows()])


def merged(folder: Path) -> Path:
    """The same in Excel, with merged cells, in mS/cm and kelvin."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["DOI", "Sample", "Formula", *(t for part in PARTS for t in (f"{part} conductivity (mS/cm)", None, None))]
    )
    sheet.append([None, None, None, *(f"{temperature + 273.15} K" for _ in PARTS for temperature in TEMPERATURES)])
    for column in (4, 7, 10):
        sheet.merge_cells(start_row=1, end_row=1, start_column=column, end_column=column + 2)
    for column in (1, 2, 3):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    for row in rows(1e3):
        sheet.append(row)
    book.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def a_row_per_part(folder: Path) -> Path:
    """A column Contribution, and the temperatures of each row side by side."""
    lines = [[*NAMED[label], part, *map(str, parts[part])] for label, parts in VALUES.items() for part in PARTS]
    headers = [f"σ {temperature} °C (S/cm)" for temperature in TEMPERATURES]
    return write_csv(folder / "table.csv", [["DOI", "Sample", "Formula", "Contribution", *headers], *lines])


@pytest.mark.parametrize("make", [one_header, two_rows, merged, a_row_per_part], ids=lambda make: make.__name__)
def test_each_value_comes_in_with_its_contribution_and_temperature(
    make: Callable[[Path], Path], engine: sa.Engine, tmp_path: Path
) -> None:
    name, database = make(tmp_path).name, ("--db", engine.url.render_as_string())
    refused = run(tmp_path, *database, "import", name)
    assert refused.returncode == 1
    drafted = run(tmp_path, "map", "guess", name, "-o", "map.toml")
    assert drafted.returncode == 0
    assert "0 errors" in drafted.stderr
    done = run(tmp_path, *database, "import", name, "--map", "map.toml")
    assert done.returncode == 0, done.stderr
    with engine.connect() as connection:
        found = connection.execute(
            sa.text(
                "SELECT label, contribution, contribution_basis, temperature_c, conductivity_s_per_cm "
                "FROM impedance_measurements INNER JOIN samples ON samples.id = sample_id"
            )
        ).all()
    stored = sorted((*row[:3], round(row[3], 6), float(f"{row[4]:.6g}")) for row in found)
    assert stored == WANTED


def test_a_plain_import_leads_to_the_draft(engine: sa.Engine, tmp_path: Path) -> None:
    refused = run(tmp_path, "--db", engine.url.render_as_string(), "import", one_header(tmp_path).name)
    assert "sse-db map guess table.csv" in refused.stdout
