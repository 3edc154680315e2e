-- severity: error
-- A conductivity lies beyond 1e-18 to 100 S/cm.
-- do: Check number and unit against the paper.
SELECT 'impedance_measurements' AS table_name, id AS row_id, conductivity_s_per_cm
FROM impedance_measurements
WHERE NOT conductivity_s_per_cm BETWEEN 1e-18 AND 1e2
