-- severity: doubt
-- group: physics
-- The volume per formula unit is not that of the formula's atoms: Z may be wrong.
-- do: Check Z against cell and formula.
SELECT
    'structural_records' AS table_name, r.id AS row_id, r.label, r.formula_units, r.cell_volume_angstrom3,
    r.cell_volume_angstrom3 / a.atoms AS volume_per_atom
FROM structural_records AS r
INNER JOIN (SELECT composition_id, sum(amount) AS atoms FROM composition_elements GROUP BY composition_id) AS a
    USING (composition_id)
WHERE NOT r.cell_volume_angstrom3 / a.atoms BETWEEN 5 AND 45
