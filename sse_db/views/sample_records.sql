-- One row per sample: its structural descriptors, from one record or from records of one space group; NULL where there is
-- no usable record. A record of another stated group, compared by number, is never used beside the first.
-- Order: linked to the sample, else same composition and space group, else same composition where one of the two states
-- no group; then exact matches before close ones, then nearest to room temperature (an unstated one after those stated
-- within 75 K). Each descriptor is of the first of these records that has it.
-- A record measured above 100 °C gives no density and no volume; perturbed coordinates give no distance and no
-- coordination number.
-- column first_record_id INTEGER: The first of its structural records
-- column occupancy_record_id INTEGER: Structural record that gives it
-- column distance_record_id INTEGER: Structural record that gives it
-- column coordination_record_id INTEGER: Structural record that gives it
-- column density_record_id INTEGER: Structural record that gives it
-- column volume_record_id INTEGER: Structural record that gives it
-- look-ups by index, of which most samples need those for the first record alone: one sample's row needs no other's
WITH records AS NOT MATERIALIZED (
    SELECT
        id,
        sample_id,
        composition_id,
        -- a symbol that no table has stands for itself
        coalesce(CAST(space_group_number AS TEXT), nullif(replace(space_group_symbol, ' ', ''), '')) AS space_group,
        CASE match WHEN 'exact' THEN 0 ELSE 1 END AS looseness,
        CASE WHEN temperature_c IS NULL THEN 75.0 ELSE abs(temperature_c - 25.0) END AS away_from_room,
        li_site_occupancy,
        CASE WHEN coordinates_basis <> 'perturbed' THEN li_neighbor_distance_angstrom END AS li_neighbor_distance_angstrom,
        CASE WHEN coordinates_basis <> 'perturbed' THEN li_coordination_number END AS li_coordination_number,
        CASE WHEN coalesce(temperature_c, 25.0) <= 100 THEN density_g_per_cm3 END AS density_g_per_cm3,
        CASE WHEN coalesce(temperature_c, 25.0) <= 100 THEN cell_volume_angstrom3 END AS cell_volume_angstrom3
    FROM structural_records
),

wanted AS NOT MATERIALIZED (
    SELECT
        id AS sample_id,
        composition_id,
        coalesce(CAST(space_group_number AS TEXT), nullif(replace(space_group_symbol, ' ', ''), '')) AS space_group
    FROM samples
),

-- records of a sample's composition, but for those of another group than it states
alike AS NOT MATERIALIZED (
    SELECT w.sample_id AS of_sample_id, CASE WHEN r.space_group = w.space_group THEN 0 ELSE 1 END AS otherness, r.*
    FROM wanted AS w
    INNER JOIN records AS r ON r.composition_id = w.composition_id
    WHERE w.space_group IS NULL OR r.space_group IS NULL OR r.space_group = w.space_group
),

firsts AS (
    SELECT
        s.id AS sample_id,
        coalesce(
            (SELECT r.id FROM records AS r WHERE r.sample_id = s.id ORDER BY r.looseness, r.away_from_room, r.id LIMIT 1),
            (
                SELECT a.id FROM alike AS a WHERE a.of_sample_id = s.id
                ORDER BY a.otherness, a.looseness, a.away_from_room, a.id LIMIT 1
            )
        ) AS record_id
    FROM samples AS s
),

-- the first record that states a group: the others have to be of that group
grouped AS (
    SELECT
        s.sample_id,
        f.id AS first_record_id,
        f.sample_id = s.sample_id AS is_linked,
        f.li_site_occupancy,
        f.li_neighbor_distance_angstrom,
        f.li_coordination_number,
        f.density_g_per_cm3,
        f.cell_volume_angstrom3,
        CASE
            WHEN f.id IS NULL OR f.space_group IS NOT NULL THEN f.id
            ELSE coalesce(
                CASE WHEN f.sample_id = s.sample_id THEN (
                    SELECT r.id FROM records AS r
                    WHERE r.sample_id = s.sample_id AND r.space_group IS NOT NULL
                    ORDER BY r.looseness, r.away_from_room, r.id LIMIT 1
                ) END,
                (
                    SELECT a.id FROM alike AS a
                    WHERE a.of_sample_id = s.sample_id AND a.space_group IS NOT NULL
                    ORDER BY a.otherness, a.looseness, a.away_from_room, a.id LIMIT 1
                )
            )
        END AS group_record_id
    FROM firsts AS s
    LEFT JOIN records AS f ON f.id = s.record_id
),

