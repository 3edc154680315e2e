-- severity: doubt
-- group: physics
-- The ideal density of a structure lies beyond 1 to 9 g/cm³.
-- do: Check cell, content and Z.
SELECT 'structural_records' AS table_name, id AS row_id, label, density_g_per_cm3
FROM structural_records
WHERE NOT density_g_per_cm3 BETWEEN 1 AND 9
