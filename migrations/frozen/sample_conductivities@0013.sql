CREATE VIEW sample_conductivities AS
WITH choices AS (
    SELECT
        s.id AS sample_id,
        (
            SELECT m.id FROM impedance_measurements AS m
            WHERE
                m.sample_id = s.id AND m.contribution = 'bulk'
                AND m.temperature_c BETWEEN 24 AND 30 AND m.value_basis IN ('measured', 'digitised')
            ORDER BY
                CASE m.temperature_basis WHEN 'stated' THEN 0 ELSE 1 END,
                abs(m.temperature_c - 25),
                CASE m.relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END,
                m.temperature_c,
                m.replicate_label,
                m.id
            LIMIT 1
        ) AS bulk_id,
        (
            SELECT m.id FROM impedance_measurements AS m
            WHERE
                m.sample_id = s.id AND m.contribution = 'grain_boundary'
                AND m.temperature_c BETWEEN 24 AND 30 AND m.value_basis IN ('measured', 'digitised')
            ORDER BY
                CASE m.temperature_basis WHEN 'stated' THEN 0 ELSE 1 END,
                abs(m.temperature_c - 25),
                CASE m.relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END,
                m.temperature_c,
                m.replicate_label,
                m.id
            LIMIT 1
        ) AS grain_boundary_id,
        (
            SELECT m.id FROM impedance_measurements AS m
            WHERE
                m.sample_id = s.id AND m.contribution = 'total'
                AND m.temperature_c BETWEEN 24 AND 30 AND m.value_basis IN ('measured', 'digitised')
            ORDER BY
                CASE m.temperature_basis WHEN 'stated' THEN 0 ELSE 1 END,
                abs(m.temperature_c - 25),
                CASE m.relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END,
                m.temperature_c,
                m.replicate_label,
                m.id
            LIMIT 1
        ) AS total_id
    FROM samples AS s
),
measured AS (
    SELECT
        c.sample_id,
        b.id AS b_id, b.conductivity_s_per_cm AS b, b.temperature_c AS b_t, b.temperature_basis AS b_tb,
        b.relation AS b_rel, b.contribution_basis AS b_basis,
        g.id AS g_id, g.conductivity_s_per_cm AS g, g.temperature_c AS g_t, g.temperature_basis AS g_tb,
        g.relation AS g_rel, g.contribution_basis AS g_basis,
        t.id AS t_id, t.conductivity_s_per_cm AS t, t.temperature_c AS t_t, t.temperature_basis AS t_tb,
        t.relation AS t_rel, t.contribution_basis AS t_basis
    FROM choices AS c
    LEFT JOIN impedance_measurements AS b ON b.id = c.bulk_id
    LEFT JOIN impedance_measurements AS g ON g.id = c.grain_boundary_id
    LEFT JOIN impedance_measurements AS t ON t.id = c.total_id
),
derived AS (
    SELECT
        *,
        CASE
            WHEN b IS NULL AND g_rel = '=' AND t_rel = '=' AND g_t = t_t AND g_tb = t_tb AND g > t THEN t_id
            WHEN g IS NULL AND b_rel = '=' AND t_rel = '=' AND b_t = t_t AND b_tb = t_tb AND b > t THEN t_id
            WHEN t IS NULL AND b_rel = '=' AND g_rel = '=' AND b_t = g_t AND b_tb = g_tb THEN b_id
        END AS source_id
    FROM measured
)
SELECT
    d.sample_id,
    CASE WHEN d.b IS NULL AND o.id IS NOT NULL THEN 1.0 / (1.0 / d.t - 1.0 / d.g) ELSE d.b END AS bulk_conductivity_s_per_cm,
    coalesce(d.b_t, o.temperature_c) AS bulk_temperature_c,
    coalesce(d.b_tb, o.temperature_basis) AS bulk_temperature_basis,
    coalesce(d.b_rel, o.relation) AS bulk_relation,
    CASE WHEN d.b IS NULL AND o.id IS NOT NULL THEN 'derived' ELSE d.b_basis END AS bulk_basis,
    d.b_id AS bulk_measurement_id,
    CASE WHEN d.g IS NULL AND o.id IS NOT NULL THEN 1.0 / (1.0 / d.t - 1.0 / d.b) ELSE d.g END
        AS grain_boundary_conductivity_s_per_cm,
    coalesce(d.g_t, o.temperature_c) AS grain_boundary_temperature_c,
    coalesce(d.g_tb, o.temperature_basis) AS grain_boundary_temperature_basis,
    coalesce(d.g_rel, o.relation) AS grain_boundary_relation,
    CASE WHEN d.g IS NULL AND o.id IS NOT NULL THEN 'derived' ELSE d.g_basis END AS grain_boundary_basis,
    d.g_id AS grain_boundary_measurement_id,
    CASE WHEN d.g IS NULL AND o.id IS NOT NULL THEN CAST(d.t / d.b > 0.8 AS INTEGER) END AS grain_boundary_rounding_ruled,
    CASE WHEN d.t IS NULL AND o.id IS NOT NULL THEN 1.0 / (1.0 / d.b + 1.0 / d.g) ELSE d.t END AS total_conductivity_s_per_cm,
    coalesce(d.t_t, o.temperature_c) AS total_temperature_c,
    coalesce(d.t_tb, o.temperature_basis) AS total_temperature_basis,
    coalesce(d.t_rel, o.relation) AS total_relation,
    CASE WHEN d.t IS NULL AND o.id IS NOT NULL THEN 'derived' ELSE d.t_basis END AS total_basis,
    d.t_id AS total_measurement_id
FROM derived AS d
LEFT JOIN impedance_measurements AS o ON o.id = d.source_id
