-- One row per sample whose observed grain-boundary conductivity is known, with relation =.
SELECT * FROM training_samples
WHERE grain_boundary_conductivity_s_per_cm IS NOT NULL AND coalesce(grain_boundary_relation = '=', FALSE)
