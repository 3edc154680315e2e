"""Hostile files, from zip bombs to billions of atoms, end in words, in seconds, and in bounded memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.monsters import write_monsters

READABLE = {
    "good.xlsx", "good.ods", "good.cif", "macros.xlsm", "in utf-8-sig.csv", "in utf-16.csv", "in utf-32.csv",
    "carriage returns.csv", "windows lines.csv", "semicolons.csv", "tabs.tsv", "16384 empty columns.csv",
    "repeated blanks.ods", "many blocks.cif", "zip in zip.zip", "in utf-16-be.csv",
    "out of the folder.zip",
    "laughs in [Content_Types].xml.xlsx",  # parts that hold no cells are not looked into
}  # fmt: skip
MOST_SECONDS = 20
MOST_MEGABYTES = 1_200


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, dict[str, Any]]:
    pytest.importorskip("resource", reason="limits on memory need a Unix")
    folder = tmp_path_factory.mktemp("monsters")
    count = len(write_monsters(folder))
    paths = os.pathsep.join(map(str, (root, root / "tests")))
    quiet = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": paths}
    result = subprocess.run(
        [sys.executable, root / "tests" / "support" / "read_monsters.py", folder],
        capture_output=True, text=True, env=os.environ | quiet, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-2000:]
    found = {told["file"]: told for told in map(json.loads, result.stdout.splitlines())}
    assert len(found) == count
    return found


def test_each_is_read_or_refused_and_no_other_way(outcomes: dict[str, dict[str, Any]]) -> None:
    assert {name for name, told in outcomes.items() if told["outcome"] == "read"} == READABLE


WHOLE_FILE = ("empty", "unreadable-source", "unread-member")
"""Codes of refusals that are of a whole file: its name stands beside the message."""


def test_each_refusal_names_the_file_and_the_place(outcomes: dict[str, dict[str, Any]]) -> None:
    for name, told in outcomes.items():
        for problem in (each for each in told["problems"] if each["severity"] == "error"):
            assert problem["file"] == name
            assert problem["message"]
            assert problem["cell"] or name in problem["message"] or problem["code"] in WHOLE_FILE


def test_none_takes_long_or_much_memory(outcomes: dict[str, dict[str, Any]]) -> None:
    slow = {name: told["seconds"] for name, told in outcomes.items() if told["seconds"] > MOST_SECONDS}
    assert slow == {}
    assert max(told["peak_mb"] for told in outcomes.values()) < MOST_MEGABYTES
