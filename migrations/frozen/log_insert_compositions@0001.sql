CREATE TRIGGER log_insert_compositions AFTER INSERT ON compositions
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'formula', NEW.formula, 'reduced_formula', NEW.reduced_formula, 'fingerprint', NEW.fingerprint), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
