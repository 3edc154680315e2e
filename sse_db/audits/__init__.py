"""The ready-made audits, one file each: severity, group, a sentence, what to do, and the SELECT that finds the rows.

An ``.sql`` file says the first four in comments; a ``.py`` file has them as constants and a function ``build_sql`` for
a SELECT that follows from the schema. Every audit returns ``table_name`` and ``row_id`` first, so that a finding can be
looked up in the change log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, Literal, get_args

import sqlalchemy as sa

from sse_db.errors import NotFound
from sse_db.query import QueryResult, run_query
from sse_db.schema import metadata
from sse_db.spelling import find_like

AuditSeverity = Literal["error", "doubt", "info"]
AuditGroup = Literal["schema", "provenance", "physics", "coverage", "duplicates", "conflicts"]
_HEAD = re.compile(
    r"-- severity: (?P<severity>\w+)\n-- group: (?P<group>\w+)\n-- (?P<sentence>.+)\n-- do: (?P<remedy>.+)\n"
)
_ORDERED = re.compile(r"^ORDER BY\b(?!.*^\))", re.MULTILINE | re.DOTALL)
"""An order of the whole: at the beginning of a line, and with no bracket closed behind it at another's beginning."""
BY_KEYS = "\nORDER BY 1, 2"

KEYS_AT_ONCE = 10_000

TOUCHED = """WITH touched AS (
    SELECT DISTINCT table_name, row_id FROM change_log WHERE batch_id >= CAST(:since AS INTEGER)
),

touched_samples AS (
    SELECT row_id AS sample_id FROM touched WHERE table_name = 'samples'
    UNION
    SELECT m.sample_id FROM touched AS t INNER JOIN impedance_measurements AS m ON m.id = t.row_id
    WHERE t.table_name = 'impedance_measurements'
    UNION
    SELECT p.sample_id FROM touched AS t INNER JOIN processing_steps AS p ON p.id = t.row_id
    WHERE t.table_name = 'processing_steps'
    UNION
    SELECT a.sample_id FROM touched AS t INNER JOIN activation_energies AS a ON a.id = t.row_id
    WHERE t.table_name = 'activation_energies'
),

around AS (
    SELECT table_name, row_id FROM touched
    UNION
    SELECT 'samples', sample_id FROM touched_samples
    UNION
    SELECT 'publications', s.publication_id FROM touched_samples AS t INNER JOIN samples AS s ON s.id = t.sample_id
    UNION
    SELECT 'compositions', s.composition_id FROM touched_samples AS t INNER JOIN samples AS s ON s.id = t.sample_id
)

SELECT found.* FROM (
{audit}
) AS found
WHERE CAST(:since AS INTEGER) IS NULL OR (found.table_name, found.row_id) IN (SELECT table_name, row_id FROM around)
"""
"""Findings on rows that a batch or a later one touched, and on samples, publications and compositions around them."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One check: a row that it finds is an error, a doubt, or information. ``beside`` makes the SELECT of one that
    looks at the files beside a database."""

    name: str
    severity: AuditSeverity
    group: AuditGroup
    sentence: str
    remedy: str
    sql: str
    beside: Callable[[sa.URL], str] | None = None

    @property
    def sql_since(self) -> str:
        """The check on what the batch ``:since`` or a later one touched; on everything where it is NULL."""
        touched = TOUCHED.replace("{audit}", self.sql)
        return touched + BY_KEYS if self.sql.endswith(BY_KEYS) else touched


@cache
def list_audits() -> tuple[Audit, ...]:
    """All audits by group, errors first, then by name."""
    names = sorted(path.name for path in files(__name__).iterdir())
    audits = [_read_sql(name) for name in names if name.endswith(".sql")]
    audits += [_read_module(name) for name in names if name.endswith(".py") and not name.startswith("_")]
    groups, severities = get_args(AuditGroup), get_args(AuditSeverity)
    return tuple(
        sorted(audits, key=lambda each: (groups.index(each.group), severities.index(each.severity), each.name))
    )


