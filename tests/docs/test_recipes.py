"""The recipes of CONTRIBUTING.md, followed literally in a copy of the checkout, do what they say."""

import re
import shutil
import subprocess
import sys
import textwrap

import pytest
from support.seeded import copy_seed

from sse_db.database.migrate import head

FOLDERS = ("sse_db", "etl", "analysis", "migrations", "tests/support", "tests/science", "tools", "seed_data/structures")
PLACE = re.compile(r"`(?P<file>[\w/.]+\.\w+)`,\s(?P<side>after|before)\s`(?P<anchor>[^`]+)`")
NEW = re.compile(r"Write `(?P<file>[\w/.]+)`")

FOLLOW = """
import shlex, subprocess, sys
sys.path[:0] = [{root!r}, {tests!r}]
from support.tour import call
for command in {commands!r}:
    print("$", command, flush=True)
    if command.startswith("sse-db "):
        outcome = call(command)
        print(outcome.stdout, outcome.stderr, outcome.returncode, flush=True)
        assert outcome.returncode == 0
    else:
        subprocess.run([sys.executable, *shlex.split(command)[1:]], check=True)
"""
AGREE = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
import pandas as pd
from support.independent import compute_descriptors
from analysis.data.frames import read_view
from analysis.data.targets import DESCRIPTOR_NAMES
from sse_db.database.engine import open_engine
engine = open_engine("sse.db")
ours = pd.DataFrame.from_dict(compute_descriptors(engine), orient="index")[DESCRIPTOR_NAMES].astype(float)
view = read_view(engine, "descriptors").set_index("sample_id")[DESCRIPTOR_NAMES].astype(float)
pd.testing.assert_frame_equal(view, ours, rtol=1e-9, atol=1e-12, check_names=False)
print(view["pellet_thickness_mm"].notna().sum(), "values agree")
"""


@pytest.fixture
def copy(root, tmp_path):
    """A copy of the checkout with the seed's database in it."""
    for folder in FOLDERS:
        if (root / folder).is_dir():
            shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(root / file, tmp_path / file)
    copy_seed(tmp_path)
    return tmp_path


def read_recipe(root, title):
    """The section of a title, with the numbers of revisions filled in."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {title}\n(.*?)(?=^## )", text, re.DOTALL | re.MULTILINE)[1]
    newest = head()
    return section.replace("NNNN", f"{int(newest) + 1:04}").replace("MMMM", newest)


def follow(copy, recipe):
    """Change the files as the recipe says, run its commands in the copy; returns what they printed."""
    commands, shown, before = [], [], ""
    for told, kind, block in re.findall(r"(.*?)^```(\w+)\n(.*?)^```\n", recipe, re.DOTALL | re.MULTILINE):
        before = told
        if kind == "console":
            lines = block.splitlines()
            commands += [line[2:] for line in lines if line.startswith("$ ")]
            shown += [line.strip() for line in lines if not line.startswith("$ ")]
        else:
            change(copy, before, block)
    script = FOLLOW.format(root=str(copy), tests=str(copy / "tests"), commands=commands)
    printed = run(copy, script)
    for line in shown:
        assert line in printed, (line, printed)


def change(copy, told, block):
    place, new = PLACE.search(told), NEW.search(told)
    if new:
        (copy / new["file"]).write_text(block, encoding="utf-8")
        return
    path = copy / place["file"]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    [number] = [number for number, line in enumerate(lines) if line.startswith(place["anchor"])]
    lines.insert(number + (place["side"] == "after"), block)
    path.write_text("".join(lines), encoding="utf-8")


def run(copy, script):
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": f"{copy}:{copy / 'tests'}",
        "COLUMNS": "200",
        "HOME": str(copy),
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_descriptor_is_added_as_the_recipe_says(root, copy):
    follow(copy, read_recipe(root, "Add a descriptor"))
    assert "values agree" in run(copy, AGREE.format(root=str(copy), tests=str(copy / "tests")))
    assert "pellet_thickness_mm" in (copy / "total.csv").read_text(encoding="utf-8").splitlines()[0]


def test_a_model_is_added_as_the_recipe_says(root, copy):
    follow(copy, read_recipe(root, "Add a model"))
