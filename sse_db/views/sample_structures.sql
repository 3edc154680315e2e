-- One row per sample with a usable structural record: its structural descriptors, from one record or from records of one
-- space group. A record of another stated group, compared by number, is never used beside the first.
-- Order: linked to the sample, else same composition and space group, else same composition where one of the two states
-- no group; then exact matches before close ones, then nearest to room temperature (an unstated one after those stated
-- within 75 K). Each descriptor is of the first of these records that has it.
-- A record measured above 100 °C gives no density and no volume; perturbed coordinates give no distance and no
-- coordination number.
-- column occupancy_record_id INTEGER: Structural record that gives it
-- column distance_record_id INTEGER: Structural record that gives it
-- column coordination_record_id INTEGER: Structural record that gives it
-- column density_record_id INTEGER: Structural record that gives it
-- column volume_record_id INTEGER: Structural record that gives it
WITH candidates AS (
    SELECT
        s.id AS sample_id,
        r.id AS record_id,
        r.sample_id = s.id AS is_linked,
        -- a symbol that no table has stands for itself
        coalesce(CAST(s.space_group_number AS TEXT), nullif(replace(s.space_group_symbol, ' ', ''), '')) AS wanted_group,
        coalesce(CAST(r.space_group_number AS TEXT), nullif(replace(r.space_group_symbol, ' ', ''), '')) AS space_group,
        CASE r.match WHEN 'exact' THEN 0 ELSE 1 END AS looseness,
        CASE WHEN r.temperature_c IS NULL THEN 75.0 ELSE abs(r.temperature_c - 25.0) END AS away_from_room,
        r.li_site_occupancy,
        CASE WHEN r.coordinates_basis <> 'perturbed' THEN r.li_neighbor_distance_angstrom END AS li_neighbor_distance_angstrom,
        CASE WHEN r.coordinates_basis <> 'perturbed' THEN r.li_coordination_number END AS li_coordination_number,
        CASE WHEN coalesce(r.temperature_c, 25.0) <= 100 THEN r.density_g_per_cm3 END AS density_g_per_cm3,
        CASE WHEN coalesce(r.temperature_c, 25.0) <= 100 THEN r.cell_volume_angstrom3 END AS cell_volume_angstrom3
    FROM samples AS s
    INNER JOIN structural_records AS r ON r.sample_id = s.id OR r.composition_id = s.composition_id
),

placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY sample_id
            ORDER BY
                CASE WHEN is_linked THEN 0 WHEN space_group = wanted_group THEN 1 ELSE 2 END,
                looseness, away_from_room, record_id
        ) AS place
    FROM candidates
    WHERE is_linked OR space_group IS NULL OR wanted_group IS NULL OR space_group = wanted_group
),

-- the group of the first record that states one
chosen AS (
    SELECT DISTINCT sample_id, first_value(space_group) OVER (PARTITION BY sample_id ORDER BY place) AS space_group
    FROM placed
    WHERE space_group IS NOT NULL
),

ordered AS (
    SELECT p.*
    FROM placed AS p
    LEFT JOIN chosen AS c ON c.sample_id = p.sample_id
    WHERE p.space_group IS NULL OR p.space_group = c.space_group
),

firsts AS (
    SELECT
        *,
        min(CASE WHEN li_site_occupancy IS NOT NULL THEN place END) OVER its AS occupancy_place,
        min(CASE WHEN li_neighbor_distance_angstrom IS NOT NULL THEN place END) OVER its AS distance_place,
        min(CASE WHEN li_coordination_number IS NOT NULL THEN place END) OVER its AS coordination_place,
        min(CASE WHEN density_g_per_cm3 IS NOT NULL THEN place END) OVER its AS density_place,
        min(CASE WHEN cell_volume_angstrom3 IS NOT NULL THEN place END) OVER its AS volume_place
    FROM ordered
    WINDOW its AS (PARTITION BY sample_id)
)

-- a sample has one record at each place, so that max() takes the only value there is
SELECT
    sample_id,
    max(CASE WHEN place = occupancy_place THEN li_site_occupancy END) AS li_site_occupancy,
    max(CASE WHEN place = occupancy_place THEN record_id END) AS occupancy_record_id,
    max(CASE WHEN place = distance_place THEN li_neighbor_distance_angstrom END) AS li_neighbor_distance_angstrom,
    max(CASE WHEN place = distance_place THEN record_id END) AS distance_record_id,
    max(CASE WHEN place = coordination_place THEN li_coordination_number END) AS li_coordination_number,
    max(CASE WHEN place = coordination_place THEN record_id END) AS coordination_record_id,
    max(CASE WHEN place = density_place THEN density_g_per_cm3 END) AS density_g_per_cm3,
    max(CASE WHEN place = density_place THEN record_id END) AS density_record_id,
    max(CASE WHEN place = volume_place THEN cell_volume_angstrom3 END) AS cell_volume_angstrom3,
    max(CASE WHEN place = volume_place THEN record_id END) AS volume_record_id
FROM firsts
GROUP BY sample_id
