-- 0003_nodes: written by make migration from the entities.
CREATE TABLE nodes (
  id INTEGER PRIMARY KEY,
  holder TEXT,
  seen_at INTEGER NOT NULL,
  used_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
