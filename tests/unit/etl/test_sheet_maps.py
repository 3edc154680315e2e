"""Sheet maps: plain data that must not contradict itself or the schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.pipeline import check_file, examine_file
from etl.sheets.base import SheetColumn, SheetMap
from etl.sheets.literature import LITERATURE
from etl.sheets.structure_facts import STRUCTURE_FACTS
from etl.sheets.workbook import WORKBOOK
from etl.workbooks.template import explain_column
from sse_db.columns import bounds_of
from sse_db.vocabulary import fold

MAPS = (LITERATURE, STRUCTURE_FACTS, *WORKBOOK)
LIMITED = [
    column for column in LITERATURE.columns if bounds_of(column.schema_column) != (None, None) and not column.part
]


@pytest.mark.parametrize("sheet_map", MAPS, ids=lambda each: each.name)
def test_a_header_means_one_column(sheet_map: SheetMap) -> None:
    meanings: dict[str, SheetColumn] = {}
    for column in sheet_map.columns:
        for name in {fold(name) for name in (column.name, column.header, *column.aliases)}:
            assert meanings.setdefault(name, column) is column, f"{name} means two columns"


@pytest.mark.parametrize("sheet_map", MAPS, ids=lambda each: each.name)
def test_every_column_is_one_of_the_schema_and_explained(sheet_map: SheetMap) -> None:
    for column in sheet_map.columns:
        assert column.schema_column is not None
        assert explain_column(column).strip(". ")


@pytest.mark.parametrize("column", LIMITED, ids=lambda each: each.name)
def test_limits_of_the_schema_are_the_limits_of_the_sheet(column: SheetColumn, tmp_path: Path) -> None:
    low, high = bounds_of(column.schema_column)
    given = {"DOI": "10.1000/one", "Sample": "A", "σ total (S/cm)": "1e-4"}
    outcomes = []
    for number in (low, high, _beyond(low, -1), _beyond(high, 1)):
        path = tmp_path / "sheet.csv"
        cells = given | {column.header: str(number)}
        path.write_text("\n".join([",".join(cells), ",".join(cells.values())]) + "\n", encoding="utf-8")
        outcomes.append([problem.code for problem in examine_file(path)[1].errors])
    assert outcomes[:2] == [[], []]
    assert outcomes[2] in (["out-of-range"], ["unreadable-quantity"])
    assert outcomes[3] == ["out-of-range"]


def _beyond(limit: float | None, direction: int) -> float:
    assert limit is not None
    return limit + direction * max(1.0, abs(limit) / 100) if isinstance(limit, int) else limit + direction * 1.0


def test_column_of_the_curators_own_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("DOI,Sample,# to do\n10.1000/one,A,ask Tim\n", encoding="utf-8")
    assert check_file(path).drafts["samples"][0].values["label"] == "A"
