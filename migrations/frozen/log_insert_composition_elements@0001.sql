CREATE TRIGGER log_insert_composition_elements AFTER INSERT ON composition_elements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'composition_id', NEW.composition_id, 'element', NEW.element, 'amount', CASE WHEN NEW.amount IS NOT NULL THEN json(printf('%!.17g', NEW.amount)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
