-- 0006_packs: written by make migration from the entities.
CREATE TABLE ai_conversations (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  title TEXT,
  user_id INTEGER,
  lead_id INTEGER,
  subject_type TEXT,
  subject_id INTEGER,
  ai_prompt_id INTEGER,
  context TEXT,
  messages_count INTEGER,
  tokens_total INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
  FOREIGN KEY (tenant_id, ai_prompt_id) REFERENCES ai_prompts (tenant_id, id)
);
CREATE INDEX ai_conversations_user_id_created_at_idx ON ai_conversations (tenant_id, user_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX ai_conversations_lead_id_idx ON ai_conversations (tenant_id, lead_id) WHERE deleted_at IS NULL;
CREATE INDEX ai_conversations_subject_type_subject_id_idx ON ai_conversations (tenant_id, subject_type, subject_id) WHERE deleted_at IS NULL;
CREATE INDEX ai_conversations_created_at_idx ON ai_conversations (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE ai_messages (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  role TEXT NOT NULL,
  content TEXT NOT NULL,
  model TEXT,
  tokens INTEGER,
  duration_ms INTEGER,
  rating TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES ai_conversations (tenant_id, id)
);
CREATE INDEX ai_messages_conversation_id_created_at_idx ON ai_messages (tenant_id, conversation_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX ai_messages_created_at_idx ON ai_messages (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE ai_prompts (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  description TEXT,
  system_message TEXT,
  content TEXT NOT NULL,
  variables TEXT,
  output_format TEXT,
  model TEXT NOT NULL,
  temperature INTEGER NOT NULL,
  max_tokens INTEGER NOT NULL,
  is_system INTEGER,
  is_active INTEGER,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX ai_prompts_name_key ON ai_prompts (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX ai_prompts_category_name_idx ON ai_prompts (tenant_id, category, name) WHERE deleted_at IS NULL;
CREATE INDEX ai_prompts_created_at_idx ON ai_prompts (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE asset_interfaces (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  asset_id INTEGER NOT NULL,
  type TEXT,
  mac_address TEXT,
  network_id INTEGER,
  ip_address TEXT,
  is_dhcp INTEGER,
  is_primary INTEGER,
  connected_to_id INTEGER,
  speed_mbps INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, network_id) REFERENCES networks (tenant_id, id),
  FOREIGN KEY (tenant_id, connected_to_id) REFERENCES asset_interfaces (tenant_id, id)
);
CREATE UNIQUE INDEX asset_interfaces_asset_id_name_key ON asset_interfaces (tenant_id, asset_id, name) WHERE deleted_at IS NULL;
CREATE INDEX asset_interfaces_network_id_ip_address_idx ON asset_interfaces (tenant_id, network_id, ip_address) WHERE deleted_at IS NULL;
CREATE INDEX asset_interfaces_name_idx ON asset_interfaces (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX asset_interfaces_created_at_idx ON asset_interfaces (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE assets (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  asset_tag TEXT,
  description TEXT,
  is_critical INTEGER,
  location_id INTEGER,
  contact_id INTEGER,
  parent_asset_id INTEGER,
  vendor_id INTEGER,
  make TEXT,
  model TEXT,
  serial_number TEXT,
  os TEXT,
  network_id INTEGER,
  ip_address TEXT,
  nat_ip_address TEXT,
  mac_address TEXT,
  url TEXT,
  rmm_id TEXT,
  purchase_date INTEGER,
  cost INTEGER,
  currency TEXT,
  installed_on INTEGER,
  warranty_expires_on INTEGER,
  support_status TEXT,
  next_maintenance_on INTEGER,
  notes TEXT,
  tags TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, parent_asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id),
  FOREIGN KEY (tenant_id, network_id) REFERENCES networks (tenant_id, id)
);
CREATE INDEX assets_client_id_name_idx ON assets (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX assets_name_idx ON assets (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX assets_created_at_idx ON assets (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX assets_type_status_idx ON assets (tenant_id, type, status) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX assets_client_id_asset_tag_key ON assets (tenant_id, client_id, asset_tag) WHERE deleted_at IS NULL AND (asset_tag IS NOT NULL);
CREATE INDEX assets_location_id_idx ON assets (tenant_id, location_id) WHERE deleted_at IS NULL;
CREATE INDEX assets_warranty_expires_on_idx ON assets (tenant_id, warranty_expires_on) WHERE deleted_at IS NULL AND (warranty_expires_on IS NOT NULL);
CREATE TABLE availability (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  date INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  is_available INTEGER NOT NULL,
  type TEXT NOT NULL,
  reason TEXT,
  notes TEXT,
  is_recurring INTEGER,
  recurring_pattern TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX availability_user_id_date_idx ON availability (tenant_id, user_id, date) WHERE deleted_at IS NULL;
CREATE INDEX availability_date_idx ON availability (tenant_id, date) WHERE deleted_at IS NULL;
CREATE INDEX availability_created_at_idx ON availability (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE billing_plans (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  plan_type TEXT NOT NULL,
  status TEXT NOT NULL,
  monthly_rate INTEGER NOT NULL,
  currency TEXT,
  billing_day INTEGER,
  features TEXT,
  limits TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX billing_plans_name_key ON billing_plans (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX billing_plans_created_at_idx ON billing_plans (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE calendar_events (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  type TEXT,
  status TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  is_all_day INTEGER,
  place TEXT,
  location_id INTEGER,
  rrule TEXT,
  reminder_minutes INTEGER,
  user_id INTEGER,
  client_id INTEGER,
  contact_id INTEGER,
  attendees TEXT,
  subject_type TEXT,
  subject_id INTEGER,
  description TEXT,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)
);
CREATE INDEX calendar_events_starts_at_idx ON calendar_events (tenant_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX calendar_events_user_id_starts_at_idx ON calendar_events (tenant_id, user_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX calendar_events_client_id_starts_at_idx ON calendar_events (tenant_id, client_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX calendar_events_subject_type_subject_id_idx ON calendar_events (tenant_id, subject_type, subject_id) WHERE deleted_at IS NULL;
CREATE INDEX calendar_events_created_at_idx ON calendar_events (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE call_dispositions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  hue TEXT NOT NULL,
  is_default INTEGER NOT NULL,
  is_reached INTEGER NOT NULL,
  requires_note INTEGER NOT NULL,
  is_active INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX call_dispositions_name_key ON call_dispositions (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE calls (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  direction TEXT NOT NULL,
  from_number TEXT NOT NULL,
  to_number TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  subject_type TEXT,
  subject_id INTEGER,
  started_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  duration_seconds INTEGER,
  disposition_id INTEGER,
  wrapup_notes TEXT,
  pbx_call_id TEXT,
  recording_url TEXT,
  campaign_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, disposition_id) REFERENCES call_dispositions (tenant_id, id),
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id)
);
CREATE UNIQUE INDEX calls_pbx_call_id_key ON calls (tenant_id, pbx_call_id) WHERE deleted_at IS NULL;
CREATE INDEX calls_started_at_idx ON calls (tenant_id, started_at) WHERE deleted_at IS NULL;
CREATE INDEX calls_user_id_started_at_idx ON calls (tenant_id, user_id, started_at) WHERE deleted_at IS NULL;
CREATE INDEX calls_subject_type_subject_id_idx ON calls (tenant_id, subject_type, subject_id) WHERE deleted_at IS NULL;
CREATE INDEX calls_disposition_id_idx ON calls (tenant_id, disposition_id) WHERE deleted_at IS NULL;
CREATE INDEX calls_created_at_idx ON calls (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE campaign_members (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  campaign_id INTEGER NOT NULL,
  lead_id INTEGER,
  contact_id INTEGER,
  status TEXT NOT NULL,
  sent_at INTEGER,
  responded_at INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)
);
CREATE UNIQUE INDEX campaign_members_campaign_id_lead_id_key ON campaign_members (tenant_id, campaign_id, lead_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX campaign_members_campaign_id_contact_id_key ON campaign_members (tenant_id, campaign_id, contact_id) WHERE deleted_at IS NULL;
CREATE INDEX campaign_members_lead_id_idx ON campaign_members (tenant_id, lead_id) WHERE deleted_at IS NULL;
CREATE INDEX campaign_members_contact_id_idx ON campaign_members (tenant_id, contact_id) WHERE deleted_at IS NULL;
CREATE INDEX campaign_members_created_at_idx ON campaign_members (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  description TEXT,
  start_date INTEGER,
  end_date INTEGER,
  budget INTEGER,
  spent INTEGER,
  currency TEXT,
  template_id INTEGER,
  members_count INTEGER,
  responses_count INTEGER,
  deals_count INTEGER,
  metrics TEXT,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, template_id) REFERENCES templates (tenant_id, id)
);
CREATE INDEX campaigns_name_idx ON campaigns (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX campaigns_status_start_date_idx ON campaigns (tenant_id, status, start_date) WHERE deleted_at IS NULL;
CREATE INDEX campaigns_user_id_idx ON campaigns (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX campaigns_created_at_idx ON campaigns (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE certificates (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  type TEXT,
  domain TEXT,
  domain_id INTEGER,
  asset_id INTEGER,
  issuer TEXT,
  serial_number TEXT,
  algorithm TEXT,
  fingerprint TEXT,
  issue_date INTEGER,
  expiry_date INTEGER,
  auto_renews INTEGER,
  renewed_on INTEGER,
  checked_at INTEGER,
  cost INTEGER,
  currency TEXT,
  private_key INTEGER,
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
  FOREIGN KEY (tenant_id, domain_id) REFERENCES domains (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id)
);
CREATE INDEX certificates_client_id_name_idx ON certificates (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX certificates_name_idx ON certificates (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX certificates_expiry_date_idx ON certificates (tenant_id, expiry_date) WHERE deleted_at IS NULL;
CREATE INDEX certificates_created_at_idx ON certificates (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE commissions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  deal_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  invoice_id INTEGER,
  description TEXT,
  type TEXT NOT NULL,
  status TEXT,
  base_amount INTEGER,
  rate INTEGER,
  split_percent INTEGER,
  amount INTEGER NOT NULL,
  tax_amount INTEGER,
  currency TEXT,
  approved_by_id INTEGER,
  approved_at INTEGER,
  payment_date INTEGER,
  payment_reference TEXT,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX commissions_deal_id_user_id_type_key ON commissions (tenant_id, deal_id, user_id, type) WHERE deleted_at IS NULL;
CREATE INDEX commissions_user_id_status_idx ON commissions (tenant_id, user_id, status) WHERE deleted_at IS NULL;
CREATE INDEX commissions_status_idx ON commissions (tenant_id, status) WHERE deleted_at IS NULL;
CREATE INDEX commissions_invoice_id_idx ON commissions (tenant_id, invoice_id) WHERE deleted_at IS NULL;
CREATE INDEX commissions_created_at_idx ON commissions (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE communications (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  direction TEXT NOT NULL,
  recipient TEXT NOT NULL,
  sender TEXT,
  subject TEXT,
  content TEXT NOT NULL,
  status TEXT,
  client_id INTEGER,
  contact_id INTEGER,
  subject_type TEXT,
  subject_id INTEGER,
  template_id INTEGER,
  variables TEXT,
  attachments TEXT,
  sent_at INTEGER,
  delivered_at INTEGER,
  read_at INTEGER,
  failed_at INTEGER,
  failure_reason TEXT,
  message_id TEXT,
  metadata TEXT,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, template_id) REFERENCES templates (tenant_id, id)
);
CREATE INDEX communications_created_at_idx ON communications (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX communications_client_id_created_at_idx ON communications (tenant_id, client_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX communications_subject_type_subject_id_idx ON communications (tenant_id, subject_type, subject_id) WHERE deleted_at IS NULL;
CREATE INDEX communications_status_created_at_idx ON communications (tenant_id, status, created_at) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX communications_message_id_key ON communications (tenant_id, message_id) WHERE deleted_at IS NULL;
CREATE TABLE credentials (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  type TEXT,
  username TEXT,
  password INTEGER,
  totp_secret INTEGER,
  url TEXT,
  environment TEXT,
  access_level TEXT,
  asset_id INTEGER,
  contact_id INTEGER,
  location_id INTEGER,
  is_shared INTEGER,
  expires_on INTEGER,
  changed_on INTEGER,
  notes TEXT,
  tags TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE INDEX credentials_client_id_name_idx ON credentials (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX credentials_name_idx ON credentials (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX credentials_asset_id_idx ON credentials (tenant_id, asset_id) WHERE deleted_at IS NULL;
CREATE INDEX credentials_created_at_idx ON credentials (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE credit_notes (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  client_id INTEGER NOT NULL,
  invoice_id INTEGER,
  status TEXT,
  issue_date INTEGER NOT NULL,
  reason TEXT NOT NULL,
  amount INTEGER NOT NULL,
  tax_amount INTEGER,
  currency TEXT,
  allocated_amount INTEGER,
  amount_left INTEGER,
  issued_at INTEGER,
  notes TEXT,
  xero_credit_note_id TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id)
);
CREATE UNIQUE INDEX credit_notes_number_key ON credit_notes (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX credit_notes_client_id_created_at_idx ON credit_notes (tenant_id, client_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX credit_notes_invoice_id_idx ON credit_notes (tenant_id, invoice_id) WHERE deleted_at IS NULL;
CREATE INDEX credit_notes_created_at_idx ON credit_notes (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE crew_members (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  crew_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  role TEXT NOT NULL,
  joined_on INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, crew_id) REFERENCES crews (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX crew_members_crew_id_user_id_key ON crew_members (tenant_id, crew_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX crew_members_user_id_idx ON crew_members (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX crew_members_created_at_idx ON crew_members (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE crews (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  location_id INTEGER NOT NULL,
  lead_id INTEGER,
  color TEXT,
  is_active INTEGER,
  members_count INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX crews_location_id_name_key ON crews (tenant_id, location_id, name) WHERE deleted_at IS NULL;
CREATE INDEX crews_name_idx ON crews (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX crews_created_at_idx ON crews (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE custom_fields (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  entity TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  choices TEXT,
  target TEXT,
  help TEXT,
  section TEXT,
  position INTEGER,
  is_required INTEGER,
  is_filterable INTEGER,
  is_in_list INTEGER,
  is_active INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX custom_fields_entity_name_key ON custom_fields (tenant_id, entity, name) WHERE deleted_at IS NULL;
CREATE INDEX custom_fields_created_at_idx ON custom_fields (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE dashboards (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  description TEXT,
  is_default INTEGER,
  is_public INTEGER,
  layout TEXT NOT NULL,
  widgets TEXT NOT NULL,
  refresh_seconds INTEGER,
  theme TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX dashboards_user_id_name_key ON dashboards (tenant_id, user_id, name) WHERE deleted_at IS NULL;
CREATE INDEX dashboards_name_idx ON dashboards (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX dashboards_created_at_idx ON dashboards (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE deal_conditions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  deal_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  status TEXT,
  due_date INTEGER NOT NULL,
  responsible TEXT,
  description TEXT,
  satisfied_at INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id)
);
CREATE INDEX deal_conditions_deal_id_due_date_idx ON deal_conditions (tenant_id, deal_id, due_date) WHERE deleted_at IS NULL;
CREATE INDEX deal_conditions_status_due_date_idx ON deal_conditions (tenant_id, status, due_date) WHERE deleted_at IS NULL;
CREATE INDEX deal_conditions_due_date_idx ON deal_conditions (tenant_id, due_date) WHERE deleted_at IS NULL;
CREATE INDEX deal_conditions_created_at_idx ON deal_conditions (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE deals (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  status TEXT,
  pipeline_stage_id INTEGER,
  stage TEXT,
  pipeline_id INTEGER,
  assigned_to_id INTEGER,
  client_id INTEGER,
  contact_id INTEGER,
  lead_id INTEGER,
  campaign_id INTEGER,
  location_id INTEGER,
  lot_id INTEGER,
  type TEXT,
  value INTEGER,
  currency TEXT,
  probability INTEGER,
  weighted_value INTEGER,
  expected_close_date INTEGER,
  actual_close_date INTEGER,
  stage_changed_at INTEGER,
  lost_reason_id INTEGER,
  lost_notes TEXT,
  finance_due_date INTEGER,
  settlement_date INTEGER,
  open_conditions INTEGER,
  description TEXT,
  tags TEXT,
  custom_fields TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, pipeline_stage_id) REFERENCES pipeline_stages (tenant_id, id),
  FOREIGN KEY (tenant_id, pipeline_id) REFERENCES pipelines (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, lot_id) REFERENCES lots (tenant_id, id),
  FOREIGN KEY (tenant_id, lost_reason_id) REFERENCES lost_reasons (tenant_id, id)
);
CREATE INDEX deals_created_at_idx ON deals (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX deals_pipeline_stage_id_created_at_idx ON deals (tenant_id, pipeline_stage_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX deals_assigned_to_id_status_idx ON deals (tenant_id, assigned_to_id, status) WHERE deleted_at IS NULL;
CREATE INDEX deals_client_id_created_at_idx ON deals (tenant_id, client_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX deals_status_expected_close_date_idx ON deals (tenant_id, status, expected_close_date) WHERE deleted_at IS NULL;
CREATE INDEX deals_lot_id_idx ON deals (tenant_id, lot_id) WHERE deleted_at IS NULL AND (lot_id IS NOT NULL);
CREATE INDEX deals_lead_id_idx ON deals (tenant_id, lead_id) WHERE deleted_at IS NULL AND (lead_id IS NOT NULL);
CREATE TABLE developers (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  tax_number TEXT,
  description TEXT,
  is_active INTEGER,
  developments_count INTEGER,
  contact_id INTEGER,
  email TEXT,
  phone TEXT,
  website TEXT,
  address_line1 TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  logo_file_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, logo_file_id) REFERENCES files (tenant_id, id)
);
CREATE UNIQUE INDEX developers_name_key ON developers (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX developers_created_at_idx ON developers (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE developments (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  slug TEXT,
  developer_id INTEGER,
  status TEXT NOT NULL,
  type TEXT,
  description TEXT,
  is_featured INTEGER NOT NULL,
  assigned_to_id INTEGER,
  total_lots INTEGER,
  available_lots INTEGER,
  sold_lots INTEGER,
  min_price INTEGER,
  max_price INTEGER,
  currency TEXT,
  address_line1 TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  latitude INTEGER,
  longitude INTEGER,
  start_date INTEGER,
  estimated_completion INTEGER,
  completed_on INTEGER,
  website TEXT,
  tags TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, developer_id) REFERENCES developers (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX developments_slug_key ON developments (tenant_id, slug) WHERE deleted_at IS NULL;
CREATE INDEX developments_name_idx ON developments (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX developments_developer_id_idx ON developments (tenant_id, developer_id) WHERE deleted_at IS NULL;
CREATE INDEX developments_status_name_idx ON developments (tenant_id, status, name) WHERE deleted_at IS NULL;
CREATE INDEX developments_created_at_idx ON developments (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE document_versions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  document_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  content TEXT,
  file_id INTEGER,
  change_note TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id),
  FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id)
);
CREATE UNIQUE INDEX document_versions_document_id_number_key ON document_versions (tenant_id, document_id, number) WHERE deleted_at IS NULL;
CREATE INDEX document_versions_number_idx ON document_versions (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX document_versions_created_at_idx ON document_versions (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  category TEXT,
  description TEXT,
  content TEXT,
  file_id INTEGER,
  versions_count INTEGER,
  contact_id INTEGER,
  location_id INTEGER,
  review_on INTEGER,
  is_template INTEGER,
  tags TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE INDEX documents_client_id_name_idx ON documents (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX documents_name_idx ON documents (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX documents_created_at_idx ON documents (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE domains (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  domain_name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  registrar TEXT,
  registrar_url TEXT,
  registration_date INTEGER,
  expiry_date INTEGER,
  auto_renews INTEGER,
  renewed_on INTEGER,
  checked_at INTEGER,
  nameservers TEXT,
  dns_provider TEXT,
  dns_records TEXT,
  is_locked INTEGER,
  has_privacy INTEGER,
  transfer_code INTEGER,
  cost INTEGER,
  currency TEXT,
  notes TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
);
CREATE UNIQUE INDEX domains_domain_name_key ON domains (tenant_id, domain_name) WHERE deleted_at IS NULL;
CREATE INDEX domains_client_id_domain_name_idx ON domains (tenant_id, client_id, domain_name) WHERE deleted_at IS NULL;
CREATE INDEX domains_expiry_date_idx ON domains (tenant_id, expiry_date) WHERE deleted_at IS NULL;
CREATE INDEX domains_created_at_idx ON domains (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE equipment (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  location_id INTEGER NOT NULL,
  assigned_to_id INTEGER,
  current_location TEXT,
  manufacturer TEXT,
  model TEXT,
  year INTEGER,
  serial_number TEXT,
  license_plate TEXT,
  capacity TEXT,
  specifications TEXT,
  purchase_date INTEGER,
  purchase_price INTEGER,
  depreciation_rate INTEGER,
  current_value INTEGER,
  currency TEXT,
  last_maintenance_on INTEGER,
  maintenance_interval_days INTEGER,
  next_maintenance_on INTEGER,
  maintenance_schedule TEXT,
  odometer_km INTEGER,
  registration_expires_on INTEGER,
  insurance_expires_on INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX equipment_location_id_name_idx ON equipment (tenant_id, location_id, name) WHERE deleted_at IS NULL;
CREATE INDEX equipment_name_idx ON equipment (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX equipment_type_status_idx ON equipment (tenant_id, type, status) WHERE deleted_at IS NULL;
CREATE INDEX equipment_next_maintenance_on_idx ON equipment (tenant_id, next_maintenance_on) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX equipment_license_plate_key ON equipment (tenant_id, license_plate) WHERE deleted_at IS NULL;
CREATE INDEX equipment_created_at_idx ON equipment (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE equipment_assignments (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  equipment_id INTEGER NOT NULL,
  journey_id INTEGER,
  user_id INTEGER,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  status TEXT,
  purpose TEXT,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, equipment_id) REFERENCES equipment (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX equipment_assignments_equipment_id_starts_at_idx ON equipment_assignments (tenant_id, equipment_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX equipment_assignments_journey_id_idx ON equipment_assignments (tenant_id, journey_id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_assignments_user_id_idx ON equipment_assignments (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_assignments_starts_at_idx ON equipment_assignments (tenant_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX equipment_assignments_created_at_idx ON equipment_assignments (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE equipment_maintenance (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  equipment_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  performed_by_id INTEGER,
  vendor_id INTEGER,
  performed_at INTEGER NOT NULL,
  next_due_date INTEGER,
  odometer_km INTEGER,
  cost INTEGER,
  currency TEXT,
  labor_hours INTEGER,
  parts TEXT,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, equipment_id) REFERENCES equipment (tenant_id, id),
  FOREIGN KEY (tenant_id, performed_by_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id)
);
CREATE INDEX equipment_maintenance_equipment_id_performed_at_idx ON equipment_maintenance (tenant_id, equipment_id, performed_at) WHERE deleted_at IS NULL;
CREATE INDEX equipment_maintenance_performed_at_idx ON equipment_maintenance (tenant_id, performed_at) WHERE deleted_at IS NULL;
CREATE INDEX equipment_maintenance_created_at_idx ON equipment_maintenance (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE expenses (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  description TEXT NOT NULL,
  category TEXT NOT NULL,
  status TEXT,
  user_id INTEGER NOT NULL,
  expense_date INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  tax_amount INTEGER,
  currency TEXT,
  payment_method TEXT,
  vendor_id INTEGER,
  receipt_file_id INTEGER,
  client_id INTEGER,
  project_id INTEGER,
  journey_id INTEGER,
  trip_id INTEGER,
  is_billable INTEGER,
  markup_percent INTEGER,
  approved_by_id INTEGER,
  approved_at INTEGER,
  rejection_reason TEXT,
  reimbursed_at INTEGER,
  notes TEXT,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id),
  FOREIGN KEY (tenant_id, receipt_file_id) REFERENCES files (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, trip_id) REFERENCES trips (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX expenses_number_key ON expenses (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX expenses_user_id_expense_date_idx ON expenses (tenant_id, user_id, expense_date) WHERE deleted_at IS NULL;
CREATE INDEX expenses_status_idx ON expenses (tenant_id, status) WHERE deleted_at IS NULL;
CREATE INDEX expenses_client_id_idx ON expenses (tenant_id, client_id) WHERE deleted_at IS NULL;
CREATE INDEX expenses_project_id_idx ON expenses (tenant_id, project_id) WHERE deleted_at IS NULL;
CREATE INDEX expenses_created_at_idx ON expenses (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE features (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  category TEXT,
  description TEXT,
  lots_count INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX features_name_key ON features (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX features_created_at_idx ON features (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE integration_sync_logs (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  integration_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  completed_at INTEGER,
  duration_seconds INTEGER,
  records_processed INTEGER,
  records_created INTEGER,
  records_updated INTEGER,
  records_failed INTEGER,
  error TEXT,
  details TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations (tenant_id, id)
);
CREATE INDEX integration_sync_logs_integration_id_started_at_idx ON integration_sync_logs (tenant_id, integration_id, started_at) WHERE deleted_at IS NULL;
CREATE INDEX integration_sync_logs_created_at_idx ON integration_sync_logs (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE integrations (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  provider TEXT,
  provider_version TEXT,
  description TEXT,
  status TEXT,
  config TEXT NOT NULL,
  base_url TEXT,
  credentials INTEGER,
  direction TEXT NOT NULL,
  auto_sync INTEGER,
  sync_interval_minutes INTEGER,
  last_sync_at INTEGER,
  next_sync_at INTEGER,
  error_count INTEGER,
  last_error TEXT,
  syncs_count INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX integrations_name_key ON integrations (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX integrations_status_next_sync_at_idx ON integrations (tenant_id, status, next_sync_at) WHERE deleted_at IS NULL;
CREATE INDEX integrations_created_at_idx ON integrations (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE inventory_items (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  location_id INTEGER NOT NULL,
  category TEXT NOT NULL,
  subcategory TEXT,
  sku TEXT,
  barcode TEXT,
  description TEXT,
  is_active INTEGER,
  quantity INTEGER,
  min_quantity INTEGER NOT NULL,
  max_quantity INTEGER,
  last_restocked INTEGER,
  last_used INTEGER,
  expiry_date INTEGER,
  unit_cost INTEGER NOT NULL,
  unit_price INTEGER NOT NULL,
  currency TEXT,
  dimensions TEXT,
  specifications TEXT,
  supplier TEXT,
  supplier_contact TEXT,
  supplier_email TEXT,
  supplier_phone TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE UNIQUE INDEX inventory_items_location_id_sku_key ON inventory_items (tenant_id, location_id, sku) WHERE deleted_at IS NULL;
CREATE INDEX inventory_items_location_id_name_idx ON inventory_items (tenant_id, location_id, name) WHERE deleted_at IS NULL;
CREATE INDEX inventory_items_name_idx ON inventory_items (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX inventory_items_barcode_idx ON inventory_items (tenant_id, barcode) WHERE deleted_at IS NULL;
CREATE INDEX inventory_items_created_at_idx ON inventory_items (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE inventory_transactions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  inventory_item_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_cost INTEGER,
  total_cost INTEGER,
  currency TEXT,
  journey_id INTEGER,
  reference TEXT,
  notes TEXT,
  transacted_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, inventory_item_id) REFERENCES inventory_items (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id)
);
CREATE INDEX inventory_transactions_inventory_item_id_transacted_at_idx ON inventory_transactions (tenant_id, inventory_item_id, transacted_at);
CREATE INDEX inventory_transactions_transacted_at_idx ON inventory_transactions (tenant_id, transacted_at);
CREATE INDEX inventory_transactions_journey_id_idx ON inventory_transactions (tenant_id, journey_id);
CREATE INDEX inventory_transactions_created_at_idx ON inventory_transactions (tenant_id, created_at);
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  email TEXT NOT NULL,
  name TEXT,
  role_id INTEGER NOT NULL,
  location_id INTEGER,
  token_hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  accepted_at INTEGER,
  revoked_at INTEGER,
  user_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX invitations_token_hash_key ON invitations (tenant_id, token_hash) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invitations_email_key ON invitations (tenant_id, email) WHERE deleted_at IS NULL AND (accepted_at IS NULL AND revoked_at IS NULL);
CREATE INDEX invitations_created_at_idx ON invitations (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE invoice_items (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  invoice_id INTEGER NOT NULL,
  position INTEGER,
  product_id INTEGER,
  description TEXT NOT NULL,
  category TEXT,
  subcategory TEXT,
  quantity INTEGER NOT NULL,
  unit TEXT,
  unit_price INTEGER NOT NULL,
  currency TEXT,
  discount_percent INTEGER,
  tax_rate_id INTEGER,
  tax_rate INTEGER,
  tax_amount INTEGER,
  total_price INTEGER,
  ticket_time_entry_id INTEGER,
  expense_id INTEGER,
  trip_id INTEGER,
  account_code TEXT,
  xero_line_item_id TEXT,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
  FOREIGN KEY (tenant_id, tax_rate_id) REFERENCES tax_rates (tenant_id, id),
  FOREIGN KEY (tenant_id, ticket_time_entry_id) REFERENCES ticket_time_entries (tenant_id, id),
  FOREIGN KEY (tenant_id, expense_id) REFERENCES expenses (tenant_id, id),
  FOREIGN KEY (tenant_id, trip_id) REFERENCES trips (tenant_id, id)
);
CREATE INDEX invoice_items_invoice_id_position_idx ON invoice_items (tenant_id, invoice_id, position) WHERE deleted_at IS NULL;
CREATE INDEX invoice_items_product_id_idx ON invoice_items (tenant_id, product_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoice_items_ticket_time_entry_id_key ON invoice_items (tenant_id, ticket_time_entry_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoice_items_expense_id_key ON invoice_items (tenant_id, expense_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoice_items_trip_id_key ON invoice_items (tenant_id, trip_id) WHERE deleted_at IS NULL;
CREATE INDEX invoice_items_position_idx ON invoice_items (tenant_id, position) WHERE deleted_at IS NULL;
CREATE INDEX invoice_items_created_at_idx ON invoice_items (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  client_id INTEGER NOT NULL,
  contact_id INTEGER,
  status TEXT,
  invoice_date INTEGER NOT NULL,
  due_date INTEGER NOT NULL,
  reference TEXT,
  description TEXT,
  deal_id INTEGER,
  quote_id INTEGER,
  project_id INTEGER,
  journey_id INTEGER,
  location_id INTEGER,
  recurring_invoice_id INTEGER,
  occurrence TEXT,
  currency TEXT,
  prices_include_tax INTEGER,
  tax_rate INTEGER,
  tax_exempt INTEGER,
  subtotal INTEGER,
  tax_amount INTEGER,
  total_amount INTEGER,
  amount_paid INTEGER,
  amount_due INTEGER,
  lines_count INTEGER,
  payment_method TEXT,
  paid_date INTEGER,
  is_recurring INTEGER,
  recurring_schedule TEXT,
  terms TEXT,
  notes TEXT,
  sent_at INTEGER,
  viewed_at INTEGER,
  cancelled_at INTEGER,
  cancellation_reason TEXT,
  xero_invoice_id TEXT,
  xero_contact_id TEXT,
  last_synced_at INTEGER,
  tags TEXT,
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
  FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id),
  FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, recurring_invoice_id) REFERENCES recurring_invoices (tenant_id, id)
);
CREATE UNIQUE INDEX invoices_number_key ON invoices (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX invoices_created_at_idx ON invoices (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX invoices_client_id_created_at_idx ON invoices (tenant_id, client_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX invoices_status_due_date_idx ON invoices (tenant_id, status, due_date) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoices_recurring_invoice_id_occurrence_key ON invoices (tenant_id, recurring_invoice_id, occurrence) WHERE deleted_at IS NULL;
CREATE INDEX invoices_deal_id_idx ON invoices (tenant_id, deal_id) WHERE deleted_at IS NULL AND (deal_id IS NOT NULL);
CREATE INDEX invoices_quote_id_idx ON invoices (tenant_id, quote_id) WHERE deleted_at IS NULL AND (quote_id IS NOT NULL);
CREATE INDEX invoices_journey_id_idx ON invoices (tenant_id, journey_id) WHERE deleted_at IS NULL AND (journey_id IS NOT NULL);
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  arguments TEXT,
  once_key TEXT,
  run_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  locked_until INTEGER,
  worker TEXT,
  attempts INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  progress_percent INTEGER,
  error TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id)
);
CREATE INDEX jobs_status_run_at_idx ON jobs (tenant_id, status, run_at);
CREATE UNIQUE INDEX jobs_once_key_key ON jobs (tenant_id, once_key) WHERE (status IN ('queued', 'running', 'failed'));
CREATE INDEX jobs_created_at_idx ON jobs (tenant_id, created_at);
CREATE TABLE journey_crew (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  journey_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  crew_id INTEGER,
  role TEXT NOT NULL,
  status TEXT,
  starts_at INTEGER,
  ends_at INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, crew_id) REFERENCES crews (tenant_id, id)
);
CREATE UNIQUE INDEX journey_crew_journey_id_user_id_key ON journey_crew (tenant_id, journey_id, user_id) WHERE deleted_at IS NULL AND (status <> 'cancelled');
CREATE INDEX journey_crew_user_id_starts_at_idx ON journey_crew (tenant_id, user_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX journey_crew_journey_id_idx ON journey_crew (tenant_id, journey_id) WHERE deleted_at IS NULL;
CREATE INDEX journey_crew_created_at_idx ON journey_crew (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE journey_entries (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  journey_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  text TEXT,
  tag TEXT,
  priority TEXT NOT NULL,
  media_id INTEGER,
  content TEXT,
  latitude INTEGER,
  longitude INTEGER,
  happened_at INTEGER NOT NULL,
  user_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, media_id) REFERENCES media (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX journey_entries_journey_id_happened_at_idx ON journey_entries (tenant_id, journey_id, happened_at) WHERE deleted_at IS NULL;
CREATE INDEX journey_entries_user_id_idx ON journey_entries (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX journey_entries_happened_at_idx ON journey_entries (tenant_id, happened_at) WHERE deleted_at IS NULL;
CREATE INDEX journey_entries_created_at_idx ON journey_entries (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE journey_steps (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  journey_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  status TEXT,
  checklist TEXT,
  needs_photo INTEGER,
  needs_approval INTEGER,
  place TEXT,
  estimated_minutes INTEGER,
  actual_minutes INTEGER,
  started_at INTEGER,
  completed_at INTEGER,
  completed_by_id INTEGER,
  approved_by_id INTEGER,
  approved_at INTEGER,
  rejection_reason TEXT,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, completed_by_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX journey_steps_journey_id_position_key ON journey_steps (tenant_id, journey_id, position) WHERE deleted_at IS NULL;
CREATE INDEX journey_steps_status_idx ON journey_steps (tenant_id, status) WHERE deleted_at IS NULL;
CREATE INDEX journey_steps_position_idx ON journey_steps (tenant_id, position) WHERE deleted_at IS NULL;
CREATE INDEX journey_steps_created_at_idx ON journey_steps (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE journeys (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  client_id INTEGER NOT NULL,
  contact_id INTEGER,
  location_id INTEGER NOT NULL,
  status TEXT,
  priority TEXT NOT NULL,
  move_type TEXT,
  move_size TEXT,
  move_source_id INTEGER,
  dispatcher_id INTEGER,
  date INTEGER NOT NULL,
  planned_start_at INTEGER,
  planned_end_at INTEGER,
  estimated_minutes INTEGER,
  started_at INTEGER,
  arrived_at INTEGER,
  ended_at INTEGER,
  actual_minutes INTEGER,
  pickup_address TEXT,
  pickup_notes TEXT,
  delivery_address TEXT,
  delivery_notes TEXT,
  distance_km INTEGER,
  route TEXT,
  crew_count INTEGER,
  equipment_count INTEGER,
  steps_count INTEGER,
  steps_done INTEGER,
  estimated_cost INTEGER,
  actual_cost INTEGER,
  currency TEXT,
  billing_status TEXT,
  quote_id INTEGER,
  audited_by_id INTEGER,
  audited_at INTEGER,
  cancelled_at INTEGER,
  cancellation_reason TEXT,
  notes TEXT,
  tags TEXT,
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
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, move_source_id) REFERENCES move_sources (tenant_id, id),
  FOREIGN KEY (tenant_id, dispatcher_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id),
  FOREIGN KEY (tenant_id, audited_by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX journeys_number_key ON journeys (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX journeys_location_id_date_idx ON journeys (tenant_id, location_id, date) WHERE deleted_at IS NULL;
CREATE INDEX journeys_date_idx ON journeys (tenant_id, date) WHERE deleted_at IS NULL;
CREATE INDEX journeys_client_id_date_idx ON journeys (tenant_id, client_id, date) WHERE deleted_at IS NULL;
CREATE INDEX journeys_status_date_idx ON journeys (tenant_id, status, date) WHERE deleted_at IS NULL;
CREATE INDEX journeys_created_at_idx ON journeys (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX journeys_move_source_id_idx ON journeys (tenant_id, move_source_id) WHERE deleted_at IS NULL;
CREATE TABLE license_assignments (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  license_id INTEGER NOT NULL,
  contact_id INTEGER,
  asset_id INTEGER,
  assigned_on INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, license_id) REFERENCES licenses (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id)
);
CREATE UNIQUE INDEX license_assignments_license_id_contact_id_key ON license_assignments (tenant_id, license_id, contact_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX license_assignments_license_id_asset_id_key ON license_assignments (tenant_id, license_id, asset_id) WHERE deleted_at IS NULL;
CREATE INDEX license_assignments_contact_id_idx ON license_assignments (tenant_id, contact_id) WHERE deleted_at IS NULL;
CREATE INDEX license_assignments_asset_id_idx ON license_assignments (tenant_id, asset_id) WHERE deleted_at IS NULL;
CREATE INDEX license_assignments_created_at_idx ON license_assignments (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE licenses (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  type TEXT,
  vendor TEXT,
  product_version TEXT,
  license_key INTEGER,
  contact_id INTEGER,
  location_id INTEGER,
  seats INTEGER,
  seats_used INTEGER,
  purchase_date INTEGER,
  expiry_date INTEGER,
  renewal_date INTEGER,
  auto_renews INTEGER,
  renewed_on INTEGER,
  cost INTEGER,
  renewal_cost INTEGER,
  currency TEXT,
  notes TEXT,
  tags TEXT,
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
CREATE INDEX licenses_client_id_name_idx ON licenses (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX licenses_name_idx ON licenses (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX licenses_expiry_date_idx ON licenses (tenant_id, expiry_date) WHERE deleted_at IS NULL;
CREATE INDEX licenses_created_at_idx ON licenses (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE lost_reasons (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
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
CREATE UNIQUE INDEX lost_reasons_name_key ON lost_reasons (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE lot_features (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  lot_id INTEGER NOT NULL,
  feature_id INTEGER NOT NULL,
  detail TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, lot_id) REFERENCES lots (tenant_id, id),
  FOREIGN KEY (tenant_id, feature_id) REFERENCES features (tenant_id, id)
);
CREATE UNIQUE INDEX lot_features_lot_id_feature_id_key ON lot_features (tenant_id, lot_id, feature_id) WHERE deleted_at IS NULL;
CREATE INDEX lot_features_feature_id_idx ON lot_features (tenant_id, feature_id) WHERE deleted_at IS NULL;
CREATE INDEX lot_features_created_at_idx ON lot_features (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE lots (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  lot_number TEXT NOT NULL,
  stage_id INTEGER NOT NULL,
  development_id INTEGER,
  status TEXT,
  sale_status TEXT,
  type TEXT,
  price INTEGER,
  land_price INTEGER,
  house_price INTEGER,
  currency TEXT,
  street_number TEXT,
  street_name TEXT,
  title_reference TEXT,
  land_size INTEGER,
  house_size INTEGER,
  frontage INTEGER,
  depth INTEGER,
  bedrooms INTEGER,
  bathrooms INTEGER,
  garage INTEGER,
  level INTEGER,
  aspect TEXT,
  description TEXT,
  features TEXT,
  estimated_completion INTEGER,
  tags TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, stage_id) REFERENCES stages (tenant_id, id),
  FOREIGN KEY (tenant_id, development_id) REFERENCES developments (tenant_id, id)
);
CREATE UNIQUE INDEX lots_stage_id_lot_number_key ON lots (tenant_id, stage_id, lot_number) WHERE deleted_at IS NULL;
CREATE INDEX lots_development_id_status_idx ON lots (tenant_id, development_id, status) WHERE deleted_at IS NULL;
CREATE INDEX lots_status_price_idx ON lots (tenant_id, status, price) WHERE deleted_at IS NULL;
CREATE INDEX lots_lot_number_idx ON lots (tenant_id, lot_number) WHERE deleted_at IS NULL;
CREATE INDEX lots_created_at_idx ON lots (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE media (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  title TEXT,
  description TEXT,
  media_type TEXT NOT NULL,
  subject_type TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  is_cover INTEGER,
  file_name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  file_size INTEGER NOT NULL,
  storage_key TEXT NOT NULL,
  sha256 TEXT,
  width INTEGER,
  height INTEGER,
  duration_seconds INTEGER,
  thumbnail_key TEXT,
  tag TEXT,
  taken_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE INDEX media_subject_type_subject_id_position_idx ON media (tenant_id, subject_type, subject_id, position) WHERE deleted_at IS NULL;
CREATE INDEX media_created_at_idx ON media (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE mobile_sessions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  device_name TEXT,
  user_id INTEGER NOT NULL,
  location_id INTEGER,
  device_id TEXT NOT NULL,
  device_type TEXT,
  app_version TEXT,
  os_version TEXT,
  last_active_at INTEGER,
  last_sync_at INTEGER,
  sync_status TEXT,
  revoked_at INTEGER,
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
CREATE UNIQUE INDEX mobile_sessions_user_id_device_id_key ON mobile_sessions (tenant_id, user_id, device_id) WHERE deleted_at IS NULL;
CREATE INDEX mobile_sessions_created_at_idx ON mobile_sessions (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE mobile_updates (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  mobile_session_id INTEGER NOT NULL,
  journey_id INTEGER,
  user_id INTEGER NOT NULL,
  update_type TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  content TEXT,
  status TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  applied_at INTEGER,
  retry_count INTEGER,
  error TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, mobile_session_id) REFERENCES mobile_sessions (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX mobile_updates_user_id_idempotency_key_key ON mobile_updates (tenant_id, user_id, idempotency_key) WHERE deleted_at IS NULL;
CREATE INDEX mobile_updates_journey_id_happened_at_idx ON mobile_updates (tenant_id, journey_id, happened_at) WHERE deleted_at IS NULL;
CREATE INDEX mobile_updates_created_at_idx ON mobile_updates (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE move_sources (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  status TEXT NOT NULL,
  external_id TEXT,
  price INTEGER,
  currency TEXT,
  email TEXT,
  phone TEXT,
  website TEXT,
  address_line1 TEXT,
  journeys_count INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX move_sources_name_key ON move_sources (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX move_sources_created_at_idx ON move_sources (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE networks (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  location_id INTEGER,
  type TEXT NOT NULL,
  description TEXT,
  is_active INTEGER,
  ip_range TEXT,
  vlan_id INTEGER,
  gateway TEXT,
  dns_servers TEXT,
  dhcp_start TEXT,
  dhcp_end TEXT,
  ssid TEXT,
  wifi_security TEXT,
  wifi_password INTEGER,
  vendor_id INTEGER,
  circuit_id TEXT,
  bandwidth TEXT,
  firewall_rules TEXT,
  vpn_config TEXT,
  audited_on INTEGER,
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
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id)
);
CREATE INDEX networks_client_id_name_idx ON networks (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX networks_name_idx ON networks (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX networks_created_at_idx ON networks (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  message TEXT,
  type TEXT NOT NULL,
  priority TEXT NOT NULL,
  subject_type TEXT,
  subject_id INTEGER,
  once_key TEXT,
  channel TEXT,
  sent_at INTEGER,
  read_at INTEGER,
  expires_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX notifications_user_id_read_at_created_at_idx ON notifications (tenant_id, user_id, read_at, created_at) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX notifications_user_id_once_key_key ON notifications (tenant_id, user_id, once_key) WHERE deleted_at IS NULL;
CREATE INDEX notifications_created_at_idx ON notifications (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX notifications_subject_type_subject_id_idx ON notifications (tenant_id, subject_type, subject_id) WHERE deleted_at IS NULL;
CREATE TABLE payment_allocations (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  payment_id INTEGER,
  credit_note_id INTEGER,
  invoice_id INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id),
  FOREIGN KEY (tenant_id, credit_note_id) REFERENCES credit_notes (tenant_id, id),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id)
);
CREATE UNIQUE INDEX payment_allocations_payment_id_invoice_id_key ON payment_allocations (tenant_id, payment_id, invoice_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX payment_allocations_credit_note_id_invoice_id_key ON payment_allocations (tenant_id, credit_note_id, invoice_id) WHERE deleted_at IS NULL;
CREATE INDEX payment_allocations_invoice_id_idx ON payment_allocations (tenant_id, invoice_id) WHERE deleted_at IS NULL;
CREATE INDEX payment_allocations_created_at_idx ON payment_allocations (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  invoice_id INTEGER,
  client_id INTEGER,
  amount INTEGER NOT NULL,
  currency TEXT,
  payment_method TEXT NOT NULL,
  status TEXT,
  processed_at INTEGER,
  allocated_amount INTEGER,
  unallocated_amount INTEGER,
  transaction_id TEXT,
  gateway TEXT,
  gateway_data TEXT,
  processing_fee INTEGER,
  receipt_url TEXT,
  notes TEXT,
  failure_reason TEXT,
  refunded_at INTEGER,
  refund_reason TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
);
CREATE UNIQUE INDEX payments_number_key ON payments (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX payments_invoice_id_idx ON payments (tenant_id, invoice_id) WHERE deleted_at IS NULL;
CREATE INDEX payments_client_id_created_at_idx ON payments (tenant_id, client_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX payments_created_at_idx ON payments (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX payments_gateway_transaction_id_key ON payments (tenant_id, gateway, transaction_id) WHERE deleted_at IS NULL;
CREATE TABLE pipeline_stages (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  pipeline_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hue TEXT NOT NULL,
  probability INTEGER NOT NULL,
  stale_days INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, pipeline_id) REFERENCES pipelines (tenant_id, id)
);
CREATE UNIQUE INDEX pipeline_stages_pipeline_id_name_key ON pipeline_stages (tenant_id, pipeline_id, name) WHERE deleted_at IS NULL;
CREATE INDEX pipeline_stages_pipeline_id_position_idx ON pipeline_stages (tenant_id, pipeline_id, position) WHERE deleted_at IS NULL;
CREATE TABLE pipelines (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  is_default INTEGER,
  is_active INTEGER,
  position INTEGER,
  stages_count INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX pipelines_name_key ON pipelines (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  sku TEXT,
  type TEXT NOT NULL,
  category TEXT,
  description TEXT,
  is_active INTEGER,
  unit TEXT,
  unit_price INTEGER,
  unit_cost INTEGER,
  currency TEXT,
  tax_rate_id INTEGER,
  account_code TEXT,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, tax_rate_id) REFERENCES tax_rates (tenant_id, id)
);
CREATE UNIQUE INDEX products_sku_key ON products (tenant_id, sku) WHERE deleted_at IS NULL;
CREATE INDEX products_name_idx ON products (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX products_category_name_idx ON products (tenant_id, category, name) WHERE deleted_at IS NULL;
CREATE INDEX products_created_at_idx ON products (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE project_members (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  role TEXT,
  hourly_rate INTEGER,
  currency TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX project_members_project_id_user_id_key ON project_members (tenant_id, project_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX project_members_user_id_idx ON project_members (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX project_members_created_at_idx ON project_members (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  name TEXT NOT NULL,
  client_id INTEGER,
  description TEXT,
  status TEXT NOT NULL,
  priority TEXT,
  manager_id INTEGER,
  location_id INTEGER,
  members_count INTEGER,
  start_date INTEGER,
  due_date INTEGER,
  completed_at INTEGER,
  progress_percent INTEGER,
  budget INTEGER,
  actual_cost INTEGER,
  currency TEXT,
  notes TEXT,
  tags TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, manager_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE UNIQUE INDEX projects_number_key ON projects (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX projects_client_id_name_idx ON projects (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX projects_name_idx ON projects (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX projects_status_due_date_idx ON projects (tenant_id, status, due_date) WHERE deleted_at IS NULL;
CREATE INDEX projects_created_at_idx ON projects (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE quote_items (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  quote_id INTEGER NOT NULL,
  position INTEGER,
  product_id INTEGER,
  description TEXT NOT NULL,
  category TEXT,
  subcategory TEXT,
  quantity INTEGER NOT NULL,
  unit TEXT,
  unit_price INTEGER NOT NULL,
  currency TEXT,
  discount_percent INTEGER,
  tax_rate_id INTEGER,
  tax_rate INTEGER,
  tax_amount INTEGER,
  total_price INTEGER,
  is_optional INTEGER NOT NULL,
  is_selected INTEGER NOT NULL,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
  FOREIGN KEY (tenant_id, tax_rate_id) REFERENCES tax_rates (tenant_id, id)
);
CREATE INDEX quote_items_quote_id_position_idx ON quote_items (tenant_id, quote_id, position) WHERE deleted_at IS NULL;
CREATE INDEX quote_items_product_id_idx ON quote_items (tenant_id, product_id) WHERE deleted_at IS NULL;
CREATE INDEX quote_items_position_idx ON quote_items (tenant_id, position) WHERE deleted_at IS NULL;
CREATE INDEX quote_items_created_at_idx ON quote_items (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  title TEXT,
  client_id INTEGER NOT NULL,
  contact_id INTEGER,
  deal_id INTEGER,
  location_id INTEGER,
  assigned_to_id INTEGER,
  status TEXT,
  valid_until INTEGER NOT NULL,
  currency TEXT,
  prices_include_tax INTEGER,
  subtotal INTEGER,
  tax_amount INTEGER,
  total_amount INTEGER,
  lines_count INTEGER,
  deposit_percent INTEGER,
  terms TEXT,
  notes TEXT,
  revision INTEGER,
  replaces_id INTEGER,
  is_template INTEGER,
  template_name TEXT,
  approved_by_id INTEGER,
  approved_at INTEGER,
  sent_at INTEGER,
  viewed_at INTEGER,
  accepted_at INTEGER,
  accepted_by TEXT,
  signature_file_id INTEGER,
  accepted_ip TEXT,
  link_hash TEXT,
  link_expires_at INTEGER,
  rejected_at INTEGER,
  rejection_reason TEXT,
  converted_at INTEGER,
  tags TEXT,
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
  FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, replaces_id) REFERENCES quotes (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, signature_file_id) REFERENCES files (tenant_id, id)
);
CREATE UNIQUE INDEX quotes_number_key ON quotes (tenant_id, number) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX quotes_link_hash_key ON quotes (tenant_id, link_hash) WHERE deleted_at IS NULL;
CREATE INDEX quotes_created_at_idx ON quotes (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX quotes_client_id_created_at_idx ON quotes (tenant_id, client_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX quotes_status_valid_until_idx ON quotes (tenant_id, status, valid_until) WHERE deleted_at IS NULL;
CREATE INDEX quotes_deal_id_idx ON quotes (tenant_id, deal_id) WHERE deleted_at IS NULL AND (deal_id IS NOT NULL);
CREATE TABLE rack_items (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  rack_id INTEGER NOT NULL,
  asset_id INTEGER,
  position INTEGER NOT NULL,
  height INTEGER NOT NULL,
  face TEXT NOT NULL,
  power_watts INTEGER,
  color TEXT,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, rack_id) REFERENCES racks (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id)
);
CREATE INDEX rack_items_rack_id_position_idx ON rack_items (tenant_id, rack_id, position) WHERE deleted_at IS NULL;
CREATE INDEX rack_items_asset_id_idx ON rack_items (tenant_id, asset_id) WHERE deleted_at IS NULL;
CREATE INDEX rack_items_position_idx ON rack_items (tenant_id, position) WHERE deleted_at IS NULL;
CREATE INDEX rack_items_created_at_idx ON rack_items (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE racks (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  location_id INTEGER,
  room TEXT,
  status TEXT NOT NULL,
  units INTEGER NOT NULL,
  depth TEXT,
  max_weight_kg INTEGER,
  items_count INTEGER,
  power_specs TEXT,
  power_capacity_watts INTEGER,
  cooling_specs TEXT,
  manufacturer TEXT,
  model TEXT,
  serial_number TEXT,
  purchase_date INTEGER,
  warranty_expires_on INTEGER,
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
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE INDEX racks_client_id_name_idx ON racks (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX racks_name_idx ON racks (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX racks_created_at_idx ON racks (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE recurring_invoice_items (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  recurring_invoice_id INTEGER NOT NULL,
  position INTEGER,
  product_id INTEGER,
  description TEXT NOT NULL,
  category TEXT,
  subcategory TEXT,
  quantity INTEGER NOT NULL,
  unit TEXT,
  unit_price INTEGER NOT NULL,
  currency TEXT,
  discount_percent INTEGER,
  tax_rate_id INTEGER,
  tax_rate INTEGER,
  tax_amount INTEGER,
  total_price INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, recurring_invoice_id) REFERENCES recurring_invoices (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
  FOREIGN KEY (tenant_id, tax_rate_id) REFERENCES tax_rates (tenant_id, id)
);
CREATE INDEX recurring_invoice_items_recurring_invoice_id_position_idx ON recurring_invoice_items (tenant_id, recurring_invoice_id, position) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoice_items_product_id_idx ON recurring_invoice_items (tenant_id, product_id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoice_items_position_idx ON recurring_invoice_items (tenant_id, position) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoice_items_created_at_idx ON recurring_invoice_items (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE recurring_invoices (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  contact_id INTEGER,
  description TEXT,
  is_active INTEGER,
  frequency TEXT NOT NULL,
  rrule TEXT,
  start_date INTEGER NOT NULL,
  end_date INTEGER,
  next_invoice_date INTEGER NOT NULL,
  last_invoice_date INTEGER,
  invoices_count INTEGER,
  currency TEXT,
  prices_include_tax INTEGER,
  subtotal INTEGER,
  tax_amount INTEGER,
  total_amount INTEGER,
  payment_terms_days INTEGER,
  auto_send INTEGER,
  terms TEXT,
  notes TEXT,
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
CREATE INDEX recurring_invoices_client_id_name_idx ON recurring_invoices (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoices_is_active_next_invoice_date_idx ON recurring_invoices (tenant_id, is_active, next_invoice_date) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoices_name_idx ON recurring_invoices (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoices_created_at_idx ON recurring_invoices (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE recurring_tickets (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  description TEXT,
  priority TEXT,
  assigned_to_id INTEGER,
  asset_id INTEGER,
  template TEXT,
  frequency TEXT NOT NULL,
  rrule TEXT,
  next_run_at INTEGER NOT NULL,
  last_run_at INTEGER,
  ends_on INTEGER,
  is_active INTEGER,
  tickets_count INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id)
);
CREATE INDEX recurring_tickets_client_id_name_idx ON recurring_tickets (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX recurring_tickets_is_active_next_run_at_idx ON recurring_tickets (tenant_id, is_active, next_run_at) WHERE deleted_at IS NULL;
CREATE INDEX recurring_tickets_name_idx ON recurring_tickets (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX recurring_tickets_created_at_idx ON recurring_tickets (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE report_runs (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  report_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  parameters TEXT,
  format TEXT NOT NULL,
  started_at INTEGER,
  completed_at INTEGER,
  rows_count INTEGER,
  file_id INTEGER,
  sent_to TEXT,
  error TEXT,
  user_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, report_id) REFERENCES reports (tenant_id, id),
  FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX report_runs_report_id_created_at_idx ON report_runs (tenant_id, report_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX report_runs_created_at_idx ON report_runs (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  description TEXT,
  parameters TEXT NOT NULL,
  format TEXT NOT NULL,
  is_shared INTEGER,
  status TEXT,
  generated_by_id INTEGER,
  last_generated_at INTEGER,
  file_id INTEGER,
  file_url TEXT,
  file_size INTEGER,
  runs_count INTEGER,
  is_scheduled INTEGER,
  schedule TEXT,
  scheduled_at INTEGER,
  recipients TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, generated_by_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id)
);
CREATE INDEX reports_name_idx ON reports (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX reports_is_scheduled_scheduled_at_idx ON reports (tenant_id, is_scheduled, scheduled_at) WHERE deleted_at IS NULL;
CREATE INDEX reports_created_at_idx ON reports (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE reservations (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  lot_id INTEGER NOT NULL,
  status TEXT,
  contact_id INTEGER,
  client_id INTEGER,
  lead_id INTEGER,
  deal_id INTEGER,
  user_id INTEGER,
  reserved_at INTEGER,
  expires_at INTEGER,
  confirmed_at INTEGER,
  cancelled_at INTEGER,
  cancellation_reason TEXT,
  deposit_amount INTEGER,
  currency TEXT,
  deposit_paid_on INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, lot_id) REFERENCES lots (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id),
  FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX reservations_number_key ON reservations (tenant_id, number) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX reservations_lot_id_key ON reservations (tenant_id, lot_id) WHERE deleted_at IS NULL AND (status IN ('held', 'confirmed'));
CREATE INDEX reservations_lot_id_created_at_idx ON reservations (tenant_id, lot_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX reservations_status_expires_at_idx ON reservations (tenant_id, status, expires_at) WHERE deleted_at IS NULL;
CREATE INDEX reservations_user_id_idx ON reservations (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX reservations_created_at_idx ON reservations (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE schedule_resources (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  schedule_id INTEGER NOT NULL,
  equipment_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, schedule_id) REFERENCES schedules (tenant_id, id),
  FOREIGN KEY (tenant_id, equipment_id) REFERENCES equipment (tenant_id, id)
);
CREATE UNIQUE INDEX schedule_resources_schedule_id_equipment_id_key ON schedule_resources (tenant_id, schedule_id, equipment_id) WHERE deleted_at IS NULL;
CREATE INDEX schedule_resources_equipment_id_idx ON schedule_resources (tenant_id, equipment_id) WHERE deleted_at IS NULL;
CREATE INDEX schedule_resources_created_at_idx ON schedule_resources (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE schedules (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  location_id INTEGER NOT NULL,
  date INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  user_id INTEGER,
  crew_id INTEGER,
  journey_id INTEGER,
  description TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, crew_id) REFERENCES crews (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id)
);
CREATE INDEX schedules_location_id_date_idx ON schedules (tenant_id, location_id, date) WHERE deleted_at IS NULL;
CREATE INDEX schedules_user_id_starts_at_idx ON schedules (tenant_id, user_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX schedules_crew_id_starts_at_idx ON schedules (tenant_id, crew_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX schedules_starts_at_idx ON schedules (tenant_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX schedules_journey_id_idx ON schedules (tenant_id, journey_id) WHERE deleted_at IS NULL;
CREATE INDEX schedules_created_at_idx ON schedules (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE sequences (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT,
  digits INTEGER NOT NULL,
  next_number INTEGER NOT NULL,
  restarts TEXT NOT NULL,
  period INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX sequences_name_key ON sequences (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE services (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  type TEXT,
  status TEXT NOT NULL,
  description TEXT,
  asset_id INTEGER,
  location_id INTEGER,
  protocol TEXT,
  port INTEGER,
  url TEXT,
  is_monitored INTEGER,
  start_date INTEGER,
  end_date INTEGER,
  billing_cycle TEXT,
  price INTEGER,
  currency TEXT,
  service_level TEXT,
  technician_id INTEGER,
  notes TEXT,
  tags TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, technician_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX services_client_id_name_idx ON services (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX services_name_idx ON services (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX services_status_idx ON services (tenant_id, status) WHERE deleted_at IS NULL;
CREATE INDEX services_created_at_idx ON services (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE sip_credentials (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  sip_ws_url TEXT NOT NULL,
  sip_domain TEXT NOT NULL,
  sip_username TEXT NOT NULL,
  sip_password INTEGER NOT NULL,
  display_name TEXT,
  auto_register INTEGER NOT NULL,
  is_active INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX sip_credentials_user_id_key ON sip_credentials (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX sip_credentials_sip_domain_sip_username_key ON sip_credentials (tenant_id, sip_domain, sip_username) WHERE deleted_at IS NULL;
CREATE INDEX sip_credentials_created_at_idx ON sip_credentials (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE slas (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  is_default INTEGER,
  is_active INTEGER,
  critical_response_minutes INTEGER,
  critical_resolution_minutes INTEGER,
  high_response_minutes INTEGER,
  high_resolution_minutes INTEGER,
  medium_response_minutes INTEGER,
  medium_resolution_minutes INTEGER,
  low_response_minutes INTEGER,
  low_resolution_minutes INTEGER,
  coverage TEXT NOT NULL,
  business_days TEXT,
  opens_minute INTEGER,
  closes_minute INTEGER,
  holidays TEXT,
  warning_percent INTEGER,
  escalate_to_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, escalate_to_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX slas_name_key ON slas (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE stages (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  development_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  position INTEGER NOT NULL,
  release_date INTEGER,
  description TEXT,
  total_lots INTEGER,
  available_lots INTEGER,
  plan_file_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, development_id) REFERENCES developments (tenant_id, id),
  FOREIGN KEY (tenant_id, plan_file_id) REFERENCES files (tenant_id, id)
);
CREATE UNIQUE INDEX stages_development_id_name_key ON stages (tenant_id, development_id, name) WHERE deleted_at IS NULL;
CREATE INDEX stages_development_id_position_idx ON stages (tenant_id, development_id, position) WHERE deleted_at IS NULL;
CREATE INDEX stages_position_idx ON stages (tenant_id, position) WHERE deleted_at IS NULL;
CREATE INDEX stages_created_at_idx ON stages (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE step_activities (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  journey_step_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  content TEXT,
  media_id INTEGER,
  duration_seconds INTEGER,
  place TEXT,
  done_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_step_id) REFERENCES journey_steps (tenant_id, id),
  FOREIGN KEY (tenant_id, media_id) REFERENCES media (tenant_id, id)
);
CREATE INDEX step_activities_journey_step_id_done_at_idx ON step_activities (tenant_id, journey_step_id, done_at) WHERE deleted_at IS NULL;
CREATE INDEX step_activities_done_at_idx ON step_activities (tenant_id, done_at) WHERE deleted_at IS NULL;
CREATE INDEX step_activities_created_at_idx ON step_activities (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE storage_bookings (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  storage_unit_id INTEGER NOT NULL,
  client_id INTEGER NOT NULL,
  journey_id INTEGER,
  start_date INTEGER NOT NULL,
  end_date INTEGER,
  status TEXT,
  billing_plan_id INTEGER,
  monthly_rate INTEGER,
  total_cost INTEGER,
  currency TEXT,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, storage_unit_id) REFERENCES storage_units (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, billing_plan_id) REFERENCES billing_plans (tenant_id, id)
);
CREATE INDEX storage_bookings_storage_unit_id_start_date_idx ON storage_bookings (tenant_id, storage_unit_id, start_date) WHERE deleted_at IS NULL;
CREATE INDEX storage_bookings_client_id_start_date_idx ON storage_bookings (tenant_id, client_id, start_date) WHERE deleted_at IS NULL;
CREATE INDEX storage_bookings_status_start_date_idx ON storage_bookings (tenant_id, status, start_date) WHERE deleted_at IS NULL;
CREATE INDEX storage_bookings_start_date_idx ON storage_bookings (tenant_id, start_date) WHERE deleted_at IS NULL;
CREATE INDEX storage_bookings_created_at_idx ON storage_bookings (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE storage_units (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  unit_number TEXT NOT NULL,
  location_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  size_class TEXT,
  size_sqm INTEGER,
  status TEXT NOT NULL,
  floor INTEGER,
  monthly_rate INTEGER,
  currency TEXT,
  bookings_count INTEGER,
  features TEXT,
  access_code INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id)
);
CREATE UNIQUE INDEX storage_units_location_id_unit_number_key ON storage_units (tenant_id, location_id, unit_number) WHERE deleted_at IS NULL;
CREATE INDEX storage_units_status_idx ON storage_units (tenant_id, status) WHERE deleted_at IS NULL;
CREATE INDEX storage_units_unit_number_idx ON storage_units (tenant_id, unit_number) WHERE deleted_at IS NULL;
CREATE INDEX storage_units_created_at_idx ON storage_units (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE tax_rates (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  rate INTEGER NOT NULL,
  code TEXT,
  country TEXT,
  region TEXT,
  is_default INTEGER,
  is_active INTEGER,
  valid_from INTEGER,
  valid_to INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX tax_rates_name_key ON tax_rates (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE templates (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  category TEXT,
  description TEXT,
  is_active INTEGER,
  language TEXT,
  subject TEXT,
  content TEXT NOT NULL,
  variables TEXT NOT NULL,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX templates_name_key ON templates (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX templates_type_name_idx ON templates (tenant_id, type, name) WHERE deleted_at IS NULL;
CREATE INDEX templates_created_at_idx ON templates (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE ticket_replies (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  ticket_id INTEGER NOT NULL,
  content TEXT NOT NULL,
  is_internal INTEGER,
  user_id INTEGER,
  contact_id INTEGER,
  channel TEXT,
  message_id TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)
);
CREATE INDEX ticket_replies_ticket_id_created_at_idx ON ticket_replies (tenant_id, ticket_id, created_at) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX ticket_replies_message_id_key ON ticket_replies (tenant_id, message_id) WHERE deleted_at IS NULL;
CREATE INDEX ticket_replies_created_at_idx ON ticket_replies (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE ticket_time_entries (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  ticket_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  description TEXT,
  work_date INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  minutes INTEGER NOT NULL,
  work_type TEXT,
  is_billable INTEGER,
  minutes_billed INTEGER,
  hourly_rate INTEGER,
  amount INTEGER,
  currency TEXT,
  status TEXT,
  approved_by_id INTEGER,
  approved_at INTEGER,
  rejection_reason TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX ticket_time_entries_ticket_id_work_date_idx ON ticket_time_entries (tenant_id, ticket_id, work_date) WHERE deleted_at IS NULL;
CREATE INDEX ticket_time_entries_user_id_work_date_idx ON ticket_time_entries (tenant_id, user_id, work_date) WHERE deleted_at IS NULL;
CREATE INDEX ticket_time_entries_status_idx ON ticket_time_entries (tenant_id, status) WHERE deleted_at IS NULL;
CREATE INDEX ticket_time_entries_created_at_idx ON ticket_time_entries (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE tickets (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  subject TEXT NOT NULL,
  description TEXT,
  client_id INTEGER NOT NULL,
  contact_id INTEGER,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  type TEXT,
  category TEXT,
  source TEXT,
  assigned_to_id INTEGER,
  location_id INTEGER,
  asset_id INTEGER,
  vendor_id INTEGER,
  vendor_ticket TEXT,
  project_id INTEGER,
  parent_ticket_id INTEGER,
  recurring_ticket_id INTEGER,
  occurrence TEXT,
  scheduled_at INTEGER,
  is_onsite INTEGER,
  due_at INTEGER,
  is_billable INTEGER,
  minutes_worked INTEGER,
  sla_id INTEGER,
  response_due_at INTEGER,
  resolution_due_at INTEGER,
  first_response_at INTEGER,
  resolved_at INTEGER,
  closed_at INTEGER,
  reopened_count INTEGER,
  replies_count INTEGER,
  resolution TEXT,
  rating INTEGER,
  tags TEXT,
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
  FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
  FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
  FOREIGN KEY (tenant_id, parent_ticket_id) REFERENCES tickets (tenant_id, id),
  FOREIGN KEY (tenant_id, recurring_ticket_id) REFERENCES recurring_tickets (tenant_id, id),
  FOREIGN KEY (tenant_id, sla_id) REFERENCES slas (tenant_id, id)
);
CREATE UNIQUE INDEX tickets_number_key ON tickets (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX tickets_created_at_idx ON tickets (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX tickets_client_id_created_at_idx ON tickets (tenant_id, client_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX tickets_status_created_at_idx ON tickets (tenant_id, status, created_at) WHERE deleted_at IS NULL;
CREATE INDEX tickets_assigned_to_id_status_idx ON tickets (tenant_id, assigned_to_id, status) WHERE deleted_at IS NULL;
CREATE INDEX tickets_due_at_idx ON tickets (tenant_id, due_at) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX tickets_recurring_ticket_id_occurrence_key ON tickets (tenant_id, recurring_ticket_id, occurrence) WHERE deleted_at IS NULL;
CREATE INDEX tickets_project_id_idx ON tickets (tenant_id, project_id) WHERE deleted_at IS NULL AND (project_id IS NOT NULL);
CREATE INDEX tickets_asset_id_idx ON tickets (tenant_id, asset_id) WHERE deleted_at IS NULL AND (asset_id IS NOT NULL);
CREATE TABLE transactions (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  description TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT,
  amount INTEGER NOT NULL,
  currency TEXT,
  transaction_date INTEGER NOT NULL,
  posted_at INTEGER,
  category TEXT NOT NULL,
  subcategory TEXT,
  account_code TEXT,
  reference TEXT,
  invoice_id INTEGER,
  payment_id INTEGER,
  expense_id INTEGER,
  journey_id INTEGER,
  location_id INTEGER,
  reverses_id INTEGER,
  notes TEXT,
  tags TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id),
  FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id),
  FOREIGN KEY (tenant_id, expense_id) REFERENCES expenses (tenant_id, id),
  FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, reverses_id) REFERENCES transactions (tenant_id, id)
);
CREATE INDEX transactions_transaction_date_idx ON transactions (tenant_id, transaction_date) WHERE deleted_at IS NULL;
CREATE INDEX transactions_created_at_idx ON transactions (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX transactions_type_transaction_date_idx ON transactions (tenant_id, type, transaction_date) WHERE deleted_at IS NULL;
CREATE INDEX transactions_invoice_id_idx ON transactions (tenant_id, invoice_id) WHERE deleted_at IS NULL;
CREATE INDEX transactions_payment_id_idx ON transactions (tenant_id, payment_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX transactions_reverses_id_key ON transactions (tenant_id, reverses_id) WHERE deleted_at IS NULL;
CREATE TABLE trips (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  number TEXT,
  purpose TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  location_id INTEGER,
  user_id INTEGER,
  type TEXT,
  transport TEXT,
  status TEXT NOT NULL,
  start_date INTEGER NOT NULL,
  end_date INTEGER,
  mileage INTEGER,
  rate_per_mile INTEGER,
  total_cost INTEGER,
  currency TEXT,
  is_billable INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX trips_number_key ON trips (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX trips_client_id_start_date_idx ON trips (tenant_id, client_id, start_date) WHERE deleted_at IS NULL;
CREATE INDEX trips_user_id_start_date_idx ON trips (tenant_id, user_id, start_date) WHERE deleted_at IS NULL;
CREATE INDEX trips_start_date_idx ON trips (tenant_id, start_date) WHERE deleted_at IS NULL;
CREATE INDEX trips_created_at_idx ON trips (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE vendors (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  client_id INTEGER,
  type TEXT,
  description TEXT,
  is_preferred INTEGER,
  is_active INTEGER,
  contact_name TEXT,
  email TEXT,
  phone TEXT,
  website TEXT,
  hours TEXT,
  address_line1 TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  account_number TEXT,
  support_code INTEGER,
  service_level TEXT,
  contract_end_date INTEGER,
  tax_number TEXT,
  payment_terms_days INTEGER,
  notes TEXT,
  tags TEXT,
  accessed_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
);
CREATE INDEX vendors_client_id_name_idx ON vendors (tenant_id, client_id, name) WHERE deleted_at IS NULL;
CREATE INDEX vendors_name_idx ON vendors (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX vendors_created_at_idx ON vendors (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  webhook_id INTEGER NOT NULL,
  event TEXT NOT NULL,
  event_id INTEGER,
  payload TEXT NOT NULL,
  status TEXT NOT NULL,
  response_code INTEGER,
  response_body TEXT,
  attempted_at INTEGER NOT NULL,
  delivered_at INTEGER,
  next_attempt_at INTEGER,
  retry_count INTEGER NOT NULL,
  duration_ms INTEGER,
  error TEXT,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id)
);
CREATE INDEX webhook_deliveries_webhook_id_created_at_idx ON webhook_deliveries (tenant_id, webhook_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX webhook_deliveries_status_next_attempt_at_idx ON webhook_deliveries (tenant_id, status, next_attempt_at) WHERE deleted_at IS NULL;
CREATE INDEX webhook_deliveries_created_at_idx ON webhook_deliveries (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE TABLE webhooks (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  is_active INTEGER,
  description TEXT,
  secret INTEGER,
  headers TEXT,
  last_triggered_at INTEGER,
  success_count INTEGER,
  failure_count INTEGER,
  last_error TEXT,
  paused_at INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX webhooks_name_key ON webhooks (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX webhooks_is_active_idx ON webhooks (tenant_id, is_active) WHERE deleted_at IS NULL;
CREATE INDEX webhooks_created_at_idx ON webhooks (tenant_id, created_at) WHERE deleted_at IS NULL;