def _read_sql(file_name: str) -> Audit:
    text = files(__name__).joinpath(file_name).read_text(encoding="utf-8")
    match = _HEAD.match(text)
    if match is None:
        raise ValueError(f"{file_name} does not start with severity, group, sentence and remedy")
    return _make(file_name.removesuffix(".sql"), sql=text[match.end() :].strip(), **match.groupdict())


def _read_module(file_name: str) -> Audit:
    name = file_name.removesuffix(".py")
    module = import_module(f"{__name__}.{name}")
    audit = _make(name, module.SEVERITY, module.GROUP, module.SENTENCE, module.REMEDY, module.build_sql())
    return replace(audit, beside=getattr(module, "build_sql_beside", None))


def _make(name: str, severity: Any, group: Any, sentence: str, remedy: str, sql: str) -> Audit:
    if severity not in get_args(AuditSeverity) or group not in get_args(AuditGroup):
        raise ValueError(f"audit {name} is of no known severity and group: {severity}, {group}")
    return Audit(name, severity, group, sentence, remedy, _put_in_order(sql))


def _put_in_order(sql: str) -> str:
    """A SELECT whose rows come in one order in every database system: its own, else that of tables and keys."""
    return sql if _ORDERED.search(sql) else sql.rstrip() + BY_KEYS


def find_audit(name: str) -> Audit:
    """The audit of a name, with hyphens or underscores; raises NotFound.

    >>> find_audit("off_arrhenius").severity
    'doubt'
    """
    audits = {audit.name: audit for audit in list_audits()}
    if name.replace("-", "_") in audits:
        return audits[name.replace("-", "_")]
    meant = find_like(name, [*audits])
    guess = f"did you mean {meant}? " if meant else ""
    raise NotFound(f"there is no audit {name}", f"{guess}list them with: sse-db audit")


def run_audit(url: sa.URL, audit: Audit, *, since: int | None = None, time_limit_s: float = 60.0) -> QueryResult:
    """The rows that an audit finds; with ``since`` only those that this batch or a later one touched, or that hold
    a row which it touched. Raises NotFound for a batch that is not there."""
    if audit.beside is not None:
        audit = replace(audit, sql=audit.beside(url))
    if since is None:
        return run_query(url, audit.sql, time_limit_s=time_limit_s)
    if not run_query(url, "SELECT 1 FROM import_batches WHERE id = :since", {"since": since}).rows:
        raise NotFound(f"there is no batch {since}", "list them with: sse-db batches")
    return run_query(url, audit.sql_since, {"since": since}, time_limit_s=time_limit_s)


def add_samples(url: sa.URL, found: QueryResult) -> QueryResult:
    """Findings with the number of the sample that each row is or belongs to in a column ``sample_id`` behind the row;
    NULL for rows of publications, compositions and whatever else stands above samples."""
    if "sample_id" in found.columns:
        return found
    keys: dict[str, set[int]] = {}
    for table, row_id, *_ in found.rows:
        if isinstance(row_id, int):
            keys.setdefault(table, set()).add(row_id)
    samples = {(table, key): sample for table, rows in keys.items() for key, sample in _read_samples(url, table, rows)}
    rows = [(table, row_id, samples.get((table, row_id)), *rest) for table, row_id, *rest in found.rows]
    return QueryResult((*found.columns[:2], "sample_id", *found.columns[2:]), rows)


def _read_samples(url: sa.URL, table: str, rows: set[int]) -> Iterator[tuple[int, int]]:
    """Keys of a table's rows with the samples they belong to."""
    if table == "samples":
        yield from ((key, key) for key in rows)
    if "sample_id" not in metadata.tables[table].columns:
        return
    wanted = sorted(rows)
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        keys = ", ".join(map(str, wanted[start : start + KEYS_AT_ONCE]))
        yield from run_query(url, f"SELECT id, sample_id FROM {table} WHERE id IN ({keys})").rows
