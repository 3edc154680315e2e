"""The scripts of the page on recomputing: run beside a report, and run again with one number altered."""

import ast
import io
import re
import time
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from unittest import mock

import pandas as pd

from support.tour import read_steps

NOTICED = (AssertionError, KeyError)
"""What a script ends with where numbers, or the ids that they stand under, differ."""


def read_scripts(page):
    """The scripts of the page in their order."""
    return [Script(step.text) for step in read_steps(page.read_text(encoding="utf-8")) if step.kind == "python"]


def read_sources(page):
    """Names of the tables that the page starts from, which stand in its first table."""
    return set(re.findall(r"`(\w+\.csv)`", page.read_text(encoding="utf-8").partition("\nEvery other number")[0]))


class Script:
    """One script, cut before its last statement, which compares: what it computes need not be computed for every
    altered number. The working folder has to hold the report."""

    def __init__(self, text):
        self.text = text
        self.lines = [line for line in text.splitlines() if line.strip()]
        self.seconds, self.opened = 0.0, set()
        body = ast.parse(text).body
        self._computing, self._comparing = (
            compile(ast.Module(part, type_ignores=[]), "recomputing.md", "exec") for part in (body[:-1], body[-1:])
        )

    @property
    def compares_tables(self):
        """Whether all that it reads of the tables it recomputes is read in its last statement."""
        return "again" in self._computing.co_names

    def reads(self, name):
        """Whether a file or folder is named in it."""
        return name in self.text

    @cached_property
    def computed(self):
        """The names of everything before the last statement."""
        names: dict[str, object] = {}
        exec(self._computing, names)
        return names

    def compare(self):
        """Run it, computing once only where the recomputed tables are read in the last statement."""
        if not self.compares_tables:
            vars(self).pop("computed", None)
        exec(self._comparing, dict(self.computed))

    def notices(self):
        """Whether it stops with an error; how long it takes where it does not is kept in ``seconds``, and the names of
        the files that it opens in ``opened``."""
        start = time.process_time()
        try:
            with noting_files(self.opened):
                self.compare()
        except NOTICED:
            return True
        self.seconds = time.process_time() - start
        return False


@contextmanager
def noting_files(names):
    """Put the names of all files that the block opens into a set."""
    real = io.open

    def open_noted(file, *words, **options):
        if isinstance(file, str | Path):
            names.add(Path(file).name)
        return real(file, *words, **options)

    with mock.patch("io.open", open_noted), mock.patch("builtins.open", open_noted):
        yield


def numeric_columns(path):
    """The columns of a CSV that hold a number."""
    return list(pd.read_csv(path).dropna(axis="columns", how="all").select_dtypes("number"))


@contextmanager
def altered_cell(path, column):
    """A CSV with the first number of a column changed by about a hundredth, or by one where it is whole."""
    text = path.read_text(encoding="utf-8")
    cells = pd.read_csv(path, dtype=str, keep_default_na=False)
    place = cells.index[cells[column].ne("")][0]
    cells.loc[place, column] = _alter(cells.loc[place, column])
    cells.to_csv(path, index=False)
    yield
    path.write_text(text, encoding="utf-8")


@contextmanager
def altered_text(path, pattern):
    """A file with the first number that a pattern's group finds changed."""
    text = path.read_text(encoding="utf-8")
    found = re.search(pattern, text)
    assert found, f"{pattern} finds no number in {path.name}"
    path.write_text(text[: found.start(1)] + _alter(found[1]) + text[found.end(1) :], encoding="utf-8")
    yield
    path.write_text(text, encoding="utf-8")


def _alter(number):
    if re.fullmatch(r"\d+(\.0)?", number):
        return number.replace(number.partition(".")[0], str(int(float(number)) + 1))
    return repr(float(number) * 1.01 + 1e-3)
