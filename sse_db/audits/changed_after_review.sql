-- severity: doubt
-- group: provenance
-- A row of a reviewed publication was added or changed after the review.
-- do: Review it again, and renew the date with publication edit.
WITH reviewed AS (
    SELECT s.id AS sample_id, p.reviewed_by, p.reviewed_at
    FROM publications AS p INNER JOIN samples AS s ON s.publication_id = p.id
    WHERE p.review_state = 'reviewed' AND p.reviewed_at IS NOT NULL
),

owned AS (
    SELECT 'samples' AS table_name, sample_id AS row_id, reviewed.* FROM reviewed
    UNION ALL
    SELECT 'impedance_measurements', m.id, reviewed.* FROM reviewed INNER JOIN impedance_measurements AS m USING (sample_id)
    UNION ALL
    SELECT 'processing_steps', p.id, reviewed.* FROM reviewed INNER JOIN processing_steps AS p USING (sample_id)
    UNION ALL
    SELECT 'activation_energies', a.id, reviewed.* FROM reviewed INNER JOIN activation_energies AS a USING (sample_id)
)

SELECT o.table_name, o.row_id, n.label, n.reference, o.reviewed_by, o.reviewed_at, max(l.changed_at) AS changed_at
FROM owned AS o
INNER JOIN change_log AS l
    ON
        l.row_id = o.row_id AND l.table_name = o.table_name AND julianday(l.changed_at) > julianday(o.reviewed_at)
        -- that a row came out of a release is no change of it
        AND NOT (l.action = 'insert' AND coalesce(l.batch_id, 0) IN (SELECT coalesce(carried_by, -1) FROM import_batches))
INNER JOIN sample_names AS n ON n.sample_id = o.sample_id
GROUP BY o.table_name, o.row_id, n.label, n.reference, o.reviewed_by, o.reviewed_at
