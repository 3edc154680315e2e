"""Freeze the views and triggers of today's code that differ from the newest frozen ones, for a revision.

Usage: python tools/freeze_derived.py REVISION
"""

import sys
from pathlib import Path

from sse_db import views
from sse_db.database.revisions import freeze
from sse_db.dialects.sqlite import history

ROOT = Path(__file__).parents[1]
revision = sys.argv[1]
for name in freeze(revision, views.create_statements() | history.create_statements()):
    print(name)
functions = (ROOT / "sse_db" / "dialects" / "postgresql" / "functions.sql").read_text(encoding="utf-8")
folder = ROOT / "migrations" / "frozen" / "postgresql"
older = [path for path in sorted(folder.glob("functions@*.sql")) if path.stem.rpartition("@")[2] < revision]
if not older or older[-1].read_text(encoding="utf-8") != functions:
    (folder / f"functions@{revision}.sql").write_text(functions, encoding="utf-8")
    print("functions of PostgreSQL")
