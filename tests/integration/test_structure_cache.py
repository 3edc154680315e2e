"""A structure file that a database holds is not read again, unless the parser has changed since."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.loading import structure_cache
from etl.loading.structure_cache import KnownStructures
from etl.pipeline import load_file


def find_stored(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT record_key, formula_units, coordinates_basis FROM structural_records")
        return all(KnownStructures(engine).find(*row) is not None for row in rows.all())


def test_a_record_is_used_again_only_while_the_parser_is_the_same(
    engine: sa.Engine, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_file(engine, root / "seed_data" / "structures" / "LLZO_cubic_1273_K.cif", curator="zoe")
    assert find_stored(engine)
    monkeypatch.setattr(structure_cache, "name_code_version", lambda: "0.1.0+parser.other")
    assert not find_stored(engine)
