CREATE TRIGGER log_delete_attachments AFTER DELETE ON attachments
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('attachments', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'publication_id', OLD.publication_id, 'sample_id', OLD.sample_id, 'measurement_id', OLD.measurement_id, 'kind', OLD.kind, 'file_name', OLD.file_name, 'place', OLD.place, 'sha256', OLD.sha256, 'size_bytes', OLD.size_bytes, 'note', OLD.note), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
