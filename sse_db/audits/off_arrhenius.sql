-- severity: doubt
-- group: physics
-- A point lies more than 0.4 decades off the Arrhenius line of the other points of its series.
-- do: Check value and temperature; a phase transition looks like this too.
-- log10 σT over 1000/T; leaving a point out of the sums of its series gives the line of the others
WITH points AS (
    SELECT
        id, sample_id, contribution, replicate_label, 1000 / max(temperature_c + 273.15, 1.0) AS x,
        log10(conductivity_s_per_cm * max(temperature_c + 273.15, 1.0)) AS y
    FROM impedance_measurements
    WHERE relation = '=' AND temperature_basis = 'stated'
),

others AS (
    SELECT
        id, sample_id, contribution, replicate_label, x, y, count(*) OVER series - 1 AS n, sum(x) OVER series - x AS sx,
        sum(y) OVER series - y AS sy, sum(x * x) OVER series - x * x AS sxx, sum(x * y) OVER series - x * y AS sxy
    FROM points
    WINDOW series AS (PARTITION BY sample_id, contribution, replicate_label)
),

off AS (
    SELECT
        id, sample_id, contribution, replicate_label,
        y - sy / n - (n * sxy - sx * sy) / (n * sxx - sx * sx) * (x - sx / n) AS decades
    FROM others
    WHERE n >= 4
),

-- one bad point bends the line for all others of its series: only the worst is told
worst AS (
    SELECT
        *, row_number() OVER (PARTITION BY sample_id, contribution, replicate_label ORDER BY abs(decades) DESC) AS place
    FROM off
    WHERE abs(decades) > 0.4
)

SELECT
    'impedance_measurements' AS table_name, w.id AS row_id, n.label, n.reference, w.contribution, m.temperature_c,
    m.conductivity_s_per_cm, w.decades AS decades_off
FROM worst AS w
INNER JOIN impedance_measurements AS m USING (id)
INNER JOIN sample_names AS n ON n.sample_id = w.sample_id
WHERE w.place = 1
