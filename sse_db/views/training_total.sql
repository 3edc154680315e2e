-- One row per sample whose total conductivity is known, with relation =.
SELECT * FROM training_samples
WHERE total_conductivity_s_per_cm IS NOT NULL AND coalesce(total_relation = '=', FALSE)
