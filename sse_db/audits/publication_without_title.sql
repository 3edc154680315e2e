-- severity: doubt
-- group: provenance
-- A publication has no title.
-- do: Import its bibliography entry.
SELECT 'publications' AS table_name, id AS row_id, doi FROM publications WHERE title IS NULL
