-- 0004_page_preferences: written by make migration from the entities.
CREATE TABLE page_preferences (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  page TEXT NOT NULL,
  words TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by_id INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by_id INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX page_preferences_user_id_page_key ON page_preferences (tenant_id, user_id, page);
ALTER TABLE saved_views ADD COLUMN is_pinned INTEGER;
ALTER TABLE saved_views ADD COLUMN is_default INTEGER;
