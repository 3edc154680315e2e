CREATE VIEW fitted_spectra AS
SELECT
    i.id AS spectrum_id,
    f.id AS spectrum_fit_id,
    n.sample_id,
    n.publication_id,
    n.label,
    n.formula,
    n.doi,
    n.reference,
    i.label AS spectrum_label,
    i.instrument,
    i.temperature_c,
    i.temperature_basis,
    i.pellet_thickness_mm,
    i.pellet_diameter_mm,
    i.point_count,
    i.lowest_frequency_hz,
    i.highest_frequency_hz,
    i.points,
    i.reading,
    f.circuit,
    f.circuit_basis,
    f.weighting,
    f.left_out,
    f.parameters,
    f.arcs,
    f.doubts,
    f.misfit_percent,
    f.kramers_kronig_percent,
    f.points_failing,
    f.accepted_by,
    b.conductivity_s_per_cm AS fitted_bulk_conductivity_s_per_cm,
    b.uncertainty_s_per_cm AS fitted_bulk_uncertainty_s_per_cm,
    g.conductivity_s_per_cm AS fitted_grain_boundary_conductivity_s_per_cm,
    g.uncertainty_s_per_cm AS fitted_grain_boundary_uncertainty_s_per_cm,
    t.conductivity_s_per_cm AS fitted_total_conductivity_s_per_cm,
    t.uncertainty_s_per_cm AS fitted_total_uncertainty_s_per_cm,
    f.grain_boundary_conductivity_s_per_cm2,
    f.brick_layer_conductivity_s_per_cm
FROM impedance_spectra AS i
INNER JOIN sample_names AS n ON n.sample_id = i.sample_id
LEFT JOIN spectrum_fits AS f ON f.spectrum_id = i.id
LEFT JOIN impedance_measurements AS b ON b.id = f.bulk_measurement_id
LEFT JOIN impedance_measurements AS g ON g.id = f.grain_boundary_measurement_id
LEFT JOIN impedance_measurements AS t ON t.id = f.total_measurement_id
