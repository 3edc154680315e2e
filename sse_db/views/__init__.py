"""The views, one SQL file each, in the order in which they can be created."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

VIEWS = (
    "room_temperature_conductivity",
    "single_grain_conductivity",
    "chemical_descriptors",
    "sintering_steps",
    "sample_structures",
    "descriptors",
    "training_samples",
    "training_bulk",
    "training_grain_boundary",
    "training_grain_boundary_observed",
    "training_total",
    "training_limits",
    "sample_names",
    "measurement_points",
    "reported_activation_energies",
)


@cache
def read_select(name: str) -> str:
    """The SELECT of a view, comments included."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8").strip()


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
