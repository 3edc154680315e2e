CREATE TRIGGER log_delete_composition_elements AFTER DELETE ON composition_elements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'composition_id', OLD.composition_id, 'element', OLD.element, 'amount', CASE WHEN OLD.amount IS NOT NULL THEN json(printf('%!.17g', OLD.amount)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
