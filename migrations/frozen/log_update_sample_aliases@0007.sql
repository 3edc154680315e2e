CREATE TRIGGER log_update_sample_aliases AFTER UPDATE ON sample_aliases
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.sample_id IS NOT NEW.sample_id OR OLD.label IS NOT NEW.label
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('sample_aliases', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'sample_id', OLD.sample_id, 'label', OLD.label), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'sample_id', NEW.sample_id, 'label', NEW.label), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
