"""What the project's own pages show: the start page, one sample, search, a plot of a view."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sse_db.browse.pages.drawings import Drawings
from sse_db.browse.queries.audit_counts import AuditCounts
from sse_db.browse.queries.labels import Labels
from sse_db.browse.queries.measured_values import VALUES_OF_SAMPLE, read_parts
from sse_db.browse.queries.search_index import Texts
from sse_db.browse.serving.metadata import DATABASE

if TYPE_CHECKING:
    from datasette.database import Database

FOUND = 25
"""Hits of each kind that the search page lists."""
PATIENCE_S = 0.2
"""How long the start page waits for audits that are still being counted."""
PROVENANCE = ("batch_id", "source_row", "as_written", "remark")
STRUCTURES = """
SELECT r.id, r.label, r.space_group_symbol, r.temperature_c, r.coordinates_basis, r.match, r.source_citation,
    r.a_angstrom, r.b_angstrom, r.c_angstrom, r.alpha_degree, r.beta_degree, r.gamma_degree, r.sample_id,
    r.cif_text IS NOT NULL AS has_cif
FROM structural_records AS r
WHERE r.sample_id = :key OR r.composition_id = (SELECT composition_id FROM samples WHERE id = :key)
ORDER BY
    r.cif_text IS NULL, r.sample_id IS NOT :key, r.match <> 'exact', abs(coalesce(r.temperature_c, 100) - 25), r.id
LIMIT 12
"""
ELEMENTS = """
SELECT e.element, e.amount, e.amount / sum(e.amount) OVER () AS share
FROM composition_elements AS e
WHERE e.composition_id = (SELECT composition_id FROM samples WHERE id = :key)
ORDER BY share DESC
"""
SAMPLE_PARTS = {
    "names": "SELECT n.*, p.title, p.authors, p.first_author, p.year, p.journal, p.volume, p.pages, "
    "s.structure_type, s.space_group_symbol, s.phase_type, "
    "s.synthesis_method, s.relative_density_percent, s.grain_size_um, s.additive_formula, s.additive_wt_percent "
    "FROM sample_names AS n INNER JOIN publications AS p ON p.id = n.publication_id "
    "INNER JOIN samples AS s ON s.id = n.sample_id WHERE n.sample_id = :key",
    "elements": ELEMENTS,
    "near": "SELECT * FROM room_temperature_conductivity WHERE sample_id = :key",
    "steps": "SELECT position, operation, temperature_c, duration_h, atmosphere, pressure_mpa FROM processing_steps "
    "WHERE sample_id = :key ORDER BY position",
    "structures": STRUCTURES,
    "points": VALUES_OF_SAMPLE,
    "energies": "SELECT contribution, relation, activation_energy_ev, uncertainty_ev, source_location "
    "FROM activation_energies WHERE sample_id = :key ORDER BY contribution",
    "descriptors": "SELECT * FROM descriptors WHERE sample_id = :key",
}


async def describe_sample(database: Database, drawings: Drawings, sample: int) -> dict[str, Any]:
    """Everything that the page of a sample shows above its plain row."""
    parts = await read_parts(database, SAMPLE_PARTS, sample)
    for single in ("names", "near", "descriptors"):
        parts[single] = parts[single][0] if parts[single] else {}
    parts["models"] = [each for each in parts["structures"] if each["has_cif"]]
    parts["arrhenius"], parts["fits"] = await asyncio.to_thread(_draw, drawings, parts["points"])
    return parts


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
            "rows": counts[name],
            "query": _without_provenance(facts["columns"]),
        }
        for name, facts in shown.items()
    ]
    queries = [{"name": name, **query} for name, query in own["queries"].items()]
    return {
        "counts": counts,
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
