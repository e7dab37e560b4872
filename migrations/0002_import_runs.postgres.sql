-- 0002_import_runs: written by make migration from the entities.
CREATE TABLE import_runs (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  entity text COLLATE "C",
  file_name text COLLATE "C",
  status text COLLATE "C",
  dry_run bigint,
  progress bigint,
  row_count bigint,
  new_count bigint,
  changed_count bigint,
  unchanged_count bigint,
  duplicate_count bigint,
  bad_count bigint,
  has_bad_rows bigint,
  message text COLLATE "C",
  report text COLLATE "C",
  change_set_id bigint,
  file_size bigint,
  finished_at bigint,
  user_id bigint,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  deleted_at bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX import_runs_created_at_idx ON import_runs (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX import_runs_user_id_created_at_idx ON import_runs (tenant_id, user_id NULLS FIRST, created_at, id) WHERE deleted_at IS NULL;
ALTER TABLE import_runs ADD CONSTRAINT import_runs_change_set_id_fkey FOREIGN KEY (tenant_id, change_set_id) REFERENCES change_sets (tenant_id, id);
ALTER TABLE import_runs ADD CONSTRAINT import_runs_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
