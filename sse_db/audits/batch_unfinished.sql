-- severity: error
-- group: schema
-- A batch is still marked as being written.
-- do: An import was broken off; restore a backup.
SELECT 'import_batches' AS table_name, batch_id AS row_id FROM current_batch
