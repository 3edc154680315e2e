"""Reviews by those who entered or changed the rows."""

SEVERITY = "doubt"
GROUP = "provenance"
SENTENCE = "A publication was reviewed by one who entered or changed its rows."
REMEDY = "Have a second person review it; in a group of one: publication edit … --allow-own-review."

REVIEW_COLUMNS = "'$.review_state', '$.reviewed_by', '$.reviewed_at', '$.own_review'"
CURATORS = f"""
    WITH owned AS (
        SELECT 'publications' AS table_name, id AS row_id, id AS publication_id FROM publications
        UNION ALL SELECT 'samples', id, publication_id FROM samples
        UNION ALL SELECT 'impedance_measurements', m.id, s.publication_id
        FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id
        UNION ALL SELECT 'processing_steps', t.id, s.publication_id
        FROM processing_steps AS t INNER JOIN samples AS s ON s.id = t.sample_id
        UNION ALL SELECT 'activation_energies', e.id, s.publication_id
        FROM activation_energies AS e INNER JOIN samples AS s ON s.id = e.sample_id
    )

    SELECT DISTINCT o.publication_id, b.curator
    FROM owned AS o
    INNER JOIN change_log AS l ON l.table_name = o.table_name AND l.row_id = o.row_id
    INNER JOIN import_batches AS b ON b.id = l.batch_id
    WHERE b.format <> 'undo' AND b.undone_at IS NULL AND NOT (
        l.table_name = 'publications' AND l.action = 'update'
        AND json_remove(l.before, {REVIEW_COLUMNS}) = json_remove(l.after, {REVIEW_COLUMNS})
    )
"""
"""Publications and who entered or changed their rows; a review alone, and a taking back, is no such work."""


def build_sql() -> str:
    """A SELECT of reviewed publications whose reviewer is among their curators, and was not allowed to be."""
    return f"""
SELECT 'publications' AS table_name, p.id AS row_id, coalesce(p.doi, p.title) AS publication, p.reviewed_by
FROM publications AS p
INNER JOIN ({CURATORS}) AS c ON c.publication_id = p.id
WHERE p.review_state = 'reviewed' AND p.own_review IS NULL AND lower(trim(c.curator)) = lower(trim(p.reviewed_by))
""".strip()
