"""Eight curators at the same time: everything lands once, the later one is told of a conflict, nothing is left half."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from support.engines import opened
from support.intakes import composition, make_intake, measurement, publication, sample
from support.logical_dump import exact_dump, logical_dump

from etl.curation.merge import merge_rows
from etl.drafts import Intake
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from sse_db.database import migrate
from sse_db.errors import NotFound, RefusedFile, SseDbError, UndoRefused
from sse_db.records.events import list_batches
from sse_db.records.history import read_entries
from sse_db.records.keys import TABLES

CURATORS = 8
ROUNDS = 200
FORMULA = "Li7La3Zr2O12"


def paper(doi: str, value: float = 1e-4, labels: Sequence[str] = ("A",)) -> Intake:
    article = publication(doi)
    pellets = [sample(article, label, FORMULA) for label in labels]
    return make_intake(
        article, composition(FORMULA), *pellets, *(measurement(each, value) for each in pellets), name=doi
    )


def at_once(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each of these returned or raised, all begun at the same moment, each in a thread of its own."""
    barrier = threading.Barrier(len(work))

    def begin(each: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return each()
        except Exception as error:  # noqa: BLE001  # looked at by the test
            return error

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(begin, work))


def sorts(results: Sequence[Any]) -> Counter[str]:
    return Counter(type(each).__name__ for each in results)


@pytest.fixture
def engines(make_url):
    """An engine for each curator, on one database."""
    url = make_url()
    made = []
    with opened(url) as first:
        made = [first]
        try:
            made += [_open(url) for _ in range(CURATORS - 1)]
            yield made
        finally:
            for each in made[1:]:
                each.dispose()


def _open(url: sa.URL) -> sa.Engine:
    from sse_db.database.engine import open_engine

    return open_engine(url)


def load(engine: sa.Engine, intake: Intake, curator: str = "ada", on_conflict: str = "fail") -> int | None:
    return load_intake(engine, intake, curator=curator, on_conflict=on_conflict).id


def assert_whole(engine: sa.Engine) -> None:
    """No batch is open, every row is as the history says, and database and code agree."""
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM current_batch").scalar() == 0
        log = sa.text("SELECT table_name, row_id, action FROM change_log ORDER BY id")
        last = {(table, row_id): action for table, row_id, action in connection.execute(log)}
    alive = {key for key, action in last.items() if action != "delete"}
    rows = {(table, row[0]) for table, found in exact_dump(engine).items() for row in found}
    assert alive == rows
    assert migrate.drift(engine) == []


def test_papers_of_eight_curators_all_land(engines):
    papers = [[paper(f"10.1000/c{who}.{number}") for number in range(3)] for who in range(CURATORS)]
    results = at_once([
        lambda engine=engine, own=own, who=who: [load(engine, each, f"c{who}") for each in own]
        for who, (engine, own) in enumerate(zip(engines, papers, strict=True))
    ])  # fmt: skip
    batches = [batch for found in results for batch in found]
    assert sorted(batches) == list(range(1, 3 * CURATORS + 1))
    dump = exact_dump(engines[0])
    assert len(dump["publications"]) == len(dump["samples"]) == 3 * CURATORS
    assert len(dump["compositions"]) == 1
    assert_whole(engines[0])


def test_one_paper_from_eight_curators_lands_once(engines):
    results = at_once([lambda engine=engine: load(engine, paper("10.1000/one")) for engine in engines])
    assert sorted(results, key=str) == [1, *[None] * (CURATORS - 1)]
    assert len(exact_dump(engines[0])["samples"]) == 1
    assert_whole(engines[0])


