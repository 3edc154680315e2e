"""What a database holds goes out as a workbook and comes back unchanged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.loading.stored_drafts import collect_intake
from etl.pipeline import load_file
from etl.workbooks.filled import rows_of
from etl.workbooks.template import write_workbook

LITERATURE = ("garnet", "nasicon", "perovskite")
TABLES = {
    "publications": "doi, title, year, first_author, journal",
    "samples": "label, formula_as_written, additive_present, additive_wt_percent, grain_size_um, grain_size_basis, "
    "synthesis_method, synthesis_method_text, as_written, remark",
    "processing_steps": "position, operation, operation_text, temperature_c, duration_h, as_written",
    "impedance_measurements": "contribution, contribution_basis, temperature_c, temperature_basis, replicate_label, "
    "conductivity_s_per_cm, relation, uncertainty_s_per_cm, value_basis, as_written, remark, source_location",
    "activation_energies": "contribution, replicate_label, activation_energy_ev, source_location",
    "structural_records": "record_key, label, a_angstrom, c_angstrom, gamma_degree, sample_id IS NULL, remark",
}


@pytest.fixture
def seeded(engine: sa.Engine, root: Path) -> sa.Engine:
    for name in LITERATURE:
        load_file(engine, root / "seed_data" / "literature" / f"{name}.csv", curator="test")
    load_file(engine, root / "seed_data" / "structure_facts.csv", curator="test")
    return engine


def contents(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table: sorted(map(tuple, connection.execute(sa.text(f"SELECT {columns} FROM {table}"))), key=repr)
            for table, columns in TABLES.items()
        }


def export(engine: sa.Engine, path: Path, publications: list[int] | None = None) -> Path:
    with engine.connect() as connection:
        write_workbook(path, rows_of(collect_intake(connection, publications)))
    return path


def test_exported_workbook_changes_nothing_where_it_came_from(seeded: sa.Engine, tmp_path: Path) -> None:
    before = contents(seeded)
    report = load_file(seeded, export(seeded, tmp_path / "all.xlsx"), curator="test")
    assert (report.added, report.changed, report.skipped) == ({}, {}, {})
    assert contents(seeded) == before


def test_exported_workbook_fills_an_empty_database_equally(
    seeded: sa.Engine, make_engine: Callable[[], sa.Engine], tmp_path: Path
) -> None:
    other = make_engine()
    load_file(other, export(seeded, tmp_path / "all.xlsx"), curator="test")
    assert contents(other) == contents(seeded)


def test_one_publication_is_exported_with_what_hangs_on_it(seeded: sa.Engine, tmp_path: Path) -> None:
    with seeded.connect() as connection:
        chosen = connection.execute(
            sa.text("SELECT publication_id FROM samples GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
        ).scalar_one()
        intake = collect_intake(connection, [chosen])
        samples = connection.execute(
            sa.text("SELECT label FROM samples WHERE publication_id = :id"), {"id": chosen}
        ).scalars()
        assert {draft.values["label"] for draft in intake.drafts["samples"]} == set(samples)
    assert len(intake.drafts["publications"]) == 1
    report = load_file(seeded, export(seeded, tmp_path / "one.xlsx", [chosen]), curator="test")
    assert (report.added, report.changed, report.skipped) == ({}, {}, {})


@pytest.mark.parametrize(("value", "codes"), [("0.3", ["far-from-other-papers"]), ("3e-4", [])], ids=["slip", "right"])
def test_value_far_from_what_the_database_has_is_doubted(
    value: str, codes: list[str], seeded: sa.Engine, tmp_path: Path
) -> None:
    path = tmp_path / "paper.csv"
    lines = ["DOI,Sample,Formula,T (°C),σ total (S/cm)", f"10.1000/new,A,Li7La3Zr2O12,25,{value}", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    report = load_file(seeded, path, curator="test")
    assert [(doubt.code, doubt.cell) for doubt in report.doubts] == [(code, "E2") for code in codes]
