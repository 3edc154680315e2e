CREATE TRIGGER log_update_compositions AFTER UPDATE ON compositions
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.formula IS NOT NEW.formula OR OLD.reduced_formula IS NOT NEW.reduced_formula OR OLD.fingerprint IS NOT NEW.fingerprint
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'formula', OLD.formula, 'reduced_formula', OLD.reduced_formula, 'fingerprint', OLD.fingerprint), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'formula', NEW.formula, 'reduced_formula', NEW.reduced_formula, 'fingerprint', NEW.fingerprint), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
