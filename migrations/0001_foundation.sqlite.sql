-- 0001_foundation: written by make migration from the entities.
CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT,
  client_id INTEGER NOT NULL,
  contact_id INTEGER,
  type TEXT,
  address_line1 TEXT NOT NULL,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  is_primary INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)
);
CREATE INDEX addresses_client_id_name_idx ON addresses (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX addresses_created_at_idx ON addresses (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  prefix TEXT,
  key_hash TEXT NOT NULL,
  last_used_at INTEGER,
  expires_at INTEGER,
  revoked_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX api_keys_key_hash_key ON api_keys (tenant_id, key_hash) WHERE deleted_at IS NULL;
CREATE INDEX api_keys_user_id_idx ON api_keys (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE TABLE audit_logs (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER,
  action TEXT NOT NULL,
  entity_type TEXT,
  entity_id INTEGER,
  changes TEXT,
  ip_address TEXT,
  user_agent TEXT,
  request_id TEXT,
  change_set_id INTEGER,
  chain_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, change_set_id) REFERENCES change_sets (tenant_id, id)
);
CREATE INDEX audit_logs_entity_type_entity_id_created_at_idx ON audit_logs (tenant_id, entity_type, entity_id, created_at);
CREATE INDEX audit_logs_created_at_idx ON audit_logs (tenant_id, created_at);
CREATE INDEX audit_logs_change_set_id_idx ON audit_logs (tenant_id, change_set_id) WHERE (change_set_id IS NOT NULL);
CREATE TABLE change_sets (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  entity_type TEXT,
  summary TEXT,
  record_count INTEGER,
  user_id INTEGER,
  undone_at INTEGER,
  undone_by_id INTEGER,
  undo_of_id INTEGER,
  undone_to INTEGER,
  conflict_count INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, undone_by_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, undo_of_id) REFERENCES change_sets (tenant_id, id)
);
CREATE INDEX change_sets_user_id_created_at_idx ON change_sets (tenant_id, user_id, created_at);
CREATE INDEX change_sets_undo_of_id_idx ON change_sets (tenant_id, undo_of_id) WHERE (undo_of_id IS NOT NULL);
CREATE TABLE clients (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT,
  company_name TEXT,
  first_name TEXT,
  last_name TEXT,
  type TEXT,
  status TEXT NOT NULL,
  is_active INTEGER,
  is_lead INTEGER,
  assigned_to_id INTEGER,
  location_id INTEGER,
  email TEXT,
  phone TEXT,
  website TEXT,
  industry TEXT,
  tax_number TEXT,
  preferences TEXT,
  description TEXT,
  tags TEXT,
  custom_fields TEXT,
  hourly_rate INTEGER,
  payment_terms_days INTEGER,
  contract_start_date INTEGER,
  contract_end_date INTEGER,
  currency TEXT,
  lead_id INTEGER,
  lead_status_id INTEGER,
  source TEXT,
  estimated_value INTEGER,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_status_id) REFERENCES lead_statuses (tenant_id, id)
);
CREATE INDEX clients_name_idx ON clients (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX clients_created_at_idx ON clients (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX clients_assigned_to_id_name_idx ON clients (tenant_id, assigned_to_id, name) WHERE deleted_at IS NULL;
CREATE INDEX clients_status_name_idx ON clients (tenant_id, status, name) WHERE deleted_at IS NULL;
CREATE INDEX clients_email_idx ON clients (tenant_id, email) WHERE deleted_at IS NULL AND (email IS NOT NULL);
CREATE INDEX clients_phone_idx ON clients (tenant_id, phone) WHERE deleted_at IS NULL AND (phone IS NOT NULL);
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT,
  first_name TEXT,
  last_name TEXT,
  title TEXT,
  department TEXT,
  client_id INTEGER,
  company_name TEXT,
  contact_type TEXT,
  email TEXT,
  phone TEXT,
  mobile TEXT,
  preferred_method TEXT,
  is_primary INTEGER,
  is_billing INTEGER,
  is_technical INTEGER,
  is_important INTEGER,
  address_line1 TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  description TEXT,
  tags TEXT,
  custom_fields TEXT,
  lead_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id)
);
CREATE INDEX contacts_name_idx ON contacts (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX contacts_client_id_name_idx ON contacts (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX contacts_created_at_idx ON contacts (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX contacts_email_idx ON contacts (tenant_id, email) WHERE deleted_at IS NULL AND (email IS NOT NULL);
CREATE INDEX contacts_phone_idx ON contacts (tenant_id, phone) WHERE deleted_at IS NULL AND (phone IS NOT NULL);
CREATE INDEX contacts_lead_id_idx ON contacts (tenant_id, lead_id) WHERE deleted_at IS NULL AND (lead_id IS NOT NULL);
CREATE TABLE encrypted_values (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  entity_type TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  field_name TEXT NOT NULL,
  ciphertext TEXT NOT NULL,
  iv TEXT NOT NULL,
  tag TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  key_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES vault_keys (tenant_id, id)
);
CREATE UNIQUE INDEX encrypted_values_entity_type_entity_id_field_name_key ON encrypted_values (tenant_id, entity_type, entity_id, field_name);
CREATE INDEX encrypted_values_key_id_idx ON encrypted_values (tenant_id, key_id);
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  entity_type TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  verb TEXT NOT NULL,
  user_id INTEGER,
  change_set_id INTEGER,
  request_id TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  category TEXT,
  mime_type TEXT,
  file_size INTEGER,
  storage_key TEXT,
  sha256 TEXT,
  client_id INTEGER,
  contact_id INTEGER,
  location_id INTEGER,
  subject_type TEXT,
  subject_id INTEGER,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE INDEX files_subject_type_subject_id_created_at_idx ON files (tenant_id, subject_type, subject_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX files_client_id_idx ON files (tenant_id, client_id) WHERE deleted_at IS NULL AND (client_id IS NOT NULL);
CREATE INDEX files_created_at_idx ON files (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX files_name_idx ON files (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE idempotency_keys (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  route_hash TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status INTEGER,
  content_type TEXT,
  headers TEXT,
  body TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX idempotency_keys_user_id_key_route_hash_key ON idempotency_keys (tenant_id, user_id, key, route_hash);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (tenant_id, created_at);
CREATE TABLE import_mappings (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  entity TEXT NOT NULL,
  mapping TEXT NOT NULL,
  user_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX import_mappings_user_id_entity_name_key ON import_mappings (tenant_id, user_id, entity, name) WHERE deleted_at IS NULL;
CREATE TABLE lead_activities (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  lead_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  payload TEXT,
  user_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX lead_activities_lead_id_created_at_idx ON lead_activities (tenant_id, lead_id, created_at);
CREATE INDEX lead_activities_created_at_idx ON lead_activities (tenant_id, created_at);
CREATE TABLE lead_sources (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT,
  quality INTEGER NOT NULL,
  position INTEGER,
  is_active INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX lead_sources_name_key ON lead_sources (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE lead_statuses (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  color TEXT NOT NULL,
  hue TEXT NOT NULL,
  probability INTEGER,
  is_default INTEGER,
  is_won INTEGER,
  is_lost INTEGER,
  is_closed INTEGER,
  requires_note INTEGER,
  requires_followup_date INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX lead_statuses_name_key ON lead_statuses (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE leads (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT,
  first_name TEXT,
  last_name TEXT,
  company_name TEXT,
  job_title TEXT,
  email TEXT,
  phone TEXT,
  website TEXT,
  lead_status_id INTEGER,
  assigned_to_id INTEGER,
  priority TEXT NOT NULL,
  estimated_value INTEGER,
  currency TEXT,
  expected_close_on INTEGER,
  estimated_move_date INTEGER,
  next_followup_at INTEGER,
  next_step TEXT,
  last_contacted_at INTEGER,
  status_changed_at INTEGER,
  lead_source_id INTEGER,
  source TEXT,
  source_detail TEXT,
  score INTEGER,
  score_is_manual INTEGER,
  rating TEXT,
  rating_is_manual INTEGER,
  qualification_criteria TEXT,
  address_line1 TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  location_id INTEGER,
  description TEXT,
  tags TEXT,
  custom_fields TEXT,
  client_id INTEGER,
  converted_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_status_id) REFERENCES lead_statuses (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_source_id) REFERENCES lead_sources (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
);
CREATE INDEX leads_created_at_idx ON leads (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX leads_lead_status_id_created_at_id_estimated_value_deleted_at_idx ON leads (tenant_id, lead_status_id, created_at, id, estimated_value, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX leads_assigned_to_id_created_at_idx ON leads (tenant_id, assigned_to_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX leads_next_followup_at_idx ON leads (tenant_id, next_followup_at) WHERE deleted_at IS NULL;
CREATE INDEX leads_name_idx ON leads (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX leads_email_idx ON leads (tenant_id, email) WHERE deleted_at IS NULL AND (email IS NOT NULL);
CREATE INDEX leads_phone_idx ON leads (tenant_id, phone) WHERE deleted_at IS NULL AND (phone IS NOT NULL);
CREATE INDEX leads_client_id_idx ON leads (tenant_id, client_id) WHERE deleted_at IS NULL AND (client_id IS NOT NULL);
CREATE TABLE locations (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER,
  contact_id INTEGER,
  description TEXT,
  is_primary INTEGER,
  is_active INTEGER,
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  phone TEXT,
  email TEXT,
  hours TEXT,
  timezone TEXT,
  photo_file_id INTEGER,
  notes TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, photo_file_id) REFERENCES files (tenant_id, id)
);
CREATE INDEX locations_client_id_name_idx ON locations (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX locations_name_idx ON locations (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX locations_created_at_idx ON locations (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  title TEXT,
  content TEXT NOT NULL,
  is_pinned INTEGER,
  subject_type TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  user_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX notes_subject_type_subject_id_created_at_idx ON notes (tenant_id, subject_type, subject_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX notes_created_at_idx ON notes (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX notes_user_id_created_at_idx ON notes (tenant_id, user_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE plans (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT,
  price INTEGER,
  currency TEXT,
  period TEXT NOT NULL,
  limits TEXT,
  is_active INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER
);
CREATE UNIQUE INDEX plans_name_key ON plans (name) WHERE deleted_at IS NULL;
CREATE TABLE role_permissions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  role_id INTEGER NOT NULL,
  resource TEXT NOT NULL,
  action TEXT NOT NULL,
  scope TEXT NOT NULL,
  conditions TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id)
);
CREATE UNIQUE INDEX role_permissions_role_id_resource_action_key ON role_permissions (tenant_id, role_id, resource, action) WHERE deleted_at IS NULL;
CREATE TABLE role_users (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  role_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id)
);
CREATE UNIQUE INDEX role_users_user_id_role_id_key ON role_users (tenant_id, user_id, role_id) WHERE deleted_at IS NULL;
CREATE INDEX role_users_role_id_idx ON role_users (tenant_id, role_id) WHERE deleted_at IS NULL;
CREATE TABLE roles (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  description TEXT,
  is_system INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX roles_name_key ON roles (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE sales_activities (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  subject TEXT,
  description TEXT NOT NULL,
  lead_id INTEGER,
  client_id INTEGER,
  contact_id INTEGER,
  user_id INTEGER NOT NULL,
  scheduled_at INTEGER,
  completed_at INTEGER,
  duration_minutes INTEGER,
  outcome TEXT,
  next_action TEXT,
  notes TEXT,
  cost INTEGER,
  currency TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX sales_activities_lead_id_created_at_idx ON sales_activities (tenant_id, lead_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX sales_activities_client_id_created_at_idx ON sales_activities (tenant_id, client_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX sales_activities_user_id_scheduled_at_idx ON sales_activities (tenant_id, user_id, scheduled_at) WHERE deleted_at IS NULL;
CREATE INDEX sales_activities_scheduled_at_idx ON sales_activities (tenant_id, scheduled_at) WHERE deleted_at IS NULL;
CREATE INDEX sales_activities_created_at_idx ON sales_activities (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE saved_views (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  entity TEXT NOT NULL,
  view TEXT NOT NULL,
  query TEXT,
  columns TEXT,
  position INTEGER,
  is_shared INTEGER,
  user_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX saved_views_entity_user_id_position_idx ON saved_views (tenant_id, entity, user_id, position) WHERE deleted_at IS NULL;
CREATE INDEX saved_views_entity_is_shared_idx ON saved_views (tenant_id, entity, is_shared) WHERE deleted_at IS NULL;
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  token_hash TEXT NOT NULL,
  csrf_token TEXT,
  ip_address TEXT,
  user_agent TEXT,
  last_seen_at INTEGER,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX sessions_token_hash_key ON sessions (tenant_id, token_hash);
CREATE INDEX sessions_user_id_idx ON sessions (tenant_id, user_id);
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  hue TEXT,
  description TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX tags_name_key ON tags (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  due_at INTEGER,
  assigned_to_id INTEGER,
  assigned_by_id INTEGER,
  completed_at INTEGER,
  subject_type TEXT,
  subject_id INTEGER,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX tasks_assigned_to_id_status_due_at_idx ON tasks (tenant_id, assigned_to_id, status, due_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_subject_type_subject_id_idx ON tasks (tenant_id, subject_type, subject_id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_status_due_at_idx ON tasks (tenant_id, status, due_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_due_at_idx ON tasks (tenant_id, due_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_created_at_idx ON tasks (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE tenants (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT,
  domain TEXT,
  email TEXT,
  phone TEXT,
  website TEXT,
  industry TEXT,
  tax_number TEXT,
  logo_key TEXT,
  timezone TEXT NOT NULL,
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  language TEXT NOT NULL,
  packs TEXT,
  retention_days INTEGER NOT NULL,
  settings TEXT,
  status TEXT,
  plan_id INTEGER,
  subscription_status TEXT,
  trial_ends_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  FOREIGN KEY (plan_id) REFERENCES plans (id)
);
CREATE UNIQUE INDEX tenants_slug_key ON tenants (slug) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX tenants_domain_key ON tenants (domain) WHERE deleted_at IS NULL;
CREATE TABLE user_locations (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE UNIQUE INDEX user_locations_user_id_location_id_key ON user_locations (tenant_id, user_id, location_id) WHERE deleted_at IS NULL;
CREATE INDEX user_locations_location_id_idx ON user_locations (tenant_id, location_id) WHERE deleted_at IS NULL;
CREATE TABLE user_permissions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  resource TEXT NOT NULL,
  action TEXT NOT NULL,
  scope TEXT NOT NULL,
  granted INTEGER,
  reason TEXT,
  expires_at INTEGER,
  granted_by_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, granted_by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX user_permissions_user_id_resource_action_key ON user_permissions (tenant_id, user_id, resource, action) WHERE deleted_at IS NULL;
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT,
  job_title TEXT,
  photo_file_id INTEGER,
  location_id INTEGER,
  password_hash TEXT,
  must_change_password INTEGER,
  is_active INTEGER,
  email_verified_at INTEGER,
  last_login_at INTEGER,
  failed_logins INTEGER,
  locked_until INTEGER,
  timezone TEXT,
  language TEXT,
  theme TEXT,
  density TEXT,
  settings TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, photo_file_id) REFERENCES files (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE UNIQUE INDEX users_email_key ON users (tenant_id, email) WHERE deleted_at IS NULL;
CREATE INDEX users_name_idx ON users (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX users_location_id_idx ON users (tenant_id, location_id) WHERE deleted_at IS NULL;
CREATE TABLE vault_keys (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  wrapped_key TEXT NOT NULL,
  master_id TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  retired_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX vault_keys_number_key ON vault_keys (tenant_id, number);
CREATE TABLE search_docs (id INTEGER PRIMARY KEY, tenant_id INTEGER NOT NULL, entity TEXT NOT NULL, words TEXT NOT NULL);
CREATE VIRTUAL TABLE search_fts USING fts5(words, content='search_docs', content_rowid='id', tokenize='tenon', prefix='11 12 13 14 15', detail=none, columnsize=0);
INSERT INTO search_fts (search_fts, rank) VALUES ('automerge', 8);
