"""A newer edition of the seed over an older one: what was corrected changes by the ordinary road, and what has other
names since is found by audits and joined by merges."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.logical_dump import logical_dump
from support.seeded import ROOT

from etl.curation.merge import merge_rows
from etl.curation.samples import SampleWords, edit_sample
from etl.pipeline import load_file
from sse_db.audits import find_audit, run_audit
from sse_db.errors import MergeRefused

OLD = ROOT / "tests" / "data" / "first_seed"
SHEETS = ("nasicon", "garnet", "perovskite")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The seed of today, as far as it is about the publications and structures of the older excerpt."""
    folder, files = tmp_path_factory.mktemp("newer"), []
    for name in SHEETS:
        papers = {(row["DOI"], row["Title"].lower()) for row in read(OLD / f"{name}.csv")}
        known = {doi for doi, _ in papers if doi} | {title for _, title in papers}
        rows = read(ROOT / "seed_data" / "literature" / f"{name}.csv")
        files.append(folder / f"{name}.csv")
        write(files[-1], [row for row in rows if row["DOI"] in known or row["Title"].lower() in known])
    records = {row["Record"] for row in read(OLD / "structure_facts.csv")}
    files.append(folder / "structure_facts.csv")
    write(files[-1], [row for row in read(ROOT / "seed_data" / "structure_facts.csv") if row["Record"] in records])
    return [*files, ROOT / "seed_data" / "structures" / "LLZO_tetragonal.cif"]


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def repaired(make_engine: Callable[[], sa.Engine], newer: list[Path]) -> sa.Engine:
    """The older excerpt with the newer rows imported over it."""
    engine = make_engine()
    for path in sorted(OLD.iterdir()):
        load_file(engine, path, curator="ada")
    for path in newer:
        load_file(engine, path, curator="bob", on_conflict="update")
    return engine


def find(engine: sa.Engine, audit: str) -> list[tuple[int, int]]:
    """Pairs of rows that an audit proposes to join: the older one, the newer one."""
    found = run_audit(engine.url, find_audit(audit))
    places = [found.columns.index(name) for name in ("other_id", "row_id")]
    return [(int(row[places[0]]), int(row[places[1]])) for row in found.rows]


def test_what_has_other_names_since_is_proposed_and_joins_to_what_the_newer_seed_alone_gives(
    repaired: sa.Engine, make_engine: Callable[[], sa.Engine], newer: list[Path]
) -> None:
    ((kept, gone),) = find(repaired, "publication_twice")
    merge_rows(repaired, "publications", kept, gone, curator="ada")  # the older one had no DOI yet
    structures = find(repaired, "structure_twice")
    assert len(structures) == 4
    for older, now in structures:
        merge_rows(repaired, "structural_records", older, now, curator="ada")
    same = {pair for pair in find(repaired, "duplicates") if pair in renamed(repaired)}
    assert len(same) == 4
    for older, now in same:
        merge_rows(repaired, "samples", older, now, curator="ada", on_conflict="keep")
    gone_value = SampleWords(without_measurements=("total @ RT",))
    edit_sample(repaired, "LLZ-8 wt% LBO", gone_value, curator="ada")
    fresh = make_engine()
    for path in newer:
        load_file(fresh, path, curator="ada")
    found, wanted = logical_dump(repaired), logical_dump(fresh)
    assert len(found.pop("sample_aliases")) == 4
    assert wanted.pop("sample_aliases") == []
    assert strip(found) == strip(wanted)


def renamed(engine: sa.Engine) -> set[tuple[int, int]]:
    """Pairs of samples of which the newer name is known to replace the older one."""
    sql = """
        SELECT a.id, b.id FROM samples AS a INNER JOIN samples AS b ON b.publication_id = a.publication_id AND a.id < b.id
        WHERE (a.label, b.label) IN (('LATP EISA', 'LATP-30'), ('LATP', 'P-600-1000'),
            ('LATP-3 wt% GeO2', 'LATP-3 wt% GeO2 950 C'), ('LATP', 'LATP 950 C'))
    """
    with engine.connect() as connection:
        return {(row[0], row[1]) for row in connection.execute(sa.text(sql))}


def strip(dump: dict[str, list[tuple[object, ...]]]) -> str:
    """What is stored, without the one first author whose spelling stays."""
    return repr(dump).replace("Qi Yun Wu", "Wu, Qi Yun")


def test_a_structure_of_the_same_name_and_cell_is_doubted_at_import(engine: sa.Engine, newer: list[Path]) -> None:
    load_file(engine, OLD / "LLZO_tetragonal.cif", curator="ada")
    again = load_file(engine, OLD / "LLZO_tetragonal.cif", curator="ada")
    assert [each.code for each in again.doubts if "again" in each.code] == []
    (doubt,) = [each for each in load_file(engine, newer[-1], curator="ada").doubts if "again" in each.code]
    assert "structure 1 has this name, composition and cell" in doubt.message
    assert "structure-twice" in doubt.hint


def test_structures_of_two_compositions_are_not_joined(repaired: sa.Engine) -> None:
    with repaired.connect() as connection:
        found = connection.execute(sa.text("SELECT min(id) FROM structural_records GROUP BY composition_id"))
        first, second, *_ = (row[0] for row in found)
    with pytest.raises(MergeRefused, match="different compositions"):
        merge_rows(repaired, "structural_records", first, second, curator="ada")
