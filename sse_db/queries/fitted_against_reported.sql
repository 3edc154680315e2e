-- Activation energies fitted to a temperature series (ln σT over 1/T, three temperatures or more) against the reported ones.
WITH points AS (
    SELECT
        sample_id, contribution, temperature_c, 1 / (temperature_c + 273.15) AS x,
        ln(conductivity_s_per_cm * (temperature_c + 273.15)) AS y
    FROM impedance_measurements
    WHERE
        relation = '=' AND temperature_basis = 'stated' AND value_basis <> 'extrapolated' AND temperature_c > -273
        AND sample_id IN (SELECT sample_id FROM activation_energies)
),

sums AS (
    SELECT
        sample_id, contribution, count(*) AS n, min(temperature_c) AS lowest_c, max(temperature_c) AS highest_c,
        avg(x) AS mean_x, avg(y) AS mean_y
    FROM points
    GROUP BY sample_id, contribution
    HAVING count(DISTINCT temperature_c) >= 3
),

fits AS (
    -- the Boltzmann constant in eV/K
    SELECT
        s.sample_id, s.contribution, s.n, s.lowest_c, s.highest_c,
        -8.617333262e-5 * sum((p.x - s.mean_x) * (p.y - s.mean_y)) / sum((p.x - s.mean_x) * (p.x - s.mean_x)) AS fitted_ev
    FROM sums AS s INNER JOIN points AS p ON p.sample_id = s.sample_id AND p.contribution = s.contribution
    GROUP BY s.sample_id, s.contribution, s.n, s.lowest_c, s.highest_c
)

SELECT
    n.sample_id, n.formula, n.label, n.reference, f.contribution, f.fitted_ev,
    a.activation_energy_ev AS reported_ev, a.relation, f.fitted_ev - a.activation_energy_ev AS difference_ev, f.n AS points,
    f.lowest_c, f.highest_c, a.replicate_label
FROM fits AS f
INNER JOIN activation_energies AS a ON a.sample_id = f.sample_id AND a.contribution = f.contribution
INNER JOIN sample_names AS n ON n.sample_id = f.sample_id
ORDER BY abs(f.fitted_ev - a.activation_energy_ev) DESC, n.sample_id, f.contribution
