-- severity: doubt
-- group: physics
-- A derived grain-boundary conductivity rests on a small difference of two rounded numbers.
-- do: Use it with care; the paper's own value is better.
SELECT
    'samples' AS table_name, r.sample_id AS row_id, n.label, n.reference, r.bulk_conductivity_s_per_cm AS bulk,
    r.total_conductivity_s_per_cm AS total, r.grain_boundary_conductivity_s_per_cm AS grain_boundary
FROM room_temperature_conductivity AS r INNER JOIN sample_names AS n USING (sample_id)
WHERE r.grain_boundary_rounding_ruled = 1
