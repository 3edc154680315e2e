"""What is near room temperature is said in one place; SQL files, which write numbers, agree with it."""

import ast
import re

import pytest

from sse_db.temperatures import COMPARED_C, NEAR_ROOM_C, ZERO_CELSIUS_K, near_room

WINDOW = re.compile(r"temperature_c BETWEEN (-?[\d.]+) AND (-?[\d.]+)")


def windows(root, folder):
    return [
        (path.name, (float(low), float(high)))
        for path in sorted((root / folder).rglob("*.sql"))
        for low, high in WINDOW.findall(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("folder", ["sse_db/views", "sse_db/audits", "sse_db/queries"])
def test_sql_files_use_the_two_windows_and_no_third(root, folder):
    assert {window for _, window in windows(root, folder)} <= {NEAR_ROOM_C, COMPARED_C}


def test_the_view_of_room_temperature_and_the_audit_of_conflicts_use_theirs(root):
    assert set(windows(root, "sse_db/views")) == {("sample_conductivities.sql", NEAR_ROOM_C)}
    assert ("conflicts.sql", COMPARED_C) in windows(root, "sse_db/audits")


def test_kelvin_is_written_with_its_one_number(root):
    for folder in ("sse_db", "etl", "analysis", "tools"):
        for path in (root / folder).rglob("*.py"):
            if path.name != "temperatures.py":
                nodes = ast.walk(ast.parse(path.read_bytes()))
                assert not any(isinstance(node, ast.Constant) and node.value == ZERO_CELSIUS_K for node in nodes), path


def test_the_ends_of_the_window_belong_to_it():
    assert [near_room(value) for value in (None, 23.9, 24, 30, 30.1)] == [False, False, True, True, False]
