-- Samples whose bulk and grain-boundary conductivity are both known, and which of the two limits.
SELECT
    n.formula, n.label, n.reference, r.bulk_conductivity_s_per_cm, r.grain_boundary_conductivity_s_per_cm,
    r.bulk_basis, r.grain_boundary_basis,
    r.bulk_conductivity_s_per_cm / r.grain_boundary_conductivity_s_per_cm AS bulk_over_grain_boundary
FROM room_temperature_conductivity AS r INNER JOIN sample_names AS n USING (sample_id)
WHERE r.bulk_conductivity_s_per_cm IS NOT NULL AND r.grain_boundary_conductivity_s_per_cm IS NOT NULL
ORDER BY bulk_over_grain_boundary DESC, r.sample_id