def test_a_conflict_is_reported_to_all_but_the_first(engines):
    results = at_once([
        lambda engine=engine, value=value: load(engine, paper("10.1000/one", value * 1e-4))
        for value, engine in enumerate(engines, 1)
    ])  # fmt: skip
    assert sorts(results) == {"int": 1, "RefusedFile": CURATORS - 1}
    winner = next(place for place, each in enumerate(results, 1) if isinstance(each, int))
    with engines[0].connect() as connection:
        assert connection.exec_driver_sql("SELECT conductivity_s_per_cm FROM impedance_measurements").all() == [
            (winner * 1e-4,)
        ]
    for refused in results:
        if isinstance(refused, RefusedFile):
            assert {each.code for each in refused.problems} == {"conflict"}
    assert_whole(engines[0])


def test_a_batch_is_taken_back_by_one_of_eight(engines):
    batch = load(engines[0], paper("10.1000/one"))
    results = at_once([lambda engine=engine: undo_batch(engine, batch, curator="ada").id for engine in engines])
    assert sorts(results) == {"int": 1, "UndoRefused": CURATORS - 1}
    assert all(not isinstance(each, UndoRefused) or "taken back already" in str(each) for each in results)
    assert_whole(engines[0])


def test_two_samples_are_joined_by_one_of_eight(engines):
    load(engines[0], paper("10.1000/one", labels=("A", "B")))
    results = at_once([lambda engine=engine: merge_rows(engine, "samples", 2, 1, curator="eve") for engine in engines])
    assert sorts(results) == {"MergeReport": 1, "NotFound": CURATORS - 1}
    assert all(isinstance(each, NotFound) or not isinstance(each, Exception) for each in results)
    assert_whole(engines[0])


def test_imports_undoing_and_joining_at_once_end_as_one_after_the_other(engines):
    """Each curator works on papers of their own beside the common composition, which each batch may bring or miss."""

    def work(engine: sa.Engine, who: int) -> None:
        kept = paper(f"10.1000/kept.{who}", labels=("A", "B"))
        load(engine, kept, f"c{who}")
        gone = load(engine, paper(f"10.1000/gone.{who}"), f"c{who}")
        with engine.connect() as connection:
            wanted = sa.text(
                "SELECT s.id FROM samples AS s INNER JOIN publications AS p ON p.id = s.publication_id "
                "WHERE p.doi = :doi ORDER BY s.label"
            )
            first, second = connection.execute(wanted, {"doi": f"10.1000/kept.{who}"}).scalars()
        merge_rows(engine, "samples", second, first, curator=f"c{who}")
        undo_batch(engine, gone, curator=f"c{who}")

    results = at_once([lambda engine=engine, who=who: work(engine, who) for who, engine in enumerate(engines)])
    assert [each for each in results if each is not None and not isinstance(each, SseDbError)] == []
    refused = [each for each in results if isinstance(each, SseDbError)]
    # a batch that brought the common composition cannot be taken back once others use it; nothing else is in the way
    assert all(isinstance(each, UndoRefused) for each in refused)
    dump = logical_dump(engines[0])
    assert len(dump["compositions"]) == 1
    assert len([row for row in dump["publications"] if "10.1000/kept" in str(row)]) == CURATORS
    assert_whole(engines[0])


NATURAL = {
    "a publication by its DOI": ("publications", {"doi": "10.1000/r{n}", "kind": "article", "review_state": "draft"}),
    "a publication by title and year": (
        "publications", {"title": "T", "title_key": "t{n}", "year": 2000, "kind": "article", "review_state": "draft"},
    ),
    "a sample by its label": ("samples", {"publication_id": 1, "label": "L{n}"}),
    "a value without temperature": (
        "impedance_measurements",
        {"sample_id": 1, "contribution": "bulk", "contribution_basis": "stated", "temperature_basis": "not_stated",
         "replicate_label": "{n}", "conductivity_s_per_cm": 1e-4, "relation": "=", "value_basis": "measured"},
    ),
    "a composition": ("compositions", {"formula": "X", "reduced_formula": "X", "fingerprint": "f{n}"}),
}  # fmt: skip


