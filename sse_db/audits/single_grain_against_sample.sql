-- severity: error
-- group: schema
-- The conductance of a single boundary is not grain-boundary conductivity by grain size.
-- do: Run sse-db migrate check: the view has changed.
SELECT
    'samples' AS table_name, g.sample_id AS row_id, g.grain_boundary_conductance_s_per_cm2,
    g.grain_boundary_conductivity_s_per_cm, s.grain_size_um
FROM single_grain_conductivity AS g INNER JOIN samples AS s ON s.id = g.sample_id
WHERE
    abs(g.grain_boundary_conductance_s_per_cm2 * s.grain_size_um / g.grain_boundary_conductivity_s_per_cm / 1e4 - 1) > 1e-6
    OR (g.grain_boundary_conductance_s_per_cm2 IS NULL)
    <> (
        s.grain_size_um IS NULL OR coalesce(s.grain_size_relation, '=') IN ('<', '>')
        OR g.grain_boundary_conductivity_s_per_cm IS NULL
    )
