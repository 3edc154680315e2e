CREATE TRIGGER log_delete_sample_aliases AFTER DELETE ON sample_aliases
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('sample_aliases', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'sample_id', OLD.sample_id, 'label', OLD.label), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
