"""Every command and every piece of Python on a page of the documentation runs, and shows what the page says."""

import shutil
from pathlib import Path

import pytest
from support.reports import narrow_grids
from support.tour import call, expected_code, read_steps

DOCS = Path(__file__).parents[2] / "docs"
OWN_TEST = {"adding-a-paper.md", "clusters.md", "recomputing.md", "servers.md"}
"""Pages that a test of their own runs, with what they need beside them."""


PAGES = [
    page
    for page in sorted(DOCS.rglob("*.md"))
    if page.name not in OWN_TEST and read_steps(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_runs_from_top_to_bottom(page, root, tmp_path, monkeypatch):
    monkeypatch.delenv("SSE_DB_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    narrow_grids(monkeypatch)  # what pages show does not hang on what inner folds choose
    shutil.copytree(root / "seed_data", tmp_path / "seed_data")
    monkeypatch.chdir(tmp_path)
    names = {"__name__": page.stem}
    for step in read_steps(page.read_text(encoding="utf-8")):
        if step.kind == "python":
            exec(compile(step.text, page.name, "exec"), names)
            continue
        outcome = call(step.text)
        assert outcome.returncode == expected_code(step.text), (step.text, outcome.stderr)
        for line in step.shown:
            assert line in outcome.stdout + outcome.stderr, step.text
