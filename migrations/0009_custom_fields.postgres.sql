-- 0009_custom_fields: written by make migration from the entities.
ALTER TABLE addresses ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE ai_conversations ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE ai_messages ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE ai_prompts ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE asset_interfaces ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE assets ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE availability ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE billing_plans ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE calendar_events ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE call_dispositions ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE calls ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE campaign_members ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE campaigns ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE certificates ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE commissions ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE communications ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE credentials ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE credit_notes ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE crew_members ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE crews ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE custom_fields ADD COLUMN digits bigint;
CREATE TABLE custom_values (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  field bigint NOT NULL,
  record bigint NOT NULL,
  number bigint,
  text text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX custom_values_field_number_record_idx ON custom_values (tenant_id, field, number NULLS FIRST, record, id) WHERE (number IS NOT NULL);
CREATE INDEX custom_values_field_text_record_idx ON custom_values (tenant_id, field, text NULLS FIRST, record, id) WHERE (text IS NOT NULL);
CREATE INDEX custom_values_record_field_idx ON custom_values (tenant_id, record, field, id);
ALTER TABLE dashboards ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE deal_conditions ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE developers ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE developments ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE documents ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE domains ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE equipment ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE equipment_assignments ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE equipment_maintenance ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE expenses ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE features ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE files ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE import_mappings ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE integrations ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE inventory_items ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE inventory_transactions ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE invoice_items ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE invoices ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE journey_crew ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE journey_entries ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE journey_steps ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE journeys ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE lead_activities ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE lead_sources ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE lead_statuses ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE license_assignments ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE licenses ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE locations ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE lost_reasons ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE lot_features ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE lots ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE move_sources ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE networks ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE notes ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE payment_allocations ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE payments ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE pipeline_stages ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE pipelines ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE products ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE project_members ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE projects ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE quote_items ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE quotes ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE rack_items ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE racks ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE recurring_invoice_items ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE recurring_invoices ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE recurring_tickets ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE reports ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE reservations ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE role_permissions ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE role_users ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE roles ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE sales_activities ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE saved_views ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE schedule_resources ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE schedules ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE services ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE sip_credentials ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE slas ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE stages ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE step_activities ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE storage_bookings ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE storage_units ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE tags ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE tasks ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE tax_rates ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE templates ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE ticket_replies ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE ticket_time_entries ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE tickets ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE transactions ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE trips ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE user_locations ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE user_permissions ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE users ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE vendors ADD COLUMN custom_fields text COLLATE "C";
ALTER TABLE webhooks ADD COLUMN custom_fields text COLLATE "C";
