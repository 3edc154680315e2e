-- severity: doubt
-- group: physics
-- An activation energy lies beyond 0.1 to 1.2 eV.
-- do: Check number and unit: 10 kJ/mol are 0.104 eV.
SELECT 'activation_energies' AS table_name, a.id AS row_id, n.label, n.reference, a.contribution, a.activation_energy_ev
FROM activation_energies AS a INNER JOIN sample_names AS n USING (sample_id)
WHERE NOT a.activation_energy_ev BETWEEN 0.1 AND 1.2
