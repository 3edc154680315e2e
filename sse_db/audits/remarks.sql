-- severity: info
-- group: provenance
-- A remark stands at a row: what a reader of the file noted, or a curator wrote, that no other column holds.
-- do: Read it; what a column can hold belongs there.
SELECT 'samples' AS table_name, s.id AS row_id, n.label, n.reference, s.remark
FROM samples AS s INNER JOIN sample_names AS n ON n.sample_id = s.id
WHERE s.remark IS NOT NULL
UNION ALL
SELECT 'processing_steps', p.id, n.label, n.reference, p.remark
FROM processing_steps AS p INNER JOIN sample_names AS n ON n.sample_id = p.sample_id
WHERE p.remark IS NOT NULL
UNION ALL
SELECT 'impedance_measurements', m.id, n.label, n.reference, m.remark
FROM impedance_measurements AS m INNER JOIN sample_names AS n ON n.sample_id = m.sample_id
WHERE m.remark IS NOT NULL
UNION ALL
SELECT 'activation_energies', a.id, n.label, n.reference, a.remark
FROM activation_energies AS a INNER JOIN sample_names AS n ON n.sample_id = a.sample_id
WHERE a.remark IS NOT NULL
UNION ALL
SELECT 'structural_records', r.id, r.label, n.reference, r.remark
FROM structural_records AS r LEFT JOIN sample_names AS n ON n.sample_id = r.sample_id
WHERE r.remark IS NOT NULL
