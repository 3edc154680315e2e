-- severity: error
-- group: schema
-- A descriptor differs from the sample or the sintering step that it is taken from, or a sample has none.
-- do: Run sse-db migrate check: the view has changed.
SELECT 'samples' AS table_name, s.id AS row_id, s.label
FROM samples AS s
LEFT JOIN descriptors AS d ON d.sample_id = s.id
LEFT JOIN processing_steps AS p ON p.id = d.processing_step_id
WHERE
    d.sample_id IS NULL OR coalesce(d.additive_present, -1) <> coalesce(s.additive_present, -1)
    OR coalesce(d.grain_size_um, -1)
    <> coalesce(CASE WHEN coalesce(s.grain_size_relation, '=') IN ('=', '~') THEN s.grain_size_um END, -1)
    OR coalesce(d.pellet_diameter_mm, -1) <> coalesce(s.pellet_diameter_mm, -1)
    OR coalesce(d.sintering_temperature_c, -1) <> coalesce(p.temperature_c, -1)
    OR coalesce(d.sintering_time_h, -1) <> coalesce(p.duration_h, -1) OR d.publication_id <> s.publication_id
    OR (d.li_ratio IS NULL) <> (s.composition_id IS NULL)
