"""The views, one SQL file each, in the order in which they can be created.

A file begins with a sentence on its rows, then says of each column that no table or earlier view has what it means:
``-- column li_ratio REAL: Li atoms by all atoms of the formula``. Type and meaning of other columns are inherited.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import takewhile

VIEWS = (
    "sample_conductivities",
    "room_temperature_conductivity",
    "single_grain_conductivity",
    "chemical_descriptors",
    "sintering_steps",
    "sample_records",
    "sample_structures",
    "descriptors",
    "training_samples",
    "training_bulk",
    "training_grain_boundary",
    "training_grain_boundary_observed",
    "training_total",
    "training_limits",
    "sample_names",
    "structure_types",
    "measurement_points",
    "reported_activation_energies",
    "fitted_spectra",
    "sample_overview",
)


@cache
def read_select(name: str) -> str:
    """The SELECT of a view, comments included."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8").strip()


DESCRIBED = re.compile(r"-- column (?P<name>\w+)(?: (?P<type>INTEGER|REAL|TEXT))?: (?P<meaning>.+)")


def _read_head(name: str) -> list[str]:
    return list(takewhile(lambda line: line.startswith("--"), read_select(name).splitlines()))


def describe_view(name: str) -> str:
    """What the rows of a view are, as its file says on top."""
    lines = [line.removeprefix("--").strip() for line in _read_head(name) if not DESCRIBED.match(line)]
    return " ".join(lines)


def describe_columns(name: str) -> dict[str, tuple[str, str]]:
    """Type (empty where it is that of the table's column) and meaning of the columns that a view's file describes."""
    found = (DESCRIBED.match(line) for line in _read_head(name))
    return {match["name"]: (match["type"] or "", match["meaning"]) for match in found if match}


def create_statements() -> dict[str, str]:
    """View name to its CREATE VIEW statement without comments, in order of creation."""
    return {name: f"CREATE VIEW {name} AS\n{strip_comments(read_select(name))}" for name in VIEWS}


QUOTED_OR_COMMENT = re.compile(
    r"""
    ( '(?:[^']|'')*'   # a text: 'it''s -- no comment'
    | "[^"]*" )        # a quoted name: "a--b"
    | [ \t]*--[^\n]*   # a comment to the end of its line
    """,
    re.VERBOSE,
)


def strip_comments(sql: str) -> str:
    """SQL without ``--`` comments and the lines they leave empty: a comment is no part of what a database holds."""
    code = QUOTED_OR_COMMENT.sub(lambda match: match[1] or "", sql)
    return "\n".join(line.rstrip() for line in code.splitlines() if line.strip())