chosen AS (
    SELECT
        c.sample_id,
        c.first_record_id,
        CASE
            WHEN c.first_record_id IS NULL OR c.li_site_occupancy IS NOT NULL THEN c.first_record_id
            ELSE coalesce(
                CASE WHEN c.is_linked THEN (
                    SELECT r.id FROM records AS r
                    WHERE
                        r.sample_id = c.sample_id AND r.li_site_occupancy IS NOT NULL
                        AND (r.space_group IS NULL OR r.space_group = g.space_group)
                    ORDER BY r.looseness, r.away_from_room, r.id LIMIT 1
                ) END,
                (
                    SELECT a.id FROM alike AS a
                    WHERE
                        a.of_sample_id = c.sample_id AND a.li_site_occupancy IS NOT NULL
                        AND (a.space_group IS NULL OR a.space_group = g.space_group)
                    ORDER BY a.otherness, a.looseness, a.away_from_room, a.id LIMIT 1
                )
            )
        END AS occupancy_record_id,
        CASE
            WHEN c.first_record_id IS NULL OR c.li_neighbor_distance_angstrom IS NOT NULL THEN c.first_record_id
            ELSE coalesce(
                CASE WHEN c.is_linked THEN (
                    SELECT r.id FROM records AS r
                    WHERE
                        r.sample_id = c.sample_id AND r.li_neighbor_distance_angstrom IS NOT NULL
                        AND (r.space_group IS NULL OR r.space_group = g.space_group)
                    ORDER BY r.looseness, r.away_from_room, r.id LIMIT 1
                ) END,
                (
                    SELECT a.id FROM alike AS a
                    WHERE
                        a.of_sample_id = c.sample_id AND a.li_neighbor_distance_angstrom IS NOT NULL
                        AND (a.space_group IS NULL OR a.space_group = g.space_group)
                    ORDER BY a.otherness, a.looseness, a.away_from_room, a.id LIMIT 1
                )
            )
        END AS distance_record_id,
        CASE
            WHEN c.first_record_id IS NULL OR c.li_coordination_number IS NOT NULL THEN c.first_record_id
            ELSE coalesce(
                CASE WHEN c.is_linked THEN (
                    SELECT r.id FROM records AS r
                    WHERE
                        r.sample_id = c.sample_id AND r.li_coordination_number IS NOT NULL
                        AND (r.space_group IS NULL OR r.space_group = g.space_group)
                    ORDER BY r.looseness, r.away_from_room, r.id LIMIT 1
                ) END,
                (
                    SELECT a.id FROM alike AS a
                    WHERE
                        a.of_sample_id = c.sample_id AND a.li_coordination_number IS NOT NULL
                        AND (a.space_group IS NULL OR a.space_group = g.space_group)
                    ORDER BY a.otherness, a.looseness, a.away_from_room, a.id LIMIT 1
                )
            )
        END AS coordination_record_id,
        CASE
            WHEN c.first_record_id IS NULL OR c.density_g_per_cm3 IS NOT NULL THEN c.first_record_id
            ELSE coalesce(
                CASE WHEN c.is_linked THEN (
                    SELECT r.id FROM records AS r
                    WHERE
                        r.sample_id = c.sample_id AND r.density_g_per_cm3 IS NOT NULL
                        AND (r.space_group IS NULL OR r.space_group = g.space_group)
                    ORDER BY r.looseness, r.away_from_room, r.id LIMIT 1
                ) END,
                (
                    SELECT a.id FROM alike AS a
                    WHERE
                        a.of_sample_id = c.sample_id AND a.density_g_per_cm3 IS NOT NULL
                        AND (a.space_group IS NULL OR a.space_group = g.space_group)
                    ORDER BY a.otherness, a.looseness, a.away_from_room, a.id LIMIT 1
                )
            )
        END AS density_record_id,
        CASE
            WHEN c.first_record_id IS NULL OR c.cell_volume_angstrom3 IS NOT NULL THEN c.first_record_id
            ELSE coalesce(
                CASE WHEN c.is_linked THEN (
                    SELECT r.id FROM records AS r
                    WHERE
                        r.sample_id = c.sample_id AND r.cell_volume_angstrom3 IS NOT NULL
                        AND (r.space_group IS NULL OR r.space_group = g.space_group)
                    ORDER BY r.looseness, r.away_from_room, r.id LIMIT 1
                ) END,
                (
                    SELECT a.id FROM alike AS a
                    WHERE
                        a.of_sample_id = c.sample_id AND a.cell_volume_angstrom3 IS NOT NULL
                        AND (a.space_group IS NULL OR a.space_group = g.space_group)
                    ORDER BY a.otherness, a.looseness, a.away_from_room, a.id LIMIT 1
                )
            )
        END AS volume_record_id
    FROM grouped AS c
    LEFT JOIN records AS g ON g.id = c.group_record_id
)

SELECT
    c.sample_id,
    c.first_record_id,
    o.li_site_occupancy,
    o.id AS occupancy_record_id,
    n.li_neighbor_distance_angstrom,
    n.id AS distance_record_id,
    k.li_coordination_number,
    k.id AS coordination_record_id,
    d.density_g_per_cm3,
    d.id AS density_record_id,
    v.cell_volume_angstrom3,
    v.id AS volume_record_id
FROM chosen AS c
LEFT JOIN structural_records AS o ON o.id = c.occupancy_record_id
LEFT JOIN structural_records AS n ON n.id = c.distance_record_id
LEFT JOIN structural_records AS k ON k.id = c.coordination_record_id
LEFT JOIN structural_records AS d ON d.id = c.density_record_id
LEFT JOIN structural_records AS v ON v.id = c.volume_record_id
