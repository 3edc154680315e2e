CREATE TRIGGER log_update_composition_elements AFTER UPDATE ON composition_elements
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.composition_id IS NOT NEW.composition_id OR OLD.element IS NOT NEW.element OR OLD.amount IS NOT NEW.amount
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'composition_id', OLD.composition_id, 'element', OLD.element, 'amount', CASE WHEN OLD.amount IS NOT NULL THEN json(printf('%!.17g', OLD.amount)) END), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'composition_id', NEW.composition_id, 'element', NEW.element, 'amount', CASE WHEN NEW.amount IS NOT NULL THEN json(printf('%!.17g', NEW.amount)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
