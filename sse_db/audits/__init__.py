"""The ready-made audits, one SQL file each: its severity, a sentence, what to do, and the rows it finds.

Every audit returns ``table_name`` and ``row_id`` first, so that a finding can be looked up in the change log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import sqlalchemy as sa

from sse_db.errors import NotFound
from sse_db.query import QueryResult, run_query

AuditSeverity = Literal["error", "doubt", "info"]
_HEAD = re.compile(r"-- severity: (?P<severity>\w+)\n-- (?P<sentence>.+)\n-- do: (?P<remedy>.+)\n")


@dataclass(frozen=True, slots=True)
class Audit:
    """One check: a row that it finds is an error, a doubt, or information."""

    name: str
    severity: AuditSeverity
    sentence: str
    remedy: str
    sql: str

    @property
    def sql_since(self) -> str:
        """The check on rows that the batch ``:since`` or a later one touched."""
        return (
            f"SELECT found.* FROM (\n{self.sql}\n) AS found WHERE EXISTS (SELECT 1 FROM change_log AS l "
            "WHERE l.table_name = found.table_name AND l.row_id = found.row_id AND l.batch_id >= :since)"
        )


@cache
def list_audits() -> tuple[Audit, ...]:
    """All audits, errors first, then by name."""
    paths = [path for path in files(__name__).iterdir() if path.name.endswith(".sql")]
    audits = [_read(path.name.removesuffix(".sql"), path.read_text(encoding="utf-8")) for path in paths]
    return tuple(sorted(audits, key=lambda audit: (get_args(AuditSeverity).index(audit.severity), audit.name)))


def _read(name: str, text: str) -> Audit:
    match = _HEAD.match(text)
    if match is None or match["severity"] not in get_args(AuditSeverity):
        raise ValueError(f"audit {name} does not start with severity, sentence and remedy")
    severity: AuditSeverity = match["severity"]  # type: ignore[assignment]  # one of the literals, checked above
    return Audit(name, severity, match["sentence"], match["remedy"], text[match.end() :].strip())


def find_audit(name: str) -> Audit:
    """The audit of a name, with hyphens or underscores; raises NotFound."""
    wanted = name.replace("-", "_")
    for audit in list_audits():
        if audit.name == wanted:
            return audit
    raise NotFound(f"there is no audit {name}", "list them with: sse-db audit")


def run_audit(url: sa.URL, audit: Audit, *, since: int | None = None, time_limit_s: float = 60.0) -> QueryResult:
    """The rows that an audit finds; with ``since`` only those that this batch or a later one touched."""
    if since is None:
        return run_query(url, audit.sql, time_limit_s=time_limit_s)
    return run_query(url, audit.sql_since, {"since": since}, time_limit_s=time_limit_s)
