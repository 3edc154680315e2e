CREATE VIEW single_grain_conductivity AS
SELECT
    r.sample_id,
    r.bulk_conductivity_s_per_cm,
    r.bulk_relation,
    r.bulk_basis,
    r.grain_boundary_conductivity_s_per_cm,
    r.grain_boundary_relation,
    r.grain_boundary_basis,
    r.grain_boundary_rounding_ruled,
    s.grain_size_um,
    s.grain_size_relation,
    s.grain_size_basis,
    CASE WHEN coalesce(s.grain_size_relation, '=') IN ('=', '~')
        THEN r.grain_boundary_conductivity_s_per_cm / (s.grain_size_um * 1e-4) END AS grain_boundary_conductance_s_per_cm2
FROM room_temperature_conductivity AS r
INNER JOIN samples AS s ON s.id = r.sample_id
WHERE coalesce(r.bulk_conductivity_s_per_cm, r.grain_boundary_conductivity_s_per_cm) IS NOT NULL
