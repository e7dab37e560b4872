-- 0007_search_parts: records are found by any part of a word.
CREATE VIRTUAL TABLE search_parts USING fts5(words, content='search_docs', content_rowid='id', tokenize='tenon parts', detail=none, columnsize=0);
INSERT INTO search_parts (search_parts, rank) VALUES ('automerge', 8);
INSERT INTO search_parts (search_parts) VALUES ('rebuild');
