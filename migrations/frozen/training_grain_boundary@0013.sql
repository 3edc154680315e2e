CREATE VIEW training_grain_boundary AS
SELECT * FROM training_samples
WHERE grain_boundary_conductance_s_per_cm2 IS NOT NULL AND coalesce(grain_boundary_relation = '=', FALSE)
