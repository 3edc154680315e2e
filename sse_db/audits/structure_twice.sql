-- severity: doubt
-- group: duplicates
-- Two structural records come from the very same file.
-- do: Remove one of them, unless the file holds two phases.
SELECT 'structural_records' AS table_name, b.id AS row_id, a.id AS other_id, a.label AS first_label, b.label AS second_label
FROM structural_records AS a
INNER JOIN structural_records AS b ON b.file_sha256 = a.file_sha256 AND b.id > a.id
