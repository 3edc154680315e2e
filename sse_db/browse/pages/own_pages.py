"""What the project's own pages show: the start page, one sample, search, a plot of a view."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sse_db.browse.pages.drawings import Drawings
from sse_db.browse.queries import DATABASE
from sse_db.browse.queries.audit_counts import AuditCounts
from sse_db.browse.queries.labels import Labels
from sse_db.browse.queries.search_index import Texts
from sse_db.dialects.sqlite.files import connect_immutable
from sse_db.records.pages import read_sample
from sse_db.temperatures import ROOM_TEMPERATURE_C

if TYPE_CHECKING:
    from datasette.database import Database

FOUND = 25
"""Hits of each kind that the search page lists."""
PATIENCE_S = 0.2
"""How long the start page waits for audits that are still being counted."""
MAIN = ("sample_overview", "publications", "impedance_measurements", "structural_records")
"""What people look for first."""
PROVENANCE = ("batch_id", "source_row", "as_written", "remark", "points", "correlations")
MOST_STRUCTURES = 12
"""Structures that the page of a sample lists."""
MOST_SPECTRA = 12
"""Spectra that it draws."""


async def describe_sample(snapshot: Path, drawings: Drawings, sample: int) -> dict[str, Any]:
    """Everything that the page of a sample shows above its plain row: the page that the command line shows, with a
    drawing of its conductivities."""
    page = await asyncio.to_thread(_read_page, snapshot, sample)
    # views name the sample as readers know it, the rows behind them say more
    names = {**page["publication"], **page["sample"], **page["names"]}
    points = [
        {**page["names"], **row, "measurement_id": row["id"], "publication_id": names["publication_id"]}
        for row in page["impedance_measurements"]
    ]
    structures = sorted(page["structural_records"], key=_nearest_structure)[:MOST_STRUCTURES]
    for name, column in (("grain_relation", "grain_size_relation"), ("density_relation", "relative_density_relation")):
        names[name] = names.get(column) if names.get(column) != "=" else None
    drawing, fits = await asyncio.to_thread(_draw, drawings, points)
    spectra = page["fitted_spectra"][:MOST_SPECTRA]
    for row in spectra:
        row["nyquist"] = Markup(await asyncio.to_thread(drawings.spectrum, row))
    return {
        "names": names,
        "aliases": [row["label"] for row in page["sample_aliases"]],
        "attachments": page["attachments"],
        "elements": _share_out((page["composition"] or {}).get("elements", {})),
        "near": page["room_temperature"],
        "steps": page["processing_steps"],
        "structures": structures,
        "models": [each for each in structures if each["has_cif"]],
        "points": points,
        "energies": sorted(page["activation_energies"], key=lambda row: row["contribution"]),
        "descriptors": page["descriptors"],
        "spectra": spectra,
        "arrhenius": drawing,
        "fits": fits,
    }


def _read_page(snapshot: Path, sample: int) -> dict[str, Any]:
    import sqlalchemy as sa

    engine = sa.create_engine("sqlite://", creator=partial(connect_immutable, snapshot), poolclass=sa.NullPool)
    return read_sample(engine, str(sample))


def _nearest_structure(row: dict[str, Any]) -> tuple[Any, ...]:
    """First what can be shown in 3D, of the sample itself, of the very composition, near room temperature."""
    away = abs((100 if row["temperature_c"] is None else row["temperature_c"]) - ROOM_TEMPERATURE_C)
    return not row["has_cif"], row["of"] != "sample", row["match"] != "exact", away, row["id"]


def _share_out(amounts: dict[str, float]) -> list[dict[str, Any]]:
    """Elements with their share of all atoms, the largest first."""
    total = sum(amounts.values())
    rows = [{"element": symbol, "amount": amount, "share": amount / total} for symbol, amount in amounts.items()]
    return sorted(rows, key=lambda row: -row["share"])


def _draw(drawings: Drawings, points: list[dict[str, Any]]) -> tuple[Markup | None, list[dict[str, Any]]]:
    """The Arrhenius plot and its fits; both are absent where no temperature is known."""
    import pandas as pd

    frame = pd.DataFrame(points)
    if frame.empty or frame["temperature_c"].isna().all():
        return None, []
    drawing, fits = drawings.arrhenius(frame[frame["temperature_c"].notna()])
    return Markup(drawing), [{str(key): value for key, value in row.items()} for row in fits.to_dict("records")]


async def describe_start(
    database: Database, counts: dict[str, int], metadata: dict[str, Any], findings: AuditCounts
) -> dict[str, Any]:
    """Headline numbers, and tables, views, queries and audits with their sentences."""
    await asyncio.to_thread(findings.wait, PATIENCE_S)
    own = metadata["databases"][DATABASE]
    shown = {name: facts for name, facts in own["tables"].items() if "description" in facts}
    views = set(await database.view_names())
    classes = await database.execute(
        "SELECT structure_class, count(*) AS samples FROM samples GROUP BY structure_class ORDER BY samples DESC"
    )
    rows = [
        {
            "name": name,
            "says": facts["description"],
            "title": facts["title"],
            "rows": counts[name],
            "query": _without_provenance(facts["columns"]),
        }
        for name, facts in shown.items()
    ]
    by_name = {row["name"]: row for row in rows}
    queries = [{"name": name, **query} for name, query in own["queries"].items()]
    return {
        "main": [by_name[name] for name in MAIN],
        "classes": [dict(row) for row in classes],
        "tables": [row for row in rows if row["name"] not in views],
        "views": [row for row in rows if row["name"] in views],
        "saved": [each for each in queries if not each["name"].startswith("audit_")],
        "audits": _sort_audits([each for each in queries if each["name"].startswith("audit_")], findings.counts),
    }


def _sort_audits(audits: list[dict[str, Any]], counts: dict[str, int | None]) -> dict[str, list[dict[str, Any]]]:
    """Audits with their number of findings: those that find something, nothing, are not counted yet, or never."""
    sorted_: dict[str, list[dict[str, Any]]] = {"found": [], "empty": [], "pending": [], "long": []}
    for audit in audits:
        name = audit["name"].removeprefix("audit_")
        count = counts.get(name)
        kind = "found" if count else "empty" if count == 0 else "long" if name in counts else "pending"
        sorted_[kind].append({**audit, "count": count})
    return sorted_


def _without_provenance(columns: Collection[str]) -> str:
    """The part of an address that leaves out where a row came from, so that a table begins with what it says."""
    return "&".join(f"_nocol={name}" for name in PROVENANCE if name in columns)


async def search(database: Database, labels: Labels, texts: Texts, text: str) -> dict[str, Any]:
    """Samples and publications whose texts hold all words, the best first, and how many there are."""
    found: dict[str, Any] = {"q": text}
    if not text.strip():
        return found
    for table, columns in (
        ("samples", "label, structure_class, synthesis_method"),
        ("publications", "title, journal, doi"),
    ):
        keys, total = await asyncio.to_thread(texts.find_best, table, text, FOUND)
        marks = ", ".join("?" * len(keys))
        rows = await database.execute(f"SELECT id, {columns} FROM {table} WHERE id IN ({marks})", keys)
        names, by_key = labels.find(table, keys), {row["id"]: dict(row) for row in rows}
        listed = [{**by_key[key], "name": names.get(key, key)} for key in keys]
        found[table] = {"rows": listed, "total": total}
    return found
