-- severity: info
-- group: coverage
-- How many samples of a publication lack each of the 17 descriptors.
-- do: Look for the missing ones in the paper.
SELECT
    'publications' AS table_name, p.id AS row_id, coalesce(p.doi, p.title) AS publication, count(*) AS samples,
    sum(d.additive_present IS NULL) AS additive_present, sum(d.additive_wt_percent IS NULL) AS additive_wt_percent,
    sum(d.sintering_temperature_c IS NULL) AS sintering_temperature_c, sum(d.sintering_time_h IS NULL) AS sintering_time_h,
    sum(d.pellet_diameter_mm IS NULL) AS pellet_diameter_mm, sum(d.method_code IS NULL) AS method_code,
    sum(d.grain_size_um IS NULL) AS grain_size_um, sum(d.phase_code IS NULL) AS phase_code,
    sum(d.li_ratio IS NULL) AS li_ratio, sum(d.li_site_occupancy IS NULL) AS li_site_occupancy,
    sum(d.electronegativity IS NULL) AS electronegativity, sum(d.polarizability IS NULL) AS polarizability,
    sum(d.atomic_number IS NULL) AS atomic_number,
    sum(d.li_neighbor_distance_angstrom IS NULL) AS li_neighbor_distance_angstrom,
    sum(d.li_coordination_number IS NULL) AS li_coordination_number,
    sum(d.density_g_per_cm3 IS NULL) AS density_g_per_cm3, sum(d.cell_volume_angstrom3 IS NULL) AS cell_volume_angstrom3
FROM publications AS p INNER JOIN descriptors AS d ON d.publication_id = p.id
GROUP BY p.id, p.doi, p.title
