-- severity: doubt
-- group: physics
-- A heating temperature is a round number of °C only if it is taken for kelvin, such as 1173.
-- do: Check the unit in the paper.
SELECT
    'processing_steps' AS table_name, p.id AS row_id, n.label, n.reference, p.operation, p.temperature_c,
    round(p.temperature_c - 273) AS round_temperature_c
FROM processing_steps AS p INNER JOIN sample_names AS n USING (sample_id)
WHERE
    p.temperature_c >= 873
    AND p.operation IN (
        'sintering', 'hot_pressing', 'spark_plasma_sintering', 'cold_sintering', 'crystallisation', 'calcination', 'annealing'
    )
    AND (
        abs((p.temperature_c - 273) / 50 - round((p.temperature_c - 273) / 50)) < 1e-9
        OR abs((p.temperature_c - 273.15) / 50 - round((p.temperature_c - 273.15) / 50)) < 1e-9
    )
