"""The tour of the README runs as it is written."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path


def read_tour(text):
    """Commands of the console blocks, each with the lines that stand below it."""
    commands = []
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                commands.append((line[2:], []))
            elif line.strip():
                commands[-1][1].append(line.strip())
    return commands


def test_the_tour_runs_and_shows_what_it_says(root, tmp_path, monkeypatch):
    monkeypatch.delenv("SSE_DB_URL", raising=False)
    shutil.copytree(root / "seed_data", tmp_path / "seed_data")
    tour = read_tour((root / "README.md").read_text(encoding="utf-8"))
    assert len(tour) >= 8
    for command, expected in tour:
        words = shlex.split(command, comments=True)
        words[0] = str(Path(sys.executable).with_name(words[0]))
        result = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert result.returncode == (1 if "# exit code 1" in command else 0), (command, result.stderr)
        for line in expected:
            assert line in result.stdout + result.stderr, command


def test_the_readme_opens_with_the_two_commands(root):
    opening = (root / "README.md").read_text(encoding="utf-8")[:1500]
    assert "make demo" in opening
    assert "make test" in opening


def test_every_link_to_a_file_leads_somewhere(root):
    for page in [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
