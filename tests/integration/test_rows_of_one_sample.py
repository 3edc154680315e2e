"""Views look a sample's values up by index: the same rows as when each was computed whole, and quickly for one sample."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product

import pytest
import sqlalchemy as sa
from support.bench import Bench

from sse_db.browse.queries.questions import understood
from sse_db.browse.serving.snapshot import take_snapshot
from sse_db.database.revisions import read_frozen
from sse_db.queries import find_query

by_plan = pytest.mark.one_system(
    "asks SQLite how it finds the rows; the rows are the same on both: test_same_answers.py"
)
COMPUTED_WHOLE = "0012"
"""The last revision whose views ranked the rows of all samples."""
CHANGED = ("room_temperature_conductivity", "sample_structures", "descriptors", "training_samples", "sample_overview")
OF_ONE_SAMPLE = (
    *CHANGED,
    "training_bulk",
    "training_grain_boundary_observed",
    "single_grain_conductivity",
    "sample_names",
)
FORMULAS = ("Li7La3Zr2O12", "Li1.3Al0.3Ti1.7P3O12", "Li10GeP2S12", "Li3PO4")
GROUPS = (("I a -3 d", 230), ("Ia-3d", 230), ("P 1", 1), ("odd", None), ("o dd", None), (None, None))
TEMPERATURES = (23.0, 24.0, 24.5, 25.0, 26.0, 30.0, 30.5)


def fill(bench: Bench, samples: int = 60) -> None:
    """Samples with and without measurements, steps and energies, and records that compete for them in every way."""
    draw = random.Random(0)
    keys = []
    for number in range(samples):
        symbol, group = draw.choice(GROUPS)
        stated = {"space_group_symbol": symbol, "space_group_number": group, "grain_size_um": draw.choice([None, 2.0])}
        keys.append(bench.sample(f"S{number}", draw.choice([*FORMULAS, None]), **stated))
        places = list(product(("bulk", "grain_boundary", "total"), TEMPERATURES, ("", "b")))
        for contribution, temperature, label in draw.sample(places, draw.randrange(8)):
            nominal = temperature == 25.0 and draw.random() < 0.5
            bench.measure(
                keys[-1], contribution, draw.choice([1e-4, 2e-4, 5e-4]), temperature, replicate_label=label,
                relation=draw.choice("==<~"), value_basis=draw.choice(["measured", "digitised", "extrapolated"]),
                **({"temperature_basis": "room_temperature"} if nominal else {}),
            )  # fmt: skip
        for contribution in draw.sample(["bulk", "grain_boundary", "total"], draw.randrange(4)):
            bench.insert("activation_energies", sample_id=keys[-1], contribution=contribution, replicate_label="",
                         contribution_basis="stated", relation=draw.choice("=~<"), activation_energy_ev=0.3)  # fmt: skip
    for number in range(2 * samples):
        symbol, group = draw.choice(GROUPS)
        basis = draw.choice(["exact", "unknown"])
        bench.structure(
            f"R{number}", draw.choice(FORMULAS), draw.choice([*keys, None, None]) if number % 3 else None, match=draw.choice(["exact", "close"]),
            space_group_symbol=symbol, space_group_number=group, temperature_c=draw.choice([None, -100.0, 25.0, 60.0, 300.0]),
            coordinates_basis=basis, li_site_occupancy=draw.choice([None, 0.25, 0.5]), density_g_per_cm3=draw.choice([None, 3.0, 4.0]),
            cell_volume_angstrom3=draw.choice([None, 200.0]),
            li_coordination_number=draw.choice([None, 4.0]) if basis == "exact" else None,
            li_neighbor_distance_angstrom=draw.choice([None, 2.0]) if basis == "exact" else None,
        )  # fmt: skip


@pytest.fixture
def filled(engine: sa.Engine) -> Iterator[Bench]:
    bench = Bench(engine.url)
    with bench.at_once():
        fill(bench)
    yield bench
    bench.engine.dispose()


def test_rows_are_those_of_the_views_that_ranked_all_samples(filled):
    before = {name: sql for name, sql in read_frozen(COMPUTED_WHOLE).items() if sql.startswith("CREATE VIEW")}
    needed = {"room_temperature_conductivity", "sample_structures", "chemical_descriptors", "sintering_steps", "descriptors",
              "training_samples", "sample_names", "sample_overview"}  # fmt: skip
    named = re.compile(rf"\b({'|'.join(needed)})\b")
    ordered = [name for name in needed if not named.findall(before[name].partition("\n")[2])]
    while len(ordered) < len(needed):
        ordered += [
            name
            for name in sorted(needed - {*ordered})
            if {*named.findall(before[name].partition("\n")[2])} <= {*ordered}
        ]
    with filled.engine.connect() as connection, connection.begin() as taken_back:
        for name in ordered:
            connection.exec_driver_sql(
                named.sub(r"old_\1", before[name]).replace("%", "%%"), execution_options={"no_parameters": True}
            )
        for name in CHANGED:
            old, new = (
                connection.exec_driver_sql(f"SELECT * FROM {view} ORDER BY sample_id").all()
                for view in (f"old_{name}", name)
            )
            assert new == old, name
            assert len(new) > 20
        taken_back.rollback()


@by_plan
@pytest.mark.parametrize("view", OF_ONE_SAMPLE)
def test_one_samples_row_is_found_by_index(blank_database, view):
    engine = sa.create_engine(f"sqlite:///{blank_database}")
    with engine.connect() as connection:
        plan = [
            row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE sample_id = 5")
        ]
    engine.dispose()
    whole = [step for step in plan if step.startswith(("SCAN", "MATERIALIZE", "CO-ROUTINE"))]
    # sums over the elements of each composition: there are fewer compositions than samples
    assert [
        step for step in whole if step != "MATERIALIZE chemical_descriptors" and not step.startswith("SCAN c ")
    ] == []
    assert any("SEARCH s USING INTEGER PRIMARY KEY" in step for step in plan)


@by_plan
def test_values_near_room_temperature_are_found_by_their_index(blank_database):
    engine = sa.create_engine(f"sqlite:///{blank_database}")
    with engine.connect() as connection:
        plan = [
            row[3]
            for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT * FROM room_temperature_conductivity")
        ]
    engine.dispose()
    assert (
        sum("USING INDEX ix_impedance_measurements_near_room (sample_id=? AND contribution=?)" in step for step in plan)
        == 3
    )
    assert not any("ORDER BY" in step for step in plan)  # the index has the order


@by_plan
def test_the_first_values_of_many_formulas_are_found_without_sorting_all(blank_database, tmp_path):
    snapshot = take_snapshot(blank_database, tmp_path / "snapshot.db")
    sql = understood(find_query("values_of_formula").sql).replace("meant('formula', :formula)", "'[]'")
    with closing(sqlite3.connect(snapshot.path)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
