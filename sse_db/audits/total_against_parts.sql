-- severity: doubt
-- Total conductivity differs by more than a tenth from the series sum of its parts.
-- do: Check the three numbers and their temperature.
SELECT
    'samples' AS table_name, r.sample_id AS row_id, n.label, n.reference,
    r.bulk_conductivity_s_per_cm AS bulk, r.grain_boundary_conductivity_s_per_cm AS grain_boundary,
    r.total_conductivity_s_per_cm AS total,
    r.total_conductivity_s_per_cm * (1 / r.bulk_conductivity_s_per_cm + 1 / r.grain_boundary_conductivity_s_per_cm) AS ratio
FROM room_temperature_conductivity AS r INNER JOIN sample_names AS n USING (sample_id)
WHERE
    r.bulk_basis <> 'derived' AND r.grain_boundary_basis <> 'derived' AND r.total_basis <> 'derived'
    AND r.bulk_relation = '=' AND r.grain_boundary_relation = '=' AND r.total_relation = '='
    AND r.bulk_temperature_c = r.total_temperature_c AND r.grain_boundary_temperature_c = r.total_temperature_c
    AND NOT r.total_conductivity_s_per_cm
    * (1 / r.bulk_conductivity_s_per_cm + 1 / r.grain_boundary_conductivity_s_per_cm) BETWEEN 0.9 AND 1.1
