-- One row per measurement, with its sample's names and, for grain boundaries of samples with a known grain size, the
-- conductance of a single boundary (Eq. 11 of doi 10.1080/14686996.2020.1824985).
-- column measurement_id INTEGER: Measurement
-- column conductance_s_per_cm2 REAL: Conductance of a single grain boundary, Eq. (11)
SELECT
    m.id AS measurement_id,
    n.sample_id,
    n.publication_id,
    n.label,
    n.formula,
    n.structure_class,
    n.doi,
    n.reference,
    m.contribution,
    m.contribution_basis,
    m.temperature_c,
    m.temperature_basis,
    m.relation,
    m.value_basis,
    m.conductivity_s_per_cm,
    CASE WHEN m.contribution = 'grain_boundary' AND coalesce(s.grain_size_relation, '=') IN ('=', '~')
        THEN m.conductivity_s_per_cm / (s.grain_size_um * 1e-4) END
        AS conductance_s_per_cm2
FROM impedance_measurements AS m
INNER JOIN sample_names AS n ON n.sample_id = m.sample_id
INNER JOIN samples AS s ON s.id = m.sample_id
