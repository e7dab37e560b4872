-- 0003_nodes: written by make migration from the entities.
CREATE TABLE nodes (
  id bigint PRIMARY KEY,
  holder text COLLATE "C",
  seen_at bigint NOT NULL,
  used_until bigint NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  version bigint NOT NULL DEFAULT 1
);
