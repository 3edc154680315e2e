CREATE TRIGGER log_update_publication_identifiers AFTER UPDATE ON publication_identifiers
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.publication_id IS NOT NEW.publication_id OR OLD.kind IS NOT NEW.kind OR OLD.value IS NOT NEW.value
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publication_identifiers', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'publication_id', OLD.publication_id, 'kind', OLD.kind, 'value', OLD.value), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'publication_id', NEW.publication_id, 'kind', NEW.kind, 'value', NEW.value), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
