-- severity: doubt
-- group: coverage
-- A conductivity has no temperature and so enters no training set.
-- do: Look for the measuring temperature in the paper.
SELECT 'impedance_measurements' AS table_name, m.id AS row_id, n.label, n.reference, m.contribution
FROM impedance_measurements AS m INNER JOIN sample_names AS n USING (sample_id)
WHERE m.temperature_basis = 'not_stated'
