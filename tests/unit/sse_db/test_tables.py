"""Tables on stdout: readable at a terminal of any width, plain in a pipe."""

import io
from unittest import mock

import pytest

from sse_db.cli.app import database_first
from sse_db.cli.render import print_table

HEADERS = [f"column_{place}" for place in range(20)]
ROWS = [list(range(20)), list(range(20, 40))]


class Terminal(io.StringIO):
    """A stdout that says it is a terminal."""

    def isatty(self):
        return True


def words_at_a_terminal(monkeypatch, headers, rows):
    monkeypatch.setenv("COLUMNS", "100")
    with mock.patch("sys.stdout", Terminal()) as terminal:
        print_table(headers, rows)
    return [line.split() for line in terminal.getvalue().splitlines()]


def test_a_table_too_wide_for_the_terminal_has_a_line_per_value(monkeypatch):
    lines = words_at_a_terminal(monkeypatch, HEADERS, ROWS)
    assert ["column_3", "3"] in lines
    assert ["column_3", "23"] in lines


def test_a_table_that_fits_has_a_line_per_row(monkeypatch):
    lines = words_at_a_terminal(monkeypatch, HEADERS[:4], [row[:4] for row in ROWS])
    assert ["20", "21", "22", "23"] in lines


def test_a_table_in_a_pipe_has_no_blank_or_padded_lines(capsys):
    print_table(HEADERS, ROWS, title="All")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "All"
    assert [line.split()[-1] for line in lines[1:] if "─" not in line] == ["column_19", "19", "39"]
    assert all(line and line == line.rstrip() for line in lines)


def test_a_title_wider_than_its_table_stays_on_one_line(capsys):
    print_table(["a"], [["b"]], title="Descriptors, as models see them")
    assert capsys.readouterr().out.splitlines()[0] == "Descriptors, as models see them"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("query SELECT --db a.db -f csv", "--db a.db query SELECT -f csv"),
        ("query SELECT --db=a.db", "--db=a.db query SELECT"),
        ("--db a.db query SELECT", "--db a.db query SELECT"),
        ("query -- --db", "query -- --db"),
        ("query SELECT --db", "--db query SELECT"),
    ],
)
def test_the_database_may_be_named_anywhere(written, meant):
    assert database_first(written.split()) == meant.split()
