CREATE TRIGGER log_insert_attachments AFTER INSERT ON attachments
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('attachments', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'publication_id', NEW.publication_id, 'sample_id', NEW.sample_id, 'measurement_id', NEW.measurement_id, 'kind', NEW.kind, 'file_name', NEW.file_name, 'place', NEW.place, 'sha256', NEW.sha256, 'size_bytes', NEW.size_bytes, 'note', NEW.note), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
