-- severity: error
-- A sample belongs to no publication.
-- do: Restore the publication from the change log.
SELECT 'samples' AS table_name, s.id AS row_id, s.label
FROM samples AS s LEFT JOIN publications AS p ON p.id = s.publication_id
WHERE p.id IS NULL
