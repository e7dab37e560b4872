-- 0004_page_preferences: written by make migration from the entities.
CREATE TABLE page_preferences (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  page text COLLATE "C" NOT NULL,
  words text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  created_by_id bigint,
  updated_at bigint NOT NULL,
  updated_by_id bigint,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX page_preferences_user_id_page_key ON page_preferences (tenant_id, user_id, page);
ALTER TABLE saved_views ADD COLUMN is_pinned bigint;
ALTER TABLE saved_views ADD COLUMN is_default bigint;
ALTER TABLE page_preferences ADD CONSTRAINT page_preferences_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
