"""What environment variables can set: one object, read when it is asked for, and one table of them for the docs.

Plain Python: importing pydantic-settings would add a tenth of a second to the start of every command.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

PREFIX = "SSE_DB_"


def _variable(default: str, meaning: str) -> str:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables and their defaults; a variable is the upper-case name of its field behind ``SSE_DB_``."""

    url: str = _variable("sse.db", "Database, as path or URL, where `--db` is not given.")
    curator: str = _variable("", "Who works, where `--curator` is not given; by default the user of the machine.")
    role_password: str = _variable("", "Password of a role that `grant` makes, where no terminal is there to ask at.")
    doi_resolver: str = _variable("https://api.crossref.org", "Address that `publication add --lookup` asks for a DOI.")


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """The settings of this process; a variable that is set to nothing counts as not set.

    >>> read_environment({"SSE_DB_URL": "papers.db"}).url
    'papers.db'
    >>> read_environment({"SSE_DB_URL": ""}).url
    'sse.db'
    """
    texts = {each.name: variables.get(variable_of(each.name), "") for each in fields(Environment)}
    return Environment(**{name: text for name, text in texts.items() if text})


def variable_of(name: str) -> str:
    """The environment variable of a field: ``SSE_DB_CURATOR`` for ``curator``."""
    return PREFIX + name.upper()


def render_markdown() -> str:
    """The variables as a table of the docs."""
    rows = [
        f"| `{variable_of(each.name)}` | {f'`{each.default}`' if each.default else ''} | {each.metadata['meaning']} |"
        for each in fields(Environment)
    ]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])
