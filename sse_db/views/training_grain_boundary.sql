-- One row per sample whose grain-boundary conductance h_gb is known, with relation =.
SELECT * FROM training_samples
WHERE grain_boundary_conductance_s_per_cm2 IS NOT NULL AND coalesce(grain_boundary_relation = '=', FALSE)
