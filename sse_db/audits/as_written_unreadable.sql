-- severity: error
-- group: schema
-- The texts of a row's cells are no JSON object.
-- do: Import the row again from its sheet.
SELECT 'samples' AS table_name, id AS row_id, as_written FROM samples WHERE as_written IS NOT NULL AND NOT json_valid(as_written)
UNION ALL
SELECT 'impedance_measurements', id, as_written FROM impedance_measurements
WHERE as_written IS NOT NULL AND NOT json_valid(as_written)
UNION ALL
SELECT 'processing_steps', id, as_written FROM processing_steps WHERE as_written IS NOT NULL AND NOT json_valid(as_written)
