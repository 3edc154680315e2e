-- severity: doubt
-- group: provenance
-- A value has no place in its paper.
-- do: Say the table, figure or section it was read in.
SELECT 'impedance_measurements' AS table_name, m.id AS row_id, n.label, n.reference
FROM impedance_measurements AS m INNER JOIN sample_names AS n USING (sample_id)
WHERE m.source_location IS NULL
