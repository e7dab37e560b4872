-- 0002_import_runs: written by make migration from the entities.
CREATE TABLE import_runs (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  entity TEXT,
  file_name TEXT,
  status TEXT,
  dry_run INTEGER,
  progress INTEGER,
  row_count INTEGER,
  new_count INTEGER,
  changed_count INTEGER,
  unchanged_count INTEGER,
  duplicate_count INTEGER,
  bad_count INTEGER,
  has_bad_rows INTEGER,
  message TEXT,
  report TEXT,
  change_set_id INTEGER,
  file_size INTEGER,
  finished_at INTEGER,
  user_id INTEGER,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  deleted_at INTEGER,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, change_set_id) REFERENCES change_sets (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX import_runs_created_at_idx ON import_runs (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX import_runs_user_id_created_at_idx ON import_runs (tenant_id, user_id, created_at) WHERE deleted_at IS NULL;
