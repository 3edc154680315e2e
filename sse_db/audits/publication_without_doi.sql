-- severity: doubt
-- group: provenance
-- A publication has no DOI.
-- do: Look the DOI up by title and year, and add it with publication edit.
SELECT 'publications' AS table_name, id AS row_id, title, year FROM publications WHERE doi IS NULL
