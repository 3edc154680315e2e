-- The steps of every sample in order, one row per step.
SELECT
    n.label, n.formula, n.reference, p.position, p.operation, p.operation_text, p.temperature_c, p.duration_h, p.atmosphere,
    p.pressure_mpa
FROM processing_steps AS p INNER JOIN sample_names AS n USING (sample_id)
ORDER BY p.sample_id, p.position
