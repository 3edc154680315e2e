-- severity: doubt
-- group: physics
-- A sample was heated at less than 20 °C: the number may be a time, or have a point for thousands.
-- do: Check the temperature in the paper.
SELECT 'processing_steps' AS table_name, p.id AS row_id, n.label, n.reference, p.operation, p.temperature_c
FROM processing_steps AS p INNER JOIN sample_names AS n USING (sample_id)
WHERE
    p.temperature_c < 20
    AND p.operation IN (
        'sintering', 'hot_pressing', 'spark_plasma_sintering', 'cold_sintering', 'crystallisation', 'calcination', 'annealing'
    )
