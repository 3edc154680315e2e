-- One row per sample whose bulk conductivity is known, with relation =.
SELECT * FROM training_samples
-- as a question of its own, not as an equation, which PostgreSQL takes for rarely true, and then joins row by row
WHERE bulk_conductivity_s_per_cm IS NOT NULL AND coalesce(bulk_relation = '=', FALSE)
