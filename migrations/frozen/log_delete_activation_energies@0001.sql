CREATE TRIGGER log_delete_activation_energies AFTER DELETE ON activation_energies
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('activation_energies', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'replicate_label', OLD.replicate_label, 'activation_energy_ev', CASE WHEN OLD.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', OLD.activation_energy_ev)) END, 'relation', OLD.relation, 'uncertainty_ev', CASE WHEN OLD.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_ev)) END, 'source_location', OLD.source_location), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
