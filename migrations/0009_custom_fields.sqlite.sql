-- 0009_custom_fields: written by make migration from the entities.
ALTER TABLE addresses ADD COLUMN custom_fields TEXT;
ALTER TABLE ai_conversations ADD COLUMN custom_fields TEXT;
ALTER TABLE ai_messages ADD COLUMN custom_fields TEXT;
ALTER TABLE ai_prompts ADD COLUMN custom_fields TEXT;
ALTER TABLE asset_interfaces ADD COLUMN custom_fields TEXT;
ALTER TABLE assets ADD COLUMN custom_fields TEXT;
ALTER TABLE availability ADD COLUMN custom_fields TEXT;
ALTER TABLE billing_plans ADD COLUMN custom_fields TEXT;
ALTER TABLE calendar_events ADD COLUMN custom_fields TEXT;
ALTER TABLE call_dispositions ADD COLUMN custom_fields TEXT;
ALTER TABLE calls ADD COLUMN custom_fields TEXT;
ALTER TABLE campaign_members ADD COLUMN custom_fields TEXT;
ALTER TABLE campaigns ADD COLUMN custom_fields TEXT;
ALTER TABLE certificates ADD COLUMN custom_fields TEXT;
ALTER TABLE commissions ADD COLUMN custom_fields TEXT;
ALTER TABLE communications ADD COLUMN custom_fields TEXT;
ALTER TABLE credentials ADD COLUMN custom_fields TEXT;
ALTER TABLE credit_notes ADD COLUMN custom_fields TEXT;
ALTER TABLE crew_members ADD COLUMN custom_fields TEXT;
ALTER TABLE crews ADD COLUMN custom_fields TEXT;
ALTER TABLE custom_fields ADD COLUMN digits INTEGER;
CREATE TABLE custom_values (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  field INTEGER NOT NULL,
  record INTEGER NOT NULL,
  number INTEGER,
  text TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE INDEX custom_values_field_number_record_idx ON custom_values (tenant_id, field, number, record) WHERE (number IS NOT NULL);
CREATE INDEX custom_values_field_text_record_idx ON custom_values (tenant_id, field, text, record) WHERE (text IS NOT NULL);
CREATE INDEX custom_values_record_field_idx ON custom_values (tenant_id, record, field);
ALTER TABLE dashboards ADD COLUMN custom_fields TEXT;
ALTER TABLE deal_conditions ADD COLUMN custom_fields TEXT;
ALTER TABLE developers ADD COLUMN custom_fields TEXT;
ALTER TABLE developments ADD COLUMN custom_fields TEXT;
ALTER TABLE documents ADD COLUMN custom_fields TEXT;
ALTER TABLE domains ADD COLUMN custom_fields TEXT;
ALTER TABLE equipment ADD COLUMN custom_fields TEXT;
ALTER TABLE equipment_assignments ADD COLUMN custom_fields TEXT;
ALTER TABLE equipment_maintenance ADD COLUMN custom_fields TEXT;
ALTER TABLE expenses ADD COLUMN custom_fields TEXT;
ALTER TABLE features ADD COLUMN custom_fields TEXT;
ALTER TABLE files ADD COLUMN custom_fields TEXT;
ALTER TABLE import_mappings ADD COLUMN custom_fields TEXT;
ALTER TABLE integrations ADD COLUMN custom_fields TEXT;
ALTER TABLE inventory_items ADD COLUMN custom_fields TEXT;
ALTER TABLE inventory_transactions ADD COLUMN custom_fields TEXT;
ALTER TABLE invoice_items ADD COLUMN custom_fields TEXT;
ALTER TABLE invoices ADD COLUMN custom_fields TEXT;
ALTER TABLE journey_crew ADD COLUMN custom_fields TEXT;
ALTER TABLE journey_entries ADD COLUMN custom_fields TEXT;
ALTER TABLE journey_steps ADD COLUMN custom_fields TEXT;
ALTER TABLE journeys ADD COLUMN custom_fields TEXT;
ALTER TABLE lead_activities ADD COLUMN custom_fields TEXT;
ALTER TABLE lead_sources ADD COLUMN custom_fields TEXT;
ALTER TABLE lead_statuses ADD COLUMN custom_fields TEXT;
ALTER TABLE license_assignments ADD COLUMN custom_fields TEXT;
ALTER TABLE licenses ADD COLUMN custom_fields TEXT;
ALTER TABLE locations ADD COLUMN custom_fields TEXT;
ALTER TABLE lost_reasons ADD COLUMN custom_fields TEXT;
ALTER TABLE lot_features ADD COLUMN custom_fields TEXT;
ALTER TABLE lots ADD COLUMN custom_fields TEXT;
ALTER TABLE move_sources ADD COLUMN custom_fields TEXT;
ALTER TABLE networks ADD COLUMN custom_fields TEXT;
ALTER TABLE notes ADD COLUMN custom_fields TEXT;
ALTER TABLE payment_allocations ADD COLUMN custom_fields TEXT;
ALTER TABLE payments ADD COLUMN custom_fields TEXT;
ALTER TABLE pipeline_stages ADD COLUMN custom_fields TEXT;
ALTER TABLE pipelines ADD COLUMN custom_fields TEXT;
ALTER TABLE products ADD COLUMN custom_fields TEXT;
ALTER TABLE project_members ADD COLUMN custom_fields TEXT;
ALTER TABLE projects ADD COLUMN custom_fields TEXT;
ALTER TABLE quote_items ADD COLUMN custom_fields TEXT;
ALTER TABLE quotes ADD COLUMN custom_fields TEXT;
ALTER TABLE rack_items ADD COLUMN custom_fields TEXT;
ALTER TABLE racks ADD COLUMN custom_fields TEXT;
ALTER TABLE recurring_invoice_items ADD COLUMN custom_fields TEXT;
ALTER TABLE recurring_invoices ADD COLUMN custom_fields TEXT;
ALTER TABLE recurring_tickets ADD COLUMN custom_fields TEXT;
ALTER TABLE reports ADD COLUMN custom_fields TEXT;
ALTER TABLE reservations ADD COLUMN custom_fields TEXT;
ALTER TABLE role_permissions ADD COLUMN custom_fields TEXT;
ALTER TABLE role_users ADD COLUMN custom_fields TEXT;
ALTER TABLE roles ADD COLUMN custom_fields TEXT;
ALTER TABLE sales_activities ADD COLUMN custom_fields TEXT;
ALTER TABLE saved_views ADD COLUMN custom_fields TEXT;
ALTER TABLE schedule_resources ADD COLUMN custom_fields TEXT;
ALTER TABLE schedules ADD COLUMN custom_fields TEXT;
ALTER TABLE services ADD COLUMN custom_fields TEXT;
ALTER TABLE sip_credentials ADD COLUMN custom_fields TEXT;
ALTER TABLE slas ADD COLUMN custom_fields TEXT;
ALTER TABLE stages ADD COLUMN custom_fields TEXT;
ALTER TABLE step_activities ADD COLUMN custom_fields TEXT;
ALTER TABLE storage_bookings ADD COLUMN custom_fields TEXT;
ALTER TABLE storage_units ADD COLUMN custom_fields TEXT;
ALTER TABLE tags ADD COLUMN custom_fields TEXT;
ALTER TABLE tasks ADD COLUMN custom_fields TEXT;
ALTER TABLE tax_rates ADD COLUMN custom_fields TEXT;
ALTER TABLE templates ADD COLUMN custom_fields TEXT;
ALTER TABLE ticket_replies ADD COLUMN custom_fields TEXT;
ALTER TABLE ticket_time_entries ADD COLUMN custom_fields TEXT;
ALTER TABLE tickets ADD COLUMN custom_fields TEXT;
ALTER TABLE transactions ADD COLUMN custom_fields TEXT;
ALTER TABLE trips ADD COLUMN custom_fields TEXT;
ALTER TABLE user_locations ADD COLUMN custom_fields TEXT;
ALTER TABLE user_permissions ADD COLUMN custom_fields TEXT;
ALTER TABLE users ADD COLUMN custom_fields TEXT;
ALTER TABLE vendors ADD COLUMN custom_fields TEXT;
ALTER TABLE webhooks ADD COLUMN custom_fields TEXT;
