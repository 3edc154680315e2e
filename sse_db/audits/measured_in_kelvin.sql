-- severity: doubt
-- group: physics
-- A measuring temperature that is unusual in °C would be usual in kelvin, such as 298.15 or a coldest one of 298.
-- do: Check the unit in the paper, and correct it with sse-db sample edit.
-- the rules are those of etl/doubts/temperature.py
WITH stated AS (
    SELECT
        id, sample_id, contribution, replicate_label, relation, temperature_c, conductivity_s_per_cm,
        upper(coalesce(json_extract(as_written, '$.temperature_c'), '')) LIKE '%K' AS says_kelvin,
        min(temperature_c) OVER (PARTITION BY sample_id) AS coldest_c
    FROM impedance_measurements
    WHERE temperature_basis = 'stated'
),

points AS (
    SELECT
        sample_id, contribution, replicate_label, temperature_c, 1 / max(temperature_c + 273.15, 1.0) AS xc,
        log10(conductivity_s_per_cm * max(temperature_c + 273.15, 1.0)) AS yc, 1 / max(temperature_c, 1.0) AS xk,
        log10(conductivity_s_per_cm * max(temperature_c, 1.0)) AS yk
    FROM stated
    WHERE relation = '='
),

-- least squares of log10 σT over 1/T, once with T from °C and once as if the number were in kelvin
energies AS (
    SELECT
        sample_id, contribution, replicate_label,
        -1.98420e-4 * (count(*) * sum(xc * yc) - sum(xc) * sum(yc)) / (count(*) * sum(xc * xc) - sum(xc) * sum(xc)) AS celsius_ev,
        -1.98420e-4 * (count(*) * sum(xk * yk) - sum(xk) * sum(yk)) / (count(*) * sum(xk * xk) - sum(xk) * sum(xk)) AS kelvin_ev
    FROM points
    GROUP BY sample_id, contribution, replicate_label
    HAVING count(DISTINCT temperature_c) >= 3 AND min(temperature_c) >= 170
)

SELECT
    'impedance_measurements' AS table_name, s.id AS row_id, n.label, n.reference, s.contribution, s.temperature_c,
    s.temperature_c - 273.15 AS read_as_kelvin_c, s.conductivity_s_per_cm
FROM stated AS s
INNER JOIN sample_names AS n ON n.sample_id = s.sample_id
LEFT JOIN energies AS e
    ON e.sample_id = s.sample_id AND e.contribution = s.contribution AND e.replicate_label = s.replicate_label
    AND s.relation = '='
WHERE
    NOT s.says_kelvin AND s.temperature_c >= 170
    AND (
        abs(s.temperature_c - 273.15 - round(s.temperature_c - 273.15)) < 1e-6
        OR s.coldest_c BETWEEN 273 AND 305
        OR (s.temperature_c >= 273 AND abs((s.temperature_c - 273) / 5 - round((s.temperature_c - 273) / 5)) < 1e-9)
        OR (e.celsius_ev > 0.9 AND e.kelvin_ev < 0.7)
    )
