"""Write the dump of a small filled database at the newest revision, where it changes a table, for later ones' tests.

Usage: python tools/dump_revision.py [FOLDER]
"""

import sqlite3
import sys
import tempfile
from pathlib import Path

from etl.loading.load import load_intake
from etl.pipeline import check_file
from sse_db.database import migrate
from sse_db.database.engine import open_engine

SEED = (
    "literature/perovskite.csv",
    "structures/LLZO_tetragonal.cif",
)

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "tests/migrations/dumps")
with tempfile.TemporaryDirectory() as scratch:
    path = Path(scratch) / "sse.db"
    engine = open_engine(str(path), must_exist=False)
    migrate.upgrade(engine.url)
    for name in SEED:
        load_intake(engine, check_file(Path("seed_data") / name), curator="tester")
    engine.dispose()
    connection = sqlite3.connect(path)
    text = "\n".join(connection.iterdump()) + "\n"
    connection.close()
(folder / f"{migrate.head()}.sql").write_text(text, encoding="utf-8")
