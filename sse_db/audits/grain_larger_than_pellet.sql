-- severity: doubt
-- group: physics
-- The grains are larger than the pellet is thick or wide.
-- do: Check the units of both.
SELECT
    'samples' AS table_name, s.id AS row_id, n.label, n.reference, s.grain_size_um, s.pellet_thickness_mm, s.pellet_diameter_mm
FROM samples AS s INNER JOIN sample_names AS n ON n.sample_id = s.id
WHERE s.grain_size_um > 1000 * s.pellet_thickness_mm OR s.grain_size_um > 1000 * s.pellet_diameter_mm
