-- Reported activation energies with their sample and source.
SELECT n.formula, n.label, a.contribution, a.replicate_label, a.activation_energy_ev, a.relation, n.reference, n.doi
FROM activation_energies AS a INNER JOIN sample_names AS n USING (sample_id)
ORDER BY a.activation_energy_ev, a.id
