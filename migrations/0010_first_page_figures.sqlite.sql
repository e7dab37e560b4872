-- 0010_first_page_figures: written by make migration from the entities.
DROP INDEX leads_created_at_idx;
DROP INDEX leads_lead_status_id_created_at_id_estimated_value_currency_deleted_at_idx;
DROP INDEX leads_next_followup_at_idx;
CREATE INDEX leads_created_at_id_deleted_at_idx ON leads (tenant_id, created_at, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX leads_lead_status_id_created_at_id_estimated_value_currency_deleted_at_status_changed_at_assigned_to_id_created_by_id_next_followup_at_last_contacted_at_idx ON leads (tenant_id, lead_status_id, created_at, id, estimated_value, currency, deleted_at, status_changed_at, assigned_to_id, created_by_id, next_followup_at, last_contacted_at) WHERE deleted_at IS NULL;
CREATE INDEX leads_next_followup_at_id_assigned_to_id_lead_status_id_deleted_at_idx ON leads (tenant_id, next_followup_at, id, assigned_to_id, lead_status_id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX role_permissions_resource_idx ON role_permissions (tenant_id, resource) WHERE deleted_at IS NULL;
