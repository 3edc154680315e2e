-- severity: error
-- A temperature lies beyond -273.15 to 1500 °C.
-- do: Check number and unit against the paper.
SELECT 'impedance_measurements' AS table_name, id AS row_id, temperature_c
FROM impedance_measurements
WHERE NOT temperature_c BETWEEN -273.15 AND 1500
