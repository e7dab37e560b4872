-- 0001_foundation: written by make migration from the entities.
CREATE TABLE addresses (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C",
  client_id bigint NOT NULL,
  contact_id bigint,
  type text COLLATE "C",
  address_line1 text COLLATE "C" NOT NULL,
  address_line2 text COLLATE "C",
  city text COLLATE "C",
  region text COLLATE "C",
  postal_code text COLLATE "C",
  country text COLLATE "C",
  is_primary bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX addresses_client_id_name_idx ON addresses (tenant_id, client_id, name NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX addresses_created_at_idx ON addresses (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE api_keys (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  user_id bigint NOT NULL,
  prefix text COLLATE "C",
  key_hash text COLLATE "C" NOT NULL,
  last_used_at bigint,
  expires_at bigint,
  revoked_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX api_keys_key_hash_key ON api_keys (tenant_id, key_hash) WHERE deleted_at IS NULL;
CREATE INDEX api_keys_user_id_idx ON api_keys (tenant_id, user_id, id) WHERE deleted_at IS NULL;
CREATE TABLE audit_logs (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint,
  action text COLLATE "C" NOT NULL,
  entity_type text COLLATE "C",
  entity_id bigint,
  changes text COLLATE "C",
  ip_address text COLLATE "C",
  user_agent text COLLATE "C",
  request_id text COLLATE "C",
  change_set_id bigint,
  chain_hash text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_logs_entity_type_entity_id_created_at_idx ON audit_logs (tenant_id, entity_type NULLS FIRST, entity_id NULLS FIRST, created_at, id);
CREATE INDEX audit_logs_created_at_idx ON audit_logs (tenant_id, created_at, id);
CREATE INDEX audit_logs_change_set_id_idx ON audit_logs (tenant_id, change_set_id NULLS FIRST, id) WHERE (change_set_id IS NOT NULL);
CREATE TABLE change_sets (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  kind text COLLATE "C" NOT NULL,
  entity_type text COLLATE "C",
  summary text COLLATE "C",
  record_count bigint,
  user_id bigint,
  undone_at bigint,
  undone_by_id bigint,
  undo_of_id bigint,
  undone_to bigint,
  conflict_count bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX change_sets_user_id_created_at_idx ON change_sets (tenant_id, user_id NULLS FIRST, created_at, id);
CREATE INDEX change_sets_undo_of_id_idx ON change_sets (tenant_id, undo_of_id NULLS FIRST, id) WHERE (undo_of_id IS NOT NULL);
CREATE TABLE clients (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C",
  company_name text COLLATE "C",
  first_name text COLLATE "C",
  last_name text COLLATE "C",
  type text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  is_active bigint,
  is_lead bigint,
  assigned_to_id bigint,
  location_id bigint,
  email text COLLATE "C",
  phone text COLLATE "C",
  website text COLLATE "C",
  industry text COLLATE "C",
  tax_number text COLLATE "C",
  preferences text COLLATE "C",
  description text COLLATE "C",
  tags text COLLATE "C",
  custom_fields text COLLATE "C",
  hourly_rate bigint,
  payment_terms_days bigint,
  contract_start_date bigint,
  contract_end_date bigint,
  currency text COLLATE "C",
  lead_id bigint,
  lead_status_id bigint,
  source text COLLATE "C",
  estimated_value bigint,
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX clients_name_idx ON clients (tenant_id, name NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_created_at_idx ON clients (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_assigned_to_id_name_idx ON clients (tenant_id, assigned_to_id NULLS FIRST, name NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_status_name_idx ON clients (tenant_id, status, name NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_email_idx ON clients (tenant_id, email NULLS FIRST, id) WHERE deleted_at IS NULL AND (email IS NOT NULL);
CREATE INDEX clients_phone_idx ON clients (tenant_id, phone NULLS FIRST, id) WHERE deleted_at IS NULL AND (phone IS NOT NULL);
CREATE TABLE contacts (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C",
  first_name text COLLATE "C",
  last_name text COLLATE "C",
  title text COLLATE "C",
  department text COLLATE "C",
  client_id bigint,
  company_name text COLLATE "C",
  contact_type text COLLATE "C",
  email text COLLATE "C",
  phone text COLLATE "C",
  mobile text COLLATE "C",
  preferred_method text COLLATE "C",
  is_primary bigint,
  is_billing bigint,
  is_technical bigint,
  is_important bigint,
  address_line1 text COLLATE "C",
  city text COLLATE "C",
  region text COLLATE "C",
  postal_code text COLLATE "C",
  country text COLLATE "C",
  description text COLLATE "C",
  tags text COLLATE "C",
  custom_fields text COLLATE "C",
  lead_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX contacts_name_idx ON contacts (tenant_id, name NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_client_id_name_idx ON contacts (tenant_id, client_id NULLS FIRST, name NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_created_at_idx ON contacts (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_email_idx ON contacts (tenant_id, email NULLS FIRST, id) WHERE deleted_at IS NULL AND (email IS NOT NULL);
CREATE INDEX contacts_phone_idx ON contacts (tenant_id, phone NULLS FIRST, id) WHERE deleted_at IS NULL AND (phone IS NOT NULL);
CREATE INDEX contacts_lead_id_idx ON contacts (tenant_id, lead_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (lead_id IS NOT NULL);
CREATE TABLE encrypted_values (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  entity_type text COLLATE "C" NOT NULL,
  entity_id bigint NOT NULL,
  field_name text COLLATE "C" NOT NULL,
  ciphertext text COLLATE "C" NOT NULL,
  iv text COLLATE "C" NOT NULL,
  tag text COLLATE "C" NOT NULL,
  algorithm text COLLATE "C" NOT NULL,
  key_id bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX encrypted_values_entity_type_entity_id_field_name_key ON encrypted_values (tenant_id, entity_type, entity_id, field_name);
CREATE INDEX encrypted_values_key_id_idx ON encrypted_values (tenant_id, key_id, id);
CREATE TABLE events (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  entity_type text COLLATE "C" NOT NULL,
  entity_id bigint NOT NULL,
  verb text COLLATE "C" NOT NULL,
  user_id bigint,
  change_set_id bigint,
  request_id text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE TABLE files (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  category text COLLATE "C",
  mime_type text COLLATE "C",
  file_size bigint,
  storage_key text COLLATE "C",
  sha256 text COLLATE "C",
  client_id bigint,
  contact_id bigint,
  location_id bigint,
  subject_type text COLLATE "C",
  subject_id bigint,
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX files_subject_type_subject_id_created_at_idx ON files (tenant_id, subject_type NULLS FIRST, subject_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX files_client_id_idx ON files (tenant_id, client_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (client_id IS NOT NULL);
CREATE INDEX files_created_at_idx ON files (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX files_name_idx ON files (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE TABLE idempotency_keys (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  key text COLLATE "C" NOT NULL,
  user_id bigint NOT NULL,
  route_hash text COLLATE "C" NOT NULL,
  request_hash text COLLATE "C" NOT NULL,
  status bigint,
  content_type text COLLATE "C",
  headers text COLLATE "C",
  body text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX idempotency_keys_user_id_key_route_hash_key ON idempotency_keys (tenant_id, user_id, key, route_hash);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (tenant_id, created_at, id);
CREATE TABLE import_mappings (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  mapping text COLLATE "C" NOT NULL,
  user_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX import_mappings_user_id_entity_name_key ON import_mappings (tenant_id, user_id NULLS FIRST, entity, name) WHERE deleted_at IS NULL;
CREATE TABLE lead_activities (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  lead_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  payload text COLLATE "C",
  user_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX lead_activities_lead_id_created_at_idx ON lead_activities (tenant_id, lead_id, created_at, id);
CREATE INDEX lead_activities_created_at_idx ON lead_activities (tenant_id, created_at, id);
CREATE TABLE lead_sources (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  type text COLLATE "C",
  quality bigint NOT NULL,
  position bigint,
  is_active bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX lead_sources_name_key ON lead_sources (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE lead_statuses (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  color text COLLATE "C" NOT NULL,
  hue text COLLATE "C" NOT NULL,
  probability bigint,
  is_default bigint,
  is_won bigint,
  is_lost bigint,
  is_closed bigint,
  requires_note bigint,
  requires_followup_date bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX lead_statuses_name_key ON lead_statuses (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE leads (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C",
  first_name text COLLATE "C",
  last_name text COLLATE "C",
  company_name text COLLATE "C",
  job_title text COLLATE "C",
  email text COLLATE "C",
  phone text COLLATE "C",
  website text COLLATE "C",
  lead_status_id bigint,
  assigned_to_id bigint,
  priority text COLLATE "C" NOT NULL,
  estimated_value bigint,
  currency text COLLATE "C",
  expected_close_on bigint,
  estimated_move_date bigint,
  next_followup_at bigint,
  next_step text COLLATE "C",
  last_contacted_at bigint,
  status_changed_at bigint,
  lead_source_id bigint,
  source text COLLATE "C",
  source_detail text COLLATE "C",
  score bigint,
  score_is_manual bigint,
  rating text COLLATE "C",
  rating_is_manual bigint,
  qualification_criteria text COLLATE "C",
  address_line1 text COLLATE "C",
  city text COLLATE "C",
  region text COLLATE "C",
  postal_code text COLLATE "C",
  country text COLLATE "C",
  location_id bigint,
  description text COLLATE "C",
  tags text COLLATE "C",
  custom_fields text COLLATE "C",
  client_id bigint,
  converted_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX leads_created_at_idx ON leads (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_lead_status_id_created_at_id_estimated_value_deleted_at_idx ON leads (tenant_id, lead_status_id NULLS FIRST, created_at, id, estimated_value NULLS FIRST, deleted_at NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX leads_assigned_to_id_created_at_idx ON leads (tenant_id, assigned_to_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_next_followup_at_idx ON leads (tenant_id, next_followup_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_name_idx ON leads (tenant_id, name NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_email_idx ON leads (tenant_id, email NULLS FIRST, id) WHERE deleted_at IS NULL AND (email IS NOT NULL);
CREATE INDEX leads_phone_idx ON leads (tenant_id, phone NULLS FIRST, id) WHERE deleted_at IS NULL AND (phone IS NOT NULL);
CREATE INDEX leads_client_id_idx ON leads (tenant_id, client_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (client_id IS NOT NULL);
CREATE TABLE locations (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint,
  contact_id bigint,
  description text COLLATE "C",
  is_primary bigint,
  is_active bigint,
  address_line1 text COLLATE "C",
  address_line2 text COLLATE "C",
  city text COLLATE "C",
  region text COLLATE "C",
  postal_code text COLLATE "C",
  country text COLLATE "C",
  phone text COLLATE "C",
  email text COLLATE "C",
  hours text COLLATE "C",
  timezone text COLLATE "C",
  photo_file_id bigint,
  notes text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX locations_client_id_name_idx ON locations (tenant_id, client_id NULLS FIRST, name, id) WHERE deleted_at IS NULL;
CREATE INDEX locations_name_idx ON locations (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX locations_created_at_idx ON locations (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE notes (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  title text COLLATE "C",
  content text COLLATE "C" NOT NULL,
  is_pinned bigint,
  subject_type text COLLATE "C" NOT NULL,
  subject_id bigint NOT NULL,
  user_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notes_subject_type_subject_id_created_at_idx ON notes (tenant_id, subject_type, subject_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX notes_created_at_idx ON notes (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX notes_user_id_created_at_idx ON notes (tenant_id, user_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE plans (
  id bigint PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  price bigint,
  currency text COLLATE "C",
  period text COLLATE "C" NOT NULL,
  limits text COLLATE "C",
  is_active bigint,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint
);
CREATE UNIQUE INDEX plans_name_key ON plans (name) WHERE deleted_at IS NULL;
CREATE TABLE role_permissions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  role_id bigint NOT NULL,
  resource text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  scope text COLLATE "C" NOT NULL,
  conditions text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX role_permissions_role_id_resource_action_key ON role_permissions (tenant_id, role_id, resource, action) WHERE deleted_at IS NULL;
CREATE TABLE role_users (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  role_id bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX role_users_user_id_role_id_key ON role_users (tenant_id, user_id, role_id) WHERE deleted_at IS NULL;
CREATE INDEX role_users_role_id_idx ON role_users (tenant_id, role_id, id) WHERE deleted_at IS NULL;
CREATE TABLE roles (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  label text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  is_system bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX roles_name_key ON roles (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE sales_activities (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  subject text COLLATE "C",
  description text COLLATE "C" NOT NULL,
  lead_id bigint,
  client_id bigint,
  contact_id bigint,
  user_id bigint NOT NULL,
  scheduled_at bigint,
  completed_at bigint,
  duration_minutes bigint,
  outcome text COLLATE "C",
  next_action text COLLATE "C",
  notes text COLLATE "C",
  cost bigint,
  currency text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX sales_activities_lead_id_created_at_idx ON sales_activities (tenant_id, lead_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX sales_activities_client_id_created_at_idx ON sales_activities (tenant_id, client_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX sales_activities_user_id_scheduled_at_idx ON sales_activities (tenant_id, user_id, scheduled_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX sales_activities_scheduled_at_idx ON sales_activities (tenant_id, scheduled_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX sales_activities_created_at_idx ON sales_activities (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE saved_views (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  view text COLLATE "C" NOT NULL,
  query text COLLATE "C",
  columns text COLLATE "C",
  position bigint,
  is_shared bigint,
  user_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX saved_views_entity_user_id_position_idx ON saved_views (tenant_id, entity, user_id NULLS FIRST, position NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX saved_views_entity_is_shared_idx ON saved_views (tenant_id, entity, is_shared NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE TABLE sessions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  token_hash text COLLATE "C" NOT NULL,
  csrf_token text COLLATE "C",
  ip_address text COLLATE "C",
  user_agent text COLLATE "C",
  last_seen_at bigint,
  expires_at bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX sessions_token_hash_key ON sessions (tenant_id, token_hash);
CREATE INDEX sessions_user_id_idx ON sessions (tenant_id, user_id, id);
CREATE TABLE tags (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  hue text COLLATE "C",
  description text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX tags_name_key ON tags (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE tasks (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  title text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  priority text COLLATE "C" NOT NULL,
  due_at bigint,
  assigned_to_id bigint,
  assigned_by_id bigint,
  completed_at bigint,
  subject_type text COLLATE "C",
  subject_id bigint,
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tasks_assigned_to_id_status_due_at_idx ON tasks (tenant_id, assigned_to_id NULLS FIRST, status, due_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_subject_type_subject_id_idx ON tasks (tenant_id, subject_type NULLS FIRST, subject_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_status_due_at_idx ON tasks (tenant_id, status, due_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_due_at_idx ON tasks (tenant_id, due_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_created_at_idx ON tasks (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE tenants (
  id bigint PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  slug text COLLATE "C",
  domain text COLLATE "C",
  email text COLLATE "C",
  phone text COLLATE "C",
  website text COLLATE "C",
  industry text COLLATE "C",
  tax_number text COLLATE "C",
  logo_key text COLLATE "C",
  timezone text COLLATE "C" NOT NULL,
  country text COLLATE "C" NOT NULL,
  currency text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  packs text COLLATE "C",
  retention_days bigint NOT NULL,
  settings text COLLATE "C",
  status text COLLATE "C",
  plan_id bigint,
  subscription_status text COLLATE "C",
  trial_ends_at bigint,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint
);
CREATE UNIQUE INDEX tenants_slug_key ON tenants (slug NULLS FIRST) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX tenants_domain_key ON tenants (domain NULLS FIRST) WHERE deleted_at IS NULL;
CREATE TABLE user_locations (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  location_id bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX user_locations_user_id_location_id_key ON user_locations (tenant_id, user_id, location_id) WHERE deleted_at IS NULL;
CREATE INDEX user_locations_location_id_idx ON user_locations (tenant_id, location_id, id) WHERE deleted_at IS NULL;
CREATE TABLE user_permissions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  resource text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  scope text COLLATE "C" NOT NULL,
  granted bigint,
  reason text COLLATE "C",
  expires_at bigint,
  granted_by_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX user_permissions_user_id_resource_action_key ON user_permissions (tenant_id, user_id, resource, action) WHERE deleted_at IS NULL;
CREATE TABLE users (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  email text COLLATE "C" NOT NULL,
  phone text COLLATE "C",
  job_title text COLLATE "C",
  photo_file_id bigint,
  location_id bigint,
  password_hash text COLLATE "C",
  must_change_password bigint,
  is_active bigint,
  email_verified_at bigint,
  last_login_at bigint,
  failed_logins bigint,
  locked_until bigint,
  timezone text COLLATE "C",
  language text COLLATE "C",
  theme text COLLATE "C",
  density text COLLATE "C",
  settings text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX users_email_key ON users (tenant_id, email) WHERE deleted_at IS NULL;
CREATE INDEX users_name_idx ON users (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX users_location_id_idx ON users (tenant_id, location_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE TABLE vault_keys (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number bigint NOT NULL,
  wrapped_key text COLLATE "C" NOT NULL,
  master_id text COLLATE "C" NOT NULL,
  algorithm text COLLATE "C" NOT NULL,
  retired_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX vault_keys_number_key ON vault_keys (tenant_id, number);
ALTER TABLE addresses ADD CONSTRAINT addresses_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE addresses ADD CONSTRAINT addresses_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE api_keys ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_change_set_id_fkey FOREIGN KEY (tenant_id, change_set_id) REFERENCES change_sets (tenant_id, id);
ALTER TABLE change_sets ADD CONSTRAINT change_sets_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE change_sets ADD CONSTRAINT change_sets_undone_by_id_fkey FOREIGN KEY (tenant_id, undone_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE change_sets ADD CONSTRAINT change_sets_undo_of_id_fkey FOREIGN KEY (tenant_id, undo_of_id) REFERENCES change_sets (tenant_id, id);
ALTER TABLE clients ADD CONSTRAINT clients_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE clients ADD CONSTRAINT clients_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE clients ADD CONSTRAINT clients_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id);
ALTER TABLE clients ADD CONSTRAINT clients_lead_status_id_fkey FOREIGN KEY (tenant_id, lead_status_id) REFERENCES lead_statuses (tenant_id, id);
ALTER TABLE contacts ADD CONSTRAINT contacts_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE contacts ADD CONSTRAINT contacts_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id);
ALTER TABLE encrypted_values ADD CONSTRAINT encrypted_values_key_id_fkey FOREIGN KEY (tenant_id, key_id) REFERENCES vault_keys (tenant_id, id);
ALTER TABLE files ADD CONSTRAINT files_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE files ADD CONSTRAINT files_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE files ADD CONSTRAINT files_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE import_mappings ADD CONSTRAINT import_mappings_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE lead_activities ADD CONSTRAINT lead_activities_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id);
ALTER TABLE lead_activities ADD CONSTRAINT lead_activities_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE leads ADD CONSTRAINT leads_lead_status_id_fkey FOREIGN KEY (tenant_id, lead_status_id) REFERENCES lead_statuses (tenant_id, id);
ALTER TABLE leads ADD CONSTRAINT leads_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE leads ADD CONSTRAINT leads_lead_source_id_fkey FOREIGN KEY (tenant_id, lead_source_id) REFERENCES lead_sources (tenant_id, id);
ALTER TABLE leads ADD CONSTRAINT leads_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE leads ADD CONSTRAINT leads_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE locations ADD CONSTRAINT locations_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE locations ADD CONSTRAINT locations_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE locations ADD CONSTRAINT locations_photo_file_id_fkey FOREIGN KEY (tenant_id, photo_file_id) REFERENCES files (tenant_id, id);
ALTER TABLE notes ADD CONSTRAINT notes_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE role_permissions ADD CONSTRAINT role_permissions_role_id_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id);
ALTER TABLE role_users ADD CONSTRAINT role_users_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE role_users ADD CONSTRAINT role_users_role_id_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id);
ALTER TABLE sales_activities ADD CONSTRAINT sales_activities_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id);
ALTER TABLE sales_activities ADD CONSTRAINT sales_activities_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE sales_activities ADD CONSTRAINT sales_activities_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE sales_activities ADD CONSTRAINT sales_activities_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE saved_views ADD CONSTRAINT saved_views_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE sessions ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE tasks ADD CONSTRAINT tasks_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE tasks ADD CONSTRAINT tasks_assigned_by_id_fkey FOREIGN KEY (tenant_id, assigned_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE tenants ADD CONSTRAINT tenants_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans (id);
ALTER TABLE user_locations ADD CONSTRAINT user_locations_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE user_locations ADD CONSTRAINT user_locations_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE user_permissions ADD CONSTRAINT user_permissions_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE user_permissions ADD CONSTRAINT user_permissions_granted_by_id_fkey FOREIGN KEY (tenant_id, granted_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE users ADD CONSTRAINT users_photo_file_id_fkey FOREIGN KEY (tenant_id, photo_file_id) REFERENCES files (tenant_id, id);
ALTER TABLE users ADD CONSTRAINT users_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
CREATE TABLE search_docs (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  entity text COLLATE "C" NOT NULL,
  lexemes tsvector NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX search_docs_lexemes_idx ON search_docs USING gin (lexemes) WITH (fastupdate = off);
CREATE FUNCTION search_hits(asked text) RETURNS SETOF bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT d.id FROM search_docs d WHERE d.lexemes @@ asked::tsquery AND +d.tenant_id = nullif(current_setting('tenon.tenant', true), '')::bigint;
END;
CREATE FUNCTION search_newest(asked text, most bigint) RETURNS TABLE (id bigint, entity text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH hits AS MATERIALIZED (
    SELECT d.id, d.entity FROM search_docs d WHERE d.lexemes @@ asked::tsquery AND +d.tenant_id = nullif(current_setting('tenon.tenant', true), '')::bigint
  )
  SELECT h.id, h.entity FROM hits h ORDER BY h.id DESC LIMIT most;
END;
