CREATE VIEW sample_structures AS
SELECT
    sample_id,
    li_site_occupancy,
    occupancy_record_id,
    li_neighbor_distance_angstrom,
    distance_record_id,
    li_coordination_number,
    coordination_record_id,
    density_g_per_cm3,
    density_record_id,
    cell_volume_angstrom3,
    volume_record_id
FROM sample_records
WHERE first_record_id IS NOT NULL
