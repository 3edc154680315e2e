"""What differs between database systems stands in one package."""

import re
from pathlib import Path

import pytest

from sse_db.database import migrate
from sse_db.dialects import choose
from sse_db.dialects.postgresql import schema
from sse_db.errors import WrongUsage

ROOT = Path(__file__).parents[3]
FILES_OF_SQLITE = {
    "sse_db/browse": "shows a copy in a file of its own",
    "sse_db/release/database.py": "writes the file of a release",
    "sse_db/dictionary.py": "reads the columns of views from a database in memory",
}
"""Places that work on SQLite files by their nature, whatever system a database is kept in."""
STRAYS = re.compile(
    r"psycopg|(?:connection|engine|bind)\.dialect\.|drivername|get_backend_name|pg_[a-z]+\(|sqlite_(?:master|sequence|schema)|\bPRAGMA\b|"
    r"\bIS (?:NOT )?(?:DISTINCT FROM|[a-z_]+\.[a-z]|:[a-z])|\bimport sqlite3|sqlite://|json_each|printf\(|\bGLOB\b|INSERT OR|::(?:int|text|json|float|numeric|reg)"
)
ALLOWED_LINES = {
    "sse_db/database/engine.py": r"sqlite:///",
    "sse_db/schema/__init__.py": r"dialect_options",
}


def find_strays():
    found = []
    for folder in ("sse_db", "etl", "analysis"):
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix not in (".py", ".sql") or name.startswith(("sse_db/dialects/", *FILES_OF_SQLITE)):
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if STRAYS.search(line) and not re.search(ALLOWED_LINES.get(name, r"\Z(?!\Z)"), line):
                    found.append(f"{name}:{number}: {line.strip()}")
    return found


def test_no_other_place_knows_which_database_system_it_works_with():
    assert find_strays() == []


def test_a_system_that_is_not_supported_is_refused():
    import sqlalchemy as sa

    with pytest.raises(WrongUsage, match="no support for mysql"):
        choose(sa.make_url("mysql://localhost/x"))


def test_the_functions_of_the_newest_revision_are_those_of_the_code():
    folder = ROOT / "migrations" / "frozen" / "postgresql"
    frozen = sorted(folder.glob("functions@*.sql"))[-1]
    assert frozen.stem.rpartition("@")[2] <= migrate.head()
    code = ROOT / "sse_db" / "dialects" / "postgresql" / "functions.sql"
    assert frozen.read_text(encoding="utf-8") == code.read_text(encoding="utf-8"), "run: tools/freeze_derived.py"


def test_views_are_made_in_an_order_in_which_each_finds_those_it_names():
    ordered = list(schema._in_order({"a": "SELECT * FROM b, c", "b": "SELECT * FROM c", "c": "SELECT 1"}))
    assert ordered == ["c", "b", "a"]
