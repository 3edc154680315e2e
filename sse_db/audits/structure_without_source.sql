-- severity: doubt
-- group: provenance
-- A structure names no publication, no citation and no database number.
-- do: Say where the structure comes from.
SELECT 'structural_records' AS table_name, id AS row_id, label, file_name
FROM structural_records
WHERE publication_id IS NULL AND coalesce(source_citation, source_url, icsd_number, cod_number) IS NULL
