-- severity: doubt
-- group: coverage
-- A sample has no measurement.
-- do: Add its conductivities, or remove it.
SELECT 'samples' AS table_name, n.sample_id AS row_id, n.label, n.reference
FROM sample_names AS n
WHERE NOT EXISTS (SELECT 1 FROM impedance_measurements AS m WHERE m.sample_id = n.sample_id)
