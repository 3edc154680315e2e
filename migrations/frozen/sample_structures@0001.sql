CREATE VIEW sample_structures AS
WITH candidates AS (
    SELECT
        s.id AS sample_id,
        r.id AS record_id,
        CASE
            WHEN r.sample_id = s.id THEN 0
            WHEN replace(r.space_group_symbol, ' ', '') = replace(s.space_group_symbol, ' ', '') THEN 1
            ELSE 2
        END AS nearness,
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
ordered AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY sample_id ORDER BY nearness, looseness, away_from_room, record_id) AS place
    FROM candidates
),
firsts AS (
    SELECT
        sample_id,
        min(CASE WHEN li_site_occupancy IS NOT NULL THEN place END) AS occupancy_place,
        min(CASE WHEN li_neighbor_distance_angstrom IS NOT NULL THEN place END) AS distance_place,
        min(CASE WHEN li_coordination_number IS NOT NULL THEN place END) AS coordination_place,
        min(CASE WHEN density_g_per_cm3 IS NOT NULL THEN place END) AS density_place,
        min(CASE WHEN cell_volume_angstrom3 IS NOT NULL THEN place END) AS volume_place
    FROM ordered
    GROUP BY sample_id
)
SELECT
    f.sample_id,
    o.li_site_occupancy,
    o.record_id AS occupancy_record_id,
    d.li_neighbor_distance_angstrom,
    d.record_id AS distance_record_id,
    n.li_coordination_number,
    n.record_id AS coordination_record_id,
    w.density_g_per_cm3,
    w.record_id AS density_record_id,
    v.cell_volume_angstrom3,
    v.record_id AS volume_record_id
FROM firsts AS f
LEFT JOIN ordered AS o ON o.sample_id = f.sample_id AND o.place = f.occupancy_place
LEFT JOIN ordered AS d ON d.sample_id = f.sample_id AND d.place = f.distance_place
LEFT JOIN ordered AS n ON n.sample_id = f.sample_id AND n.place = f.coordination_place
LEFT JOIN ordered AS w ON w.sample_id = f.sample_id AND w.place = f.density_place
LEFT JOIN ordered AS v ON v.sample_id = f.sample_id AND v.place = f.volume_place
