-- 0005_board_sums: written by make migration from the entities.
DROP INDEX leads_lead_status_id_created_at_id_estimated_value_deleted_at_idx;
CREATE INDEX leads_lead_status_id_created_at_id_estimated_value_currency_deleted_at_idx ON leads (tenant_id, lead_status_id NULLS FIRST, created_at, id, estimated_value NULLS FIRST, currency NULLS FIRST, deleted_at NULLS FIRST) WHERE deleted_at IS NULL;
