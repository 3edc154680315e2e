"""Every environment variable that the product reads is a field of one object, and stands in the docs."""

import re
from pathlib import Path

from sse_db.settings import read_environment, render_markdown


def test_a_variable_set_to_nothing_counts_as_not_set():
    settings = read_environment({"SSE_DB_CURATOR": "eve", "SSE_DB_URL": ""})
    assert (settings.curator, settings.url) == ("eve", "sse.db")


def test_every_variable_that_code_or_pages_name_is_in_the_table(root: Path):
    known = set(re.findall(r"SSE_DB_\w+", render_markdown()))
    files = [
        *(root / "docs").glob("*.md"),
        *(path for name in ("sse_db", "etl", "analysis") for path in (root / name).rglob("*.py")),
    ]
    named = {word for path in files for word in re.findall(r"SSE_DB_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))}
    of_tests = {word for word in named if word.startswith("SSE_DB_TEST_")}
    assert named - of_tests == known


def test_nothing_but_the_settings_reads_the_environment(root: Path):
    files = (path for name in ("sse_db", "etl", "analysis") for path in (root / name).rglob("*.py"))
    assert [path.name for path in files if "os.environ" in path.read_text(encoding="utf-8")] == ["settings.py"]
