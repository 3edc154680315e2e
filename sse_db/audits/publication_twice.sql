-- severity: doubt
-- group: duplicates
-- Two publications have the same title.
-- do: Join them with merge when they are one.
SELECT 'publications' AS table_name, b.id AS row_id, a.id AS other_id, b.title, a.doi AS first_doi, b.doi AS second_doi
FROM publications AS a INNER JOIN publications AS b ON b.title_key = a.title_key AND b.id > a.id
