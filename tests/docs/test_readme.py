"""The tour of the README runs as it is written."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from support.tour import expected_code, read_steps


def test_the_tour_runs_and_shows_what_it_says(root, tmp_path, monkeypatch):
    monkeypatch.delenv("SSE_DB_URL", raising=False)
    shutil.copytree(root / "seed_data", tmp_path / "seed_data")
    tour = read_steps((root / "README.md").read_text(encoding="utf-8"))
    assert len(tour) >= 8
    for step in tour:
        words = shlex.split(step.text, comments=True)
        words[0] = str(Path(sys.executable).with_name(words[0]))
        result = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert result.returncode == expected_code(step.text), (step.text, result.stderr)
        for line in step.shown:
            assert line in result.stdout + result.stderr, step.text


def test_the_readme_opens_with_the_two_commands(root):
    opening = (root / "README.md").read_text(encoding="utf-8")[:1500]
    assert "make demo" in opening
    assert "make test" in opening


def test_every_link_to_a_file_leads_somewhere(root):
    for page in [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