def test_natural_keys_hold_when_eight_write_the_same_row_at_once(engines):
    """By hand, past all planning: two hundred rounds, in each of which the unique constraint lets one through."""
    load(engines[0], paper("10.1000/one"))
    barrier = threading.Barrier(CURATORS)
    kinds = list(NATURAL.values())

    def write(engine: sa.Engine) -> list[int]:
        won = []
        with engine.connect() as connection:
            for number in range(ROUNDS):
                table, values = kinds[number % len(kinds)]
                row = {name: each.format(n=number) if isinstance(each, str) else each for name, each in values.items()}
                barrier.wait()
                try:
                    connection.execute(sa.insert(TABLES[table]), {"batch_id": 1, **row})
                    connection.commit()
                    won.append(number)
                except sa.exc.IntegrityError:
                    connection.rollback()
        return won

    with opened(engines[0].url) as quick:
        quicken(quick)
    for engine in engines:
        quicken(engine)
    with ThreadPoolExecutor(CURATORS) as pool:
        winners = Counter(number for found in pool.map(write, engines) for number in found)
    assert winners == dict.fromkeys(range(ROUNDS), 1)
    assert_whole(engines[0])


def quicken(engine: sa.Engine) -> None:
    """Files need not reach the disk in a test that writes two hundred times."""
    if engine.url.get_backend_name() == "sqlite":
        sa.event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous = OFF"))
        engine.dispose()


def test_the_log_of_a_batch_names_its_own_changes_alone(engines):
    results = at_once([
        lambda engine=engine, who=who: load(engine, paper(f"10.1000/c{who}"), f"c{who}")
        for who, engine in enumerate(engines)
    ])  # fmt: skip
    with engines[0].connect() as connection:
        for batch in results:
            entries = read_entries(connection, batch)
            assert Counter(entry["table_name"] for entry in entries)["publications"] == 1
            assert all(str(batch) in entry["after"] for entry in entries)


HEADER = "DOI,Sample,Formula,Temperature (°C),σ total (S/cm)\n"


def import_in_processes(folder: Path, sheets: Sequence[str]) -> list[str]:
    """Exit codes of processes that import a sheet each."""
    words = [sys.executable, "-m", "support.importers", str(folder), *sheets]
    done = subprocess.run(words, capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True)
    return done.stdout.split()


def test_eight_processes_import_at_the_same_moment(home, tmp_path):
    """Each brings a paper of its own and a row that all share; two of them differ in a value, and one of these lands."""
    sheets = [f"c{who}.csv" for who in range(CURATORS)]
    for who, sheet in enumerate(sheets):
        rows = ["10.1000/shared,S,Li7La3Zr2O12,25,1e-4"]
        rows += [f"10.1000/own.{who},A{number},Li3N,25,{number + 1}e-5" for number in range(10)]
        rows += [f"10.1000/disputed,D,Li3N,25,{who + 1}e-4"] if who < 2 else []
        (tmp_path / sheet).write_text("\n".join([HEADER.strip(), *rows]), encoding="utf-8")
    codes = import_in_processes(tmp_path, sheets)
    said = [(tmp_path / f"{each}.said").read_text(encoding="utf-8") for each in sheets]
    assert sorted(codes) == ["0"] * (CURATORS - 1) + ["1"], said
    refused = codes.index("1")
    assert refused < 2
    assert "refused, nothing of it was written" in said[refused]
    assert "Traceback" not in "".join(said)
    with opened(home) as engine:
        rows = exact_dump(engine)
        assert len(rows["publications"]) == CURATORS + 1
        assert len(rows["samples"]) == len(rows["impedance_measurements"]) == 10 * (CURATORS - 1) + 2
        assert len(rows["compositions"]) == 2
        curators = {f"c{who}" for who in range(CURATORS) if who != refused}
        assert {batch["curator"] for batch in list_batches(engine)} == curators
        assert_whole(engine)
