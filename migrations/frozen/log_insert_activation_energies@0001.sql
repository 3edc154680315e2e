CREATE TRIGGER log_insert_activation_energies AFTER INSERT ON activation_energies
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('activation_energies', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'replicate_label', NEW.replicate_label, 'activation_energy_ev', CASE WHEN NEW.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', NEW.activation_energy_ev)) END, 'relation', NEW.relation, 'uncertainty_ev', CASE WHEN NEW.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_ev)) END, 'source_location', NEW.source_location), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
