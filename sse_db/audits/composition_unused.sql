-- severity: doubt
-- group: schema
-- A composition belongs to no sample and no structure.
-- do: Harmless; it may be removed.
SELECT 'compositions' AS table_name, c.id AS row_id, c.formula
FROM compositions AS c
WHERE
    NOT EXISTS (SELECT 1 FROM samples AS s WHERE s.composition_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM structural_records AS r WHERE r.composition_id = c.id)
