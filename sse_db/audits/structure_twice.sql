-- severity: doubt
-- group: duplicates
-- Two structural records come from the very same file, or have the same name, composition and cell.
-- do: Where the one is a newer version of the other: sse-db merge structural_records OTHER_ID ROW_ID; a file may hold two phases.
SELECT 'structural_records' AS table_name, b.id AS row_id, a.id AS other_id, a.label AS first_label, b.label AS second_label
FROM structural_records AS a
INNER JOIN structural_records AS b ON b.file_sha256 = a.file_sha256 AND b.id > a.id
UNION
SELECT 'structural_records', b.id, a.id, a.label, b.label
FROM structural_records AS a
INNER JOIN structural_records AS b
    ON b.label = a.label AND b.id > a.id AND coalesce(b.composition_id, 0) = coalesce(a.composition_id, 0)
    AND abs(b.a_angstrom - a.a_angstrom) < 1e-4 * a.a_angstrom AND abs(b.c_angstrom - a.c_angstrom) < 1e-4 * a.c_angstrom
WHERE a.sample_id = b.sample_id OR a.sample_id IS NULL OR b.sample_id IS NULL
