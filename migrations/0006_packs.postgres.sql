-- 0006_packs: written by make migration from the entities.
CREATE TABLE ai_conversations (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  title text COLLATE "C",
  user_id bigint,
  lead_id bigint,
  subject_type text COLLATE "C",
  subject_id bigint,
  ai_prompt_id bigint,
  context text COLLATE "C",
  messages_count bigint,
  tokens_total bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ai_conversations_user_id_created_at_idx ON ai_conversations (tenant_id, user_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ai_conversations_lead_id_idx ON ai_conversations (tenant_id, lead_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX ai_conversations_subject_type_subject_id_idx ON ai_conversations (tenant_id, subject_type NULLS FIRST, subject_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX ai_conversations_created_at_idx ON ai_conversations (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE ai_messages (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  conversation_id bigint NOT NULL,
  role text COLLATE "C" NOT NULL,
  content text COLLATE "C" NOT NULL,
  model text COLLATE "C",
  tokens bigint,
  duration_ms bigint,
  rating text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ai_messages_conversation_id_created_at_idx ON ai_messages (tenant_id, conversation_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ai_messages_created_at_idx ON ai_messages (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE ai_prompts (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  system_message text COLLATE "C",
  content text COLLATE "C" NOT NULL,
  variables text COLLATE "C",
  output_format text COLLATE "C",
  model text COLLATE "C" NOT NULL,
  temperature bigint NOT NULL,
  max_tokens bigint NOT NULL,
  is_system bigint,
  is_active bigint,
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX ai_prompts_name_key ON ai_prompts (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX ai_prompts_category_name_idx ON ai_prompts (tenant_id, category, name, id) WHERE deleted_at IS NULL;
CREATE INDEX ai_prompts_created_at_idx ON ai_prompts (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE asset_interfaces (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  asset_id bigint NOT NULL,
  type text COLLATE "C",
  mac_address text COLLATE "C",
  network_id bigint,
  ip_address text COLLATE "C",
  is_dhcp bigint,
  is_primary bigint,
  connected_to_id bigint,
  speed_mbps bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX asset_interfaces_asset_id_name_key ON asset_interfaces (tenant_id, asset_id, name) WHERE deleted_at IS NULL;
CREATE INDEX asset_interfaces_network_id_ip_address_idx ON asset_interfaces (tenant_id, network_id NULLS FIRST, ip_address NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX asset_interfaces_name_idx ON asset_interfaces (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX asset_interfaces_created_at_idx ON asset_interfaces (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE assets (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  asset_tag text COLLATE "C",
  description text COLLATE "C",
  is_critical bigint,
  location_id bigint,
  contact_id bigint,
  parent_asset_id bigint,
  vendor_id bigint,
  make text COLLATE "C",
  model text COLLATE "C",
  serial_number text COLLATE "C",
  os text COLLATE "C",
  network_id bigint,
  ip_address text COLLATE "C",
  nat_ip_address text COLLATE "C",
  mac_address text COLLATE "C",
  url text COLLATE "C",
  rmm_id text COLLATE "C",
  purchase_date bigint,
  cost bigint,
  currency text COLLATE "C",
  installed_on bigint,
  warranty_expires_on bigint,
  support_status text COLLATE "C",
  next_maintenance_on bigint,
  notes text COLLATE "C",
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX assets_client_id_name_idx ON assets (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX assets_name_idx ON assets (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX assets_created_at_idx ON assets (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX assets_type_status_idx ON assets (tenant_id, type, status, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX assets_client_id_asset_tag_key ON assets (tenant_id, client_id, asset_tag NULLS FIRST) WHERE deleted_at IS NULL AND (asset_tag IS NOT NULL);
CREATE INDEX assets_location_id_idx ON assets (tenant_id, location_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX assets_warranty_expires_on_idx ON assets (tenant_id, warranty_expires_on NULLS FIRST, id) WHERE deleted_at IS NULL AND (warranty_expires_on IS NOT NULL);
CREATE TABLE availability (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  date bigint NOT NULL,
  starts_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  is_available bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  reason text COLLATE "C",
  notes text COLLATE "C",
  is_recurring bigint,
  recurring_pattern text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX availability_user_id_date_idx ON availability (tenant_id, user_id, date, id) WHERE deleted_at IS NULL;
CREATE INDEX availability_date_idx ON availability (tenant_id, date, id) WHERE deleted_at IS NULL;
CREATE INDEX availability_created_at_idx ON availability (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE billing_plans (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  plan_type text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  monthly_rate bigint NOT NULL,
  currency text COLLATE "C",
  billing_day bigint,
  features text COLLATE "C",
  limits text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX billing_plans_name_key ON billing_plans (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX billing_plans_created_at_idx ON billing_plans (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE calendar_events (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  title text COLLATE "C" NOT NULL,
  type text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  starts_at bigint NOT NULL,
  ends_at bigint,
  is_all_day bigint,
  place text COLLATE "C",
  location_id bigint,
  rrule text COLLATE "C",
  reminder_minutes bigint,
  user_id bigint,
  client_id bigint,
  contact_id bigint,
  attendees text COLLATE "C",
  subject_type text COLLATE "C",
  subject_id bigint,
  description text COLLATE "C",
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX calendar_events_starts_at_idx ON calendar_events (tenant_id, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX calendar_events_user_id_starts_at_idx ON calendar_events (tenant_id, user_id NULLS FIRST, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX calendar_events_client_id_starts_at_idx ON calendar_events (tenant_id, client_id NULLS FIRST, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX calendar_events_subject_type_subject_id_idx ON calendar_events (tenant_id, subject_type NULLS FIRST, subject_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX calendar_events_created_at_idx ON calendar_events (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE call_dispositions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  hue text COLLATE "C" NOT NULL,
  is_default bigint NOT NULL,
  is_reached bigint NOT NULL,
  requires_note bigint NOT NULL,
  is_active bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX call_dispositions_name_key ON call_dispositions (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE calls (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  direction text COLLATE "C" NOT NULL,
  from_number text COLLATE "C" NOT NULL,
  to_number text COLLATE "C" NOT NULL,
  user_id bigint NOT NULL,
  subject_type text COLLATE "C",
  subject_id bigint,
  started_at bigint NOT NULL,
  answered_at bigint,
  ended_at bigint,
  duration_seconds bigint,
  disposition_id bigint,
  wrapup_notes text COLLATE "C",
  pbx_call_id text COLLATE "C",
  recording_url text COLLATE "C",
  campaign_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX calls_pbx_call_id_key ON calls (tenant_id, pbx_call_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX calls_started_at_idx ON calls (tenant_id, started_at, id) WHERE deleted_at IS NULL;
CREATE INDEX calls_user_id_started_at_idx ON calls (tenant_id, user_id, started_at, id) WHERE deleted_at IS NULL;
CREATE INDEX calls_subject_type_subject_id_idx ON calls (tenant_id, subject_type NULLS FIRST, subject_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX calls_disposition_id_idx ON calls (tenant_id, disposition_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX calls_created_at_idx ON calls (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE campaign_members (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  campaign_id bigint NOT NULL,
  lead_id bigint,
  contact_id bigint,
  status text COLLATE "C" NOT NULL,
  sent_at bigint,
  responded_at bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX campaign_members_campaign_id_lead_id_key ON campaign_members (tenant_id, campaign_id, lead_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX campaign_members_campaign_id_contact_id_key ON campaign_members (tenant_id, campaign_id, contact_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX campaign_members_lead_id_idx ON campaign_members (tenant_id, lead_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX campaign_members_contact_id_idx ON campaign_members (tenant_id, contact_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX campaign_members_created_at_idx ON campaign_members (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE campaigns (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  user_id bigint NOT NULL,
  description text COLLATE "C",
  start_date bigint,
  end_date bigint,
  budget bigint,
  spent bigint,
  currency text COLLATE "C",
  template_id bigint,
  members_count bigint,
  responses_count bigint,
  deals_count bigint,
  metrics text COLLATE "C",
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX campaigns_name_idx ON campaigns (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX campaigns_status_start_date_idx ON campaigns (tenant_id, status, start_date NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX campaigns_user_id_idx ON campaigns (tenant_id, user_id, id) WHERE deleted_at IS NULL;
CREATE INDEX campaigns_created_at_idx ON campaigns (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE certificates (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  type text COLLATE "C",
  domain text COLLATE "C",
  domain_id bigint,
  asset_id bigint,
  issuer text COLLATE "C",
  serial_number text COLLATE "C",
  algorithm text COLLATE "C",
  fingerprint text COLLATE "C",
  issue_date bigint,
  expiry_date bigint,
  auto_renews bigint,
  renewed_on bigint,
  checked_at bigint,
  cost bigint,
  currency text COLLATE "C",
  private_key bigint,
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
CREATE INDEX certificates_client_id_name_idx ON certificates (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX certificates_name_idx ON certificates (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX certificates_expiry_date_idx ON certificates (tenant_id, expiry_date NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX certificates_created_at_idx ON certificates (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE commissions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  deal_id bigint NOT NULL,
  user_id bigint NOT NULL,
  invoice_id bigint,
  description text COLLATE "C",
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  base_amount bigint,
  rate bigint,
  split_percent bigint,
  amount bigint NOT NULL,
  tax_amount bigint,
  currency text COLLATE "C",
  approved_by_id bigint,
  approved_at bigint,
  payment_date bigint,
  payment_reference text COLLATE "C",
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX commissions_deal_id_user_id_type_key ON commissions (tenant_id, deal_id, user_id, type) WHERE deleted_at IS NULL;
CREATE INDEX commissions_user_id_status_idx ON commissions (tenant_id, user_id, status NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX commissions_status_idx ON commissions (tenant_id, status NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX commissions_invoice_id_idx ON commissions (tenant_id, invoice_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX commissions_created_at_idx ON commissions (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE communications (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  direction text COLLATE "C" NOT NULL,
  recipient text COLLATE "C" NOT NULL,
  sender text COLLATE "C",
  subject text COLLATE "C",
  content text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  client_id bigint,
  contact_id bigint,
  subject_type text COLLATE "C",
  subject_id bigint,
  template_id bigint,
  variables text COLLATE "C",
  attachments text COLLATE "C",
  sent_at bigint,
  delivered_at bigint,
  read_at bigint,
  failed_at bigint,
  failure_reason text COLLATE "C",
  message_id text COLLATE "C",
  metadata text COLLATE "C",
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX communications_created_at_idx ON communications (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX communications_client_id_created_at_idx ON communications (tenant_id, client_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX communications_subject_type_subject_id_idx ON communications (tenant_id, subject_type NULLS FIRST, subject_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX communications_status_created_at_idx ON communications (tenant_id, status NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX communications_message_id_key ON communications (tenant_id, message_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE TABLE credentials (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  type text COLLATE "C",
  username text COLLATE "C",
  password bigint,
  totp_secret bigint,
  url text COLLATE "C",
  environment text COLLATE "C",
  access_level text COLLATE "C",
  asset_id bigint,
  contact_id bigint,
  location_id bigint,
  is_shared bigint,
  expires_on bigint,
  changed_on bigint,
  notes text COLLATE "C",
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX credentials_client_id_name_idx ON credentials (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX credentials_name_idx ON credentials (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX credentials_asset_id_idx ON credentials (tenant_id, asset_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX credentials_created_at_idx ON credentials (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE credit_notes (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  client_id bigint NOT NULL,
  invoice_id bigint,
  status text COLLATE "C",
  issue_date bigint NOT NULL,
  reason text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  tax_amount bigint,
  currency text COLLATE "C",
  allocated_amount bigint,
  amount_left bigint,
  issued_at bigint,
  notes text COLLATE "C",
  xero_credit_note_id text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX credit_notes_number_key ON credit_notes (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX credit_notes_client_id_created_at_idx ON credit_notes (tenant_id, client_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX credit_notes_invoice_id_idx ON credit_notes (tenant_id, invoice_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX credit_notes_created_at_idx ON credit_notes (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE crew_members (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  crew_id bigint NOT NULL,
  user_id bigint NOT NULL,
  role text COLLATE "C" NOT NULL,
  joined_on bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX crew_members_crew_id_user_id_key ON crew_members (tenant_id, crew_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX crew_members_user_id_idx ON crew_members (tenant_id, user_id, id) WHERE deleted_at IS NULL;
CREATE INDEX crew_members_created_at_idx ON crew_members (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE crews (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  location_id bigint NOT NULL,
  lead_id bigint,
  color text COLLATE "C",
  is_active bigint,
  members_count bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX crews_location_id_name_key ON crews (tenant_id, location_id, name) WHERE deleted_at IS NULL;
CREATE INDEX crews_name_idx ON crews (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX crews_created_at_idx ON crews (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE custom_fields (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  entity text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  label text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  choices text COLLATE "C",
  target text COLLATE "C",
  help text COLLATE "C",
  section text COLLATE "C",
  position bigint,
  is_required bigint,
  is_filterable bigint,
  is_in_list bigint,
  is_active bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX custom_fields_entity_name_key ON custom_fields (tenant_id, entity, name) WHERE deleted_at IS NULL;
CREATE INDEX custom_fields_created_at_idx ON custom_fields (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE dashboards (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  user_id bigint NOT NULL,
  description text COLLATE "C",
  is_default bigint,
  is_public bigint,
  layout text COLLATE "C" NOT NULL,
  widgets text COLLATE "C" NOT NULL,
  refresh_seconds bigint,
  theme text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX dashboards_user_id_name_key ON dashboards (tenant_id, user_id, name) WHERE deleted_at IS NULL;
CREATE INDEX dashboards_name_idx ON dashboards (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX dashboards_created_at_idx ON dashboards (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE deal_conditions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  deal_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  due_date bigint NOT NULL,
  responsible text COLLATE "C",
  description text COLLATE "C",
  satisfied_at bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX deal_conditions_deal_id_due_date_idx ON deal_conditions (tenant_id, deal_id, due_date, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_conditions_status_due_date_idx ON deal_conditions (tenant_id, status NULLS FIRST, due_date, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_conditions_due_date_idx ON deal_conditions (tenant_id, due_date, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_conditions_created_at_idx ON deal_conditions (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE deals (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  title text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  pipeline_stage_id bigint,
  stage text COLLATE "C",
  pipeline_id bigint,
  assigned_to_id bigint,
  client_id bigint,
  contact_id bigint,
  lead_id bigint,
  campaign_id bigint,
  location_id bigint,
  lot_id bigint,
  type text COLLATE "C",
  value bigint,
  currency text COLLATE "C",
  probability bigint,
  weighted_value bigint,
  expected_close_date bigint,
  actual_close_date bigint,
  stage_changed_at bigint,
  lost_reason_id bigint,
  lost_notes text COLLATE "C",
  finance_due_date bigint,
  settlement_date bigint,
  open_conditions bigint,
  description text COLLATE "C",
  tags text COLLATE "C",
  custom_fields text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX deals_created_at_idx ON deals (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_pipeline_stage_id_created_at_idx ON deals (tenant_id, pipeline_stage_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_assigned_to_id_status_idx ON deals (tenant_id, assigned_to_id NULLS FIRST, status NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_client_id_created_at_idx ON deals (tenant_id, client_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_status_expected_close_date_idx ON deals (tenant_id, status NULLS FIRST, expected_close_date NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_lot_id_idx ON deals (tenant_id, lot_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (lot_id IS NOT NULL);
CREATE INDEX deals_lead_id_idx ON deals (tenant_id, lead_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (lead_id IS NOT NULL);
CREATE TABLE developers (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  tax_number text COLLATE "C",
  description text COLLATE "C",
  is_active bigint,
  developments_count bigint,
  contact_id bigint,
  email text COLLATE "C",
  phone text COLLATE "C",
  website text COLLATE "C",
  address_line1 text COLLATE "C",
  city text COLLATE "C",
  region text COLLATE "C",
  postal_code text COLLATE "C",
  country text COLLATE "C",
  logo_file_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX developers_name_key ON developers (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX developers_created_at_idx ON developers (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE developments (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  slug text COLLATE "C",
  developer_id bigint,
  status text COLLATE "C" NOT NULL,
  type text COLLATE "C",
  description text COLLATE "C",
  is_featured bigint NOT NULL,
  assigned_to_id bigint,
  total_lots bigint,
  available_lots bigint,
  sold_lots bigint,
  min_price bigint,
  max_price bigint,
  currency text COLLATE "C",
  address_line1 text COLLATE "C",
  city text COLLATE "C",
  region text COLLATE "C",
  postal_code text COLLATE "C",
  country text COLLATE "C",
  latitude bigint,
  longitude bigint,
  start_date bigint,
  estimated_completion bigint,
  completed_on bigint,
  website text COLLATE "C",
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX developments_slug_key ON developments (tenant_id, slug NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX developments_name_idx ON developments (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX developments_developer_id_idx ON developments (tenant_id, developer_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX developments_status_name_idx ON developments (tenant_id, status, name, id) WHERE deleted_at IS NULL;
CREATE INDEX developments_created_at_idx ON developments (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE document_versions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  document_id bigint NOT NULL,
  number bigint NOT NULL,
  content text COLLATE "C",
  file_id bigint,
  change_note text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX document_versions_document_id_number_key ON document_versions (tenant_id, document_id, number) WHERE deleted_at IS NULL;
CREATE INDEX document_versions_number_idx ON document_versions (tenant_id, number, id) WHERE deleted_at IS NULL;
CREATE INDEX document_versions_created_at_idx ON document_versions (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE documents (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  category text COLLATE "C",
  description text COLLATE "C",
  content text COLLATE "C",
  file_id bigint,
  versions_count bigint,
  contact_id bigint,
  location_id bigint,
  review_on bigint,
  is_template bigint,
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX documents_client_id_name_idx ON documents (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_name_idx ON documents (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_created_at_idx ON documents (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE domains (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  domain_name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  status text COLLATE "C" NOT NULL,
  registrar text COLLATE "C",
  registrar_url text COLLATE "C",
  registration_date bigint,
  expiry_date bigint,
  auto_renews bigint,
  renewed_on bigint,
  checked_at bigint,
  nameservers text COLLATE "C",
  dns_provider text COLLATE "C",
  dns_records text COLLATE "C",
  is_locked bigint,
  has_privacy bigint,
  transfer_code bigint,
  cost bigint,
  currency text COLLATE "C",
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
CREATE UNIQUE INDEX domains_domain_name_key ON domains (tenant_id, domain_name) WHERE deleted_at IS NULL;
CREATE INDEX domains_client_id_domain_name_idx ON domains (tenant_id, client_id, domain_name, id) WHERE deleted_at IS NULL;
CREATE INDEX domains_expiry_date_idx ON domains (tenant_id, expiry_date NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX domains_created_at_idx ON domains (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE equipment (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  location_id bigint NOT NULL,
  assigned_to_id bigint,
  current_location text COLLATE "C",
  manufacturer text COLLATE "C",
  model text COLLATE "C",
  year bigint,
  serial_number text COLLATE "C",
  license_plate text COLLATE "C",
  capacity text COLLATE "C",
  specifications text COLLATE "C",
  purchase_date bigint,
  purchase_price bigint,
  depreciation_rate bigint,
  current_value bigint,
  currency text COLLATE "C",
  last_maintenance_on bigint,
  maintenance_interval_days bigint,
  next_maintenance_on bigint,
  maintenance_schedule text COLLATE "C",
  odometer_km bigint,
  registration_expires_on bigint,
  insurance_expires_on bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX equipment_location_id_name_idx ON equipment (tenant_id, location_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_name_idx ON equipment (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_type_status_idx ON equipment (tenant_id, type, status, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_next_maintenance_on_idx ON equipment (tenant_id, next_maintenance_on NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX equipment_license_plate_key ON equipment (tenant_id, license_plate NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX equipment_created_at_idx ON equipment (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE equipment_assignments (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  equipment_id bigint NOT NULL,
  journey_id bigint,
  user_id bigint,
  starts_at bigint NOT NULL,
  ends_at bigint,
  status text COLLATE "C",
  purpose text COLLATE "C",
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX equipment_assignments_equipment_id_starts_at_idx ON equipment_assignments (tenant_id, equipment_id, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_assignments_journey_id_idx ON equipment_assignments (tenant_id, journey_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_assignments_user_id_idx ON equipment_assignments (tenant_id, user_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_assignments_starts_at_idx ON equipment_assignments (tenant_id, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_assignments_created_at_idx ON equipment_assignments (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE equipment_maintenance (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  equipment_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  description text COLLATE "C" NOT NULL,
  performed_by_id bigint,
  vendor_id bigint,
  performed_at bigint NOT NULL,
  next_due_date bigint,
  odometer_km bigint,
  cost bigint,
  currency text COLLATE "C",
  labor_hours bigint,
  parts text COLLATE "C",
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX equipment_maintenance_equipment_id_performed_at_idx ON equipment_maintenance (tenant_id, equipment_id, performed_at, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_maintenance_performed_at_idx ON equipment_maintenance (tenant_id, performed_at, id) WHERE deleted_at IS NULL;
CREATE INDEX equipment_maintenance_created_at_idx ON equipment_maintenance (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE expenses (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  description text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  user_id bigint NOT NULL,
  expense_date bigint NOT NULL,
  amount bigint NOT NULL,
  tax_amount bigint,
  currency text COLLATE "C",
  payment_method text COLLATE "C",
  vendor_id bigint,
  receipt_file_id bigint,
  client_id bigint,
  project_id bigint,
  journey_id bigint,
  trip_id bigint,
  is_billable bigint,
  markup_percent bigint,
  approved_by_id bigint,
  approved_at bigint,
  rejection_reason text COLLATE "C",
  reimbursed_at bigint,
  notes text COLLATE "C",
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX expenses_number_key ON expenses (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX expenses_user_id_expense_date_idx ON expenses (tenant_id, user_id, expense_date, id) WHERE deleted_at IS NULL;
CREATE INDEX expenses_status_idx ON expenses (tenant_id, status NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX expenses_client_id_idx ON expenses (tenant_id, client_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX expenses_project_id_idx ON expenses (tenant_id, project_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX expenses_created_at_idx ON expenses (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE features (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  category text COLLATE "C",
  description text COLLATE "C",
  lots_count bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX features_name_key ON features (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX features_created_at_idx ON features (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE integration_sync_logs (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  integration_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  started_at bigint NOT NULL,
  completed_at bigint,
  duration_seconds bigint,
  records_processed bigint,
  records_created bigint,
  records_updated bigint,
  records_failed bigint,
  error text COLLATE "C",
  details text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX integration_sync_logs_integration_id_started_at_idx ON integration_sync_logs (tenant_id, integration_id, started_at, id) WHERE deleted_at IS NULL;
CREATE INDEX integration_sync_logs_created_at_idx ON integration_sync_logs (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE integrations (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  provider text COLLATE "C",
  provider_version text COLLATE "C",
  description text COLLATE "C",
  status text COLLATE "C",
  config text COLLATE "C" NOT NULL,
  base_url text COLLATE "C",
  credentials bigint,
  direction text COLLATE "C" NOT NULL,
  auto_sync bigint,
  sync_interval_minutes bigint,
  last_sync_at bigint,
  next_sync_at bigint,
  error_count bigint,
  last_error text COLLATE "C",
  syncs_count bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX integrations_name_key ON integrations (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX integrations_status_next_sync_at_idx ON integrations (tenant_id, status NULLS FIRST, next_sync_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX integrations_created_at_idx ON integrations (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE inventory_items (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  location_id bigint NOT NULL,
  category text COLLATE "C" NOT NULL,
  subcategory text COLLATE "C",
  sku text COLLATE "C",
  barcode text COLLATE "C",
  description text COLLATE "C",
  is_active bigint,
  quantity bigint,
  min_quantity bigint NOT NULL,
  max_quantity bigint,
  last_restocked bigint,
  last_used bigint,
  expiry_date bigint,
  unit_cost bigint NOT NULL,
  unit_price bigint NOT NULL,
  currency text COLLATE "C",
  dimensions text COLLATE "C",
  specifications text COLLATE "C",
  supplier text COLLATE "C",
  supplier_contact text COLLATE "C",
  supplier_email text COLLATE "C",
  supplier_phone text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX inventory_items_location_id_sku_key ON inventory_items (tenant_id, location_id, sku NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX inventory_items_location_id_name_idx ON inventory_items (tenant_id, location_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX inventory_items_name_idx ON inventory_items (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX inventory_items_barcode_idx ON inventory_items (tenant_id, barcode NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX inventory_items_created_at_idx ON inventory_items (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE inventory_transactions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  inventory_item_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  unit_cost bigint,
  total_cost bigint,
  currency text COLLATE "C",
  journey_id bigint,
  reference text COLLATE "C",
  notes text COLLATE "C",
  transacted_at bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inventory_transactions_inventory_item_id_transacted_at_idx ON inventory_transactions (tenant_id, inventory_item_id, transacted_at, id);
CREATE INDEX inventory_transactions_transacted_at_idx ON inventory_transactions (tenant_id, transacted_at, id);
CREATE INDEX inventory_transactions_journey_id_idx ON inventory_transactions (tenant_id, journey_id NULLS FIRST, id);
CREATE INDEX inventory_transactions_created_at_idx ON inventory_transactions (tenant_id, created_at, id);
CREATE TABLE invitations (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  email text COLLATE "C" NOT NULL,
  name text COLLATE "C",
  role_id bigint NOT NULL,
  location_id bigint,
  token_hash text COLLATE "C" NOT NULL,
  expires_at bigint NOT NULL,
  accepted_at bigint,
  revoked_at bigint,
  user_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX invitations_token_hash_key ON invitations (tenant_id, token_hash) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invitations_email_key ON invitations (tenant_id, email) WHERE deleted_at IS NULL AND (accepted_at IS NULL AND revoked_at IS NULL);
CREATE INDEX invitations_created_at_idx ON invitations (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE invoice_items (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  invoice_id bigint NOT NULL,
  position bigint,
  product_id bigint,
  description text COLLATE "C" NOT NULL,
  category text COLLATE "C",
  subcategory text COLLATE "C",
  quantity bigint NOT NULL,
  unit text COLLATE "C",
  unit_price bigint NOT NULL,
  currency text COLLATE "C",
  discount_percent bigint,
  tax_rate_id bigint,
  tax_rate bigint,
  tax_amount bigint,
  total_price bigint,
  ticket_time_entry_id bigint,
  expense_id bigint,
  trip_id bigint,
  account_code text COLLATE "C",
  xero_line_item_id text COLLATE "C",
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX invoice_items_invoice_id_position_idx ON invoice_items (tenant_id, invoice_id, position NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX invoice_items_product_id_idx ON invoice_items (tenant_id, product_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoice_items_ticket_time_entry_id_key ON invoice_items (tenant_id, ticket_time_entry_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoice_items_expense_id_key ON invoice_items (tenant_id, expense_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoice_items_trip_id_key ON invoice_items (tenant_id, trip_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX invoice_items_position_idx ON invoice_items (tenant_id, position NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX invoice_items_created_at_idx ON invoice_items (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE invoices (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  client_id bigint NOT NULL,
  contact_id bigint,
  status text COLLATE "C",
  invoice_date bigint NOT NULL,
  due_date bigint NOT NULL,
  reference text COLLATE "C",
  description text COLLATE "C",
  deal_id bigint,
  quote_id bigint,
  project_id bigint,
  journey_id bigint,
  location_id bigint,
  recurring_invoice_id bigint,
  occurrence text COLLATE "C",
  currency text COLLATE "C",
  prices_include_tax bigint,
  tax_rate bigint,
  tax_exempt bigint,
  subtotal bigint,
  tax_amount bigint,
  total_amount bigint,
  amount_paid bigint,
  amount_due bigint,
  lines_count bigint,
  payment_method text COLLATE "C",
  paid_date bigint,
  is_recurring bigint,
  recurring_schedule text COLLATE "C",
  terms text COLLATE "C",
  notes text COLLATE "C",
  sent_at bigint,
  viewed_at bigint,
  cancelled_at bigint,
  cancellation_reason text COLLATE "C",
  xero_invoice_id text COLLATE "C",
  xero_contact_id text COLLATE "C",
  last_synced_at bigint,
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX invoices_number_key ON invoices (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX invoices_created_at_idx ON invoices (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_client_id_created_at_idx ON invoices (tenant_id, client_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX invoices_status_due_date_idx ON invoices (tenant_id, status NULLS FIRST, due_date, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX invoices_recurring_invoice_id_occurrence_key ON invoices (tenant_id, recurring_invoice_id NULLS FIRST, occurrence NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX invoices_deal_id_idx ON invoices (tenant_id, deal_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (deal_id IS NOT NULL);
CREATE INDEX invoices_quote_id_idx ON invoices (tenant_id, quote_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (quote_id IS NOT NULL);
CREATE INDEX invoices_journey_id_idx ON invoices (tenant_id, journey_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (journey_id IS NOT NULL);
CREATE TABLE jobs (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  arguments text COLLATE "C",
  once_key text COLLATE "C",
  run_at bigint NOT NULL,
  started_at bigint,
  ended_at bigint,
  locked_until bigint,
  worker text COLLATE "C",
  attempts bigint NOT NULL,
  max_attempts bigint NOT NULL,
  progress_percent bigint,
  error text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX jobs_status_run_at_idx ON jobs (tenant_id, status, run_at, id);
CREATE UNIQUE INDEX jobs_once_key_key ON jobs (tenant_id, once_key NULLS FIRST) WHERE (status IN ('queued', 'running', 'failed'));
CREATE INDEX jobs_created_at_idx ON jobs (tenant_id, created_at, id);
CREATE TABLE journey_crew (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  journey_id bigint NOT NULL,
  user_id bigint NOT NULL,
  crew_id bigint,
  role text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  starts_at bigint,
  ends_at bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX journey_crew_journey_id_user_id_key ON journey_crew (tenant_id, journey_id, user_id) WHERE deleted_at IS NULL AND (status <> 'cancelled');
CREATE INDEX journey_crew_user_id_starts_at_idx ON journey_crew (tenant_id, user_id, starts_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX journey_crew_journey_id_idx ON journey_crew (tenant_id, journey_id, id) WHERE deleted_at IS NULL;
CREATE INDEX journey_crew_created_at_idx ON journey_crew (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE journey_entries (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  journey_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  text text COLLATE "C",
  tag text COLLATE "C",
  priority text COLLATE "C" NOT NULL,
  media_id bigint,
  content text COLLATE "C",
  latitude bigint,
  longitude bigint,
  happened_at bigint NOT NULL,
  user_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX journey_entries_journey_id_happened_at_idx ON journey_entries (tenant_id, journey_id, happened_at, id) WHERE deleted_at IS NULL;
CREATE INDEX journey_entries_user_id_idx ON journey_entries (tenant_id, user_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX journey_entries_happened_at_idx ON journey_entries (tenant_id, happened_at, id) WHERE deleted_at IS NULL;
CREATE INDEX journey_entries_created_at_idx ON journey_entries (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE journey_steps (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  journey_id bigint NOT NULL,
  position bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  checklist text COLLATE "C",
  needs_photo bigint,
  needs_approval bigint,
  place text COLLATE "C",
  estimated_minutes bigint,
  actual_minutes bigint,
  started_at bigint,
  completed_at bigint,
  completed_by_id bigint,
  approved_by_id bigint,
  approved_at bigint,
  rejection_reason text COLLATE "C",
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX journey_steps_journey_id_position_key ON journey_steps (tenant_id, journey_id, position) WHERE deleted_at IS NULL;
CREATE INDEX journey_steps_status_idx ON journey_steps (tenant_id, status NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX journey_steps_position_idx ON journey_steps (tenant_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX journey_steps_created_at_idx ON journey_steps (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE journeys (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  client_id bigint NOT NULL,
  contact_id bigint,
  location_id bigint NOT NULL,
  status text COLLATE "C",
  priority text COLLATE "C" NOT NULL,
  move_type text COLLATE "C",
  move_size text COLLATE "C",
  move_source_id bigint,
  dispatcher_id bigint,
  date bigint NOT NULL,
  planned_start_at bigint,
  planned_end_at bigint,
  estimated_minutes bigint,
  started_at bigint,
  arrived_at bigint,
  ended_at bigint,
  actual_minutes bigint,
  pickup_address text COLLATE "C",
  pickup_notes text COLLATE "C",
  delivery_address text COLLATE "C",
  delivery_notes text COLLATE "C",
  distance_km bigint,
  route text COLLATE "C",
  crew_count bigint,
  equipment_count bigint,
  steps_count bigint,
  steps_done bigint,
  estimated_cost bigint,
  actual_cost bigint,
  currency text COLLATE "C",
  billing_status text COLLATE "C",
  quote_id bigint,
  audited_by_id bigint,
  audited_at bigint,
  cancelled_at bigint,
  cancellation_reason text COLLATE "C",
  notes text COLLATE "C",
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX journeys_number_key ON journeys (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX journeys_location_id_date_idx ON journeys (tenant_id, location_id, date, id) WHERE deleted_at IS NULL;
CREATE INDEX journeys_date_idx ON journeys (tenant_id, date, id) WHERE deleted_at IS NULL;
CREATE INDEX journeys_client_id_date_idx ON journeys (tenant_id, client_id, date, id) WHERE deleted_at IS NULL;
CREATE INDEX journeys_status_date_idx ON journeys (tenant_id, status NULLS FIRST, date, id) WHERE deleted_at IS NULL;
CREATE INDEX journeys_created_at_idx ON journeys (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX journeys_move_source_id_idx ON journeys (tenant_id, move_source_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE TABLE license_assignments (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  license_id bigint NOT NULL,
  contact_id bigint,
  asset_id bigint,
  assigned_on bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX license_assignments_license_id_contact_id_key ON license_assignments (tenant_id, license_id, contact_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX license_assignments_license_id_asset_id_key ON license_assignments (tenant_id, license_id, asset_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX license_assignments_contact_id_idx ON license_assignments (tenant_id, contact_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX license_assignments_asset_id_idx ON license_assignments (tenant_id, asset_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX license_assignments_created_at_idx ON license_assignments (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE licenses (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  type text COLLATE "C",
  vendor text COLLATE "C",
  product_version text COLLATE "C",
  license_key bigint,
  contact_id bigint,
  location_id bigint,
  seats bigint,
  seats_used bigint,
  purchase_date bigint,
  expiry_date bigint,
  renewal_date bigint,
  auto_renews bigint,
  renewed_on bigint,
  cost bigint,
  renewal_cost bigint,
  currency text COLLATE "C",
  notes text COLLATE "C",
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX licenses_client_id_name_idx ON licenses (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX licenses_name_idx ON licenses (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX licenses_expiry_date_idx ON licenses (tenant_id, expiry_date NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX licenses_created_at_idx ON licenses (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE lost_reasons (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
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
CREATE UNIQUE INDEX lost_reasons_name_key ON lost_reasons (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE lot_features (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  lot_id bigint NOT NULL,
  feature_id bigint NOT NULL,
  detail text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX lot_features_lot_id_feature_id_key ON lot_features (tenant_id, lot_id, feature_id) WHERE deleted_at IS NULL;
CREATE INDEX lot_features_feature_id_idx ON lot_features (tenant_id, feature_id, id) WHERE deleted_at IS NULL;
CREATE INDEX lot_features_created_at_idx ON lot_features (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE lots (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  lot_number text COLLATE "C" NOT NULL,
  stage_id bigint NOT NULL,
  development_id bigint,
  status text COLLATE "C",
  sale_status text COLLATE "C",
  type text COLLATE "C",
  price bigint,
  land_price bigint,
  house_price bigint,
  currency text COLLATE "C",
  street_number text COLLATE "C",
  street_name text COLLATE "C",
  title_reference text COLLATE "C",
  land_size bigint,
  house_size bigint,
  frontage bigint,
  depth bigint,
  bedrooms bigint,
  bathrooms bigint,
  garage bigint,
  level bigint,
  aspect text COLLATE "C",
  description text COLLATE "C",
  features text COLLATE "C",
  estimated_completion bigint,
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX lots_stage_id_lot_number_key ON lots (tenant_id, stage_id, lot_number) WHERE deleted_at IS NULL;
CREATE INDEX lots_development_id_status_idx ON lots (tenant_id, development_id NULLS FIRST, status NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX lots_status_price_idx ON lots (tenant_id, status NULLS FIRST, price NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX lots_lot_number_idx ON lots (tenant_id, lot_number, id) WHERE deleted_at IS NULL;
CREATE INDEX lots_created_at_idx ON lots (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE media (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  title text COLLATE "C",
  description text COLLATE "C",
  media_type text COLLATE "C" NOT NULL,
  subject_type text COLLATE "C" NOT NULL,
  subject_id bigint NOT NULL,
  position bigint NOT NULL,
  is_cover bigint,
  file_name text COLLATE "C" NOT NULL,
  mime_type text COLLATE "C" NOT NULL,
  file_size bigint NOT NULL,
  storage_key text COLLATE "C" NOT NULL,
  sha256 text COLLATE "C",
  width bigint,
  height bigint,
  duration_seconds bigint,
  thumbnail_key text COLLATE "C",
  tag text COLLATE "C",
  taken_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX media_subject_type_subject_id_position_idx ON media (tenant_id, subject_type, subject_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX media_created_at_idx ON media (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE mobile_sessions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  device_name text COLLATE "C",
  user_id bigint NOT NULL,
  location_id bigint,
  device_id text COLLATE "C" NOT NULL,
  device_type text COLLATE "C",
  app_version text COLLATE "C",
  os_version text COLLATE "C",
  last_active_at bigint,
  last_sync_at bigint,
  sync_status text COLLATE "C",
  revoked_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX mobile_sessions_user_id_device_id_key ON mobile_sessions (tenant_id, user_id, device_id) WHERE deleted_at IS NULL;
CREATE INDEX mobile_sessions_created_at_idx ON mobile_sessions (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE mobile_updates (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  mobile_session_id bigint NOT NULL,
  journey_id bigint,
  user_id bigint NOT NULL,
  update_type text COLLATE "C" NOT NULL,
  idempotency_key text COLLATE "C" NOT NULL,
  content text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  happened_at bigint NOT NULL,
  applied_at bigint,
  retry_count bigint,
  error text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX mobile_updates_user_id_idempotency_key_key ON mobile_updates (tenant_id, user_id, idempotency_key) WHERE deleted_at IS NULL;
CREATE INDEX mobile_updates_journey_id_happened_at_idx ON mobile_updates (tenant_id, journey_id NULLS FIRST, happened_at, id) WHERE deleted_at IS NULL;
CREATE INDEX mobile_updates_created_at_idx ON mobile_updates (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE move_sources (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  external_id text COLLATE "C",
  price bigint,
  currency text COLLATE "C",
  email text COLLATE "C",
  phone text COLLATE "C",
  website text COLLATE "C",
  address_line1 text COLLATE "C",
  journeys_count bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX move_sources_name_key ON move_sources (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX move_sources_created_at_idx ON move_sources (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE networks (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  location_id bigint,
  type text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  is_active bigint,
  ip_range text COLLATE "C",
  vlan_id bigint,
  gateway text COLLATE "C",
  dns_servers text COLLATE "C",
  dhcp_start text COLLATE "C",
  dhcp_end text COLLATE "C",
  ssid text COLLATE "C",
  wifi_security text COLLATE "C",
  wifi_password bigint,
  vendor_id bigint,
  circuit_id text COLLATE "C",
  bandwidth text COLLATE "C",
  firewall_rules text COLLATE "C",
  vpn_config text COLLATE "C",
  audited_on bigint,
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
CREATE INDEX networks_client_id_name_idx ON networks (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX networks_name_idx ON networks (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX networks_created_at_idx ON networks (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE notifications (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  title text COLLATE "C" NOT NULL,
  message text COLLATE "C",
  type text COLLATE "C" NOT NULL,
  priority text COLLATE "C" NOT NULL,
  subject_type text COLLATE "C",
  subject_id bigint,
  once_key text COLLATE "C",
  channel text COLLATE "C",
  sent_at bigint,
  read_at bigint,
  expires_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notifications_user_id_read_at_created_at_idx ON notifications (tenant_id, user_id, read_at NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX notifications_user_id_once_key_key ON notifications (tenant_id, user_id, once_key NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX notifications_created_at_idx ON notifications (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX notifications_subject_type_subject_id_idx ON notifications (tenant_id, subject_type NULLS FIRST, subject_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE TABLE payment_allocations (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  payment_id bigint,
  credit_note_id bigint,
  invoice_id bigint NOT NULL,
  amount bigint NOT NULL,
  currency text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX payment_allocations_payment_id_invoice_id_key ON payment_allocations (tenant_id, payment_id NULLS FIRST, invoice_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX payment_allocations_credit_note_id_invoice_id_key ON payment_allocations (tenant_id, credit_note_id NULLS FIRST, invoice_id) WHERE deleted_at IS NULL;
CREATE INDEX payment_allocations_invoice_id_idx ON payment_allocations (tenant_id, invoice_id, id) WHERE deleted_at IS NULL;
CREATE INDEX payment_allocations_created_at_idx ON payment_allocations (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE payments (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  invoice_id bigint,
  client_id bigint,
  amount bigint NOT NULL,
  currency text COLLATE "C",
  payment_method text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  processed_at bigint,
  allocated_amount bigint,
  unallocated_amount bigint,
  transaction_id text COLLATE "C",
  gateway text COLLATE "C",
  gateway_data text COLLATE "C",
  processing_fee bigint,
  receipt_url text COLLATE "C",
  notes text COLLATE "C",
  failure_reason text COLLATE "C",
  refunded_at bigint,
  refund_reason text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX payments_number_key ON payments (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX payments_invoice_id_idx ON payments (tenant_id, invoice_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX payments_client_id_created_at_idx ON payments (tenant_id, client_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX payments_created_at_idx ON payments (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX payments_gateway_transaction_id_key ON payments (tenant_id, gateway NULLS FIRST, transaction_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE TABLE pipeline_stages (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  pipeline_id bigint NOT NULL,
  position bigint NOT NULL,
  hue text COLLATE "C" NOT NULL,
  probability bigint NOT NULL,
  stale_days bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX pipeline_stages_pipeline_id_name_key ON pipeline_stages (tenant_id, pipeline_id, name) WHERE deleted_at IS NULL;
CREATE INDEX pipeline_stages_pipeline_id_position_idx ON pipeline_stages (tenant_id, pipeline_id, position, id) WHERE deleted_at IS NULL;
CREATE TABLE pipelines (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  is_default bigint,
  is_active bigint,
  position bigint,
  stages_count bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX pipelines_name_key ON pipelines (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE products (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  sku text COLLATE "C",
  type text COLLATE "C" NOT NULL,
  category text COLLATE "C",
  description text COLLATE "C",
  is_active bigint,
  unit text COLLATE "C",
  unit_price bigint,
  unit_cost bigint,
  currency text COLLATE "C",
  tax_rate_id bigint,
  account_code text COLLATE "C",
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX products_sku_key ON products (tenant_id, sku NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX products_name_idx ON products (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX products_category_name_idx ON products (tenant_id, category NULLS FIRST, name, id) WHERE deleted_at IS NULL;
CREATE INDEX products_created_at_idx ON products (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE project_members (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  project_id bigint NOT NULL,
  user_id bigint NOT NULL,
  role text COLLATE "C",
  hourly_rate bigint,
  currency text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX project_members_project_id_user_id_key ON project_members (tenant_id, project_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX project_members_user_id_idx ON project_members (tenant_id, user_id, id) WHERE deleted_at IS NULL;
CREATE INDEX project_members_created_at_idx ON project_members (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE projects (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  name text COLLATE "C" NOT NULL,
  client_id bigint,
  description text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  priority text COLLATE "C",
  manager_id bigint,
  location_id bigint,
  members_count bigint,
  start_date bigint,
  due_date bigint,
  completed_at bigint,
  progress_percent bigint,
  budget bigint,
  actual_cost bigint,
  currency text COLLATE "C",
  notes text COLLATE "C",
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX projects_number_key ON projects (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX projects_client_id_name_idx ON projects (tenant_id, client_id NULLS FIRST, name, id) WHERE deleted_at IS NULL;
CREATE INDEX projects_name_idx ON projects (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX projects_status_due_date_idx ON projects (tenant_id, status, due_date NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX projects_created_at_idx ON projects (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE quote_items (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  quote_id bigint NOT NULL,
  position bigint,
  product_id bigint,
  description text COLLATE "C" NOT NULL,
  category text COLLATE "C",
  subcategory text COLLATE "C",
  quantity bigint NOT NULL,
  unit text COLLATE "C",
  unit_price bigint NOT NULL,
  currency text COLLATE "C",
  discount_percent bigint,
  tax_rate_id bigint,
  tax_rate bigint,
  tax_amount bigint,
  total_price bigint,
  is_optional bigint NOT NULL,
  is_selected bigint NOT NULL,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX quote_items_quote_id_position_idx ON quote_items (tenant_id, quote_id, position NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX quote_items_product_id_idx ON quote_items (tenant_id, product_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX quote_items_position_idx ON quote_items (tenant_id, position NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX quote_items_created_at_idx ON quote_items (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE quotes (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  title text COLLATE "C",
  client_id bigint NOT NULL,
  contact_id bigint,
  deal_id bigint,
  location_id bigint,
  assigned_to_id bigint,
  status text COLLATE "C",
  valid_until bigint NOT NULL,
  currency text COLLATE "C",
  prices_include_tax bigint,
  subtotal bigint,
  tax_amount bigint,
  total_amount bigint,
  lines_count bigint,
  deposit_percent bigint,
  terms text COLLATE "C",
  notes text COLLATE "C",
  revision bigint,
  replaces_id bigint,
  is_template bigint,
  template_name text COLLATE "C",
  approved_by_id bigint,
  approved_at bigint,
  sent_at bigint,
  viewed_at bigint,
  accepted_at bigint,
  accepted_by text COLLATE "C",
  signature_file_id bigint,
  accepted_ip text COLLATE "C",
  link_hash text COLLATE "C",
  link_expires_at bigint,
  rejected_at bigint,
  rejection_reason text COLLATE "C",
  converted_at bigint,
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX quotes_number_key ON quotes (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX quotes_link_hash_key ON quotes (tenant_id, link_hash NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX quotes_created_at_idx ON quotes (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX quotes_client_id_created_at_idx ON quotes (tenant_id, client_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX quotes_status_valid_until_idx ON quotes (tenant_id, status NULLS FIRST, valid_until, id) WHERE deleted_at IS NULL;
CREATE INDEX quotes_deal_id_idx ON quotes (tenant_id, deal_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (deal_id IS NOT NULL);
CREATE TABLE rack_items (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  rack_id bigint NOT NULL,
  asset_id bigint,
  position bigint NOT NULL,
  height bigint NOT NULL,
  face text COLLATE "C" NOT NULL,
  power_watts bigint,
  color text COLLATE "C",
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX rack_items_rack_id_position_idx ON rack_items (tenant_id, rack_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX rack_items_asset_id_idx ON rack_items (tenant_id, asset_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX rack_items_position_idx ON rack_items (tenant_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX rack_items_created_at_idx ON rack_items (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE racks (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  location_id bigint,
  room text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  units bigint NOT NULL,
  depth text COLLATE "C",
  max_weight_kg bigint,
  items_count bigint,
  power_specs text COLLATE "C",
  power_capacity_watts bigint,
  cooling_specs text COLLATE "C",
  manufacturer text COLLATE "C",
  model text COLLATE "C",
  serial_number text COLLATE "C",
  purchase_date bigint,
  warranty_expires_on bigint,
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
CREATE INDEX racks_client_id_name_idx ON racks (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX racks_name_idx ON racks (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX racks_created_at_idx ON racks (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE recurring_invoice_items (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  recurring_invoice_id bigint NOT NULL,
  position bigint,
  product_id bigint,
  description text COLLATE "C" NOT NULL,
  category text COLLATE "C",
  subcategory text COLLATE "C",
  quantity bigint NOT NULL,
  unit text COLLATE "C",
  unit_price bigint NOT NULL,
  currency text COLLATE "C",
  discount_percent bigint,
  tax_rate_id bigint,
  tax_rate bigint,
  tax_amount bigint,
  total_price bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX recurring_invoice_items_recurring_invoice_id_position_idx ON recurring_invoice_items (tenant_id, recurring_invoice_id, position NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoice_items_product_id_idx ON recurring_invoice_items (tenant_id, product_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoice_items_position_idx ON recurring_invoice_items (tenant_id, position NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoice_items_created_at_idx ON recurring_invoice_items (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE recurring_invoices (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  contact_id bigint,
  description text COLLATE "C",
  is_active bigint,
  frequency text COLLATE "C" NOT NULL,
  rrule text COLLATE "C",
  start_date bigint NOT NULL,
  end_date bigint,
  next_invoice_date bigint NOT NULL,
  last_invoice_date bigint,
  invoices_count bigint,
  currency text COLLATE "C",
  prices_include_tax bigint,
  subtotal bigint,
  tax_amount bigint,
  total_amount bigint,
  payment_terms_days bigint,
  auto_send bigint,
  terms text COLLATE "C",
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX recurring_invoices_client_id_name_idx ON recurring_invoices (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoices_is_active_next_invoice_date_idx ON recurring_invoices (tenant_id, is_active NULLS FIRST, next_invoice_date, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoices_name_idx ON recurring_invoices (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_invoices_created_at_idx ON recurring_invoices (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE recurring_tickets (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  description text COLLATE "C",
  priority text COLLATE "C",
  assigned_to_id bigint,
  asset_id bigint,
  template text COLLATE "C",
  frequency text COLLATE "C" NOT NULL,
  rrule text COLLATE "C",
  next_run_at bigint NOT NULL,
  last_run_at bigint,
  ends_on bigint,
  is_active bigint,
  tickets_count bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX recurring_tickets_client_id_name_idx ON recurring_tickets (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_tickets_is_active_next_run_at_idx ON recurring_tickets (tenant_id, is_active NULLS FIRST, next_run_at, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_tickets_name_idx ON recurring_tickets (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX recurring_tickets_created_at_idx ON recurring_tickets (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE report_runs (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  report_id bigint NOT NULL,
  status text COLLATE "C" NOT NULL,
  parameters text COLLATE "C",
  format text COLLATE "C" NOT NULL,
  started_at bigint,
  completed_at bigint,
  rows_count bigint,
  file_id bigint,
  sent_to text COLLATE "C",
  error text COLLATE "C",
  user_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX report_runs_report_id_created_at_idx ON report_runs (tenant_id, report_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX report_runs_created_at_idx ON report_runs (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE reports (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  parameters text COLLATE "C" NOT NULL,
  format text COLLATE "C" NOT NULL,
  is_shared bigint,
  status text COLLATE "C",
  generated_by_id bigint,
  last_generated_at bigint,
  file_id bigint,
  file_url text COLLATE "C",
  file_size bigint,
  runs_count bigint,
  is_scheduled bigint,
  schedule text COLLATE "C",
  scheduled_at bigint,
  recipients text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX reports_name_idx ON reports (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX reports_is_scheduled_scheduled_at_idx ON reports (tenant_id, is_scheduled NULLS FIRST, scheduled_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX reports_created_at_idx ON reports (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE reservations (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  lot_id bigint NOT NULL,
  status text COLLATE "C",
  contact_id bigint,
  client_id bigint,
  lead_id bigint,
  deal_id bigint,
  user_id bigint,
  reserved_at bigint,
  expires_at bigint,
  confirmed_at bigint,
  cancelled_at bigint,
  cancellation_reason text COLLATE "C",
  deposit_amount bigint,
  currency text COLLATE "C",
  deposit_paid_on bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX reservations_number_key ON reservations (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX reservations_lot_id_key ON reservations (tenant_id, lot_id) WHERE deleted_at IS NULL AND (status IN ('held', 'confirmed'));
CREATE INDEX reservations_lot_id_created_at_idx ON reservations (tenant_id, lot_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX reservations_status_expires_at_idx ON reservations (tenant_id, status NULLS FIRST, expires_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX reservations_user_id_idx ON reservations (tenant_id, user_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX reservations_created_at_idx ON reservations (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE schedule_resources (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  schedule_id bigint NOT NULL,
  equipment_id bigint NOT NULL,
  quantity bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX schedule_resources_schedule_id_equipment_id_key ON schedule_resources (tenant_id, schedule_id, equipment_id) WHERE deleted_at IS NULL;
CREATE INDEX schedule_resources_equipment_id_idx ON schedule_resources (tenant_id, equipment_id, id) WHERE deleted_at IS NULL;
CREATE INDEX schedule_resources_created_at_idx ON schedule_resources (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE schedules (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  title text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  priority text COLLATE "C" NOT NULL,
  location_id bigint NOT NULL,
  date bigint NOT NULL,
  starts_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  user_id bigint,
  crew_id bigint,
  journey_id bigint,
  description text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX schedules_location_id_date_idx ON schedules (tenant_id, location_id, date, id) WHERE deleted_at IS NULL;
CREATE INDEX schedules_user_id_starts_at_idx ON schedules (tenant_id, user_id NULLS FIRST, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX schedules_crew_id_starts_at_idx ON schedules (tenant_id, crew_id NULLS FIRST, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX schedules_starts_at_idx ON schedules (tenant_id, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX schedules_journey_id_idx ON schedules (tenant_id, journey_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX schedules_created_at_idx ON schedules (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE sequences (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  prefix text COLLATE "C",
  digits bigint NOT NULL,
  next_number bigint NOT NULL,
  restarts text COLLATE "C" NOT NULL,
  period bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX sequences_name_key ON sequences (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE services (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  type text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  asset_id bigint,
  location_id bigint,
  protocol text COLLATE "C",
  port bigint,
  url text COLLATE "C",
  is_monitored bigint,
  start_date bigint,
  end_date bigint,
  billing_cycle text COLLATE "C",
  price bigint,
  currency text COLLATE "C",
  service_level text COLLATE "C",
  technician_id bigint,
  notes text COLLATE "C",
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX services_client_id_name_idx ON services (tenant_id, client_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX services_name_idx ON services (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX services_status_idx ON services (tenant_id, status, id) WHERE deleted_at IS NULL;
CREATE INDEX services_created_at_idx ON services (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE sip_credentials (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  sip_ws_url text COLLATE "C" NOT NULL,
  sip_domain text COLLATE "C" NOT NULL,
  sip_username text COLLATE "C" NOT NULL,
  sip_password bigint NOT NULL,
  display_name text COLLATE "C",
  auto_register bigint NOT NULL,
  is_active bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX sip_credentials_user_id_key ON sip_credentials (tenant_id, user_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX sip_credentials_sip_domain_sip_username_key ON sip_credentials (tenant_id, sip_domain, sip_username) WHERE deleted_at IS NULL;
CREATE INDEX sip_credentials_created_at_idx ON sip_credentials (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE slas (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  is_default bigint,
  is_active bigint,
  critical_response_minutes bigint,
  critical_resolution_minutes bigint,
  high_response_minutes bigint,
  high_resolution_minutes bigint,
  medium_response_minutes bigint,
  medium_resolution_minutes bigint,
  low_response_minutes bigint,
  low_resolution_minutes bigint,
  coverage text COLLATE "C" NOT NULL,
  business_days text COLLATE "C",
  opens_minute bigint,
  closes_minute bigint,
  holidays text COLLATE "C",
  warning_percent bigint,
  escalate_to_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX slas_name_key ON slas (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE stages (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  development_id bigint NOT NULL,
  status text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  release_date bigint,
  description text COLLATE "C",
  total_lots bigint,
  available_lots bigint,
  plan_file_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX stages_development_id_name_key ON stages (tenant_id, development_id, name) WHERE deleted_at IS NULL;
CREATE INDEX stages_development_id_position_idx ON stages (tenant_id, development_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX stages_position_idx ON stages (tenant_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX stages_created_at_idx ON stages (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE step_activities (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  journey_step_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  content text COLLATE "C",
  media_id bigint,
  duration_seconds bigint,
  place text COLLATE "C",
  done_at bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX step_activities_journey_step_id_done_at_idx ON step_activities (tenant_id, journey_step_id, done_at, id) WHERE deleted_at IS NULL;
CREATE INDEX step_activities_done_at_idx ON step_activities (tenant_id, done_at, id) WHERE deleted_at IS NULL;
CREATE INDEX step_activities_created_at_idx ON step_activities (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE storage_bookings (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  storage_unit_id bigint NOT NULL,
  client_id bigint NOT NULL,
  journey_id bigint,
  start_date bigint NOT NULL,
  end_date bigint,
  status text COLLATE "C",
  billing_plan_id bigint,
  monthly_rate bigint,
  total_cost bigint,
  currency text COLLATE "C",
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX storage_bookings_storage_unit_id_start_date_idx ON storage_bookings (tenant_id, storage_unit_id, start_date, id) WHERE deleted_at IS NULL;
CREATE INDEX storage_bookings_client_id_start_date_idx ON storage_bookings (tenant_id, client_id, start_date, id) WHERE deleted_at IS NULL;
CREATE INDEX storage_bookings_status_start_date_idx ON storage_bookings (tenant_id, status NULLS FIRST, start_date, id) WHERE deleted_at IS NULL;
CREATE INDEX storage_bookings_start_date_idx ON storage_bookings (tenant_id, start_date, id) WHERE deleted_at IS NULL;
CREATE INDEX storage_bookings_created_at_idx ON storage_bookings (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE storage_units (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  unit_number text COLLATE "C" NOT NULL,
  location_id bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  size_class text COLLATE "C",
  size_sqm bigint,
  status text COLLATE "C" NOT NULL,
  floor bigint,
  monthly_rate bigint,
  currency text COLLATE "C",
  bookings_count bigint,
  features text COLLATE "C",
  access_code bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX storage_units_location_id_unit_number_key ON storage_units (tenant_id, location_id, unit_number) WHERE deleted_at IS NULL;
CREATE INDEX storage_units_status_idx ON storage_units (tenant_id, status, id) WHERE deleted_at IS NULL;
CREATE INDEX storage_units_unit_number_idx ON storage_units (tenant_id, unit_number, id) WHERE deleted_at IS NULL;
CREATE INDEX storage_units_created_at_idx ON storage_units (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE tax_rates (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  rate bigint NOT NULL,
  code text COLLATE "C",
  country text COLLATE "C",
  region text COLLATE "C",
  is_default bigint,
  is_active bigint,
  valid_from bigint,
  valid_to bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX tax_rates_name_key ON tax_rates (tenant_id, name) WHERE deleted_at IS NULL;
CREATE TABLE templates (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  category text COLLATE "C",
  description text COLLATE "C",
  is_active bigint,
  language text COLLATE "C",
  subject text COLLATE "C",
  content text COLLATE "C" NOT NULL,
  variables text COLLATE "C" NOT NULL,
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX templates_name_key ON templates (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX templates_type_name_idx ON templates (tenant_id, type, name, id) WHERE deleted_at IS NULL;
CREATE INDEX templates_created_at_idx ON templates (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE ticket_replies (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  content text COLLATE "C" NOT NULL,
  is_internal bigint,
  user_id bigint,
  contact_id bigint,
  channel text COLLATE "C",
  message_id text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ticket_replies_ticket_id_created_at_idx ON ticket_replies (tenant_id, ticket_id, created_at, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX ticket_replies_message_id_key ON ticket_replies (tenant_id, message_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX ticket_replies_created_at_idx ON ticket_replies (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE ticket_time_entries (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  user_id bigint NOT NULL,
  description text COLLATE "C",
  work_date bigint NOT NULL,
  started_at bigint,
  ended_at bigint,
  minutes bigint NOT NULL,
  work_type text COLLATE "C",
  is_billable bigint,
  minutes_billed bigint,
  hourly_rate bigint,
  amount bigint,
  currency text COLLATE "C",
  status text COLLATE "C",
  approved_by_id bigint,
  approved_at bigint,
  rejection_reason text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ticket_time_entries_ticket_id_work_date_idx ON ticket_time_entries (tenant_id, ticket_id, work_date, id) WHERE deleted_at IS NULL;
CREATE INDEX ticket_time_entries_user_id_work_date_idx ON ticket_time_entries (tenant_id, user_id, work_date, id) WHERE deleted_at IS NULL;
CREATE INDEX ticket_time_entries_status_idx ON ticket_time_entries (tenant_id, status NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX ticket_time_entries_created_at_idx ON ticket_time_entries (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE tickets (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  subject text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  client_id bigint NOT NULL,
  contact_id bigint,
  status text COLLATE "C" NOT NULL,
  priority text COLLATE "C" NOT NULL,
  type text COLLATE "C",
  category text COLLATE "C",
  source text COLLATE "C",
  assigned_to_id bigint,
  location_id bigint,
  asset_id bigint,
  vendor_id bigint,
  vendor_ticket text COLLATE "C",
  project_id bigint,
  parent_ticket_id bigint,
  recurring_ticket_id bigint,
  occurrence text COLLATE "C",
  scheduled_at bigint,
  is_onsite bigint,
  due_at bigint,
  is_billable bigint,
  minutes_worked bigint,
  sla_id bigint,
  response_due_at bigint,
  resolution_due_at bigint,
  first_response_at bigint,
  resolved_at bigint,
  closed_at bigint,
  reopened_count bigint,
  replies_count bigint,
  resolution text COLLATE "C",
  rating bigint,
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX tickets_number_key ON tickets (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX tickets_created_at_idx ON tickets (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX tickets_client_id_created_at_idx ON tickets (tenant_id, client_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX tickets_status_created_at_idx ON tickets (tenant_id, status, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX tickets_assigned_to_id_status_idx ON tickets (tenant_id, assigned_to_id NULLS FIRST, status, id) WHERE deleted_at IS NULL;
CREATE INDEX tickets_due_at_idx ON tickets (tenant_id, due_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX tickets_recurring_ticket_id_occurrence_key ON tickets (tenant_id, recurring_ticket_id NULLS FIRST, occurrence NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX tickets_project_id_idx ON tickets (tenant_id, project_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (project_id IS NOT NULL);
CREATE INDEX tickets_asset_id_idx ON tickets (tenant_id, asset_id NULLS FIRST, id) WHERE deleted_at IS NULL AND (asset_id IS NOT NULL);
CREATE TABLE transactions (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  description text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  status text COLLATE "C",
  amount bigint NOT NULL,
  currency text COLLATE "C",
  transaction_date bigint NOT NULL,
  posted_at bigint,
  category text COLLATE "C" NOT NULL,
  subcategory text COLLATE "C",
  account_code text COLLATE "C",
  reference text COLLATE "C",
  invoice_id bigint,
  payment_id bigint,
  expense_id bigint,
  journey_id bigint,
  location_id bigint,
  reverses_id bigint,
  notes text COLLATE "C",
  tags text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX transactions_transaction_date_idx ON transactions (tenant_id, transaction_date, id) WHERE deleted_at IS NULL;
CREATE INDEX transactions_created_at_idx ON transactions (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX transactions_type_transaction_date_idx ON transactions (tenant_id, type, transaction_date, id) WHERE deleted_at IS NULL;
CREATE INDEX transactions_invoice_id_idx ON transactions (tenant_id, invoice_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX transactions_payment_id_idx ON transactions (tenant_id, payment_id NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX transactions_reverses_id_key ON transactions (tenant_id, reverses_id NULLS FIRST) WHERE deleted_at IS NULL;
CREATE TABLE trips (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  number text COLLATE "C",
  purpose text COLLATE "C" NOT NULL,
  client_id bigint NOT NULL,
  location_id bigint,
  user_id bigint,
  type text COLLATE "C",
  transport text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  start_date bigint NOT NULL,
  end_date bigint,
  mileage bigint,
  rate_per_mile bigint,
  total_cost bigint,
  currency text COLLATE "C",
  is_billable bigint,
  notes text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX trips_number_key ON trips (tenant_id, number NULLS FIRST) WHERE deleted_at IS NULL;
CREATE INDEX trips_client_id_start_date_idx ON trips (tenant_id, client_id, start_date, id) WHERE deleted_at IS NULL;
CREATE INDEX trips_user_id_start_date_idx ON trips (tenant_id, user_id NULLS FIRST, start_date, id) WHERE deleted_at IS NULL;
CREATE INDEX trips_start_date_idx ON trips (tenant_id, start_date, id) WHERE deleted_at IS NULL;
CREATE INDEX trips_created_at_idx ON trips (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE vendors (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  client_id bigint,
  type text COLLATE "C",
  description text COLLATE "C",
  is_preferred bigint,
  is_active bigint,
  contact_name text COLLATE "C",
  email text COLLATE "C",
  phone text COLLATE "C",
  website text COLLATE "C",
  hours text COLLATE "C",
  address_line1 text COLLATE "C",
  city text COLLATE "C",
  region text COLLATE "C",
  postal_code text COLLATE "C",
  country text COLLATE "C",
  account_number text COLLATE "C",
  support_code bigint,
  service_level text COLLATE "C",
  contract_end_date bigint,
  tax_number text COLLATE "C",
  payment_terms_days bigint,
  notes text COLLATE "C",
  tags text COLLATE "C",
  accessed_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX vendors_client_id_name_idx ON vendors (tenant_id, client_id NULLS FIRST, name, id) WHERE deleted_at IS NULL;
CREATE INDEX vendors_name_idx ON vendors (tenant_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX vendors_created_at_idx ON vendors (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE webhook_deliveries (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  webhook_id bigint NOT NULL,
  event text COLLATE "C" NOT NULL,
  event_id bigint,
  payload text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  response_code bigint,
  response_body text COLLATE "C",
  attempted_at bigint NOT NULL,
  delivered_at bigint,
  next_attempt_at bigint,
  retry_count bigint NOT NULL,
  duration_ms bigint,
  error text COLLATE "C",
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX webhook_deliveries_webhook_id_created_at_idx ON webhook_deliveries (tenant_id, webhook_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX webhook_deliveries_status_next_attempt_at_idx ON webhook_deliveries (tenant_id, status, next_attempt_at NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX webhook_deliveries_created_at_idx ON webhook_deliveries (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TABLE webhooks (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  url text COLLATE "C" NOT NULL,
  events text COLLATE "C" NOT NULL,
  is_active bigint,
  description text COLLATE "C",
  secret bigint,
  headers text COLLATE "C",
  last_triggered_at bigint,
  success_count bigint,
  failure_count bigint,
  last_error text COLLATE "C",
  paused_at bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX webhooks_name_key ON webhooks (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX webhooks_is_active_idx ON webhooks (tenant_id, is_active NULLS FIRST, id) WHERE deleted_at IS NULL;
CREATE INDEX webhooks_created_at_idx ON webhooks (tenant_id, created_at, id) WHERE deleted_at IS NULL;
ALTER TABLE ai_conversations ADD CONSTRAINT ai_conversations_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE ai_conversations ADD CONSTRAINT ai_conversations_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id);
ALTER TABLE ai_conversations ADD CONSTRAINT ai_conversations_ai_prompt_id_fkey FOREIGN KEY (tenant_id, ai_prompt_id) REFERENCES ai_prompts (tenant_id, id);
ALTER TABLE ai_messages ADD CONSTRAINT ai_messages_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES ai_conversations (tenant_id, id);
ALTER TABLE asset_interfaces ADD CONSTRAINT asset_interfaces_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE asset_interfaces ADD CONSTRAINT asset_interfaces_network_id_fkey FOREIGN KEY (tenant_id, network_id) REFERENCES networks (tenant_id, id);
ALTER TABLE asset_interfaces ADD CONSTRAINT asset_interfaces_connected_to_id_fkey FOREIGN KEY (tenant_id, connected_to_id) REFERENCES asset_interfaces (tenant_id, id);
ALTER TABLE assets ADD CONSTRAINT assets_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE assets ADD CONSTRAINT assets_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE assets ADD CONSTRAINT assets_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE assets ADD CONSTRAINT assets_parent_asset_id_fkey FOREIGN KEY (tenant_id, parent_asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE assets ADD CONSTRAINT assets_vendor_id_fkey FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id);
ALTER TABLE assets ADD CONSTRAINT assets_network_id_fkey FOREIGN KEY (tenant_id, network_id) REFERENCES networks (tenant_id, id);
ALTER TABLE availability ADD CONSTRAINT availability_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE calendar_events ADD CONSTRAINT calendar_events_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE calendar_events ADD CONSTRAINT calendar_events_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE calendar_events ADD CONSTRAINT calendar_events_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE calendar_events ADD CONSTRAINT calendar_events_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE calls ADD CONSTRAINT calls_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE calls ADD CONSTRAINT calls_disposition_id_fkey FOREIGN KEY (tenant_id, disposition_id) REFERENCES call_dispositions (tenant_id, id);
ALTER TABLE calls ADD CONSTRAINT calls_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id);
ALTER TABLE campaign_members ADD CONSTRAINT campaign_members_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id);
ALTER TABLE campaign_members ADD CONSTRAINT campaign_members_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id);
ALTER TABLE campaign_members ADD CONSTRAINT campaign_members_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_template_id_fkey FOREIGN KEY (tenant_id, template_id) REFERENCES templates (tenant_id, id);
ALTER TABLE certificates ADD CONSTRAINT certificates_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE certificates ADD CONSTRAINT certificates_domain_id_fkey FOREIGN KEY (tenant_id, domain_id) REFERENCES domains (tenant_id, id);
ALTER TABLE certificates ADD CONSTRAINT certificates_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE commissions ADD CONSTRAINT commissions_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id);
ALTER TABLE commissions ADD CONSTRAINT commissions_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE commissions ADD CONSTRAINT commissions_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id);
ALTER TABLE commissions ADD CONSTRAINT commissions_approved_by_id_fkey FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE communications ADD CONSTRAINT communications_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE communications ADD CONSTRAINT communications_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE communications ADD CONSTRAINT communications_template_id_fkey FOREIGN KEY (tenant_id, template_id) REFERENCES templates (tenant_id, id);
ALTER TABLE credentials ADD CONSTRAINT credentials_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE credentials ADD CONSTRAINT credentials_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE credentials ADD CONSTRAINT credentials_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE credentials ADD CONSTRAINT credentials_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE credit_notes ADD CONSTRAINT credit_notes_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE credit_notes ADD CONSTRAINT credit_notes_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id);
ALTER TABLE crew_members ADD CONSTRAINT crew_members_crew_id_fkey FOREIGN KEY (tenant_id, crew_id) REFERENCES crews (tenant_id, id);
ALTER TABLE crew_members ADD CONSTRAINT crew_members_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE crews ADD CONSTRAINT crews_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE crews ADD CONSTRAINT crews_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES users (tenant_id, id);
ALTER TABLE dashboards ADD CONSTRAINT dashboards_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE deal_conditions ADD CONSTRAINT deal_conditions_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_pipeline_stage_id_fkey FOREIGN KEY (tenant_id, pipeline_stage_id) REFERENCES pipeline_stages (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_pipeline_id_fkey FOREIGN KEY (tenant_id, pipeline_id) REFERENCES pipelines (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_lot_id_fkey FOREIGN KEY (tenant_id, lot_id) REFERENCES lots (tenant_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_lost_reason_id_fkey FOREIGN KEY (tenant_id, lost_reason_id) REFERENCES lost_reasons (tenant_id, id);
ALTER TABLE developers ADD CONSTRAINT developers_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE developers ADD CONSTRAINT developers_logo_file_id_fkey FOREIGN KEY (tenant_id, logo_file_id) REFERENCES files (tenant_id, id);
ALTER TABLE developments ADD CONSTRAINT developments_developer_id_fkey FOREIGN KEY (tenant_id, developer_id) REFERENCES developers (tenant_id, id);
ALTER TABLE developments ADD CONSTRAINT developments_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE document_versions ADD CONSTRAINT document_versions_document_id_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id);
ALTER TABLE document_versions ADD CONSTRAINT document_versions_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id);
ALTER TABLE documents ADD CONSTRAINT documents_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE documents ADD CONSTRAINT documents_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id);
ALTER TABLE documents ADD CONSTRAINT documents_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE documents ADD CONSTRAINT documents_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE domains ADD CONSTRAINT domains_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE equipment ADD CONSTRAINT equipment_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE equipment ADD CONSTRAINT equipment_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE equipment_assignments ADD CONSTRAINT equipment_assignments_equipment_id_fkey FOREIGN KEY (tenant_id, equipment_id) REFERENCES equipment (tenant_id, id);
ALTER TABLE equipment_assignments ADD CONSTRAINT equipment_assignments_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE equipment_assignments ADD CONSTRAINT equipment_assignments_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE equipment_maintenance ADD CONSTRAINT equipment_maintenance_equipment_id_fkey FOREIGN KEY (tenant_id, equipment_id) REFERENCES equipment (tenant_id, id);
ALTER TABLE equipment_maintenance ADD CONSTRAINT equipment_maintenance_performed_by_id_fkey FOREIGN KEY (tenant_id, performed_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE equipment_maintenance ADD CONSTRAINT equipment_maintenance_vendor_id_fkey FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id);
ALTER TABLE expenses ADD CONSTRAINT expenses_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE expenses ADD CONSTRAINT expenses_vendor_id_fkey FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id);
ALTER TABLE expenses ADD CONSTRAINT expenses_receipt_file_id_fkey FOREIGN KEY (tenant_id, receipt_file_id) REFERENCES files (tenant_id, id);
ALTER TABLE expenses ADD CONSTRAINT expenses_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE expenses ADD CONSTRAINT expenses_project_id_fkey FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id);
ALTER TABLE expenses ADD CONSTRAINT expenses_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE expenses ADD CONSTRAINT expenses_trip_id_fkey FOREIGN KEY (tenant_id, trip_id) REFERENCES trips (tenant_id, id);
ALTER TABLE expenses ADD CONSTRAINT expenses_approved_by_id_fkey FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE integration_sync_logs ADD CONSTRAINT integration_sync_logs_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations (tenant_id, id);
ALTER TABLE inventory_items ADD CONSTRAINT inventory_items_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE inventory_transactions ADD CONSTRAINT inventory_transactions_inventory_item_id_fkey FOREIGN KEY (tenant_id, inventory_item_id) REFERENCES inventory_items (tenant_id, id);
ALTER TABLE inventory_transactions ADD CONSTRAINT inventory_transactions_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE invitations ADD CONSTRAINT invitations_role_id_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id);
ALTER TABLE invitations ADD CONSTRAINT invitations_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE invitations ADD CONSTRAINT invitations_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE invoice_items ADD CONSTRAINT invoice_items_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id);
ALTER TABLE invoice_items ADD CONSTRAINT invoice_items_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id);
ALTER TABLE invoice_items ADD CONSTRAINT invoice_items_tax_rate_id_fkey FOREIGN KEY (tenant_id, tax_rate_id) REFERENCES tax_rates (tenant_id, id);
ALTER TABLE invoice_items ADD CONSTRAINT invoice_items_ticket_time_entry_id_fkey FOREIGN KEY (tenant_id, ticket_time_entry_id) REFERENCES ticket_time_entries (tenant_id, id);
ALTER TABLE invoice_items ADD CONSTRAINT invoice_items_expense_id_fkey FOREIGN KEY (tenant_id, expense_id) REFERENCES expenses (tenant_id, id);
ALTER TABLE invoice_items ADD CONSTRAINT invoice_items_trip_id_fkey FOREIGN KEY (tenant_id, trip_id) REFERENCES trips (tenant_id, id);
ALTER TABLE invoices ADD CONSTRAINT invoices_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE invoices ADD CONSTRAINT invoices_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE invoices ADD CONSTRAINT invoices_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id);
ALTER TABLE invoices ADD CONSTRAINT invoices_quote_id_fkey FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id);
ALTER TABLE invoices ADD CONSTRAINT invoices_project_id_fkey FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id);
ALTER TABLE invoices ADD CONSTRAINT invoices_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE invoices ADD CONSTRAINT invoices_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE invoices ADD CONSTRAINT invoices_recurring_invoice_id_fkey FOREIGN KEY (tenant_id, recurring_invoice_id) REFERENCES recurring_invoices (tenant_id, id);
ALTER TABLE journey_crew ADD CONSTRAINT journey_crew_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE journey_crew ADD CONSTRAINT journey_crew_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE journey_crew ADD CONSTRAINT journey_crew_crew_id_fkey FOREIGN KEY (tenant_id, crew_id) REFERENCES crews (tenant_id, id);
ALTER TABLE journey_entries ADD CONSTRAINT journey_entries_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE journey_entries ADD CONSTRAINT journey_entries_media_id_fkey FOREIGN KEY (tenant_id, media_id) REFERENCES media (tenant_id, id);
ALTER TABLE journey_entries ADD CONSTRAINT journey_entries_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE journey_steps ADD CONSTRAINT journey_steps_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE journey_steps ADD CONSTRAINT journey_steps_completed_by_id_fkey FOREIGN KEY (tenant_id, completed_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE journey_steps ADD CONSTRAINT journey_steps_approved_by_id_fkey FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE journeys ADD CONSTRAINT journeys_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE journeys ADD CONSTRAINT journeys_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE journeys ADD CONSTRAINT journeys_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE journeys ADD CONSTRAINT journeys_move_source_id_fkey FOREIGN KEY (tenant_id, move_source_id) REFERENCES move_sources (tenant_id, id);
ALTER TABLE journeys ADD CONSTRAINT journeys_dispatcher_id_fkey FOREIGN KEY (tenant_id, dispatcher_id) REFERENCES users (tenant_id, id);
ALTER TABLE journeys ADD CONSTRAINT journeys_quote_id_fkey FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id);
ALTER TABLE journeys ADD CONSTRAINT journeys_audited_by_id_fkey FOREIGN KEY (tenant_id, audited_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE license_assignments ADD CONSTRAINT license_assignments_license_id_fkey FOREIGN KEY (tenant_id, license_id) REFERENCES licenses (tenant_id, id);
ALTER TABLE license_assignments ADD CONSTRAINT license_assignments_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE license_assignments ADD CONSTRAINT license_assignments_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE licenses ADD CONSTRAINT licenses_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE licenses ADD CONSTRAINT licenses_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE licenses ADD CONSTRAINT licenses_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE lot_features ADD CONSTRAINT lot_features_lot_id_fkey FOREIGN KEY (tenant_id, lot_id) REFERENCES lots (tenant_id, id);
ALTER TABLE lot_features ADD CONSTRAINT lot_features_feature_id_fkey FOREIGN KEY (tenant_id, feature_id) REFERENCES features (tenant_id, id);
ALTER TABLE lots ADD CONSTRAINT lots_stage_id_fkey FOREIGN KEY (tenant_id, stage_id) REFERENCES stages (tenant_id, id);
ALTER TABLE lots ADD CONSTRAINT lots_development_id_fkey FOREIGN KEY (tenant_id, development_id) REFERENCES developments (tenant_id, id);
ALTER TABLE mobile_sessions ADD CONSTRAINT mobile_sessions_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE mobile_sessions ADD CONSTRAINT mobile_sessions_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE mobile_updates ADD CONSTRAINT mobile_updates_mobile_session_id_fkey FOREIGN KEY (tenant_id, mobile_session_id) REFERENCES mobile_sessions (tenant_id, id);
ALTER TABLE mobile_updates ADD CONSTRAINT mobile_updates_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE mobile_updates ADD CONSTRAINT mobile_updates_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE networks ADD CONSTRAINT networks_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE networks ADD CONSTRAINT networks_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE networks ADD CONSTRAINT networks_vendor_id_fkey FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id);
ALTER TABLE notifications ADD CONSTRAINT notifications_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE payment_allocations ADD CONSTRAINT payment_allocations_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id);
ALTER TABLE payment_allocations ADD CONSTRAINT payment_allocations_credit_note_id_fkey FOREIGN KEY (tenant_id, credit_note_id) REFERENCES credit_notes (tenant_id, id);
ALTER TABLE payment_allocations ADD CONSTRAINT payment_allocations_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id);
ALTER TABLE payments ADD CONSTRAINT payments_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id);
ALTER TABLE payments ADD CONSTRAINT payments_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE pipeline_stages ADD CONSTRAINT pipeline_stages_pipeline_id_fkey FOREIGN KEY (tenant_id, pipeline_id) REFERENCES pipelines (tenant_id, id);
ALTER TABLE products ADD CONSTRAINT products_tax_rate_id_fkey FOREIGN KEY (tenant_id, tax_rate_id) REFERENCES tax_rates (tenant_id, id);
ALTER TABLE project_members ADD CONSTRAINT project_members_project_id_fkey FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id);
ALTER TABLE project_members ADD CONSTRAINT project_members_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE projects ADD CONSTRAINT projects_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE projects ADD CONSTRAINT projects_manager_id_fkey FOREIGN KEY (tenant_id, manager_id) REFERENCES users (tenant_id, id);
ALTER TABLE projects ADD CONSTRAINT projects_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE quote_items ADD CONSTRAINT quote_items_quote_id_fkey FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id);
ALTER TABLE quote_items ADD CONSTRAINT quote_items_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id);
ALTER TABLE quote_items ADD CONSTRAINT quote_items_tax_rate_id_fkey FOREIGN KEY (tenant_id, tax_rate_id) REFERENCES tax_rates (tenant_id, id);
ALTER TABLE quotes ADD CONSTRAINT quotes_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE quotes ADD CONSTRAINT quotes_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE quotes ADD CONSTRAINT quotes_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id);
ALTER TABLE quotes ADD CONSTRAINT quotes_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE quotes ADD CONSTRAINT quotes_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE quotes ADD CONSTRAINT quotes_replaces_id_fkey FOREIGN KEY (tenant_id, replaces_id) REFERENCES quotes (tenant_id, id);
ALTER TABLE quotes ADD CONSTRAINT quotes_approved_by_id_fkey FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE quotes ADD CONSTRAINT quotes_signature_file_id_fkey FOREIGN KEY (tenant_id, signature_file_id) REFERENCES files (tenant_id, id);
ALTER TABLE rack_items ADD CONSTRAINT rack_items_rack_id_fkey FOREIGN KEY (tenant_id, rack_id) REFERENCES racks (tenant_id, id);
ALTER TABLE rack_items ADD CONSTRAINT rack_items_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE racks ADD CONSTRAINT racks_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE racks ADD CONSTRAINT racks_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE recurring_invoice_items ADD CONSTRAINT recurring_invoice_items_recurring_invoice_id_fkey FOREIGN KEY (tenant_id, recurring_invoice_id) REFERENCES recurring_invoices (tenant_id, id);
ALTER TABLE recurring_invoice_items ADD CONSTRAINT recurring_invoice_items_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id);
ALTER TABLE recurring_invoice_items ADD CONSTRAINT recurring_invoice_items_tax_rate_id_fkey FOREIGN KEY (tenant_id, tax_rate_id) REFERENCES tax_rates (tenant_id, id);
ALTER TABLE recurring_invoices ADD CONSTRAINT recurring_invoices_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE recurring_invoices ADD CONSTRAINT recurring_invoices_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE recurring_tickets ADD CONSTRAINT recurring_tickets_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE recurring_tickets ADD CONSTRAINT recurring_tickets_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE recurring_tickets ADD CONSTRAINT recurring_tickets_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE report_runs ADD CONSTRAINT report_runs_report_id_fkey FOREIGN KEY (tenant_id, report_id) REFERENCES reports (tenant_id, id);
ALTER TABLE report_runs ADD CONSTRAINT report_runs_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id);
ALTER TABLE report_runs ADD CONSTRAINT report_runs_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE reports ADD CONSTRAINT reports_generated_by_id_fkey FOREIGN KEY (tenant_id, generated_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE reports ADD CONSTRAINT reports_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES files (tenant_id, id);
ALTER TABLE reservations ADD CONSTRAINT reservations_lot_id_fkey FOREIGN KEY (tenant_id, lot_id) REFERENCES lots (tenant_id, id);
ALTER TABLE reservations ADD CONSTRAINT reservations_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE reservations ADD CONSTRAINT reservations_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE reservations ADD CONSTRAINT reservations_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id);
ALTER TABLE reservations ADD CONSTRAINT reservations_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals (tenant_id, id);
ALTER TABLE reservations ADD CONSTRAINT reservations_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE schedule_resources ADD CONSTRAINT schedule_resources_schedule_id_fkey FOREIGN KEY (tenant_id, schedule_id) REFERENCES schedules (tenant_id, id);
ALTER TABLE schedule_resources ADD CONSTRAINT schedule_resources_equipment_id_fkey FOREIGN KEY (tenant_id, equipment_id) REFERENCES equipment (tenant_id, id);
ALTER TABLE schedules ADD CONSTRAINT schedules_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE schedules ADD CONSTRAINT schedules_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE schedules ADD CONSTRAINT schedules_crew_id_fkey FOREIGN KEY (tenant_id, crew_id) REFERENCES crews (tenant_id, id);
ALTER TABLE schedules ADD CONSTRAINT schedules_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE services ADD CONSTRAINT services_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE services ADD CONSTRAINT services_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE services ADD CONSTRAINT services_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE services ADD CONSTRAINT services_technician_id_fkey FOREIGN KEY (tenant_id, technician_id) REFERENCES users (tenant_id, id);
ALTER TABLE sip_credentials ADD CONSTRAINT sip_credentials_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE slas ADD CONSTRAINT slas_escalate_to_id_fkey FOREIGN KEY (tenant_id, escalate_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE stages ADD CONSTRAINT stages_development_id_fkey FOREIGN KEY (tenant_id, development_id) REFERENCES developments (tenant_id, id);
ALTER TABLE stages ADD CONSTRAINT stages_plan_file_id_fkey FOREIGN KEY (tenant_id, plan_file_id) REFERENCES files (tenant_id, id);
ALTER TABLE step_activities ADD CONSTRAINT step_activities_journey_step_id_fkey FOREIGN KEY (tenant_id, journey_step_id) REFERENCES journey_steps (tenant_id, id);
ALTER TABLE step_activities ADD CONSTRAINT step_activities_media_id_fkey FOREIGN KEY (tenant_id, media_id) REFERENCES media (tenant_id, id);
ALTER TABLE storage_bookings ADD CONSTRAINT storage_bookings_storage_unit_id_fkey FOREIGN KEY (tenant_id, storage_unit_id) REFERENCES storage_units (tenant_id, id);
ALTER TABLE storage_bookings ADD CONSTRAINT storage_bookings_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE storage_bookings ADD CONSTRAINT storage_bookings_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE storage_bookings ADD CONSTRAINT storage_bookings_billing_plan_id_fkey FOREIGN KEY (tenant_id, billing_plan_id) REFERENCES billing_plans (tenant_id, id);
ALTER TABLE storage_units ADD CONSTRAINT storage_units_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE ticket_replies ADD CONSTRAINT ticket_replies_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id);
ALTER TABLE ticket_replies ADD CONSTRAINT ticket_replies_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE ticket_replies ADD CONSTRAINT ticket_replies_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE ticket_time_entries ADD CONSTRAINT ticket_time_entries_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id);
ALTER TABLE ticket_time_entries ADD CONSTRAINT ticket_time_entries_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE ticket_time_entries ADD CONSTRAINT ticket_time_entries_approved_by_id_fkey FOREIGN KEY (tenant_id, approved_by_id) REFERENCES users (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_assigned_to_id_fkey FOREIGN KEY (tenant_id, assigned_to_id) REFERENCES users (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_vendor_id_fkey FOREIGN KEY (tenant_id, vendor_id) REFERENCES vendors (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_project_id_fkey FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_parent_ticket_id_fkey FOREIGN KEY (tenant_id, parent_ticket_id) REFERENCES tickets (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_recurring_ticket_id_fkey FOREIGN KEY (tenant_id, recurring_ticket_id) REFERENCES recurring_tickets (tenant_id, id);
ALTER TABLE tickets ADD CONSTRAINT tickets_sla_id_fkey FOREIGN KEY (tenant_id, sla_id) REFERENCES slas (tenant_id, id);
ALTER TABLE transactions ADD CONSTRAINT transactions_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id);
ALTER TABLE transactions ADD CONSTRAINT transactions_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id);
ALTER TABLE transactions ADD CONSTRAINT transactions_expense_id_fkey FOREIGN KEY (tenant_id, expense_id) REFERENCES expenses (tenant_id, id);
ALTER TABLE transactions ADD CONSTRAINT transactions_journey_id_fkey FOREIGN KEY (tenant_id, journey_id) REFERENCES journeys (tenant_id, id);
ALTER TABLE transactions ADD CONSTRAINT transactions_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE transactions ADD CONSTRAINT transactions_reverses_id_fkey FOREIGN KEY (tenant_id, reverses_id) REFERENCES transactions (tenant_id, id);
ALTER TABLE trips ADD CONSTRAINT trips_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE trips ADD CONSTRAINT trips_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES locations (tenant_id, id);
ALTER TABLE trips ADD CONSTRAINT trips_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE vendors ADD CONSTRAINT vendors_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id);
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_webhook_id_fkey FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id);
