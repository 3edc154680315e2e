-- One row per sample: the 17 descriptors of doi 10.1080/14686996.2020.1824985. What is not known is NULL, never 0.
-- column additive_present: 1 with an additive, 0 without, NULL where the source is silent
-- column method_code INTEGER: 0 solid state or ball mill, 1 melt quench, 2 liquid phase, 3 sol-gel
-- column phase_code INTEGER: 0 crystal, 1 glass ceramic
SELECT
    s.id AS sample_id,
    s.publication_id,
    s.composition_id,
    s.additive_present,
    CASE WHEN s.additive_present = 0 THEN 0.0 ELSE s.additive_wt_percent END AS additive_wt_percent,
    p.sintering_temperature_c,
    p.sintering_time_h,
    s.pellet_diameter_mm,
    -- the paper's grouping of methods; a method outside of it has no code
    CASE
        WHEN s.synthesis_method IN ('solid_state', 'ball_mill', 'mechanochemical') THEN 0
        WHEN s.synthesis_method IN ('melt_quench') THEN 1
        WHEN s.synthesis_method IN (
            'co_precipitation', 'hydrothermal', 'solution', 'spray', 'evaporation_induced_self_assembly'
        ) THEN 2
        WHEN s.synthesis_method IN ('sol_gel', 'citrate', 'pechini') THEN 3
    END AS method_code,
    -- a limit is no size
    CASE WHEN coalesce(s.grain_size_relation, '=') IN ('=', '~') THEN s.grain_size_um END AS grain_size_um,
    CASE s.phase_type WHEN 'crystal' THEN 0 WHEN 'glass_ceramic' THEN 1 END AS phase_code,
    c.li_ratio,
    r.li_site_occupancy,
    c.electronegativity,
    c.polarizability,
    c.atomic_number,
    r.li_neighbor_distance_angstrom,
    r.li_coordination_number,
    r.density_g_per_cm3,
    r.cell_volume_angstrom3,
    p.processing_step_id,
    r.occupancy_record_id,
    r.distance_record_id,
    r.coordination_record_id,
    r.density_record_id,
    r.volume_record_id
FROM sample_records AS r
INNER JOIN samples AS s ON s.id = r.sample_id
LEFT JOIN sintering_steps AS p ON p.sample_id = s.id
LEFT JOIN chemical_descriptors AS c ON c.composition_id = s.composition_id
