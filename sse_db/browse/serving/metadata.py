"""What Datasette is told about the database: titles, meanings, units, facets, audits and saved queries."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from sse_db.about import DESCRIPTION, LICENCE, LICENCE_URL, SHORT_TITLE
from sse_db.audits import Audit, list_audits
from sse_db.browse.queries import DATABASE
from sse_db.browse.queries.labels import in_words
from sse_db.browse.queries.questions import understood
from sse_db.dictionary import ColumnFacts, TableFacts, describe_all
from sse_db.queries import SavedQuery, list_queries

FACETS = {
    "samples": ("structure_class", "phase_type", "synthesis_method"),
    "publications": ("kind", "review_state", "year"),
    "impedance_measurements": ("contribution", "relation"),
    "activation_energies": ("contribution", "relation"),
    "processing_steps": ("operation", "atmosphere"),
    "structural_records": ("space_group_symbol", "match", "coordinates_basis"),
    "composition_elements": ("element",),
    "impedance_spectra": ("instrument",),
    "spectrum_fits": ("circuit", "circuit_basis"),
    "change_log": ("table_name", "action"),
    "room_temperature_conductivity": ("bulk_basis", "grain_boundary_basis", "total_basis"),
    "single_grain_conductivity": ("bulk_relation", "grain_boundary_relation"),
    "descriptors": ("method_code", "phase_code", "additive_present"),
    "training_samples": ("structure_class", "method_code"),
    "sintering_steps": ("operation",),
    "sample_overview": ("structure_class", "review_state", "total_basis"),
}
"""Columns whose values are offered with their counts beside a table; each has an index in the snapshot."""
SEARCHED = {"samples": ("samples", "id"), "publications": ("publications", "id")}
"""Tables with a search box: whose texts are searched, and the column with their keys. Views by sample have one, too."""
FOLDED = {"hide_sql": True}
"""The SQL of a ready-made query is shown on demand: what it finds comes first."""
NOT_SHOWN = ("alembic_version", "current_batch", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4", "stored_")
"""Beginnings of the names of tables that are no data."""


def describe_site(tables: list[str]) -> dict[str, Any]:
    """Datasette's metadata for a snapshot with these tables and views."""
    facts = {each.name: _describe(each) for each in describe_all() if each.name in tables}
    hidden = {name: {"hidden": True} for name in tables if name.startswith(NOT_SHOWN)}
    audits = {f"audit_{audit.name}": _audit(audit) for audit in list_audits()}
    queries = {query.name: _saved(query) for query in list_queries()}
    return {
        "title": SHORT_TITLE,
        "description": DESCRIPTION,
        "license": LICENCE,
        "license_url": LICENCE_URL,
        "databases": {DATABASE: {"tables": {**facts, **hidden}, "queries": {**queries, **audits}}},
    }


def _describe(facts: TableFacts) -> dict[str, Any]:
    described: dict[str, Any] = {
        "title": in_words(facts.name),
        "description": facts.description,
        "columns": {column.name: _meaning(column) for column in facts.columns},
        "shown_units": {column.name: column.unit for column in facts.columns},
    }
    if facts.name in FACETS:
        described["facets"] = list(FACETS[facts.name])
    return described


def searched(table: str, columns: Collection[str]) -> tuple[str, str] | None:
    """Whose texts the search box of a table or view searches, and the column with their keys."""
    return SEARCHED.get(table) or (("samples", "sample_id") if "sample_id" in columns else None)


def _meaning(column: ColumnFacts) -> str:
    """Meaning, unit, limits and words of a column in one sentence."""
    unit = f" in {column.unit}" if column.unit else ""
    limits = f"; {column.limits}" if column.limits else ""
    words = f"; one of {', '.join(column.words)}" if column.words else ""
    return f"{column.description}{unit}{limits}{words}" or column.name


def _saved(query: SavedQuery) -> dict[str, Any]:
    title = in_words(query.name)
    return {
        "title": title,
        "says": query.sentence,
        "description": query.sentence,
        "sql": blank_as_null(understood(query.sql)),
        **FOLDED,
    }


def _audit(audit: Audit) -> dict[str, Any]:
    """An audit, with a field that limits it to what a batch or a later one touched; blank means everything."""
    says = f"{audit.sentence} {audit.remedy}"
    return {
        "title": f"{audit.severity}: {audit.name.replace('_', ' ')}",
        "says": says,
        "description": f"{says} With an import batch as since: only rows that it or a later one touched.",
        "sql": blank_as_null(audit.sql_since),
        **FOLDED,
    }


def blank_as_null(sql: str) -> str:
    """A query whose parameters count as NULL where their field in the page is left blank."""
    return re.sub(r"(?<!:):([a-z_]+)\b", r"nullif(:\1, '')", sql)
