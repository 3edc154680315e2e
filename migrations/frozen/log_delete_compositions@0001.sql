CREATE TRIGGER log_delete_compositions AFTER DELETE ON compositions
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'formula', OLD.formula, 'reduced_formula', OLD.reduced_formula, 'fingerprint', OLD.fingerprint), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
