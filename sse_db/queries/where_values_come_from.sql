-- Every measurement with its source: DOI or title, place in the paper, how sure it is, imported file, row, who and when.
SELECT
    m.id AS measurement_id, s.label, m.contribution, m.temperature_c, m.relation, m.conductivity_s_per_cm,
    coalesce(p.doi, p.title) AS doi_or_title, m.source_location, m.compiled_via, m.confidence,
    b.file_name, m.source_row, b.curator, b.created_at
FROM impedance_measurements AS m
INNER JOIN samples AS s ON s.id = m.sample_id
INNER JOIN publications AS p ON p.id = s.publication_id
INNER JOIN import_batches AS b ON b.id = m.batch_id
ORDER BY m.id
