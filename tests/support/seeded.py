"""A database with the whole seed, made once per test process and copied where a test wants its own."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from etl.loading.load import load_intake
from etl.pipeline import check_file, find_files
from sse_db.database.engine import open_engine
from sse_db.database.migrate import upgrade

ROOT = Path(__file__).parents[2]


@cache
def seed_path() -> Path:
    """The file of a database with the seed; never write to it."""
    path = Path(tempfile.mkdtemp(prefix="sse-db-seed-")) / "sse.db"
    engine = open_engine(str(path), must_exist=False)
    upgrade(engine.url)
    for file in find_files([ROOT / "seed_data"])[0]:
        load_intake(engine, check_file(file), curator="tester")
    engine.dispose()
    return path


@cache
def find_id(table: str, label: str) -> int:
    """The id of the seed's row of that label."""
    with closing(sqlite3.connect(seed_path())) as connection:
        ((row_id,),) = connection.execute(f"SELECT id FROM {table} WHERE label = ?", (label,)).fetchall()
    return int(row_id)


def copy_seed(folder: Path) -> Path:
    """A copy of the seed database for one test."""
    return Path(shutil.copy(seed_path(), folder / "sse.db"))
