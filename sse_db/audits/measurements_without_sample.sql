-- severity: error
-- A measurement belongs to no sample.
-- do: Restore the sample from the change log, or remove the measurement.
SELECT 'impedance_measurements' AS table_name, m.id AS row_id, m.sample_id
FROM impedance_measurements AS m LEFT JOIN samples AS s ON s.id = m.sample_id
WHERE s.id IS NULL
