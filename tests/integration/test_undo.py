"""Taking batches back: exact whatever came later, refused with the rows where later batches built on them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.intakes import composition, make_intake, measurement, publication, sample, step
from support.logical_dump import exact_dump, logical_dump

from etl.drafts import Intake
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.pipeline import check_file, find_files
from sse_db.errors import UndoRefused
from sse_db.records.keys import TABLES

FORMULAS = ("Li7La3Zr2O12", "Li1.3Al0.3Ti1.7P3O12", "Li0.33La0.56TiO3")


def paper(doi: str, formula: str, value: float = 1e-4, *temperatures: float) -> Intake:
    article = publication(doi)
    pellet = sample(article, "A", formula, pellet_diameter_mm=12.0)
    values = [
        measurement(pellet, value * (1 + place), temperature=each) for place, each in enumerate(temperatures or (25.0,))
    ]
    return make_intake(article, composition(formula), pellet, step(pellet, temperature_c=900.0), *values, name=doi)


def load(engine: sa.Engine, intake: Intake, on_conflict: str = "fail") -> int:
    batch = load_intake(engine, intake, curator="tester", on_conflict=on_conflict).id
    assert batch is not None
    return batch


def test_batch_is_taken_back_exactly_when_later_batches_touched_other_rows(engine: sa.Engine) -> None:
    load(engine, paper("10.1000/one", FORMULAS[0]))
    middle = load(engine, paper("10.1000/two", FORMULAS[1]))
    load(engine, paper("10.1000/three", FORMULAS[2]))
    batch_at = {table: its.c.keys().index("batch_id") for table, its in TABLES.items()}
    others = {
        table: [row for row in rows if row[batch_at[table]] != middle] for table, rows in exact_dump(engine).items()
    }
    undo_batch(engine, middle, curator="tester")
    assert exact_dump(engine) == others


def test_changed_values_come_back_to_the_last_bit(engine: sa.Engine) -> None:
    load(engine, paper("10.1000/one", FORMULAS[0], 1.2345678901234567e-4))
    before = exact_dump(engine)
    update = load(engine, paper("10.1000/one", FORMULAS[0], 0.1 + 0.2), "update")
    assert exact_dump(engine) != before
    undo_batch(engine, update, curator="tester")
    assert exact_dump(engine) == before


def test_refusal_lists_every_row_that_was_built_on(engine: sa.Engine) -> None:
    first = load(engine, paper("10.1000/one", FORMULAS[0]))
    load(engine, paper("10.1000/one", FORMULAS[0], 1e-4, 25.0, 50.0, 75.0))
    before = exact_dump(engine)
    with pytest.raises(UndoRefused) as refusal:
        undo_batch(engine, first, curator="tester")
    assert len(refusal.value.rows) == 2
    assert all("of batch 2" in row and "10.1000/one · A · total" in row for row in refusal.value.rows)
    assert exact_dump(engine) == before


def test_row_changed_by_hand_keeps_its_batch_from_being_taken_back(engine: sa.Engine) -> None:
    first = load(engine, paper("10.1000/one", FORMULAS[0]))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE samples SET pellet_diameter_mm = 13 WHERE label = 'A'"))
    with pytest.raises(UndoRefused, match="changed outside of imports"):
        undo_batch(engine, first, curator="tester")


papers = st.builds(
    lambda doi, formula, exponent, temperatures: paper(
        f"10.1000/{doi}", formula, 10.0**exponent, *map(float, temperatures)
    ),
    st.sampled_from(["one", "two", "three"]),
    st.sampled_from(FORMULAS),
    st.integers(-9, -3),
    st.lists(st.integers(-50, 300), min_size=1, max_size=4, unique=True),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=papers, second=papers)
def test_import_and_undo_leave_the_same_database(
    make_engine: Callable[[], sa.Engine], first: Intake, second: Intake
) -> None:
    engine = make_engine()
    load(engine, first)
    before = logical_dump(engine)
    batch = load_intake(engine, second, curator="tester", on_conflict="update").id
    if batch is not None:
        undo_batch(engine, batch, curator="tester")
    assert logical_dump(engine) == before


def test_order_of_files_does_not_matter_for_the_seed(make_engine: Callable[[], sa.Engine], root: Path) -> None:
    intakes = [check_file(path) for path in find_files([root / "seed_data"])[0]]
    dumps = []
    for order in (intakes, intakes[::-1], intakes[3:] + intakes[:3]):
        engine = make_engine()
        for intake in order:
            load_intake(engine, intake, curator="tester")
        dumps.append(logical_dump(engine))
    assert dumps[0] == dumps[1] == dumps[2]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(papers, min_size=3, max_size=3, unique_by=lambda intake: intake.file_name))
def test_order_of_papers_does_not_matter(make_engine: Callable[[], sa.Engine], brought: list[Intake]) -> None:
    dumps = []
    for order in itertools.islice(itertools.permutations(brought), 0, 6, 2):
        engine = make_engine()
        for intake in order:
            load(engine, intake)
        dumps.append(logical_dump(engine))
    assert dumps[0] == dumps[1] == dumps[2]
