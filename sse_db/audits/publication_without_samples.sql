-- severity: doubt
-- group: provenance
-- A publication reports neither samples nor structures.
-- do: Remove it, or import its sheet.
SELECT 'publications' AS table_name, p.id AS row_id, coalesce(p.doi, p.title) AS publication
FROM publications AS p
WHERE
    NOT EXISTS (SELECT 1 FROM samples AS s WHERE s.publication_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM structural_records AS r WHERE r.publication_id = p.id)
