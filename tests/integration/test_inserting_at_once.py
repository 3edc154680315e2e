"""Many rows are inserted by the set; what is switched off meanwhile is on again, however it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from support.logical_dump import exact_dump

from etl.pipeline import load_file
from sse_db.database.engine import open_engine, write_transaction
from sse_db.dialects import choose
from sse_db.dialects.parted import Part, PartedRows
from sse_db.records.history import CHANGE_LOG
from sse_db.schema import metadata

HEADER = "DOI,Sample,Formula,Temperature (°C),σ bulk (S/cm),σ total (S/cm)\n"
MEASUREMENTS = metadata.tables["impedance_measurements"]


@pytest.fixture(autouse=True)
def by_the_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.loading.writing.MANY", 1)
    monkeypatch.setattr("sse_db.dialects.sqlite.bulk.MOST_TELLING", 2.0)


def write_sheet(path: Path, paper: int = 1) -> Path:
    """Ten temperatures of one sample."""
    lines = [f"10.1000/{paper},S,Li7La3Zr2O12,{25 + 5 * step},{1e-5 * 1.3**step:.3g},9e-6\n" for step in range(10)]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def schema_of(engine: sa.Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return choose(engine).describe_schema(connection)


def read_log(engine: sa.Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(CHANGE_LOG).order_by(CHANGE_LOG.c.id)))


def test_every_row_is_logged_once_and_the_schema_is_as_before(engine: sa.Engine, tmp_path: Path) -> None:
    before = schema_of(engine)
    report = load_file(engine, write_sheet(tmp_path / "one.csv"), curator="a")
    logged = [(entry.table_name, entry.row_id) for entry in read_log(engine)]
    assert len(set(logged)) == len(logged) == sum(report.added.values())
    assert schema_of(engine) == before


def test_a_connection_that_was_open_before_goes_on_logging(engine: sa.Engine, tmp_path: Path) -> None:
    other = open_engine(engine.url.render_as_string(hide_password=False))
    touch = sa.text("UPDATE impedance_measurements SET remark = 'seen' WHERE id = 1")
    add = sa.text("INSERT INTO publications (doi, kind, review_state, batch_id) VALUES (:doi, 'article', 'draft', 1)")
    try:
        with other.connect() as connection:
            connection.execute(touch)
            connection.rollback()
            load_file(engine, write_sheet(tmp_path / "one.csv"), curator="a")
            known = len(read_log(engine))
            connection.execute(touch)
            connection.execute(add, {"doi": "10.1000/other"})
            connection.commit()
        assert [entry.action for entry in read_log(engine)[known:]] == ["update", "insert"]
    finally:
        other.dispose()


@pytest.mark.parametrize("broken", ["insert_many", "note_keys"])
def test_an_import_that_breaks_off_leaves_nothing(
    engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    before, rows = schema_of(engine), exact_dump(engine)
    sheet = write_sheet(tmp_path / "one.csv")

    def give_up(*_given: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(choose(engine), broken, give_up)
        with pytest.raises(MemoryError):
            load_file(engine, sheet, curator="a")
    assert (schema_of(engine), exact_dump(engine), read_log(engine)) == (before, rows, [])
    assert load_file(engine, sheet, curator="a").added["impedance_measurements"] == 20


def test_rows_that_a_check_refuses_are_refused_and_the_checks_stay_on(engine: sa.Engine, tmp_path: Path) -> None:
    load_file(engine, write_sheet(tmp_path / "one.csv"), curator="a")
    for value in (1e3, 1e-3):  # the second time all is well
        with write_transaction(engine) as connection:
            first = choose(engine).find_highest_key(connection, MEASUREMENTS.name) + 1
            rows = make_rows(first, [1e-4, 1e-4, value])
            if value > 1:
                with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
                    choose(engine).insert_many(connection, MEASUREMENTS, ["id"], [], rows)
            else:
                choose(engine).insert_many(connection, MEASUREMENTS, ["id"], [], rows)
    with engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(sa.text("UPDATE impedance_measurements SET conductivity_s_per_cm = 1000"))


def make_rows(first: int, values: list[float]) -> PartedRows:
    """Measurements of sample 1 at temperatures that it has none at."""
    numbers = np.arange(len(values))
    shared = {
        "batch_id": 1, "contribution": "bulk", "contribution_basis": "stated", "temperature_basis": "stated",
        "replicate_label": "", "relation": "=", "value_basis": "measured",
    }  # fmt: skip
    temperature = ("temperature_c", "temperature_basis")
    frame = tuple(name for name in shared if name not in temperature)
    own = {"id": (first + numbers).tolist(), "source_row": ["1"] * len(values), "sample_id": [1] * len(values)}
    return PartedRows(
        own,
        (
            Part(frame, [[shared[name] for name in frame]], np.zeros_like(numbers)),
            Part(temperature, [[500.0 + number, "stated"] for number in numbers.tolist()], numbers),
            Part(("conductivity_s_per_cm",), [[value] for value in values], numbers),
        ),
    )
