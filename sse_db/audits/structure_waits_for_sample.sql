-- severity: doubt
-- group: schema
-- A structure waits for a sample that has not come.
-- do: Import the sheet with the sample, or correct its DOI and label.
SELECT 'structural_records' AS table_name, id AS row_id, label, awaits_doi, awaits_sample_label
FROM structural_records
WHERE sample_id IS NULL AND awaits_doi IS NOT NULL
