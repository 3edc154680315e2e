"""Saved queries, one SQL file each: a sentence, then a SELECT."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sse_db.errors import NotFound
from sse_db.spelling import find_like


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with the sentence that says what it answers."""

    name: str
    sentence: str
    sql: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the values it takes."""
        return tuple(dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)\b", self.sql)))

    @property
    def usage(self) -> str:
        """The command that runs it."""
        return " ".join([f"sse-db query --saved {self.name}", *(f"-p {each}=…" for each in self.parameters)])


@cache
def list_queries() -> tuple[SavedQuery, ...]:
    """All saved queries by name."""
    paths = sorted(path.name for path in files(__name__).iterdir() if path.name.endswith(".sql"))
    return tuple(_read(name) for name in paths)


def _read(file_name: str) -> SavedQuery:
    head, _, sql = files(__name__).joinpath(file_name).read_text(encoding="utf-8").partition("\n")
    return SavedQuery(file_name.removesuffix(".sql"), head.removeprefix("-- "), sql.strip())


def find_query(name: str) -> SavedQuery:
    """The saved query of a name, with hyphens or underscores; raises NotFound.

    >>> find_query("values_of_formula").parameters
    ('formula',)
    """
    queries = {query.name: query for query in list_queries()}
    if name.replace("-", "_") in queries:
        return queries[name.replace("-", "_")]
    meant = find_like(name, [*queries])
    guess = f"did you mean {meant}? " if meant else ""
    raise NotFound(f"there is no saved query {name}", f"{guess}list them with: sse-db query --list")
