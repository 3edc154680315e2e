CREATE VIEW training_bulk AS
SELECT * FROM training_samples
WHERE bulk_conductivity_s_per_cm IS NOT NULL AND coalesce(bulk_relation = '=', FALSE)
