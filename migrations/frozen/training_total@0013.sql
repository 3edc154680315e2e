CREATE VIEW training_total AS
SELECT * FROM training_samples
WHERE total_conductivity_s_per_cm IS NOT NULL AND coalesce(total_relation = '=', FALSE)
