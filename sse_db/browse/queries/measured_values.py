"""Measured values with where they were read: of one sample, of all samples of a publication, of one composition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sse_db.temperatures import COMPARED_C

if TYPE_CHECKING:
    from datasette.database import Database

MOST_VALUES = 500
"""Values that one page lists."""
VALUES = """
SELECT
    p.*, m.uncertainty_s_per_cm, m.replicate_label, m.source_location, m.confidence, m.compiled_via, m.remark
FROM measurement_points AS p INNER JOIN impedance_measurements AS m ON m.id = p.measurement_id
"""
PUBLICATION_PARTS = {
    "source": "SELECT * FROM publications WHERE id = :key",
    "identifiers": "SELECT value FROM publication_identifiers WHERE publication_id = :key ORDER BY id",
    "attachments": "SELECT * FROM attachments WHERE publication_id = :key ORDER BY id",
    "values": f"""
SELECT *, count(*) OVER () AS total FROM (
    {VALUES} WHERE p.sample_id IN (SELECT id FROM samples WHERE publication_id = :key)
)
ORDER BY sample_id, contribution, temperature_c LIMIT {MOST_VALUES}""",
    "energies": """
SELECT
    e.sample_id, s.label, e.contribution, e.relation, e.activation_energy_ev, e.uncertainty_ev, e.source_location
FROM activation_energies AS e INNER JOIN samples AS s ON s.id = e.sample_id
WHERE s.publication_id = :key
ORDER BY e.sample_id, e.contribution""",
    "unmeasured": """
SELECT n.sample_id, n.label, n.formula FROM sample_names AS n
WHERE n.publication_id = :key
    AND NOT EXISTS (SELECT 1 FROM impedance_measurements AS m WHERE m.sample_id = n.sample_id)
ORDER BY n.sample_id""",
}
COMPOSITION_PARTS = {
    "formula": "SELECT formula, reduced_formula FROM compositions WHERE id = :key",
    "elements": "SELECT element, amount FROM composition_elements WHERE composition_id = :key ORDER BY element",
    # near: what the audit of conflicts compares
    "values": f"""
WITH found AS (
    {VALUES} WHERE p.sample_id IN (SELECT id FROM samples WHERE composition_id = :key)
),

compared AS (
    SELECT
        *, temperature_c BETWEEN {COMPARED_C[0]:g} AND {COMPARED_C[1]:g} AND relation = '='
            AND contribution <> 'unspecified' AND value_basis <> 'extrapolated' AS is_near
    FROM found
),

ends AS (
    SELECT
        *, count(*) OVER () AS total,
        max(conductivity_s_per_cm) FILTER (WHERE is_near) OVER (PARTITION BY contribution) AS highest,
        min(conductivity_s_per_cm) FILTER (WHERE is_near) OVER (PARTITION BY contribution) AS lowest
    FROM compared
)

SELECT
    *, CASE WHEN is_near AND lowest < highest THEN
        CASE conductivity_s_per_cm WHEN highest THEN 'highest' WHEN lowest THEN 'lowest' END
    END AS mark
FROM ends
ORDER BY reference, publication_id, sample_id, contribution, temperature_c LIMIT {MOST_VALUES}""",
    "unmeasured": """
SELECT n.sample_id, n.label, n.reference FROM sample_names AS n
WHERE n.sample_id IN (SELECT id FROM samples WHERE composition_id = :key)
    AND NOT EXISTS (SELECT 1 FROM impedance_measurements AS m WHERE m.sample_id = n.sample_id)
ORDER BY n.sample_id""",
}


async def describe_publication(database: Database, key: int) -> dict[str, Any]:
    """The source with the values of all its samples."""
    parts = await read_parts(database, PUBLICATION_PARTS, key)
    return {**parts, "source": parts["source"][0]}


async def describe_composition(database: Database, key: int) -> dict[str, Any]:
    """The composition with its values by paper, the highest and lowest near room temperature marked."""
    parts = await read_parts(database, COMPOSITION_PARTS, key)
    return {**parts, "formula": parts["formula"][0]}


async def read_parts(database: Database, statements: dict[str, str], key: int) -> dict[str, Any]:
    """The rows of each statement about one key."""
    return {name: [dict(row) for row in await database.execute(sql, {"key": key})] for name, sql in statements.items()}


async def find_batch(database: Database, key: int) -> dict[str, Any]:
    """The import that brought a row: file_name, curator, created_at; empty where it is not there."""
    found = await database.execute("SELECT id, file_name, curator, created_at FROM import_batches WHERE id = ?", [key])
    return {name: value for row in found for name, value in dict(row).items()}
