-- severity: doubt
-- group: physics
-- A conductivity falls as the temperature rises.
-- do: Check the row's temperature and exponent: conduction is thermally activated.
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
    s.cooler_temperature_c, s.cooler, s.temperature_c, s.conductivity_s_per_cm
FROM series AS s INNER JOIN sample_names AS n USING (sample_id)
WHERE s.temperature_c >= s.cooler_temperature_c + 1 AND s.conductivity_s_per_cm < s.cooler * 0.9
