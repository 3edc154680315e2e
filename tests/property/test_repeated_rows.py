"""Rows taken by look-up give what rows read one by one give: the same drafts, problems, doubts, rows and log."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.engines import opened
from support.logical_dump import exact_dump

from etl.cells.contracts import check_canonical, check_staged
from etl.cells.normalise import read_rows
from etl.doubts import find_doubts, find_doubts_beside
from etl.draft_columns import MeasurementColumns
from etl.drafts import Intake
from etl.loading.load import BatchReport, load_intake
from etl.loading.undo import undo_batch
from etl.papers.literature import read_literature
from etl.papers.sample_gatherer import SampleGatherer
from etl.problems import Findings
from etl.sheets.literature import LITERATURE
from etl.tables.extract import StagedSheet
from sse_db.errors import RefusedFile
from sse_db.records.history import BATCHES, CHANGE_LOG
from sse_db.schema import CURATED

Sheet = list[list[str]]
HEADERS = (
    ("DOI",), ("Title",), ("Year",), ("Sample",), ("Formula",), ("Grain size (µm)", "Grain size (nm)"),
    ("Temperature (°C)", "Temperature (K)", "1000/T (1/K)"),
    ("σ bulk (S/cm)", "σ bulk (mS/cm)", "log10 σ bulk (S/cm)", "σT bulk (S K/cm)"),
    ("σ total (S/cm)", "σ (S/cm)", "σ total (mS/cm)"),
    ("Ea total (eV)", "Ea (eV)"), ("Contribution", "# mine"), ("Replicate",), ("Value basis",), ("Remark",),
)  # fmt: skip
TEXTS = (
    "", "n/a", "abc", "RT", "25", "25.0", "298 K", "-20", "1.150", "1,5", "~0.3", "<1e-9", "1e-4", "2.5e-4 mS/cm", "1e3",
    "3.2(1)e-4", "3.2(9)e2", "1e-5-3e-5", "10^-4", "bulk", "total", "nonsense", "S1", "S 1", "s1", "10.1000/b", "Li7La3Zr2O12",
    "LLZO", "2001", "measured", "bulk: extrapolated", "a\x01b", "0.35", "25.0000001", "-0",
)  # fmt: skip


def base_sheet() -> Sheet:
    """Two papers of two samples each at five temperatures, most of them as real ones, one with slips."""
    rows = []
    for paper, sample in ((1, 1), (1, 2), (2, 1), (2, 3)):
        for place, celsius in enumerate((25, 60, 100, 150, 200)):
            bulk = 1e-4 * 2**place * (1000 if (paper, sample, place) == (2, 3, 2) else 1)
            rows.append([
                f"10.1000/{paper}", f"Paper {paper}", "2001", f"S{sample}", "Li1.3Al0.3Ti1.7(PO4)3", "2", str(celsius),
                f"{bulk:.3g}", f"{bulk / 2:.3g}", "0.35" if place < 2 else "", "", "", "", "seen" if place == 4 else "",
            ])  # fmt: skip
    return rows


@st.composite
def sheets(draw: st.DrawFn, slips: int = 8) -> Sheet:
    """A sheet with other headers, cells and rows than the base."""
    rows = base_sheet()
    header = [draw(st.sampled_from(names)) if len(names) > 1 else names[0] for names in HEADERS]
    cells = st.tuples(st.integers(0, len(rows) - 1), st.integers(0, len(HEADERS) - 1), st.sampled_from(TEXTS))
    for row, column, text in draw(st.lists(cells, max_size=slips)):
        rows[row][column] = text
    for row, column, text in draw(st.lists(cells, max_size=2)):  # a whole sample, or its paper, alike
        for other in rows[row - row % 5 : row - row % 5 + 5]:
            other[column] = text
    for row, other, beyond in draw(
        st.lists(st.tuples(*[st.integers(0, len(rows) - 1)] * 2, st.booleans()), max_size=3)
    ):
        rows.insert(other, [*rows[row], *(["beyond"] if beyond else [])])
    if slips > 2 and draw(st.booleans()):
        rows.insert(7, header)
    return [header, *rows]


def read(sheet: Sheet, reader: Callable[[StagedSheet, Intake, Findings], None]) -> tuple[Intake, Findings]:
    """What a reader makes of a sheet, in the order of an import."""
    intake, findings = Intake("paper.csv", "0", "sheet"), Findings("paper.csv")
    staged = StagedSheet('of "many"' if len(sheet) % 2 else None, sheet)
    check_staged([staged], findings)
    reader(staged, intake, findings)
    tables = [str(model.__tablename__) for model in CURATED]
    intake.drafts = {table: intake.drafts[table] for table in tables if table in intake.drafts}
    findings.add_doubts(find_doubts(intake))
    findings.put_in_order()
    return intake, findings


def read_singly(sheet: StagedSheet, intake: Intake, findings: Findings) -> None:
    """A literature sheet with each of its rows read by itself."""
    rows = read_rows(sheet, LITERATURE, findings)
    check_canonical(rows, LITERATURE, findings)
    gatherer = SampleGatherer(intake, findings)
    for row in rows:
        gatherer.add(row, sheet.address_of(row.number))
    gatherer.finish()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet=sheets())
def test_drafts_problems_and_doubts_are_those_of_rows_read_one_by_one(sheet: Sheet) -> None:
    fast, told = read(sheet, read_literature)
    slow, judged = read(sheet, read_singly)
    assert told.problems == judged.problems
    assert {table: list(drafts) for table, drafts in fast.drafts.items()} == slow.drafts
    columns = fast.drafts.get("impedance_measurements")
    if isinstance(columns, MeasurementColumns):
        assert [columns.values_of(place) for place in range(len(columns))] == [draft.values for draft in columns]


def load(engine: sa.Engine, intake: Intake, on_conflict: str) -> Any:
    """The report of an import as far as it has no times, or its problems."""
    with engine.connect() as connection:
        intake.doubts = find_doubts_beside(intake, connection)
    try:
        report: BatchReport = load_intake(engine, intake, curator="a", on_conflict=on_conflict)
    except RefusedFile as error:
        return error.problems
    return report.as_dict(), report.doubts


def everything(engine: sa.Engine) -> Any:
    """Rows and log of a database, without times."""
    with engine.connect() as connection:
        log = connection.execute(sa.select(CHANGE_LOG).order_by(CHANGE_LOG.c.id)).mappings()
        return exact_dump(engine), [{**row, "changed_at": None} for row in log]


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    first=sheets(slips=2),
    second=sheets(slips=2),
    on_conflict=st.sampled_from(["fail", "skip", "update"]),
    most_telling=st.sampled_from([0.0, 2.0]),
    most_joined=st.sampled_from([0.0, 100.0]),
)
def test_rows_and_log_are_those_of_rows_read_one_by_one(
    first: Sheet,
    second: Sheet,
    on_conflict: str,
    most_telling: float,
    most_joined: float,
    blank_database: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("roads")
    for name in ("fast.db", "slow.db"):
        shutil.copyfile(blank_database, folder / name)
    with opened(folder / "fast.db") as fast, opened(folder / "slow.db") as slow:
        for sheet in (base_sheet_with_headers(), first, second):
            (fast_intake, told), (slow_intake, _) = (read(sheet, reader) for reader in (read_literature, read_singly))
            if told.errors:
                continue
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("etl.loading.writing.MANY", 1)
                patch.setattr("sse_db.dialects.sqlite.bulk.MOST_TELLING", most_telling)
                patch.setattr("etl.loading.write_columns.MOST_JOINED", most_joined)
                written = load(fast, fast_intake, on_conflict)
            assert written == load(slow, slow_intake, on_conflict)
            assert everything(fast) == everything(slow)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("etl.loading.undo.MANY", 1)
            taken_back = take_back_newest(fast)
        assert taken_back == take_back_newest(slow)
        assert everything(fast) == everything(slow)


def take_back_newest(engine: sa.Engine) -> Any:
    """The counts of taking back the newest batch."""
    with engine.connect() as connection:
        newest = connection.execute(sa.select(sa.func.max(BATCHES.c.id))).scalar_one()
    return undo_batch(engine, newest, curator="a").counts()


def base_sheet_with_headers() -> Sheet:
    """The base as it is."""
    return [[names[0] for names in HEADERS], *base_sheet()]
