-- One row per activation energy that a source reports, with its sample's names: what a fit of the temperature series is
-- compared with.
-- column activation_energy_id INTEGER: Activation energy
SELECT
    a.id AS activation_energy_id,
    n.sample_id,
    n.publication_id,
    n.label,
    n.formula,
    n.structure_class,
    n.doi,
    n.reference,
    a.contribution,
    a.contribution_basis,
    a.replicate_label,
    a.relation,
    a.activation_energy_ev,
    a.uncertainty_ev
FROM activation_energies AS a
INNER JOIN sample_names AS n ON n.sample_id = a.sample_id
