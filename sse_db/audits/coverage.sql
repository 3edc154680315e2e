-- severity: info
-- group: coverage
-- How many samples of a publication lack each of the 17 descriptors.
-- do: Look for the missing ones in the paper.
SELECT
    'publications' AS table_name, p.id AS row_id, coalesce(p.doi, p.title) AS publication, count(*) AS samples,
    count(*) - count(d.additive_present) AS additive_present, count(*) - count(d.additive_wt_percent) AS additive_wt_percent,
    count(*) - count(d.sintering_temperature_c) AS sintering_temperature_c, count(*) - count(d.sintering_time_h) AS sintering_time_h,
    count(*) - count(d.pellet_diameter_mm) AS pellet_diameter_mm, count(*) - count(d.method_code) AS method_code,
    count(*) - count(d.grain_size_um) AS grain_size_um, count(*) - count(d.phase_code) AS phase_code,
    count(*) - count(d.li_ratio) AS li_ratio, count(*) - count(d.li_site_occupancy) AS li_site_occupancy,
    count(*) - count(d.electronegativity) AS electronegativity, count(*) - count(d.polarizability) AS polarizability,
    count(*) - count(d.atomic_number) AS atomic_number,
    count(*) - count(d.li_neighbor_distance_angstrom) AS li_neighbor_distance_angstrom,
    count(*) - count(d.li_coordination_number) AS li_coordination_number,
    count(*) - count(d.density_g_per_cm3) AS density_g_per_cm3, count(*) - count(d.cell_volume_angstrom3) AS cell_volume_angstrom3
FROM publications AS p INNER JOIN descriptors AS d ON d.publication_id = p.id
GROUP BY p.id, p.doi, p.title
ORDER BY p.id
