-- severity: doubt
-- group: physics
-- One sample has the very same value at two neighbouring temperatures.
-- do: One of the two may be copied: check both in the paper.
WITH series AS (
    SELECT
        id, sample_id, contribution, temperature_c, conductivity_s_per_cm,
        lag(conductivity_s_per_cm) OVER w AS cooler, lag(temperature_c) OVER w AS cooler_temperature_c
    FROM impedance_measurements
    WHERE relation = '=' AND temperature_basis = 'stated'
    WINDOW w AS (PARTITION BY sample_id, contribution, replicate_label ORDER BY temperature_c)
)

SELECT
    'impedance_measurements' AS table_name, s.id AS row_id, n.label, n.reference, s.contribution,
    s.cooler_temperature_c, s.temperature_c, s.conductivity_s_per_cm
FROM series AS s INNER JOIN sample_names AS n USING (sample_id)
WHERE s.conductivity_s_per_cm = s.cooler AND s.temperature_c >= s.cooler_temperature_c + 1
