-- What was added, changed or deleted since a date, as 2026-11-21 or "7 days", the newest first; rows added together are counted.
SELECT
    max(l.changed_at) AS changed_at, l.action, l.table_name, CASE WHEN l.action <> 'insert' THEN l.row_id END AS row_id,
    count(*) AS changes, b.curator, b.file_name, l.batch_id
FROM change_log AS l LEFT JOIN import_batches AS b ON b.id = l.batch_id
WHERE l.changed_at >= :date
GROUP BY
    l.batch_id, b.curator, b.file_name, l.action, l.table_name, CASE WHEN l.action <> 'insert' THEN l.row_id END
ORDER BY changed_at DESC, l.table_name, row_id
