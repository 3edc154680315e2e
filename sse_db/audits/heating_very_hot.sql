-- severity: doubt
-- group: physics
-- A sample was heated above 1400 °C, which lithium oxides rarely stand: the number may be in kelvin.
-- do: Check the unit in the paper.
SELECT 'processing_steps' AS table_name, p.id AS row_id, n.label, n.reference, p.operation, p.temperature_c
FROM processing_steps AS p INNER JOIN sample_names AS n USING (sample_id)
WHERE
    p.temperature_c > 1400
    AND p.operation IN (
        'sintering', 'hot_pressing', 'spark_plasma_sintering', 'cold_sintering', 'crystallisation', 'calcination', 'annealing'
    )
