CREATE TRIGGER log_insert_sample_aliases AFTER INSERT ON sample_aliases
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('sample_aliases', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'sample_id', NEW.sample_id, 'label', NEW.label), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
